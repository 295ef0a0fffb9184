//! The texts that a person wrote for a period. They are templates and see what documents see; what keeps
//! one from being written is a fault with its place, which [`crate::rules::neplatna_sablona`] puts into
//! words.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};

use crate::dataset::Narrative;
use crate::diagnostic::nearest;
use crate::load::limits::DOCUMENT_MB;
use crate::render::filters::Comments;
use crate::render::templates::Templates;
use crate::render::{Context, checked, context_of, prepare, rendered, wording};
use crate::source::Place;
use crate::view::ReportView;

/// The texts of a period, and the view they speak of: that of all measures, even where the document
/// shows an excerpt.
#[derive(Debug)]
pub struct Narratives<'a> {
    /// The texts.
    pub texts: Vec<Narrative>,
    /// The view of the whole period.
    pub view: &'a ReportView,
}

/// Why a text cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of it that are to blame.
    pub place: Place,
    /// What is wrong with them.
    pub reason: Reason,
}

/// See [`Fault`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is no such variable; perhaps the other one was meant.
    Variable(String, Option<String>),
    /// There is no such filter.
    Filter(String),
    /// Something else, in words.
    Other(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text období nejde sestavit")
    }
}

impl std::error::Error for Fault {}

/// The first fault of each text.
pub fn faults(templates: &Templates, narratives: &Narratives<'_>) -> anyhow::Result<Vec<Fault>> {
    let mut environment = templates.environment().clone();
    prepare(&mut environment, Comments::of_none(narratives.view), narratives.view);
    let context = context_of(narratives.view)?;
    let faults = narratives.texts.iter().filter_map(|text| written(&environment, text, &context).err());
    Ok(faults.collect())
}

/// All texts by the names of their files. One that comes out blank is as one that is not there.
pub(super) fn all_written(
    environment: &Environment<'_>,
    narratives: &Narratives<'_>,
    context: &Context,
) -> Result<Value, Fault> {
    let mut texts = BTreeMap::new();
    for narrative in &narratives.texts {
        let name = narrative.path.rsplit('/').next().unwrap_or(&narrative.path).trim_end_matches(".md");
        let text = written(environment, narrative, context)?;
        if !text.trim().is_empty() {
            texts.insert(name.to_owned(), Value::from(text));
        }
    }
    Ok(Value::from(texts))
}

fn written(environment: &Environment<'_>, narrative: &Narrative, context: &Context) -> Result<String, Fault> {
    // Narratives are Markdown, which the formats turn into their own; no escaping here.
    let name = format!("{}.txt", narrative.path);
    checked(&narrative.text)
        .and_then(|()| environment.template_from_named_str(&name, &narrative.text))
        .and_then(|template| rendered(&template, context.clone(), str::to_owned, DOCUMENT_MB))
        .map(|(text, _)| text)
        .map_err(|error| fault(&error, narrative, context))
}

fn fault(error: &Error, narrative: &Narrative, context: &Context) -> Fault {
    let source = narrative.text.as_str();
    let said = wording::said(error);
    let range = error.range().filter(|range| source.get(range.clone()).is_some());
    // The engine tells the name of what there is not only within a sentence.
    let undefined = said.split_once("` is undefined").and_then(|(before, _)| before.rsplit_once('`'));
    let (written, reason) = if let Some((_, name)) = undefined {
        (name.to_owned(), Reason::Variable(name.to_owned(), meant(name, context)))
    } else if error.kind() == ErrorKind::UnknownFilter {
        let name = said.trim_start_matches("filter ").trim_end_matches(" is unknown").to_owned();
        (name.clone(), Reason::Filter(name))
    } else {
        (String::new(), Reason::Other(wording::of(error)))
    };
    // The engine points at the whole expression; what is wrong in it is the name.
    let line = error.line().unwrap_or(1);
    let within = range.unwrap_or_else(|| line_range(source, line));
    let at = source[within.clone()].find(&written).filter(|_| !written.is_empty());
    let range = at.map_or(within.clone(), |at| within.start + at..within.start + at + written.len());
    Fault { place: Place::new(narrative.id, range), reason }
}

/// The bytes of a line, counted from 1, without its end.
fn line_range(text: &str, line: usize) -> Range<usize> {
    let mut lines = text.split_inclusive('\n');
    let start = lines.by_ref().take(line.saturating_sub(1)).map(str::len).sum();
    start..start + lines.next().unwrap_or_default().trim_end().len()
}

/// What was probably meant by a variable that there is not: a name near its last one, where all before it
/// are known.
fn meant(name: &str, context: &Context) -> Option<String> {
    let Some((parents, last)) = name.rsplit_once('.') else {
        return nearest(name, context.keys().map(String::as_str)).map(str::to_owned);
    };
    let mut path = parents.split('.');
    let first = context.get(path.next()?)?.clone();
    let parent = path.try_fold(first, |value, key| value.get_attr(key)).ok()?;
    let keys: Vec<String> = parent.try_iter().ok()?.map(|key| key.to_string()).collect();
    nearest(last, keys.iter().map(String::as_str)).map(|near| format!("{parents}.{near}"))
}
