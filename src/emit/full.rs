//! A finding with the line it is on, for people at a terminal. The text carries colours; whoever
//! prints it takes them away where no terminal shows them.

use std::collections::BTreeMap;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::{Findings, Format, Stream, accepted, headline};
use crate::load::limits::SHOWN_FINDINGS;
use crate::source::{Place, SourceFile};

/// The format.
pub static FORMAT: Format = Format {
    name: "full",
    title: "pro lidi, s řádkem, kterého se nález týká",
    stream: Stream::Messages,
    write: |findings| Ok(write(findings)),
};

/// What stands before another place that no line can show.
pub(crate) const RELATED: &str = "viz";

/// Errors and warnings in full, notes summed up by code unless each is asked for.
pub fn write(findings: &Findings<'_>) -> String {
    let mut text = String::new();
    let is_shown = |found: &&Diagnostic| findings.every_note || found.severity() != Severity::Note;
    for diagnostic in findings.diagnostics.iter().filter(is_shown).take(SHOWN_FINDINGS) {
        text.push_str(&rendered(diagnostic, findings, &[]));
        text.push_str("\n\n");
    }
    let n_more = findings.diagnostics.iter().filter(is_shown).count().saturating_sub(SHOWN_FINDINGS);
    if n_more > 0 {
        text.push_str(&format!("Dalších nálezů: {n_more}; všechny vypíše „plneni check --output concise“.\n\n"));
    }
    if !findings.every_note {
        for line in notes_by_code(findings.diagnostics) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// One line a code for all notes.
fn notes_by_code(diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut counts: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for diagnostic in diagnostics.iter().filter(|found| found.severity() == Severity::Note && !found.is_accepted()) {
        counts.entry(diagnostic.rule.code).or_insert((0, diagnostic.rule.title)).0 += 1;
    }
    let notes = counts
        .into_iter()
        .map(|(code, (count, title))| format!("poznámka[{code}]: {title} ({count}×; jednotlivě s volbou --notes)"));
    let accepted = accepted(diagnostics).map(|text| format!("{text} podle prijato.yaml (jednotlivě s volbou --notes)"));
    notes.chain(accepted).collect()
}

/// How much a finding weighs, as its title says it.
pub(crate) fn level(diagnostic: &Diagnostic) -> Level<'static> {
    let severity = diagnostic.severity();
    match severity {
        Severity::Error => Level::ERROR.with_name(severity.word()),
        Severity::Warning => Level::WARNING.with_name(severity.word()),
        Severity::Note if diagnostic.is_accepted() => Level::NOTE.with_name("přijato"),
        Severity::Note => Level::NOTE.with_name(severity.word()),
    }
}

/// What stands before what to do.
pub(crate) fn advice() -> Level<'static> {
    Level::HELP.with_name("rada")
}

/// One finding; `related` is said of other places that no line can show.
pub(crate) fn rendered(diagnostic: &Diagnostic, findings: &Findings<'_>, related: &[String]) -> String {
    let mut group = level(diagnostic).primary_title(headline(diagnostic)).id(diagnostic.rule.code).element(snippet(
        diagnostic.place,
        findings,
        AnnotationKind::Primary,
        None,
    ));
    for related in &diagnostic.related {
        let message = Some(related.message.as_str());
        group = group.element(snippet(related.place, findings, AnnotationKind::Context, message));
    }
    for message in related {
        group = group.element(Level::NOTE.with_name(RELATED).message(message.as_str()));
    }
    let patch = patch(diagnostic, findings);
    match &diagnostic.help {
        Some(help) if patch.is_none() => group = group.element(advice().message(help.as_str())),
        _ => {}
    }
    if let Some(reason) = &diagnostic.accepted {
        group = group.element(Level::NOTE.with_name("důvod").message(reason.as_str()));
    }
    let groups: Vec<Group<'_>> = std::iter::once(group).chain(patch).collect();
    Renderer::styled().render(&groups)
}

