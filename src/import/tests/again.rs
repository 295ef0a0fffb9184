//! What comes of forms whose body has something in the data already.

use crate::import::testing::{COMMENT, EXPECTED, VALUE, answered, csv, judge, only_error, xlsx, yaml};

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
