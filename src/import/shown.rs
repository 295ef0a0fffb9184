//! Findings in forms as people look for them: by sheet and cell, or by line and column of what they
//! sent. The words of a finding are the same as ever.

use annotate_snippets::{Group, Level, Origin, Renderer};

use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::{self, Findings, joined};
use crate::import::{Cell, Fault, Filled, Source};
use crate::rules::neplatne_csv;
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
            return format!("{}, list {sheet}, buňka {}", filled.name, cell.address);
        }
        let at = self.files.line_column(place);
        format!("{}:{}:{}", self.files.path(place), at.line, at.column)
    }

    /// A finding in full.
    pub(super) fn finding(&self, diagnostic: &Diagnostic) -> String {
        let diagnostics = std::slice::from_ref(diagnostic);
        let findings = Findings { files: &self.files, diagnostics, root: "", base: "", every_note: true };
        let Some((.., cell)) = self.cell(diagnostic.place) else {
            return emit::full::write(&findings).trim_end().to_owned();
        };
        let place = self.place(diagnostic.place);
        let level = if diagnostic.severity() == Severity::Error { Level::ERROR } else { Level::WARNING };
        let title = level.with_name(diagnostic.severity().word()).primary_title(emit::headline(diagnostic));
        // The sheet was made CSV for the loader only; what is explained of CSV is no use to whoever sent it.
        let is_of_csv = std::ptr::eq(diagnostic.rule, &neplatne_csv::RULE);
        let title = if is_of_csv { title } else { title.id(diagnostic.rule.code) };
        let mut group = title.element(Origin::path(place));
        for related in &diagnostic.related {
            let message = format!("{}: {}", self.place(related.place), related.message);
            group = group.element(Level::NOTE.with_name("viz").message(message));
        }
        if let Some(help) = cell.remark.clone().or_else(|| advice(diagnostic)) {
            group = group.element(Level::HELP.with_name("rada").message(help));
        }
        rendered(group)
    }

    /// The cell that a place is in; a place between cells belongs to the one before.
    fn cell(&self, place: Place) -> Option<(&'a Filled, &'a str, &'a Cell)> {
        let (_, filled) = self.forms.iter().find(|(file, _)| *file == place.file)?;
        let Source::Cells { sheet, cells } = &filled.source else { return None };
        let index = cells.partition_point(|cell| cell.range.start <= place.range().start);
        Some((filled, sheet, cells.get(index.saturating_sub(1))?))
    }
}

/// What is wrong with a form as a form.
pub(super) fn fault(fault: &Fault) -> String {
    rendered(
        Level::ERROR
            .with_name(Severity::Error.word())
            .primary_title(fault.message.as_str())
            .element(Origin::path(fault.place.as_str()))
            .element(Level::HELP.with_name("rada").message(fault.help.as_str())),
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