/// What to write instead, as the line before and after.
fn patch<'a>(diagnostic: &'a Diagnostic, findings: &Findings<'a>) -> Option<Group<'a>> {
    let suggestion = diagnostic.suggestion.as_ref()?;
    let lines = Lines::of(suggestion.place, findings.files.get(suggestion.place.file));
    if !lines.is_whole {
        return None;
    }
    let title = diagnostic.help.as_deref().unwrap_or("napište");
    let snippet = Snippet::source(lines.text)
        .line_start(lines.number)
        .patch(Patch::new(lines.marked, suggestion.replacement.as_str()));
    Some(advice().secondary_title(title).element(snippet))
}

/// The line of a place, marked.
fn snippet<'a>(
    place: Place,
    findings: &Findings<'a>,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, Annotation<'a>> {
    let lines = Lines::of(place, findings.files.get(place.file));
    Snippet::source(lines.text)
        .line_start(lines.number)
        .path(findings.shown_path(place))
        .annotation(kind.span(lines.marked).label(label))
}

/// The line a place begins on. Only it is handed on, so that the size of the file does not matter.
struct Lines<'a> {
    text: &'a str,
    number: usize,
    marked: std::ops::Range<usize>,
    /// Whether the place ends on the same line. A longer value is pointed at by its first line.
    is_whole: bool,
}

impl<'a> Lines<'a> {
    fn of(place: Place, file: &'a SourceFile) -> Self {
        let number = file.line_column(place.range().start).line;
        let text = file.line(number);
        let line_start = file.line_start(number);
        let marked_start = place.range().start.saturating_sub(line_start).min(text.len());
        let marked_end = place.range().end.saturating_sub(line_start);
        Self {
            text,
            number,
            marked: marked_start..marked_end.clamp(marked_start, text.len()),
            is_whole: marked_end <= text.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::testing::{Sample, accepted_for, plain};

    #[test]
    fn a_suggestion_is_a_patch_under_its_advice() {
        let sample = Sample::new("stav: částečne\n");
        let found =
            sample.finding("částečne", "neznámý stav").help("nemysleli jste ČÁSTEČNĚ?").replace_with("ČÁSTEČNĚ");
        assert_eq!(
            plain(&sample.write(&FORMAT, &[found])),
            "chyba[neznamy-stav]: neznámý stav\n --> data/a.yaml:1:7\n  |\n1 | stav: částečne\n  |       ^^^^^^^^\n  |\n\
             rada: nemysleli jste ČÁSTEČNĚ?\n  |\n1 - stav: částečne\n1 + stav: ČÁSTEČNĚ\n  |\n\n"
        );
    }

    #[test]
    fn carriage_returns_do_not_show() {
        let sample = Sample::new("a: b\r\nstav: částečne\r\nkomentar: |\r\n  jedna\r\n  dvě\r\n");
        for text in ["částečne", "b\r\nstav", "jedna\r\n  dvě", "částečne\r"] {
            let found = sample.finding(text, "neznámý stav").replace_with("x");
            let text = plain(&sample.write(&FORMAT, &[found]));
            assert!(!text.contains('␍') && !text.contains('\r'), "{text}");
        }
    }

    #[test]
    fn the_end_of_a_file_can_be_pointed_at() {
        let sample = Sample::new("a: b\n");
        let place = Place::new(sample.finding("a", "").place.file, 5..5);
        let found = Diagnostic { place, ..sample.finding("a", "konec") };
        assert!(plain(&sample.write(&FORMAT, &[found])).contains("data/a.yaml:2:1"));
    }

    #[test]
    fn what_was_accepted_says_why_once_it_is_asked_for() {
        let sample = Sample::new("stav: částečne\n");
        let found = accepted_for(sample.finding("částečne", "neznámý stav"), "ví se o tom");
        let brief = plain(&sample.write(&FORMAT, std::slice::from_ref(&found)));
        assert_eq!(brief, "1 přijatý nález podle prijato.yaml (jednotlivě s volbou --notes)\n");
        let long = plain(&sample.write_with_notes(&FORMAT, &[found]));
        assert!(long.starts_with("přijato[neznamy-stav]: neznámý stav\n"), "{long}");
        assert!(long.contains("= důvod: ví se o tom\n"), "{long}");
    }
}
