//! How the comparison is made from [`crate::compare`]. Pure.

use std::collections::BTreeMap;

use crate::compare::{self, Change, Comparison, Course};
use crate::dataset::{Dataset, Evaluated};
use crate::model::{Measure, MeasureId, Status, anchor_of_body, one_line, ordinal};
use crate::stats::Counts;
use crate::view::build::named;
use crate::view::comparison::shares::{share_differences, signed};
use crate::view::comparison::{
    AreaChangesView, ByChangeView, ComparisonView, CourseView, EarlierPeriodView, ResponsibleChangesView, SourceView,
    StageView, StandingGroupView, StandingView, StatusChangeView, TransitionView, TransitionsView,
};
use crate::view::{BodyView, Request};

/// The comparison of a period with the one asked for, or with the one before it; `None` when there
/// is none.
pub(in crate::view) fn build(dataset: &Dataset, later: &Evaluated<'_>, request: &Request) -> Option<ComparisonView> {
    let row = dataset.evaluate_before(later.period.year);
    let earlier = match request.with {
        Some(year) => row.iter().find(|evaluated| evaluated.period.year == year)?,
        None => row.last()?,
    };
    let mut comparison = Comparison::new(earlier, later);
    let shown: Vec<MeasureId> =
        comparison.courses.keys().copied().filter(|&id| is_shown(&comparison, request, id)).collect();
    // They are in the order of their ids.
    comparison.courses.retain(|id, _| shown.binary_search(id).is_ok());
    let n_before = row.iter().filter(|evaluated| evaluated.period.year < earlier.period.year).count();
    let builder = Builder { dataset, row: &row, comparison, n_before };
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
    let is_chosen = |&body: &_| responsible.contains_key(later.strategy.register.code(body));
    selection.statuses.is_empty()
        && (selection.areas.is_empty() || selection.areas.contains(&id.area))
        && (selection.responsible.is_empty() || selection.responsible.iter().any(is_chosen))
}

struct Builder<'a> {
    dataset: &'a Dataset,
    /// All periods before the reported one, oldest first.
    row: &'a [Evaluated<'a>],
    comparison: Comparison<'a>,
    /// How many of them come before the earlier one of the two.
    n_before: usize,
}

