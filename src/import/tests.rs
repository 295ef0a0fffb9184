//! What comes of forms, whole: from bytes to findings and to the text that is written.

mod again;

use std::io::{Cursor, Read, Write};

use encoding_rs::WINDOWS_1250;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::testing::{
    COMMENT, EVIDENCE, EXPECTED, STATUS, VALUE, answered, csv, form, form_of, judge, only_error, rows, workbook, xlsx,
    yaml,
};
use crate::form::find_format;
use crate::form::layout::{INSTRUCTIONS_SHEET, MARKS_SHEET, SHEET};
use crate::rules::testing::edited;

#[test]
fn the_same_answers_give_the_same_data_in_every_format() {
    let (marks, rows) = answered();
    let semicolons = csv(&marks, &rows, ';');
    let (windows, ..) = WINDOWS_1250.encode(&semicolons);
    for (name, bytes) in [
        ("osv.xlsx", xlsx(&marks, &rows, |_| {})),
        ("a.csv", csv(&marks, &rows, ',').into_bytes()),
        ("b.csv", format!("\u{FEFF}{semicolons}").into_bytes()),
        ("c.csv", windows.into_owned()),
        ("d.csv", csv(&marks, &rows, '\t').replace("\r\n", "\n").into_bytes()),
        ("e.yaml", yaml("částečně").into_bytes()),
        ("f.yaml", yaml("částečně").replace('\n', "\r\n").into_bytes()),
    ] {
        let judged = judge(&[(name, &bytes)], &[]);
        assert_eq!(judged.n_errors, 0, "{name}: {:#?}", judged.findings);
        let [taken] = judged.taken.as_slice() else { panic!("{name}: one form was read") };
        assert_eq!((taken.path.as_str(), taken.text.as_str()), ("obdobi/2025/podklady/oz.yaml", EXPECTED), "{name}");
        assert!(taken.before.is_none());
    }
}

#[test]
fn findings_are_where_people_look_for_them() {
    let (marks, mut rows) = answered();
    rows[0][STATUS] = "částečne".to_owned();
    rows[1][VALUE] = "asi dvanáct".to_owned();
    let judged = judge(&[("dir/oz.xlsx", &xlsx(&marks, &rows, |_| {}))], &[]);
    assert_eq!(judged.n_errors, 2, "{:#?}", judged.findings);
    assert_eq!(
        judged.findings[0],
        "chyba[neznamy-stav]: I/2: neznámý stav „částečne“\n\
--> dir/oz.xlsx, list Podklady, buňka I5\n = rada: nemysleli jste ČÁSTEČNĚ?"
    );
    assert!(judged.findings[1].contains("oz.xlsx, list Podklady, buňka J6"), "{}", judged.findings[1]);
    let judged = judge(&[("oz.csv", csv(&marks, &rows, ';').as_bytes())], &[]);
    assert_eq!(judged.n_errors, 2, "{:#?}", judged.findings);
    let text = &judged.findings[0];
    // The comment of last time holds a line break, so the first row of answers ends on line 4.
    assert!(text.contains("--> oz.csv:4:") && text.contains("nemysleli jste ČÁSTEČNĚ?"), "{text}");
    let text = only_error("oz.yaml", yaml("částečne").as_bytes());
    assert!(text.contains("--> oz.yaml:5:11") && text.contains("5 +     stav: ČÁSTEČNĚ"), "{text}");
}

