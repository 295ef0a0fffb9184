//! What the bodies submitted (`podklady/*.yaml`, `podklady/*.csv`), located and not yet understood. It
//! never reads a file.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use memchr::memchr_iter;

use crate::diagnostic::Diagnostic;
use crate::form::layout::is_form_in_csv;
use crate::load::csv::swapped::Swapped;
use crate::load::csv::{self, Columns, Row};
use crate::load::raw::{Note, Reported, Submission, head, is_dashes};
use crate::load::yaml::{Node, Value};
use crate::model::{MeasureId, Status, squash};
use crate::rules::{dvoji_podklad, neplatne_csv, useknuty_text};
use crate::source::{FileId, FileText, Located, Piece, Place, Text};

/// Lowers a checked tree of `podklady/*.yaml`.
pub fn of_yaml(root: &Node, file: FileId, text: &str, file_stem: &str) -> Vec<Submission> {
    let named = root.text("predkladatel");
    let submitter_is_file_name = named.is_none();
    let submitter = named.unwrap_or_else(|| Located::new(file_stem.into(), Place::start_of(file)));
    root.list("podklady")
        .iter()
        .filter_map(|node| {
            let measure = node.text("opatreni")?;
            let mut notes = Vec::new();
            cut_off(node, text, &mut notes);
            Some(Submission {
                submitter: submitter.clone(),
                submitter_is_file_name,
                status: node.text("stav"),
                comments: node.text("komentar").filter(|text| !is_dashes(&text.value)).into_iter().collect(),
                criteria: node.list("kriteria").iter().filter_map(reported).collect(),
                is_of_criteria_alone: false,
                notes,
                has_untitled: false,
                place: head(node),
                extent: node.place,
                measure,
            })
        })
        .collect()
}

/// Finds answers of which a note takes something away. Behind the key of a list notes are what they seem, and
/// that a criterion has no name is an error of its own.
fn cut_off(answers: &Node, text: &str, notes: &mut Vec<Note>) {
    let Value::Map(entries) = &answers.value else { return };
    for (key, node) in entries {
        match node.value {
            Value::Null if ["kriteria", "kriterium"].contains(&key.value.as_str()) => {}
            Value::Null | Value::Text(_) => {
                let note = useknuty_text::behind_key(text, key, node.place);
                notes.extend(note.map(|place| Note { key: key.value.clone(), place }));
            }
            Value::List(ref items) => items.iter().for_each(|item| cut_off(item, text, notes)),
            Value::Map(_) => {}
        }
    }
}

