//! Writing files whole and together or not at all, and adding to one that somebody else began.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, anyhow, bail};
use tempfile::{NamedTempFile, TempPath};

use crate::commands::{of_system, unfinished};
use crate::load;
use crate::load::journal::{self, Journal, Put};

/// Files to be written together: all are prepared beside their targets first, then renamed.
#[derive(Debug, Default)]
pub struct Batch {
    prepared: Vec<(NamedTempFile, PathBuf)>,
    removed: Vec<PathBuf>,
    made: MadeFolders,
}

impl Batch {
    /// Writes the bytes of one file under a temporary name; nothing is visible yet.
    pub fn prepare(&mut self, target: PathBuf, bytes: &[u8]) -> anyhow::Result<()> {
        let file = self.temporary(&target, bytes)?;
        self.prepared.push((file, target));
        Ok(())
    }

    /// A file that goes when the others come. Only [`Self::commit_at_once`] does that.
    pub fn remove(&mut self, target: PathBuf) {
        self.removed.push(target);
    }

    /// Puts all files in their places, or leaves those that are there as they are; gives back their
    /// paths in the order they were prepared.
    ///
    /// Not flushed to the disk: a document can be made again, and a rename keeps the old one whole
    /// until the new one is there.
    pub fn commit(self) -> anyhow::Result<Vec<PathBuf>> {
        // What can be known beforehand must not come after the first files are in their places.
        if let Some((_, target)) = self.prepared.iter().find(|(_, target)| target.is_dir()) {
            bail!("soubor „{}“ nejde zapsat: je tam složka toho jména; nic se nezapsalo", target.display());
        }
        let mut unfinished = unfinished::lock();
        let placed = place_all(self.prepared);
        unfinished.is_written |= placed.is_ok();
        unfinished.files.clear();
        placed
    }

    /// Puts all files below `root` in their places and takes away what is to go, so that whoever reads
    /// the folder sees either all of it or nothing, wherever the run is interrupted: see [`journal`].
    pub fn commit_at_once(self, root: &Path) -> anyhow::Result<()> {
        let mut kept = self;
        let steps = kept.steps(root)?;
        let mut unfinished = unfinished::lock();
        // What the journal names must outlive an interruption.
        unfinished.files.clear();
        perform(&steps).context(
            "zápis se nepodařilo dokončit; je-li začatý, dokončí ho příští „plneni import“, „plneni period freeze“ nebo „plneni check --fix“",
        )?;
        unfinished.is_written = true;
        Ok(())
    }

    /// The steps of [`Self::commit_at_once`]. With the first one the change holds.
    fn steps(&mut self, root: &Path) -> anyhow::Result<Vec<Step>> {
        let mut journal = Journal::default();
        let mut kept = Vec::new();
        for (file, target) in std::mem::take(&mut self.prepared) {
            file.as_file().sync_all().with_context(|| format!("soubor „{}“ nejde zapsat", target.display()))?;
            let prepared = target.with_file_name(file.path().file_name().unwrap_or_default());
            journal.put.push(Put { prepared: below(root, &prepared)?, target: below(root, &target)? });
            kept.push(file);
        }
        for removed in &self.removed {
            journal.remove.push(below(root, removed)?);
        }
        let place = root.join(journal::NAME);
        let written = self.temporary(&place, &serde_json::to_vec(&journal)?)?;
        written.as_file().sync_all().with_context(|| format!("soubor „{}“ nejde zapsat", place.display()))?;
        kept.push(written);
        let mut prepared = PathBuf::new();
        // From here on the prepared files outlive the run.
        for file in kept {
            (_, prepared) = file.keep().context("připravený soubor nejde ponechat")?;
        }
        let mut steps = vec![Step::Rename(prepared, place)];
        steps.extend(steps_of(&journal, root));
        Ok(steps)
    }

    #[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
    fn temporary(&mut self, target: &Path, bytes: &[u8]) -> anyhow::Result<NamedTempFile> {
        let folder = folder_of(target);
        let mut file = {
            let mut unfinished = unfinished::lock();
            let missing = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
            let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
            unfinished.folders.extend(missing.iter().rev().cloned());
            self.made.0.extend(missing.into_iter().rev());
            fs::create_dir_all(folder).with_context(|| format!("složku „{}“ nejde vytvořit", folder.display()))?;
            let file =
                empty_beside(target).with_context(|| format!("do složky „{}“ nejde zapisovat", folder.display()))?;
            unfinished.files.push(file.path().to_owned());
            file
        };
        file.write_all(bytes).with_context(|| format!("soubor „{}“ nejde zapsat", target.display()))?;
        Ok(file)
    }
}

