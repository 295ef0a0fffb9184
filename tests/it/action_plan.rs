//! The action plan: what is not fulfilled, by responsible body, in Markdown, Word and Excel.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::process::Command;

use calamine::{Data, Reader, Xlsx};

use crate::support::{Copy, csv_rows, stderr, stdout};

const PLAN: [&str; 4] = ["generate-report", "2023", "--document", "akcni-plan"];

/// Writes the plan and gives back what its files are called without their endings.
fn written(copy: &Copy, options: &[&str]) -> String {
    let output = copy.run(&[&PLAN[..], options].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output).replace('\\', "/");
    let paths: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("Zapsáno: ")).collect();
    let stem = paths.first().and_then(|path| path.strip_suffix(".md")).expect("Markdown comes first");
    assert_eq!(paths, ["md", "docx", "xlsx"].map(|ending| format!("{stem}.{ending}")));
    stem.to_owned()
}

fn markdown(copy: &Copy, stem: &str) -> String {
    copy.read(&format!("{stem}.md")).replace('\u{A0}', " ")
}

/// The text of the Word document, a line a paragraph.
fn word(copy: &Copy, stem: &str) -> String {
    let bytes = std::fs::read(copy.path().join(format!("{stem}.docx"))).expect("it was written");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a ZIP archive");
    let mut text = String::new();
    archive.by_name("word/document.xml").expect("it has a document").read_to_string(&mut text).expect("it is UTF-8");
    let document = roxmltree::Document::parse(&text).expect("it is XML");
    let paragraphs = document.descendants().filter(|node| node.tag_name().name() == "p");
    let lines: Vec<String> = paragraphs
        .map(|paragraph| {
            let texts = paragraph.descendants().filter(|node| node.tag_name().name() == "t");
            texts.filter_map(|node| node.text()).collect::<String>().replace('\u{A0}', " ")
        })
        .collect();
    lines.join("\n")
}

/// The rows of the plan's sheet by the titles of its columns.
fn sheet(copy: &Copy, stem: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = std::fs::read(copy.path().join(format!("{stem}.xlsx"))).expect("it was written");
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("it is a workbook");
    assert_eq!(workbook.sheet_names(), ["Přehled", "Akční plán"]);
    assert!(workbook.worksheet_formula("Akční plán").expect("there is the sheet").is_empty());
    let range = workbook.worksheet_range("Akční plán").expect("there is the sheet");
    let text = |cell: &Data| cell.to_string().replace('\u{A0}', " ");
    let mut rows = range.rows().skip_while(|row| row[0] != "Opatření");
    let titles: Vec<String> = rows.next().expect("titles of columns").iter().map(text).collect();
    rows.map(|row| titles.iter().cloned().zip(row.iter().map(text)).collect()).collect()
}

/// Ids of what the exported table says is neither SPLNĚNO nor PLNĚNO.
fn unfulfilled(copy: &Copy) -> Vec<String> {
    let table = stdout(&copy.run(&["export", "2023", "--table", "opatreni"]));
    let is_planned = |row: &Vec<String>| !matches!(row[8].as_str(), "SPLNĚNO" | "PLNĚNO");
    csv_rows(&table).into_iter().filter(is_planned).map(|row| row[0].clone()).collect()
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts
}

#[test]
fn every_unfulfilled_measure_stands_exactly_once_in_full() {
    let copy = Copy::new();
    let stem = written(&copy, &["--for", "2026-2027"]);
    assert_eq!(stem, "vystup/2023/akcni-plan-2023-na-2026-2027");
    let expected = sorted(unfulfilled(&copy));
    assert_eq!(expected.len(), 86);
    let markdown = markdown(&copy, &stem);
    let id = |line: &str| line.strip_prefix("### ").and_then(|rest| rest.split(' ').next()).map(str::to_owned);
    assert_eq!(sorted(markdown.lines().filter_map(id).collect()), expected);
    assert_eq!(markdown.matches("**Navržený další krok:**").count(), 86);
    let word = word(&copy, &stem);
    let id = |line: &str| line.strip_prefix("Navržený další krok (")?.strip_suffix(')').map(str::to_owned);
    assert_eq!(sorted(word.lines().filter_map(id).collect()), expected);
    let rows = sheet(&copy, &stem);
    assert_eq!(sorted(rows.iter().map(|row| row["Opatření"].clone()).collect()), expected);
    assert!(rows.iter().all(|row| row["Navržený další krok"].is_empty()));
    let bytes = std::fs::read(copy.path().join(format!("{stem}.xlsx"))).expect("it was written");
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("it is a workbook");
    let overview = workbook.worksheet_range("Přehled").expect("there is the sheet");
    let sums: Vec<String> = overview.rows().last().expect("a last row").iter().map(ToString::to_string).collect();
    assert_eq!(sums, ["Celkem", "", "18", "68", "86", "2", ""]);
    assert!(!rows[0].contains_key("Financování"), "the real data name no money");
    let n_without_reason = rows.iter().filter(|row| row["Důvod podle komentáře"] == "Důvod není uveden.").count();
    assert_eq!(n_without_reason, 12);
    assert_eq!(rows.iter().filter(|row| row["Po termínu"] == "ano").count(), 2);
}

