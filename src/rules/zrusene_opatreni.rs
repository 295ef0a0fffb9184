//! A submission or decision on a measure that is not followed in its period.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{ChangeKind, MeasureId};
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::Located;

/// The rule.
pub static RULE: Rule = Rule {
    code: "zrusene-opatreni",
    severity: Severity::Warning,
    title: "Podklad nebo rozhodnutí k opatření, které se v období nesleduje",
    explanation: "Opatření bylo usnesením zrušeno, sloučeno nebo rozděleno, nebo vzniklo až později. V tomto období se nesleduje, a podklad k němu ani rozhodnutí o něm proto nikde nejsou vidět. Nic dalšího se u nich nekontroluje, jen zda v jejich textech nejsou osobní údaje: veřejná jsou i data.",
    example: "# I/3 má v definici zmeny: [{od: 2025, druh: zruseni, usneseni: 45/24/ZK}]\n# data/obdobi/2025/podklady/osv.yaml\npodklady:\n  - {opatreni: I/3, stav: PLNĚNO, komentar: Konalo se.}",
    mend: "Podklad napište k opatření, které nastoupilo na jeho místo, nebo ho smažte; rozhodnutí k němu přesuňte, nebo ho smažte. Neplatí-li změna, opravte ji v definici opatření; bylo-li opatření obnoveno, doplňte k němu další „zmeny“ s druhem vznik.",
    checks: &[Check::Period(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let submitted = facts.period.submissions.iter().map(|submission| &submission.measure);
    diagnostics.extend(submitted.filter_map(|measure| finding(facts, measure, "podklad", "napište podklad")));
    let decided = facts.period.decisions.values().map(|decision| &decision.measure);
    let move_it = "rozhodnutí smažte, nebo ho přesuňte";
    diagnostics.extend(decided.filter_map(|measure| finding(facts, measure, "rozhodnutí", move_it)));
}

/// `what` is said of the measure, and `instead` is what to do when others came in its place.
fn finding(facts: &PeriodFacts<'_>, measure: &Located<MeasureId>, what: &str, instead: &str) -> Option<Diagnostic> {
    let (id, place) = (measure.value, measure.place);
    let change = facts.strategy.measures.get(&id)?.not_followed_in(facts.period.year)?;
    let (from, happened) = (change.from.value, change.kind.value.happened());
    let others: Vec<String> = change.measures.iter().map(|other| other.value.to_string()).collect();
    let help = match (change.kind.value, others.as_slice()) {
        (ChangeKind::Added, _) => format!("{what} smažte, nebo opravte období, od kterého opatření platí"),
        (_, []) => format!("{what} smažte; neplatí-li změna, opravte ji v definici opatření"),
        (_, [other]) => format!("{instead} k opatření {other}"),
        (_, [others @ .., last]) => format!("{instead} k opatřením {} a {last}", others.join(", ")),
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
    use std::collections::BTreeSet;

    use super::*;
    use crate::rules::testing::{dataset, edited, findings, helps};

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
    fn a_decision_on_what_is_not_followed_is_not_taken_for_a_submission() {
        for (entry, help) in [
            (
                "{od: 2023, druh: zruseni, usneseni: 1/22/ZK}",
                "rozhodnutí smažte; neplatí-li změna, opravte ji v definici opatření",
            ),
            (
                "{od: 2021, druh: slouceni, usneseni: 1/22/ZK, opatreni: I/2}",
                "rozhodnutí smažte, nebo ho přesuňte k opatření I/2",
            ),
            (
                "{od: 2025, druh: vznik, usneseni: 1/24/ZK}",
                "rozhodnutí smažte, nebo opravte období, od kterého opatření platí",
            ),
        ] {
            let text = changed(entry);
            let changes = [
                (PATH, text.as_str()),
                ("obdobi/2023/podklady/osv.yaml", ""),
                ("obdobi/2023/vyhodnoceni.yaml", "vyhodnoceni:\n  - {opatreni: I/1, stav: PLNĚNO, duvod: Tak.}\n"),
            ];
            assert!(findings(&RULE, &changes)[0].starts_with("obdobi/2023/vyhodnoceni.yaml:2:16: opatření I/1 "));
            assert_eq!(helps(&RULE, &changes), [help]);
        }
    }

    #[test]
    fn nothing_else_is_said_of_what_is_not_followed() {
        const LONG: &str = "Dlouhý komentář, který se u druhého opatření opakuje do slova a do písmene.";
        let area = changed("{od: 2023, druh: zruseni, usneseni: 1/22/ZK}");
        let submitted = format!(
            "predkladatel: OZ\npodklady:\n\
             \x20 - {{opatreni: I/1, stav: SPLNĚNO, komentar: \"{LONG}\"}}\n\
             \x20 - {{opatreni: I/1, stav: PLNĚNO, kriteria: [{{kriterium: metodika, doklad: chybí.pdf}}]}}\n\
             \x20 - {{opatreni: I/1, stav: PLNĚNO, komentar: \"<b>Viz</b> I/9 a [disk](file:///C:/plán.docx).\"}}\n\
             \x20 - {{opatreni: I/2, stav: PLNĚNO, komentar: \"{LONG}\"}}\n"
        );
        let changes = [
            (PATH, area.as_str()),
            ("obdobi/2023/podklady/oz.yaml", submitted.as_str()),
            ("obdobi/2023/vyhodnoceni.yaml", "vyhodnoceni:\n  - {opatreni: I/1, stav: plněno}\n"),
        ];
        let codes = |changes: &[(&str, &str)]| -> Vec<&str> {
            let found = dataset(changes).check(None);
            found.iter().filter(|found| found.severity() != Severity::Note).map(|found| found.rule.code).collect()
        };
        assert_eq!(codes(&changes), [RULE.code; 5]);
        let followed: BTreeSet<&str> = codes(&changes[1..]).into_iter().collect();
        assert!(followed.len() > 6, "{followed:?}");
        // Nobody sees them in documents; the data are public all the same.
        let personal = submitted.replace("plán.docx).", "plán.docx), tel. 601 234 567.");
        let found = codes(&[changes[0], (changes[1].0, &personal), changes[2]]);
        assert_eq!(found.iter().filter(|code| **code == "osobni-udaj").count(), 1, "{found:?}");
        assert_eq!(found.iter().filter(|code| **code == RULE.code).count(), found.len() - 1, "{found:?}");
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
