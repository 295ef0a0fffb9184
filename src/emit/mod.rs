//! Findings as people and programs read them. It knows no rules and reads no files.

pub mod full;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Files;

/// Findings for people: errors and warnings in full, notes summed up by code unless each is asked
/// for. `root` is the data folder as the user named it. The text carries colours.
pub fn report(files: &Files, diagnostics: &[Diagnostic], root: &str, every_note: bool) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics.iter().filter(|found| every_note || found.severity() != Severity::Note) {
        text.push_str(&full::render(diagnostic, files, root));
        text.push_str("\n\n");
    }
    if !every_note {
        for line in notes_by_code(diagnostics) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// One line a code for all notes.
fn notes_by_code(diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut counts: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|found| found.severity() == Severity::Note) {
        counts.entry(diagnostic.rule.code).or_insert((0, diagnostic.rule.title)).0 += 1;
    }
    counts
        .into_iter()
        .map(|(code, (count, title))| format!("poznámka[{code}]: {title} ({count}×; jednotlivě s volbou --notes)"))
        .collect()
}

/// The last line of a check: how many findings of which weight in how many files.
pub fn summary(diagnostics: &[Diagnostic], n_files: usize) -> String {
    let count = |severity, one, few, many| {
        let count = crate::dataset::n_of(diagnostics, severity);
        format!("{count} {}", plural(count, one, few, many))
    };
    format!(
        "Zkontrolováno {n_files} {}: {}, {}, {}.",
        plural(n_files, "soubor", "soubory", "souborů"),
        count(Severity::Error, "chyba", "chyby", "chyb"),
        count(Severity::Warning, "varování", "varování", "varování"),
        count(Severity::Note, "poznámka", "poznámky", "poznámek"),
    )
}

fn plural(count: usize, one: &'static str, few: &'static str, many: &'static str) -> &'static str {
    match count {
        1 => one,
        2..=4 => few,
        _ => many,
    }
}
