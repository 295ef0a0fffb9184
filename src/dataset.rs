//! The whole data set, loaded and built: the point from which every command starts. It reads
//! nothing itself; its files come from [`crate::load::read_tree`], or from a test.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::evaluate::{self, Evaluation};
use crate::freezing;
use crate::load::{self, RawFile, Tree};
use crate::model::{self, MeasureId, Period, Strategy, Year};
use crate::rules::{
    self, Check, Definitions, PeriodFacts, dvoji_podklad, jiny_zapis, neplatne_csv, neplatne_obdobi, useknuty_text,
    zmena_po_zmrazeni,
};
use crate::source::{FileId, FileText, Files, SourceFile};
use crate::stats::Counts;

/// Everything that was read, typed, with what was found wrong on the way.
#[derive(Debug)]
pub struct Dataset {
    /// The texts.
    pub files: Files,
    /// The model: the definitions of today and the periods that they hold for.
    pub strategy: Strategy,
    /// The periods that were frozen with other definitions, each with its own.
    apart: BTreeMap<Year, Strategy>,
    loading: Vec<Diagnostic>,
    /// The frozen periods, each with the file that says so.
    frozen: BTreeMap<Year, FileId>,
    /// The frozen periods whose files are not what they were.
    changed: BTreeSet<Year>,
}

