//! A key that the kind of file does not have.

use crate::diagnostic::{Diagnostic, Severity, is_plain, nearest};
use crate::load::shape::Key;
use crate::model::one_line;
use crate::rules::Rule;
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neznamy-klic",
    severity: Severity::Error,
    title: "Neznámý klíč",
    explanation: "Takový klíč v tomto druhu souboru není, takže by se jeho hodnota nikde neobjevila. Bývá to překlep.",
    example: "- opatreni: IX/3\n  stavv: PLNĚNO",
    mend: "Opravte název klíče podle nápovědy; klíče se píší malými písmeny bez háčků a čárek.",
    checks: &[],
};

/// A key that is none of `keys`.
pub fn finding(key: &Text, keys: &[Key]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, key.place, format!("neznámý klíč „{}“", key.value));
    match meant(key, keys) {
        Some(name) => diagnostic.meant(name),
        None => {
            let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            diagnostic.help(format!("zde mohou být klíče: {}", names.join(", ")))
        }
    }
}

/// A key of the items of a list that stands beside the list.
pub fn of_item(key: &Text, list: &str) -> Diagnostic {
    let message = format!("klíč „{}“ je odsazen málo: patří k položce seznamu „{list}“", key.value);
    Diagnostic::new(&RULE, key.place, message).help("odsaďte ho i klíče pod ním přesně pod první klíč té položky")
}

/// A value in the place of a key, such as the name of a criterion; `meant` is the key it belongs to.
pub fn value_in_its_place(value: &Text, meant: &str, keys: &[Key]) -> Diagnostic {
    let written = one_line(&value.value);
    let others: Vec<&str> = keys.iter().map(|key| key.name).filter(|name| *name != meant).collect();
    Diagnostic::new(&RULE, value.place, format!("„{written}“ není klíč, nejspíš je to hodnota"))
        .help(format!("napište „{meant}: {written}“ a pod to další klíče: {}", others.join(", ")))
}

/// A key between braces and its value, which are one word as long as no blank stands behind the colon.
pub fn without_blank(written: &Text, key: &str, value: &str) -> Diagnostic {
    let behind = written.value.split_once(':').map(|(_, behind)| behind);
    let message = if behind.is_some_and(|behind| behind.starts_with(char::is_whitespace)) {
        "za dvojtečkou je pevná mezera, kterou YAML za mezeru nebere"
    } else {
        "za dvojtečkou chybí mezera"
    };
    key_and_value(written, message.to_owned(), key, value)
}

/// A key between braces and its value without a colon between them.
pub fn without_colon(written: &Text, key: &str, value: &str) -> Diagnostic {
    key_and_value(written, format!("za klíčem „{key}“ chybí dvojtečka"), key, value)
}

/// A value between braces that only `key` can have.
pub fn without_key(written: &Text, key: &str, value: &str) -> Diagnostic {
    key_and_value(written, format!("„{value}“ není klíč, nejspíš je to hodnota"), key, value)
}

fn key_and_value(written: &Text, message: String, key: &str, value: &str) -> Diagnostic {
    let right = format!("{key}: {value}");
    let found = Diagnostic::new(&RULE, written.place, message).help(format!("napište „{right}“"));
    if is_plain(value) { found.replace_with(right) } else { found }
}

/// What a comma parted from the text `whole` of `key`, which is not between quotation marks, but between braces.
pub fn part_of_text(place: Place, part: &str, key: &Text, whole: &str) -> Diagnostic {
    let mark = if whole.contains(['"', '\\']) { '\'' } else { '"' };
    let whole = if mark == '\'' { whole.replace('\'', "''") } else { whole.to_owned() };
    let message = format!("čárka ukončila text za klíčem „{}“, takže „{part}“ není jeho částí", key.value);
    Diagnostic::new(&RULE, place, message)
        .help(format!("text s čárkou patří ve složených závorkách do uvozovek: {}: {mark}{whole}{mark}", key.value))
}

/// The first key of a record that stands in the place of the list it should be in.
pub fn record_without_its_list(key: &Text, list: &str) -> Diagnostic {
    let message = format!("nad klíčem „{}“ chybí klíč „{list}“, jehož položkou je", key.value);
    Diagnostic::new(&RULE, key.place, message).help(format!(
        "napište nad něj řádek „{list}:“, před něj pomlčku s mezerou a další klíče pod ním o dvě mezery odsaďte"
    ))
}

