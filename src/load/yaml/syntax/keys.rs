//! What the keys of the data tell of a line that YAML could not read.

use std::ops::Range;

use crate::load::shape::{FILE_KINDS, Key, Shape, takes_sentences};
use crate::load::yaml::syntax::brackets::note_of;
use crate::load::yaml::syntax::{blanks, indent, is_in_block, line_start};

/// Whether a text ends with a line of a key, its value and another key that may stand beside the first.
pub(super) fn is_second_key(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default();
    let Some((first, behind)) = line.split_once(": ") else { return false };
    let first = first.trim_start_matches([' ', '-']);
    let Some((_, second)) = behind.trim_start().rsplit_once(' ') else { return false };
    !takes_sentences(first) && has_mapping(|keys| has(keys, first) && has(keys, second))
}

/// Whether the key that begins a line takes sentences.
pub(super) fn is_of_sentences(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| takes_sentences(key.trim_start_matches([' ', '-'])))
}

/// Whether some file of the data has this key.
pub(super) fn is_known_key(key: &str) -> bool {
    has_mapping(|keys| has(keys, key))
}

fn has(keys: &[Key], name: &str) -> bool {
    keys.iter().any(|key| key.name == name)
}

/// Whether some file of the data has a mapping with such keys.
fn has_mapping(is_it: impl Fn(&[Key]) -> bool + Copy) -> bool {
    fn has_mapping(shape: &Shape, is_it: impl Fn(&[Key]) -> bool + Copy) -> bool {
        match shape {
            Shape::List(item) => has_mapping(item, is_it),
            Shape::Map(keys) => is_it(keys) || keys.iter().any(|key| has_mapping(&key.shape, is_it)),
            _ => false,
        }
    }
    FILE_KINDS.iter().any(|kind| has_mapping(kind.shape, is_it))
}

/// Whether a text is made of the letters that keys are made of; nothing is as well.
pub(super) fn is_key(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Whether a key, its colon and its value begin a text without a blank between them.
pub(super) fn is_key_without_blank(text: &str) -> bool {
    let Some((key, value)) = text.split_once(':') else { return false };
    !key.is_empty() && is_key(key) && value.starts_with(|c: char| !c.is_whitespace() && c != '/')
}

/// The first key of an item, of a mapping or of the file in a line above that of an error, when no blank stands
/// behind its colon: the parser takes it for a text and may see only below that it cannot be.
pub(super) fn key_without_blank_above(text: &str, at: usize) -> Option<Range<usize>> {
    let line_start = line_start(text, at);
    let mut end = line_start;
    let lines = text[..line_start].split_inclusive('\n').rev().filter_map(|line| {
        end -= line.len();
        let is_read = !line.trim().is_empty() && !line.trim_start().starts_with('#');
        is_read.then_some((end, line.trim_end()))
    });
    let mut lines = lines.peekable();
    let mut found = None;
    while let Some((start, line)) = lines.next() {
        let begun = indent(line);
        if !is_key_without_blank(&line[begun..]) || !line[begun..].split(':').next().is_some_and(is_known_key) {
            break;
        }
        let is_first = match line[..begun].trim_start() {
            "" => begun == 0 || lines.peek().is_none_or(|(_, above)| above.ends_with(':')),
            _ => is_among_items(text, start),
        };
        if is_first && !is_in_block(text, start) {
            found = Some(start + begun..start + line.len());
        }
    }
    found
}

/// The key whose sentences go on in the line of an error, which begins with no key, though it is not indented more.
pub(super) fn key_of_sentences_above(text: &str, at: usize) -> Option<&str> {
    let key_of = |line: &'_ str| {
        let key = line[indent(line)..].split_once(':').map_or("", |(key, _)| key).len();
        indent(line)..indent(line) + key
    };
    let line_start = line_start(text, at);
    let line = text[line_start..].lines().next()?;
    let above = text[..line_start].lines().rev().find(|line| is_known_key(&line[key_of(line)]))?;
    let goes_on =
        !is_known_key(&line[key_of(line)]) && blanks(line) <= indent(above) && !line.trim_start().starts_with('#');
    (goes_on && is_of_sentences(above)).then(|| &above[key_of(above)])
}

/// A key with a value that is indented less than those above and below it, in the line above that of an error: the
/// parser takes it for one of a mapping further out, and what stands below it for its text.
pub(super) fn key_indented_too_little(text: &str, at: usize) -> Option<Range<usize>> {
    let line_start = line_start(text, at);
    let own = indent(text[line_start..].lines().next()?);
    let mut end = line_start;
    let mut above = text[..line_start].split_inclusive('\n').rev().filter_map(|line| {
        end -= line.len();
        (!line.trim().is_empty()).then_some((end, line))
    });
    let (start, line) = above.next()?;
    let (_, first) = above.next()?;
    let key_of = |line: &str| {
        line[indent(line)..].split_once(':').filter(|(key, _)| is_known_key(key)).map(|(key, _)| key.len())
    };
    let length = key_of(line)?;
    let has_value = !line[indent(line) + length + 1..].trim().is_empty();
    let is_alone = has_value && indent(line) < own && indent(first) == own && key_of(first).is_some();
    is_alone.then(|| start + indent(line)..start + indent(line) + length)
}

/// Whether the line that begins here stands below a key of which there may be a list of mappings, and not in a text.
/// Such a list need not be indented.
pub(super) fn is_among_items(text: &str, start: usize) -> bool {
    let own = blanks(&text[start..]);
    let without_note = |line| note_of(line).map_or(line, |note| &line[..note]).trim_end();
    let above = text[..start].lines().rev().filter(|line| !line.trim().is_empty()).map(without_note);
    let key = above
        .filter(|line| !line.is_empty())
        .find(|line| indent(line) < own || indent(line) == own && line.ends_with(':'));
    let is_it = |key: &Key, name: &str| key.name == name && matches!(key.shape, Shape::List(Shape::Map(_)));
    let holds_items = |name: &str| has_mapping(|keys| keys.iter().any(|key| is_it(key, name)));
    key.is_none_or(|line| line.strip_suffix(':').is_some_and(|key| holds_items(key.trim_start_matches([' ', '-']))))
}

#[cfg(test)]
mod tests {
    use crate::load::yaml::tests::findings;

    #[test]
    fn a_long_line_above_an_item_is_looked_through_once() {
        let signs = " #a".repeat(80_000);
        for above in [format!("\"{signs}\""), format!("'{signs} '' #'"), signs] {
            let text = format!("podklady:\n  - opatreni: I/1\n    komentar: {above}\n  –opatreni: I/2\n");
            let found: Vec<_> = findings(&text).into_iter().map(|(line, column, _)| (line, column)).collect();
            assert_eq!(found, [(4, 3)]);
        }
    }
}
