//! A period as open data: its tables as CSV, what describes them, a code list of the statuses, and
//! records for the national catalogue; one file here a kind of metadata. Pure.
//!
//! All of it is made from [`crate::export::TABLES`] and the view, so that a new table is in all of it
//! at once. What only the publisher knows is [`crate::model::OpenData`]; without it addresses are
//! relative, nothing is said of licences, and there are no records for the catalogue, because a record
//! with a made-up publisher or licence would be a false one.

mod catalogue;
mod code_list;
mod csvw;
mod data_package;

use serde_json::Value;

use crate::export::{TABLES, Table};
use crate::model::czech_date;
use crate::table_format::{self, Dialect, TableFormat};
use crate::view::ReportView;

/// The description of all tables by CSV on the Web, under the name by which the W3C looks for it.
const CSVW: &str = "csv-metadata.json";
/// The description of all tables by Frictionless Data.
const DATA_PACKAGE: &str = "datapackage.json";
/// The code list of statuses.
const CODE_LIST: &str = "ciselnik-stavu.jsonld";
/// The folder of the records for the national catalogue, one a data set.
const RECORDS: &str = "datove-sady";

/// One file, by its path below the folder of the period.
#[derive(Debug)]
pub struct File {
    /// With `/` between folders.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// All files of a period, tables first.
pub fn files(view: &ReportView) -> anyhow::Result<Vec<File>> {
    let mut files = Vec::new();
    for table in TABLES {
        let bytes = table_format::write(table, view, TableFormat::Csv, Dialect::Standard)?;
        files.push(File { path: csv_name(table), bytes });
    }
    let package = data_package::document(view, &files);
    files.push(json_file(CSVW, &csvw::document(view))?);
    files.push(json_file(DATA_PACKAGE, &package)?);
    files.push(json_file(CODE_LIST, &code_list::document(view))?);
    for (name, record) in catalogue::records(view) {
        files.push(json_file(&record_path(name), &record)?);
    }
    Ok(files)
}

/// Where records for the catalogue come to lie, whether there are any or not.
pub fn record_paths() -> impl Iterator<Item = String> {
    TABLES.iter().map(|table| table.name).chain([catalogue::CODE_LIST_RECORD]).map(record_path)
}

fn json_file(path: &str, document: &Value) -> anyhow::Result<File> {
    let text = format!("{}\n", serde_json::to_string_pretty(document)?);
    Ok(File { path: path.to_owned(), bytes: text.into_bytes() })
}

fn csv_name(table: &Table) -> String {
    table_format::file_name(table, TableFormat::Csv)
}

fn record_path(name: &str) -> String {
    format!("{RECORDS}/{name}.jsonld")
}

/// The address of a file of the period; relative where the publisher has not said where it lies.
fn address(view: &ReportView, path: &str) -> String {
    match &view.strategy.open_data {
        Some(open_data) => format!("{}{}/{path}", open_data.address.as_str(), view.period.year),
        None => path.to_owned(),
    }
}

/// What the tables are together.
fn title(view: &ReportView) -> String {
    format!("{}: plnění v období {}", view.strategy.name, view.period.name)
}

/// What has to be known about all of them.
fn description(view: &ReportView) -> String {
    let day = czech_date(view.period.as_of, ' ');
    let what = format!("Plnění opatření v období {} podle stavu ke dni {}.", view.period.name, day);
    match &view.period.origin {
        Some(origin) => format!("{what} {}", origin.trim()),
        None => what,
    }
}
