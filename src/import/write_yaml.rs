//! Submissions as the YAML that people edit: keys in one order, measures in the order of their ids,
//! quotes only where they are needed, so that a change of the content is a change of few lines.
//!
//! What it writes, the loader reads back as it was, Unicode NFC aside. Pure: it writes no files.

use std::fmt::Write;

use crate::import::content::{Answer, Content, Submitted};
use crate::model::{MeasureId, Status};

/// The first line: where editors find the schema.
pub const MODELINE: &str = "# yaml-language-server: $schema=../../../../schema/podklady.schema.json";

/// A comment longer than this stands in a block of its own even on one line: nobody has to know
/// which characters need quotes to edit it.
const LONG: usize = 100;

/// Words that other readers of YAML take for something else than text.
const RESERVED: [&str; 12] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf", "~"];

/// The whole file of one body.
pub fn write(body: &str, content: &Content) -> String {
    let mut text = format!("{MODELINE}\npredkladatel:{}\npodklady:\n", scalar(body, 2));
    for (index, (id, submitted)) in content.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        measure(&mut text, *id, submitted);
    }
    text
}

fn measure(text: &mut String, id: MeasureId, submitted: &Submitted) {
    let _ = writeln!(text, "  - opatreni: {id}");
    key(text, 4, "stav", submitted.status.map(Status::code));
    if let Some(comment) = &submitted.comment {
        let is_long = comment.chars().count() > LONG;
        let written = block(comment, 6).filter(|_| is_long || comment.contains('\n'));
        let _ = writeln!(text, "    komentar:{}", written.unwrap_or_else(|| scalar(comment, 6)));
    }
    if !submitted.criteria.is_empty() {
        text.push_str("    kriteria:\n");
    }
    for Answer { criterion, value, status, evidence } in &submitted.criteria {
        let _ = writeln!(text, "      - kriterium:{}", scalar(criterion, 10));
        key(text, 8, "hodnota", value.as_deref());
        key(text, 8, "stav", status.map(Status::code));
        key(text, 8, "doklad", evidence.as_deref());
    }
}

fn key(text: &mut String, indent: usize, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = writeln!(text, "{:indent$}{name}:{}", "", scalar(value, indent + 2));
    }
}

/// A scalar in the plainest style that gives it back, with the blank or line break before it.
fn scalar(text: &str, indent: usize) -> String {
    if text.contains('\n') {
        return block(text, indent).unwrap_or_else(|| format!(" {}", double_quoted(text)));
    }
    if text.chars().any(needs_escape) || text.contains('\t') {
        return format!(" {}", double_quoted(text));
    }
    if is_plain(text) { format!(" {text}") } else { format!(" '{}'", text.replace('\'', "''")) }
}

/// A literal block; `None` where blanks at the edges of lines would change or not be seen.
fn block(text: &str, indent: usize) -> Option<String> {
    let (body, header) = text.strip_suffix('\n').map_or((text, "|-"), |body| (body, "|"));
    let is_safe = |line: &str| !line.starts_with('\t') && (line.is_empty() || !line.trim().is_empty());
    let begins = body.starts_with(|c: char| !c.is_whitespace());
    if !begins || body.ends_with('\n') || body.chars().any(needs_escape) || !body.split('\n').all(is_safe) {
        return None;
    }
    let mut written = format!(" {header}");
    for line in body.split('\n') {
        written.push('\n');
        if !line.is_empty() {
            let _ = write!(written, "{:indent$}{line}", "");
        }
    }
    Some(written)
}

