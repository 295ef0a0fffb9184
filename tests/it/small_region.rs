//! The documents of a small region: its strategy is no *Strategie*, its statuses have names of their own, and
//! there is one measure, or none any more.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{run, stderr, stdout, walk};

pub(crate) const STRATEGY: &str = "nazev: Plán podpory rodin\nzkratka: Plán\nkraj: Podhorský kraj\nusneseni: 17/ZPK/2023\n\
    schvaleno: 2023-06-12\nkoordinator: OSS\nstavy:\n\
    \x20 - {stav: SPLNĚNO, nazev: DOKONČENO, vymezeni: [je hotové]}\n\
    \x20 - {stav: PLNĚNO, nazev: PROBÍHÁ, vymezeni: [probíhá]}\n\
    \x20 - {stav: ČÁSTEČNĚ, nazev: PROBÍHÁ ZČÁSTI, vymezeni: [probíhá jen někde]}\n\
    \x20 - {stav: NEPLNĚNO, nazev: NEZAHÁJENO, vymezeni: [nezačalo]}\n";
const GENITIVE: &str = "ve_2_pade: {nazev: Plánu podpory rodin, zkratka: Plánu}\n";
const BODIES: &str = "subjekty:\n\
    \x20 - {kod: OSS, nazev: odbor sociální, druh: odbor}\n  - {kod: OŠ, nazev: odbor školství, druh: odbor}\n";
const AREA: &str = "okruh: I\nnazev: Rodiny\nuvod: \"Kraj zajistí:\"\nopatreni:\n";
pub(crate) const MEASURE: &str = "  - cislo: 1\n    popis: rodinné pasy\n    indikator: vydaný pas\n\
    \x20   kriteria: [{nazev: vydaný pas, druh: vystup}]\n    termin: průběžně do 12/2028\n    odpovednost: [OSS, OŠ]\n";
pub(crate) const CANCELLED: &str =
    "    zmeny: [{od: 2025, druh: zruseni, usneseni: 60/ZPK/2024, popis: Není třeba.}]\n";
const SUBMITTED: &str = "podklady:\n  - opatreni: I/1\n    stav: PLNĚNO\n    komentar: Pasy se vydávají.\n\
    \x20   kriteria: [{kriterium: vydaný pas, stav: PLNĚNO, doklad: \"https://example.cz/pas\"}]\n";
const SUBMITTED_TOO: &str = "podklady:\n  - {opatreni: I/1, stav: ČÁSTEČNĚ, komentar: Jen v okresním městě.}\n";
const DECIDED: &str =
    "vyhodnoceni:\n  - {opatreni: I/1, stav: PLNĚNO, duvod: Pas dostane každý., rozhodl: vedoucí odboru sociálního}\n";

pub(crate) const ALL: [&str; 7] =
    ["informace", "pisemna-informace", "srovnani", "akcni-plan", "vyporadani-pripominek", "dopis", "upominka"];
const CODES: [&str; 4] = ["SPLNĚNO", "PLNĚNO", "ČÁSTEČNĚ", "NEPLNĚNO"];

pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join("data").join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A region with one measure and two periods; in the first one both bodies reported on it.
pub(crate) fn region(strategy: &str, measure: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let area = format!("{AREA}{measure}");
    for (path, text) in [("strategie.yaml", strategy), ("subjekty.yaml", BODIES), ("opatreni/01.yaml", &area)] {
        write(folder.path(), path, text);
    }
    for year in ["2024", "2025"] {
        let (from, to) = (format!("{year}-01-01"), format!("{year}-12-31"));
        let due = format!("{}-01-31", year.parse::<u16>().unwrap() + 1);
        let arguments = ["period", "new", year, "--from", &from, "--to", &to, "--due", &due];
        let output = run(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    write(folder.path(), "obdobi/2024/podklady/OSS.yaml", SUBMITTED);
    write(folder.path(), "obdobi/2024/podklady/OŠ.yaml", SUBMITTED_TOO);
    write(folder.path(), "obdobi/2024/vyhodnoceni.yaml", DECIDED);
    folder
}

/// The texts of all documents of a period, Word and Excel as the XML of their parts.
pub(crate) fn documents(folder: &Path, year: &str, names: &[&str]) -> BTreeMap<String, String> {
    for name in names {
        let output = run(folder, &["generate-report", year, "--document", name, "--out", "vse"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
    }
    let mut texts = BTreeMap::new();
    for path in walk(&folder.join("vse")) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        texts.insert(name.clone(), text_of(&name, &fs::read(&path).unwrap()).replace('\u{A0}', " "));
    }
    fs::remove_dir_all(folder.join("vse")).unwrap();
    texts
}

fn text_of(name: &str, bytes: &[u8]) -> String {
    if !name.ends_with(".docx") && !name.ends_with(".xlsx") {
        return String::from_utf8(bytes.to_vec()).unwrap();
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut texts = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).unwrap().read_to_string(&mut texts).unwrap();
    }
    texts
}

#[test]
fn the_strategy_and_its_statuses_are_called_as_the_region_calls_them() {
    let without = "dokumentu „Plán podpory rodin“";
    for (key, genitive) in [(GENITIVE, "Plánu podpory rodin"), ("", without)] {
        let region = region(&format!("{STRATEGY}{key}"), MEASURE);
        for (year, names) in [("2025", &ALL[..]), ("2024", &ALL[..2])] {
            for (name, text) in documents(region.path(), year, names) {
                for word in CODES.iter().chain(&["Strategie", "schválená", "byla schválena", "jejích"]) {
                    assert!(!text.contains(word), "{name} says {word}");
                }
                assert!(!text.contains("naplňování Plán "), "{name}");
                let is_of_the_name = !name.starts_with("akcni-plan");
                assert_eq!(text.contains(&format!("naplňování {genitive}")), is_of_the_name, "{name}: {text}");
            }
        }
    }
}

#[test]
fn what_names_its_own_status_is_told_in_words() {
    let region = region(&format!("{STRATEGY}{GENITIVE}"), MEASURE);
    let texts = documents(region.path(), "2025", &["informace", "upominka"]);
    let report = &texts["informace-2025.md"];
    for words in [
        "O schválení Plánu podpory rodin (dále jen „Plán“) rozhodlo usnesení č. 17/ZPK/2023 ze dne 12. 6. 2023. \
         Počet sledovaných opatření je 1, počet okruhů je 1.\n\n",
        "Plán obsahuje celkem 1 opatření, jehož plnění",
        "(█ dokončeno, ▓ probíhá, ▒ probíhá zčásti, ░ nezahájeno)",
        "| Okruh | DOKONČENO | PROBÍHÁ | PROBÍHÁ ZČÁSTI | NEZAHÁJENO | Celkem | Pruh |",
        "Jediné sledované opatření má za období 2025 stav NEZAHÁJENO; po termínu není.",
        "Vývoj: zhoršení oproti období 2024: PROBÍHÁ → NEZAHÁJENO.",
        "- Plán: Plán podpory rodin, usnesení č. 17/ZPK/2023",
    ] {
        assert!(report.contains(words), "{words}: {report}");
    }
    let page = &texts["informace-2025.html"];
    assert!(page.contains("<title>Informace o naplňování Plánu 2025 – Podhorský kraj</title>"), "{page}");
    assert!(page.contains("content: \"Informace o naplňování Plánu 2025\""), "{page}");
    assert!(texts["upominka-2025-os.md"].contains("uvede Informace o naplňování jako NEZAHÁJENO"));

    let report = &documents(region.path(), "2024", &["informace"])["informace-2024.md"];
    for words in ["OSS (PROBÍHÁ):", "vydaný pas: PROBÍHÁ (", "1× probíhá, 1× probíhá zčásti"] {
        assert!(report.contains(words), "{words}: {report}");
    }
    assert_eq!(run(region.path(), &["export", "2024", "--out", "tabulky"]).status.code(), Some(0));
    let table = fs::read_to_string(region.path().join("tabulky/opatreni.csv")).unwrap();
    assert!(table.contains("OSS (PLNĚNO):") && !table.contains("PROBÍHÁ"), "{table}");
}

#[test]
fn an_excerpt_is_asked_for_by_name_or_code() {
    let region = region(STRATEGY, MEASURE);
    for status in ["Probíhá", "PLNĚNO"] {
        let output = run(region.path(), &["generate-report", "2024", "--status", status, "--format", "md"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let text = fs::read_to_string(region.path().join("vystup/2024/informace-2024-plneno.md")).unwrap();
        assert!(text.contains("Shrnutí mluví o\u{A0}všech opatřeních dokumentu „Plán“."), "{text}");
    }
    let refused = stderr(&run(region.path(), &["generate-report", "2024", "--status", "hotovo"]));
    assert!(refused.contains("stavy jsou: DOKONČENO, PROBÍHÁ, PROBÍHÁ ZČÁSTI, NEZAHÁJENO"), "{refused}");
}

#[test]
fn where_nothing_is_followed_every_document_says_so() {
    let region = region(STRATEGY, &format!("{MEASURE}{CANCELLED}"));
    let texts = documents(region.path(), "2025", &ALL);
    for (name, text) in &texts {
        for lie in ["všechna", "Každé opatření má", "Strategie"] {
            assert!(!text.contains(lie), "{name} says {lie}");
        }
        assert!(name.starts_with("srovnani") || !text.contains("100,0 %"), "{name}");
    }
    assert_eq!(texts.len(), 15, "{:?}", texts.keys());
    for format in ["md", "html", "docx"] {
        let text = &texts[&format!("informace-2025.{format}")];
        assert!(text.contains("se žádné opatření nesledovalo, není tedy co vyhodnotit"), "{format}");
    }
    assert!(texts["akcni-plan-2025.md"].contains("v tomto období se žádné nesledovalo."));
    assert!(
        texts["srovnani-2025.md"]
            .contains("| **Celkem** | **1** | **100,0 %** | **0** | **0,0 %** | **−1** | **−100,0 p. b.** |")
    );
    let status = stdout(&run(region.path(), &["status", "2025"]));
    assert!(status.contains("Žádné opatření se v tomto období nesleduje."), "{status}");
    let status = stdout(&run(region.path(), &["status", "2024"]));
    assert!(status.contains("Podklad je k jedinému sledovanému opatření."), "{status}");
}

#[test]
fn published_counts_are_contradicted_only_where_they_are_wrong() {
    let computed = "Z tabulek vychází 0 + 1 + 0 + 0 = 1.";
    for (published, expected) in [
        ([1, 0, 1, 0, 0], "Zveřejněné počty se shodují se spočtenými.".to_owned()),
        ([1, 1, 0, 0, 0], format!("Zveřejněné shrnutí uvádí počty 1 + 0 + 0 + 0 = 1. {computed}")),
        ([2, 0, 1, 0, 0], format!("Zveřejněné shrnutí uvádí počty 0 + 1 + 0 + 0 = 1, celkem ale 2. {computed}")),
        ([1, 1, 1, 0, 0], format!("Zveřejněné shrnutí uvádí počty 1 + 1 + 0 + 0 = 2, opatření je ale 1. {computed}")),
        ([2, 1, 1, 0, 0], format!("Zveřejněné shrnutí uvádí počty 1 + 1 + 0 + 0 = 2, opatření je ale 1. {computed}")),
        (
            [3, 1, 1, 0, 0],
            format!("Zveřejněné shrnutí uvádí počty 1 + 1 + 0 + 0 = 2 a celkem 3, opatření je ale 1. {computed}"),
        ),
    ] {
        let region = region(STRATEGY, MEASURE);
        let [total, done, fulfilled, partly, unfulfilled] = published;
        let period = fs::read_to_string(region.path().join("data/obdobi/2024/obdobi.yaml")).unwrap();
        let written = format!(
            "zverejneno: {{celkem: {total}, splneno: {done}, plneno: {fulfilled}, castecne: {partly}, neplneno: {unfulfilled}}}"
        );
        write(region.path(), "obdobi/2024/obdobi.yaml", &format!("{period}{written}\n"));
        let texts = documents(region.path(), "2024", &["informace"]);
        for format in ["md", "html", "docx"] {
            let text = &texts[&format!("informace-2024.{format}")];
            assert!(text.contains(&expected), "{published:?} in {format}: {expected}");
        }
        let sum: i32 = published[1..].iter().sum();
        let rows = if sum == total {
            format!("| Celkem | {sum} | 1 |\n\n")
        } else {
            format!("| Součet | {sum} | 1 |\n| Uvedený celkový počet | {total} | 1 |\n\n")
        };
        assert!(texts["informace-2024.md"].contains(&rows), "{published:?}");
        let page = format!("<td>{total}</td><td>1</td></tr>\n</tfoot>");
        assert!(texts["informace-2024.html"].contains(&page), "{published:?}");
    }
}

const UNFULFILLED: &str = "podklady:\n  - opatreni: I/1\n    stav: NEPLNĚNO\n    komentar: KOMENTÁŘ\n\
    \x20   kriteria: [{kriterium: vydaný pas, stav: NEPLNĚNO}]\n";

#[test]
fn reasons_keep_the_numbers_that_were_written() {
    let region = region(STRATEGY, MEASURE);
    for (comment, on_one_line) in [
        ("2. pololetí 2025 bylo bez rozpočtu.", "2. pololetí 2025 bylo bez rozpočtu."),
        ("\"- 2. etapa neproběhla\\n- 3. etapa nemá rozpočet\"", "2. etapa neproběhla; 3. etapa nemá rozpočet"),
        ("\"1. výběr\\n2. nástup\"", "1. výběr; 2. nástup"),
    ] {
        write(region.path(), "obdobi/2025/podklady/OSS.yaml", &UNFULFILLED.replace("KOMENTÁŘ", comment));
        let texts = documents(region.path(), "2025", &["informace", "srovnani"]);
        for name in
            ["informace-2025.md", "informace-2025.html", "srovnani-2025.md", "srovnani-2025.html", "srovnani-2025.docx"]
        {
            assert!(texts[name].replace("\\.", ".").contains(on_one_line), "{name}: {}", texts[name]);
        }
        assert!(!texts["informace-2025.docx"].contains("lowerLetter"));
    }
}

#[test]
fn what_several_bodies_say_is_parted_whatever_their_codes() {
    let region = region(STRATEGY, &MEASURE.replace("OSS, OŠ", "obce, odd. rodin, OSS"));
    let body = |code: &str| format!("  - {{kod: {code}, nazev: jejich zástupce, druh: jiny}}\n");
    write(region.path(), "subjekty.yaml", &format!("{BODIES}{}{}", body("obce"), body("odd. rodin")));
    for (code, comment) in [("obce", "Není zájem"), ("odd. rodin", "chybí lidé"), ("OSS", "Kurzy se nekonaly")] {
        let text = UNFULFILLED.replace("KOMENTÁŘ", comment);
        write(region.path(), &format!("obdobi/2025/podklady/{code}.yaml"), &format!("predkladatel: {code}\n{text}"));
    }
    let texts = documents(region.path(), "2025", &["informace", "srovnani"]);
    for name in ["informace-2025.md", "informace-2025.html", "srovnani-2025.docx"] {
        let said = "Kurzy se nekonaly. obce (NEZAHÁJENO): Není zájem. odd. rodin (NEZAHÁJENO): chybí lidé";
        assert!(texts[name].contains(said), "{name}: {}", texts[name]);
    }
}

#[test]
fn criteria_are_no_items_of_the_list_that_a_comment_ends_with() {
    let region = region(STRATEGY, MEASURE);
    for (comment, n_headings) in [("\"Chybí:\\n\\n- peníze\\n- lidé\"", 1), ("Chybí peníze.", 0)] {
        write(region.path(), "obdobi/2025/podklady/OSS.yaml", &UNFULFILLED.replace("KOMENTÁŘ", comment));
        let texts = documents(region.path(), "2025", &["informace"]);
        for name in ["informace-2025.md", "informace-2025.docx"] {
            assert_eq!(texts[name].matches("Kritéria:").count(), n_headings, "{name}: {}", texts[name]);
        }
    }
}

#[test]
fn sentences_end_and_nobody_is_no_capacity() {
    let changed = "    zmeny: [{od: 2025, druh: zmena, usneseni: 60/ZPK/2024, popis: změnil se gestor}]\n";
    let region = region(STRATEGY, &format!("{MEASURE}{changed}"));
    let decided = "vyhodnoceni:\n  - {opatreni: I/1, stav: PLNĚNO, duvod: Víme to odjinud}\n";
    write(region.path(), "obdobi/2025/vyhodnoceni.yaml", decided);
    let texts = documents(region.path(), "2025", &["informace", "srovnani"]);
    for name in ["informace-2025.md", "informace-2025.html", "informace-2025.docx", "srovnani-2025.md"] {
        assert!(texts[name].contains("(usnesení č. 60/ZPK/2024): změnil se gestor."), "{name}: {}", texts[name]);
    }
    assert!(texts["informace-2025.md"].contains("Důvod: Víme to odjinud."));
    let report = &texts["informace-2025.docx"];
    assert!(report.contains("Kdo rozhodl, není uvedeno.") && !report.contains("neuvedeno:"), "{report}");
}

#[test]
fn the_only_measure_of_a_plan_is_told_with_its_status() {
    let region = region(STRATEGY, MEASURE);
    let only = "Jediné vyhodnocené opatření patří do plánu: je ve stavu NEZAHÁJENO. Opatření I/1 není";
    for (name, text) in documents(region.path(), "2025", &["akcni-plan"]) {
        assert!(text.contains(only), "{name}: {text}");
    }
    let none = "Do plánu nepatří žádné opatření: jediné vyhodnocené opatření je ve stavu PROBÍHÁ.";
    assert!(documents(region.path(), "2024", &["akcni-plan"])["akcni-plan-2024.md"].contains(none));
    // Others are only left out of an excerpt.
    let second = MEASURE.replace("cislo: 1", "cislo: 2").replace("[OSS, OŠ]", "[OŠ]");
    write(region.path(), "opatreni/01.yaml", &format!("{AREA}{MEASURE}{second}"));
    for (year, words) in [
        ("2025", "Jediné opatření výřezu patří do plánu: je ve stavu NEZAHÁJENO."),
        ("2024", "Do plánu nepatří žádné opatření: jediné opatření výřezu je ve stavu PROBÍHÁ."),
    ] {
        let arguments = ["generate-report", year, "--document", "akcni-plan", "--gestor", "OSS", "--out", "vyrez"];
        let output = run(region.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let text = fs::read_to_string(region.path().join(format!("vyrez/akcni-plan-{year}-oss.md"))).unwrap();
        assert!(text.replace('\u{A0}', " ").contains(words), "{text}");
    }
}

#[test]
fn what_is_overdue_in_a_plan_is_told_of_its_measures() {
    let second = MEASURE.replace("cislo: 1", "cislo: 2");
    for (measures, words) in [
        (MEASURE.to_owned(), "Opatření I/1 není po termínu, důvod u něj není uveden."),
        (MEASURE.replace("12/2028", "12/2024"), "Opatření I/1 je po termínu, důvod u něj není uveden."),
        (format!("{MEASURE}{second}"), "Z nich po termínu není žádné, u 2 opatření není uveden důvod"),
        (format!("{}{second}", MEASURE.replace("12/2028", "12/2024")), "Z nich je po termínu 1 opatření (I/1), u 2"),
    ] {
        let region = region(STRATEGY, &measures);
        for (name, text) in documents(region.path(), "2025", &["akcni-plan"]) {
            assert!(text.contains(words), "{name}: {text}");
        }
    }
}
