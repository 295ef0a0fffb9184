//! A decision that says what the submissions say anyway.

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{Basis, Evaluation};
use crate::rules::{Check, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "rozhodnuti-navic",
    severity: Severity::Warning,
    title: "Rozhodnutí je stejné jako výpočet",
    explanation: "Rozhodnutí koordinátora dává opatření tentýž stav, který vychází z podkladů, takže na něm nic nemění. Často zbylo po opravě podkladu, a kdyby se podklad změnil znovu, nikdo by si toho nevšiml. Potvrzení výsledku, o kterém rozhodla rovnost, zbytečné není.",
    example: "vyhodnoceni:\n  - {opatreni: IX/3, stav: ČÁSTEČNĚ, duvod: …}   # a podklad uvádí také ČÁSTEČNĚ",
    mend: "Rozhodnutí smažte, nebo opravte jeho stav.",
    checks: &[Check::WholePeriod(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (&id, decision) in &facts.period.decisions {
        let Some(evaluation) = facts.evaluations.get(&id) else { continue };
        if decision.status.value == evaluation.computed && !settles_a_tie(evaluation) {
            let message = format!("rozhodnutí o opatření {id} je stejné jako výpočet ({})", decision.status.value);
            diagnostics.push(
                Diagnostic::new(&RULE, decision.status.place, message)
                    .measure(id)
                    .help("smažte ho; patří sem jen rozhodnutí, která se od výpočtu liší"),
            );
        }
    }
}

fn settles_a_tie(evaluation: &Evaluation) -> bool {
    match &evaluation.basis {
        Basis::Bodies(tally) | Basis::Criteria(_, tally) => tally.is_tie(),
        Basis::Stated(_) | Basis::NothingSubmitted => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::findings;

    const PATH: &str = "obdobi/2023/vyhodnoceni.yaml";

    #[test]
    fn the_same_status_is_found_where_it_stands() {
        let text = "vyhodnoceni:\n  - opatreni: I/1\n    stav: částečně\n    duvod: Tak to je.\n";
        assert_eq!(
            findings(&RULE, &[(PATH, text)]),
            ["obdobi/2023/vyhodnoceni.yaml:3:11: rozhodnutí o opatření I/1 je stejné jako výpočet (ČÁSTEČNĚ)"]
        );
    }

    #[test]
    fn another_status_or_a_settled_tie_is_not_found() {
        let other = "vyhodnoceni:\n  - {opatreni: I/1, stav: PLNĚNO, duvod: Metodika vyšla.}\n";
        assert_eq!(findings(&RULE, &[(PATH, other)]), [""; 0]);
        let settling = "vyhodnoceni:\n  - {opatreni: I/2, stav: ČÁSTEČNĚ, duvod: Jen v Liberci.}\n";
        let tie = ("obdobi/2023/podklady/oz.csv", "opatreni,stav\nI/2,NEPLNĚNO\n");
        assert_eq!(findings(&RULE, &[(PATH, settling), tie]), [""; 0]);
    }
}
