//! Findings as people and programs read them: one file a format. It reads no files, prints nothing
//! and judges nothing.

pub mod concise;
mod fingerprint;
pub mod full;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod sarif;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{plural, shown};
use crate::source::{Files, LineColumn, Place};

/// What is written out: the findings, and what is needed to say where they are.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// The texts.
    pub files: &'a Files,
    /// The findings, in the order people read them in.
    pub diagnostics: &'a [Diagnostic],
    /// The data folder as the user named it.
    pub root: &'a str,
    /// The data folder as seen from the working folder, for programs: without `./`, empty when it
    /// is the working folder itself, absolute only when it lies elsewhere.
    pub base: &'a str,
    /// Whether each note was asked for.
    pub every_note: bool,
}

impl Findings<'_> {
    /// The path of a place as people know it.
    fn shown_path(&self, place: Place) -> String {
        shown(&joined(self.root, self.files.path(place)))
    }

    /// The path of a place as programs need it.
    fn path(&self, place: Place) -> String {
        joined(self.base, self.files.path(place))
    }

    /// Where a place begins and where it ends. A byte order mark at the beginning of a file is not
    /// part of its text, so it counts neither here nor in an editor.
    fn span(&self, place: Place) -> Span {
        let file = self.files.get(place.file);
        let range = place.range();
        Span { start: file.line_column(range.start), end: file.line_column(range.end.max(range.start)) }
    }

    /// The text at a place.
    fn text(&self, place: Place) -> &str {
        self.files.get(place.file).text().get(place.range()).unwrap_or_default()
    }
}

/// The first position of a place and the first one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: LineColumn,
    end: LineColumn,
}

/// Where a format goes. The summary line goes the other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// To the standard output: the findings are what was asked for.
    Output,
    /// To the standard error, where a terminal may colour it: the findings are messages.
    Messages,
}

/// A format that findings can be written in.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for, in Czech.
    pub title: &'static str,
    /// Where it goes.
    pub stream: Stream,
    /// Writes the findings.
    pub write: fn(&Findings<'_>) -> anyhow::Result<String>,
}

/// All formats. A new one is a file in this folder and a line here.
pub static FORMATS: &[&Format] =
    &[&full::FORMAT, &concise::FORMAT, &json::FORMAT, &github::FORMAT, &gitlab::FORMAT, &sarif::FORMAT];

/// The format of this name.
pub fn find_format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name)
}

/// The last line of a check: how many findings of which weight in how many files.
pub fn summary(diagnostics: &[Diagnostic], n_files: usize) -> String {
    let count = |severity, one, few, many| {
        let of_weight = |found: &&Diagnostic| found.severity() == severity && !found.is_accepted();
        let count = diagnostics.iter().filter(of_weight).count();
        format!("{count} {}", plural(count, one, few, many))
    };
    format!(
        "Zkontrolováno {n_files} {}: {}, {}, {}{}.",
        plural(n_files, "soubor", "soubory", "souborů"),
        count(Severity::Error, "chyba", "chyby", "chyb"),
        count(Severity::Warning, "varování", "varování", "varování"),
        count(Severity::Note, "poznámka", "poznámky", "poznámek"),
        accepted(diagnostics).map(|text| format!(", {text}")).unwrap_or_default(),
    )
}

/// How many findings were accepted, in words; `None` where none was.
fn accepted(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = diagnostics.iter().filter(|found| found.is_accepted()).count();
    (count > 0).then(|| format!("{count} {}", plural(count, "přijatý nález", "přijaté nálezy", "přijatých nálezů")))
}

/// The message with the measure it concerns, where it does not name it itself.
pub(crate) fn headline(diagnostic: &Diagnostic) -> String {
    match diagnostic.measure {
        Some(measure) if !diagnostic.message.contains(&measure.to_string()) => {
            format!("{measure}: {}", diagnostic.message)
        }
        _ => diagnostic.message.clone(),
    }
}

/// What follows the message of a finding that was accepted.
fn reason_in_brackets(diagnostic: &Diagnostic) -> String {
    diagnostic.accepted.as_ref().map(|reason| format!(" (přijato: {reason})")).unwrap_or_default()
}

pub(crate) fn joined(folder: &str, path: &str) -> String {
    match folder {
        "" => path.to_owned(),
        _ if folder.ends_with('/') => format!("{folder}{path}"),
        _ => format!("{folder}/{path}"),
    }
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_of_this_folder_is_a_format() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/emit");
        let files: BTreeSet<String> = ignore::Walk::new(folder)
            .map(|entry| entry.expect("the folder can be read"))
            .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
            .map(|entry| entry.file_name().to_string_lossy().replace(".rs", ""))
            .filter(|name| !matches!(name.as_str(), "mod" | "testing" | "fingerprint"))
            .collect();
        let names: BTreeSet<String> = FORMATS.iter().map(|format| format.name.to_owned()).collect();
        assert_eq!(names, files);
        for format in FORMATS {
            assert!(find_format(format.name).is_some_and(|found| found.title == format.title));
            assert!(!format.title.is_empty() && !format.title.ends_with('.'), "{}", format.name);
        }
    }

    #[test]
    fn the_summary_is_declined() {
        assert_eq!(summary(&[], 1), "Zkontrolováno 1 soubor: 0 chyb, 0 varování, 0 poznámek.");
        assert_eq!(summary(&[], 3), "Zkontrolováno 3 soubory: 0 chyb, 0 varování, 0 poznámek.");
    }

    #[test]
    fn paths_are_joined_with_what_is_needed() {
        for (folder, path) in [("", "a.yaml"), ("data", "data/a.yaml"), ("/", "/a.yaml"), ("../x/", "../x/a.yaml")] {
            assert_eq!(joined(folder, "a.yaml"), path);
        }
    }
}
