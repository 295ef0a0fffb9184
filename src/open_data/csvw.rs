//! `csv-metadata.json`: the tables described by CSV on the Web (W3C), which the state's rules for open
//! data ask for beside every CSV.

use serde_json::{Map, Value, json};

use crate::export::{Column, Kind, SEPARATOR, TABLES, Table};
use crate::open_data::{csv_name, description, title};
use crate::view::ReportView;

pub(super) fn document(view: &ReportView) -> Value {
    let mut group = Map::new();
    group.insert("@context".into(), json!(["http://www.w3.org/ns/csvw", {"@language": "cs"}]));
    group.insert("dc:title".into(), json!(title(view)));
    group.insert("dc:description".into(), json!(description(view)));
    if let Some(open_data) = &view.strategy.open_data {
        let licences: Vec<Value> = open_data.terms.licences().iter().map(|licence| json!({"@id": licence})).collect();
        group.insert("dc:publisher".into(), json!({"@id": open_data.publisher.as_str()}));
        group.insert("dc:license".into(), json!(licences));
    }
    group.insert("dialect".into(), json!({"encoding": "utf-8", "delimiter": ",", "header": true}));
    group.insert("tables".into(), TABLES.iter().map(|table| described(table)).collect());
    Value::Object(group)
}

fn described(table: &Table) -> Value {
    let references: Vec<Value> = table.columns.iter().filter_map(foreign_key).collect();
    json!({
        "url": csv_name(table),
        "dc:title": table.title,
        "dc:description": table.description,
        "tableSchema": {
            "columns": table.columns.iter().map(column).collect::<Vec<_>>(),
            "primaryKey": table.key,
            "foreignKeys": references,
        },
    })
}

/// A column. Its title is its name, because that is what stands in the first line of the file.
fn column(column: &Column) -> Value {
    let mut described = Map::new();
    described.insert("name".into(), json!(column.name));
    described.insert("titles".into(), json!(column.name));
    described.insert("dc:description".into(), json!(column.description));
    described.insert("datatype".into(), datatype(column.kind));
    if column.kind == Kind::List {
        described.insert("separator".into(), json!(SEPARATOR));
    }
    described.insert("required".into(), json!(column.is_required));
    Value::Object(described)
}

fn datatype(kind: Kind) -> Value {
    match kind {
        Kind::Text | Kind::List => json!("string"),
        Kind::Integer => json!({"base": "integer", "minimum": 0}),
        Kind::Decimal => json!("decimal"),
        Kind::Boolean => json!({"base": "boolean", "format": "true|false"}),
        Kind::Date => json!({"base": "date", "format": "yyyy-MM-dd"}),
    }
}

fn foreign_key(column: &Column) -> Option<Value> {
    let reference = column.reference?;
    let table = TABLES.iter().find(|table| table.name == reference.table)?;
    Some(json!({
        "columnReference": [column.name],
        "reference": {"resource": csv_name(table), "columnReference": [reference.column]},
    }))
}
