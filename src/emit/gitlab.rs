//! The Code Quality report of GitLab: <https://docs.gitlab.com/ci/testing/code_quality/>.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::{Findings, Format, Stream, fingerprint, headline, reason_in_brackets};

/// The format.
pub static FORMAT: Format = Format {
    name: "gitlab",
    title: "Code Quality pro GitLab",
    stream: Stream::Output,
    write: |findings| Ok(write(findings)),
};

fn write(findings: &Findings<'_>) -> String {
    let fingerprints = fingerprint::all(findings);
    let issues: Vec<Value> =
        findings.diagnostics.iter().zip(fingerprints).map(|(found, name)| issue(found, name, findings)).collect();
    format!("{:#}\n", Value::from(issues))
}

fn issue(diagnostic: &Diagnostic, fingerprint: String, findings: &Findings<'_>) -> Value {
    let span = findings.span(diagnostic.place);
    json!({
        "description": headline(diagnostic) + &reason_in_brackets(diagnostic),
        "check_name": diagnostic.rule.code,
        "fingerprint": fingerprint,
        "severity": severity(diagnostic.severity()),
        "location": {
            "path": findings.path(diagnostic.place),
            "lines": {"begin": span.start.line, "end": span.end.line},
        },
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::testing::{Sample, accepted_for};

    #[test]
    fn every_finding_is_an_issue() {
        let sample = Sample::new("a: b\nstav: |\n  x\n  y\n");
        let note = accepted_for(sample.finding("a", "zpráva"), "důvod");
        let text = sample.write(&FORMAT, &[sample.finding("x\n  y", "zpráva"), note]);
        let issues: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(issues.as_array().map(Vec::len), Some(2));
        assert_eq!(issues[0]["location"], json!({"path": "data/a.yaml", "lines": {"begin": 3, "end": 4}}));
        assert_eq!((&issues[0]["check_name"], &issues[0]["severity"]), (&json!("neznamy-stav"), &json!("critical")));
        assert_eq!(
            (&issues[1]["description"], &issues[1]["severity"]),
            (&json!("zpráva (přijato: důvod)"), &json!("info"))
        );
        assert_ne!(issues[0]["fingerprint"], issues[1]["fingerprint"]);
        assert_eq!(sample.write(&FORMAT, &[]), "[]\n");
    }
}
