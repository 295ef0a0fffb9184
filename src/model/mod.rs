//! The strategy and what was reported on it, typed: whatever is in here is well-formed. It never
//! reads files, and it does not judge; [`crate::rules`] do that.

pub mod acceptance;
pub mod body;
pub mod build;
pub mod change;
pub mod code_list;
pub mod comment;
pub mod deadline;
pub mod freeze;
pub mod genitive;
pub mod id;
pub mod number;
pub mod open_data;
pub mod status;
pub mod submissions;
pub mod text;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

pub use self::acceptance::Acceptances;
pub use self::body::{Body, BodyId, Named, Register, UNKNOWN_BODY, anchor_of_body};
pub use self::build::build;
pub use self::change::{Change, ChangeKind};
pub use self::code_list::{CodeId, CodeList, Coded};
pub use self::comment::{Author, Comment, Resolution, Section, Subject};
pub use self::deadline::{Deadline, Month};
pub use self::freeze::Freeze;
pub use self::genitive::Genitive;
pub use self::id::{AreaNumber, MeasureId, Year};
pub use self::number::{has_unclear_dot, parse_number};
pub use self::open_data::OpenData;
pub use self::status::Status;
pub use self::submissions::{Group, Submissions, SubmissionsOn};
pub use self::text::{
    composed, czech_date, czech_date_of, czech_number, day, dedented, fold, has_byte, hexadecimal, hidden_character,
    indent, into_composed, is_alphanumeric, is_hidden, is_surely_composed, is_written, one_line, ordinal, plural,
    resemblance, shown, slug, squash, tidied, wrapped, years,
};
use crate::source::{FileId, Located, Piece, Place, Text};

/// Everything the data say.
#[derive(Debug)]
pub struct Strategy {
    /// Full name.
    pub name: String,
    /// How the text calls it: „Strategie“.
    pub short_name: String,
    /// Both in the genitive.
    pub genitive: Genitive,
    /// The region's name.
    pub region: String,
    /// Number of the resolution that approved it.
    pub resolution: String,
    /// Day of approval.
    pub approved: Option<Date>,
    /// Who coordinates it and speaks where nobody else is named.
    pub coordinator: Option<BodyId>,
    /// Wording of the statuses, from best to worst.
    pub statuses: BTreeMap<Status, StatusWording>,
    /// The bodies.
    pub register: Register,
    /// The documents that measures may be related to.
    pub documents: CodeList,
    /// The sources that measures may be paid from.
    pub funding: CodeList,
    /// The areas in the order of their numbers.
    pub areas: BTreeMap<AreaNumber, Area>,
    /// The measures in the order of their ids.
    pub measures: BTreeMap<MeasureId, Measure>,
    /// The reporting periods.
    pub periods: BTreeMap<Year, Period>,
    /// What only the publisher of open data knows.
    pub open_data: Option<OpenData>,
    /// The findings that the coordinator lives with.
    pub acceptances: Acceptances,
}

impl Strategy {
    /// The measure of this id, as it is written, when it is there.
    pub fn measure_of(&self, written: &str) -> Option<&Measure> {
        self.measures.get(&MeasureId::parse(written)?)
    }

    /// Whether the numbering skips a measure that is not there: a later one is, of its area or of another where the
    /// area is not there either. That has its own finding.
    pub fn skips(&self, id: MeasureId) -> bool {
        if self.areas.contains_key(&id.area) {
            self.measures.range(id..).next().is_some_and(|(next, _)| next.area == id.area)
        } else {
            self.areas.range(id.area..).next().is_some()
        }
    }

    /// Whether a measure that is there may have the number of one that the numbering skips before it.
    pub fn is_after_gap(&self, id: MeasureId) -> bool {
        let n_areas = self.areas.range(..=id.area).count();
        let n_measures = self.measures.range(MeasureId { number: 0, ..id }..=id).count();
        n_areas != usize::from(id.area.0) || n_measures != usize::from(id.number)
    }

    /// What the strategy calls a status; its code where it does not say.
    pub fn status_name(&self, status: Status) -> String {
        self.statuses.get(&status).map_or_else(|| status.code().to_owned(), |wording| wording.name.clone())
    }

    /// The same where there is little room: „ČÁSTEČNĚ“ says „ČÁSTEČNĚ PLNĚNO“, a name of the strategy's
    /// own is whole.
    pub fn status_short_name(&self, status: Status) -> String {
        let name = self.status_name(status);
        let is_code = Status::parse(&name) == Some(status);
        name.split_whitespace().next().filter(|_| is_code).map_or_else(|| name.clone(), str::to_owned)
    }
}

