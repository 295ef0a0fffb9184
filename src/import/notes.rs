//! Notes on cells of a workbook, which are no answers: whoever wrote one there has to be told.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::form::layout::{Column, INSTRUCTIONS_SHEET, SHEET};
use crate::import::Fault;

/// How many cells are named at most.
const MOST_NAMED: usize = 10;

/// The findings about the notes of a workbook, one a sheet; `sheets` are the names of its sheets in their order. It is
/// known already that all of it fits in memory, and what cannot be read has its finding from elsewhere.
pub(super) fn find(name: &str, bytes: &[u8], sheets: &[String]) -> Vec<Fault> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut part = |path: &str| {
        let mut xml = String::new();
        archive.by_name(path).ok()?.read_to_string(&mut xml).ok()?;
        Some(xml)
    };
    let numbered = (1..).zip(sheets).filter(|(_, sheet)| [SHEET, INSTRUCTIONS_SHEET].contains(&sheet.as_str()));
    let faults = numbered.filter_map(|(number, sheet): (usize, _)| {
        let related = part(&format!("xl/worksheets/_rels/sheet{number}.xml.rels"))?;
        let notes = part(&part_of_notes(&related)?)?;
        fault(&format!("{name}, list {sheet}"), &noted(&notes))
    });
    faults.collect()
}

fn fault(sheet: &str, cells: &[String]) -> Option<Fault> {
    let first = cells.first()?;
    let message = if cells.len() == 1 {
        "poznámka u buňky by se nepřevzala".to_owned()
    } else {
        let others = if cells.len() > MOST_NAMED { " a dalších" } else { "" };
        let named: Vec<&str> = cells.iter().take(MOST_NAMED).map(String::as_str).collect();
        format!("poznámky u buněk {}{others} by se nepřevzaly", named.join(", "))
    };
    let help = format!("co má platit, napište do sloupce „{}“; poznámky smažte", Column::Comment.title());
    Some(Fault::new(format!("{sheet}, buňka {first}"), message, help))
}

/// Where the notes of a sheet lie in the archive, by what the sheet says of its parts.
fn part_of_notes(related: &str) -> Option<String> {
    let mut reader = Reader::from_str(related);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                let value = |name| Some(element.try_get_attribute(name).ok()??.value.into_owned());
                if value("Type").is_some_and(|kind| kind.ends_with("/comments")) {
                    let target = value("Target")?;
                    let below = target.trim_start_matches("..").trim_start_matches('/');
                    return Some(if below.starts_with("xl/") { below.to_owned() } else { format!("xl/{below}") });
                }
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// The cells whose notes say something, as they are called in Excel; not more of them than it takes to see that there
/// are too many to name.
fn noted(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut cells = Vec::new();
    let mut waiting = None;
    while cells.len() <= MOST_NAMED {
        match reader.read_event() {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "comment" => {
                let cell = element.try_get_attribute("ref").ok().flatten().map(|cell| cell.value.into_owned());
                waiting = cell.filter(|cell| cell.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            }
            Ok(Event::Text(text)) if !text.trim().is_empty() => cells.extend(waiting.take()),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    cells
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
            (&[(5, 11)][..], "oz.xlsx, list Podklady, buňka L6", "poznámka u buňky by se nepřevzala"),
            (&[(4, 8), (6, 11)][..], "oz.xlsx, list Podklady, buňka I5", "poznámky u buněk I5, L7 by se nepřevzaly"),
        ] {
            let text = only_error("oz.xlsx", &noted(cells));
            assert!(text.contains(&format!("--> {place}\n")) && text.contains(message), "{text}");
        }
    }
}
