//! Periods with what was reported, decided and kept of them, and accepted findings, out of their files.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Severity};
use crate::form::layout::is_form_in_yaml;
use crate::load::N_TAKEN;
use crate::load::raw::{self, Content};
use crate::load::yaml::Node;
use crate::model::build::{Builder, Taken};
use crate::model::{
    Acceptances, BodyId, Decision, Freeze, Group, Measure, MeasureId, Period, Published, Register, Reported, Status,
    Strategy, Submission, Submissions, WrittenInformation, Year, is_long_after, parse_number, squash,
};
use crate::rules::{
    self, chybejici_klic, chybejici_stav, neplatne_cislo, neplatne_obdobi, neplatne_prijeti, nezname_kriterium,
    nezname_opatreni, neznamy_subjekt, prijeti_navic, useknuty_text, zdvojene_opatreni,
};
use crate::source::{FileId, Located, Place, Text};

/// The submissions of how many files lie together at most, so that their texts fit a processor's own memory, and in
/// how many parts each thread takes the files where there are fewer.
const N_TOGETHER: usize = 64;
const N_PARTS: usize = 16;

/// How many measures have which status, each number with its place.
type ByStatus = BTreeMap<Status, Located<usize>>;

/// Whether a table has a row on a measure that there is not, and others of criteria that it may be missed by.
fn names_unknown_measure(submissions: &[raw::Submission], strategy: &Strategy) -> bool {
    submissions.iter().any(|raw| raw.is_of_criteria_alone)
        && submissions.iter().any(|raw| strategy.measure_of(&raw.measure.value).is_none())
}

/// What is wrong with the day of the verdicts.
fn judged_when_it_cannot_be(day: &Located<Date>, from: &Located<Date>, to: &Located<Date>) -> Option<Diagnostic> {
    if day.value < from.value {
        Some(neplatne_obdobi::judged_before_it_begins(day, from.place))
    } else {
        is_long_after(day.value, to.value).then(|| neplatne_obdobi::judged_long_after_it_ends(day, to.place))
    }
}

/// What is wrong with the day by which submissions are due.
fn due_when_it_cannot_be(day: &Located<Date>, to: &Located<Date>) -> Option<Diagnostic> {
    if day.value <= to.value {
        Some(neplatne_obdobi::due_before_its_end(day, to.place))
    } else {
        is_long_after(day.value, to.value).then(|| neplatne_obdobi::due_long_after_its_end(day, to.place))
    }
}

