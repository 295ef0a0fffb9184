//! `plneni check` with paths, changes and corrections, from outside.

use std::process::Command;

use crate::support::{Copy, plneni, stderr, stdout};

const OSV: &str = "data/obdobi/2023/podklady/osv.yaml";
const OZ: &str = "data/obdobi/2023/podklady/oz.csv";

fn git(copy: &Copy, arguments: &[&str]) {
    let identity = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git")
        .current_dir(copy.path())
        .args(identity)
        .args(arguments)
        .output()
        .expect("git is installed and can be run");
    assert!(output.status.success(), "{}", stderr(&output));
}

fn committed() -> Copy {
    let copy = Copy::new();
    git(&copy, &["init", "--quiet", "--initial-branch=main"]);
    git(&copy, &["add", "."]);
    git(&copy, &["commit", "--quiet", "-m", "data"]);
    copy
}

fn first_lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with("chyba[") || line.starts_with("varování[")).collect()
}

#[test]
fn a_path_limits_the_findings_and_not_what_is_read() {
    let copy = Copy::new();
    copy.write("data/prijato.yaml", "prijato: []\n");
    let found = stderr(&copy.run(&["check", "data/opatreni/13.yaml"]));
    let lines = first_lines(&found);
    assert_eq!(lines.len(), 2, "{found}");
    assert!(lines.iter().all(|line| line.contains("XIII/2") || line.contains("XIII/3")), "{found}");
    let nothing = copy.run(&["check", "--deny", "warnings", "data/opatreni/01.yaml"]);
    assert_eq!(nothing.status.code(), Some(0), "{}", stderr(&nothing));
}

