//! What documents see: one value, [`ReportView`], that templates and exports are made from. Pure.
//!
//! Names are Czech in the serialized form, the same as the keys of the data and the columns of the
//! exports, because the region writes its own templates and narratives with them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::dataset::{Dataset, Evaluated};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{self, Basis, Evaluation, Tally};
use crate::model::{
    AreaNumber, BodyId, Criterion, CriterionKind, Measure, MeasureId, Named, Period, Status, Strategy, Submission,
    one_line,
};
use crate::stats::Counts;

/// Everything a document can say about a period.
#[derive(Debug, Serialize)]
pub struct ReportView {
    /// About the document itself.
    #[serde(rename = "dokument")]
    pub document: DocumentView,
    /// The strategy.
    #[serde(rename = "strategie")]
    pub strategy: StrategyView,
    /// The period.
    #[serde(rename = "obdobi")]
    pub period: PeriodView,
    /// Counts of all measures shown.
    #[serde(rename = "pocty")]
    pub counts: CountsView,
    /// The statuses from best to worst, with counts and shares that add up to 100,0 %.
    #[serde(rename = "stavy")]
    pub statuses: Vec<StatusView>,
    /// The areas in order, with the ids of their measures.
    #[serde(rename = "okruhy")]
    pub areas: Vec<AreaView>,
    /// All measures shown, by id.
    #[serde(rename = "opatreni")]
    pub measures: BTreeMap<MeasureId, MeasureView>,
    /// Responsible bodies in Czech order; a measure counts once for each of them.
    #[serde(rename = "gestori")]
    pub responsible: Vec<ResponsibleView>,
    /// Deadlines from the nearest one; ongoing and conditional ones last.
    #[serde(rename = "terminy")]
    pub deadlines: Vec<DeadlineView>,
    /// What the readers should discuss.
    #[serde(rename = "k_projednani")]
    pub to_discuss: ToDiscussView,
    /// The annex.
    #[serde(rename = "priloha")]
    pub annex: AnnexView,
}

/// About the document itself.
#[derive(Debug, Serialize)]
pub struct DocumentView {
    /// Set when the data have errors and the document is a draft.
    #[serde(rename = "pracovni_verze")]
    pub draft: Option<DraftView>,
    /// Set when the document shows only a part of the measures; says which, in Czech.
    #[serde(rename = "vyrez")]
    pub excerpt: Option<String>,
    /// Version of the program.
    #[serde(rename = "verze_programu")]
    pub tool_version: &'static str,
    /// SHA-256 of the data the document is made from.
    #[serde(rename = "otisk_dat")]
    pub data_fingerprint: String,
    /// The files of the same document in other formats.
    #[serde(rename = "formaty")]
    pub formats: Vec<FormatView>,
}

/// A draft's faults.
#[derive(Debug, Serialize)]
pub struct DraftView {
    /// Number of errors in the data.
    #[serde(rename = "pocet_chyb")]
    pub n_errors: usize,
}

/// One format of the document.
#[derive(Debug, Clone, Serialize)]
pub struct FormatView {
    /// Its name for people.
    #[serde(rename = "nazev")]
    pub name: &'static str,
    /// Its file, beside the others.
    #[serde(rename = "soubor")]
    pub file_name: String,
}

/// The strategy.
#[derive(Debug, Serialize)]
pub struct StrategyView {
    /// Full name.
    #[serde(rename = "nazev")]
    pub name: String,
    /// Short name.
    #[serde(rename = "zkratka")]
    pub short_name: String,
    /// The region.
    #[serde(rename = "kraj")]
    pub region: String,
    /// Number of the resolution.
    #[serde(rename = "usneseni")]
    pub resolution: String,
    /// Day of approval.
    #[serde(rename = "schvaleno")]
    pub approved: Option<Date>,
    /// The coordinator.
    #[serde(rename = "koordinator")]
    pub coordinator: Option<BodyView>,
}

