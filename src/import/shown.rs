//! Findings in forms as people look for them: by sheet and cell, or by line and column of what they
//! sent. The words of a finding are the same as ever.

use annotate_snippets::{Group, Level, Origin, Renderer};

use crate::diagnostic::{Diagnostic, Related, Severity};
use crate::emit::{self, Findings, full, joined};
use crate::form::layout::Column;
use crate::import::{Cell, Fault, Filled, Source};
use crate::rules::{Rule, bez_duvodu, bez_komentare, chybejici_stav, neplatne_csv};
use crate::source::{FileId, Files, Place};

/// The texts, and which of them stand for forms.
pub(super) struct Shown<'a> {
    files: Files,
    forms: Vec<(FileId, &'a Filled)>,
}

impl<'a> Shown<'a> {
    /// Gives each file the path that people know it by; `root` is the data folder as they named it.
    pub(super) fn new(mut files: Files, forms: Vec<(FileId, &'a Filled)>, root: &str) -> Self {
        let paths: Vec<(FileId, String)> =
            files.iter().map(|(file, source)| (file, joined(root, source.path()))).collect();
        for (file, path) in paths {
            files.show_as(file, path, None);
        }
        for (file, filled) in &forms {
            let (path, text) = match &filled.source {
                Source::Text(text) => (filled.name.clone(), Some(text.clone())),
                Source::Cells { sheet, .. } => (format!("{}, list {sheet}", filled.name), None),
            };
            files.show_as(*file, path, text);
        }
        Self { files, forms }
    }

    /// Where a place is, in words.
    pub(super) fn place(&self, place: Place) -> String {
        if let Some((filled, sheet, cell)) = self.cell(place) {
            return in_sheet(filled, sheet, cell);
        }
        let at = self.files.line_column(place);
        format!("{}:{}:{}", self.files.path(place), at.line, at.column)
    }

    /// A finding in full.
    pub(super) fn finding(&self, diagnostic: &Diagnostic) -> String {
        let Some((filled, sheet, cell)) = self.cell_to_mend(diagnostic) else {
            return self.finding_in_text(diagnostic);
        };
        let place = in_sheet(filled, sheet, cell);
        let title = full::level(diagnostic).primary_title(emit::headline(diagnostic));
        // The sheet was made CSV for the loader only; what is explained of CSV is no use to whoever sent it.
        let is_of_csv = std::ptr::eq(diagnostic.rule, &neplatne_csv::RULE);
        let title = if is_of_csv { title } else { title.id(diagnostic.rule.code) };
        let mut group = title.element(Origin::path(place));
        for related in &diagnostic.related {
            group = group.element(Level::NOTE.with_name(full::RELATED).message(self.related(related)));
        }
        if let Some(help) = cell.remark.clone().or_else(|| advice(diagnostic)) {
            group = group.element(full::advice().message(help));
        }
        rendered(group)
    }

    /// A finding that stands in a text, with its line. What belongs to it may stand in cells, of which
    /// nobody has ever seen a line.
    fn finding_in_text(&self, diagnostic: &Diagnostic) -> String {
        let (in_cells, in_texts): (Vec<Related>, Vec<Related>) =
            diagnostic.related.iter().cloned().partition(|related| self.cell(related.place).is_some());
        let in_cells: Vec<String> = in_cells.iter().map(|related| self.related(related)).collect();
        let diagnostic = Diagnostic { related: in_texts, ..diagnostic.clone() };
        let diagnostics = std::slice::from_ref(&diagnostic);
        let findings = Findings { files: &self.files, diagnostics, root: "", base: "", every_note: true };
        full::rendered(&diagnostic, &findings, &in_cells)
    }

    /// Another place of a finding and what is there, in words.
    fn related(&self, related: &Related) -> String {
        format!("{}: {}", self.place(related.place), related.message)
    }

    /// The cell that a finding is about. What is missing stands nowhere, but a sheet has a cell for it on the
    /// same row, and that of the measure, which the row begins with, is locked.
    fn cell_to_mend(&self, diagnostic: &Diagnostic) -> Option<(&'a Filled, &'a str, &'a Cell)> {
        let (filled, sheet, cell) = self.cell(diagnostic.place)?;
        let Source::Cells { cells, .. } = &filled.source else { return None };
        let missing = missing_column(diagnostic.rule).filter(|_| cell.column == Column::Measure);
        let is_missing = |other: &&Cell| other.range.start > cell.range.start && Some(other.column) == missing;
        Some((filled, sheet, cells.iter().find(is_missing).unwrap_or(cell)))
    }

    /// The cell that a place is in; a place between cells belongs to the one before.
    fn cell(&self, place: Place) -> Option<(&'a Filled, &'a str, &'a Cell)> {
        let (_, filled) = self.forms.iter().find(|(file, _)| *file == place.file)?;
        let Source::Cells { sheet, cells } = &filled.source else { return None };
        let index = cells.partition_point(|cell| cell.range.start <= place.range().start);
        Some((filled, sheet, cells.get(index.saturating_sub(1))?))
    }
}

/// The column in which nothing stands that a rule misses.
fn missing_column(rule: &'static Rule) -> Option<Column> {
    let missing = [
        (&chybejici_stav::RULE, Column::Status),
        (&bez_komentare::RULE, Column::Comment),
        (&bez_duvodu::RULE, Column::Comment),
    ];
    missing.into_iter().find(|(known, _)| std::ptr::eq(rule, *known)).map(|(_, column)| column)
}

fn in_sheet(filled: &Filled, sheet: &str, cell: &Cell) -> String {
    format!("{}, list {sheet}, buňka {}", filled.name, cell.address)
}

/// What is wrong with a form as a form.
pub(super) fn fault(fault: &Fault) -> String {
    rendered(
        Level::ERROR
            .with_name(Severity::Error.word())
            .primary_title(fault.message.as_str())
            .element(Origin::path(fault.place.as_str()))
            .element(full::advice().message(fault.help.as_str())),
    )
}

/// The help of a finding, and what to write where it does not say so itself.
fn advice(diagnostic: &Diagnostic) -> Option<String> {
    let replacement = diagnostic.suggestion.as_ref().map(|suggestion| suggestion.replacement.as_str());
    match (&diagnostic.help, replacement) {
        (Some(help), Some(text)) if !help.contains(text) => Some(format!("{help}; napište „{text}“")),
        (Some(help), _) => Some(help.clone()),
        (None, text) => text.map(|text| format!("napište „{text}“")),
    }
}

fn rendered(group: Group<'_>) -> String {
    Renderer::styled().render(&[group])
}

#[cfg(test)]
mod tests {
    use crate::import::testing::{COMMENT, STATUS, answered, csv, form, judge, rows, xlsx};

