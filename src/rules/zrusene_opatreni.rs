//! A submission or decision on a measure that is not followed in its period.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{ChangeKind, MeasureId};
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "zrusene-opatreni",
    severity: Severity::Warning,
    title: "Podklad k opatření, které se v období nesleduje",
    explanation: "Opatření bylo usnesením zrušeno, sloučeno nebo rozděleno, nebo vzniklo až později. V tomto období se nesleduje, a podklad k němu proto nikde není vidět.",
    example: "# I/3 má v definici zmeny: [{od: 2025, druh: zruseni, usneseni: 45/24/ZK}]\n# data/obdobi/2025/podklady/osv.yaml\npodklady:\n  - {opatreni: I/3, stav: PLNĚNO, komentar: Konalo se.}",
    mend: "Napište podklad k opatření, které nastoupilo na jeho místo, nebo ho smažte. Neplatí-li změna, opravte ji v definici opatření; bylo-li opatření obnoveno, doplňte k němu další „zmeny“ s druhem vznik.",
    checks: &[Check::Period(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let submitted = facts.period.submissions.values().flatten().map(|submission| &submission.measure);
    let decided = facts.period.decisions.values().map(|decision| &decision.measure);
    for measure in submitted.chain(decided) {
        diagnostics.extend(finding(facts, measure.value, measure.place));
    }
}

fn finding(facts: &PeriodFacts<'_>, id: MeasureId, place: Place) -> Option<Diagnostic> {
    let change = facts.strategy.measures.get(&id)?.not_followed_in(facts.period.year)?;
    let (from, happened) = (change.from.value, change.kind.value.happened());
    let others: Vec<String> = change.measures.iter().map(|other| other.value.to_string()).collect();
    let help = match (change.kind.value, others.as_slice()) {
        (ChangeKind::Added, _) => "podklad smažte, nebo opravte období, od kterého opatření platí".to_owned(),
        (_, []) => "podklad smažte; neplatí-li změna, opravte ji v definici opatření".to_owned(),
        (_, others) => format!("napište podklad k opatření {}", others.join(", ")),
    };
    let message =
        format!("opatření {id} od období {from} {happened} (usnesení č. {}), zde se nesleduje", change.resolution);
    let message = match change.kind.value {
        ChangeKind::Added => {
            format!("opatření {id} se sleduje až od období {from} (usnesení č. {})", change.resolution)
        }
        _ => message,
    };
    Some(Diagnostic::new(&RULE, place, message).measure(id).related(change.kind.place, "změna je zde").help(help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps};

    const PATH: &str = "opatreni/01.yaml";

    fn changed(entry: &str) -> String {
        edited(PATH, "    odpovednost: [OSV]\n", &format!("    odpovednost: [OSV]\n    zmeny:\n      - {entry}\n"))
    }

    #[test]
    fn a_submission_on_what_is_not_followed_is_found() {
        for (entry, found, help) in [
            (
                "{od: 2023, druh: zruseni, usneseni: 1/22/ZK}",
                "opatření I/1 od období 2023 bylo zrušeno (usnesení č. 1/22/ZK), zde se nesleduje",
                "podklad smažte; neplatí-li změna, opravte ji v definici opatření",
            ),
            (
                "{od: 2021, druh: slouceni, usneseni: 1/22/ZK, opatreni: I/2}",
                "opatření I/1 od období 2021 bylo sloučeno (usnesení č. 1/22/ZK), zde se nesleduje",
                "napište podklad k opatření I/2",
            ),
            (
                "{od: 2025, druh: vznik, usneseni: 1/24/ZK}",
                "opatření I/1 se sleduje až od období 2025 (usnesení č. 1/24/ZK)",
                "podklad smažte, nebo opravte období, od kterého opatření platí",
            ),
        ] {
            let text = changed(entry);
            let found = format!("obdobi/2023/podklady/osv.yaml:3:15: {found}");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [found]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [help]);
        }
    }

    #[test]
    fn what_is_followed_is_not_found() {
        for entry in [
            "{od: 2025, druh: zruseni, usneseni: 1/24/ZK}",
            "{od: 2023, druh: zmena, usneseni: 1/22/ZK}",
            "{od: 2023, druh: vznik, usneseni: 1/22/ZK}",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, &changed(entry))]), [""; 0], "{entry}");
        }
    }
}
