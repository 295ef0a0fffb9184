//! Pieces of a document that are rendered side by side: `{{ sestav("informace/html/okruh.html",
//! okruh=okruhy) }}` writes a template once for each area, in their order, and
//! `{{ sestav("informace/html/priloha.html") }}` once, as an `include` would.
//!
//! The function only notes what is to be written and leaves a mark. When the document around the
//! marks is done, all pieces are written, on all cores, and take their places.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::{Kwargs, Object, Value, from_args};
use minijinja::{Environment, Error, ErrorKind, State, Template};
use rayon::prelude::*;

use crate::render::polish::{self, PIECE_END, PIECE_START};
use crate::render::templates::{name_within, own_name};
use crate::render::{Context, rendered, within_limit};

/// The name by which templates call the function.
pub const NAME: &str = "sestav";

const ONLY_DOCUMENTS: &str = "smí volat jen dokument sám, ne jeho části";

/// The pieces of one document, in the order in which it asked for them.
#[derive(Debug, Default)]
pub struct Pieces {
    asked: Mutex<Vec<Piece>>,
}

/// A template, and the variable that it sees besides those of the document.
#[derive(Debug)]
struct Piece {
    template: String,
    own: Option<(String, Value)>,
}

impl Pieces {
    /// The document with its pieces in their places, each gone over by `polish`. They see `context`
    /// as the document did, but nothing that it set or imported; they have no pieces themselves.
    pub fn put_into(
        &self,
        document: String,
        environment: &Environment<'_>,
        context: &Context,
        polish: fn(&str) -> String,
        limit_mb: usize,
    ) -> Result<String, Error> {
        let asked = std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner));
        if asked.is_empty() {
            return Ok(document);
        }
        // All of them together may take as many steps as the document itself; those begun after that
        // are not worth the wait.
        let fuel = environment.fuel().unwrap_or(u64::MAX);
        let n_steps = AtomicU64::new(0);
        let write = |Piece { template, own }| {
            if n_steps.load(Ordering::Relaxed) > fuel {
                return Err(Error::from(ErrorKind::OutOfFuel));
            }
            let mut context = context.clone();
            context.extend(own);
            let (text, n_taken) = rendered(&found(environment, &template)?, context, polish, limit_mb)?;
            n_steps.fetch_add(n_taken, Ordering::Relaxed);
            // However it came by the function.
            if text.contains(PIECE_START) { Err(misused(ONLY_DOCUMENTS)) } else { Ok(text) }
        };
        // They differ in length, so each is to be had by whoever is free.
        let written: Vec<Result<String, Error>> = asked.into_par_iter().with_max_len(1).map(write).collect();
        // Of several errors the first one in the document is told, whichever came first.
        let written: Vec<String> = written.into_iter().collect::<Result<_, _>>()?;
        if n_steps.into_inner() > fuel {
            return Err(Error::from(ErrorKind::OutOfFuel));
        }
        put_in_places(&document, &written, limit_mb)
    }
}

impl Object for Pieces {
    fn call(self: &Arc<Self>, state: &mut State<'_, '_>, args: &[Value]) -> Result<Value, Error> {
        let (template, named): (&str, Kwargs) = from_args(args)?;
        let template = name_within(template, state.name());
        let names: Vec<&str> = named.args().collect();
        let new: Vec<Piece> = match names.as_slice() {
            [] => vec![Piece { template: template.into_owned(), own: None }],
            [name] => {
                let piece =
                    |item| Piece { template: template.clone().into_owned(), own: Some(((*name).to_owned(), item)) };
                named.get::<Value>(name)?.try_iter()?.map(piece).collect()
            }
            _ => return Err(misused("chce šablonu a k ní nejvýš jeden seznam")),
        };
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let marks = (asked.len()..asked.len() + new.len()).map(polish::piece_mark);
        let marks = marks.collect::<Vec<_>>().join("\n");
        asked.extend(new);
        Ok(Value::from_safe_string(marks))
    }
}

/// Puts each piece in the place of its mark.
fn put_in_places(document: &str, pieces: &[String], limit_mb: usize) -> Result<String, Error> {
    let mut parts = document.split(PIECE_START);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    whole.reserve(document.len() + pieces.iter().map(String::len).sum::<usize>());
    for part in parts {
        let marked = part.split_once(PIECE_END).and_then(|(index, rest)| Some((index.parse::<usize>().ok()?, rest)));
        let Some((piece, rest)) = marked.and_then(|(index, rest)| Some((pieces.get(index)?, rest))) else {
            return Err(misused(ONLY_DOCUMENTS));
        };
        whole.push_str(piece);
        whole.push_str(rest);
        within_limit(whole.len(), limit_mb)?;
    }
    Ok(whole)
}

fn found<'e>(environment: &'e Environment<'_>, name: &str) -> Result<Template<'e, 'e>, Error> {
    environment.get_template(name).map_err(|error| match error.kind() {
        ErrorKind::TemplateNotFound => misused(&format!("nenašel šablonu „{}“", own_name(name))),
        _ => error,
    })
}

fn misused(how: &str) -> Error {
    let example = format!("{NAME}(\"informace/html/okruh.html\", okruh=okruhy)");
    Error::new(ErrorKind::InvalidOperation, format!("{NAME} {how}; píše se {example}"))
}
