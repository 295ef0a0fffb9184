//! The catalogue of rules in `docs/` is what the program says, and examples in it are what is wrong.

use std::collections::BTreeSet;
use std::fs;

use plneni::dataset::Dataset;
use plneni::load::{self, RawFile};
use plneni::rules::ALL;

use crate::support::{repository, run, stderr, stdout};

#[test]
fn the_catalogue_of_rules_is_current() {
    let output = run(&repository(), &["explain", "--all"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output);
    let kept = fs::read_to_string(repository().join("docs/pravidla.md")).unwrap_or_default();
    assert!(
        kept == text,
        "docs/pravidla.md is not what the rules say; refresh it with: cargo run -- explain --all > docs/pravidla.md"
    );
    for rule in ALL {
        let code = rule.code;
        assert!(text.contains(&format!("| {} | [{code}](#{code}) |", rule.severity.word())), "{code}");
        assert!(text.contains(&format!("\n## {code}\n")), "{code}");
    }
}

#[test]
fn the_catalogue_and_one_code_exclude_each_other() {
    let output = run(&repository(), &["explain", "--all", "po-terminu"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nejde použít zároveň"), "{}", stderr(&output));
}

const SUBMISSIONS: &str = "obdobi/2023/podklady/osv.yaml";
const SUBMITTER: &str = "predkladatel: OSV\npodklady:\n";

/// How an example begins of which a whole file can be made, which file that is, and what stands before
/// the example in it.
const WHOLE: [(&str, &str, &str); 7] = [
    ("- opatreni: ", SUBMISSIONS, SUBMITTER),
    ("- stav: ", SUBMISSIONS, SUBMITTER),
    ("podklady:", SUBMISSIONS, ""),
    ("opatreni,", "obdobi/2023/podklady/osv.csv", ""),
    ("vyhodnoceni:", "obdobi/2023/vyhodnoceni.yaml", ""),
    ("pripominky:", "obdobi/2023/pripominky.yaml", ""),
    ("prijato:", "prijato.yaml", ""),
];

/// The file that an example is; one with a remark leans on other data.
fn file_of(example: &str) -> Option<RawFile> {
    let (_, path, head) = WHOLE.iter().find(|(beginning, ..)| example.starts_with(beginning))?;
    let text = format!("{head}{example}\n");
    (!example.contains('#')).then(|| RawFile { path: (*path).to_owned(), bytes: text.into_bytes() })
}

#[test]
fn examples_that_are_whole_break_their_rules() {
    let data = load::read_tree(&repository().join("data")).expect("the data can be read");
    let is_kept = |path: &str| !path.starts_with("obdobi/") || path.ends_with("/2023/obdobi.yaml");
    let mut n_whole = 0;
    for rule in ALL {
        let Some(own) = file_of(rule.example) else { continue };
        let kept = data.iter().filter(|file| is_kept(&file.path) && file.path != own.path);
        let mut files: Vec<RawFile> = kept.cloned().collect();
        files.push(own);
        let found = Dataset::new(files).check(None);
        let codes: BTreeSet<&str> = found.iter().map(|found| found.rule.code).collect();
        assert!(codes.contains(rule.code), "{}: {codes:?}\n{}", rule.code, rule.example);
        n_whole += 1;
    }
    assert!(n_whole >= 20, "only {n_whole} examples are whole");
}
