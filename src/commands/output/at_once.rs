//! Data that belong together, written all at once through a journal, and what an interrupted run left
//! finished: see [`journal`].

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::commands::output::lock::is_held;
use crate::commands::output::{Batch, refuse_irreplaceable};
use crate::commands::{unfinished, warn};
use crate::load;
use crate::load::journal::{self, Journal, Put};

/// What finishes a change that was interrupted.
const FINISHERS: &str = "příští „plneni import“, „plneni period new“, „plneni period freeze“ nebo „plneni check --fix“";

impl Batch {
    /// Puts all files below `root` in their places and takes away what is to go, so that whoever reads
    /// the folder sees either all of it or nothing, wherever the run is interrupted: see [`journal`].
    pub fn commit_at_once(self, root: &Path) -> anyhow::Result<()> {
        let mut kept = self;
        let steps = kept.steps(root)?;
        let mut unfinished = unfinished::lock();
        // What the journal names must outlive an interruption.
        unfinished.files.clear();
        perform(&steps)
            .with_context(|| format!("zápis se nepodařilo dokončit; je-li začatý, dokončí ho {FINISHERS}"))?;
        unfinished.is_written = true;
        Ok(())
    }

    /// The steps of [`Self::commit_at_once`]. With the first one the change holds.
    fn steps(&mut self, root: &Path) -> anyhow::Result<Vec<Step>> {
        self.removed.iter().try_for_each(|removed| refuse_irreplaceable(removed))?;
        let mut journal = Journal::default();
        let mut kept = Vec::new();
        for (file, target) in std::mem::take(&mut self.prepared) {
            file.as_file().sync_all().with_context(|| format!("soubor „{}“ nejde zapsat", load::shown(&target)))?;
            let prepared = target.with_file_name(file.path().file_name().unwrap_or_default());
            journal.before.insert(below(root, &target)?, load::digest_of(&target)?);
            journal.put.push(Put {
                digest: load::digest_of(&prepared)?,
                prepared: below(root, &prepared)?,
                target: below(root, &target)?,
            });
            kept.push(file);
        }
        for removed in &self.removed {
            journal.before.insert(below(root, removed)?, load::digest_of(removed)?);
            journal.remove.push(below(root, removed)?);
        }
        let place = root.join(journal::NAME);
        let written = self.temporary(&place, &serde_json::to_vec(&journal)?)?;
        written.as_file().sync_all().with_context(|| format!("soubor „{}“ nejde zapsat", load::shown(&place)))?;
        kept.push(written);
        let mut prepared = PathBuf::new();
        // From here on the prepared files outlive the run.
        for file in kept {
            (_, prepared) = file.keep().context("připravený soubor nejde ponechat")?;
        }
        // Nor may the journal be on the disk sooner than they and the folders made for them.
        let folders = journal.put.iter().flat_map(|put| Path::new(&put.prepared).ancestors().skip(1));
        folders.collect::<BTreeSet<_>>().into_iter().for_each(|folder| sync(&root.join(folder)));
        let mut steps = vec![Step::Rename(prepared, place)];
        steps.extend(steps_of(&journal, root));
        Ok(steps)
    }
}

/// One change of the disk that either happens or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
}

/// Finishes the change that an earlier run was interrupted in, when there is one, and says so.
pub(super) fn finish(root: &Path) -> anyhow::Result<()> {
    let Some(journal) = load::read_journal(root)? else { return Ok(()) };
    let uninterrupted = unfinished::lock();
    perform(&steps_of(&journal, root)).context("dřívější zápis se nepodařilo dokončit")?;
    drop(uninterrupted);
    warn("Zápis, který byl přerušen, je dokončený:");
    let name = |path: &str| format!("{}/{path}", load::shown(root));
    journal.put.iter().for_each(|put| warn(&format!("Zapsáno: {}", name(&put.target))));
    journal.remove.iter().for_each(|removed| warn(&format!("Odstraněno: {}", name(removed))));
    Ok(())
}

/// Says that what is read is not yet what lies in its place, when an earlier run was interrupted. One that is
/// still at it was not, and one that let go of its lock has taken its journal away before.
pub fn tell_pending(root: &Path) -> anyhow::Result<()> {
    if load::read_journal(root)?.is_some() && !is_held(root) && root.join(journal::NAME).exists() {
        warn(&format!(
            "Zápis do složky „{}“ byl přerušen: čte se, jako by byl hotový, ale některé soubory mohou být zatím dřívější. Dokončí ho {FINISHERS}.",
            load::shown(root)
        ));
    }
    Ok(())
}

