//! Texts without quotation marks between braces, which a comma ends: YAML takes what follows for keys.

use crate::diagnostic::Diagnostic;
use crate::load::shape::Key;
use crate::load::yaml::{Node, Value};
use crate::model::one_line;
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

/// What commas parted from the texts of a mapping: unknown keys with nothing behind them that follow a text.
pub(super) fn of_texts(entries: &[(Text, Node)], keys: &[Key], text: &str) -> Vec<Parts> {
    let is_part = |(name, node): &(Text, Node)| {
        node.value == Value::Null && is_alone(name.place, text) && keys.iter().all(|key| key.name != name.value)
    };
    let mut all: Vec<Parts> = Vec::new();
    for (index, (name, _)) in entries.iter().enumerate().skip(1).filter(|(_, entry)| is_part(entry)) {
        let (key, before) = &entries[index - 1];
        match all.last_mut().filter(|parts| parts.last == key.place) {
            Some(parts) => parts.last = name.place,
            None if matches!(before.value, Value::Text(_)) && is_unquoted(before.place, text) => {
                all.push(Parts { key: key.clone(), text: before.place, first: name.place, last: name.place });
            }
            None => {}
        }
    }
    all
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

/// Whether nothing but the next comma or the end of the mapping follows a key.
fn is_alone(key: Place, text: &str) -> bool {
    let behind = text.get(key.range().end..).unwrap_or_default();
    is_unquoted(key, text) && behind.trim_start().starts_with([',', '}'])
}

fn is_unquoted(place: Place, text: &str) -> bool {
    text.get(place.range()).is_some_and(|written| !written.starts_with(['"', '\'']))
}