/// Folders that a run made, the outer ones first; those in which nothing came to lie go with it.
#[derive(Debug, Default)]
struct MadeFolders(Vec<PathBuf>);

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Refused where something lies in it.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A file that is in its place, and what was there before.
struct Placed {
    target: PathBuf,
    before: Option<TempPath>,
}

fn place_all(prepared: Vec<(NamedTempFile, PathBuf)>) -> anyhow::Result<Vec<PathBuf>> {
    let mut placed = Vec::new();
    for (file, target) in prepared {
        match place(file, &target) {
            Ok(before) => placed.push(Placed { target, before }),
            Err(error) => {
                put_back(placed).with_context(|| not_written(&target, &error))?;
                return Err(anyhow!("{}; nic se nezměnilo{}", not_written(&target, &error), advice(&error)));
            }
        }
    }
    Ok(placed.into_iter().map(|placed| placed.target).collect())
}

/// The old file gets another name or is copied, not moved away, so that some file is in the place at
/// any moment.
fn place(file: NamedTempFile, target: &Path) -> io::Result<Option<TempPath>> {
    let before = if target.exists() { Some(saved(target)?) } else { None };
    file.persist(target).map_err(|error| error.error)?;
    Ok(before)
}

/// The file under another name beside it; a copy where a file can have only one name.
fn saved(target: &Path) -> io::Result<TempPath> {
    let mut builder = tempfile::Builder::new();
    let linked = builder.prefix(journal::PREFIX).make_in(folder_of(target), |path| fs::hard_link(target, path));
    if let Ok(linked) = linked {
        return Ok(linked.into_temp_path());
    }
    let copy = empty_beside(target)?;
    fs::copy(target, copy.path())?;
    Ok(copy.into_temp_path())
}

/// Puts back all that can be. What cannot stays beside its place, and all of it is named.
fn put_back(placed: Vec<Placed>) -> anyhow::Result<()> {
    let faults: Vec<String> = placed.into_iter().rev().filter_map(|placed| put_one_back(placed).err()).collect();
    if !faults.is_empty() {
        bail!("{}", faults.join("; "));
    }
    Ok(())
}

/// The error says what was left how.
#[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
fn put_one_back(Placed { target, before }: Placed) -> Result<(), String> {
    let name = target.display();
    let Some(before) = before else {
        return fs::remove_file(&target)
            .map_err(|error| format!("nový soubor „{name}“ už nejde smazat: {}", of_system(&error)));
    };
    before.persist(&target).map_err(|error| {
        let mut kept = error.path;
        kept.disable_cleanup(true);
        format!("soubor „{name}“ je nový a předchozí nejde vrátit; leží v „{}“", kept.display())
    })
}

fn not_written(target: &Path, error: &io::Error) -> String {
    format!("soubor „{}“ nejde zapsat: {}", target.display(), of_system(error))
}

/// What to do about a file that is likely open: Windows refuses to replace it.
fn advice(error: &io::Error) -> &'static str {
    const SHARING_VIOLATION: i32 = 32;
    let is_likely_open = matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ResourceBusy)
        || cfg!(windows) && error.raw_os_error() == Some(SHARING_VIOLATION);
    if is_likely_open {
        ". Máte-li ho otevřený (třeba ve Wordu nebo v Excelu), zavřete ho a spusťte příkaz znovu"
    } else {
        ""
    }
}

/// One change of the disk that either happens or does not. Each may be done twice.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
}

/// Finishes the change that an earlier run was interrupted in, when there is one: the beginning of
/// `import`, `period freeze` and `check --fix`.
pub fn finish(root: &Path) -> anyhow::Result<()> {
    let Some(journal) = load::read_journal(root)? else { return Ok(()) };
    let _uninterrupted = unfinished::lock();
    perform(&steps_of(&journal, root)).context("dřívější zápis se nepodařilo dokončit")
}

/// What follows once the journal is in its place; the journal goes last.
///
/// A file that goes for one whose name differs in letter case only takes that name before the new one
/// takes its place, see [`Journal::renaming`]. Once the new one is there, nothing is left to be done.
fn steps_of(journal: &Journal, root: &Path) -> Vec<Step> {
    let (renamed, removed): (Vec<_>, Vec<_>) =
        journal.remove.iter().map(|path| (path, journal.renaming(path))).partition(|(_, put)| put.is_some());
    let renamed = renamed.into_iter().filter_map(|(path, put)| Some((path, put?)));
    let renamed = renamed.filter(|(_, put)| root.join(&put.prepared).is_file());
    let renamed = renamed.map(|(path, put)| Step::Rename(root.join(path), root.join(&put.target)));
    let placed = journal.put.iter().map(|put| Step::Rename(root.join(&put.prepared), root.join(&put.target)));
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
            // An earlier run did it.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            done => done.with_context(|| format!("soubor „{}“ nejde zapsat nebo smazat", path.display()))?,
        }
        #[cfg(unix)]
        if let Some(folder) = path.parent() {
            // The order of the steps is to hold on the disk too; where it cannot be asked for, it mostly does.
            let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
        }
    }
    Ok(())
}