#[test]
fn what_excel_makes_of_numbers_is_made_text_again() {
    let (marks, rows) = answered();
    for (value, expected) in [(12.0, "12"), (0.1 + 0.2, "0,3"), (1250.5, "1250,5"), (1_234_567.0, "1234567")] {
        let bytes = xlsx(&marks, &rows, |sheet| {
            sheet.write(5, VALUE as u16, value).expect("it can be written");
            sheet.write(5, EVIDENCE as u16, "https://example.cz").expect("it can be written");
        });
        let judged = judge(&[("oz.xlsx", &bytes)], &[]);
        assert!(judged.taken[0].text.contains(&format!("hodnota: {expected}\n")), "{}", judged.taken[0].text);
    }
    let bytes = xlsx(&marks, &rows, |sheet| {
        sheet.write_formula(5, VALUE as u16, Formula::new("=6*7").set_result("42")).expect("it can be written");
        sheet.write(4, COMMENT as u16, "jedna\r\ndvě_x000D_\ntři").expect("it can be written");
    });
    let text = &judge(&[("oz.xlsx", &bytes)], &[]).taken[0].text;
    assert!(text.contains("hodnota: 42\n") && text.contains("      jedna\n\n      dvě"), "{text}");
    assert!(!text.contains('\r'), "{text}");
}

#[test]
fn what_excel_shows_as_per_cent_is_no_number_a_hundred_times_smaller() {
    let (marks, rows) = answered();
    let written = |column: usize, code: &str| {
        let format = Format::new().set_num_format(code);
        xlsx(&marks, &rows, |sheet| {
            sheet.write_with_format(5, column as u16, 0.155, &format).expect("it can be written");
        })
    };
    for code in ["0%", "0.00%", r##"#,##0.0\ %;[Red]\-0.0\ %"##] {
        let text = only_error("oz.xlsx", &written(VALUE, code));
        assert!(text.contains("buňka J6\n") && text.contains("Excel tu má procenta (15,5 %)"), "{code}: {text}");
        let text = &judge(&[("oz.xlsx", &written(COMMENT, code))], &[]).taken[0].text;
        assert!(text.contains("15,5 %"), "{code}: {text}");
    }
    for code in ["0.000", r#"0.000" %""#, r"0.000\%"] {
        let judged = judge(&[("oz.xlsx", &written(VALUE, code))], &[]);
        assert!(judged.taken[0].text.contains("hodnota: 0,155\n"), "{code}: {}", judged.taken[0].text);
    }
}

#[test]
fn what_nobody_typed_is_found_at_its_cell() {
    let (marks, rows) = answered();
    let date = ExcelDateTime::from_ymd(2025, 3, 1).expect("it is a date");
    let format = Format::new().set_num_format("d.m.yyyy");
    let written = |column: usize| {
        xlsx(&marks, &rows, |sheet| {
            sheet.write_with_format(5, column as u16, &date, &format).expect("it can be written");
        })
    };
    for (column, cell) in [(STATUS, "I6"), (VALUE, "J6")] {
        let text = only_error("oz.xlsx", &written(column));
        assert!(text.contains(&format!("buňka {cell}\n")) && text.contains("Excel tu má datum (1. 3. 2025)"), "{text}");
    }
    let judged = judge(&[("oz.xlsx", &written(COMMENT))], &[]);
    assert!(judged.taken[0].text.contains("1. 3. 2025"), "{}", judged.taken[0].text);
    for (column, cell) in [(STATUS, "I6"), (VALUE, "J6"), (EVIDENCE, "K6"), (COMMENT, "L6")] {
        let bytes = xlsx(&marks, &rows, |sheet| {
            let formula = Formula::new("=NIC!A1").set_result("#REF!");
            sheet.write_formula(5, column as u16, formula).expect("it can be written");
        });
        let text = only_error("oz.xlsx", &bytes);
        assert!(text.contains(&format!("buňka {cell}\n")) && text.contains("#REF!"), "{text}");
    }
    let text = only_error(
        "oz.xlsx",
        &xlsx(&marks, &rows, |sheet| {
            sheet.write(5, VALUE as u16, true).expect("it can be written");
        }),
    );
    assert!(text.contains("buňka J6") && text.contains("logickou hodnotu"), "{text}");
}

