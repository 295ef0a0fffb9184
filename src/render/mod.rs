//! From the view to the text or bytes of documents. Templates see nothing but [`ReportView`]; they
//! cannot read files outside their folder and cannot run without end.

pub mod docx;
pub mod filters;
pub mod html;
pub mod markdown;
mod misread;
mod narratives;
pub mod pieces;
pub mod polish;
pub mod templates;
mod well_formed;
mod wording;
pub mod xlsx;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use anyhow::anyhow;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior};

pub use self::misread::{Misread, NAMES, misread};
pub use self::narratives::{Fault, Narratives, Reason, faults};
pub use self::wording::{misplaced_tag, said};
use crate::load::limits::{DOCUMENT_MB, TEMPLATE_TAG};
use crate::model::has_byte;
use crate::render::filters::Comments;
use crate::render::pieces::Pieces;
use crate::render::templates::{Sources, Templates};
use crate::view::{AddresseeView, FormatView, ReportView};

/// Steps a template may take at all, and for each measure on top; the built-in ones take under a
/// fiftieth of it.
const FUEL: u64 = 2_000_000;
const FUEL_FOR_A_MEASURE: u64 = 50_000;

/// The document whose templates the others may do without, such as the styles of a DOCX.
const SHARED: &str = "informace";

/// A format that documents can be written in.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line and the ending of its files.
    pub name: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The template it starts from, within the folder of a document; a document that has it can be
    /// had in this format.
    pub entry: &'static str,
    /// Turns a document's view into bytes.
    pub render: fn(&Renderer<'_>) -> anyhow::Result<Vec<u8>>,
}

/// All formats. A new one is a file in this folder and a line here.
pub static FORMATS: &[&Format] = &[&markdown::FORMAT, &html::FORMAT, &docx::FORMAT, &xlsx::FORMAT];

/// The format of this name.
pub fn find_format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.name == name)
}

/// The entry of a format in the list that every document carries.
pub fn format_view(format: &Format, file_stem: &str) -> FormatView {
    FormatView { name: format.title, file_name: format!("{file_stem}.{}", format.name) }
}

/// A document about to be rendered: its folder of templates and all that they see.
pub struct Renderer<'a> {
    environment: Environment<'static>,
    templates: &'a Templates,
    document: &'a str,
    context: Context,
    /// How large a document may be.
    limit_mb: usize,
}

/// What compiles the templates, each when it is first asked for, and renders them. What depends on the
/// data is yet to come.
fn environment(sources: Arc<Sources>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(auto_escape);
    environment.set_formatter(format_value);
    // Only delimiters could clash, and these are the usual ones.
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default());
    environment.set_debug(true);
    environment.set_path_join_callback(templates::name_within);
    environment.set_loader(move |name| match sources.get(templates::own_name(name)) {
        Some(source) => checked(source).map(|()| Some(source.clone().into_owned())),
        None => Ok(None),
    });
    // These make a text as long as a number says, which fuel does not see.
    environment.remove_filter("indent");
    environment.remove_filter("format");
    environment
}

/// Gives an environment what depends on the data.
fn prepare(environment: &mut Environment<'_>, comments: Comments, whole: &ReportView) {
    environment.set_fuel(Some(FUEL + FUEL_FOR_A_MEASURE * whole.measures.len() as u64));
    filters::add_all(environment, &Arc::new(comments));
}

/// What a template can see, by name.
type Context = BTreeMap<String, Value>;

impl<'a> Renderer<'a> {
    /// Prepares the templates of `document`, for example `informace`.
    pub fn new(
        templates: &'a Templates,
        document: &'a str,
        view: &ReportView,
        narratives: &Narratives<'_>,
    ) -> anyhow::Result<Self> {
        let mut environment = templates.environment().clone();
        let (comments, context) = rayon::join(|| Comments::new(view, templates.is_plan(document)), || context_of(view));
        prepare(&mut environment, comments, narratives.view);
        let mut context = context?;
        let whole = if std::ptr::eq(view, narratives.view) { context.clone() } else { context_of(narratives.view)? };
        let texts = narratives::all_written(&environment, narratives, &whole)?;
        context.insert("texty".to_owned(), texts);
        Ok(Self { environment, templates, document, context, limit_mb: DOCUMENT_MB })
    }

    /// Lets documents have so many megabytes.
    pub fn limit(&mut self, megabytes: usize) {
        self.limit_mb = megabytes;
    }

    /// The same documents, each to one body.
    pub fn address_to(&mut self, addressee: &AddresseeView) {
        self.context.insert("adresat".to_owned(), Value::from(Serde(addressee)));
    }

    /// Renders one template of the document, named within its folder: `html/dokument.html`.
    pub fn text(&self, name: &str) -> anyhow::Result<String> {
        self.text_with(name, &Context::new())
    }

