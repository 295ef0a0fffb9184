//! A file below the data folder that nothing reads.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::rules::neplatne_csv::FORM_HELP;
use crate::source::{FileId, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "soubor-navic",
    severity: Severity::Error,
    title: "Soubor, který nic nečte",
    explanation: "Soubor leží mezi daty, ale podle jména nebo složky k ničemu nepatří, takže by se jeho obsah ve zprávě neobjevil. Do složky, ze které se nic nečte, ukazuje jediný nález. Nečte se ani soubor, v jehož jméně nebo složce se ztratilo písmeno (je místo něj „�“), jak se stává při rozbalení archivu ze starších Windows. Nečte se ani kopie, jak ji pojmenuje systém („oz – kopie.yaml“, „oz (1).yaml“), leží-li vedle původního souboru a je-li s ním totožná. Ze dvou souborů, jejichž jména se liší jen velikostí písmen, by na Windows a macOS zůstal jeden. Skryté soubory a dočasné soubory Office se přeskakují.",
    example: "data/obdobi/2023/podklady/oz.yml",
    mend: "Soubor přejmenujte nebo přesuňte, kam patří (například obdobi/2023/podklady/oz.yaml, doklad do obdobi/2023/dukazy), jinak ho z dat odstraňte.",
    checks: &[],
};

/// A file that is none of the known ones. `is_there` says of a name whether a file in the same folder has it.
pub fn finding(file: FileId, path: &str, meant: Option<String>, is_there: impl Fn(&str) -> bool) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, Place::start_of(file), format!("soubor „{path}“ nic nečte"));
    let small = if meant.is_none() { in_small_letters(path) } else { None };
    if let Some(name) = meant.as_ref().or(small.as_ref()).filter(|name| is_there(name)) {
        return diagnostic
            .help(format!("čte se „{name}“, který tu je také; co má platit, přeneste do něj a tento smažte"));
    }
    let ends_with = |ending: &str| path.to_lowercase().ends_with(ending);
    match (meant, small) {
        (_, Some(name)) => diagnostic.help(format!("neměl se jmenovat „{name}“? Koncovka se píše malými písmeny")),
        (Some(name), _) => diagnostic.help(format!("neměl se jmenovat „{name}“?")),
        _ if ["/pripominky.xlsx", "/pripominky.xls"].into_iter().any(ends_with) => {
            diagnostic.help("otevřete ho v Excelu a uložte jako pripominky.csv ve formátu „CSV UTF-8“")
        }
        _ if [".xlsx", ".xls"].into_iter().any(ends_with) => {
            diagnostic.help(format!("je-li to vyplněný formulář, {FORM_HELP}; doklad patří do obdobi/ROK/dukazy/"))
        }
        _ => diagnostic.help(format!("přesuňte ho, kam patří, nebo ho z dat odstraňte; {BELONGS}")),
    }
}

const BELONGS: &str = "podklady patří do obdobi/ROK/podklady/ a končí .yaml nebo .csv, doklady do obdobi/ROK/dukazy/";

/// A folder that no data belong in, at its first file; `meant` is the path it was probably meant to have.
pub fn folder(first: FileId, path: &str, meant: Option<&str>, is_there: bool) -> Diagnostic {
    let help = match meant {
        Some(meant) if is_there => format!("čte se „{meant}“, která tu je také; soubory přesuňte do ní"),
        Some(meant) => format!("neměla se jmenovat „{meant}“?"),
        None => format!(
            "soubory z ní přesuňte, kam patří, nebo ji z dat odstraňte; {BELONGS}, vyplněné formuláře se přebírají příkazem „plneni import SOUBOR“"
        ),
    };
    Diagnostic::new(&RULE, Place::start_of(first), format!("ze složky „{path}“ se nic nečte")).help(help)
}

/// A file that is called a copy of another one.
pub fn copy(file: FileId, path: &str, original: &str) -> Diagnostic {
    let message = format!("soubor „{path}“ je kopie souboru „{original}“ a nečte se");
    Diagnostic::new(&RULE, Place::start_of(file), message)
        .help("kopii smažte; má-li to být jiný soubor, přejmenujte ho")
}

