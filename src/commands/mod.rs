//! One file a command. Commands join reading, the core and writing; nothing else prints or writes.

pub mod check;
pub mod explain;
pub mod export;
pub mod generate_report;
pub mod output;

use std::path::Path;

use anyhow::{Context, bail};

use crate::cli::Global;
use crate::dataset::Dataset;
use crate::load;
use crate::model::Year;

/// How a run ended; the number is the process's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Success = 0,
    /// The data are wrong.
    BadData = 1,
    /// The run could not be made.
    CouldNotRun = 2,
}

fn read_dataset(global: &Global) -> anyhow::Result<Dataset> {
    Ok(Dataset::new(load::read_tree(&global.data)?))
}

/// The period that the user named.
fn find_year(dataset: &Dataset, text: &str) -> anyhow::Result<Year> {
    let year = Year::parse(text).filter(|year| dataset.strategy.periods.contains_key(year));
    let Some(year) = year else {
        let known: Vec<String> = dataset.strategy.periods.keys().map(ToString::to_string).collect();
        if known.is_empty() {
            bail!("období „{text}“ v datech není; není v nich zatím žádné");
        }
        bail!("období „{text}“ v datech není; jsou v nich: {}", known.join(", "));
    };
    Ok(year)
}

/// The region's own templates, by name below their folder.
fn read_templates(folder: Option<&Path>) -> anyhow::Result<Vec<(String, String)>> {
    let Some(folder) = folder else { return Ok(Vec::new()) };
    let files =
        load::read_tree(folder).with_context(|| format!("šablony ze složky „{}“ nejde načíst", folder.display()))?;
    files
        .into_iter()
        .map(|file| {
            let text = String::from_utf8(file.bytes)
                .with_context(|| format!("šablona „{}“ není v kódování UTF-8", file.path))?;
            Ok((file.path, text))
        })
        .collect()
}
