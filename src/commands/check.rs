//! `plneni check`: every finding in every file. It writes only when asked to correct.

use similar::TextDiff;

use crate::cli::{Check, Global};
use crate::commands::output::Batch;
use crate::commands::{Outcome, find_year, git, read_dataset, root, say, say_bytes, show};
use crate::dataset::{Dataset, n_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fix::{self, Correction};
use crate::{emit, load, scope};

/// Checks the definitions and all periods, or just one.
pub fn run(arguments: &Check, global: &Global) -> anyhow::Result<Outcome> {
    if arguments.diff {
        return show_corrections(&corrections(arguments, global)?, global);
    }
    if arguments.fix {
        correct(&corrections(arguments, global)?, global)?;
    }
    let dataset = read_dataset(global)?;
    let found = found(&dataset, arguments, global)?;
    show(&dataset, &found, global, arguments.notes);
    say(&emit::summary(&found, dataset.files.iter().count()))?;
    let n_denied =
        n_of(&found, Severity::Error) + if arguments.deny.is_some() { n_of(&found, Severity::Warning) } else { 0 };
    Ok(if n_denied > 0 { Outcome::BadData } else { Outcome::Success })
}

/// The findings that the arguments ask for.
fn found(dataset: &Dataset, arguments: &Check, global: &Global) -> anyhow::Result<Vec<Diagnostic>> {
    let only = arguments.period.as_deref().map(|text| find_year(dataset, text)).transpose()?;
    let found = dataset.check(only);
    if let Some(revision) = &arguments.changed_since {
        let changes = git::changes_since(&global.data, revision)?;
        let before = Dataset::new(changes.before);
        return Ok(scope::about_changes(dataset, found, &changes.paths, &before, &before.check(None)));
    }
    if arguments.paths.is_empty() {
        return Ok(found);
    }
    let paths: Vec<String> =
        arguments.paths.iter().map(|path| load::below(&global.data, path)).collect::<anyhow::Result<_>>()?;
    Ok(scope::about_paths(dataset, found, &paths))
}

/// The corrections of the findings that the arguments ask for.
fn corrections(arguments: &Check, global: &Global) -> anyhow::Result<Vec<Correction>> {
    let raw_files = load::read_tree(&global.data)?;
    let dataset = Dataset::new(raw_files.clone());
    let found = found(&dataset, arguments, global)?;
    Ok(fix::corrections(&raw_files, &dataset.files, &found))
}

/// Writes all corrected files or none.
fn correct(corrections: &[Correction], global: &Global) -> anyhow::Result<()> {
    let mut batch = Batch::default();
    for correction in corrections {
        batch.prepare(global.data.join(&correction.path), &correction.bytes)?;
    }
    batch.commit()?;
    for correction in corrections {
        say(&format!("Opraveno: {}/{} ({}×)", root(global), correction.path, correction.n_findings))?;
    }
    Ok(())
}

/// Shows what would be corrected; there being something is not success, so that CI can ask.
fn show_corrections(corrections: &[Correction], global: &Global) -> anyhow::Result<Outcome> {
    for correction in corrections {
        let path = format!("{}/{}", root(global), correction.path);
        let diff = TextDiff::from_lines(&correction.before, &correction.after);
        let text = diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string();
        say_bytes(text.as_bytes())?;
    }
    Ok(if corrections.is_empty() { Outcome::Success } else { Outcome::BadData })
}
