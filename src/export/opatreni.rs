//! All measures with their verdicts, in the official wording.

use crate::export::{Cell, Column, DEADLINE, ID, OVERDUE, RESPONSIBLE, STATUS, Table, bodies, optional, text};
use crate::view::{ReportView, joined};

/// The table.
pub static TABLE: Table = Table {
    name: "opatreni",
    title: "Opatření",
    description: "Všechna opatření a jejich stav; popis, indikátor a komentář jsou úřední text.",
    key: &["id"],
    columns: &[
        ID,
        Column::text("okruh", "Číslo okruhu římsky.").required().refers_to("okruhy", "okruh"),
        Column::integer("cislo", "Číslo opatření v okruhu.").required(),
        Column::text("popis", "Popis dílčí aktivity.").required(),
        Column::text("indikator", "Indikátor plnění."),
        DEADLINE,
        RESPONSIBLE,
        Column::list(
            "spoluprace",
            "Kódy spolupracujících subjektů oddělené „; “; „???“ je subjekt, který zatím není znám.",
        ),
        STATUS,
        Column::text("komentar", "Komentář v Markdownu."),
        OVERDUE,
        Column::text(
            "stav_vypocteny",
            "Stav, který vyplývá z podkladů, kde o stavu rozhodl koordinátor; jinak prázdné.",
        ),
        Column::text("rozhodl", "V jaké funkci rozhodnutí padlo."),
        Column::text("duvod_rozhodnuti", "Proč se rozhodlo, v Markdownu."),
    ],
    rows,
};

fn rows(view: &ReportView) -> Vec<Vec<Cell>> {
    view.measures
        .values()
        .map(|measure| {
            let decision = measure.decision.as_ref();
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
                optional(joined::comments(&measure.submissions, &joined::by_code).as_ref()),
                Cell::Boolean(measure.is_overdue),
                optional(decision.map(|decision| decision.computed.to_string()).as_ref()),
                optional(decision.and_then(|decision| decision.decided_by.as_ref())),
                optional(measure.decision_reason.as_ref()),
            ]
        })
        .collect()
}
