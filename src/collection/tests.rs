//! Who is told to have delivered, to whom it counts, and how many days are left.

use super::*;
use crate::rules::testing::{FILES, dataset, edited};

const OZ: &str = "obdobi/2023/podklady/oz.yaml";

fn collection(changes: &[(&str, &str)], as_of: &str) -> Collection {
    let dataset = dataset(changes);
    let period = &dataset.strategy.periods[&Year(2023)];
    Collection::new(&dataset.strategy, period, as_of.parse().expect("a date"))
}

fn bodies(collection: &Collection) -> Vec<String> {
    let words = |it: &BodyState| format!("{} {} {}/{}", it.code, it.delivery.word(), it.n_delivered, it.n_expected);
    collection.bodies.iter().map(words).collect()
}

/// The register in which KÚ, of which OSV is a part, is itself a part of a region.
fn with_region() -> String {
    let to = "druh: úřad, nadrizeny: kraj}\n  - {kod: kraj, nazev: kraj, druh: kraj}";
    edited("subjekty.yaml", "druh: úřad}", to)
}

#[test]
fn a_body_is_delivered_partly_or_missing() {
    // Of the small data set, OSV is responsible for I/1 and I/2, OZ for I/2 and II/1.
    for (text, expected) in [
        ("", ["OZ chybí 0/2", "OSV dodáno 2/2"]),
        ("podklady: [{opatreni: II/1, stav: PLNĚNO, komentar: Ano.}]", ["OZ zčásti 1/2", "OSV dodáno 2/2"]),
        (
            "podklady: [{opatreni: II/1, komentar: Ano.}, {opatreni: I/2, stav: PLNĚNO}]",
            ["OSV dodáno 2/2", "OZ dodáno 2/2"],
        ),
    ] {
        assert_eq!(bodies(&collection(&[(OZ, text)], "2024-01-10")), expected, "{text}");
    }
    let nothing = collection(&[("obdobi/2023/podklady/osv.yaml", "")], "2024-01-10");
    assert_eq!(bodies(&nothing), ["OSV chybí 0/2", "OZ chybí 0/2"]);
    assert_eq!(nothing.without_submission.len(), 3);
}

#[test]
fn a_part_delivers_for_its_whole() {
    let area = edited("opatreni/02.yaml", "odpovednost: [OZ]", "odpovednost: [KÚ]");
    let found = collection(&[("opatreni/02.yaml", &area)], "2024-01-10");
    assert_eq!(bodies(&found), ["OZ chybí 0/1", "KÚ dodáno 1/1", "OSV dodáno 2/2"]);
    let said = &found.measures[2].statements[0];
    assert_eq!((said.body.as_str(), said.submitter.as_deref(), said.role), ("KÚ", Some("OSV"), "gestor"));
}

#[test]
fn a_part_delivers_for_each_whole_that_it_is_a_part_of() {
    let register = with_region();
    // Where OSV stands among them it speaks for itself alone: the others are asked as well.
    for (responsible, missing) in
        [("kraj, KÚ", ""), ("KÚ, kraj", ""), ("kraj", ""), ("kraj, OSV", "kraj"), ("kraj, OZ", "OZ")]
    {
        let area = edited("opatreni/02.yaml", "odpovednost: [OZ]", &format!("odpovednost: [{responsible}]"));
        let changes = [("subjekty.yaml", register.as_str()), ("opatreni/02.yaml", area.as_str())];
        let found = collection(&changes, "2024-01-10");
        let state = &found.measures[2];
        let silent: Vec<&str> =
            state.statements.iter().filter(|it| it.submitter.is_none()).map(|it| it.body.as_str()).collect();
        assert_eq!(silent.concat(), missing, "{responsible}");
        assert_eq!(found.others.len(), 0, "{responsible}");
        let dataset = dataset(&changes);
        let (strategy, period) = (&dataset.strategy, &dataset.strategy.periods[&Year(2023)]);
        let measure = strategy.measures.values().next_back().expect("there are measures");
        for code in responsible.split(", ") {
            let body = strategy.register.find(code).expect("it is in the register");
            assert_eq!(has_delivered(strategy, period, measure, body), code != missing, "{responsible}: {code}");
        }
    }
}

