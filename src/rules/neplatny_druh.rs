//! A criterion that is neither a count nor an output.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::Text;
use crate::model::one_line;
use crate::rules::{Check, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatny-druh",
    severity: Severity::Error,
    title: "Neznámý druh kritéria",
    explanation: "Druh kritéria říká, zda se k němu uvádí číslo („pocet“), nebo jde o dokument, akci či zařízení („vystup“).",
    example: "kriteria:\n  - {nazev: Počet seminářů, druh: číslo}",
    mend: "Napište „pocet“, nebo „vystup“.",
    check: Check::WhileLoading,
};

/// A kind that there is not.
pub fn finding(kind: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, kind.place, format!("neznámý druh kritéria „{}“", one_line(&kind.value)))
        .help("napište „pocet“, uvádí-li se ke kritériu číslo, jinak „vystup“")
}
