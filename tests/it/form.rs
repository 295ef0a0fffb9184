//! The forms of the real data, from the command to the files, read back as their receivers would:
//! the workbook by a reader of another make and, where LibreOffice is installed, as a PDF.
//! `PLNENI_REQUIRE_OFFICE=1` makes its absence a failure.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::process::Command;

use calamine::{Reader, SheetVisible, Xlsx};
use plneni::dataset::Dataset;
use plneni::form::layout::{Column, HEADER_ROW, INSTRUCTIONS_SHEET, MARKS_SHEET, Marks, SHEET};
use plneni::form::{Asking, Form};
use plneni::load::read_tree;
use plneni::model::{CriterionKind, Year};
use roxmltree::Document;

use crate::support::{Copy, stderr, stdout, walk};

const PERIOD: &str = "obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\ntermin_podkladu: 2026-01-31\n";

/// The real data with a period that is yet to be reported on.
fn copy() -> Copy {
    let copy = Copy::new();
    copy.write("data/obdobi/2025/obdobi.yaml", PERIOD);
    copy
}

/// What the form of a body must ask.
fn expected(copy: &Copy, code: &str) -> Form {
    let dataset = Dataset::new(read_tree(&copy.path().join("data")).expect("the data can be read"));
    let body = dataset.strategy.register.find(code).expect("the body is known");
    Asking::new(&dataset, &dataset.strategy.periods[&Year(2025)]).form(body).expect("some measures concern it")
}

