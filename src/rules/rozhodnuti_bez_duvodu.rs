//! A decision of the coordinator that gives no reason.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::is_dashes;
use crate::rules::{Check, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "rozhodnuti-bez-duvodu",
    severity: Severity::Error,
    title: "Rozhodnutí nemá důvod",
    explanation: "Koordinátor smí o stavu opatření rozhodnout jinak, než vychází z podkladů, ale musí říct proč. Důvod se tiskne ve zprávě.",
    example: "vyhodnoceni:\n  - opatreni: IX/3\n    stav: PLNĚNO",
    mend: "Doplňte klíč „duvod“: proč se stav liší od výpočtu.",
    checks: &[Check::Period(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (id, decision) in facts.decisions() {
        if decision.reason.as_ref().is_some_and(|reason| !is_dashes(&reason.value)) {
            continue;
        }
        let place = decision.reason.as_ref().map_or(decision.measure.place, |reason| reason.place);
        diagnostics.push(
            Diagnostic::new(&RULE, place, format!("rozhodnutí o opatření {id} nemá důvod"))
                .measure(id)
                .help("doplňte klíč „duvod“: proč se stav liší od výpočtu"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::findings;

    const PATH: &str = "obdobi/2023/vyhodnoceni.yaml";

    #[test]
    fn a_missing_reason_is_found_at_the_measure_and_an_empty_one_where_it_stands() {
        for (reason, line, column) in
            [("", 2, 15), ("    duvod:\n", 2, 15), ("    duvod: \" \"\n", 4, 12), ("    duvod: –\n", 4, 12)]
        {
            let text = format!("vyhodnoceni:\n  - opatreni: I/1\n    stav: PLNĚNO\n{reason}");
            let expected = format!("{PATH}:{line}:{column}: rozhodnutí o opatření I/1 nemá důvod");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected], "{reason}");
        }
    }

    #[test]
    fn with_a_reason_nothing_is_found() {
        let text = "vyhodnoceni:\n  - {opatreni: I/1, stav: PLNĚNO, duvod: Metodika vyšla po uzávěrce.}\n";
        assert_eq!(findings(&RULE, &[(PATH, text)]), [""; 0]);
    }
}
