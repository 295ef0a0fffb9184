//! The form that a body fills in for a period: what is asked, the same in every format.
//! Pure: it reads and writes no files. [`layout`] says where what stands.

pub mod csv;
pub mod layout;
mod rows;
#[cfg(test)]
mod testing;
pub(crate) mod wording;
pub mod xlsx;
pub mod yaml;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::dataset::{Dataset, Evaluated};
use crate::evaluate::claimed;
use crate::load::raw::is_dashes;
use crate::model::{
    BodyId, Criterion, Measure, MeasureId, Period, Register, Status, StatusWording, Strategy, Submission, Year,
    hexadecimal, tidied,
};

/// What one body is asked for one period.
#[derive(Debug)]
pub struct Form {
    /// The period.
    pub period: Year,
    /// How people call the period: `2024–2025`.
    pub period_name: String,
    /// Until when the form is to come back.
    pub due: Option<Date>,
    /// The strategy's full name.
    pub strategy: String,
    /// The name of the body that coordinates the strategy and collects the forms.
    pub coordinator: Option<String>,
    /// Wording of the statuses, from best to worst.
    pub statuses: Vec<(Status, StatusWording)>,
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
    pub criteria: Box<[Criterion]>,
    /// Deadline as it is usually written.
    pub deadline: String,
    /// Whether it has a set deadline, without which it cannot be SPLNĚNO.
    pub has_set_deadline: bool,
    /// The verdict of the last period before this one, for reference.
    pub previous_status: Option<Status>,
    /// What was said then, for reference: whose it is where several spoke, and why the coordinator decided.
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

/// What all bodies are asked for a period. What their forms recall of the last one is worked out once.
#[derive(Debug)]
pub struct Asking<'d> {
    strategy: &'d Strategy,
    period: &'d Period,
    asked: BTreeMap<BodyId, Vec<(Role, &'d Measure)>>,
    previous: Option<Evaluated<'d>>,
}

impl<'d> Asking<'d> {
    /// Works out what is asked.
    pub fn new(dataset: &'d Dataset, period: &'d Period) -> Self {
        let strategy = dataset.strategy_of(period.year);
        let previous = dataset.periods_before(period.year).last();
        Self {
            strategy,
            period,
            asked: asked_of_each(strategy, period.year),
            previous: previous.and_then(|previous| dataset.evaluate(previous.year)),
        }
    }

    /// Whoever is asked for a submission: responsible or cooperating bodies that are named in any measure.
    pub fn bodies(&self) -> impl Iterator<Item = BodyId> {
        self.asked.keys().copied()
    }

    /// The form of a body; `None` when no measure concerns it.
    pub fn form(&self, body: BodyId) -> Option<Form> {
        let Self { strategy, period, .. } = self;
        let asked = self.asked.get(&body)?;
        Some(Form {
            period: period.year,
            period_name: period.name(),
            due: period.due,
            strategy: strategy.name.clone(),
            coordinator: strategy.coordinator.map(|body| strategy.register.get(body).name.clone()),
            statuses: strategy.statuses.iter().map(|(status, wording)| (*status, wording.clone())).collect(),
            body: strategy.register.code(body).to_owned(),
            body_name: strategy.register.get(body).name.clone(),
            fingerprint: fingerprint(asked),
            measures: asked.iter().map(|(role, measure)| self.measure(*role, measure)).collect(),
        })
    }

    fn measure(&self, role: Role, measure: &Measure) -> FormMeasure {
        let id = measure.id.value;
        let previous = self.previous.as_ref();
        FormMeasure {
            id,
            role,
            description: measure.description.value.to_string(),
            indicator: measure.indicator.as_ref().map(|indicator| indicator.value.to_string()),
            criteria: measure.criteria.clone(),
            deadline: measure.deadline.as_ref().map(|it| it.value.to_string()).unwrap_or_default(),
            has_set_deadline: measure.has_set_deadline(),
            previous_status: previous.and_then(|previous| Some(previous.evaluations.get(&id)?.status)),
            previous_comment: previous.and_then(|previous| said(previous, id, &self.strategy.register)),
        }
    }
}

/// A format that forms can be written in.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line and the ending of its files.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Turns a form into bytes.
    pub write: fn(&Form) -> anyhow::Result<Vec<u8>>,
}

/// All formats; the first is the one that is written when none is asked for. A new one is a file in
/// this folder and a line here.
pub static FORMATS: &[&Format] = &[&xlsx::FORMAT, &csv::FORMAT, &yaml::FORMAT];

/// The format of this name.
pub fn find_format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name)
}

