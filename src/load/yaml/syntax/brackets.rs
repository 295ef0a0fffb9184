//! Lists and mappings between brackets: what of them the parser misses, and what takes it away.

use granit_parser::ErrorKind;

use crate::load::yaml::syntax::keys::is_known_key;

/// Whether the parser misses the end of a list or a mapping between brackets, or what parts its items.
pub(super) fn is_about_brackets(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::BlockEntryInFlowCollection
            | ErrorKind::ExpectedFlowSequenceSeparator
    )
}

/// Whether nothing stands before a comma but another one, or the bracket.
pub(super) fn is_comma_too_many(text: &str, at: usize) -> bool {
    text[at..].starts_with(',') && text[..at].trim_end().ends_with([',', '[', '{'])
}

/// Whether the colon at `at` stands in the text of an item between brackets, behind the colon of its key. Behind a
/// word that is a key rather a comma is missing before that word.
pub(super) fn is_colon_in_item(text: &str, at: usize) -> bool {
    let item = text[..at].rsplit(['\n', ',', '[', '{']).next().unwrap_or_default();
    let word = item.rsplit(' ').next().unwrap_or_default();
    text[at..].starts_with(": ") && item.contains(": ") && !is_known_key(word)
}

pub(super) const NOTE_WITH_BRACKET: &str =
    "znakem „#“ za mezerou začíná poznámka a závorka, která je v ní, nic nezavírá";
pub(super) const NOTE_WITH_BRACKET_HELP: &str = "text se znakem „#“ dejte do uvozovek";

/// The number sign of a note that takes away the bracket which the parser misses at `at`: in the line with the last
/// bracket that nothing closes, or in one of those below it.
pub(super) fn note_with_bracket(text: &str, at: usize) -> Option<usize> {
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let mut found = None;
    let mut start = end + 1;
    for line in text[..end].rsplit('\n') {
        start -= line.len() + 1;
        let note = note_of(line);
        if note.is_some_and(|note| line[note..].contains([']', '}'])) {
            found = note.map(|note| start + note);
        }
        let read = &line[..note.unwrap_or(line.len())];
        if read.matches(['[', '{']).count() > read.matches([']', '}']).count() {
            return found;
        }
    }
    None
}

/// Where the note of a line begins: at a number sign behind a blank, outside of quotation marks. Within a text and at
/// its end an apostrophe is a letter.
pub(super) fn note_of(line: &str) -> Option<usize> {
    let mut open = None;
    let mut before = ' ';
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        match (c, open) {
            ('#', None) if before == ' ' => return Some(at),
            ('"' | '\'', None) if matches!(before, ' ' | '[' | '{' | ',') => open = Some(c),
            // What follows is a letter, as is an apostrophe that is doubled.
            ('\\', Some('"')) => _ = chars.next(),
            ('\'', Some('\'')) if chars.as_str().starts_with('\'') => _ = chars.next(),
            (_, Some(mark)) if mark == c => open = None,
            _ => {}
        }
        before = c;
    }
    None
}

/// Where the bracket is closed that a text begins with.
pub(super) fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(index, c)| {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(index)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::yaml::tests::findings;

    #[test]
    fn a_bracket_in_a_note_is_told_where_the_note_begins() {
        const BRACKET: &str =
            "závorka na tomto nebo některém předchozím řádku se nezavřela, nebo mezi položkami chybí čárka";
        for (text, at, message) in [
            ("a:\n  - {b: 1, c: Č. #12}\n", (2, 18), NOTE_WITH_BRACKET),
            ("a:\n  - {b: 1, c: Č. #12}", (2, 18), NOTE_WITH_BRACKET),
            ("a:\n  - {b: 1, c: Č. #12}\n  - {b: 1}\n", (2, 18), NOTE_WITH_BRACKET),
            ("a:\n  - {b: 1, c: Č. #12}\n\n  - b: 1\n    c: 2\n", (2, 18), NOTE_WITH_BRACKET),
            ("a: [b, #c]\nd: 1\n", (1, 8), NOTE_WITH_BRACKET),
            ("a:\n  - {b: 1,\n     c: Č. #12}\n  - b: 1\n", (3, 12), NOTE_WITH_BRACKET),
            ("a: 1\nb: [c, \"d #e\", #f]\ng: [h]\n", (2, 16), NOTE_WITH_BRACKET),
            ("a: [b #c]\n  , d] # e]\nf: [g\nh: 1\n", (4, 2), BRACKET),
            ("a: [b, # c\nd: 1\n", (1, 4), BRACKET),
            ("a:\n  - {b: 1,\n# c}\n  - b: 1\n", (3, 1), NOTE_WITH_BRACKET),
            ("a: 1 # b]\nc: [d, e\nf: 1\n", (3, 2), BRACKET),
            ("- {a: [{b: 'Č. #1', c: 5}], d: 1\n", (1, 3), BRACKET),
            ("- {a: O'Hara #1}\n", (1, 14), NOTE_WITH_BRACKET),
            ("- {a: 1, b: \"c \\\" #1 ]\"\n", (1, 3), BRACKET),
            ("- {a: 1, b: 'c '' #1 ]'\n", (1, 3), BRACKET),
            ("- {a: 'c ''', b: #1}\n", (1, 18), NOTE_WITH_BRACKET),
            ("- {a: \"c \\\\\", b: #1}\n", (1, 18), NOTE_WITH_BRACKET),
        ] {
            assert_eq!(findings(text), [(at.0, at.1, message.to_owned())], "{text:?}");
        }
    }
}
