//! Changes of several files that are to be seen all or none, whatever interrupts them.
//!
//! The new texts are written under names that start with a dot, and then the journal that says where
//! they belong. From the moment it lies in the data folder the change holds: [`super::read_tree`] reads
//! through it, as if everything in it was done, and the next `import`, `period new`, `period freeze` or
//! `check --fix` does it. Each step can be done twice, so it does not matter where it stopped. What somebody
//! wrote since to a file that is to be replaced or removed is neither read nor lost: both refuse. It never
//! writes.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use crate::load::shown;

/// The journal's name in the data folder; files that start with a dot are no data.
pub const NAME: &str = ".plneni-zapis.json";

/// How the names of prepared files begin.
pub const PREFIX: &str = ".plneni-";

/// What is to be done. Paths are below the data folder, with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journal {
    /// Prepared files and where they belong.
    pub put: Vec<Put>,
    /// Files that go, after all others are in their places; see [`Self::renaming`] for which do not.
    pub remove: Vec<String>,
    /// What lay in the places of all these files when the change was prepared: their SHA-256, or nothing. Of a
    /// place that is not among them nothing is known, an earlier program did not say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub before: BTreeMap<String, Option<String>>,
}

/// A prepared file and where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Put {
    /// Its name until it is in its place.
    pub prepared: String,
    /// Its place.
    pub target: String,
    /// The SHA-256 of what is in it, which an earlier program did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

impl Journal {
    /// Reads a journal. One that leads out of the data folder is refused: it may come from elsewhere.
    pub fn parse(bytes: &[u8], root: &Path) -> anyhow::Result<Self> {
        let name = || format!("soubor „{}“ nejde přečíst; smažte ho a zápis zopakujte", shown(root.join(NAME)));
        let journal: Self = serde_json::from_slice(bytes).with_context(name)?;
        let puts = journal.put.iter().flat_map(|put| [&put.prepared, &put.target]);
        if let Some(path) = puts.chain(&journal.remove).find(|path| !is_below(path)) {
            bail!("{}: cesta „{path}“ vede mimo složku s daty", name());
        }
        if let Some(put) = journal.put.iter().find(|put| !put.is_beside()) {
            bail!("{}: „{}“ není připravený soubor", name(), put.prepared);
        }
        Ok(journal)
    }

    /// Refuses a change that would now lose something: somebody wrote since to a file that it replaces or
    /// removes, or a prepared file is gone, and what makes way for it would go as well. A file that went since
    /// is no loss. `digest_of` is the SHA-256 of a file, if it is there.
    pub fn refuse_loss(
        &self,
        root: &Path,
        digest_of: impl Fn(&Path) -> anyhow::Result<Option<String>>,
    ) -> anyhow::Result<()> {
        // Digests come first: whoever is just making the change puts its files in their places meanwhile.
        for put in &self.put {
            let there = digest_of(&root.join(&put.target))?;
            if put.is_left(root) && !self.is_before(&put.target, there.as_ref()) {
                let prepared = root.join(&put.prepared);
                bail!(changed(root, &put.target, &format!("má ho nahradit „{}“", shown(prepared))));
            }
            if !put.is_left(root) && !self.is_done(put, digest_of(&root.join(&put.target))?) {
                let (stopped, prepared, target) = (stopped(root), root.join(&put.prepared), root.join(&put.target));
                bail!(
                    "{stopped}: chybí připravený soubor „{}“, ze kterého má být „{}“; nic se nesmazalo. Vraťte ho, nebo smažte „{}“ a zápis zopakujte",
                    shown(prepared),
                    shown(target),
                    shown(root.join(NAME))
                );
            }
        }
        for removed in &self.remove {
            let there = digest_of(&root.join(removed))?;
            let is_left = self.renaming(removed).is_none_or(|put| put.is_left(root));
            if is_left && !self.is_before(removed, there.as_ref()) {
                bail!(changed(root, removed, "má být odstraněn"));
            }
        }
        Ok(())
    }

    /// Whether a file that is no longer prepared was put in its place: there is one, which is not still the old
    /// one. Somebody may have changed it since.
    fn is_done(&self, put: &Put, there: Option<String>) -> bool {
        let is_known = self.before.contains_key(&put.target);
        let is_old = is_known && there != put.digest && self.is_before(&put.target, there.as_ref());
        there.is_some() && !is_old
    }

