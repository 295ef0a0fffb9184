//! Exported tables as files, one file here a format. Pure; what a table says is [`crate::export`]'s.

mod csv;
mod json;
mod xlsx;

use crate::export::Table;
use crate::view::ReportView;

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Text, see [`Dialect`].
    Csv,
    /// An array of objects.
    Json,
    /// An Excel workbook.
    Xlsx,
}

impl TableFormat {
    /// All formats.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::Xlsx];

    /// Its name, which is the ending of its files too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }
}

/// The kinds of CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Comma, decimal point, by RFC 4180.
    Standard,
    /// Semicolon, decimal comma, byte order mark: opens in Czech Excel.
    Excel,
}

impl Dialect {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Excel];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Excel => "excel",
        }
    }
}

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
    format!("{}.{}", table.name, format.name())
}
