//! Comments of the comment procedure (`pripominky.yaml`, `pripominky.csv`), located and not yet
//! understood. It never reads a file.

use crate::diagnostic::Diagnostic;
use crate::load::csv::swapped::Swapped;
use crate::load::csv::{self, Columns, Row};
use crate::load::raw::{Comment, head, is_dashes};
use crate::load::yaml::Node;
use crate::model::Resolution;
use crate::rules::neplatne_csv;
use crate::source::{FileId, FileText, Text};

/// Lowers a checked tree of `pripominky.yaml`.
pub fn of_yaml(root: &Node) -> Vec<Comment> {
    root.list("pripominky").iter().filter_map(of_node).collect()
}

/// A key that is missing, blank or crossed out has its own finding already.
fn of_node(node: &Node) -> Option<Comment> {
    Some(Comment {
        author: node.text("subjekt")?,
        measure: node.text("opatreni"),
        section: node.text("cast"),
        text: node.text("text")?,
        resolution: node.text("vyporadani"),
        reason: node.text("oduvodneni").filter(|text| !is_dashes(&text.value)),
        has_untitled: false,
        place: head(node),
        extent: node.place,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Author,
    Measure,
    Section,
    Text,
    Resolution,
    Reason,
}

static COLUMNS: Columns<Column> = Columns {
    titles: &[
        (Column::Author, &["subjekt", "připomínkové místo", "připomínkující", "kdo"]),
        (Column::Measure, &["opatreni", "opatření", "číslo opatření"]),
        (Column::Section, &["cast", "část", "část zprávy"]),
        (Column::Text, &["text", "text připomínky", "pripominka", "připomínka", "znění připomínky"]),
        (Column::Resolution, &["vyporadani", "vypořádání", "způsob vypořádání"]),
        (Column::Reason, &["oduvodneni", "odůvodnění", "odůvodnění vypořádání"]),
    ],
    about: None,
    required: &[Column::Author, Column::Text],
    example: "subjekt,opatreni,cast,text,vyporadani,oduvodneni",
};

/// Reads the rows of `pripominky.csv`.
pub fn of_csv(file: FileId, text: &FileText, diagnostics: &mut Vec<Diagnostic>) -> Vec<Comment> {
    let mut comments = Vec::new();
    let mut swapped = Swapped::default();
    csv::for_each_row(file, text, &COLUMNS, diagnostics, |row, diagnostics| {
        comments.extend(of_row(&row, &mut swapped, diagnostics));
    });
    comments
}

fn of_row(row: &Row<'_, Column>, swapped: &mut Swapped, diagnostics: &mut Vec<Diagnostic>) -> Option<Comment> {
    let place = row.place;
    let mut needed = |column: Column| -> Option<Text> {
        let cell = row.cell(column);
        if cell.is_none() && !row.has_untitled {
            diagnostics.push(neplatne_csv::missing_cell(place, row.title(column)));
        }
        cell
    };
    let (author, mut text) = (needed(Column::Author), needed(Column::Text));
    let mut resolution = row.cell(Column::Resolution);
    if let Some(place) = swapped.put_right(&mut resolution, &mut text, |text| Resolution::parse(text).is_some()) {
        let (title, other) = (row.title(Column::Resolution), row.title(Column::Text));
        diagnostics.push(neplatne_csv::swapped_cells(place, title, other));
    }
    Some(Comment {
        author: author?,
        measure: row.cell(Column::Measure),
        section: row.cell(Column::Section),
        text: text?,
        resolution,
        reason: row.cell(Column::Reason),
        has_untitled: row.has_untitled,
        place,
        extent: place,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::csv::testing::{in_readme, known};

    #[test]
    fn the_readme_has_all_titles_of_columns() {
        assert_eq!(in_readme().1, known(&COLUMNS));
    }
}