/// The period.
#[derive(Debug, Serialize)]
pub struct PeriodView {
    /// Its last year.
    #[serde(rename = "rok")]
    pub year: u16,
    /// `2022–2023`, or one year alone.
    #[serde(rename = "nazev")]
    pub name: String,
    /// First day.
    #[serde(rename = "od")]
    pub from: Date,
    /// Last day.
    #[serde(rename = "do")]
    pub to: Date,
    /// The day the evaluation holds for.
    #[serde(rename = "ke_dni")]
    pub as_of: Date,
    /// Where the verdicts come from.
    #[serde(rename = "puvod")]
    pub origin: Option<String>,
    /// To whom the report went for comments.
    #[serde(rename = "projednani")]
    pub consulted: Vec<String>,
    /// What the one-page document for the assembly needs to know.
    #[serde(rename = "pisemna_informace")]
    pub written_information: WrittenInformationView,
}

/// What the one-page document for the assembly needs to know beside the report.
#[derive(Debug, Serialize)]
pub struct WrittenInformationView {
    /// The session's number.
    #[serde(rename = "zasedani")]
    pub session: Option<String>,
    /// The session's day.
    #[serde(rename = "datum")]
    pub date: Option<Date>,
    /// The resolution that asks for it.
    #[serde(rename = "usneseni")]
    pub resolution: Option<String>,
    /// Who prepared it.
    #[serde(rename = "zpracoval")]
    pub prepared_by: Option<String>,
    /// Which committees discussed it.
    #[serde(rename = "projednal")]
    pub discussed_by: Vec<String>,
    /// Who submits it.
    #[serde(rename = "predklada")]
    pub submitted_by: Option<String>,
}

/// Counts by status.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CountsView {
    /// SPLNĚNO.
    #[serde(rename = "splneno")]
    pub done: usize,
    /// PLNĚNO.
    #[serde(rename = "plneno")]
    pub fulfilled: usize,
    /// ČÁSTEČNĚ.
    #[serde(rename = "castecne")]
    pub partly: usize,
    /// NEPLNĚNO.
    #[serde(rename = "neplneno")]
    pub unfulfilled: usize,
    /// All of them.
    #[serde(rename = "celkem")]
    pub total: usize,
}

impl From<Counts> for CountsView {
    fn from(counts: Counts) -> Self {
        Self {
            done: counts.get(Status::Done),
            fulfilled: counts.get(Status::Fulfilled),
            partly: counts.get(Status::Partly),
            unfulfilled: counts.get(Status::Unfulfilled),
            total: counts.total(),
        }
    }
}

/// One status.
#[derive(Debug, Serialize)]
pub struct StatusView {
    /// SPLNĚNO, PLNĚNO, ČÁSTEČNĚ or NEPLNĚNO.
    #[serde(rename = "stav")]
    pub status: Status,
    /// Its name without diacritics, as in the columns of exports and in CSS classes.
    #[serde(rename = "klic")]
    pub key: &'static str,
    /// How the report calls it.
    #[serde(rename = "nazev")]
    pub name: String,
    /// The official definition.
    #[serde(rename = "vymezeni")]
    pub definition: Vec<String>,
    /// Number of measures.
    #[serde(rename = "pocet")]
    pub count: usize,
    /// Share in percent with one decimal; all shares add up to exactly 100,0.
    #[serde(rename = "podil")]
    pub share: f64,
}

/// One area.
#[derive(Debug, Serialize)]
pub struct AreaView {
    /// Its Roman numeral.
    #[serde(rename = "okruh")]
    pub numeral: AreaNumber,
    /// Its number.
    #[serde(rename = "cislo")]
    pub number: u16,
    /// Its anchor: `okruh-9`.
    #[serde(rename = "kotva")]
    pub anchor: String,
    /// Title.
    #[serde(rename = "nazev")]
    pub title: String,
    /// Introductory sentence.
    #[serde(rename = "uvod")]
    pub introduction: String,
    /// Counts of its measures.
    #[serde(rename = "pocty")]
    pub counts: CountsView,
    /// Ids of its measures.
    #[serde(rename = "opatreni")]
    pub measures: Vec<MeasureId>,
}

