//! What the bodies submitted in a period, as it lies in memory, and found by measure.

use crate::model::{MeasureId, Submission};

/// The submissions of some files, by measure and in the order of files and lines.
#[derive(Debug)]
pub struct Group(Vec<Submission>);

impl Group {
    /// Those of each file.
    pub fn of_files(files: Vec<Vec<Submission>>) -> Self {
        let mut all = Vec::with_capacity(files.iter().map(Vec::len).sum());
        all.extend(files.into_iter().flatten());
        if !all.is_sorted_by_key(measure) {
            all.sort_by_cached_key(measure);
        }
        Self(all)
    }
}

fn measure(submission: &Submission) -> MeasureId {
    submission.measure.value
}

/// All submissions of a period. There may be a million, which stay in their groups.
#[derive(Debug, Default)]
pub struct Submissions {
    groups: Vec<Group>,
    /// Where they are, by measure and in the order of groups.
    runs: Vec<Run>,
}

/// Those of a group that are on one measure lie one behind the other.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    measure: MeasureId,
    group: usize,
    start: usize,
    end: usize,
}

impl Submissions {
    /// Those of groups of files, in the order of files.
    pub fn of_groups(groups: Vec<Group>) -> Self {
        let mut runs = Vec::new();
        for (group, Group(all)) in groups.iter().enumerate() {
            let mut start = 0;
            for run in all.chunk_by(|a, b| measure(a) == measure(b)) {
                let end = start + run.len();
                runs.push(Run { measure: measure(&run[0]), group, start, end });
                start = end;
            }
        }
        runs.sort_unstable();
        Self { groups, runs }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Those on one measure, in the order of files and lines.
    pub fn on(&self, measure: MeasureId) -> SubmissionsOn<'_> {
        let start = self.runs.partition_point(|run| run.measure < measure);
        let n_runs = self.runs[start..].partition_point(|run| run.measure == measure);
        SubmissionsOn { groups: &self.groups, runs: &self.runs[start..start + n_runs] }
    }

    /// All of them by measure, in the order of files and lines.
    pub fn iter(&self) -> impl Iterator<Item = &Submission> {
        SubmissionsOn { groups: &self.groups, runs: &self.runs }.iter()
    }
}

/// The submissions on one measure, in the order of files and lines; often none.
#[derive(Debug, Clone, Copy)]
pub struct SubmissionsOn<'a> {
    groups: &'a [Group],
    runs: &'a [Run],
}

impl<'a> SubmissionsOn<'a> {
    /// One by one.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = &'a Submission> + Clone {
        self.runs.iter().flat_map(move |run| &self.groups[run.group].0[run.start..run.end])
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.runs.iter().map(|run| run.end - run.start).sum()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.runs.is_empty()
    }

    /// The first one.
    pub fn first(self) -> Option<&'a Submission> {
        self.iter().next()
    }

    /// The only one.
    pub fn only(self) -> Option<&'a Submission> {
        self.first().filter(|_| self.len() == 1)
    }

    /// The same cut into those that lie one behind the other, with the number of their group.
    pub fn by_groups(self) -> impl Iterator<Item = (usize, Self)> {
        self.runs.chunks(1).filter_map(move |runs| Some((runs.first()?.group, Self { runs, ..self })))
    }
}
