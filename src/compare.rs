//! Two periods side by side: what became of each measure and how that adds up. Pure; it has no words
//! for what it finds, and it does not judge why.
//!
//! Each period has definitions of its own, so measures are known again by their id and bodies by
//! their code, which may have become an alias; numbers of a register mean nothing in another one.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::Evaluated;
use crate::model::{AreaNumber, Body, Measure, MeasureId, Status};
use crate::stats::Counts;

/// What became of a measure from the earlier period to the later one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// Followed in both periods, with these statuses.
    Followed {
        /// In the earlier period.
        earlier: Status,
        /// In the later one.
        later: Status,
    },
    /// Not known in the earlier period.
    New(Status),
    /// Known in the earlier period only.
    Dropped(Status),
}

/// The kind of a [`Course`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A better status.
    Better,
    /// A worse one.
    Worse,
    /// The same.
    Same,
    /// Only in the later period.
    New,
    /// Only in the earlier one.
    Dropped,
}

impl Course {
    /// The status in the earlier period.
    pub fn earlier(self) -> Option<Status> {
        match self {
            Self::Followed { earlier, .. } | Self::Dropped(earlier) => Some(earlier),
            Self::New(_) => None,
        }
    }

    /// The status in the later period.
    pub fn later(self) -> Option<Status> {
        match self {
            Self::Followed { later, .. } | Self::New(later) => Some(later),
            Self::Dropped(_) => None,
        }
    }

    /// Whether it went up or down.
    pub fn change(self) -> Change {
        match self {
            // Statuses are ordered from the best one.
            Self::Followed { earlier, later } => match later.cmp(&earlier) {
                Ordering::Less => Change::Better,
                Ordering::Equal => Change::Same,
                Ordering::Greater => Change::Worse,
            },
            Self::New(_) => Change::New,
            Self::Dropped(_) => Change::Dropped,
        }
    }
}

/// The course of every measure that either of two periods knows.
pub fn courses(
    earlier: &BTreeMap<MeasureId, Status>,
    later: &BTreeMap<MeasureId, Status>,
) -> BTreeMap<MeasureId, Course> {
    let ids: BTreeSet<MeasureId> = earlier.keys().chain(later.keys()).copied().collect();
    ids.into_iter()
        .filter_map(|id| {
            let course = match (earlier.get(&id), later.get(&id)) {
                (Some(&earlier), Some(&later)) => Course::Followed { earlier, later },
                (None, Some(&later)) => Course::New(later),
                (Some(&earlier), None) => Course::Dropped(earlier),
                (None, None) => return None,
            };
            Some((id, course))
        })
        .collect()
}

/// For how many periods in a row, the last one included, a measure has had the status that it has
/// in the last of them. A period that does not know the measure ends the row.
pub fn periods_in_a_row(statuses: &[Option<Status>]) -> usize {
    let Some(Some(last)) = statuses.last() else { return 0 };
    statuses.iter().rev().take_while(|status| status.as_ref() == Some(last)).count()
}

/// How many measures went which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Better.
    pub n_better: usize,
    /// Worse.
    pub n_worse: usize,
    /// The same.
    pub n_same: usize,
    /// New.
    pub n_new: usize,
    /// Dropped.
    pub n_dropped: usize,
}

impl Changes {
    /// Counts courses.
    pub fn of<'c>(courses: impl IntoIterator<Item = &'c Course>) -> Self {
        let mut changes = Self::default();
        for course in courses {
            match course.change() {
                Change::Better => changes.n_better += 1,
                Change::Worse => changes.n_worse += 1,
                Change::Same => changes.n_same += 1,
                Change::New => changes.n_new += 1,
                Change::Dropped => changes.n_dropped += 1,
            }
        }
        changes
    }
}

/// How many measures went from which status to which, new and dropped ones apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Matrix {
    moved: [[usize; 4]; 4],
    new: [usize; 4],
    dropped: [usize; 4],
}

impl Matrix {
    /// Counts courses.
    pub fn of<'c>(courses: impl IntoIterator<Item = &'c Course>) -> Self {
        let mut matrix = Self::default();
        for course in courses {
            match *course {
                Course::Followed { earlier, later } => matrix.moved[earlier as usize][later as usize] += 1,
                Course::New(later) => matrix.new[later as usize] += 1,
                Course::Dropped(earlier) => matrix.dropped[earlier as usize] += 1,
            }
        }
        matrix
    }

    /// Measures that went from one status to another, or stayed.
    pub fn moved(&self, earlier: Status, later: Status) -> usize {
        self.moved[earlier as usize][later as usize]
    }

    /// New measures with this status.
    pub fn new_with(&self, later: Status) -> usize {
        self.new[later as usize]
    }

    /// Measures dropped with this status.
    pub fn dropped_with(&self, earlier: Status) -> usize {
        self.dropped[earlier as usize]
    }
}

