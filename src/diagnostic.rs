//! What was found wrong with the data, as data: a rule, a message, places. It neither prints nor
//! colours; that is the work of [`crate::emit`].

use std::fmt::Display;

use rayon::slice::ParallelSliceMut;

use crate::model::{MeasureId, Year};
use crate::rules::Rule;
use crate::source::Place;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The data cannot be used; the report is not written.
    Error,
    /// Something a person should decide on; the report is written and names it.
    Warning,
    /// Good to know; summed up by code unless asked for.
    Note,
}

impl Severity {
    /// The Czech word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "chyba",
            Self::Warning => "varování",
            Self::Note => "poznámka",
        }
    }
}

/// Another place that helps to understand a finding, with words of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there.
    pub message: String,
}

/// A text that would be right instead of what stands at `place`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What to replace.
    pub place: Place,
    /// The text to put there.
    pub replacement: String,
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that was broken; gives code, severity and explanation.
    pub rule: &'static Rule,
    /// What is wrong, in Czech, one sentence without a full stop.
    pub message: String,
    /// Where it is wrong.
    pub place: Place,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// What to do, in Czech.
    pub help: Option<String>,
    /// What to write instead, where it is known for sure or very likely.
    pub suggestion: Option<Suggestion>,
    /// The measure it concerns.
    pub measure: Option<MeasureId>,
    /// The period it concerns; `None` for the definitions.
    pub period: Option<Year>,
    /// Why it was accepted in `prijato.yaml`, if it was; it then weighs no more than a note.
    pub accepted: Option<String>,
}

impl Diagnostic {
    /// A finding of `rule` at `place`.
    pub fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            message: message.into(),
            place,
            related: Vec::new(),
            help: None,
            suggestion: None,
            measure: None,
            period: None,
            accepted: None,
        }
    }

    /// Names the measure it concerns.
    pub fn measure(mut self, measure: MeasureId) -> Self {
        self.measure = Some(measure);
        self
    }

    /// Names the measure it concerns, when it concerns one.
    pub fn about(mut self, measure: Option<MeasureId>) -> Self {
        self.measure = measure;
        self
    }

    /// Names the period it concerns.
    pub fn period(mut self, period: Year) -> Self {
        self.period = Some(period);
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Shows another place that belongs to it.
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related { place, message: message.into() });
        self
    }

    /// Says what to write instead of what stands at the finding's own place.
    pub fn replace_with(mut self, replacement: impl Into<String>) -> Self {
        self.suggestion = Some(Suggestion { place: self.place, replacement: replacement.into() });
        self
    }

    /// Offers what was probably meant, and to write it where it means the same in YAML and in CSV.
    pub fn meant(self, meant: &str) -> Self {
        let diagnostic = self.help(did_you_mean(meant));
        if is_plain(meant) { diagnostic.replace_with(meant) } else { diagnostic }
    }

    /// Whether the coordinator accepted it.
    pub fn is_accepted(&self) -> bool {
        self.accepted.is_some()
    }

    /// Its weight, as its rule has it; what was accepted is good to know and no more.
    pub fn severity(&self) -> Severity {
        if self.accepted.is_some() { Severity::Note } else { self.rule.severity }
    }
}

/// What is asked of whoever wrote something that there is not.
pub fn did_you_mean(meant: impl Display) -> String {
    format!("nemysleli jste „{meant}“?")
}

/// Whether a text means the same wherever it is put in YAML or CSV. What needs quotes or could be read
/// otherwise is no replacement; it is left to people.
pub fn is_plain(text: &str) -> bool {
    let begins_plainly = text.chars().next().is_none_or(char::is_alphanumeric);
    begins_plainly && text.chars().all(|c| c.is_alphanumeric() || " \u{A0}/.-–+_".contains(c))
}

/// Brings findings into the order people read them in: by file, place, code.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.par_sort_by(|a, b| (a.place, a.rule.code, &a.message).cmp(&(b.place, b.rule.code, &b.message)));
    diagnostics
        .dedup_by(|a, b| (a.place, a.rule.code, a.period, &a.message) == (b.place, b.rule.code, b.period, &b.message));
}

/// The nearest of `candidates` to what was written, when it is near enough to be meant. Of two that are
/// equally near, neither is: to guess between them would be to guess wrong half of the time.
///
/// Letter case and diacritics weigh nothing, so that `castecne` finds `ČÁSTEČNĚ`.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = crate::model::fold(written);
    let mut nearest: Option<(usize, &str)> = None;
    let mut is_alone = true;
    for candidate in candidates {
        let distance = strsim::damerau_levenshtein(&folded, &crate::model::fold(candidate));
        match nearest {
            Some((least, known)) if distance > least || known == candidate => {}
            Some((least, _)) if distance == least => is_alone = false,
            _ => (nearest, is_alone) = (Some((distance, candidate)), true),
        }
    }
    nearest
        .filter(|_| is_alone)
        .filter(|(distance, candidate)| *distance * 3 <= candidate.chars().count().max(folded.chars().count()).max(3))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_one_or_none() {
        for (written, candidates, meant) in [
            ("castecne", &["PLNĚNO", "ČÁSTEČNĚ"][..], Some("ČÁSTEČNĚ")),
            ("OSW", &["OZ", "OSV", "OSV"], Some("OSV")),
            ("OSX", &["OSV", "OSM"], None),
            ("OSM", &["OSX", "OSV", "OSM"], Some("OSM")),
            ("zcela jinak", &["OSV"], None),
            ("OSV", &[], None),
        ] {
            assert_eq!(nearest(written, candidates.iter().copied()), meant, "{written} {candidates:?}");
        }
    }
}
