//! A file whose bytes are no text in a known encoding.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::encoding::Problem;
use crate::rules::Rule;
use crate::source::{FileId, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "kodovani",
    severity: Severity::Error,
    title: "Soubor není v kódování UTF-8",
    explanation: "Soubor je uložen v jiném kódování, je poškozený, nebo to vůbec není text. Dvojice znaků jako „Ăˇ“ či „Ã¡“ místo písmen a otazníky uvnitř slov vznikly, když někdo soubor otevřel nebo uložil v jiném kódování. Znak „�“ zbyl po písmeni, které se ztratilo už dřív. YAML a texty zprávy musí být v UTF-8; u CSV se čte i windows-1250, jak ho ukládá český Excel.",
    example: "soubor YAML uložený v kódování windows-1250",
    mend: "Uložte soubor znovu v kódování UTF-8: text a YAML v editoru, který při ukládání dovolí kódování zvolit, tabulku v Excelu jako „CSV UTF-8“.",
    checks: &[],
};

/// Bytes that cannot be read. `text` is the file with the broken bytes replaced. Tables come from Excel,
/// all else from an editor of texts.
pub fn finding(file: FileId, text: &str, problem: Problem, is_csv: bool) -> Diagnostic {
    let saving = if is_csv {
        "uložte ho v kódování UTF-8 (v Excelu „CSV UTF-8“)"
    } else {
        "otevřete ho v textovém editoru a uložte v kódování UTF-8"
    };
    let from_original = format!("vraťte se k původnímu souboru, ve kterém písmena ještě jsou, a {saving}");
    let (at, message, help) = match problem {
        Problem::Binary(at) if is_csv => {
            (at, BINARY, "koncovka .csv z něj tabulku v textu neudělá: otevřete ho v Excelu a uložte jako „CSV UTF-8“")
        }
        Problem::Binary(at) => (at, BINARY, "patří sem jen YAML, CSV a texty v kódování UTF-8"),
        Problem::Utf16 => (0, "soubor je v kódování UTF-16", saving),
        Problem::NotUtf8(at) => (at, "soubor není v kódování UTF-8", saving),
        Problem::Dos(at) => (at, "soubor je v kódování CP852, které Excel nazývá „CSV (MS-DOS)“", saving),
        Problem::Latin2(at) => (at, "soubor je v kódování ISO-8859-2", saving),
        Problem::Garbled(at) => (at, GARBLED, from_original.as_str()),
        Problem::Questioned(at) => (at, QUESTIONED, from_original.as_str()),
    };
    // Up to the first broken byte the replaced text is the same as the file.
    let at = text.floor_char_boundary(at);
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    Diagnostic::new(&RULE, Place::new(file, at..at + length), message).help(help)
}

const BINARY: &str = "soubor není text, jsou v něm nulové bajty";

/// What happened to a text whose letters are pairs of others.
pub const GARBLED: &str =
    "text byl otevřen ve špatném kódování a znovu uložen: písmena s háčky a čárkami se změnila na dvojice jiných znaků";

/// What happened to a text with question marks in the place of letters.
pub const QUESTIONED: &str = "text byl uložen v kódování, které nemá všechna česká písmena: místo nich jsou otazníky";

