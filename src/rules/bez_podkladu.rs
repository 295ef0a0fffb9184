//! A measure on which nothing came in.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Measure, Year};
use crate::rules::{Check, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "bez-podkladu",
    severity: Severity::Note,
    title: "K opatření nikdo nepředložil podklad",
    explanation: "K opatření v období nepřišel žádný podklad. Podle metodiky je proto NEPLNĚNO a do počtů se zahrnuje.",
    example: "opatření IX/3, o kterém v data/obdobi/2023/podklady/ není zmínka",
    mend: "Vyžádejte si podklad od gestora. Ví-li koordinátor o stavu odjinud, zapište rozhodnutí i s důvodem do vyhodnoceni.yaml.",
    checks: &[Check::WholePeriod(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for measure in facts.strategy.followed_in(facts.period.year) {
        let id = measure.id.value;
        if facts.submissions_on(id).is_empty() && !facts.period.decisions.contains_key(&id) {
            let codes: Vec<&str> =
                measure.responsible_bodies().map(|body| facts.strategy.register.code(body)).collect();
            diagnostics.push(finding(measure, facts.period.year, &codes));
        }
    }
}

fn finding(measure: &Measure, year: Year, responsible: &[&str]) -> Diagnostic {
    let id = measure.id.value;
    let message = format!("k opatření {id} nikdo v období {year} nepředložil podklad, počítá se jako NEPLNĚNO");
    let help = match responsible {
        [] => "určete gestora a vyžádejte si podklad od něj".to_owned(),
        codes => format!("vyžádejte si podklad od gestora ({})", codes.join(", ")),
    };
    Diagnostic::new(&RULE, measure.id.place, message).measure(id).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";
    const ALL_BUT_FIRST: &str =
        "predkladatel: OSV\npodklady:\n  - {opatreni: I/2, stav: PLNĚNO}\n  - {opatreni: II/1, stav: PLNĚNO}\n";
    const FOUND: &str =
        "opatreni/01.yaml:5:12: k opatření I/1 nikdo v období 2023 nepředložil podklad, počítá se jako NEPLNĚNO";

    #[test]
    fn nothing_that_came_in_is_found_at_the_number() {
        assert_eq!(findings(&RULE, &[(PATH, ALL_BUT_FIRST)]), [FOUND]);
    }

    #[test]
    fn without_a_responsible_body_it_is_found_as_well() {
        let area = edited("opatreni/01.yaml", "    odpovednost: [OSV]\n", "");
        assert_eq!(findings(&RULE, &[(PATH, ALL_BUT_FIRST), ("opatreni/01.yaml", &area)]), [FOUND]);
    }

    #[test]
    fn a_submission_or_a_decision_is_enough() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let decision = "vyhodnoceni:\n  - {opatreni: I/1, stav: PLNĚNO, duvod: Víme to z jednání.}\n";
        let changes = [(PATH, ALL_BUT_FIRST), ("obdobi/2023/vyhodnoceni.yaml", decision)];
        assert_eq!(findings(&RULE, &changes), [""; 0]);
    }
}
