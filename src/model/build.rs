//! Located texts into the typed model. All that cannot be understood becomes a finding, and the
//! rest is built all the same, so that one slip never hides another.

mod comments;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::load::raw::{self, Content, Document, Text};
use crate::load::yaml::{Node, Value};
use crate::load::{FROZEN_DEFINITIONS, Tree};
use crate::model::{
    Acceptances, Area, AreaNumber, Body, BodyId, Change, ChangeKind, CodeId, CodeList, Coded, Criterion, CriterionKind,
    Deadline, Decision, Freeze, Measure, MeasureId, Named, OpenData, Period, Published, Register, Reported, Status,
    StatusWording, Strategy, Submission, WrittenInformation, Year, open_data, squash,
};
use crate::rules::{
    self, chybejici_stav, nadrizeni_v_kruhu, neplatna_zmena, neplatne_cislo, neplatne_datum, neplatne_obdobi,
    neplatne_prijeti, neplatny_druh, neplatny_okruh, neplatny_termin, neuplne_stavy, nezname_kriterium,
    nezname_opatreni, neznamy_kod, neznamy_stav, neznamy_subjekt, prijeti_navic, zdvojene_opatreni, zdvojeny_kod,
    zdvojeny_subjekt,
};
use crate::source::{FileId, Files, Located, Place};

/// Builds the model out of what was read: with the definitions of today, or with those of a period
/// that was frozen with other ones, named by its folder.
///
/// A period belongs to the definitions that hold for it, so the model of today has all periods but
/// those that have a model of their own.
pub fn build(tree: &Tree, frozen: Option<&str>) -> (Strategy, Vec<Diagnostic>) {
    let root = frozen.map_or_else(String::new, |folder| format!("obdobi/{folder}/{FROZEN_DEFINITIONS}/"));
    let documents: Vec<&Document> = tree.documents.iter().filter(|document| belongs(document, frozen, tree)).collect();
    let n_areas = documents.iter().filter(|document| matches!(document.content, Content::Area(_))).count();
    let area_folder = format!("{root}opatreni/");
    let n_area_files = tree.files.iter().filter(|(_, file)| file.path().starts_with(&area_folder)).count();
    let has_unread_area = n_areas < n_area_files;
    let mut unreadable: BTreeMap<FileId, Vec<Place>> = BTreeMap::new();
    for fault in &tree.diagnostics {
        unreadable.entry(fault.place.file).or_default().push(fault.place);
    }
    let years = tree.documents.iter().filter_map(|document| Year::parse(document.period.as_deref()?)).collect();
    // Another spelling, such as line ends of Windows, hides nothing.
    let errors = tree.diagnostics.iter().filter(|fault| fault.severity() == Severity::Error);
    let has_error = |name: &str| errors.clone().any(|fault| tree.files.path(fault.place) == format!("{root}{name}"));
    let mut builder = Builder {
        files: &tree.files,
        documents,
        is_frozen: frozen.is_some(),
        years,
        diagnostics: Vec::new(),
        unreadable,
        has_unread_area,
        unread_measures: BTreeSet::new(),
        has_unread_body: has_error("subjekty.yaml"),
        has_unread_code: has_error("strategie.yaml"),
    };
    let register = builder.register();
    let mut strategy = builder.strategy(register);
    for document in builder.documents.clone() {
        if let Content::Area(node) = &document.content {
            builder.area(node, &mut strategy);
        }
    }
    builder.changes(&strategy);
    for document in builder.documents.clone() {
        if let (Content::Period(node), Some(folder)) = (&document.content, &document.period)
            && let Some(period) = builder.period(node, folder)
        {
            strategy.periods.insert(period.year, period);
        }
    }
    builder.fill_periods(&mut strategy);
    builder.acceptances(&mut strategy);
    (strategy, builder.diagnostics)
}

/// Whether a document is part of the model of today, or of that of a frozen period.
fn belongs(document: &Document, frozen: Option<&str>, tree: &Tree) -> bool {
    let is_apart = |folder: &String| tree.apart.contains(folder);
    match (frozen, &document.frozen, &document.period) {
        (None, None, None) => true,
        (None, None, Some(folder)) => !is_apart(folder),
        (Some(wanted), Some(folder), _) | (Some(wanted), None, Some(folder)) => wanted == folder,
        (None, Some(_), _) | (Some(_), None, None) => false,
    }
}

