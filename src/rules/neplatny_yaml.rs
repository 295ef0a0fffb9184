//! A file that is not valid YAML, or uses more of YAML than the data need.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatny-yaml",
    severity: Severity::Error,
    title: "Soubor není platný YAML",
    explanation: "Soubor se nedá přečíst, protože jeho zápis odporuje pravidlům YAML, nebo používá věci, které v datech nemají místo (kotvy, odkazy, značky typů, více dokumentů). Po první takové chybě se zbytek souboru nečte.",
    example: "podklady:\n	- opatreni: IX/3",
    mend: "Odsazujte mezerami, za dvojtečkou pište mezeru a text, ve kterém je dvojtečka, uvozovky nebo mřížka, dejte do uvozovek.",
    checks: &[],
};

/// A syntax error, in words of its own for each kind.
pub fn finding(place: Place, message: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::findings;

    const PATH: &str = "opatreni/02.yaml";

    #[test]
    fn broken_text_is_one_finding_where_it_breaks() {
        for (text, at, message) in [
            ("okruh: II\nopatreni:\n\t- cislo: 1\n", "3:1", "řádek je odsazen tabulátorem"),
            ("okruh: *dva\n", "1:8", "odkaz „*“ na jiné místo souboru se v datech nepoužívá"),
            ("okruh: II\n---\nokruh: III\n", "2:1", "v souboru je víc dokumentů oddělených „---“"),
        ] {
            assert_eq!(findings(&RULE, &[(PATH, text)]), [format!("{PATH}:{at}: {message}")], "{text}");
        }
    }

    #[test]
    fn other_files_are_read_all_the_same() {
        let broken = [("opatreni/02.yaml", "okruh: *dva\n"), ("strategie.yaml", "nazev: &x y\n")];
        assert_eq!(
            findings(&RULE, &broken),
            [
                "opatreni/02.yaml:1:8: odkaz „*“ na jiné místo souboru se v datech nepoužívá",
                "strategie.yaml:1:8: značky „&“ a „!“ před hodnotou se v datech nepoužívají",
            ]
        );
    }

    #[test]
    fn valid_text_is_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