/// Whether a text of one line is itself without quotes, for every reader of YAML.
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
    use proptest::prelude::*;

    use super::*;
    use crate::load::yaml::{self, Node};
    use crate::model::composed;
    use crate::source::Files;

    fn id(text: &str) -> MeasureId {
        MeasureId::parse(text).expect("it is one")
    }

    fn answer(criterion: &str, value: &str, evidence: &str) -> Answer {
        let some = |text: &str| Some(text.to_owned());
        Answer {
            criterion: criterion.into(),
            value: some(value),
            status: Some(Status::Partly),
            evidence: some(evidence),
        }
    }

    fn read(text: &str) -> Node {
        let mut files = Files::default();
        let file = files.add("a.yaml".into(), text.into());
        let mut diagnostics = Vec::new();
        let node = yaml::parse(file, text, &mut diagnostics);
        assert!(diagnostics.is_empty(), "{text}\n{diagnostics:?}");
        node.expect("it is not empty")
    }

    /// Writes a text wherever a text may stand, and reads it back.
    fn assert_kept(written: &str) {
        let submitted = Submitted {
            status: Some(Status::Done),
            comment: Some(written.to_owned()),
            criteria: vec![answer(written, written, written), answer("x", "1", "y")],
        };
        let content = Content::from([(id("I/1"), submitted), (id("I/2"), Submitted::default())]);
        let text = write(written, &content);
        let root = read(&text);
        let expected = Some(composed(written).into_owned());
        let of = |node: &Node, key: &str| node.text(key).map(|text| text.value);
        assert_eq!(of(&root, "predkladatel"), expected, "{text}");
        let [first, second] = root.list("podklady") else { panic!("two measures were written: {text}") };
        assert_eq!(of(first, "komentar"), expected, "{text}");
        assert_eq!((of(first, "stav"), of(second, "opatreni")), (Some("SPLNĚNO".into()), Some("I/2".into())), "{text}");
        let [criterion, _] = first.list("kriteria") else { panic!("two criteria were written: {text}") };
        for key in ["kriterium", "hodnota", "doklad"] {
            assert_eq!(of(criterion, key), expected, "{text}");
        }
    }

    #[test]
    fn it_is_written_as_people_would() {
        let content = Content::from([
            (
                id("IX/2"),
                Submitted {
                    status: Some(Status::Partly),
                    comment: Some("První odstavec.\n\n- odrážka: jedna\n  # ne komentář".into()),
                    criteria: vec![answer("Počet: všech", "12,5", "https://example.cz/#kotva")],
                },
            ),
            (id("I/10"), Submitted { status: Some(Status::Unfulfilled), ..Submitted::default() }),
            (id("I/2"), Submitted { comment: Some("dlouhý ".repeat(20) + "konec"), ..Submitted::default() }),
        ]);
        let expected = format!(
            "{MODELINE}\npredkladatel: odd. krizového řízení\npodklady:\n\
             \x20 - opatreni: I/2\n    komentar: |-\n      {}konec\n\n\
             \x20 - opatreni: I/10\n    stav: NEPLNĚNO\n\n\
             \x20 - opatreni: IX/2\n    stav: ČÁSTEČNĚ\n    komentar: |-\n      První odstavec.\n\n      - odrážka: jedna\n\
             \x20       # ne komentář\n    kriteria:\n\
             \x20     - kriterium: 'Počet: všech'\n        hodnota: 12,5\n        stav: ČÁSTEČNĚ\n\
             \x20       doklad: https://example.cz/#kotva\n",
            "dlouhý ".repeat(20)
        );
        assert_eq!(write("odd. krizového řízení", &content), expected);
    }

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
            ("a\tb", " \"a\\tb\""),
            ("a\u{B}", " \"a\\u000B\""),
            ("a\nb\n", " |\n  a\n  b"),
            ("a\n \nb", " \"a\\n \\nb\""),
        ] {
            assert_eq!(scalar(text, 2), written, "{text:?}");
        }
    }

    #[test]
    fn every_text_that_was_dangerous_once_is_kept() {
        for text in [
            "",
            " ",
            "\n",
            "\n\n",
            "a\n",
            "a\n\n",
            "\na",
            " a\nb",
            "a\n b",
            "a\n\tb",
            "a\r\nb",
            "a\rb",
            "\u{FEFF}a",
            "a\u{85}b",
            "a\u{2028}b",
            "a\nb\u{2029}",
            "---",
            "...",
            "a\n---\nb",
            "%TAG",
            "#a",
            "a #b",
            "a\u{A0}#b",
            "*a",
            "&a",
            "!a",
            "@a",
            "`a",
            "|",
            ">",
            "?",
            "? a",
            "- a",
            "-",
            "[a]",
            "{a}",
            "a: b",
            "a:",
            ":",
            "'",
            "\"",
            "\\",
            "a\\nb",
            "null",
            "~",
            "\0",
            "\u{7F}",
            "\u{9F}",
            "\u{FFFF}",
            "\u{1FFFF}",
            "😀\n🇨🇿",
            "e\u{301}",
            "a;b,c",
            "=1+1",
            "a\u{200B}",
            "\u{A0}a\u{A0}",
            "a\n\u{A0}\nb",
            "\u{3000}",
            "a\n\u{3000}b",
            "1",
            "12,5",
        ] {
            assert_kept(text);
        }
        assert_kept(&"á;\n".repeat(10_922));
        assert_kept(&"\u{1}".repeat(32_767));
        assert_kept(&"x ".repeat(16_383));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_kept(text in any::<String>()) {
            assert_kept(&text);
        }

        #[test]
        fn any_text_of_dangerous_characters_is_kept(
            text in "[ \\t\\n\\r\u{0}\u{B}\u{1B}\u{7F}\u{85}\u{A0}\u{2028}\u{FEFF}\u{301}'\"\\\\:#;,=|>?&*!%@`~{}\\[\\]\\-.a0ž😀]{0,40}"
        ) {
            assert_kept(&text);
        }
    }
}
