//! What became of each measure since the period before; without one there is nothing but the header.

use crate::export::{Cell, Column, ID, RESPONSIBLE, Table, bodies, text};
use crate::model::Status;
use crate::view::ReportView;

/// The table.
pub static TABLE: Table = Table {
    name: "zmeny",
    title: "Změny od předchozího období",
    description: "Změny stavu opatření proti předchozímu období; u prvního období je tabulka prázdná.",
    key: &["id"],
    columns: &[
        ID,
        Column::text("okruh", "Číslo okruhu římsky.").required(),
        RESPONSIBLE,
        Column::integer("obdobi_drive", "Předchozí období, podle posledního roku.").required(),
        Column::text("stav_drive", "Stav v předchozím období; u nového opatření prázdný."),
        Column::text("stav", "Stav v tomto období; u zaniklého opatření prázdný."),
        Column::text("zmena", "zlepšení, zhoršení, beze změny, nové, nebo zaniklé.").required(),
        Column::integer("obdobi_beze_zmeny", "Kolikáté období v řadě opatření tento stav má; 1 znamená poprvé."),
    ],
    rows,
};

fn rows(view: &ReportView) -> Vec<Vec<Cell>> {
    let Some(comparison) = &view.comparison else { return Vec::new() };
    let status = |status: Option<Status>| text(status.map_or("", Status::code));
    comparison
        .measures
        .iter()
        .map(|(id, course)| {
            vec![
                text(id),
                text(course.area),
                bodies(&course.responsible),
                Cell::Integer(usize::from(comparison.earlier.year)),
                status(course.earlier),
                status(course.later),
                text(course.change),
                course.n_periods.map_or_else(|| text(""), Cell::Integer),
            ]
        })
        .collect()
}
