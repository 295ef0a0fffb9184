//! Writing files whole and together or not at all, and adding to one that somebody else began.

mod at_once;
mod lock;

use std::io::{ErrorKind, Write};
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, anyhow, bail};
use tempfile::{NamedTempFile, TempPath};

pub use crate::commands::output::at_once::tell_pending;
pub use crate::commands::output::lock::{Alone, alone_in};
use crate::commands::{is_in_use, of_system, unfinished};
use crate::load;
use crate::load::journal;

/// Files to be written together: all are prepared beside their targets first, then renamed.
#[derive(Debug, Default)]
pub struct Batch {
    prepared: Vec<(NamedTempFile, PathBuf)>,
    removed: Vec<PathBuf>,
    made: MadeFolders,
}

impl Batch {
    /// Writes the bytes of one file under a temporary name; nothing is visible yet. A file that must not or
    /// cannot be replaced is refused.
    pub fn prepare(&mut self, target: PathBuf, bytes: &[u8]) -> anyhow::Result<()> {
        refuse_irreplaceable(&target)?;
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
            bail!("soubor „{}“ nejde zapsat: je tam složka toho jména; nic se nezapsalo", load::shown(target));
        }
        let mut unfinished = unfinished::lock();
        let placed = place_all(self.prepared);
        unfinished.is_written |= placed.is_ok();
        unfinished.files.clear();
        placed
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
            fs::create_dir_all(folder).with_context(|| format!("složku „{}“ nejde vytvořit", load::shown(folder)))?;
            let file =
                empty_beside(target).with_context(|| format!("do složky „{}“ nejde zapisovat", load::shown(folder)))?;
            unfinished.files.push(file.path().to_owned());
            file
        };
        file.write_all(bytes).with_context(|| format!("soubor „{}“ nejde zapsat", load::shown(target)))?;
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
    let name = load::shown(&target);
    let Some(before) = before else {
        return fs::remove_file(&target)
            .map_err(|error| format!("nový soubor „{name}“ už nejde smazat: {}", of_system(&error)));
    };
    before.persist(&target).map_err(|error| {
        let mut kept = error.path;
        kept.disable_cleanup(true);
        format!("soubor „{name}“ je nový a předchozí nejde vrátit; leží v „{}“", load::shown(kept))
    })
}

fn not_written(target: &Path, error: &io::Error) -> String {
    format!("soubor „{}“ nejde zapsat: {}", load::shown(target), of_system(error))
}

/// What to do about a file that is likely open: Windows refuses to replace it.
fn advice(error: &io::Error) -> &'static str {
    if error.kind() == ErrorKind::PermissionDenied || is_in_use(error) {
        ". Máte-li ho otevřený (třeba ve Wordu nebo v Excelu), zavřete ho a spusťte příkaz znovu"
    } else {
        ""
    }
}

/// Whoever may write to a folder may replace any file in it, so the file itself has to be asked.
fn refuse_irreplaceable(target: &Path) -> anyhow::Result<()> {
    if is_read_only(target) {
        bail!(
            "soubor „{}“ je jen ke čtení; nic se nezapsalo. Má-li se změnit, povolte do něj napřed zápis",
            load::shown(target)
        );
    }
    ask_to_remove(target).or_else(|error| bail!("{}; nic se nezapsalo{}", not_written(target, &error), advice(&error)))
}

/// Opens a file to be removed and lets it be: Windows neither replaces nor removes one that another program has
/// open, and would not even give up the second name that keeps it meanwhile. Other systems do all of that.
fn ask_to_remove(target: &Path) -> io::Result<()> {
    #[cfg(windows)]
    if target.is_file() {
        use std::os::windows::fs::OpenOptionsExt;
        const DELETE: u32 = 0x0001_0000;
        fs::OpenOptions::new().access_mode(DELETE).open(target)?;
    }
    #[cfg(not(windows))]
    let _ = target;
    Ok(())
}

