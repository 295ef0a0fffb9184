//! What comes from other people's hands and goes on to other people's programs: forms made to break
//! the reader, texts that a spreadsheet would run, names that a browser would, files that may not be read.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::browser::Gates;
use crate::support::{Copy, stderr, walk};

/// What makes a spreadsheet take a cell for a formula.
const FORMULAS: [&str; 6] =
    ["=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+cmd|'!A0", "@SUM(1+1)*cmd|'!A0", "\t=cmd|'!A0", "\r=cmd|'!A0"];

/// Data with a text in all the places that get into tables.
fn saying(text: &str) -> Copy {
    let copy = Copy::new();
    let text = serde_json::to_string(text).expect("a text can be written");
    let area = copy.read("data/opatreni/01.yaml");
    let (before, measure) = area.split_once("  - cislo: 9\n").expect("it is the last one");
    let from = measure.find("    termin:").expect("it has one");
    let replaced = format!(
        "  - cislo: 9\n    popis: {text}\n    indikator: {text}\n    kriteria:\n      - {{nazev: {text}, druh: vystup}}\n"
    );
    copy.write("data/opatreni/01.yaml", format!("{before}{replaced}{}", &measure[from..]));
    copy.edit("data/subjekty.yaml", "nazev: odbor sociálních věcí", &format!("nazev: {text}"));
    copy.write(
        "data/obdobi/2023/podklady/mmr.yaml",
        format!(
            "predkladatel: MMR\npodklady:\n  - opatreni: I/9\n    stav: NEPLNĚNO\n    komentar: {text}\n    kriteria:\n      - {{kriterium: {text}, stav: NEPLNĚNO}}\n"
        ),
    );
    copy
}

fn run_all(copy: &Copy, commands: &[&[&str]]) {
    for arguments in commands {
        let output = copy.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    }
}

/// The parts of a workbook or document that are XML, with their names.
fn parts(path: &Path) -> Vec<(String, String)> {
    let bytes = fs::read(path).expect("it was written");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("it is an archive");
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).expect("it is there");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("it is XML");
            (file.name().expect("it has a name").into_owned(), text)
        })
        .collect()
}

#[test]
fn no_cell_of_a_table_for_excel_is_a_formula() {
    for formula in FORMULAS {
        let copy = saying(formula);
        run_all(
            &copy,
            &[
                &["export", "2023", "--dialect", "excel", "--out", "tabulky"],
                &["form", "2023", "--gestor", "MMR", "--format", "csv", "--out", "formulare"],
            ],
        );
        for folder in ["tabulky", "formulare"] {
            let mut n_harmless = 0;
            for path in walk(&copy.path().join(folder)) {
                let text = fs::read_to_string(&path).expect("it is UTF-8");
                let mut reader = csv::ReaderBuilder::new()
                    .delimiter(b';')
                    .flexible(true)
                    .has_headers(false)
                    .from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
                for cell in reader
                    .records()
                    .flat_map(|record| record.expect("it is CSV").iter().map(str::to_owned).collect::<Vec<_>>())
                {
                    let is_run = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && cell.contains("cmd");
                    assert!(!is_run, "{}: {cell:?}", path.display());
                    n_harmless += usize::from(cell.starts_with('\'') && cell.contains("cmd"));
                }
            }
            // A text that begins with blanks may have lost them, and its formula with them is caught above.
            assert!(n_harmless > 0, "{folder}: {formula:?} got nowhere");
        }
    }
}

#[test]
fn no_cell_of_a_workbook_is_a_formula_or_a_link() {
    for formula in FORMULAS.into_iter().chain(["javascript:cmd|", "file:///etc/passwd#cmd|"]) {
        let copy = saying(formula);
        run_all(
            &copy,
            &[
                &["export", "2023", "--format", "xlsx", "--out", "tabulky"],
                &["form", "2023", "--gestor", "MMR", "--out", "formulare"],
                &["generate-report", "2023", "--document", "akcni-plan", "--format", "xlsx", "--out", "plan"],
            ],
        );
        for folder in ["tabulky", "formulare", "plan"] {
            let mut is_there = false;
            for path in walk(&copy.path().join(folder)) {
                for (name, text) in parts(&path) {
                    is_there |= text.contains("cmd|");
                    let is_run = text
                        .split("<f>")
                        .skip(1)
                        .any(|rest| rest.split("</f>").next().unwrap_or_default().contains("cmd"));
                    let is_link = name.ends_with(".rels") && text.contains("cmd|");
                    assert!(!is_run && !is_link, "{}, {name}: {formula:?}", path.display());
                }
            }
            assert!(is_there, "{folder}: {formula:?} got nowhere");
        }
    }
}