/// A text that a person wrote for a period.
#[derive(Debug)]
pub struct Narrative {
    /// Its file.
    pub id: FileId,
    /// Its path below the data folder.
    pub path: String,
    /// What it says.
    pub text: FileText,
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
        Self::of_tree(load::parse_for_model(raw_files))
    }

    /// Builds from what was parsed.
    pub fn of_tree(mut tree: Tree) -> Self {
        let (strategy, built) = model::build(&mut tree, None);
        let mut apart = BTreeMap::new();
        let mut loading = built;
        for folder in tree.apart.clone() {
            let (strategy, built) = model::build(&mut tree, Some(&folder));
            loading.extend(built);
            apart.extend(
                Year::parse(&folder).filter(|year| strategy.periods.contains_key(year)).map(|year| (year, strategy)),
            );
        }
        loading.append(&mut tree.diagnostics);
        let frozen: BTreeMap<Year, FileId> =
            tree.files.iter().filter_map(|(id, file)| Some((freezing::frozen_by(file.path())?, id))).collect();
        let read: BTreeSet<FileId> = tree.documents.iter().map(|document| document.file).collect();
        // A period is frozen without errors, and its definitions must not be changed: whatever a newer program
        // asks of them comes too late. That somebody changed them, or that one cannot be read, is still found.
        let is_late = |found: &Diagnostic| {
            let kept =
                load::frozen_definition(tree.files.path(found.place)).and_then(|(folder, _)| Year::parse(folder));
            found.rule.severity == Severity::Error
                && read.contains(&found.place.file)
                && kept.is_some_and(|year| frozen.contains_key(&year))
        };
        // Nor did an earlier program ask for the title of each column or for likely days; all else is read
        // as it was.
        let is_new = |found: &Diagnostic| {
            (neplatne_csv::is_without_title(found) || neplatne_obdobi::is_about_unlikely_day(found))
                && period_of(tree.files.path(found.place)).is_some_and(|year| frozen.contains_key(&year))
        };
        loading.retain(|found| !is_late(found) && !is_new(found));
        // Nobody waits for what was parsed to be given back.
        rayon::spawn(move || drop(tree.documents));
        let mut dataset = Self { files: tree.files, strategy, apart, loading, frozen, changed: BTreeSet::new() };
        for diagnostic in &mut dataset.loading {
            diagnostic.period = diagnostic.period.or_else(|| period_of(dataset.files.path(diagnostic.place)));
        }
        let changed: Vec<Diagnostic> =
            dataset.periods().flat_map(|period| changed_files(period, &dataset.files)).collect();
        dataset.changed = changed.iter().filter_map(|found| found.period).collect();
        // Whatever else is wrong with a frozen period that somebody changed is a consequence of that.
        dataset.loading.retain(|found| found.period.is_none_or(|year| !dataset.changed.contains(&year)));
        dataset.loading.extend(changed);
        diagnostic::sort(&mut dataset.loading);
        dataset
    }

    /// The definitions that hold for a period.
    pub fn strategy_of(&self, year: Year) -> &Strategy {
        self.apart.get(&year).unwrap_or(&self.strategy)
    }

    /// All periods in their order.
    pub fn periods(&self) -> impl Iterator<Item = &Period> {
        let strategies = std::iter::once(&self.strategy).chain(self.apart.values());
        let by_year: BTreeMap<Year, &Period> =
            strategies.flat_map(|strategy| strategy.periods.iter().map(|(&year, period)| (year, period))).collect();
        by_year.into_values()
    }

    /// The period of this name.
    pub fn period(&self, year: Year) -> Option<&Period> {
        self.strategy_of(year).periods.get(&year)
    }

    /// The file that says that a period is frozen. It need not be readable, nor need anything else of the
    /// period be: what holds is that it is there.
    pub fn frozen_by(&self, year: Year) -> Option<&str> {
        self.frozen.get(&year).map(|&file| self.files.get(file).path())
    }

    /// The verdicts of a period; `None` when there is no such period.
    pub fn evaluate(&self, year: Year) -> Option<Evaluated<'_>> {
        let strategy = self.strategy_of(year);
        let period = strategy.periods.get(&year)?;
        let evaluations = evaluate::evaluate(strategy, period);
        let counts = Counts::of(evaluations.values().map(|evaluation| evaluation.status));
        Some(Evaluated { strategy, period, evaluations, counts })
    }

    /// The periods before a year in their order.
    pub fn periods_before(&self, year: Year) -> impl Iterator<Item = &Period> {
        self.periods().take_while(move |period| period.year < year)
    }

    /// The verdicts of all periods before a year, oldest first.
    pub fn evaluate_before(&self, year: Year) -> Vec<Evaluated<'_>> {
        self.periods_before(year).filter_map(|period| self.evaluate(period.year)).collect()
    }

    /// The findings of a period as its documents need them: those in the definitions and in the
    /// period, and the errors of earlier periods, which it is compared with.
    pub fn check_with_earlier(&self, year: Year) -> Vec<Diagnostic> {
        let mut diagnostics = self.check(Some(year));
        for earlier in self.periods_before(year).map(|period| period.year) {
            let is_error = |found: &Diagnostic| found.period == Some(earlier) && found.severity() == Severity::Error;
            diagnostics.extend(self.check(Some(earlier)).into_iter().filter(is_error));
        }
        diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// What keeps a period, or any, from being asked about or taken in: errors in the definitions and in
    /// `obdobi.yaml`. What somebody submitted already does not stand in the way of others, and a frozen
    /// period is neither asked about nor taken in, whatever is wrong with it.
    pub fn hindrances(&self, only: Option<Year>) -> Vec<Diagnostic> {
        self.hindrances_among(self.check(only))
    }

    /// Those of findings that are hindrances.
    pub fn hindrances_among(&self, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        diagnostics.retain(|found| {
            let path = self.files.path(found.place);
            found.severity() == Severity::Error && (!path.starts_with("obdobi/") || load::is_period(path))
        });
        diagnostics
    }

    /// Those of findings because of which nobody knows who is asked: errors in the register, in the measures and in
    /// `obdobi.yaml`.
    pub fn of_asked(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut found = self.hindrances_among(diagnostics);
        found.retain(|found| {
            let path = self.files.path(found.place);
            let is_asking = path == "subjekty.yaml" || path.starts_with("opatreni/") || load::is_period(path);
            is_asking && !std::ptr::eq(found.rule, &rules::soubor_navic::RULE)
        });
        found
    }

    /// All findings in the definitions and in one period, or in all periods. The definitions are those
    /// that hold for the period.
    ///
    /// Where something about a measure could not be read, only that is said of it, and what its texts
    /// themselves have: whatever else a rule would miss there is a consequence, not another fault.
    pub fn check(&self, only: Option<Year>) -> Vec<Diagnostic> {
        let strategy = only.map_or(&self.strategy, |year| self.strategy_of(year));
        let is_apart = self.has_own_definitions(only);
        let definitions = Definitions { strategy, files: &self.files };
        let mut found = rules::check_definitions(definitions, self.is_whole(only.filter(|_| is_apart)));
        let is_judged = |year: &Year| only.is_none_or(|only| only == *year) && !self.changed.contains(year);
        let evaluated: Vec<Evaluated<'_>> = self.periods().filter_map(|period| self.evaluate(period.year)).collect();
        for (index, one) in evaluated.iter().enumerate().filter(|(_, one)| is_judged(&one.period.year)) {
            let earlier = &evaluated[..index];
            // What could not be read there would look like a change since then.
            let is_comparable = earlier.iter().all(|earlier| self.is_whole(Some(earlier.period.year)));
            let facts = self.facts(one, if is_comparable { earlier } else { &[] });
            found.extend(rules::check_period(facts, self.is_whole(Some(one.period.year))));
        }
        // The definitions that a frozen period keeps are of that period alone.
        let scope = |period: Option<Year>| period.or(only.filter(|_| is_apart));
        // A note hides nothing but what is missing in its place, and its finding may be accepted.
        let is_of_note = |found: &Diagnostic| std::ptr::eq(found.rule, &useknuty_text::RULE);
        let faults = self.loading.iter().filter(|fault| !is_of_note(fault));
        let unreadable: BTreeSet<(MeasureId, Option<Year>)> =
            faults.filter_map(|fault| Some((fault.measure?, fault.period))).collect();
        let is_unreadable = |measure: MeasureId, year: Option<Year>| {
            unreadable.contains(&(measure, year))
                || !self.has_own_definitions(year) && unreadable.contains(&(measure, None))
        };
        found.retain(|diagnostic| {
            let is_of_text =
                diagnostic.rule.checks.iter().any(|check| matches!(check, Check::Text(_) | Check::EveryText(_)));
            diagnostic.severity() == Severity::Error
                || is_of_text
                || diagnostic.measure.is_none_or(|measure| !is_unreadable(measure, scope(diagnostic.period)))
        });
        let concerns = |found: &Diagnostic| match found.period {
            Some(year) => only.is_none_or(|only| only == year),
            // Nobody asked for notes in definitions when a period was frozen.
            None => !is_apart && (!is_of_note(found) || only.is_none_or(|year| !self.frozen.contains_key(&year))),
        };
        let mut diagnostics = self.loading.clone();
        diagnostics.extend(found);
        dvoji_podklad::without_missing_statuses(&mut diagnostics);
        diagnostics.retain(|found| !self.is_spelling_of_frozen(found));
        for diagnostic in &mut diagnostics {
            let strategy = diagnostic.period.map_or(strategy, |year| self.strategy_of(year));
            diagnostic.accepted = strategy.acceptances.reason(diagnostic).map(str::to_owned);
        }
        let mut of_findings = rules::check_findings(strategy, &diagnostics);
        of_findings.retain(|found| self.is_whole_so_far(scope(found.period)));
        diagnostics.extend(of_findings);
        diagnostics.retain(|found| concerns(found) || is_apart && self.is_definition_of(found, only));
        diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// The same as they stand today: what was found in a frozen period since may still be accepted, though its
    /// report keeps to what was accepted then.
    pub fn check_today(&self, only: Option<Year>) -> Vec<Diagnostic> {
        let mut diagnostics = self.check(only);
        for diagnostic in diagnostics.iter_mut().filter(|found| !found.is_accepted()) {
            diagnostic.accepted = self.strategy.acceptances.reason(diagnostic).map(str::to_owned);
        }
        diagnostics
    }

    /// Whether it is known which findings somebody lives with, of those that are like this one. What says so may be
    /// unreadable, which has its own finding.
    pub fn is_acceptance_known(&self, found: &Diagnostic) -> bool {
        let then = found.period.map_or(&self.strategy, |year| self.strategy_of(year));
        !then.acceptances.are_unread && !self.strategy.acceptances.are_unread
    }

    /// Whether a finding would have the spelling of a frozen period mended, of which nothing is to be changed.
    fn is_spelling_of_frozen(&self, found: &Diagnostic) -> bool {
        let is_frozen = |year: Year| self.frozen.contains_key(&year);
        std::ptr::eq(found.rule, &jiny_zapis::RULE) && period_of(self.files.path(found.place)).is_some_and(is_frozen)
    }

    /// Whether a finding of no period stands in the definitions that a frozen period keeps.
    fn is_definition_of(&self, found: &Diagnostic, year: Option<Year>) -> bool {
        found.period.is_none() && period_of(self.files.path(found.place)) == year
    }

    /// Whether the definitions, and the period when one is given, could be read without an error.
    fn is_whole(&self, year: Option<Year>) -> bool {
        let is_apart = self.has_own_definitions(year);
        self.errors().all(|fault| if fault.period.is_none() { is_apart } else { fault.period != year })
    }

    /// The same, and the periods before it, which some of its findings follow from.
    fn is_whole_so_far(&self, year: Option<Year>) -> bool {
        let is_later = |fault: &Diagnostic| fault.period.is_some_and(|of| year.is_none_or(|year| of > year));
        let is_apart = self.has_own_definitions(year);
        self.errors().all(|fault| if fault.period.is_none() { is_apart } else { is_later(fault) })
    }

    /// What keeps something from being read as it was meant.
    fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.loading.iter().filter(|fault| fault.rule.severity == Severity::Error)
    }

    /// Whether a period was frozen with other definitions than those of today.
    fn has_own_definitions(&self, year: Option<Year>) -> bool {
        year.is_some_and(|year| self.apart.contains_key(&year))
    }

    /// What rules over the definitions look at.
    pub fn definitions(&self) -> Definitions<'_> {
        Definitions { strategy: &self.strategy, files: &self.files }
    }

    /// What rules over a period look at; `earlier` are the periods before it.
    pub fn facts<'a>(&'a self, evaluated: &'a Evaluated<'a>, earlier: &'a [Evaluated<'a>]) -> PeriodFacts<'a> {
        PeriodFacts {
            strategy: evaluated.strategy,
            files: &self.files,
            period: evaluated.period,
            evaluations: &evaluated.evaluations,
            counts: evaluated.counts,
            earlier,
        }
    }

    /// What was wrong with reading the files.
    pub fn loading(&self) -> &[Diagnostic] {
        &self.loading
    }

    /// The texts that people wrote for a period.
    pub fn narratives(&self, period: &Period) -> Vec<Narrative> {
        let files = period.narratives.values().map(|&file| (file, self.files.get(file)));
        let narrative = |(id, file): (FileId, &SourceFile)| Narrative {
            id,
            path: file.path().to_owned(),
            text: file.text().clone(),
        };
        files.map(narrative).collect()
    }

    /// The fingerprint of the data that a period's report is made from.
    pub fn fingerprint(&self, year: Year) -> String {
        freezing::fingerprint(&year.to_string(), &self.files)
    }
}

/// What changed in a frozen period since it was frozen.
fn changed_files(period: &Period, files: &Files) -> Vec<Diagnostic> {
    let freeze = period.freeze.as_ref();
    freeze.map(|freeze| zmena_po_zmrazeni::findings(period, freeze, files)).unwrap_or_default()
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

#[cfg(test)]
mod tests;