/// One measure with its verdict.
#[derive(Debug, Serialize)]
pub struct MeasureView {
    /// `IX/2`
    pub id: MeasureId,
    /// `opatreni-9-2`
    #[serde(rename = "kotva")]
    pub anchor: String,
    /// Roman numeral of the area.
    #[serde(rename = "okruh")]
    pub area: AreaNumber,
    /// Number within the area.
    #[serde(rename = "cislo")]
    pub number: u16,
    /// Official description; may have line breaks.
    #[serde(rename = "popis")]
    pub description: String,
    /// Official indicator.
    #[serde(rename = "indikator")]
    pub indicator: Option<String>,
    /// Its criteria.
    #[serde(rename = "kriteria")]
    pub criteria: Vec<CriterionView>,
    /// Deadline as in the data: `12/2024`.
    #[serde(rename = "termin")]
    pub deadline: Option<String>,
    /// pevný, průběžný or podmíněný
    #[serde(rename = "druh_terminu")]
    pub deadline_kind: Option<&'static str>,
    /// Last day of the deadline.
    #[serde(rename = "posledni_den")]
    pub last_day: Option<Date>,
    /// Past its deadline at the period's end and not SPLNĚNO.
    #[serde(rename = "po_terminu")]
    pub is_overdue: bool,
    /// Responsible bodies; `???` stands for one not known yet.
    #[serde(rename = "odpovednost")]
    pub responsible: Vec<BodyView>,
    /// Whether nobody is responsible, or somebody not known yet.
    #[serde(rename = "gestor_neurcen")]
    pub lacks_responsible: bool,
    /// Cooperating bodies.
    #[serde(rename = "spoluprace")]
    pub cooperating: Vec<BodyView>,
    /// The status that counts.
    #[serde(rename = "stav")]
    pub status: Status,
    /// Its name without diacritics.
    #[serde(rename = "stav_klic")]
    pub status_key: &'static str,
    /// How the report calls it.
    #[serde(rename = "stav_nazev")]
    pub status_name: String,
    /// The computed status, where a decision overrides it.
    #[serde(rename = "stav_vypocteny")]
    pub computed_status: Option<Status>,
    /// Why it has this status, one Czech sentence.
    #[serde(rename = "proc")]
    pub reason: String,
    /// The coordinator's reason, where there is a decision.
    #[serde(rename = "duvod_rozhodnuti")]
    pub decision_reason: Option<String>,
    /// What the bodies sent.
    #[serde(rename = "podklady")]
    pub submissions: Vec<SubmissionView>,
    /// All comments together, in Markdown; with several submitters each under its code.
    #[serde(rename = "komentar")]
    pub comment: Option<String>,
}

/// One criterion of a measure.
#[derive(Debug, Serialize)]
pub struct CriterionView {
    /// Its name.
    #[serde(rename = "nazev")]
    pub name: String,
    /// `pocet` or `vystup`
    #[serde(rename = "druh")]
    pub kind: &'static str,
}

/// A body.
#[derive(Debug, Clone, Serialize)]
pub struct BodyView {
    /// Its code.
    #[serde(rename = "kod")]
    pub code: String,
    /// Its full name; „dosud neurčeno“ for `???`.
    #[serde(rename = "nazev")]
    pub name: String,
}

/// What one body sent.
#[derive(Debug, Serialize)]
pub struct SubmissionView {
    /// Who.
    #[serde(rename = "predkladatel")]
    pub submitter: BodyView,
    /// The status it claims.
    #[serde(rename = "stav")]
    pub status: Option<Status>,
    /// Its comment in Markdown.
    #[serde(rename = "komentar")]
    pub comment: Option<String>,
    /// Reported criteria.
    #[serde(rename = "kriteria")]
    pub criteria: Vec<ReportedView>,
    /// The file below the data folder.
    #[serde(rename = "soubor")]
    pub file: String,
    /// The line in it.
    #[serde(rename = "radek")]
    pub line: usize,
}

/// What was said of a criterion.
#[derive(Debug, Serialize)]
pub struct ReportedView {
    /// The criterion's name.
    #[serde(rename = "nazev")]
    pub name: String,
    /// The number.
    #[serde(rename = "hodnota")]
    pub value: Option<f64>,
    /// The status claimed.
    #[serde(rename = "stav")]
    pub status: Option<Status>,
    /// The evidence.
    #[serde(rename = "doklad")]
    pub evidence: Option<String>,
}

/// A responsible body with its measures.
#[derive(Debug, Serialize)]
pub struct ResponsibleView {
    /// Its code.
    #[serde(rename = "kod")]
    pub code: String,
    /// Its name.
    #[serde(rename = "nazev")]
    pub name: String,
    /// Its anchor: `gestor-osv`.
    #[serde(rename = "kotva")]
    pub anchor: String,
    /// Counts of its measures.
    #[serde(rename = "pocty")]
    pub counts: CountsView,
    /// Ids of its measures.
    #[serde(rename = "opatreni")]
    pub measures: Vec<MeasureId>,
}