/// Every spelling of a criterion's kind, blanks and letter case aside.
pub const CRITERION_KINDS: [(&str, CriterionKind); 4] = [
    ("pocet", CriterionKind::Count),
    ("počet", CriterionKind::Count),
    ("vystup", CriterionKind::Output),
    ("výstup", CriterionKind::Output),
];

struct Builder<'t> {
    files: &'t Files,
    /// What the model is built from.
    documents: Vec<&'t Document>,
    /// Whether the model is that of a frozen period.
    is_frozen: bool,
    /// All periods of the data.
    years: BTreeSet<Year>,
    diagnostics: Vec<Diagnostic>,
    /// What was found wrong while reading each file.
    unreadable: BTreeMap<FileId, Vec<Place>>,
    /// Whether a file of definitions could not be read, so that some measures are not known.
    has_unread_area: bool,
    /// The areas of which some measure could not be read.
    unread_measures: BTreeSet<AreaNumber>,
    /// Whether something of the register could not be read, so that some bodies are not known.
    has_unread_body: bool,
    /// The same of the lists of documents and sources of money.
    has_unread_code: bool,
}

impl<'t> Builder<'t> {
    fn register(&mut self) -> Register {
        let mut register = Register::default();
        let nodes: Vec<&'t Node> = self
            .documents
            .iter()
            .filter_map(|document| match &document.content {
                Content::Bodies(root) => Some(root.list("subjekty")),
                _ => None,
            })
            .flatten()
            .collect();
        let mut entered = Vec::new();
        for node in nodes {
            let Some(code) = node.text("kod") else { continue };
            let name = node.text("nazev").map_or_else(|| code.value.clone(), |text| text.value);
            let kind = node.text("druh").map(|text| text.value).unwrap_or_default();
            let id = register.add(Body { code: code.clone(), name, kind, parent: None });
            entered.push((id, node));
            for name in std::iter::once(code).chain(node.list("aliasy").iter().filter_map(Node::as_text)) {
                if let Some(taken) = register.add_name(&name.value, id) {
                    self.diagnostics.push(zdvojeny_subjekt::finding(&name, register.get(taken)));
                }
            }
        }
        let mut parent_places = BTreeMap::new();
        for (id, node) in entered {
            let Some(parent) = node.text("nadrizeny") else { continue };
            match register.find(&parent.value) {
                Some(found) => {
                    register.set_parent(id, found);
                    parent_places.insert(id, parent.place);
                }
                None => self.unknown_body(neznamy_subjekt::finding(parent.place, &parent.value, &register)),
            }
        }
        for circle in circles(&register, &parent_places) {
            self.diagnostics.extend(nadrizeni_v_kruhu::finding(&circle, &register));
        }
        register
    }

    fn strategy(&mut self, register: Register) -> Strategy {
        let root = self.documents.iter().find_map(|document| match &document.content {
            Content::Strategy(root) => Some(root),
            _ => None,
        });
        let text = |key: &str| root.and_then(|root| root.text(key)).map(|text| text.value).unwrap_or_default();
        let statuses = root.map(|root| self.statuses(root)).unwrap_or_default();
        let coordinator =
            root.and_then(|root| root.text("koordinator")).and_then(|code| self.one_body(&code, &register));
        Strategy {
            name: text("nazev"),
            short_name: text("zkratka"),
            region: text("kraj"),
            resolution: text("usneseni"),
            approved: root.and_then(|root| self.date(root, "schvaleno")).map(|date| date.value),
            coordinator,
            statuses,
            register,
            documents: self.code_list(root, "dokumenty"),
            funding: self.code_list(root, "zdroje_financovani"),
            areas: BTreeMap::new(),
            measures: BTreeMap::new(),
            periods: BTreeMap::new(),
            open_data: root.and_then(|root| root.get("otevrena_data")).and_then(|node| self.open_data(node)),
            acceptances: Acceptances::default(),
        }
    }

