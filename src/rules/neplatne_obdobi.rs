//! A period whose name, folder and days do not go together.

use crate::diagnostic::{Diagnostic, Severity};
use jiff::civil::Date;

use crate::load::raw::Text;
use crate::model::{Year, one_line};
use crate::rules::{Check, Rule};
use crate::source::{Located, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatne-obdobi",
    severity: Severity::Error,
    title: "Období si odporuje",
    explanation: "Období se jmenuje podle svého posledního roku; stejně se jmenuje jeho složka a v tomto roce období končí.",
    example: "# data/obdobi/2025/obdobi.yaml\nobdobi: 2023",
    mend: "Srovnejte klíč „obdobi“, název složky a dny „od“ a „do“.",
    check: Check::WhileLoading,
};

/// A name that is no year.
pub fn not_a_year(name: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, name.place, format!("„{}“ není rok", one_line(&name.value)))
        .help("napište poslední rok období, například 2023")
}

/// A name that is not the folder's.
pub fn other_folder(name: &Text, folder: &str) -> Diagnostic {
    Diagnostic::new(&RULE, name.place, format!("období {} leží ve složce „{folder}“", name.value.trim()))
        .help("název složky a klíč „obdobi“ musí být stejné")
}

/// Days in the wrong order.
pub fn ends_before_it_begins(to: &Located<Date>, from: Place) -> Diagnostic {
    Diagnostic::new(&RULE, to.place, "období končí dřív, než začíná")
        .related(from, "začíná zde")
        .help("opravte „od“ nebo „do“")
}

/// A last day in another year than the period is named after.
pub fn ends_in_another_year(to: &Located<Date>, year: Year) -> Diagnostic {
    Diagnostic::new(&RULE, to.place, format!("období {year} končí v roce {}", to.value.year()))
        .help("období se jmenuje podle svého posledního roku")
}
