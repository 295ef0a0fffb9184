//! `plneni schema`: JSON Schemas of the YAML files, for editors.

use std::path::Path;

use anyhow::bail;

use crate::cli::{Global, Schema};
use crate::commands::output::Batch;
use crate::commands::targets::refuse_among_data;
use crate::commands::{Outcome, say, say_bytes, say_written};
use crate::diagnostic::{did_you_mean, nearest};
use crate::load::shape::{FILE_KINDS, FileKind};
use crate::schema;

/// Prints one schema, writes them to a folder, or lists what there is.
pub fn run(arguments: &Schema, global: &Global) -> anyhow::Result<Outcome> {
    if let Some(folder) = &arguments.out {
        refuse_among_data(folder, global)?;
    }
    let kind = arguments.kind.as_deref().map(find).transpose()?;
    match (kind, &arguments.out) {
        (None, None) => list()?,
        (Some(kind), None) => say_bytes(schema::text(kind).as_bytes())?,
        (None, Some(folder)) => write(&FILE_KINDS, folder)?,
        (Some(kind), Some(folder)) => write(std::slice::from_ref(kind), folder)?,
    }
    Ok(Outcome::Success)
}

fn find(name: &str) -> anyhow::Result<&'static FileKind> {
    let names = || FILE_KINDS.iter().map(|kind| kind.name);
    match FILE_KINDS.iter().find(|kind| kind.name == name) {
        Some(kind) => Ok(kind),
        None => match nearest(name, names()) {
            Some(near) => bail!("druh souboru „{name}“ není; {}", did_you_mean(near)),
            None => bail!("druh souboru „{name}“ není; druhy jsou: {}", names().collect::<Vec<_>>().join(", ")),
        },
    }
}

fn list() -> anyhow::Result<()> {
    let width = FILE_KINDS.iter().map(|kind| kind.name.len()).max().unwrap_or_default();
    let path_width = FILE_KINDS.iter().map(|kind| kind.path.len()).max().unwrap_or_default();
    for kind in &FILE_KINDS {
        say(&format!("{:width$}  {:path_width$}  {}", kind.name, kind.path, kind.title))?;
    }
    Ok(())
}

fn write(kinds: &[FileKind], folder: &Path) -> anyhow::Result<()> {
    let mut batch = Batch::default();
    for kind in kinds {
        batch.prepare(folder.join(schema::file_name(kind)), schema::text(kind).as_bytes())?;
    }
    say_written(&batch.commit()?)
}