impl Builder<'_> {
    pub(super) fn freeze(&mut self, root: &Node, place: Place) -> Option<Freeze> {
        let (total, counts) = self.counts(root.get("pocty")?)?;
        let mut verdicts = BTreeMap::new();
        for node in root.list("vyhodnoceni") {
            let text = node.text("opatreni")?;
            let Some(id) = MeasureId::parse(&text.value) else {
                self.diagnostics.push(nezname_opatreni::finding(&text, &BTreeMap::new()));
                return None;
            };
            verdicts.insert(id, self.status(node.text("stav"))?);
        }
        let of_file = |node: &Node| Some((node.string("soubor")?, node.text("otisk")?));
        let files = root.list("soubory").iter().map(of_file).collect::<Option<_>>()?;
        let (resolution, origin, fingerprint) = (root.string("usneseni"), root.string("puvod"), root.text("otisk")?);
        if resolution.is_none() && origin.is_none() {
            self.diagnostics.push(chybejici_klic::resolution_of_freeze(place));
        }
        Some(Freeze { place, resolution, origin, fingerprint, total, counts, verdicts, files })
    }

    pub(super) fn period(&mut self, root: &Node, folder: &str) -> Option<Period> {
        let name = root.text("obdobi")?;
        let Some(year) = Year::parse(&name.value) else {
            self.diagnostics.push(neplatne_obdobi::not_a_year(&name));
            return None;
        };
        if year.to_string() != folder {
            let own = year.to_string();
            let is_there = self.documents.iter().any(|document| document.period.as_deref() == Some(own.as_str()));
            self.diagnostics.push(neplatne_obdobi::other_folder(&name, folder, is_there));
            return None;
        }
        let is_of_it = |document: &&raw::Document| document.period.as_deref() == Some(folder);
        let mut documents = self.documents.iter().copied().filter(is_of_it);
        if !documents.any(|document| matches!(document.content, Content::Freeze(_))) {
            self.cut_off(root, None);
            self.resolution_alone(root.get("pisemna_informace"));
        }
        // All of them are read before one that cannot be ends it.
        let [from, to, as_of, due] = ["od", "do", "ke_dni", "termin_podkladu"].map(|key| self.date(root, key));
        let published = root.get("zverejneno").and_then(|node| self.published(node));
        let (from, to) = (from?, to?);
        if from.value > to.value {
            self.diagnostics.push(neplatne_obdobi::ends_before_it_begins(&to, from.place));
        } else if i16::try_from(year.0) != Ok(to.value.year()) {
            self.diagnostics.push(neplatne_obdobi::ends_in_another_year(&to, year));
        } else {
            self.diagnostics.extend(as_of.as_ref().and_then(|day| judged_when_it_cannot_be(day, &from, &to)));
            self.diagnostics.extend(due.as_ref().and_then(|day| due_when_it_cannot_be(day, &to)));
        }
        Some(Period {
            year,
            from,
            to: to.value,
            as_of: as_of.map_or(to.value, |date| date.value),
            due: due.map(|date| date.value),
            origin: root.string("puvod"),
            published,
            consulted: root.strings("projednani"),
            written_information: root
                .get("pisemna_informace")
                .map(|node| self.written_information(node))
                .unwrap_or_default(),
            narratives: BTreeMap::new(),
            submissions: Submissions::default(),
            decisions: BTreeMap::new(),
            freeze: None,
            comments: Vec::new(),
            place: name.place,
            folder: folder.to_owned(),
        })
    }

    pub(super) fn written_information(&mut self, node: &Node) -> WrittenInformation {
        WrittenInformation {
            session: node.string("zasedani"),
            date: self.date(node, "datum").map(|date| date.value),
            resolution: node.string("usneseni"),
            prepared_by: node.string("zpracoval"),
            discussed_by: node.strings("projednal"),
            submitted_by: node.string("predklada"),
        }
    }

    pub(super) fn published(&mut self, node: &Node) -> Option<Published> {
        let (total, by_status) = self.counts(node)?;
        Some(Published { total, by_status, unfulfilled_share: node.text("podil_neplneno") })
    }

    /// The number of measures, and of those with each status. All of them are read before one that cannot be ends it.
    fn counts(&mut self, node: &Node) -> Option<(Located<usize>, ByStatus)> {
        let mut number = |key: &str| node.text(key).and_then(|text| self.whole_number(&text));
        let total = number("celkem");
        let by_status = Status::ALL.map(|status| number(status.column()).map(|number| (status, number)));
        total.zip(by_status.into_iter().collect())
    }

    pub(super) fn fill_periods(&mut self, strategy: &mut Strategy) {
        let mut periods = std::mem::take(&mut strategy.periods);
        for document in self.documents.clone() {
            let Some(year) = document.period.as_deref().and_then(Year::parse) else { continue };
            let Some(period) = periods.get_mut(&year) else { continue };
            match &document.content {
                Content::Narrative(name) => {
                    period.narratives.insert(name.clone(), document.file);
                }
                Content::Decisions(root) => self.decisions(root, strategy, period),
                Content::Freeze(root) => period.freeze = self.freeze(root, Place::start_of(document.file)),
                Content::Comments(comments) => self.comments(comments, strategy, period),
                _ => {}
            }
        }
        strategy.periods = periods;
    }

    pub(super) fn decisions(&mut self, root: &Node, strategy: &Strategy, period: &mut Period) {
        for node in root.list("vyhodnoceni") {
            let Some(measure) = node.text("opatreni").and_then(|text| self.measure_id(&text, strategy, period.year))
            else {
                continue;
            };
            let n_before = self.diagnostics.len();
            let status = self.status(node.text("stav"));
            for diagnostic in &mut self.diagnostics[n_before..] {
                diagnostic.measure = Some(measure.value);
            }
            let Some(status) = status else { continue };
            if let Some(first) = period.decisions.get(&measure.value) {
                self.diagnostics.push(zdvojene_opatreni::decision(&measure, first.measure.place).period(period.year));
                continue;
            }
            let decision = Decision {
                measure,
                status,
                reason: node.text("duvod"),
                decided_by: node.text("rozhodl").filter(|text| !raw::is_dashes(&text.value)),
            };
            period.decisions.insert(decision.measure.value, decision);
        }
    }

    pub(super) fn submissions(&mut self, files: Vec<Taken<Vec<raw::Submission>>>, strategy: &mut Strategy) {
        let known: &Strategy = strategy;
        let n_together = files.len().div_ceil(N_PARTS * rayon::current_num_threads()).clamp(1, N_TOGETHER);
        let groups = files.into_par_iter().chunks(n_together).with_max_len(N_TAKEN);
        let built: Vec<_> = groups.map(|files| self.group_of_submissions(files, known)).collect();
        let mut periods: BTreeMap<Year, Vec<Group>> = BTreeMap::new();
        for (groups, forks) in built {
            forks.into_iter().for_each(|fork| self.join(fork));
            for (year, group) in groups {
                periods.entry(year).or_default().push(group);
            }
        }
        for (year, groups) in periods {
            if let Some(period) = strategy.periods.get_mut(&year) {
                period.submissions = Submissions::of_groups(groups);
            }
        }
    }

    /// What was submitted in several files, by period, and who found what is wrong with each.
    fn group_of_submissions(
        &self,
        files: Vec<Taken<Vec<raw::Submission>>>,
        strategy: &Strategy,
    ) -> (BTreeMap<Year, Group>, Vec<Self>) {
        let mut periods: BTreeMap<Year, Vec<Vec<Submission>>> = BTreeMap::new();
        let mut forks = Vec::with_capacity(files.len());
        for file in files {
            let (said, fork) = self.fork().file_of_submissions(file, strategy);
            if let Some((year, submissions)) = said {
                periods.entry(year).or_default().push(submissions);
            }
            forks.push(fork);
        }
        (periods.into_iter().map(|(year, files)| (year, Group::of_files(files))).collect(), forks)
    }

    /// What was submitted in one file, and who found what is wrong with it.
    fn file_of_submissions(
        mut self,
        taken: Taken<Vec<raw::Submission>>,
        strategy: &Strategy,
    ) -> (Option<(Year, Vec<Submission>)>, Self) {
        let (file, folder) = (taken.file, taken.folder.clone());
        let submitted = self.parsed(taken);
        let year = folder.as_deref().and_then(Year::parse).filter(|year| strategy.periods.contains_key(year));
        let said = year.zip(submitted);
        (said.map(|(year, submitted)| (year, self.submitted(file, submitted, strategy, year))), self)
    }

    /// What was submitted in one file of a period.
    fn submitted(
        &mut self,
        file: FileId,
        mut submitted: Vec<raw::Submission>,
        strategy: &Strategy,
        year: Year,
    ) -> Vec<Submission> {
        if is_form_in_yaml(self.files.get(file).text()) {
            let n_answered = submitted.len();
            submitted.retain(|raw| !raw.is_blank() || strategy.measure_of(&raw.measure.value).is_none());
            let is_whole = submitted.len() == n_answered;
            self.diagnostics.extend((!is_whole).then(|| chybejici_stav::form(file)));
        }
        let has_lost_row = self.with_unread_row.contains(&file) || names_unknown_measure(&submitted, strategy);
        let mut submitters = BTreeMap::new();
        let mut submissions = Vec::with_capacity(submitted.len());
        for raw in submitted {
            let known = submitters.get(&raw.submitter.value).copied();
            let body = known.unwrap_or_else(|| {
                let body = self.submitter(&raw, &strategy.register, file, year);
                submitters.insert(raw.submitter.value.clone(), body);
                body
            });
            // The row that speaks of the measure as a whole may be the one that is lost, with its status.
            let is_whole = !(has_lost_row && raw.is_of_criteria_alone);
            submissions.extend(self.submission(raw, body, strategy, year, is_whole));
        }
        submissions
    }

    fn submission(
        &mut self,
        raw: raw::Submission,
        body: Option<BodyId>,
        strategy: &Strategy,
        year: Year,
        is_whole: bool,
    ) -> Option<Submission> {
        let measure = self.measure_id(&raw.measure, strategy, year);
        let n_before = self.diagnostics.len();
        let has_status = raw.status.is_some();
        // Quotation marks or the sign of a block with nothing in it.
        let is_blank = raw.status.as_ref().is_some_and(|status| status.value.trim().is_empty());
        // A fault of the measure hides none of the status, nor what is not read.
        let status = self.status(raw.status.filter(|_| !is_blank));
        let Some(measure) = measure else {
            self.diagnostics.extend(raw.notes.iter().map(useknuty_text::finding));
            return None;
        };
        let definition = strategy.measures.get(&measure.value)?;
        let criteria: Vec<Reported> =
            raw.criteria.into_iter().filter_map(|reported| self.reported(reported, definition)).collect();
        let says_nothing = is_blank || !has_status && criteria.iter().all(|reported| reported.status.is_none());
        // A misspelled key has its own finding, and may be the one that holds the status.
        // So may a criterion that the definition has and that could not be read there.
        let is_readable = is_whole && self.is_readable(raw.extent) && !self.unread_criteria.contains(&measure.value);
        let misses_status = says_nothing && is_readable && !raw.has_untitled && self.diagnostics.len() == n_before;
        if misses_status {
            self.diagnostics.push(chybejici_stav::finding(&raw.measure));
        }
        // That there is no status says it all.
        let notes = raw.notes.iter().filter(|note| !(misses_status && note.key == "stav"));
        self.diagnostics.extend(notes.map(useknuty_text::finding));
        for diagnostic in &mut self.diagnostics[n_before..] {
            diagnostic.measure = Some(measure.value);
            diagnostic.period = Some(year);
        }
        let mut comments = raw.comments;
        comments.retain(|text| !text.value.trim().is_empty());
        // That nobody knows who speaks hides none of the faults in what is said.
        let body = body?;
        Some(Submission {
            body: raw.submitter.with(body),
            measure,
            is_status_unreadable: status.is_none() && (has_status || !is_readable),
            status,
            is_comment_unread: raw.has_untitled || raw.notes.iter().any(|note| note.key == "komentar"),
            comments,
            criteria,
            place: raw.place,
        })
    }

    pub(super) fn acceptances(&mut self, strategy: &mut Strategy) {
        let mut acceptances = Acceptances::default();
        acceptances.are_unread = self.has_unread_acceptances;
        let mut unknown = BTreeSet::new();
        for document in self.documents.clone() {
            let Content::Accepted(root) = &document.content else { continue };
            for node in root.list("prijato") {
                self.acceptance(node, strategy, &mut acceptances, &mut unknown);
            }
        }
        strategy.acceptances = acceptances;
    }

    /// Of a period that there is not it is told once, however much was accepted for it; `unknown` are those.
    fn acceptance(
        &mut self,
        node: &Node,
        strategy: &Strategy,
        acceptances: &mut Acceptances,
        unknown: &mut BTreeSet<String>,
    ) {
        let (Some(code), Some(reason)) = (node.text("nalez"), node.text("duvod")) else { return };
        let rule = match rules::find(code.value.trim()) {
            Some(rule) if rule.severity == Severity::Error => {
                return self.diagnostics.push(neplatne_prijeti::error(&code));
            }
            Some(rule) => rule,
            None => return self.diagnostics.push(neplatne_prijeti::unknown_code(&code)),
        };
        let period = match node.text("obdobi") {
            None => None,
            Some(text) => match Year::parse(&text.value).filter(|year| self.years.contains(year)) {
                // What was accepted elsewhere is of no concern to a frozen period.
                Some(year) if self.is_frozen && !strategy.periods.contains_key(&year) => return,
                Some(year) => Some(year),
                None if self.is_frozen => return,
                // Its folder is there, and what is wrong with it has its own finding.
                None if self.has_folder_of(&text) => return,
                None if !unknown.insert(text.value.trim().to_owned()) => return,
                None => return self.diagnostics.push(neplatne_prijeti::unknown_period(&text, &self.years)),
            },
        };
        let mut accept = |measure: Option<MeasureId>, place: Place| {
            acceptances
                .add((rule.code, measure, period), place, &reason.value)
                .map(|first| prijeti_navic::repeated(rule.code, measure, period, place, first))
        };
        let measures = node.texts("opatreni");
        if measures.is_empty() {
            self.diagnostics.extend(accept(None, code.place));
        }
        for text in measures {
            match MeasureId::parse(&text.value) {
                Some(id) if strategy.measures.contains_key(&id) => {
                    self.diagnostics.extend(accept(Some(id), text.place));
                }
                Some(id) if self.may_be_unread(id, strategy) => {}
                _ => self.diagnostics.push(nezname_opatreni::finding_among_several(&text, &strategy.measures)),
            }
        }
    }

    pub(super) fn submitter(
        &mut self,
        raw: &raw::Submission,
        register: &Register,
        file: FileId,
        year: Year,
    ) -> Option<BodyId> {
        let found = if raw.submitter_is_file_name {
            register.find_file(&raw.submitter.value)
        } else {
            register.one(&raw.submitter.value)
        };
        if found.is_none() {
            let finding = if raw.submitter_is_file_name {
                neznamy_subjekt::file_name(file, &raw.submitter.value, register)
            } else {
                neznamy_subjekt::finding(raw.submitter.place, &raw.submitter.value, register)
            };
            self.unknown_body(finding.period(year));
        }
        found
    }

    fn reported(&mut self, raw: raw::Reported, measure: &Measure) -> Option<Reported> {
        let name = squash(&raw.criterion.value);
        let index = measure.criteria.iter().position(|criterion| squash(&criterion.name) == name);
        if index.is_none() && !self.unread_criteria.contains(&measure.id.value) {
            self.diagnostics.push(nezname_kriterium::finding(&raw.criterion, measure));
        }
        let value = raw.value.as_ref().and_then(|text| match parse_number(&text.value) {
            Some(number) if number < 0.0 => {
                self.diagnostics.push(neplatne_cislo::negative(text));
                None
            }
            Some(number) => Some(text.with(number)),
            None => {
                self.diagnostics.push(neplatne_cislo::finding(text));
                None
            }
        });
        let status = self.status(raw.status);
        Some(Reported { criterion: raw.criterion.with(index?), value, status, evidence: raw.evidence })
    }

    /// Whether some file lies in the folder of a period, or names it in another one.
    pub(super) fn has_folder_of(&self, period: &Text) -> bool {
        let Some(year) = Year::parse(&period.value) else { return false };
        let folder = format!("obdobi/{year}/");
        let names_it = |document: &&raw::Document| match &document.content {
            Content::Period(root) => root.text("obdobi").and_then(|name| Year::parse(&name.value)) == Some(year),
            _ => false,
        };
        self.files.iter().any(|(_, file)| file.path().starts_with(&folder)) || self.documents.iter().any(names_it)
    }
}
