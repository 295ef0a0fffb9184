//! Whether a file of submissions can be written again with some measures of a form among them, and
//! nothing of it lost: what could not be read, and notes that stand in no text.

use std::collections::BTreeSet;
use std::iter::zip;
use std::ops::Range;

use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::joined;
use crate::form::{self, Asking, layout};
use crate::import::Fault;
use crate::load::yaml::{self, Node, Value};
use crate::model::{BodyId, MeasureId, Year, shown};
use crate::source::{FileId, FileText, Files, Place, Text};

/// How the line begins that tells editors the schema. It stays as it is.
const OF_EDITORS: &str = "# yaml-language-server:";

/// What stands against it, the first of each kind. `answered` are the measures that are replaced whole,
/// `root` is the data folder as the user named it.
pub(super) fn hindrances(
    dataset: &Dataset,
    found: &[Diagnostic],
    files: &[FileId],
    own_notes: &BTreeSet<String>,
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
    let note = files.iter().find_map(|&file| note(&dataset.files, file, own_notes)).map(|note| {
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

/// What the program itself wrote behind `#` where one of the files is a form. Nobody misses it.
pub(super) fn own_notes(dataset: &Dataset, year: Year, body: BodyId, present: &[FileId]) -> BTreeSet<String> {
    let texts = present.iter().map(|file| dataset.files.get(*file).text());
    let forms: Vec<&FileText> = texts.filter(|text| layout::is_form_in_yaml(text)).collect();
    let period = dataset.period(year).filter(|_| !forms.is_empty());
    let asked = period.and_then(|period| Asking::new(dataset, period).form(body));
    let Some(mut form) = asked else { return BTreeSet::new() };
    let mut notes = BTreeSet::new();
    for text in forms {
        // The day may have been moved since.
        form.due = form::yaml::due_in(text);
        let bytes = (form::yaml::FORMAT.write)(&form).unwrap_or_default();
        let lines = String::from_utf8_lossy(&bytes);
        notes.extend(lines.lines().map(str::trim).filter(|line| line.starts_with('#')).map(str::to_owned));
    }
    notes
}

/// The first note of the files, and where it stands.
pub(super) fn first_note(
    files: &Files,
    present: &[FileId],
    own_notes: &BTreeSet<String>,
    root: &str,
) -> Option<(String, String)> {
    let note = present.iter().find_map(|&file| note(files, file, own_notes))?;
    Some((at(files, note, root), shown(&files.get(note.file).text()[note.range()])))
}

/// The first comment of a file in YAML that the program did not write: whatever may go without the content being
/// another.
fn note(files: &Files, file: FileId, own_notes: &BTreeSet<String>) -> Option<Place> {
    let source = files.get(file);
    if !source.path().ends_with(".yaml") {
        return None;
    }
    let text: &str = source.text();
    let content = read(text)?;
    let of_editors = of_editors(text);
    let mut texts = Vec::new();
    texts_in(&content, text, &mut texts);
    let is_in_text = |at: usize| texts.get(texts.partition_point(|it| it.end <= at)).is_some_and(|it| it.start <= at);
    // The marks of a form say what was asked when it was written.
    let is_own = |at: usize, end: usize| {
        own_notes.contains(&text[at..end]) || text[..at].trim().is_empty() && layout::is_form_in_yaml(&text[at..end])
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = line.trim_end().len();
        let signs = line.match_indices('#').map(|(at, _)| at);
        let mut signs = signs.filter(|&at| at == 0 || line[..at].ends_with([' ', '\t']));
        let note = signs.find(|&at| {
            // To read all of it again for each sign would take long.
            if is_in_text(start + at) || is_own(start + at, start + end) {
                return false;
            }
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

/// Where the texts of a node stand, one behind the other. Behind the sign that a text of several lines begins
/// with there may be a note.
fn texts_in(node: &Node, text: &str, found: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Null => {}
        Value::Text(_) => {
            let place = node.place.range();
            let is_block = text[place.start..].starts_with(['|', '>']);
            let sign = if is_block { text[place.start..].find('\n').unwrap_or(0) } else { 0 };
            found.push(place.start + sign..place.end.max(place.start + sign));
        }
        Value::List(items) => items.iter().for_each(|item| texts_in(item, text, found)),
        Value::Map(entries) => entries.iter().for_each(|(key, value)| {
            found.push(key.place.range());
            texts_in(value, text, found);
        }),
    }
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
    use crate::import::Earlier;
    use crate::import::testing::{self, answered, judge, judge_with, xlsx};

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
            ("a: |- # c\n  b # d\n", Some("1:7")),
            ("a: |-\n  b # d\n", None),
            ("a: >-\n  b # d\n\n\n# c\nd: e\n", Some("5:1")),
            ("a: |\n# c\nd: e\n", Some("2:1")),
            ("a: b\n  c # d\n", Some("2:5")),
            ("'a # b': c # d\n", Some("1:12")),
            ("- a\n# b\n- [c, # d\n  e]\n", Some("2:1")),
            ("- [c, # d\n  e]\n", Some("1:7")),
            // The marks of a form, and what it says.
            ("# plneni-formular verze: 1\n# vlastní\n  # vlastní\na: b\n", None),
            ("# vlastní\n# plneni-formular verze: 1\na: b\n", Some("2:1")),
            ("# plneni-formular verze: 1\n# vlastní a volat\na: b # vlastní\n", Some("2:1")),
        ] {
            let mut files = Files::default();
            let file = files.add("a.yaml".to_owned(), text.to_owned());
            let own = BTreeSet::from(["# vlastní".to_owned()]);
            let found = note(&files, file, &own).map(|place| at(&files, place, ""));
            assert_eq!(found, expected.map(|at| format!("a.yaml:{at}")), "{text:?}");
        }
    }

    #[test]
    fn of_a_form_laid_there_by_hand_only_what_somebody_added_is_a_note() {
        let (marks, rows) = answered();
        let bytes = xlsx(&marks, &rows, |_| {});
        let form = (form::yaml::FORMAT.write)(&testing::form("OZ")).expect("it can be written");
        let form = String::from_utf8(form).expect("it is UTF-8").replacen("stav:\n", "stav: NEPLNĚNO\n", 1);
        let of_day = |day: &str| {
            let mut due = testing::form("OZ");
            due.due = Some(day.parse().expect("it is a day"));
            let text = String::from_utf8((form::yaml::FORMAT.write)(&due).expect("it can be written"));
            text.expect("it is UTF-8").replacen("stav:\n", "stav: NEPLNĚNO\n", 1)
        };
        let moved = of_day("2026-01-31").replace("stav: NEPLNĚNO\n", "stav: NEPLNĚNO # volat\n");
        for (text, note) in [
            (form.clone(), None),
            (form.replace("stav: NEPLNĚNO\n", "stav: NEPLNĚNO # volat\n"), Some("# volat")),
            // What the period says of the day by now is another matter.
            (of_day("2026-01-31"), None),
            (of_day("2026-10-30"), None),
            (moved.clone(), Some("# volat")),
            (moved.replace("2026. Co nevíte", "2026! Co nevíte"), Some("# Doplňte hodnoty")),
        ] {
            let more = [("obdobi/2025/podklady/oz.yaml", text.as_str())];
            let judged = judge(&[("oz.xlsx", &bytes)], &more);
            let before = judged.taken[0].before.as_ref().expect("there was something");
            let begins = |found: &str| note.is_some_and(|note| found.starts_with(note));
            assert_eq!(before.note.as_ref().map(|(_, found)| begins(found)), note.map(|_| true), "{text}");
            let judged = judge_with(Earlier::Kept, &[("oz.xlsx", &bytes)], &more);
            let told = judged.findings.iter().filter(|found| found.contains("je poznámka za znakem")).count();
            assert_eq!(told, usize::from(note.is_some()), "{:#?}", judged.findings);
        }
    }
}
