//! What YAML takes for a key between braces and is none: what a comma parted from a text without quotation marks,
//! and a key with its value behind it.

use crate::diagnostic::{Diagnostic, nearest};
use crate::load::shape::{Key, Shape};
use crate::load::yaml::{Node, Value};
use crate::model::{CriterionKind, Status, one_line, parse_number};
use crate::rules::neznamy_klic;
use crate::source::{Place, Text};

/// What commas parted from a text.
pub(super) struct Parts {
    key: Text,
    /// Where the text begins.
    text: Place,
    /// The first and the last of the parts, which look like keys.
    first: Place,
    last: Place,
}

/// What commas parted from the texts of a mapping: unknown keys with nothing behind them that follow a text
/// with commas, and that nobody can have meant for one of the keys which the mapping lacks.
pub(super) fn of_texts(entries: &[(Text, Node)], keys: &[Key], text: &str) -> Vec<Parts> {
    let is_part = |(name, node): &(Text, Node)| {
        node.value == Value::Null
            && is_alone(name.place, text)
            && keys.iter().all(|key| key.name != name.value)
            && !is_about_lacking(name, entries, keys)
    };
    let mut all: Vec<Parts> = Vec::new();
    for (index, (name, _)) in entries.iter().enumerate().skip(1).filter(|(_, entry)| is_part(entry)) {
        let (key, before) = &entries[index - 1];
        match all.last_mut().filter(|parts| parts.last == key.place) {
            Some(parts) => parts.last = name.place,
            None if may_hold_commas(key, keys) && is_unquoted_text(before, text) => {
                all.push(Parts { key: key.clone(), text: before.place, first: name.place, last: name.place });
            }
            None => {}
        }
    }
    all
}

/// Whether the value of a key may have commas in it: not one of a few things, nor what is called by a number.
fn may_hold_commas(key: &Text, keys: &[Key]) -> bool {
    let shape = keys.iter().find(|known| known.name == key.value).map(|known| &known.shape);
    !matches!(
        shape,
        Some(
            Shape::Status
                | Shape::MeasureId
                | Shape::AreaNumber
                | Shape::CriterionKind
                | Shape::ChangeKind
                | Shape::Resolution
                | Shape::Section
                | Shape::Integer
                | Shape::Year
                | Shape::Date
        )
    )
}

impl Parts {
    pub(super) fn has(&self, key: &Text) -> bool {
        (self.first..=self.last).contains(&key.place)
    }

    pub(super) fn finding(&self, text: &str) -> Diagnostic {
        let end = self.last.range().end;
        let written = |from: Place| one_line(text.get(from.range().start..end).unwrap_or_default());
        let place = Place { end: self.last.end, ..self.first };
        neznamy_klic::part_of_text(place, &written(self.first), &self.key, &written(self.text))
    }
}

/// For an unknown key with nothing behind it: the key of those that the mapping lacks which it names together with
/// its value, or whose value it is.
pub(super) fn of_key(name: &Text, entries: &[(Text, Node)], keys: &[Key]) -> Option<(&'static str, Diagnostic)> {
    let colon = name.value.split_once(':').and_then(|(key, value)| {
        let key = nearest(key.trim(), lacking(entries, keys).map(|key| key.name))?;
        Some((key, value, neznamy_klic::without_blank as fn(&Text, &str, &str) -> Diagnostic))
    });
    let blank = || {
        let (key, value) = name.value.split_once(char::is_whitespace)?;
        let key = lacking(entries, keys).find(|lacking| lacking.name == key)?;
        // Words of a text may be called as keys are.
        let is_one = match key.shape {
            Shape::Status => Status::parse(value).is_some(),
            Shape::CriterionKind => CriterionKind::parse(value).is_some(),
            Shape::Number => parse_number(value).is_some(),
            _ => true,
        };
        is_one.then_some((key.name, value, neznamy_klic::without_colon as _))
    };
    let value = || {
        let key = lacking(entries, keys).find(|key| match key.shape {
            Shape::Status => Status::parse(&name.value).is_some(),
            Shape::CriterionKind => CriterionKind::parse(&name.value).is_some(),
            _ => false,
        })?;
        Some((key.name, &*name.value, neznamy_klic::without_key as _))
    };
    let (key, value, finding) = colon.or_else(blank).or_else(value)?;
    (!value.trim().is_empty()).then(|| (key, finding(name, key, &one_line(value.trim()))))
}

/// The keys that a mapping may have and has not.
fn lacking<'k>(entries: &[(Text, Node)], keys: &'k [Key]) -> impl Iterator<Item = &'k Key> {
    keys.iter().filter(|key| entries.iter().all(|(name, _)| name.value != key.name))
}

/// Whether an unknown key is about one that the mapping lacks: it names it, more or less, or holds its value, or it
/// is a word alone where a key has to be.
fn is_about_lacking(name: &Text, entries: &[(Text, Node)], keys: &[Key]) -> bool {
    of_key(name, entries, keys).is_some()
        || nearest(&name.value, lacking(entries, keys).map(|key| key.name)).is_some()
        || !name.value.contains(' ') && lacking(entries, keys).any(|key| key.required)
}

/// Whether nothing but the next comma or the end of the mapping follows a key.
fn is_alone(key: Place, text: &str) -> bool {
    let behind = text.get(key.range().end..).unwrap_or_default();
    is_unquoted(key, text) && behind.trim_start().starts_with([',', '}'])
}

fn is_unquoted_text(node: &Node, text: &str) -> bool {
    matches!(node.value, Value::Text(_)) && is_unquoted(node.place, text)
}

fn is_unquoted(place: Place, text: &str) -> bool {
    text.get(place.range()).is_some_and(|written| !written.starts_with(['"', '\'']))
}