fn reported(node: &Node) -> Option<Reported> {
    Some(Reported {
        criterion: node.text("kriterium")?,
        value: node.text("hodnota"),
        status: node.text("stav"),
        evidence: node.text("doklad"),
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Measure,
    Status,
    Comment,
    Criterion,
    Value,
    Evidence,
    Submitter,
}

static COLUMNS: Columns<Column> = Columns {
    titles: &[
        (Column::Measure, &["opatreni", "opatření", "číslo", "číslo opatření", "id"]),
        (Column::Status, &["stav", "stav plnění", "plnění", "plnění / monitoring"]),
        (Column::Comment, &["komentar", "komentář", "komentář / popis"]),
        (Column::Criterion, &["kriterium", "kritérium", "kritérium plnění"]),
        (Column::Value, &["hodnota"]),
        (Column::Evidence, &["doklad"]),
        (Column::Submitter, &["predkladatel", "předkladatel", "subjekt", "gestor"]),
    ],
    about: Some(Column::Measure),
    required: &[Column::Measure],
    example: "opatreni,stav,komentar",
};

/// All records of such a table with the places of their cells, as they stand; the first one is the header.
pub fn records(file: FileId, text: &FileText) -> impl Iterator<Item = Vec<Text>> + '_ {
    csv::records(file, text, &COLUMNS)
}

/// Reads the rows of `podklady/*.csv`. Those of one measure that each name a criterion are one submission.
pub fn of_csv(file: FileId, text: &FileText, file_stem: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Submission> {
    if is_form_in_csv(text) {
        diagnostics.push(neplatne_csv::form(first_line(file, text)));
        return Vec::new();
    }
    let mut gathered = Gathered::new(file, file_stem);
    // Nearly all rows are lines, and each is a submission.
    gathered.submissions.reserve_exact(memchr_iter(b'\n', text.as_bytes()).count());
    csv::for_each_row(file, text, &COLUMNS, diagnostics, |row, diagnostics| gathered.add(&row, diagnostics));
    gathered.submissions
}

/// The first line that is not blank.
fn first_line(file: FileId, text: &str) -> Place {
    let start = text.len() - text.trim_start().len();
    let length = text[start..].lines().next().map_or(0, str::len);
    Place::new(file, start..start + length)
}

/// Submissions as their rows come in.
struct Gathered {
    /// Whose the rows are that do not say it: the file's own body.
    file_name: Text,
    submissions: Vec<Submission>,
    /// Whether the rest of a comment was found below its row. The cells that it stands in may be several.
    goes_on: bool,
    swapped: Swapped,
    /// What rows with criteria are told apart by, once there are such rows; most tables have none.
    known: Option<Known>,
}

/// What is known of the submissions by their indices. Never iterated, so that its order cannot show.
#[derive(Default)]
struct Known {
    /// The submission that the rows of one body and measure belong to.
    submissions: HashMap<Key, usize>,
    /// Where a submission speaks of a criterion.
    criteria: HashMap<(usize, String), Place>,
    /// What its comments say.
    comments: HashSet<(usize, Piece)>,
}

/// Who speaks, unless it is the file's own body, and of which measure.
type Key = (Option<String>, Named);

fn key(is_file_name: bool, submitter: &Text, measure: &Text) -> Key {
    let submitter = if is_file_name { None } else { Some(squash(&submitter.value)) };
    (submitter, Named::of(&measure.value))
}

/// A measure, or what stands in the place of one.
#[derive(PartialEq, Eq, Hash)]
enum Named {
    Measure(MeasureId),
    Other(String),
}

impl Named {
    fn of(text: &str) -> Self {
        MeasureId::parse(text).map_or_else(|| Self::Other(squash(text).replace(' ', "")), Self::Measure)
    }
}

impl Gathered {
    fn new(file: FileId, file_stem: &str) -> Self {
        let file_name = Located::new(file_stem.into(), Place::start_of(file));
        Self { file_name, submissions: Vec::new(), goes_on: false, swapped: Swapped::default(), known: None }
    }

    fn add(&mut self, row: &Row<'_, Column>, diagnostics: &mut Vec<Diagnostic>) {
        let Some(measure) = row.cell(Column::Measure) else {
            diagnostics.extend(self.without_measure(row));
            return;
        };
        self.goes_on = false;
        let named = row.cell(Column::Submitter);
        let submitter_is_file_name = named.is_none();
        let submitter = named.unwrap_or_else(|| self.file_name.clone());
        let (mut status, mut comment) = (row.cell(Column::Status), row.cell(Column::Comment));
        if let Some(place) = self.swapped.put_right(&mut status, &mut comment, |text| Status::parse(text).is_some()) {
            let (title, other) = (row.title(Column::Status), row.title(Column::Comment));
            diagnostics.push(neplatne_csv::swapped_cells(place, title, other));
        }
        let comments: Vec<Text> = comment.into_iter().collect();
        let value = row.cell(Column::Value);
        let evidence = row.cell(Column::Evidence);
        let Some(criterion) = row.cell(Column::Criterion) else {
            if let Some(stray) = value.as_ref().or(evidence.as_ref()) {
                diagnostics.push(neplatne_csv::value_without_criterion(stray, row.title(Column::Criterion)));
            }
            match self.find(submitter_is_file_name, &submitter, &measure) {
                // The row that speaks of the measure as a whole may come after those of criteria, but once only.
                Some((submission, at, known)) if submission.is_of_criteria_alone => {
                    submission.status = status;
                    submission.comments.splice(0..0, known.not_yet_said(at, comments));
                    submission.is_of_criteria_alone = false;
                    submission.has_untitled |= row.has_untitled;
                }
                _ => self.push(Submission {
                    submitter,
                    submitter_is_file_name,
                    measure,
                    status,
                    comments,
                    criteria: Vec::new(),
                    is_of_criteria_alone: false,
                    notes: Vec::new(),
                    has_untitled: row.has_untitled,
                    place: row.place,
                    extent: row.place,
                }),
            }
            return;
        };
        if self.known.is_none() {
            let mut known = Known::default();
            self.submissions.iter().enumerate().for_each(|(at, submission)| known.note(at, submission));
            self.known = Some(known);
        }
        let reported = Reported { criterion, value, status, evidence };
        match self.find(submitter_is_file_name, &submitter, &measure) {
            Some((submission, at, known)) => match known.first_place(at, &reported.criterion) {
                Some(first) => diagnostics.push(dvoji_podklad::same_criterion(&reported.criterion, first)),
                None => {
                    submission.has_untitled |= row.has_untitled;
                    submission.comments.extend(known.not_yet_said(at, comments));
                    submission.criteria.push(reported);
                }
            },
            None => self.push(Submission {
                submitter,
                submitter_is_file_name,
                measure,
                status: None,
                comments,
                criteria: vec![reported],
                is_of_criteria_alone: true,
                notes: Vec::new(),
                has_untitled: row.has_untitled,
                place: row.place,
                extent: row.place,
            }),
        }
    }

    /// What is wrong with a row that names no measure. Of merged cells only the first one holds what they say, and
    /// the comments beside it are one text.
    fn without_measure(&mut self, row: &Row<'_, Column>) -> Option<Diagnostic> {
        let title = row.title(Column::Measure);
        let others = [Column::Status, Column::Criterion, Column::Value, Column::Evidence, Column::Submitter];
        let is_alone = !row.has_untitled && others.iter().all(|&column| row.cell(column).is_none());
        let comment = row.cell(Column::Comment).filter(|_| is_alone && !self.submissions.is_empty());
        let Some(comment) = comment else {
            self.goes_on = false;
            return Some(neplatne_csv::row_without_measure(row.place, title));
        };
        let is_told = std::mem::replace(&mut self.goes_on, true);
        (!is_told).then(|| neplatne_csv::comment_without_measure(comment.place, title))
    }

    /// The submission that rows of this body and measure belong to, its index, and what is known.
    fn find(
        &mut self,
        is_file_name: bool,
        submitter: &Text,
        measure: &Text,
    ) -> Option<(&mut Submission, usize, &mut Known)> {
        let known = self.known.as_mut()?;
        let at = *known.submissions.get(&key(is_file_name, submitter, measure))?;
        Some((self.submissions.get_mut(at)?, at, known))
    }

    fn push(&mut self, submission: Submission) {
        if let Some(known) = &mut self.known {
            known.note(self.submissions.len(), &submission);
        }
        self.submissions.push(submission);
    }
}

impl Known {
    /// Notes whose a submission is, and what it says.
    fn note(&mut self, at: usize, submission: &Submission) {
        let Submission { submitter_is_file_name, submitter, measure, comments, criteria, .. } = submission;
        self.submissions.entry(key(*submitter_is_file_name, submitter, measure)).or_insert(at);
        self.comments.extend(comments.iter().map(|comment| (at, comment.value.clone())));
        for Reported { criterion, .. } in criteria {
            self.first_place(at, criterion);
        }
    }

    /// Where a submission has spoken of a criterion; `None` for the first time.
    fn first_place(&mut self, at: usize, criterion: &Text) -> Option<Place> {
        match self.criteria.entry((at, squash(&criterion.value))) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(vacant) => {
                vacant.insert(criterion.place);
                None
            }
        }
    }

    /// The comments that the rows of a submission before did not have.
    fn not_yet_said(&mut self, at: usize, comments: Vec<Text>) -> Vec<Text> {
        comments.into_iter().filter(|comment| self.comments.insert((at, comment.value.clone()))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::csv::testing::{in_readme, known};
    use crate::model::Year;
    use crate::rules::html_v_textu;
    use crate::rules::testing::{dataset, findings};

    const CSV: &str = "obdobi/2023/podklady/oz.csv";

    #[test]
    fn line_ends_of_the_file_are_none_of_the_text() {
        for (row_end, line_end) in [("\n", "\n"), ("\r\n", "\r\n"), ("\r\n", "\n"), ("\n", "\r")] {
            let comment = format!("\"první <b>{line_end}{line_end}druhý \"\"<i>\"\"\"");
            let text = format!("opatreni,stav,komentar{row_end}II/1,PLNĚNO,{comment}{row_end}");
            let data = dataset(&[(CSV, &text)]);
            let id = MeasureId::parse("II/1").expect("it is one");
            let submissions = data.strategy.periods[&Year(2023)].submissions.on(id);
            let submission = submissions.iter().next_back().expect("its file is the last one");
            assert_eq!(submission.comments[0].value, "první <b>\n\ndruhý \"<i>\"", "{line_end:?}");
            let (tags, place) = (findings(&html_v_textu::RULE, &[(CSV, &text)]), submission.comments[0].place);
            assert_eq!(tags.len(), 2, "{tags:?}");
            assert_eq!(&text[place.range()], comment);
            if line_end != "\r" {
                assert!(tags[0].starts_with(&format!("{CSV}:2:20: ")), "{tags:?}");
                assert!(tags[1].starts_with(&format!("{CSV}:4:9: ")), "{tags:?}");
            }
        }
    }

    #[test]
    fn a_comment_below_merged_cells_is_told_once_to_belong_above() {
        let text = "text neříká, ke kterému opatření patří";
        let row = "řádek neříká, ke kterému opatření patří";
        for (rows, expected) in [
            ("II/1;PLNĚNO;a;\n;;b;\n", vec![("3:3", text)]),
            ("II/1;PLNĚNO;a;\n;-;b;\n;;;\n;;c;\nII/2;PLNĚNO;a;\n;;b;\n", vec![("3:4", text), ("7:3", text)]),
            ("II/1;PLNĚNO;a;\n;PLNĚNO;b;\n;;c;\n", vec![("3:1", row), ("4:3", text)]),
            ("II/1;PLNĚNO;a;\n;;b;OZ\n", vec![("3:1", row)]),
            // There is no row above.
            (";;b;\nII/1;PLNĚNO;a;\n", vec![("2:1", row)]),
        ] {
            let table = format!("opatreni;stav;komentar;predkladatel\n{rows}");
            let expected: Vec<String> = expected.iter().map(|(at, message)| format!("{CSV}:{at}: {message}")).collect();
            assert_eq!(findings(&neplatne_csv::RULE, &[(CSV, &table)]), expected, "{rows}");
        }
    }

    #[test]
    fn the_readme_has_all_titles_of_columns() {
        assert_eq!(in_readme().0, known(&COLUMNS));
    }
}
