//! Checks a tree of YAML against the table of its keys.

use crate::diagnostic::Diagnostic;
use crate::load::raw::is_dashes;
use crate::load::shape::{Key, Shape, parts};
use crate::load::yaml::{Node, Value};
use crate::model::MeasureId;
use crate::rules::{chybejici_klic, neznamy_klic, spatny_typ};
use crate::source::{Place, Text};

/// Checks a tree against its shape. A node of the wrong type is reported and not looked into, so
/// that one slip gives one finding. A text that must be there and is blank is nothing from then on.
pub fn check(node: &mut Node, shape: &Shape, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    check_named(node, shape, "soubor", text, diagnostics);
}

fn check_named(node: &mut Node, shape: &Shape, name: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let place = node.place;
    match (shape, &mut node.value) {
        (Shape::Map(keys), Value::Map(entries)) => {
            if let Some((key, meant)) = value_in_place_of_key(keys, entries) {
                diagnostics.push(neznamy_klic::value_in_its_place(key, meant, keys));
                return;
            }
            if let Some((key, list)) = record_without_its_list(keys, entries) {
                diagnostics.push(neznamy_klic::record_without_its_list(key, list));
                return;
            }
            let first = diagnostics.len();
            let parts = parts::of_texts(entries, keys, text);
            diagnostics.extend(parts.iter().map(|part| part.finding(text)));
            let of_keys = of_keys(entries, keys);
            let lists: Vec<ListAbove> = entries.iter().filter_map(|entry| ListAbove::of(entry, keys)).collect();
            let mut is_indent_told = false;
            for (key, value) in entries.iter_mut() {
                let known = keys.iter().find(|known| known.name == key.value);
                if let Some(known) = known.filter(|known| known.required) {
                    take_blanks_for_nothing(value, known, diagnostics);
                }
                match known {
                    Some(known) if value.value != Value::Null => {
                        check_named(value, &known.shape, known.name, text, diagnostics)
                    }
                    Some(known) if known.required => diagnostics.push(chybejici_klic::empty(key)),
                    Some(_) => {}
                    None if parts.iter().any(|part| part.has(key)) => {}
                    None if of_keys.iter().any(|(_, found)| found.place == key.place) => {}
                    None => match lists.iter().rfind(|list| list.place.start < key.place.start) {
                        // All that is indented too little stands below the same item.
                        Some(list) if list.may_have(key) && is_indent_told => {}
                        Some(list) if list.may_have(key) => {
                            is_indent_told = true;
                            let mut found = neznamy_klic::of_item(key, list.name);
                            found.measure = list.measure;
                            diagnostics.push(found);
                        }
                        _ => diagnostics.push(neznamy_klic::finding(key, keys)),
                    },
                }
            }
            for key in keys.iter().filter(|key| key.required) {
                let is_written = entries.iter().any(|(name, _)| name.value == key.name);
                // Likeness is dear to compute and nearly always needless.
                let is_misspelled =
                    || entries.iter().any(|(name, _)| neznamy_klic::meant(name, keys) == Some(key.name));
                let is_joined = of_keys.iter().any(|(name, _)| *name == key.name);
                if !is_written && !is_joined && !is_misspelled() {
                    diagnostics.push(chybejici_klic::finding(head(place, entries), key));
                }
            }
            diagnostics.extend(of_keys.into_iter().map(|(_, found)| found));
            let measure = measure_of(keys, entries);
            diagnostics[first..].iter_mut().for_each(|found| found.measure = found.measure.or(measure));
        }
        (Shape::List(item), Value::List(nodes)) => {
            if let Shape::Map(keys) = item {
                join_items(nodes, keys, text, diagnostics);
            }
            for node in nodes {
                check_named(node, item, name, text, diagnostics);
            }
        }
        (Shape::TextOrList, Value::List(nodes)) => {
            for node in nodes {
                check_named(node, &Shape::Text, name, text, diagnostics);
            }
        }
        (Shape::TextOrList, Value::Text(_)) => {}
        (shape, Value::Text(_)) if shape.is_scalar() => {}
        (Shape::Map(keys), Value::Text(_)) if let Some(found) = first_key_without_blank(place, keys, text) => {
            diagnostics.push(found);
        }
        (_, found) => {
            let is_in_brackets = text.get(place.range()).is_some_and(|written| written.starts_with(['[', '{']));
            diagnostics.push(spatny_typ::finding(place, name, shape, found, is_in_brackets));
        }
    }
}

