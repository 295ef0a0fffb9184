//! Counts and shares by status.

use crate::export::{Cell, Column, STATUS, Table, text};
use crate::view::ReportView;

/// The table.
pub static TABLE: Table = Table {
    name: "stavy",
    title: "Stavy plnění",
    description: "Počet a podíl opatření v každém stavu.",
    key: &["stav"],
    columns: &[
        Column { reference: None, ..STATUS },
        Column::integer("pocet", "Počet opatření.").required(),
        Column::decimal("podil", "Podíl v procentech; podíly dávají dohromady přesně 100,0.").required(),
    ],
    rows,
};

fn rows(view: &ReportView) -> Vec<Vec<Cell>> {
    let row = |status: &crate::view::StatusView| {
        vec![text(status.status), Cell::Integer(status.count), Cell::Decimal(status.share)]
    };
    view.statuses.iter().map(row).collect()
}
