//! Tables for further processing: one file a table with its name, columns, keys and rows. Pure.
//!
//! What a table says of itself here is the only place where it is said: files of every format
//! ([`crate::table_format`]) and all metadata of open data ([`crate::open_data`]) are made from it.

pub mod gestori;
pub mod okruhy;
pub mod opatreni;
pub mod podklady;
pub mod pripominky;
pub mod stavy;
pub mod terminy;
pub mod zmeny;

use jiff::civil::Date;

use crate::view::{BodyView, CountsView, ReportView};

/// A table that can be exported.
#[derive(Debug)]
pub struct Table {
    /// Its name and the name of its file.
    pub name: &'static str,
    /// How people call it, in Czech.
    pub title: &'static str,
    /// What one row is, in Czech.
    pub description: &'static str,
    /// The columns that together tell one row from all others.
    pub key: &'static [&'static str],
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
    /// What its cells hold.
    pub kind: Kind,
    /// Whether each row has a value in it.
    pub is_required: bool,
    /// The table and its column among whose values each of these is.
    pub reference: Option<Reference>,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text as it is in the data.
    Text,
    /// Several texts, with [`SEPARATOR`] between them.
    List,
    /// A whole number from 0.
    Integer,
    /// A number with one decimal.
    Decimal,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
}

/// What stands between the texts of one cell.
pub const SEPARATOR: &str = "; ";

/// A column of a table, as another one refers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The name of the table.
    pub table: &'static str,
    /// The name of the column.
    pub column: &'static str,
}

impl Column {
    /// A column of texts. Like every other it may have empty cells, unless it is [`Self::required`].
    pub const fn text(name: &'static str, description: &'static str) -> Self {
        Self::of(Kind::Text, name, description)
    }

    /// A column of lists of texts.
    pub const fn list(name: &'static str, description: &'static str) -> Self {
        Self::of(Kind::List, name, description)
    }

    /// A column of whole numbers.
    pub const fn integer(name: &'static str, description: &'static str) -> Self {
        Self::of(Kind::Integer, name, description)
    }

    /// A column of numbers with one decimal.
    pub const fn decimal(name: &'static str, description: &'static str) -> Self {
        Self::of(Kind::Decimal, name, description)
    }

    /// A column of `true` and `false`.
    pub const fn boolean(name: &'static str, description: &'static str) -> Self {
        Self::of(Kind::Boolean, name, description)
    }

    /// A column of days.
    pub const fn date(name: &'static str, description: &'static str) -> Self {
        Self::of(Kind::Date, name, description)
    }

    /// The same column without empty cells.
    pub const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    /// The same column of values that are all in a column of another table. Only for a column without
    /// empty cells: validators take an empty one for a value that the other table lacks.
    pub const fn refers_to(self, table: &'static str, column: &'static str) -> Self {
        Self { reference: Some(Reference { table, column }), ..self }
    }

    const fn of(kind: Kind, name: &'static str, description: &'static str) -> Self {
        Self { name, description, kind, is_required: false, reference: None }
    }
}

/// A cell. One without a value is an empty text.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text as it is in the data, or several with [`SEPARATOR`] between them.
    Text(String),
    /// A whole number.
    Integer(usize),
    /// A number with one decimal.
    Decimal(f64),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
}

impl Cell {
    /// Whether there is no value in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

/// All tables. A new one is a file in this folder and a line here.
pub static TABLES: &[&Table] = &[
    &stavy::TABLE,
    &okruhy::TABLE,
    &gestori::TABLE,
    &opatreni::TABLE,
    &terminy::TABLE,
    &podklady::TABLE,
    &pripominky::TABLE,
    &zmeny::TABLE,
];

/// The table of this name.
pub fn find(name: &str) -> Option<&'static Table> {
    TABLES.iter().copied().find(|table| table.name == name)
}

fn text(value: impl ToString) -> Cell {
    Cell::Text(value.to_string())
}

fn optional(value: Option<&String>) -> Cell {
    Cell::Text(value.cloned().unwrap_or_default())
}

/// Several bodies in one cell.
fn bodies(bodies: &[BodyView]) -> Cell {
    Cell::Text(bodies.iter().map(|body| body.code.as_str()).collect::<Vec<_>>().join(SEPARATOR))
}

