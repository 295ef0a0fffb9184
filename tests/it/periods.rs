//! Periods: how one is opened, and what a whole one gives.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Copy, csv_rows, stderr, stdout, walk};

const NEW: [&str; 9] = ["period", "new", "2025", "--from", "2024-01-01", "--to", "2025-12-31", "--due", "2026-01-31"];

#[test]
fn a_new_period_has_no_findings_and_can_be_reported() {
    let copy = Copy::new();
    let output = copy.run(&NEW);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        stdout(&output),
        "Zapsáno: data/obdobi/2025/obdobi.yaml\nZapsáno: data/obdobi/2025/uvod.md\n\
         Zapsáno: data/obdobi/2025/shrnuti.md\nPodklady patří do složky data/obdobi/2025/podklady.\n"
    );
    let definition = copy.read("data/obdobi/2025/obdobi.yaml");
    let keys: Vec<&str> = definition.lines().filter(|line| !line.starts_with('#')).collect();
    let expected =
        ["obdobi: 2025", "od: 2024-01-01", "do: 2025-12-31", "ke_dni: 2025-12-31", "termin_podkladu: 2026-01-31"];
    assert_eq!(keys, expected);
    let modeline = copy.read("data/obdobi/2023/obdobi.yaml").lines().next().map(str::to_owned);
    assert_eq!(definition.lines().next(), modeline.as_deref());
    let check = stderr(&copy.run(&["check", "--period", "2025", "--notes"]));
    assert!(!check.contains("chyba[") && !check.contains("cislo-v-textu"), "{check}");
    assert_eq!(copy.run(&["generate-report", "2025"]).status.code(), Some(0));
    let text = copy.read("vystup/2025/informace-2025.md").replace('\u{A0}', " ");
    for words in [
        "O schválení Strategie sociálního začleňování Libereckého kraje 2021+ (dále jen „Strategie“) rozhodlo usnesení č. \
         513/21/ZK ze dne 30. 11. 2021. Počet sledovaných opatření je 109, počet okruhů je 13.",
        "ve sledovaném období 2024–2025, a to k 31. prosinci 2025",
        "Z celkového počtu 109 opatření nebylo ve sledovaném období 2024–2025 plněno 109. Po termínu je 15 opatření.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("{#") && !text.contains("{{"), "{text}");
}

#[test]
fn a_period_that_cannot_be_is_refused_and_nothing_is_written() {
    for (changes, words) in [
        (&[(2, "20x5")][..], "„20x5“ není rok"),
        (&[(4, "1. 1. 2024")], "„1. 1. 2024“ u volby --from není datum; pište ho jako 2025-12-31"),
        (&[(6, "2025-02-30")], "„2025-02-30“ u volby --to není datum"),
        (&[(4, "2026-01-01")], "období 2025 nejde založit: období končí dřív, než začíná"),
        (&[(2, "2026")], "období 2026 musí končit v roce 2026, ne 31. 12. 2025"),
        (&[(8, "2025-12-31")], "termín podkladů (31. 12. 2025) musí být až po posledním dni období (31. 12. 2025)"),
        (&[(4, "2023-07-01")], "překrývalo s obdobím 2023, které trvá od 1. 1. 2022 do 31. 12. 2023"),
        (&[(2, "2023"), (6, "2023-12-31"), (4, "2022-01-01")], "„data/obdobi/2023/obdobi.yaml“ už existuje"),
    ] {
        let copy = Copy::new();
        let mut arguments = NEW;
        for &(index, value) in changes {
            arguments[index] = value;
        }
        let before = copy.read("data/obdobi/2023/obdobi.yaml");
        let output = copy.run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stdout(&output), "");
        assert!(stderr(&output).contains(words), "{words}: {}", stderr(&output));
        assert!(!copy.path().join("data/obdobi/2025").exists());
        assert_eq!(copy.read("data/obdobi/2023/obdobi.yaml"), before);
    }
}

