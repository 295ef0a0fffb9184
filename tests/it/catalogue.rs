//! The catalogue of rules in `docs/` is what the program says.

use std::fs;

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
    for rule in plneni::rules::ALL {
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