#[test]
fn a_period_that_cannot_be_read_is_known_by_its_name_with_blanks_around_it() {
    let copy = Copy::new();
    copy.edit("data/obdobi/2023/obdobi.yaml", "od: 2022-01-01", "od: 1. 1. 2022");
    for year in ["2023", " 2023 "] {
        let output = copy.run(&["check", "--period", year]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(stderr(&output).contains("chyba[neplatne-datum]"), "{}", stderr(&output));
    }
}

#[test]
fn a_text_that_cannot_be_written_is_the_same_finding_of_the_check_and_of_the_report() {
    const TEXT: &str = "data/obdobi/2023/uvod.md";
    for (from, to, message, help) in [
        ("pocty.celkem", "pocty.cellkem", "proměnná „pocty.cellkem“ neexistuje", "nemysleli jste „pocty.celkem“?"),
        ("okruhy |", "okruh |", "proměnná „okruh“ neexistuje", "nemysleli jste „okruhy“?"),
        ("okruh.nazev", "okruh.jmeno", "proměnná „okruh.jmeno“ neexistuje", "vypíše „plneni generate-report ROK"),
        ("datum_ke_dni", "datum_dni", "filtr „datum_dni“ neexistuje", "nemysleli jste „datum_ke_dni“?"),
        ("| length", "| join(1, 2, 3)", "text tu nejde sestavit: ", "opravte výraz mezi závorkami"),
    ] {
        let copy = Copy::new();
        copy.write(TEXT, copy.read(TEXT).replacen(from, to, 1));
        let checked = copy.run(&["check"]);
        let reported = copy.run(&["generate-report", "2023", "--out", "vystup"]);
        assert_eq!((checked.status.code(), reported.status.code()), (Some(1), Some(1)), "{to}");
        let (found, stopped) = (stderr(&checked), stderr(&reported));
        let error = found.split("\n\n").next().unwrap_or_default();
        assert!(stopped.starts_with(error), "{to}: {stopped}");
        let message = format!("chyba[neplatna-sablona]: {message}");
        assert!(matches!(first_lines(&found).as_slice(), [one] if one.starts_with(&message)), "{found}");
        assert!(found.contains(help), "{found}");
        assert!(!copy.path().join("vystup").exists(), "{to}");
    }
}

#[test]
fn a_path_that_is_not_among_the_data_is_refused() {
    let copy = Copy::new();
    copy.write("jinde.yaml", "a: 1\n");
    for (path, message) in [("jinde.yaml", "neleží ve složce s daty"), ("data/chybi.yaml", "neexistuje")] {
        let output = copy.run(&["check", path]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    }
}

#[test]
fn changes_answer_for_themselves_and_for_what_they_break_elsewhere() {
    let copy = committed();
    copy.write("data/prijato.yaml", "prijato: []\n");
    git(&copy, &["commit", "--quiet", "-a", "-m", "nothing accepted"]);
    let unchanged = copy.run(&["check", "--changed-since", "HEAD", "--deny", "warnings"]);
    assert_eq!(unchanged.status.code(), Some(0), "{}", stderr(&unchanged));
    // A body leaves the register; the measures that name it are in other files.
    let bodies = copy.read("data/subjekty.yaml");
    let start = bodies.find("  - kod: MMR").expect("the register has MMR");
    let end = start + bodies[start + 4..].find("  - kod:").expect("it is not the last one") + 4;
    copy.write("data/subjekty.yaml", format!("{}{}", &bodies[..start], &bodies[end..]));
    let output = copy.run(&["check", "--changed-since", "HEAD"]);
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(!first_lines(&text).is_empty(), "{text}");
    assert!(first_lines(&text).iter().all(|line| line.contains("neznamy-subjekt")), "{text}");
    git(&copy, &["commit", "--quiet", "-a", "-m", "MMR is gone"]);
    assert_eq!(copy.run(&["check", "--changed-since", "HEAD~1"]).status.code(), Some(1));
    let later = copy.run(&["check", "--changed-since", "HEAD"]);
    assert_eq!(later.status.code(), Some(0), "what was broken before is not this change's: {}", stderr(&later));
}

#[test]
fn changes_are_those_of_the_data_also_in_a_hook() {
    let copy = committed();
    copy.write("data/prijato.yaml", "prijato: []\n");
    git(&copy, &["commit", "--quiet", "-a", "-m", "nothing accepted"]);
    git(&copy, &["worktree", "add", "--quiet", "-b", "other", "vedle"]);
    let folder = copy.path().join("vedle");
    let check = || {
        // What git says to a hook of a linked working tree.
        let mut command = plneni(&folder, &["check", "--changed-since", "HEAD", "--deny", "warnings"]);
        let git_dir = copy.path().join(".git/worktrees/vedle");
        command.env("GIT_INDEX_FILE", git_dir.join("index")).env("GIT_DIR", git_dir).env("GIT_PREFIX", "");
        command.output().expect("it can be run")
    };
    let unchanged = check();
    assert_eq!(unchanged.status.code(), Some(0), "{}", stderr(&unchanged));
    copy.write("vedle/data/opatreni/13.yaml", copy.read("data/opatreni/13.yaml") + "# změna\n");
    let changed = check();
    assert_eq!(changed.status.code(), Some(1), "{}", stderr(&changed));
}

#[test]
fn shown_corrections_exclude_what_is_about_findings() {
    let copy = Copy::new();
    for option in [&["--output", "json"][..], &["--deny", "warnings"], &["--notes"]] {
        let output = copy.run(&[&["check", "--diff"], option].concat());
        assert_eq!(output.status.code(), Some(2), "{option:?}");
        assert!(stderr(&output).contains("nejde použít zároveň"), "{}", stderr(&output));
    }
}

#[test]
fn a_period_that_cannot_be_read_is_not_an_unknown_one() {
    let copy = Copy::new();
    copy.edit("data/obdobi/2023/obdobi.yaml", "od: 2022-01-01", "od: 1. 1. 2022");
    let output = copy.run(&["check", "--period", "2023", "--output", "concise"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("data/obdobi/2023/obdobi.yaml:3:5"), "{}", stdout(&output));
    assert_eq!(copy.run(&["check", "--period", "2022"]).status.code(), Some(2));
    for command in ["export", "status", "form", "generate-report"] {
        let output = copy.run(&[command, "2023"]);
        assert_eq!(output.status.code(), Some(1), "{command}: {}", stderr(&output));
        assert!(stderr(&output).contains("data/obdobi/2023/obdobi.yaml:3:5"), "{command}: {}", stderr(&output));
    }
}

/// The branch adds nothing; what others have done since would count as its own.
#[test]
fn a_clone_that_does_not_reach_back_to_the_branching_is_refused() {
    let copy = committed();
    git(&copy, &["checkout", "--quiet", "-b", "other"]);
    git(&copy, &["commit", "--quiet", "--allow-empty", "-m", "nothing"]);
    git(&copy, &["checkout", "--quiet", "main"]);
    copy.write("data/prijato.yaml", "prijato: []\n");
    git(&copy, &["commit", "--quiet", "-a", "-m", "nothing accepted"]);
    let origin = format!("file://{}", copy.path().display());
    let check = |depth: &str, folder: &str| {
        git(&copy, &["clone", "--quiet", depth, "--no-single-branch", "--branch", "other", &origin, folder]);
        let arguments = ["check", "--changed-since", "origin/main", "--deny", "warnings"];
        plneni(&copy.path().join(folder), &arguments).output().expect("it can be run")
    };
    let shallow = check("--depth=1", "melky");
    assert_eq!(shallow.status.code(), Some(2), "{}", stderr(&shallow));
    assert!(stderr(&shallow).contains("„git fetch --unshallow“"), "{}", stderr(&shallow));
    let enough = check("--depth=2", "hlubsi");
    assert_eq!(enough.status.code(), Some(0), "{}", stderr(&enough));
}

#[test]
fn an_unknown_revision_and_a_folder_without_history_are_told() {
    let copy = committed();
    let output = copy.run(&["check", "--changed-since", "neni"]);
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    assert!(told.contains("revizi „neni“ git v historii složky „data“ nezná; nejspíš je v ní překlep"), "{told}");
    assert!(!told.contains("rev-parse"), "{told}");
    assert!(told.contains("„fetch-depth: 0“"), "{told}");
    let output = Copy::new().run(&["check", "--changed-since", "HEAD"]);
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    assert!(
        told.contains("historii složky „data“ v gitu nejde přečíst: „git rev-parse --git-dir“ skončil chybou: "),
        "{told}"
    );
    assert!(!told.contains("překlep"), "{told}");
}

#[test]
fn corrections_are_shown_first_and_touch_nothing_else() {
    let copy = Copy::new();
    let before = copy.read(OSV);
    let line = before.lines().find(|line| line.contains("stav: PLNĚNO")).expect("some measure is PLNĚNO");
    let at = before.find(line).expect("the line is there");
    let written = line.replace("PLNĚNO", "'plněno'  # tak");
    let spoiled = format!("{}{written}{}", &before[..at], &before[at + line.len()..]);
    copy.write(OSV, &spoiled);
    let shown = copy.run(&["check", "--diff"]);
    assert_eq!(shown.status.code(), Some(1));
    let diff = stdout(&shown);
    assert!(diff.contains("-    stav: 'plněno'  # tak\n+    stav: 'PLNĚNO'  # tak\n"), "{diff}");
    assert_eq!(copy.read(OSV), spoiled, "--diff writes nothing");
    let fixed = copy.run(&["check", "--fix"]);
    assert_eq!(fixed.status.code(), Some(0), "{}", stderr(&fixed));
    assert!(stdout(&fixed).starts_with("Opraveno: data/obdobi/2023/podklady/osv.yaml (1×)\n"), "{}", stdout(&fixed));
    assert_eq!(copy.read(OSV), spoiled.replace("'plněno'", "'PLNĚNO'"));
    assert_eq!(stdout(&copy.run(&["check", "--diff"])), "", "nothing is left");
}

#[test]
fn only_files_that_are_named_are_corrected() {
    let copy = Copy::new();
    let other = "data/obdobi/2025/podklady/oz.yaml";
    let named = "data/obdobi/2025/podklady/osv.yaml";
    let text = "podklady:\n  - {opatreni: IX/3, stav: plněno, komentar: Ano.}\n";
    copy.write("data/obdobi/2025/obdobi.yaml", "obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\n");
    copy.write("data/prijato.yaml", copy.read("data/prijato.yaml").replace('\n', "\r\n"));
    for path in [named, other] {
        copy.write(path, text);
    }
    let corrected = |arguments: &[&str]| {
        let diff = stdout(&copy.run(&[&["check", "--diff"], arguments].concat()));
        let would: Vec<String> =
            diff.lines().filter_map(|line| line.strip_prefix("--- a/")).map(str::to_owned).collect();
        let fixed = stdout(&copy.run(&[&["check", "--fix"], arguments].concat()));
        let paths = fixed.lines().filter_map(|line| line.strip_prefix("Opraveno: "));
        let paths: Vec<String> = paths.filter_map(|path| path.split(' ').next()).map(str::to_owned).collect();
        assert_eq!(paths, would, "{arguments:?}");
        paths
    };
    // Each speaks of what the other reports on; those of the whole are about everything.
    assert_eq!(corrected(&["data/strategie.yaml"]), Vec::<String>::new());
    assert_eq!(corrected(&["data/opatreni"]), Vec::<String>::new());
    assert_eq!(corrected(&[named]), [named]);
    assert_eq!(copy.read(other), text);
    assert_eq!(corrected(&["data/obdobi/2025"]), [other]);
    assert_eq!(corrected(&["data"]), ["data/prijato.yaml"]);
}

#[test]
fn what_was_corrected_does_not_mix_with_findings_that_programs_read() {
    for format in ["concise", "json", "github", "gitlab", "sarif"] {
        let copy = Copy::new();
        copy.edit(OZ, "IX/1,ČÁSTEČNĚ", "IX/1,částečně");
        let fixed = copy.run(&["check", "--fix", "--output", format]);
        assert_eq!(stdout(&fixed), stdout(&copy.run(&["check", "--output", format])), "{format}");
        assert!(stderr(&fixed).starts_with("Opraveno: data/obdobi/2023/podklady/oz.csv (1×)\n"), "{}", stderr(&fixed));
    }
}

#[test]
fn csv_of_older_excel_keeps_its_words() {
    let copy = Copy::new();
    let before = copy.read(OZ);
    let (bytes, _, lost) = encoding_rs::WINDOWS_1250.encode(&before);
    assert!(!lost, "the submission can be written in windows-1250");
    let with_crlf: Vec<u8> =
        bytes.iter().flat_map(|byte| if *byte == b'\n' { vec![b'\r', b'\n'] } else { vec![*byte] }).collect();
    copy.write(OZ, with_crlf);
    assert_eq!(copy.run(&["check", "--fix"]).status.code(), Some(0));
    assert_eq!(copy.read(OZ), format!("\u{FEFF}{before}"));
}

#[test]
fn evidence_keeps_its_bytes_whatever_they_are() {
    const PDF: &[u8] = b"%PDF-1.4\r\n\xE2\xE3\xCF\xD3\r\n";
    let copy = Copy::new();
    copy.write("data/obdobi/2023/dukazy/zapis.pdf", PDF);
    let fixed = copy.run(&["check", "--fix", "--notes"]);
    assert!(!stderr(&fixed).contains("zapis.pdf"), "{}", stderr(&fixed));
    assert_eq!(std::fs::read(copy.path().join("data/obdobi/2023/dukazy/zapis.pdf")).expect("it is there"), PDF);
}
