//! A file with nothing in it.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::source::{FileId, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "prazdny-soubor",
    severity: Severity::Error,
    title: "Soubor je prázdný",
    explanation: "V souboru nic není, nebo jsou v něm jen poznámky. Podklad, který nic neobsahuje, se podle metodiky počítá jako neodevzdaný, a rozhodnutí nebo připomínky, které se ztratily, ve zprávě nikdo nehledá; ani jedno nemá vzniknout omylem.",
    example: "# sem přijdou podklady",
    mend: "Soubor vyplňte, nebo ho smažte.",
    checks: &[],
};

/// Nothing in the whole file.
pub fn finding(file: FileId) -> Diagnostic {
    Diagnostic::new(&RULE, Place::start_of(file), "soubor je prázdný").help("vyplňte ho, nebo ho smažte")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::findings;

    #[test]
    fn a_file_without_content_is_found() {
        for (path, text) in [
            ("obdobi/2023/podklady/oz.yaml", "\n"),
            ("obdobi/2023/podklady/oz.yaml", "# sem přijdou podklady\n"),
            ("obdobi/2023/podklady/oz.yaml", "---\n"),
            ("obdobi/2023/podklady/oz.csv", "\n\r\n"),
            ("obdobi/2023/vyhodnoceni.yaml", "# nic se nerozhodlo\n"),
        ] {
            assert_eq!(findings(&RULE, &[(path, text)]), [format!("{path}:1:1: soubor je prázdný")], "{text:?}");
        }
    }

    #[test]
    fn files_with_content_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        assert_eq!(findings(&RULE, &[("obdobi/2023/podklady/oz.csv", "opatreni,stav\n")]), [""; 0]);
    }
}
