//! The comments on the draft and how they were settled.

use crate::export::{Cell, Column, Table, optional, text};
use crate::view::ReportView;

/// The table.
pub static TABLE: Table = Table {
    name: "pripominky",
    title: "Připomínky",
    description: "Připomínky k návrhu zprávy a jejich vypořádání.",
    key: &["cislo"],
    columns: &[
        Column::integer("cislo", "Pořadové číslo připomínky.").required(),
        Column::text("subjekt", "Kdo připomínku vznesl: kód subjektu, nebo název toho, komu byla zpráva předložena.")
            .required(),
        Column::text("opatreni", "Opatření, kterého se připomínka týká, například IX/2; jinak prázdné."),
        Column::text("cast", "Část zprávy, které se týká, není-li k opatření."),
        Column::text("text", "Znění připomínky v Markdownu.").required(),
        Column::text("vyporadani", "přijato, přijato částečně, nepřijato, nebo vysvětleno."),
        Column::text("oduvodneni", "Odůvodnění vypořádání v Markdownu."),
    ],
    rows,
};

fn rows(view: &ReportView) -> Vec<Vec<Cell>> {
    view.comments
        .list
        .iter()
        .map(|comment| {
            vec![
                Cell::Integer(comment.number),
                text(&comment.author.code),
                optional(comment.measure.map(|measure| measure.to_string()).as_ref()),
                optional(comment.section.as_ref()),
                text(&comment.text),
                optional(comment.resolution.map(|resolution| resolution.to_string()).as_ref()),
                optional(comment.reason.as_ref()),
            ]
        })
        .collect()
}