/// What is left to be done once the journal is in its place; the journal goes last. That nothing prepared was
/// lost, [`Journal::refuse_loss`] saw.
///
/// A file that goes for one whose name differs in letter case only takes that name before the new one
/// takes its place, see [`Journal::renaming`]. Once the new one is there, nothing is left to be done.
fn steps_of(journal: &Journal, root: &Path) -> Vec<Step> {
    let (renamed, removed): (Vec<_>, Vec<_>) =
        journal.remove.iter().map(|path| (path, journal.renaming(path))).partition(|(_, put)| put.is_some());
    let renamed = renamed.into_iter().filter_map(|(path, put)| Some((path, put?)));
    let renamed = renamed.filter(|(path, put)| put.is_left(root) && root.join(path).exists());
    let renamed = renamed.map(|(path, put)| Step::Rename(root.join(path), root.join(&put.target)));
    let placed = journal.put.iter().filter(|put| put.is_left(root));
    let placed = placed.map(|put| Step::Rename(root.join(&put.prepared), root.join(&put.target)));
    let removed = removed.into_iter().map(|(path, _)| Step::Remove(root.join(path)));
    renamed.chain(placed).chain(removed).chain([Step::Remove(root.join(journal::NAME))]).collect()
}

#[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
fn perform(steps: &[Step]) -> anyhow::Result<()> {
    for step in steps {
        let (done, path) = match step {
            Step::Rename(from, to) => (fs::rename(from, to), to),
            Step::Remove(path) => (fs::remove_file(path), path),
        };
        match done {
            // An earlier run removed it. What is to be renamed was there when the steps were made.
            Err(error) if error.kind() == ErrorKind::NotFound && matches!(step, Step::Remove(_)) => {}
            done => done.with_context(|| format!("soubor „{}“ nejde zapsat nebo smazat", load::shown(path)))?,
        }
        path.parent().into_iter().for_each(sync);
    }
    Ok(())
}

/// The order of the steps is to hold on the disk too; where it cannot be asked for, it mostly does.
fn sync(folder: &Path) {
    #[cfg(unix)]
    #[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = folder;
}