    fn open_data(&mut self, node: &Node) -> Option<OpenData> {
        open_data::read(node, &mut self.diagnostics)
    }

    fn code_list(&mut self, root: Option<&Node>, key: &str) -> CodeList {
        let mut list = CodeList::default();
        for node in root.map(|root| root.list(key)).unwrap_or_default() {
            let Some(code) = node.text("kod") else { continue };
            match list.find(&code.value) {
                Some(taken) => self.diagnostics.push(zdvojeny_kod::in_list(&code, list.get(taken))),
                None => {
                    let name = node.text("nazev").map_or_else(|| code.value.clone(), |text| text.value);
                    list.add(Coded { code, name });
                }
            }
        }
        list
    }

    fn statuses(&mut self, root: &Node) -> BTreeMap<Status, StatusWording> {
        let mut statuses = BTreeMap::new();
        let Some(Value::List(nodes)) = root.get("stavy").map(|node| &node.value) else { return statuses };
        let mut places = BTreeMap::new();
        let mut repeated = Vec::new();
        let mut n_unreadable = 0;
        for node in nodes {
            let Some(status) = self.status(node.text("stav")) else {
                n_unreadable += 1;
                continue;
            };
            if places.contains_key(&status.value) {
                repeated.push(status);
                continue;
            }
            let definition = node.list("vymezeni").iter().filter_map(Node::as_text).map(|text| text.value).collect();
            let name = node.text("nazev").map_or_else(|| status.value.code().to_owned(), |text| text.value);
            places.insert(status.value, status.place);
            statuses.insert(status.value, StatusWording { name, definition });
        }
        let missing: Vec<Status> = Status::ALL.into_iter().filter(|status| !places.contains_key(status)).collect();
        // A repeated or unreadable status is one slip, and may be the one that is missing.
        if repeated.is_empty() && n_unreadable == 0 && !missing.is_empty() {
            self.diagnostics.extend(root.key_place("stavy").map(|place| neuplne_stavy::missing(place, &missing)));
        }
        for status in repeated {
            self.diagnostics.push(neuplne_stavy::repeated(&status, places[&status.value], &missing));
        }
        statuses
    }

    fn area(&mut self, root: &Node, strategy: &mut Strategy) {
        let Some(numeral) = root.text("okruh") else {
            self.has_unread_area = true;
            return;
        };
        let Some(number) = AreaNumber::parse(&numeral.value) else {
            self.has_unread_area = true;
            self.diagnostics.push(neplatny_okruh::finding(&numeral));
            return;
        };
        if let Some(first) = strategy.areas.get(&number) {
            self.has_unread_area = true;
            self.diagnostics.push(zdvojene_opatreni::area(&numeral, number, first.number.place));
            return;
        }
        let text = |key: &str| root.text(key).map(|text| text.value).unwrap_or_default();
        let area = Area { number: numeral.with(number), title: text("nazev"), introduction: text("uvod") };
        strategy.areas.insert(number, area);
        for node in root.list("opatreni") {
            let Some(measure) = self.measure(node, number, strategy) else {
                self.unread_measures.insert(number);
                continue;
            };
            match strategy.measures.get(&measure.id.value) {
                Some(first) => {
                    self.unread_measures.insert(number);
                    self.diagnostics.push(zdvojene_opatreni::measure(&measure, first));
                }
                None => {
                    strategy.measures.insert(measure.id.value, measure);
                }
            }
        }
    }

