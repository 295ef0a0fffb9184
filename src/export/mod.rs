//! Tables for further processing: one file a table with its name, columns and rows. Pure.

pub mod gestori;
pub mod okruhy;
pub mod opatreni;
pub mod podklady;
pub mod stavy;
pub mod terminy;

use crate::cli::Dialect;
use crate::view::{BodyView, CountsView, ReportView};

/// A table that can be exported.
#[derive(Debug)]
pub struct Table {
    /// Its name and the name of its file.
    pub name: &'static str,
    /// What one row is, in Czech.
    pub description: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// Its rows, in a stable order.
    pub rows: fn(&ReportView) -> Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it means, in Czech.
    pub description: &'static str,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text as it is in the data.
    Text(String),
    /// A whole number.
    Integer(usize),
    /// A number with one decimal.
    Decimal(f64),
    /// Yes or no.
    Boolean(bool),
}

/// All tables. A new one is a file in this folder and a line here.
pub static TABLES: &[&Table] =
    &[&stavy::TABLE, &okruhy::TABLE, &gestori::TABLE, &opatreni::TABLE, &terminy::TABLE, &podklady::TABLE];

/// The table of this name.
pub fn find(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}

/// A table as CSV: by RFC 4180, or as Excel in Czech opens it.
pub fn csv(table: &Table, view: &ReportView, dialect: Dialect) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if dialect == Dialect::Excel {
        bytes.extend_from_slice("\u{FEFF}".as_bytes());
    }
    let delimiter = if dialect == Dialect::Excel { b';' } else { b',' };
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    writer.write_record(table.columns.iter().map(|column| column.name))?;
    for row in (table.rows)(view) {
        writer.write_record(row.iter().map(|cell| written(cell, dialect)))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

fn written(cell: &Cell, dialect: Dialect) -> String {
    match (cell, dialect) {
        (Cell::Text(text), Dialect::Standard) => text.clone(),
        (Cell::Text(text), Dialect::Excel) => harmless(text),
        (Cell::Integer(number), _) => number.to_string(),
        (Cell::Decimal(number), Dialect::Standard) => format!("{number:.1}"),
        (Cell::Decimal(number), Dialect::Excel) => format!("{number:.1}").replace('.', ","),
        (Cell::Boolean(value), _) => value.to_string(),
    }
}

/// Keeps a spreadsheet from running a text as a formula, by an apostrophe before it.
pub(crate) fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n') => format!("'{text}"),
        _ => text.to_owned(),
    }
}

fn text(value: impl ToString) -> Cell {
    Cell::Text(value.to_string())
}

fn optional(value: Option<&String>) -> Cell {
    Cell::Text(value.cloned().unwrap_or_default())
}

/// Several bodies in one cell.
fn bodies(bodies: &[BodyView]) -> Cell {
    Cell::Text(bodies.iter().map(|body| body.code.as_str()).collect::<Vec<_>>().join("; "))
}

/// The four counts and their sum, in the order of the columns below.
fn counts(counts: &CountsView) -> [Cell; 5] {
    [counts.done, counts.fulfilled, counts.partly, counts.unfulfilled, counts.total].map(Cell::Integer)
}

const DONE: Column = Column { name: "splneno", description: "Počet opatření ve stavu SPLNĚNO." };
const FULFILLED: Column = Column { name: "plneno", description: "Počet opatření ve stavu PLNĚNO." };
const PARTLY: Column = Column { name: "castecne", description: "Počet opatření ve stavu ČÁSTEČNĚ." };
const UNFULFILLED: Column = Column { name: "neplneno", description: "Počet opatření ve stavu NEPLNĚNO." };
const TOTAL: Column = Column { name: "celkem", description: "Počet opatření celkem." };
const ID: Column = Column { name: "id", description: "Označení opatření: okruh a číslo, například IX/2." };
const STATUS: Column = Column { name: "stav", description: "SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO." };
const DEADLINE: Column = Column { name: "termin", description: "Termín plnění." };
const OVERDUE: Column =
    Column { name: "po_terminu", description: "Zda termín na konci období uplynul a opatření není SPLNĚNO." };

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_of_this_folder_is_a_listed_table() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/export");
        let files: BTreeSet<String> = ignore::Walk::new(folder)
            .map(|entry| entry.expect("the folder can be read"))
            .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
            .map(|entry| entry.file_name().to_string_lossy().replace(".rs", ""))
            .filter(|name| name != "mod")
            .collect();
        let listed: BTreeSet<String> = TABLES.iter().map(|table| table.name.to_owned()).collect();
        assert_eq!(listed, files);
        assert_eq!(listed.len(), TABLES.len(), "names are unique");
    }

    #[test]
    fn a_text_that_a_spreadsheet_would_run_is_made_harmless() {
        for (text, written) in
            [("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"), ("a=1", "a=1"), ("", "")]
        {
            assert_eq!(harmless(text), written);
        }
    }
}
