//! SARIF 2.1.0, the OASIS standard for findings of tools that read sources:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostic, Severity, Suggestion};
use crate::emit::{Findings, Format, Stream, fingerprint, headline};
use crate::rules::{self, Rule};
use crate::source::Place;

/// The format.
pub static FORMAT: Format = Format {
    name: "sarif",
    title: "SARIF 2.1.0 pro GitHub, GitLab a editory",
    stream: Stream::Output,
    write: |findings| Ok(write(findings)),
};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name of our fingerprints; another way to make them needs another version.
const FINGERPRINT: &str = "plneni/v1";

fn write(findings: &Findings<'_>) -> String {
    let fingerprints = fingerprint::all(findings);
    let results: Vec<Value> =
        findings.diagnostics.iter().zip(fingerprints).map(|(found, name)| result(found, &name, findings)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": "cs",
                "rules": rules::ALL.iter().map(|rule| descriptor(rule)).collect::<Vec<Value>>(),
            }},
            "language": "cs",
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": true}],
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "name": pascal_case(rule.title),
        "shortDescription": text(rule.title),
        "fullDescription": text(rule.explanation),
        "help": {
            "text": without_links(&format!("{}\n\nTakhle je to špatně:\n\n{}", rule.mend, rule.example)),
            "markdown": without_placeholders(
                &format!("{}\n\nTakhle je to špatně:\n\n{}", rule.mend, fenced(rule.example)),
            ),
        },
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn result(diagnostic: &Diagnostic, fingerprint: &str, findings: &Findings<'_>) -> Value {
    let mut result = json!({
        "ruleId": diagnostic.rule.code,
        "level": level(diagnostic.severity()),
        "message": text(&message(diagnostic)),
        "locations": [{"physicalLocation": physical_location(diagnostic.place, findings)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
        // An empty list says that the finding was not accepted; SARIF wants it with all or none.
        "suppressions": suppressions(diagnostic),
    });
    if let Some(index) = rules::ALL.iter().position(|rule| rule.code == diagnostic.rule.code) {
        result["ruleIndex"] = index.into();
    }
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().enumerate().map(|(index, related)| {
            json!({
                "id": index + 1,
                "message": text(&related.message),
                "physicalLocation": physical_location(related.place, findings),
            })
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(suggestion) = &diagnostic.suggestion {
        result["fixes"] = json!([fix(suggestion, diagnostic.help.as_deref(), findings)]);
    }
    result
}

fn suppressions(diagnostic: &Diagnostic) -> Value {
    match &diagnostic.accepted {
        Some(reason) => json!([{"kind": "external", "status": "accepted", "justification": reason}]),
        None => json!([]),
    }
}

/// A message of plain text that is shown as it is.
fn text(plain: &str) -> Value {
    json!({"text": without_links(plain)})
}

/// A plain text that holds neither a placeholder nor a link. Links are `[text](destination)`, and SARIF 2.1.0
/// does not say how to write the same without one; later versions want backslashes (§3.11.6), and only where
/// a link is to be seen, since viewers of today may show them.
fn without_links(plain: &str) -> String {
    let plain = without_placeholders(plain);
    if !plain.contains("](") {
        return plain;
    }
    plain.replace('\\', r"\\").replace('[', r"\[").replace(']', r"\]")
}

/// A text in which braces are braces (§3.11.5).
fn without_placeholders(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// What is wrong and what to do; a viewer shows nothing else beside the line.
fn message(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\nRada: {help}", headline(diagnostic)),
        None => headline(diagnostic),
    }
}

fn fix(suggestion: &Suggestion, help: Option<&str>, findings: &Findings<'_>) -> Value {
    json!({
        "description": text(help.unwrap_or("Nahradit")),
        "artifactChanges": [{
            "artifactLocation": {"uri": uri(&findings.path(suggestion.place))},
            "replacements": [{
                "deletedRegion": region(suggestion.place, findings),
                "insertedContent": {"text": suggestion.replacement},
            }],
        }],
    })
}

fn physical_location(place: Place, findings: &Findings<'_>) -> Value {
    let mut region = region(place, findings);
    let text = findings.text(place);
    if !text.is_empty() && !text.contains('\n') {
        region["snippet"] = json!({"text": text});
    }
    json!({"artifactLocation": {"uri": uri(&findings.path(place))}, "region": region})
}

fn region(place: Place, findings: &Findings<'_>) -> Value {
    let span = findings.span(place);
    json!({
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A path as a URI reference: relative as it is, absolute with the scheme `file`.
fn uri(path: &str) -> String {
    let (scheme, drive, rest) = match path.split_at_checked(2) {
        Some((drive, rest)) if drive.ends_with(':') && rest.starts_with('/') => ("file:///", drive, rest),
        _ if path.starts_with('/') => ("file://", "", path),
        _ => ("", "", path),
    };
    let encoded = rest.bytes().map(|byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    format!("{scheme}{drive}{}", encoded.collect::<String>())
}

/// `Neznámý stav plnění` as `NeznámýStavPlnění`, the way SARIF writes names of rules. A name made of
/// the code would be the same as the code where that is one word, which SARIF does not want.
fn pascal_case(title: &str) -> String {
    title
        .split(|c: char| !c.is_alphanumeric())
        .flat_map(|word| {
            let mut chars = word.chars();
            let first: Vec<char> = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
            first.into_iter().chain(chars)
        })
        .collect()
}

/// A block of code under a fence that is longer than any in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{text}\n{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::testing::{Sample, accepted_for};

    fn run_of(sample: &Sample, diagnostics: &[Diagnostic]) -> Value {
        let log: Value = serde_json::from_str(&sample.write(&FORMAT, diagnostics)).expect("it is JSON");
        assert_eq!(log["version"], "2.1.0");
        log["runs"][0].clone()
    }

    #[test]
    fn every_rule_is_described_under_its_index() {
        let sample = Sample::new("stav: x\n");
        let run = run_of(&sample, &[sample.finding("x", "neznámý stav")]);
        let rules = run["tool"]["driver"]["rules"].as_array().expect("it is a list").clone();
        assert_eq!(rules.len(), rules::ALL.len());
        let index = run["results"][0]["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
        let rule = &rules[index.expect("it is a number")];
        assert_eq!((&rule["id"], &rule["name"]), (&json!("neznamy-stav"), &json!("NeznámýStavPlnění")));
        assert_eq!(rule["defaultConfiguration"]["level"], "error");
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let is_its_code =
            |rule: &&Value| rule["name"].as_str().map(str::to_lowercase).as_deref() == rule["id"].as_str();
        assert_eq!(rules.iter().find(is_its_code), None);
    }

    #[test]
    fn columns_count_code_points() {
        for (text, mark, expected) in [
            ("žluťoučký: x\n", "x", [1, 12, 1, 13]),
            ("\u{9}a:\u{9}x\n", "x", [1, 5, 1, 6]),
            ("a: b\r\nž: x\r\n", "x", [2, 4, 2, 5]),
            ("\u{FEFF}a: x\n", "x", [1, 4, 1, 5]),
            ("k: |\n  \u{FEFF}x\n", "x", [2, 4, 2, 5]),
            ("k: 😀x\n", "x", [1, 5, 1, 6]),
            ("k: |\n  jedna\n  dvě\n", "jedna\n  dvě", [2, 3, 3, 6]),
        ] {
            let sample = Sample::new(text);
            let run = run_of(&sample, &[sample.finding(mark, "zpráva")]);
            let region = &run["results"][0]["locations"][0]["physicalLocation"]["region"];
            let found = ["startLine", "startColumn", "endLine", "endColumn"].map(|key| region[key].clone());
            assert_eq!(found, expected.map(Value::from), "{text:?}");
        }
    }

    #[test]
    fn a_suggestion_is_a_fix_and_another_place_is_related() {
        let sample = Sample::new("stav: částečne\nb: c\n");
        let other = sample.finding("b", "");
        let found =
            sample.finding("částečne", "x").related(other.place, "tady").help("napište").replace_with("ČÁSTEČNĚ");
        let result = &run_of(&sample, &[found])["results"][0];
        let change = &result["fixes"][0]["artifactChanges"][0];
        assert_eq!(change["artifactLocation"]["uri"], "data/a.yaml");
        assert_eq!(change["replacements"][0]["insertedContent"]["text"], "ČÁSTEČNĚ");
        assert_eq!(
            change["replacements"][0]["deletedRegion"],
            json!({"startLine": 1, "startColumn": 7, "endLine": 1, "endColumn": 15})
        );
        assert_eq!(result["relatedLocations"][0]["message"]["text"], "tady");
        assert_eq!(result["message"]["text"], "x\nRada: napište");
    }

    #[test]
    fn a_message_holds_neither_placeholders_nor_links() {
        for (written, expected) in [
            ("{0} {a}", "{{0}} {{a}}"),
            ("seznam [a, b] (c)", "seznam [a, b] (c)"),
            ("[sem](https://evil.example/)", r"\[sem\](https://evil.example/)"),
            (r"[a\](b)", r"\[a\\\](b)"),
        ] {
            let sample = Sample::new("stav: x\nb: c\n");
            let place = sample.finding("b", "").place;
            let found = accepted_for(sample.finding("x", written).related(place, written), written).help(written);
            let result = &run_of(&sample, &[found.replace_with(written)])["results"][0];
            assert_eq!(result["message"]["text"], format!("{expected}\nRada: {expected}"));
            assert_eq!(result["relatedLocations"][0]["message"]["text"], expected);
            assert_eq!(result["fixes"][0]["description"]["text"], expected);
            // These are no messages.
            assert_eq!(result["suppressions"][0]["justification"], written);
            let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
            assert_eq!(change["insertedContent"]["text"], written);
        }
        for rule in rules::ALL {
            let described = descriptor(rule);
            for text in [&described["help"]["text"], &described["help"]["markdown"]] {
                let text = text.as_str().expect("it is a text").replace("{{", "").replace("}}", "");
                assert!(!text.contains(['{', '}']), "{text}");
            }
        }
    }

    #[test]
    fn what_was_accepted_is_suppressed_and_nothing_else() {
        let sample = Sample::new("stav: x\n");
        let found = [sample.finding("x", "a"), accepted_for(sample.finding("x", "b"), "důvod")];
        let results = &run_of(&sample, &found)["results"];
        assert_eq!(results[0]["suppressions"], json!([]));
        assert_eq!(
            results[1]["suppressions"],
            json!([{"kind": "external", "status": "accepted", "justification": "důvod"}])
        );
        assert_eq!((&results[0]["level"], &results[1]["level"]), (&json!("error"), &json!("note")));
    }

    #[test]
    fn paths_are_percent_encoded() {
        for (path, expected) in [
            ("data/OŽP.csv", "data/O%C5%BDP.csv"),
            ("jiná složka/a:b#c?.yaml", "jin%C3%A1%20slo%C5%BEka/a%3Ab%23c%3F.yaml"),
            ("../x/a.yaml", "../x/a.yaml"),
            ("/tmp/100 %.yaml", "file:///tmp/100%20%25.yaml"),
            ("C:/data/a.yaml", "file:///C:/data/a.yaml"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }

    #[test]
    fn an_example_with_a_fence_gets_a_longer_one() {
        assert_eq!(fenced("a"), "```\na\n```");
        assert_eq!(fenced("```\na\n```"), "````\n```\na\n```\n````");
    }
}
