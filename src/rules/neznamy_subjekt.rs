//! A body that is not in the register.

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::model::{Register, one_line, squash};
use crate::rules::Rule;
use crate::source::{FileId, Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neznamy-subjekt",
    severity: Severity::Error,
    title: "Neznámý subjekt",
    explanation: "Subjekt není v registru subjekty.yaml, takže se nedá poznat, komu opatření patří, kdo podklad předložil nebo kdo připomínku vznesl. Připomínku může vznést i ten, koho u období jmenuje klíč „projednani“.",
    example: "odpovednost: [OŠMST]",
    mend: "Použijte kód z registru; je-li subjekt nový, doplňte ho tam, jiné psaní přidejte mezi jeho aliasy.",
    checks: &[],
};

/// A text that is no body's name.
pub fn finding(place: Place, written: &str, register: &Register) -> Diagnostic {
    let written = one_line(written);
    if let Some(found) = several(place, &written, register) {
        return found;
    }
    let diagnostic = Diagnostic::new(&RULE, place, format!("subjekt „{written}“ není v registru"));
    let called = register.find_called(&written).map(|body| register.code(body));
    match called.or_else(|| nearest_code(&written, register)) {
        Some(code) => diagnostic.meant(code),
        None => diagnostic.help("použijte kód ze souboru subjekty.yaml, nebo tam subjekt doplňte"),
    }
}

/// The code of the body of which some name is the nearest to what is written.
fn nearest_code<'r>(written: &str, register: &'r Register) -> Option<&'r str> {
    // A code and an alias of the same body may be equally near.
    let name = nearest(written, register.names()).or_else(|| nearest(written, register.codes()))?;
    register.find(name).map(|body| register.code(body))
}

/// A text that names more bodies where one belongs.
fn several(place: Place, written: &str, register: &Register) -> Option<Diagnostic> {
    let n_named = register.parse(written).ok().filter(|named| named.len() > 1)?.len();
    let message = format!("„{written}“ jmenuje víc subjektů ({n_named}), patří sem jen jeden");
    let help = "nechte jen jeden; podklady i připomínky má každý subjekt ve vlastním souboru nebo na vlastním řádku";
    Some(Diagnostic::new(&RULE, place, message).help(help))
}

/// A submission file named after nobody.
pub fn file_name(file: FileId, stem: &str, register: &Register) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &RULE,
        Place::start_of(file),
        format!("soubor se jmenuje „{stem}“ a podle toho ho nikdo nepředložil"),
    );
    match nearest_code(stem, register) {
        Some(code) => diagnostic
            .help(format!("nepředložil ho „{code}“? Přejmenujte soubor, nebo doplňte klíč či sloupec „predkladatel“")),
        None => diagnostic.help("přejmenujte soubor podle kódu subjektu, nebo doplňte klíč či sloupec „predkladatel“"),
    }
}

