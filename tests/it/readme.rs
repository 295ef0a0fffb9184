//! The README says what happens: its `console` blocks are run, in order, over a copy of the real
//! data, and must print what stands there. A block ```` ```csv file=PATH ```` is written first.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// What stands for lines left out.
const OMISSION: &str = "…";

/// A fenced block: what follows the fence, and its lines.
struct Block {
    info: String,
    lines: Vec<String>,
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for line in markdown.lines() {
        match (line.strip_prefix("```"), is_open) {
            (Some(info), false) => {
                blocks.push(Block { info: info.to_owned(), lines: Vec::new() });
                is_open = true;
            }
            (Some(_), true) => is_open = false,
            (None, true) => blocks.last_mut().expect("a block is open").lines.push(line.to_owned()),
            (None, false) => {}
        }
    }
    blocks
}

/// Runs what follows `$ plneni`; its findings, its output and, where asked for, its exit code.
fn run(command: &str, folder: &Path) -> Vec<String> {
    let (command, wants_code) = match command.strip_suffix("; echo $?") {
        Some(command) => (command, true),
        None => (command, false),
    };
    let arguments = command.split_whitespace().skip(1);
    let output = Command::new(env!("CARGO_BIN_EXE_plneni"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program was built and can be run");
    let mut lines = Vec::new();
    for bytes in [&output.stderr, &output.stdout] {
        let text = String::from_utf8(bytes.clone()).expect("the output is UTF-8");
        lines.extend(text.replace('\\', "/").lines().map(str::to_owned));
    }
    if wants_code {
        lines.push(output.status.code().expect("it ended by itself").to_string());
    } else {
        assert!(output.status.success(), "{command} ended with {}: {lines:#?}", output.status);
    }
    lines
}

/// Whether the lines are those expected, apart from those left out.
fn fits(found: &[String], expected: &[String]) -> bool {
    match expected.split_first() {
        None => found.is_empty(),
        Some((line, rest)) if line == OMISSION => (0..=found.len()).any(|skipped| fits(&found[skipped..], rest)),
        Some((line, rest)) => found.split_first().is_some_and(|(first, others)| first == line && fits(others, rest)),
    }
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        let target = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            copy_tree(&path, &target);
        } else {
            fs::copy(&path, &target).expect("the file can be copied");
        }
    }
}

#[test]
fn commands_of_the_readme_print_what_it_says() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = TempDir::new().expect("a temporary folder can be made");
    copy_tree(&repository.join("data"), &folder.path().join("data"));
    let readme = fs::read_to_string(repository.join("README.md")).expect("there is a README");
    let mut n_commands = 0;
    for block in blocks(&readme) {
        if let Some((_, path)) = block.info.split_once("file=") {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
            fs::write(path, block.lines.join("\n") + "\n").expect("the file can be written");
        }
        if block.info != "console" {
            continue;
        }
        for session in block.lines.chunk_by(|_, next| !next.starts_with("$ ")) {
            let (command, expected) = session.split_first().expect("a chunk has a line");
            let command = command.strip_prefix("$ ").unwrap_or_else(|| panic!("„{command}“ is no command"));
            let found = run(command, folder.path());
            assert!(fits(&found, expected), "{command}\nfound: {found:#?}\nexpected: {expected:#?}");
            n_commands += 1;
        }
    }
    let report = fs::read_to_string(folder.path().join("kraj/vystup/informace-2025.md")).expect("it was written");
    assert!(report.contains("  - převažují kritéria, která se plní\n"), "a comma parts the items of a list: {report}");
    assert!(n_commands >= 9, "only {n_commands} commands were found");
}

#[test]
fn the_two_commands_stand_in_the_readme() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("there is one");
    for command in ["cargo run --release -- generate-report 2023", "cargo test"] {
        let is_there = blocks(&readme).iter().any(|block| block.info == "sh" && block.lines == [command]);
        assert!(is_there, "{command}");
    }
}