/// The status whose name this is, blanks and letter case aside.
pub fn status_called(statuses: &BTreeMap<Status, StatusWording>, name: &str) -> Option<Status> {
    let name = squash(name);
    statuses.iter().find(|(_, wording)| squash(&wording.name) == name).map(|(&status, _)| status)
}

/// How a status is called and when it applies.
#[derive(Debug, Clone)]
pub struct StatusWording {
    /// Its name in the report.
    pub name: String,
    /// The official definition, one item a condition.
    pub definition: Vec<String>,
}

/// A group of measures (*okruh opatření*).
#[derive(Debug)]
pub struct Area {
    /// Its number, and where it stands.
    pub number: Located<AreaNumber>,
    /// Title.
    pub title: String,
    /// Introductory sentence.
    pub introduction: String,
}

/// One thing the strategy wants done (*opatření*).
#[derive(Debug)]
pub struct Measure {
    /// Its id; the place is that of its number.
    pub id: Located<MeasureId>,
    /// Official description.
    pub description: Text,
    /// Official indicator, whole.
    pub indicator: Option<Text>,
    /// What of the indicator can be judged one by one.
    pub criteria: Box<[Criterion]>,
    /// Deadline; `None` where it could not be read.
    pub deadline: Option<Located<Deadline>>,
    /// Who must fulfil it and report on it.
    pub responsible: Box<[Located<Named>]>,
    /// Who takes part.
    pub cooperating: Box<[Located<Named>]>,
    /// What became of it since the strategy was approved, in the order it is written.
    pub changes: Box<[Change]>,
    /// Related documents, in [`Strategy::documents`].
    pub documents: Box<[Located<CodeId>]>,
    /// Where the money comes from, in [`Strategy::funding`].
    pub funding: Box<[Located<CodeId>]>,
    /// Where responsibility is written, or the measure itself where it is not.
    pub responsible_place: Place,
}

impl Measure {
    /// The responsible bodies that are known.
    pub fn responsible_bodies(&self) -> impl Iterator<Item = BodyId> {
        known(&self.responsible)
    }

    /// The cooperating bodies that are known.
    pub fn cooperating_bodies(&self) -> impl Iterator<Item = BodyId> {
        known(&self.cooperating)
    }

    /// Whether no responsible body is named, or „???“ stands among them.
    pub fn lacks_responsible(&self) -> bool {
        self.responsible.is_empty() || self.responsible.iter().any(|named| named.value == Named::Unknown)
    }

    /// Whether it has a set deadline, without which it cannot be SPLNĚNO.
    pub fn has_set_deadline(&self) -> bool {
        self.deadline.as_ref().is_some_and(|deadline| deadline.value.is_set())
    }

    /// Whether its deadline is over on `day`.
    pub fn is_due_by(&self, day: Date) -> bool {
        self.deadline.as_ref().and_then(|deadline| deadline.value.last_day()).is_some_and(|last_day| last_day <= day)
    }
}

fn known(named: &[Located<Named>]) -> impl Iterator<Item = BodyId> {
    named.iter().filter_map(|named| match named.value {
        Named::Body(body) => Some(body),
        Named::Unknown => None,
    })
}

/// One thing an indicator asks for.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Its name.
    pub name: Piece,
    /// What kind of answer it wants.
    pub kind: CriterionKind,
}

/// What kind of answer a criterion wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CriterionKind {
    /// A number (`pocet`).
    Count,
    /// A document, event or facility (`vystup`).
    Output,
}

impl CriterionKind {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Count, Self::Output];

    /// The word that the data use.
    pub fn code(self) -> &'static str {
        match self {
            Self::Count => "pocet",
            Self::Output => "vystup",
        }
    }

    /// Reads a kind, forgiving blanks, letter case and missing diacritics.
    pub fn parse(text: &str) -> Option<Self> {
        let text = squash(text);
        Self::spellings().into_iter().find(|(spelling, _)| *spelling == text).map(|(_, kind)| kind)
    }

    /// Every spelling of a kind, blanks and letter case aside.
    pub fn spellings() -> [(&'static str, Self); 4] {
        [("pocet", Self::Count), ("počet", Self::Count), ("vystup", Self::Output), ("výstup", Self::Output)]
    }
}

