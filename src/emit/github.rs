//! Annotations of GitHub Actions, and a summary of the step, since GitHub shows only the first ten
//! annotations of each weight: <https://docs.github.com/actions/reference/workflow-commands>.

use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::{Findings, Format, Stream, headline, reason_in_brackets, summary as summary_line};
use crate::model::is_hidden;

/// The format.
pub static FORMAT: Format = Format {
    name: "github",
    title: "anotace a souhrn pro GitHub Actions",
    stream: Stream::Output,
    write: |findings| Ok(write(findings)),
};

/// The summary of the step in Markdown, of at most `limit` bytes: errors first, notes last. What
/// does not fit is counted.
pub fn summary(findings: &Findings<'_>, limit: usize) -> String {
    let mut text = format!("## Kontrola dat\n\n{}\n", summary_line(findings.diagnostics, findings.files.n_read()));
    let mut diagnostics: Vec<&Diagnostic> = findings.diagnostics.iter().collect();
    diagnostics.sort_by_key(|found| found.severity());
    if !diagnostics.is_empty() {
        text.push_str("\n| závažnost | místo | opatření | nález |\n| --- | --- | --- | --- |\n");
    }
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        let row = row(diagnostic, findings);
        let rest = format!("\nDalších nálezů, které se sem nevešly: {}.\n", diagnostics.len() - index);
        if text.len() + row.len() + rest.len() > limit {
            text.push_str(&rest);
            break;
        }
        text.push_str(&row);
    }
    if text.len() > limit { String::new() } else { text }
}

/// One command an annotation. Notes are annotations only when they are asked for, accepted findings
/// never.
fn write(findings: &Findings<'_>) -> String {
    let is_shown =
        |found: &&Diagnostic| found.accepted.is_none() && (findings.every_note || found.severity() != Severity::Note);
    findings.diagnostics.iter().filter(is_shown).map(|found| annotation(found, findings)).collect()
}

