//! A small data set with a period that is being collected, and forms of it as bodies send them.

use rust_xlsxwriter::{Workbook, Worksheet};

use crate::dataset::Dataset;
use crate::form::layout::{Column, HEADER_ROW, MARKS_SHEET, MARKS_WORD, Marks, SHEET};
use crate::form::{Asking, Form};
use crate::import::{Earlier, Judged, read, take_in};
use crate::load::RawFile;
use crate::model::Year;
use crate::rules::testing::FILES;

pub(super) const PERIOD: &str = "obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\n";

/// Columns by their numbers.
pub(super) const STATUS: usize = Column::Status as usize;
pub(super) const VALUE: usize = Column::Value as usize;
pub(super) const EVIDENCE: usize = Column::Evidence as usize;
pub(super) const COMMENT: usize = Column::Comment as usize;

/// A row of a form: what stands under each title.
pub(super) type Row = [String; 12];

pub(super) fn raw_files(more: &[(&str, &str)]) -> Vec<RawFile> {
    let is_kept = |(path, _): &&(&str, &str)| more.iter().all(|(replaced, _)| replaced != path);
    let all = FILES.iter().filter(is_kept).chain(&[("obdobi/2025/obdobi.yaml", PERIOD)]).chain(more);
    let mut files: Vec<RawFile> =
        all.map(|(path, text)| RawFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() }).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

pub(super) fn form(body: &str) -> Form {
    form_of(body, &[])
}

/// The same with some files of the data replaced or added.
pub(super) fn form_of(body: &str, more: &[(&str, &str)]) -> Form {
    let dataset = Dataset::new(raw_files(more));
    let body = dataset.strategy.register.find(body).expect("it is in the register");
    Asking::new(&dataset, &dataset.strategy.periods[&Year(2025)]).form(body).expect("it is asked something")
}

/// The empty rows of a form: one a measure and under it one a criterion.
pub(super) fn rows(form: &Form) -> Vec<Row> {
    let mut rows = Vec::new();
    for measure in &form.measures {
        let mut row = Row::default();
        row[0] = measure.id.to_string();
        row[1] = measure.role.word().to_owned();
        row[2].clone_from(&measure.description);
        row[6] = "Minule, středník; „uvozovky“ a \"ještě\"\njedny".to_owned();
        rows.push(row.clone());
        for criterion in &measure.criteria {
            row[7] = criterion.name.to_string();
            rows.push(row.clone());
        }
    }
    rows
}

/// The rows of OZ (I/2 with two criteria, II/1 with one), I/2 and its first criterion answered.
pub(super) fn answered() -> (Marks, Vec<Row>) {
    let form = form("OZ");
    let mut rows = rows(&form);
    rows[0][STATUS] = "částečně plněno".to_owned();
    rows[0][COMMENT] = "Konaly se; v Liberci.\n\n- dvakrát".to_owned();
    rows[1][STATUS] = "PLNĚNO".to_owned();
    rows[1][VALUE] = "12".to_owned();
    (form.marks(), rows)
}

/// What comes of [`answered`].
pub(super) const EXPECTED: &str = "# yaml-language-server: $schema=../../../../schema/podklady.schema.json\n\
    predkladatel: OZ\n\
    podklady:\n\
    \x20 - opatreni: I/2\n\
    \x20   stav: ČÁSTEČNĚ\n\
    \x20   komentar: |-\n\
    \x20     Konaly se; v Liberci.\n\
    \n\
    \x20     - dvakrát\n\
    \x20   kriteria:\n\
    \x20     - kriterium: Počet konferencí\n\
    \x20       hodnota: 12\n\
    \x20       stav: PLNĚNO\n";