#[test]
fn a_period_is_opened_once_and_keeps_the_texts_that_were_there_before() {
    let copy = Copy::new();
    copy.write("data/obdobi/2025/shrnuti.md", "Rozepsáno.\n");
    let check = stderr(&copy.run(&["check"]));
    assert!(check.contains("založte ho příkazem „plneni period new 2025“"), "{check}");
    let output = copy.run(&NEW);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        stdout(&output),
        "Zapsáno: data/obdobi/2025/obdobi.yaml\nZapsáno: data/obdobi/2025/uvod.md\n\
         Beze změny zůstal: data/obdobi/2025/shrnuti.md\nPodklady patří do složky data/obdobi/2025/podklady.\n"
    );
    assert_eq!(copy.read("data/obdobi/2025/shrnuti.md"), "Rozepsáno.\n");
    std::fs::remove_file(copy.path().join("data/obdobi/2025/uvod.md")).expect("it was written");
    let output = copy.run(&NEW);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""));
    assert!(stderr(&output).contains("„data/obdobi/2025/obdobi.yaml“ už existuje"), "{}", stderr(&output));
    assert!(!copy.path().join("data/obdobi/2025/uvod.md").exists());
}

#[test]
fn a_frozen_period_is_not_opened_again_whatever_it_has_lost() {
    let copy = Copy::frozen();
    let lost = ["obdobi.yaml", "uvod.md", "shrnuti.md"].map(|name| format!("data/obdobi/2023/{name}"));
    for path in &lost {
        std::fs::remove_file(copy.path().join(path)).expect("it is there");
    }
    let check = stderr(&copy.run(&["check"]));
    assert!(check.contains("období je zmrazené: vraťte soubor z historie"), "{check}");
    assert!(!check.contains("period new"), "{check}");
    let new = ["period", "new", "2023", "--from", "2022-01-01", "--to", "2023-12-31", "--due", "2024-01-31"];
    let output = copy.run(&new);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""));
    assert!(stderr(&output).contains("období 2023 je zmrazené, viz data/obdobi/2023/zmrazeni.yaml"));
    assert!(lost.iter().all(|path| !copy.path().join(path).exists()));
}

#[test]
fn submissions_that_came_before_their_period_do_not_keep_it_from_being_opened() {
    let copy = Copy::new();
    copy.write("data/obdobi/2025/podklady/oz.csv", "opatreni,stav,komentar\nIX/3,ČÁSTEČNĚ,Pracují dva.\n");
    let check = stderr(&copy.run(&["check"]));
    assert!(check.contains("chyba[chybejici-soubor]: chybí soubor „obdobi/2025/obdobi.yaml“"), "{check}");
    let output = copy.run(&NEW);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(copy.run(&["check"]).status.code(), Some(0));
}

#[test]
fn days_of_another_period_that_cannot_be_read_are_a_fault_of_the_data() {
    let copy = Copy::new();
    copy.edit("data/obdobi/2023/obdobi.yaml", "od: 2022-01-01", "od: 1. 1. 2022");
    let output = copy.run(&NEW);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("chyba[neplatne-datum]"), "{}", stderr(&output));
    assert!(!copy.path().join("data/obdobi/2025").exists());
}

#[test]
fn a_slip_in_what_freezes_a_period_does_not_open_it() {
    const FREEZE: &str = "data/obdobi/2023/zmrazeni.yaml";
    const SUBMITTED: &str = "data/obdobi/2023/podklady/osv.yaml";
    let thawed = Copy::new();
    assert_eq!(thawed.run(&["form", "2023", "--gestor", "OSV", "--format", "yaml"]).status.code(), Some(0));
    let form = thawed.read("vystup/2023/formulare/osv.yaml").replacen("stav:\n", "stav: PLNĚNO\n", 1);
    let copy = Copy::frozen();
    copy.write("osv.yaml", form);
    copy.edit(SUBMITTED, "opatreni: I/1\n    stav: ČÁSTEČNĚ", "opatreni: I/1\n    stav: částečně");
    let (text, submitted) = (copy.read(FREEZE), copy.read(SUBMITTED));
    for broken in
        [text.clone(), text.replace("\notisk:", "\notiskk:"), text.replace("pocty:", "pocty: ["), String::new()]
    {
        copy.write(FREEZE, &broken);
        for (arguments, code, words) in [
            (&["form", "2023", "--gestor", "OSV"][..], 2, "období 2023 je zmrazené"),
            (&["import", "osv.yaml", "--replace"], 1, "za období 2023, které je zmrazené"),
            (&["period", "freeze", "2023", "--resolution", "1/24"], 2, "období 2023 už zmrazené je"),
            (&["check", "--diff"], 0, ""),
        ] {
            let output = copy.run(arguments);
            assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", stderr(&output));
            assert_eq!(stdout(&output), "", "{arguments:?}");
            assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
        }
        assert_eq!((copy.read(FREEZE), copy.read(SUBMITTED)), (broken, submitted.clone()));
        assert!(!copy.path().join("vystup").exists());
    }
}

