//! What comes of forms whose body has something in the data already.

use crate::import::Earlier;
use crate::import::testing::{
    COMMENT, EXPECTED, STATUS, VALUE, answered, csv, form, judge, judge_with, only_error, rows, xlsx, yaml,
};

#[test]
fn what_the_body_had_is_compared_by_content() {
    let (marks, rows) = answered();
    let bytes = xlsx(&marks, &rows, |_| {});
    let table = "opatreni,stav,komentar,kriterium,hodnota\nI/2,ČÁSTEČNĚ,\"Konaly se; v Liberci.\n\n- dvakrát\n\",,\nI/2,PLNĚNO,,Počet konferencí,12\n";
    for path in ["obdobi/2025/podklady/oz.csv", "obdobi/2025/podklady/zdravotnictví.csv"] {
        let judged = judge(&[("oz.xlsx", &bytes)], &[(path, table)]);
        assert_eq!(judged.n_errors, 0, "{:#?}", judged.findings);
        let before = judged.taken[0].before.as_ref().expect("there was something");
        assert_eq!((before.paths.as_slice(), &before.content), (&[path.to_owned()][..], &judged.taken[0].content));
        assert_eq!(before.text, EXPECTED);
    }
    let shared = "opatreni,stav,predkladatel\nI/2,PLNĚNO,OZ\nI/1,PLNĚNO,OSV\n";
    let judged = judge(&[("oz.xlsx", &bytes)], &[("obdobi/2025/podklady/spolu.csv", shared)]);
    assert!(judged.findings.concat().contains("i podklady subjektu OSV"), "{:#?}", judged.findings);
}

#[test]
fn lines_of_a_cell_are_paragraphs_and_those_of_yaml_are_not() {
    let (marks, mut rows) = answered();
    rows[0][COMMENT] = "Služba vznikla.\nMá 4 lidi.\n- jedna\n- dvě".to_owned();
    let of_cells = EXPECTED.replace(
        "     Konaly se; v Liberci.\n\n      - dvakrát\n",
        "     Služba vznikla.\n\n      Má 4 lidi.\n      - jedna\n      - dvě\n",
    );
    let by_hand = of_cells.replace("vznikla.\n\n", "vznikla.\n");
    assert_ne!(by_hand, EXPECTED);
    let typed = yaml("částečně").replace(
        "      Konaly se; v Liberci.\n\n      - dvakrát\n",
        "      Služba vznikla.\n      Má 4 lidi.\n      - jedna\n      - dvě\n",
    );
    let path = "obdobi/2025/podklady/oz.yaml";
    let table = format!(
        "opatreni,stav,komentar,kriterium,hodnota\nI/2,ČÁSTEČNĚ,\"{}\",,\nI/2,PLNĚNO,,Počet konferencí,12\n",
        rows[0][COMMENT]
    );
    for (name, bytes, text) in [
        ("oz.xlsx", xlsx(&marks, &rows, |_| {}), &of_cells),
        ("oz.csv", csv(&marks, &rows, ';').into_bytes(), &of_cells),
        ("oz.yaml", typed.into_bytes(), &by_hand),
    ] {
        // What the form wrote, and what an earlier import did, says the same as the form.
        let earlier = [(path, text.as_str()), (path, &by_hand), ("obdobi/2025/podklady/oz.csv", &table)];
        for before in earlier {
            let judged = judge(&[(name, &bytes)], &[before]);
            assert_eq!((judged.n_errors, &judged.taken[0].text), (0, text), "{name}: {:#?}", judged.findings);
            let had = judged.taken[0].before.as_ref().expect("there was something");
            assert_eq!(had.content, judged.taken[0].content, "{name}: {}", before.1);
        }
    }
    // Places stay those of the cells.
    rows[2][VALUE] = "asi dvanáct".to_owned();
    assert!(only_error("oz.xlsx", &xlsx(&marks, &rows, |_| {})).contains("buňka J7\n"));
}