    /// Whether what lies in a place lay there before. A file that is only to have its name in other letters may
    /// have that name already.
    fn is_before(&self, path: &str, there: Option<&String>) -> bool {
        let Some(there) = there else { return true };
        let Some(before) = self.before.get(path) else { return true };
        let folded = path.to_lowercase();
        let renamed = self.remove.iter().filter(|removed| removed.to_lowercase() == folded);
        let renamed = renamed.filter_map(|removed| self.before.get(removed)?.as_ref());
        before.iter().chain(renamed).any(|before| before == there)
    }

    /// Changes which file is read under which name, as if all of it was done.
    pub fn apply(&self, root: &Path, files: &mut BTreeMap<String, PathBuf>) {
        for put in &self.put {
            if put.is_left(root) {
                files.insert(put.target.clone(), root.join(&put.prepared));
            }
        }
        for removed in &self.remove {
            let there = files.remove(removed);
            // The new file may lie in its place already, by the name of the old one.
            if let (Some(path), Some(put)) = (there, self.renaming(removed)) {
                files.entry(put.target.clone()).or_insert(path);
            }
        }
    }

    /// What comes to the place of a file that goes and differs from it in letter case only. Windows and
    /// macOS take the two names for one file, so that removing the old one would remove the new one.
    pub fn renaming(&self, removed: &str) -> Option<&Put> {
        let folded = removed.to_lowercase();
        self.put.iter().find(|put| put.target.to_lowercase() == folded)
    }
}

impl Put {
    /// Whether the prepared file is still to be put in its place.
    pub fn is_left(&self, root: &Path) -> bool {
        root.join(&self.prepared).is_file()
    }

    /// Whether the prepared file lies beside its place, under a name that nothing else reads.
    fn is_beside(&self) -> bool {
        let (prepared, target) = (Path::new(&self.prepared), Path::new(&self.target));
        let is_hidden = prepared.file_name().is_some_and(|name| name.to_string_lossy().starts_with(PREFIX));
        is_hidden && prepared.parent() == target.parent()
    }
}

fn stopped(root: &Path) -> String {
    format!("zápis, který byl přerušen, nejde číst ani dokončit (viz „{}“)", shown(root.join(NAME)))
}

/// How to go on without losing either of two files.
fn changed(root: &Path, path: &str, fate: &str) -> String {
    let (stopped, path) = (stopped(root), root.join(path));
    let path = shown(path);
    format!(
        "{stopped}: soubor „{path}“ se od té doby změnil a {fate}. Přesuňte „{path}“ ze složky s daty jinam, dokončete zápis příkazem „plneni check --fix“ a pak přeneste do dat, co z přesunutého souboru platí"
    )
}

fn is_below(path: &str) -> bool {
    let is_name = |part: Component<'_>| matches!(part, Component::Normal(_));
    !path.is_empty() && !path.contains('\\') && Path::new(path).components().all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_that_leads_elsewhere_is_refused() {
        let root = Path::new("data");
        for path in ["../a.yaml", "/etc/passwd", "a/../../b", "", "..\\a"] {
            let journal = Journal { put: Vec::new(), remove: vec![path.to_owned()], ..Journal::default() };
            let bytes = serde_json::to_vec(&journal).expect("it can be written");
            let refused = Journal::parse(&bytes, root).expect_err(path);
            assert!(format!("{refused:#}").contains("vede mimo složku s daty"), "{refused:#}");
        }
        let put = Put { prepared: "klic/id_rsa".to_owned(), target: "obdobi/2023/uvod.md".to_owned(), digest: None };
        let bytes = serde_json::to_vec(&Journal { put: vec![put], ..Journal::default() }).expect("it can be written");
        assert!(Journal::parse(&bytes, root).is_err());
        let broken = Journal::parse(b"{", root).expect_err("it is broken");
        assert!(format!("{broken:#}").contains("smažte ho a zápis zopakujte"), "{broken:#}");
    }

    #[test]
    fn a_new_file_is_read_also_where_the_system_left_it_the_old_name() {
        let put =
            Put { prepared: "podklady/.plneni-1".to_owned(), target: "podklady/osv.yaml".to_owned(), digest: None };
        let journal = Journal { put: vec![put], remove: vec!["podklady/OSV.yaml".to_owned()], ..Journal::default() };
        let root = Path::new("there is no such folder");
        for there in [&["podklady/OSV.yaml"][..], &["podklady/osv.yaml"], &["podklady/OSV.yaml", "podklady/osv.yaml"]] {
            let mut files = there.iter().map(|path| ((*path).to_owned(), root.join(path))).collect();
            journal.apply(root, &mut files);
            assert_eq!(files.into_keys().collect::<Vec<_>>(), ["podklady/osv.yaml"], "{there:?}");
        }
    }
}
