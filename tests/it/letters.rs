//! Documents that go to single bodies: one copy each, to those who are meant.

use std::collections::BTreeMap;

use crate::support::{Copy, stderr, stdout};

const PERIOD: &str = "obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\ntermin_podkladu: 2026-01-31\n";

fn copy() -> Copy {
    let copy = Copy::new();
    copy.write("data/obdobi/2025/obdobi.yaml", PERIOD);
    copy
}

#[test]
fn the_letter_names_the_due_day_and_just_the_measures_of_its_body() {
    let copy = copy();
    let output = copy.run(&["generate-report", "2025", "--document", "dopis", "--gestor", "OZ"]);
    let written = "Zapsáno: vystup/2025/dopis-2025-oz.md\nZapsáno: vystup/2025/dopis-2025-oz.docx\n";
    assert_eq!(stdout(&output).replace('\\', "/"), written);
    let letter = copy.read("vystup/2025/dopis-2025-oz.md").replace('\u{A0}', " ");
    assert!(letter.contains("nejpozději do 31. ledna 2026."), "{letter}");
    assert!(letter.contains("Jste gestorem 7 opatření."), "{letter}");
    let ids: Vec<&str> = letter
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(' ').next())
        .filter(|id| id.contains('/'))
        .collect();
    assert_eq!(ids, ["VIII/10", "IX/1", "IX/2", "IX/3", "IX/4", "IX/5", "IX/7"]);
}

#[test]
fn everybody_who_can_read_a_letter_gets_one() {
    let copy = copy();
    let output = stdout(&copy.run(&["generate-report", "2025", "--document", "dopis", "--format", "md"]));
    assert!(output.lines().count() >= 15, "{output}");
    for (body, is_meant) in [("osv", false), ("oz", true), ("mmr", true), ("obce", false), ("nno", false)] {
        assert_eq!(output.contains(&format!("dopis-2025-{body}.md")), is_meant, "{body}: {output}");
    }
}

#[test]
fn the_coordinator_writes_none_to_itself() {
    let copy = copy();
    for document in ["dopis", "upominka"] {
        let arguments = ["generate-report", "2025", "--document", document, "--gestor", "OSV", "--format", "md"];
        assert_eq!(stdout(&copy.run(&arguments)), "Nezapsáno nic: tento dokument teď nemá komu jít.\n", "{document}");
    }
    copy.edit("data/strategie.yaml", "koordinator: OSV\n", "koordinator: OZ\n");
    let output = stdout(&copy.run(&["generate-report", "2025", "--document", "dopis", "--gestor", "OSV"]));
    assert!(output.contains("dopis-2025-osv.md"), "{output}");
}

