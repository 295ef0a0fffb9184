//! A measure, area or decision that is there twice.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::Text;
use crate::model::{AreaNumber, Measure, MeasureId};
use crate::rules::{Check, Rule};
use crate::source::{Located, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "zdvojene-opatreni",
    severity: Severity::Error,
    title: "Opatření, okruh nebo rozhodnutí je tu dvakrát",
    explanation: "Každé opatření a každý okruh má být v datech jednou, jinak by se počítaly dvakrát; o každém opatření lze v období rozhodnout jednou.",
    example: "opatreni:\n  - cislo: 3\n  - cislo: 3",
    mend: "Opravte číslo, nebo smažte to, co je navíc.",
    check: Check::WhileLoading,
};

/// The second area with the same number.
pub fn area(text: &Text, number: AreaNumber, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, text.place, format!("okruh {number} je tu podruhé"))
        .related(first, "poprvé je zde")
        .help("opravte číslo okruhu, nebo soubor smažte")
}

/// The second measure with the same id.
pub fn measure(measure: &Measure, first: &Measure) -> Diagnostic {
    Diagnostic::new(&RULE, measure.id.place, format!("opatření {} je tu podruhé", measure.id.value))
        .measure(measure.id.value)
        .related(first.id.place, "poprvé je zde")
        .help("opravte číslo, nebo smažte to, co je navíc")
}

/// The second decision on the same measure.
pub fn decision(measure: &Located<MeasureId>, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, measure.place, format!("o opatření {} se rozhoduje podruhé", measure.value))
        .measure(measure.value)
        .related(first, "poprvé je zde")
        .help("nechte jen jedno rozhodnutí")
}
