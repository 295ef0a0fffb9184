//! `plneni templates export`: the built-in templates as files to start from.

use anyhow::bail;

use crate::cli::TemplatesExport;
use crate::commands::output::Batch;
use crate::commands::{Outcome, say};
use crate::render::templates::BUILT_IN;

/// Writes all built-in templates into a folder that has nothing in it yet.
pub fn run(arguments: &TemplatesExport) -> anyhow::Result<Outcome> {
    let folder = &arguments.folder;
    if folder.exists() && ignore::WalkBuilder::new(folder).standard_filters(false).build().count() != 1 {
        bail!("složka „{}“ není prázdná; zvolte jinou, aby se nic nepřepsalo", folder.display());
    }
    let mut batch = Batch::default();
    for (name, text) in BUILT_IN {
        batch.prepare(folder.join(name), text.as_bytes())?;
    }
    let paths = batch.commit()?;
    say(&format!("Zapsáno šablon: {} do složky {}", paths.len(), folder.display()))?;
    say(&format!("Použijete je volbou --templates {}", folder.display()))?;
    Ok(Outcome::Success)
}
