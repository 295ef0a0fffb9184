//! `plneni templates export`: the built-in templates as files to start from.

use anyhow::bail;

use crate::cli::{Global, TemplatesExport};
use crate::commands::output::Batch;
use crate::commands::targets::refuse_among_data;
use crate::commands::{Outcome, say};
use crate::load;
use crate::render::templates::BUILT_IN;

/// Writes all built-in templates into a folder that has nothing in it yet.
pub fn run(arguments: &TemplatesExport, global: &Global) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    refuse_among_data(folder, global)?;
    if folder.exists() && ignore::WalkBuilder::new(folder).standard_filters(false).build().count() != 1 {
        bail!("složka „{}“ není prázdná; zvolte jinou, aby se nic nepřepsalo", load::shown(folder));
    }
    let mut batch = Batch::default();
    for (name, text) in BUILT_IN {
        batch.prepare(folder.join(name), text.as_bytes())?;
    }
    let paths = batch.commit()?;
    let folder = load::shown(folder);
    say(&format!("Zapsáno šablon: {} do složky {folder}", paths.len()))?;
    say(&format!("Použijete je volbou --templates {folder}"))?;
    Ok(Outcome::Success)
}
