//! `plneni check`: every finding in every file. It never writes.

use crate::cli::{Check, Global};
use crate::commands::{Outcome, find_year, read_dataset, say, show};
use crate::dataset::n_of;
use crate::diagnostic::Severity;
use crate::emit;

/// Checks the definitions and all periods, or just one.
pub fn run(arguments: &Check, global: &Global) -> anyhow::Result<Outcome> {
    let dataset = read_dataset(global)?;
    let only = arguments.period.as_deref().map(|text| find_year(&dataset, text)).transpose()?;
    let diagnostics = dataset.check(only);
    show(&dataset, &diagnostics, global, arguments.notes);
    say(&emit::summary(&diagnostics, dataset.files.iter().count()))?;
    let n_denied = n_of(&diagnostics, Severity::Error)
        + if arguments.deny.is_some() { n_of(&diagnostics, Severity::Warning) } else { 0 };
    Ok(if n_denied > 0 { Outcome::BadData } else { Outcome::Success })
}