#[test]
fn a_resolution_is_its_number_alone() {
    let copy = Copy::new();
    for text in ["č. 12/26", "usnesením ZK č. 55/26/ZK", "12/26 ze dne 1. 2. 2026"] {
        let output = copy.run(&["period", "freeze", "2023", "--resolution", text]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(stderr(&output).contains("není samo číslo usnesení"), "{}", stderr(&output));
    }
    for text in ["-", "???", "…"] {
        let output = copy.run(&["period", "freeze", "2023", "--resolution", text]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(stderr(&output).contains("není číslo usnesení"), "{}", stderr(&output));
    }
    assert!(!copy.path().join("data/obdobi/2023/zmrazeni.yaml").exists());
}

/// Git would store them with others, and every file would differ in the next clone.
#[test]
fn files_with_line_ends_of_windows_are_not_frozen() {
    const AREA: &str = "data/opatreni/01.yaml";
    let copy = Copy::new().with_fixture("2025");
    copy.write(AREA, copy.read(AREA).replace('\n', "\r\n"));
    let freeze = ["period", "freeze", "2025", "--resolution", "1/26/ZK"];
    let output = copy.run(&freeze);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(1), ""));
    let told = stderr(&output);
    for name in ["obdobi/2025/podklady/nno.csv", "obdobi/2025/podklady/osmts.csv", "opatreni/01.yaml"] {
        assert!(told.contains(&format!("data/{name}: řádky končí jako ve Windows (CRLF)")), "{told}");
    }
    assert!(told.contains("Spusťte napřed „plneni check --fix“"), "{told}");
    assert!(!copy.path().join("data/obdobi/2025/zmrazeni.yaml").exists());
    const ACCEPTED: &str = "data/prijato.yaml";
    let accepted = copy.read(ACCEPTED);
    copy.write(ACCEPTED, format!("{accepted}  - {{nalez: jiny-zapis, duvod: Tak to je.}}\n"));
    let told = stderr(&copy.run(&freeze));
    assert!(told.contains("Smažte z „prijato.yaml“ přijetí nálezu „jiny-zapis“"), "{told}");
    copy.write(ACCEPTED, accepted);
    assert_eq!(copy.run(&["check", "--fix"]).status.code(), Some(0));
    assert_eq!(copy.run(&freeze).status.code(), Some(0));
    let folder = copy.path().join("data/obdobi/2025");
    let has_returns = |path: &std::path::PathBuf| std::fs::read(path).is_ok_and(|bytes| bytes.contains(&b'\r'));
    assert_eq!(walk(&folder).into_iter().find(has_returns), None);
}

