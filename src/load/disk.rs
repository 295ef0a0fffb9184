//! The only place that reads from a disk: the data and templates, a filled form, the journal of a change
//! that was interrupted. It never looks at what a text means.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::load::journal::{self, Journal};
use crate::load::limits::{self, EVIDENCE_MB, FORM_MB, Reading};
use crate::load::{Kind, N_TAKEN};
use crate::model::hexadecimal;

/// How often a folder is read whose files go meanwhile. More is no other run, but a name that the system cannot
/// read.
const N_READINGS: usize = 3;

/// A file as it lies on the disk.
#[derive(Debug, Clone)]
pub struct RawFile {
    /// Path below the data folder, with `/`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Reads all files below `root`, in the order of their paths. A change that was interrupted counts as
/// done, see [`journal`].
pub fn read_tree(root: &Path) -> anyhow::Result<Vec<RawFile>> {
    read_tree_within(root, &Reading::USUAL)
}

/// [`read_tree`] with other limits than the usual ones.
pub fn read_tree_within(root: &Path, limits: &Reading) -> anyhow::Result<Vec<RawFile>> {
    while_files_go(|| read_tree_once(root, limits))
}

/// Begins anew where a file went between being found and being read: another run is just putting files in their
/// places.
fn while_files_go<T>(mut read: impl FnMut() -> anyhow::Result<T>) -> anyhow::Result<T> {
    for _ in 1..N_READINGS {
        if let Some(read) = unless_missing(read())? {
            return Ok(read);
        }
    }
    read()
}

fn read_tree_once(root: &Path, limits: &Reading) -> anyhow::Result<Vec<RawFile>> {
    if !root.is_dir() {
        bail!("složka s daty „{}“ neexistuje; jinou určíte volbou --data", shown(root));
    }
    let mut paths = Vec::new();
    let walk = ignore::WalkBuilder::new(root).standard_filters(false).follow_links(false).build();
    for entry in walk {
        let entry = entry.with_context(|| format!("složku „{}“ nejde projít", shown(root)))?;
        // The data folder itself may be reached by a link; whoever named it knows where it leads.
        let is_file = entry.depth() > 0 && entry.file_type().is_some_and(|kind| !kind.is_dir());
        if is_file && !is_litter(entry.path().strip_prefix(root).unwrap_or(entry.path())) {
            paths.push(entry.into_path());
        }
        if paths.len() > limits.n_files {
            let (folder, n_files) = (shown(root), limits.n_files);
            bail!(
                "ve složce „{folder}“ je víc než {n_files} souborů; je-li to správně, zvyšte mez volbou --limit-files"
            );
        }
    }
    // Two names that are no Unicode may look the same; which of them counts is not left to the disk.
    paths.sort();
    let mut files: BTreeMap<String, PathBuf> =
        paths.into_iter().map(|path| (slashed(path.strip_prefix(root).unwrap_or(&path)), path)).collect();
    if let Some(journal) = read_journal(root)? {
        journal.apply(root, &mut files);
    }
    let limit_of = |name: &str| match Kind::of(name) {
        Kind::Evidence => EVIDENCE_MB.max(limits.file_mb),
        _ => limits.file_mb,
    };
    let mut size = 0_u64;
    for (name, path) in &files {
        size = size.saturating_add(size_within(path, limit_of(name))?);
    }
    if size > limits::bytes(limits.total_mb) {
        let (folder, total_mb) = (shown(root), limits.total_mb);
        bail!(
            "soubory ve složce „{folder}“ mají dohromady víc než {total_mb} MB; je-li to správně, zvyšte mez volbou --limit-total-mb"
        );
    }
    files
        .into_iter()
        .collect::<Vec<_>>()
        .into_par_iter()
        .with_max_len(N_TAKEN)
        .map(|(name, path)| Ok(RawFile { bytes: read_within(&path, limit_of(&name))?, path: name }))
        .collect()
}

/// The journal of a change that was interrupted, when there is one. It is refused where it would lose what
/// somebody wrote since.
pub fn read_journal(root: &Path) -> anyhow::Result<Option<Journal>> {
    let path = root.join(journal::NAME);
    let limit_mb = Reading::USUAL.file_mb;
    let Some(bytes) = unless_missing(size_within(&path, limit_mb).and_then(|_| read_within(&path, limit_mb)))? else {
        return Ok(None);
    };
    let journal = Journal::parse(&bytes, root)?;
    journal.refuse_loss(root, digest_of)?;
    Ok(Some(journal))
}

/// The SHA-256 of a file; nothing where there is none.
pub fn digest_of(path: &Path) -> anyhow::Result<Option<String>> {
    unless_missing(size_within(path, u64::MAX).and_then(|_| digest_of_present(path)))
}

#[allow(clippy::disallowed_methods, reason = "this is the room where files are read")]
fn digest_of_present(path: &Path) -> anyhow::Result<String> {
    let failure = || format!("soubor „{}“ nejde přečíst", shown(path));
    let mut hasher = Sha256::new();
    std::io::copy(&mut std::fs::File::open(path).with_context(failure)?, &mut hasher).with_context(failure)?;
    Ok(hexadecimal(&hasher.finalize()))
}

/// What was read; nothing where the file is not there, or went before it could be opened.
fn unless_missing<T>(read: anyhow::Result<T>) -> anyhow::Result<Option<T>> {
    match read {
        Err(error) if is_missing(&error) => Ok(None),
        read => read.map(Some),
    }
}

fn is_missing(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

/// Reads one filled form, which need not lie among the data; `path` of it is as the user wrote it.
#[allow(clippy::disallowed_methods, reason = "this is the room where files are read")]
pub fn read_form(path: &Path) -> anyhow::Result<RawFile> {
    let failure = || format!("soubor „{}“ nejde přečíst", shown(path));
    let metadata = std::fs::metadata(path).with_context(failure)?;
    if !metadata.is_file() {
        let all = path.join("*.xlsx");
        bail!("„{}“ není soubor; formuláře ze složky zapíšete jako „{}“", shown(path), shown(all));
    }
    let Some(bytes) = read_at_most(path, FORM_MB)? else {
        let path = shown(path);
        bail!(
            "soubor „{path}“ je větší než {FORM_MB} MB, tak velký formulář není; pošlete ho bez obrázků a dalších listů"
        );
    };
    Ok(RawFile { path: path.to_string_lossy().replace('\\', "/"), bytes })
}

/// Files that systems and editors leave behind: dotfiles, Office locks, Windows' own.
/// `below` is the path below the data folder.
pub fn is_litter(below: &Path) -> bool {
    below.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        let is_of_windows = ["thumbs.db", "desktop.ini"].iter().any(|known| name.eq_ignore_ascii_case(known));
        name.starts_with('.') || name.starts_with("~$") || is_of_windows
    })
}

