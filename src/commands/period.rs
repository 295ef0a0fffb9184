//! `plneni period`: what happens to a period as a whole.

use anyhow::bail;

use crate::cli::{Global, PeriodNew};
use crate::commands::output::Batch;
use crate::commands::{Outcome, parse_date, read_dataset, say, show_errors, written_path};
use crate::dataset::Dataset;
use crate::diagnostic::Diagnostic;
use crate::model::Year;
use crate::opening::Opening;

/// Writes the files that a period begins with, where there are none yet.
pub fn new(arguments: &PeriodNew, global: &Global) -> anyhow::Result<Outcome> {
    let Some(year) = Year::parse(&arguments.year) else {
        bail!("„{}“ není rok; období se jmenuje podle svého posledního roku, například 2025", arguments.year)
    };
    let opening = Opening {
        year,
        from: parse_date("--from", &arguments.from)?,
        to: parse_date("--to", &arguments.to)?,
        due: parse_date("--due", &arguments.due)?,
    };
    let dataset = read_dataset(global)?;
    let files = opening.files();
    if let Some((path, _)) = files.iter().find(|(path, _)| global.data.join(path).exists()) {
        bail!("soubor „{}/{path}“ už existuje; nic se nepřepsalo ani nepřidalo", written_path(&global.data));
    }
    // A period whose days cannot be read might overlap this one.
    if show_errors(&dataset, &of_definitions_of_periods(&dataset), global) {
        return Ok(Outcome::BadData);
    }
    if let Some(fault) = opening.fault(dataset.strategy.periods.values()) {
        bail!("období {year} nejde založit: {fault}");
    }
    let mut batch = Batch::default();
    for (path, text) in &files {
        batch.prepare(global.data.join(path), text.as_bytes())?;
    }
    for path in batch.commit()? {
        say(&format!("Zapsáno: {}", written_path(&path)))?;
    }
    say(&format!("Podklady patří do složky {}/obdobi/{year}/podklady.", written_path(&global.data)))?;
    Ok(Outcome::Success)
}

/// What was wrong with reading `obdobi.yaml` of any period.
fn of_definitions_of_periods(dataset: &Dataset) -> Vec<Diagnostic> {
    let is_definition = |found: &&Diagnostic| {
        let path = dataset.files.path(found.place);
        path.starts_with("obdobi/") && path.ends_with("/obdobi.yaml")
    };
    dataset.loading().iter().filter(is_definition).cloned().collect()
}
