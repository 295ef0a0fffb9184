//! Findings that the coordinator has seen and lives with (`prijato.yaml`).

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::model::{MeasureId, Year};
use crate::source::{Located, Place, Text};

/// What an acceptance is about: the rule's code, the measure, the period. What is absent is absent
/// from the finding as well, so that nothing is accepted by leaving something out.
pub type Accepted = (&'static str, Option<MeasureId>, Option<Year>);

/// What a finding is about, in the terms of acceptances.
pub fn subject(diagnostic: &Diagnostic) -> Accepted {
    (diagnostic.rule.code, diagnostic.measure, diagnostic.period)
}

/// All that is accepted, each with the place that says so and the reason.
#[derive(Debug, Default)]
pub struct Acceptances {
    by_subject: BTreeMap<Accepted, Text>,
    /// Whether there is a file of them that could not be read, so that nobody knows what is accepted.
    pub are_unread: bool,
}

impl Acceptances {
    /// Adds one with its reason; gives back the place of the one that was there already.
    pub fn add(&mut self, subject: Accepted, place: Place, reason: &str) -> Option<Place> {
        let first = self.by_subject.get(&subject).map(|first| first.place);
        if first.is_none() {
            self.by_subject.insert(subject, Located::new(reason.into(), place));
        }
        first
    }

    /// Why a finding was accepted, if it was.
    pub fn reason(&self, diagnostic: &Diagnostic) -> Option<&str> {
        self.by_subject.get(&subject(diagnostic)).map(|reason| reason.value.as_str())
    }

    /// What each is about, and where it stands.
    pub fn iter(&self) -> impl Iterator<Item = (Accepted, Place)> {
        self.by_subject.iter().map(|(&subject, reason)| (subject, reason.place))
    }
}