/// The four counts and their sum, in the order of the columns below.
fn counts(counts: &CountsView) -> [Cell; 5] {
    [counts.done, counts.fulfilled, counts.partly, counts.unfulfilled, counts.total].map(Cell::Integer)
}

const RESPONSIBLE: Column = Column::list(
    "odpovednost",
    "Kódy gestorů oddělené „; “; „???“ je gestor, který zatím není znám a v tabulce gestorů proto chybí.",
);
const DONE: Column = Column::integer("splneno", "Počet opatření ve stavu SPLNĚNO.").required();
const FULFILLED: Column = Column::integer("plneno", "Počet opatření ve stavu PLNĚNO.").required();
const PARTLY: Column = Column::integer("castecne", "Počet opatření ve stavu ČÁSTEČNĚ.").required();
const UNFULFILLED: Column = Column::integer("neplneno", "Počet opatření ve stavu NEPLNĚNO.").required();
const TOTAL: Column = Column::integer("celkem", "Počet opatření celkem.").required();
const ID: Column = Column::text("id", "Označení opatření: okruh a číslo, například IX/2.").required();
const STATUS: Column =
    Column::text("stav", "SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO.").required().refers_to("stavy", "stav");
const DEADLINE: Column = Column::text("termin", "Termín plnění.");
const OVERDUE: Column =
    Column::boolean("po_terminu", "Zda termín na konci období uplynul a opatření není SPLNĚNO.").required();

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rules::testing::dataset;
    use crate::view::{self, Request};

    fn view() -> ReportView {
        let dataset = dataset(&[]);
        let year = *dataset.strategy.periods.keys().next().expect("there is a period");
        let evaluated = dataset.evaluate(year).expect("it is one of the periods");
        view::build(&dataset, &evaluated, &[], &Request::default())
    }

    /// The values of some columns of a table, row by row.
    fn values(table: &Table, names: &[&str], view: &ReportView) -> Vec<Vec<String>> {
        let place = |name: &&str| table.columns.iter().position(|column| column.name == *name).expect("a column");
        let places: Vec<usize> = names.iter().map(place).collect();
        (table.rows)(view).iter().map(|row| places.iter().map(|&at| format!("{:?}", row[at])).collect()).collect()
    }

    #[test]
    fn rows_are_as_their_columns_say() {
        let view = view();
        for table in TABLES {
            for row in (table.rows)(&view) {
                assert_eq!(row.len(), table.columns.len(), "{}", table.name);
                for (cell, column) in row.iter().zip(table.columns) {
                    let fits = match cell {
                        Cell::Text(text) if text.is_empty() => !column.is_required,
                        Cell::Text(_) => matches!(column.kind, Kind::Text | Kind::List),
                        Cell::Integer(_) => column.kind == Kind::Integer,
                        Cell::Decimal(_) => column.kind == Kind::Decimal,
                        Cell::Boolean(_) => column.kind == Kind::Boolean,
                        Cell::Date(_) => column.kind == Kind::Date,
                    };
                    assert!(fits, "{}.{}: {cell:?}", table.name, column.name);
                }
            }
        }
    }

    #[test]
    fn keys_tell_rows_apart_and_references_lead_to_keys() {
        let view = view();
        for table in TABLES {
            let keys = values(table, table.key, &view);
            assert!(!table.key.is_empty(), "{}", table.name);
            assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len(), "{}", table.name);
            for name in table.key {
                let column = table.columns.iter().find(|column| column.name == *name).expect("a column");
                assert!(column.is_required, "{}.{name}", table.name);
            }
            for column in table.columns {
                let Some(Reference { table: name, column: referred }) = column.reference else { continue };
                let target = find(name).expect("there is the table");
                assert_eq!(target.key, [referred], "{}.{}", table.name, column.name);
                let known = values(target, &[referred], &view);
                let empty = vec![format!("{:?}", Cell::Text(String::new()))];
                for value in values(table, &[column.name], &view) {
                    assert!(value == empty || known.contains(&value), "{}.{}: {value:?}", table.name, column.name);
                }
            }
        }
    }

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
}
