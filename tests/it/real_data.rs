//! The real data of 2022–2023: what they must give, counted by hand from the published document.

use std::collections::BTreeMap;

use crate::support::{Copy, csv_rows, repository, run, stderr, stdout};

fn table(name: &str) -> Vec<Vec<String>> {
    let output = run(&repository(), &["export", "2023", "--table", name]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    csv_rows(&stdout(&output))
}

#[test]
fn counts_and_shares() {
    let rows = table("stavy");
    let expected =
        [["SPLNĚNO", "1", "0.9"], ["PLNĚNO", "22", "20.2"], ["ČÁSTEČNĚ", "68", "62.4"], ["NEPLNĚNO", "18", "16.5"]];
    assert_eq!(rows, expected.map(|row| row.map(str::to_owned).to_vec()));
}

#[test]
fn areas_have_their_measures() {
    let numbers: Vec<(String, String)> = table("okruhy").iter().map(|row| (row[0].clone(), row[6].clone())).collect();
    let expected = [
        ("I", "9"),
        ("II", "9"),
        ("III", "8"),
        ("IV", "11"),
        ("V", "12"),
        ("VI", "13"),
        ("VII", "7"),
        ("VIII", "10"),
        ("IX", "7"),
        ("X", "4"),
        ("XI", "9"),
        ("XII", "6"),
        ("XIII", "4"),
    ];
    assert_eq!(numbers, expected.map(|(area, count)| (area.to_owned(), count.to_owned())));
}

/// The measures of all findings of one severity, sorted, by code.
fn measures_by_code(text: &str, severity: &str) -> Vec<(String, String)> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in text.lines() {
        let Some((code, message)) =
            line.strip_prefix(severity).and_then(|rest| rest.strip_prefix('[')).and_then(|rest| rest.split_once(']'))
        else {
            continue;
        };
        let id = message.split([' ', ':', ',']).find(|word| word.contains('/')).unwrap_or("");
        found.entry(code).or_default().push(id);
    }
    sorted(found)
}

fn sorted(mut ids_by_code: BTreeMap<&str, Vec<&str>>) -> Vec<(String, String)> {
    ids_by_code.values_mut().for_each(|ids| ids.sort_unstable());
    ids_by_code.into_iter().map(|(code, ids)| (code.to_owned(), ids.join(" "))).collect()
}

#[test]
fn warnings_are_exactly_these() {
    let copy = Copy::new();
    copy.write("data/prijato.yaml", "prijato: []\n");
    let text = stderr(&copy.run(&["check", "--period", "2023"]));
    assert_eq!(measures_by_code(&text, "chyba"), []);
    let expected = BTreeMap::from([
        ("bez-duvodu", vec!["II/3", "III/2", "III/5", "IV/4", "V/9", "VI/8", "VI/11", "VI/13", "X/3", "X/4", "XI/9"]),
        ("bez-gestora", vec!["II/8", "III/5", "IV/7", "IV/9", "VI/3", "VIII/1"]),
        ("bez-indikatoru", vec!["VI/9", "VII/7"]),
        ("bez-komentare", vec!["VI/12"]),
        ("po-terminu", vec!["VII/2", "XIII/3"]),
        ("splneno-bez-dukazu", vec!["XIII/2"]),
        ("zverejnena-cisla", vec!["", "", "", ""]),
    ]);
    assert_eq!(measures_by_code(&text, "varování"), sorted(expected));
    assert!(text.contains("1 + 21 + 69 + 20 dávají dohromady 111"), "{text}");
}

/// Counts without a number apart, of which there are too many to list.
#[test]
fn notes_are_exactly_these() {
    let text = stderr(&run(&repository(), &["check", "--period", "2023", "--notes"]));
    let mut found = measures_by_code(&text, "poznámka");
    found.retain(|(code, _)| code != "pocet-bez-cisla");
    let expected = BTreeMap::from([
        ("komentar-proti-stavu", vec!["I/2", "XIII/2"]),
        ("opsany-komentar", vec!["IX/7"]),
        ("podmineny-termin", vec!["VI/11"]),
    ]);
    assert_eq!(found, sorted(expected));
}

