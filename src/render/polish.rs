//! Czech typography over whole documents, so that no template has to think of it: each string that
//! is put out is typeset, and so are the words of the templates themselves.

use std::borrow::Cow;

use crate::typography::typeset;

/// What belongs to the markup at the ends of a text.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// Around what a filter has typeset already, so that it is not done twice. This mark and those below
/// are for private use in Unicode; [`is_mark`] keeps those that people might type from being taken for ours.
const SET_START: char = '\u{E000}';
const SET_END: char = '\u{E001}';

/// Around the number of a piece that is yet to come.
pub const PIECE_START: char = '\u{E002}';
/// See [`PIECE_START`].
pub const PIECE_END: char = '\u{E003}';

/// Marks the output of a filter as typeset already.
pub fn already_set(mut text: String) -> String {
    text.insert(0, SET_START);
    text.push(SET_END);
    text
}

/// What stands for a piece that is yet to come; typography leaves it alone.
pub fn piece_mark(index: usize) -> String {
    already_set(format!("{PIECE_START}{index}{PIECE_END}"))
}

/// Whether a character is one of the marks, which no value may bring in.
pub fn is_mark(c: char) -> bool {
    matches!(c, SET_START | SET_END | PIECE_START | PIECE_END)
}

/// Polishes what is not marked as typeset already, and takes the marks away.
fn unmarked(document: &str, polish: fn(&str, &mut String)) -> String {
    let mut polished = String::with_capacity(document.len() + document.len() / 50);
    for piece in document.split(SET_START) {
        match piece.split_once(SET_END) {
            Some((set, rest)) => {
                polished.push_str(set);
                polish(rest, &mut polished);
            }
            None => polish(piece, &mut polished),
        }
    }
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
    while let Some(start) = rest.find('<') {
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
    let mut is_code = false;
    for line in document.split_inclusive('\n') {
        is_code ^= line.trim_start().starts_with("```");
        let body = line.trim_start_matches(' ');
        let text = body.trim_end_matches('\n');
        if is_code || text.starts_with("| -") || text.starts_with("<") {
            polished.push_str(line);
            continue;
        }
        polished.push_str(&line[..line.len() - body.len()]);
        for (index, cell) in text.split('|').enumerate() {
            if index > 0 {
                polished.push('|');
            }
            push_typeset(cell, polished);
        }
        polished.push_str(&body[text.len()..]);
    }
}

/// Typesets a text whose blank ends belong to the markup around it.
fn push_typeset(text: &str, polished: &mut String) {
    let body = text.trim_matches(BLANKS);
    if body.is_empty() {
        polished.push_str(text);
        return;
    }
    let lead = text.len() - text.trim_start_matches(BLANKS).len();
    polished.push_str(&text[..lead]);
    polished.push_str(&typeset(body));
    polished.push_str(&text[lead + body.len()..]);
}

/// Where the tag that `rest` begins with ends; for styles, scripts and code, where the element does.
fn tag_end(rest: &str) -> usize {
    for (open, close) in [
        ("<style", "</style>"),
        ("<script", "</script>"),
        ("<code", "</code>"),
        ("<w:instrText", "</w:instrText>"),
        ("<!--", "-->"),
    ] {
        if rest.starts_with(open) {
            return rest.find(close).map_or(rest.len(), |at| at + close.len());
        }
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
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
        let set = already_set("<p>v obci</p>".to_owned());
        assert_eq!(markup(&format!("<div>{set}k domu</div>")), "<div><p>v obci</p>k\u{A0}domu</div>");
        assert_eq!(markdown(&format!("- v obci {set} k domu\n")), "- v\u{A0}obci <p>v obci</p> k\u{A0}domu\n");
    }

    #[test]
    fn tables_keep_their_bars() {
        assert_eq!(
            markdown("| I | v obci |\n| - | --- |\n  - k bodu\n"),
            "| I | v\u{A0}obci |\n| - | --- |\n  - k\u{A0}bodu\n"
        );
    }
}