/// Joins an item to the one before it, when a dash too many parts them: it has not the key that every item begins
/// with, and no other key that the one before it has.
fn join_items(nodes: &mut Box<[Node]>, keys: &[Key], text: &str, diagnostics: &mut Vec<Diagnostic>) {
    let Some(first) = keys.iter().find(|key| key.required && key.shape.is_scalar()) else { return };
    let lacks_first = |node: &Node| matches!(node.value, Value::Map(_)) && node.key_place(first.name).is_none();
    if !nodes.iter().any(lacks_first) {
        return;
    }
    let mut joined: Vec<Node> = Vec::with_capacity(nodes.len());
    for mut node in std::mem::take(nodes) {
        let dash = dash_before(&node, text);
        match (joined.last_mut().map(|before| (before.key_place(first.name), &mut before.value)), &mut node.value, dash)
        {
            (Some((Some(_), Value::Map(before))), Value::Map(entries), Some(dash))
                if goes_on(before, entries, keys) =>
            {
                let mut found = chybejici_klic::dash_too_many(dash, first);
                found.measure = measure_of(keys, before);
                diagnostics.push(found);
                *before = std::mem::take(before).into_iter().chain(std::mem::take(entries)).collect();
            }
            _ => joined.push(node),
        }
    }
    *nodes = joined.into();
}

/// Whether all entries of an item are known ones that the item before it has not.
fn goes_on(before: &[(Text, Node)], entries: &[(Text, Node)], keys: &[Key]) -> bool {
    entries.iter().all(|(name, _)| {
        keys.iter().any(|key| key.name == name.value) && before.iter().all(|(key, _)| key.value != name.value)
    })
}

/// The dash of an item that does not stand between brackets.
fn dash_before(node: &Node, text: &str) -> Option<Place> {
    let before = text.get(..node.place.range().start)?.trim_end_matches(' ').strip_suffix('-')?;
    let start = u32::try_from(before.len()).ok()?;
    let is_open = text.get(node.place.range()).is_some_and(|written| !written.starts_with('{'));
    is_open.then_some(Place { start, end: start + 1, ..node.place })
}

/// What unknown keys with nothing behind them say of keys that a mapping lacks.
fn of_keys(entries: &[(Text, Node)], keys: &[Key]) -> Vec<(&'static str, Diagnostic)> {
    let is_unknown = |name: &Text| keys.iter().all(|key| key.name != name.value);
    let strangers = entries.iter().filter(|(name, node)| node.value == Value::Null && is_unknown(name));
    strangers.filter_map(|(name, _)| parts::of_key(name, entries, keys)).collect()
}

/// For a text in the place of a mapping: that it begins with a key behind whose colon a blank is missing.
fn first_key_without_blank(place: Place, keys: &[Key], text: &str) -> Option<Diagnostic> {
    let line = text.get(place.range())?.lines().next()?.trim_end();
    let (key, _) = line.split_once(':').filter(|(key, _)| keys.iter().any(|known| known.name == *key))?;
    let place = Place { end: place.start + u32::try_from(line.len()).ok()?, ..place };
    let written = Text::new(line.into(), place);
    Some(neznamy_klic::without_blank(&written, key, line[key.len() + 1..].trim()))
}

