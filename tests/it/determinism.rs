//! The same data give the same bytes, whatever is around them.

use std::fs;

use tempfile::TempDir;

use crate::support::{Copy, plneni, walk};

/// Writes everything the program can write into a folder and gives back names and bytes.
fn everything(data: &str, folder: &std::path::Path, variables: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let out = TempDir::new().expect("a temporary folder can be made");
    let target = out.path().to_string_lossy().into_owned();
    for arguments in [
        &["generate-report", "2023"][..],
        &["generate-report", "2023", "--document", "pisemna-informace"],
        &["generate-report", "2023", "--document", "akcni-plan"],
        &["export", "2023"],
        &["export", "2023", "--format", "json"],
        &["export", "2023", "--format", "xlsx"],
        &["form", "2025", "--gestor", "OSV", "--format", "xlsx", "--format", "csv", "--format", "yaml"],
    ] {
        let mut command = plneni(folder, arguments);
        let output = command.args(["--data", data, "--out", &target]).envs(variables.iter().copied()).output();
        assert_eq!(output.expect("it can be run").status.code(), Some(0));
    }
    walk(out.path())
        .into_iter()
        .map(|path| {
            (path.file_name().expect("a file").to_string_lossy().into_owned(), fs::read(path).expect("readable"))
        })
        .collect()
}

#[test]
fn bytes_depend_on_the_data_alone() {
    let copy = Copy::frozen().with_fixture("2025");
    let data = copy.path().join("data");
    let expected = everything(&data.to_string_lossy(), copy.path(), &[]);
    assert!(expected.len() >= 12, "{expected:?}");
    let elsewhere = TempDir::new().expect("a temporary folder can be made");
    // The files are made in the reverse order of their names, so that the folder lists them otherwise.
    for path in walk(&data).into_iter().rev() {
        let target = elsewhere.path().join("jinde ž").join(path.strip_prefix(&data).expect("it is below"));
        fs::create_dir_all(target.parent().expect("it has a folder")).expect("the folder can be made");
        fs::copy(&path, target).expect("the file can be copied");
    }
    for variables in [
        &[("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")][..],
        &[("TZ", "America/Los_Angeles"), ("LANG", "C"), ("RAYON_NUM_THREADS", "1")],
    ] {
        let found = everything("jinde ž", elsewhere.path(), variables);
        for ((name, bytes), (expected_name, expected_bytes)) in found.iter().zip(&expected) {
            assert_eq!(name, expected_name);
            assert!(bytes == expected_bytes, "{name} differs under {variables:?}");
        }
        assert_eq!(found.len(), expected.len());
    }
}

#[test]
fn another_period_does_not_change_a_report() {
    let copy = Copy::frozen().with_fixture("2025");
    let before = everything("data", copy.path(), &[]);
    copy.write("data/obdobi/2027/obdobi.yaml", "obdobi: 2027\nod: 2026-01-01\ndo: 2027-12-31\n");
    assert!(everything("data", copy.path(), &[]) == before);
}
