//! A required key that is not there, or has no value.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::shape::Key;
use crate::rules::{Check, Rule};
use crate::source::{Located, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "chybejici-klic",
    severity: Severity::Error,
    title: "Chybí povinný klíč",
    explanation: "V zápisu chybí klíč, bez kterého se údaj nedá použít, nebo za ním nic není.",
    example: "- opatreni: IX/3\n  komentar: Bez klíče „stav“ …",
    mend: "Doplňte chybějící klíč s hodnotou.",
    check: Check::WhileLoading,
};

/// A key that is missing from the mapping at `place`.
pub fn finding(place: Place, key: &Key) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("chybí klíč „{}“", key.name)).help(key.description)
}

/// A key with nothing behind it.
pub fn empty(key: &Located<String>) -> Diagnostic {
    Diagnostic::new(&RULE, key.place, format!("za klíčem „{}“ nic není", key.value)).help("doplňte hodnotu")
}
