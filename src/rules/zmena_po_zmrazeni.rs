//! A file of a frozen period that is not what it was.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::freezing;
use crate::model::{Freeze, Period};
use crate::rules::Rule;
use crate::source::{Files, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "zmena-po-zmrazeni",
    severity: Severity::Error,
    title: "Data zmrazeného období se změnila",
    explanation: "Období je zmrazené: jeho zpráva byla schválena a data, ze kterých vznikla, se už nemění. Soubor zmrazeni.yaml si pamatuje otisk každého souboru období i definic, které tehdy platily. Definice ve složce opatreni se měnit smějí, zmrazené období má své vlastní.",
    example: "# data/obdobi/2023/podklady/oz.yaml po zmrazení období 2023\n-   stav: NEPLNĚNO\n+   stav: PLNĚNO",
    mend: "Vraťte soubor do podoby, v jaké byl zmrazen (v gitu: „git log“ nad souborem zmrazeni.yaml ukáže, kdy to bylo). Má-li se období opravdu změnit, smažte zmrazeni.yaml a po novém usnesení období zmrazte znovu; definice, které tehdy platily, zůstanou ve složce definice a období se jimi řídí dál.",
    checks: &[],
};

const HELP: &str = "vraťte soubor do podoby, v jaké byl zmrazen; má-li se období změnit, vysvětlí postup „plneni explain zmena-po-zmrazeni“";

/// The files of a frozen period that were changed, added or taken away.
pub fn findings(period: &Period, freeze: &Freeze, files: &Files) -> Vec<Diagnostic> {
    let year = period.year;
    let here: BTreeMap<&str, _> = freezing::files_of(&period.folder, files).collect();
    let mut diagnostics = Vec::new();
    for (path, digest) in &freeze.files {
        let finding = match here.get(path.as_str()) {
            None => {
                let message = format!("ve zmrazeném období {year} chybí soubor „{path}“");
                Diagnostic::new(&RULE, digest.place, message)
            }
            Some((_, found)) if *found == digest.value.trim() => continue,
            Some((file, _)) => {
                let message = format!("soubor se po zmrazení období {year} změnil");
                Diagnostic::new(&RULE, Place::start_of(*file), message).related(digest.place, "jeho otisk při zmrazení")
            }
        };
        diagnostics.push(finding.help(HELP));
    }
    for (_, (file, _)) in here.iter().filter(|(path, _)| !freeze.files.contains_key(**path)) {
        let message = format!("soubor přibyl po zmrazení období {year}");
        diagnostics.push(
            Diagnostic::new(&RULE, Place::start_of(*file), message)
                .help("soubor smažte; má-li se období změnit, vysvětlí postup „plneni explain zmena-po-zmrazeni“"),
        );
    }
    diagnostics.into_iter().map(|diagnostic| diagnostic.period(year)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::freezing::testing::frozen;
    use crate::model::Year;
    use crate::rules::testing::{dataset, edited, in_words};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    /// What is found of this rule, and that nothing else is found but notes.
    fn found(changes: &[(&str, &str)]) -> Vec<String> {
        let frozen = frozen(Year(2023));
        let kept = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let kept = kept.filter(|(path, _)| changes.iter().all(|(changed, _)| changed != path));
        let changes: Vec<(&str, &str)> = kept.chain(changes.iter().copied()).collect();
        let dataset = dataset(&changes);
        let errors = dataset.check(None).into_iter().filter(|found| found.severity() != Severity::Note);
        errors
            .inspect(|found| assert_eq!(found.rule.code, RULE.code, "{}", found.message))
            .map(|found| in_words(&found, &dataset))
            .collect()
    }

    #[test]
    fn a_frozen_period_has_no_findings_and_its_definitions_may_move_on() {
        assert_eq!(found(&[]), [""; 0]);
        let later = edited("opatreni/01.yaml", "termin: 12/2024", "termin: 12/2026");
        assert_eq!(found(&[("opatreni/01.yaml", &later)]), [""; 0]);
        let gone = edited("subjekty.yaml", "aliasy: [zdravotnictví]", "aliasy: [zdraví]");
        assert_eq!(found(&[("subjekty.yaml", &gone)]), [""; 0]);
    }

    #[test]
    fn a_changed_an_added_and_a_missing_file_are_found() {
        let changed = edited(PATH, "Metodika je rozpracovaná.", "Metodika je hotová.");
        assert_eq!(found(&[(PATH, &changed)]), [format!("{PATH}:1:1: soubor se po zmrazení období 2023 změnil")]);
        let added = "obdobi/2023/podklady/oz.csv";
        assert_eq!(
            found(&[(added, "opatreni;stav;komentar\nII/1;ČÁSTEČNĚ;Ano.\n")]),
            [format!("{added}:1:1: soubor přibyl po zmrazení období 2023")]
        );
        let definition = "obdobi/2023/definice/subjekty.yaml";
        let missing = found(&[(definition, "")]);
        assert_eq!(missing.len(), 1, "{missing:?}");
        assert!(missing[0].ends_with("ve zmrazeném období 2023 chybí soubor „definice/subjekty.yaml“"), "{missing:?}");
    }

    #[test]
    fn a_changed_definition_of_then_gives_one_finding_whatever_follows_from_it() {
        let path = "obdobi/2023/definice/opatreni/01.yaml";
        let text = edited("opatreni/01.yaml", "cislo: 2", "cislo: 3");
        assert_eq!(found(&[(path, &text)]), [format!("{path}:1:1: soubor se po zmrazení období 2023 změnil")]);
    }
}
