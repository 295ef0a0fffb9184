//! A criterion that is neither a count nor an output.

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::model::{CriterionKind, one_line};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatny-druh",
    severity: Severity::Error,
    title: "Neznámý druh kritéria",
    explanation: "Druh kritéria říká, zda se k němu uvádí číslo („pocet“), nebo jde o dokument, akci či zařízení („vystup“).",
    example: "kriteria:\n  - {nazev: Počet seminářů, druh: číslo}",
    mend: "Napište „pocet“, nebo „vystup“.",
    checks: &[],
};

/// A kind that there is not.
pub fn finding(kind: &Text) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, kind.place, format!("neznámý druh kritéria „{}“", one_line(&kind.value)));
    match nearest(&kind.value, CriterionKind::ALL.map(CriterionKind::code)) {
        Some(name) => diagnostic.meant(name),
        None => diagnostic.help("napište „pocet“, uvádí-li se ke kritériu číslo, jinak „vystup“"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps, mended};

    const PATH: &str = "opatreni/01.yaml";

    #[test]
    fn another_kind_is_found_where_it_stands() {
        let text = edited(PATH, "druh: vystup", "druh: dokument");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["opatreni/01.yaml:8:40: neznámý druh kritéria „dokument“"]);
        assert_eq!(helps(&RULE, &[(PATH, &text)]), ["napište „pocet“, uvádí-li se ke kritériu číslo, jinak „vystup“"]);
    }

    #[test]
    fn a_misspelled_kind_is_mended() {
        let text = edited(PATH, "druh: vystup", "druh: výstupy");
        assert_eq!(mended(&RULE, &[(PATH, &text)]), ["    kriteria: [{nazev: metodika, druh: vystup}]"]);
    }

    #[test]
    fn both_kinds_with_or_without_diacritics_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        for kind in ["výstup", "Počet"] {
            let text = edited(PATH, "druh: vystup", &format!("druh: {kind}"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{kind}");
        }
    }
}
