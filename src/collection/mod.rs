//! How the collecting of submissions stands on a day: who delivered what, and who contradicts whom.
//! Pure: the day is given, nothing is read. [`mod@write`] puts it into words.
//!
//! Expected are the submissions of responsible bodies on their measures. Groups such as „obce“ are
//! among them where the strategy makes them responsible: somebody has to answer, whoever it is. What
//! a part says counts for its whole, so a department delivers for the regional office. Cooperating
//! bodies are welcome, not waited for.

pub mod write;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::collation;
use crate::evaluate::{self, Evaluation, claimed};
use crate::form::Role;
use crate::model::{BodyId, Measure, MeasureId, Period, Status, Strategy, Submission, Year};
use crate::view;

/// How the collecting for a period stands.
#[derive(Debug, Serialize)]
pub struct Collection {
    /// The period.
    #[serde(rename = "obdobi")]
    pub period: Year,
    /// The day it is looked at.
    #[serde(rename = "ke_dni")]
    pub as_of: Date,
    /// Until when submissions are to come in.
    #[serde(rename = "termin_podkladu")]
    pub due: Option<Date>,
    /// Days to that day, negative past it.
    #[serde(rename = "dni_do_terminu")]
    pub days_left: Option<i32>,
    /// The responsible bodies: who delivered nothing first, each group in Czech order.
    #[serde(rename = "subjekty")]
    pub bodies: Vec<BodyState>,
    /// The others who delivered, in Czech order.
    #[serde(rename = "dalsi")]
    pub others: Vec<OtherBody>,
    /// Measures on which nobody delivered.
    #[serde(rename = "bez_podkladu")]
    pub without_submission: Vec<MeasureId>,
    /// All measures in the order of their ids.
    #[serde(rename = "opatreni")]
    pub measures: Vec<MeasureState>,
}

/// What a responsible body delivered.
#[derive(Debug, Serialize)]
pub struct BodyState {
    /// Its code.
    #[serde(rename = "kod")]
    pub code: String,
    /// Its name.
    #[serde(rename = "nazev")]
    pub name: String,
    /// All, some or nothing.
    #[serde(rename = "stav")]
    pub delivery: Delivery,
    /// On how many of its measures it delivered.
    #[serde(rename = "dodano")]
    pub n_delivered: usize,
    /// For how many it is responsible.
    #[serde(rename = "celkem")]
    pub n_expected: usize,
    /// On which it did not deliver.
    #[serde(rename = "chybi")]
    pub missing: Vec<MeasureId>,
}

/// How much of what is expected was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    /// Nothing.
    Missing,
    /// Something.
    Partly,
    /// All.
    Complete,
}

impl Delivery {
    /// The Czech word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "chybí",
            Self::Partly => "zčásti",
            Self::Complete => "dodáno",
        }
    }

    fn of(n_delivered: usize, n_expected: usize) -> Self {
        match n_delivered {
            0 => Self::Missing,
            _ if n_delivered < n_expected => Self::Partly,
            _ => Self::Complete,
        }
    }
}

impl Serialize for Delivery {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A body that delivered without being waited for.
#[derive(Debug, Serialize)]
pub struct OtherBody {
    /// Its code.
    #[serde(rename = "kod")]
    pub code: String,
    /// Its name.
    #[serde(rename = "nazev")]
    pub name: String,
    /// On how many measures it delivered.
    #[serde(rename = "dodano")]
    pub n_delivered: usize,
}

/// What bodies say of a measure, side by side.
#[derive(Debug, Serialize)]
pub struct MeasureState {
    /// The measure.
    pub id: MeasureId,
    /// Whether they say the same.
    #[serde(rename = "shoda")]
    pub agreement: Agreement,
    /// What each says: responsible bodies first, whether they delivered or not.
    #[serde(rename = "podklady")]
    pub statements: Vec<Statement>,
    /// The status that counts.
    #[serde(rename = "stav")]
    pub status: Status,
    /// What the submissions give.
    #[serde(rename = "stav_vypocteny")]
    pub computed: Status,
    /// Why, in Czech.
    #[serde(rename = "proc")]
    pub reason: String,
    #[serde(skip)]
    n_responsible: usize,
}

/// Whether bodies say the same of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// Two say different statuses.
    Contradicted,
    /// A responsible body has yet to speak.
    Open,
    /// All that were to speak did, and say the same.
    Agreed,
}