#[test]
fn a_form_as_it_was_written_comes_in_whatever_its_criteria_are_called() {
    let said =
        edited("obdobi/2023/podklady/osv.yaml", "kriterium: Počet mediátorů, hodnota", "kriterium: \"NÁZEV\", hodnota");
    for name in ["- Počet mediátorů", "+ zahrady", "=1+1", "@mediátoři", "'= jeden", "- a; \\\"b\\\"", "'s-Gravenhage"]
    {
        let area = edited("opatreni/02.yaml", "{nazev: Počet mediátorů,", &format!("{{nazev: \"{name}\","));
        let said = said.replace("NÁZEV", name);
        let changes = [("opatreni/02.yaml", area.as_str()), ("obdobi/2023/podklady/osv.yaml", said.as_str())];
        let format = find_format("csv").expect("it is a format");
        let bytes = (format.write)(&form_of("OZ", &changes)).expect("it can be written");
        let text = String::from_utf8(bytes).expect("it is UTF-8");
        let filled =
            text.strip_suffix(";;;;\r\n").expect("the last row is a criterion").to_owned() + ";PLNĚNO;4;;Děje se.\r\n";
        let judged = judge(&[("oz.csv", filled.as_bytes())], &changes);
        assert_eq!(judged.findings, [""; 0], "{filled}");
        assert!(judged.taken[0].text.contains("hodnota: 4\n"), "{}", judged.taken[0].text);
    }
}

/// A workbook with something else in the XML of its parts.
fn rewritten(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("it is an archive");
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("it is there");
        let name = part.name().expect("it has a name").into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).expect("it is XML");
        written.start_file(name, SimpleFileOptions::default()).expect("it can be written");
        let text = text.replace(from, to);
        written.write_all(text.as_bytes()).expect("it can be written");
    }
    written.finish().expect("it can be written").into_inner()
}

#[test]
fn a_formula_without_its_result_is_found_and_one_that_gives_nothing_is_empty() {
    let (marks, rows) = answered();
    let written = |column: usize, result: &str| {
        xlsx(&marks, &rows, |sheet| {
            let formula = Formula::new("=6*7").set_result(result);
            sheet.write_formula(5, column as u16, formula).expect("it can be written");
        })
    };
    for (column, cell) in [(STATUS, "I6"), (VALUE, "J6"), (EVIDENCE, "K6"), (COMMENT, "L6")] {
        let text = only_error("oz.xlsx", &rewritten(&written(column, "42"), "</f><v>42</v>", "</f><v></v>"));
        assert!(text.contains(&format!("buňka {cell}\n")), "{text}");
        assert!(text.contains("buňka má vzorec, jehož výsledek v souboru není"), "{text}");
        assert!(text.contains("otevřete soubor v Excelu a uložte ho, nebo napište hodnotu"), "{text}");
    }
    let comment = xlsx(&marks, &rows, |sheet| {
        sheet.write_formula(4, COMMENT as u16, Formula::new("=A1").set_result("#REF!")).expect("it can be written");
    });
    assert!(only_error("oz.xlsx", &comment).contains("buňka L5\n"));
    let nothing = rewritten(&written(EVIDENCE, "nic"), "</f><v>nic</v>", "</f><v></v>");
    let judged = judge(&[("oz.xlsx", &nothing)], &[]);
    assert_eq!((judged.findings.as_slice(), judged.taken[0].text.as_str()), (&[][..], EXPECTED));
}

