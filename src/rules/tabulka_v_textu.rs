//! A table in a comment, of which documents would make one line of bars.

use std::ops::Range;

use memchr::memchr;

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::facts::OF_TEMPLATE;
use crate::rules::{Check, MarkdownText, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "tabulka-v-textu",
    severity: Severity::Warning,
    title: "V textu je tabulka",
    explanation: "Komentáře, připomínky, důvody a texty zprávy mohou mít odstavce, seznamy, odkazy a zvýraznění, tabulky ne. Řádky tabulky by se ve zprávě slily do jednoho a zbyly by z nich svislé čáry.",
    example: "komentar: |\n  | Město | Klientů |\n  | --- | ---: |\n  | Liberec | 120 |",
    mend: "Údaje napište jako seznam, na každý řádek jeden: „- Liberec: 120 klientů“.",
    checks: &[Check::Text(check)],
};

fn check(facts: &PeriodFacts<'_>, text: MarkdownText<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let MarkdownText { measure, whereabouts, text } = text;
    let Some(header) = header(&text.value) else { return };
    let place = facts.files.aligned(text).place(header);
    diagnostics.push(
        Diagnostic::new(&RULE, place, format!("{whereabouts} je tabulka"))
            .about(measure)
            .help("napište údaje jako seznam, na každý řádek jeden: „- Liberec: 120 klientů“"),
    );
}

/// The line of titles of the first table: a row of dashes between bars follows it. Both may be quoted.
fn header(text: &str) -> Option<Range<usize>> {
    memchr(b'|', text.as_bytes())?;
    let mut before: Option<Range<usize>> = None;
    let mut start = 0;
    for line in text.split('\n') {
        let row = line.trim_start_matches(|c: char| c == '>' || c.is_whitespace() || c == OF_TEMPLATE).trim_end();
        let is_row = row.contains('|');
        // A value in a cell is no dash.
        let dashes = row.trim_end_matches(OF_TEMPLATE);
        let is_dashes = dashes.contains('-') && dashes.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
        if is_row && is_dashes && before.is_some() {
            return before;
        }
        let end = start + line.trim_end().len();
        before = is_row.then(|| end - row.len()..end);
        start += line.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{commented, findings, marked};

    #[test]
    fn the_titles_of_a_table_are_marked() {
        for table in [
            "| Město | Klientů |\n      | --- | ---: |\n      | Liberec | 120 |",
            "Město | Klientů\n      :--|--\n      Liberec | 120",
            "| Město | Klientů |\n      | - | -: |\n      | Liberec | 120 |",
            "> | Město | Klientů |\n      > | --- | --- |\n      > | Liberec | 120 |",
        ] {
            let files = commented(&format!("|\n      Tabulka:\n\n      {table}"));
            let titles = table.lines().next().unwrap_or_default().trim_start_matches("> ");
            assert_eq!(marked(&RULE, &[("obdobi/2023/podklady/osv.yaml", &files)]), [titles]);
            let found = findings(&RULE, &[("obdobi/2023/podklady/osv.yaml", &files)]);
            assert!(found[0].ends_with("v komentáři je tabulka"), "{found:?}");
        }
    }

    #[test]
    fn bars_alone_are_no_table() {
        for text in [
            "\"a | b\"",
            "|\n      a | b\n      c | d",
            "|\n      a | b\n      c | d-e",
            "|\n      a | b\n      | : |",
            "|\n      Nadpis\n      ---\n      a | b",
            "|\n      |---|",
        ] {
            assert_eq!(findings(&RULE, &[("obdobi/2023/podklady/osv.yaml", &commented(text))]), [""; 0], "{text}");
        }
    }
}
