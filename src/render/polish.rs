//! Czech typography over whole documents, so that no template has to think of it: each string that
//! is put out is typeset, and so are the words of the templates themselves.

use std::borrow::Cow;

use crate::typography::typeset;

/// Typesets one value. Line breaks within it become spaces.
pub fn text(text: &str) -> Cow<'_, str> {
    typeset(text)
}

/// Typesets the texts of an HTML or XML document and leaves tags, styles, scripts, code
/// and the instructions of Word's fields alone.
pub fn markup(document: &str) -> String {
    let mut polished = String::with_capacity(document.len() + document.len() / 50);
    let mut rest = document;
    while let Some(start) = rest.find('<') {
        push_typeset(&rest[..start], &mut polished);
        rest = &rest[start..];
        let end = tag_end(rest);
        polished.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    push_typeset(rest, &mut polished);
    polished
}

/// Typesets the lines of a Markdown document, cell by cell in tables. Code stays as it is.
pub fn markdown(document: &str) -> String {
    let mut polished = String::with_capacity(document.len() + document.len() / 50);
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
            push_typeset(cell, &mut polished);
        }
        polished.push_str(&body[text.len()..]);
    }
    polished
}

/// Typesets a text whose blank ends belong to the markup around it.
fn push_typeset(text: &str, polished: &mut String) {
    let body = text.trim_matches([' ', '\t', '\n', '\r']);
    if body.is_empty() {
        polished.push_str(text);
        return;
    }
    let lead = text.find(body).unwrap_or(0);
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
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
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
    fn tables_keep_their_bars() {
        assert_eq!(
            markdown("| I | v obci |\n| - | --- |\n  - k bodu\n"),
            "| I | v\u{A0}obci |\n| - | --- |\n  - k\u{A0}bodu\n"
        );
    }
}