#[test]
fn what_will_not_be_mended_is_accepted_and_nothing_else() {
    let output = run(&repository(), &["check", "--deny", "warnings"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).ends_with(" 0 varování, 63 poznámek, 27 přijatých nálezů.\n"), "{}", stdout(&output));
}

#[test]
fn bodies_and_deadlines_are_typed() {
    let measures: BTreeMap<String, Vec<String>> =
        table("opatreni").into_iter().map(|row| (row[0].clone(), row)).collect();
    assert_eq!(measures.len(), 109);
    let of = |id: &str, column: usize| measures[id][column].as_str();
    assert_eq!(of("IX/3", 6), "OZ; OSV");
    assert_eq!(of("IX/3", 7), "obce; NNO");
    assert_eq!(of("II/8", 6), "KÚ LK; ???");
    assert_eq!(of("IV/7", 6), "");
    assert_eq!(of("I/9", 6), "KÚ LK; MMR");
    assert_eq!(of("III/4", 6), "LK; obce");
    assert_eq!(of("V/1", 5), "12/2024");
    assert_eq!(of("XIII/2", 5), "01/2024");
    assert_eq!(of("VI/10", 5), "průběžně do 12/2027");
    assert_eq!(of("V/6", 8), "ČÁSTEČNĚ");
    assert!(of("V/6", 9).replace('\u{A0}', " ").starts_with("V rámci projektu NAKAP LK II. byla v letech 2021-2023"));
    assert_eq!(of("VI/9", 4), "");
    assert_eq!(of("VIII/9", 4), "Počet          komunitních zahrad", "official text keeps its blanks");
    let overdue: Vec<&str> = measures.values().filter(|row| row[10] == "true").map(|row| row[0].as_str()).collect();
    assert_eq!(overdue, ["VII/2", "XIII/3"]);
    let kinds = table("terminy");
    let n_of = |kind: &str| kinds.iter().filter(|row| row[2] == kind).count();
    assert_eq!((n_of("pevný"), n_of("průběžný"), n_of("podmíněný")), (15, 93, 1));
}

#[test]
fn every_submission_is_found_where_it_stands() {
    let rows = table("podklady");
    assert_eq!(rows.len(), 109);
    for row in &rows {
        let text = std::fs::read_to_string(repository().join("data").join(&row[3])).expect("the file is there");
        let line: usize = row[4].parse().expect("a line number");
        let line = text.lines().nth(line - 1).expect("the file has that line");
        assert!(line.contains(&row[1]), "{row:?}: {line}");
    }
}

#[test]
fn the_report_speaks_of_the_published_fault_and_links_references() {
    let copy = Copy::new();
    copy.run(&["generate-report", "2023"]);
    let text = copy.read("vystup/2023/informace-2023.md").replace('\u{A0}', " ");
    assert!(text.contains("počty 1 + 21 + 69 + 20 = 111, opatření je ale 109"), "{text}");
    assert!(text.contains("vychází 1 + 22 + 68 + 18 = 109"));
    assert!(text.contains("viz [IX/2](#opatreni-9-2)"));
    assert!(text.contains(
        "16,5 % opatření, konkrétně 18 opatření, nebylo ve sledovaném období 2022–2023 plněno, \
         68 opatření bylo plněno částečně, 22 opatření bylo plněno a 1 opatření bylo splněno."
    ));
    assert!(text.contains("| **Celkem** | **109** | **100,0 %** |"));
    assert!(text.contains("500.000 Kč"), "digits of official texts do not change");
    assert!(copy.read("vystup/2023/informace-2023.html").contains("<a href=\"#opatreni-9-2\">IX/2</a>"));
}
