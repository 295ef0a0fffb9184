//! A deadline that depends on something happening first.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Deadline, Measure};
use crate::rules::{Check, Definitions, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "podmineny-termin",
    severity: Severity::Note,
    title: "Termín plnění je podmíněný",
    explanation: "Termín nemá datum, čeká na splnění podmínky („po přijetí zákona“). Nedá se proto poznat, zda už uplynul, a opatření nemůže být SPLNĚNO.",
    example: "termin: po přijetí zákona",
    mend: "Až bude podmínka splněna, nahraďte ji měsícem, například „12/2024“.",
    checks: &[Check::Definitions(check)],
};

fn check(definitions: &Definitions<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for measure in definitions.strategy.measures.values().filter(|measure| !measure.has_ended()) {
        let Some(deadline) = &measure.deadline else { continue };
        if let Deadline::Conditional(condition) = &deadline.value {
            diagnostics.push(finding(measure, condition, deadline.place));
        }
    }
}

fn finding(measure: &Measure, condition: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("termín opatření {} je podmíněný: „{condition}“", measure.id.value))
        .measure(measure.id.value)
        .help("až bude podmínka splněna, nahraďte ji měsícem, například „12/2024“")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "opatreni/01.yaml";

    #[test]
    fn a_condition_is_found_where_it_stands() {
        let text = edited(PATH, "12/2024", "Po  přijetí zákona");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["opatreni/01.yaml:9:13: termín opatření I/1 je podmíněný: „Po přijetí zákona“"]
        );
    }

    #[test]
    fn months_and_ongoing_duties_are_no_conditions() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
