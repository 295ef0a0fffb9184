//! A value of the wrong kind: a list where a text is wanted, and the like.

use crate::diagnostic::{Diagnostic, Severity, is_plain};
use crate::load::shape::Shape;
use crate::load::yaml::Value;
use crate::model::change::number_alone;
use crate::model::one_line;
use crate::rules::Rule;
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "spatny-typ",
    severity: Severity::Error,
    title: "Hodnota má jiný tvar, než má mít",
    explanation: "Na místě, kde se čeká text, stojí seznam nebo vnořené klíče (či naopak). Obvykle je na vině odsazení nebo chybějící pomlčka. Také kód subjektu je jen jeden: středník v tabulkách odděluje kódy od sebe. A u usnesení stojí jen jeho číslo: slova kolem něj píše zpráva sama.",
    example: "podklady:\n  opatreni: IX/3\n  stav: PLNĚNO",
    mend: "Zkontrolujte odsazení a pomlčky; položky seznamu začínají pomlčkou a mezerou.",
    checks: &[],
};

/// What the loader calls a file whose values all hang on no key.
const WHOLE_FILE: &str = "soubor";

/// A value that is not of its key's shape.
pub fn finding(place: Place, name: &str, shape: &Shape, found: &Value, is_in_brackets: bool) -> Diagnostic {
    let (wanted, help) = match shape {
        Shape::List(_) => ("seznam", "každá položka seznamu začíná na novém řádku pomlčkou a mezerou"),
        Shape::Map(_) => ("klíče s hodnotami", "pište „klíč: hodnota“, každý na svůj řádek"),
        Shape::TextOrList => ("text nebo seznam", "pište například „[OSV, OZ]“"),
        Shape::MeasureId if is_in_brackets => {
            ("text", "napište jedno opatření bez závorek; každé má svůj vlastní zápis")
        }
        _ if is_in_brackets => (
            "text",
            "smažte závorky a nechte jednu hodnotu; závorky, které k textu patří, dejte s ním do rovných uvozovek \" \"",
        ),
        _ => ("text", "pište hodnotu za dvojtečku; víceřádkový text uveďte znakem „|“ a odsaďte"),
    };
    let subject = if name == WHOLE_FILE { name.to_owned() } else { format!("„{name}“") };
    let found = match found {
        Value::Null => ", ale nic tu není",
        Value::Text(_) => ", ne text",
        Value::List(_) => ", ne seznam",
        Value::Map(_) => ", ne vnořené klíče",
    };
    // A nested value may take many lines; its first character is enough to point at;
    // the loader widens the place to the whole of it.
    let place = Place { end: place.end.min(place.start + 1), ..place };
    Diagnostic::new(&RULE, place, format!("{subject} má obsahovat {wanted}{found}")).help(help)
}

/// A code of a body that whoever reads our tables would take for several.
pub fn several_codes(code: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, code.place, "„kod“ má obsahovat jeden kód, ne kódy oddělené středníkem")
        .help("každý subjekt zapište zvlášť; je-li to subjekt jeden, zvolte kód bez středníku")
}

