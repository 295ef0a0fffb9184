//! A required key that is not there, or has no value.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::shape::Key;
use crate::rules::Rule;
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "chybejici-klic",
    severity: Severity::Error,
    title: "Chybí povinný klíč",
    explanation: "V zápisu chybí klíč, bez kterého se údaj nedá použít, nebo za ním nic není.",
    example: "- stav: PLNĚNO\n  komentar: Mediátoři pracují v Liberci.",
    mend: "Doplňte chybějící klíč s hodnotou.",
    checks: &[],
};

/// A key that is missing from the mapping at `place`.
pub fn finding(place: Place, key: &Key) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("chybí klíč „{}“", key.name)).help(key.description)
}

/// A key with nothing behind it.
pub fn empty(key: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, key.place, format!("za klíčem „{}“ nic není", key.value)).help("doplňte hodnotu")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "opatreni/01.yaml";

    #[test]
    fn a_missing_key_is_found_at_the_beginning_of_its_mapping() {
        let text = edited(PATH, "    popis: metodiku bydlení\n", "");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["opatreni/01.yaml:5:5: chybí klíč „popis“"]);
        let text = edited(PATH, "nazev: Bydlení\n", "");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["opatreni/01.yaml:1:1: chybí klíč „nazev“"]);
    }

    #[test]
    fn a_key_with_nothing_behind_it_is_found_itself() {
        let text = edited(PATH, "popis: metodiku bydlení", "popis:");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["opatreni/01.yaml:6:5: za klíčem „popis“ nic není"]);
    }

    #[test]
    fn a_misspelled_key_is_another_finding_and_optional_keys_may_be_missing_or_empty() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let misspelled = edited(PATH, "popis: metodiku", "popsi: metodiku");
        assert_eq!(findings(&RULE, &[(PATH, &misspelled)]), [""; 0]);
        let empty = edited(PATH, "indikator: metodika", "indikator:");
        assert_eq!(findings(&RULE, &[(PATH, &empty)]), [""; 0]);
    }
}
