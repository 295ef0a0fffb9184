//! The strategy, its register and lists, and its measures, out of their files.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::load::N_TAKEN;
use crate::load::raw::{self, Content};
use crate::load::yaml::{Node, Value};
use crate::model::build::{Builder, Taken, circles};
use crate::model::change::{is_number_of_resolution, says_more_than_number};
use crate::model::genitive::without_case;
use crate::model::{
    Acceptances, Area, AreaNumber, Body, Change, ChangeKind, CodeId, CodeList, Coded, Criterion, CriterionKind,
    Deadline, Genitive, Measure, MeasureId, Named, Register, Status, StatusWording, Strategy, Year, fold, squash,
};
use crate::rules::{
    nadrizeni_v_kruhu, neplatna_zmena, neplatne_cislo, neplatny_druh, neplatny_okruh, neplatny_termin, neuplne_stavy,
    nezname_opatreni, neznamy_kod, neznamy_subjekt, spatny_typ, zdvojene_kriterium, zdvojene_opatreni, zdvojeny_kod,
    zdvojeny_subjekt,
};
use crate::source::{Located, Text};

/// An area with its measures, as one file has it.
pub(super) struct AreaOfFile {
    /// Its number as written.
    numeral: Text,
    area: Area,
    measures: BTreeMap<MeasureId, Measure>,
}

