//! What documents see of the comparison with an earlier period, and how it is made from
//! [`crate::compare`]. Pure.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::compare::{self, Change, Changes, Comparison, Course};
use crate::dataset::{Dataset, Evaluated};
use crate::model::{AreaNumber, MeasureId, Status, one_line, slug};
use crate::stats::Counts;
use crate::view::build::named;
use crate::view::{BodyView, CountsView, Request};

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
    /// Difference of the two shares in percentage points; all differences add up to 0.
    #[serde(rename = "rozdil_podilu")]
    pub share_difference: f64,
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
    /// The later status; absent for a measure no longer followed.
    #[serde(rename = "stav")]
    pub later: Option<Status>,
    /// Its name without diacritics.
    #[serde(rename = "stav_klic")]
    pub later_key: Option<&'static str>,
    /// zlepšení, zhoršení, beze změny, nové or zaniklé
    #[serde(rename = "zmena")]
    pub change: &'static str,
    /// lepsi, horsi, stejne, nove or zanikle
    #[serde(rename = "zmena_klic")]
    pub change_key: &'static str,
    /// For how many periods in a row it has had its status, the later one included.
    #[serde(rename = "obdobi_beze_zmeny")]
    pub n_periods: Option<usize>,
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

/// The comparison of a period with the one asked for, or with the one before it; `None` when there
/// is none.
pub(super) fn build(dataset: &Dataset, later: &Evaluated<'_>, request: &Request) -> Option<ComparisonView> {
    let row = dataset.evaluate_before(later.period.year);
    let earlier = match request.with {
        Some(year) => row.iter().find(|evaluated| evaluated.period.year == year)?,
        None => row.last()?,
    };
    let mut comparison = Comparison::new(earlier, later);
    let shown: Vec<MeasureId> =
        comparison.courses.keys().copied().filter(|&id| is_shown(&comparison, request, id)).collect();
    comparison.courses.retain(|id, _| shown.contains(id));
    let n_since = row.iter().filter(|evaluated| evaluated.period.year >= earlier.period.year).count();
    let builder = Builder { dataset, row: &row, comparison, n_since };
    Some(builder.view())
}

/// Whether an excerpt shows a measure. One that was dropped has no status any more, and its bodies
/// are those of the earlier period.
fn is_shown(comparison: &Comparison<'_>, request: &Request, id: MeasureId) -> bool {
    let later = comparison.later;
    let selection = &request.selection;
    if let (Some(measure), Some(evaluation)) = (later.strategy.measures.get(&id), later.evaluations.get(&id)) {
        return selection.contains(measure, evaluation.status);
    }
    let responsible = comparison.responsible(id);
    let is_chosen = |&body: &_| responsible.contains(later.strategy.register.code(body));
    selection.statuses.is_empty()
        && (selection.areas.is_empty() || selection.areas.contains(&id.area))
        && (selection.responsible.is_empty() || selection.responsible.iter().any(is_chosen))
}

struct Builder<'a> {
    dataset: &'a Dataset,
    /// All periods before the reported one, oldest first.
    row: &'a [Evaluated<'a>],
    comparison: Comparison<'a>,
    /// How many periods lie between the two, the earlier one included.
    n_since: usize,
}

