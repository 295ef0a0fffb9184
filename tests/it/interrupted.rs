//! Imports that something came between: a run that was killed, a person who wrote meanwhile, another run at
//! the same time.

use std::fs;
use std::process::Stdio;

use crate::import::{TARGET, code, data, deliver, everything, form};
use crate::support::{plneni, stderr, stdout, walk};

#[test]
fn what_was_interrupted_counts_as_done_and_is_finished_by_the_next_import() {
    let copy = data();
    let old = "data/obdobi/2025/podklady/oz.csv";
    let first = form(&copy, "OZ").measures[0].id;
    copy.write(old, format!("opatreni,stav\n{first},plneno\n"));
    copy.write("data/obdobi/2025/podklady/.plneni-a", format!("podklady:\n  - opatreni: {first}\n    stav: PLNĚNO\n"));
    copy.write(
        "data/.plneni-zapis.json",
        r#"{"put":[{"prepared":"obdobi/2025/podklady/.plneni-a","target":"obdobi/2025/podklady/oz.yaml"}],"remove":["obdobi/2025/podklady/oz.csv"]}"#,
    );
    // The check reads through it, says so and writes nothing.
    assert_eq!(copy.findings(), Vec::<String>::new());
    for arguments in [&["check"][..], &["check", "--diff"], &["check", "--output", "json"], &["status", "2025"]] {
        let output = copy.run(arguments);
        let said = stderr(&output);
        let lines: Vec<&str> = said.lines().filter(|line| line.contains("byl přerušen")).collect();
        assert_eq!(lines.len(), 1, "{arguments:?}: {said}");
        assert!(lines[0].starts_with("Zápis do složky „data“") && lines[0].contains("plneni check --fix"), "{said}");
        assert!(lines[0].contains("některé soubory mohou být zatím dřívější"), "{said}");
        assert!(!stdout(&output).contains("přerušen"), "{}", stdout(&output));
    }
    // Whoever is still at it was not interrupted; the file of a lock alone says nothing.
    copy.write("data/.plneni-zamek", "");
    for is_held in [true, false] {
        let lock = fs::File::open(copy.path().join("data/.plneni-zamek")).expect("it is there");
        if is_held {
            lock.lock().expect("nobody has it");
        }
        let output = copy.run(&["check"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_eq!(stderr(&output).contains("byl přerušen"), !is_held, "{}", stderr(&output));
    }
    assert!(copy.path().join(old).exists() && !copy.path().join(TARGET).exists());
    let output = copy.run(&["import", "není.csv"]);
    let said = stderr(&output);
    assert_eq!(code(&output), 2);
    assert!(said.contains(&format!("je dokončený:\nZapsáno: {TARGET}\nOdstraněno: {old}\n")), "{said}");
    assert!(!copy.path().join(old).exists() && copy.path().join(TARGET).exists());
    assert!(!copy.path().join("data/.plneni-zapis.json").exists());
}

#[test]
fn what_somebody_wrote_after_an_interruption_is_neither_read_past_nor_written_over() {
    let copy = data();
    let present = deliver(&copy, "OZ", "PLNĚNO", "Děje se.");
    assert_eq!(code(&copy.run(&["import", &present])), 0);
    let new = copy.read(TARGET);
    let digest = "0".repeat(64);
    copy.write("data/obdobi/2025/podklady/.plneni-a", &new);
    copy.write(
        "data/.plneni-zapis.json",
        format!(r#"{{"put":[{{"prepared":"obdobi/2025/podklady/.plneni-a","target":"obdobi/2025/podklady/oz.yaml"}}],"remove":[],"before":{{"obdobi/2025/podklady/oz.yaml":"{digest}"}}}}"#),
    );
    copy.write(TARGET, format!("{new}# její\n"));
    let before = everything(&copy);
    let freeze = ["period", "freeze", "2025", "--resolution", "1/26/ZK"];
    for arguments in [&["check"][..], &["check", "--diff"], &["check", "--fix"], &["import", &present], &freeze] {
        let output = copy.run(arguments);
        let said = stderr(&output);
        assert_eq!(code(&output), 2, "{arguments:?}: {said}");
        assert!(said.contains("oz.yaml“ se od té doby změnil"), "{arguments:?}: {said}");
        assert!(said.contains(".plneni-a“. Přesuňte"), "{arguments:?}: {said}");
        assert!(everything(&copy) == before, "{arguments:?}");
    }
}

#[test]
fn of_two_deliveries_at_once_none_is_lost_unseen() {
    let copy = data();
    let first = deliver(&copy, "OZ", "PLNĚNO", "Děje se.");
    fs::rename(copy.path().join(first), copy.path().join("a.csv")).expect("it is there");
    let second = deliver(&copy, "OZ", "ČÁSTEČNĚ", "Děje se něco.");
    fs::rename(copy.path().join(second), copy.path().join("b.csv")).expect("it is there");
    for _ in 0..5 {
        let runs = ["a.csv", "b.csv"].map(|form| {
            let mut run = plneni(copy.path(), &["import", form]);
            run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it can be run")
        });
        let codes = runs.map(|mut run| run.wait().expect("it ends").code());
        // The other one is refused: another run is at it, or there is something already.
        let winner = codes.iter().position(|code| *code == Some(0)).expect("one is taken");
        assert!([Some(1), Some(2)].contains(&codes[1 - winner]), "{codes:?}");
        assert_eq!(copy.read(TARGET).contains("Děje se něco."), winner == 1, "{codes:?}");
        let left = walk(&copy.path().join("data"));
        assert!(!left.iter().any(|path| path.to_string_lossy().contains(".plneni-")), "{left:?}");
        fs::remove_file(copy.path().join(TARGET)).expect("it is there");
    }
}
