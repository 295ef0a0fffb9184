//! A deadline that is none.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::Text;
use crate::model::{Deadline, MeasureId, one_line};
use crate::rules::{Check, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatny-termin",
    severity: Severity::Error,
    title: "Neplatný termín plnění",
    explanation: "Termín plnění je buď měsíc („12/2024“), nebo trvání do měsíce („průběžně do 12/2027“), nebo podmínka, která začíná „po “ („po přijetí zákona“). Z jiného zápisu se nedá poznat, zda už termín uplynul.",
    example: "termin: do konce roku 2024",
    mend: "Napište termín jedním z těchto tří způsobů.",
    check: Check::WhileLoading,
};

/// A text that is no deadline.
pub fn finding(text: &Text, measure: MeasureId) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, text.place, format!("„{}“ není termín plnění", one_line(&text.value))).measure(measure);
    match Deadline::guess(&text.value) {
        Some(guess) => diagnostic.help(format!("nemysleli jste „{guess}“?")).replace_with(guess),
        None => diagnostic.help("pište „12/2024“, „průběžně do 12/2027“, nebo podmínku „po …“"),
    }
}
