//! SPLNĚNO, and nothing shows that a criterion was met.

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::claimed;
use crate::model::{Measure, Reported, Status};
use crate::rules::{Check, PeriodFacts, Rule, status_place};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "splneno-bez-dukazu",
    severity: Severity::Warning,
    title: "Splněné opatření bez hodnoty či dokladu",
    explanation: "U splněného opatření se podle metodiky uvádí kritérium, které bylo naplněno. Tady k žádnému kritériu není hodnota ani doklad.",
    example: "- opatreni: XIII/2\n  stav: SPLNĚNO\n  komentar: Plán je hotový.",
    mend: "Doplňte do klíče „kriteria“ hodnotu nebo odkaz na doklad; není-li co doložit, opravte stav.",
    checks: &[Check::WholePeriod(check)],
};

/// A measure that cannot be SPLNĚNO for want of a set deadline is a finding of another rule.
fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (id, evaluation) in facts.evaluations {
        let Some(measure) = facts.strategy.measures.get(id) else { continue };
        let mut reported = facts.submissions_on(*id).iter().flat_map(|submission| &submission.criteria);
        if evaluation.status == Status::Done && measure.has_set_deadline() && !reported.any(is_shown) {
            diagnostics.extend(place(facts, measure).map(|place| finding(measure, place)));
        }
    }
}

fn is_shown(reported: &Reported) -> bool {
    let has_evidence = reported.evidence.as_ref().is_some_and(|evidence| !evidence.value.trim().is_empty());
    reported.value.is_some() || has_evidence
}

/// Where SPLNĚNO is decided or, without a decision, first claimed.
fn place(facts: &PeriodFacts<'_>, measure: &Measure) -> Option<Place> {
    if let Some(decision) = facts.period.decisions.get(&measure.id.value) {
        return Some(decision.status.place);
    }
    let submissions = facts.submissions_on(measure.id.value);
    let first = submissions.iter().find(|submission| claimed(submission, measure) == Some(Status::Done));
    first.map(status_place)
}

fn finding(measure: &Measure, place: Place) -> Diagnostic {
    let id = measure.id.value;
    Diagnostic::new(&RULE, place, format!("opatření {id} je SPLNĚNO, ale žádné kritérium nemá hodnotu ani doklad"))
        .measure(id)
        .related(measure.id.place, format!("opatření {id} je definováno zde"))
        .help("doplňte u kritéria, které bylo naplněno, hodnotu nebo odkaz na doklad")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";
    const DECISIONS: &str = "obdobi/2023/vyhodnoceni.yaml";

    fn done(criteria: &str) -> String {
        edited(PATH, "ČÁSTEČNĚ\n    komentar: Metodika je rozpracovaná.\n", &format!("SPLNĚNO\n{criteria}"))
    }

    #[test]
    fn a_bare_claim_is_found_at_the_status() {
        let found =
            "obdobi/2023/podklady/osv.yaml:4:11: opatření I/1 je SPLNĚNO, ale žádné kritérium nemá hodnotu ani doklad";
        assert_eq!(findings(&RULE, &[(PATH, &done(""))]), [found]);
        for empty in ["stav: SPLNĚNO", "doklad: ", "doklad: \" \""] {
            let text = done(&format!("    kriteria: [{{kriterium: metodika, {empty}}}]\n"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [found], "{empty}");
        }
    }

    #[test]
    fn a_decision_is_found_where_it_says_so() {
        let decision = "vyhodnoceni:\n  - opatreni: I/1\n    stav: SPLNĚNO\n    duvod: Je hotová.\n";
        assert_eq!(
            findings(&RULE, &[(DECISIONS, decision)]),
            ["obdobi/2023/vyhodnoceni.yaml:3:11: opatření I/1 je SPLNĚNO, ale žádné kritérium nemá hodnotu ani doklad"]
        );
    }

    #[test]
    fn a_value_or_evidence_is_enough() {
        for shown in ["hodnota: 1", "doklad: \"https://www.kraj-lbc.cz/metodika\""] {
            let text = done(&format!("    kriteria: [{{kriterium: metodika, {shown}}}]\n"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{shown}");
        }
    }

    #[test]
    fn another_status_or_no_set_deadline_is_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let area = edited("opatreni/01.yaml", "12/2024", "průběžně do 12/2024");
        assert_eq!(findings(&RULE, &[("opatreni/01.yaml", &area), (PATH, &done(""))]), [""; 0]);
    }
}
