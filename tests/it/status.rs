//! How the collecting stands: tables for people, rows and keys for programs.

use crate::support::{Copy, csv_rows, stderr, stdout};

fn interim(arguments: &[&str]) -> String {
    let copy = Copy::new().with_fixture("2025-prubezne");
    let output = copy.run(&[&["status", "2025"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stderr(&output), "");
    stdout(&output)
}

/// The words of a line, however far apart.
fn squeezed(text: &str) -> Vec<String> {
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn bodies_are_told_with_what_they_delivered() {
    let lines = squeezed(&interim(&["--as-of", "2026-02-03"]));
    assert_eq!(lines[0], "Období 2025, podklady do 31. 1. 2026; ke dni 3. 2. 2026: 3 dny po termínu.");
    assert_eq!(lines[2], "Subjekt Stav Opatření Termín Chybí");
    let expected = [
        "LK chybí 0 z 6 3 dny po termínu",
        "obce chybí 0 z 1 3 dny po termínu",
        "odbory KÚ LK chybí 0 z 1 3 dny po termínu",
        "odd. veřejných zakázek chybí 0 z 1 3 dny po termínu",
        "OK chybí 0 z 1 3 dny po termínu",
        "ORREP chybí 0 z 12 3 dny po termínu",
        "OŽP chybí 0 z 1 3 dny po termínu",
        "KÚ LK zčásti 3 z 8 3 dny po termínu I/5, I/6, II/8, III/5, VIII/1",
        "odd. krizového řízení zčásti 1 z 2 3 dny po termínu II/9",
        "OSV zčásti 30 z 57 3 dny po termínu",
        "OŠMTS zčásti 25 z 31 3 dny po termínu V/9, XI/4, XI/6, XII/1, XII/2, XII/3",
        "MMR dodáno 1 z 1",
        "OZ dodáno 7 z 7",
        "",
        "Podklady poslali také: ASZ (2), NNO (3).",
    ];
    for (line, start) in lines[3..].iter().zip(expected) {
        assert!(line.starts_with(start), "{start}: {line}");
    }
    assert!(lines.iter().any(|line| line.starts_with("Bez jakéhokoli podkladu je 47 opatření: I/1, I/5, ")));
}

#[test]
fn contradictions_stand_before_all_else() {
    let lines = squeezed(&interim(&["--as-of", "2026-01-19"]));
    assert!(lines[0].ends_with("ke dni 19. 1. 2026: zbývá 12 dní."), "{}", lines[0]);
    let start = lines.iter().position(|line| line.starts_with("Opatření Shoda")).expect("the second table");
    let ids: Vec<&str> = lines[start + 1..start + 8].iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(ids, ["I/9", "II/3", "IV/5", "IV/11", "VI/5", "IX/5", "II/1"]);
    assert_eq!(
        lines[start + 4],
        "IV/11 ne OSV: PLNĚNO, OŠMTS: NEPLNĚNO ČÁSTEČNĚ Stav vyplývá z podkladů více subjektů: 1× plněno, 1× neplněno."
    );
    assert!(lines[start + 7].starts_with("II/1 čeká se OSV: SPLNĚNO, ORREP: nedodáno SPLNĚNO"), "{}", lines[start + 7]);
}

#[test]
fn programs_have_rows_and_keys() {
    let rows = csv_rows(&interim(&["--as-of", "2026-02-03", "--format", "csv"]));
    let row = |id: &str, body: &str| {
        let found = rows.iter().find(|row| row[0] == id && row[1] == body);
        found.expect("the measure and body have a row").iter().map(String::as_str).collect::<Vec<_>>()
    };
    assert_eq!(row("IX/5", "OSV"), ["IX/5", "OSV", "gestor", "false", "", "", "ne", "ČÁSTEČNĚ", "-3"]);
    assert_eq!(row("IX/5", "NNO"), ["IX/5", "NNO", "spolupráce", "true", "NNO", "NEPLNĚNO", "ne", "ČÁSTEČNĚ", "-3"]);
    assert_eq!(row("IV/7", "OSV")[2], "koordinátor");
    assert_eq!(rows.iter().filter(|row| row[3] == "true").count(), 75);
    let json: serde_json::Value =
        serde_json::from_str(&interim(&["--as-of", "2026-02-03", "--format", "json"])).expect("it is JSON");
    assert_eq!(json["dni_do_terminu"], -3);
    assert_eq!(json["termin_podkladu"], "2026-01-31");
    assert_eq!(json["bez_podkladu"].as_array().map(Vec::len), Some(47));
    assert_eq!(json["opatreni"].as_array().map(Vec::len), Some(109));
    let contradicted = |it: &&serde_json::Value| it["shoda"] == "ne";
    assert_eq!(json["opatreni"].as_array().expect("a list").iter().filter(contradicted).count(), 6);
    let bodies = json["subjekty"].as_array().expect("a list");
    let n_of = |word: &str| bodies.iter().filter(|body| body["stav"] == word).count();
    assert_eq!((n_of("dodáno"), n_of("zčásti"), n_of("chybí")), (2, 4, 7));
    let markdown = interim(&["--as-of", "2026-02-03", "--format", "md"]);
    assert!(markdown.starts_with("# Podklady za období 2025\n\nObdobí 2025, podklady do"), "{markdown}");
    assert!(markdown.contains("\n| OZ | dodáno | 7 z 7 |  |  |\n"), "{markdown}");
}

#[test]
fn a_whole_period_waits_for_nobody() {
    let copy = Copy::new().with_fixture("2025");
    let output = stdout(&copy.run(&["status", "2025", "--as-of", "2026-01-31"]));
    assert!(output.contains("termín je dnes"), "{output}");
    for word in ["chybí ", "zčásti", "čeká se", "nedodáno"] {
        assert!(!output.contains(word), "{word}: {output}");
    }
    assert!(output.contains("Podklad je ke všem opatřením (109)."), "{output}");
    assert_eq!(squeezed(&output).iter().filter(|line| line.split(' ').nth(1) == Some("ne")).count(), 16);
}

#[test]
fn without_the_register_there_is_no_state() {
    let copy = Copy::new().with_fixture("2025-prubezne");
    copy.edit("data/subjekty.yaml", "  - kod: OSV\n", "  - kod OSV\n");
    for format in [&[][..], &["--format", "json"]] {
        let output = copy.run(&[&["status", "2025", "--as-of", "2026-01-15"], format].concat());
        assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(1), ""));
        let told = stderr(&output);
        assert!(told.contains("data/subjekty.yaml:") && told.contains("Přehled nebyl vypsán"), "{told}");
    }
}

#[test]
fn faults_of_the_data_do_not_hide_the_state() {
    let copy = Copy::new().with_fixture("2025-prubezne");
    copy.edit("data/obdobi/2025/podklady/mmr.yaml", "stav: PLNĚNO", "stav: PLNENO");
    let output = copy.run(&["status", "2025", "--as-of", "2026-01-15"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("MMR: stav neuveden"), "{}", stdout(&output));
    assert!(stderr(&output).contains("Počet chyb v datech: 1;"), "{}", stderr(&output));
}

#[test]
fn what_cannot_be_told_is_refused() {
    let copy = Copy::new();
    for (arguments, words) in [
        (&["status", "2025"][..], "období „2025“ v datech není; jsou v nich: 2023"),
        (&["status", "2023", "--as-of", "dnes"], "„dnes“ u volby --as-of není datum"),
        (&["status", "2023", "--format", "xml"], "může být: csv, json, md"),
    ] {
        let output = copy.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
    assert_eq!(copy.run(&["status", "2023"]).status.code(), Some(0), "today needs no day");
}
