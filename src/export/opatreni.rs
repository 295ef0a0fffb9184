//! All measures with their verdicts, in the official wording.

use crate::export::{Cell, Column, DEADLINE, ID, OVERDUE, STATUS, Table, bodies, optional, text};
use crate::view::ReportView;

/// The table.
pub static TABLE: Table = Table {
    name: "opatreni",
    description: "Všechna opatření a jejich stav; popis, indikátor a komentář jsou úřední text.",
    columns: &[
        ID,
        Column { name: "okruh", description: "Číslo okruhu římsky." },
        Column { name: "cislo", description: "Číslo opatření v okruhu." },
        Column { name: "popis", description: "Popis dílčí aktivity." },
        Column { name: "indikator", description: "Indikátor plnění." },
        DEADLINE,
        Column { name: "odpovednost", description: "Kódy gestorů oddělené „; “." },
        Column { name: "spoluprace", description: "Kódy spolupracujících subjektů oddělené „; “." },
        STATUS,
        Column { name: "komentar", description: "Komentář v Markdownu." },
        OVERDUE,
    ],
    rows,
};

fn rows(view: &ReportView) -> Vec<Vec<Cell>> {
    view.measures
        .values()
        .map(|measure| {
            vec![
                text(measure.id),
                text(measure.area),
                Cell::Integer(usize::from(measure.number)),
                text(&measure.description),
                optional(measure.indicator.as_ref()),
                optional(measure.deadline.as_ref()),
                bodies(&measure.responsible),
                bodies(&measure.cooperating),
                text(measure.status),
                optional(measure.comment.as_ref()),
                Cell::Boolean(measure.is_overdue),
            ]
        })
        .collect()
}
