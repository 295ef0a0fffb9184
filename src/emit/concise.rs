//! One line a finding, `cesta:řádek:sloupec: chyba[kod] IX/2: zpráva`, for grep and editors.

use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::{Findings, Format, Stream, reason_in_brackets};
use crate::model::is_hidden;

/// The format.
pub static FORMAT: Format = Format {
    name: "concise",
    title: "jeden řádek na nález",
    stream: Stream::Output,
    write: |findings| Ok(write(findings)),
};

fn write(findings: &Findings<'_>) -> String {
    let is_shown = |found: &&Diagnostic| findings.every_note || found.severity() != Severity::Note;
    findings.diagnostics.iter().filter(is_shown).map(|found| line(found, findings) + "\n").collect()
}

fn line(diagnostic: &Diagnostic, findings: &Findings<'_>) -> String {
    let at = findings.span(diagnostic.place).start;
    let measure = diagnostic.measure.map(|measure| format!(" {measure}")).unwrap_or_default();
    let line = format!(
        "{}:{}:{}: {}[{}]{measure}: {}{}",
        findings.shown_path(diagnostic.place),
        at.line,
        at.column,
        diagnostic.severity().word(),
        diagnostic.rule.code,
        diagnostic.message,
        reason_in_brackets(diagnostic),
    );
    line.replace(|c: char| c.is_control() || is_hidden(c), " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::testing::{Sample, accepted_for};
    use crate::model::MeasureId;

    #[test]
    fn a_finding_is_one_line_whatever_is_in_it() {
        let sample = Sample::new("# ž\n\u{9}stav: částečne\r\n");
        let measure = MeasureId::parse("IX/2").expect("it is one");
        let found = sample.finding("částečne", "neznámý\nstav").measure(measure);
        let note = accepted_for(sample.finding("stav", "zpráva"), "ví se\to tom");
        let line = "./data/a.yaml:2:8: chyba[neznamy-stav] IX/2: neznámý stav\n";
        assert_eq!(sample.write(&FORMAT, &[found.clone(), note.clone()]), line);
        assert_eq!(
            sample.write_with_notes(&FORMAT, &[found, note]),
            format!("{line}./data/a.yaml:2:2: poznámka[neznamy-stav]: zpráva (přijato: ví se o tom)\n")
        );
    }
}
