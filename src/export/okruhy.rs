//! Counts by area.

use crate::export::{Cell, Column, DONE, FULFILLED, PARTLY, TOTAL, Table, UNFULFILLED, counts, text};
use crate::view::ReportView;

/// The table.
pub static TABLE: Table = Table {
    name: "okruhy",
    title: "Okruhy",
    description: "Počty opatření v každém okruhu.",
    key: &["okruh"],
    columns: &[
        Column::text("okruh", "Číslo okruhu římsky.").required(),
        Column::text("nazev", "Název okruhu.").required(),
        DONE,
        FULFILLED,
        PARTLY,
        UNFULFILLED,
        TOTAL,
    ],
    rows,
};

fn rows(view: &ReportView) -> Vec<Vec<Cell>> {
    view.areas
        .iter()
        .map(|area| [text(area.numeral), text(&area.title)].into_iter().chain(counts(&area.counts)).collect())
        .collect()
}