#[test]
fn moved_columns_are_found_and_others_named() {
    let (marks, rows) = answered();
    // The comment two columns to the right, the reference columns changed.
    let moved = xlsx(&marks, &rows, |sheet| {
        for row in 3..9 {
            sheet.write(row, COMMENT as u16, " ").expect("it can be written");
            sheet.write(row, 2, "přepsáno").expect("it can be written");
        }
        sheet.write(3, 13, " KOMENTÁŘ ").expect("it can be written");
        sheet.write(4, 13, "Konaly se; v Liberci.\n\n- dvakrát").expect("it can be written");
    });
    assert_eq!(judge(&[("oz.xlsx", &moved)], &[]).taken[0].text, EXPECTED);
    type Edit = fn(&mut rust_xlsxwriter::Worksheet);
    let cases: [(Edit, &str, &str); 8] = [
        (|sheet| drop(sheet.write(3, 10, " ")), "list Podklady, řádek 4", "chybí sloupec „Doklad“"),
        (|sheet| drop(sheet.write(6, 14, "a tohle")), "buňka O7", "vedle tabulky něco stojí"),
        (|sheet| drop(sheet.write(11, 2, "a tohle")), "buňka C12", "na řádku bez označení opatření něco stojí"),
        (
            |sheet| drop(sheet.write(3, 12, "Hodnota").and_then(|it| it.write(5, 12, 3))),
            "buňka M4",
            "je v tabulce podruhé",
        ),
        (|sheet| drop(sheet.write(3, 12, "Pozn.").and_then(|it| it.write(5, 12, 3))), "buňka M4", "sloupec „Pozn.“"),
        (
            |sheet| drop(sheet.write(12, 0, "I/1").and_then(|it| it.write(12, 8, "PLNĚNO"))),
            "buňka A13",
            "opatření I/1 v tomto formuláři být nemá",
        ),
        (|sheet| drop(sheet.write(12, 0, "V/1")), "buňka A13", "V/1"),
        (
            |sheet| drop(sheet.write(12, 0, "I/2").and_then(|it| it.write(12, 8, "PLNĚNO"))),
            "buňka A13",
            "druhý podklad",
        ),
    ];
    for (edit, place, message) in cases {
        let judged = judge(&[("oz.xlsx", &xlsx(&marks, &rows, edit))], &[]);
        assert!(judged.n_errors > 0, "{message}: {:#?}", judged.findings);
        let text = &judged.findings[0];
        assert!(text.contains(place) && text.contains(message), "{message}: {:#?}", judged.findings);
    }
}

#[test]
fn a_title_that_was_changed_is_one_finding_with_the_right_one() {
    let (marks, rows) = answered();
    type Edit = fn(&mut rust_xlsxwriter::Worksheet);
    let cases: [(Edit, &str, &str); 5] = [
        (
            |sheet| drop(sheet.write(3, 8, "Jak to jde")),
            "buňka I4\n",
            "sloupec „Jak to jde“ ve formuláři není; nejspíš je to „Stav“",
        ),
        (|sheet| drop(sheet.write(3, 8, " ")), "buňka I4\n", "sloupec nemá název; nejspíš je to „Stav“"),
        (|sheet| drop(sheet.write(3, 2, "Co")), "buňka C4\n", "sloupec „Co“ ve formuláři není; nejspíš je to „Popis“"),
        (
            |sheet| drop(sheet.write(3, 10, " ").and_then(|it| it.write(3, 14, "Důkaz"))),
            "buňka O4\n",
            "sloupec „Důkaz“ ve formuláři není; nejspíš je to „Doklad“",
        ),
        (
            |sheet| (0..12).for_each(|column| drop(sheet.write(3, column, " "))),
            "list Podklady, řádek 4\n",
            "chybí řádek s názvy sloupců",
        ),
    ];
    for (edit, place, message) in cases {
        let text = only_error("oz.xlsx", &xlsx(&marks, &rows, edit));
        assert!(text.contains(place) && text.contains(message), "{message}: {text}");
    }
    let table = csv(&marks, &rows, ';');
    let titles = table.lines().nth(1).expect("there are titles");
    for (titles, written, message) in [
        ("\"Hodnota\"", "\"Počet\"", "--> oz.csv:2:94\n = rada: napište nad něj „Hodnota“, jak to bylo ve formuláři"),
        ("\"Popis\"", "\"Co\"", "sloupec „Co“ ve formuláři není; nejspíš je to „Popis“"),
        (titles, "", "--> oz.csv:3:1\n = rada: vraťte nad tabulku řádek s názvy, jak byl ve formuláři: Opatření, Role"),
    ] {
        let text = only_error("oz.csv", table.replace(titles, written).as_bytes());
        assert!(text.contains(message), "{message}: {text}");
    }
    for (title, message) in [
        ("Pozn.", "sloupec „Pozn.“ ve formuláři není a nepřevzal by se\n--> oz.csv:2:"),
        (" ", "vedle tabulky něco stojí a nepřevzalo by se\n--> oz.csv:6:"),
        ("", "vedle tabulky něco stojí a nepřevzalo by se\n--> oz.csv:6:"),
    ] {
        let beside =
            table.replace(titles, &format!("{titles};{title}")).replace("- dvakrát\"\r\n", "- dvakrát\";víc\r\n");
        let beside = beside.replace("\"\"\r\n", "\"\";\r\n");
        let text = only_error("oz.csv", beside.as_bytes());
        assert!(text.contains(message), "{message}: {text}");
    }
}

