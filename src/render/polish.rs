//! Czech typography over whole documents, so that no template has to think of it: each string that
//! is put out is typeset, and so are the words of the templates themselves. Attributes are not: no line
//! breaks in them.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr3};

use crate::render::markdown::Fences;
use crate::typography::typeset;

/// What belongs to the markup at the ends of a text.
const BLANKS: [u8; 4] = *b" \t\n\r";

/// Around what a filter has typeset already, so that it is not done twice. This mark and those below
/// are for private use in Unicode; [`is_mark`] keeps those that people might type from being taken for ours.
const SET_START: char = '\u{E000}';
const SET_END: char = '\u{E001}';

/// Around the number of a piece that is yet to come.
pub const PIECE_START: char = '\u{E002}';
/// See [`PIECE_START`].
pub const PIECE_END: char = '\u{E003}';

/// The end of a line within a value of what was taken in, for filters that read Markdown.
pub const LINE_END: char = '\u{E004}';

/// The backslash that escapes a mark in a value, for filters that read Markdown: one that the author of a template
/// wrote stays.
pub const ESCAPE: char = '\u{E005}';

/// Marks the output of a filter as typeset already.
pub fn already_set(text: &str) -> String {
    format!("{SET_START}{text}{SET_END}")
}

/// What stands for a piece that is yet to come; typography leaves it alone.
pub fn piece_mark(index: usize) -> String {
    already_set(&format!("{PIECE_START}{index}{PIECE_END}"))
}

/// Whether a character is one of the marks, which no value may bring in.
pub fn is_mark(c: char) -> bool {
    matches!(c, SET_START | SET_END | PIECE_START | PIECE_END | LINE_END | ESCAPE)
}

/// Polishes what is not marked as typeset already, and takes the marks away.
pub fn unmarked(document: &str, polish: fn(&str, &mut String)) -> String {
    let mut polished = String::with_capacity(document.len() + document.len() / 50);
    let mut bytes = [[0; 3]; 2];
    let [start, end] = &mut bytes;
    let (start, end) = (SET_START.encode_utf8(start), SET_END.encode_utf8(end));
    let (mut from, mut is_set) = (0, false);
    // Both begin with the same byte, and little else in a document does.
    for at in memchr_iter(start.as_bytes()[0], document.as_bytes()) {
        let marked = &document.as_bytes()[at..];
        if marked.starts_with(start.as_bytes()) {
            polish(&document[from..at], &mut polished);
        } else if is_set && marked.starts_with(end.as_bytes()) {
            polished.push_str(&document[from..at]);
        } else {
            continue;
        }
        is_set = marked.starts_with(start.as_bytes());
        from = at + start.len();
    }
    polish(&document[from..], &mut polished);
    polished
}

/// Typesets one value. Line breaks within it become spaces.
pub fn text(text: &str) -> Cow<'_, str> {
    typeset(text)
}

/// Typesets the texts of an HTML or XML document and leaves tags, styles, scripts, code
/// and the instructions of Word's fields alone.
pub fn markup(document: &str) -> String {
    unmarked(document, push_markup)
}

fn push_markup(document: &str, polished: &mut String) {
    let mut rest = document;
    while let Some(start) = memchr(b'<', rest.as_bytes()) {
        push_typeset(&rest[..start], polished);
        rest = &rest[start..];
        let end = tag_end(rest);
        polished.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    push_typeset(rest, polished);
}

/// Typesets the lines of a Markdown document, cell by cell in tables. Code stays as it is.
pub fn markdown(document: &str) -> String {
    unmarked(document, push_markdown)
}

fn push_markdown(document: &str, polished: &mut String) {
    let mut fences = Fences::default();
    for line in document.split_inclusive('\n') {
        let is_code = fences.hold(line);
        let body = line.trim_start_matches(' ');
        let text = body.trim_end_matches('\n');
        if is_code || text.starts_with("| -") || text.starts_with("<") {
            polished.push_str(line);
            continue;
        }
        polished.push_str(&line[..line.len() - body.len()]);
        let mut cell = 0;
        for bar in memchr_iter(b'|', text.as_bytes()) {
            push_typeset(&text[cell..bar], polished);
            polished.push('|');
            cell = bar + 1;
        }
        push_typeset(&text[cell..], polished);
        polished.push_str(&body[text.len()..]);
    }
}

/// Typesets a text whose blank ends belong to the markup around it.
fn push_typeset(text: &str, polished: &mut String) {
    let is_inside = |byte: &u8| !BLANKS.contains(byte);
    let bytes = text.as_bytes();
    let (Some(start), Some(last)) = (bytes.iter().position(is_inside), bytes.iter().rposition(is_inside)) else {
        polished.push_str(text);
        return;
    };
    let end = last + 1;
    polished.push_str(&text[..start]);
    polished.push_str(&typeset(&text[start..end]));
    polished.push_str(&text[end..]);
}

/// Elements whose insides are no text.
const WHOLE_ELEMENTS: [(&str, &str); 5] = [
    ("<style", "</style>"),
    ("<script", "</script>"),
    ("<code", "</code>"),
    ("<w:instrText", "</w:instrText>"),
    ("<!--", "-->"),
];

/// Where the tag that `rest` begins with ends; for styles, scripts and code, where the element does.
fn tag_end(rest: &str) -> usize {
    if let Some((_, close)) = WHOLE_ELEMENTS.iter().find(|(open, _)| rest.starts_with(open)) {
        return rest.find(close).map_or(rest.len(), |at| at + close.len());
    }
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        let sign = bytes[at + found];
        at += found + 1;
        if sign == b'>' {
            return at;
        }
        let Some(closing) = memchr(sign, &bytes[at..]) else { break };
        at += closing + 1;
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_set_and_tags_are_not() {
        assert_eq!(
            markup("<p title=\"v a > b\">v obci</p><style>a b{}</style>\n <code>k v</code>"),
            "<p title=\"v a > b\">v\u{A0}obci</p><style>a b{}</style>\n <code>k v</code>"
        );
    }

    #[test]
    fn what_is_set_already_is_left_alone() {
        let set = already_set("<p>v obci</p>");
        assert_eq!(markup(&format!("<div>{set}k domu</div>")), "<div><p>v obci</p>k\u{A0}domu</div>");
        assert_eq!(markdown(&format!("- v obci {set} k domu\n")), "- v\u{A0}obci <p>v obci</p> k\u{A0}domu\n");
    }

    #[test]
    fn what_is_marked_and_never_ends_is_set_and_takes_no_longer() {
        assert_eq!(markup("v obci\u{E000}k domu\u{E000}u nás\u{E001}u nás"), "v\u{A0}obcik\u{A0}domuu násu\u{A0}nás");
        // Were the end looked for from each mark, this would take hours and not be overlooked.
        let marks = SET_START.to_string().repeat(10_000_000);
        assert_eq!(markup(&marks), "");
    }

    #[test]
    fn tables_keep_their_bars() {
        assert_eq!(
            markdown("| I | v obci |\n| - | --- |\n  - k bodu\n"),
            "| I | v\u{A0}obci |\n| - | --- |\n  - k\u{A0}bodu\n"
        );
    }
}
