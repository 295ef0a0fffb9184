//! What stands in the files, located but not yet understood: texts, not statuses or deadlines.
//! [`crate::model::build()`] turns it into the model.

use crate::load::yaml::{Node, Value};
use crate::source::{FileId, Piece, Place, Text};

/// What one file holds.
#[derive(Debug)]
pub enum Content {
    /// `strategie.yaml`
    Strategy(Node),
    /// `subjekty.yaml`
    Bodies(Node),
    /// `prijato.yaml`
    Accepted(Node),
    /// `opatreni/*.yaml`
    Area(Large<Node>),
    /// `obdobi/*/obdobi.yaml`
    Period(Node),
    /// `obdobi/*/zmrazeni.yaml`
    Freeze(Node),
    /// `obdobi/*/vyhodnoceni.yaml`
    Decisions(Node),
    /// `obdobi/*/podklady/*`
    Submissions(Large<Vec<Submission>>),
    /// `obdobi/*/pripominky.*`
    Comments(Vec<Comment>),
    /// `obdobi/*/*.md`, by name without the ending.
    Narrative(String),
}

/// What is most of the data: the measures and what is said of them.
#[derive(Debug)]
pub enum Large<T> {
    /// Yet to be parsed. A model parses each file when it comes to it, so that what was parsed and not yet
    /// understood is never there of all files at once.
    Waiting,
    /// What was parsed.
    Parsed(T),
    /// A model has it.
    Taken,
}

/// A file that could be read, and what it holds.
#[derive(Debug)]
pub struct Document {
    /// Its number.
    pub file: FileId,
    /// The folder below `obdobi/` it lies in, when it does.
    pub period: Option<String>,
    /// For a definition as it stood when a period was frozen: the period's folder.
    pub frozen: Option<String>,
    /// What it holds.
    pub content: Content,
}

/// What one body says of one measure.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Who says it: a key, a column or, standing at the file's beginning, the file's name.
    pub submitter: Text,
    /// Whether the file's name is all there is to say who submits.
    pub submitter_is_file_name: bool,
    /// The measure as written.
    pub measure: Text,
    /// The status as written.
    pub status: Option<Text>,
    /// The comment; CSV rows of single criteria may each carry one.
    pub comments: Vec<Text>,
    /// Single criteria.
    pub criteria: Vec<Reported>,
    /// Whether only rows of criteria speak of it, and none of the measure as a whole.
    pub is_of_criteria_alone: bool,
    /// What of it is not read.
    pub notes: Vec<Note>,
    /// Whether something of it stands in a column without a title, which may be what it lacks.
    pub has_untitled: bool,
    /// Where it begins.
    pub place: Place,
    /// All of it.
    pub extent: Place,
}

impl Submission {
    /// Whether it answers nothing, as a form does where it was left blank.
    pub fn is_blank(&self) -> bool {
        let has_text = |text: &Text| !text.value.trim().is_empty();
        let is_answered = self.status.is_some()
            || self.comments.iter().any(has_text)
            || self.criteria.iter().any(Reported::is_answered);
        !is_answered && self.notes.is_empty()
    }
}

/// A note of YAML that takes an answer away, or a part of one.
#[derive(Debug, Clone)]
pub struct Note {
    /// The key of the answer.
    pub key: Piece,
    /// The note.
    pub place: Place,
}

/// What is said of one criterion.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The criterion's name as written.
    pub criterion: Text,
    /// The value as written.
    pub value: Option<Text>,
    /// The status as written.
    pub status: Option<Text>,
    /// The evidence as written.
    pub evidence: Option<Text>,
}

impl Reported {
    /// Whether anything is said of the criterion.
    pub fn is_answered(&self) -> bool {
        self.status.is_some() || self.value.is_some() || self.evidence.is_some()
    }
}

/// What somebody has to say of the draft, and how it was settled.
#[derive(Debug, Clone)]
pub struct Comment {
    /// Who says it.
    pub author: Text,
    /// The measure it is about, as written.
    pub measure: Option<Text>,
    /// The section of the report it is about, as written.
    pub section: Option<Text>,
    /// What it says.
    pub text: Text,
    /// The resolution as written.
    pub resolution: Option<Text>,
    /// Why it was settled so.
    pub reason: Option<Text>,
    /// Whether something of it stands in a column without a title, which may be what it lacks.
    pub has_untitled: bool,
    /// Where it begins.
    pub place: Place,
    /// All of it.
    pub extent: Place,
}

/// Whether a cell holds nothing but dashes, which is how people cross out a cell.
pub fn is_dashes(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '—'))
}

/// The first entry of a mapping, to point at instead of all its lines.
pub fn head(node: &Node) -> Place {
    match &node.value {
        Value::Map(entries) => entries
            .first()
            .map_or(node.place, |(key, value)| Place { end: value.place.end.max(key.place.end), ..key.place }),
        _ => node.place,
    }
}
