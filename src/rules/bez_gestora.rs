//! A measure that nobody, or nobody known, is responsible for.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Measure, Named};
use crate::rules::{Check, Definitions, Rule};
use crate::source::{Files, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "bez-gestora",
    severity: Severity::Warning,
    title: "Opatření nemá gestora",
    explanation: "U opatření není uvedeno, kdo za ně odpovídá, nebo tam stojí „???“. Takové opatření nemá kdo plnit ani vykazovat.",
    example: "odpovednost: [KÚ LK, \"???\"]",
    mend: "Dohodněte, kdo za opatření odpovídá, a doplňte jeho kód do klíče „odpovednost“.",
    checks: &[Check::WholeDefinitions(check)],
};

fn check(definitions: &Definitions<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for measure in definitions.strategy.measures.values().filter(|measure| !measure.has_ended()) {
        let unknown = measure.responsible.iter().find(|named| named.value == Named::Unknown);
        if let Some(unknown) = unknown {
            diagnostics.push(not_known(measure, unknown.place));
        } else if measure.responsible.is_empty() && !names_somebody(definitions.files, measure.responsible_place) {
            diagnostics.push(nobody(measure));
        }
    }
}

fn nobody(measure: &Measure) -> Diagnostic {
    Diagnostic::new(&RULE, measure.responsible_place, format!("opatření {} nemá gestora", measure.id.value))
        .measure(measure.id.value)
        .help("doplňte do klíče „odpovednost“ kód subjektu, který za opatření odpovídá")
}

fn not_known(measure: &Measure, place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("u opatření {} stojí mezi gestory „???“", measure.id.value))
        .measure(measure.id.value)
        .help("nahraďte „???“ kódem subjektu, který za opatření odpovídá")
}

/// Whether somebody is written there after all, who is just not in the register; that is a finding
/// of its own. Where nothing is written the place is that of another key, and a key ends in a colon.
fn names_somebody(files: &Files, place: Place) -> bool {
    let written = files.get(place.file).text().get(place.range()).unwrap_or_default();
    let is_another_key = written.split_whitespace().next().is_some_and(|word| word.ends_with(':'));
    !is_another_key && written.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "opatreni/01.yaml";

    #[test]
    fn nobody_is_found_at_the_measure_or_at_the_empty_list() {
        for (to, expected) in [
            ("", "opatreni/01.yaml:5:5: opatření I/1 nemá gestora"),
            ("    odpovednost:\n", "opatreni/01.yaml:5:5: opatření I/1 nemá gestora"),
            ("    odpovednost: []\n", "opatreni/01.yaml:10:18: opatření I/1 nemá gestora"),
            ("    odpovednost: –\n", "opatreni/01.yaml:10:18: opatření I/1 nemá gestora"),
        ] {
            let text = edited(PATH, "    odpovednost: [OSV]\n", to);
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected], "{to}");
        }
    }

    #[test]
    fn question_marks_are_found_where_they_stand() {
        for (to, column) in [("[KÚ, \"???\"]", 23), ("\"???\"", 18), ("KÚ / ???", 18), ("[\"?\", \"???\"]", 19)] {
            let text = edited(PATH, "[OSV]\n", &format!("{to}\n"));
            let expected = format!("opatreni/01.yaml:10:{column}: u opatření I/1 stojí mezi gestory „???“");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected], "{to}");
        }
    }

    #[test]
    fn somebody_who_is_not_in_the_register_is_another_finding() {
        for to in ["[OŠMST]", "OŠMST", "\n      - OŠMST"] {
            let text = edited(PATH, "[OSV]\n", &format!("{to}\n"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{to}");
        }
    }

    #[test]
    fn with_a_responsible_body_nothing_is_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
