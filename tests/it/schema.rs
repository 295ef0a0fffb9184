//! The JSON Schemas say what the loader says. What a validator of another make says of the same
//! files is asked in `.ci/validate-data.mjs`.

use std::fs;
use std::path::Path;

use plneni::load::shape::{FILE_KINDS, FileKind};

use crate::support::{Copy, repository, run, stderr, stdout, walk};

const MODELINE: &str = "# yaml-language-server: $schema=";
const EXPECTATION: &str = "# čeká se: ";

#[test]
fn committed_schemas_are_those_the_program_writes() {
    let copy = Copy::new();
    assert_eq!(copy.run(&["schema", "--out", "schema"]).status.code(), Some(0));
    let (written, committed) = (texts(&copy.path().join("schema")), texts(&repository().join("schema")));
    assert_eq!(written.len(), FILE_KINDS.len());
    for schema in &written {
        assert!(committed.contains(schema), "write them anew: plneni schema --out schema");
    }
}

#[test]
fn one_schema_is_printed_and_all_are_listed() {
    let list = stdout(&run(&repository(), &["schema"]));
    let names: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, FILE_KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>());
    for name in names {
        let committed = repository().join("schema").join(format!("{name}.schema.json"));
        assert_eq!(stdout(&run(&repository(), &["schema", name])), fs::read_to_string(committed).expect("it is there"));
    }
}

#[test]
fn every_yaml_file_of_the_data_names_its_schema() {
    let data = repository().join("data");
    for path in walk(&data).iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        let below = path.strip_prefix(&data).expect("it is below").to_string_lossy().replace('\\', "/");
        // A frozen period keeps definitions as they stood, first line included.
        let below = below.split_once("/definice/").map_or(below.as_str(), |(_, definition)| definition);
        let kind = FILE_KINDS.iter().find(|kind| fits(kind.path, below)).expect("some kind lies there");
        let up = "../".repeat(below.split('/').count());
        let text = fs::read_to_string(path).expect("it can be read");
        let expected = format!("{MODELINE}{up}schema/{}.schema.json", kind.name);
        assert_eq!(text.lines().next(), Some(expected.as_str()), "{below}");
    }
}

/// Each fixture has one fault, and says in its second line what the loader finds there.
#[test]
fn every_fault_that_a_schema_sees_is_an_error_of_the_loader() {
    let fixtures = fixtures("");
    assert!(fixtures.len() >= 25, "only {} fixtures", fixtures.len());
    for (name, text) in fixtures {
        let expected = text.lines().find_map(|line| line.strip_prefix(EXPECTATION)).expect("it says what is expected");
        let found = findings(&text);
        assert_eq!(found, [expected], "{name}");
    }
}

#[test]
fn spellings_that_a_schema_lets_pass_are_read_by_the_loader() {
    let fixtures = fixtures("pripustne");
    assert!(!fixtures.is_empty());
    for (name, text) in fixtures {
        assert_eq!(findings(&text), Vec::<String>::new(), "{name}");
    }
}

/// The errors in one file, once it is in its place among the real data: `5:3 neznamy-klic`.
fn findings(text: &str) -> Vec<String> {
    let path = format!("data/{}", place(kind_of(text)));
    let copy = Copy::new();
    copy.write(&path, text);
    let output = copy.run(&["check"]);
    let found: Vec<String> = copy
        .findings()
        .into_iter()
        .filter_map(|finding| finding.strip_prefix(&format!("{path}:")).map(str::to_owned))
        .collect();
    assert!(found.is_empty() || output.status.code() == Some(1), "{}", stderr(&output));
    found
}

/// Which file of the data a fixture stands in for.
fn place(kind: &FileKind) -> String {
    kind.path
        .replace("obdobi/*", "obdobi/2023")
        .replace("opatreni/*", "opatreni/13")
        .replace("podklady/*", "podklady/zz")
}

fn kind_of(text: &str) -> &'static FileKind {
    let name = text.lines().next().and_then(|line| line.strip_prefix(MODELINE)).expect("the modeline comes first");
    FILE_KINDS
        .iter()
        .find(|kind| name.ends_with(&format!("/{}.schema.json", kind.name)))
        .expect("there is such a schema")
}

fn fixtures(folder: &str) -> Vec<(String, String)> {
    let folder = repository().join("tests/fixtures/schema").join(folder);
    texts(&folder).into_iter().filter(|(name, _)| !name.contains('/')).collect()
}

/// All files below a folder with their names, line ends aside.
fn texts(folder: &Path) -> Vec<(String, String)> {
    walk(folder)
        .iter()
        .map(|path| {
            let name = path.strip_prefix(folder).expect("it is below").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(path).expect("it can be read").replace("\r\n", "\n"))
        })
        .collect()
}

/// Whether a path is one of those that a pattern with `*` for a name stands for.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern.iter().zip(&path).all(|(wanted, found)| match wanted.strip_prefix('*') {
            Some(ending) => found.ends_with(ending),
            None => wanted == found,
        })
}