/// A letter and sixteen hexadecimal digits that change when anything a form asks is changed: the body's measures,
/// their texts, criteria, deadlines or its part in them.
pub fn fingerprint(asked: &[(Role, &Measure)]) -> String {
    let mut hasher = Sha256::new();
    let mut add = |text: &str| {
        hasher.update(text.as_bytes());
        hasher.update([0]);
    };
    for (role, measure) in asked {
        add(&measure.id.value.to_string());
        add(role.word());
        add(&measure.description.value);
        add(measure.indicator.as_ref().map_or("", |indicator| &indicator.value));
        add(&measure.deadline.as_ref().map(|it| it.value.to_string()).unwrap_or_default());
        for criterion in &measure.criteria {
            add(&criterion.name);
            add(criterion.kind.code());
        }
    }
    // The letter keeps spreadsheets from taking it for a number.
    format!("o{}", hexadecimal(&hasher.finalize()[..8]))
}

/// The measures a body is asked about: responsible first, each in the order of ids.
pub fn asked(strategy: &Strategy, year: Year, body: BodyId) -> Vec<(Role, &Measure)> {
    let measures = strategy.followed_in(year);
    in_order(measures.filter_map(|measure| Some((role(measure, body)?, measure))).collect())
}

/// [`asked`] of every body that is asked anything, in one pass over the measures.
pub fn asked_of_each(strategy: &Strategy, year: Year) -> BTreeMap<BodyId, Vec<(Role, &Measure)>> {
    let mut asked: BTreeMap<BodyId, Vec<(Role, &Measure)>> = BTreeMap::new();
    for measure in strategy.followed_in(year) {
        let bodies: BTreeSet<BodyId> = measure.responsible_bodies().chain(measure.cooperating_bodies()).collect();
        for body in bodies {
            asked.entry(body).or_default().extend(role(measure, body).map(|role| (role, measure)));
        }
    }
    asked.into_iter().map(|(body, asked)| (body, in_order(asked))).collect()
}

fn role(measure: &Measure, body: BodyId) -> Option<Role> {
    if measure.responsible_bodies().any(|responsible| responsible == body) {
        Some(Role::Responsible)
    } else {
        measure.cooperating_bodies().any(|cooperating| cooperating == body).then_some(Role::Cooperating)
    }
}

fn in_order(mut asked: Vec<(Role, &Measure)>) -> Vec<(Role, &Measure)> {
    asked.sort_by_key(|(role, measure)| (*role, measure.id.value));
    asked
}