fn annotation(diagnostic: &Diagnostic, findings: &Findings<'_>) -> String {
    let command = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let span = findings.span(diagnostic.place);
    let mut place = format!("line={},endLine={}", span.start.line, span.end.line);
    // GitHub refuses columns of an annotation over more lines than one.
    if span.start.line == span.end.line {
        place += &format!(",col={},endColumn={}", span.start.column, span.end.column);
    }
    let help = diagnostic.help.as_ref().map(|help| format!("\nrada: {help}")).unwrap_or_default();
    format!(
        "::{command} file={},{place},title={}::{}\n",
        property(&findings.path(diagnostic.place)),
        property(&format!("{}: {}", diagnostic.rule.code, diagnostic.rule.title)),
        data(&format!("{}{help}", headline(diagnostic))),
    )
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    let shown = text.replace(is_hidden, "\u{FFFD}");
    shown.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn row(diagnostic: &Diagnostic, findings: &Findings<'_>) -> String {
    let at = findings.span(diagnostic.place).start;
    let measure = diagnostic.measure.map(|measure| measure.to_string()).unwrap_or_default();
    format!(
        "| {} | {} | {} | {} `{}` |\n",
        diagnostic.severity().word(),
        code_span(&format!("{}:{}", findings.path(diagnostic.place), at.line)),
        escaped(&measure),
        escaped(&format!("{}{}", diagnostic.message, reason_in_brackets(diagnostic))),
        diagnostic.rule.code,
    )
}

/// A path as code, unless it holds what would end the code or the cell, or what nobody sees.
fn code_span(text: &str) -> String {
    let is_unsafe = |c: char| matches!(c, '`' | '|' | '\\') || c.is_control() || is_hidden(c);
    if text.contains(is_unsafe) { escaped(text) } else { format!("`{text}`") }
}

/// Text in a cell of a table: no Markdown, no HTML, no links, one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '(' | ')' | '#' | '|' | '~' | '&' | '@'
            | '!' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c if c.is_control() || is_hidden(c) => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    // Addresses become links by themselves unless something stands in them.
    escaped.replace("://", "\\://").replace("www.", "www\\.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::testing::{Sample, accepted_for};
    use crate::model::MeasureId;
    use crate::rules::pocet_bez_cisla;

    #[test]
    fn annotations_are_escaped() {
        let sample = Sample::at("a,b:100 %.yaml", "# ž\r\nstav: částečne\r\n");
        let found = sample.finding("částečne", "neznámý stav: 50 %, a\r\ndál").help("rada");
        assert_eq!(
            sample.write(&FORMAT, &[found]),
            "::error file=data/a%2Cb%3A100 %25.yaml,line=2,endLine=2,col=7,endColumn=15,\
             title=neznamy-stav%3A Neznámý stav plnění::neznámý stav: 50 %25, a%0D%0Adál%0Arada: rada\n"
        );
    }

    #[test]
    fn a_place_over_more_lines_has_no_columns() {
        let sample = Sample::new("k: |\n  jedna\n  dvě\n");
        let text = sample.write(&FORMAT, &[sample.finding("jedna\n  dvě", "x")]);
        assert!(text.starts_with("::error file=data/a.yaml,line=2,endLine=3,title="), "{text}");
    }

    #[test]
    fn notes_are_annotations_only_when_asked_for_and_accepted_findings_never() {
        let sample = Sample::new("a: b\n");
        let note = sample.finding_of(&pocet_bez_cisla::RULE, "b", "poznámka");
        let found = [note, accepted_for(sample.finding("a", "x"), "důvod")];
        assert_eq!(sample.write(&FORMAT, &found), "");
        let text = sample.write_with_notes(&FORMAT, &found);
        assert!(text.starts_with("::notice ") && text.lines().count() == 1, "{text}");
    }

    #[test]
    fn the_summary_puts_errors_first_and_escapes_markdown() {
        let sample = Sample::new("a: b\nc: d\n");
        let measure = MeasureId::parse("IX/2").expect("it is one");
        let note = accepted_for(sample.finding("a", "*x* <b> | [y](http://a.cz)\n# z"), "ví se o tom");
        let error = sample.finding("d", "chyba").measure(measure);
        let text = summary(&sample.findings(&[note, error], false), 100_000);
        assert_eq!(
            text,
            "## Kontrola dat\n\nZkontrolováno 1 soubor: 1 chyba, 0 varování, 0 poznámek, 1 přijatý nález.\n\n\
             | závažnost | místo | opatření | nález |\n| --- | --- | --- | --- |\n\
             | chyba | `data/a.yaml:2` | IX/2 | chyba `neznamy-stav` |\n\
             | poznámka | `data/a.yaml:1` |  | \\*x\\* \\<b\\> \\| \\[y\\]\\(http\\://a.cz\\) \\# z \\(přijato: ví se o tom\\) `neznamy-stav` |\n"
        );
    }

    #[test]
    fn a_path_in_the_summary_hides_nothing() {
        for (path, shown) in [
            ("a.yaml", "| `data/a.yaml:1` |"),
            ("a\u{202E}b.yaml", "| data/a b.yaml:1 |"),
            ("a`b.yaml", "| data/a\\`b.yaml:1 |"),
        ] {
            let sample = Sample::at(path, "a: b\n");
            let text = summary(&sample.findings(&[sample.finding("b", "x")], false), 100_000);
            assert!(text.contains(shown), "{text}");
        }
    }

    #[test]
    fn the_summary_keeps_to_its_limit_and_counts_the_rest() {
        let sample = Sample::new("a: b\n");
        let found = vec![sample.finding("b", "zpráva"); 100];
        for limit in [0, 50, 300, 1000, 5000] {
            let text = summary(&sample.findings(&found, false), limit);
            assert!(text.len() <= limit, "{limit}");
            if limit >= 300 {
                let n_rows = text.matches("`data/a.yaml:1`").count();
                assert!(text.ends_with(&format!("které se sem nevešly: {}.\n", 100 - n_rows)), "{text}");
            }
        }
        assert_eq!(summary(&sample.findings(&found, false), 100_000).matches("`data/a.yaml:1`").count(), 100);
    }
}