/// A comment by nobody who is known. Names in `projednani` are long, so their beginning is enough to
/// tell which one was meant.
pub fn author(text: &Text, register: &Register, consulted: &[String]) -> Diagnostic {
    let written = one_line(&text.value);
    if let Some(found) = several(text.place, &written, register) {
        return found;
    }
    let message = format!("subjekt „{written}“ není v registru ani mezi těmi, komu byla zpráva předložena");
    let diagnostic = Diagnostic::new(&RULE, text.place, message);
    let begun = consulted.iter().map(String::as_str).find(|name| squash(name).starts_with(&squash(&written)));
    let known = register.names().chain(consulted.iter().map(String::as_str));
    let called = register.find_called(&written).map(|body| register.code(body));
    let code_of = |name| register.find(name).map_or(name, |body| register.code(body));
    match called.or(begun).or_else(|| nearest(&written, known).map(code_of)) {
        Some(name) => diagnostic.meant(name),
        None => diagnostic.help("použijte kód ze souboru subjekty.yaml, nebo název z klíče „projednani“ v obdobi.yaml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps, mended};

    const PATH: &str = "opatreni/01.yaml";

    #[test]
    fn who_is_not_in_the_register_is_found_within_the_text() {
        for (written, column, name) in
            [("[Hasiči]", 19, "Hasiči"), ("KÚ / OZ + Hasiči", 28, "Hasiči"), ("[OZ, \"KÚ – Hasiči\"]", 29, "Hasiči")]
        {
            let text = edited(PATH, "[OSV]\n", &format!("{written}\n"));
            let expected = format!("opatreni/01.yaml:10:{column}: subjekt „{name}“ není v registru");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected], "{written}");
        }
    }

    #[test]
    fn every_place_that_names_a_body_is_looked_into() {
        let strategy = edited("strategie.yaml", "koordinator: OSV", "koordinator: Hasiči");
        let bodies = edited("subjekty.yaml", "odbor, nadrizeny: KÚ}", "odbor, nadrizeny: Hasiči}");
        let submitted = "predkladatel: Hasiči\npodklady:\n  - {opatreni: I/1, stav: PLNĚNO}\n";
        for (path, text, at) in [
            ("strategie.yaml", strategy.as_str(), "6:14"),
            ("subjekty.yaml", bodies.as_str(), "3:70"),
            ("obdobi/2023/podklady/osv.yaml", submitted, "1:15"),
            ("obdobi/2023/podklady/oz.csv", "opatreni,stav,predkladatel\nII/1,PLNĚNO,Hasiči\n", "2:13"),
        ] {
            let expected = format!("{path}:{at}: subjekt „Hasiči“ není v registru");
            assert_eq!(findings(&RULE, &[(path, text)]), [expected], "{path}");
        }
    }

    #[test]
    fn a_name_leads_to_its_code_and_several_bodies_are_too_many() {
        let help =
            "nechte jen jeden; podklady i připomínky má každý subjekt ve vlastním souboru nebo na vlastním řádku";
        for (path, text) in [
            ("obdobi/2023/podklady/x.yaml", "predkladatel: {}\npodklady:\n  - {opatreni: II/1, stav: PLNĚNO}\n"),
            ("obdobi/2023/podklady/x.csv", "opatreni;stav;Subjekt\nII/1;PLNĚNO;{}\n"),
            ("obdobi/2023/pripominky.csv", "subjekt;opatreni;text\n{};II/1;Doplňte čísla.\n"),
        ] {
            let of = |body: &str| text.replace("{}", body);
            for name in ["odbor zdravotnictví", "Odbor  zdravotnictvi"] {
                assert_eq!(helps(&RULE, &[(path, &of(name))]), ["nemysleli jste „OZ“?"], "{path}");
                let line = of("OZ").lines().find(|line| line.contains("OZ")).map(str::to_owned);
                assert_eq!(mended(&RULE, &[(path, &of(name))]), line.into_iter().collect::<Vec<_>>(), "{path}");
            }
            let found = findings(&RULE, &[(path, &of("OZ, OSV"))]);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].ends_with("„OZ, OSV“ jmenuje víc subjektů (2), patří sem jen jeden"), "{found:?}");
            assert_eq!(helps(&RULE, &[(path, &of("OZ, OSV"))]), [help]);
        }
    }

    #[test]
    fn a_misspelled_code_is_mended_and_otherwise_the_register_named() {
        let text = edited(PATH, "[OSV]\n", "[OVS]\n");
        assert_eq!(mended(&RULE, &[(PATH, &text)]), ["    odpovednost: [OSV]"]);
        let text = edited(PATH, "[OSV]\n", "[Hasiči]\n");
        assert_eq!(helps(&RULE, &[(PATH, &text)]), ["použijte kód ze souboru subjekty.yaml, nebo tam subjekt doplňte"]);
    }

    #[test]
    fn the_author_of_a_comment_is_known_by_the_beginning_unless_it_needs_quotes() {
        const COMMENTS: &str = "obdobi/2023/pripominky.yaml";
        let period =
            "obdobi: 2023\nod: 2022-01-01\ndo: 2023-12-31\nprojednani: [Rada seniorů kraje, \"Svaz obcí, z. s.\"]\n";
        let help_and_line = |author: &str| {
            let comment = format!("pripominky:\n  - subjekt: {author}\n    cast: Úvod\n    text: Doplňte čísla.\n");
            let changes = [("obdobi/2023/obdobi.yaml", period), (COMMENTS, comment.as_str())];
            (helps(&RULE, &changes).concat(), mended(&RULE, &changes).concat())
        };
        assert_eq!(
            help_and_line("Rada seniorů"),
            ("nemysleli jste „Rada seniorů kraje“?".to_owned(), "  - subjekt: Rada seniorů kraje".to_owned())
        );
        assert_eq!(help_and_line("Svaz"), ("nemysleli jste „Svaz obcí, z. s.“?".to_owned(), String::new()));
    }

    #[test]
    fn a_file_named_after_nobody_is_found_as_a_whole() {
        let text = "opatreni,stav\nII/1,PLNĚNO\nI/2,PLNĚNO\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/podklady/hasici.csv", text)]),
            ["obdobi/2023/podklady/hasici.csv:1:1: soubor se jmenuje „hasici“ a podle toho ho nikdo nepředložil"]
        );
        assert_eq!(
            helps(&RULE, &[("obdobi/2023/podklady/obec.csv", text)]),
            ["nepředložil ho „obce“? Přejmenujte soubor, nebo doplňte klíč či sloupec „predkladatel“"]
        );
        assert_eq!(
            helps(&RULE, &[("obdobi/2023/podklady/hasici.csv", text)]),
            ["přejmenujte soubor podle kódu subjektu, nebo doplňte klíč či sloupec „predkladatel“"]
        );
    }

    #[test]
    fn an_alias_is_as_near_as_a_code() {
        let added = "aliasy: [zdravotnictví, OŽP]}\n  - {kod: OZSP, nazev: jiný odbor, druh: odbor, nadrizeny: KÚ}";
        let bodies = edited("subjekty.yaml", "aliasy: [zdravotnictví]}", added);
        let text = "podklady:\n  - {opatreni: II/1, stav: PLNĚNO}\n";
        for (stem, help) in [
            ("ozp", &[][..]),
            ("ozpy", &["nepředložil ho „OZ“? Přejmenujte soubor, nebo doplňte klíč či sloupec „predkladatel“"]),
        ] {
            let path = format!("obdobi/2023/podklady/{stem}.yaml");
            let found = helps(&RULE, &[("subjekty.yaml", &bodies), (&path, text)]);
            assert_eq!(found.into_iter().filter(|help| help.starts_with("nepředložil")).collect::<Vec<_>>(), help);
        }
    }

    #[test]
    fn codes_aliases_and_lists_in_one_text_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        for written in ["KÚ / OSV + zdravotnictví", "[osv, Obce]", "\"???\""] {
            let text = edited(PATH, "[OSV]\n", &format!("{written}\n"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{written}");
        }
    }
}
