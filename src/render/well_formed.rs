//! What XML allows, and whether a part of a DOCX is XML at all. Our own templates are tested; a region's may forget to close
//! an element, and Word would refuse the whole document without saying why.

use anyhow::bail;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::Event;

/// Whether XML 1.0 allows the character.
pub(super) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Goes through a part, and says where it is no XML.
pub(super) fn check(part: &str, text: &str) -> anyhow::Result<()> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    loop {
        let fault = match reader.read_event() {
            Ok(Event::Start(element)) => {
                open.push(element.name().into_inner().to_owned());
                continue;
            }
            Ok(Event::End(_)) => {
                open.pop();
                continue;
            }
            Ok(Event::Eof) => match open.last() {
                None => return Ok(()),
                Some(element) => format!("prvek „{element}“ není uzavřený"),
            },
            Ok(_) => continue,
            Err(Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found })) => {
                format!("místo „</{expected}>“ stojí „</{found}>“")
            }
            Err(Error::IllFormed(IllFormedError::UnmatchedEndTag(found))) => format!("„</{found}>“ nic neuzavírá"),
            Err(_) => "tady není zapsáno podle pravidel XML".to_owned(),
        };
        let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len()).min(text.len());
        let before = &text[..text.floor_char_boundary(at)];
        let line = before.matches('\n').count() + 1;
        let written = text.lines().nth(line - 1).unwrap_or_default().trim();
        let written: String = written.chars().take(120).collect();
        bail!(
            "z vlastních šablon nevznikl DOCX, který by Word otevřel: {part}, řádek {line}: {fault}\n  {line} | {written}"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_xml_is_found_where_it_shows() {
        for (text, fault) in [
            ("<w:p>\n<w:r/></w:p>", None),
            ("<w:p>\n<w:r></w:p>", Some("řádek 2: místo „</w:r>“ stojí „</w:p>“")),
            ("<w:p>\n<w:q>\n", Some("řádek 3: prvek „w:q“ není uzavřený")),
            ("<w:p>\n</w:p></w:p>", Some("řádek 2: „</w:p>“ nic neuzavírá")),
            ("<w:p>\n<w:r a=\"</w:p>", Some("řádek 2: tady není zapsáno podle pravidel XML")),
        ] {
            let found = check("word/document.xml", text).err().map(|error| error.to_string());
            match (&found, fault) {
                (None, None) => {}
                (Some(found), Some(fault)) => {
                    assert!(found.contains(&format!("word/document.xml, {fault}\n")), "{found}")
                }
                _ => panic!("{text}: {found:?}"),
            }
        }
    }
}
