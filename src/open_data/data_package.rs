//! `datapackage.json`: the tables described by Frictionless Data, with their sizes and hashes.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::export::{Column, Kind, TABLES, Table};
use crate::model::{hexadecimal, slug};
use crate::open_data::{File, csv_name, description, title};
use crate::view::ReportView;

pub(super) fn document(view: &ReportView, files: &[File]) -> Value {
    let mut package = Map::new();
    package.insert("profile".into(), json!("tabular-data-package"));
    package.insert("name".into(), json!(format!("{}-{}", slug(&view.strategy.short_name), view.period.year)));
    package.insert("title".into(), json!(title(view)));
    package.insert("description".into(), json!(description(view)));
    if let Some(open_data) = &view.strategy.open_data {
        let licences: Vec<Value> = open_data.terms.licences().iter().map(|licence| json!({"path": licence})).collect();
        package.insert("licenses".into(), json!(licences));
        if let Some(page) = &open_data.documentation {
            package.insert("homepage".into(), json!(page.as_str()));
        }
    }
    let resources = TABLES.iter().zip(files).map(|(table, file)| resource(table, file)).collect();
    package.insert("resources".into(), resources);
    Value::Object(package)
}

fn resource(table: &Table, file: &File) -> Value {
    let digest = hexadecimal(&Sha256::digest(&file.bytes));
    let references: Vec<Value> = table.columns.iter().filter_map(foreign_key).collect();
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": csv_name(table),
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes.len(),
        "hash": format!("sha256:{digest}"),
        "schema": {
            "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
            "missingValues": [""],
            "primaryKey": table.key,
            "foreignKeys": references,
        },
    })
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        Kind::Text | Kind::List => "string",
        Kind::Integer => "integer",
        Kind::Decimal => "number",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
    };
    let mut constraints = Map::from_iter([("required".to_owned(), json!(column.is_required))]);
    if column.kind == Kind::Integer {
        constraints.insert("minimum".into(), json!(0));
    }
    json!({
        "name": column.name,
        "type": kind,
        "description": column.description,
        "constraints": constraints,
    })
}

fn foreign_key(column: &Column) -> Option<Value> {
    let reference = column.reference?;
    Some(json!({
        "fields": [column.name],
        "reference": {"resource": reference.table, "fields": [reference.column]},
    }))
}
