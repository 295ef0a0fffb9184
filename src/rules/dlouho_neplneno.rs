//! A measure that has not been fulfilled for several periods running.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Measure, Status, ordinal};
use crate::rules::{Check, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "dlouho-neplneno",
    severity: Severity::Note,
    title: "Opatření se neplní několik období po sobě",
    explanation: "Opatření je NEPLNĚNO už nejméně druhé období po sobě. Zpráva má otevřít rozpravu o tom, zda je jasné, kdo za ně odpovídá, a zda se jeho indikátor dá splnit.",
    example: "# I/5 je NEPLNĚNO za období 2023 i 2025",
    mend: "Do komentáře napište, co plnění brání a kdo to má změnit; případně navrhněte změnu opatření usnesením.",
    checks: &[Check::WholePeriod(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (id, _) in facts.evaluations.iter().filter(|(_, evaluation)| evaluation.status == Status::Unfulfilled) {
        let is_unfulfilled = |evaluation: Option<&crate::evaluate::Evaluation>| {
            evaluation.is_some_and(|evaluation| evaluation.status == Status::Unfulfilled)
        };
        let n_before =
            facts.earlier.iter().rev().take_while(|earlier| is_unfulfilled(earlier.evaluations.get(id))).count();
        if n_before > 0 {
            diagnostics.extend(facts.strategy.measures.get(id).map(|measure| finding(facts, measure, n_before + 1)));
        }
    }
}

fn finding(facts: &PeriodFacts<'_>, measure: &Measure, n_periods: usize) -> Diagnostic {
    let id = measure.id.value;
    let message = format!("opatření {id} je NEPLNĚNO už {} období po sobě", ordinal(n_periods));
    Diagnostic::new(&RULE, facts.verdict_place(measure), message)
        .measure(id)
        .help("napište do komentáře, co plnění brání, nebo navrhněte změnu opatření")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings_in_next_period};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    fn found(submitted: &str, third: &str) -> Vec<String> {
        let first = edited(PATH, "stav: ČÁSTEČNĚ\n    komentar: Metodika", "stav: NEPLNĚNO\n    komentar: Metodika");
        let definition = ("obdobi/2027/obdobi.yaml", "obdobi: 2027\nod: 2026-01-01\ndo: 2027-12-31\n");
        let rows = |status: &str| {
            format!(
                "  - {{opatreni: I/1, stav: {status}, komentar: x}}\n  - {{opatreni: I/2, stav: PLNĚNO, komentar: x}}\n  - {{opatreni: II/1, stav: PLNĚNO, komentar: x}}\n"
            )
        };
        let third = format!("predkladatel: OSV\npodklady:\n{}", rows(third));
        findings_in_next_period(
            &RULE,
            &rows(submitted),
            &[(PATH, &first), definition, ("obdobi/2027/podklady/osv.yaml", &third)],
        )
    }

    #[test]
    fn the_second_and_the_third_period_running_are_found() {
        assert_eq!(
            found("NEPLNĚNO", "NEPLNĚNO"),
            [
                "obdobi/2025/podklady/osv.yaml:3:27: opatření I/1 je NEPLNĚNO už druhé období po sobě",
                "obdobi/2027/podklady/osv.yaml:3:27: opatření I/1 je NEPLNĚNO už třetí období po sobě"
            ]
        );
    }

    #[test]
    fn a_better_period_between_ends_the_row() {
        assert_eq!(found("ČÁSTEČNĚ", "NEPLNĚNO"), [""; 0]);
    }
}