    fn measure(&mut self, node: &Node, area: AreaNumber, strategy: &Strategy) -> Option<Measure> {
        let written = node.text("cislo")?;
        let number = u16::try_from(self.whole_number(&written)?.value).ok().filter(|number| *number < 10_000);
        let Some(number) = number else {
            self.diagnostics.push(neplatne_cislo::too_large(&written));
            return None;
        };
        let id = MeasureId { area, number };
        let deadline = node.text("termin").and_then(|text| match Deadline::parse(&text.value) {
            Some(deadline) => Some(text.with(deadline)),
            None => {
                self.diagnostics.push(neplatny_termin::finding(&text, id));
                None
            }
        });
        let indicator = node.text("indikator").filter(|text| !raw::is_dashes(&text.value));
        let criteria = match (node.list("kriteria"), &indicator) {
            ([], Some(indicator)) => vec![Criterion::of_whole_indicator(&indicator.value)],
            (nodes, _) => nodes.iter().filter_map(|node| self.criterion(node, id)).collect(),
        };
        Some(Measure {
            id: written.with(id),
            description: node.text("popis").unwrap_or_else(|| Located::new(String::new(), written.place)),
            indicator,
            criteria,
            deadline,
            responsible: self.bodies(node, "odpovednost", id, &strategy.register),
            cooperating: self.bodies(node, "spoluprace", id, &strategy.register),
            documents: self.codes((node, "vazby"), id, ("dokumenty", &strategy.documents)),
            funding: self.codes((node, "financovani"), id, ("zdroje_financovani", &strategy.funding)),
            changes: node.list("zmeny").iter().filter_map(|node| self.change(node, id)).collect(),
            responsible_place: node.get("odpovednost").map_or(raw::head(node), |node| node.place),
        })
    }

    fn criterion(&mut self, node: &Node, id: MeasureId) -> Option<Criterion> {
        let name = node.text("nazev")?.value;
        let kind = node.text("druh")?;
        let written = squash(&kind.value);
        let Some((_, kind)) = CRITERION_KINDS.into_iter().find(|(spelling, _)| *spelling == written) else {
            self.diagnostics.push(neplatny_druh::finding(&kind).measure(id));
            return None;
        };
        Some(Criterion { name, kind })
    }

    fn change(&mut self, node: &Node, id: MeasureId) -> Option<Change> {
        let (from, kind, resolution) = (node.text("od")?, node.text("druh")?, node.text("usneseni")?);
        let Some(year) = Year::parse(&from.value) else {
            self.diagnostics.push(neplatna_zmena::not_a_year(&from).measure(id));
            return None;
        };
        let Some(what) = ChangeKind::parse(&kind.value) else {
            self.diagnostics.push(neplatna_zmena::unknown_kind(&kind).measure(id));
            return None;
        };
        let mut measures = Vec::new();
        for text in node.texts("opatreni") {
            match MeasureId::parse(&text.value) {
                Some(other) => measures.push(text.with(other)),
                None => self.diagnostics.push(nezname_opatreni::finding(&text, &BTreeMap::new()).measure(id)),
            }
        }
        if what.needs_measures() && node.texts("opatreni").is_empty() {
            self.diagnostics.push(neplatna_zmena::without_measures(&kind.with(what)).measure(id));
        }
        let description = node.text("popis").map(|text| text.value);
        Some(Change {
            from: from.with(year),
            kind: kind.with(what),
            resolution: resolution.value,
            measures,
            description,
        })
    }

    /// The measures that changes name have to be there; all of them are known only now.
    fn changes(&mut self, strategy: &Strategy) {
        for (&id, measure) in &strategy.measures {
            for other in measure.changes.iter().flat_map(|change| &change.measures) {
                if other.value == id {
                    self.diagnostics.push(neplatna_zmena::with_itself(other));
                } else if !strategy.measures.contains_key(&other.value) && !self.may_be_unread(other.value, strategy) {
                    let text = other.with(other.value.to_string());
                    self.diagnostics.push(nezname_opatreni::finding(&text, &strategy.measures).measure(id));
                }
            }
        }
    }

    fn freeze(&mut self, root: &Node, place: Place) -> Option<Freeze> {
        let counts = root.get("pocty")?;
        let total = self.whole_number(&counts.text("celkem")?)?;
        let mut by_status = BTreeMap::new();
        for status in Status::ALL {
            by_status.insert(status, self.whole_number(&counts.text(status.column())?)?);
        }
        let mut verdicts = BTreeMap::new();
        for node in root.list("vyhodnoceni") {
            let text = node.text("opatreni")?;
            let Some(id) = MeasureId::parse(&text.value) else {
                self.diagnostics.push(nezname_opatreni::finding(&text, &BTreeMap::new()));
                return None;
            };
            verdicts.insert(id, self.status(node.text("stav"))?);
        }
        let of_file = |node: &Node| Some((node.text("soubor")?.value, node.text("otisk")?));
        let files = root.list("soubory").iter().map(of_file).collect::<Option<_>>()?;
        let text = |key: &str| root.text(key).map(|text| text.value);
        let (resolution, origin, fingerprint) = (text("usneseni"), text("puvod"), root.text("otisk")?);
        Some(Freeze { place, resolution, origin, fingerprint, total, counts: by_status, verdicts, files })
    }

