//! The same body twice on one measure in a period.

use crate::diagnostic::{Diagnostic, Severity};
use std::collections::BTreeMap;

use crate::load::raw::Text;
use crate::model::{BodyId, one_line};
use crate::rules::PeriodFacts;
use crate::rules::{Check, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "dvoji-podklad",
    severity: Severity::Error,
    title: "Subjekt předložil k opatření dva podklady",
    explanation: "Jeden subjekt má k jednomu opatření v období jeden podklad. Dva by se počítaly jako dva hlasy a nejspíš si odporují.",
    example: "- opatreni: IX/3\n  stav: PLNĚNO\n- opatreni: IX/3\n  stav: ČÁSTEČNĚ",
    mend: "Spojte je do jednoho podkladu.",
    check: Check::Period(check),
};

/// The same criterion twice in one submission.
pub fn same_criterion(criterion: &Text, first: Place) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        criterion.place,
        format!("kritérium „{}“ je u téhož opatření podruhé", one_line(&criterion.value)),
    )
    .related(first, "poprvé je zde")
    .help("nechte jen jeden řádek")
}

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (id, submissions) in &facts.period.submissions {
        let mut first_of: BTreeMap<BodyId, Place> = BTreeMap::new();
        for submission in submissions {
            let place = submission.measure.place;
            if let Some(&first) = first_of.get(&submission.body.value) {
                let code = facts.strategy.register.code(submission.body.value);
                diagnostics.push(
                    Diagnostic::new(&RULE, place, format!("{code} předkládá k opatření {id} druhý podklad"))
                        .measure(*id)
                        .related(first, "první je zde")
                        .help("spojte je do jednoho"),
                );
            } else {
                first_of.insert(submission.body.value, place);
            }
        }
    }
}
