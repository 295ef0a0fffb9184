//! Texts as YAML scalars, in the plainest style that the loader reads back as they were, Unicode NFC
//! aside. What people are to edit later should look as if they had typed it.

use std::fmt::Write;

/// Words that other readers of YAML take for something else than text.
const RESERVED: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

/// A text on one line: plain where nothing in it can mean anything else, otherwise in quotes.
pub fn on_one_line(text: &str) -> String {
    if text.chars().any(|c| matches!(c, '\n' | '\t') || needs_escape(c)) {
        double_quoted(text)
    } else if is_plain(text) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// What stands behind the colon of a key: the text on the same line, or as a block below it.
pub fn value(text: &str, indent: usize) -> String {
    let block = if text.contains('\n') { block(text, indent) } else { None };
    format!(" {}", block.unwrap_or_else(|| on_one_line(text)))
}

/// A literal block; `None` where blanks at the edges of lines would change or not be seen.
pub fn block(text: &str, indent: usize) -> Option<String> {
    let (body, header) = text.strip_suffix('\n').map_or((text, "|-"), |body| (body, "|"));
    let is_safe = |line: &str| !line.starts_with('\t') && (line.is_empty() || !line.trim().is_empty());
    let begins = body.starts_with(|c: char| !c.is_whitespace());
    if !begins || body.ends_with('\n') || body.chars().any(needs_escape) || !body.split('\n').all(is_safe) {
        return None;
    }
    let mut written = header.to_owned();
    for line in body.split('\n') {
        written.push('\n');
        if !line.is_empty() {
            let _ = write!(written, "{:indent$}{line}", "");
        }
    }
    Some(written)
}

/// Whether a text of one line is itself without quotes, for the loader, to which every scalar is text. Of
/// what other readers take for something else, words get quotes, and numbers and dates look better without.
fn is_plain(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
        && !text.ends_with(|c: char| c.is_whitespace() || c == ':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains("\u{A0}#")
        && !RESERVED.contains(&text.to_lowercase().as_str())
}

fn double_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if needs_escape(c) => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// What YAML does not allow as it is, or takes for the end of a line; all of it below U+10000.
fn needs_escape(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::yaml;
    use crate::source::Files;

    #[test]
    fn scalars_have_no_more_quotes_than_they_need() {
        for (text, written) in [
            ("V okrese, „dobře“; 12 %", " V okrese, „dobře“; 12 %"),
            ("=SUMA(A1)", " '=SUMA(A1)'"),
            ("- ne", " '- ne'"),
            ("ne: ano", " 'ne: ano'"),
            ("it's: so", " 'it''s: so'"),
            ("a ", " 'a '"),
            ("", " ''"),
            ("No", " 'No'"),
            ("12", " 12"),
            ("# počet", " '# počet'"),
            ("„uvozovky“ a \"rovné\"", " '„uvozovky“ a \"rovné\"'"),
            ("null", " 'null'"),
            ("a\tb", " \"a\\tb\""),
            ("a\u{B}", " \"a\\u000B\""),
            ("a\nb\n", " |\n  a\n  b"),
            ("a\n \nb", " \"a\\n \\nb\""),
        ] {
            assert_eq!(value(text, 2), written, "{text:?}");
            for written in [value(text, 2), format!(" {}", on_one_line(text))] {
                let source = format!("a:{written}\n");
                let mut files = Files::default();
                let file = files.add("a.yaml".into(), source);
                let node = yaml::parse(file, files.get(file).text(), &mut Vec::new()).expect("it is valid");
                assert_eq!(node.text("a").map(|text| text.value).as_deref(), Some(text), "{written}");
            }
        }
    }
}