impl<'t> Builder<'t> {
    pub(super) fn register(&mut self) -> Register {
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
            if code.value.contains(';') {
                self.diagnostics.push(spatny_typ::several_codes(&code));
            }
            let name = node.string("nazev").unwrap_or_else(|| code.value.to_string());
            let kind = node.string("druh").unwrap_or_default();
            let (id, alike) = register.add(Body { code: code.clone(), name, kind, parent: None });
            entered.push((id, node));
            // The very same code is another fault.
            if let Some(alike) = alike.filter(|_| register.find(&code.value).is_none()) {
                self.diagnostics.push(zdvojeny_subjekt::alike(&code, register.get(alike)));
            }
            for name in std::iter::once(code).chain(node.list("aliasy").iter().filter_map(Node::as_text)) {
                if let Some(taken) = register.add_name(&name.value, id) {
                    self.diagnostics.push(zdvojeny_subjekt::finding(&name, register.get(taken)));
                    // One of the two is meant to be another body, which is not known then.
                    self.has_unread_body = true;
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

    pub(super) fn strategy(&mut self, register: Register) -> Strategy {
        let root = self.documents.iter().find_map(|document| match &document.content {
            Content::Strategy(root) => Some(root),
            _ => None,
        });
        self.resolution_alone(root);
        let text = |key: &str| root.and_then(|root| root.string(key)).unwrap_or_default();
        let statuses = root.map(|root| self.statuses(root)).unwrap_or_default();
        let coordinator =
            root.and_then(|root| root.text("koordinator")).and_then(|code| self.one_body(&code, &register));
        Strategy {
            name: text("nazev"),
            short_name: text("zkratka"),
            genitive: root.map_or_else(Genitive::default, genitive),
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
            // Who publishes is no matter of the period: documents take it from the definitions of today.
            open_data: root
                .filter(|_| !self.is_frozen)
                .and_then(|root| root.get("otevrena_data"))
                .and_then(|node| self.open_data(node)),
            acceptances: Acceptances::default(),
        }
    }

    /// Finds a resolution that says more than its number.
    pub(super) fn resolution_alone(&mut self, node: Option<&Node>) {
        let resolution = node.and_then(|node| node.text("usneseni"));
        let resolution = resolution.filter(|text| says_more_than_number(&text.value));
        self.diagnostics.extend(resolution.as_ref().map(spatny_typ::more_than_number));
    }

    pub(super) fn code_list(&mut self, root: Option<&Node>, key: &str) -> CodeList {
        let mut list = CodeList::default();
        for node in root.map(|root| root.list(key)).unwrap_or_default() {
            let Some(code) = node.text("kod") else { continue };
            match list.find(&code.value) {
                Some(taken) => self.diagnostics.push(zdvojeny_kod::in_list(&code, list.get(taken))),
                None => {
                    let name = node.string("nazev").unwrap_or_else(|| code.value.to_string());
                    list.add(Coded { code, name });
                }
            }
        }
        list
    }

    pub(super) fn statuses(&mut self, root: &Node) -> BTreeMap<Status, StatusWording> {
        let mut statuses = BTreeMap::new();
        let Some(Value::List(nodes)) = root.get("stavy").map(|node| &node.value) else { return statuses };
        let (mut places, mut names) = (BTreeMap::new(), BTreeMap::new());
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
            let definition = node.strings("vymezeni");
            let written = node.text("nazev");
            if let Some(text) = &written {
                match names.entry(fold(&text.value)) {
                    Entry::Vacant(entry) => _ = entry.insert(text.place),
                    Entry::Occupied(first) => self.diagnostics.push(neuplne_stavy::same_name(text, *first.get())),
                }
            }
            let name = written.map_or_else(|| status.value.code().to_owned(), |text| text.value.to_string());
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

    /// The areas with their measures, each file on its own and in parallel.
    pub(super) fn areas(&mut self, files: Vec<Taken<Node>>, strategy: &mut Strategy) {
        let known: &Strategy = strategy;
        let built: Vec<_> =
            files.into_par_iter().with_max_len(N_TAKEN).map(|file| self.fork().file_of_area(file, known)).collect();
        for (said, fork) in built {
            let Some(AreaOfFile { numeral, area, measures }) = said else {
                self.join(fork);
                continue;
            };
            let number = area.number.value;
            if let Some(first) = strategy.areas.get(&number) {
                // What else is wrong with it is told when it has a number of its own.
                self.read.extend(fork.read);
                self.has_unread_area = true;
                self.diagnostics.push(zdvojene_opatreni::area(&numeral, number, first.number.place));
                continue;
            }
            self.join(fork);
            strategy.areas.insert(number, area);
            strategy.measures.extend(measures);
        }
    }

    /// What a file says of an area and its measures, and who found what is wrong with it.
    fn file_of_area(mut self, file: Taken<Node>, strategy: &Strategy) -> (Option<AreaOfFile>, Self) {
        let said = self.parsed(file).and_then(|root| self.area(&root, strategy));
        self.has_unread_area |= said.is_none();
        (said, self)
    }

    fn area(&mut self, root: &Node, strategy: &Strategy) -> Option<AreaOfFile> {
        let numeral = root.text("okruh")?;
        let Some(number) = AreaNumber::parse(&numeral.value) else {
            self.diagnostics.push(neplatny_okruh::finding(&numeral));
            return None;
        };
        self.cut_off(root, None);
        let text = |key: &str| root.string(key).unwrap_or_default();
        let area = Area { number: numeral.with(number), title: text("nazev"), introduction: text("uvod") };
        // There may be none, but then somebody says so.
        if !root.get("opatreni").is_some_and(|node| matches!(node.value, Value::List(_))) {
            self.unread_measures.insert(number);
        }
        let mut measures = BTreeMap::new();
        for node in root.list("opatreni") {
            let Some(measure) = self.measure(node, number, strategy) else {
                self.unread_measures.insert(number);
                continue;
            };
            match measures.entry(measure.id.value) {
                Entry::Vacant(entry) => _ = entry.insert(measure),
                Entry::Occupied(first) => {
                    self.unread_measures.insert(number);
                    self.diagnostics.push(zdvojene_opatreni::measure(&measure, first.get()));
                }
            }
        }
        Some(AreaOfFile { numeral, area, measures })
    }

    pub(super) fn measure(&mut self, node: &Node, area: AreaNumber, strategy: &Strategy) -> Option<Measure> {
        let written = node.text("cislo")?;
        let number = u16::try_from(self.whole_number(&written)?.value).ok().filter(|number| *number < 10_000);
        let Some(number) = number else {
            self.diagnostics.push(neplatne_cislo::too_large(&written));
            return None;
        };
        let id = MeasureId { area, number };
        self.extents.insert((node.place.file, node.place.range().start), (node.place.range().end, id));
        self.cut_off(node, Some(id));
        let deadline = node.text("termin").and_then(|text| match Deadline::parse(&text.value) {
            Some(deadline) => Some(text.with(deadline)),
            None => {
                self.diagnostics.push(neplatny_termin::finding(&text, id));
                None
            }
        });
        let indicator = node.text("indikator").filter(|text| !raw::is_dashes(&text.value));
        let criteria: Box<[Criterion]> = match (node.list("kriteria"), &indicator) {
            ([], Some(indicator)) => [Criterion::of_whole_indicator(&indicator.value)].into(),
            (nodes, _) => self.criteria(nodes, id),
        };
        Some(Measure {
            id: written.with(id),
            description: node.text("popis").unwrap_or_else(|| written.with(Default::default())),
            indicator,
            criteria,
            deadline,
            responsible: self.bodies(node, "odpovednost", id, &strategy.register).into(),
            cooperating: self.bodies(node, "spoluprace", id, &strategy.register).into(),
            documents: self.codes((node, "vazby"), id, ("dokumenty", &strategy.documents)).into(),
            funding: self.codes((node, "financovani"), id, ("zdroje_financovani", &strategy.funding)).into(),
            changes: node.list("zmeny").iter().filter_map(|node| self.change(node, id)).collect(),
            responsible_place: node.get("odpovednost").map_or(raw::head(node), |node| node.place),
        })
    }

    /// A name that stands twice is found and kept: what is frozen was worked out with both.
    fn criteria(&mut self, nodes: &[Node], id: MeasureId) -> Box<[Criterion]> {
        let mut places = BTreeMap::new();
        for name in nodes.iter().filter_map(|node| node.text("nazev")) {
            match places.entry(squash(&name.value)) {
                Entry::Vacant(entry) => _ = entry.insert(name.place),
                Entry::Occupied(first) => {
                    self.diagnostics.push(zdvojene_kriterium::finding(&name, *first.get()).measure(id));
                }
            }
        }
        let criteria: Box<[Criterion]> = nodes.iter().filter_map(|node| self.criterion(node, id)).collect();
        if criteria.len() < nodes.len() {
            self.unread_criteria.insert(id);
        }
        criteria
    }

    pub(super) fn criterion(&mut self, node: &Node, id: MeasureId) -> Option<Criterion> {
        let name = node.text("nazev")?.value;
        let kind = node.text("druh")?;
        let Some(kind) = CriterionKind::parse(&kind.value) else {
            self.diagnostics.push(neplatny_druh::finding(&kind).measure(id));
            return None;
        };
        Some(Criterion { name, kind })
    }

    pub(super) fn change(&mut self, node: &Node, id: MeasureId) -> Option<Change> {
        let (from, kind, resolution) = (node.text("od")?, node.text("druh")?, node.text("usneseni")?);
        let Some(year) = Year::parse(&from.value) else {
            self.diagnostics.push(neplatna_zmena::not_a_year(&from).measure(id));
            return None;
        };
        let Some(what) = ChangeKind::parse(&kind.value) else {
            self.diagnostics.push(neplatna_zmena::unknown_kind(&kind).measure(id));
            return None;
        };
        let mut measures: Vec<Located<MeasureId>> = Vec::new();
        for text in node.texts("opatreni") {
            match MeasureId::parse(&text.value) {
                Some(other) => match measures.iter().find(|named| named.value == other) {
                    Some(first) => {
                        self.diagnostics.push(neplatna_zmena::named_twice(&text.with(other), first.place).measure(id));
                    }
                    None => measures.push(text.with(other)),
                },
                None => self.diagnostics.push(nezname_opatreni::finding(&text, &BTreeMap::new()).measure(id)),
            }
        }
        if what.needs_measures() && node.texts("opatreni").is_empty() {
            self.diagnostics.push(neplatna_zmena::without_measures(&kind.with(what)).measure(id));
        }
        if !is_number_of_resolution(&resolution.value) {
            self.diagnostics.push(neplatna_zmena::without_number(&resolution).measure(id));
        } else if says_more_than_number(&resolution.value) {
            self.diagnostics.push(spatny_typ::more_than_number(&resolution).measure(id));
        }
        let description = node.string("popis");
        Some(Change {
            from: from.with(year),
            kind: kind.with(what),
            resolution: resolution.value.to_string(),
            measures,
            description,
        })
    }

    /// The measures that changes name have to be there, and those to go on in have to be followed; all of them
    /// are known only now.
    pub(super) fn changes(&mut self, strategy: &Strategy) {
        for (&id, measure) in &strategy.measures {
            let contradicting = measure.contradicting_turns();
            self.diagnostics
                .extend(contradicting.map(|(one, next)| neplatna_zmena::contradiction(one, next, measure).measure(id)));
            for change in &measure.changes {
                for other in &change.measures {
                    self.diagnostics.extend(self.named_in_change(id, change, other, strategy));
                }
            }
        }
    }

    fn named_in_change(
        &self,
        id: MeasureId,
        change: &Change,
        other: &Located<MeasureId>,
        strategy: &Strategy,
    ) -> Option<Diagnostic> {
        if other.value == id {
            return Some(neplatna_zmena::with_itself(other));
        }
        let Some(named) = strategy.measures.get(&other.value) else {
            let text = other.with(other.value.to_string().into());
            let is_unknown = !self.may_be_unread(other.value, strategy);
            return is_unknown.then(|| nezname_opatreni::finding(&text, &strategy.measures).measure(id));
        };
        let from = change.from.value;
        let turn = named.not_followed_in(from).filter(|_| change.kind.value.needs_measures())?;
        // Two measures that are joined each with the other are one slip, told at the first of them.
        let is_told =
            other.value < id && turn.from.value == from && turn.measures.iter().any(|named| named.value == id);
        let goes_on = |named: &Located<MeasureId>| {
            strategy.measures.get(&named.value).is_some_and(|named| named.not_followed_in(from).is_none())
        };
        let has_others = change.measures.iter().any(goes_on);
        (!is_told).then(|| neplatna_zmena::goes_on_nowhere(other, from, turn, has_others).measure(id))
    }

    pub(super) fn bodies(&mut self, node: &Node, key: &str, id: MeasureId, register: &Register) -> Vec<Located<Named>> {
        let mut named: Vec<Located<Named>> = Vec::new();
        for text in node.texts(key).iter().filter(|text| !raw::is_dashes(&text.value)) {
            match register.parse(&text.value) {
                Ok(found) => {
                    for one in found {
                        if let Named::Body(body) = one
                            && let Some(first) = named.iter().find(|known| known.value == one)
                        {
                            let finding = zdvojeny_kod::body(text, register.code(body), key, first.place);
                            self.diagnostics.push(finding.measure(id));
                        }
                        named.push(text.with(one));
                    }
                }
                Err(unknown) => {
                    let aligned = self.files.aligned(text);
                    for (piece, range) in unknown {
                        let place = aligned.place(range);
                        self.unknown_body(neznamy_subjekt::finding(place, &piece, register).measure(id));
                    }
                }
            }
        }
        named
    }

    /// The codes under a key of a measure, which the list under a key of the strategy must have.
    pub(super) fn codes(
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
}

/// What the strategy is called in the genitive, as far as the region wrote it down.
fn genitive(root: &Node) -> Genitive {
    let written = root.get("ve_2_pade");
    let of = |key: &str| {
        let told = written.and_then(|node| node.string(key));
        told.unwrap_or_else(|| without_case(&root.string(key).unwrap_or_default()))
    };
    Genitive { name: of("nazev"), short_name: of("zkratka") }
}
