//! A file that has to be there and is not.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "chybejici-soubor",
    severity: Severity::Error,
    title: "Chybí povinný soubor",
    explanation: "Bez tohoto souboru nelze data vyhodnotit: strategie.yaml a subjekty.yaml popisují strategii, opatreni/*.yaml její opatření a obdobi.yaml každé sledované období.",
    example: "data/obdobi/2025/podklady/oz.yaml bez data/obdobi/2025/obdobi.yaml",
    mend: "Soubor vytvořte podle vzoru jiného období či okruhu, nebo zkontrolujte, zda není přejmenovaný. Období založí „plneni period new“, soubor zmrazeného období vraťte z historie; nejmenší strategii se všemi soubory ukazuje README v oddílu „Another strategy“.",
    checks: &[],
};

/// The file at `path` is missing. A period that is frozen is not opened again.
pub fn finding(place: Place, path: &str, is_frozen: bool) -> Diagnostic {
    let creating = match path.strip_prefix("obdobi/").and_then(|path| path.split_once('/')) {
        Some(_) if is_frozen => "období je zmrazené: vraťte soubor z historie (v gitu „git checkout“)".to_owned(),
        Some((year, _)) => format!("založte ho příkazem „plneni period new {year}“"),
        None => "vytvořte ho (vzor je v README)".to_owned(),
    };
    Diagnostic::new(&RULE, place, format!("chybí soubor „{path}“"))
        .help(format!("{creating}, nebo zkontrolujte, zda není jinde či pod jiným jménem"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{findings, helps};

    #[test]
    fn each_file_that_has_to_be_there_is_found_missing() {
        for path in ["strategie.yaml", "subjekty.yaml", "obdobi/2023/obdobi.yaml"] {
            assert_eq!(findings(&RULE, &[(path, "")]), [format!("{path}:1:1: chybí soubor „{path}“")]);
        }
        assert_eq!(
            findings(&RULE, &[("opatreni/01.yaml", ""), ("opatreni/02.yaml", "")]),
            ["opatreni/01.yaml:1:1: chybí soubor „opatreni/01.yaml“"]
        );
    }

    #[test]
    fn a_folder_of_another_period_wants_its_own_definition() {
        assert_eq!(
            findings(&RULE, &[("obdobi/2025/podklady/oz.csv", "opatreni,stav\nII/1,PLNĚNO\n")]),
            ["obdobi/2025/obdobi.yaml:1:1: chybí soubor „obdobi/2025/obdobi.yaml“"]
        );
    }

    #[test]
    fn the_way_to_make_it_is_said() {
        let help = |path: &str| helps(&RULE, &[(path, "")]).concat();
        assert!(help("obdobi/2023/obdobi.yaml").starts_with("založte ho příkazem „plneni period new 2023“"));
        assert!(help("strategie.yaml").starts_with("vytvořte ho (vzor je v README)"));
        let missing = ("obdobi/2023/obdobi.yaml", "");
        let frozen = helps(&RULE, &[missing, ("obdobi/2023/zmrazeni.yaml", "otisk: [\n")]).concat();
        assert!(frozen.starts_with("období je zmrazené: vraťte soubor z historie"), "{frozen}");
    }

    #[test]
    fn with_all_files_nothing_is_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
