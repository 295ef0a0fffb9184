//! What a frozen period says of itself, against what its data give.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{MeasureId, Status};
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::Located;

/// The rule.
pub static RULE: Rule = Rule {
    code: "nesouhlas-se-zmrazenim",
    severity: Severity::Error,
    title: "Zmrazené stavy nesouhlasí s daty",
    explanation: "Stavy, počty a otisk v souboru zmrazeni.yaml jsou jiné, než jaké dávají data období, i když se její soubory od zmrazení nezměnily. Buď někdo přepsal zmrazeni.yaml, nebo jiná verze programu vyhodnocuje jinak.",
    example: "# data/obdobi/2023/zmrazeni.yaml; z podkladů vyplývá ČÁSTEČNĚ\nvyhodnoceni:\n  - {opatreni: IX/2, stav: PLNĚNO}",
    mend: "Vraťte zmrazeni.yaml do původní podoby. Vyhodnocuje-li jinak nová verze programu, napište zprávu tou verzí, která je v její příloze.",
    checks: &[Check::WholePeriod(check)],
};

const HELP: &str = "vraťte zmrazeni.yaml do podoby, v jaké ho zapsal „plneni period freeze“";

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(freeze) = &facts.period.freeze else { return };
    let n_before = diagnostics.len();
    for (&id, evaluation) in facts.evaluations {
        diagnostics.extend(verdict(id, freeze.verdicts.get(&id), evaluation.status, facts));
    }
    for (&id, frozen) in freeze.verdicts.iter().filter(|(id, _)| !facts.evaluations.contains_key(id)) {
        let message = format!("opatření {id} se v období {} nesleduje, a přesto má zmrazený stav", facts.period.year);
        diagnostics.push(Diagnostic::new(&RULE, frozen.place, message).measure(id).help(HELP));
    }
    // Wrong counts follow from wrong verdicts.
    if diagnostics.len() > n_before {
        return;
    }
    let by_status =
        Status::ALL.into_iter().map(|status| (status.code(), facts.counts.get(status), &freeze.counts[&status]));
    for (name, count, frozen) in by_status.chain([("celkem", facts.counts.total(), &freeze.total)]) {
        if count != frozen.value {
            let message = format!("zmrazený počet {name} je {}, data jich dávají {count}", frozen.value);
            diagnostics.push(Diagnostic::new(&RULE, frozen.place, message).help(HELP));
        }
    }
    let fingerprint = crate::freezing::fingerprint(&facts.period.folder, facts.files);
    if freeze.fingerprint.value.trim() != fingerprint {
        let message = "zmrazený otisk dat není otiskem souborů období";
        diagnostics.push(Diagnostic::new(&RULE, freeze.fingerprint.place, message).help(HELP));
    }
}

fn verdict(
    id: MeasureId,
    frozen: Option<&Located<Status>>,
    status: Status,
    facts: &PeriodFacts<'_>,
) -> Option<Diagnostic> {
    let freeze = facts.period.freeze.as_ref()?;
    let (place, message) = match frozen {
        Some(frozen) if frozen.value == status => return None,
        Some(frozen) => {
            (frozen.place, format!("opatření {id} je zmrazeno jako {}, z dat ale vychází {status}", frozen.value))
        }
        None => (freeze.place, format!("opatření {id} nemá zmrazený stav, z dat vychází {status}")),
    };
    Some(Diagnostic::new(&RULE, place, message).measure(id).help(HELP))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::freezing::testing::frozen;
    use crate::model::Year;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "obdobi/2023/zmrazeni.yaml";

    /// What is found when the file that froze the period is edited.
    fn found(from: &str, to: &str) -> Vec<String> {
        let frozen: Vec<(String, String)> = frozen(Year(2023))
            .into_iter()
            .map(|(path, text)| {
                assert!(path != PATH || text.matches(from).count() == 1, "„{from}“ is not there once: {text}");
                let text = if path == PATH { text.replace(from, to) } else { text };
                (path, text)
            })
            .collect();
        let changes: Vec<(&str, &str)> = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        findings(&RULE, &changes).into_iter().map(|found| found.replace(&format!("{PATH}:"), "")).collect()
    }

    #[test]
    fn what_the_data_give_is_not_found() {
        assert_eq!(found("pocty:", "pocty:"), [""; 0]);
    }

    #[test]
    fn another_verdict_count_or_fingerprint_is_found_once() {
        let one = |from, to| {
            let found = found(from, to);
            assert_eq!(found.len(), 1, "{found:?}");
            found[0].split_once(": ").map(|(_, message)| message.to_owned()).unwrap_or_default()
        };
        assert_eq!(
            one("{opatreni: I/2, stav: PLNĚNO}", "{opatreni: I/2, stav: SPLNĚNO}"),
            "opatření I/2 je zmrazeno jako SPLNĚNO, z dat ale vychází PLNĚNO"
        );
        assert_eq!(
            one("  - {opatreni: I/2, stav: PLNĚNO}\n", ""),
            "opatření I/2 nemá zmrazený stav, z dat vychází PLNĚNO"
        );
        assert_eq!(
            one("{opatreni: I/2, stav: PLNĚNO}", "{opatreni: I/2, stav: PLNĚNO}\n  - {opatreni: IX/9, stav: PLNĚNO}"),
            "opatření IX/9 se v období 2023 nesleduje, a přesto má zmrazený stav"
        );
        assert_eq!(one("castecne: 2", "castecne: 3"), "zmrazený počet ČÁSTEČNĚ je 3, data jich dávají 2");
        assert_eq!(one("\notisk: ", "\notisk: 0"), "zmrazený otisk dat není otiskem souborů období");
    }

    #[test]
    fn the_counts_that_follow_from_other_data_are_not_found_besides() {
        const SUBMITTED: &str = "obdobi/2023/podklady/osv.yaml";
        let frozen = frozen(Year(2023));
        let text = edited(SUBMITTED, "PLNĚNO\n    komentar: Konaly", "ČÁSTEČNĚ\n    komentar: Konaly");
        let added = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let changes: Vec<(&str, &str)> = added.chain([(SUBMITTED, text.as_str())]).collect();
        let found = findings(&RULE, &changes);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with(": opatření I/2 je zmrazeno jako PLNĚNO, z dat ale vychází ČÁSTEČNĚ"), "{found:?}");
    }
}
