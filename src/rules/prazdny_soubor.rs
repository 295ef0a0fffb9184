//! A file with nothing in it.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Check, Rule};
use crate::source::{FileId, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "prazdny-soubor",
    severity: Severity::Error,
    title: "Soubor je prázdný",
    explanation: "V souboru nic není, nebo jsou v něm jen poznámky. Podklad, který nic neobsahuje, se podle metodiky počítá jako neodevzdaný, a to nemá vzniknout omylem.",
    example: "# sem přijdou podklady",
    mend: "Soubor vyplňte, nebo ho smažte.",
    check: Check::WhileLoading,
};

/// Nothing in the whole file.
pub fn finding(file: FileId) -> Diagnostic {
    Diagnostic::new(&RULE, Place::start_of(file), "soubor je prázdný").help("vyplňte ho, nebo ho smažte")
}