/// The measures of both periods that `is_shown`, counted in several ways.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The period to compare with.
    pub earlier: &'a Evaluated<'a>,
    /// The period that is reported.
    pub later: &'a Evaluated<'a>,
    /// What became of each measure.
    pub courses: BTreeMap<MeasureId, Course>,
}

impl<'a> Comparison<'a> {
    /// Compares two periods.
    pub fn new(earlier: &'a Evaluated<'a>, later: &'a Evaluated<'a>) -> Self {
        Self { earlier, later, courses: courses(&statuses(earlier), &statuses(later)) }
    }

    /// How many went which way.
    pub fn changes(&self) -> Changes {
        Changes::of(self.courses.values())
    }

    /// From which status to which.
    pub fn matrix(&self) -> Matrix {
        Matrix::of(self.courses.values())
    }

    /// The counts of the earlier period.
    pub fn counts_earlier(&self) -> Counts {
        Counts::of(self.courses.values().filter_map(|course| course.earlier()))
    }

    /// The counts of the later period.
    pub fn counts_later(&self) -> Counts {
        Counts::of(self.courses.values().filter_map(|course| course.later()))
    }

    /// The ids of the measures of each area, also of one that only the earlier period knows.
    pub fn by_area(&self) -> BTreeMap<AreaNumber, Vec<MeasureId>> {
        let mut ids: BTreeMap<AreaNumber, Vec<MeasureId>> = BTreeMap::new();
        for &id in self.courses.keys() {
            ids.entry(id.area).or_default().push(id);
        }
        ids
    }

    /// The responsible bodies by code, each with the ids of its measures. A measure counts once for each
    /// body that is responsible in the later period; a dropped one for those of the earlier period.
    pub fn by_responsible(&self) -> BTreeMap<&'a str, (&'a Body, Vec<MeasureId>)> {
        let mut ids: BTreeMap<&str, (&Body, Vec<MeasureId>)> = BTreeMap::new();
        for &id in self.courses.keys() {
            for (code, body) in self.responsible(id) {
                ids.entry(code).or_insert_with(|| (body, Vec::new())).1.push(id);
            }
        }
        ids
    }

    /// The bodies by code that are responsible for a measure in the period that knows it last. Each is
    /// as the later period has it, so that one that was renamed since is one body.
    pub fn responsible(&self, id: MeasureId) -> BTreeMap<&'a str, &'a Body> {
        let (strategy, register) = (self.defining(id).strategy, &self.later.strategy.register);
        let bodies = strategy.measures.get(&id).map(Measure::responsible_bodies).into_iter().flatten();
        let as_now = bodies.map(|body| register.as_now(body, &strategy.register));
        as_now.map(|body| (body.code.value.as_str(), body)).collect()
    }

    /// The period whose definitions hold for a measure: the later one, unless it was dropped.
    pub fn defining(&self, id: MeasureId) -> &'a Evaluated<'a> {
        if self.later.evaluations.contains_key(&id) { self.later } else { self.earlier }
    }

    /// How those of `ids` went.
    pub fn changes_of(&self, ids: &[MeasureId]) -> Changes {
        Changes::of(ids.iter().filter_map(|id| self.courses.get(id)))
    }
}

