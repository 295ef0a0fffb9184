//! What became of a measure since the strategy was approved: it was changed, joined with another,
//! split or cancelled, each by a resolution and from a period on. A frozen period does not look here;
//! it keeps its own definitions.

use crate::model::text::squash;
use crate::model::{Measure, MeasureId, Strategy, Year};
use crate::source::Located;

/// One step in the life of a measure.
#[derive(Debug)]
pub struct Change {
    /// The first period that it holds for.
    pub from: Located<Year>,
    /// What happened.
    pub kind: Located<ChangeKind>,
    /// The resolution that decided it.
    pub resolution: String,
    /// The measures that it was joined with or split into, or that it came from.
    pub measures: Vec<Located<MeasureId>>,
    /// What changed and why.
    pub description: Option<String>,
}

/// What happened to a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was added (`vznik`).
    Added,
    /// Its wording, indicator, deadline or bodies changed (`zmena`).
    Changed,
    /// It goes on within another one (`slouceni`).
    Merged,
    /// It goes on as several others (`rozdeleni`).
    Split,
    /// It was dropped (`zruseni`).
    Cancelled,
}

impl ChangeKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Added, Self::Changed, Self::Merged, Self::Split, Self::Cancelled];

    /// The word that the data use.
    pub fn code(self) -> &'static str {
        match self {
            Self::Added => "vznik",
            Self::Changed => "zmena",
            Self::Merged => "slouceni",
            Self::Split => "rozdeleni",
            Self::Cancelled => "zruseni",
        }
    }

    /// How one says that it happened: „bylo zrušeno“.
    pub fn happened(self) -> &'static str {
        match self {
            Self::Added => "vzniklo",
            Self::Changed => "se změnilo",
            Self::Merged => "bylo sloučeno",
            Self::Split => "bylo rozděleno",
            Self::Cancelled => "bylo zrušeno",
        }
    }

    /// Reads a kind, forgiving blanks, letter case and missing diacritics.
    pub fn parse(text: &str) -> Option<Self> {
        let text = squash(text);
        Self::spellings().into_iter().find(|(spelling, _)| *spelling == text).map(|(_, kind)| kind)
    }

    /// Every spelling of a kind, blanks and letter case aside.
    pub fn spellings() -> [(&'static str, Self); 9] {
        [
            ("vznik", Self::Added),
            ("zmena", Self::Changed),
            ("změna", Self::Changed),
            ("slouceni", Self::Merged),
            ("sloučení", Self::Merged),
            ("rozdeleni", Self::Split),
            ("rozdělení", Self::Split),
            ("zruseni", Self::Cancelled),
            ("zrušení", Self::Cancelled),
        ]
    }

    /// Whether nobody reports on the measure from then on.
    pub fn ends(self) -> bool {
        matches!(self, Self::Merged | Self::Split | Self::Cancelled)
    }

    /// Whether it has to name other measures.
    pub fn needs_measures(self) -> bool {
        matches!(self, Self::Merged | Self::Split)
    }
}

impl Measure {
    /// The change because of which the measure is not followed in a period, if there is one.
    pub fn not_followed_in(&self, year: Year) -> Option<&Change> {
        self.changes.iter().find(|change| match change.kind.value {
            ChangeKind::Added => change.from.value > year,
            kind => kind.ends() && change.from.value <= year,
        })
    }

    /// Whether it has come to an end, in whatever period.
    pub fn has_ended(&self) -> bool {
        self.changes.iter().any(|change| change.kind.value.ends())
    }
}

impl Strategy {
    /// The measures that are followed in a period, in the order of their ids.
    pub fn followed_in(&self, year: Year) -> impl Iterator<Item = &Measure> {
        self.measures.values().filter(move |measure| measure.not_followed_in(year).is_none())
    }
}
