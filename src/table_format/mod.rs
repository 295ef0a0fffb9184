//! Exported tables as files, one file here a format. Pure; what a table says is [`crate::export`]'s.

mod csv;
mod json;
mod xlsx;

use crate::cli::{Dialect, TableFormat};
use crate::export::Table;
use crate::view::ReportView;

/// A table as bytes. The dialect is that of CSV.
pub fn write(table: &Table, view: &ReportView, format: TableFormat, dialect: Dialect) -> anyhow::Result<Vec<u8>> {
    match format {
        TableFormat::Csv => csv::write(table, view, dialect),
        TableFormat::Json => json::write(table, view),
        TableFormat::Xlsx => xlsx::write(table, view),
    }
}

/// The name of a table's file.
pub fn file_name(table: &Table, format: TableFormat) -> String {
    let ending = match format {
        TableFormat::Csv => "csv",
        TableFormat::Json => "json",
        TableFormat::Xlsx => "xlsx",
    };
    format!("{}.{ending}", table.name)
}
