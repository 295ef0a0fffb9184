//! Deadlines of all measures.

use crate::export::{Cell, Column, DEADLINE, ID, OVERDUE, STATUS, Table, optional, text};
use crate::view::ReportView;

/// The table.
pub static TABLE: Table = Table {
    name: "terminy",
    title: "Termíny",
    description: "Termín každého opatření.",
    key: &["id"],
    columns: &[
        ID.refers_to("opatreni", "id"),
        DEADLINE,
        Column::text("druh", "pevný, průběžný, nebo podmíněný."),
        STATUS,
        OVERDUE,
        Column::date("posledni_den", "Poslední den termínu; podmíněný termín ho nemá."),
    ],
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
                measure.last_day.map_or_else(|| text(""), Cell::Date),
            ]
        })
        .collect()
}