fn written(copy: &Copy, arguments: &[&str], path: &str) -> Vec<u8> {
    let output = copy.run(&[&["form", "2025"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    fs::read(copy.path().join(path)).expect("it was written")
}

fn workbook(copy: &Copy, code: &str, path: &str) -> Vec<u8> {
    written(copy, &["--gestor", code], path)
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a ZIP archive");
    let mut text = String::new();
    archive.by_name(name).expect("it is there").read_to_string(&mut text).expect("parts are UTF-8");
    text
}

#[test]
fn every_body_that_is_asked_gets_a_form() {
    let copy = copy();
    let output = copy.run(&["form", "2025"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output).replace('\\', "/");
    assert!(text.contains("Zapsáno: vystup/2025/formulare/odd-krizoveho-rizeni.xlsx\n"), "{text}");
    assert!(text.ends_with("Subjektů: 36. Formuláře se mají vrátit do 31. 1. 2026.\n"), "{text}");
    assert_eq!(walk(&copy.path().join("vystup")).len(), 36);
    assert_eq!(stderr(&output), "");
}

#[test]
fn bodies_and_formats_are_chosen() {
    let copy = copy();
    let bodies = ["--gestor", "osv", "--gestor", "Odbor sociálních věcí", "--gestor", "KÚ LK"];
    let arguments = [&["form", "2025", "--out", "f"][..], &bodies].concat();
    let formats = ["--format", "yaml", "--format", "csv", "--format", "yaml"];
    let output = copy.run(&[&arguments[..], &formats[..]].concat());
    let expected = ["f/osv.yaml", "f/osv.csv", "f/ku-lk.yaml", "f/ku-lk.csv"];
    let mut lines: Vec<String> = expected.map(|path| format!("Zapsáno: {path}")).to_vec();
    lines.push("Subjektů: 2. Formuláře se mají vrátit do 31. 1. 2026.".to_owned());
    assert_eq!(stdout(&output).replace('\\', "/").lines().collect::<Vec<_>>(), lines);
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_written() {
    let copy = copy();
    for (arguments, message) in [
        (&["form", "2026"][..], "období „2026“ v datech není; jsou v nich: 2023, 2025"),
        (&["form", "2025", "--gestor", "OVS"], "gestor „OVS“ v registru není; nemysleli jste „OSV“?"),
        (&["form", "2025", "--gestor", "OSV", "--gestor", "nikdo"], "gestor „nikdo“ v registru není"),
        (&["form", "2025", "--format", "xls"], "formát „xls“ formuláře nemají; nemysleli jste „xlsx“?"),
    ] {
        let output = copy.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
    assert!(!copy.path().join("vystup").exists());
}

#[test]
fn errors_in_definitions_stop_it_and_errors_in_submissions_do_not() {
    let copy = copy();
    copy.write("data/obdobi/2025/podklady/oz.yaml", "podklady:\n  - opatreni: IX/2\n    stav: možná\n");
    assert_eq!(copy.run(&["form", "2025", "--gestor", "OSV"]).status.code(), Some(0));
    copy.edit("data/obdobi/2023/podklady/ozp.yaml", "stav: ČÁSTEČNĚ", "stav: snad");
    let output = copy.run(&["form", "2025", "--gestor", "OSV"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("V období 2023 je chyb: "), "{}", stderr(&output));
    fs::remove_dir_all(copy.path().join("vystup")).expect("it was written");
    for (path, text) in [
        ("data/obdobi/2025/obdobi.yaml", format!("{PERIOD}neco: 1\n")),
        ("data/obdobi/2025/obdobi.yaml", PERIOD.replace("2025-12-31", "2025-12-32")),
        ("data/opatreni/01.yaml", "okruh: I\n".to_owned()),
    ] {
        copy.write("data/obdobi/2025/obdobi.yaml", PERIOD);
        copy.write(path, text);
        let output = copy.run(&["form", "2025"]);
        assert_eq!(output.status.code(), Some(1), "{path}: {}", stderr(&output));
        assert!(!copy.path().join("vystup").exists());
    }
}

#[test]
fn the_workbook_asks_for_every_criterion_and_says_whose_it_is() {
    let copy = copy();
    let form = expected(&copy, "OSV");
    let bytes = workbook(&copy, "OSV", "vystup/2025/formulare/osv.xlsx");
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("it is a workbook");
    let sheets: Vec<(&str, SheetVisible)> =
        workbook.sheets_metadata().iter().map(|sheet| (sheet.name.as_str(), sheet.visible)).collect();
    let visible = SheetVisible::Visible;
    let expected = [(SHEET, visible), (INSTRUCTIONS_SHEET, visible), (MARKS_SHEET, SheetVisible::Hidden)];
    assert_eq!(sheets, expected);
    let marks = workbook.worksheet_range(MARKS_SHEET).expect("there are marks");
    let pairs: Vec<(String, String)> = marks.rows().map(|row| (row[0].to_string(), row[1].to_string())).collect();
    let pairs = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    assert_eq!(Marks::from_pairs(pairs), Some(form.marks()));
    let sheet = workbook.worksheet_range(SHEET).expect("there is the sheet");
    let rows: Vec<BTreeMap<&str, String>> = (HEADER_ROW..u32::try_from(sheet.height()).expect("few"))
        .map(|row| {
            let text = |column| sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
            Column::ALL.into_iter().zip(0..).map(|(column, number)| (column.title(), text(number))).collect()
        })
        .collect();
    let mut rows = rows.iter();
    for measure in &form.measures {
        let row = rows.next().expect("there is a row of the measure");
        let previous = measure.previous_comment.clone().unwrap_or_default();
        assert_eq!(row["Opatření"], measure.id.to_string());
        assert_eq!((&row["Popis"], &row["Minulý komentář"]), (&measure.description, &previous), "{}", measure.id);
        for criterion in &measure.criteria {
            let row = rows.next().expect("there is a row of the criterion");
            assert_eq!(row["Opatření"], measure.id.to_string());
            assert_eq!(row["Kritérium"], *criterion.name);
        }
    }
    assert!(rows.next().is_none());
}

#[test]
fn the_workbook_leads_by_the_hand() {
    let copy = copy();
    let form = expected(&copy, "OSV");
    let bytes = workbook(&copy, "OSV", "vystup/2025/formulare/osv.xlsx");
    let text = part(&bytes, "xl/worksheets/sheet1.xml");
    let sheet = Document::parse(&text).expect("it is XML");
    let all = |name| sheet.descendants().filter(move |node| node.tag_name().name() == name);
    assert_eq!(all("sheetProtection").filter(|node| node.attribute("sheet") == Some("1")).count(), 1);
    assert_eq!(all("sheetProtection").filter(|node| node.attribute("password").is_some()).count(), 0);
    // „Nastavte buňce formát „Text““ is what import asks for.
    assert_eq!(all("sheetProtection").filter(|node| node.attribute("formatCells") == Some("0")).count(), 1);
    let pane = all("pane").next().expect("something is frozen");
    assert_eq!((pane.attribute("xSplit"), pane.attribute("ySplit")), (Some("1"), Some("4")));
    // How many cells the validations of a kind speak of.
    let n_cells = |kind: &str| -> usize {
        all("dataValidation")
            .filter(|node| node.attribute("type") == Some(kind))
            .flat_map(|node| node.attribute("sqref").unwrap_or_default().split(' '))
            .map(|range| {
                let rows: Vec<usize> = range.split(':').map(|cell| cell[1..].parse().expect("a row")).collect();
                rows[rows.len() - 1] - rows[0] + 1
            })
            .sum()
    };
    let criteria = || form.measures.iter().flat_map(|measure| &measure.criteria);
    let n_counts = criteria().filter(|criterion| criterion.kind == CriterionKind::Count).count();
    assert_eq!(n_cells("list"), form.measures.len() + criteria().count());
    assert_eq!(n_cells("decimal"), n_counts);
    assert_eq!(n_cells("textLength"), form.measures.len() + criteria().count());
    for node in all("dataValidation").filter(|node| node.attribute("type") == Some("list")) {
        let message = node.attribute("error").unwrap_or_default();
        for status in ["SPLNĚNO", "PLNĚNO", "ČÁSTEČNĚ", "NEPLNĚNO"] {
            assert!(message.contains(status), "{message}");
        }
    }
    for sheet in ["xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"] {
        assert!(part(&bytes, sheet).contains("<sheetProtection sheet=\"1\""), "{sheet}");
    }
}

#[test]
fn every_format_gives_the_same_bytes_again() {
    let copy = copy();
    for format in ["xlsx", "csv", "yaml"] {
        let path = format!("vystup/2025/formulare/osv.{format}");
        let first = written(&copy, &["--gestor", "OSV", "--format", format], &path);
        assert!(written(&copy, &["--format", format], &path) == first, "{format}");
    }
    let bytes = workbook(&copy, "OSV", "vystup/2025/formulare/osv.xlsx");
    let core = part(&bytes, "docProps/core.xml");
    assert_eq!(core.matches("2025-12-31T00:00:00Z").count(), 2, "{core}");
}

#[test]
fn a_form_that_is_another_by_now_stays() {
    let copy = copy();
    let folder = "vystup/2025/formulare";
    let arguments = ["form", "2025", "--gestor", "OSV", "--gestor", "OZ", "--format", "csv", "--format", "xlsx"];
    assert_eq!(copy.run(&arguments).status.code(), Some(0));
    let bytes = |path: &str| fs::read(copy.path().join(path)).expect("it was written");
    let [osv, oz] = ["osv.csv", "oz.xlsx"].map(|name| format!("{folder}/{name}"));
    let [empty, workbook] = [&osv, &oz].map(|path| bytes(path));
    // The same again is no difference.
    let again = copy.run(&arguments);
    assert_eq!((again.status.code(), stderr(&again)), (Some(0), String::new()));
    copy.write(&osv, "vyplněno");
    copy.write(&oz, "");
    fs::remove_file(copy.path().join(folder).join("oz.csv")).expect("it was written");
    let output = copy.run(&arguments);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output).replace('\\', "/");
    let stayed: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("Beze změny zůstal: ")).collect();
    assert_eq!(stayed, [&osv, &oz].map(|path| format!("{path} (je jiný)")));
    assert!(said.contains("Volbou --out") && said.contains("volbou --replace"), "{said}");
    let said = stdout(&output).replace('\\', "/");
    let written: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("Zapsáno: ")).collect();
    assert_eq!(written, ["osv.xlsx", "oz.csv"].map(|name| format!("{folder}/{name}")));
    assert_eq!((bytes(&osv), bytes(&oz)), ("vyplněno".into(), Vec::new()));
    for more in [&["--replace"][..], &["--out", "znovu"]] {
        let output = copy.run(&[&arguments, more].concat());
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    }
    assert!(bytes(&osv) == empty && bytes(&oz) == workbook && bytes("znovu/osv.csv") == empty);
}

#[test]
fn a_read_only_form_is_in_the_way_of_none_where_it_is_the_same() {
    let copy = copy();
    let osv = "vystup/2025/formulare/osv.csv";
    let arguments = ["form", "2025", "--gestor", "OSV", "--gestor", "OZ", "--format", "csv"];
    assert_eq!(copy.run(&arguments).status.code(), Some(0));
    let lock = |path: &str| {
        let mut permissions = fs::metadata(copy.path().join(path)).expect("it was written").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(copy.path().join(path), permissions).expect("they can be set");
    };
    lock(osv);
    for more in [&[][..], &["--replace"]] {
        let output = copy.run(&[&arguments, more].concat());
        let said = stderr(&output).replace('\\', "/");
        assert_eq!((output.status.code(), said), (Some(0), format!("Beze změny zůstal: {osv} (nový by byl stejný)\n")));
        assert!(stdout(&output).replace('\\', "/").starts_with("Zapsáno: vystup/2025/formulare/oz.csv\n"));
    }
    // One that is another is told from it, and that it must be unlocked before --replace is refused.
    let oz = "vystup/2025/formulare/oz.csv";
    copy.write(oz, "vyplněno");
    for (is_locked, words) in [(false, "je jiný"), (true, "je jiný a jen ke čtení")] {
        if is_locked {
            lock(oz);
        }
        let output = copy.run(&arguments);
        let said = stderr(&output).replace('\\', "/");
        assert_eq!(output.status.code(), Some(1));
        let both = format!("Beze změny zůstal: {osv} (nový by byl stejný)\nBeze změny zůstal: {oz} ({words})\n");
        assert!(said.starts_with(&both), "{said}");
        assert_eq!(said.contains("napřed povolte zápis"), is_locked, "{said}");
    }
    assert_eq!(copy.run(&[&arguments[..], &["--replace"]].concat()).status.code(), Some(2));
}

#[test]
fn an_empty_yaml_form_holds_only_empty_entries() {
    let copy = copy();
    let path = "vystup/2025/formulare/osmts.yaml";
    let text = String::from_utf8(written(&copy, &["--gestor", "OŠMTS", "--format", "yaml"], path)).expect("UTF-8");
    copy.write("data/obdobi/2025/podklady/osmts.yaml", &text);
    assert_eq!(copy.findings(), ["data/obdobi/2025/podklady/osmts.yaml:1:1 chybejici-stav"]);
    let (_, without_mark) = text.split_once('\n').expect("the first line is the mark");
    copy.write("data/obdobi/2025/podklady/osmts.yaml", without_mark);
    let codes: Vec<String> = copy.findings().iter().map(|found| found.rsplit(' ').next().unwrap().to_owned()).collect();
    assert_eq!(codes.len(), expected(&copy, "OŠMTS").measures.len());
    assert!(codes.iter().all(|code| code == "chybejici-stav"), "{codes:?}");
}

#[test]
fn libreoffice_shows_all_of_it() {
    if !crate::office::are_there(&["soffice", "pdftotext"]) {
        return;
    }
    let copy = copy();
    // The second one has a comment that is longer than the highest row.
    for (code, stem) in [("OSV", "osv"), ("odd. veřejných zakázek", "odd-verejnych-zakazek")] {
        let text = shown(&copy, code, stem);
        for measure in &expected(&copy, code).measures {
            let criteria = measure.criteria.iter().map(|criterion| criterion.name.as_str());
            let others = [Some(&measure.description), measure.previous_comment.as_ref()];
            for shown in criteria.chain(others.into_iter().flatten().map(String::as_str)) {
                assert!(text.contains(&letters(shown)), "{}: {shown}", measure.id);
            }
        }
        for shown in ["Jak formulář vyplnit", "Co znamenají stavy", "Co se s formulářem stane", "Strana1z"] {
            assert!(text.contains(&letters(shown)), "{shown}");
        }
    }
}

/// The letters of a form as LibreOffice prints it.
fn shown(copy: &Copy, code: &str, stem: &str) -> String {
    let path = format!("vystup/2025/formulare/{stem}.xlsx");
    workbook(copy, code, &path);
    let profile = format!("-env:UserInstallation=file://{}/profil", copy.path().display());
    let converted = Command::new("soffice")
        .current_dir(copy.path())
        .args([&profile, "--headless", "--convert-to", "pdf", &path])
        .output()
        .expect("soffice runs");
    assert!(converted.status.success(), "{}", String::from_utf8_lossy(&converted.stderr));
    let text = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-nopgbrk", "-raw", &format!("{stem}.pdf"), "-"])
        .current_dir(copy.path())
        .output()
        .expect("pdftotext runs");
    letters(&String::from_utf8_lossy(&text.stdout))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
