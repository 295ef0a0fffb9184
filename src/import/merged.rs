//! Cells of a form that were merged over several of its rows: only the first of them would get the answer.

use std::collections::BTreeMap;

use calamine::Dimensions;

use crate::form::layout::{Column, SHEET};
use crate::import::Fault;
use crate::import::notes::named;
use crate::import::sheet::{Address, address};

/// The finding about all of them. `rows` are those of the table with the measures they are about.
pub(super) fn fault(
    name: &str,
    merged: &[Dimensions],
    columns: &BTreeMap<Column, u32>,
    rows: &[(u32, String)],
    holds_anything: impl Fn(Address) -> bool,
) -> Option<Fault> {
    let rows = numbered(rows);
    let lost = merged.iter().filter(|cells| holds_anything(cells.start) && takes_answers(cells, columns, &rows));
    let lost: Vec<String> = lost.map(|cells| format!("{}:{}", address(cells.start), address(cells.end))).collect();
    let first = lost.first()?;
    let message = if lost.len() == 1 {
        format!("buňky {first} jsou sloučené a odpověď by se převzala jen do prvního z řádků")
    } else {
        format!("buňky {} jsou sloučené a odpovědi by se převzaly jen do prvního z řádků", named(&lost))
    };
    let place = format!("{name}, list {SHEET}, buňky {first}");
    Some(Fault::new(place, message, "zrušte sloučení a vyplňte každý řádek zvlášť"))
}

/// The rows, each with a number that it shares with its neighbours of the same measure.
fn numbered(rows: &[(u32, String)]) -> Vec<(u32, usize)> {
    let measures = rows.chunk_by(|row, next| row.1 == next.1).enumerate();
    measures.flat_map(|(number, rows)| rows.iter().map(move |(row, _)| (*row, number))).collect()
}

/// Whether an answer may be meant for more rows than the first. A comment is on the whole measure, so that it may
/// take all rows of one, and so may its status.
fn takes_answers(cells: &Dimensions, columns: &BTreeMap<Column, u32>, rows: &[(u32, usize)]) -> bool {
    let start = rows.partition_point(|(row, _)| *row < cells.start.0);
    let end = rows.partition_point(|(row, _)| *row <= cells.end.0);
    let Some([(first, measure), .., (last, of_last)]) = rows.get(start..end) else { return false };
    let taken = columns.iter().filter(|(_, number)| (cells.start.1..=cells.end.1).contains(number));
    // The first row of a measure is that of the whole, whose the status may be as well.
    let is_of_whole = start == 0 || rows[start - 1].1 != *measure;
    taken.into_iter().any(|(column, _)| match column {
        Column::Comment => measure != of_last,
        Column::Status if is_of_whole => measure != of_last,
        column => column.is_filled() && first != last,
    })
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Format;

    use crate::import::testing::{COMMENT, EVIDENCE, STATUS, VALUE, answered, judge, only_error, xlsx};

    /// The first and the last of the cells, and what stands in them.
    type Range<'t> = ((u32, usize), (u32, usize), &'t str);

    /// A form in which such cells are merged, and in the first of them stands a text. Of its rows, I/2 has those
    /// from 4 to 6, II/1 those from 7 to 8.
    fn merged(ranges: &[Range<'_>]) -> Vec<u8> {
        let (marks, rows) = answered();
        xlsx(&marks, &rows, |sheet| {
            for &((row, column), (last_row, last_column), text) in ranges {
                let (column, last_column) = (column as u16, last_column as u16);
                let merged = sheet.merge_range(row, column, last_row, last_column, text, &Format::new());
                merged.expect("they can be merged");
            }
        })
    }

    #[test]
    fn what_is_merged_over_rows_is_one_finding() {
        for (ranges, cells) in [
            (&[((4, STATUS), (8, STATUS), "ČÁSTEČNĚ")][..], "buňky I5:I9 jsou sloučené a odpověď"),
            (&[((5, STATUS), (6, STATUS), "PLNĚNO")], "buňky I6:I7 jsou sloučené a odpověď"),
            (&[((5, VALUE), (6, VALUE), "4")], "buňky J6:J7 jsou sloučené a odpověď"),
            (&[((6, COMMENT), (7, COMMENT), "Konaly se.")], "buňky L7:L8 jsou sloučené a odpověď"),
            (&[((5, STATUS), (6, COMMENT), "PLNĚNO")], "buňky I6:L7 jsou sloučené a odpověď"),
            (
                &[((4, STATUS), (8, STATUS), "ČÁSTEČNĚ"), ((4, COMMENT), (8, COMMENT), "Děje se.")],
                "buňky I5:I9, L5:L9 jsou sloučené a odpovědi",
            ),
        ] {
            let text = only_error("oz.xlsx", &merged(ranges));
            assert!(text.contains(cells), "{text}");
            let place =
                format!("oz.xlsx, list Podklady, {}", cells.split([',', ' ']).take(2).collect::<Vec<_>>().join(" "));
            assert!(text.contains(&format!("--> {place}\n")), "{text}");
        }
    }

    #[test]
    fn what_loses_no_answer_may_be_merged() {
        for ranges in [
            // A comment over all rows of its measure, what is not filled in, what is empty, and one row.
            &[((4, COMMENT), (6, COMMENT), "Konaly se.")][..],
            &[((7, STATUS), (8, STATUS), "PLNĚNO"), ((7, COMMENT), (8, COMMENT), "Konaly se.")],
            &[((4, 6), (6, 6), "Minule"), ((0, 0), (2, COMMENT), "Podklady")],
            &[((5, EVIDENCE), (6, EVIDENCE), "")],
            &[((8, STATUS), (20, STATUS), "")],
            &[((0, 0), (0, COMMENT), "Podklady")],
        ] {
            assert_eq!(judge(&[("oz.xlsx", &merged(ranges))], &[]).findings, [""; 0], "{ranges:?}");
        }
    }
}
