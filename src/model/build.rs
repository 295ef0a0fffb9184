//! Located texts into the typed model. All that cannot be understood becomes a finding, and the
//! rest is built all the same, so that one slip never hides another.

mod comments;
mod definitions;
mod large;
mod open_data;
mod periods;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::{Content, Document};
use crate::load::yaml::{Node, Value};
use crate::load::{FROZEN_DEFINITIONS, Tree};
use crate::model::{
    AreaNumber, BodyId, Criterion, CriterionKind, MeasureId, Register, Status, StatusWording, Strategy, Year, day,
    squash,
};
use crate::rules::{
    chybejici_klic, neplatne_cislo, neplatne_datum, nezname_opatreni, neznamy_klic, neznamy_stav, neznamy_subjekt,
    skryty_znak, spatny_typ, useknuty_text,
};
use crate::source::{FileId, Files, Located, Piece, Place, Text};

use large::{Taken, unreadable, with_unread_row};

/// Builds the model out of what was read: with the definitions of today, or with those of a period
/// that was frozen with other ones, named by its folder.
///
/// A period belongs to the definitions that hold for it, so the model of today has all periods but
/// those that have a model of their own. Its areas and what was submitted in its periods are taken out of the tree.
pub fn build(tree: &mut Tree, frozen: Option<&str>) -> (Strategy, Vec<Diagnostic>) {
    let root = frozen.map_or_else(String::new, |folder| format!("obdobi/{folder}/{FROZEN_DEFINITIONS}/"));
    let submitted = large::take(tree, frozen);
    let areas = large::take(tree, frozen);
    let documents: Vec<&Document> =
        tree.documents.iter().filter(|document| belongs(document, frozen, &tree.apart)).collect();
    let area_folder = format!("{root}opatreni/");
    let n_area_files = tree.files.iter().filter(|(_, file)| file.path().starts_with(&area_folder)).count();
    let has_unread_area = areas.len() < n_area_files;
    let years = tree.documents.iter().filter_map(|document| Year::parse(document.period.as_deref()?)).collect();
    let has_error = |name: &str| {
        let mut errors = tree.diagnostics.iter().filter(|fault| fault.rule.severity == Severity::Error);
        errors.any(|fault| tree.files.path(fault.place) == format!("{root}{name}"))
    };
    let is_accepted_read = documents.iter().any(|document| matches!(document.content, Content::Accepted(_)));
    let mut builder = Builder {
        files: &tree.files,
        documents,
        is_frozen: frozen.is_some(),
        years,
        statuses: Arc::default(),
        diagnostics: Vec::new(),
        read: Vec::new(),
        unread: BTreeSet::new(),
        with_unread_row: Arc::new(with_unread_row(&tree.diagnostics)),
        unreadable: Arc::new(unreadable(&tree.diagnostics)),
        has_unread_area,
        extents: BTreeMap::new(),
        unread_measures: BTreeSet::new(),
        unread_criteria: BTreeSet::new(),
        has_unread_body: has_error("subjekty.yaml"),
        has_unread_code: has_error("strategie.yaml"),
        has_unread_acceptances: !is_accepted_read && has_error("prijato.yaml"),
    };
    let register = builder.register();
    let mut strategy = builder.strategy(register);
    builder.statuses = Arc::new(strategy.statuses.clone());
    builder.areas(areas, &mut strategy);
    builder.changes(&strategy);
    for document in builder.documents.clone() {
        if let Content::Strategy(node) | Content::Bodies(node) = &document.content {
            builder.cut_off(node, None);
        }
        if let (Content::Period(node), Some(folder)) = (&document.content, &document.period)
            && let Some(period) = builder.period(node, folder)
        {
            strategy.periods.insert(period.year, period);
        }
    }
    builder.fill_periods(&mut strategy);
    builder.submissions(submitted, &mut strategy);
    builder.acceptances(&mut strategy);
    let Builder { diagnostics, read, unread, extents, .. } = builder;
    tree.diagnostics.extend(read);
    tree.documents.retain(|document| !unread.contains(&document.file));
    name_measures(&extents, &mut tree.diagnostics);
    let built = without_consequences(diagnostics, &mut tree.diagnostics, &tree.files);
    (strategy, built)
}

/// Names the measures of whose definitions some key was not as it has to be: whoever read them knew keys alone.
fn name_measures(extents: &BTreeMap<(FileId, usize), (usize, MeasureId)>, read: &mut [Diagnostic]) {
    let of_keys = [&neznamy_klic::RULE, &chybejici_klic::RULE, &spatny_typ::RULE];
    for found in read.iter_mut().filter(|found| of_keys.iter().any(|rule| std::ptr::eq(found.rule, *rule))) {
        let (file, at) = (found.place.file, found.place.range().start);
        let measure = extents.range((file, 0)..=(file, at)).next_back().filter(|(_, (end, _))| at < *end);
        found.measure = found.measure.or(measure.map(|(_, (_, id))| *id));
    }
}

