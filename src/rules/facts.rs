//! What rules look at: the definitions, and what a period says of each measure.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::Evaluated;
use crate::evaluate::{Evaluation, claimed};
use crate::model::{BodyId, Decision, Measure, MeasureId, Period, Status, Strategy, Submission, SubmissionsOn};
use crate::source::{Files, Located, Place, Text};
use crate::stats::Counts;

/// Measures on which the verdict is yet to come: nobody decided on them or submitted anything, and those who are
/// responsible have submitted nothing of the period at all. Since a period is opened, until then nothing that is
/// not there can be missed.
pub(super) struct Awaited<'a> {
    facts: PeriodFacts<'a>,
    /// Who submitted something, and whom they are a part of. Seldom asked for, of a million submissions never.
    speaking: OnceCell<BTreeSet<BodyId>>,
}

impl Awaited<'_> {
    /// Whether a measure is one of them.
    pub(super) fn has(&self, measure: &Measure) -> bool {
        let id = measure.id.value;
        let is_open = self.facts.submissions_on(id).is_empty() && !self.facts.period.decisions.contains_key(&id);
        is_open && measure.responsible_bodies().all(|body| !self.speaking().contains(&body))
    }

    fn speaking(&self) -> &BTreeSet<BodyId> {
        let register = &self.facts.strategy.register;
        self.speaking.get_or_init(|| {
            let submitters: BTreeSet<BodyId> =
                self.facts.period.submissions.iter().map(|submission| submission.body.value).collect();
            submitters.into_iter().flat_map(|body| std::iter::once(body).chain(register.wholes_of(body))).collect()
        })
    }
}

/// What a rule over the definitions may look at.
#[derive(Debug, Clone, Copy)]
pub struct Definitions<'a> {
    /// The model.
    pub strategy: &'a Strategy,
    /// The texts, to find places within values.
    pub files: &'a Files,
}

/// What a rule over a period may look at.
#[derive(Debug, Clone, Copy)]
pub struct PeriodFacts<'a> {
    /// The model.
    pub strategy: &'a Strategy,
    /// The texts, to find places within values.
    pub files: &'a Files,
    /// The period.
    pub period: &'a Period,
    /// The verdict on each measure.
    pub evaluations: &'a BTreeMap<MeasureId, Evaluation>,
    /// The verdicts counted.
    pub counts: Counts,
    /// The periods before this one, in their order, each with its own definitions.
    pub earlier: &'a [Evaluated<'a>],
}

impl<'a> PeriodFacts<'a> {
    /// Whether a measure is followed in the period. Of what is said of one that is not, that alone is to be
    /// said ([`crate::rules::zrusene_opatreni`]): whatever else were wrong with it would be mended in vain. Only personal data are
    /// found there too: the data are public.
    pub(super) fn is_followed(&self, measure: MeasureId) -> bool {
        self.evaluations.contains_key(&measure)
    }

