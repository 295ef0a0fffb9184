//! Filled forms taken into a copy of the real data: what is written, refused and replaced. Sheets made
//! by LibreOffice prove the reader against another program; `PLNENI_REQUIRE_OFFICE=1` makes its
//! absence a failure.

use std::fmt::Write;
use std::fs;
use std::process::{Command, Output};

use plneni::dataset::Dataset;
use plneni::form::layout::{Column, HEADER_ROW, MARKS_SHEET, MARKS_WORD, SHEET};
use plneni::form::{Asking, Form};
use plneni::load::read_tree;
use plneni::model::Year;

use crate::support::{Copy, stderr, stdout, walk};

const PERIOD: &str = "obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\n";
pub(crate) const TARGET: &str = "data/obdobi/2025/podklady/oz.yaml";

/// A row of a form: what stands under each title.
type Row = [String; 12];

pub(crate) fn data() -> Copy {
    let copy = Copy::new();
    copy.write("data/obdobi/2025/obdobi.yaml", PERIOD);
    copy
}

pub(crate) fn form(copy: &Copy, body: &str) -> Form {
    let dataset = Dataset::new(read_tree(&copy.path().join("data")).expect("the data can be read"));
    let body = dataset.strategy.register.find(body).expect("it is in the register");
    Asking::new(&dataset, &dataset.strategy.periods[&Year(2025)]).form(body).expect("it is asked something")
}

/// All rows of a form, every measure with this status and comment.
fn answered(form: &Form, status: &str, comment: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for measure in &form.measures {
        let mut row = Row::default();
        row[0] = measure.id.to_string();
        row[2].clone_from(&measure.description);
        row[3] = measure.indicator.clone().unwrap_or_default();
        let mut whole = row.clone();
        whole[8] = status.to_owned();
        whole[11] = comment.to_owned();
        rows.push(whole);
        for criterion in &measure.criteria {
            row[7] = criterion.name.to_string();
            rows.push(row.clone());
        }
    }
    rows
}

/// The form as Czech Excel saves CSV.
fn csv(form: &Form, rows: &[Row]) -> String {
    let marks: String = form.marks().pairs().iter().map(|(key, value)| format!(";{key};{value}")).collect();
    let titles = Column::ALL.map(Column::title);
    let mut text = format!("\u{FEFF}{MARKS_WORD}{marks};;;\r\n{}\r\n", titles.join(";"));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        let _ = write!(text, "{}\r\n", cells.join(";"));
    }
    text
}

pub(crate) fn deliver(copy: &Copy, body: &str, status: &str, comment: &str) -> String {
    let form = form(copy, body);
    let name = format!("{}.csv", plneni::model::slug(body));
    copy.write(&name, csv(&form, &answered(&form, status, comment)));
    name
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

/// Every file below the data folder with its bytes.
pub(crate) fn everything(copy: &Copy) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    walk(&copy.path().join("data"))
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).expect("it can be read")))
        .collect()
}

#[test]
fn a_filled_form_becomes_submissions_that_the_check_accepts() {
    let copy = data();
    let name = deliver(&copy, "OZ", "plněno", "Děje se.\r\nA daří.");
    let output = copy.run(&["import", &name]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let n_measures = form(&copy, "OZ").measures.len();
    assert_eq!(stdout(&output), format!("Zapsáno: {TARGET} ({n_measures} opatření)\n"));
    let text = copy.read(TARGET);
    assert!(
        text.starts_with(
            "# yaml-language-server: $schema=../../../../schema/podklady.schema.json\npredkladatel: OZ\npodklady:\n"
        ),
        "{text}"
    );
    assert!(text.contains("    stav: PLNĚNO\n    komentar: |-\n      Děje se.\n\n      A daří.\n"), "{text}");
    assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.contains('\r'));
    assert_eq!(copy.findings(), Vec::<String>::new());
    let again = copy.run(&["import", &name]);
    assert_eq!(code(&again), 0, "{}", stderr(&again));
    assert!(stdout(&again).starts_with("Beze změny: oz.csv"), "{}", stdout(&again));
    assert_eq!(copy.read(TARGET), text);
}

