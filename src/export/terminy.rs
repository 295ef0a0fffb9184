//! Deadlines of all measures.

use crate::export::{Cell, Column, DEADLINE, ID, OVERDUE, STATUS, Table, optional, text};
use crate::view::ReportView;

/// The table.
pub static TABLE: Table = Table {
    name: "terminy",
    description: "Termín každého opatření.",
    columns: &[ID, DEADLINE, Column { name: "druh", description: "pevný, průběžný, nebo podmíněný." }, STATUS, OVERDUE],
    rows,
};

fn rows(view: &ReportView) -> Vec<Vec<Cell>> {
    view.measures
        .values()
        .map(|measure| {
            vec![
                text(measure.id),
                optional(measure.deadline.as_ref()),
                text(measure.deadline_kind.unwrap_or_default()),
                text(measure.status),
                Cell::Boolean(measure.is_overdue),
            ]
        })
        .collect()
}