    /// The submissions on the measures that are followed.
    pub(super) fn submissions(&self) -> impl Iterator<Item = &'a Submission> {
        let facts = *self;
        self.period.submissions.iter().filter(move |submission| facts.is_followed(submission.measure.value))
    }

    /// The decisions on the measures that are followed.
    pub(super) fn decisions(&self) -> impl Iterator<Item = (MeasureId, &'a Decision)> {
        let facts = *self;
        self.period
            .decisions
            .iter()
            .filter(move |(id, _)| facts.is_followed(**id))
            .map(|(id, decision)| (*id, decision))
    }

    /// What the period says of each measure.
    pub(super) fn said(&self) -> impl Iterator<Item = Said<'a>> {
        let facts = *self;
        let measures = self.strategy.measures.values();
        measures.map(move |measure| Said { measure, submissions: facts.submissions_on(measure.id.value) })
    }

    /// The same, cut by files and in their order: the texts of a million submissions come from memory the way they
    /// lie in it, and once for all rules.
    pub(super) fn pieces(&self) -> Vec<Said<'a>> {
        let cut = |Said { measure, submissions }: Said<'a>| {
            submissions.by_groups().map(move |(group, submissions)| (group, Said { measure, submissions }))
        };
        let mut pieces: Vec<(usize, Said<'a>)> = self.said().flat_map(cut).collect();
        pieces.sort_by_key(|(group, _)| *group);
        pieces.into_iter().map(|(_, piece)| piece).collect()
    }

    /// The submissions on one measure.
    pub(super) fn submissions_on(&self, measure: MeasureId) -> SubmissionsOn<'a> {
        self.period.submissions.on(measure)
    }

    /// Which verdicts are yet to come.
    pub(super) fn awaited(&self) -> Awaited<'a> {
        Awaited { facts: *self, speaking: OnceCell::new() }
    }

    /// The period before this one.
    pub(super) fn previous(&self) -> Option<&'a Evaluated<'a>> {
        self.earlier.last()
    }

    /// Where the status of a measure is said: in a decision, in its first submission, or nowhere but
    /// in its definition.
    pub(super) fn verdict_place(&self, measure: &Measure) -> Place {
        let id = measure.id.value;
        let decided = self.period.decisions.get(&id).map(|decision| decision.measure.place);
        let submitted = self.submissions_on(id).first().map(status_place);
        decided.or(submitted).unwrap_or(measure.id.place)
    }

    /// The reasons of decisions; they are read as Markdown.
    pub(super) fn texts_of_decisions(&self) -> impl Iterator<Item = MarkdownText<'a>> {
        self.period.decisions.iter().filter_map(|(&id, decision)| {
            let (whereabouts, text) = ("v důvodu rozhodnutí", decision.reason.as_ref()?);
            Some(MarkdownText { measure: Some(id), whereabouts, text })
        })
    }

    /// The texts of the comments on the draft.
    pub(super) fn texts_on_draft(&self) -> impl Iterator<Item = MarkdownText<'a>> {
        self.period.comments.iter().flat_map(|comment| {
            let reason = comment.reason.iter().map(|reason| ("v odůvodnění vypořádání", reason));
            let texts = std::iter::once(("v připomínce", &comment.text)).chain(reason);
            texts.map(|(whereabouts, text)| MarkdownText { measure: comment.measure(), whereabouts, text })
        })
    }

    /// The texts that a person wrote for the period, whole; they are templates.
    pub(super) fn narratives(&self) -> impl Iterator<Item = Text> {
        let files = self.files;
        self.period.narratives.values().map(move |&file| {
            let text = files.get(file).text();
            Located::new(text.into(), Place::new(file, 0..text.len()))
        })
    }

    /// The same without what is the template's own.
    pub(super) fn texts_of_narratives(&self) -> impl Iterator<Item = Text> {
        self.narratives().map(|text| text.with(without_template(&text.value).into()))
    }
}

/// What stands in the place of each byte of a template's own. It is no blank, which would indent a line, no part of
/// a word, and no link has it in its address.
pub(super) const OF_TEMPLATE: char = '\u{1}';

/// A text without all that is the template's own, as long and with the same lines as before, so that places stay.
fn without_template(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let first = |rest: &str| {
        let parts = [("{#", "#}"), ("{%", "%}"), ("{{", "}}")];
        parts.into_iter().filter_map(|(open, close)| Some((rest.find(open)?, close))).min()
    };
    while let Some((start, close)) = first(rest) {
        let (before, part) = rest.split_at(start);
        let length = part[2..].find(close).map_or(part.len(), |at| 2 + at + close.len());
        let (part, after) = part.split_at(length);
        kept.push_str(before);
        kept.extend(part.bytes().map(|byte| if byte == b'\n' { '\n' } else { OF_TEMPLATE }));
        rest = after;
    }
    kept + rest
}

/// What the bodies say of one measure in a period.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The measure.
    pub measure: &'a Measure,
    /// What they say; often nothing.
    pub submissions: SubmissionsOn<'a>,
}

impl<'a> Said<'a> {
    pub(super) fn id(self) -> MeasureId {
        self.measure.id.value
    }

