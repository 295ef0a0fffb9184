//! Every submission with the place it stands at.

use crate::export::{Cell, Column, STATUS, Table, text};
use crate::view::ReportView;

/// The table.
pub static TABLE: Table = Table {
    name: "podklady",
    description: "Každý podklad a místo, kde je v datech zapsán.",
    columns: &[
        Column { name: "predkladatel", description: "Kód subjektu, který podklad předložil." },
        Column { name: "opatreni", description: "Označení opatření." },
        STATUS,
        Column { name: "soubor", description: "Soubor ve složce s daty." },
        Column { name: "radek", description: "Řádek v souboru." },
    ],
    rows,
};

fn rows(view: &ReportView) -> Vec<Vec<Cell>> {
    view.measures
        .values()
        .flat_map(|measure| measure.submissions.iter().map(move |submission| (measure, submission)))
        .map(|(measure, submission)| {
            vec![
                text(&submission.submitter.code),
                text(measure.id),
                Cell::Text(submission.status.map(|status| status.to_string()).unwrap_or_default()),
                text(&submission.file),
                Cell::Integer(submission.line),
            ]
        })
        .collect()
}
