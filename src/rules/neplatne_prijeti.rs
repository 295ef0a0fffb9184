//! An acceptance of something that cannot be accepted.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::model::{Year, one_line};
use crate::rules::{self, Rule};
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatne-prijeti",
    severity: Severity::Error,
    title: "Takový nález přijmout nejde",
    explanation: "Soubor prijato.yaml přijímá varování a poznámky podle kódu, opatření a období. Chybu přijmout nejde: s ní se zpráva nedá napsat.",
    example: "prijato:\n  - {nalez: neznamy-stav, opatreni: IX/2, obdobi: 2023, duvod: Opravíme příště.}",
    mend: "Napište kód varování nebo poznámky, jak ho vypisuje kontrola, a období, které v datech je. Chybu opravte.",
    checks: &[],
};

/// A code that no rule has.
pub fn unknown_code(code: &Text) -> Diagnostic {
    let written = one_line(&code.value);
    let diagnostic = Diagnostic::new(&RULE, code.place, format!("nález „{written}“ kontrola nezná"));
    match nearest(&written, rules::ALL.iter().map(|rule| rule.code)) {
        Some(near) => diagnostic.meant(near),
        None => diagnostic.help("seznam kódů vypíše „plneni explain“"),
    }
}

/// A code of errors.
pub fn error(code: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, code.place, format!("„{}“ je chyba a tu přijmout nejde", one_line(&code.value)))
        .help("chybu opravte; přijmout jde jen varování a poznámky")
}

/// A period that there is not.
pub fn unknown_period(period: &Text, years: &BTreeSet<Year>) -> Diagnostic {
    let known: Vec<String> = years.iter().map(ToString::to_string).collect();
    let help = match known.as_slice() {
        [] => "v datech žádné období není".to_owned(),
        known => format!("v datech jsou období: {}", known.join(", ")),
    };
    Diagnostic::new(&RULE, period.place, format!("období „{}“ v datech není", one_line(&period.value))).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{findings, helps};

    #[test]
    fn what_cannot_be_accepted_is_found_at_its_word() {
        for (entry, found, help) in [
            (
                "{nalez: bez-gestori, opatreni: II/1, duvod: Tak.}",
                "prijato.yaml:2:13: nález „bez-gestori“ kontrola nezná",
                "nemysleli jste „bez-gestora“?",
            ),
            (
                "{nalez: neznamy-stav, opatreni: II/1, duvod: Tak.}",
                "prijato.yaml:2:13: „neznamy-stav“ je chyba a tu přijmout nejde",
                "chybu opravte; přijmout jde jen varování a poznámky",
            ),
            (
                "{nalez: po-terminu, opatreni: II/1, obdobi: 2024, duvod: Tak.}",
                "prijato.yaml:2:49: období „2024“ v datech není",
                "v datech jsou období: 2023",
            ),
        ] {
            let text = format!("prijato:\n  - {entry}\n");
            assert_eq!(findings(&RULE, &[("prijato.yaml", &text)]), [found]);
            assert_eq!(helps(&RULE, &[("prijato.yaml", &text)]), [help]);
        }
    }

    #[test]
    fn a_period_that_is_not_there_is_found_once() {
        let entry = |rule: &str, measure: &str, year: u16| {
            format!("  - {{nalez: {rule}, opatreni: {measure}, obdobi: {year}, duvod: Tak.}}\n")
        };
        let entries = [
            entry("po-terminu", "II/1", 2024),
            entry("komentar-proti-stavu", "I/1", 2024),
            entry("po-terminu", "I/1", 2021),
        ];
        let text = format!("prijato:\n{}", entries.concat());
        assert_eq!(
            findings(&RULE, &[("prijato.yaml", &text)]),
            ["prijato.yaml:2:49: období „2024“ v datech není", "prijato.yaml:4:48: období „2021“ v datech není"]
        );
        // Whose folder has another name has the finding of that.
        let later = "obdobi: 2024\nod: 2024-01-01\ndo: 2024-12-31\n";
        assert_eq!(
            findings(&RULE, &[("prijato.yaml", &text), ("obdobi/2024 (1)/obdobi.yaml", later)]),
            ["prijato.yaml:4:48: období „2021“ v datech není"]
        );
    }
}
