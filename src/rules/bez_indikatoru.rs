//! A measure without an indicator.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Check, Definitions, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "bez-indikatoru",
    severity: Severity::Warning,
    title: "Opatření nemá indikátor plnění",
    explanation: "U opatření není uvedeno, podle čeho se pozná, že se plní. Stav takového opatření je jen odhad.",
    example: "- cislo: 9\n  popis: podpora výkonu terénní práce;\n  termin: průběžně do 12/2027",
    mend: "Navrhněte indikátor a doplňte ho do klíče „indikator“, jeho části do klíče „kriteria“.",
    checks: &[Check::Definitions(check)],
};

fn check(definitions: &Definitions<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (&id, measure) in definitions.strategy.measures.iter().filter(|(_, measure)| !measure.has_ended()) {
        if measure.indicator.is_none() {
            diagnostics.push(
                Diagnostic::new(&RULE, measure.id.place, format!("opatření {id} nemá indikátor plnění"))
                    .measure(id)
                    .help("doplňte klíč „indikator“: podle čeho se pozná, že se opatření plní"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "opatreni/02.yaml";

    #[test]
    fn missing_empty_or_crossed_out_indicator_is_found_at_the_number() {
        for to in ["", "    indikator:\n", "    indikator: --\n"] {
            let text = edited(PATH, "    indikator: Počet mediátorů\n", to);
            assert_eq!(
                findings(&RULE, &[(PATH, &text)]),
                ["opatreni/02.yaml:5:12: opatření II/1 nemá indikátor plnění"],
                "{to}"
            );
        }
    }

    #[test]
    fn with_an_indicator_nothing_is_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