/// What was said of a measure in a period. Several bodies may contradict each other, and a decision all of
/// them, so each is then named with the status it stands for, and as the register calls it now.
fn said(evaluated: &Evaluated<'_>, id: MeasureId, register: &Register) -> Option<String> {
    let submissions = evaluated.period.submissions.on(id);
    let decision = evaluated.period.decisions.get(&id);
    let reason = decision.and_then(|decision| {
        let reason = decision.reason.as_ref().map(|reason| reason.value.trim()).filter(|reason| !is_dashes(reason))?;
        Some(format!("Rozhodnutí ({}):\n{reason}", decision.status.value))
    });
    if let (Some(submission), None) = (submissions.only(), decision) {
        return comment(submission);
    }
    let has_comment = submissions.iter().any(|submission| !submission.comments.is_empty());
    let comments = submissions.iter().filter(|_| has_comment).map(|submission| {
        let comment = comment(submission).unwrap_or_else(|| "komentář neuveden".to_owned());
        format!("{}:\n{comment}", speaker(evaluated.strategy, submission, register))
    });
    let parts: Vec<String> = comments.chain(reason).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn comment(submission: &Submission) -> Option<String> {
    let comments: Vec<_> = submission.comments.iter().map(|comment| tidied(&comment.value)).collect();
    (!comments.is_empty()).then(|| comments.join("\n\n"))
}

/// Whose a submission is and what it claims: `OSV (ČÁSTEČNĚ)`.
fn speaker(strategy: &Strategy, submission: &Submission, register: &Register) -> String {
    let code = &register.as_now(submission.body.value, &strategy.register).code.value;
    let measure = strategy.measures.get(&submission.measure.value);
    match measure.and_then(|measure| claimed(submission, measure)) {
        Some(status) => format!("{code} ({status})"),
        None => code.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::layout::Column;
    use super::rows::{Row, rows};
    use super::*;
    use crate::freezing::testing::frozen_with;
    use crate::rules::testing::{commented, dataset, edited};
    use crate::view::{self, Request};

    #[test]
    fn formats_are_found_by_name() {
        for format in FORMATS {
            assert!(find_format(format.name).is_some_and(|found| found.title == format.title));
        }
        assert!(find_format("docx").is_none());
    }

    #[test]
    fn a_row_knows_every_column() {
        let form = testing::form("OSV");
        for column in Column::ALL {
            let is_asked = rows(&form).any(|row| row.is_asked(column));
            assert_eq!(is_asked, column.is_filled(), "{column:?}");
            let says_something = rows(&form).any(|row| !row.text(column).is_empty());
            assert_eq!(says_something, !column.is_filled(), "{column:?}");
        }
    }

    #[test]
    fn what_was_said_last_time_is_named_where_more_than_one_spoke() {
        const OZ: &str = "obdobi/2023/podklady/oz.yaml";
        const DECISIONS: &str = "obdobi/2023/vyhodnoceni.yaml";
        let other = "predkladatel: OZ\npodklady:\n  - {opatreni: I/2, stav: NEPLNĚNO, komentar: Nekonaly se.}\n";
        let silent = "predkladatel: OZ\npodklady:\n  - {opatreni: I/2, stav: NEPLNĚNO}\n";
        let decision = "vyhodnoceni:\n  - {opatreni: I/2, stav: ČÁSTEČNĚ, duvod: \"Jen v Liberci.\"}\n";
        let own = "Konaly se konference.";
        for (changes, expected) in [
            (&[][..], own.to_owned()),
            (&[(OZ, other)][..], format!("OSV (PLNĚNO):\n{own}\n\nOZ (NEPLNĚNO):\nNekonaly se.")),
            (&[(OZ, silent)], format!("OSV (PLNĚNO):\n{own}\n\nOZ (NEPLNĚNO):\nkomentář neuveden")),
            (&[(DECISIONS, decision)], format!("OSV (PLNĚNO):\n{own}\n\nRozhodnutí (ČÁSTEČNĚ):\nJen v Liberci.")),
            (
                &[("obdobi/2023/podklady/osv.yaml", ""), (DECISIONS, decision)],
                "Rozhodnutí (ČÁSTEČNĚ):\nJen v Liberci.".to_owned(),
            ),
            (&[("obdobi/2023/podklady/osv.yaml", ""), (OZ, silent)], String::new()),
        ] {
            assert_eq!(recalled("OSV", changes), expected);
        }
    }

    /// What the form of a body recalls of I/2.
    fn recalled(code: &str, changes: &[(&str, &str)]) -> String {
        let form = testing::form_of(code, changes);
        let row = rows(&form).find(|row| row.text(Column::Measure) == "I/2").expect("it is asked");
        row.text(Column::LastComment).to_string()
    }

    #[test]
    fn the_first_item_of_a_comment_stands_beside_the_others_here_and_in_the_report() {
        let text = commented("|2-\n        - jedna\n        - dvě\n");
        let changes = [("obdobi/2023/podklady/osv.yaml", text.as_str())];
        let form = testing::form_of("OSV", &changes);
        let row = rows(&form).find(|row| row.text(Column::Measure) == "I/1").expect("it is asked");
        assert_eq!(row.text(Column::LastComment), "- jedna\n- dvě");
        let dataset = dataset(&changes);
        let evaluated = dataset.evaluate(Year(2023)).expect("the period is there");
        let view = view::build(&dataset, &evaluated, &[], &Request::default());
        let submissions = view.measures.values().flat_map(|measure| &measure.submissions);
        assert!(submissions.clone().any(|it| it.comment.as_deref() == Some("- jedna\n- dvě")));
    }

    #[test]
    fn a_reason_that_is_crossed_out_is_none() {
        for reason in ["–", "\" - \"", "—"] {
            let decision = format!("vyhodnoceni:\n  - {{opatreni: I/2, stav: ČÁSTEČNĚ, duvod: {reason}}}\n");
            let changes = [("obdobi/2023/vyhodnoceni.yaml", decision.as_str())];
            assert_eq!(recalled("OSV", &changes), "OSV (PLNĚNO):\nKonaly se konference.", "{reason}");
        }
    }

    #[test]
    fn a_renamed_body_is_called_as_it_is_called_now() {
        let other = "predkladatel: OZ\npodklady:\n  - {opatreni: I/2, stav: NEPLNĚNO}\n";
        let frozen = frozen_with(Year(2023), &[("obdobi/2023/podklady/oz.yaml", other)]);
        let renamed = edited(
            "subjekty.yaml",
            "kod: OSV, nazev: odbor sociálních věcí, druh: odbor,",
            "kod: OSVZ, nazev: odbor sociálních věcí, druh: odbor, aliasy: [OSV],",
        );
        let kept = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let changes: Vec<(&str, &str)> =
            kept.chain([("obdobi/2023/podklady/oz.yaml", other), ("subjekty.yaml", &renamed)]).collect();
        assert_eq!(
            recalled("OSVZ", &changes),
            "OSVZ (PLNĚNO):\nKonaly se konference.\n\nOZ (NEPLNĚNO):\nkomentář neuveden"
        );
    }

    #[test]
    fn every_criterion_has_a_row_and_a_count_asks_for_a_number() {
        let form = testing::form("OSV");
        let found: Vec<(String, bool)> = rows(&form)
            .map(|row| {
                let name = if let Row::Criterion(_, criterion) = row { &criterion.name } else { "" };
                (format!("{} {name}", row.text(Column::Measure)), row.is_asked(Column::Value))
            })
            .collect();
        let expected = [
            ("I/1 ", false),
            ("I/1 metodika", false),
            ("I/2 ", false),
            ("I/2 Počet konferencí", true),
            ("I/2 Počet účastníků", true),
        ];
        assert_eq!(found, expected.map(|(text, is_asked)| (text.to_owned(), is_asked)));
    }
}