/// What was found without that of texts in which a character is hidden: nobody could see there what else is wrong.
fn without_consequences(mut built: Vec<Diagnostic>, read: &mut [Diagnostic], files: &Files) -> Vec<Diagnostic> {
    let hidden = read.iter_mut().filter(|found| std::ptr::eq(found.rule, &skryty_znak::RULE));
    let mut hidden: BTreeMap<(FileId, usize), &mut Diagnostic> =
        hidden.map(|found| ((found.place.file, found.place.range().start), found)).collect();
    built.retain(|found| {
        let (file, range) = (found.place.file, found.place.range());
        if files.get(file).text()[range.clone()].contains('\n') {
            return true;
        }
        let Some((_, within)) = hidden.range_mut((file, range.start)..(file, range.end)).next() else { return true };
        within.measure = within.measure.or(found.measure);
        false
    });
    built
}

/// Whether a document is part of the model of today, or of that of a frozen period.
fn belongs(document: &Document, frozen: Option<&str>, apart: &BTreeSet<String>) -> bool {
    let is_apart = |folder: &String| apart.contains(folder);
    match (frozen, &document.frozen, &document.period) {
        (None, None, None) => true,
        (None, None, Some(folder)) => !is_apart(folder),
        (Some(wanted), Some(folder), _) | (Some(wanted), None, Some(folder)) => wanted == folder,
        (None, Some(_), _) | (Some(_), None, None) => false,
    }
}

struct Builder<'t> {
    files: &'t Files,
    /// What the model is built from.
    documents: Vec<&'t Document>,
    /// Whether the model is that of a frozen period.
    is_frozen: bool,
    /// All periods of the data.
    years: BTreeSet<Year>,
    /// What the strategy calls the statuses.
    statuses: Arc<BTreeMap<Status, StatusWording>>,
    diagnostics: Vec<Diagnostic>,
    /// What was found wrong while parsing what had waited, and the files that could not be parsed at all.
    read: Vec<Diagnostic>,
    unread: BTreeSet<FileId>,
    /// What was found wrong while reading each file.
    unreadable: Arc<BTreeMap<FileId, Vec<Place>>>,
    /// The tables of which some row could not be read.
    with_unread_row: Arc<BTreeSet<FileId>>,
    /// Whether a file of definitions could not be read, so that some measures are not known.
    has_unread_area: bool,
    /// Where the definitions of measures begin and end.
    extents: BTreeMap<(FileId, usize), (usize, MeasureId)>,
    /// The areas of which some measure could not be read.
    unread_measures: BTreeSet<AreaNumber>,
    /// The measures of which some criterion could not be read.
    unread_criteria: BTreeSet<MeasureId>,
    /// Whether something of the register could not be read, so that some bodies are not known.
    has_unread_body: bool,
    /// The same of the lists of documents and sources of money.
    has_unread_code: bool,
    /// Whether it is not known what the coordinator lives with.
    has_unread_acceptances: bool,
}

/// The keys of texts that documents print; notes behind codes and days are what they seem.
const PROSE: [&str; 6] = ["nazev", "uvod", "popis", "indikator", "vymezeni", "puvod"];

impl<'t> Builder<'t> {
    /// One that knows the same and finds for itself, to build what documents of their own hold.
    fn fork(&self) -> Self {
        Self {
            documents: Vec::new(),
            diagnostics: Vec::new(),
            read: Vec::new(),
            unread: BTreeSet::new(),
            unreadable: Arc::clone(&self.unreadable),
            with_unread_row: Arc::clone(&self.with_unread_row),
            years: self.years.clone(),
            statuses: Arc::clone(&self.statuses),
            extents: BTreeMap::new(),
            unread_measures: self.unread_measures.clone(),
            unread_criteria: self.unread_criteria.clone(),
            ..*self
        }
    }

    /// Takes in what one that knew the same found for itself.
    fn join(&mut self, fork: Self) {
        self.diagnostics.extend(fork.diagnostics);
        self.read.extend(fork.read);
        self.unread.extend(fork.unread);
        self.extents.extend(fork.extents);
        self.unread_measures.extend(fork.unread_measures);
        self.unread_criteria.extend(fork.unread_criteria);
        self.has_unread_area |= fork.has_unread_area;
    }

    fn one_body(&mut self, code: &Text, register: &Register) -> Option<BodyId> {
        let found = register.one(&code.value);
        if found.is_none() {
            self.unknown_body(neznamy_subjekt::finding(code.place, &code.value, register));
        }
        found
    }