/// A path below `root` as the journal has it.
fn below(root: &Path, path: &Path) -> anyhow::Result<String> {
    let below = path.strip_prefix(root).with_context(|| format!("„{}“ neleží ve složce s daty", path.display()))?;
    Ok(load::slashed(below))
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file under a temporary name that nothing reads.
fn empty_beside(target: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(journal::PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o644));
    }
    builder.tempfile_in(folder_of(target))
}

/// Adds a text to the end of a file, which need not be there yet. `text` is told how long it is.
#[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
pub fn append(target: &Path, text: impl FnOnce(u64) -> String) -> anyhow::Result<()> {
    let failure = || format!("do souboru „{}“ nejde zapisovat", target.display());
    let mut file = fs::OpenOptions::new().create(true).append(true).open(target).with_context(failure)?;
    let length = file.metadata().with_context(failure)?.len();
    file.write_all(text(length).as_bytes()).with_context(failure)
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

    #[test]
    fn what_cannot_be_put_back_is_kept_and_named_and_all_else_is_put_back() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        let placed = ["a.md", "b.md", "c.md", "d.md", "e.md"].map(|name| {
            let before = (name != "c.md").then(|| {
                fs::write(path(name), name).expect("it can be written");
                saved(&path(name)).expect("it can be kept")
            });
            // A folder that came in between can neither be replaced nor removed as a file.
            if ["b.md", "c.md", "d.md"].contains(&name) {
                let _ = fs::remove_file(path(name));
                fs::create_dir(path(name)).expect("it can be made");
            } else {
                fs::write(path("new"), "new")
                    .and_then(|()| fs::rename(path("new"), path(name)))
                    .expect("it can be placed");
            }
            Placed { target: path(name), before }
        });
        let error = put_back(placed.into()).expect_err("three are refused").to_string();
        for name in ["a.md", "e.md"] {
            assert_eq!(fs::read_to_string(path(name)).ok().as_deref(), Some(name));
        }
        assert!(error.contains("c.md“ už nejde smazat"), "{error}");
        for name in ["b.md", "d.md"] {
            let said = error.split("; soubor „").find(|said| said.contains(name)).expect(name);
            let kept = error.split(&format!("{name}“ je nový a předchozí nejde vrátit; leží v „")).nth(1);
            let kept = kept.and_then(|rest| rest.split('“').next()).expect(said);
            assert_eq!(fs::read_to_string(kept).ok().as_deref(), Some(name), "{error}");
        }
    }

    #[test]
    fn what_was_only_prepared_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut batch = Batch::default();
        batch.prepare(folder.path().join("a.yaml"), b"new").expect("it can be prepared");
        batch.prepare(folder.path().join("b/c/d.yaml"), b"new").expect("it can be prepared");
        drop(batch);
        assert_eq!(fs::read_dir(folder.path()).expect("it can be read").count(), 0);
    }

    #[test]
    fn a_file_that_cannot_be_placed_leaves_all_others_as_they_were() {
        let names = ["a.md", "b/b.html", "c.docx", "d/e/d.xlsx"];
        for refused in 0..names.len() {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let path = |name: &str| folder.path().join(name);
            fs::write(path("a.md"), "old").expect("it can be written");
            fs::write(path("c.docx"), "old").expect("it can be written");
            let mut batch = Batch::default();
            for name in names {
                batch.prepare(path(name), b"new").expect("it can be prepared");
            }
            // A name that goes before it can be given away: the rename fails, as for an open file.
            fs::remove_file(batch.prepared[refused].0.path()).expect("it is there");
            let error = batch.commit().expect_err("one file is refused").to_string();
            assert!(error.contains(names[refused]) && error.ends_with("; nic se nezměnilo"), "{error}");
            let mut left: Vec<_> = fs::read_dir(folder.path()).expect("it can be read").flatten().collect();
            left.sort_by_key(fs::DirEntry::file_name);
            let left: Vec<_> = left.iter().map(|entry| (entry.file_name(), fs::read(entry.path()).ok())).collect();
            let old = |name: &str| (name.into(), Some(b"old".to_vec()));
            assert_eq!(left, [old("a.md"), old("c.docx")], "{}", names[refused]);
        }
    }

    #[test]
    fn a_file_that_is_likely_open_is_told_how_to_be_replaced() {
        assert!(advice(&ErrorKind::PermissionDenied.into()).contains("zavřete ho a spusťte příkaz znovu"));
        assert_eq!(advice(&ErrorKind::StorageFull.into()), "");
    }
}