/// The size of a file that may be read: an ordinary one, not too large. Opening another might never end.
#[allow(clippy::disallowed_methods, reason = "this is the room where files are read")]
fn size_within(path: &Path, limit_mb: u64) -> anyhow::Result<u64> {
    let metadata =
        std::fs::symlink_metadata(path).with_context(|| format!("soubor „{}“ nejde přečíst", shown(path)))?;
    if !metadata.is_file() {
        bail!("„{}“ není obyčejný soubor (odkaz, roura nebo zařízení); v datech být nesmí", shown(path));
    }
    if metadata.len() > limits::bytes(limit_mb) {
        bail!(too_large(path, limit_mb));
    }
    Ok(metadata.len())
}

/// The bytes of a file of the data.
fn read_within(path: &Path, limit_mb: u64) -> anyhow::Result<Vec<u8>> {
    match read_at_most(path, limit_mb)? {
        Some(bytes) => Ok(bytes),
        None => bail!(too_large(path, limit_mb)),
    }
}

/// The bytes of a file; `None` when there are more. What it said of its size may have changed, or never
/// been true.
#[allow(clippy::disallowed_methods, reason = "this is the room where files are read")]
fn read_at_most(path: &Path, limit_mb: u64) -> anyhow::Result<Option<Vec<u8>>> {
    let failure = || format!("soubor „{}“ nejde přečíst", shown(path));
    let limit = limits::bytes(limit_mb);
    let file = std::fs::File::open(path).with_context(failure)?;
    let likely = file.metadata().map_or(0, |metadata| metadata.len().min(limit));
    // With room to see that nothing follows, so that one reading is enough.
    let mut bytes = Vec::with_capacity(usize::try_from(likely).unwrap_or(0) + 64);
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).with_context(failure)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

fn too_large(path: &Path, limit_mb: u64) -> String {
    format!("soubor „{}“ je větší než {limit_mb} MB; je-li to správně, zvyšte mez volbou --limit-file-mb", shown(path))
}

/// A path as the user wrote it, with `/` on every system. Where a backslash parts no folders it belongs to a name.
pub fn shown(path: impl AsRef<Path>) -> String {
    path.as_ref().to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

/// A relative path with `/` on every system. What is no Unicode in it is „�“, and [`super::parse`] finds that.
pub fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// The path of a file or folder below the data folder, as files are named here.
pub fn below(root: &Path, path: &Path) -> anyhow::Result<String> {
    let whole = |path: &Path| path.canonicalize().with_context(|| format!("„{}“ neexistuje", shown(path)));
    let (whole_root, whole_path) = (whole(root)?, whole(path)?);
    let Ok(below) = whole_path.strip_prefix(&whole_root) else {
        bail!("„{}“ neleží ve složce s daty „{}“", shown(path), shown(root));
    };
    Ok(slashed(below))
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests prepare folders")]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_belongs_to_a_name_where_it_parts_no_folders() {
        let parts_folders = std::path::MAIN_SEPARATOR == '\\';
        let expected = if parts_folders { "kraj/a/b" } else { r"kraj/a\b" };
        assert_eq!(shown(Path::new("kraj").join(r"a\b")), expected);
    }

    #[test]
    fn a_file_that_went_before_it_was_opened_is_none() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.yaml");
        // What its size was asked of is there no more.
        assert!(matches!(unless_missing(read_within(&path, 1)), Ok(None)));
        assert!(matches!(unless_missing(digest_of_present(&path)), Ok(None)));
        assert!(matches!(digest_of(&path), Ok(None)));
        assert!(matches!(read_journal(folder.path()), Ok(None)));
        // A folder of that name is no missing file.
        std::fs::create_dir(folder.path().join(journal::NAME)).expect("it can be made");
        assert!(read_journal(folder.path()).is_err() && digest_of(folder.path()).is_err());
    }

    #[test]
    fn a_folder_whose_files_go_meanwhile_is_read_again_but_not_for_ever() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.yaml");
        for (n_gone, n_expected, is_read) in [(0, 1, true), (1, 2, true), (2, 3, true), (9, 3, false)] {
            let mut n_read = 0;
            let read = while_files_go(|| {
                n_read += 1;
                if n_read > n_gone { Ok(()) } else { size_within(&path, 1).map(|_| ()) }
            });
            assert_eq!((n_read, read.is_ok()), (n_expected, is_read), "{n_gone}");
        }
        let mut n_read = 0;
        let refused = while_files_go(|| {
            n_read += 1;
            size_within(folder.path(), 1)
        });
        assert_eq!((n_read, refused.is_err()), (1, true), "another fault stays one");
    }
}
