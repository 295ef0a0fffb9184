//! What documents see of the comparison with an earlier period. Pure.

mod build;
mod shares;

use std::collections::BTreeMap;

use serde::Serialize;

pub(super) use self::build::build;
use crate::compare::Changes;
use crate::model::{AreaNumber, MeasureId, Status};
use crate::view::{BodyView, CountsView};

/// A period beside an earlier one.
#[derive(Debug, Serialize)]
pub struct ComparisonView {
    /// The earlier period.
    #[serde(rename = "drive")]
    pub earlier: EarlierPeriodView,
    /// The statuses from best to worst, with the counts and shares of both periods.
    #[serde(rename = "stavy")]
    pub statuses: Vec<StatusChangeView>,
    /// How many measures went which way.
    #[serde(rename = "zmeny")]
    pub changes: ChangesView,
    /// From which status to which: a row for each earlier status, from best to worst.
    #[serde(rename = "prechody")]
    pub transitions: Vec<TransitionsView>,
    /// New measures by status.
    #[serde(rename = "nove")]
    pub new: CountsView,
    /// Dropped measures by the status they had.
    #[serde(rename = "zanikle")]
    pub dropped: CountsView,
    /// Every measure of either period, by id.
    #[serde(rename = "opatreni")]
    pub measures: BTreeMap<MeasureId, CourseView>,
    /// Ids of the measures by what became of them.
    #[serde(rename = "podle_zmeny")]
    pub by_change: ByChangeView,
    /// The measures that stayed as they were, by status from worst to best.
    #[serde(rename = "stojici")]
    pub standing: Vec<StandingView>,
    /// The areas of both periods.
    #[serde(rename = "okruhy")]
    pub areas: Vec<AreaChangesView>,
    /// The responsible bodies in Czech order; a measure counts once for each of them.
    #[serde(rename = "gestori")]
    pub responsible: Vec<ResponsibleChangesView>,
}

/// The period compared with.
#[derive(Debug, Serialize)]
pub struct EarlierPeriodView {
    /// Its last year.
    #[serde(rename = "rok")]
    pub year: u16,
    /// `2022–2023`
    #[serde(rename = "nazev")]
    pub name: String,
    /// Counts of its measures.
    #[serde(rename = "pocty")]
    pub counts: CountsView,
    /// All periods before the reported one, oldest first, with the hash of the data they come from:
    /// they decide for how long a status has lasted.
    #[serde(rename = "rada")]
    pub row: Vec<SourceView>,
}

/// A period whose data went into the comparison.
#[derive(Debug, Serialize)]
pub struct SourceView {
    /// `2022–2023`
    #[serde(rename = "nazev")]
    pub name: String,
    /// Where its verdicts come from when they are not the bodies' own submissions.
    #[serde(rename = "puvod")]
    pub origin: Option<String>,
    /// SHA-256 of the definitions and the period.
    #[serde(rename = "otisk_dat")]
    pub data_fingerprint: String,
}

/// One status in both periods.
#[derive(Debug, Serialize)]
pub struct StatusChangeView {
    /// SPLNĚNO, PLNĚNO, ČÁSTEČNĚ or NEPLNĚNO.
    #[serde(rename = "stav")]
    pub status: Status,
    /// Its name without diacritics.
    #[serde(rename = "klic")]
    pub key: &'static str,
    /// How the report calls it.
    #[serde(rename = "nazev")]
    pub name: String,
    /// Measures in the earlier period.
    #[serde(rename = "pocet_drive")]
    pub count_earlier: usize,
    /// Measures in the later one.
    #[serde(rename = "pocet")]
    pub count: usize,
    /// How many more.
    #[serde(rename = "rozdil")]
    pub difference: i64,
    /// Share in the earlier period in percent.
    #[serde(rename = "podil_drive")]
    pub share_earlier: f64,
    /// Share in the later one.
    #[serde(rename = "podil")]
    pub share: f64,
    /// By how many percentage points the share grew, from the counts; all differences add up to 0 where
    /// both periods have measures.
    #[serde(rename = "rozdil_podilu")]
    pub share_difference: f64,
    /// Whether that is also the difference of the two rounded shares.
    #[serde(rename = "rozdil_uvedenych")]
    pub is_of_shown_shares: bool,
}

/// How many measures went which way.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ChangesView {
    /// Better.
    #[serde(rename = "lepsi")]
    pub n_better: usize,
    /// Worse.
    #[serde(rename = "horsi")]
    pub n_worse: usize,
    /// The same.
    #[serde(rename = "stejne")]
    pub n_same: usize,
    /// New in the later period.
    #[serde(rename = "nove")]
    pub n_new: usize,
    /// No longer followed.
    #[serde(rename = "zanikle")]
    pub n_dropped: usize,
}

impl From<Changes> for ChangesView {
    fn from(changes: Changes) -> Self {
        let Changes { n_better, n_worse, n_same, n_new, n_dropped } = changes;
        Self { n_better, n_worse, n_same, n_new, n_dropped }
    }
}

/// Where the measures of one earlier status went.
#[derive(Debug, Serialize)]
pub struct TransitionsView {
    /// The earlier status.
    #[serde(rename = "stav")]
    pub status: Status,
    /// Its name without diacritics.
    #[serde(rename = "klic")]
    pub key: &'static str,
    /// How the report calls it.
    #[serde(rename = "nazev")]
    pub name: String,
    /// The same in short.
    #[serde(rename = "kratce")]
    pub short_name: String,
    /// The later statuses, from best to worst.
    #[serde(rename = "do")]
    pub to: Vec<TransitionView>,
    /// Those no longer followed.
    #[serde(rename = "zanikle")]
    pub n_dropped: usize,
    /// All measures of the earlier status.
    #[serde(rename = "celkem")]
    pub total: usize,
}