#[test]
fn counts_are_those_of_the_exported_table() {
    let copy = Copy::new();
    let stem = written(&copy, &[]);
    let counts: BTreeMap<String, String> = csv_rows(&stdout(&copy.run(&["export", "2023", "--table", "stavy"])))
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let (unfulfilled, partly) = (&counts["NEPLNĚNO"], &counts["ČÁSTEČNĚ"]);
    let sentence = format!(
        "Z celkového počtu 109 vyhodnocených opatření jich do plánu patří 86: {unfulfilled} ve stavu NEPLNĚNO \
         a {partly} ve stavu ČÁSTEČNĚ PLNĚNO. Z nich jsou po termínu 2 opatření (VII/2, XIII/3), u 12 opatření není uveden \
         důvod a u 3 opatření není určen gestor."
    );
    assert!(markdown(&copy, &stem).contains(&sentence), "{sentence}");
    assert!(word(&copy, &stem).contains(&sentence), "{sentence}");
    let rows = sheet(&copy, &stem);
    let n_of = |status: &str| rows.iter().filter(|row| row["Stav"] == status).count().to_string();
    assert_eq!((&n_of("NEPLNĚNO"), &n_of("ČÁSTEČNĚ PLNĚNO")), (unfulfilled, partly));
    assert!(markdown(&copy, &stem).contains(&format!("| **Celkem** | **{unfulfilled}** | **{partly}** | **86** |")));
}

#[test]
fn documents_money_and_shared_measures_are_named() {
    let copy = Copy::new().with_fixture("akcni-plan");
    let stem = written(&copy, &["--for", "2026–2027", "--area", "XIV"]);
    assert_eq!(stem, "vystup/2023/akcni-plan-2023-na-2026-2027-okruh-14");
    let documents = "SPRSS – Střednědobý plán rozvoje sociálních služeb Libereckého kraje; KSB – Koncepce sociálního bydlení ČR 2015–2025";
    let money = "IROP – Integrovaný regionální operační program 2021–2027; dotace obcí – dotační programy obcí";
    for (format, text) in [("md", markdown(&copy, &stem)), ("docx", word(&copy, &stem))] {
        for words in [
            "Akční plán na roky 2026–2027",
            documents,
            money,
            "12/2022 (po termínu)",
            "Důvod není uveden.",
            "MPSV, dosud neurčeno",
            "Bez určeného gestora",
        ] {
            assert!(text.contains(words), "{format}: {words} in {text}");
        }
        assert!(!text.contains("XIV/3"), "{format}: it is SPLNĚNO");
    }
    let text = markdown(&copy, &stem);
    // The heading above may be a name in the plural.
    let words = "\n\nSpoluodpovědnost za opatření u jiných gestorů: [XIV/1](#opatreni-14-1) (OSV).";
    assert!(text.contains(words), "{text}");
    assert!(text.contains("který dosud není určen: [XIV/4](#opatreni-14-4) (MPSV)."), "{text}");
    let rows = sheet(&copy, &stem);
    let column = |title: &str| rows.iter().map(|row| row[title].as_str()).collect::<Vec<_>>();
    assert_eq!(column("Opatření"), ["XIV/4", "XIV/1", "XIV/2"]);
    assert_eq!(column("Gestor"), ["MPSV", "OSV", "neurčen"]);
    assert_eq!(column("Další gestoři"), ["dosud neurčeno", "OZ", ""]);
    assert_eq!(column("Související dokumenty")[1], documents);
    assert_eq!(column("Financování")[1], money);
    assert_eq!(column("Popis")[2], "Cvičný údaj, =1+1");
    assert_eq!(
        column("Důvod podle komentáře")[1],
        "Cvičný údaj: první odstavec.\n• Cvičný údaj: jedna položka\n• Cvičný údaj: druhá položka"
    );
}

#[test]
fn a_plan_for_one_body_has_all_of_its_measures_in_full() {
    let copy = Copy::new().with_fixture("akcni-plan");
    let stem = written(&copy, &["--gestor", "OZ"]);
    let rows = sheet(&copy, &stem);
    assert!(rows.iter().all(|row| row["Gestor"] == "OZ"));
    let shared = rows.iter().find(|row| row["Opatření"] == "XIV/1").expect("OZ shares it");
    assert_eq!(shared["Další gestoři"], "OSV");
    let first = "u prvního z";
    assert!(!markdown(&copy, &stem).contains(first), "there is nobody else");
    for (options, words) in [
        (&["--gestor", "OZ", "--gestor", "OSV"][..], "celé u prvního z vybraných, u ostatních z nich je na ně odkaz."),
        (&[], "celé u prvního z nich, u ostatních je na ně odkaz."),
    ] {
        let text = markdown(&copy, &written(&copy, options)).replace('\u{A0}', " ");
        assert!(text.contains(words), "{options:?}: {text}");
    }
    let empty = written(&copy, &["--status", "PLNĚNO"]);
    let text = markdown(&copy, &empty);
    assert!(text.contains("Do plánu nepatří žádné opatření"), "{text}");
    assert!(sheet(&copy, &empty).is_empty());
}

