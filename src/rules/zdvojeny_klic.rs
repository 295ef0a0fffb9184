//! A key that a mapping has twice.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "zdvojeny-klic",
    severity: Severity::Error,
    title: "Klíč je v zápisu dvakrát",
    explanation: "Tentýž klíč stojí v jednom zápisu dvakrát a nedá se poznat, která hodnota platí.",
    example: "- opatreni: IX/3\n  stav: PLNĚNO\n  stav: ČÁSTEČNĚ",
    mend: "Nechte jen jeden. Často chybí pomlčka, kterou začíná další položka.",
    checks: &[],
};

/// The second one of two equal keys.
pub fn finding(key: &Text, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, key.place, format!("klíč „{}“ je tu podruhé", key.value))
        .related(first, "poprvé je zde")
        .help("nechte jen jeden; začíná-li tu nová položka, chybí před ní pomlčka")
}

/// The key that an item of a list begins with, in the item before it.
pub fn missing_dash(key: &Text, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, key.place, format!("klíč „{}“ a další za ním jsou tu podruhé", key.value))
        .related(first, "poprvé je zde")
        .help(format!("nejspíš tu začíná další položka seznamu a chybí před ní pomlčka: „- {}:“", key.value))
}

/// The second one of two equal keys that belong to no item of a list.
pub fn of_file(key: &Text, first: Place) -> Diagnostic {
    finding(key, first).help("nechte jen jeden")
}

/// The same where both have a list.
pub fn second_list(key: &Text, first: Place) -> Diagnostic {
    let help = format!("položky obou seznamů dejte pod jeden klíč „{}:“ a druhý smažte", key.value);
    finding(key, first).help(help)
}

/// The key that a file begins with, in the middle of it.
pub fn second_file(key: &Text, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, key.place, format!("klíč „{}“ a další za ním jsou tu podruhé", key.value))
        .related(first, "poprvé je zde")
        .help("nejspíš tu začíná obsah jiného souboru: přesuňte ho do vlastního, nebo jeho položky připojte k prvnímu seznamu a opakované klíče smažte")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn the_second_key_is_found_itself() {
        let text = edited(
            PATH,
            "    stav: ČÁSTEČNĚ\n    komentar: Metodika",
            "    stav: ČÁSTEČNĚ\n    stav: PLNĚNO\n    komentar: Metodika",
        );
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["obdobi/2023/podklady/osv.yaml:5:5: klíč „stav“ je tu podruhé"]);
    }

    #[test]
    fn a_missing_dash_is_one_finding() {
        let text = edited(PATH, "  - opatreni: I/2", "    opatreni: I/2");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:6:5: klíč „opatreni“ a další za ním jsou tu podruhé"]
        );
        assert_eq!(
            helps(&RULE, &[(PATH, &text)]),
            ["nejspíš tu začíná další položka seznamu a chybí před ní pomlčka: „- opatreni:“"]
        );
    }

    #[test]
    fn a_file_behind_another_is_one_finding_and_wants_no_dash() {
        let one = "predkladatel: OSV\npodklady:\n  - {opatreni: I/2, stav: PLNĚNO, komentar: Ano.}\n";
        let two = format!("{one}{one}");
        let told = ["obdobi/2023/podklady/osv.yaml:4:1: klíč „predkladatel“ a další za ním jsou tu podruhé"];
        assert_eq!(findings(&RULE, &[(PATH, &two)]), told);
        let help = helps(&RULE, &[(PATH, &two)]).concat();
        assert!(help.contains("obsah jiného souboru") && !help.contains("pomlčka"), "{help}");
    }

    #[test]
    fn no_item_of_a_list_begins_with_a_key_of_the_file() {
        let one = "podklady:\n  - {opatreni: I/2, stav: PLNĚNO, komentar: Ano.}\n";
        let list = "položky obou seznamů dejte pod jeden klíč „podklady:“ a druhý smažte";
        for (text, key, help) in [
            (format!("predkladatel: OSV\n{one}{one}"), "podklady", list),
            (format!("{one}predkladatel: OSV\n{one}"), "podklady", list),
            (format!("predkladatel: OSV\n{one}predkladatel: OSV\n"), "predkladatel", "nechte jen jeden"),
        ] {
            let found = findings(&RULE, &[(PATH, &text)]);
            assert!(found.len() == 1 && found[0].ends_with(&format!("klíč „{key}“ je tu podruhé")), "{found:?}");
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [help], "{text}");
        }
    }

    #[test]
    fn between_brackets_keys_are_found_one_by_one() {
        let text = "podklady:\n  - {opatreni: I/2, stav: PLNĚNO, opatreni: I/2, stav: PLNĚNO, komentar: Ano.}\n";
        assert_eq!(
            findings(&RULE, &[(PATH, text)]),
            [
                "obdobi/2023/podklady/osv.yaml:2:35: klíč „opatreni“ je tu podruhé",
                "obdobi/2023/podklady/osv.yaml:2:50: klíč „stav“ je tu podruhé",
            ]
        );
    }

    #[test]
    fn keys_that_begin_no_item_are_found_one_by_one() {
        let from = "    stav: ČÁSTEČNĚ\n    komentar: Metodika je rozpracovaná.\n";
        let text = edited(PATH, from, &format!("{from}{from}"));
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            [
                "obdobi/2023/podklady/osv.yaml:6:5: klíč „stav“ je tu podruhé",
                "obdobi/2023/podklady/osv.yaml:7:5: klíč „komentar“ je tu podruhé",
            ]
        );
    }

    #[test]
    fn the_same_key_of_different_items_is_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
