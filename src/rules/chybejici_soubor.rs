//! A file that has to be there and is not.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Check, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "chybejici-soubor",
    severity: Severity::Error,
    title: "Chybí povinný soubor",
    explanation: "Bez tohoto souboru nelze data vyhodnotit: strategie.yaml a subjekty.yaml popisují strategii, opatreni/*.yaml její opatření a obdobi.yaml každé sledované období.",
    example: "data/obdobi/2025/podklady/oz.yaml bez data/obdobi/2025/obdobi.yaml",
    mend: "Soubor vytvořte podle vzoru jiného období či okruhu, nebo zkontrolujte, zda není přejmenovaný.",
    check: Check::WhileLoading,
};

/// The file at `path` is missing.
pub fn finding(place: Place, path: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("chybí soubor „{path}“"))
        .help("vytvořte ho, nebo zkontrolujte, zda není jinde či pod jiným jménem")
}