impl Builder<'_> {
    fn view(&self) -> ComparisonView {
        let courses = || self.comparison.courses.iter();
        let counts = |of: &dyn Fn(&Course) -> bool, status: fn(Course) -> Option<Status>| {
            Counts::of(courses().filter(|(_, course)| of(course)).filter_map(|(_, &course)| status(course))).into()
        };
        let ids = |is_wanted: &dyn Fn(&Course) -> bool| {
            courses().filter(|(_, course)| is_wanted(course)).map(|(&id, _)| id).collect()
        };
        let with = |change: Change| ids(&|course| course.change() == change);
        let unfulfilled = Course::Followed { earlier: Status::Unfulfilled, later: Status::Unfulfilled };
        ComparisonView {
            earlier: self.earlier(),
            statuses: self.statuses(),
            changes: self.comparison.changes().into(),
            transitions: self.transitions(),
            new: counts(&|course| matches!(course, Course::New(_)), Course::later),
            dropped: counts(&|course| matches!(course, Course::Dropped(_)), Course::earlier),
            measures: courses().map(|(&id, &course)| (id, self.course(id, course))).collect(),
            by_change: ByChangeView {
                better: with(Change::Better),
                worse: with(Change::Worse),
                same: with(Change::Same),
                still_unfulfilled: ids(&|course| *course == unfulfilled),
                new: with(Change::New),
                dropped: with(Change::Dropped),
            },
            standing: self.standing(),
            areas: self.areas(),
            responsible: self.responsible(),
        }
    }

    fn earlier(&self) -> EarlierPeriodView {
        let period = self.comparison.earlier.period;
        let source = |evaluated: &Evaluated<'_>| SourceView {
            name: evaluated.period.name(),
            origin: evaluated.period.origin.clone(),
            data_fingerprint: self.dataset.fingerprint(evaluated.period.year),
        };
        EarlierPeriodView {
            year: period.year.0,
            name: period.name(),
            counts: self.comparison.counts_earlier().into(),
            row: self.row.iter().map(source).collect(),
        }
    }

    fn statuses(&self) -> Vec<StatusChangeView> {
        let (earlier, later) = (self.comparison.counts_earlier(), self.comparison.counts_later());
        let shares = earlier.shares_in_tenths().into_iter().zip(later.shares_in_tenths());
        Status::ALL
            .into_iter()
            .zip(shares)
            .map(|(status, (share_earlier, share))| StatusChangeView {
                status,
                key: status.column(),
                name: self.name_of(status),
                count_earlier: earlier.get(status),
                count: later.get(status),
                difference: signed(later.get(status)) - signed(earlier.get(status)),
                share_earlier: share_earlier as f64 / 10.0,
                share: share as f64 / 10.0,
                share_difference: (signed(share) - signed(share_earlier)) as f64 / 10.0,
            })
            .collect()
    }

    fn transitions(&self) -> Vec<TransitionsView> {
        let matrix = self.comparison.matrix();
        let counts = self.comparison.counts_earlier();
        let transition = |earlier: Status, later: Status| TransitionView {
            key: later.column(),
            change: key(Course::Followed { earlier, later }.change()),
            count: matrix.moved(earlier, later),
        };
        Status::ALL
            .into_iter()
            .map(|status| TransitionsView {
                status,
                key: status.column(),
                name: self.name_of(status),
                to: Status::ALL.into_iter().map(|later| transition(status, later)).collect(),
                n_dropped: matrix.dropped_with(status),
                total: counts.get(status),
            })
            .collect()
    }

    fn course(&self, id: MeasureId, course: Course) -> CourseView {
        let strategy = self.comparison.defining(id).strategy;
        let measure = strategy.measures.get(&id);
        let n_periods = course.later().map(|_| self.n_periods(id));
        CourseView {
            area: id.area,
            description: measure.map(|measure| measure.description.value.clone()).unwrap_or_default(),
            responsible: measure
                .map(|measure| measure.responsible.iter().map(|body| named(strategy, body.value)).collect())
                .unwrap_or_default(),
            earlier: course.earlier(),
            earlier_key: course.earlier().map(Status::column),
            later: course.later(),
            later_key: course.later().map(Status::column),
            change: word(course.change()),
            change_key: key(course.change()),
            n_periods,
            history: self.history(id),
            words: self.words(course, n_periods),
        }
    }

    /// All periods, the reported one last.
    fn periods(&self) -> impl Iterator<Item = &Evaluated<'_>> {
        self.row.iter().chain([self.comparison.later])
    }

    fn n_periods(&self, id: MeasureId) -> usize {
        let status = |evaluated: &Evaluated<'_>| evaluated.evaluations.get(&id).map(|evaluation| evaluation.status);
        compare::periods_in_a_row(&self.periods().map(status).collect::<Vec<_>>())
    }

    fn history(&self, id: MeasureId) -> Vec<StageView> {
        self.periods()
            .filter_map(|evaluated| {
                let status = evaluated.evaluations.get(&id)?.status;
                Some(StageView { period: evaluated.period.name(), status, key: status.column() })
            })
            .collect()
    }

    fn words(&self, course: Course, n_periods: Option<usize>) -> String {
        let period = self.comparison.earlier.period.name();
        match course {
            Course::New(_) => format!("nové opatření, v období {period} se nesledovalo"),
            Course::Dropped(status) => format!("dál se nesleduje, v období {period} mělo stav {status}"),
            Course::Followed { earlier, later } if earlier == later => match n_periods {
                Some(n_periods) if self.is_unbroken(n_periods) => {
                    format!("beze změny: {later} {}", self.standing_words(n_periods))
                }
                _ => format!("stejný stav jako v období {period}, mezitím jiný: {later}"),
            },
            Course::Followed { earlier, later } => {
                format!("{} oproti období {period}: {earlier} → {later}", word(course.change()))
            }
        }
    }

    /// Whether a status that has lasted for so many periods was there in the earlier one already.
    fn is_unbroken(&self, n_periods: usize) -> bool {
        n_periods > self.n_since
    }

    fn standing_words(&self, n_periods: usize) -> String {
        if self.is_unbroken(n_periods) {
            format!("už {} období v řadě", ordinal(n_periods))
        } else {
            "mezitím v jiném stavu".to_owned()
        }
    }

    fn standing(&self) -> Vec<StandingView> {
        Status::ALL.into_iter().rev().filter_map(|status| self.standing_in(status)).collect()
    }

    fn standing_in(&self, status: Status) -> Option<StandingView> {
        let stays = Course::Followed { earlier: status, later: status };
        let mut by_length: BTreeMap<usize, Vec<MeasureId>> = BTreeMap::new();
        for (&id, _) in self.comparison.courses.iter().filter(|(_, course)| **course == stays) {
            let n_periods = self.n_periods(id);
            // How short a broken row is, is of no interest.
            by_length.entry(if self.is_unbroken(n_periods) { n_periods } else { 0 }).or_default().push(id);
        }
        let groups: Vec<StandingGroupView> = by_length
            .into_iter()
            .rev()
            .map(|(n_periods, measures)| StandingGroupView { words: self.standing_words(n_periods), measures })
            .collect();
        (!groups.is_empty()).then(|| StandingView {
            status,
            key: status.column(),
            name: self.name_of(status),
            count: groups.iter().map(|group| group.measures.len()).sum(),
            groups,
        })
    }

    fn areas(&self) -> Vec<AreaChangesView> {
        let title = |number| {
            let of =
                |evaluated: &Evaluated<'_>| evaluated.strategy.areas.get(&number).map(|area| one_line(&area.title));
            of(self.comparison.later).or_else(|| of(self.comparison.earlier)).unwrap_or_default()
        };
        self.comparison
            .by_area()
            .into_iter()
            .map(|(number, ids)| AreaChangesView {
                numeral: number,
                title: title(number),
                changes: self.comparison.changes_of(&ids).into(),
            })
            .collect()
    }

    fn responsible(&self) -> Vec<ResponsibleChangesView> {
        let name = |code: &str| {
            let of = |evaluated: &Evaluated<'_>| {
                let register = &evaluated.strategy.register;
                register.find(code).map(|body| register.get(body).name.clone())
            };
            of(self.comparison.later).or_else(|| of(self.comparison.earlier)).unwrap_or_else(|| code.to_owned())
        };
        let mut views: Vec<ResponsibleChangesView> = self
            .comparison
            .by_responsible()
            .into_iter()
            .map(|(code, ids)| ResponsibleChangesView {
                name: name(&code),
                anchor: format!("gestor-{}", slug(&code)),
                changes: self.comparison.changes_of(&ids).into(),
                code,
            })
            .collect();
        views.sort_by(|a, b| crate::collation::compare(&a.code, &b.code));
        views
    }

    fn name_of(&self, status: Status) -> String {
        self.comparison.later.strategy.status_name(status)
    }
}

