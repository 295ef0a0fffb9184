//! A code or alias that two bodies share.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Body, one_line};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "zdvojeny-subjekt",
    severity: Severity::Error,
    title: "Dva subjekty se jmenují stejně",
    explanation: "Kód nebo alias patří dvěma subjektům, takže by se nepoznalo, o kterém je řeč; nebo se kódy liší jen háčky, čárkami či znaménky a jména souborů vůbec.",
    example: "- {kod: OZ, nazev: odbor zdravotnictví, druh: odbor}\n- {kod: OŽP, nazev: odbor životního prostředí, druh: odbor, aliasy: [OZ]}",
    mend: "Nechte jméno jen jednomu z nich.",
    checks: &[],
};

/// A name that `taken` has already.
pub fn finding(name: &Text, taken: &Body) -> Diagnostic {
    let message = format!("„{}“ už označuje jiný subjekt: {}", one_line(&name.value), one_line(&taken.name));
    Diagnostic::new(&RULE, name.place, message)
        .related(taken.code.place, "ten je zapsán zde")
        .help("každý kód a alias smí patřit jen jednomu subjektu")
}

/// A code that files and anchors do not tell from that of `other`.
pub fn alike(code: &Text, other: &Body) -> Diagnostic {
    let (written, known) = (one_line(&code.value), one_line(&other.code.value));
    let message = format!("kód „{written}“ se od kódu „{known}“ liší jen háčky, čárkami nebo znaménky");
    Diagnostic::new(&RULE, code.place, message)
        .related(other.code.place, "ten je zapsán zde")
        .help("zvolte jiný kód: soubory s podklady a odkazy ve zprávě by měly obě jméno stejné")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "subjekty.yaml";

    #[test]
    fn while_a_code_stands_twice_no_body_is_unknown() {
        let register = edited("subjekty.yaml", "kod: OZ,", "kod: OSV,");
        let area =
            edited("opatreni/01.yaml", "    odpovednost: [OSV]\n    spoluprace: [obce]", "    odpovednost: [OZ]");
        let changes = [("subjekty.yaml", register.as_str()), ("opatreni/01.yaml", &area)];
        assert_eq!(findings(&RULE, &changes).len(), 1);
        assert_eq!(findings(&crate::rules::neznamy_subjekt::RULE, &changes), [""; 0]);
        assert_eq!(findings(&crate::rules::neznamy_subjekt::RULE, &changes[1..]), [""; 0]);
    }

    #[test]
    fn the_second_body_of_a_name_is_found_at_the_name() {
        let text = edited(PATH, "kod: obce", "kod: oz");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["subjekty.yaml:5:11: „oz“ už označuje jiný subjekt: odbor zdravotnictví"]
        );
        let text = edited(PATH, "druh: skupina", "druh: skupina, aliasy: [města, OSV]");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["subjekty.yaml:5:61: „OSV“ už označuje jiný subjekt: odbor sociálních věcí"]
        );
    }

    #[test]
    fn codes_that_files_do_not_tell_apart_are_found() {
        let text = edited(PATH, "kod: obce", "kod: \"OŽ.\"");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["subjekty.yaml:5:11: kód „OŽ.“ se od kódu „OZ“ liší jen háčky, čárkami nebo znaménky"]
        );
    }

    #[test]
    fn different_names_and_an_alias_equal_to_the_code_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let text = edited(PATH, "druh: skupina", "druh: skupina, aliasy: [Obce]");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }
}
