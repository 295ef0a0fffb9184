//! Counts by responsible body; a measure counts once for each of its responsible bodies.

use crate::export::{Cell, Column, DONE, FULFILLED, PARTLY, TOTAL, Table, UNFULFILLED, counts, text};
use crate::view::ReportView;

/// The table.
pub static TABLE: Table = Table {
    name: "gestori",
    title: "Gestoři",
    description: "Počty opatření každého gestora; opatření s více gestory se počítá u každého z nich.",
    key: &["gestor"],
    columns: &[
        Column::text("gestor", "Kód gestora.").required(),
        Column::text("nazev", "Název gestora.").required(),
        DONE,
        FULFILLED,
        PARTLY,
        UNFULFILLED,
        TOTAL,
    ],
    rows,
};

fn rows(view: &ReportView) -> Vec<Vec<Cell>> {
    view.responsible
        .iter()
        .map(|body| [text(&body.code), text(&body.name)].into_iter().chain(counts(&body.counts)).collect())
        .collect()
}