#[test]
fn no_document_runs_a_hostile_name() {
    let harm =
        "\"><img src=https://example.org/x onerror=alert(1)>]]><script>document.title='x'</script>javascript:alert(1)";
    let copy = saying(harm);
    copy.edit(
        "data/subjekty.yaml",
        "nazev: Krajský úřad Libereckého kraje",
        &format!("nazev: '{}'", harm.replace('\'', "''")),
    );
    copy.edit(
        "data/opatreni/01.yaml",
        "nazev: Zajištění návaznosti krajské sítě sociálních služeb na krizové a sociální bydlení",
        &format!("nazev: '{}'", harm.replace('\'', "''")),
    );
    copy.edit("data/obdobi/2023/obdobi.yaml", "puvod: ", &format!("puvod: '{}' # ", harm.replace('\'', "''")));
    let mut n_pages = 0;
    for document in ["informace", "vyporadani-pripominek", "dopis", "upominka"] {
        let arguments = ["generate-report", "2023", "--draft", "--document", document, "--out", "vystup"];
        let output = copy.run(&arguments);
        assert!(output.status.success(), "{document}: {}", stderr(&output));
    }
    let gates = Gates::find();
    for path in walk(&copy.path().join("vystup")) {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("html") => {
                let text = fs::read_to_string(&path).expect("it is UTF-8");
                assert!(
                    !text.contains("<img src=https") && !text.contains("<script>document.title"),
                    "{}",
                    path.display()
                );
                n_pages += 1;
                if let Some(gates) = &gates {
                    gates.pass(&path, &["network", "console"]);
                }
            }
            Some("docx" | "xlsx") => {
                for (name, text) in parts(&path) {
                    roxmltree::Document::parse(&text)
                        .unwrap_or_else(|error| panic!("{}, {name}: {error}", path.display()));
                }
            }
            _ => {}
        }
    }
    assert!(n_pages > 0);
}

/// A filled form whose sheet was changed as XML.
fn changed_form(copy: &Copy, change: impl Fn(&str, String) -> String, more: &[(&str, &[u8])]) {
    run_all(copy, &[&["form", "2023", "--gestor", "MMR", "--out", "f"]]);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, text) in parts(&copy.path().join("f/mmr.xlsx")) {
        writer.start_file(&*name, options).expect("it can be begun");
        writer.write_all(change(&name, text).as_bytes()).expect("it can be written");
    }
    for (name, block) in more {
        writer.start_file(*name, options).expect("it can be begun");
        // Three gigabytes of nothing.
        for _ in 0..3072 {
            writer.write_all(block).expect("it can be written");
        }
    }
    copy.write("zly.xlsx", writer.finish().expect("it can be finished").into_inner());
}

/// What `import` says of a form that it refuses, or nothing when it takes it; it writes nothing else.
fn said_of_import(copy: &Copy) -> (Option<i32>, String) {
    let output = copy.run(&["import", "zly.xlsx"]);
    (output.status.code(), stderr(&output))
}

#[test]
fn a_form_that_unpacks_to_gigabytes_is_refused() {
    let copy = Copy::new();
    changed_form(&copy, |_, text| text, &[("xl/media/image1.png", &[0; 1 << 20])]);
    let (code, said) = said_of_import(&copy);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("sešit je po rozbalení příliš velký"), "{said}");
}