#[test]
fn a_measure_that_is_named_wrong_is_one_finding() {
    let (marks, mut rows) = answered();
    rows[3][STATUS] = "PLNĚNO".to_owned();
    rows[4][VALUE] = "4".to_owned();
    let date = ExcelDateTime::from_ymd(2025, 1, 2).expect("it is a date");
    let bytes = xlsx(&marks, &rows, |sheet| {
        let format = Format::new().set_num_format("d.m.yyyy");
        sheet.write_with_format(7, 0, &date, &format).expect("it can be written");
    });
    let text = only_error("oz.xlsx", &bytes);
    assert!(text.contains("buňka A8\n") && text.contains("Excel tu má datum (2. 1. 2025)"), "{text}");
    rows[3][0] = "01.II".to_owned();
    let text = only_error("oz.csv", csv(&marks, &rows, ';').as_bytes());
    assert!(text.contains("„01.II“ není označení opatření"), "{text}");
}

#[test]
fn findings_in_a_form_call_its_columns_by_their_titles() {
    let (marks, mut rows) = answered();
    rows[3][STATUS] = "PLNĚNO".to_owned();
    rows[3][VALUE] = "4".to_owned();
    rows[3][COMMENT] = "Děje se.".to_owned();
    let text = only_error("oz.xlsx", &xlsx(&marks, &rows, |_| {}));
    assert_eq!(
        text,
        "chyba: „4“ nemá na svém řádku kritérium\n--> oz.xlsx, list Podklady, buňka J8\n \
         = rada: hodnota i doklad patří na řádek, který má ve sloupci „Kritérium“ název svého kritéria"
    );
    rows[3][VALUE].clear();
    rows[3][0].clear();
    let text = only_error("oz.xlsx", &xlsx(&marks, &rows, |_| {}));
    assert!(text.contains("doplňte do sloupce „Opatření“ označení opatření") && !text.contains("csv"), "{text}");
}

#[test]
fn a_separator_without_quotes_is_one_finding_beside_a_cell_of_many_lines() {
    let (marks, mut rows) = answered();
    rows[0][COMMENT] = "Konaly se v Liberci".to_owned();
    rows[1][STATUS].clear();
    let table = csv(&marks, &rows, ';').replace("\"Konaly se v Liberci\"", "Konaly se; v Liberci");
    let text = only_error("oz.csv", table.as_bytes());
    assert!(text.contains("počet buněk na řádku je 13, hlavička jich má 12"), "{text}");
    assert!(
        text.contains("text, ve kterém je oddělovač nebo zalomení řádku, patří do rovných uvozovek \", ne do „ “"),
        "{text}"
    );
}