/// A file in whose path a letter was lost, because the name is no Unicode or was made from one that was none.
pub fn lost_letter(file: FileId, path: &str) -> Diagnostic {
    Diagnostic::new(&RULE, Place::start_of(file), format!("soubor „{path}“ nic nečte")).help("v cestě je „�“ místo písmene, které se ztratilo při převodu z jiného kódování (třeba při rozbalení archivu); soubor nebo složku přejmenujte")
}

/// A file that some systems cannot tell from another one.
pub fn told_by_case(file: FileId, path: &str, other: &str, is_unread: bool) -> Diagnostic {
    let help = if is_unread {
        "čte se jen ten druhý a na Windows a macOS by z obou zůstal jeden; co má platit, přeneste do něj a tento smažte"
    } else {
        "na Windows a macOS by z obou zůstal jen jeden; spojte je, nebo jeden přejmenujte"
    };
    let message = format!("soubor „{path}“ se jménem liší od „{other}“ jen velikostí písmen");
    Diagnostic::new(&RULE, Place::start_of(file), message).help(help)
}

/// The name that a file of submissions or measures has with a small ending.
fn in_small_letters(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/')?;
    let (stem, ending) = name.rsplit_once('.')?;
    let small = ending.to_lowercase();
    let small = if small == "yml" { "yaml" } else { small.as_str() };
    let is_read = match folder.split('/').collect::<Vec<_>>().as_slice() {
        ["opatreni"] => small == "yaml",
        ["obdobi", _, "podklady"] => matches!(small, "yaml" | "csv"),
        _ => false,
    };
    (is_read && small != ending).then(|| format!("{stem}.{small}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Dataset;
    use crate::freezing::testing::frozen_with;
    use crate::load::RawFile;
    use crate::model::Year;
    use crate::rules::testing::{FILES, dataset, findings, helps, in_words, run};

    #[test]
    fn a_file_that_nothing_reads_is_found() {
        for (path, help) in [
            ("obdobi/2023/podklady/oz.yml", "neměl se jmenovat „oz.yaml“?"),
            ("obdobi/2023/podklady/OZ.CSV", "neměl se jmenovat „OZ.csv“? Koncovka se píše malými písmeny"),
            ("obdobi/2023/podklady/oz.YML", "neměl se jmenovat „oz.yaml“? Koncovka se píše malými písmeny"),
            ("opatreni/09.Yaml", "neměl se jmenovat „09.yaml“? Koncovka se píše malými písmeny"),
            ("obdobi/2023/vyhodnocení.yaml", "neměl se jmenovat „vyhodnoceni.yaml“?"),
            (
                "obdobi/2023/zapis.pdf",
                "přesuňte ho, kam patří, nebo ho z dat odstraňte; podklady patří do obdobi/ROK/podklady/ a končí .yaml nebo .csv, doklady do obdobi/ROK/dukazy/",
            ),
            (
                "obdobi/2023/podklady/OZ.XLSX",
                "je-li to vyplněný formulář, přesuňte ho ze složky s daty jinam a převezměte ho příkazem „plneni import SOUBOR“; doklad patří do obdobi/ROK/dukazy/",
            ),
        ] {
            let expected = format!("{path}:1:1: soubor „{path}“ nic nečte");
            assert_eq!(findings(&RULE, &[(path, "cokoli")]), [expected]);
            assert_eq!(helps(&RULE, &[(path, "cokoli")]), [help]);
        }
    }

    #[test]
    fn a_folder_from_which_nothing_is_read_is_found_once() {
        let generic = "soubory z ní přesuňte, kam patří, nebo ji z dat odstraňte; podklady patří do obdobi/ROK/podklady/ a končí .yaml nebo .csv, doklady do obdobi/ROK/dukazy/, vyplněné formuláře se přebírají příkazem „plneni import SOUBOR“";
        for (folder, help) in [
            ("obdobi/2023/dukaz", "neměla se jmenovat „obdobi/2023/dukazy“?"),
            ("obdobi/2023/Podkladý", "čte se „obdobi/2023/podklady“, která tu je také; soubory přesuňte do ní"),
            ("Opatření", "čte se „opatreni“, která tu je také; soubory přesuňte do ní"),
            ("formulare", generic),
            ("opatreni/stara", generic),
            ("obdobi/2023/podklady/oz", generic),
        ] {
            let paths = ["b.yaml", "a.pdf", "nove/a.pdf"].map(|name| format!("{folder}/{name}"));
            let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "cokoli")).collect();
            let expected = format!("{folder}/a.pdf:1:1: ze složky „{folder}“ se nic nečte");
            assert_eq!(findings(&RULE, &files), [expected]);
            assert_eq!(helps(&RULE, &files), [help]);
        }
    }

    #[test]
    fn files_whose_names_differ_by_case_alone_are_found() {
        let said = "predkladatel: OSV\npodklady:\n  - {opatreni: I/1, stav: PLNĚNO, komentar: Děje se.}\n";
        let (first, second) = ("obdobi/2023/podklady/OSV.yaml", "obdobi/2023/podklady/osv.yaml");
        let expected = format!("{second}:1:1: soubor „{second}“ se jménem liší od „{first}“ jen velikostí písmen");
        assert_eq!(findings(&RULE, &[(first, said)]), [expected]);
        assert_eq!(findings(&RULE, &[("obdobi/2023/podklady/OSV.csv", "opatreni;stav\n")]), [""; 0]);
        let (composed, decomposed) = ("obdobi/2023/dukazy/č.txt", "obdobi/2023/dukazy/c\u{30C}.txt");
        let found = findings(&RULE, &[(composed, "a"), (decomposed, "b")]);
        assert_eq!(found.len(), 1, "{found:?}");
        // Of a frozen period nothing is asked anew.
        let frozen = frozen_with(Year(2023), &[(composed, "a"), (decomposed, "b")]);
        let kept = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let kept: Vec<(&str, &str)> = kept.chain([(composed, "a"), (decomposed, "b")]).collect();
        assert_eq!(findings(&RULE, &kept), [""; 0]);
    }

    #[test]
    fn a_copy_that_says_the_same_is_one_finding() {
        let found = |path: &str, text: &str| {
            let dataset = dataset(&[(path, text)]);
            dataset.check(None).iter().map(|found| in_words(found, &dataset)).collect::<Vec<_>>()
        };
        for (path, original) in [
            ("obdobi/2023/podklady/osv – kopie.yaml", "obdobi/2023/podklady/osv.yaml"),
            ("obdobi/2023/podklady/OSV (1).yaml", "obdobi/2023/podklady/osv.yaml"),
            ("opatreni/01 – kopie.yaml", "opatreni/01.yaml"),
            ("strategie (1).yaml", "strategie.yaml"),
            ("obdobi/2023/Kopie - obdobi.yaml", "obdobi/2023/obdobi.yaml"),
        ] {
            let text = FILES.iter().find(|(path, _)| *path == original).map_or("", |(_, text)| text);
            let expected = format!("{path}:1:1: soubor „{path}“ je kopie souboru „{original}“ a nečte se");
            assert_eq!(found(path, text), [expected], "{text}");
        }
        // What differs is read, whatever it is called, and evidence may be called as it likes.
        let said = "predkladatel: OZ\npodklady:\n  - {opatreni: II/1, stav: PLNĚNO, komentar: Děje se.}\n";
        let evidence = [("obdobi/2023/dukazy/a.pdf", "a"), ("obdobi/2023/dukazy/a (1).pdf", "b")];
        for path in ["obdobi/2023/podklady/oz (1).yaml", "obdobi/2023/podklady/osv – kopie.yaml"] {
            assert_eq!(findings(&RULE, &[(path, said)]), [""; 0]);
        }
        assert_eq!(findings(&RULE, &evidence), [""; 0]);
        let of = |original: &str| FILES.iter().find(|(path, _)| *path == original).map_or("", |(_, text)| text);
        let copies = [
            ("obdobi/2023/podklady/osv – kopie.yaml", of("obdobi/2023/podklady/osv.yaml")),
            ("opatreni/01 – kopie.yaml", of("opatreni/01.yaml")),
        ];
        let frozen = frozen_with(Year(2023), &copies);
        let kept = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain(copies);
        assert_eq!(findings(&RULE, &kept.collect::<Vec<_>>()), [""; 0]);
    }

    #[test]
    fn of_two_names_that_case_tells_the_one_that_nothing_reads_is_found() {
        for (path, other, text) in [
            ("Strategie.yaml", "strategie.yaml", "a: b\n"),
            ("subjekty.YAML", "subjekty.yaml", "a: b\n"),
            ("opatreni/01.YAML", "opatreni/01.yaml", "a: b\n"),
            ("obdobi/2023/Podklady/osv.yaml", "obdobi/2023/podklady/osv.yaml", "a: b\n"),
        ] {
            let dataset = dataset(&[(path, text)]);
            let found: Vec<_> = dataset.check(None).iter().map(|found| in_words(found, &dataset)).collect();
            let expected = format!("{path}:1:1: soubor „{path}“ se jménem liší od „{other}“ jen velikostí písmen");
            assert_eq!(found, [expected]);
        }
    }

    #[test]
    fn nothing_is_renamed_to_what_is_there_or_to_another_kind() {
        let there =
            |name: &str| format!("čte se „{name}“, který tu je také; co má platit, přeneste do něj a tento smažte");
        let workbook = "je-li to vyplněný formulář, přesuňte ho ze složky s daty jinam a převezměte ho příkazem „plneni import SOUBOR“; doklad patří do obdobi/ROK/dukazy/".to_owned();
        for (path, help) in [
            ("obdobi/2023/podklady/osv.yml", there("osv.yaml")),
            ("obdobi/2023/podklady/osv.YML", there("osv.yaml")),
            ("strategia.yaml", there("strategie.yaml")),
            ("obdobi/2023/podklady/osv.yaml.txt", there("osv.yaml")),
            ("obdobi/2023/podklady/oz.yaml.txt", "neměl se jmenovat „oz.yaml“?".to_owned()),
            ("obdobi/2023/uvod.md.txt", "neměl se jmenovat „uvod.md“?".to_owned()),
            (
                "obdobi/2023/pripominky.xlsx",
                "otevřete ho v Excelu a uložte jako pripominky.csv ve formátu „CSV UTF-8“".to_owned(),
            ),
            ("obdobi/2023/vyhodnoceni.xlsx", workbook),
            ("obdobi/2023/pripominka.csv", "neměl se jmenovat „pripominky.csv“?".to_owned()),
        ] {
            assert_eq!(helps(&RULE, &[(path, "cokoli")]), [help], "{path}");
        }
        let csv = helps(&RULE, &[("obdobi/2023/vyhodnoceni.csv", "cokoli")]).concat();
        assert!(csv.starts_with("přesuňte ho, kam patří"), "{csv}");
    }

    #[test]
    fn of_what_is_no_text_nothing_is_shown() {
        let texts = FILES.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        let workbook = ("obdobi/2023/podklady/oz.xlsx".to_owned(), b"PK\x03\x04\x14\0".to_vec());
        let files = texts.chain([workbook]).map(|(path, bytes)| RawFile { path, bytes }).collect();
        let dataset = Dataset::new(files);
        let found = run(&RULE, &dataset);
        assert_eq!(found.len(), 1);
        assert_eq!(dataset.files.get(found[0].place.file).text().as_str(), "");
    }

    #[test]
    fn a_file_in_whose_path_a_letter_was_lost_is_read_by_nothing() {
        for path in [
            "obdobi/2023/podklady/o\u{FFFD}v.yaml",
            "obdobi/2023/podklady/o\u{FFFD}v.csv",
            "obdobi/2023/dukazy/Z\u{FFFD}pis.pdf",
            "obdobi/202\u{FFFD}/obdobi.yaml",
            "opatreni/\u{FFFD}.yaml",
            "\u{FFFD}.txt",
        ] {
            let dataset = dataset(&[(path, "stav: plneno\r\n")]);
            let found: Vec<_> = dataset.check(None).iter().map(|found| in_words(found, &dataset)).collect();
            assert_eq!(found, [format!("{path}:1:1: soubor „{path}“ nic nečte")]);
        }
    }

    #[test]
    fn files_in_their_places_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        assert_eq!(
            findings(
                &RULE,
                &[
                    ("obdobi/2023/uvod.md", "Úvod."),
                    ("opatreni/zdravi.yaml", "okruh: III"),
                    ("obdobi/2023/dukazy/a/b.pdf", "%PDF")
                ]
            ),
            [""; 0]
        );
    }
}