/// A number of a resolution with words that documents put around it themselves.
pub fn more_than_number(resolution: &Text) -> Diagnostic {
    let message = format!("„usneseni“ má obsahovat jen číslo, ne „{}“", one_line(&resolution.value));
    let diagnostic = Diagnostic::new(&RULE, resolution.place, message);
    match number_alone(&resolution.value).filter(|number| is_plain(number)) {
        Some(number) => {
            let help = format!("napište „{number}“; „usnesení č.“ před něj píše zpráva sama");
            diagnostic.help(help).replace_with(number)
        }
        None => diagnostic.help("napište číslo bez dalších slov, například 513/21/ZK; „usnesení č.“ píše zpráva sama"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, findings, helps, mended, run};

    const PATH: &str = "opatreni/01.yaml";
    const SUBMITTED: &str = "obdobi/2023/podklady/oz.yaml";

    #[test]
    fn a_value_of_another_shape_is_one_finding_where_it_begins() {
        for (path, text, at, message) in [
            (
                SUBMITTED,
                "podklady:\n  opatreni: II/1\n  stav: PLNĚNO\n".to_owned(),
                "2:3",
                "„podklady“ má obsahovat seznam, ne vnořené klíče",
            ),
            (SUBMITTED, "podklady: II/1\n".to_owned(), "1:11", "„podklady“ má obsahovat seznam, ne text"),
            (
                SUBMITTED,
                "podklady:\n  - II/1\n".to_owned(),
                "2:5",
                "„podklady“ má obsahovat klíče s hodnotami, ne text",
            ),
            (SUBMITTED, "- opatreni: II/1\n".to_owned(), "1:1", "soubor má obsahovat klíče s hodnotami, ne seznam"),
            (
                PATH,
                edited(PATH, "popis: metodiku bydlení", "popis: [metodiku]"),
                "6:12",
                "„popis“ má obsahovat text, ne seznam",
            ),
            (
                PATH,
                edited(PATH, "[OSV]\n", "{kdo: OSV}\n"),
                "10:18",
                "„odpovednost“ má obsahovat text nebo seznam, ne vnořené klíče",
            ),
            (PATH, edited(PATH, "cislo: 2", "cislo: [2]"), "12:12", "„cislo“ má obsahovat text, ne seznam"),
        ] {
            assert_eq!(findings(&RULE, &[(path, &text)]), [format!("{path}:{at}: {message}")], "{text}");
        }
    }

    #[test]
    fn an_empty_item_of_a_list_is_found() {
        let text = edited(PATH, "[OSV]\n", "[OSV, ~]\n");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["opatreni/01.yaml:10:24: „odpovednost“ má obsahovat text, ale nic tu není"]
        );
    }

    #[test]
    fn brackets_around_a_text_are_told_to_go() {
        const DELETE: &str = "smažte závorky a nechte jednu hodnotu; závorky, které k textu patří, dejte s ním do rovných uvozovek \" \"";
        const ONE: &str = "napište jedno opatření bez závorek; každé má svůj vlastní zápis";
        const BELOW: &str = "pište hodnotu za dvojtečku; víceřádkový text uveďte znakem „|“ a odsaďte";
        for (item, help) in [
            ("opatreni: I/1\n    stav: [NEPLNĚNO]", DELETE),
            ("opatreni: I/1\n    stav: PLNĚNO\n    komentar: {doplnit}", DELETE),
            ("opatreni: [I/1, I/2]\n    stav: PLNĚNO", ONE),
            ("opatreni: I/1\n    stav: PLNĚNO\n    komentar:\n      - Děje se.", BELOW),
            ("opatreni: I/1\n    stav: PLNĚNO\n    komentar:\n      kdy: Děje se.", BELOW),
        ] {
            let text = format!("podklady:\n  - {item}\n");
            assert_eq!(helps(&RULE, &[(SUBMITTED, &text)]), [help], "{text}");
        }
    }

    #[test]
    fn one_text_or_a_list_of_texts_is_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        for written in ["OSV", "\n      - OSV\n      - OZ"] {
            let text = edited(PATH, "[OSV]\n", &format!("{written}\n"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{written}");
        }
    }

    #[test]
    fn a_first_letter_of_more_bytes_is_pointed_at_whole() {
        for text in ["subjekty: ženy\n", "š\n", "subjekty:\n  - kod: [Čáp]\n", "subjekty:\n  - kod:\n    - Čáp\n"]
        {
            for found in run(&RULE, &dataset(&[("subjekty.yaml", text)])) {
                let shown = text.get(found.place.range());
                assert_eq!(shown.map(|shown| shown.chars().count()), Some(1), "{text:?}: {found:?}");
            }
        }
    }

    #[test]
    fn a_code_with_the_mark_that_parts_codes_is_one_finding() {
        let text = edited("subjekty.yaml", "kod: obce", "kod: \"obce; města\"")
            .replace("{kod: \"obce; města\"", "{kod: \"obce; města\", aliasy: [obce]");
        assert_eq!(
            findings(&RULE, &[("subjekty.yaml", &text)]),
            ["subjekty.yaml:5:11: „kod“ má obsahovat jeden kód, ne kódy oddělené středníkem"]
        );
    }

    #[test]
    fn a_resolution_is_its_number_alone_wherever_it_stands() {
        const STRATEGY: &str = "strategie.yaml";
        const PERIOD: &str = "obdobi/2023/obdobi.yaml";
        let strategy = |number: &str| edited(STRATEGY, "1/21/ZK", number);
        let changed = |number: &str| {
            let change = format!("    zmeny: [{{od: 2025, druh: zmena, usneseni: {number}}}]\n    termin: 12/2024");
            edited(PATH, "    termin: 12/2024", &change)
        };
        let period = |number: &str| {
            edited(PERIOD, "obdobi: 2023", &format!("pisemna_informace: {{usneseni: {number}}}\nobdobi: 2023"))
        };
        for (path, written, at) in [
            (STRATEGY, &strategy as &dyn Fn(&str) -> String, "4:11"),
            (PATH, &changed, "9:47"),
            (PERIOD, &period, "1:31"),
        ] {
            let found = |number: &str| findings(&RULE, &[(path, &written(number))]);
            let message = "„usneseni“ má obsahovat jen číslo, ne „č. 5/21/ZK“";
            assert_eq!(found("\"č. 5/21/ZK\""), [format!("{path}:{at}: {message}")]);
            let right = written("5/21/ZK");
            for text in [
                "č. 5/21/ZK",
                "č.5/21/ZK",
                "usnesení č. 5/21/ZK ze dne 1. 3. 2024",
                "Usnesením 5/21/ZK",
                "5/21/ZK ze dne 1. 3. 2024",
            ] {
                let mended = mended(&RULE, &[(path, &written(text))]);
                assert!(mended.len() == 1 && right.contains(&mended[0]), "{text}: {mended:?}");
            }
            for text in [
                "č. 5/21/ZK a č. 6/21/ZK",
                "č. 5/21 ze dne 3. 5. 2021 ve znění usnesení č. 9/23",
                "usnesení č. 5 / 21",
                "usnesení ZK 5/21",
            ] {
                let help = "napište číslo bez dalších slov, například 513/21/ZK; „usnesení č.“ píše zpráva sama";
                assert_eq!(helps(&RULE, &[(path, &written(text))]), [help], "{text}");
                assert_eq!(mended(&RULE, &[(path, &written(text))]), [""; 0], "{text}");
            }
            for text in ["5/21/ZK", "R-12/24", "ZK 5/21"] {
                assert_eq!(found(text), [""; 0], "{text}");
            }
        }
    }

    #[test]
    fn a_frozen_period_keeps_the_number_of_its_resolution() {
        const PERIOD: &str = "obdobi/2023/obdobi.yaml";
        let changes =
            [(PERIOD, &*edited(PERIOD, "obdobi: 2023", "pisemna_informace: {usneseni: č. 5/21}\nobdobi: 2023"))];
        let frozen = crate::freezing::testing::frozen_with(crate::model::Year(2023), &changes);
        let kept = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        assert_eq!(findings(&RULE, &kept.chain(changes).collect::<Vec<_>>()), [""; 0]);
    }
}
