//! `plneni check --fix` and `--diff`: what [`crate::fix`] corrects, written or shown.

use crate::cli::{Check, Global};
use crate::commands::check::{found, named_paths};
use crate::commands::output::{self, Batch};
use crate::commands::{Outcome, patch, say, say_bytes, warn};
use crate::dataset::Dataset;
use crate::emit::Stream;
use crate::fix::{self, Correction};
use crate::{load, scope};

/// The corrections of the findings that the arguments ask for. Findings about what named files speak of may stand
/// in other files, which nobody asked to have written.
pub(super) fn corrections(arguments: &Check, global: &Global) -> anyhow::Result<Vec<Correction>> {
    output::tell_pending(&global.data)?;
    let raw_files = load::read_tree_within(&global.data, &global.reading())?;
    let dataset = Dataset::new(raw_files.clone());
    let mut found = found(&dataset, arguments, global)?;
    let named = named_paths(arguments, global)?;
    let is_named = |path: &str| named.is_empty() || named.iter().any(|named| scope::is_under(path, named));
    found.retain(|found| is_named(dataset.files.path(found.place)));
    Ok(fix::corrections(&raw_files, &dataset.files, &found))
}

/// Writes all corrected files or none, and says which, where that does not mix with findings.
pub(super) fn correct(corrections: &[Correction], global: &Global, findings_go_to: Stream) -> anyhow::Result<()> {
    let mut batch = Batch::default();
    for correction in corrections {
        batch.prepare(global.data.join(&correction.path), correction.after.as_bytes())?;
    }
    batch.commit()?;
    for correction in corrections {
        let line = format!("Opraveno: {}/{} ({}×)", load::shown(&global.data), correction.path, correction.n_findings);
        match findings_go_to {
            Stream::Output => warn(&line),
            Stream::Messages => say(&line)?,
        }
    }
    Ok(())
}

/// Shows what would be corrected; there being something is not success, so that CI can ask.
pub(super) fn show(corrections: &[Correction], global: &Global) -> anyhow::Result<Outcome> {
    for correction in corrections {
        let path = format!("{}/{}", load::shown(&global.data), correction.path);
        if correction.is_recoded {
            warn(&format!(
                "{path} je v kódování windows-1250 a git tuto opravu použít neumí; zapíše ji „plneni check --fix“."
            ));
        }
        say_bytes(patch::unified(&path, &path, &correction.before, &correction.after).as_bytes())?;
    }
    Ok(if corrections.is_empty() { Outcome::Success } else { Outcome::BadData })
}
