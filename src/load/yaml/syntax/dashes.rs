//! Items of a list whose dash is missing or stands there twice. The parser sees it lines later, or in an indent.

use std::ops::Range;

use crate::load::yaml::syntax::is_in_block;
use crate::load::yaml::syntax::keys::{is_among_items, is_known_key};

pub(super) const TWICE: &str = "pomlčka je tu dvakrát";
pub(super) const TWICE_HELP: &str = "nechte jen jednu a za ní mezeru";
pub(super) const MISSING: &str = "položce seznamu chybí pomlčka";
pub(super) const MISSING_HELP: &str =
    "napište před ni pomlčku a mezeru; další klíče položky patří přesně pod její první klíč";

/// A line that is read.
struct Line<'t> {
    /// Where its text begins.
    start: usize,
    indent: usize,
    /// Without its indent and what is blank at its end.
    text: &'t str,
}

impl Line<'_> {
    fn is_item(&self) -> bool {
        self.text.starts_with("- ")
    }

    /// The key of the data that it begins with, behind a dash or without one.
    fn key(&self) -> Option<&str> {
        let (key, _) = self.text.trim_start_matches(['-', ' ']).split_once(':')?;
        is_known_key(key).then_some(key)
    }
}

/// The lines up to that of an error.
fn lines(text: &str, at: usize) -> Vec<Line<'_>> {
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let mut start = 0;
    let all = text[..end].split_inclusive('\n').map(|line| {
        let read = line.trim_start_matches(' ');
        let indent = line.len() - read.len();
        let of_line = Line { start: start + indent, indent, text: read.trim_end() };
        start += line.len();
        of_line
    });
    all.filter(|line| !line.text.is_empty() && !line.text.starts_with('#')).collect()
}

/// The second dash of an item, on the line of an error or the one before it.
pub(super) fn second_dash(text: &str, at: usize) -> Option<Range<usize>> {
    lines(text, at).iter().rev().take(2).find_map(|line| {
        let rest = line.text.strip_prefix('-')?.trim_start_matches(' ');
        let is_second = rest.starts_with('-') && line.key().is_some() && !is_in_block(text, line.start);
        let dash = line.start + line.text.len() - rest.len();
        is_second.then_some(dash..dash + 1)
    })
}

/// The key that begins an item without a dash: on the line of an error, in the line that it stands under, or at the
/// beginning of its list.
pub(super) fn key_without_dash(text: &str, at: usize) -> Option<Range<usize>> {
    let lines = lines(text, at);
    let last = lines.len().checked_sub(1)?;
    let above = (0..last).rev().find(|&line| lines[line].indent < lines[last].indent);
    let found = [Some(last), above].into_iter().flatten().find_map(|at| item_without_dash(text, &lines, at))?;
    let line = &lines[found];
    let start = line.start;
    (!is_in_block(text, start)).then_some(start..start + line.key()?.len())
}

fn item_without_dash(text: &str, lines: &[Line<'_>], at: usize) -> Option<usize> {
    let line = &lines[at];
    line.key()?;
    let mut beside = (0..at).rev().take_while(|&above| lines[above].indent >= line.indent);
    if line.is_item() {
        let first = beside.last()?;
        return (!lines[first].is_item() && begins_list(text, lines, first)).then_some(first);
    }
    let is_next = beside
        .find(|&above| lines[above].indent == line.indent)
        .is_some_and(|item| lines[item].is_item() && lines[item].key() == line.key());
    (is_next || begins_list(text, lines, at)).then_some(at)
}

/// Whether a line is the first one below a key that there may be a list of mappings for.
fn begins_list(text: &str, lines: &[Line<'_>], at: usize) -> bool {
    let Some(above) = at.checked_sub(1).map(|above| &lines[above]) else { return false };
    let line = &lines[at];
    above.text.ends_with(':') && above.indent <= line.indent && is_among_items(text, line.start - line.indent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pointed_at_is_the_dash_or_the_key() {
        let twice = "podklady:\n  - - opatreni: I/2\n    stav: x\n";
        assert_eq!(second_dash(twice, twice.find("stav").unwrap()), Some(14..15));
        let missing = "podklady:\n  opatreni: I/2\n    stav: x\n";
        assert_eq!(key_without_dash(missing, missing.find("stav").unwrap()), Some(12..20));
    }
}
