//! A required key that is not there, or has no value.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::shape::Key;
use crate::rules::Rule;
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "chybejici-klic",
    severity: Severity::Error,
    title: "Chybí povinný klíč",
    explanation: "V zápisu chybí klíč, bez kterého se údaj nedá použít, nebo za ním nic není. Prázdné uvozovky, samotné mezery a samotné pomlčky jsou totéž co nic.",
    example: "- stav: PLNĚNO\n  komentar: Mediátoři pracují v Liberci.",
    mend: "Doplňte chybějící klíč s hodnotou.",
    checks: &[],
};

/// A key that is missing from the mapping at `place`.
pub fn finding(place: Place, key: &Key) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("chybí klíč „{}“", key.name)).help(key.description)
}

/// The dash of an item without the key that items begin with, whose other keys the one before it has not.
pub fn dash_too_many(dash: Place, first: &Key) -> Diagnostic {
    let message = format!("pomlčkou tu začíná položka, které chybí klíč „{}“", first.name);
    Diagnostic::new(&RULE, dash, message)
        .help(format!("patří-li k položce nad ní, pomlčku smažte; jinak doplňte klíč „{}“", first.name))
}

/// A key with nothing behind it.
pub fn empty(key: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, key.place, format!("za klíčem „{}“ nic není", key.value))
        .help("doplňte hodnotu; od znaku „#“ se řádek nečte, hodnota, která jím začíná, patří do uvozovek")
}

/// An author whom the licence at `place` wants to be named and nobody names.
pub fn author(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "k licenci CC BY chybí klíč „autor“")
        .help("doplňte do „podminky_uziti“, koho uvádět jako autora; bez něj licenci nejde dodržet")
}

/// A frozen period of which nobody can tell who closed it; one of two keys says so.
pub fn resolution_of_freeze(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "chybí klíč „usneseni“ nebo „puvod“")
        .help("vraťte do souboru číslo usnesení, kterým bylo období uzavřeno, nebo odkud jeho počty pocházejí")
}