#[test]
fn a_sheet_with_one_cell_in_its_last_corner_is_no_larger_than_another() {
    let copy = Copy::new();
    let corner = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData>";
    let change = |name: &str, text: String| {
        if !name.starts_with("xl/worksheets/sheet") {
            return text;
        }
        let text = text.replacen("</sheetData>", corner, 1);
        match (text.find("<dimension ref=\""), text.find("\"/>")) {
            (Some(start), Some(end)) if end > start => {
                format!("{}<dimension ref=\"A1:XFD1048576{}", &text[..start], &text[end..])
            }
            _ => text,
        }
    };
    changed_form(&copy, change, &[]);
    let (code, said) = said_of_import(&copy);
    assert_eq!(code, Some(1), "{said}");
    assert!(!said.contains("nedá přečíst") && !said.contains("příliš velký"), "{said}");
}

#[test]
fn what_the_xml_of_a_form_refers_to_is_never_read() {
    let copy = Copy::new();
    copy.write("tajne.txt", "TAJEMSTVI");
    let secret = copy.path().join("tajne.txt").display().to_string();
    let lol: String =
        (1..12).map(|level| format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(20))).collect();
    for (entity, reference) in
        [(format!("<!ENTITY x SYSTEM \"file://{secret}\">"), "&x;"), (format!("<!ENTITY l0 \"lol\">{lol}"), "&l11;")]
    {
        let change = |name: &str, text: String| {
            match name {
            "xl/sharedStrings.xml" => text
                .replacen("<sst ", &format!("<!DOCTYPE sst [{entity}]><sst "), 1)
                .replacen("</t>", &format!("{reference}</t>"), 1),
            "xl/_rels/workbook.xml.rels" => text.replacen(
                "</Relationships>",
                &format!("<Relationship Id=\"rId999\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink\" Target=\"file://{secret}\" TargetMode=\"External\"/></Relationships>"),
                1,
            ),
            _ => text,
        }
        };
        changed_form(&copy, change, &[]);
        let (code, said) = said_of_import(&copy);
        assert_eq!(code, Some(1), "{said}");
        assert!(!said.contains("TAJEMSTVI") && !said.contains("lollol"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    let copy = Copy::new();
    let forbid = |path: &str, mode: u32| {
        fs::set_permissions(copy.path().join(path), fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    forbid(".", 0o755);
    forbid("data/opatreni/01.yaml", 0o000);
    // Root reads everything, so it has to be somebody else for once.
    let is_root = fs::read(copy.path().join("data/opatreni/01.yaml")).is_ok();
    let program = env!("CARGO_BIN_EXE_plneni");
    let mut command = Command::new(if is_root { "setpriv" } else { program });
    if is_root {
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups", program]);
    }
    let output = command.arg("check").current_dir(copy.path()).output().expect("it can be run");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("opatreni/01.yaml“ nejde přečíst: chybí oprávnění"), "{said}");
}

#[test]
fn what_one_body_leaves_open_swallows_nothing_of_another() {
    let copy = Copy::new();
    let path = "data/obdobi/2023/podklady/";
    let said = |body: &str, text: &str| {
        format!("predkladatel: {body}\npodklady:\n  - opatreni: II/1\n    stav: PLNĚNO\n    komentar: |-\n{text}\n")
    };
    copy.write(
        &format!("{path}lk.yaml"),
        said("LK", "      Viz [zápis][1].\n\n      [1]: https://example.cz/lk\n\n      ```\n      kód bez konce"),
    );
    copy.write(
        &format!("{path}mmr.yaml"),
        said("MMR", "      Viz **[zpráva][1]**.\n\n      [1]: https://example.cz/mmr"),
    );
    let output = copy.run(&["generate-report", "2023", "--draft", "--format", "md", "--format", "html"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = copy.read("vystup/2023/informace-2023.md");
    assert!(text.contains("[zápis](<https://example.cz/lk>)"), "{text}");
    assert!(text.contains("[zpráva](<https://example.cz/mmr>)"), "{text}");
    let page = copy.read("vystup/2023/informace-2023.html");
    assert!(page.contains("href=\"https://example.cz/lk\"") && page.contains("href=\"https://example.cz/mmr\""));
    let (_, behind) = text.split_once("kód bez konce").expect("it is there");
    assert!(behind.trim_start().starts_with("```"), "{behind}");
}