    /// The comments; they are read as Markdown.
    pub(super) fn texts(self) -> impl Iterator<Item = MarkdownText<'a>> {
        let comments = self.submissions.iter().flat_map(|submission| &submission.comments);
        comments.map(move |text| MarkdownText { measure: Some(self.id()), whereabouts: "v komentáři", text })
    }

    /// The submissions that claim a status.
    pub(super) fn claims(self) -> impl Iterator<Item = (&'a Submission, Status)> {
        self.submissions.iter().filter_map(move |one| Some((one, claimed(one, self.measure)?)))
    }
}

/// A text that is read as Markdown.
#[derive(Debug, Clone, Copy)]
pub struct MarkdownText<'a> {
    /// The measure it is about, where it is about one.
    pub measure: Option<MeasureId>,
    /// Where it stands, in Czech.
    pub whereabouts: &'static str,
    /// The text.
    pub text: &'a Text,
}

/// Where a submission says its status, or else where it names its measure.
pub(super) fn status_place(submission: &Submission) -> Place {
    submission.status.as_ref().map_or(submission.measure.place, |status| status.place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Year;
    use crate::rules::testing::dataset;

    #[test]
    fn pieces_are_all_submissions_in_the_order_of_their_files() {
        const N_FILES: usize = 200;
        let text =
            "predkladatel: OSV\npodklady:\n  - {opatreni: II/1, stav: PLNĚNO}\n  - {opatreni: I/1, stav: PLNĚNO}\n";
        let files: Vec<String> = (0..N_FILES).map(|number| format!("obdobi/2023/podklady/{number:03}.yaml")).collect();
        let mut changes: Vec<(&str, &str)> = files.iter().map(|path| (path.as_str(), text)).collect();
        changes.push(("obdobi/2023/podklady/osv.yaml", ""));
        let dataset = dataset(&changes);
        let evaluated = dataset.evaluate(Year(2023)).expect("there is one");
        let facts = dataset.facts(&evaluated, &[]);
        let paths =
            |said: SubmissionsOn<'_>| -> Vec<&str> { said.iter().map(|one| dataset.files.path(one.place)).collect() };
        for said in facts.said() {
            let expected: &[String] = if said.id().number == 1 { &files } else { &[] };
            assert_eq!(paths(said.submissions), expected, "{}", said.id());
            assert_eq!((said.submissions.len(), said.submissions.only().is_some()), (expected.len(), false));
        }
        // One piece for each measure in each group, and one group behind the other.
        let pieces = facts.pieces();
        let groups: Vec<_> = pieces.chunks(2).collect();
        assert!(groups.len() > 2);
        for group in &groups {
            let ids: Vec<String> = group.iter().map(|piece| piece.id().to_string()).collect();
            assert_eq!(ids, ["I/1", "II/1"]);
            assert_eq!(paths(group[0].submissions), paths(group[1].submissions));
            assert!(group.iter().all(|piece| piece.submissions.iter().all(|one| one.measure.value == piece.id())));
        }
        assert_eq!(groups.iter().flat_map(|group| paths(group[0].submissions)).collect::<Vec<_>>(), files);
    }

    #[test]
    fn what_is_the_templates_own_is_no_text() {
        for (text, kept) in [
            ("Má {{ pocty.celkem }} opatření {# <b>\n{{ #}.", "Má . opatření .\n.."),
            ("{% if a < b %}ano{% endif %}", ".ano."),
            ("{{ \"{#\" }}{#}#} a {{ b", ".. a ."),
            ("{ % a } }}", "{ % a } }}"),
        ] {
            let masked = without_template(text);
            let runs = masked.chars().fold(String::new(), |mut runs, c| {
                let c = if c == OF_TEMPLATE { '.' } else { c };
                if c != '.' || !runs.ends_with('.') {
                    runs.push(c);
                }
                runs
            });
            assert_eq!(runs, kept.replace("..", "."), "{text}");
        }
    }

    proptest! {
        #[test]
        fn places_stay_the_same_without_the_template(text in "[{}#%0-9 ž\n\\PC]{0,60}") {
            let masked = without_template(&text);
            prop_assert_eq!(masked.len(), text.len());
            let ends = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).collect::<Vec<_>>();
            prop_assert_eq!(ends(&masked), ends(&text));
        }
    }
}