/// One reporting period.
#[derive(Debug)]
pub struct Period {
    /// Its name: the last year.
    pub year: Year,
    /// First day.
    pub from: Located<Date>,
    /// Last day.
    pub to: Date,
    /// The day the evaluation holds for.
    pub as_of: Date,
    /// Until when submissions were to come in.
    pub due: Option<Date>,
    /// Where the verdicts come from when they are not the bodies' own submissions.
    pub origin: Option<String>,
    /// The numbers that were published.
    pub published: Option<Published>,
    /// To whom the report went for comments.
    pub consulted: Vec<String>,
    /// What the one-page document for the assembly needs to know.
    pub written_information: WrittenInformation,
    /// The narrative texts by name; they are templates.
    pub narratives: BTreeMap<String, FileId>,
    /// What came in.
    pub submissions: Submissions,
    /// The coordinator's decisions.
    pub decisions: BTreeMap<MeasureId, Decision>,
    /// What is kept of the moment the period was frozen, if it was.
    pub freeze: Option<Freeze>,
    /// The comments on the draft, in the order of files and lines.
    pub comments: Vec<Comment>,
    /// Where the period is defined.
    pub place: Place,
    /// The folder below `obdobi/`.
    pub folder: String,
}

/// Whether a day lies so long after a period that another year was meant: reports are drawn up and submissions
/// come in within the year that follows.
pub fn is_long_after(day: Date, to: Date) -> bool {
    day > to.checked_add(1.year()).unwrap_or(Date::MAX)
}

/// Whether so long a time is more likely a slip in its first year than a period.
pub fn is_long(from: Date, to: Date) -> bool {
    from.checked_add(30.years()).is_ok_and(|end| end <= to)
}

impl Period {
    /// Whether some of these days are its own.
    pub fn overlaps(&self, from: Date, to: Date) -> bool {
        from <= self.to && self.from.value <= to
    }

    /// How people call it: its years, `2022–2023`.
    pub fn name(&self) -> String {
        years(self.from.value.year(), self.to.year())
    }
}

/// What the one-page document for the assembly (*písemná informace*) needs to know beside the report.
#[derive(Debug, Default)]
pub struct WrittenInformation {
    /// The session's number.
    pub session: Option<String>,
    /// The session's day.
    pub date: Option<Date>,
    /// The resolution that asks for it.
    pub resolution: Option<String>,
    /// Who prepared it.
    pub prepared_by: Option<String>,
    /// Which committees discussed it.
    pub discussed_by: Vec<String>,
    /// Who submits it.
    pub submitted_by: Option<String>,
}

/// The counts as they were published for a period.
#[derive(Debug)]
pub struct Published {
    /// Number of measures.
    pub total: Located<usize>,
    /// Number of measures by status.
    pub by_status: BTreeMap<Status, Located<usize>>,
    /// The share of unfulfilled measures in the words of the publication.
    pub unfulfilled_share: Option<Text>,
}

/// What one body says of one measure (*podklad*).
#[derive(Debug)]
pub struct Submission {
    /// Who says it.
    pub body: Located<BodyId>,
    /// The measure; the place is where it is named.
    pub measure: Located<MeasureId>,
    /// The status it claims.
    pub status: Option<Located<Status>>,
    /// Whether it says a status that could not be read, or something that may be one.
    pub is_status_unreadable: bool,
    /// Whether something that was to be its comment was not read, which has a finding of its own.
    pub is_comment_unread: bool,
    /// What it says, in Markdown.
    pub comments: Vec<Text>,
    /// What it says of single criteria.
    pub criteria: Vec<Reported>,
    /// The whole submission.
    pub place: Place,
}

impl Submission {
    /// Whether it has no comment, nor one that could not be read.
    pub fn lacks_comment(&self) -> bool {
        self.comments.is_empty() && !self.is_comment_unread
    }
}

/// What a submission says of one criterion.
#[derive(Debug)]
pub struct Reported {
    /// Index into [`Measure::criteria`]; the place is where it is named.
    pub criterion: Located<usize>,
    /// The number reported.
    pub value: Option<Located<f64>>,
    /// The status claimed.
    pub status: Option<Located<Status>>,
    /// A web address of evidence, or a file of the period.
    pub evidence: Option<Text>,
}

/// The coordinator's decision that overrides the computed status (*vyhodnocení*).
#[derive(Debug)]
pub struct Decision {
    /// The measure; the place is where it is named.
    pub measure: Located<MeasureId>,
    /// The status decided on.
    pub status: Located<Status>,
    /// Why.
    pub reason: Option<Text>,
    /// In which capacity it was decided.
    pub decided_by: Option<Text>,
}
