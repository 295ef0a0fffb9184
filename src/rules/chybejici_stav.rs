//! A submission that says neither a status nor one of its criteria.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::Text;
use crate::rules::{Check, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "chybejici-stav",
    severity: Severity::Error,
    title: "Podklad neuvádí stav",
    explanation: "Podklad musí říct, v jakém stavu opatření je: buď sám (klíč „stav“), nebo stavem aspoň jednoho kritéria.",
    example: "- opatreni: IX/3\n  komentar: Zaměstnáváme čtyři mediátory.",
    mend: "Doplňte stav: SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO.",
    check: Check::WhileLoading,
};

/// The submission that names `measure` has no status.
pub fn finding(measure: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, measure.place, format!("podklad k opatření {} neuvádí stav", measure.value.trim()))
        .help("doplňte stav: SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO")
}
