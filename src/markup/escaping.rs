//! Plain text so that whoever reads Markdown takes none of its characters for a mark.

use std::borrow::Cow;

use crate::model::has_byte;

/// A text of which no character is a mark any more.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !has_byte(text, |byte| matches!(byte, b'*' | b'`' | b'[' | b']' | b'<' | b'|' | b'\\' | b'_' | b'&' | b'~')) {
        return escape_line_start(Cow::Borrowed(text));
    }
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        // An underscore inside a word marks nothing.
        let is_mark = match c {
            '*' | '`' | '[' | ']' | '<' | '|' | '\\' | '~' => true,
            '_' => !(before.is_alphanumeric() && after.is_alphanumeric()),
            '&' => after.is_alphanumeric() || after == '#',
            _ => false,
        };
        if is_mark {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escape_line_start(Cow::Owned(escaped))
}

/// Keeps a paragraph from being read as a heading, list or quotation.
pub(crate) fn escape_line_start(text: Cow<'_, str>) -> Cow<'_, str> {
    let first = text.chars().next().unwrap_or(' ');
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after_digits = &text[digits..];
    let blank = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    if first == '#'
        || first == '>'
        || (!text.is_empty() && text.chars().all(|c| c == '-'))
        || (matches!(first, '+' | '-' | '=') && text.len() > 1 && blank(&text[1..]))
    {
        Cow::Owned(format!("\\{text}"))
    } else if (1..10).contains(&digits) && after_digits.starts_with(['.', ')']) && blank(&after_digits[1..]) {
        Cow::Owned(format!("{}\\{after_digits}", &text[..digits]))
    } else {
        text
    }
}