/// One field of the table of transitions.
#[derive(Debug, Serialize)]
pub struct TransitionView {
    /// The later status without diacritics.
    #[serde(rename = "klic")]
    pub key: &'static str,
    /// lepsi, horsi or stejne
    #[serde(rename = "zmena")]
    pub change: &'static str,
    /// How many measures.
    #[serde(rename = "pocet")]
    pub count: usize,
}

/// What became of one measure.
#[derive(Debug, Serialize)]
pub struct CourseView {
    /// Roman numeral of its area.
    #[serde(rename = "okruh")]
    pub area: AreaNumber,
    /// Official description, in the later period where that knows it.
    #[serde(rename = "popis")]
    pub description: String,
    /// Responsible bodies.
    #[serde(rename = "odpovednost")]
    pub responsible: Vec<BodyView>,
    /// The earlier status; absent for a new measure.
    #[serde(rename = "stav_drive")]
    pub earlier: Option<Status>,
    /// Its name without diacritics.
    #[serde(rename = "stav_drive_klic")]
    pub earlier_key: Option<&'static str>,
    /// How the report calls it in short.
    #[serde(rename = "stav_drive_kratce")]
    pub earlier_name: Option<String>,
    /// The later status; absent for a measure no longer followed.
    #[serde(rename = "stav")]
    pub later: Option<Status>,
    /// Its name without diacritics.
    #[serde(rename = "stav_klic")]
    pub later_key: Option<&'static str>,
    /// How the report calls it in short.
    #[serde(rename = "stav_kratce")]
    pub later_name: Option<String>,
    /// zlepšení, zhoršení, beze změny, nové or zaniklé
    #[serde(rename = "zmena")]
    pub change: &'static str,
    /// lepsi, horsi, stejne, nove or zanikle
    #[serde(rename = "zmena_klic")]
    pub change_key: &'static str,
    /// For how many periods in a row it has had its status, the later one included.
    #[serde(rename = "obdobi_beze_zmeny")]
    pub n_periods: Option<usize>,
    /// Whether the earlier period does not know it, but one before that does.
    #[serde(rename = "znovu_sledovane")]
    pub is_resumed: bool,
    /// Its status in every period up to the later one that knows it, oldest first.
    #[serde(rename = "prubeh")]
    pub history: Vec<StageView>,
    /// What became of it, in Czech; begins with a small letter and has no full stop.
    #[serde(rename = "slovy")]
    pub words: String,
}

/// The status in one period.
#[derive(Debug, Serialize)]
pub struct StageView {
    /// `2022–2023`
    #[serde(rename = "obdobi")]
    pub period: String,
    /// The status.
    #[serde(rename = "stav")]
    pub status: Status,
    /// Its name without diacritics.
    #[serde(rename = "klic")]
    pub key: &'static str,
    /// How the report calls it in short.
    #[serde(rename = "stav_kratce")]
    pub name: String,
}

/// Ids of measures by what became of them.
#[derive(Debug, Default, Serialize)]
pub struct ByChangeView {
    /// Better.
    #[serde(rename = "lepsi")]
    pub better: Vec<MeasureId>,
    /// Worse.
    #[serde(rename = "horsi")]
    pub worse: Vec<MeasureId>,
    /// The same.
    #[serde(rename = "stejne")]
    pub same: Vec<MeasureId>,
    /// Those of the same that are NEPLNĚNO.
    #[serde(rename = "stale_neplnene")]
    pub still_unfulfilled: Vec<MeasureId>,
    /// New.
    #[serde(rename = "nove")]
    pub new: Vec<MeasureId>,
    /// No longer followed.
    #[serde(rename = "zanikle")]
    pub dropped: Vec<MeasureId>,
}

/// The measures that stayed in one status.
#[derive(Debug, Serialize)]
pub struct StandingView {
    /// The status.
    #[serde(rename = "stav")]
    pub status: Status,
    /// Its name without diacritics.
    #[serde(rename = "klic")]
    pub key: &'static str,
    /// How the report calls it.
    #[serde(rename = "nazev")]
    pub name: String,
    /// How many measures.
    #[serde(rename = "pocet")]
    pub count: usize,
    /// The measures by how long they have stood, the longest first.
    #[serde(rename = "skupiny")]
    pub groups: Vec<StandingGroupView>,
}

/// Measures that have stood in one status for equally long.
#[derive(Debug, Serialize)]
pub struct StandingGroupView {
    /// For how long, in Czech: „už druhé období v řadě“.
    #[serde(rename = "slovy")]
    pub words: String,
    /// Their ids.
    #[serde(rename = "opatreni")]
    pub measures: Vec<MeasureId>,
}

/// How an area went.
#[derive(Debug, Serialize)]
pub struct AreaChangesView {
    /// Its Roman numeral.
    #[serde(rename = "okruh")]
    pub numeral: AreaNumber,
    /// Title.
    #[serde(rename = "nazev")]
    pub title: String,
    /// How many of its measures went which way.
    #[serde(rename = "zmeny")]
    pub changes: ChangesView,
}

/// How the measures of a responsible body went.
#[derive(Debug, Serialize)]
pub struct ResponsibleChangesView {
    /// Its code.
    #[serde(rename = "kod")]
    pub code: String,
    /// Its name.
    #[serde(rename = "nazev")]
    pub name: String,
    /// Its anchor: `gestor-osv`.
    #[serde(rename = "kotva")]
    pub anchor: String,
    /// How many of its measures went which way.
    #[serde(rename = "zmeny")]
    pub changes: ChangesView,
}