/// How a status that a measure has in both periods came to be there in the later one; what is told last comes
/// first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stay {
    /// Nobody followed the measure meanwhile.
    NotFollowed,
    /// It had another status meanwhile.
    Otherwise,
    /// It has had it for so many periods in a row, the earlier one included.
    Unbroken(usize),
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
            .zip(share_differences(earlier, later))
            .map(|((status, (share_earlier, share)), share_difference)| StatusChangeView {
                status,
                key: status.column(),
                name: self.name_of(status),
                count_earlier: earlier.get(status),
                count: later.get(status),
                difference: signed(later.get(status)) - signed(earlier.get(status)),
                share_earlier: share_earlier as f64 / 10.0,
                share: share as f64 / 10.0,
                share_difference: share_difference as f64 / 10.0,
                is_of_shown_shares: share_difference == signed(share) - signed(share_earlier),
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
                short_name: self.short_name_of(status),
                to: Status::ALL.into_iter().map(|later| transition(status, later)).collect(),
                n_dropped: matrix.dropped_with(status),
                total: counts.get(status),
            })
            .collect()
    }

    fn course(&self, id: MeasureId, course: Course) -> CourseView {
        let measure = self.comparison.defining(id).strategy.measures.get(&id);
        CourseView {
            area: id.area,
            description: measure.map(|measure| measure.description.value.to_string()).unwrap_or_default(),
            responsible: measure.map(|measure| self.responsible_for(measure)).unwrap_or_default(),
            earlier: course.earlier(),
            earlier_key: course.earlier().map(Status::column),
            earlier_name: course.earlier().map(|status| self.short_name_of(status)),
            later: course.later(),
            later_key: course.later().map(Status::column),
            later_name: course.later().map(|status| self.short_name_of(status)),
            change: word(course.change()),
            change_key: key(course.change()),
            n_periods: course.later().map(|_| self.n_periods(id)),
            is_resumed: self.is_resumed(id, course),
            history: self.history(id),
            words: self.words(id, course),
        }
    }

    /// Who is responsible for a measure, in the order it is written. Two bodies that are one by now are
    /// named once.
    fn responsible_for(&self, measure: &Measure) -> Vec<BodyView> {
        let defining = self.comparison.defining(measure.id.value).strategy;
        let register = &self.comparison.later.strategy.register;
        let mut views: Vec<BodyView> = Vec::new();
        for body in &measure.responsible {
            let view = named(body.value, |body| register.as_now(body, &defining.register));
            if views.iter().all(|known| known.code != view.code) {
                views.push(view);
            }
        }
        views
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
                let name = self.short_name_of(status);
                Some(StageView { period: evaluated.period.name(), status, key: status.column(), name })
            })
            .collect()
    }

    fn words(&self, id: MeasureId, course: Course) -> String {
        let period = self.comparison.earlier.period.name();
        let name = |status| self.short_name_of(status);
        match course {
            Course::New(_) if self.is_resumed(id, course) => {
                format!("znovu sledované opatření, v období {period} se nesledovalo")
            }
            Course::New(_) => format!("nové opatření, v období {period} se nesledovalo"),
            Course::Dropped(status) => format!("dál se nesleduje, v období {period} mělo stav {}", name(status)),
            Course::Followed { earlier, later } if earlier == later => match self.stay(id, later) {
                stay @ Stay::Unbroken(_) => format!("beze změny: {} {}", name(later), stay.words()),
                Stay::Otherwise => format!("stejný stav jako v období {period}: {}, mezitím jiný", name(later)),
                Stay::NotFollowed => {
                    format!("stejný stav jako v období {period}: {}, mezitím se nesledovalo", name(later))
                }
            },
            Course::Followed { earlier, later } => {
                format!("{} oproti období {period}: {} → {}", word(course.change()), name(earlier), name(later))
            }
        }
    }

    /// Whether a measure that the earlier period does not know was followed before it.
    fn is_resumed(&self, id: MeasureId, course: Course) -> bool {
        let was_followed = |evaluated: &Evaluated<'_>| evaluated.evaluations.contains_key(&id);
        matches!(course, Course::New(_)) && self.row[..self.n_before].iter().any(was_followed)
    }

    /// How a measure has stayed in a status that it has in both periods.
    fn stay(&self, id: MeasureId, status: Status) -> Stay {
        let n_periods = self.n_periods(id);
        let since = &self.row[self.n_before..];
        let is_other = |evaluated: &Evaluated<'_>| {
            evaluated.evaluations.get(&id).is_some_and(|evaluation| evaluation.status != status)
        };
        if n_periods > since.len() {
            Stay::Unbroken(n_periods)
        } else if since.iter().any(is_other) {
            Stay::Otherwise
        } else {
            Stay::NotFollowed
        }
    }

    fn standing(&self) -> Vec<StandingView> {
        Status::ALL.into_iter().rev().filter_map(|status| self.standing_in(status)).collect()
    }

    fn standing_in(&self, status: Status) -> Option<StandingView> {
        let stays = Course::Followed { earlier: status, later: status };
        let mut by_stay: BTreeMap<Stay, Vec<MeasureId>> = BTreeMap::new();
        for (&id, _) in self.comparison.courses.iter().filter(|(_, course)| **course == stays) {
            by_stay.entry(self.stay(id, status)).or_default().push(id);
        }
        let groups: Vec<StandingGroupView> = by_stay
            .into_iter()
            .rev()
            .map(|(stay, measures)| StandingGroupView { words: stay.words(), measures })
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
        let mut views: Vec<ResponsibleChangesView> = self
            .comparison
            .by_responsible()
            .into_iter()
            .map(|(code, (body, ids))| ResponsibleChangesView {
                code: code.to_owned(),
                name: body.name.clone(),
                anchor: anchor_of_body(code),
                changes: self.comparison.changes_of(&ids).into(),
            })
            .collect();
        views.sort_by(|a, b| crate::collation::compare(&a.code, &b.code));
        views
    }

    fn name_of(&self, status: Status) -> String {
        self.comparison.later.strategy.status_name(status)
    }

    fn short_name_of(&self, status: Status) -> String {
        self.comparison.later.strategy.status_short_name(status)
    }
}

