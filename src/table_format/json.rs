//! JSON: an array of objects, typed, `null` where a cell is empty.

use serde_json::{Map, Value, json};

use crate::export::{Cell, Table};
use crate::view::ReportView;

pub(super) fn write(table: &Table, view: &ReportView) -> anyhow::Result<Vec<u8>> {
    let object = |row: &Vec<Cell>| -> Map<String, Value> {
        table.columns.iter().zip(row).map(|(column, cell)| (column.name.to_owned(), value(cell))).collect()
    };
    let objects: Vec<Map<String, Value>> = (table.rows)(view).iter().map(object).collect();
    let mut text = serde_json::to_string_pretty(&objects)?;
    text.push('\n');
    Ok(text.into_bytes())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) if text.is_empty() => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Integer(number) => json!(number),
        Cell::Decimal(number) => json!(number),
        Cell::Boolean(value) => json!(value),
        Cell::Date(day) => json!(day.to_string()),
    }
}
