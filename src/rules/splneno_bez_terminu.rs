//! SPLNĚNO on a measure that has no set deadline.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Deadline, MeasureId, Status};
use crate::rules::{Check, PeriodFacts, Rule, Said, status_place};
use crate::source::{Located, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "splneno-bez-terminu",
    severity: Severity::Error,
    title: "Opatření bez pevného termínu označené za splněné",
    explanation: "SPLNĚNO může podle metodiky být jen opatření s pevným termínem, tedy s jedním měsícem („12/2024“). Co se má dít průběžně nebo až po splnění podmínky, se plní, ale nesplní jednou provždy.",
    example: "termin: průběžně do 12/2027   # a v podkladu stav: SPLNĚNO",
    mend: "Napište stav PLNĚNO; je-li chyba v termínu, opravte ho podle strategie.",
    checks: &[Check::Measure(check)],
};

fn check(facts: &PeriodFacts<'_>, said: Said<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let id = said.id();
    let Some(deadline) = unset(said.measure.deadline.as_ref()) else { return };
    let done = said.claims().filter(|(_, status)| *status == Status::Done);
    diagnostics.extend(done.map(|(submission, _)| claimed(id, deadline, status_place(submission))));
    let decision = facts.period.decisions.get(&id).filter(|decision| decision.status.value == Status::Done);
    diagnostics.extend(decision.map(|decision| decided(id, deadline, decision.status.place)));
}

/// A deadline that was read and is not a set one.
fn unset(deadline: Option<&Located<Deadline>>) -> Option<&Located<Deadline>> {
    deadline.filter(|deadline| !deadline.value.is_set())
}

fn claimed(id: MeasureId, deadline: &Located<Deadline>, place: Place) -> Diagnostic {
    finding(place, id, deadline, "napište PLNĚNO, nebo opravte termín podle strategie").replace_with("PLNĚNO")
}

fn decided(id: MeasureId, deadline: &Located<Deadline>, place: Place) -> Diagnostic {
    finding(place, id, deadline, "rozhodněte o jiném stavu, nebo opravte termín podle strategie")
}

fn finding(place: Place, id: MeasureId, deadline: &Located<Deadline>, help: &str) -> Diagnostic {
    let message = format!("opatření {id} nemůže být SPLNĚNO, nemá pevný termín („{}“)", deadline.value);
    Diagnostic::new(&RULE, place, message).measure(id).related(deadline.place, "termín je určen zde").help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";
    const DECISIONS: &str = "obdobi/2023/vyhodnoceni.yaml";

    #[test]
    fn a_claim_is_found_at_the_status() {
        let text = edited(PATH, "stav: PLNĚNO\n    komentar: Konaly", "stav: splněno\n    komentar: Konaly");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            [
                "obdobi/2023/podklady/osv.yaml:7:11: opatření I/2 nemůže být SPLNĚNO, nemá pevný termín („průběžně do 12/2027“)"
            ]
        );
    }

    #[test]
    fn a_decision_is_found_where_it_says_so() {
        let area = edited("opatreni/01.yaml", "12/2024", "po přijetí zákona");
        let decision = "vyhodnoceni:\n  - opatreni: I/1\n    stav: SPLNĚNO\n    duvod: Zákon platí.\n";
        assert_eq!(
            findings(&RULE, &[("opatreni/01.yaml", &area), (DECISIONS, decision)]),
            [
                "obdobi/2023/vyhodnoceni.yaml:3:11: opatření I/1 nemůže být SPLNĚNO, nemá pevný termín („po přijetí zákona“)"
            ]
        );
    }

    #[test]
    fn with_a_set_deadline_or_an_unreadable_one_nothing_is_found() {
        let text = edited(PATH, "ČÁSTEČNĚ\n    komentar: Metodika", "SPLNĚNO\n    komentar: Metodika");
        let decision = "vyhodnoceni:\n  - {opatreni: I/1, stav: SPLNĚNO, duvod: Je hotová.}\n";
        for deadline in ["12/2024", "kdykoli"] {
            let area = edited("opatreni/01.yaml", "12/2024", deadline);
            let changes = [("opatreni/01.yaml", area.as_str()), (PATH, &text), (DECISIONS, decision)];
            assert_eq!(findings(&RULE, &changes), [""; 0], "{deadline}");
        }
    }
}