impl Agreement {
    /// The Czech word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contradicted => "ne",
            Self::Open => "čeká se",
            Self::Agreed => "ano",
        }
    }
}

impl Serialize for Agreement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// What one body says of a measure, or that it is silent.
#[derive(Debug, Serialize)]
pub struct Statement {
    /// Whose word it is.
    #[serde(rename = "subjekt")]
    pub body: String,
    /// In which role: gestor, spolupráce, koordinátor or jiný.
    pub role: &'static str,
    /// Who submitted it: the body or a part of it. `None` when it is silent.
    #[serde(rename = "predkladatel")]
    pub submitter: Option<String>,
    /// The status it claims.
    #[serde(rename = "stav")]
    pub status: Option<Status>,
}

impl Collection {
    /// Looks at a period on a day.
    pub fn new(strategy: &Strategy, period: &Period, as_of: Date) -> Self {
        let evaluations = evaluate::evaluate(strategy, period);
        let side_by_side: Vec<SideBySide<'_>> =
            strategy.followed_in(period.year).map(|measure| SideBySide::new(strategy, period, measure)).collect();
        Self {
            period: period.year,
            as_of,
            due: period.due,
            days_left: period.due.and_then(|due| as_of.until(due).ok()).map(|span| span.get_days()),
            bodies: bodies(strategy, &side_by_side),
            others: others(strategy, &side_by_side),
            without_submission: side_by_side
                .iter()
                .filter(|it| it.said.iter().all(|said| said.submission.is_none()))
                .map(|it| it.measure.id.value)
                .collect(),
            measures: side_by_side
                .iter()
                .filter_map(|it| Some(it.state(strategy, evaluations.get(&it.measure.id.value)?)))
                .collect(),
        }
    }

    /// The measures of which several bodies speak or should: contradictions first, then those where
    /// somebody is silent, then the rest.
    pub fn shared(&self) -> Vec<&MeasureState> {
        let is_shared = |measure: &&MeasureState| {
            let n_delivered = measure.statements.iter().filter(|said| said.submitter.is_some()).count();
            measure.n_responsible > 1 || n_delivered > 1
        };
        let mut shared: Vec<_> = self.measures.iter().filter(is_shared).collect();
        shared.sort_by_key(|measure| (measure.agreement, measure.id));
        shared
    }
}

/// A measure with everything said of it.
struct SideBySide<'a> {
    period: &'a Period,
    measure: &'a Measure,
    responsible: Vec<BodyId>,
    said: Vec<Said<'a>>,
}

struct Said<'a> {
    body: BodyId,
    role: &'static str,
    submission: Option<&'a Submission>,
}

