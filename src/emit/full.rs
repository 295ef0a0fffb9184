//! A finding with the line it is on, for people at a terminal.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Files, Place};

/// Renders one finding. `root` is the data folder as the user named it.
pub fn render(diagnostic: &Diagnostic, files: &Files, root: &str) -> String {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR.with_name(Severity::Error.word()),
        Severity::Warning => Level::WARNING.with_name(Severity::Warning.word()),
        Severity::Note => Level::NOTE.with_name(Severity::Note.word()),
    };
    let title = match diagnostic.measure {
        Some(measure) if !diagnostic.message.contains(&measure.to_string()) => {
            format!("{measure}: {}", diagnostic.message)
        }
        _ => diagnostic.message.clone(),
    };
    let mut group = level.primary_title(title).id(diagnostic.rule.code).element(snippet(
        diagnostic.place,
        files,
        root,
        AnnotationKind::Primary,
        None,
    ));
    for related in &diagnostic.related {
        let message = Some(related.message.as_str());
        group = group.element(snippet(related.place, files, root, AnnotationKind::Context, message));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.with_name("rada").message(help.as_str()));
    }
    report(group)
}

fn report(group: Group<'_>) -> String {
    Renderer::styled().render(&[group])
}

/// The lines of a place. Only they are handed on, so that the size of the file does not matter.
fn snippet<'a>(
    place: Place,
    files: &'a Files,
    root: &str,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let file = files.get(place.file);
    let text = file.text();
    let range = place.range();
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    // A long value is pointed at by its first line.
    let line_end = text[range.start..].find('\n').map_or(text.len(), |at| range.start + at);
    let end = range.end.min(line_end).max(range.start);
    let line = file.line_column(range.start).line;
    let annotation = kind.span(range.start - start..end - start).label(label);
    Snippet::source(&text[start..line_end])
        .line_start(line)
        .path(format!("{root}/{}", file.path()))
        .annotation(annotation)
}
