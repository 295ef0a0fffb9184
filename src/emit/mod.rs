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
    for diagnostic in diagnostics.iter().filter(|found| found.severity() == Severity::Note && !found.is_accepted()) {
        counts.entry(diagnostic.rule.code).or_insert((0, diagnostic.rule.title)).0 += 1;
    }
    let notes = counts
        .into_iter()
        .map(|(code, (count, title))| format!("poznámka[{code}]: {title} ({count}×; jednotlivě s volbou --notes)"));
    let accepted = Some(accepted(diagnostics)).filter(|text| !text.is_empty());
    notes.chain(accepted.map(|text| format!("{text} podle prijato.yaml (jednotlivě s volbou --notes)"))).collect()
}

/// The last line of a check: how many findings of which weight in how many files.
pub fn summary(diagnostics: &[Diagnostic], n_files: usize) -> String {
    let count = |severity, one, few, many| {
        let of_weight = |found: &&Diagnostic| found.severity() == severity && !found.is_accepted();
        let count = diagnostics.iter().filter(of_weight).count();
        format!("{count} {}", plural(count, one, few, many))
    };
    let accepted = Some(accepted(diagnostics)).filter(|text| !text.is_empty());
    format!(
        "Zkontrolováno {n_files} {}: {}, {}, {}{}.",
        plural(n_files, "soubor", "soubory", "souborů"),
        count(Severity::Error, "chyba", "chyby", "chyb"),
        count(Severity::Warning, "varování", "varování", "varování"),
        count(Severity::Note, "poznámka", "poznámky", "poznámek"),
        accepted.map(|text| format!(", {text}")).unwrap_or_default(),
    )
}

/// How many findings were accepted, in words; empty for none.
fn accepted(diagnostics: &[Diagnostic]) -> String {
    match diagnostics.iter().filter(|found| found.is_accepted()).count() {
        0 => String::new(),
        count => format!("{count} {}", plural(count, "přijatý nález", "přijaté nálezy", "přijatých nálezů")),
    }
}

fn plural(count: usize, one: &'static str, few: &'static str, many: &'static str) -> &'static str {
    match count {
        1 => one,
        2..=4 => few,
        _ => many,
    }
}
