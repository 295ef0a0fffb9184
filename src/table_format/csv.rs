//! CSV by RFC 4180, or as Excel in Czech opens it.

use ::csv::{Terminator, WriterBuilder};

use crate::excel::formulas::harmless;
use crate::export::{Cell, Table};
use crate::table_format::Dialect;
use crate::view::ReportView;

pub(super) fn write(table: &Table, view: &ReportView, dialect: Dialect) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if dialect == Dialect::Excel {
        bytes.extend_from_slice("\u{FEFF}".as_bytes());
    }
    let delimiter = if dialect == Dialect::Excel { b';' } else { b',' };
    let mut writer = WriterBuilder::new().delimiter(delimiter).terminator(Terminator::CRLF).from_writer(&mut bytes);
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
        (Cell::Date(day), _) => day.to_string(),
    }
}