/// A blank item of a list of texts.
pub fn empty_item(place: Place, key: &Key) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("v seznamu „{}“ je prázdná položka", key.name))
        .help("doplňte ji, nebo smažte")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, findings, open_data};

    const PATH: &str = "opatreni/01.yaml";

    #[test]
    fn a_missing_key_is_found_at_the_beginning_of_its_mapping() {
        let text = edited(PATH, "    popis: metodiku bydlení\n", "");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["opatreni/01.yaml:5:5: chybí klíč „popis“"]);
        let text = edited(PATH, "nazev: Bydlení\n", "");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["opatreni/01.yaml:1:1: chybí klíč „nazev“"]);
    }

    #[test]
    fn a_dash_too_many_is_one_finding() {
        const SUBMITTED: &str = "obdobi/2023/podklady/osv.yaml";
        const MISSING: &str = "chybí klíč „opatreni“";
        let dash = |at: &str, key: &str| format!("{at}: pomlčkou tu začíná položka, které chybí klíč „{key}“");
        let errors = |items: &str| {
            let text = format!("predkladatel: OSV\npodklady:\n{items}");
            let found = dataset(&[(SUBMITTED, &text)]).check(None);
            assert_eq!(found.iter().filter(|found| found.rule.code == "chybejici-stav").count(), 0, "{items}");
            findings(&RULE, &[(SUBMITTED, &text)])
        };
        for (items, expected) in [
            ("  - opatreni: I/1\n  - stav: NEPLNĚNO\n", vec![dash("4:3", "opatreni")]),
            (
                "  - opatreni: I/1\n  - stav: NEPLNĚNO\n  - komentar: Nebylo.\n",
                vec![dash("4:3", "opatreni"), dash("5:3", "opatreni")],
            ),
            (
                "  - opatreni: I/1\n    stav: NEPLNĚNO\n  - komentar: Nebylo.\n  - opatreni: I/2\n    stav: PLNĚNO\n",
                vec![dash("5:3", "opatreni")],
            ),
            (
                "  - opatreni: I/2\n    stav: PLNĚNO\n    kriteria:\n      - kriterium: Počet konferencí\n      - hodnota: 4\n",
                vec![dash("7:7", "kriterium")],
            ),
            // What the item before has as well is of another measure; so is what stands between braces.
            (
                "  - opatreni: I/1\n    stav: NEPLNĚNO\n  - stav: PLNĚNO\n    komentar: Nebylo.\n",
                vec![format!("5:5: {MISSING}")],
            ),
            ("  - {opatreni: I/1, stav: PLNĚNO}\n  - {komentar: Nebylo.}\n", vec![format!("4:6: {MISSING}")]),
            ("  - stav: NEPLNĚNO\n    komentar: Nebylo.\n", vec![format!("3:5: {MISSING}")]),
        ] {
            let expected: Vec<String> = expected.iter().map(|found| format!("{SUBMITTED}:{found}")).collect();
            assert_eq!(errors(items), expected, "{items}");
        }
    }

    #[test]
    fn a_text_that_dashes_cross_out_is_nothing() {
        const STRATEGY: &str = "strategie.yaml";
        let area = |from: &str, to: &str| edited(PATH, from, to);
        for (path, text, found) in [
            (PATH, area("popis: metodiku bydlení", "popis: ---"), "6:5: za klíčem „popis“ nic není"),
            (PATH, area("nazev: Bydlení", "nazev: '-'"), "2:1: za klíčem „nazev“ nic není"),
            (PATH, area("nazev: metodika", "nazev: –"), "8:17: za klíčem „nazev“ nic není"),
            (STRATEGY, edited(STRATEGY, "kraj: Cvičný kraj", "kraj: \"— \""), "3:1: za klíčem „kraj“ nic není"),
            (STRATEGY, edited(STRATEGY, "[hotovo]", "['-', hotovo]"), "8:48: v seznamu „vymezeni“ je prázdná položka"),
            (
                "prijato.yaml",
                "prijato:\n  - {nalez: bez-gestora, opatreni: I/1, duvod: '-'}\n".to_owned(),
                "2:41: za klíčem „duvod“ nic není",
            ),
        ] {
            assert_eq!(findings(&RULE, &[(path, &text)]), [format!("{path}:{found}")]);
        }
        // What may be missing may be crossed out.
        let text = area("indikator: metodika", "indikator: '-'");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
        let text = area("popis: metodiku bydlení", "popis: '- metodiku'");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }

    #[test]
    fn a_key_with_nothing_behind_it_is_found_itself() {
        let text = edited(PATH, "popis: metodiku bydlení", "popis:");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["opatreni/01.yaml:6:5: za klíčem „popis“ nic není"]);
    }

    #[test]
    fn a_blank_text_is_nothing_and_breaks_nothing_else() {
        for blank in ["\"\"", "' '", "\"\\n\"", "|\n      "] {
            let text = edited(PATH, "popis: metodiku bydlení", &format!("popis: {blank}"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), ["opatreni/01.yaml:6:5: za klíčem „popis“ nic není"]);
        }
        for (path, from, to) in [
            (PATH, "nazev: Bydlení", "nazev: \"\""),
            (PATH, "{nazev: metodika, ", "{nazev: ' ', "),
            ("subjekty.yaml", "kod: obce", "kod: \"\""),
            ("subjekty.yaml", "nazev: obce", "nazev: \"\""),
            ("strategie.yaml", "koordinator: OSV", "koordinator: \"\""),
            ("obdobi/2023/podklady/osv.yaml", "kriterium: Počet konferencí", "kriterium: \"\""),
        ] {
            let errors = |text: &str| {
                let found = dataset(&[(path, text)]).check(None);
                let errors = found.iter().filter(|found| found.severity() == Severity::Error);
                errors.map(|found| found.rule.code).collect::<Vec<_>>()
            };
            assert_eq!(errors(&edited(path, from, to)), ["chybejici-klic"], "{path}: {to}");
        }
    }

    #[test]
    fn blank_items_of_a_required_list_are_found_alone_or_as_nothing_at_all() {
        for (items, expected) in [
            ("[a, b]", vec![]),
            ("[\"\", ' ']", vec!["strategie.yaml:8:37: za klíčem „vymezeni“ nic není"]),
            ("[a, ' ']", vec!["strategie.yaml:8:51: v seznamu „vymezeni“ je prázdná položka"]),
        ] {
            let text = edited("strategie.yaml", "[hotovo]", items);
            assert_eq!(findings(&RULE, &[("strategie.yaml", &text)]), expected, "{items}");
        }
    }

    #[test]
    fn a_licence_that_names_its_author_wants_one() {
        const BY: &str = "https://creativecommons.org/licenses/by/4.0/";
        const NONE: &str = "https://data.gov.cz/podmínky-užití/";
        for (works, database, author, places) in [
            (BY, NONE, "", vec!["19:35"]),
            (NONE, BY, "", vec!["19:82"]),
            (BY, BY, "", vec!["19:35"]),
            (BY, BY, ", autor: ' '", vec!["19:35"]),
            (BY, BY, ", autor: Cvičný kraj", vec![]),
            (NONE, NONE, "", vec![]),
        ] {
            let text = open_data(&[
                ("{autorske_dilo: https://example.cz/,", &format!("{{autorske_dilo: {works},")),
                ("databaze: https://example.cz/,", &format!("databaze: {database},")),
                ("osobni_udaje: https://example.cz/", &format!("osobni_udaje: https://example.cz/{author}")),
            ]);
            let expected: Vec<String> =
                places.iter().map(|at| format!("strategie.yaml:{at}: k licenci CC BY chybí klíč „autor“")).collect();
            assert_eq!(findings(&RULE, &[("strategie.yaml", &text)]), expected, "{works} {database} {author}");
        }
    }

    #[test]
    fn a_misspelled_key_is_another_finding_and_optional_keys_may_be_missing_or_empty() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let misspelled = edited(PATH, "popis: metodiku", "popsi: metodiku");
        assert_eq!(findings(&RULE, &[(PATH, &misspelled)]), [""; 0]);
        let empty = edited(PATH, "indikator: metodika", "indikator:");
        assert_eq!(findings(&RULE, &[(PATH, &empty)]), [""; 0]);
    }
}
