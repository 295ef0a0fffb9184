//! Notes on cells of a workbook, which are no answers: whoever wrote one there has to be told.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::form::layout::Column;
use crate::import::Fault;

/// How many cells are named at most.
const MOST_NAMED: usize = 10;

/// The finding about the notes of a workbook; one, however many there are. It is known already that all of it
/// fits in memory, and what cannot be read has its finding from elsewhere.
pub(super) fn find(name: &str, bytes: &[u8]) -> Option<Fault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let is_of_notes = |part: &String| part.starts_with("xl/") && part.contains("omment") && part.ends_with(".xml");
    let names = archive.file_names().filter_map(|part| Some(part.ok()?.into_owned()));
    let mut parts: Vec<String> = names.filter(is_of_notes).collect();
    parts.sort_unstable();
    let mut cells: Vec<String> = Vec::new();
    for part in parts {
        let mut xml = String::new();
        archive.by_name(&part).ok()?.read_to_string(&mut xml).ok()?;
        for cell in noted(&xml) {
            if cells.len() <= MOST_NAMED && !cells.contains(&cell) {
                cells.push(cell);
            }
        }
    }
    let first = cells.first()?.clone();
    let message = if cells.len() == 1 {
        "poznámka u buňky by se nepřevzala".to_owned()
    } else {
        let others = if cells.len() > MOST_NAMED { " a dalších" } else { "" };
        cells.truncate(MOST_NAMED);
        format!("poznámky u buněk {}{others} by se nepřevzaly", cells.join(", "))
    };
    let help = format!("co z nich má platit, napište do sloupce „{}“ a poznámky smažte", Column::Comment.title());
    Some(Fault::new(format!("{name}, buňka {first}"), message, help))
}

/// The cells that have notes, as they are called in Excel.
fn noted(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut cells = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) if element.local_name().as_ref() == "comment" => {
                let cell = element.try_get_attribute("ref").ok().flatten().map(|cell| cell.value.into_owned());
                cells.extend(cell.filter(|cell| cell.bytes().all(|byte| byte.is_ascii_alphanumeric())));
            }
            Ok(Event::Eof) | Err(_) => return cells,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Note;

    use crate::import::testing::{answered, judge, only_error, xlsx};

    #[test]
    fn notes_on_cells_are_one_finding() {
        let (marks, rows) = answered();
        let noted = |cells: &[(u32, u16)]| {
            xlsx(&marks, &rows, |sheet| {
                for &(row, column) in cells {
                    sheet.insert_note(row, column, &Note::new("Doplním v lednu.")).expect("it can be written");
                }
            })
        };
        assert_eq!(judge(&[("oz.xlsx", &noted(&[]))], &[]).n_errors, 0);
        for (cells, place, message) in [
            (&[(5, 11)][..], "oz.xlsx, buňka L6", "poznámka u buňky by se nepřevzala"),
            (&[(4, 8), (6, 11)][..], "oz.xlsx, buňka I5", "poznámky u buněk I5, L7 by se nepřevzaly"),
        ] {
            let text = only_error("oz.xlsx", &noted(cells));
            assert!(text.contains(&format!("--> {place}\n")) && text.contains(message), "{text}");
        }
    }
}
