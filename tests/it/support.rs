//! Running the program and changing copies of the real data.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program, to be run in `folder`.
pub(crate) fn plneni(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plneni"));
    command.current_dir(folder).args(arguments);
    // What the tests are run by must not show in what they see, nor they in its summary.
    command.env_remove("CLICOLOR_FORCE").env_remove("GITHUB_STEP_SUMMARY").env_remove("GITHUB_WORKSPACE");
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    plneni(folder, arguments).output().expect("the program was built and can be run")
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the output is UTF-8")
}

/// A folder with a copy of the real data in `data/`, thawed: whatever a test changes in a frozen period
/// would be found first of all.
pub(crate) struct Copy {
    folder: TempDir,
}

impl Copy {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        copy_tree(&repository().join("data"), &folder.path().join("data"));
        for entry in walk(&folder.path().join("data")).iter().filter(|path| is_of_freezing(path)) {
            fs::remove_file(entry).expect("the file can be removed");
        }
        Self { folder }
    }

    /// The data as they are, frozen periods frozen.
    pub(crate) fn frozen() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        copy_tree(&repository().join("data"), &folder.path().join("data"));
        Self { folder }
    }

    /// Lays a fixture of `tests/fixtures/` over the data; what it replaces is gone.
    pub(crate) fn with_fixture(self, name: &str) -> Self {
        copy_tree(&repository().join("tests/fixtures").join(name), &self.path().join("data"));
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("the file is part of the data")
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }

    /// Replaces the one place where `from` stands.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "„{from}“ is not in {path} exactly once");
        self.write(path, text.replace(from, to));
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        run(self.path(), arguments)
    }

    /// The places and codes of all errors and warnings that were not in the data before.
    pub(crate) fn findings(&self) -> Vec<String> {
        let text = stderr(&self.run(&["check"]));
        let mut lines = text.lines();
        let mut found = Vec::new();
        while let Some(line) = lines.next() {
            let Some(code) = line.strip_prefix("chyba[").and_then(|rest| rest.split(']').next()) else { continue };
            let place = lines.next().and_then(|line| line.split("--> ").nth(1)).expect("a place follows");
            found.push(format!("{place} {code}"));
        }
        found
    }
}

/// Whether a file is what freezing a period wrote.
pub(crate) fn is_of_freezing(path: &Path) -> bool {
    path.ends_with("zmrazeni.yaml") || path.components().any(|part| part.as_os_str() == "definice")
}

pub(crate) fn copy_tree(from: &Path, to: &Path) {
    for entry in walk(from) {
        let target = to.join(entry.strip_prefix(from).expect("it is below"));
        fs::create_dir_all(target.parent().expect("it has a folder")).expect("the folder can be made");
        fs::copy(&entry, target).expect("the file can be copied");
    }
}

/// All files below a folder, in the order of their paths.
pub(crate) fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// The rows of a CSV text, without its header.
pub(crate) fn csv_rows(text: &str) -> Vec<Vec<String>> {
    csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(|record| record.expect("the CSV is well-formed").iter().map(str::to_owned).collect())
        .collect()
}

/// The words of a comment as they stand in its paragraphs, without the numbers of items.
pub(crate) fn words_of_blocks(blocks: &[plneni::markup::Block]) -> String {
    use plneni::markup::{Block, append_inlines};
    let mut words = String::new();
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => append_inlines(inlines, &mut words),
            Block::List(_, items) => items.iter().for_each(|item| words.push_str(&words_of_blocks(item))),
            Block::Quote(blocks) => words.push_str(&words_of_blocks(blocks)),
            Block::Code(code) => words.push_str(code),
        }
        words.push(' ');
    }
    words
}
