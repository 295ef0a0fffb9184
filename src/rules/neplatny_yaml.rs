//! A file that is not valid YAML, or uses more of YAML than the data need.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Check, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatny-yaml",
    severity: Severity::Error,
    title: "Soubor není platný YAML",
    explanation: "Soubor se nedá přečíst, protože jeho zápis odporuje pravidlům YAML, nebo používá věci, které v datech nemají místo (kotvy, odkazy, značky typů, více dokumentů). Po první takové chybě se zbytek souboru nečte.",
    example: "podklady:\n	- opatreni: IX/3",
    mend: "Odsazujte mezerami, za dvojtečkou pište mezeru a text, ve kterém je dvojtečka, uvozovky nebo mřížka, dejte do uvozovek.",
    check: Check::WhileLoading,
};

/// A syntax error, in words of its own for each kind.
pub fn finding(place: Place, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, message).help(help)
}
