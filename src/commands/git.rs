//! What has changed since a revision, asked of the program `git`. It only reads.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, anyhow, bail};

use crate::load::{self, RawFile};

/// The data as they were, and which of their files are other now.
#[derive(Debug)]
pub struct Changes {
    /// Paths below the data folder: changed, new or gone.
    pub paths: Vec<String>,
    /// The files as they were.
    pub before: Vec<RawFile>,
}

/// Compares the data folder with a revision: with the point where the present branch left it, so
/// that what others have done there since does not count.
pub fn changes_since(root: &Path, revision: &str) -> anyhow::Result<Changes> {
    if revision.starts_with('-') {
        bail!("„{revision}“ není revize gitu");
    }
    let git = Git { folder: root };
    let commit = git.commit(revision)?;
    let base = match git.text(["merge-base", &commit, "HEAD"]) {
        Ok(base) => base,
        // What others have done since would count too, or not, as the depth of the clone falls.
        Err(_) if git.is_shallow() => bail!(
            "v neúplném klonu chybí místo, kde se větev oddělila od revize „{revision}“; stáhněte celou historii \
             („git fetch --unshallow“, v GitHub Actions „fetch-depth: 0“)"
        ),
        Err(_) => commit,
    };
    let changed = git.output(&["diff", "--name-only", "--no-renames", "--relative", "-z", &base, "--", "."])?;
    let added = git.output(&["ls-files", "--others", "--exclude-standard", "-z", "--", "."])?;
    let paths = pieces(&changed).chain(pieces(&added)).map(str::to_owned).collect();
    Ok(Changes { paths, before: git.files_at(&base)? })
}

/// What git was asked and failed at without a word; where it was told to be quiet, that is its answer.
#[derive(Debug)]
struct Silent(String);

impl fmt::Display for Silent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "„git {}“ skončil chybou a důvod neuvedl", self.0)
    }
}

impl std::error::Error for Silent {}

/// What git tells its hooks of the repository that they run for. That need not be the one of the data, and
/// with `GIT_DIR` alone git takes the folder that it is asked in for the whole working tree. The index goes
/// too: the data are compared as they lie in their folder, whatever of them is about to be committed.
const OF_A_HOOK: [&str; 6] =
    ["GIT_DIR", "GIT_COMMON_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

struct Git<'a> {
    folder: &'a Path,
}

impl Git<'_> {
    fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new("git");
        OF_A_HOOK.iter().for_each(|variable| _ = command.env_remove(variable));
        command.arg("-C").arg(self.folder).args(arguments).stdin(Stdio::null()).stderr(Stdio::piped());
        command
    }

    fn output(&self, arguments: &[impl AsRef<OsStr>]) -> anyhow::Result<Vec<u8>> {
        let output = self.command(arguments).output().context("program git nejde spustit")?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let asked: Vec<_> = arguments.iter().map(|argument| argument.as_ref().to_string_lossy()).collect();
        match String::from_utf8_lossy(&output.stderr).trim() {
            "" => Err(Silent(asked.join(" ")).into()),
            said => bail!("„git {}“ skončil chybou: {said}", asked.join(" ")),
        }
    }

    /// The commit that a revision names.
    fn commit(&self, revision: &str) -> anyhow::Result<String> {
        let folder = load::shown(self.folder);
        // First whether there is any history: what git says of that is worth more than a guess.
        self.output(&["rev-parse", "--git-dir"])
            .with_context(|| format!("historii složky „{folder}“ v gitu nejde přečíst"))?;
        let asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")];
        let unknown = || {
            format!(
                "revizi „{revision}“ git v historii složky „{folder}“ nezná; nejspíš je v ní překlep, nebo v neúplném \
                 klonu chybí a je třeba stáhnout celou historii („git fetch --unshallow“, v GitHub Actions \
                 „fetch-depth: 0“)"
            )
        };
        self.text(asked).map_err(|error| match error.downcast_ref() {
            Some(Silent(_)) => anyhow!(unknown()),
            None => error.context(unknown()),
        })
    }

    /// Whether the clone has only the newest part of the history.
    fn is_shallow(&self) -> bool {
        self.text(["rev-parse", "--is-shallow-repository"]).is_ok_and(|said| said == "true")
    }

    fn text<const N: usize>(&self, arguments: [&str; N]) -> anyhow::Result<String> {
        Ok(String::from_utf8_lossy(&self.output(&arguments)?).trim().to_owned())
    }

    /// The ordinary files of the folder at a commit.
    fn files_at(&self, commit: &str) -> anyhow::Result<Vec<RawFile>> {
        let listing = self.output(&["ls-tree", "-r", "-z", commit, "--", "."])?;
        let mut blobs = BTreeMap::new();
        for entry in pieces(&listing) {
            let Some((about, path)) = entry.split_once('\t') else { continue };
            let mut about = about.split(' ');
            let is_file = about.next().is_some_and(|mode| mode.starts_with("100"));
            if let (true, Some(object)) = (is_file && !load::is_litter(Path::new(path)), about.nth(1)) {
                blobs.insert(path.to_owned(), object.to_owned());
            }
        }
        let objects: String = blobs.values().map(|object| format!("{object}\n")).collect();
        let mut contents = self.contents(objects)?.into_iter();
        blobs
            .into_keys()
            .map(|path| Ok(RawFile { path, bytes: contents.next().context("git nevydal všechny soubory")? }))
            .collect()
    }

    /// The contents of objects, in their order.
    fn contents(&self, objects: String) -> anyhow::Result<Vec<Vec<u8>>> {
        let mut command = self.command(&["cat-file", "--batch"]);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("program git nejde spustit")?;
        let mut stdin = child.stdin.take().context("program git nejde spustit")?;
        // Both pipes at once: git would wait for its reader, and we for git.
        let writer = std::thread::spawn(move || stdin.write_all(objects.as_bytes()));
        let output = child.wait_with_output().context("program git nejde spustit")?;
        let is_written = writer.join().is_ok_and(|written| written.is_ok());
        if !output.status.success() || !is_written {
            bail!("git nevydal obsah souborů");
        }
        batch(&output.stdout).context("git vydal soubory v neznámé podobě")
    }
}

/// What `git cat-file --batch` printed: for each object a line that ends with its size, and its bytes.
fn batch(mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut contents = Vec::new();
    while !bytes.is_empty() {
        let line_end = bytes.iter().position(|&byte| byte == b'\n')?;
        let size: usize = std::str::from_utf8(&bytes[..line_end]).ok()?.rsplit(' ').next()?.parse().ok()?;
        let body = bytes.get(line_end + 1..)?;
        contents.push(body.get(..size)?.to_vec());
        bytes = body.get(size + 1..)?;
    }
    Some(contents)
}

fn pieces(bytes: &[u8]) -> impl Iterator<Item = &str> {
    bytes.split(|&byte| byte == 0).filter_map(|piece| std::str::from_utf8(piece).ok()).filter(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_told_apart_by_their_sizes() {
        let printed = b"abc blob 4\na\nb\n\ndef blob 0\n\n";
        assert_eq!(batch(printed), Some(vec![b"a\nb\n".to_vec(), Vec::new()]));
        assert_eq!(batch(b"abc missing\n"), None);
    }
}
