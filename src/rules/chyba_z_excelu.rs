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

fn check(_: &PeriodFacts<'_>, text: MarkdownText<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let MarkdownText { measure, whereabouts, text } = text;
    if !is_error_of_spreadsheet(&text.value) {
        return;
    }
    let message = format!("{whereabouts} je místo textu chyba z Excelu: {}", text.value.trim());
    diagnostics.push(
        Diagnostic::new(&RULE, text.place, message)
            .about(measure)
            .help("napište text znovu; v Excelu předtím nastavte buňce formát „Text“"),
    );
}

/// Whether all of a text is such an error, in whatever language of Excel: `#NÁZEV?`, `#DIV/0!`, `#N/A`, `####`.
fn is_error_of_spreadsheet(text: &str) -> bool {
    let Some(name) = text.trim().strip_prefix('#') else { return false };
    let is_shouted = |name: &str| {
        let is_of_name = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '/');
        name.starts_with(char::is_uppercase) && name.chars().all(is_of_name)
    };
    match name.strip_suffix(['?', '!']) {
        Some(name) => is_shouted(name),
        None => ["N/A", "NENÍ_K_DISPOZICI"].contains(&name) || name.len() > 1 && name.bytes().all(|byte| byte == b'#'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::findings;

    const PATH: &str = "obdobi/2023/podklady/osv.csv";

    fn found(comment: &str) -> Vec<String> {
        findings(&RULE, &[(PATH, &format!("opatreni,stav,komentar\nI/1,PLNĚNO,\"{comment}\"\n"))])
    }

    #[test]
    fn errors_of_spreadsheets_are_found_in_whatever_language() {
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
        for text in ["#", "##", "#1", "# Nadpis!", "#KrajPomáhá!", "#?", "#1!", "viz #NÁZEV?", "#NÁZEV? Konalo se."]
        {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