    /// Takes a finding about a body that the register does not have. It may be there, where it
    /// could not be read; that has its own finding.
    fn unknown_body(&mut self, finding: Diagnostic) {
        if !self.has_unread_body {
            self.diagnostics.push(finding);
        }
    }

    /// Finds texts of definitions, or of a period, that a note cuts off. A frozen period keeps its own as they are.
    fn cut_off(&mut self, node: &Node, measure: Option<MeasureId>) {
        let Value::Map(entries) = &node.value else { return };
        if self.is_frozen {
            return;
        }
        for (key, value) in entries {
            let texts = match &value.value {
                Value::List(items) => &items[..],
                _ => std::slice::from_ref(value),
            };
            for text in texts {
                if !matches!(text.value, Value::Text(_)) {
                    // Measures have findings of their own.
                    if key.value != "opatreni" {
                        self.cut_off(text, measure);
                    }
                } else if PROSE.contains(&key.value.as_str()) {
                    let source = self.files.get(text.place.file).text();
                    let found = useknuty_text::in_definition(source, key, text.place);
                    self.diagnostics.extend(found.map(|found| found.about(measure)));
                }
            }
        }
    }

    /// Whether nothing was found wrong within a place while reading.
    fn is_readable(&self, extent: Place) -> bool {
        let mut faults = self.unreadable.get(&extent.file).into_iter().flatten();
        faults.all(|fault| fault.end < extent.start || fault.start > extent.end)
    }

    fn measure_id(&mut self, text: &Text, strategy: &Strategy, year: Year) -> Option<Located<MeasureId>> {
        match MeasureId::parse(&text.value) {
            Some(id) if strategy.measures.contains_key(&id) => Some(text.with(id)),
            Some(id) if self.may_be_unread(id, strategy) => None,
            _ => {
                self.diagnostics.push(nezname_opatreni::finding(text, &strategy.measures).period(year));
                None
            }
        }
    }

    /// Whether an unknown measure may be among the definitions, where they could not be read or
    /// have a gap. Both have their own finding.
    fn may_be_unread(&self, id: MeasureId, strategy: &Strategy) -> bool {
        let has_unread = if strategy.areas.contains_key(&id.area) {
            self.unread_measures.contains(&id.area)
        } else {
            self.has_unread_area
        };
        has_unread || strategy.skips(id)
    }

    fn status(&mut self, text: Option<Text>) -> Option<Located<Status>> {
        let text = text?;
        match Status::parse(&text.value) {
            Some(status) => Some(text.with(status)),
            None => {
                self.diagnostics.push(neznamy_stav::finding(&text, &self.statuses));
                None
            }
        }
    }

    fn date(&mut self, node: &Node, key: &str) -> Option<Located<Date>> {
        let text = node.text(key)?;
        let day = day(&text.value);
        if day.is_none() {
            self.diagnostics.push(neplatne_datum::finding(&text));
        }
        day.map(|day| text.with(day))
    }

    fn whole_number(&mut self, text: &Text) -> Option<Located<usize>> {
        let number = Some(text.value.trim())
            .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|text| text.parse().ok());
        if number.is_none() {
            self.diagnostics.push(neplatne_cislo::not_whole(text));
        }
        number.map(|number| text.with(number))
    }
}

impl Criterion {
    /// The one criterion of a measure that does not split its indicator: a count when the text
    /// speaks of one.
    fn of_whole_indicator(indicator: &Piece) -> Self {
        let kind = if squash(indicator).contains("počet") { CriterionKind::Count } else { CriterionKind::Output };
        Self { name: indicator.clone(), kind }
    }
}