/// A deadline with the measures that share it.
#[derive(Debug, Serialize)]
pub struct DeadlineView {
    /// As in the data.
    #[serde(rename = "termin")]
    pub text: String,
    /// pevný, průběžný or podmíněný
    #[serde(rename = "druh")]
    pub kind: &'static str,
    /// Its last day.
    #[serde(rename = "posledni_den")]
    pub last_day: Option<Date>,
    /// Days from the period's last day to it; negative when it is over.
    #[serde(rename = "za_dni")]
    pub days_away: Option<i32>,
    /// Counts of its measures.
    #[serde(rename = "pocty")]
    pub counts: CountsView,
    /// Ids of its measures.
    #[serde(rename = "opatreni")]
    pub measures: Vec<MeasureId>,
}

/// What the readers should discuss, as ids of measures.
#[derive(Debug, Serialize)]
pub struct ToDiscussView {
    /// NEPLNĚNO.
    #[serde(rename = "neplneno")]
    pub unfulfilled: Vec<MeasureId>,
    /// Past the deadline and not SPLNĚNO.
    #[serde(rename = "po_terminu")]
    pub overdue: Vec<MeasureId>,
    /// Nobody responsible.
    #[serde(rename = "bez_gestora")]
    pub without_responsible: Vec<MeasureId>,
    /// No indicator.
    #[serde(rename = "bez_indikatoru")]
    pub without_indicator: Vec<MeasureId>,
    /// Due within twelve months after the period and not SPLNĚNO.
    #[serde(rename = "blizi_se")]
    pub due_soon: Vec<MeasureId>,
}

/// The annex.
#[derive(Debug, Serialize)]
pub struct AnnexView {
    /// The published numbers beside the computed ones.
    #[serde(rename = "zverejneno")]
    pub published: Option<PublishedView>,
    /// Findings by rule, errors first.
    #[serde(rename = "nalezy")]
    pub findings: Vec<FindingsView>,
    /// Accepted findings by rule and reason.
    #[serde(rename = "prijate")]
    pub accepted: Vec<FindingsView>,
}

/// The published numbers beside the computed ones.
#[derive(Debug, Serialize)]
pub struct PublishedView {
    /// Published number of measures.
    #[serde(rename = "celkem")]
    pub total: usize,
    /// Computed number of measures, of the whole strategy even in an excerpt.
    #[serde(rename = "spocteno_celkem")]
    pub computed_total: usize,
    /// What the four published numbers add up to.
    #[serde(rename = "soucet")]
    pub sum: usize,
    /// Whether anything differs.
    #[serde(rename = "lisi_se")]
    pub differs: bool,
    /// The published share in its own words.
    #[serde(rename = "podil_neplneno")]
    pub unfulfilled_share: Option<String>,
    /// By status.
    #[serde(rename = "stavy")]
    pub statuses: Vec<PublishedStatusView>,
}

/// One published number.
#[derive(Debug, Serialize)]
pub struct PublishedStatusView {
    /// The status.
    #[serde(rename = "stav")]
    pub status: Status,
    /// How the report calls it.
    #[serde(rename = "nazev")]
    pub name: String,
    /// The published number.
    #[serde(rename = "zverejneno")]
    pub published: usize,
    /// The computed one.
    #[serde(rename = "spocteno")]
    pub computed: usize,
}

/// The findings of one rule.
#[derive(Debug, Serialize)]
pub struct FindingsView {
    /// Its code.
    #[serde(rename = "kod")]
    pub code: &'static str,
    /// What it is about.
    #[serde(rename = "nazev")]
    pub title: &'static str,
    /// chyba, varování or poznámka
    #[serde(rename = "zavaznost")]
    pub severity: &'static str,
    /// How many there are.
    #[serde(rename = "pocet")]
    pub count: usize,
    /// The measures concerned, in order.
    #[serde(rename = "opatreni")]
    pub measures: Vec<MeasureId>,
    /// Messages of the findings that concern no measure.
    #[serde(rename = "zpravy")]
    pub messages: Vec<String>,
    /// Why the coordinator accepted them.
    #[serde(rename = "duvod")]
    pub reason: Option<String>,
}