/// Makes nothing of a text that must be there and of a list of such texts, where they are blank or crossed out
/// with dashes: whoever reads them later need not ask again. Values of other shapes say themselves what is wrong with them.
fn take_blanks_for_nothing(node: &mut Node, key: &Key, diagnostics: &mut Vec<Diagnostic>) {
    let is_blank = |node: &Node| matches!(&node.value, Value::Text(text) if is_dashes(text));
    let is_nothing = match (&key.shape, &node.value) {
        (Shape::Text, _) => is_blank(node),
        (Shape::List(Shape::Text), Value::List(items)) => {
            let blanks: Vec<&Node> = items.iter().filter(|item| is_blank(item)).collect();
            let is_nothing = !blanks.is_empty() && blanks.len() == items.len();
            if !is_nothing {
                diagnostics.extend(blanks.iter().map(|item| chybejici_klic::empty_item(item.place, key)));
            }
            is_nothing
        }
        _ => false,
    };
    if is_nothing {
        node.value = Value::Null;
    }
}

/// The measure that a mapping is about, whose findings say so: of what could not be read of a measure no
/// rule then misses anything.
fn measure_of(keys: &[Key], entries: &[(Text, Node)]) -> Option<MeasureId> {
    let key = keys.iter().find(|key| matches!(key.shape, Shape::MeasureId))?;
    let (_, node) = entries.iter().find(|(name, _)| name.value == key.name)?;
    MeasureId::parse(&node.as_text()?.value)
}

/// For `- IX/3: PLNĚNO` in a list: what stands in the place of a key, and the key that it belongs to.
fn value_in_place_of_key<'k>(keys: &[Key], entries: &'k [(Text, Node)]) -> Option<(&'k Text, &'static str)> {
    let [(key, _)] = entries else { return None };
    let mut required = keys.iter().filter(|key| key.required);
    let (Some(only), None) = (required.next(), required.next()) else { return None };
    let is_known = keys.iter().any(|known| known.name == key.value) || !of_keys(entries, keys).is_empty();
    (!is_known && only.shape.is_scalar() && neznamy_klic::meant(key, keys).is_none()).then_some((key, only.name))
}

/// For a record that stands in the place of the list that it should be in: its first key, and that of the list.
fn record_without_its_list<'k>(keys: &[Key], entries: &'k [(Text, Node)]) -> Option<(&'k Text, &'static str)> {
    let is_written = |name: &str| entries.iter().any(|(key, _)| key.value == name);
    let list = keys.iter().find(|key| key.required && !is_written(key.name) && matches!(key.shape, Shape::List(_)))?;
    let Shape::List(Shape::Map(of_record)) = list.shape else { return None };
    let has = |keys: &[Key], name: &Text| keys.iter().any(|key| key.name == name.value);
    let mut strangers = entries.iter().map(|(name, _)| name).filter(|name| !has(keys, name)).peekable();
    let first = *strangers.peek()?;
    // Behind a list is the name of another one.
    let is_list = |(name, node): &(Text, Node)| name.place == first.place && matches!(node.value, Value::List(_));
    if entries.iter().any(is_list) {
        return None;
    }
    strangers.all(|name| has(of_record, name)).then_some((first, list.name))
}

/// A list of records, for what may stand below it that belongs into its last record.
struct ListAbove<'k> {
    name: &'static str,
    place: Place,
    of_record: &'k [Key],
    /// What its last record is about.
    measure: Option<MeasureId>,
}

impl<'k> ListAbove<'k> {
    fn of((name, node): &(Text, Node), keys: &'k [Key]) -> Option<Self> {
        let known = keys.iter().find(|known| known.name == name.value)?;
        let (Shape::List(Shape::Map(of_record)), Value::List(records)) = (&known.shape, &node.value) else {
            return None;
        };
        let measure = match &records.last()?.value {
            Value::Map(entries) => measure_of(of_record, entries),
            _ => None,
        };
        Some(Self { name: known.name, place: name.place, of_record, measure })
    }

    fn may_have(&self, key: &Text) -> bool {
        self.of_record.iter().any(|known| known.name == key.value)
    }
}

/// Where a finding about a whole mapping points: its first key, not all of its lines.
fn head(place: Place, entries: &[(Text, Node)]) -> Place {
    entries.first().map_or(place, |(key, _)| key.place)
}