#[test]
fn each_sheet_says_that_it_is_a_draft_or_an_excerpt() {
    let copy = Copy::new();
    copy.edit("data/obdobi/2023/podklady/oz.csv", "IX/1,ČÁSTEČNĚ", "IX/1,ČÁSTEČNE");
    let stem = written(&copy, &["--draft", "--area", "IX"]);
    let bytes = std::fs::read(copy.path().join(format!("{stem}.xlsx"))).expect("it was written");
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("it is a workbook");
    for (name, sheet) in workbook.worksheets() {
        let top: String = sheet.rows().take(3).map(|row| row[0].to_string()).collect();
        assert!(top.contains("PRACOVNÍ VERZE") && top.contains("okruh IX"), "{name}: {top}");
    }
}

#[test]
fn years_that_a_plan_cannot_have_are_refused() {
    let copy = Copy::new();
    for (options, words) in [
        (&["--for", "loni"][..], "„loni“ u volby --for nejsou roky plánu; pište je jako 2024-2025, nebo jeden rok"),
        (&["--for", "2027-2026"], "„2027-2026“ u volby --for nejsou roky plánu"),
        (&["--for", "2026-27"], "„2026-27“ u volby --for nejsou roky plánu"),
        (
            &["--for", "2023-2024"],
            "plán na 2023–2024 nejde sestavit z období 2022–2023: musí začínat až po něm, nejdřív na 2024–2025",
        ),
        (&["--for", "2026", "--document", "informace"], "volba --for se týká jen akčního plánu"),
        (&["--format", "html"], "formáty jsou: md, docx, xlsx"),
    ] {
        let document: &[&str] = if options.contains(&"--document") { &PLAN[..2] } else { &PLAN };
        let output = copy.run(&[document, options].concat());
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert!(stderr(&output).contains(words), "{options:?}: {}", stderr(&output));
    }
    assert!(!copy.path().join("vystup").exists());
    let one_year = written(&copy, &["--for", "2026"]);
    assert!(markdown(&copy, &one_year).starts_with("# Akční plán na rok 2026\n"));
    let next = written(&copy, &[]);
    assert!(markdown(&copy, &next).starts_with("# Akční plán na roky 2024–2025\n"));
}

#[test]
fn a_workbook_that_somebody_filled_in_stays_and_the_documents_are_made_anew() {
    let copy = Copy::new();
    let stem = written(&copy, &[]);
    let path = |ending: &str| format!("{stem}.{ending}");
    let bytes = |ending: &str| std::fs::read(copy.path().join(path(ending))).expect("it was written");
    let made = ["md", "docx", "xlsx"].map(bytes);
    written(&copy, &[]);
    for ending in ["md", "docx", "xlsx"] {
        copy.write(&path(ending), "vyplněno");
    }
    let output = copy.run(&PLAN);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output).replace('\\', "/");
    assert!(said.starts_with(&format!("Beze změny zůstal: {} (je jiný)\n", path("xlsx"))), "{said}");
    assert!(said.contains("volbou --replace"), "{said}");
    assert_eq!(bytes("xlsx"), "vyplněno".as_bytes());
    assert!(bytes("md") == made[0] && bytes("docx") == made[1]);
    // Alone it is not said to go to nobody.
    let alone = copy.run(&[&PLAN[..], &["--format", "xlsx"]].concat());
    assert_eq!(alone.status.code(), Some(1));
    assert!(stdout(&alone).starts_with("Opatření "), "{}", stdout(&alone));
    written(&copy, &["--replace"]);
    assert!(bytes("xlsx") == made[2]);
}

#[test]
fn libreoffice_prints_the_workbook_whole() {
    if !crate::office::are_there(&["soffice", "pdftotext"]) {
        return;
    }
    let copy = Copy::new();
    let stem = written(&copy, &[]);
    let profile = format!("-env:UserInstallation=file://{}/profil", copy.path().display());
    let converted = Command::new("soffice")
        .current_dir(copy.path())
        .args([&profile, "--headless", "--convert-to", "pdf", &format!("{stem}.xlsx")])
        .output()
        .expect("soffice runs");
    assert!(converted.status.success(), "{}", String::from_utf8_lossy(&converted.stderr));
    let text = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-raw", "akcni-plan-2023.pdf", "-"])
        .current_dir(copy.path())
        .output()
        .expect("pdftotext runs");
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let pages: Vec<String> = String::from_utf8_lossy(&text.stdout).split('\u{C}').map(letters).collect();
    let all = pages.concat();
    for row in sheet(&copy, &stem) {
        for title in ["Popis", "Indikátor plnění", "Důvod podle komentáře"] {
            assert!(all.contains(&letters(&row[title])), "{}: {}", row["Opatření"], row[title]);
        }
    }
    let is_of_plan = |page: &&String| !page.is_empty() && !page.contains("Dalšíujinýchgestorů");
    assert!(pages.iter().filter(is_of_plan).count() > 2);
    assert!(pages.iter().filter(is_of_plan).all(|page| page.contains("Navrženýdalšíkrok")), "titles on each page");
}