impl<'a> SideBySide<'a> {
    fn new(strategy: &Strategy, period: &'a Period, measure: &'a Measure) -> Self {
        let submissions = period.submissions.on(measure.id.value);
        let mut responsible: Vec<BodyId> = Vec::new();
        for body in measure.responsible_bodies() {
            if !responsible.contains(&body) {
                responsible.push(body);
            }
        }
        let whose: Vec<Vec<(BodyId, &'static str)>> =
            submissions.iter().map(|submission| whose(strategy, measure, submission.body.value)).collect();
        let mut said = Vec::new();
        for &body in &responsible {
            let role = Role::Responsible.word();
            let delivered: Vec<&Submission> = submissions
                .iter()
                .zip(&whose)
                .filter(|(_, whose)| whose.contains(&(body, role)))
                .map(|(submission, _)| submission)
                .collect();
            if delivered.is_empty() {
                said.push(Said { body, role, submission: None });
            }
            said.extend(delivered.into_iter().map(|submission| Said { body, role, submission: Some(submission) }));
        }
        for (submission, whose) in submissions.iter().zip(whose) {
            let others = whose.into_iter().filter(|(_, role)| *role != Role::Responsible.word());
            said.extend(others.map(|(body, role)| Said { body, role, submission: Some(submission) }));
        }
        Self { period, measure, responsible, said }
    }

    fn has_delivered(&self, body: BodyId) -> bool {
        self.said.iter().any(|said| said.body == body && said.submission.is_some())
    }

    fn state(&self, strategy: &Strategy, evaluation: &Evaluation) -> MeasureState {
        let statements: Vec<Statement> = self
            .said
            .iter()
            .map(|said| Statement {
                body: strategy.register.code(said.body).to_owned(),
                role: said.role,
                submitter: said.submission.map(|it| strategy.register.code(it.body.value).to_owned()),
                status: said.submission.and_then(|it| claimed(it, self.measure)),
            })
            .collect();
        let statuses: BTreeSet<Status> = statements.iter().filter_map(|said| said.status).collect();
        let agreement = if statuses.len() > 1 {
            Agreement::Contradicted
        } else if statements.iter().all(|said| said.status.is_some()) && !statements.is_empty() {
            Agreement::Agreed
        } else {
            Agreement::Open
        };
        MeasureState {
            id: self.measure.id.value,
            agreement,
            statements,
            status: evaluation.status,
            computed: evaluation.computed,
            reason: view::reason(strategy, self.period, self.measure, evaluation),
            n_responsible: self.responsible.len(),
        }
    }
}

/// Whether something was submitted for a body that is responsible for a measure, by it or by a part of it.
pub fn has_delivered(strategy: &Strategy, period: &Period, measure: &Measure, body: BodyId) -> bool {
    let submissions = period.submissions.on(measure.id.value);
    let is_its_own =
        |it: &Submission| whose(strategy, measure, it.body.value).contains(&(body, Role::Responsible.word()));
    submissions.iter().any(is_its_own)
}

/// For whom a submitter speaks: for itself where the measure names it, or else for the whole that
/// it is a part of; for each of them where several are responsible and one is a part of another.
fn whose(strategy: &Strategy, measure: &Measure, submitter: BodyId) -> Vec<(BodyId, &'static str)> {
    let is_part = |body: &BodyId| strategy.register.is_part_of(submitter, *body);
    let (responsible, cooperating) = (Role::Responsible.word(), Role::Cooperating.word());
    let wholes: Vec<_> = measure.responsible_bodies().filter(is_part).map(|whole| (whole, responsible)).collect();
    if measure.responsible_bodies().any(|body| body == submitter) {
        vec![(submitter, responsible)]
    } else if measure.cooperating_bodies().any(|body| body == submitter) {
        vec![(submitter, cooperating)]
    } else if !wholes.is_empty() {
        wholes
    } else if let Some(whole) = measure.cooperating_bodies().find(is_part) {
        vec![(whole, cooperating)]
    } else if strategy.coordinator == Some(submitter) {
        vec![(submitter, "koordinátor")]
    } else {
        vec![(submitter, "jiný")]
    }
}

fn bodies(strategy: &Strategy, side_by_side: &[SideBySide<'_>]) -> Vec<BodyState> {
    let mut by_body: BTreeMap<BodyId, (usize, Vec<MeasureId>)> = BTreeMap::new();
    for it in side_by_side {
        for &body in &it.responsible {
            let (n_expected, missing) = by_body.entry(body).or_default();
            *n_expected += 1;
            if !it.has_delivered(body) {
                missing.push(it.measure.id.value);
            }
        }
    }
    let mut states: Vec<BodyState> = by_body
        .into_iter()
        .map(|(body, (n_expected, missing))| BodyState {
            code: strategy.register.code(body).to_owned(),
            name: strategy.register.get(body).name.clone(),
            delivery: Delivery::of(n_expected - missing.len(), n_expected),
            n_delivered: n_expected - missing.len(),
            n_expected,
            missing,
        })
        .collect();
    states.sort_by(|a, b| a.delivery.cmp(&b.delivery).then_with(|| collation::compare(&a.code, &b.code)));
    states
}

fn others(strategy: &Strategy, side_by_side: &[SideBySide<'_>]) -> Vec<OtherBody> {
    let responsible: BTreeSet<BodyId> = side_by_side.iter().flat_map(|it| it.responsible.iter().copied()).collect();
    let mut by_body: BTreeMap<BodyId, BTreeSet<MeasureId>> = BTreeMap::new();
    for submission in side_by_side.iter().flat_map(|it| &it.said).filter_map(|said| said.submission) {
        by_body.entry(submission.body.value).or_default().insert(submission.measure.value);
    }
    let mut others: Vec<OtherBody> = by_body
        .into_iter()
        .filter(|(body, _)| !responsible.contains(body))
        .map(|(body, delivered)| OtherBody {
            code: strategy.register.code(body).to_owned(),
            name: strategy.register.get(body).name.clone(),
            n_delivered: delivered.len(),
        })
        .collect();
    others.sort_by(|a, b| collation::compare(&a.code, &b.code));
    others
}

#[cfg(test)]
mod tests;
