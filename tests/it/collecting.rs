//! From the form to the report: what an official typed comes out, whichever format was sent back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use plneni::form::layout::{HEADER_ROW, SHEET};

use crate::office::{self, Typed};
use crate::support::{Copy, csv_rows, stderr, stdout};

/// What is typed for the measures of OZ, in their order; windows-1250 has all of these letters.
const COMMENTS: [&str; 7] = [
    "Cvičný údaj: běží ve třech obcích.",
    "Cvičný údaj: první řádek\ndruhý řádek\n\n- odrážka; se středníkem\n- „uvozovky“ a \"rovné\"",
    "=SUMA(A1:A3) není vzorec",
    "-5 % proti minulému roku; +3 úvazky",
    "Příliš žluťoučký kůň úpěl ďábelské ódy – 100 %",
    "Ano: 1.10, no, null, ~, # není komentář",
    "'apostrof na začátku a konec s tečkou.",
];
const STATUSES: [&str; 7] = ["PLNĚNO", "ČÁSTEČNĚ", "PLNĚNO", "NEPLNĚNO", "ČÁSTEČNĚ", "PLNĚNO", "ČÁSTEČNĚ"];
const IDS: [&str; 7] = ["VIII/10", "IX/1", "IX/2", "IX/3", "IX/4", "IX/5", "IX/7"];

