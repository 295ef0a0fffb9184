//! The form that a body fills in for a period: what is asked, the same in every format.
//! Pure: it reads and writes no files. [`layout`] says where what stands.

pub mod layout;

use sha2::{Digest, Sha256};

use crate::dataset::Dataset;
use crate::evaluate;
use crate::model::{BodyId, Criterion, Measure, MeasureId, Period, Status, Strategy, Year};

/// What one body is asked for one period.
#[derive(Debug)]
pub struct Form {
    /// The period.
    pub period: Year,
    /// The body's code.
    pub body: String,
    /// The body's name.
    pub body_name: String,
    /// [`fingerprint`] of what is asked.
    pub fingerprint: String,
    /// Its measures: those it is responsible for first, then those it cooperates on.
    pub measures: Vec<FormMeasure>,
}

/// One measure of a form.
#[derive(Debug)]
pub struct FormMeasure {
    /// Its id.
    pub id: MeasureId,
    /// Whether the body is responsible for it or cooperates on it.
    pub role: Role,
    /// Official description.
    pub description: String,
    /// Official indicator, whole.
    pub indicator: Option<String>,
    /// What of the indicator is asked one by one.
    pub criteria: Vec<Criterion>,
    /// Deadline as it is usually written.
    pub deadline: String,
    /// The verdict of the last period before this one, for reference.
    pub previous_status: Option<Status>,
    /// What was said then, for reference.
    pub previous_comment: Option<String>,
}

/// What a body has to do with a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It must fulfil the measure and report on it.
    Responsible,
    /// It takes part.
    Cooperating,
}

impl Role {
    /// The Czech word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Responsible => "gestor",
            Self::Cooperating => "spolupráce",
        }
    }
}

impl Form {
    /// The form of a body; `None` when no measure concerns it.
    pub fn new(dataset: &Dataset, period: &Period, body: BodyId) -> Option<Self> {
        let strategy = &dataset.strategy;
        let asked = asked(strategy, body);
        if asked.is_empty() {
            return None;
        }
        let previous = strategy.periods.range(..period.year).next_back().map(|(_, previous)| previous);
        let evaluations = previous.map(|previous| evaluate::evaluate(strategy, previous));
        let measures = asked
            .iter()
            .map(|(role, measure)| {
                let id = measure.id.value;
                let verdict = evaluations.as_ref().and_then(|evaluations| evaluations.get(&id));
                FormMeasure {
                    id,
                    role: *role,
                    description: measure.description.value.clone(),
                    indicator: measure.indicator.as_ref().map(|indicator| indicator.value.clone()),
                    criteria: measure.criteria.clone(),
                    deadline: measure.deadline.as_ref().map(|it| it.value.to_string()).unwrap_or_default(),
                    previous_status: verdict.map(|verdict| verdict.status),
                    previous_comment: previous.and_then(|previous| comment(previous, id)),
                }
            })
            .collect();
        Some(Self {
            period: period.year,
            body: strategy.register.code(body).to_owned(),
            body_name: strategy.register.get(body).name.clone(),
            fingerprint: fingerprint(strategy, body),
            measures,
        })
    }
}

/// Whoever is asked for a submission: responsible or cooperating bodies that are named in any measure.
pub fn bodies(strategy: &Strategy) -> Vec<BodyId> {
    strategy.register.iter().map(|(id, _)| id).filter(|&id| !asked(strategy, id).is_empty()).collect()
}

/// Sixteen hexadecimal digits that change when anything a form asks is changed: the body's measures,
/// their texts, criteria, deadlines or its part in them.
pub fn fingerprint(strategy: &Strategy, body: BodyId) -> String {
    let mut hasher = Sha256::new();
    let mut add = |text: &str| {
        hasher.update(text.as_bytes());
        hasher.update([0]);
    };
    for (role, measure) in asked(strategy, body) {
        add(&measure.id.value.to_string());
        add(role.word());
        add(&measure.description.value);
        add(measure.indicator.as_ref().map_or("", |indicator| &indicator.value));
        add(&measure.deadline.as_ref().map(|it| it.value.to_string()).unwrap_or_default());
        for criterion in &measure.criteria {
            add(&criterion.name);
            add(if criterion.kind == crate::model::CriterionKind::Count { "pocet" } else { "vystup" });
        }
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The measures a body is asked about: responsible first, each in the order of ids.
pub fn asked(strategy: &Strategy, body: BodyId) -> Vec<(Role, &Measure)> {
    let role = |measure: &Measure| {
        if measure.responsible_bodies().any(|responsible| responsible == body) {
            Some(Role::Responsible)
        } else {
            measure.cooperating_bodies().any(|cooperating| cooperating == body).then_some(Role::Cooperating)
        }
    };
    let mut asked: Vec<_> = strategy.measures.values().filter_map(|measure| Some((role(measure)?, measure))).collect();
    asked.sort_by_key(|(role, measure)| (*role, measure.id.value));
    asked
}

fn comment(period: &Period, measure: MeasureId) -> Option<String> {
    let submissions = period.submissions.get(&measure)?;
    let comments: Vec<&str> =
        submissions.iter().flat_map(|it| &it.comments).map(|comment| comment.value.trim()).collect();
    (!comments.is_empty()).then(|| comments.join("\n\n"))
}
