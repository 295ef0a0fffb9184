//! A code or alias that two bodies share.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::Text;
use crate::model::{Body, one_line};
use crate::rules::{Check, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "zdvojeny-subjekt",
    severity: Severity::Error,
    title: "Dva subjekty se jmenují stejně",
    explanation: "Kód nebo alias patří dvěma subjektům, takže by se nepoznalo, o kterém je řeč.",
    example: "- {kod: OZ, nazev: odbor zdravotnictví, druh: odbor}\n- {kod: OŽP, nazev: odbor životního prostředí, druh: odbor, aliasy: [OZ]}",
    mend: "Nechte jméno jen jednomu z nich.",
    check: Check::WhileLoading,
};

/// A name that `taken` has already.
pub fn finding(name: &Text, taken: &Body) -> Diagnostic {
    Diagnostic::new(&RULE, name.place, format!("„{}“ už označuje subjekt {}", one_line(&name.value), taken.code.value))
        .related(taken.code.place, "ten je zapsán zde")
        .help("každý kód a alias smí patřit jen jednomu subjektu")
}