#[test]
fn who_delivers_for_two_wholes_delivers_on_one_measure() {
    let register = with_region();
    let areas = FILES.iter().filter(|(path, _)| path.starts_with("opatreni/"));
    let of_wholes = |text: &str| {
        ["[OSV]", "[OSV, OZ]", "[OZ]"].iter().fold(text.to_owned(), |text, bodies| {
            text.replace(&format!("odpovednost: {bodies}"), "odpovednost: [kraj, KÚ]")
        })
    };
    let areas: Vec<(&str, String)> = areas.map(|(path, text)| (*path, of_wholes(text))).collect();
    let areas = areas.iter().map(|(path, text)| (*path, text.as_str()));
    let changes: Vec<(&str, &str)> = areas.chain([("subjekty.yaml", register.as_str())]).collect();
    let found = collection(&changes, "2024-01-10");
    let others: Vec<_> = found.others.iter().map(|it| (it.code.as_str(), it.n_delivered)).collect();
    assert_eq!(others, [("OSV", 3)]);
}

#[test]
fn whoever_is_not_waited_for_is_told_apart() {
    let found = collection(
        &[("obdobi/2023/podklady/obce.yaml", "podklady: [{opatreni: I/1, stav: PLNĚNO, komentar: Ano.}]")],
        "2024-01-10",
    );
    let others: Vec<_> = found.others.iter().map(|it| (it.code.as_str(), it.n_delivered)).collect();
    assert_eq!(others, [("obce", 1)]);
    let roles: Vec<_> = found.measures[0].statements.iter().map(|it| (it.body.as_str(), it.role)).collect();
    assert_eq!(roles, [("OSV", "gestor"), ("obce", "spolupráce")]);
    let roles: Vec<_> = found.measures[2].statements.iter().map(|it| (it.body.as_str(), it.role)).collect();
    assert_eq!(roles, [("OZ", "gestor"), ("OSV", "koordinátor")]);
}

#[test]
fn contradictions_come_first() {
    let submissions = "podklady:\n  - {opatreni: I/2, stav: NEPLNĚNO, komentar: Ne.}\n\
                       \x20 - {opatreni: II/1, stav: ČÁSTEČNĚ, komentar: Zčásti.}\n";
    let found = collection(&[(OZ, submissions)], "2024-01-10");
    let shared: Vec<_> = found
        .shared()
        .into_iter()
        .map(|it| (it.id.to_string(), it.agreement.word(), it.status, it.reason.clone()))
        .collect();
    let expected = [
        ("I/2", "ne", Status::Partly, "Stav vyplývá z podkladů více subjektů: 1× plněno, 1× neplněno."),
        ("II/1", "ano", Status::Partly, "Stav vyplývá z podkladů více subjektů: 2× částečně plněno."),
    ];
    assert_eq!(shared, expected.map(|(id, word, status, why)| (id.to_owned(), word, status, why.to_owned())));
    let silent = collection(&[], "2024-01-10");
    let shared: Vec<_> = silent.shared().into_iter().map(|it| (it.id.to_string(), it.agreement)).collect();
    assert_eq!(shared, [("I/2".to_owned(), Agreement::Open)]);
}

#[test]
fn days_are_counted_to_the_due_day() {
    let period = edited("obdobi/2023/obdobi.yaml", "ke_dni", "termin_podkladu: 2024-01-31\nke_dni");
    for (as_of, days) in [("2024-01-19", 12), ("2024-01-31", 0), ("2024-03-01", -30), ("2023-01-31", 365)] {
        assert_eq!(collection(&[("obdobi/2023/obdobi.yaml", &period)], as_of).days_left, Some(days), "{as_of}");
    }
    assert_eq!(collection(&[], "2024-01-19").days_left, None);
}
