//! Rows of which quotation marks make a single cell.

use crate::model::{MeasureId, Status};

/// Whether what a cell holds would be a row of so many; `about` is where a row says what it is about, in tables below
/// which people write notes and sums.
pub(super) fn is_row(cell: &str, separator: u8, n_columns: usize, about: Option<usize>) -> bool {
    let separator = char::from(separator);
    let parts: Vec<&str> = cell.split('"').collect();
    // Within quotation marks of its own there may be separators and line ends.
    let within = |part: &str| part.replace([separator, '\n'], " ");
    let bare = |(at, part): (usize, &&str)| if at % 2 == 0 { (*part).to_owned() } else { within(part) };
    let row: String = parts.iter().enumerate().map(bare).collect();
    let cells: Vec<&str> = row.split(separator).collect();
    // A sentence goes on with a blank behind what would be a separator, but has no measure between two of them.
    let is_row = match about {
        Some(about) => is_of_a_measure(&cells, about),
        None => cells.iter().any(is_measure) || cells.iter().skip(1).all(|cell| !cell.starts_with(' ')),
    };
    is_row && cells.len() >= n_columns && !row.contains('\n') && !parts.len().is_multiple_of(2)
}

/// Whether a row says something of a measure, or of one that is misspelled. A note may name measures and statuses
/// too, but the measures in another place and the statuses together.
fn is_of_a_measure(cells: &[&str], about: usize) -> bool {
    let n_statuses = cells.iter().filter(|cell| Status::parse(cell).is_some()).count();
    cells.get(about).is_some_and(is_measure) || n_statuses == 1
}

fn is_measure(cell: &&str) -> bool {
    MeasureId::parse(cell).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_told_from_a_note_by_what_it_is_about() {
        for (cell, about, expected) in [
            ("I/1;PLNĚNO;Text", Some(0), true),
            ("I/1; PLNĚNO; Text", Some(0), true),
            ("OSV;I/1;", Some(1), true),
            ("I/1;;Text; a dál", Some(0), true),
            ("\"I/1\";\"PLNĚNO\";\"Text; a\ndál\"", Some(0), true),
            ("I.1;PLNĚNO;Text", Some(0), true),
            ("I/1;PLNĚNO", Some(0), false),
            ("I/1;PLNĚNO;Text\nI/2;PLNĚNO;b", Some(0), false),
            ("Pozn.;x;y", Some(0), false),
            ("Viz I/1; I/2; I/3", Some(0), false),
            ("Celkem 1;5;2", Some(0), false),
            ("SPLNĚNO; PLNĚNO; NEPLNĚNO", Some(0), false),
            ("I/1;Pozn.;y", Some(1), false),
            ("OSV;I/1;Text, dále", None, true),
            ("OSV; I/1; Text", None, true),
            ("OSV;;Text", None, true),
            ("Poznámka; dole; a dál", None, false),
        ] {
            assert_eq!(is_row(cell, b';', 3, about), expected, "{cell}");
        }
        assert!(!is_row("Celkem 1,5,2", b',', 3, Some(0)));
    }
}