/// The form of OZ in YAML with one status in it.
pub(super) fn yaml(status: &str) -> String {
    let marks = form("OZ").marks();
    let marks: Vec<String> = marks.pairs().iter().map(|(key, value)| format!("{key}: {value}")).collect();
    format!(
        "# {MARKS_WORD} {}\npredkladatel: OZ\npodklady:\n  - opatreni: I/2\n    stav: {status}\n    komentar: |-\n      Konaly se; v Liberci.\n\n      - dvakrát\n    kriteria:\n      - kriterium: Počet konferencí\n        hodnota: 12\n        stav: PLNĚNO\n        doklad:\n      - {{kriterium: Počet účastníků, hodnota: , stav: , doklad: \"\"}}\n  - opatreni: II/1\n    stav:\n    komentar: ''\n    kriteria:\n      - kriterium: Počet mediátorů\n        hodnota:\n",
        marks.join(", ")
    )
}

pub(super) fn csv(marks: &Marks, rows: &[Row], separator: char) -> String {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |cells: &[String]| cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(&separator.to_string());
    let marks =
        marks.pairs().iter().map(|(key, value)| format!("{separator}{key}{separator}{value}")).collect::<String>();
    let titles: Vec<String> = Column::ALL.map(|column| column.title().to_owned()).to_vec();
    let rows: String = rows.iter().map(|row| line(row) + "\r\n").collect();
    format!("{MARKS_WORD}{marks}{separator}{separator}\r\n{}\r\n{rows}", line(&titles))
}

/// A workbook of a form; `edit` is what the body did to the sheet, whose rows begin at 0.
pub(super) fn xlsx(marks: &Marks, rows: &[Row], edit: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    workbook(marks, rows, |workbook| edit(workbook.worksheet_from_index(0).expect("it is the first")))
}

/// The same; `edit` is what the body did to the workbook, of which the sheet of the form is the first.
pub(super) fn workbook(marks: &Marks, rows: &[Row], edit: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET).expect("it is a name");
    sheet.write(0, 0, "Podklady za rok 2025").expect("it can be written");
    for (number, column) in (0..).zip(Column::ALL) {
        sheet.write(HEADER_ROW - 1, number, column.title()).expect("it can be written");
    }
    for (row, texts) in (HEADER_ROW..).zip(rows) {
        for (column, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            sheet.write(row, column, text.as_str()).expect("it can be written");
        }
    }
    edit(&mut workbook);
    let sheet = workbook.add_worksheet();
    sheet.set_name(MARKS_SHEET).expect("it is a name").set_hidden(true);
    for (row, (key, value)) in (0..).zip(marks.pairs()) {
        sheet.write(row, 0, key).expect("it can be written");
        sheet.write(row, 1, value).expect("it can be written");
    }
    workbook.save_to_buffer().expect("it can be written")
}

/// Reads and judges files as one run would; findings are plain text.
pub(super) fn judge(delivered: &[(&str, &[u8])], more: &[(&str, &str)]) -> Judged {
    judge_with(Earlier::Replaced, delivered, more)
}

/// The same; `earlier` is what becomes of what the bodies said before.
pub(super) fn judge_with(earlier: Earlier, delivered: &[(&str, &[u8])], more: &[(&str, &str)]) -> Judged {
    let raw_files = raw_files(more);
    let dataset = Dataset::new(raw_files.clone());
    let (mut forms, mut faults) = (Vec::new(), Vec::new());
    for (name, bytes) in delivered {
        let (form, found) = read(&RawFile { path: (*name).to_owned(), bytes: bytes.to_vec() });
        forms.extend(form);
        faults.extend(found);
    }
    let mut judged = take_in(&raw_files, &dataset, &forms, &faults, earlier, "data");
    for finding in &mut judged.findings {
        *finding = anstream::adapter::strip_str(finding).to_string();
    }
    judged
}

/// The one finding of one form, which is an error.
pub(super) fn only_error(name: &str, bytes: &[u8]) -> String {
    let judged = judge(&[(name, bytes)], &[]);
    assert_eq!((judged.findings.len(), judged.n_errors), (1, 1), "{:#?}", judged.findings);
    judged.findings.concat()
}
