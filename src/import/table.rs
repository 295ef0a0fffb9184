//! Forms in CSV: the marks are the first record, the titles the next one. What the loader does not
//! know is made blank byte by byte, so that every place stays where it was.

use csv::ReaderBuilder;

use crate::excel::formulas::before_harmless;
use crate::form::layout::{Column, MARKS_WORD, Marks};
use crate::import::titles::{Titles, compared, foreign_column};
use crate::import::{Fault, Filled, Kind, Source, refused, unmarked};
use crate::load::submissions::records;
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
    let table = Table { name, files: &files, titles, rows };
    let found = table.compared();
    let mut faults = found.faults;
    if !found.is_readable {
        return (None, faults);
    }
    faults.extend(table.foreign_columns(&found.renamed));
    table.blank_what_is_not_read(&mut read);
    let read = String::from_utf8_lossy(&read).into_owned();
    let filled = Filled { name: name.to_owned(), marks, kind: Kind::Csv, text: read, source: Source::Text(text) };
    (Some(filled), faults)
}

fn marks(line: &str) -> Option<Marks> {
    let separator = line.trim_start_matches('"').strip_prefix(MARKS_WORD)?.trim_start_matches('"').bytes().next()?;
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(line.as_bytes());
    let record = reader.records().next()?.ok()?;
    let cells: Vec<&str> = record.iter().skip(1).collect();
    Marks::from_pairs(cells.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))))
}

/// The table under the marks.
struct Table<'a> {
    name: &'a str,
    files: &'a Files,
    titles: &'a [Text],
    rows: &'a [Vec<Text>],
}

impl Table<'_> {
    fn place(&self, cell: &Text) -> String {
        let at = self.files.line_column(cell.place);
        format!("{}:{}:{}", self.name, at.line, at.column)
    }

    /// The first cell of a column that holds anything.
    fn first_below(&self, index: usize) -> Option<&Text> {
        self.rows.iter().filter_map(|row| row.get(index)).find(|cell| !cell.value.trim().is_empty())
    }

    fn compared(&self) -> Titles {
        let titles = self.titles.iter().enumerate().map(|(index, title)| (index, title.value.to_string()));
        let present = titles.filter(|(index, title)| !title.trim().is_empty() || self.first_below(*index).is_some());
        let place = |index| self.titles.get(index).map_or_else(String::new, |title| self.place(title));
        let row = self.titles.first().map_or_else(|| self.name.to_owned(), |title| self.place(title));
        compared(&present.collect::<Vec<_>>(), &row, place)
    }

    /// Columns that hold something and are not of the form under any title.
    fn foreign_columns(&self, renamed: &[usize]) -> Vec<Fault> {
        let titles = self.titles.iter().enumerate();
        let foreign =
            titles.filter(|(index, title)| Column::of_title(&title.value).is_none() && !renamed.contains(index));
        let places = foreign.filter_map(|(index, title)| {
            let first = self.first_below(index)?;
            Some((if title.value.trim().is_empty() { first } else { title }, &title.value))
        });
        places.map(|(cell, title)| foreign_column(self.place(cell), title)).collect()
    }

    /// Blanks the titles of columns that are not read, and the apostrophes by which the form kept its own
    /// texts from being formulas.
    fn blank_what_is_not_read(&self, text: &mut [u8]) {
        for (index, title) in self.titles.iter().enumerate() {
            match Column::of_title(&title.value).filter(|column| column.is_read()) {
                None => text[title.place.range()].fill(b' '),
                Some(column) if column.is_filled() => {}
                Some(_) => {
                    let cells = self.rows.iter().filter_map(|row| row.get(index));
                    for cell in cells.filter(|cell| before_harmless(&cell.value).is_some()) {
                        let apostrophe = text[cell.place.range()].iter_mut().find(|byte| **byte == b'\'');
                        apostrophe.into_iter().for_each(|byte| *byte = b' ');
                    }
                }
            }
        }
    }
}
