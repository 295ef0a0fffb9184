//! What a command may write over: never what somebody may have filled in meanwhile.

use std::path::{Path, PathBuf};

use crate::commands::output::Batch;
use crate::commands::{Outcome, warn, written_path};
use crate::load;

/// Files for filling in that are written only where nothing is lost by it.
pub(super) struct ForFillingIn {
    may_replace: bool,
    stayed: Vec<PathBuf>,
}

impl ForFillingIn {
    /// None yet; with `may_replace` they are written in any case.
    pub(super) fn new(may_replace: bool) -> Self {
        Self { may_replace, stayed: Vec::new() }
    }

    /// Prepares one, unless there is a file with other bytes: who wrote into it may have it nowhere else.
    pub(super) fn prepare(&mut self, batch: &mut Batch, target: PathBuf, bytes: &[u8]) -> anyhow::Result<()> {
        if !self.may_replace && is_another(&target, bytes) {
            self.stayed.push(target);
            return Ok(());
        }
        batch.prepare(target, bytes)
    }

    /// Says which files stayed and what to do about it; that there are any is no success.
    pub(super) fn outcome(&self) -> Outcome {
        if self.stayed.is_empty() {
            return Outcome::Success;
        }
        for path in &self.stayed {
            warn(&format!("Beze změny zůstal: {}", written_path(path)));
        }
        warn(
            "Kde už je jiný soubor, než by se zapsal, může být něco vyplněné, a proto zůstává. Volbou --out zapíšete \
             nový do jiné složky, volbou --replace místo něj; co je v něm vyplněné, tím zmizí.",
        );
        Outcome::BadData
    }

    /// Whether all of them were written.
    pub(super) fn are_all_written(&self) -> bool {
        self.stayed.is_empty()
    }
}

/// Whether there is a file and it is not this one. One that cannot be read is another.
fn is_another(target: &Path, bytes: &[u8]) -> bool {
    target.is_file() && !load::read_form(target).is_ok_and(|there| there.bytes == bytes)
}