#[test]
fn the_line_of_editors_stays_as_it_is() {
    let (marks, rows) = answered();
    let bytes = xlsx(&marks, &rows, |_| {});
    let default = HEAD.lines().next().expect("it is the first");
    for line in [&format!("{default} volat paní Novákové"), "# yaml-language-server: $schema=https://kraj.cz/a.json"]
    {
        let earlier = format!("{HEAD}{EARLIER}").replace(default, line);
        let judged = judge_with(Earlier::Kept, &[("oz.xlsx", &bytes)], &[(YAML, &earlier.replace('\n', "\r\n"))]);
        assert_eq!(judged.n_errors, 0, "{:#?}", judged.findings);
        let expected = format!("{HEAD}{}\n{EARLIER}", answer()).replace(default, line);
        assert_eq!(judged.taken[0].text, expected);
        let judged = judge(&[("oz.xlsx", &bytes)], &[(YAML, &earlier)]);
        assert_eq!(judged.taken[0].text, EXPECTED.replace(default, line));
        // One that is not the first would be lost, which is told.
        let twice = format!("{default}\n{earlier}");
        let judged = judge_with(Earlier::Kept, &[("oz.xlsx", &bytes)], &[(YAML, &twice)]);
        assert!(judged.findings.concat().contains("oz.yaml:2:1"), "{:#?}", judged.findings);
    }
}

#[test]
fn what_was_left_empty_is_no_difference() {
    let (marks, rows) = answered();
    // As it came back, put among the data by hand.
    let form = yaml("částečně");
    let (asked, unanswered) = form.split_once("  - opatreni: II/1").expect("it asks both");
    for (text, is_broken) in [(asked.to_owned(), false), (format!("{asked}  - opatreni: II/1{unanswered}"), true)] {
        for (name, bytes) in [("oz.yaml", form.clone().into_bytes()), ("oz.xlsx", xlsx(&marks, &rows, |_| {}))] {
            let judged = judge(&[(name, &bytes)], &[(YAML, &text)]);
            assert_eq!(judged.n_errors, 0, "{name}: {:#?}", judged.findings);
            let before = judged.taken[0].before.as_ref().expect("there was something");
            assert_eq!((&before.content, before.is_broken), (&judged.taken[0].content, is_broken), "{name}: {text}");
            assert!(before.unread.is_empty(), "{:?}", before.unread);
        }
    }
}

const YAML: &str = "obdobi/2025/podklady/oz.yaml";
const CSV: &str = "obdobi/2025/podklady/oz.csv";
const HEAD: &str =
    "# yaml-language-server: $schema=../../../../schema/podklady.schema.json\npredkladatel: OZ\npodklady:\n";
/// What OZ says of II/1 before, as import writes it.
const EARLIER: &str = "  - opatreni: II/1\n    stav: NEPLNĚNO\n    komentar: |-\n      Jeden  řádek\n      a druhý.\n    kriteria:\n\
    \x20     - kriterium: Počet mediátorů\n        hodnota: 3\n        stav: NEPLNĚNO\n        doklad: https://example.cz/A b\n";
/// The same as a table, with spellings of its own.
const EARLIER_TABLE: &str = "opatreni,stav,komentar,kriterium,hodnota,doklad\nII/1,neplněno,\"Jeden  řádek\na druhý.\",,,\n\
    II/1,neplněno,,Počet mediátorů,3,https://example.cz/A b\n";

/// What [`EXPECTED`] says of I/2.
fn answer() -> &'static str {
    EXPECTED.strip_prefix(HEAD).expect("it begins so")
}