#[test]
fn a_thawed_period_is_frozen_again_with_the_definitions_of_then() {
    const AREA: &str = "data/opatreni/09.yaml";
    const OF_THEN: &str = "data/obdobi/2023/definice/opatreni/09.yaml";
    let copy = Copy::frozen();
    let (freeze, then) = ("data/obdobi/2023/zmrazeni.yaml", copy.read(OF_THEN));
    let deadline = "    termin: průběžně do 12/2027\n";
    let moved = "    termin: průběžně do 12/2029\n    zmeny: [{od: 2025, druh: zmena, usneseni: 1/25/ZK}]\n";
    copy.write(AREA, copy.read(AREA).replace(deadline, moved));
    std::fs::remove_file(copy.path().join(freeze)).expect("it is there");
    let output = copy.run(&["period", "freeze", "2023", "--resolution", "2/26/ZK"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(
        stdout(&output).starts_with(
            "Zapsáno: data/obdobi/2023/zmrazeni.yaml; definice ve složce data/obdobi/2023/definice zůstaly, jak byly.\n"
        ),
        "{}",
        stdout(&output)
    );
    assert_eq!(copy.read(OF_THEN), then);
    assert!(copy.read(freeze).contains("usneseni: 2/26/ZK\n"));
    let output = copy.run(&["check", "--deny", "warnings"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let terms = stdout(&copy.run(&["export", "2023", "--table", "terminy"]));
    assert!(terms.contains("IX/1,průběžně do 12/2027,"), "{terms}");
}

#[test]
fn a_warning_of_a_frozen_period_is_accepted_by_a_check_and_its_report_stays() {
    const ACCEPTED: &str = "data/prijato.yaml";
    let copy = Copy::frozen().with_fixture("2025");
    assert_eq!(copy.run(&["check", "--fix"]).status.code(), Some(0));
    assert_eq!(copy.run(&["period", "freeze", "2025", "--resolution", "1/26/ZK"]).status.code(), Some(0));
    let report = || {
        assert_eq!(copy.run(&["generate-report", "2025", "--format", "md"]).status.code(), Some(0));
        copy.read("vystup/2025/informace-2025.md")
    };
    let before = report();
    let deny = |period: &[&str]| copy.run(&[&["check", "--deny", "warnings"], period].concat()).status.code();
    assert_eq!((deny(&[]), deny(&["--period", "2025"])), (Some(1), Some(1)));
    let measures = "[I/5, I/6, I/9, IV/4, VI/2, VII/2, X/3, X/4]";
    let accepted = format!("  - {{nalez: po-terminu, opatreni: {measures}, obdobi: 2025, duvod: Ví se o tom.}}\n");
    copy.write(ACCEPTED, copy.read(ACCEPTED) + &accepted);
    assert_eq!((deny(&[]), deny(&["--period", "2025"])), (Some(0), Some(0)));
    assert_eq!(report(), before);
}

/// The status of every measure, by id.
fn statuses(copy: &Copy, year: &str) -> BTreeMap<String, String> {
    let output = copy.run(&["export", year, "--table", "opatreni"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    csv_rows(&stdout(&output)).into_iter().map(|row| (row[0].clone(), row[8].clone())).collect()
}

fn counts(copy: &Copy) -> Vec<(String, String)> {
    let output = copy.run(&["export", "2025", "--table", "stavy"]);
    csv_rows(&stdout(&output)).into_iter().map(|row| (row[0].clone(), row[1].clone())).collect()
}

/// The numbers stand in `tests/fixtures/README.md` too.
#[test]
fn a_whole_period_has_the_counts_that_were_worked_out_apart() {
    let copy = Copy::new().with_fixture("2025");
    let check = copy.run(&["check"]);
    assert_eq!(check.status.code(), Some(0), "{}", stderr(&check));
    assert!(stdout(&check).contains(" 0 chyb, 8 varování, "), "{}", stdout(&check));
    let expected = [("SPLNĚNO", "7"), ("PLNĚNO", "31"), ("ČÁSTEČNĚ", "56"), ("NEPLNĚNO", "15")];
    assert_eq!(counts(&copy), expected.map(|(status, count)| (status.to_owned(), count.to_owned())));
    let order = expected.map(|(status, _)| status);
    let rank = |status: &String| order.iter().position(|known| known == status).expect("a status");
    let (before, after) = (statuses(&copy, "2023"), statuses(&copy, "2025"));
    let mut changes = BTreeMap::new();
    for (id, status) in &after {
        *changes.entry(rank(status).cmp(&rank(&before[id]))).or_insert(0) += 1;
    }
    assert_eq!(changes, BTreeMap::from([(Ordering::Less, 33), (Ordering::Equal, 62), (Ordering::Greater, 14)]));
}

#[test]
fn every_measure_of_a_whole_period_has_a_submission_by_whoever_must_make_it() {
    let copy = Copy::new().with_fixture("2025");
    let submissions = csv_rows(&stdout(&copy.run(&["export", "2025", "--table", "podklady"])));
    let submitters: BTreeSet<&str> = submissions.iter().map(|row| row[0].as_str()).collect();
    assert_eq!((submissions.len(), submitters.len()), (152, 26));
    let by: BTreeSet<(&str, &str)> = submissions.iter().map(|row| (row[1].as_str(), row[0].as_str())).collect();
    for row in csv_rows(&stdout(&copy.run(&["export", "2025", "--table", "opatreni"]))) {
        let responsible = if row[6].is_empty() { "OSV" } else { &row[6] };
        for body in responsible.split("; ").filter(|body| *body != "???") {
            assert!(by.contains(&(row[0].as_str(), body)), "{}: {body}", row[0]);
        }
    }
}

#[test]
fn bodies_that_disagree_give_the_status_of_the_method() {
    let copy = Copy::new().with_fixture("2025");
    let found = statuses(&copy, "2025");
    for (id, said, status) in [
        ("IX/3", "PLNĚNO and NEPLNĚNO", "ČÁSTEČNĚ"),
        ("IX/1", "ČÁSTEČNĚ and NEPLNĚNO", "ČÁSTEČNĚ"),
        ("IX/5", "ČÁSTEČNĚ and twice NEPLNĚNO", "NEPLNĚNO"),
        ("IV/2", "twice PLNĚNO and ČÁSTEČNĚ", "PLNĚNO"),
        ("II/1", "twice SPLNĚNO by a set deadline", "SPLNĚNO"),
        ("II/7", "criteria PLNĚNO, NEPLNĚNO and ČÁSTEČNĚ", "ČÁSTEČNĚ"),
    ] {
        assert_eq!(found[id], status, "{id}: {said}");
    }
    let copy = copy.with_fixture("2025-nahrada");
    assert_eq!(copy.run(&["check"]).status.code(), Some(0));
    let replaced = statuses(&copy, "2025");
    let changed: Vec<&String> = found.keys().filter(|id| found[*id] != replaced[*id]).collect();
    assert_eq!(changed, ["IX/7"], "IX/3 stays ČÁSTEČNĚ, now of ČÁSTEČNĚ and NEPLNĚNO; on IX/7 nothing is left");
}

#[test]
fn a_whole_period_is_reported_in_every_format() {
    let copy = Copy::new().with_fixture("2025");
    for document in ["informace", "pisemna-informace"] {
        let output = copy.run(&["generate-report", "2025", "--document", document]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stdout(&output).ends_with("Opatření 109: SPLNĚNO 7, PLNĚNO 31, ČÁSTEČNĚ 56, NEPLNĚNO 15\n"));
        for format in ["md", "html", "docx"] {
            assert!(copy.path().join(format!("vystup/2025/{document}-2025.{format}")).exists());
        }
    }
    let text = copy.read("vystup/2025/informace-2025.md").replace('\u{A0}', " ");
    let (_, measure) = text.split_once("### IX/3 ").expect("the measure is there");
    let at = |words: &str| measure.find(words).unwrap_or_else(|| panic!("„{words}“ is not there"));
    assert!(at("OSV (NEPLNĚNO):") < at("OZ (PLNĚNO):"), "each body's own status stands with its comment");
    assert!(at("OZ (PLNĚNO):") < at("Stav vyplývá z podkladů více subjektů: 1× plněno, 1× neplněno."));
}

#[test]
fn a_period_that_is_still_coming_in_has_no_errors() {
    let copy = Copy::new().with_fixture("2025-prubezne");
    let check = copy.run(&["check"]);
    assert_eq!(check.status.code(), Some(0), "{}", stderr(&check));
    assert!(stderr(&check).contains("poznámka[bez-podkladu]: K opatření nikdo nepředložil podklad (47×;"));
    assert_eq!(copy.run(&["generate-report", "2025"]).status.code(), Some(0));
}