/// The circles of bodies that are parts of each other, each from the body that is listed first.
fn circles(register: &Register, parent_places: &BTreeMap<BodyId, Place>) -> Vec<Vec<(BodyId, Place)>> {
    let circle_of = |first: BodyId| {
        let mut circle = Vec::new();
        let mut body = first;
        // A chain that is longer than the register runs into a circle that `first` is not part of.
        for _ in 0..=parent_places.len() {
            circle.push((body, *parent_places.get(&body)?));
            body = register.get(body).parent?;
            if body == first {
                let is_listed_first = circle.iter().all(|(body, _)| *body >= first);
                return is_listed_first.then_some(circle);
            }
        }
        None
    };
    parent_places.keys().filter_map(|&first| circle_of(first)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::claimed;
    use crate::rules;
    use crate::rules::testing::{dataset, edited};

    #[test]
    fn criteria_do_not_speak_in_place_of_a_status_that_could_not_be_read() {
        let path = "obdobi/2023/podklady/osv.yaml";
        for (written, claims) in [
            ("", Some(Status::Fulfilled)),
            ("    stav: NEPLNĚNO\n", Some(Status::Unfulfilled)),
            ("    stav: NEPLNENO\n", None),
            ("    stav: [NEPLNĚNO]\n", None),
            ("    stva: NEPLNĚNO\n", None),
        ] {
            let text =
                edited(path, "    stav: PLNĚNO\n    komentar: Konaly", &format!("{written}    komentar: Konaly"));
            let dataset = dataset(&[(path, &text)]);
            let id = MeasureId::parse("I/2").expect("it is one");
            let submission = dataset.strategy.periods[&Year(2023)].submissions.on(id).first().expect("there is one");
            assert_eq!(claimed(submission, &dataset.strategy.measures[&id]), claims, "{written}");
        }
    }

    #[test]
    fn a_fault_of_a_name_hides_none_of_what_is_said_of_it() {
        let path = "obdobi/2023/podklady/osv.yaml";
        let codes = |text: &str| {
            let found = dataset(&[(path, text)]).check(None);
            let errors = found.iter().filter(|found| found.severity() == Severity::Error);
            errors.map(|found| found.rule.code).collect::<Vec<_>>()
        };
        let measure = edited(path, "opatreni: I/1\n    stav: ČÁSTEČNĚ", "opatreni: I/99\n    stav: skoro");
        assert_eq!(codes(&measure), ["nezname-opatreni", "neznamy-stav"]);
        let criterion = edited(path, "Počet konferencí, hodnota: 4", "Počet jiných věcí, hodnota: asi 4");
        assert_eq!(codes(&criterion), ["nezname-kriterium", "neplatne-cislo"]);
    }

    #[test]
    fn a_comment_of_several_rows_is_said_once_whichever_comes_first() {
        let rows = ["I/2,PLNĚNO,Konaly se.,,", "I/2,,Konaly se.,Počet konferencí,4", "I/2,,Jiné.,Počet účastníků,5"];
        for order in [[0, 1, 2], [1, 0, 2], [1, 2, 0], [2, 1, 0]] {
            let rows = order.map(|row| rows[row]).join("\n");
            let text = format!("opatreni,stav,komentar,kriterium,hodnota\n{rows}\n");
            let dataset = dataset(&[("obdobi/2023/podklady/osv.yaml", ""), ("obdobi/2023/podklady/osv.csv", &text)]);
            let id = MeasureId::parse("I/2").expect("it is one");
            let Some(submission) = dataset.strategy.periods[&Year(2023)].submissions.on(id).only() else {
                panic!("one submission of {order:?}");
            };
            let mut comments: Vec<&str> = submission.comments.iter().map(|comment| comment.value.as_str()).collect();
            comments.sort_unstable();
            assert_eq!(comments, ["Jiné.", "Konaly se."], "{order:?}");
        }
    }

    #[test]
    fn what_could_not_be_read_is_not_missed_by_those_who_name_it() {
        let acceptance =
            ("prijato.yaml", "prijato:\n  - {nalez: po-terminu, opatreni: I/1, obdobi: 2023, duvod: Tak.}\n");
        for (path, from, to, code) in [
            ("subjekty.yaml", "subjekty:", "subjekt:", "neznamy-klic"),
            ("opatreni/01.yaml", "okruh: I\n", "okruh: 1\n", "neplatny-okruh"),
            ("opatreni/01.yaml", "okruh: I\n", "okrh: I\n", "neznamy-klic"),
            ("opatreni/01.yaml", "cislo: 1\n", "cislo: první\n", "neplatne-cislo"),
            ("obdobi/2023/obdobi.yaml", "od: 2022-01-01", "od: 22-01-01", "neplatne-datum"),
        ] {
            let text = edited(path, from, to);
            let found: Vec<&str> =
                dataset(&[(path, &text), acceptance]).check(None).iter().map(|found| found.rule.code).collect();
            let errors: Vec<&str> = found
                .into_iter()
                .filter(|code| rules::find(code).is_some_and(|rule| rule.severity != Severity::Note))
                .collect();
            assert_eq!(errors, [code], "{path}: {to}");
        }
    }

    #[test]
    fn a_register_with_line_ends_of_windows_hides_no_unknown_body() {
        let register = edited("subjekty.yaml", "druh: skupina", "druh: obec").replace('\n', "\r\n");
        let measures = edited("opatreni/02.yaml", "[OZ]", "[Hasiči]");
        let found = dataset(&[("subjekty.yaml", &register), ("opatreni/02.yaml", &measures)]).check(None);
        assert!(found.iter().any(|found| found.rule.code == "neznamy-subjekt"), "{found:?}");
    }
}