/// A path below `root` as the journal has it.
fn below(root: &Path, path: &Path) -> anyhow::Result<String> {
    let below = path.strip_prefix(root).with_context(|| format!("„{}“ neleží ve složce s daty", load::shown(path)))?;
    Ok(load::slashed(below))
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests prepare folders")]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const OLD: [(&str, &str); 4] =
        [("a/OZP.yaml", "old"), ("a/osv.csv", "old"), ("a/oz.yaml", "old"), ("b.yaml", "kept")];
    const NEW: [(&str, &str); 5] =
        [("a/osv.yaml", "new"), ("a/oz.yaml", "new"), ("a/ozp.yaml", "new"), ("b.yaml", "kept"), ("c/d.yaml", "new")];

    fn seen(root: &Path) -> Vec<(String, String)> {
        let files = load::read_tree(root).expect("the folder can be read");
        files.into_iter().map(|file| (file.path, String::from_utf8(file.bytes).expect("UTF-8"))).collect()
    }

    fn seen_on_disk(root: &Path, path: &str) -> Option<String> {
        fs::read_to_string(root.join(path)).ok()
    }

    fn expected(files: &[(&str, &str)]) -> Vec<(String, String)> {
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    /// A folder with the old files, and the steps to the new ones.
    fn prepared() -> (tempfile::TempDir, Vec<Step>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in OLD {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
            fs::write(path, text).expect("it can be written");
        }
        let mut batch = Batch::default();
        for path in ["a/osv.yaml", "a/oz.yaml", "a/ozp.yaml", "c/d.yaml"] {
            batch.prepare(folder.path().join(path), b"new").expect("it can be prepared");
        }
        batch.remove(folder.path().join("a/OZP.yaml"));
        batch.remove(folder.path().join("a/osv.csv"));
        let steps = batch.steps(folder.path()).expect("they can be made");
        (folder, steps)
    }

    #[test]
    fn a_crash_between_any_two_steps_leaves_all_of_the_old_or_all_of_the_new() {
        let n_steps = prepared().1.len();
        assert_eq!(n_steps, 8);
        for n_done in 0..=n_steps {
            // The run that finishes may crash as well.
            for n_finished in 0..=n_steps {
                let (folder, steps) = prepared();
                let root = folder.path();
                perform(&steps[..n_done]).expect("the steps can be done");
                let state = expected(if n_done == 0 { &OLD } else { &NEW });
                assert_eq!(seen(root), state, "after {n_done} steps");
                if let Some(journal) = load::read_journal(root).expect("it can be read") {
                    let rest = steps_of(&journal, root);
                    perform(&rest[..n_finished.min(rest.len())]).expect("the steps can be done again");
                    assert_eq!(seen(root), state, "after {n_done} steps and {n_finished} of the next run");
                }
                finish(root).expect("it can be finished");
                assert_eq!(seen(root), state);
                assert!(!root.join(journal::NAME).exists());
                let is_on_disk = |(path, text): &(String, String)| {
                    fs::read_to_string(root.join(path)).is_ok_and(|read| read == *text)
                };
                assert!(state.iter().all(is_on_disk) && root.join("a/osv.csv").exists() == (n_done == 0));
            }
        }
    }

    #[test]
    fn what_somebody_wrote_since_is_never_lost() {
        let paths = ["a/OZP.yaml", "a/osv.csv", "a/oz.yaml", "a/osv.yaml", "a/ozp.yaml", "c/d.yaml"];
        for n_done in 1..prepared().1.len() {
            for path in paths {
                let (folder, steps) = prepared();
                let root = folder.path();
                perform(&steps[..n_done]).expect("the steps can be done");
                let is_old = seen_on_disk(root, path).is_none_or(|text| text == "old");
                fs::write(root.join(path), "hers").expect("it can be written");
                let read = load::read_tree(root);
                let finished = finish(root);
                assert_eq!(seen_on_disk(root, path).as_deref(), Some("hers"), "{path} after {n_done} steps");
                assert_eq!(read.is_err(), finished.is_err(), "{path} after {n_done} steps");
                // What is in its place already may be changed.
                assert!(finished.is_err() || !is_old || path == "a/OZP.yaml", "{path} after {n_done} steps");
                let Err(refused) = finished else { continue };
                // Where letter case makes no other file, two names of one are as good.
                let refused = refused.to_string().to_lowercase();
                assert!(refused.contains(&format!("{}“ se od té doby změnil", path.to_lowercase())), "{refused}");
                fs::remove_file(root.join(path)).expect("it is there");
                finish(root).expect("nothing is lost any more");
                assert_eq!(seen(root), expected(&NEW), "{path} after {n_done} steps");
            }
        }
    }

    #[test]
    fn where_a_prepared_file_is_lost_nothing_is_removed() {
        for n_done in 1..prepared().1.len() {
            for is_known in [true, false] {
                let (folder, steps) = prepared();
                let root = folder.path();
                perform(&steps[..n_done]).expect("the steps can be done");
                let mut journal = load::read_journal(root).expect("it can be read").expect("it is there");
                if !is_known {
                    journal.before.clear();
                    journal.put.iter_mut().for_each(|put| put.digest = None);
                    let text = serde_json::to_vec(&journal).expect("it can be written");
                    fs::write(root.join(journal::NAME), text).expect("it can be written");
                }
                let lost = journal.put.iter().filter(|put| fs::remove_file(root.join(&put.prepared)).is_ok()).count();
                let on_disk =
                    || ["a/OZP.yaml", "a/osv.csv", "a/oz.yaml", "a/ozp.yaml"].map(|path| seen_on_disk(root, path));
                let before = on_disk();
                let (read, finished) = (load::read_tree(root), finish(root));
                assert_eq!((read.is_err(), finished.is_err()), (lost > 0, lost > 0), "after {n_done} steps");
                let Err(refused) = finished else { continue };
                let refused = refused.to_string();
                assert!(refused.contains("chybí připravený soubor") && refused.contains("smažte"), "{refused}");
                assert_eq!(on_disk(), before, "after {n_done} steps");
            }
        }
    }

    #[test]
    fn what_is_the_same_as_before_is_no_lost_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        for name in ["oz.yaml", "oz.csv"] {
            fs::write(root.join(name), "same").expect("it can be written");
        }
        let mut batch = Batch::default();
        batch.prepare(root.join("oz.yaml"), b"same").expect("it can be prepared");
        batch.remove(root.join("oz.csv"));
        let steps = batch.steps(root).expect("they can be made");
        perform(&steps[..2]).expect("the steps can be done");
        finish(root).expect("it can be finished");
        assert_eq!(seen(root), expected(&[("oz.yaml", "same")]));
    }

    #[test]
    fn a_journal_of_an_earlier_program_goes_on_as_it_did() {
        let (folder, steps) = prepared();
        let root = folder.path();
        perform(&steps[..1]).expect("the journal takes its place");
        let mut journal = load::read_journal(root).expect("it can be read").expect("it is there");
        assert_eq!(journal.before.len(), 6);
        journal.before.clear();
        let text = serde_json::to_string(&journal).expect("it can be written");
        assert!(!text.contains("before"), "{text}");
        fs::write(root.join(journal::NAME), text).expect("it can be written");
        fs::write(root.join("a/oz.yaml"), "hers").expect("it can be written");
        finish(root).expect("it can be finished");
        assert_eq!(seen(root), expected(&NEW));
    }

    #[test]
    fn where_letter_case_makes_no_other_file_the_new_one_is_not_removed() {
        let (folder, steps) = prepared();
        // A system that knows files by their names in small letters.
        let named = |path: &Path| path.to_string_lossy().to_lowercase();
        let is_new = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(".plneni-"));
        for n_done in 0..=steps.len() {
            let mut files: BTreeMap<String, &str> =
                OLD.iter().map(|(path, text)| (named(&folder.path().join(path)), *text)).collect();
            // The run that finishes makes its steps when the first ones are done.
            for step in steps[..n_done].iter().chain(&steps[1..]) {
                match step {
                    Step::Rename(from, to) if is_new(from) => _ = files.insert(named(to), "new"),
                    Step::Rename(from, to) => {
                        let Some(text) = files.remove(&named(from)) else { continue };
                        files.insert(named(to), text);
                    }
                    Step::Remove(path) => _ = files.remove(&named(path)),
                }
            }
            let expected = NEW.iter().map(|(path, text)| (named(&folder.path().join(path)), *text)).collect();
            assert_eq!(files, expected, "after {n_done} steps");
        }
    }
}