#[test]
fn one_bad_form_of_three_and_nothing_is_written() {
    let copy = data();
    let good = deliver(&copy, "OZ", "PLNĚNO", "Děje se.");
    let bad = deliver(&copy, "OŠMTS", "plnene", "Děje se.");
    copy.write("jiny.csv", "opatreni,stav\nI/1,PLNĚNO\n");
    let before = everything(&copy);
    let output = copy.run(&["import", &good, &bad, "jiny.csv"]);
    let text = stderr(&output);
    assert_eq!(code(&output), 1, "{text}");
    assert!(text.contains("--> osmts.csv:3:") && text.contains("neznámý stav „plnene“"), "{text}");
    assert!(text.contains("--> jiny.csv") && text.contains("soubor není formulář"), "{text}");
    assert!(text.contains("Nic nebylo zapsáno."), "{text}");
    assert!(everything(&copy) == before);
}

#[test]
fn a_second_delivery_shows_what_differs_and_replaces_only_when_asked_to() {
    let copy = data();
    deliver(&copy, "OZ", "PLNĚNO", "Děje se.");
    assert_eq!(code(&copy.run(&["import", "oz.csv"])), 0);
    let before = everything(&copy);
    let form = form(&copy, "OZ");
    let mut rows = answered(&form, "PLNĚNO", "Děje se.");
    rows[0][8] = "ČÁSTEČNĚ".to_owned();
    rows[0][11] = "Děje se zčásti.".to_owned();
    let last = rows.iter().rposition(|row| !row[8].is_empty()).expect("there is one");
    rows[last][8].clear();
    rows[last][11].clear();
    copy.write("oz2.csv", csv(&form, &rows));
    let output = copy.run(&["import", "oz2.csv"]);
    let text = stdout(&output);
    assert_eq!(code(&output), 1, "{text}");
    let (first, missing) = (&rows[0][0], &rows[last][0]);
    assert!(text.contains(&format!("  {first}: stav: PLNĚNO → ČÁSTEČNĚ; jiný komentář\n")), "{text}");
    assert!(text.contains(&format!("  {missing}: teď chybí (dosud stav PLNĚNO)\n")), "{text}");
    for line in [&format!("--- a/{TARGET}"), "-    stav: PLNĚNO", "+    stav: ČÁSTEČNĚ"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let said = stderr(&output);
    let (add, replace) = (said.find("--add").expect("it is named"), said.find("--replace").expect("it is named"));
    assert!(add < replace && said.contains("a 1 dosavadní odpověď zmizí"), "{said}");
    assert!(everything(&copy) == before);
    let output = copy.run(&["import", "oz2.csv", "--replace"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(copy.read(TARGET).contains("    komentar: Děje se zčásti.\n"), "{}", copy.read(TARGET));
    assert_eq!(everything(&copy).len(), before.len());
}

#[test]
fn what_a_reminder_asked_for_is_added_to_what_was_delivered_before() {
    let copy = data();
    let form = form(&copy, "OZ");
    let all = answered(&form, "PLNĚNO", "Děje se.\nA daří.");
    // Four measures first, the others and the first one again when the reminder came.
    let of = |ids: &[&str], rows: &mut Vec<Row>| {
        for row in rows.iter_mut().filter(|row| !ids.contains(&row[0].as_str())) {
            row[8].clear();
            row[11].clear();
        }
    };
    let ids: Vec<String> = form.measures.iter().map(|measure| measure.id.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let (mut early, mut late) = (all.clone(), all.clone());
    of(&ids[..4], &mut early);
    let asked = [&ids[4..], &ids[..1]].concat();
    late[0][8] = "ČÁSTEČNĚ".to_owned();
    of(&asked, &mut late);
    copy.write("oz.csv", csv(&form, &early));
    assert_eq!(code(&copy.run(&["import", "oz.csv"])), 0);
    let before = copy.read(TARGET);
    copy.write("oz2.csv", csv(&form, &late));
    let refused = copy.run(&["import", "oz2.csv"]);
    assert_eq!(code(&refused), 1);
    assert!(stderr(&refused).contains("a 3 dosavadní odpovědi zmizí"), "{}", stderr(&refused));
    assert_eq!(copy.read(TARGET), before);
    let both = copy.run(&["import", "oz2.csv", "--add", "--replace"]);
    assert_eq!(code(&both), 2, "{}", stderr(&both));
    let output = copy.run(&["import", "oz2.csv", "--add"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.contains(&format!("  {}: stav: PLNĚNO → ČÁSTEČNĚ\n", ids[0])) && !text.contains("chybí"), "{text}");
    assert!(text.ends_with(&format!("Zapsáno: {TARGET} ({} opatření)\n", ids.len())), "{text}");
    let written = copy.read(TARGET);
    assert!(written.starts_with(&before.trim_end().replacen("PLNĚNO", "ČÁSTEČNĚ", 1)), "{written}");
    assert_eq!(copy.findings(), Vec::<String>::new());
    let again = copy.run(&["import", "oz2.csv", "--add"]);
    assert!(stdout(&again).starts_with("Beze změny: oz2.csv"), "{}", stdout(&again));
    assert_eq!(copy.read(TARGET), written);
}

#[test]
fn what_a_delivery_leaves_empty_of_a_measure_is_not_said_to_stay() {
    let copy = data();
    let form = form(&copy, "OZ");
    let mut rows = answered(&form, "PLNĚNO", "Děje se.");
    copy.write("oz.csv", csv(&form, &rows));
    assert_eq!(code(&copy.run(&["import", "oz.csv"])), 0);
    rows[0][11].clear();
    copy.write("oz2.csv", csv(&form, &rows));
    let output = copy.run(&["import", "oz2.csv"]);
    let said = stderr(&output);
    assert!(code(&output) == 1 && said.contains("U 1 opatření v ní ale něco"), "{said}");
    assert!(!said.contains("žádná odpověď tím nezmizí"), "{said}");
}

#[test]
fn a_period_whose_freeze_was_lifted_takes_deliveries_by_its_own_definitions() {
    let copy = data();
    let first = deliver(&copy, "OZ", "ČÁSTEČNĚ", "Děje se.");
    assert_eq!(code(&copy.run(&["import", &first])), 0);
    let frozen = copy.run(&["period", "freeze", "2025", "--resolution", "45/26/ZK"]);
    assert_eq!(code(&frozen), 0, "{}", stderr(&frozen));
    let late = deliver(&copy, "OZ", "PLNĚNO", "Děje se víc.");
    // Today's definitions are others.
    copy.edit("data/subjekty.yaml", "subjekty:\n", "subjekty:\n  - {kod: SPOLEK, nazev: Spolek, druh: neziskovka}\n");
    fs::remove_file(copy.path().join("data/obdobi/2025/zmrazeni.yaml")).expect("it is there");
    let refused = copy.run(&["import", &late]);
    assert_eq!(code(&refused), 1, "{}", stdout(&refused));
    assert!(stdout(&refused).contains("stav: ČÁSTEČNĚ → PLNĚNO; jiný komentář"), "{}", stdout(&refused));
    let output = copy.run(&["import", &late, "--replace"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(copy.read(TARGET).contains("komentar: Děje se víc."), "{}", copy.read(TARGET));
}

#[test]
fn a_replacement_that_was_not_asked_for_keeps_the_others_out_too() {
    let copy = data();
    let present = deliver(&copy, "OZ", "PLNĚNO", "Děje se.");
    assert_eq!(code(&copy.run(&["import", &present])), 0);
    let before = everything(&copy);
    let changed = deliver(&copy, "OZ", "ČÁSTEČNĚ", "Děje se.");
    let new = deliver(&copy, "OŠMTS", "PLNĚNO", "Děje se.");
    assert_eq!(code(&copy.run(&["import", &new, &changed])), 1);
    assert!(everything(&copy) == before);
    let output = copy.run(&["import", &new, &changed, "--replace"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(everything(&copy).len(), before.len() + 1);
}

#[test]
fn the_same_delivery_mends_what_was_broken_since() {
    let copy = data();
    let present = deliver(&copy, "OZ", "PLNĚNO", "Děje se.");
    assert_eq!(code(&copy.run(&["import", &present])), 0);
    let good = copy.read(TARGET);
    copy.write(TARGET, format!("{good}  - {{opatreni: IX/99, stav: PLNĚNO}}\n"));
    assert_eq!(copy.findings().len(), 1);
    let output = copy.run(&["import", &present]);
    let text = stdout(&output);
    assert_eq!(code(&output), 1, "{text}");
    assert!(
        text.starts_with(&format!("oz.csv říká totéž, co šlo přečíst z {TARGET}, kde jsou ale chyby.\n")),
        "{text}"
    );
    assert!(text.contains("-  - {opatreni: IX/99, stav: PLNĚNO}\n"), "{text}");
    assert_eq!(code(&copy.run(&["import", &present, "--replace"])), 0);
    assert_eq!(copy.read(TARGET), good);
}

#[test]
fn nothing_is_promised_of_what_could_not_be_read() {
    let copy = data();
    let form = form(&copy, "OZ");
    let ids: Vec<String> = form.measures.iter().map(|measure| measure.id.to_string()).collect();
    let mut rows = answered(&form, "PLNĚNO", "Děje se.");
    for row in rows.iter_mut().filter(|row| row[0] != ids[0]) {
        row[8].clear();
        row[11].clear();
    }
    copy.write("oz.csv", csv(&form, &rows));
    let (first, second) = (&ids[0], &ids[1]);
    let same = format!("opatreni;stav;komentar\n{first};PLNĚNO;Děje se.\n");
    let utf16 = |text: &str| -> Vec<u8> {
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let path = |ending: &str| TARGET.replace("yaml", ending);
    for (ending, bytes, counted) in [
        // A quotation mark that nobody closed.
        ("csv", format!("{}{second};plněno;\"Děje se\n", same.replace(";Děje", ";\"Děje")).into_bytes(), None),
        ("csv", utf16(&same), None),
        ("yaml", b"podklady:\n  - {opatreni: VIII/99, stav: PLN\xc4\x9aNO}\n".to_vec(), Some("1 dosavadní odpověď")),
        (
            "csv",
            format!("{same}IX/33;plněno;Ano.\n{second};skoro plněno;Ano.\n").into_bytes(),
            Some("2 dosavadní odpovědi"),
        ),
    ] {
        let path = path(ending);
        copy.write(&path, &bytes);
        let output = copy.run(&["import", "oz.csv"]);
        let (text, said) = (stdout(&output), stderr(&output));
        assert_eq!(code(&output), 1, "{said}");
        assert!(text.contains(&format!("{path}, kde jsou ale chyby")), "{text}");
        assert!(text.contains(&format!("--- a/{path}\n")), "{text}");
        assert!(said.contains("zmizí i vše, co z nich nešlo přečíst"), "{said}");
        assert!(!said.contains("žádná odpověď tím nezmizí"), "{said}");
        let zmizi = counted.map(|counted| said.contains(&format!("nová dodávka a {counted}")));
        assert!(zmizi.unwrap_or(!said.contains("dosavadní odpově")), "{said}");
        if said.contains("a 2 ") {
            assert!(text.contains(&format!("  {second}: teď chybí (dosud stav „skoro plněno“)\n")), "{text}");
            assert!(text.contains("  IX/33: teď chybí (dosud stav „plněno“)\n"), "{text}");
            assert!(text.contains(&format!("-{second};skoro plněno;Ano.\n")), "{text}");
        }
        let output = copy.run(&["import", "oz.csv", "--replace"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).contains("kde jsou ale chyby"), "{}", stdout(&output));
        fs::remove_file(copy.path().join(TARGET)).expect("it was written");
    }
}

#[test]
fn a_note_that_a_replacement_would_drop_is_told() {
    let copy = data();
    let name = deliver(&copy, "OZ", "PLNĚNO", "Děje se.");
    assert_eq!(code(&copy.run(&["import", &name])), 0);
    copy.write(TARGET, copy.read(TARGET).replacen("stav: PLNĚNO", "stav: PLNĚNO # volat Nováka", 1));
    let again = copy.run(&["import", &name]);
    assert!(stdout(&again).starts_with("Beze změny: oz.csv"), "{}", stdout(&again));
    let changed = deliver(&copy, "OZ", "ČÁSTEČNĚ", "Děje se.");
    for (arguments, ends_with) in [(&["import", &changed][..], 1), (&["import", &changed, "--replace"], 0)] {
        let output = copy.run(arguments);
        assert_eq!(code(&output), ends_with, "{}", stderr(&output));
        let told = format!("  Poznámky za znakem „#“ se nepřebírají, první je {TARGET}:5:18: # volat Nováka\n");
        assert!(stdout(&output).contains(&told), "{}", stdout(&output));
    }
}

#[test]
fn what_is_not_written_anyway_may_be_read_only() {
    let copy = data();
    assert_eq!(code(&copy.run(&["import", &deliver(&copy, "OZ", "PLNĚNO", "Děje se.")])), 0);
    let before = everything(&copy);
    let mut permissions = fs::metadata(copy.path().join(TARGET)).expect("it was written").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(copy.path().join(TARGET), permissions).expect("they can be set");
    let changed = deliver(&copy, "OZ", "ČÁSTEČNĚ", "Děje se.");
    for (options, ends_with, says) in
        [(&[][..], 1, "S volbou --add"), (&["--add"], 2, "je jen ke čtení"), (&["--replace"], 2, "je jen ke čtení")]
    {
        let output = copy.run(&[&["import", changed.as_str()], options].concat());
        assert_eq!(code(&output), ends_with, "{options:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(says), "{options:?}: {}", stderr(&output));
        assert!(everything(&copy) == before, "{options:?}");
    }
}

#[test]
fn a_table_in_the_data_makes_way_for_yaml() {
    let copy = data();
    let form = form(&copy, "OZ");
    let first = form.measures[0].id;
    copy.write("data/obdobi/2025/podklady/oz.csv", format!("opatreni,stav,komentar\n{first},PLNĚNO,Děje se.\n"));
    deliver(&copy, "OZ", "ČÁSTEČNĚ", "Děje se.");
    let output = copy.run(&["import", "oz.csv"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(stdout(&output).contains(&format!("  {first}: stav: PLNĚNO → ČÁSTEČNĚ\n")), "{}", stdout(&output));
    let output = copy.run(&["import", "oz.csv", "--replace"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("Odstraněno: data/obdobi/2025/podklady/oz.csv\n"), "{}", stdout(&output));
    let folder = walk(&copy.path().join("data/obdobi/2025/podklady"));
    assert_eq!(folder, [copy.path().join(TARGET)]);
    assert!(!copy.path().join("data/.plneni-zapis.json").exists());
    assert_eq!(copy.findings(), Vec::<String>::new());
}

#[test]
fn broken_definitions_are_to_be_mended_first() {
    let copy = data();
    deliver(&copy, "OZ", "PLNĚNO", "Děje se.");
    copy.write("data/opatreni/09.yaml", "okruh: IX\n\tnazev: x\n");
    let output = copy.run(&["import", "oz.csv"]);
    assert_eq!(code(&output), 1);
    let text = stderr(&output);
    assert!(text.contains("data/opatreni/09.yaml:2:1") && !text.contains("otisk"), "{text}");
    assert!(text.contains("až budou v definicích a obdobích opraveny chyby"), "{text}");
}

#[test]
fn a_form_too_large_to_be_one_is_not_told_of_an_option_that_is_for_the_data() {
    let copy = data();
    copy.write("oz.xlsx", "");
    let file = fs::OpenOptions::new().write(true).open(copy.path().join("oz.xlsx")).expect("it can be opened");
    file.set_len(17 << 20).expect("it can be made longer");
    let output = copy.run(&["import", "oz.xlsx", "--limit-file-mb", "100"]);
    let text = stderr(&output);
    assert_eq!(code(&output), 2, "{text}");
    assert!(text.contains("je větší než 16 MB, tak velký formulář není") && !text.contains("--limit"), "{text}");
}

/// A workbook as LibreOffice makes it; `None` where it is not installed.
fn made_by_libreoffice(copy: &Copy, form: &Form, rows: &[Row]) -> Option<Vec<u8>> {
    if !crate::office::are_there(&["soffice"]) {
        return None;
    }
    copy.write("oz.fods", spreadsheet(form, rows));
    let profile = format!("-env:UserInstallation=file://{}/profil", copy.path().display());
    let converted = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(copy.path())
        .arg(copy.path().join("oz.fods"))
        .output()
        .expect("soffice runs");
    assert!(converted.status.success(), "{}", String::from_utf8_lossy(&converted.stderr));
    Some(fs::read(copy.path().join("oz.xlsx")).expect("it was written"))
}

/// The form as a flat spreadsheet document. Values that look like numbers are numbers, one that looks
/// like a date is a date, as if somebody had typed them.
fn spreadsheet(form: &Form, rows: &[Row]) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let cell = |text: &str| -> String {
        let paragraphs: String = text.split('\n').map(|line| format!("<text:p>{}</text:p>", escaped(line))).collect();
        if text.is_empty() {
            "<table:table-cell/>".to_owned()
        } else if text.parse::<f64>().is_ok() {
            format!("<table:table-cell office:value-type=\"float\" office:value=\"{text}\"/>")
        } else if let Some(date) = text.strip_prefix("datum ") {
            format!(
                "<table:table-cell table:style-name=\"datum\" office:value-type=\"date\" office:date-value=\"{date}\"/>"
            )
        } else if let Some(formula) = text.strip_prefix("vzorec ") {
            format!("<table:table-cell table:formula=\"of:={formula}\" office:value-type=\"float\"/>")
        } else {
            format!("<table:table-cell office:value-type=\"string\">{paragraphs}</table:table-cell>")
        }
    };
    let line = |cells: &[&str]| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(|text| cell(text)).collect::<String>())
    };
    let titles = Column::ALL.map(Column::title);
    let above = line(&["Podklady za rok 2025"]).repeat(HEADER_ROW as usize - 1);
    let rows: String = rows.iter().map(|row| line(&row.each_ref().map(String::as_str))).collect();
    let marks: String = form.marks().pairs().iter().map(|(key, value)| line(&[key, value])).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\" \
         xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\" \
         office:version=\"1.2\" office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">\
         <office:automatic-styles><number:date-style style:name=\"d\"><number:day/><number:text>.</number:text><number:month/>\
         <number:text>.</number:text><number:year number:style=\"long\"/></number:date-style>\
         <style:style style:name=\"datum\" style:family=\"table-cell\" style:data-style-name=\"d\"/></office:automatic-styles>\
         <office:body><office:spreadsheet><table:table table:name=\"{SHEET}\">{above}{}{rows}</table:table>\
         <table:table table:name=\"{MARKS_SHEET}\">{marks}</table:table></office:spreadsheet></office:body></office:document>",
        line(&titles)
    )
}

#[test]
fn a_sheet_that_libreoffice_saved_is_read() {
    let copy = data();
    let form = form(&copy, "OZ");
    let comment = "Děje se & „daří“; 1 < 2.\n\n- jednou\n- dvakrát";
    let mut rows = answered(&form, "ČÁSTEČNĚ", comment);
    let counted = rows.iter().position(|row| row[7].starts_with("Počet")).expect("something is counted");
    rows[counted][8] = "PLNĚNO".to_owned();
    rows[counted][9] = "12".to_owned();
    let Some(bytes) = made_by_libreoffice(&copy, &form, &rows) else { return };
    assert!(bytes.starts_with(b"PK"));
    let output = copy.run(&["import", "oz.xlsx"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let from_sheet = copy.read(TARGET);
    assert!(from_sheet.contains("        hodnota: 12\n        stav: PLNĚNO\n"), "{from_sheet}");
    copy.write("oz.csv", csv(&form, &rows));
    let output = copy.run(&["import", "oz.csv"]);
    assert!(stdout(&output).starts_with("Beze změny: oz.csv"), "{}{}", stdout(&output), stderr(&output));

    rows[counted][9] = "vzorec 6*7".to_owned();
    made_by_libreoffice(&copy, &form, &rows);
    let output = copy.run(&["import", "oz.xlsx", "--replace"]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(copy.read(TARGET).contains("        hodnota: 42\n"), "{}", copy.read(TARGET));

    rows[counted][9] = "datum 2025-12-01".to_owned();
    made_by_libreoffice(&copy, &form, &rows);
    let output = copy.run(&["import", "oz.xlsx", "--replace"]);
    let row = HEADER_ROW as usize + 1 + counted;
    let text = stderr(&output);
    assert_eq!(code(&output), 1, "{text}");
    assert!(text.contains(&format!("oz.xlsx, list {SHEET}, buňka J{row}")), "{text}");
    assert!(text.contains("Excel tu má datum (1. 12. 2025)"), "{text}");
}