    fn bodies(&mut self, node: &Node, key: &str, id: MeasureId, register: &Register) -> Vec<Located<Named>> {
        let mut named = Vec::new();
        for text in node.texts(key).iter().filter(|text| !raw::is_dashes(&text.value)) {
            match register.parse(&text.value) {
                Ok(found) => named.extend(found.into_iter().map(|body| text.with(body))),
                Err(unknown) => {
                    for (piece, range) in unknown {
                        let place = self.files.place_within(text, range);
                        self.unknown_body(neznamy_subjekt::finding(place, &piece, register).measure(id));
                    }
                }
            }
        }
        named
    }

    /// The codes under a key of a measure, which the list under a key of the strategy must have.
    fn codes(
        &mut self,
        (node, key): (&Node, &str),
        id: MeasureId,
        (list_key, list): (&str, &CodeList),
    ) -> Vec<Located<CodeId>> {
        let mut codes: Vec<Located<CodeId>> = Vec::new();
        for text in node.list(key).iter().filter_map(Node::as_text) {
            let Some(code) = list.find(&text.value) else {
                // It may be in a list that could not be read; that has its own finding.
                if !self.has_unread_code {
                    self.diagnostics.push(neznamy_kod::finding(&text, list_key, list).measure(id));
                }
                continue;
            };
            match codes.iter().find(|known| known.value == code) {
                Some(first) => self.diagnostics.push(zdvojeny_kod::on_measure(&text, first.place).measure(id)),
                None => codes.push(text.with(code)),
            }
        }
        codes
    }

