//! A list in a comment of which YAML makes one line, because only a text behind `|` keeps its lines.

use crate::diagnostic::{Diagnostic, Severity};
use crate::markup::{BULLETS, continues_date};
use crate::rules::{Check, MarkdownText, PeriodFacts, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "slity-seznam",
    severity: Severity::Warning,
    title: "Položky seznamu se slijí do jednoho řádku",
    explanation: "V YAML drží řádky jen text pod znakem „|“. Pod znakem „>“, v uvozovkách i bez nich se řádky spojí mezerou, takže ze seznamu zbude ve zprávě jedna věta s pomlčkami.",
    example: "komentar: >\n  Uskutečnilo se:\n  - školení\n  - beseda",
    mend: "Začněte text znakem „|“ za klíčem a pište ho na další, odsazené řádky.",
    checks: &[Check::Text(check)],
};

fn check(facts: &PeriodFacts<'_>, text: MarkdownText<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let MarkdownText { measure, whereabouts, text } = text;
    let file = facts.files.get(text.place.file);
    // Nobody asked when the period was frozen, and nothing of it may be mended.
    if facts.period.freeze.is_some() {
        return;
    }
    let Some(written) = file.text().get(text.place.range()) else { return };
    // A cell keeps its lines.
    if !written.contains('\n') || !file.path().ends_with(".yaml") {
        return;
    }
    let n_written = n_items(written.trim_start_matches(['"', '\'']), false);
    if n_written < 2 || n_written <= n_items(&text.value, true) {
        return;
    }
    let message = format!("{whereabouts} se položky seznamu spojí do jednoho řádku");
    let found = match folding_sign(&file.text()[..text.place.range().start]) {
        Some(at) => Diagnostic::new(&RULE, Place::new(text.place.file, at..at + 1), message)
            .help("místo „>“ napište „|“, pod kterým řádky zůstanou")
            .replace_with("|"),
        None => {
            Diagnostic::new(&RULE, text.place, message).help("napište za klíč znak „|“ a text na další, odsazené řádky")
        }
    };
    diagnostics.push(found.about(measure));
}

/// Where the `>` of a text stands that begins behind `before`, with what may stand behind that sign.
fn folding_sign(before: &str) -> Option<usize> {
    let key = before.trim_end();
    let at = key.trim_end_matches(|c: char| matches!(c, '-' | '+') || c.is_ascii_digit()).len().checked_sub(1)?;
    (key.len() < before.len() && key.as_bytes().get(at) == Some(&b'>')).then_some(at)
}

/// How many lines begin an item: with a bullet or a dash, or with a number that follows on the one before. The first
/// item stands at the beginning or below a blank line or a colon, unless it may stand `anywhere`: wrapped prose may have
/// a dash or a day at the beginning of a line.
fn n_items(text: &str, anywhere: bool) -> usize {
    let (mut n_items, mut next, mut may_begin) = (0, 1, true);
    for line in text.lines().map(str::trim) {
        let (mark, body) = line.split_once([' ', '\t', '\u{A0}']).unwrap_or((line, ""));
        let number: Option<usize> = mark.strip_suffix(['.', ')']).and_then(|number| number.parse().ok());
        let mut sign = mark.chars();
        let is_bullet = matches!((sign.next(), sign.next()), (Some(sign), None) if is_bullet(sign));
        let is_number = number == Some(next) && !continues_date(body);
        let is_item = !body.is_empty() && (is_bullet || is_number);
        if is_item && (anywhere || may_begin || n_items > 0) {
            n_items += 1;
            next = number.map_or(next, |number| number + 1);
        }
        may_begin = line.is_empty() || line.ends_with(':');
    }
    n_items
}

fn is_bullet(sign: char) -> bool {
    matches!(sign, '-' | '*' | '+' | '–') || BULLETS.contains(&sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{commented, findings, marked, mended};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn a_folded_list_is_found_and_mended() {
        for items in [
            "- jedna\n      - dvě",
            "• jedna\n\n      • dvě\n      • tři",
            "1. jedna\n      2. dvě",
            "1) a\n      2) b",
        ] {
            let text = commented(&format!(">-\n      Konalo se:\n      {items}"));
            assert_eq!(marked(&RULE, &[(PATH, &text)]), [">"], "{items}");
            assert_eq!(mended(&RULE, &[(PATH, &text)]), ["    komentar: |-"], "{items}");
        }
    }

    #[test]
    fn a_list_that_runs_on_behind_its_key_is_found() {
        for text in [
            "\"Konalo se:\n      - 1. 7. školení\n        učitelů\n      - beseda\"",
            "\"– školení\n      – beseda\"",
            "\"Konalo se\n\n      * školení\n      * beseda\"",
        ] {
            let found = findings(&RULE, &[(PATH, &commented(text))]);
            assert_eq!(found, [format!("{PATH}:5:15: v komentáři se položky seznamu spojí do jednoho řádku")]);
        }
    }

    #[test]
    fn lines_that_stay_and_lines_of_no_list_are_not_found() {
        for text in [
            "|\n      Konalo se:\n      - školení\n      - beseda",
            "|-\n      1. školení\n      2. beseda",
            ">\n      Konalo se:\n\n        - školení\n        - beseda",
            "\"- školení\\n- beseda\n      ve škole\"",
            ">\n      Konalo se školení\n      – první letos\n      v Turnově",
            ">\n      Od 1. 1. 2022 do\n      31. 12. 2023 a dál\n      1. 1. 2024 se konalo",
            "Konalo se\n      -\n      -",
            ">\n      Konalo se\n\n      - školení\n\n      - beseda",
            ">\n      Projekt\n      – jak bylo v plánu\n      – běžel.",
            ">\n      1. 1. 2024 a\n      2. 2. 2025 se konalo\n      3. kolo",
            ">\n      Na\n      1. stupni ZŠ i na\n      2. stupni ZŠ se učilo.",
            "\"Součet je 5\n      + 3\n      + 2 poradny.\"",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, &commented(text))]), [""; 0], "{text}");
        }
    }
}
