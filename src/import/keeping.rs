//! Whether a file of submissions can be written again with some measures of a form among them, and
//! nothing of it lost: what could not be read, and notes that stand in no text.

use std::collections::BTreeSet;
use std::iter::zip;
use std::ops::Range;

use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::joined;
use crate::import::Fault;
use crate::load::yaml::{self, Node, Value};
use crate::model::{MeasureId, shown};
use crate::source::{FileId, Files, Place, Text};

/// How the line begins that tells editors the schema. It stays as it is.
const OF_EDITORS: &str = "# yaml-language-server:";

/// What stands against it, the first of each kind. `answered` are the measures that are replaced whole,
/// `root` is the data folder as the user named it.
pub(super) fn hindrances(
    dataset: &Dataset,
    found: &[Diagnostic],
    files: &[FileId],
    answered: &BTreeSet<MeasureId>,
    root: &str,
) -> Vec<Fault> {
    let is_kept = |found: &&Diagnostic| found.measure.is_none_or(|id| !answered.contains(&id));
    let mut errors = found.iter().filter(|found| found.severity() == Severity::Error).filter(is_kept);
    let error = errors.find(|found| files.contains(&found.place.file)).map(|error| {
        Fault::new(
            at(&dataset.files, error.place, root),
            format!("dosavadní podklady mají chybu, takže by se při doplnění mohlo něco ztratit: {}", error.message),
            "nejdřív ji opravte (chyby ukáže „plneni check“)",
        )
    });
    let note = files.iter().find_map(|&file| note(&dataset.files, file)).map(|note| {
        Fault::new(
            at(&dataset.files, note, root),
            "v dosavadních podkladech je poznámka za znakem „#“, která by se při doplnění ztratila",
            "co z ní má zůstat, přesuňte do komentáře opatření nebo jinam, a poznámku smažte",
        )
    });
    error.into_iter().chain(note).collect()
}

fn at(files: &Files, place: Place, root: &str) -> String {
    let at = files.line_column(place);
    format!("{}:{}:{}", joined(root, files.path(place)), at.line, at.column)
}

/// The line at the beginning of the files that tells editors the schema, with whatever else it says.
pub(super) fn editors_line(files: &Files, present: &[FileId]) -> Option<String> {
    let yaml = present.iter().map(|&file| files.get(file)).filter(|source| source.path().ends_with(".yaml"));
    yaml.filter_map(|source| Some(source.text().get(of_editors(source.text())?)?.to_owned())).next()
}

/// Where it stands among the notes that the file begins with.
fn of_editors(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with(OF_EDITORS) {
            return Some(start..start + line.trim_end().len());
        }
        if !line.trim_end().is_empty() && !line.starts_with('#') {
            return None;
        }
        start += line.len();
    }
    None
}

/// The first note of the files, and where it stands.
pub(super) fn first_note(files: &Files, present: &[FileId], root: &str) -> Option<(String, String)> {
    let note = present.iter().find_map(|&file| note(files, file))?;
    Some((at(files, note, root), shown(&files.get(note.file).text()[note.range()])))
}

/// The first comment of a file in YAML: whatever may go without the content being another.
fn note(files: &Files, file: FileId) -> Option<Place> {
    let source = files.get(file);
    if !source.path().ends_with(".yaml") {
        return None;
    }
    let text: &str = source.text();
    let content = read(text)?;
    let of_editors = of_editors(text);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = line.trim_end().len();
        let signs = line.match_indices('#').map(|(at, _)| at);
        let mut signs = signs.filter(|&at| at == 0 || line[..at].ends_with([' ', '\t']));
        let note = signs.find(|&at| {
            let without = [&text[..start + at], &text[start + end..]].concat();
            read(&without).is_some_and(|read| says_the_same(&read, &content))
        });
        let note = note.map(|at| start + at..start + end).filter(|note| Some(note) != of_editors.as_ref());
        if let Some(note) = note {
            return Some(Place::new(file, note));
        }
        start += line.len();
    }
    None
}

/// Whether two nodes hold the same, wherever it stands.
fn says_the_same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::List(a), Value::List(b)) => a.len() == b.len() && zip(a, b).all(|(a, b)| says_the_same(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            let are_alike = |((a_key, a), (b_key, b)): (&(Text, Node), &(Text, Node))| {
                a_key.value == b_key.value && says_the_same(a, b)
            };
            a.len() == b.len() && zip(a, b).all(are_alike)
        }
        (a, b) => a == b,
    }
}

fn read(text: &str) -> Option<Node> {
    let mut files = Files::default();
    let file = files.add(String::new(), text.to_owned());
    yaml::parse(file, files.get(file).text(), &mut Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_signs_in_texts() {
        for (text, expected) in [
            ("# yaml-language-server: $schema=a\na: b\n", None),
            ("\n# yaml-language-server: $schema=https://a volat\r\na: b\n", None),
            // There is one line of editors, and it comes first.
            ("# yaml-language-server: a\n# yaml-language-server: b\na: b\n", Some("2:1")),
            ("a: b # yaml-language-server: c\n", Some("1:6")),
            ("a: b\n# yaml-language-server: c\n", Some("2:1")),
            ("a: b#c\n", None),
            ("a: 'b # c'\n", None),
            ("a: \"b\n  # c\"\n", None),
            ("a: |-\n  b\n  # c\n\n  #\nd: e\n", None),
            ("# a\na: b\n", Some("1:1")),
            ("a: b # c\n", Some("1:6")),
            ("a: ' # c' # d\r\n", Some("1:11")),
            ("a: |-\n  b\n# c\nd: e\n", Some("3:1")),
            ("a:\n  # ž\n  b: c\n", Some("2:3")),
            ("a: b\n#", Some("2:1")),
        ] {
            let mut files = Files::default();
            let file = files.add("a.yaml".to_owned(), text.to_owned());
            let found = note(&files, file).map(|place| at(&files, place, ""));
            assert_eq!(found, expected.map(|at| format!("a.yaml:{at}")), "{text:?}");
        }
    }
}
