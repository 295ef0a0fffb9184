//! A measure that the strategy does not have.

use crate::diagnostic::{Diagnostic, Severity};
use std::collections::BTreeMap;

use crate::load::raw::Text;
use crate::model::{Measure, MeasureId, one_line};
use crate::rules::{Check, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "nezname-opatreni",
    severity: Severity::Error,
    title: "Takové opatření strategie nemá",
    explanation: "Podklad nebo rozhodnutí se vztahuje k opatření, které ve strategii není. Opatření se označuje okruhem a číslem: „IX/2“.",
    example: "- opatreni: IX/12\n  stav: PLNĚNO",
    mend: "Opravte označení podle strategie.",
    check: Check::WhileLoading,
};

/// A text that names no measure.
pub fn finding(text: &Text, measures: &BTreeMap<MeasureId, Measure>) -> Diagnostic {
    let written = one_line(&text.value);
    let Some(id) = MeasureId::parse(&text.value) else {
        return Diagnostic::new(&RULE, text.place, format!("„{written}“ není označení opatření"))
            .help("pište okruh římsky a číslo opatření, například „IX/2“");
    };
    let diagnostic = Diagnostic::new(&RULE, text.place, format!("opatření {id} ve strategii není"));
    match measures.keys().rfind(|known| known.area == id.area) {
        Some(last) => diagnostic.help(format!("okruh {} má opatření 1 až {}", id.area, last.number)),
        None => diagnostic.help(format!("strategie nemá okruh {}", id.area)),
    }
}
