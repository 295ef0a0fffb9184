//! Forms in CSV: the marks are the first record, the titles the next one. What the loader does not
//! know is made blank byte by byte, so that every place stays where it was.

use csv::ReaderBuilder;

use crate::export::before_harmless;
use crate::form::layout::{COLUMNS, Column, MARKS_WORD, Marks};
use crate::import::{Fault, Filled, Kind, Source, refused, unmarked};
use crate::load::submissions::records;
use crate::model::squash;
use crate::source::{Files, Text};

/// Reads the marks and the titles.
pub(super) fn read(name: &str, text: String) -> (Option<Filled>, Vec<Fault>) {
    let start = text.len() - text.trim_start().len();
    let end = text[start..].find(['\r', '\n']).map_or(text.len(), |length| start + length);
    let Some(marks) = marks(&text[start..end]) else { return refused(unmarked(name)) };
    // The reader of CSV passes over empty lines, and a carriage return is the end of one.
    let mut read = text.clone().into_bytes();
    for byte in read[..end].iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b'\r';
    }
    let below = String::from_utf8_lossy(&read).into_owned();
    let mut files = Files::default();
    let file = files.add(name.to_owned(), below);
    let rows: Vec<Vec<Text>> = records(file, files.get(file).text()).collect();
    let Some((titles, rows)) = rows.split_first() else {
        return refused(Fault::new(name, "pod značkami není tabulka", "vyplňte a pošlete celý formulář"));
    };
    let place = |cell: &Text| {
        let at = files.line_column(cell.place);
        format!("{name}:{}:{}", at.line, at.column)
    };
    let faults = missing_columns(titles, &titles.first().map_or_else(|| name.to_owned(), place));
    if !faults.is_empty() {
        return (None, faults);
    }
    for (index, title) in titles.iter().enumerate() {
        let column = column_of(title);
        let has_content = || rows.iter().any(|row| row.get(index).is_some_and(|cell| !cell.value.trim().is_empty()));
        let is_read = column.map_or_else(has_content, |column| column.data_name.is_some());
        if !is_read {
            read[title.place.range()].fill(b' ');
        }
        if column.is_some_and(|column| is_read && !column.is_filled) {
            rows.iter().filter_map(|row| apostrophe(&text, row.get(index)?)).for_each(|at| read[at] = b' ');
        }
    }
    let read = String::from_utf8_lossy(&read).into_owned();
    let filled = Filled { name: name.to_owned(), marks, kind: Kind::Csv, text: read, source: Source::Text(text) };
    (Some(filled), Vec::new())
}

fn marks(line: &str) -> Option<Marks> {
    let separator = line.trim_start_matches('"').strip_prefix(MARKS_WORD)?.trim_start_matches('"').bytes().next()?;
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(line.as_bytes());
    let record = reader.records().next()?.ok()?;
    let cells: Vec<&str> = record.iter().skip(1).collect();
    Marks::from_pairs(cells.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))))
}

/// The column that a cell is the title of.
fn column_of(title: &Text) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| squash(column.title) == squash(&title.value))
}

/// Where the apostrophe stands by which the form kept its own text from being a formula.
fn apostrophe(text: &str, cell: &Text) -> Option<usize> {
    before_harmless(&cell.value)?;
    Some(cell.place.range().start + text[cell.place.range()].find('\'')?)
}

fn missing_columns(titles: &[Text], place: &str) -> Vec<Fault> {
    let is_there = |title: &str| titles.iter().any(|cell| squash(&cell.value) == squash(title));
    let missing = COLUMNS.iter().filter(|column| column.data_name.is_some() && !is_there(column.title));
    missing.map(|column| super::sheet::missing_column(place, column.title)).collect()
}
