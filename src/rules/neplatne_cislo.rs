//! A value that should be a number and is none.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::Text;
use crate::model::one_line;
use crate::rules::{Check, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatne-cislo",
    severity: Severity::Error,
    title: "Hodnota není číslo",
    explanation: "Na místě čísla stojí něco jiného. Čísla se píší číslicemi, tisíce se mohou oddělit mezerou a desetinná místa čárkou: „12“, „1 250“, „12,5“. Slova a odhady patří do komentáře.",
    example: "kriteria:\n  - {kriterium: Počet mediátorů, hodnota: asi čtyři}",
    mend: "Napište jen číslo; vysvětlení přesuňte do komentáře.",
    check: Check::WhileLoading,
};

/// A reported value that is no number.
pub fn finding(text: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, text.place, format!("„{}“ není číslo", one_line(&text.value)))
        .help("napište číslo číslicemi, například „12“, „1 250“ nebo „12,5“; vysvětlení patří do komentáře")
}

/// A number that should be whole.
pub fn not_whole(text: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, text.place, format!("„{}“ není celé číslo", one_line(&text.value)))
        .help("napište ho číslicemi, například „12“")
}