#[test]
fn groups_that_a_letter_is_meant_for_are_named() {
    let copy = copy();
    let said = |arguments: &[&str]| {
        let output = stdout(&copy.run(&[&["generate-report", "2025", "--format", "md"], arguments].concat()));
        output.lines().filter(|line| !line.starts_with("Zapsáno: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    for (arguments, expected) in [
        (&["--document", "upominka"][..], &["Skupinám se nepíše: odbory KÚ LK, obce; oslovte jejich členy."][..]),
        (
            &["--document", "upominka", "--gestor", "obce"],
            &["Nezapsáno nic.", "Skupinám se nepíše: obce; oslovte jejich členy."],
        ),
        (&["--document", "upominka", "--gestor", "NNO"], &["Nezapsáno nic: tento dokument teď nemá komu jít."]),
        (
            &["--document", "dopis", "--gestor", "NNO", "--gestor", "obce", "--gestor", "OZ"],
            &["Skupinám se nepíše: obce, NNO; oslovte jejich členy."],
        ),
        (&["--document", "dopis", "--gestor", "OZ"], &[]),
    ] {
        assert_eq!(said(arguments), expected, "{arguments:?}");
    }
    copy.write("data/obdobi/2025/podklady/obce.csv", "opatreni,stav,komentar\nIII/4,NEPLNĚNO,Cvičný údaj\n");
    let expected = ["Skupinám se nepíše: odbory KÚ LK; oslovte jejich členy."];
    assert_eq!(said(&["--document", "upominka"]), expected);
}

#[test]
fn an_own_list_of_addressees_may_have_groups_written_to() {
    let copy = copy();
    copy.write("sablony/dopis/adresati.txt", "obce\n");
    let output =
        copy.run(&["generate-report", "2025", "--document", "dopis", "--format", "md", "--templates", "sablony"]);
    assert_eq!(stdout(&output).replace('\\', "/"), "Zapsáno: vystup/2025/dopis-2025-obce.md\n", "{}", stderr(&output));
}

#[test]
fn only_those_who_have_not_delivered_are_reminded() {
    let copy = copy();
    let rows: String =
        ["VIII/10", "IX/1", "IX/2", "IX/3", "IX/4", "IX/5"].map(|id| format!("{id},NEPLNĚNO,Cvičný údaj\n")).concat();
    copy.write("data/obdobi/2025/podklady/oz.csv", format!("opatreni,stav,komentar\n{rows}"));
    let remind = || stdout(&copy.run(&["generate-report", "2025", "--document", "upominka", "--format", "md"]));
    assert!(remind().contains("upominka-2025-oz.md"));
    let reminder = copy.read("vystup/2025/upominka-2025-oz.md").replace('\u{A0}', " ");
    assert!(reminder.contains("chybí podklady k části z nich: 1 z celkového počtu 7."), "{reminder}");
    assert!(reminder.contains("| IX/7 |") && !reminder.contains("| IX/1 |"), "{reminder}");
    copy.write(
        "data/obdobi/2025/podklady/oz.csv",
        format!("opatreni,stav,komentar\n{rows}IX/7,NEPLNĚNO,Cvičný údaj\n"),
    );
    let output = remind();
    assert!(!output.contains("upominka-2025-oz.md") && output.contains("upominka-2025-mmr.md"), "{output}");
}

#[test]
fn whoever_status_says_has_delivered_is_not_reminded_be_it_by_a_part_of_it() {
    let copy = copy();
    let missing = || {
        let state: serde_json::Value =
            serde_json::from_str(&stdout(&copy.run(&["status", "2025", "--format", "json"]))).expect("it is JSON");
        let of = |body: &serde_json::Value| {
            let ids = body["chybi"].as_array().expect("a list").iter().map(ToString::to_string);
            (body["kod"].as_str().unwrap_or_default().to_owned(), ids.map(|id| id.replace('"', "")).collect::<Vec<_>>())
        };
        state["subjekty"].as_array().expect("a list").iter().map(of).collect::<BTreeMap<_, _>>()
    };
    let of_office = missing()["KÚ LK"].clone();
    assert!(!of_office.is_empty());
    let rows: String = of_office.iter().map(|id| format!("{id},NEPLNĚNO,Cvičný údaj\n")).collect();
    copy.write("data/obdobi/2025/podklady/osv.csv", format!("opatreni,stav,komentar\n{rows}"));
    let output = stdout(&copy.run(&["generate-report", "2025", "--document", "upominka", "--format", "md"]));
    for (body, missing) in missing().iter().filter(|(body, _)| ["KÚ LK", "OZ", "MMR"].contains(&body.as_str())) {
        let name = format!("upominka-2025-{}.md", plneni::model::slug(body));
        assert_eq!(output.contains(&name), !missing.is_empty(), "{body}: {missing:?}");
    }
    assert!(missing()["KÚ LK"].is_empty());
}

#[test]
fn nobody_is_asked_about_a_frozen_period() {
    let copy = Copy::frozen();
    for document in ["dopis", "upominka"] {
        let output = copy.run(&["generate-report", "2023", "--document", document, "--gestor", "OZ"]);
        assert_eq!(output.status.code(), Some(2));
        let said = format!("období 2023 je zmrazené, podklady k němu se už nesbírají; dokument „{document}“");
        assert!(stderr(&output).contains(&said), "{}", stderr(&output));
    }
    assert!(!copy.path().join("vystup").exists());
    let status = copy.run(&["status", "2023"]);
    assert!(stderr(&status).starts_with("Období 2023 je zmrazené"), "{}", stderr(&status));
}

#[test]
fn a_deadline_that_cannot_be_read_is_left_out_of_a_draft() {
    let copy = copy();
    copy.edit(
        "data/opatreni/09.yaml",
        "zařízení, druh: pocet}\n    termin: průběžně do 12/2027",
        "zařízení, druh: pocet}\n    termin: nevíme",
    );
    for document in ["dopis", "upominka"] {
        let output = copy.run(&["generate-report", "2025", "--document", document, "--gestor", "OZ", "--draft"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let letter = copy.read(&format!("vystup/2025/{document}-2025-oz.md"));
        assert!(letter.contains("| neuvedeno |"), "{letter}");
    }
}
