//! Submissions and the coordinator's decisions into one verdict a measure, with the reason for it.
//! Pure; what is odd about a verdict is for [`crate::rules`] to say.
//!
//! The method is that of the published report (section Shrnutí). It leaves ties and partly
//! fulfilled criteria open; how they are read here is the project's own, see [`Counts::status`].

use std::collections::BTreeMap;

use crate::model::{BodyId, Measure, MeasureId, Period, Status, Strategy, Submission, SubmissionsOn};
use crate::stats::Counts;

/// The verdict on a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// The status that counts: the decided one where there is a decision, else the computed one.
    pub status: Status,
    /// What the submissions give.
    pub computed: Status,
    /// How the computed status came about.
    pub basis: Basis,
    /// Whether the coordinator decided.
    pub is_decided: bool,
}

/// How a computed status came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// Nothing came in.
    NothingSubmitted,
    /// One body states it.
    Stated(BodyId),
    /// One body reports on criteria only.
    Criteria(BodyId, Counts),
    /// Several bodies report.
    Bodies(Counts),
}

/// The method, over how many criteria, or bodies, say what.
impl Counts {
    /// The status of the whole.
    ///
    /// SPLNĚNO when all say so and the deadline is a set one. PLNĚNO when the fulfilled outnumber
    /// the partly fulfilled and unfulfilled together. Otherwise ČÁSTEČNĚ when at least one is
    /// fulfilled or partly fulfilled and these are not outnumbered by the unfulfilled. Otherwise
    /// NEPLNĚNO. That equality is ČÁSTEČNĚ, and that the partly fulfilled count against PLNĚNO and
    /// for ČÁSTEČNĚ, is our reading; the source does not say.
    pub fn status(&self, has_set_deadline: bool) -> Status {
        let (n_fulfilled, n_partly, n_unfulfilled) = self.sides();
        if has_set_deadline && n_fulfilled > 0 && self.get(Status::Done) == self.total() {
            Status::Done
        } else if n_fulfilled > n_partly + n_unfulfilled {
            Status::Fulfilled
        } else if n_fulfilled + n_partly > 0 && n_fulfilled + n_partly >= n_unfulfilled {
            Status::Partly
        } else {
            Status::Unfulfilled
        }
    }

    /// Whether two sides are equal in number, so that our reading decided and not the method, which leaves open
    /// whether it is this status.
    pub fn leave_open(&self, status: Status) -> bool {
        let (n_fulfilled, n_partly, n_unfulfilled) = self.sides();
        match status {
            Status::Fulfilled => n_fulfilled > 0 && n_fulfilled == n_partly + n_unfulfilled,
            Status::Unfulfilled => n_unfulfilled > 0 && n_fulfilled + n_partly == n_unfulfilled,
            Status::Done | Status::Partly => false,
        }
    }

    /// Whether any two sides are.
    pub fn is_tie(&self) -> bool {
        Status::ALL.into_iter().any(|status| self.leave_open(status))
    }

    /// The fulfilled, for good or not, the partly fulfilled and the unfulfilled.
    fn sides(&self) -> (usize, usize, usize) {
        let [n_done, n_fulfilled, n_partly, n_unfulfilled] = Status::ALL.map(|status| self.get(status));
        (n_done + n_fulfilled, n_partly, n_unfulfilled)
    }
}

/// One verdict for every measure that is followed in the period.
pub fn evaluate(strategy: &Strategy, period: &Period) -> BTreeMap<MeasureId, Evaluation> {
    strategy
        .followed_in(period.year)
        .map(|measure| {
            let id = measure.id.value;
            let submissions = period.submissions.on(id);
            let (computed, basis) = compute(measure, submissions);
            let decision = period.decisions.get(&id);
            let status = decision.map_or(computed, |decision| decision.status.value);
            (id, Evaluation { status, computed, basis, is_decided: decision.is_some() })
        })
        .collect()
}

/// The status a submission claims: its own, or what its criteria give. A status that could not be
/// read claims nothing: the criteria must not speak in its place.
pub fn claimed(submission: &Submission, measure: &Measure) -> Option<Status> {
    match &submission.status {
        Some(status) => Some(status.value),
        None if submission.is_status_unreadable => None,
        None => tally_of_criteria(submission).map(|tally| tally.status(measure.has_set_deadline())),
    }
}

/// What a submission's criteria say, when any of them has a status.
pub fn tally_of_criteria(submission: &Submission) -> Option<Counts> {
    let statuses: Vec<Status> =
        submission.criteria.iter().filter_map(|reported| Some(reported.status.as_ref()?.value)).collect();
    (!statuses.is_empty()).then(|| Counts::of(statuses))
}

