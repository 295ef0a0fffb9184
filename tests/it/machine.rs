//! Faults of the machine: a full disk, folders that cannot be written to, a reader that goes away,
//! Ctrl-C. Each ends with a sentence in Czech and exit code 2 or 130, and leaves neither half of a file
//! nor temporary ones behind.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::support::{Copy, plneni, stderr, walk};

const REPORT: [&str; 4] = ["generate-report", "2023", "--out", "vystup"];

/// Runs the program and gives back what it said; it must have failed without writing anything.
fn refused(copy: &Copy, arguments: &[&str]) -> String {
    let before = walk(copy.path());
    let output = copy.run(arguments);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(walk(copy.path()), before, "{said}");
    said
}

#[test]
fn a_folder_where_a_file_is_to_be_leaves_the_other_files_unwritten() {
    let copy = Copy::new();
    fs::create_dir_all(copy.path().join("vystup/informace-2023.html")).expect("it can be made");
    let said = refused(&copy, &REPORT);
    assert!(said.contains("je tam složka toho jména; nic se nezapsalo"), "{said}");
}

#[test]
fn a_file_where_a_folder_is_to_be_is_told_in_czech() {
    let copy = Copy::new();
    copy.write("vystup", "x");
    let said = refused(&copy, &REPORT);
    assert_eq!(said, "plneni: složku „vystup“ nejde vytvořit: soubor toho jména už tu je\n");
}

#[test]
fn while_one_run_changes_the_data_no_other_one_does() {
    let copy = Copy::new();
    copy.edit("data/obdobi/2023/podklady/oz.csv", "IX/1,ČÁSTEČNĚ", "IX/1,částečně");
    let new = ["period", "new", "2025", "--from", "2024-01-01", "--to", "2025-12-31", "--due", "2026-01-31"];
    let freeze = ["period", "freeze", "2023", "--resolution", "1/26/ZK"];
    let lock = fs::File::create(copy.path().join("data/.plneni-zamek")).expect("it can be made");
    lock.try_lock().expect("nobody else has it");
    for arguments in [&["import", "oz.csv"][..], &["check", "--fix"], &new, &freeze] {
        let said = refused(&copy, arguments);
        let expected = "plneni: do složky „data“ právě zapisuje jiný běh programu; nic se nezapsalo. Až skončí, spusťte příkaz znovu\n";
        assert_eq!(said, expected, "{arguments:?}");
    }
    // Whoever only reads does not wait.
    assert_eq!(copy.run(&["check"]).status.code(), Some(0));
    assert_eq!(copy.run(&["check", "--diff"]).status.code(), Some(1));
    drop(lock);
    // A file that nobody has locked, a killed run left it.
    for arguments in [&["check", "--fix"][..], &new] {
        let output = copy.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
        assert!(!copy.path().join("data/.plneni-zamek").exists(), "{arguments:?}");
    }
}

/// Letters to two bodies: one is written under a temporary name before the other gets this text.
#[test]
fn a_read_only_file_is_neither_corrected_nor_written_over() {
    let copy = Copy::new();
    let arguments = ["generate-report", "2023", "--format", "md", "--out", "vystup"];
    copy.edit("data/obdobi/2023/podklady/oz.csv", "IX/1,ČÁSTEČNĚ", "IX/1,částečně");
    copy.write("vystup/informace-2023.md", "mine");
    for (path, arguments) in
        [("data/obdobi/2023/podklady/oz.csv", &["check", "--fix"][..]), ("vystup/informace-2023.md", &arguments)]
    {
        let before = copy.read(path);
        let mut permissions = fs::metadata(copy.path().join(path)).expect("it is there").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(copy.path().join(path), permissions).expect("they can be set");
        let said = refused(&copy, arguments);
        assert!(said.contains("“ je jen ke čtení; nic se nezapsalo"), "{said}");
        assert_eq!(copy.read(path), before);
    }
}

