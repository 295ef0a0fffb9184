//! The whole data set, loaded and built: the point from which every command starts. It reads
//! nothing itself; its files come from [`crate::load::read_tree`], or from a test.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::evaluate::{self, Evaluation};
use crate::load::{self, RawFile, Tree};
use crate::model::{self, MeasureId, Period, Strategy, Year};
use crate::rules::{self, Definitions, PeriodFacts};
use crate::source::{FileId, Files};
use crate::stats::Counts;

/// Everything that was read, typed, with what was found wrong on the way.
#[derive(Debug)]
pub struct Dataset {
    /// The texts.
    pub files: Files,
    /// The model.
    pub strategy: Strategy,
    loading: Vec<Diagnostic>,
    digests: Vec<(FileId, [u8; 32])>,
}

/// A period with its verdicts.
#[derive(Debug)]
pub struct Evaluated<'a> {
    /// The definitions that hold for it.
    pub strategy: &'a Strategy,
    /// The period.
    pub period: &'a Period,
    /// The verdict on each measure.
    pub evaluations: BTreeMap<MeasureId, Evaluation>,
    /// The verdicts counted.
    pub counts: Counts,
}

impl Dataset {
    /// Parses and builds.
    pub fn new(raw_files: Vec<RawFile>) -> Self {
        Self::of_tree(load::parse(raw_files))
    }

    /// Builds from what was parsed.
    pub fn of_tree(mut tree: Tree) -> Self {
        let (strategy, built) = model::build(&tree);
        let mut loading = std::mem::take(&mut tree.diagnostics);
        loading.extend(built);
        for diagnostic in &mut loading {
            diagnostic.period = diagnostic.period.or_else(|| period_of(tree.files.path(diagnostic.place)));
        }
        Self { files: tree.files, strategy, loading, digests: tree.digests }
    }

    /// The definitions that hold for a period.
    pub fn strategy_of(&self, _year: Year) -> &Strategy {
        &self.strategy
    }

    /// The verdicts of a period; `None` when there is no such period.
    pub fn evaluate(&self, year: Year) -> Option<Evaluated<'_>> {
        let strategy = self.strategy_of(year);
        let period = strategy.periods.get(&year)?;
        let evaluations = evaluate::evaluate(strategy, period);
        let counts = Counts::of(evaluations.values().map(|evaluation| evaluation.status));
        Some(Evaluated { strategy, period, evaluations, counts })
    }

    /// All findings in the definitions and in one period, or in all periods.
    ///
    /// Where something about a measure could not be read, only that is said of it: whatever a rule
    /// would miss there is a consequence, not another fault.
    pub fn check(&self, only: Option<Year>) -> Vec<Diagnostic> {
        let mut found = rules::check_definitions(self.definitions(), self.is_whole(None));
        for &year in self.strategy.periods.keys().filter(|&&year| only.is_none_or(|only| only == year)) {
            if let Some(evaluated) = self.evaluate(year) {
                found.extend(rules::check_period(self.facts(&evaluated), self.is_whole(Some(year))));
            }
        }
        let unreadable: BTreeSet<MeasureId> = self.loading.iter().filter_map(|fault| fault.measure).collect();
        found.retain(|diagnostic| {
            diagnostic.severity() == Severity::Error
                || diagnostic.measure.is_none_or(|measure| !unreadable.contains(&measure))
        });
        let mut diagnostics = self.loading.clone();
        diagnostics.extend(found);
        for diagnostic in &mut diagnostics {
            diagnostic.accepted = self.strategy.acceptances.reason(diagnostic).map(str::to_owned);
        }
        if self.loading.iter().all(|fault| fault.rule.severity != Severity::Error) {
            diagnostics.extend(rules::check_findings(&self.strategy, &diagnostics));
        }
        diagnostics.retain(|diagnostic| only.is_none() || diagnostic.period.is_none() || diagnostic.period == only);
        diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// Whether the definitions, and the period when one is given, could be read without an error.
    fn is_whole(&self, year: Option<Year>) -> bool {
        let mut errors = self.loading.iter().filter(|fault| fault.rule.severity == Severity::Error);
        errors.all(|fault| fault.period.is_some() && fault.period != year)
    }

    /// What rules over the definitions look at.
    pub fn definitions(&self) -> Definitions<'_> {
        Definitions { strategy: &self.strategy, files: &self.files }
    }

    /// What rules over a period look at.
    pub fn facts<'a>(&'a self, evaluated: &'a Evaluated<'a>) -> PeriodFacts<'a> {
        PeriodFacts {
            strategy: evaluated.strategy,
            files: &self.files,
            period: evaluated.period,
            evaluations: &evaluated.evaluations,
            counts: evaluated.counts,
        }
    }

    /// What was wrong with reading the files.
    pub fn loading(&self) -> &[Diagnostic] {
        &self.loading
    }

    /// SHA-256 over the files that a period's report is made from: the definitions and the period.
    pub fn fingerprint(&self, year: Year) -> String {
        let mut hasher = Sha256::new();
        for (file, digest) in &self.digests {
            let period = period_of(self.files.get(*file).path());
            if period.is_none() || period == Some(year) {
                hasher.update(digest);
            }
        }
        hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// How many findings weigh how much.
pub fn n_of(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
}

/// The period whose folder a file lies in.
fn period_of(path: &str) -> Option<Year> {
    let (folder, _) = path.strip_prefix("obdobi/")?.split_once('/')?;
    Year::parse(folder)
}
