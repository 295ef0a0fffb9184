//! Forms in YAML: the marks are a comment in the first line, the rest is read as it is.

use crate::form::layout::{MARKS_WORD, Marks};
use crate::import::{Fault, Filled, Kind, Source, refused, unmarked};

/// Reads the marks.
pub(super) fn read(name: &str, text: String) -> (Option<Filled>, Vec<Fault>) {
    let line = text.trim_start().lines().next().unwrap_or_default();
    let pairs = line.split_once(MARKS_WORD).map_or("", |(_, pairs)| pairs);
    let pairs = pairs.split(", ").filter_map(|pair| pair.split_once(':'));
    let Some(marks) = Marks::from_pairs(pairs) else { return refused(unmarked(name)) };
    let source = Source::Text(text.clone());
    (Some(Filled { name: name.to_owned(), marks, kind: Kind::Yaml, text, source }), Vec::new())
}
