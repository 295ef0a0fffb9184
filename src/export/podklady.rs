//! Every submission with the place it stands at.

use crate::export::{Cell, Column, STATUS, Table, text};
use crate::view::ReportView;

/// The table.
pub static TABLE: Table = Table {
    name: "podklady",
    title: "Podklady",
    description: "Každý podklad a místo, kde je v datech zapsán.",
    key: &["predkladatel", "opatreni"],
    columns: &[
        Column::text("predkladatel", "Kód subjektu, který podklad předložil.").required(),
        Column::text("opatreni", "Označení opatření.").required().refers_to("opatreni", "id"),
        Column { is_required: false, ..STATUS },
        Column::text("soubor", "Soubor ve složce s daty.").required(),
        Column::integer("radek", "Řádek v souboru.").required(),
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