/// A copy of the data with a new period and the forms of OZ.
fn asked() -> Copy {
    let copy = Copy::new();
    let days = ["--from", "2024-01-01", "--to", "2025-12-31", "--due", "2026-01-31"];
    assert_eq!(copy.run(&[&["period", "new", "2025"][..], &days].concat()).status.code(), Some(0));
    for format in ["xlsx", "csv", "yaml"] {
        let output = copy.run(&["form", "2025", "--gestor", "OZ", "--format", format]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    copy
}

fn form(copy: &Copy, ending: &str) -> PathBuf {
    copy.path().join(format!("vystup/2025/formulare/oz.{ending}"))
}

/// Where things stand in the form: rows of measures and of the first count of IX/3, columns by title.
struct Places {
    measures: BTreeMap<String, u32>,
    count: u32,
    columns: BTreeMap<String, String>,
}

impl Places {
    fn read(workbook: &Path) -> Self {
        let mut book: Xlsx<_> = calamine::open_workbook(workbook).expect("it is a workbook");
        let sheet = book.worksheet_range(SHEET).expect("it has the sheet");
        let text = |row: u32, column: u32| sheet.get_value((row, column)).map(Data::to_string).unwrap_or_default();
        let end = sheet.end().expect("the sheet is not empty");
        let columns: BTreeMap<String, u32> = (0..=end.1).map(|column| (text(HEADER_ROW - 1, column), column)).collect();
        let mut measures = BTreeMap::new();
        let mut count = 0;
        for row in HEADER_ROW..=end.0 {
            let (id, criterion) = (text(row, columns["Opatření"]), text(row, columns["Kritérium"]));
            if criterion.is_empty() && !id.is_empty() {
                measures.insert(id, row + 1);
            } else if criterion == "Počet mediátorů" {
                count = row + 1;
            }
        }
        let letter = |column: u32| char::from(b'A' + u8::try_from(column).expect("few columns")).to_string();
        Self { measures, count, columns: columns.into_iter().map(|(title, at)| (title, letter(at))).collect() }
    }

    /// What is typed, in a file whose rows lie `up` rows higher than in the workbook.
    fn typed(&self, up: u32) -> Vec<(String, Typed<'static>)> {
        let mut typed = vec![(self.cell("Hodnota", self.count - up), Typed::Number(12.0))];
        for ((id, status), comment) in IDS.into_iter().zip(STATUSES).zip(COMMENTS) {
            let row = self.measures[id] - up;
            typed.push((self.cell("Stav", row), Typed::Text(status)));
            typed.push((self.cell("Komentář", row), Typed::Text(comment)));
        }
        typed
    }

    fn cell(&self, title: &str, row: u32) -> String {
        format!("{}{row}", self.columns[title])
    }
}

/// Takes a filled form in and compares everything that comes out with what was typed.
fn assert_comes_out(copy: &Copy, filled: &str) -> String {
    let output = copy.run(&["import", filled]);
    assert_eq!(output.status.code(), Some(0), "{filled}: {}", stderr(&output));
    let check = copy.run(&["check", "--period", "2025"]);
    assert_eq!(check.status.code(), Some(0), "{filled}: {}", stderr(&check));
    let rows = csv_rows(&stdout(&copy.run(&["export", "2025", "--table", "opatreni"])));
    let by_id: BTreeMap<&str, (&str, &str)> =
        rows.iter().map(|row| (row[0].as_str(), (row[8].as_str(), row[9].as_str()))).collect();
    for ((id, status), comment) in IDS.into_iter().zip(STATUSES).zip(COMMENTS) {
        // What was one line end in a cell is the end of a paragraph; in YAML it is what was typed.
        let of_cell = comment.replace("první řádek\n", "první řádek\n\n");
        let comment = if filled.ends_with(".yaml") { comment } else { &of_cell };
        assert_eq!(by_id[id], (status, comment), "{filled}: {id}");
    }
    assert_eq!(copy.run(&["generate-report", "2025"]).status.code(), Some(0), "{filled}");
    let report = copy.read("vystup/2025/informace-2025.html").replace('\u{A0}', " ");
    for words in ["=SUMA(A1:A3) není vzorec", "Příliš žluťoučký kůň", "odrážka; se středníkem"] {
        assert!(report.contains(words), "{filled}: {words}");
    }
    let submissions = copy.read("data/obdobi/2025/podklady/oz.yaml");
    assert!(submissions.contains("hodnota: 12\n"), "{filled}: {submissions}");
    submissions
}

#[test]
fn what_was_typed_in_libreoffice_comes_out() {
    if !office::are_there(&["soffice"]) {
        return;
    }
    let copy = asked();
    let places = Places::read(&form(&copy, "xlsx"));
    let filled = copy.path().join("vyplněno.xlsx");
    office::fill((&form(&copy, "xlsx"), &office::XLSX), &places.typed(0), (&filled, &office::XLSX));
    let from_sheet = assert_comes_out(&copy, "vyplněno.xlsx");

    // CSV has the record of marks and the titles where the sheet has its heading.
    let copy = asked();
    let filled = copy.path().join("vyplněno.csv");
    let typed = places.typed(HEADER_ROW - 2);
    office::fill((&form(&copy, "csv"), &office::CSV), &typed, (&filled, &office::CSV_1250));
    let bytes = std::fs::read(&filled).expect("it was written");
    assert!(std::str::from_utf8(&bytes).is_err(), "it is in windows-1250");
    assert_eq!(assert_comes_out(&copy, "vyplněno.csv"), from_sheet);
}

#[test]
fn what_was_typed_into_yaml_comes_out() {
    let copy = asked();
    let mut text = copy.read("vystup/2025/formulare/oz.yaml");
    for ((id, status), comment) in IDS.into_iter().zip(STATUSES).zip(COMMENTS) {
        let entry = format!("  - opatreni: {id}\n    stav:\n    komentar:\n");
        assert_eq!(text.matches(&entry).count(), 1, "{id}: {text}");
        let indented = comment.replace('\n', "\n      ");
        let filled = format!("  - opatreni: {id}\n    stav: {status}\n    komentar: |-\n      {indented}\n");
        text = text.replace(&entry, &filled);
    }
    let count = "      - kriterium: Počet mediátorů\n        hodnota:\n";
    assert_eq!(text.matches(count).count(), 1, "{text}");
    text = text.replace(count, &format!("{} 12\n", count.trim_end()));
    copy.write("vyplněno.yaml", text);
    assert_comes_out(&copy, "vyplněno.yaml");
}

/// Fills every measure of a form in, as an older Excel would save it.
fn filled_in_windows_1250(form: &str) -> Vec<u8> {
    let text = form.trim_start_matches('\u{FEFF}');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for (number, record) in reader.records().enumerate() {
        let mut cells: Vec<String> = record.expect("it is CSV").iter().map(str::to_owned).collect();
        if number > 1 && cells[7].is_empty() {
            cells[8] = "Částečně".to_owned();
            cells[11] = format!("Cvičný údaj k opatření {}.", cells[0]);
        }
        writer.write_record(&cells).expect("it can be written");
    }
    let text = String::from_utf8(writer.into_inner().expect("it is whole")).expect("it is UTF-8");
    encoding_rs::WINDOWS_1250.encode(&text).0.into_owned()
}

#[test]
fn the_form_of_every_body_comes_back_from_an_older_excel() {
    let copy = asked();
    let output = copy.run(&["form", "2025", "--format", "csv", "--out", "formulare"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let names: Vec<String> = crate::support::walk(&copy.path().join("formulare"))
        .iter()
        .map(|path| format!("formulare/{}", path.file_name().expect("it is a file").to_string_lossy()))
        .collect();
    assert_eq!(names.len(), 36);
    for name in &names {
        copy.write(name, filled_in_windows_1250(&copy.read(name)));
    }
    let arguments: Vec<&str> = std::iter::once("import").chain(names.iter().map(String::as_str)).collect();
    let output = copy.run(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let rows = csv_rows(&stdout(&copy.run(&["export", "2025", "--table", "podklady"])));
    assert!(rows.len() > 200 && rows.iter().all(|row| row[2] == "ČÁSTEČNĚ"), "{}", rows.len());
}