/// The key that was probably meant.
pub fn meant(key: &Text, keys: &[Key]) -> Option<&'static str> {
    nearest(&key.value, keys.iter().map(|key| key.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MeasureId;
    use crate::rules::testing::{dataset, edited, findings, helps, mended};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn every_misspelled_key_of_a_file_is_found_and_mended() {
        let text = edited(PATH, "stav: ČÁSTEČNĚ\n    komentar: Metodika", "stavv: ČÁSTEČNĚ\n    Komentář: Metodika");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            [
                "obdobi/2023/podklady/osv.yaml:4:5: neznámý klíč „stavv“",
                "obdobi/2023/podklady/osv.yaml:5:5: neznámý klíč „Komentář“",
            ]
        );
        assert_eq!(mended(&RULE, &[(PATH, &text)]), ["    stav: ČÁSTEČNĚ", "    komentar: Metodika je rozpracovaná."]);
    }

    #[test]
    fn a_value_in_the_place_of_a_key_is_told_where_it_belongs() {
        let text = "predkladatel: OSV\npodklady:\n  - I/1: PLNĚNO\n  - opatreni: I/2\n    stav: PLNĚNO\n    kriteria:\n      - Počet konferencí: 4\n";
        assert_eq!(
            findings(&RULE, &[(PATH, text)]),
            [
                "obdobi/2023/podklady/osv.yaml:3:5: „I/1“ není klíč, nejspíš je to hodnota",
                "obdobi/2023/podklady/osv.yaml:7:9: „Počet konferencí“ není klíč, nejspíš je to hodnota",
            ]
        );
        assert_eq!(
            helps(&RULE, &[(PATH, text)]),
            [
                "napište „opatreni: I/1“ a pod to další klíče: stav, komentar, kriteria",
                "napište „kriterium: Počet konferencí“ a pod to další klíče: hodnota, stav, doklad",
            ]
        );
        let errors = dataset(&[(PATH, text)]).check(None);
        let errors = errors.iter().filter(|found| found.severity() == Severity::Error);
        assert_eq!(errors.filter(|found| !std::ptr::eq(found.rule, &RULE)).count(), 0);
    }

    #[test]
    fn a_record_in_the_place_of_its_list_is_one_finding() {
        for (path, text, found) in [
            (
                PATH,
                "predkladatel: OSV\nopatreni: I/2\nstav: PLNĚNO\nkomentar: Děje se.\n",
                "2:1: nad klíčem „opatreni“ chybí klíč „podklady“, jehož položkou je",
            ),
            (
                "obdobi/2023/vyhodnoceni.yaml",
                "stav: PLNĚNO\nopatreni: I/1\nduvod: Tak to je.\n",
                "1:1: nad klíčem „stav“ chybí klíč „vyhodnoceni“, jehož položkou je",
            ),
            (
                "opatreni/01.yaml",
                "okruh: I\nnazev: Poradenství\nuvod: Kraj zajistí.\ncislo: 1\npopis: Metodika\ntermin: 12/2024\n",
                "4:1: nad klíčem „cislo“ chybí klíč „opatreni“, jehož položkou je",
            ),
        ] {
            let errors = dataset(&[(path, text)]).check(None);
            let errors = errors.iter().filter(|found| found.severity() == Severity::Error);
            assert_eq!(errors.filter(|found| !std::ptr::eq(found.rule, &RULE)).count(), 0, "{path}");
            assert_eq!(findings(&RULE, &[(path, text)]), [format!("{path}:{found}")]);
        }
        for key in ["podklad", "opatreni"] {
            let misspelled = format!("predkladatel: OSV\n{key}:\n  - {{opatreni: I/2, stav: PLNĚNO}}\n");
            assert_eq!(findings(&RULE, &[(PATH, &misspelled)]), [format!("{PATH}:2:1: neznámý klíč „{key}“")]);
        }
    }

    #[test]
    fn keys_of_an_item_that_are_not_indented_are_one_finding() {
        for (items, found) in [
            (
                "  - opatreni: I/1\nstav: PLNĚNO\nkomentar: Děje se.\n",
                "3:1: klíč „stav“ je odsazen málo: patří k položce seznamu „podklady“",
            ),
            (
                "  - opatreni: I/1\n    stav: PLNĚNO\n    kriteria:\n      - kriterium: metodika\n    hodnota: 1\n    doklad: a\n",
                "6:5: klíč „hodnota“ je odsazen málo: patří k položce seznamu „kriteria“",
            ),
        ] {
            let text = format!("podklady:\n{items}");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:{found}")]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), ["odsaďte ho i klíče pod ním přesně pod první klíč té položky"]);
        }
        // Nobody misses the comment that nobody could read.
        let text = edited(PATH, "    komentar: Metodika", "komentar: Metodika");
        let text = text.split("  - opatreni: I/2").next().expect("it begins so");
        let found = dataset(&[(PATH, text)]).check(None);
        let found: Vec<&str> =
            found.iter().filter(|it| it.measure == MeasureId::parse("I/1")).map(|it| it.rule.code).collect();
        assert_eq!(found, ["neznamy-klic"]);
    }

    #[test]
    fn faults_of_keys_in_definitions_name_the_measure_and_nothing_follows_from_them() {
        const AREA: &str = "opatreni/01.yaml";
        for (from, to, expected) in [
            ("    indikator: metodika\n", "    indikátor: metodika\n", &["neznamy-klic I/1"][..]),
            ("    popis: metodiku bydlení\n    indikator: metodika\n", "    popis:\n", &["chybejici-klic I/1"]),
            ("    termin: průběžně do 12/2027\n", "    termin:\n", &["chybejici-klic I/2"]),
            ("popis: případové", "popis: [případové]\n    x: případové", &["neznamy-klic I/2", "spatny-typ I/2"]),
            ("nazev: Bydlení\n", "nazevv: Bydlení\n", &["neznamy-klic -"]),
        ] {
            let text = edited(AREA, from, to);
            let found = dataset(&[(AREA, &text)]).check(None).into_iter();
            let mut found: Vec<String> = found
                .filter(|found| found.severity() != Severity::Note)
                .map(|found| {
                    let measure = found.measure.map_or("-".to_owned(), |id| id.to_string());
                    format!("{} {measure}", found.rule.code)
                })
                .collect();
            found.sort();
            assert_eq!(found, expected, "{to}");
        }
    }

    #[test]
    fn where_no_key_is_near_all_are_named() {
        let text = edited(PATH, "    komentar: Metodika", "    vyřizuje: Novák\n    komentar: Metodika");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["obdobi/2023/podklady/osv.yaml:5:5: neznámý klíč „vyřizuje“"]);
        assert_eq!(helps(&RULE, &[(PATH, &text)]), ["zde mohou být klíče: opatreni, stav, komentar, kriteria"]);
    }

    #[test]
    fn a_text_that_a_comma_ends_between_braces_is_told_with_all_of_it() {
        let found = |entry: &str| {
            let text = format!("predkladatel: OSV\npodklady:\n  - {entry}\n");
            (findings(&RULE, &[(PATH, &text)]), helps(&RULE, &[(PATH, &text)]))
        };
        let told = |part: &str, whole: &str| {
            let message =
                format!("{PATH}:3:56: čárka ukončila text za klíčem „komentar“, takže „{part}“ není jeho částí");
            let help = format!("text s čárkou patří ve složených závorkách do uvozovek: komentar: {whole}");
            (vec![message], vec![help])
        };
        let one = "{opatreni: I/1, stav: ČÁSTEČNĚ, komentar: Kurz, jen v obci.}";
        let (mut message, help) = told("jen v obci.", "\"Kurz, jen v obci.\"");
        message[0] = message[0].replace(":56:", ":53:");
        assert_eq!(found(one), (message, help));
        let several = "{opatreni: I/1, komentar: V obci, Turnově, a Semilech, stav: PLNĚNO}";
        let (mut message, help) = told("Turnově, a Semilech", "\"V obci, Turnově, a Semilech\"");
        message[0] = message[0].replace(":56:", ":39:");
        assert_eq!(found(several), (message, help));
        let quoted = "{opatreni: I/1, stav: PLNĚNO, komentar: Kurz \"A\", b\\}";
        assert_eq!(found(quoted).1, told("", "'Kurz \"A\", b\\'").1);
        let number = "{opatreni: I/1, stav: PLNĚNO, kriteria: [{kriterium: Kurzy, hodnota: 3,5, stav: PLNĚNO}]}";
        assert!(found(number).1[0].ends_with("hodnota: \"3,5\""), "{:?}", found(number));
        let word = "{opatreni: I/1, stav: PLNĚNO, kriteria: [{kriterium: Kurzy, stav bydlení, hodnota: 3}]}";
        assert!(found(word).1[0].ends_with("kriterium: \"Kurzy, stav bydlení\""), "{:?}", found(word));
        // Others are unknown keys as before.
        for entry in [
            "{opatreni: I/1, stav: PLNĚNO, komentar: \"Kurz\", dál}",
            "{opatreni: I/1, stav: PLNĚNO, komentar: Kurz, dál: }",
            "{opatreni: I/1, stav: PLNĚNO, komentar: Kurz, \"dál\"}",
        ] {
            assert!(found(entry).0[0].ends_with("neznámý klíč „dál“"), "{entry}: {:?}", found(entry));
        }
    }

    #[test]
    fn a_key_between_braces_that_its_value_hides_is_told_once() {
        const AREA: &str = "opatreni/01.yaml";
        const NO_BLANK: &str = "za dvojtečkou chybí mezera";
        for (path, text, at, message, help) in [
            (PATH, "{opatreni: I/1, stav:PLNĚNO, komentar: Kurz.}", "3:21", NO_BLANK, "napište „stav: PLNĚNO“"),
            (PATH, "{opatreni: I/1, komentar: Kurz, stav:PLNĚNO}", "3:37", NO_BLANK, "napište „stav: PLNĚNO“"),
            (PATH, "{opatreni:I/1, stav: PLNĚNO}", "3:6", NO_BLANK, "napište „opatreni: I/1“"),
            (PATH, "opatreni:I/1", "3:5", NO_BLANK, "napište „opatreni: I/1“"),
            (PATH, "{opatreni:I/1}", "3:6", NO_BLANK, "napište „opatreni: I/1“"),
            (PATH, "{opatreni: I/1, stav: PLNĚNO, komentář:Kurz}", "3:35", NO_BLANK, "napište „komentar: Kurz“"),
            (
                PATH,
                "{opatreni: I/1, komentar: Kurz, stav PLNĚNO}",
                "3:37",
                "za klíčem „stav“ chybí dvojtečka",
                "napište „stav: PLNĚNO“",
            ),
            (
                PATH,
                "{opatreni: I/1, komentar: Kurz, plněno}",
                "3:37",
                "„plněno“ není klíč, nejspíš je to hodnota",
                "napište „stav: plněno“",
            ),
            (
                PATH,
                "{opatreni: I/1, stav: PLNĚNO, komentář, kriteria: []}",
                "3:35",
                "neznámý klíč „komentář“",
                "nemysleli jste „komentar“?",
            ),
            (
                PATH,
                "{opatreni: I/1, stav: PLNĚNO, zcela}",
                "3:35",
                "neznámý klíč „zcela“",
                "zde mohou být klíče: opatreni, stav, komentar, kriteria",
            ),
            // A text may name what the mapping has already.
            (
                PATH,
                "{opatreni: I/1, stav: PLNĚNO, komentar: Kurz, stav je dobrý}",
                "3:51",
                "čárka ukončila text za klíčem „komentar“, takže „stav je dobrý“ není jeho částí",
                "text s čárkou patří ve složených závorkách do uvozovek: komentar: \"Kurz, stav je dobrý\"",
            ),
            (AREA, "{nazev: metodika, druh:vystup}", "8:34", NO_BLANK, "napište „druh: vystup“"),
            (
                AREA,
                "{nazev: metodika, druh:\u{A0}vystup}",
                "8:34",
                "za dvojtečkou je pevná mezera, kterou YAML za mezeru nebere",
                "napište „druh: vystup“",
            ),
            (
                AREA,
                "{nazev: metodika, vystup}",
                "8:34",
                "„vystup“ není klíč, nejspíš je to hodnota",
                "napište „druh: vystup“",
            ),
        ] {
            let text = match path {
                AREA => edited(AREA, "{nazev: metodika, druh: vystup}", text),
                _ => format!("predkladatel: OSV\npodklady:\n  - {text}\n"),
            };
            assert_eq!(findings(&RULE, &[(path, &text)]), [format!("{path}:{at}: {message}")]);
            assert_eq!(helps(&RULE, &[(path, &text)]), [help], "{text}");
            let errors = dataset(&[(path, &text)]).check(None);
            let errors = errors.iter().filter(|found| found.severity() == Severity::Error);
            let others: Vec<_> =
                errors.filter(|found| !std::ptr::eq(found.rule, &RULE)).map(|found| found.rule.code).collect();
            assert!(others.iter().all(|code| *code == "chybejici-stav"), "{text}: {others:?}");
        }
    }

    #[test]
    fn known_keys_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