/// The status of each measure of a period.
pub fn statuses(evaluated: &Evaluated<'_>) -> BTreeMap<MeasureId, Status> {
    evaluated.evaluations.iter().map(|(&id, evaluation)| (id, evaluation.status)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Year;
    use crate::rules::testing;

    /// Statuses of any measures of three areas.
    fn period() -> impl Strategy<Value = BTreeMap<MeasureId, Status>> {
        let id = (1_u16..4, 1_u16..8).prop_map(|(area, number)| MeasureId { area: AreaNumber(area), number });
        prop::collection::btree_map(id, prop::sample::select(Status::ALL.to_vec()), 0..24)
    }

    proptest! {
        #[test]
        fn every_measure_is_counted_once_on_each_side(earlier in period(), later in period()) {
            let courses = courses(&earlier, &later);
            let (before, after) = (Counts::of(earlier.values().copied()), Counts::of(later.values().copied()));
            let matrix = Matrix::of(courses.values());
            for status in Status::ALL {
                let row: usize = Status::ALL.iter().map(|&to| matrix.moved(status, to)).sum();
                prop_assert_eq!(row + matrix.dropped_with(status), before.get(status));
                let column: usize = Status::ALL.iter().map(|&from| matrix.moved(from, status)).sum();
                prop_assert_eq!(column + matrix.new_with(status), after.get(status));
            }
            let changes = Changes::of(courses.values());
            prop_assert_eq!(changes.n_better + changes.n_worse + changes.n_same + changes.n_dropped, before.total());
            prop_assert_eq!(changes.n_better + changes.n_worse + changes.n_same + changes.n_new, after.total());
            let diagonal: usize = Status::ALL.iter().map(|&status| matrix.moved(status, status)).sum();
            prop_assert_eq!(changes.n_same, diagonal);
            let below: usize = Status::ALL.iter().flat_map(|&from| Status::ALL.map(|to| (from, to)))
                .filter(|(from, to)| to < from).map(|(from, to)| matrix.moved(from, to)).sum();
            prop_assert_eq!(changes.n_better, below);
        }

        #[test]
        fn areas_add_up_to_the_whole(earlier in period(), later in period()) {
            let courses = courses(&earlier, &later);
            let mut sum = Changes::default();
            for area in 1..4 {
                let changes = Changes::of(courses.iter().filter(|(id, _)| id.area.0 == area).map(|(_, course)| course));
                sum.n_better += changes.n_better;
                sum.n_worse += changes.n_worse;
                sum.n_same += changes.n_same;
                sum.n_new += changes.n_new;
                sum.n_dropped += changes.n_dropped;
            }
            prop_assert_eq!(sum, Changes::of(courses.values()));
        }

        #[test]
        fn the_other_way_round_better_is_worse_and_new_is_dropped(earlier in period(), later in period()) {
            let there = Changes::of(courses(&earlier, &later).values());
            let back = Changes::of(courses(&later, &earlier).values());
            let turned = Changes {
                n_better: there.n_worse,
                n_worse: there.n_better,
                n_same: there.n_same,
                n_new: there.n_dropped,
                n_dropped: there.n_new,
            };
            prop_assert_eq!(back, turned);
        }
    }

    #[test]
    fn the_row_ends_with_another_status_or_a_period_without_the_measure() {
        use Status::{Partly, Unfulfilled};
        for (statuses, n) in [
            (&[][..], 0),
            (&[None], 0),
            (&[Some(Partly), None], 0),
            (&[Some(Partly)], 1),
            (&[Some(Unfulfilled), Some(Partly)], 1),
            (&[Some(Partly), Some(Partly)], 2),
            (&[Some(Partly), Some(Unfulfilled), Some(Partly), Some(Partly)], 2),
            (&[Some(Partly), None, Some(Partly)], 1),
            (&[Some(Partly), Some(Partly), Some(Partly)], 3),
        ] {
            assert_eq!(periods_in_a_row(statuses), n, "{statuses:?}");
        }
    }

    /// The registers stand in another order, so that the same body has another number, and one body has
    /// another code.
    #[test]
    fn measures_are_known_by_id_and_bodies_by_code() {
        let earlier = testing::dataset(&[]);
        let register = testing::edited(
            "subjekty.yaml",
            "subjekty:\n",
            "subjekty:\n  - {kod: nový, nazev: nový subjekt, druh: skupina}\n",
        );
        let register = register.replace("{kod: OZ,", "{kod: ODZ,").replace("aliasy: [", "aliasy: [OZ, ");
        let measures = testing::edited("opatreni/02.yaml", "cislo: 1", "cislo: 2");
        let later = testing::dataset(&[
            ("subjekty.yaml", &register),
            ("opatreni/02.yaml", &measures),
            ("obdobi/2023/obdobi.yaml", ""),
            ("obdobi/2023/podklady/osv.yaml", ""),
            ("obdobi/2025/obdobi.yaml", "obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\nke_dni: 2025-12-31\n"),
            (
                "obdobi/2025/podklady/osv.yaml",
                "predkladatel: OSV\npodklady:\n  - {opatreni: I/1, stav: SPLNĚNO}\n  - {opatreni: I/2, stav: ČÁSTEČNĚ}\n",
            ),
        ]);
        let earlier = earlier.evaluate(Year(2023)).expect("the period is there");
        let later = later.evaluate(Year(2025)).expect("the period is there");
        let comparison = Comparison::new(&earlier, &later);
        let expected = Changes { n_better: 1, n_worse: 1, n_same: 0, n_new: 1, n_dropped: 1 };
        assert_eq!(comparison.changes(), expected, "{:?}", comparison.courses);
        let by_code: Vec<(String, Vec<String>)> = comparison
            .by_responsible()
            .into_iter()
            .map(|(code, (_, ids))| (code.to_owned(), ids.iter().map(ToString::to_string).collect()))
            .collect();
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            by_code,
            [("ODZ".to_owned(), ids(&["I/2", "II/1", "II/2"])), ("OSV".to_owned(), ids(&["I/1", "I/2"]))]
        );
        let by_area: Vec<(String, Changes)> = comparison
            .by_area()
            .into_iter()
            .map(|(area, ids)| (area.to_string(), comparison.changes_of(&ids)))
            .collect();
        let first = Changes { n_better: 1, n_worse: 1, ..Changes::default() };
        let second = Changes { n_new: 1, n_dropped: 1, ..Changes::default() };
        assert_eq!(by_area, [("I".to_owned(), first), ("II".to_owned(), second)]);
        assert_eq!(comparison.matrix().moved(Status::Fulfilled, Status::Partly), 1);
        assert_eq!(comparison.counts_earlier(), earlier.counts);
        assert_eq!(comparison.counts_later(), later.counts);
    }
}
