//! A key that a mapping has twice.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Check, Rule};
use crate::source::{Located, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "zdvojeny-klic",
    severity: Severity::Error,
    title: "Klíč je v zápisu dvakrát",
    explanation: "Tentýž klíč stojí v jednom zápisu dvakrát a nedá se poznat, která hodnota platí.",
    example: "- opatreni: IX/3\n  stav: PLNĚNO\n  stav: ČÁSTEČNĚ",
    mend: "Nechte jen jeden. Často chybí pomlčka, kterou začíná další položka.",
    check: Check::WhileLoading,
};

/// The second one of two equal keys.
pub fn finding(key: &Located<String>, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, key.place, format!("klíč „{}“ je tu podruhé", key.value))
        .related(first, "poprvé je zde")
        .help("nechte jen jeden; začíná-li tu nová položka, chybí před ní pomlčka")
}