#[test]
fn a_form_that_does_not_fit_the_data_is_refused() {
    let (marks, rows) = answered();
    type Change = fn(&mut crate::form::layout::Marks);
    let cases: [(Change, &str); 5] = [
        (|marks| marks.version = "2".into(), "formulář má rozvržení „2“, program čte „1“"),
        (|marks| marks.period = "2031".into(), "období „2031“, které v datech není; jsou v nich: 2023, 2025"),
        (|marks| marks.body = "OVZ".into(), "pro subjekt „OVZ“"),
        (|marks| marks.body = "KÚ".into(), "žádné opatření netýká"),
        (|marks| marks.fingerprint = "0".repeat(16), "od vyrobení formuláře změnila"),
    ];
    for (change, message) in cases {
        let mut marks = marks.clone();
        change(&mut marks);
        for (name, bytes) in [("a.xlsx", xlsx(&marks, &rows, |_| {})), ("a.csv", csv(&marks, &rows, ';').into_bytes())]
        {
            let text = only_error(name, &bytes);
            assert!(text.contains(message) && text.contains(name) && text.contains("rada: "), "{text}");
        }
    }
}

#[test]
fn what_is_no_form_is_refused_and_told_what_one_is() {
    let (marks, rows) = answered();
    let text = csv(&marks, &rows, ';');
    let without_marks = text.split_once('\n').map_or("", |(_, rest)| rest);
    for bytes in [without_marks.as_bytes(), b"", b"opatreni,stav\n", b"# nic\n", b"plneni-formular;verze;1\n"] {
        let text = only_error("a.csv", bytes);
        assert!(text.contains("soubor není formulář") && text.contains("plneni form"), "{text}");
    }
    for above in ["sep=;\n", "Dobrý den, posílám formulář.\r\n\r\n", ";;;;\n"] {
        let text = only_error("a.csv", format!("{above}{text}").as_bytes());
        assert!(text.contains("nad řádkem se značkami formuláře něco stojí"), "{text}");
        assert!(text.contains(&format!("--> a.csv, řádek {}\n", above.matches('\n').count() + 1)), "{text}");
    }
    for (bytes, message) in [
        (&b"PK\x03\x04nic"[..], "sešit se nedá přečíst"),
        (b"\xD0\xCF\x11\xE0\xA1", "ve starém formátu Excelu"),
        (b"\xFF\xFEa\0", "v kódování UTF-16"),
        (b"%PDF\0", "není sešit .xlsx ani text"),
    ] {
        let text = only_error("a", bytes);
        assert!(text.contains(message), "{text}");
    }
}

#[test]
fn a_sheet_that_was_renamed_or_deleted_is_named() {
    let (marks, rows) = answered();
    let text = only_error("a.xlsx", &xlsx(&marks, &rows, |sheet| drop(sheet.set_name("Podklady 2"))));
    assert!(text.contains("v sešitu chybí list „Podklady“") && text.contains("„Podklady 2“ přejmenujte"), "{text}");
    let text = only_error("a.xlsx", &xlsx(&marks, &rows, |sheet| drop(sheet.set_name("List1"))));
    assert!(text.contains("v sešitu jsou: „List1“"), "{text}");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    workbook.add_worksheet().set_name(SHEET).expect("it is a name");
    let text = only_error("a.xlsx", &workbook.save_to_buffer().expect("it can be written"));
    assert!(text.contains("soubor není formulář"), "{text}");
    workbook.add_worksheet().set_name(MARKS_SHEET).expect("it is a name");
    let text = only_error("a.xlsx", &workbook.save_to_buffer().expect("it can be written"));
    assert!(text.contains("soubor není formulář"), "{text}");
}