#[test]
fn what_a_form_answers_is_added_and_everything_else_stays_letter_for_letter() {
    let (marks, rows) = answered();
    let of_yaml = format!("{HEAD}{EARLIER}");
    let unanswered = yaml("částečně");
    // What the form repeats is replaced whole, wherever it stood.
    let repeated = "  - opatreni: I/2\n    stav: NEPLNĚNO\n    komentar: Nekonaly se.\n    kriteria:\n\
        \x20     - kriterium: Počet účastníků\n        hodnota: 7\n\n";
    let of_yaml_with_more = format!("{HEAD}{repeated}{EARLIER}");
    let table_with_more = format!("{EARLIER_TABLE}I/2,PLNĚNO,Konaly.,,,\nI/2,,,Počet účastníků,7,\n");
    for (name, bytes) in [
        ("oz.xlsx", xlsx(&marks, &rows, |_| {})),
        ("oz.csv", csv(&marks, &rows, ';').into_bytes()),
        ("oz.yaml", unanswered.into_bytes()),
    ] {
        for earlier in [
            (YAML, of_yaml.as_str()),
            (YAML, &of_yaml_with_more),
            (CSV, EARLIER_TABLE),
            (CSV, &table_with_more),
            ("obdobi/2025/podklady/zdravotnictví.csv", EARLIER_TABLE),
        ] {
            let judged = judge_with(Earlier::Kept, &[(name, &bytes)], &[earlier]);
            assert_eq!(judged.n_errors, 0, "{name}, {earlier:?}: {:#?}", judged.findings);
            let taken = &judged.taken[0];
            assert_eq!((taken.path.as_str(), &taken.text), (YAML, &format!("{HEAD}{}\n{EARLIER}", answer())), "{name}");
            let before = taken.before.as_ref().expect("there was something");
            assert_eq!(
                (before.paths.as_slice(), before.content == taken.content),
                (&[earlier.0.to_owned()][..], false)
            );
            // The other way, all of it goes.
            let judged = judge(&[(name, &bytes)], &[earlier]);
            assert_eq!(judged.taken[0].text, EXPECTED, "{name}");
            // Once more it changes nothing.
            let judged = judge_with(Earlier::Kept, &[(name, &bytes)], &[(YAML, &taken.text)]);
            let again = &judged.taken[0];
            assert_eq!(again.before.as_ref().map(|before| &before.content), Some(&again.content), "{name}");
        }
        let judged = judge_with(Earlier::Kept, &[(name, &bytes)], &[]);
        assert_eq!((judged.n_errors, judged.taken[0].text.as_str()), (0, EXPECTED), "{name}: {:#?}", judged.findings);
    }
}

#[test]
fn what_is_added_is_checked_together_with_what_stays() {
    let form = form("OZ");
    let mut rows = rows(&form);
    rows[3][STATUS] = "PLNĚNO".to_owned();
    rows[3][COMMENT] = "Konaly se; v Liberci.".to_owned();
    rows[4][VALUE] = "4".to_owned();
    let bytes = xlsx(&form.marks(), &rows, |_| {});
    let earlier = [(YAML, EXPECTED)];
    let judged = judge_with(Earlier::Kept, &[("oz.xlsx", &bytes)], &earlier);
    assert_eq!(judged.n_errors, 0, "{:#?}", judged.findings);
    assert!(judged.taken[0].text.starts_with(EXPECTED.trim_end()), "{}", judged.taken[0].text);
    rows[4][VALUE] = "čtyři".to_owned();
    let bytes = xlsx(&form.marks(), &rows, |_| {});
    let judged = judge_with(Earlier::Kept, &[("oz.xlsx", &bytes)], &earlier);
    assert_eq!((judged.n_errors, judged.findings.len()), (1, 1), "{:#?}", judged.findings);
    assert!(judged.findings[0].contains("oz.xlsx, list Podklady, buňka J9\n"), "{}", judged.findings[0]);
}

#[test]
fn nothing_is_added_to_what_would_lose_something() {
    let (marks, rows) = answered();
    let bytes = xlsx(&marks, &rows, |_| {});
    let earlier = format!("{HEAD}{EARLIER}");
    for (path, text, expected) in [
        (YAML, format!("{earlier}  - {{opatreni: I/99, stav: PLNĚNO}}\n"), Some("oz.yaml:14:16\n")),
        (
            YAML,
            earlier.replace("    stav: NEPLNĚNO\n    kom", "    stav: NEPLNĚNO\n    pozn: a\n    kom"),
            Some("oz.yaml:6:5\n"),
        ),
        (YAML, format!("{earlier}# ověřit\n"), Some("oz.yaml:14:1\n")),
        (YAML, earlier.replace("hodnota: 3", "hodnota: 3 # odhad"), Some("oz.yaml:11:20\n")),
        (CSV, format!("{EARLIER_TABLE}II/1,PLNĚNO,Znovu.,,,\n"), Some("oz.csv:")),
        // What is wrong in what is replaced goes with it.
        (YAML, format!("{earlier}  - {{opatreni: I/2, stav: možná}}\n"), None),
        (YAML, earlier.replace("druhý.", "druhý # není poznámka."), None),
    ] {
        let judged = judge_with(Earlier::Kept, &[("oz.xlsx", &bytes)], &[(path, &text)]);
        let findings = judged.findings.concat();
        assert_eq!(judged.n_errors > 0, expected.is_some(), "{text}: {findings}");
        assert!(
            expected.is_none_or(|at| findings.contains(&format!("--> data/obdobi/2025/podklady/{at}"))),
            "{findings}"
        );
        assert_eq!(findings.contains("při doplnění"), expected.is_some(), "{findings}");
    }
}
