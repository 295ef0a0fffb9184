//! Submissions as the YAML that people edit: keys in one order, measures in the order of their ids,
//! quotes only where they are needed, so that a change of the content is a change of few lines.
//!
//! What it writes, the loader reads back as it was, Unicode NFC aside. Pure: it writes no files.

use std::fmt::Write;

use crate::import::content::{Answer, Content, Submitted};
use crate::model::{MeasureId, Status};
use crate::yaml_text::{self, value};

/// The first line: where editors find the schema.
pub const MODELINE: &str = "# yaml-language-server: $schema=../../../../schema/podklady.schema.json";

/// A comment longer than this stands in a block of its own even on one line: nobody has to know
/// which characters need quotes to edit it.
const LONG: usize = 100;

/// The whole file of one body.
pub fn write(body: &str, content: &Content) -> String {
    let mut text = format!("{MODELINE}\npredkladatel:{}\npodklady:\n", value(body, 2));
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
        let block = yaml_text::block(comment, 6).filter(|_| is_long);
        let written = block.map_or_else(|| value(comment, 6), |block| format!(" {block}"));
        let _ = writeln!(text, "    komentar:{written}");
    }
    if !submitted.criteria.is_empty() {
        text.push_str("    kriteria:\n");
    }
    for Answer { criterion, value: number, status, evidence } in &submitted.criteria {
        let _ = writeln!(text, "      - kriterium:{}", value(criterion, 10));
        key(text, 8, "hodnota", number.as_deref());
        key(text, 8, "stav", status.map(Status::code));
        key(text, 8, "doklad", evidence.as_deref());
    }
}

fn key(text: &mut String, indent: usize, name: &str, written: Option<&str>) {
    if let Some(written) = written {
        let _ = writeln!(text, "{:indent$}{name}:{}", "", value(written, indent + 2));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::load::yaml::{self, Node};
    use crate::model::composed;
    use crate::rules::skryty_znak;
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
        let node = yaml::parse(file, files.get(file).text(), &mut diagnostics);
        // A hidden character is found wherever it comes from; it is read all the same.
        let others: Vec<_> = diagnostics.iter().filter(|found| found.rule.code != skryty_znak::RULE.code).collect();
        assert!(others.is_empty(), "{text}\n{others:?}");
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
        let of = Node::string;
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