fn letters(copy: &Copy, text_of_the_second: &str) -> [&'static str; 9] {
    copy.write("t/x/adresati.txt", "MPSV\nMMR\n");
    copy.write("t/x/md/dokument.md", format!("{{% if adresat.kod == \"MMR\" %}}{text_of_the_second}{{% endif %}}"));
    ["generate-report", "2023", "--draft", "--document", "x", "--templates", "t", "--out", "nova/slozka"]
}

#[test]
fn a_folder_that_was_made_in_vain_goes() {
    let copy = Copy::new();
    let arguments = letters(&copy, "{{ neni }}");
    refused(&copy, &arguments);
    assert!(!copy.path().join("nova").exists());
}

#[test]
fn two_runs_at_once_leave_whole_documents() {
    let copy = Copy::new();
    let runs: Vec<_> = (0..3).map(|_| plneni(copy.path(), &REPORT).stdout(Stdio::null()).spawn()).collect();
    for run in runs {
        assert!(run.and_then(|mut run| run.wait()).is_ok_and(|status| status.success()));
    }
    let alone = Copy::new();
    assert!(alone.run(&REPORT).status.success());
    let files = |copy: &Copy| -> Vec<(String, Vec<u8>)> {
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let paths = walk(&copy.path().join("vystup"));
        paths.iter().map(|path| (name(path).unwrap_or_default(), fs::read(path).expect("it is there"))).collect()
    };
    assert_eq!(files(&copy), files(&alone));
}

#[cfg(target_os = "linux")]
mod linux {
    use std::process::{Command, Output};

    use super::*;

    #[test]
    fn a_full_disk_under_the_standard_output_is_told() {
        let copy = Copy::new();
        for arguments in [&["check"][..], &["check", "--output", "json"], &["export", "2023", "--table", "opatreni"]] {
            let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
            let output = plneni(copy.path(), arguments).stdout(full).output().expect("it can be run");
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            let said = stderr(&output);
            assert!(said.ends_with("plneni: na standardní výstup nejde zapsat: na disku není místo\n"), "{said}");
        }
    }

    #[test]
    fn a_folder_that_nobody_can_write_to_is_told() {
        // Not even root can make a file there.
        let copy = Copy::new();
        let mut arguments = REPORT;
        arguments[3] = "/proc/plneni";
        let said = refused(&copy, &arguments);
        assert!(said.starts_with("plneni: složku „/proc/plneni“ nejde vytvořit: "), "{said}");
    }