/// Whether there is a file that must not be written.
pub fn is_read_only(target: &Path) -> bool {
    let Some(permissions) = permissions_of(target) else { return false };
    #[cfg(unix)]
    let is_read_only = permissions.mode() & 0o200 == 0;
    #[cfg(not(unix))]
    let is_read_only = permissions.readonly();
    is_read_only
}

/// Those of the file that is there, if one is.
fn permissions_of(target: &Path) -> Option<fs::Permissions> {
    fs::metadata(target).ok().filter(fs::Metadata::is_file).map(|metadata| metadata.permissions())
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file under a temporary name that nothing reads. Whoever may read or write the one that it is to replace
/// may do so with it, and nobody else at any moment.
fn empty_beside(target: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(journal::PREFIX);
    #[cfg(unix)]
    {
        let mode = permissions_of(target).map(|permissions| permissions.mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode.unwrap_or(0o644)));
        let file = builder.tempfile_in(folder_of(target))?;
        if let Some(mode) = mode {
            // The user's mask took some away; where a disk knows none, there are none to be kept.
            let _ = file.as_file().set_permissions(fs::Permissions::from_mode(mode));
        }
        Ok(file)
    }
    #[cfg(not(unix))]
    builder.tempfile_in(folder_of(target))
}

/// Adds a text to the end of a file, which need not be there yet. `text` is told how long it is.
#[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
pub fn append(target: &Path, text: impl FnOnce(u64) -> String) -> anyhow::Result<()> {
    let failure = || format!("do souboru „{}“ nejde zapisovat", load::shown(target));
    let mut file = fs::OpenOptions::new().create(true).append(true).open(target).with_context(failure)?;
    let length = file.metadata().with_context(failure)?.len();
    file.write_all(text(length).as_bytes()).with_context(failure)
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests prepare folders")]
mod tests {
    use super::*;

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

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_who_may_read_and_write_it() {
        for mode in [0o600, 0o640, 0o644, 0o664, 0o666, 0o755] {
            for is_at_once in [false, true] {
                let folder = tempfile::tempdir().expect("a temporary folder");
                let path = folder.path().join("a.yaml");
                fs::write(&path, "old").expect("it can be written");
                fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("they can be set");
                let mut batch = Batch::default();
                batch.prepare(path.clone(), b"new").expect("it can be prepared");
                let prepared = batch.prepared[0].0.as_file().metadata().expect("it is there").permissions();
                assert_eq!(prepared.mode() & 0o777, mode, "while it is prepared");
                if is_at_once {
                    batch.commit_at_once(folder.path()).expect("it can be written");
                } else {
                    batch.commit().expect("it can be written");
                }
                assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("new"));
                assert_eq!(permissions_of(&path).map(|permissions| permissions.mode() & 0o777), Some(mode));
            }
        }
    }

    #[test]
    fn a_file_that_is_read_only_is_refused_before_anything_is_written() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("b.yaml");
        fs::write(&path, "old").expect("it can be written");
        let mut permissions = permissions_of(&path).expect("it is there");
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("they can be set");
        let mut batch = Batch::default();
        batch.prepare(folder.path().join("a.yaml"), b"new").expect("it can be prepared");
        let refused = batch.prepare(path.clone(), b"new").expect_err("it is read-only").to_string();
        assert!(refused.contains("b.yaml“ je jen ke čtení; nic se nezapsalo"), "{refused}");
        // What is to go is no other thing than what is to change.
        batch.remove(path.clone());
        let refused = batch.commit_at_once(folder.path()).expect_err("it is read-only").to_string();
        assert!(refused.contains("b.yaml“ je jen ke čtení; nic se nezapsalo"), "{refused}");
        let left: Vec<_> = fs::read_dir(folder.path()).expect("it can be read").flatten().collect();
        assert_eq!(left.iter().map(fs::DirEntry::path).collect::<Vec<_>>(), std::slice::from_ref(&path));
        assert_eq!(fs::read_to_string(&path).ok().as_deref(), Some("old"));
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
