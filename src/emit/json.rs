//! Findings as JSON for programs. The format is a contract, described in
//! `schema/nalezy.schema.json`: keys may be added to it, a changed meaning is a new `verze`.

use serde::Serialize;

use crate::dataset::n_of;
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::{Findings, Format, Stream, fingerprint};
use crate::model::Year;
use crate::source::{LineColumn, Place};

/// The format.
pub static FORMAT: Format = Format { name: "json", title: "JSON pro další programy", stream: Stream::Output, write };

/// The version of the contract.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    verze: u32,
    program: Program,
    data: &'a str,
    souhrn: Summary,
    nalezy: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Program {
    nazev: &'static str,
    verze: &'static str,
}

#[derive(Serialize)]
struct Summary {
    soubory: usize,
    chyby: usize,
    varovani: usize,
    poznamky: usize,
    prijate: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    kod: &'static str,
    nazev: &'static str,
    zavaznost: &'static str,
    zprava: &'a str,
    opatreni: Option<String>,
    obdobi: Option<Year>,
    misto: Location,
    souvisi: Vec<Related<'a>>,
    rada: Option<&'a str>,
    navrh: Option<Suggestion<'a>>,
    prijato: Option<&'a str>,
    otisk: String,
}

#[derive(Serialize)]
struct Related<'a> {
    misto: Location,
    zprava: &'a str,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    misto: Location,
    text: &'a str,
}

#[derive(Serialize)]
struct Location {
    soubor: String,
    zacatek: Position,
    konec: Position,
}

#[derive(Serialize)]
struct Position {
    radek: usize,
    sloupec: usize,
    bajt: usize,
}

fn write(findings: &Findings<'_>) -> anyhow::Result<String> {
    let diagnostics = findings.diagnostics;
    let fingerprints = fingerprint::all(findings);
    let report = Report {
        verze: VERSION,
        program: Program { nazev: env!("CARGO_PKG_NAME"), verze: env!("CARGO_PKG_VERSION") },
        data: findings.root,
        souhrn: Summary {
            soubory: findings.files.n_read(),
            chyby: n_of(diagnostics, Severity::Error),
            varovani: n_of(diagnostics, Severity::Warning),
            poznamky: n_of(diagnostics, Severity::Note),
            prijate: diagnostics.iter().filter(|found| found.accepted.is_some()).count(),
        },
        nalezy: diagnostics.iter().zip(fingerprints).map(|(found, name)| finding(found, name, findings)).collect(),
    };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

fn finding<'a>(diagnostic: &'a Diagnostic, fingerprint: String, findings: &Findings<'_>) -> Finding<'a> {
    Finding {
        kod: diagnostic.rule.code,
        nazev: diagnostic.rule.title,
        zavaznost: severity(diagnostic.severity()),
        zprava: &diagnostic.message,
        opatreni: diagnostic.measure.map(|measure| measure.to_string()),
        obdobi: diagnostic.period,
        misto: location(diagnostic.place, findings),
        souvisi: diagnostic
            .related
            .iter()
            .map(|related| Related { misto: location(related.place, findings), zprava: &related.message })
            .collect(),
        rada: diagnostic.help.as_deref(),
        navrh: diagnostic.suggestion.as_ref().map(|suggestion| Suggestion {
            misto: location(suggestion.place, findings),
            text: &suggestion.replacement,
        }),
        prijato: diagnostic.accepted.as_deref(),
        otisk: fingerprint,
    }
}

fn location(place: Place, findings: &Findings<'_>) -> Location {
    let span = findings.span(place);
    let position = |at: LineColumn, byte| Position { radek: at.line, sloupec: at.column, bajt: byte };
    let range = place.range();
    Location {
        soubor: findings.path(place),
        zacatek: position(span.start, range.start),
        konec: position(span.end, range.end.max(range.start)),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "chyba",
        Severity::Warning => "varovani",
        Severity::Note => "poznamka",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::emit::testing::{Sample, accepted_for};
    use crate::model::MeasureId;

    /// The place of the first finding as `line:column-line:column`, with its bytes.
    fn place(text: &str, mark: &str) -> (String, String) {
        let sample = Sample::new(text);
        let report: Value =
            serde_json::from_str(&sample.write(&FORMAT, &[sample.finding(mark, "x")])).expect("it is JSON");
        let place = &report["nalezy"][0]["misto"];
        let (from, to) = (&place["zacatek"], &place["konec"]);
        (
            format!("{}:{}-{}:{}", from["radek"], from["sloupec"], to["radek"], to["sloupec"]),
            format!("{}-{}", from["bajt"], to["bajt"]),
        )
    }

    #[test]
    fn columns_count_characters_whatever_stands_before_them() {
        for (text, mark, expected, bytes) in [
            ("stav: x", "x", "1:7-1:8", "6-7"),
            ("žluťoučký: x", "x", "1:12-1:13", "15-16"),
            ("\u{9}a:\u{9}x", "x", "1:5-1:6", "4-5"),
            ("a: b\r\nž: x\r\n", "x", "2:4-2:5", "10-11"),
            ("\u{FEFF}a: x", "x", "1:4-1:5", "3-4"),
            ("\u{FEFF}x", "x", "1:1-1:2", "0-1"),
            ("k: |\n  \u{FEFF}x\n", "x", "2:4-2:5", "10-11"),
            ("k: 😀x", "x", "1:5-1:6", "7-8"),
            ("k: e\u{301}x", "x", "1:6-1:7", "6-7"),
            ("k: |\n  jedna\n  dvě\n", "jedna\n  dvě", "2:3-3:6", "7-19"),
        ] {
            assert_eq!(place(text, mark), (expected.to_owned(), bytes.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn everything_that_is_known_of_a_finding_is_written() {
        let sample = Sample::new("stav: částečne\nb: c\n");
        let measure = MeasureId::parse("IX/2").expect("it is one");
        let other = sample.finding("b", "");
        let found = sample
            .finding("částečne", "neznámý stav")
            .measure(measure)
            .period(Year(2023))
            .related(other.place, "a taky tady")
            .help("nemysleli jste ČÁSTEČNĚ?")
            .replace_with("ČÁSTEČNĚ");
        let note = accepted_for(sample.finding("c", "zpráva"), "důvod");
        let report: Value = serde_json::from_str(&sample.write(&FORMAT, &[found, note])).expect("it is JSON");
        assert_eq!(report["verze"], 1);
        assert_eq!(report["souhrn"], json!({"soubory": 1, "chyby": 1, "varovani": 0, "poznamky": 1, "prijate": 1}));
        let misto = json!({
            "soubor": "data/a.yaml",
            "zacatek": {"radek": 1, "sloupec": 7, "bajt": 6},
            "konec": {"radek": 1, "sloupec": 15, "bajt": 17},
        });
        let mut finding = report["nalezy"][0].clone();
        finding["souvisi"][0]["misto"].take();
        finding["otisk"].take();
        assert_eq!(
            finding,
            json!({
                "kod": "neznamy-stav",
                "nazev": "Neznámý stav plnění",
                "zavaznost": "chyba",
                "zprava": "neznámý stav",
                "opatreni": "IX/2",
                "obdobi": 2023,
                "misto": misto,
                "souvisi": [{"misto": null, "zprava": "a taky tady"}],
                "rada": "nemysleli jste ČÁSTEČNĚ?",
                "navrh": {"misto": misto, "text": "ČÁSTEČNĚ"},
                "prijato": null,
                "otisk": null,
            })
        );
        assert_eq!(report["nalezy"][1]["zavaznost"], "poznamka");
        assert_eq!(report["nalezy"][1]["prijato"], "důvod");
    }
}
