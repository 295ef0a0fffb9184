//! An error of a spreadsheet in the place of a text: Excel takes a line that begins with a dash for a formula.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Check, MarkdownText, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "chyba-z-excelu",
    severity: Severity::Error,
    title: "Místo textu je chyba z Excelu",
    explanation: "Text, který začíná pomlčkou, plusem nebo rovnítkem, vezme Excel za vzorec a do tabulky uloží místo něj chybu, například #NÁZEV?. Mřížky (####) uloží místo data, na které nestačí šířka sloupce. Co bylo napsáno, v souboru už není a zpráva by vytiskla chybu.",
    example: "opatreni;stav;komentar\nIX/3;PLNĚNO;#NÁZEV?",
    mend: "Nastavte v Excelu buňkám formát „Text“, text napište znovu a soubor uložte; nebo text opravte přímo v souboru.",
    checks: &[Check::Text(check)],
};

fn check(facts: &PeriodFacts<'_>, text: MarkdownText<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let MarkdownText { measure, whereabouts, text } = text;
    // Nobody asked when the period was frozen, and nothing of it may be mended.
    if facts.period.freeze.is_some() || !is_error_of_spreadsheet(&text.value) {
        return;
    }
    let message = format!("{whereabouts} je místo textu chyba z Excelu: {}", text.value.trim());
    diagnostics.push(
        Diagnostic::new(&RULE, text.place, message)
            .about(measure)
            .help("napište text znovu; v Excelu předtím nastavte buňce formát „Text“"),
    );
}

/// The errors of Czech and English spreadsheets without the number sign.
const ERRORS: [&str; 18] = [
    "NÁZEV?",
    "HODNOTA!",
    "ODKAZ!",
    "DĚLENÍ_NULOU!",
    "NENÍ_K_DISPOZICI",
    "ČÍSLO!",
    "NULL!",
    "PŘESAH!",
    "VÝPOČET!",
    "NAME?",
    "VALUE!",
    "REF!",
    "DIV/0!",
    "N/A",
    "NUM!",
    "SPILL!",
    "CALC!",
    "DATA!",
];

/// Whether all of a text is such an error, or the number signs for what a column is too narrow for.
fn is_error_of_spreadsheet(text: &str) -> bool {
    let Some(name) = text.trim().strip_prefix('#') else { return false };
    ERRORS.contains(&name) || name.len() > 1 && name.bytes().all(|byte| byte == b'#')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::freezing::testing::frozen_with;
    use crate::model::Year;
    use crate::rules::testing::findings;

    const PATH: &str = "obdobi/2023/podklady/osv.csv";

    fn found(comment: &str) -> Vec<String> {
        findings(&RULE, &[(PATH, &format!("opatreni,stav,komentar\nI/1,PLNĚNO,\"{comment}\"\n"))])
    }

    #[test]
    fn a_frozen_period_is_not_asked() {
        let frozen = frozen_with(Year(2023), &[(PATH, "opatreni,stav,komentar\nI/1,PLNĚNO,#N/A\n")]);
        let kept: Vec<(&str, &str)> = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(findings(&RULE, &kept), [""; 0]);
    }

    #[test]
    fn errors_of_spreadsheets_are_found() {
        for error in [
            "#NÁZEV?",
            "#NAME?",
            "#HODNOTA!",
            "#DIV/0!",
            "#DĚLENÍ_NULOU!",
            "#ODKAZ!",
            "#N/A",
            "#NENÍ_K_DISPOZICI",
            "#PŘESAH!",
            "####",
            " #REF! ",
        ] {
            let message = format!("{PATH}:2:12: v komentáři je místo textu chyba z Excelu: {}", error.trim());
            assert_eq!(found(error), [message]);
        }
    }

    #[test]
    fn texts_with_a_hash_are_none() {
        for text in [
            "#",
            "##",
            "#1",
            "# Nadpis!",
            "#KrajPomáhá!",
            "#KRAJ2024!",
            "#?",
            "#1!",
            "viz #NÁZEV?",
            "#NÁZEV? Konalo se.",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
