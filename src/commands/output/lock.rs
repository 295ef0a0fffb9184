//! That one run at a time changes the data folder. Whoever only reads asks for nothing.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::commands::output::at_once::finish;
use crate::commands::unfinished;
use crate::load;
use crate::load::journal::PREFIX;

/// How often a lock may turn out to be one that an earlier run has just taken away. More is no chance but a
/// disk that tells the same file by other numbers.
const N_ATTEMPTS: usize = 8;

/// What a folder answers in which no file can be made.
const IS_NO_PLACE: [ErrorKind; 4] =
    [ErrorKind::NotADirectory, ErrorKind::NotFound, ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem];

/// The data folder, while no other run changes it.
#[derive(Debug)]
pub struct Alone {
    /// The lock and its file; none where there can be no such file.
    lock: Option<(File, PathBuf)>,
}

/// The beginning of `import`, `period new`, `period freeze` and `check --fix`, before they read: nobody else is
/// let in, and what an earlier run was interrupted in is finished.
pub fn alone_in(root: &Path) -> anyhow::Result<Alone> {
    let alone = Alone { lock: lock(root)? };
    finish(root)?;
    Ok(alone)
}

/// Whether a run is changing the data folder just now. Nothing is made for the question.
#[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
pub(super) fn is_held(root: &Path) -> bool {
    let path = path_in(root);
    let is_file = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file());
    // Shared, so that others who ask at the same time are not taken for one that writes.
    let asked = is_file.then(|| File::open(&path).ok()).flatten().map(|file| file.try_lock_shared());
    matches!(asked, Some(Err(TryLockError::WouldBlock)))
}

fn path_in(root: &Path) -> PathBuf {
    root.join(format!("{PREFIX}zamek"))
}

fn lock(root: &Path) -> anyhow::Result<Option<(File, PathBuf)>> {
    let path = path_in(root);
    // Nobody ends the process between the file being made and being known as one that is to go.
    let mut unfinished = unfinished::lock();
    for n_left in (0..N_ATTEMPTS).rev() {
        let opened = open(&path).with_context(|| format!("soubor „{}“ nejde otevřít", load::shown(&path)))?;
        let Some(file) = opened else { break };
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => bail!(
                "do složky „{}“ právě zapisuje jiný běh programu; nic se nezapsalo. Až skončí, spusťte příkaz znovu",
                load::shown(root)
            ),
            Ok(()) if n_left > 0 && !is_at(&file, &path) => {}
            // Not every disk of a network knows locks.
            Ok(()) | Err(TryLockError::Error(_)) => {
                unfinished.lock = Some(path.clone());
                return Ok(Some((file, path)));
            }
        }
    }
    Ok(None)
}

/// The file of the lock; none where the folder is not there or cannot be written to, so that no run can change
/// it either.
#[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
fn open(path: &Path) -> io::Result<Option<File>> {
    let mut usual = File::options();
    usual.read(true).write(true);
    match fs::symlink_metadata(path) {
        // Data come from elsewhere: a link would have its target made, a pipe would never open.
        Ok(metadata) if !metadata.is_file() => return Err(io::Error::other("není to obyčejný soubor")),
        Ok(_) => match usual.open(path) {
            // Somebody else's can be locked nonetheless.
            Err(error) if error.kind() == ErrorKind::PermissionDenied => return File::open(path).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            opened => return opened.map(Some),
        },
        Err(_) => {}
    }
    match usual.create(true).truncate(false).open(path) {
        Err(error) if IS_NO_PLACE.contains(&error.kind()) => Ok(None),
        opened => opened.map(Some),
    }
}

/// Whether a file is still the one of this path. Elsewhere than on Unix only that there is one can be asked.
#[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
fn is_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let number = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
        match (file.metadata(), fs::symlink_metadata(path)) {
            (Ok(file), Ok(there)) => number(file) == number(there),
            _ => false,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        path.exists()
    }
}

impl Drop for Alone {
    #[allow(clippy::disallowed_methods, reason = "this is the room where files are written")]
    fn drop(&mut self) {
        if let Some((_locked, path)) = self.lock.take() {
            let mut unfinished = unfinished::lock();
            // While it is held: nobody else can hold another file of that name by then.
            let _ = fs::remove_file(path);
            unfinished.lock = None;
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests prepare folders")]
mod tests {
    use super::*;

    #[test]
    fn one_run_at_a_time_is_let_in_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path();
        // What a run left that was killed is no lock.
        fs::write(root.join(".plneni-zamek"), "").expect("it can be written");
        assert!(!is_held(root));
        // Nor is the question of another one that only reads.
        let asking = File::open(root.join(".plneni-zamek")).expect("it is there");
        asking.try_lock_shared().expect("nobody has it");
        assert!(!is_held(root));
        drop(asking);
        for _ in 0..2 {
            let alone = alone_in(root).expect("nobody else is there");
            let refused = alone_in(root).expect_err("somebody is there").to_string();
            assert!(is_held(root));
            assert!(refused.contains("právě zapisuje jiný běh programu; nic se nezapsalo"), "{refused}");
            assert!(load::read_tree(root).expect("it can be read").is_empty());
            drop(alone);
            assert!(!is_held(root));
            assert_eq!(fs::read_dir(root).expect("it can be read").count(), 0);
        }
    }

    #[test]
    fn no_lock_is_made_while_the_process_may_be_ending() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ending = unfinished::lock();
        std::thread::scope(|scope| {
            let locking = scope.spawn(|| lock(folder.path()).is_ok_and(|lock| lock.is_some()));
            std::thread::sleep(std::time::Duration::from_millis(100));
            assert!(!path_in(folder.path()).exists());
            drop(ending);
            assert!(locking.join().expect("it ends") && path_in(folder.path()).exists());
        });
    }

    #[test]
    fn a_lock_that_was_taken_away_meanwhile_is_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("lock");
        let file = open(&path).expect("it can be made").expect("it is made");
        assert!(is_at(&file, &path));
        fs::remove_file(&path).expect("it is there");
        assert!(!is_at(&file, &path));
        let other = open(&path).expect("it can be made").expect("it is made");
        assert!(is_at(&other, &path));
        assert!(cfg!(not(unix)) || !is_at(&file, &path));
    }

    #[test]
    fn a_folder_that_is_not_there_needs_no_lock() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("data");
        assert!(lock(&root).expect("there is nothing to be locked").is_none());
        fs::write(&root, "").expect("it can be written");
        assert!(lock(&root).expect("there is nothing to be locked").is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_the_place_of_the_lock_is_not_followed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let elsewhere = folder.path().join("elsewhere");
        std::os::unix::fs::symlink(&elsewhere, folder.path().join(".plneni-zamek")).expect("it can be made");
        let refused = lock(folder.path()).expect_err("it is a link").to_string();
        assert!(refused.contains(".plneni-zamek“ nejde otevřít") && !elsewhere.exists(), "{refused}");
    }
}