    #[test]
    fn what_is_missing_is_named_by_the_cell_for_it() {
        let (marks, mut rows) = answered();
        rows[0][STATUS].clear();
        rows[0][COMMENT].clear();
        let found = judge(&[("oz.xlsx", &xlsx(&marks, &rows, |_| {}))], &[]).findings.concat();
        assert!(found.contains("[bez-komentare]") && found.contains("buňka L5\n"), "{found}");
        rows[1][STATUS] = "NEPLNĚNO".to_owned();
        let found = judge(&[("oz.xlsx", &xlsx(&marks, &rows, |_| {}))], &[]).findings.concat();
        assert!(found.contains("[bez-duvodu]") && found.contains("buňka L5\n"), "{found}");
        assert!(!found.contains("buňka A5\n"), "{found}");
    }

    #[test]
    fn a_finding_about_the_definitions_names_the_cell_that_it_comes_from() {
        let form = form("OSV");
        let mut rows = rows(&form);
        rows[0][STATUS] = "ČÁSTEČNĚ".to_owned();
        rows[0][COMMENT] = "Metodika se píše.".to_owned();
        let deadline = "varování[po-terminu]: termín opatření I/1 (12/2024) uplynul, stav za období 2025 je ale ČÁSTEČNĚ\n \
             --> data/opatreni/01.yaml:9:13\n";
        let label = "stav podle předkladatele OSV je zde";
        let found = |name: &str, bytes: &[u8]| {
            let findings = judge(&[(name, bytes)], &[]).findings;
            findings.into_iter().find(|text| text.contains("[po-terminu]")).expect("it is found")
        };
        let text = found("dir/osv.xlsx", &xlsx(&form.marks(), &rows, |_| {}));
        assert!(text.starts_with(deadline), "{text}");
        assert!(text.contains(&format!(" = viz: dir/osv.xlsx, list Podklady, buňka I5: {label}\n")), "{text}");
        assert!(!text.contains(":::") && !text.contains('"'), "{text}");
        // A table has the line that is shown.
        let text = found("osv.csv", csv(&form.marks(), &rows, ';').as_bytes());
        assert!(text.starts_with(deadline) && text.contains("::: osv.csv:4:") && text.contains(label), "{text}");
    }
}
