//! A measure whose deadline is over at the period's end and that is not SPLNĚNO.

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::Evaluation;
use crate::model::{Deadline, Measure, Status};
use crate::rules::{Check, PeriodFacts, Rule, status_place};
use crate::source::Located;

/// The rule.
pub static RULE: Rule = Rule {
    code: "po-terminu",
    severity: Severity::Warning,
    title: "Termín uplynul a opatření není splněno",
    explanation: "Na konci období už termín opatření uplynul, a přesto není SPLNĚNO. Rozhoduje poslední den měsíce, u průběžného plnění poslední den posledního měsíce. Dokud za období nic nepředložil nikdo z gestorů opatření, kontrola mlčí.",
    example: "termin: 12/2023   # a za období 2023 je stav ČÁSTEČNĚ",
    mend: "Zjistěte, co plnění brání, a uveďte to v komentáři. Je-li důvod v komentáři, přijměte s ním varování v prijato.yaml: samo nezmizí, dokud opatření nebude SPLNĚNO. Termín měňte, jen když se změnil ve strategii.",
    checks: &[Check::WholePeriod(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let awaited = facts.awaited();
    for (id, evaluation) in facts.evaluations {
        let Some(measure) = facts.strategy.measures.get(id) else { continue };
        let Some(deadline) = &measure.deadline else { continue };
        let is_overdue = measure.is_due_by(facts.period.to) && evaluation.status != Status::Done;
        if is_overdue && !awaited.has(measure) {
            diagnostics.push(finding(facts, measure, deadline, evaluation));
        }
    }
}

fn finding(
    facts: &PeriodFacts<'_>,
    measure: &Measure,
    deadline: &Located<Deadline>,
    evaluation: &Evaluation,
) -> Diagnostic {
    let id = measure.id.value;
    let message = format!(
        "termín opatření {id} ({}) uplynul, stav za období {} je ale {}",
        deadline.value, facts.period.year, evaluation.status
    );
    let done = if evaluation.status == Status::Fulfilled {
        "je-li opatření uskutečněno, napište SPLNĚNO; jinak "
    } else {
        ""
    };
    let mut diagnostic = Diagnostic::new(&RULE, deadline.place, message).measure(id).help(format!(
        "{done}v komentáři uveďte, co plnění brání, a varování s tímto důvodem přijměte v prijato.yaml; změnil-li se \
         termín ve strategii, opravte ho i tady"
    ));
    if let Some(decision) = facts.period.decisions.get(&id) {
        return diagnostic
            .related(decision.measure.place, format!("rozhodnutí o stavu {} je zde", decision.status.value));
    }
    for submission in facts.submissions_on(id).iter() {
        let code = facts.strategy.register.code(submission.body.value);
        diagnostic = diagnostic.related(status_place(submission), format!("stav podle předkladatele {code} je zde"));
    }
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps};

    const PATH: &str = "opatreni/01.yaml";
    const SUBMITTED: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn what_was_due_on_the_last_day_is_found_at_its_deadline() {
        let text = edited(PATH, "12/2024", "12/2023");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["opatreni/01.yaml:9:13: termín opatření I/1 (12/2023) uplynul, stav za období 2023 je ale ČÁSTEČNĚ"]
        );
    }

    #[test]
    fn an_ongoing_duty_ends_as_well() {
        let text = edited(PATH, "12/2027", "6/2023");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            [
                "opatreni/01.yaml:18:13: termín opatření I/2 (průběžně do 06/2023) uplynul, stav za období 2023 je ale PLNĚNO"
            ]
        );
    }

    #[test]
    fn what_is_fulfilled_may_be_done() {
        let help = |deadline: &str, due: &str| helps(&RULE, &[(PATH, &edited(PATH, deadline, due))]).concat();
        assert!(
            help("12/2027", "6/2023").starts_with("je-li opatření uskutečněno, napište SPLNĚNO; jinak v komentáři")
        );
        assert!(help("12/2024", "12/2023").starts_with("v komentáři uveďte"));
    }

    #[test]
    fn the_decided_status_counts() {
        let text = edited(PATH, "12/2024", "12/2023");
        for (status, n_found) in [("SPLNĚNO", 0), ("NEPLNĚNO", 1)] {
            let decision = format!("vyhodnoceni:\n  - {{opatreni: I/1, stav: {status}, duvod: Víme to.}}\n");
            let changes = [(PATH, text.as_str()), ("obdobi/2023/vyhodnoceni.yaml", &decision)];
            assert_eq!(findings(&RULE, &changes).len(), n_found, "{status}");
        }
    }

    #[test]
    fn while_nobody_has_submitted_anything_only_decisions_are_looked_at() {
        let overdue = edited(PATH, "12/2024", "12/2023");
        let decision = "vyhodnoceni:\n  - {opatreni: I/1, stav: NEPLNĚNO, duvod: Víme to.}\n";
        for (submitted, decided, n_found) in [
            ("", "", 0),
            ("", decision, 1),
            ("predkladatel: OSV\npodklady:\n  - {opatreni: I/2, stav: PLNĚNO, komentar: Děje se.}\n", "", 1),
            ("predkladatel: OZ\npodklady:\n  - {opatreni: I/2, stav: PLNĚNO, komentar: Děje se.}\n", decision, 1),
            ("predkladatel: OZ\npodklady:\n  - {opatreni: I/1, stav: PLNĚNO, komentar: Děje se.}\n", "", 1),
        ] {
            let changes = [(PATH, overdue.as_str()), (SUBMITTED, submitted), ("obdobi/2023/vyhodnoceni.yaml", decided)];
            assert_eq!(findings(&RULE, &changes).len(), n_found, "{submitted} {decided}");
        }
    }

    #[test]
    fn nothing_is_missed_before_somebody_who_is_responsible_submitted_something() {
        for (responsible, submitter, n_found) in [
            ("OSV", "OSV", 1),
            ("OSV", "OZ", 0),
            ("OSV, OZ", "OZ", 1),
            ("KÚ", "OZ", 1),
            ("obce", "OZ", 0),
            ("OSV", "KÚ", 0),
        ] {
            let overdue =
                edited(PATH, "12/2024\n    odpovednost: [OSV]", &format!("12/2023\n    odpovednost: [{responsible}]"));
            let submitted = format!(
                "predkladatel: {submitter}\npodklady:\n  - {{opatreni: II/1, stav: PLNĚNO, komentar: Děje se.}}\n"
            );
            let changes = [(PATH, overdue.as_str()), (SUBMITTED, &submitted)];
            assert_eq!(findings(&RULE, &changes).len(), n_found, "{responsible} {submitter}");
        }
    }

    #[test]
    fn what_is_done_or_due_later_or_conditional_is_not_found() {
        for (deadline, status) in [
            ("12/2023", "SPLNĚNO"),
            ("01/2024", "ČÁSTEČNĚ"),
            ("po přijetí zákona", "ČÁSTEČNĚ"),
            ("neznámý", "ČÁSTEČNĚ"),
        ] {
            let definition = edited(PATH, "12/2024", deadline);
            let submission =
                edited(SUBMITTED, "ČÁSTEČNĚ\n    komentar: Metodika", &format!("{status}\n    komentar: M"));
            let changes = [(PATH, definition.as_str()), (SUBMITTED, &submission)];
            assert_eq!(findings(&RULE, &changes), [""; 0], "{deadline} {status}");
        }
    }
}