/// The first character of a file that stands for one that was lost before it came here.
pub fn lost_letter(file: FileId, at: usize) -> Diagnostic {
    let place = Place::new(file, at..at + char::REPLACEMENT_CHARACTER.len_utf8());
    Diagnostic::new(&RULE, place, "místo písmene je tu znak „�“: ztratilo se při převodu z jiného kódování")
        .help("napište písmeno, které tu bylo; je-li takových míst víc, uložte původní text znovu v UTF-8")
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1250;

    use super::*;
    use crate::dataset::Dataset;
    use crate::freezing::testing::frozen_with;
    use crate::load::RawFile;
    use crate::model::Year;
    use crate::rules::testing::{self, FILES, dataset, in_words, run};

    /// Like `testing::findings`, with one file of any bytes added.
    fn findings(path: &str, bytes: &[u8]) -> Vec<String> {
        let dataset = with_file(path, bytes);
        run(&RULE, &dataset).iter().map(|diagnostic| in_words(diagnostic, &dataset)).collect()
    }

    fn with_file(path: &str, bytes: &[u8]) -> Dataset {
        let kept = FILES.iter().filter(|(known, _)| *known != path);
        let mut files: Vec<RawFile> =
            kept.map(|(path, text)| RawFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() }).collect();
        files.push(RawFile { path: path.to_owned(), bytes: bytes.to_vec() });
        Dataset::new(files)
    }

    #[test]
    fn each_kind_of_unreadable_bytes_is_found_where_it_shows() {
        let (windows_1250, _, _) = WINDOWS_1250.encode("okruh: III\nnazev: Dluhová poradna – žádná\n");
        for (bytes, at, message) in [
            (&*windows_1250, "2:14", "soubor není v kódování UTF-8"),
            (b"\xFF\xFEo\0k\0", "1:1", "soubor je v kódování UTF-16"),
            (b"okruh: III\nnazev: \0\n", "2:8", "soubor není text, jsou v něm nulové bajty"),
            (b"\xEF\xBB\xBFokruh: \xE8\n", "1:8", "soubor není v kódování UTF-8"),
        ] {
            assert_eq!(findings("opatreni/03.yaml", bytes), [format!("opatreni/03.yaml:{at}: {message}")]);
        }
    }

    #[test]
    fn only_tables_are_to_be_saved_in_excel() {
        for (path, says_excel) in [
            ("opatreni/03.yaml", false),
            ("obdobi/2023/uvod.md", false),
            ("obdobi/2023/podklady/oz.yaml", false),
            ("obdobi/2023/podklady/oz.csv", true),
            ("obdobi/2023/pripominky.csv", true),
        ] {
            for bytes in [&b"p\xC5\x99\xC5\x99\xC5"[..], b"\xFF\xFEo\0k\0", b"PK\x03\x04\x14\0"] {
                let found = run(&RULE, &with_file(path, bytes));
                let help = found.first().and_then(|found| found.help.clone()).unwrap_or_default();
                assert!(help.contains("UTF-8"), "{path}: {help}");
                assert_eq!(help.contains("Excel"), says_excel, "{path}: {help}");
            }
        }
    }

    #[test]
    fn the_character_in_the_place_of_the_broken_byte_is_marked() {
        let dataset = with_file("opatreni/03.yaml", b"okruh: III\nnazev: \xE8as\n");
        let place = run(&RULE, &dataset)[0].place;
        assert_eq!(dataset.files.get(place.file).text().get(place.range()), Some("\u{FFFD}"));
    }

    #[test]
    fn a_letter_that_was_lost_before_is_marked() {
        let dataset = with_file("opatreni/03.yaml", "okruh: III\nnazev: \u{FFFD}as a \u{FFFD}est\n".as_bytes());
        let found = run(&RULE, &dataset);
        assert_eq!(found.len(), 1, "the first one stands for all");
        assert_eq!(found[0].place.range(), 18..21);
    }

    #[test]
    fn letters_that_were_lost_on_the_way_are_one_finding_of_their_file() {
        let table = "opatreni;stav;komentar\nII/1;PLNĚNO;Mediátoři pracují ve třech městech.\n";
        let form = "plneni-formular;verze;1;obdobi;2023;subjekt;OZ\nČíslo opatření;Stav\nII/1;PLNĚNO\n";
        let garbled = |text: &str| WINDOWS_1250.decode_without_bom_handling(text.as_bytes()).0.into_owned();
        let western = table.replace(['ě', 'ř', 'Ě'], "?");
        for (path, text, at, message) in [
            ("obdobi/2023/podklady/oz.csv", garbled(table), "2:9", GARBLED),
            ("obdobi/2023/podklady/oz.csv", garbled(form), "2:1", GARBLED),
            ("obdobi/2023/podklady/oz.csv", western, "2:9", QUESTIONED),
            (
                "obdobi/2023/podklady/oz.yaml",
                garbled("podklady:\n  - opatreni: II/1\n    stav: PLNĚNO\n    komentar: Řeší\n"),
                "3:14",
                GARBLED,
            ),
            ("obdobi/2023/uvod.md", garbled("Úvod: řešení\n"), "1:1", GARBLED),
        ] {
            let found = dataset(&[(path, &text)]).check(None);
            let places: Vec<_> = found.iter().map(|found| in_words(found, &dataset(&[(path, &text)]))).collect();
            assert_eq!(places, [format!("{path}:{at}: {message}")], "{text}");
        }
    }

    #[test]
    fn a_form_whose_letters_were_lost_is_refused() {
        for (text, message) in [
            ("plneni-formular;verze;1\nOpatĹ™enĂ©;Stav\n", GARBLED),
            ("plneni-formular;verze;1\nOpat?ení;Pln?ní;Kritéri?m\n", QUESTIONED),
        ] {
            let file = RawFile { path: "oz.csv".to_owned(), bytes: text.as_bytes().to_vec() };
            let (filled, faults) = crate::import::read(&file);
            assert!(filled.is_none());
            assert_eq!(faults.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>(), [message]);
        }
    }

    #[test]
    fn nothing_new_is_asked_of_a_frozen_period() {
        let path = "obdobi/2023/podklady/oz.csv";
        let table = "opatreni;stav;komentar\nII/1;PLNĚNO;MediĂˇtoĹ™i.\n";
        // As long as they are those of the period, that goes for the definitions of today too.
        let area = testing::edited("opatreni/02.yaml", "okruh: II\n", "okruh: II # ĂˇÄ›\n");
        let kept = frozen_with(Year(2023), &[(path, table), ("opatreni/02.yaml", &area)]);
        let mut files: Vec<_> = kept.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        files.push(("opatreni/02.yaml", &area));
        assert_eq!(testing::findings(&RULE, &files), [""; 0]);
        files.push(("obdobi/2025/uvod.md", "ĂˇÄŤ"));
        assert_eq!(testing::findings(&RULE, &files), [format!("obdobi/2025/uvod.md:1:1: {GARBLED}")]);
    }

    #[test]
    fn csv_that_is_broken_utf8_is_found() {
        let mut bytes = "opatreni;stav;komentar\nI/1;PLNĚNO;žádná".as_bytes().to_vec();
        bytes.push(0xC5);
        assert_eq!(
            findings("obdobi/2023/podklady/oz.csv", &bytes),
            ["obdobi/2023/podklady/oz.csv:2:17: soubor není v kódování UTF-8"]
        );
    }

    #[test]
    fn csv_that_excel_saved_for_ms_dos_is_found() {
        assert_eq!(
            findings("obdobi/2023/podklady/oz.csv", b"opat\xFDen\xA1;stav\r\nII/1;PLN\xB7NO\r\n"),
            ["obdobi/2023/podklady/oz.csv:1:5: soubor je v kódování CP852, které Excel nazývá „CSV (MS-DOS)“"]
        );
    }

    #[test]
    fn utf8_and_csv_from_czech_excel_are_not_found() {
        let (csv, _, _) = WINDOWS_1250.encode("opatření;stav\r\nII/1;ČÁSTEČNĚ\r\n");
        assert_eq!(findings("obdobi/2023/podklady/oz.csv", &csv), [""; 0]);
        assert_eq!(findings("opatreni/03.yaml", "\u{FEFF}okruh: III\n".as_bytes()), [""; 0]);
    }
}