/// Which measures a document shows; all of them when nothing is chosen.
#[derive(Debug, Default, Clone)]
pub struct Selection {
    /// Only these areas.
    pub areas: Vec<AreaNumber>,
    /// Only measures that one of these bodies is responsible for.
    pub responsible: Vec<BodyId>,
    /// Only these statuses.
    pub statuses: Vec<Status>,
}

impl Selection {
    fn contains(&self, measure: &Measure, status: Status) -> bool {
        (self.areas.is_empty() || self.areas.contains(&measure.id.value.area))
            && (self.responsible.is_empty()
                || measure.responsible_bodies().any(|body| self.responsible.contains(&body)))
            && (self.statuses.is_empty() || self.statuses.contains(&status))
    }

    /// What is chosen, in Czech; `None` when nothing is.
    fn describe(&self, strategy: &Strategy) -> Option<String> {
        let join = |words: Vec<String>| words.join(", ");
        let mut parts = Vec::new();
        if !self.areas.is_empty() {
            let word = if self.areas.len() == 1 { "okruh" } else { "okruhy" };
            parts.push(format!("{word} {}", join(self.areas.iter().map(ToString::to_string).collect())));
        }
        if !self.responsible.is_empty() {
            let word = if self.responsible.len() == 1 { "gestor" } else { "gestoři" };
            let codes = self.responsible.iter().map(|&body| strategy.register.code(body).to_owned()).collect();
            parts.push(format!("{word} {}", join(codes)));
        }
        if !self.statuses.is_empty() {
            let names = self.statuses.iter().map(|&status| status_name(strategy, status)).collect();
            parts.push(format!("stav {}", join(names)));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// Builds the view of a period. `diagnostics` are those of the period and the definitions.
pub fn build(
    dataset: &Dataset,
    evaluated: &Evaluated<'_>,
    diagnostics: &[Diagnostic],
    selection: &Selection,
    formats: Vec<FormatView>,
) -> ReportView {
    let builder = Builder { dataset, strategy: &dataset.strategy, evaluated, period: evaluated.period };
    let measures: BTreeMap<MeasureId, MeasureView> = builder
        .evaluations()
        .filter(|(measure, evaluation)| selection.contains(measure, evaluation.status))
        .map(|(measure, evaluation)| (measure.id.value, builder.measure(measure, evaluation)))
        .collect();
    let counts = count(&measures, measures.keys());
    ReportView {
        document: DocumentView {
            draft: draft(diagnostics),
            excerpt: selection.describe(builder.strategy),
            tool_version: env!("CARGO_PKG_VERSION"),
            data_fingerprint: dataset.fingerprint(evaluated.period.year),
            formats,
        },
        strategy: builder.strategy(),
        period: builder.period(),
        counts: counts.into(),
        statuses: builder.statuses(counts),
        areas: builder.areas(&measures),
        responsible: builder.responsible(&measures),
        deadlines: builder.deadlines(&measures),
        to_discuss: builder.to_discuss(&measures),
        annex: builder.annex(diagnostics, &measures),
        measures,
    }
}

struct Builder<'a> {
    dataset: &'a Dataset,
    strategy: &'a Strategy,
    evaluated: &'a Evaluated<'a>,
    period: &'a Period,
}

impl Builder<'_> {
    fn evaluations(&self) -> impl Iterator<Item = (&Measure, &Evaluation)> {
        self.strategy.measures.values().zip(self.evaluated.evaluations.values())
    }

    fn strategy(&self) -> StrategyView {
        StrategyView {
            name: self.strategy.name.clone(),
            short_name: self.strategy.short_name.clone(),
            region: self.strategy.region.clone(),
            resolution: self.strategy.resolution.clone(),
            approved: self.strategy.approved,
            coordinator: self.strategy.coordinator.map(|body| self.body(body)),
        }
    }

    fn period(&self) -> PeriodView {
        let written = &self.period.written_information;
        let (first, last) = (self.period.from.year(), self.period.to.year());
        PeriodView {
            year: self.period.year.0,
            name: if first == last { last.to_string() } else { format!("{first}–{last}") },
            from: self.period.from,
            to: self.period.to,
            as_of: self.period.as_of,
            origin: self.period.origin.clone(),
            consulted: self.period.consulted.clone(),
            written_information: WrittenInformationView {
                session: written.session.clone(),
                date: written.date,
                resolution: written.resolution.clone(),
                prepared_by: written.prepared_by.clone(),
                discussed_by: written.discussed_by.clone(),
                submitted_by: written.submitted_by.clone(),
            },
        }
    }

    fn statuses(&self, counts: Counts) -> Vec<StatusView> {
        Status::ALL
            .into_iter()
            .zip(counts.shares_in_tenths())
            .map(|(status, share)| StatusView {
                status,
                key: status.column(),
                name: status_name(self.strategy, status),
                definition: self
                    .strategy
                    .statuses
                    .get(&status)
                    .map(|wording| wording.definition.clone())
                    .unwrap_or_default(),
                count: counts.get(status),
                share: share as f64 / 10.0,
            })
            .collect()
    }

    fn areas(&self, measures: &BTreeMap<MeasureId, MeasureView>) -> Vec<AreaView> {
        self.strategy
            .areas
            .values()
            .map(|area| {
                let number = area.number.value;
                let ids: Vec<MeasureId> = measures.keys().filter(|id| id.area == number).copied().collect();
                AreaView {
                    numeral: number,
                    number: number.0,
                    anchor: format!("okruh-{}", number.0),
                    title: one_line(&area.title),
                    introduction: one_line(&area.introduction),
                    counts: count(measures, &ids).into(),
                    measures: ids,
                }
            })
            .filter(|area| !area.measures.is_empty())
            .collect()
    }

    fn measure(&self, measure: &Measure, evaluation: &Evaluation) -> MeasureView {
        let id = measure.id.value;
        let decision = self.period.decisions.get(&id);
        let submissions: Vec<SubmissionView> =
            self.submissions(id).iter().map(|submission| self.submission(submission, measure)).collect();
        MeasureView {
            id,
            anchor: id.anchor(),
            area: id.area,
            number: id.number,
            description: measure.description.value.clone(),
            indicator: measure.indicator.as_ref().map(|indicator| indicator.value.clone()),
            criteria: measure.criteria.iter().map(criterion).collect(),
            deadline: measure.deadline.as_ref().map(|deadline| deadline.value.to_string()),
            deadline_kind: measure.deadline.as_ref().map(|deadline| deadline.value.kind()),
            last_day: measure.deadline.as_ref().and_then(|deadline| deadline.value.last_day()),
            is_overdue: measure.is_due_by(self.period.to) && evaluation.status != Status::Done,
            responsible: measure.responsible.iter().map(|named| self.named(named.value)).collect(),
            lacks_responsible: measure.lacks_responsible(),
            cooperating: measure.cooperating.iter().map(|named| self.named(named.value)).collect(),
            status: evaluation.status,
            status_key: evaluation.status.column(),
            status_name: status_name(self.strategy, evaluation.status),
            computed_status: (evaluation.status != evaluation.computed).then_some(evaluation.computed),
            reason: self.reason(evaluation),
            decision_reason: decision.and_then(|decision| Some(decision.reason.as_ref()?.value.clone())),
            comment: joined_comments(&submissions),
            submissions,
        }
    }

    fn submissions(&self, id: MeasureId) -> &[Submission] {
        self.period.submissions.get(&id).map(Vec::as_slice).unwrap_or_default()
    }

    fn submission(&self, submission: &Submission, measure: &Measure) -> SubmissionView {
        let comments: Vec<&str> = submission.comments.iter().map(|comment| comment.value.trim()).collect();
        SubmissionView {
            submitter: self.body(submission.body.value),
            status: evaluate::claimed(submission, measure),
            comment: (!comments.is_empty()).then(|| comments.join("\n\n")),
            criteria: submission
                .criteria
                .iter()
                .map(|reported| ReportedView {
                    name: measure
                        .criteria
                        .get(reported.criterion.value)
                        .map(|criterion| criterion.name.clone())
                        .unwrap_or_default(),
                    value: reported.value.as_ref().map(|value| value.value),
                    status: reported.status.as_ref().map(|status| status.value),
                    evidence: reported.evidence.as_ref().map(|evidence| evidence.value.clone()),
                })
                .collect(),
            file: self.dataset.files.path(submission.place).to_owned(),
            line: self.dataset.files.line_column(submission.place).line,
        }
    }

    /// Why a measure has its status.
    fn reason(&self, evaluation: &Evaluation) -> String {
        let computed = match &evaluation.basis {
            Basis::NothingSubmitted => {
                "Nikdo k opatření nepředložil podklad, proto se počítá jako neplněné.".to_owned()
            }
            Basis::Stated(body) => format!("Podklad předložil subjekt {}.", self.strategy.register.code(*body)),
            Basis::Criteria(body, tally) => {
                format!(
                    "Stav vyplývá z kritérií v podkladu subjektu {}: {}.",
                    self.strategy.register.code(*body),
                    words(tally)
                )
            }
            Basis::Bodies(tally) => format!("Stav vyplývá z podkladů více subjektů: {}.", words(tally)),
        };
        if evaluation.is_decided {
            format!(
                "O stavu rozhodl koordinátor; z podkladů by vyplýval stav {}. {computed}",
                status_name(self.strategy, evaluation.computed)
            )
        } else {
            computed
        }
    }

    fn responsible(&self, measures: &BTreeMap<MeasureId, MeasureView>) -> Vec<ResponsibleView> {
        let mut ids_by_body: BTreeMap<BodyId, Vec<MeasureId>> = BTreeMap::new();
        for id in measures.keys() {
            let Some(measure) = self.strategy.measures.get(id) else { continue };
            for body in measure.responsible_bodies() {
                let ids = ids_by_body.entry(body).or_default();
                if ids.last() != Some(id) {
                    ids.push(*id);
                }
            }
        }
        let mut views: Vec<ResponsibleView> = ids_by_body
            .into_iter()
            .map(|(body, ids)| {
                let BodyView { code, name } = self.body(body);
                let anchor = format!("gestor-{}", crate::model::slug(&code));
                ResponsibleView { code, name, anchor, counts: count(measures, &ids).into(), measures: ids }
            })
            .collect();
        views.sort_by(|a, b| crate::collation::compare(&a.code, &b.code));
        views
    }

    fn deadlines(&self, measures: &BTreeMap<MeasureId, MeasureView>) -> Vec<DeadlineView> {
        let mut ids_by_deadline: BTreeMap<(u8, Option<Date>, String), Vec<MeasureId>> = BTreeMap::new();
        for measure in measures.values() {
            let (Some(text), Some(kind)) = (&measure.deadline, measure.deadline_kind) else { continue };
            let rank = match kind {
                "pevný" => 0,
                "průběžný" => 1,
                _ => 2,
            };
            ids_by_deadline.entry((rank, measure.last_day, text.clone())).or_default().push(measure.id);
        }
        ids_by_deadline
            .into_iter()
            .map(|((_, last_day, text), ids)| DeadlineView {
                text,
                kind: ids.first().and_then(|id| measures.get(id)?.deadline_kind).unwrap_or_default(),
                last_day,
                days_away: last_day.and_then(|day| self.period.to.until(day).ok()).map(|span| span.get_days()),
                counts: count(measures, &ids).into(),
                measures: ids,
            })
            .collect()
    }

    fn to_discuss(&self, measures: &BTreeMap<MeasureId, MeasureView>) -> ToDiscussView {
        let ids = |wanted: &dyn Fn(&MeasureView) -> bool| {
            measures.values().filter(|measure| wanted(measure)).map(|measure| measure.id).collect()
        };
        let horizon = twelve_months_after(self.period.to);
        ToDiscussView {
            unfulfilled: ids(&|measure| measure.status == Status::Unfulfilled),
            overdue: ids(&|measure| measure.is_overdue),
            without_responsible: ids(&|measure| measure.lacks_responsible),
            without_indicator: ids(&|measure| measure.indicator.is_none()),
            due_soon: ids(&|measure| {
                measure.status != Status::Done
                    && measure.last_day.is_some_and(|day| day > self.period.to && day <= horizon)
            }),
        }
    }

    fn annex(&self, diagnostics: &[Diagnostic], measures: &BTreeMap<MeasureId, MeasureView>) -> AnnexView {
        let mut by_rule: BTreeMap<(Severity, &'static str, Option<&str>), FindingsView> = BTreeMap::new();
        let is_shown = |id: &MeasureId| measures.contains_key(id) || !self.strategy.measures.contains_key(id);
        for diagnostic in diagnostics.iter().filter(|found| found.measure.as_ref().is_none_or(is_shown)) {
            let rule = diagnostic.rule;
            let reason = diagnostic.accepted.as_deref();
            let findings = by_rule.entry((rule.severity, rule.code, reason)).or_insert_with(|| FindingsView {
                code: rule.code,
                title: rule.title,
                severity: rule.severity.word(),
                count: 0,
                measures: Vec::new(),
                messages: Vec::new(),
                reason: reason.map(str::to_owned),
            });
            findings.count += 1;
            match diagnostic.measure {
                Some(measure) if self.strategy.measures.contains_key(&measure) => findings.measures.push(measure),
                _ => findings.messages.push(diagnostic.message.clone()),
            }
        }
        let mut findings: Vec<FindingsView> = by_rule.into_values().collect();
        for findings in &mut findings {
            findings.measures.sort();
            findings.measures.dedup();
        }
        let (accepted, findings) = findings.into_iter().partition(|findings| findings.reason.is_some());
        AnnexView { published: self.published(), findings, accepted }
    }

    fn published(&self) -> Option<PublishedView> {
        let published = self.period.published.as_ref()?;
        let statuses: Vec<PublishedStatusView> = Status::ALL
            .into_iter()
            .filter_map(|status| {
                Some(PublishedStatusView {
                    status,
                    name: status_name(self.strategy, status),
                    published: published.by_status.get(&status)?.value,
                    computed: self.evaluated.counts.get(status),
                })
            })
            .collect();
        let sum = statuses.iter().map(|status| status.published).sum();
        let total = published.total.value;
        let differs = sum != total
            || total != self.evaluated.counts.total()
            || statuses.iter().any(|status| status.published != status.computed);
        let computed_total = self.evaluated.counts.total();
        Some(PublishedView {
            total,
            computed_total,
            sum,
            differs,
            unfulfilled_share: published.unfulfilled_share.clone(),
            statuses,
        })
    }

    fn named(&self, named: Named) -> BodyView {
        match named {
            Named::Body(body) => self.body(body),
            Named::Unknown => BodyView { code: "???".to_owned(), name: "dosud neurčeno".to_owned() },
        }
    }

    fn body(&self, body: BodyId) -> BodyView {
        let body = self.strategy.register.get(body);
        BodyView { code: body.code.value.clone(), name: body.name.clone() }
    }
}

fn status_name(strategy: &Strategy, status: Status) -> String {
    strategy.statuses.get(&status).map_or_else(|| status.code().to_owned(), |wording| wording.name.clone())
}

fn draft(diagnostics: &[Diagnostic]) -> Option<DraftView> {
    let n_errors = crate::dataset::n_of(diagnostics, Severity::Error);
    (n_errors > 0).then_some(DraftView { n_errors })
}

fn count<'i>(measures: &BTreeMap<MeasureId, MeasureView>, ids: impl IntoIterator<Item = &'i MeasureId>) -> Counts {
    Counts::of(ids.into_iter().filter_map(|id| Some(measures.get(id)?.status)))
}

fn criterion(criterion: &Criterion) -> CriterionView {
    let kind = match criterion.kind {
        CriterionKind::Count => "pocet",
        CriterionKind::Output => "vystup",
    };
    CriterionView { name: criterion.name.clone(), kind }
}

fn words(tally: &Tally) -> String {
    let parts = [
        ("splněno", tally.n_done),
        ("plněno", tally.n_fulfilled),
        ("částečně plněno", tally.n_partly),
        ("neplněno", tally.n_unfulfilled),
    ];
    parts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| format!("{count}× {word}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The comments of all submissions; each under its submitter's code when there are several.
fn joined_comments(submissions: &[SubmissionView]) -> Option<String> {
    let comments: Vec<String> = submissions
        .iter()
        .filter_map(|submission| Some((submission, submission.comment.as_ref()?)))
        .map(|(submission, comment)| {
            if submissions.len() == 1 {
                comment.clone()
            } else {
                format!("{}:\n\n{comment}", submission.submitter.code)
            }
        })
        .collect();
    (!comments.is_empty()).then(|| comments.join("\n\n"))
}

fn twelve_months_after(day: Date) -> Date {
    day.checked_add(jiff::Span::new().years(1)).unwrap_or(Date::MAX)
}