    /// Runs the program while whoever reads its output has gone away.
    fn with_nobody_reading(copy: &Copy, arguments: &[&str]) -> Output {
        let mut child = plneni(copy.path(), arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it can be run");
        drop(child.stdout.take());
        child.wait_with_output().expect("it ends")
    }

    #[test]
    fn a_reader_that_goes_away_is_no_failure() {
        let copy = Copy::new();
        for arguments in [&["check", "--output", "json", "--notes"][..], &["explain", "--all"], &["schema", "podklady"]]
        {
            let output = with_nobody_reading(&copy, arguments);
            assert_eq!((output.status.code(), stderr(&output).contains("plneni:")), (Some(0), false), "{arguments:?}");
        }
    }

    #[test]
    fn a_reader_that_goes_away_does_not_make_a_failed_check_a_success() {
        let copy = Copy::new();
        copy.edit("data/opatreni/10.yaml", "nazev: Krajské platformy", "nazv: Krajské platformy");
        copy.edit("data/obdobi/2023/podklady/oz.csv", "IX/1,ČÁSTEČNĚ", "IX/1,částečně");
        for arguments in [&["check"][..], &["check", "--output", "json"], &["check", "--diff"], &["check", "--fix"]] {
            let output = with_nobody_reading(&copy, arguments);
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
            let has_summary = stderr(&output).contains("Zkontrolováno ");
            assert_eq!(has_summary, arguments.contains(&"json"), "{}", stderr(&output));
        }
    }

    #[test]
    fn a_reader_that_goes_away_changes_neither_what_is_written_nor_how_it_ends() {
        const NEW: [&str; 9] =
            ["period", "new", "2025", "--from", "2024-01-01", "--to", "2025-12-31", "--due", "2026-01-31"];
        const FORM: [&str; 6] = ["form", "2025", "--gestor", "OŽP", "--format", "yaml"];
        let form = "vystup/2025/formulare/ozp.yaml";
        let submissions = "data/obdobi/2025/podklady/ozp.yaml";
        let filled = |copy: &Copy, status: &str| {
            let text = copy.read(form).replacen("stav:\n", &format!("stav: {status}\n"), 1);
            copy.write("vyplneny.yaml", text.replacen("komentar:\n", "komentar: Cvičný.\n", 1));
        };
        // The same steps, with somebody reading and with nobody.
        let [heard, unheard] = [true, false].map(|is_heard| {
            let copy = Copy::new();
            let mut codes = Vec::new();
            let mut run = |arguments: &[&str]| {
                let output = if is_heard { copy.run(arguments) } else { with_nobody_reading(&copy, arguments) };
                assert!(!stderr(&output).contains("plneni:"), "{arguments:?}: {}", stderr(&output));
                codes.push(output.status.code());
            };
            run(&NEW);
            run(&FORM);
            filled(&copy, "PLNĚNO");
            run(&["import", "vyplneny.yaml"]);
            filled(&copy, "ČÁSTEČNĚ");
            run(&["import", "vyplneny.yaml"]);
            run(&["import", "vyplneny.yaml", "--replace"]);
            copy.write(form, "vyplněno");
            run(&FORM);
            run(&["generate-report", "2025", "--format", "md"]);
            run(&["export", "2025"]);
            run(&["schema", "--out", "schema"]);
            run(&["templates", "export", "sablony"]);
            assert!(copy.read(submissions).contains("stav: ČÁSTEČNĚ"));
            copy.edit(submissions, "stav: ČÁSTEČNĚ", "stav: částečně");
            run(&["check", "--fix"]);
            run(&["period", "freeze", "2025", "--resolution", "123/26/ZK"]);
            let files: Vec<_> = walk(copy.path())
                .into_iter()
                .map(|path| (path.strip_prefix(copy.path()).expect("it is below").to_owned(), fs::read(&path).ok()))
                .collect();
            (codes, files)
        });
        let [done, refused] = [Some(0), Some(1)];
        let expected = [done, done, done, refused, done, refused, done, done, done, done, done, done];
        assert_eq!((heard.0.as_slice(), unheard.0.as_slice()), (&expected[..], &expected[..]));
        assert!(heard.1 == unheard.1);
    }

    #[test]
    fn a_disk_that_fills_up_leaves_nothing_behind() {
        let copy = Copy::new();
        // The shell ignores the signal, so that the limit is an error of writing, as a full disk is.
        let script =
            format!("trap '' XFSZ; ulimit -f 20; exec '{}' {}", env!("CARGO_BIN_EXE_plneni"), REPORT.join(" "));
        let output =
            Command::new("bash").args(["-c", &script]).current_dir(copy.path()).output().expect("bash is there");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("nejde zapsat: soubor je větší, než systém dovolí\n"), "{said}");
        assert!(!copy.path().join("vystup").exists());
    }
}

#[cfg(unix)]
mod interrupted {
    use std::process::{Child, Command};
    use std::thread;
    use std::time::Duration;

    use super::*;

    fn send(signal: &str, child: &Child) {
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()));
    }

    #[test]
    fn leaves_nothing_behind() {
        for signal in ["-INT", "-TERM", "-HUP"] {
            let copy = Copy::new();
            let slow = "{% for a in range(9999) %}{% set b = (\"a\" ~ a) * 20000000 %}{% endfor %}";
            let arguments = letters(&copy, slow);
            let mut child = plneni(copy.path(), &arguments).stderr(Stdio::piped()).spawn().expect("it can be run");
            let folder = copy.path().join("nova/slozka");
            while !folder.exists() || walk(&folder).is_empty() {
                assert!(matches!(child.try_wait(), Ok(None)), "it ended by itself");
                thread::sleep(Duration::from_millis(1));
            }
            send(signal, &child);
            let output = child.wait_with_output().expect("it ends");
            assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(130), "Přerušeno. Nic se nezapsalo.\n"));
            assert!(!copy.path().join("nova").exists(), "{signal}");
        }
    }
}