impl Stay {
    fn words(self) -> String {
        match self {
            Self::Unbroken(n_periods) => format!("už {} období v řadě", ordinal(n_periods)),
            Self::Otherwise => "mezitím v jiném stavu".to_owned(),
            Self::NotFollowed => "mezitím se nesledovalo".to_owned(),
        }
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

/// The same for classes of CSS, as in [`crate::view::ChangesView`].
fn key(change: Change) -> &'static str {
    match change {
        Change::Better => "lepsi",
        Change::Worse => "horsi",
        Change::Same => "stejne",
        Change::New => "nove",
        Change::Dropped => "zanikle",
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::model::Year;
    use crate::rules::testing;

    /// The measure is not followed.
    const CANCELLED: &str = "zrušeno";

    /// What was said of II/1 in which period.
    fn dataset(statuses: &[(&str, &str)]) -> Dataset {
        let mut changes = String::new();
        let mut was_followed = true;
        let mut files: Vec<(String, String)> = Vec::new();
        for (year, status) in statuses {
            let first = year.parse::<u16>().unwrap_or_default() - 1;
            files.push((
                format!("obdobi/{year}/obdobi.yaml"),
                format!("obdobi: {year}\nod: {first}-01-01\ndo: {year}-12-31\nke_dni: {year}-12-31\n"),
            ));
            let is_followed = *status != CANCELLED;
            let path = format!("obdobi/{year}/podklady/oz.yaml");
            let submission = format!("predkladatel: OZ\npodklady:\n  - {{opatreni: II/1, stav: {status}}}\n");
            files.push((path, if is_followed { submission } else { String::new() }));
            if is_followed != was_followed {
                let kind = if is_followed { "vznik" } else { "zruseni" };
                writeln!(changes, "      - {{od: {year}, druh: {kind}, usneseni: 1/{year}}}").expect("into a text");
            }
            was_followed = is_followed;
        }
        if !changes.is_empty() {
            let area = testing::edited("opatreni/02.yaml", "    popis:", &format!("    zmeny:\n{changes}    popis:"));
            files.push(("opatreni/02.yaml".to_owned(), area));
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        testing::dataset(&[&files[..], &[("obdobi/2023/podklady/osv.yaml", "")]].concat())
    }

    fn view(statuses: &[(&str, &str)], year: u16, with: Option<u16>) -> ComparisonView {
        let dataset = dataset(statuses);
        let evaluated = dataset.evaluate(Year(year)).expect("the period is there");
        let request = Request { with: with.map(Year), ..Request::default() };
        build(&dataset, &evaluated, &request).expect("there is an earlier period")
    }

    fn words(statuses: &[(&str, &str)], year: u16, with: Option<u16>) -> String {
        let id = MeasureId::parse("II/1").expect("an id");
        view(statuses, year, with).measures[&id].words.clone()
    }

    #[test]
    fn a_course_is_told_in_words() {
        let periods = [("2023", "ČÁSTEČNĚ"), ("2025", "PLNĚNO"), ("2027", "ČÁSTEČNĚ"), ("2029", "ČÁSTEČNĚ")];
        for (year, with, expected) in [
            (2025, None, "zlepšení oproti období 2022–2023: ČÁSTEČNĚ → PLNĚNO"),
            (2027, None, "zhoršení oproti období 2024–2025: PLNĚNO → ČÁSTEČNĚ"),
            (2029, None, "beze změny: ČÁSTEČNĚ už druhé období v řadě"),
            (2027, Some(2023), "stejný stav jako v období 2022–2023: ČÁSTEČNĚ, mezitím jiný"),
            (2029, Some(2023), "stejný stav jako v období 2022–2023: ČÁSTEČNĚ, mezitím jiný"),
        ] {
            assert_eq!(words(&periods, year, with), expected, "{year} with {with:?}");
        }
        let periods = [("2023", "NEPLNĚNO"), ("2025", "NEPLNĚNO"), ("2027", "NEPLNĚNO")];
        assert_eq!(words(&periods, 2027, Some(2023)), "beze změny: NEPLNĚNO už třetí období v řadě");
    }

    #[test]
    fn a_measure_that_nobody_followed_meanwhile_had_no_other_status() {
        let gap = [("2023", "NEPLNĚNO"), ("2025", CANCELLED), ("2027", "NEPLNĚNO")];
        for (periods, year, with, expected) in [
            (&gap[..], 2027, Some(2023), "stejný stav jako v období 2022–2023: NEPLNĚNO, mezitím se nesledovalo"),
            (&gap, 2027, None, "znovu sledované opatření, v období 2024–2025 se nesledovalo"),
            (
                &[("2023", CANCELLED), ("2025", "PLNĚNO")],
                2025,
                None,
                "nové opatření, v období 2022–2023 se nesledovalo",
            ),
            (
                &[("2023", CANCELLED), ("2025", "PLNĚNO"), ("2027", "PLNĚNO")],
                2027,
                Some(2023),
                "nové opatření, v období 2022–2023 se nesledovalo",
            ),
            (
                &[("2023", "NEPLNĚNO"), ("2025", "PLNĚNO"), ("2027", CANCELLED), ("2029", "NEPLNĚNO")],
                2029,
                Some(2023),
                "stejný stav jako v období 2022–2023: NEPLNĚNO, mezitím jiný",
            ),
        ] {
            assert_eq!(words(periods, year, with), expected, "{periods:?} {year} with {with:?}");
        }
        let id = MeasureId::parse("II/1").expect("an id");
        let standing = view(&gap, 2027, Some(2023)).standing;
        let mut groups = standing.iter().flat_map(|standing| &standing.groups);
        let group = groups.find(|group| group.measures.contains(&id)).expect("it stays as it was");
        assert_eq!(group.words, "mezitím se nesledovalo");
    }

    #[test]
    fn the_first_period_has_nothing_to_be_compared_with() {
        let dataset = testing::dataset(&[]);
        let evaluated = dataset.evaluate(Year(2023)).expect("the period is there");
        assert!(build(&dataset, &evaluated, &Request::default()).is_none());
    }
}
