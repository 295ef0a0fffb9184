//! The parts of a workbook's archive that its reader of cells does not show: which there are, and their XML. What
//! cannot be read has its finding from elsewhere.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

/// The archive of a workbook, of which it is known already that all of it fits in memory.
pub(super) struct Parts<'b>(Option<ZipArchive<Cursor<&'b [u8]>>>);

impl<'b> Parts<'b> {
    pub(super) fn of(bytes: &'b [u8]) -> Self {
        Self(ZipArchive::new(Cursor::new(bytes)).ok())
    }

    /// The XML of a part; empty where there is none.
    pub(super) fn xml(&mut self, path: &str) -> String {
        let mut xml = String::new();
        let part = self.0.as_mut().and_then(|archive| archive.by_name(path).ok());
        let read = part.and_then(|mut part| part.read_to_string(&mut xml).ok());
        read.map(|_| xml).unwrap_or_default()
    }

    /// Names of the sheets and the paths of their parts.
    pub(super) fn sheets(&mut self) -> Vec<(String, String)> {
        let related = elements(&self.xml("xl/_rels/workbook.xml.rels"), "Relationship");
        let sheets = elements(&self.xml("xl/workbook.xml"), "sheet");
        let found = sheets.iter().filter_map(|sheet| {
            let id = sheet.get("id")?;
            let target = related.iter().find(|part| part.get("Id") == Some(id))?.get("Target")?;
            Some((sheet.get("name")?.clone(), below_xl(target)))
        });
        found.collect()
    }

    /// The path of the part of some kind that another one relates to.
    pub(super) fn related(&mut self, path: &str, kind: &str) -> Option<String> {
        let (folder, file) = path.rsplit_once('/')?;
        let related = elements(&self.xml(&format!("{folder}/_rels/{file}.rels")), "Relationship");
        let is_of_kind = |part: &&Attributes| part.get("Type").is_some_and(|written| written.ends_with(kind));
        Some(below_xl(related.iter().find(is_of_kind)?.get("Target")?))
    }
}

/// A path that is relative to `xl/` or a folder in it, or not at all.
fn below_xl(target: &str) -> String {
    let below = target.trim_start_matches("..").trim_start_matches('/');
    if below.starts_with("xl/") { below.to_owned() } else { format!("xl/{below}") }
}

/// Attributes by their names without prefixes.
type Attributes = BTreeMap<String, String>;

/// The elements of this name, by their attributes.
fn elements(xml: &str, name: &str) -> Vec<Attributes> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) if element.local_name().as_ref() == name => {
                let attributes = element.attributes().flatten();
                let named = attributes.map(|it| (it.key.local_name().as_ref().to_owned(), it.value.into_owned()));
                found.push(named.collect());
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}
