//! What documents see: one value, [`ReportView`], that templates and exports are made from. Pure.
//!
//! Names are Czech in the serialized form, the same as the keys of the data and the columns of the
//! exports, because the region writes its own templates and narratives with them.

mod abbreviations;
mod build;
mod changes;
mod comments;
mod comparison;
pub mod joined;
mod measure;
mod plan;
mod request;
mod status_words;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

pub use self::build::{build, reason};
pub use self::changes::MeasureChangeView;
pub use self::comments::{CommentView, CommentsView, ResolutionCountsView};
pub use self::comparison::{
    AreaChangesView, ByChangeView, ChangesView, ComparisonView, CourseView, EarlierPeriodView, ResponsibleChangesView,
    SourceView, StageView, StandingGroupView, StandingView, StatusChangeView, TransitionView, TransitionsView,
};
pub use self::measure::{BodyView, CodedView, CriterionView, DecisionView, MeasureView, ReportedView, SubmissionView};
pub use self::plan::{ElsewhereView, PlanGroupView, PlanView, PlanYears};
pub use self::request::{Request, Selection};
pub use self::status_words::within_sentence;
use crate::model::{AreaNumber, MeasureId, OpenData, Status};
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
    /// Whether some share is another one than its own rounding would give, so that they add up.
    #[serde(rename = "podily_vyrovnany")]
    pub has_adjusted_shares: bool,
    /// The areas in order, with the ids of their measures.
    #[serde(rename = "okruhy")]
    pub areas: Vec<AreaView>,
    /// All measures shown, by id.
    #[serde(rename = "opatreni")]
    pub measures: BTreeMap<MeasureId, MeasureView>,
    /// Whether anybody submitted anything about them.
    #[serde(rename = "ma_podklady")]
    pub has_submissions: bool,
    /// Responsible bodies in Czech order; a measure counts once for each of them.
    #[serde(rename = "gestori")]
    pub responsible: Vec<ResponsibleView>,
    /// Bodies whose codes do not say their names, in Czech order.
    #[serde(rename = "zkratky")]
    pub abbreviations: Vec<BodyView>,
    /// The bodies that are asked for submissions, in the order of the register.
    #[serde(rename = "osloveni")]
    pub addressees: Vec<AddresseeView>,
    /// Deadlines from the nearest one; ongoing and conditional ones last.
    #[serde(rename = "terminy")]
    pub deadlines: Vec<DeadlineView>,
    /// What the readers should discuss.
    #[serde(rename = "k_projednani")]
    pub to_discuss: ToDiscussView,
    /// The earlier period that this one is compared with; absent for the first one.
    #[serde(rename = "porovnani")]
    pub comparison: Option<ComparisonView>,
    /// What resolutions changed in measures since that period.
    #[serde(rename = "zmeny_opatreni")]
    pub changes: Vec<MeasureChangeView>,
    /// What an action plan needs.
    #[serde(rename = "plan")]
    pub plan: PlanView,
    /// The comments on the draft.
    #[serde(rename = "pripominky")]
    pub comments: CommentsView,
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
    /// Both in the genitive, as they stand in „Informace o naplňování …“.
    #[serde(rename = "ve_2_pade")]
    pub genitive: GenitiveView,
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
    /// What only the publisher of open data knows.
    #[serde(rename = "otevrena_data")]
    pub open_data: Option<OpenData>,
}

/// What the strategy is called, in the genitive or in words that need no case.
#[derive(Debug, Serialize)]
pub struct GenitiveView {
    /// Full name.
    #[serde(rename = "nazev")]
    pub name: String,
    /// Short name.
    #[serde(rename = "zkratka")]
    pub short_name: String,
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
    /// Until when submissions were to come in.
    #[serde(rename = "termin_podkladu")]
    pub due: Option<Date>,
    /// To whom the report went for comments.
    #[serde(rename = "projednani")]
    pub consulted: Vec<String>,
    /// What the one-page document for the assembly needs to know.
    #[serde(rename = "pisemna_informace")]
    pub written_information: WrittenInformationView,
    /// Set when the period is frozen.
    #[serde(rename = "zmrazeno")]
    pub frozen: Option<FrozenView>,
}

/// By what a period was closed.
#[derive(Debug, Serialize)]
pub struct FrozenView {
    /// The resolution by which its report was approved.
    #[serde(rename = "usneseni")]
    pub resolution: Option<String>,
    /// What its verdicts and counts were counted from.
    #[serde(rename = "puvod")]
    pub origin: Option<String>,
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
    /// The same in one word where it is one of the four, for headings of narrow columns.
    #[serde(rename = "kratce")]
    pub short_name: String,
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

/// A body that is asked for submissions, with the ids of what it is asked about.
#[derive(Debug, Serialize)]
pub struct AddresseeView {
    /// Its code.
    #[serde(rename = "kod")]
    pub code: String,
    /// Its name.
    #[serde(rename = "nazev")]
    pub name: String,
    /// What it is: a department, a ministry, a whole group.
    #[serde(rename = "druh")]
    pub kind: String,
    /// Measures it is responsible for.
    #[serde(rename = "gestor")]
    pub responsible: Vec<MeasureId>,
    /// Measures it takes part in.
    #[serde(rename = "spolupracuje")]
    pub cooperating: Vec<MeasureId>,
    /// Measures it is responsible for and has sent nothing about.
    #[serde(rename = "chybi")]
    pub missing: Vec<MeasureId>,
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
    /// Where the coordinator decided.
    #[serde(rename = "rozhodnuto")]
    pub decided: Vec<MeasureId>,
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
