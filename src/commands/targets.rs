//! Where commands write what they make: never among the data, and never over what somebody may have
//! filled in meanwhile.

use std::path::{Component, Path, PathBuf, absolute};

use anyhow::bail;

use crate::cli::Global;
use crate::commands::output::{Batch, is_read_only};
use crate::commands::{Outcome, warn};
use crate::load;

/// The folder that a command writes to: the one asked for, which must not be of the data, or the usual one.
pub(super) fn output_folder(asked: Option<&Path>, usual: String, global: &Global) -> anyhow::Result<PathBuf> {
    if let Some(asked) = asked {
        refuse_among_data(asked, global)?;
        return Ok(asked.to_owned());
    }
    let usual = PathBuf::from(usual);
    // Nothing of the data has such a path, so nothing is written over; whoever works within the data folder
    // writes there as ever and learns what comes of it.
    if is_among(&usual, &global.data) {
        let (usual, data) = (load::shown(&usual), load::shown(&global.data));
        warn(&format!(
            "Složka „{usual}“ leží ve složce s daty „{data}“, kde bude každý její soubor chybou „soubor-navic“. Volbou \
             --out určete složku mimo data."
        ));
    }
    Ok(usual)
}

/// Whoever asks for an output among the data would write over data, or add what nothing reads.
pub(super) fn refuse_among_data(folder: &Path, global: &Global) -> anyhow::Result<()> {
    if is_among(folder, &global.data) {
        let (folder, data) = (load::shown(folder), load::shown(&global.data));
        bail!("„{folder}“ leží ve složce s daty „{data}“, ve které by výstup mohl data přepsat; zvolte jinou složku");
    }
    Ok(())
}

/// Whether a folder, which need not be there yet, lies where the loader reads, links and `..` aside.
fn is_among(folder: &Path, data: &Path) -> bool {
    let (Ok(data), Ok(folder)) = (data.canonicalize(), absolute(folder)) else { return false };
    let mut whole = PathBuf::new();
    for part in folder.components() {
        match part {
            Component::ParentDir => _ = whole.pop(),
            part => whole.push(part),
        }
        if let (Component::Normal(_), Ok(there)) = (part, whole.canonicalize()) {
            whole = there;
        }
    }
    whole.strip_prefix(data).is_ok_and(|below| !load::is_litter(below))
}

/// Files for filling in that are written only where nothing is lost by it.
pub(super) struct ForFillingIn {
    may_replace: bool,
    /// Read-only files that are what would be written.
    same: Vec<PathBuf>,
    stayed: Vec<PathBuf>,
}

impl ForFillingIn {
    /// None yet; with `may_replace` they are written in any case.
    pub(super) fn new(may_replace: bool) -> Self {
        Self { may_replace, same: Vec::new(), stayed: Vec::new() }
    }

    /// Prepares one, unless there is a file with other bytes: who wrote into it may have it nowhere else.
    pub(super) fn prepare(&mut self, batch: &mut Batch, target: PathBuf, bytes: &[u8]) -> anyhow::Result<()> {
        let is_another = is_another(&target, bytes);
        if !self.may_replace && is_another {
            self.stayed.push(target);
        } else if !is_another && is_read_only(&target) {
            self.same.push(target);
        } else {
            batch.prepare(target, bytes)?;
        }
        Ok(())
    }

    /// Says which files stayed and what to do about it; that there are others among them is no success.
    pub(super) fn outcome(&self) -> Outcome {
        for path in &self.same {
            warn(&format!("Beze změny zůstal: {} (nový by byl stejný)", load::shown(path)));
        }
        for path in &self.stayed {
            let and_read_only = if is_read_only(path) { " a jen ke čtení" } else { "" };
            warn(&format!("Beze změny zůstal: {} (je jiný{and_read_only})", load::shown(path)));
        }
        if self.stayed.is_empty() {
            return Outcome::Success;
        }
        warn(
            "Kde už je jiný soubor, než by se zapsal, může být něco vyplněné, a proto zůstává. Volbou --out zapíšete \
             nový do jiné složky, volbou --replace místo něj; co je v něm vyplněné, tím zmizí.",
        );
        if self.stayed.iter().any(|path| is_read_only(path)) {
            warn("Do souboru, který je jen ke čtení, k tomu napřed povolte zápis.");
        }
        Outcome::BadData
    }

    /// Whether all of them were written.
    pub(super) fn are_all_written(&self) -> bool {
        self.same.is_empty() && self.stayed.is_empty()
    }
}

/// Whether there is a file and it is not this one. One that cannot be read is another.
fn is_another(target: &Path, bytes: &[u8]) -> bool {
    target.is_file() && !load::read_form(target).is_ok_and(|there| there.bytes == bytes)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests prepare folders")]
mod tests {
    use super::*;

    #[test]
    fn folders_are_among_the_data_however_they_are_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        std::fs::create_dir_all(root.join("data/obdobi")).expect("it can be made");
        std::fs::create_dir_all(root.join("jinde")).expect("it can be made");
        let cases = [
            ("data", true),
            ("data/", true),
            ("data/obdobi", true),
            ("data/nova/slozka", true),
            ("./jinde/../data/./obdobi", true),
            ("neni/../data/nova", true),
            ("data/neni/../../jinde", false),
            ("data/../jinde", false),
            ("jinde", false),
            ("data2", false),
            ("nova/data", false),
            (".", false),
            // What begins with a dot is not read.
            ("data/.vystup", false),
        ];
        #[cfg(not(unix))]
        let linked = [];
        #[cfg(unix)]
        let linked = {
            std::os::unix::fs::symlink(root.join("data/obdobi"), root.join("odkaz")).expect("it can be made");
            std::os::unix::fs::symlink(root.join("jinde"), root.join("data/ven")).expect("it can be made");
            [("odkaz", true), ("odkaz/nova", true), ("odkaz/..", true), ("data/ven/nova", false)]
        };
        let data = root.join("data");
        for (path, expected) in cases.into_iter().chain(linked) {
            assert_eq!(is_among(&root.join(path), &data), expected, "{path}");
        }
        assert!(!is_among(Path::new("data"), &root.join("neni")), "there are no data to write over");
    }
}
