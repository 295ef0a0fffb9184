//! Writing files whole or not at all, and adding to one that somebody else began.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use tempfile::NamedTempFile;

/// Files to be written together: all are prepared beside their targets first, then renamed.
#[derive(Debug, Default)]
pub struct Batch {
    prepared: Vec<(NamedTempFile, PathBuf)>,
}

impl Batch {
    #[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
    /// Writes the bytes of one file under a temporary name; nothing is visible yet.
    pub fn prepare(&mut self, target: PathBuf, bytes: &[u8]) -> anyhow::Result<()> {
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).with_context(|| format!("složku „{}“ nejde vytvořit", folder.display()))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".plneni-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o644));
        }
        let mut file =
            builder.tempfile_in(folder).with_context(|| format!("do složky „{}“ nejde zapisovat", folder.display()))?;
        // Not flushed to the disk: a document can be made again, and a rename keeps the old one whole
        // until the new one is there.
        file.write_all(bytes).with_context(|| format!("soubor „{}“ nejde zapsat", target.display()))?;
        self.prepared.push((file, target));
        Ok(())
    }

    /// Puts all files in their places; gives back their paths in the order they were prepared.
    pub fn commit(self) -> anyhow::Result<Vec<PathBuf>> {
        self.prepared
            .into_iter()
            .map(|(file, target)| {
                file.persist(&target)
                    .map_err(|error| error.error)
                    .with_context(|| format!("soubor „{}“ nejde zapsat", target.display()))?;
                Ok(target)
            })
            .collect()
    }
}

/// Adds a text to the end of a file, which need not be there yet. `text` is told how long it is.
#[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
pub fn append(target: &Path, text: impl FnOnce(u64) -> String) -> anyhow::Result<()> {
    let failure = || format!("do souboru „{}“ nejde zapisovat", target.display());
    let mut file = fs::OpenOptions::new().create(true).append(true).open(target).with_context(failure)?;
    let length = file.metadata().with_context(failure)?.len();
    file.write_all(text(length).as_bytes()).with_context(failure)
}
