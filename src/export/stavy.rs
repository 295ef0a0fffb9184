//! Counts and shares by status.

use crate::export::{Cell, Column, STATUS, Table, text};
use crate::view::ReportView;

/// The table.
pub static TABLE: Table = Table {
    name: "stavy",
    description: "Počet a podíl opatření v každém stavu.",
    columns: &[
        STATUS,
        Column { name: "pocet", description: "Počet opatření." },
        Column { name: "podil", description: "Podíl v procentech; podíly dávají dohromady přesně 100,0." },
    ],
    rows,
};

fn rows(view: &ReportView) -> Vec<Vec<Cell>> {
    let row = |status: &crate::view::StatusView| {
        vec![text(status.status), Cell::Integer(status.count), Cell::Decimal(status.share)]
    };
    view.statuses.iter().map(row).collect()
}