fn compute(measure: &Measure, submissions: SubmissionsOn<'_>) -> (Status, Basis) {
    let claims: Vec<(&Submission, Status)> =
        submissions.iter().filter_map(|submission| Some((submission, claimed(submission, measure)?))).collect();
    match claims.as_slice() {
        [] => (Status::Unfulfilled, Basis::NothingSubmitted),
        [(submission, status)] => {
            let body = submission.body.value;
            let basis = match (&submission.status, tally_of_criteria(submission)) {
                (None, Some(tally)) => Basis::Criteria(body, tally),
                _ => Basis::Stated(body),
            };
            (*status, basis)
        }
        _ => {
            let tally = Counts::of(claims.iter().map(|(_, status)| *status));
            (tally.status(measure.has_set_deadline()), Basis::Bodies(tally))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::iter;

    use super::*;
    use crate::model::Year;
    use crate::rules::testing::dataset;

    fn tally(n_done: usize, n_fulfilled: usize, n_partly: usize, n_unfulfilled: usize) -> Counts {
        let numbers = [n_done, n_fulfilled, n_partly, n_unfulfilled];
        Counts::of(Status::ALL.into_iter().zip(numbers).flat_map(|(status, number)| iter::repeat_n(status, number)))
    }

    #[test]
    fn the_rule_over_several_statuses() {
        use Status::{Done, Fulfilled, Partly, Unfulfilled};
        for (tally, has_set_deadline, status) in [
            (tally(2, 0, 0, 0), true, Done),
            (tally(2, 0, 0, 0), false, Fulfilled),
            (tally(2, 1, 0, 0), true, Fulfilled),
            (tally(1, 0, 1, 0), true, Partly),
            (tally(0, 2, 1, 0), true, Fulfilled),
            (tally(0, 2, 1, 1), true, Partly),
            (tally(0, 1, 0, 1), true, Partly),
            (tally(0, 0, 1, 1), true, Partly),
            (tally(0, 0, 1, 2), true, Unfulfilled),
            (tally(0, 1, 1, 2), true, Partly),
            (tally(0, 1, 0, 2), true, Unfulfilled),
            (tally(0, 0, 0, 1), true, Unfulfilled),
            (tally(0, 0, 2, 0), true, Partly),
            (tally(0, 0, 0, 0), true, Unfulfilled),
        ] {
            assert_eq!(tally.status(has_set_deadline), status, "{tally:?}");
        }
    }

    #[test]
    fn ties_are_seen_on_both_borders() {
        for (tally, is_tie) in [
            (tally(0, 1, 1, 0), true),
            (tally(0, 1, 0, 1), true),
            (tally(1, 0, 1, 0), true),
            (tally(0, 0, 1, 1), true),
            (tally(0, 1, 1, 2), true),
            (tally(0, 2, 1, 0), false),
            (tally(0, 1, 1, 1), false),
            (tally(0, 0, 2, 0), false),
            (tally(0, 0, 0, 1), false),
            (tally(0, 0, 0, 0), false),
        ] {
            assert_eq!(tally.is_tie(), is_tie, "{tally:?}");
        }
    }

    /// The verdict on I/2 that these submissions of OSV and OZ, and this decision, give.
    fn verdict(osv: &str, oz: &str, decision: &str) -> Evaluation {
        let submissions = |body: &str, lines: &str| match lines {
            "" => format!("predkladatel: {body}\npodklady: []\n"),
            lines => format!("predkladatel: {body}\npodklady:\n  - opatreni: I/2\n{lines}"),
        };
        let decisions = match decision {
            "" => String::new(),
            status => {
                format!("vyhodnoceni:\n  - {{opatreni: I/2, stav: {status}, duvod: x, rozhodl: vedoucí odboru}}\n")
            }
        };
        let dataset = dataset(&[
            ("obdobi/2023/podklady/osv.yaml", &submissions("OSV", osv)),
            ("obdobi/2023/podklady/oz.yaml", &submissions("OZ", oz)),
            ("obdobi/2023/vyhodnoceni.yaml", &decisions),
        ]);
        let mut evaluated = dataset.evaluate(Year(2023)).expect("the period is there");
        assert_eq!(evaluated.evaluations.len(), 3, "every measure has a verdict");
        let id = MeasureId::parse("I/2").expect("it is an id");
        evaluated.evaluations.remove(&id).expect("it is followed")
    }

    fn bodies() -> Vec<BodyId> {
        let register = dataset(&[]).strategy.register;
        ["OSV", "OZ"].into_iter().filter_map(|code| register.find(code)).collect()
    }

    #[test]
    fn a_verdict_says_how_it_came_about() {
        use Status::{Fulfilled, Partly, Unfulfilled};
        let stated = "    stav: PLNĚNO\n";
        let criteria = "    kriteria:\n      - {kriterium: Počet konferencí, hodnota: 4, stav: PLNĚNO}\n\
                        \x20     - {kriterium: Počet účastníků, hodnota: 80, stav: ČÁSTEČNĚ}\n";
        let unsaid = "    kriteria:\n      - {kriterium: Počet konferencí, hodnota: 4}\n";
        let unreadable = format!("    stav: téměř\n{criteria}");
        let both = format!("{stated}{criteria}");
        let [osv, oz] = bodies()[..] else { panic!("both are in the register") };
        for (from_osv, from_oz, status, basis) in [
            ("", "", Unfulfilled, Basis::NothingSubmitted),
            (stated, "", Fulfilled, Basis::Stated(osv)),
            ("", stated, Fulfilled, Basis::Stated(oz)),
            (criteria, "", Partly, Basis::Criteria(osv, tally(0, 1, 1, 0))),
            (&both, "", Fulfilled, Basis::Stated(osv)),
            (unsaid, "", Unfulfilled, Basis::NothingSubmitted),
            (&unreadable, "", Unfulfilled, Basis::NothingSubmitted),
            (&unreadable, stated, Fulfilled, Basis::Stated(oz)),
            (stated, criteria, Partly, Basis::Bodies(tally(0, 1, 1, 0))),
            (stated, stated, Fulfilled, Basis::Bodies(tally(0, 2, 0, 0))),
        ] {
            let expected = Evaluation { status, computed: status, basis, is_decided: false };
            assert_eq!(verdict(from_osv, from_oz, ""), expected, "{from_osv}|{from_oz}");
        }
    }

    #[test]
    fn a_decision_counts_and_what_it_overrides_is_kept() {
        let verdict = verdict("    stav: PLNĚNO\n", "", "NEPLNĚNO");
        assert_eq!((verdict.status, verdict.computed), (Status::Unfulfilled, Status::Fulfilled));
        assert!(verdict.is_decided);
    }
}