/// The word of a change, as exports have it.
fn word(change: Change) -> &'static str {
    match change {
        Change::Better => "zlepšení",
        Change::Worse => "zhoršení",
        Change::Same => "beze změny",
        Change::New => "nové",
        Change::Dropped => "zaniklé",
    }
}

/// The same for classes of CSS, as in [`ChangesView`].
fn key(change: Change) -> &'static str {
    match change {
        Change::Better => "lepsi",
        Change::Worse => "horsi",
        Change::Same => "stejne",
        Change::New => "nove",
        Change::Dropped => "zanikle",
    }
}

/// „druhé“ (období)
fn ordinal(number: usize) -> String {
    const WORDS: [&str; 9] = ["druhé", "třetí", "čtvrté", "páté", "šesté", "sedmé", "osmé", "deváté", "desáté"];
    let word = number.checked_sub(2).and_then(|index| WORDS.get(index));
    word.map_or_else(|| format!("{number}."), |word| (*word).to_owned())
}

/// Counts of measures are small.
fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Year;
    use crate::rules::testing;

    fn dataset(statuses: &[(&str, &str)]) -> Dataset {
        let files: Vec<(String, String)> = statuses
            .iter()
            .flat_map(|(year, status)| {
                let first = year.parse::<u16>().unwrap_or_default() - 1;
                [
                    (
                        format!("obdobi/{year}/obdobi.yaml"),
                        format!("obdobi: {year}\nod: {first}-01-01\ndo: {year}-12-31\nke_dni: {year}-12-31\n"),
                    ),
                    (
                        format!("obdobi/{year}/podklady/oz.yaml"),
                        format!("predkladatel: OZ\npodklady:\n  - {{opatreni: II/1, stav: {status}}}\n"),
                    ),
                ]
            })
            .collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        testing::dataset(&[&files[..], &[("obdobi/2023/podklady/osv.yaml", "")]].concat())
    }

    fn words(statuses: &[(&str, &str)], year: u16, with: Option<u16>) -> String {
        let dataset = dataset(statuses);
        let evaluated = dataset.evaluate(Year(year)).expect("the period is there");
        let request = Request { with: with.map(Year), ..Request::default() };
        let view = build(&dataset, &evaluated, &request).expect("there is an earlier period");
        let id = MeasureId::parse("II/1").expect("an id");
        view.measures[&id].words.clone()
    }

    #[test]
    fn a_course_is_told_in_words() {
        let periods = [("2023", "ČÁSTEČNĚ"), ("2025", "PLNĚNO"), ("2027", "ČÁSTEČNĚ"), ("2029", "ČÁSTEČNĚ")];
        for (year, with, expected) in [
            (2025, None, "zlepšení oproti období 2022–2023: ČÁSTEČNĚ → PLNĚNO"),
            (2027, None, "zhoršení oproti období 2024–2025: PLNĚNO → ČÁSTEČNĚ"),
            (2029, None, "beze změny: ČÁSTEČNĚ už druhé období v řadě"),
            (2027, Some(2023), "stejný stav jako v období 2022–2023, mezitím jiný: ČÁSTEČNĚ"),
            (2029, Some(2023), "stejný stav jako v období 2022–2023, mezitím jiný: ČÁSTEČNĚ"),
        ] {
            assert_eq!(words(&periods, year, with), expected, "{year} with {with:?}");
        }
        let periods = [("2023", "NEPLNĚNO"), ("2025", "NEPLNĚNO"), ("2027", "NEPLNĚNO")];
        assert_eq!(words(&periods, 2027, Some(2023)), "beze změny: NEPLNĚNO už třetí období v řadě");
    }

    #[test]
    fn ordinals_of_many_periods_are_numbers() {
        assert_eq!([2, 5, 10, 11].map(ordinal), ["druhé", "páté", "desáté", "11."]);
    }

    #[test]
    fn the_first_period_has_nothing_to_be_compared_with() {
        let dataset = testing::dataset(&[]);
        let evaluated = dataset.evaluate(Year(2023)).expect("the period is there");
        assert!(build(&dataset, &evaluated, &Request::default()).is_none());
    }
}