    fn one_body(&mut self, code: &Text, register: &Register) -> Option<BodyId> {
        let found = match register.parse(&code.value).as_deref() {
            Ok([Named::Body(body)]) => Some(*body),
            _ => None,
        };
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

    fn period(&mut self, root: &Node, folder: &str) -> Option<Period> {
        let name = root.text("obdobi")?;
        let Some(year) = Year::parse(&name.value) else {
            self.diagnostics.push(neplatne_obdobi::not_a_year(&name));
            return None;
        };
        if year.to_string() != folder {
            self.diagnostics.push(neplatne_obdobi::other_folder(&name, folder));
            return None;
        }
        let from = self.date(root, "od")?;
        let to = self.date(root, "do")?;
        if from.value > to.value {
            self.diagnostics.push(neplatne_obdobi::ends_before_it_begins(&to, from.place));
        } else if i16::try_from(year.0) != Ok(to.value.year()) {
            self.diagnostics.push(neplatne_obdobi::ends_in_another_year(&to, year));
        }
        Some(Period {
            year,
            from: from.value,
            to: to.value,
            as_of: self.date(root, "ke_dni").map_or(to.value, |date| date.value),
            due: self.date(root, "termin_podkladu").map(|date| date.value),
            origin: root.text("puvod").map(|text| text.value),
            published: root.get("zverejneno").and_then(|node| self.published(node)),
            consulted: root.list("projednani").iter().filter_map(Node::as_text).map(|text| text.value).collect(),
            written_information: root
                .get("pisemna_informace")
                .map(|node| self.written_information(node))
                .unwrap_or_default(),
            narratives: BTreeMap::new(),
            submissions: BTreeMap::new(),
            decisions: BTreeMap::new(),
            freeze: None,
            comments: Vec::new(),
            place: name.place,
            folder: folder.to_owned(),
        })
    }

    fn written_information(&mut self, node: &Node) -> WrittenInformation {
        let text = |key: &str| node.text(key).map(|text| text.value);
        WrittenInformation {
            session: text("zasedani"),
            date: self.date(node, "datum").map(|date| date.value),
            resolution: text("usneseni"),
            prepared_by: text("zpracoval"),
            discussed_by: node.list("projednal").iter().filter_map(Node::as_text).map(|text| text.value).collect(),
            submitted_by: text("predklada"),
        }
    }

    fn published(&mut self, node: &Node) -> Option<Published> {
        let total = self.whole_number(&node.text("celkem")?);
        let mut by_status = BTreeMap::new();
        for status in Status::ALL {
            if let Some(number) = node.text(status.column()).and_then(|text| self.whole_number(&text)) {
                by_status.insert(status, number);
            }
        }
        let unfulfilled_share = node.text("podil_neplneno").map(|text| text.value);
        (by_status.len() == Status::ALL.len()).then_some(())?;
        Some(Published { total: total?, by_status, unfulfilled_share })
    }

    fn fill_periods(&mut self, strategy: &mut Strategy) {
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
                Content::Submissions(submissions) => self.submissions(submissions, strategy, period, document.file),
                _ => {}
            }
        }
        strategy.periods = periods;
    }

    fn decisions(&mut self, root: &Node, strategy: &Strategy, period: &mut Period) {
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

    fn submissions(&mut self, raws: &[raw::Submission], strategy: &Strategy, period: &mut Period, file: FileId) {
        let mut submitters: BTreeMap<&str, Option<BodyId>> = BTreeMap::new();
        for raw in raws {
            let known = submitters.get(raw.submitter.value.as_str()).copied();
            let body = match known {
                Some(body) => body,
                None => {
                    let body = self.submitter(raw, &strategy.register, file, period.year);
                    submitters.insert(&raw.submitter.value, body);
                    body
                }
            };
            let measure = self.measure_id(&raw.measure, strategy, period.year);
            let (Some(body), Some(measure)) = (body, measure) else { continue };
            let Some(definition) = strategy.measures.get(&measure.value) else { continue };
            let n_before = self.diagnostics.len();
            let status = self.status(raw.status.clone());
            let criteria: Vec<Reported> =
                raw.criteria.iter().filter_map(|reported| self.reported(reported, definition)).collect();
            let says_nothing = raw.status.is_none() && criteria.iter().all(|reported| reported.status.is_none());
            // A misspelled key has its own finding, and may be the one that holds the status.
            let is_readable = self.is_readable(raw.extent);
            if says_nothing && is_readable && self.diagnostics.len() == n_before {
                self.diagnostics.push(chybejici_stav::finding(&raw.measure));
            }
            let is_status_unreadable = status.is_none() && (raw.status.is_some() || !is_readable);
            for diagnostic in &mut self.diagnostics[n_before..] {
                diagnostic.measure = Some(measure.value);
                diagnostic.period = Some(period.year);
            }
            period.submissions.entry(measure.value).or_default().push(Submission {
                body: raw.submitter.with(body),
                measure,
                status,
                is_status_unreadable,
                comments: raw.comments.iter().filter(|text| !text.value.trim().is_empty()).cloned().collect(),
                criteria,
                place: raw.place,
            });
        }
    }

    /// Whether nothing was found wrong within a place while reading.
    fn is_readable(&self, extent: Place) -> bool {
        let mut faults = self.unreadable.get(&extent.file).into_iter().flatten();
        faults.all(|fault| fault.end < extent.start || fault.start > extent.end)
    }

    fn acceptances(&mut self, strategy: &mut Strategy) {
        let mut acceptances = Acceptances::default();
        for document in self.documents.clone() {
            let Content::Accepted(root) = &document.content else { continue };
            for node in root.list("prijato") {
                self.acceptance(node, strategy, &mut acceptances);
            }
        }
        strategy.acceptances = acceptances;
    }

    fn acceptance(&mut self, node: &Node, strategy: &Strategy, acceptances: &mut Acceptances) {
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
                _ => self.diagnostics.push(nezname_opatreni::finding(&text, &strategy.measures)),
            }
        }
    }

    fn submitter(&mut self, raw: &raw::Submission, register: &Register, file: FileId, year: Year) -> Option<BodyId> {
        let found = if raw.submitter_is_file_name {
            register.find_file(&raw.submitter.value)
        } else {
            match register.parse(&raw.submitter.value).as_deref() {
                Ok([Named::Body(body)]) => Some(*body),
                _ => None,
            }
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

    fn reported(&mut self, raw: &raw::Reported, measure: &Measure) -> Option<Reported> {
        let name = squash(&raw.criterion.value);
        let Some(index) = measure.criteria.iter().position(|criterion| squash(&criterion.name) == name) else {
            self.diagnostics.push(nezname_kriterium::finding(&raw.criterion, measure));
            return None;
        };
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
        Some(Reported {
            criterion: raw.criterion.with(index),
            value,
            status: self.status(raw.status.clone()),
            evidence: raw.evidence.clone(),
        })
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
        if strategy.areas.contains_key(&id.area) {
            let is_gap = strategy.measures.range(id..).next().is_some_and(|(next, _)| next.area == id.area);
            is_gap || self.unread_measures.contains(&id.area)
        } else {
            let is_gap = strategy.areas.range(id.area..).next().is_some();
            is_gap || self.has_unread_area
        }
    }

    /// Whether some file lies in the folder of a period.
    fn has_folder_of(&self, period: &Text) -> bool {
        let folder = format!("obdobi/{}/", period.value.trim());
        Year::parse(&period.value).is_some() && self.files.iter().any(|(_, file)| file.path().starts_with(&folder))
    }

    fn status(&mut self, text: Option<Text>) -> Option<Located<Status>> {
        let text = text?;
        match Status::parse(&text.value) {
            Some(status) => Some(text.with(status)),
            None => {
                self.diagnostics.push(neznamy_stav::finding(&text));
                None
            }
        }
    }

    fn date(&mut self, node: &Node, key: &str) -> Option<Located<Date>> {
        let text = node.text(key)?;
        match text.value.trim().parse::<Date>() {
            Ok(date) if text.value.trim().len() == 10 => Some(text.with(date)),
            _ => {
                self.diagnostics.push(neplatne_datum::finding(&text));
                None
            }
        }
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
    fn of_whole_indicator(indicator: &str) -> Self {
        let kind = if squash(indicator).contains("počet") { CriterionKind::Count } else { CriterionKind::Output };
        Self { name: indicator.to_owned(), kind }
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

/// Reads a number as people type it: `12`, `1 250`, `12,5`, `1 250,75`.
///
/// Blanks may only part thousands, so that `12 5` is no number.
pub fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim().replace(['\u{A0}', '\u{202F}'], " ");
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((&text, "0"));
    let (sign, whole) = whole.strip_prefix(['-', '−']).map_or((1.0, whole), |rest| (-1.0, rest));
    let groups: Vec<&str> = whole.split(' ').collect();
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    if !groups.iter().all(|group| is_digits(group)) || !is_grouped || !is_digits(fraction) {
        return None;
    }
    format!("{}.{fraction}", groups.concat())
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
        .map(|number| sign * number)
}

/// The known criterion that is nearest to what was written.
pub fn nearest_criterion<'m>(written: &str, measure: &'m Measure) -> Option<&'m str> {
    nearest(written, measure.criteria.iter().map(|criterion| criterion.name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::claimed;
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
            let submission = &dataset.strategy.periods[&Year(2023)].submissions[&id][0];
            assert_eq!(claimed(submission, &dataset.strategy.measures[&id]), claims, "{written}");
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

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, number) in [
            ("12", Some(12.0)),
            ("1 250", Some(1250.0)),
            ("1\u{A0}250,75", Some(1250.75)),
            ("12,5", Some(12.5)),
            ("12.5", Some(12.5)),
            ("-3", Some(-3.0)),
            ("12 5", None),
            ("1250 000", None),
            ("asi 12", None),
            ("12,", None),
            ("", None),
            ("1,2,3", None),
            ("NaN", None),
            ("1e5", None),
        ] {
            assert_eq!(parse_number(text), number, "{text}");
        }
    }
}