    /// [`Self::text`] for a template that needs values of its format besides the view.
    pub fn text_with(&self, name: &str, extra: &Context) -> anyhow::Result<String> {
        let name = self.templates.full_name(self.document, name);
        let template = self.environment.get_template(&name).map_err(|error| template_error(&error))?;
        let polish = polish_of(&name);
        let mut context = self.context.clone();
        context.extend(extra.clone());
        let pieces = Arc::new(Pieces::default());
        let callable = (pieces::NAME.to_owned(), Value::from_dyn_object(Arc::clone(&pieces)));
        let own = context.clone().into_iter().chain([callable]).collect();
        rendered(&template, own, polish, self.limit_mb)
            .and_then(|(text, _)| pieces.put_into(text, &self.environment, &context, polish, self.limit_mb))
            .map_err(|error| template_error(&error))
    }

    /// Whether some template of the document's own speaks of this value of the view.
    pub fn speaks_of(&self, name: &str) -> anyhow::Result<bool> {
        let folder = format!("{}/", self.document);
        for (template, _) in self.templates.iter().filter(|(template, _)| template.starts_with(&folder)) {
            let template = self.environment.get_template(template).map_err(|error| template_error(&error))?;
            if template.undeclared_variables(false).contains(name) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Names of the document's templates below a folder of its own, such as the parts of a DOCX,
    /// and of those that it takes over from `informace`.
    pub fn templates_below(&self, folder: &str) -> BTreeSet<String> {
        let documents = [format!("{}/", self.document), format!("{SHARED}/")];
        self.templates
            .iter()
            .filter_map(|(name, _)| documents.iter().find_map(|document| name.strip_prefix(document)))
            .filter(|name| name.starts_with(folder))
            .map(str::to_owned)
            .collect()
    }
}

fn context_of(view: &ReportView) -> anyhow::Result<Context> {
    let view = Value::from(Serde(view));
    let value_of = |key: Value| Ok((key.to_string(), view.get_item(&key)?));
    Ok(view.try_iter()?.map(value_of).collect::<Result<_, minijinja::Error>>()?)
}

fn checked(source: &str) -> Result<(), minijinja::Error> {
    let Some(start) = overlong_tag(source) else { return Ok(()) };
    let line = source[..start].matches('\n').count() + 1;
    let message = format!("výraz nebo značka šablony na řádku {line} je delší než {TEMPLATE_TAG} bajtů; rozdělte ji");
    Err(minijinja::Error::new(ErrorKind::SyntaxError, message))
}

/// Where an expression or tag begins that would take the compiler deeper than its stack is.
pub fn overlong_tag(source: &str) -> Option<usize> {
    let bytes = source.as_bytes();
    let is_mark = |at: usize, mark: &[u8; 2]| bytes.get(at..at + 2) == Some(mark);
    let mut opened = None;
    for at in memchr::memchr3_iter(b'{', b'}', b'%', bytes).chain([bytes.len()]) {
        match opened {
            None if is_mark(at, b"{{") || is_mark(at, b"{%") => opened = Some(at),
            Some(start) if at - start > TEMPLATE_TAG => return Some(start),
            Some(_) if is_mark(at, b"}}") || is_mark(at, b"%}") => opened = None,
            _ => {}
        }
    }
    None
}

/// What a template writes, as long as it is not absurdly much, gone over by `polish`, and how many steps
/// it took.
fn rendered(
    template: &minijinja::Template<'_, '_>,
    context: Context,
    polish: fn(&str) -> String,
    limit_mb: usize,
) -> Result<(String, u64), minijinja::Error> {
    // As long as most parts of documents are, so that it seldom has to grow.
    let mut written = Limited { bytes: Vec::with_capacity(32 * 1024), limit_mb };
    let captured = template
        .render_captured_to(Value::from(context), &mut written)
        .map_err(|error| if error.kind() == ErrorKind::WriteFailure { too_long(limit_mb) } else { error })?;
    let n_steps = captured.state().fuel_levels().map_or(0, |(consumed, _)| consumed);
    let text = simdutf8::basic::from_utf8(&written.bytes)
        .map_err(|error| minijinja::Error::new(ErrorKind::InvalidOperation, error.to_string()))?;
    // A value with lines must not end a row or a heading.
    let is_unread = text.contains(polish::LINE_END) || text.contains(polish::ESCAPE);
    let text = if is_unread { polish(&unread(text)) } else { polish(text) };
    Ok((text, n_steps))
}

/// A document of which no filter reads values as Markdown any more: each stands on one line.
fn unread(text: &str) -> String {
    let text = text.replace(polish::ESCAPE, "\\");
    let mut lines = text.split(polish::LINE_END);
    let mut whole = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        whole.truncate(whole.trim_end_matches([' ', '\t']).len());
        whole.push(' ');
        whole.push_str(line.trim_start_matches([' ', '\t']));
    }
    whole
}

fn too_long(limit_mb: usize) -> minijinja::Error {
    let message = format!(
        "dokument má víc než {limit_mb} MB; neopakuje-li se v šabloně něco bez konce, rozdělte ho volbami --area, --gestor či --status, nebo zvyšte mez volbou --limit-document-mb"
    );
    minijinja::Error::new(ErrorKind::InvalidOperation, message)
}

/// Whether a document of so many bytes is not absurdly long.
fn within_limit(n_bytes: usize, limit_mb: usize) -> Result<(), minijinja::Error> {
    if n_bytes > limit_mb * 1024 * 1024 { Err(too_long(limit_mb)) } else { Ok(()) }
}

/// Takes in so much and no more.
struct Limited {
    bytes: Vec<u8>,
    limit_mb: usize,
}

impl io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        within_limit(self.bytes.len() + bytes.len(), self.limit_mb).map_err(|_| io::ErrorKind::OutOfMemory)?;
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Typography for what a template of this name writes.
fn polish_of(name: &str) -> fn(&str) -> String {
    match auto_escape(name) {
        AutoEscape::Html => polish::markup,
        AutoEscape::Custom(_) => polish::markdown,
        _ => str::to_owned,
    }
}

fn auto_escape(name: &str) -> AutoEscape {
    match name.rsplit('.').next() {
        Some("html" | "xml" | "svg" | "rels") => AutoEscape::Html,
        Some("md") => AutoEscape::Custom("markdown".into()),
        _ => AutoEscape::None,
    }
}

/// Writes a value the way its format needs it. Absent values, booleans, records and lists are refused, because
/// `none`, `true` and `{'rok': 2025}` in an official document are always a slip of the template.
fn format_value(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    if value.is_none() || matches!(value.kind(), minijinja::value::ValueKind::Bool) {
        let message = format!("hodnota „{value}“ se do dokumentu nedá vypsat; ošetřete ji podmínkou");
        return Err(minijinja::Error::new(ErrorKind::InvalidOperation, message));
    }
    if let Some(message) = wording::of_parts(value) {
        return Err(minijinja::Error::new(ErrorKind::InvalidOperation, message));
    }
    let escaped = if templates::is_taken_in(state.name()) { escaped_by_line } else { escaped };
    match (state.auto_escape(), value.as_str()) {
        (_, Some(text)) if value.is_safe() => out.write_str(text).map_err(minijinja::Error::from),
        (AutoEscape::Custom(_), Some(text)) => {
            out.write_str(&escaped(text, markdown::escape_value)).map_err(minijinja::Error::from)
        }
        (AutoEscape::Custom(_), None) => write!(out, "{value}").map_err(minijinja::Error::from),
        (AutoEscape::Html, Some(text)) => out.write_str(&escaped(text, html::escape)).map_err(minijinja::Error::from),
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// A text as it stands in a document. One that has to be escaped is typeset before, since typography would
/// no longer know its quotation marks, and so is one with blanks that it would take for those of the
/// markup; all others are typeset with what stands around them.
fn escaped(text: &str, escape: fn(&str) -> Cow<'_, str>) -> Cow<'_, str> {
    let has_blanks = || text.trim_ascii() != text || has_byte(text, |byte| matches!(byte, b'\n' | b'\r'));
    match escape(text) {
        Cow::Borrowed(_) if !has_blanks() => Cow::Borrowed(text),
        _ => Cow::Owned(escape(&polish::text(text)).into_owned()),
    }
}

/// The same line by line, with the blanks around: what was taken in may be Markdown that a filter has yet to read.
fn escaped_by_line(text: &str, escape: fn(&str) -> Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains('\n') {
        return escaped(text, escape);
    }
    let mut lines = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let body = line.trim_ascii();
        let start = line.len() - line.trim_ascii_start().len();
        lines.push_str(line[..start].trim_end_matches(['\r', '\n']));
        lines.push_str(&escaped(body, escape));
        lines.push_str(line[start + body.len()..].trim_end_matches(['\r', '\n']));
        if line.ends_with('\n') {
            lines.push(polish::LINE_END);
        }
    }
    Cow::Owned(lines)
}

fn cause_of(error: &minijinja::Error) -> Option<&minijinja::Error> {
    std::error::Error::source(error)?.downcast_ref()
}

/// An error of a template with its file, line and the lines around it.
fn template_error(error: &minijinja::Error) -> anyhow::Error {
    let place = match (error.name(), error.line()) {
        (Some(name), Some(line)) => format!(" {}:{line}", templates::own_name(name)),
        _ => String::new(),
    };
    let source = match (error.template_source(), error.line()) {
        (Some(source), Some(line)) => {
            source.lines().nth(line.saturating_sub(1)).map(|text| format!("\n  {line} | {text}")).unwrap_or_default()
        }
        _ => String::new(),
    };
    // Templates may include each other many times over; what is wrong stands in the innermost one.
    let innermost = std::iter::successors(cause_of(error), |error| cause_of(error)).last();
    let cause = innermost.map(|cause| format!("\n  {}", template_error(cause))).unwrap_or_default();
    anyhow!("chyba v šabloně{place}: {}{source}{cause}", wording::of(error))
}
