//! Notes on cells of a workbook, which are no answers: whoever wrote one there has to be told.

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::form::layout::{Column, INSTRUCTIONS_SHEET, SHEET};
use crate::import::Fault;
use crate::import::parts::Parts;

/// The sheets on which people may write; others are findings as a whole.
const OURS: [&str; 2] = [SHEET, INSTRUCTIONS_SHEET];
/// How many cells are named at most.
const MOST_NAMED: usize = 10;

/// The findings about the notes of a workbook, one a sheet.
pub(super) fn find(name: &str, parts: &mut Parts<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let sheets = parts.sheets().into_iter().filter(|(sheet, _)| OURS.contains(&sheet.as_str()));
    for (sheet, path) in sheets.take(OURS.len()) {
        if let Some(notes) = parts.related(&path, "/comments") {
            faults.extend(fault(&format!("{name}, list {sheet}"), &noted(&parts.xml(&notes))));
        }
    }
    faults
}

fn fault(sheet: &str, cells: &[String]) -> Option<Fault> {
    let first = cells.first()?;
    let message = if cells.len() == 1 {
        "poznámka u buňky by se nepřevzala".to_owned()
    } else {
        format!("poznámky u buněk {} by se nepřevzaly", named(cells))
    };
    let help = format!("co má platit, napište do sloupce „{}“; poznámky smažte", Column::Comment.title());
    Some(Fault::new(format!("{sheet}, buňka {first}"), message, help))
}

/// Cells in words, the first ones alone where there are many.
pub(super) fn named(cells: &[String]) -> String {
    let others = if cells.len() > MOST_NAMED { " a dalších" } else { "" };
    let named: Vec<&str> = cells.iter().take(MOST_NAMED).map(String::as_str).collect();
    format!("{}{others}", named.join(", "))
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
            Ok(Event::CData(_) | Event::GeneralRef(_)) => cells.extend(waiting.take()),
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
