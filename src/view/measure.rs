//! What templates see of one measure: its verdict, what was reported on it and by whom.

use jiff::civil::Date;
use serde::Serialize;

use crate::model::{AreaNumber, MeasureId, Status};

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
    /// Related documents.
    #[serde(rename = "vazby")]
    pub documents: Vec<CodedView>,
    /// Where the money comes from.
    #[serde(rename = "financovani")]
    pub funding: Vec<CodedView>,
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
    /// Why it has this status, in one or two Czech sentences.
    #[serde(rename = "proc")]
    pub reason: String,
    /// The coordinator's reason, where there is a decision.
    #[serde(rename = "duvod_rozhodnuti")]
    pub decision_reason: Option<String>,
    /// What else is known of the coordinator's decision, where there is one.
    #[serde(rename = "rozhodnuti")]
    pub decision: Option<DecisionView>,
    /// What the bodies sent.
    #[serde(rename = "podklady")]
    pub submissions: Vec<SubmissionView>,
    /// All comments together, in Markdown; with several submitters each under its code.
    #[serde(rename = "komentar")]
    pub comment: Option<String>,
}

/// A decision of the coordinator, beside what the submissions give; the two may be the same where it
/// settles a tie.
#[derive(Debug, Serialize)]
pub struct DecisionView {
    /// What the submissions give.
    #[serde(rename = "stav_vypocteny")]
    pub computed: Status,
    /// Its name without diacritics.
    #[serde(rename = "stav_vypocteny_klic")]
    pub computed_key: &'static str,
    /// How the report calls it.
    #[serde(rename = "stav_vypocteny_nazev")]
    pub computed_name: String,
    /// How it came about, one Czech sentence.
    #[serde(rename = "z_ceho")]
    pub basis: String,
    /// In which capacity it was decided.
    #[serde(rename = "rozhodl")]
    pub decided_by: Option<String>,
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

/// A related document or a source of money.
#[derive(Debug, Serialize)]
pub struct CodedView {
    /// Its code.
    #[serde(rename = "kod")]
    pub code: String,
    /// Its full name.
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
    /// How the report calls it in short.
    #[serde(rename = "stav_kratce")]
    pub status_name: Option<String>,
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
    /// How the report calls it in short.
    #[serde(rename = "stav_kratce")]
    pub status_name: Option<String>,
    /// The evidence.
    #[serde(rename = "doklad")]
    pub evidence: Option<String>,
}
