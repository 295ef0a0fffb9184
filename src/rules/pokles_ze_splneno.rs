//! A measure that was done for good and now is not.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Measure, Status};
use crate::rules::{Check, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "pokles-ze-splneno",
    severity: Severity::Warning,
    title: "Splněné opatření už splněné není",
    explanation: "Stav SPLNĚNO znamená, že opatření bylo trvale uskutečněno. Má-li v dalším období jiný stav, neplatí jeden z nich. Dokud za období nic nepředložil nikdo z gestorů opatření, kontrola mlčí.",
    example: "# období 2023: XIII/2 je SPLNĚNO; data/obdobi/2025/podklady/osv.yaml:\n- opatreni: XIII/2\n  stav: ČÁSTEČNĚ",
    mend: "Zůstává-li opatření splněno, uveďte SPLNĚNO i nyní. Bylo-li v minulém období hodnoceno neprávem, vysvětlete to v komentáři a varování s tímto důvodem přijměte v prijato.yaml.",
    checks: &[Check::WholePeriod(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(previous) = facts.previous() else { return };
    let awaited = facts.awaited();
    for (id, evaluation) in facts.evaluations {
        let Some(measure) = facts.strategy.measures.get(id) else { continue };
        let was_done = previous.evaluations.get(id).is_some_and(|before| before.status == Status::Done);
        if was_done && evaluation.status != Status::Done && !awaited.has(measure) {
            diagnostics.push(finding(facts, measure, evaluation.status));
        }
    }
}

fn finding(facts: &PeriodFacts<'_>, measure: &Measure, status: Status) -> Diagnostic {
    let id = measure.id.value;
    let earlier = facts.previous().map(|previous| previous.period.name()).unwrap_or_default();
    let message = format!("opatření {id} bylo v období {earlier} SPLNĚNO, nyní je {status}");
    Diagnostic::new(&RULE, facts.verdict_place(measure), message).measure(id).help(
        "co je splněno, zůstává splněno: uveďte SPLNĚNO; nebo v komentáři vysvětlete, proč to už neplatí, a varování \
               s tímto důvodem přijměte v prijato.yaml",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, findings_in_next_period, next_period};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn what_was_done_stays_done() {
        let done = edited(PATH, "stav: ČÁSTEČNĚ\n    komentar: Metodika", "stav: SPLNĚNO\n    komentar: Metodika");
        let found = |status: &str| {
            let submitted = format!("  - {{opatreni: I/1, stav: {status}, komentar: Vydána.}}\n");
            findings_in_next_period(&RULE, &submitted, &[(PATH, &done)])
        };
        assert_eq!(
            found("PLNĚNO"),
            ["obdobi/2025/podklady/osv.yaml:3:27: opatření I/1 bylo v období 2022–2023 SPLNĚNO, nyní je PLNĚNO"]
        );
        assert_eq!(found("SPLNĚNO"), [""; 0]);
    }

    #[test]
    fn where_nothing_came_in_the_definition_is_shown() {
        let done = edited(PATH, "stav: ČÁSTEČNĚ\n    komentar: Metodika", "stav: SPLNĚNO\n    komentar: Metodika");
        assert_eq!(
            findings_in_next_period(&RULE, "  - {opatreni: I/2, stav: PLNĚNO}\n", &[(PATH, &done)]),
            ["opatreni/01.yaml:5:12: opatření I/1 bylo v období 2022–2023 SPLNĚNO, nyní je NEPLNĚNO"]
        );
    }

    #[test]
    fn while_nobody_has_submitted_anything_only_decisions_are_looked_at() {
        let done = edited(PATH, "stav: ČÁSTEČNĚ\n    komentar: Metodika", "stav: SPLNĚNO\n    komentar: Metodika");
        let [(opened, definition), _] = next_period("");
        let decision = "vyhodnoceni:\n  - {opatreni: I/1, stav: PLNĚNO, duvod: Víme to.}\n";
        for (decided, n_found) in [("", 0), (decision, 1)] {
            let changes = [
                (PATH, done.as_str()),
                (opened.as_str(), definition.as_str()),
                ("obdobi/2025/vyhodnoceni.yaml", decided),
            ];
            assert_eq!(findings(&RULE, &changes).len(), n_found, "{decided}");
        }
    }

    #[test]
    fn other_falls_are_no_matter_of_this_rule() {
        assert_eq!(findings_in_next_period(&RULE, "  - {opatreni: I/2, stav: NEPLNĚNO}\n", &[]), [""; 0]);
    }
}