#[test]
fn what_stands_on_another_sheet_is_found_and_our_own_sheets_are_not() {
    let (marks, rows) = answered();
    let with_sheet = |name: &str, text: &str| {
        workbook(&marks, &rows, |workbook| {
            let sheet = workbook.add_worksheet().set_name(name).expect("it is a name");
            sheet.write(2, 1, text).expect("it can be written");
        })
    };
    for name in ["Podklady (2)", "List2"] {
        let text = only_error("oz.xlsx", &with_sheet(name, "PLNĚNO"));
        assert!(text.contains(&format!("--> oz.xlsx, list {name}, buňka B3")), "{text}");
        assert!(text.contains(&format!("list „{name}“ ve formuláři není")), "{text}");
        assert!(text.contains("přesuňte do listu „Podklady“"), "{text}");
    }
    for (name, text) in [("List2", ""), (INSTRUCTIONS_SHEET, "Jak formulář vyplnit")] {
        let judged = judge(&[("oz.xlsx", &with_sheet(name, text))], &[]);
        assert_eq!(judged.findings, [""; 0], "{name}");
    }
}

#[test]
fn a_form_with_nothing_in_it_is_refused() {
    let form = form("OZ");
    let rows = rows(&form);
    for bytes in [xlsx(&form.marks(), &rows, |_| {}), csv(&form.marks(), &rows, ';').into_bytes()] {
        let text = only_error("a", &bytes);
        assert!(text.contains("ve formuláři není nic vyplněno"), "{text}");
    }
}

#[test]
fn a_comment_without_a_status_is_found_and_a_crossed_out_cell_is_empty() {
    let (marks, mut rows) = answered();
    rows[3][COMMENT] = "Nevíme.".to_owned();
    rows[2][VALUE] = "–".to_owned();
    let text = only_error("oz.xlsx", &xlsx(&marks, &rows, |_| {}));
    // The cell of the measure is locked; that of the status is the one to fill in.
    assert!(text.contains("chybejici-stav") && text.contains("buňka I8\n"), "{text}");
    let text = only_error("oz.csv", csv(&marks, &rows, ';').as_bytes());
    assert!(text.contains("chybejici-stav") && text.contains("--> oz.csv:"), "{text}");
}

#[test]
fn two_forms_of_one_body_are_refused_and_all_findings_of_all_are_shown() {
    let (marks, rows) = answered();
    let good = csv(&marks, &rows, ';');
    let judged = judge(&[("a.csv", good.as_bytes()), ("b.csv", good.as_bytes()), ("c.csv", b"nic")], &[]);
    assert_eq!(judged.n_errors, 2, "{:#?}", judged.findings);
    let all = judged.findings.concat();
    assert!(all.contains("má už formulář „a.csv“") && all.contains("--> b.csv") && all.contains("--> c.csv"), "{all}");
}

#[test]
fn a_sheet_too_large_to_be_a_form_is_refused() {
    let (marks, rows) = answered();
    let far = xlsx(&marks, &rows, |sheet| drop(sheet.write(1_048_575, 16_383, "daleko")));
    let text = only_error("oz.xlsx", &far);
    assert!(text.contains("vedle tabulky něco stojí"), "{text}");
    let large = xlsx(&marks, &rows, |sheet| {
        for row in 0..10_001 {
            for column in 20..30 {
                sheet.write(row, column, 1).expect("it can be written");
            }
        }
    });
    assert!(only_error("oz.xlsx", &large).contains("příliš velký"));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("xl/bomb.xml", SimpleFileOptions::default()).expect("it can be written");
    std::io::copy(&mut Read::take(std::io::repeat(b' '), 130 << 20), &mut archive).expect("it can be written");
    let bomb = archive.finish().expect("it can be written").into_inner();
    assert!(bomb.len() < 1 << 20);
    assert!(only_error("oz.xlsx", &bomb).contains("příliš velký"));
}

#[test]
fn an_answer_that_a_note_takes_away_is_found_though_nothing_else_is_answered() {
    for answer in ["# Pracují dva mediátoři.", "#dva"] {
        let form = yaml("částečně plněno").replace("komentar: ''", &format!("komentar: {answer}"));
        let judged = judge(&[("oz.yaml", form.as_bytes())], &[]);
        let found = judged.findings.concat();
        assert!(
            judged.n_errors == 1 && found.contains("za klíčem „komentar“ se nečte nic od znaku „#“ dál"),
            "{found}"
        );
    }
}
