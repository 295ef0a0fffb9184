//! A name for a finding that stays when its line moves, so that a platform knows an old finding
//! from a new one.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::emit::Findings;
use crate::model::hexadecimal;

/// How many hexadecimal digits a fingerprint has.
const LENGTH: usize = 32;

/// The fingerprints of all findings, in their order; no two are the same.
///
/// It is made of what the finding is about, of the text at its place and, for findings that are
/// otherwise alike, of their order. Lines and the place of the data folder have no part in it.
pub(super) fn all(findings: &Findings<'_>) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    findings
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let parts = [
                diagnostic.rule.code.to_owned(),
                findings.files.path(diagnostic.place).to_owned(),
                diagnostic.measure.map(|measure| measure.to_string()).unwrap_or_default(),
                diagnostic.period.map(|period| period.to_string()).unwrap_or_default(),
                diagnostic.message.clone(),
                // Line ends differ between systems that the data were checked out on.
                findings.text(diagnostic.place).replace("\r\n", "\n"),
            ];
            let key = parts.join("\0");
            let ordinal = seen.entry(key.clone()).or_default();
            *ordinal += 1;
            digest(&format!("{key}\0{ordinal}"))
        })
        .collect()
}

fn digest(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes())).chars().take(LENGTH).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::testing::Sample;

    fn of(text: &str, marks: &[&str]) -> Vec<String> {
        let sample = Sample::new(text);
        let found: Vec<_> = marks.iter().map(|mark| sample.finding(mark, "neznámý stav")).collect();
        all(&sample.findings(&found, false))
    }

    #[test]
    fn a_moved_line_keeps_its_fingerprint_and_other_findings_have_others() {
        let before = of("stav: a\nstav: b\n", &["a\n", "b\n"]);
        assert_eq!(of("# nový řádek\r\n\nstav: b\nstav: a\n", &["a\n", "b\n"]), before);
        assert_ne!(before[0], before[1]);
        assert!(before.iter().all(|text| text.len() == LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit())));
    }

    #[test]
    fn equal_findings_are_told_apart_by_their_order() {
        let found = of("stav: a\n", &["a\n", "a\n", "a\n"]);
        assert_ne!(found[0], found[1]);
        assert_ne!(found[1], found[2]);
        assert_eq!(found[0], of("x: y\nstav: a\n", &["a\n"])[0]);
    }
}
