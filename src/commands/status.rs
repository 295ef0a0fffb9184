//! `plneni status`: how the collecting of submissions stands.

use std::io::IsTerminal;

use anyhow::bail;

use crate::cli::{Global, Status, StatusFormat};
use crate::collection::{Collection, write};
use crate::commands::{Outcome, clock, find_readable_year, parse_date, read_dataset, say_bytes, show_errors, warn};
use crate::dataset::n_of;
use crate::diagnostic::Severity;

/// Prints how the collecting stands on a day, today where none is given.
pub fn run(arguments: &Status, global: &Global) -> anyhow::Result<Outcome> {
    let as_of = match &arguments.as_of {
        Some(text) => parse_date("--as-of", text)?,
        None => clock::today()?,
    };
    let dataset = read_dataset(global)?;
    let Some(year) = find_readable_year(dataset, &arguments.year, global)? else { return Ok(Outcome::BadData) };
    let found = dataset.check(Some(year));
    if show_errors(dataset, &dataset.of_asked(found.clone()), global) {
        warn("Přehled nebyl vypsán: dokud jsou chyby v definicích, neví se, kdo má co předložit. Nejdřív je opravte.");
        return Ok(Outcome::BadData);
    }
    let Some(period) = dataset.period(year) else { bail!("období {year} v datech není") };
    let collection = Collection::new(dataset.strategy_of(year), period, as_of);
    match arguments.format {
        None => say_bytes(write::text(&collection, terminal_width()).as_bytes())?,
        Some(StatusFormat::Md) => say_bytes(write::markdown(&collection).as_bytes())?,
        Some(StatusFormat::Csv) => say_bytes(&write::csv(&collection)?)?,
        Some(StatusFormat::Json) => say_bytes((serde_json::to_string_pretty(&collection)? + "\n").as_bytes())?,
    }
    if dataset.frozen_by(year).is_some() {
        warn(&format!("Období {year} je zmrazené, podklady k němu se už nesbírají."));
    }
    let n_errors = n_of(&found, Severity::Error);
    if n_errors > 0 {
        warn(&format!("Počet chyb v datech: {n_errors}; co se nedalo přečíst, tu chybí. Chyby vypíše „plneni check“."));
    }
    Ok(Outcome::Success)
}

/// How wide the terminal is; `None` where the output goes elsewhere.
fn terminal_width() -> Option<usize> {
    let stdout = std::io::stdout();
    let (width, _) = stdout.is_terminal().then(|| terminal_size::terminal_size_of(&stdout)).flatten()?;
    Some(usize::from(width.0))
}
