//! What both benches measure with. It prints nothing.

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use granit_parser::Parser;
use mimalloc::MiMalloc;
use plneni::load::{RawFile, yaml};
use plneni::source::{FileText, Files};

/// The program's own, so that steps cost here what they cost there.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The folder of the sources.
pub(crate) const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// The built program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_plneni");

/// The least that reading these bytes can cost: the parsers' events and records, thrown away.
pub(crate) fn floor(raw_files: &[RawFile]) -> anyhow::Result<usize> {
    let mut n_seen = 0;
    for raw in raw_files {
        if raw.path.ends_with(".yaml") {
            let text = std::str::from_utf8(&raw.bytes)?;
            for event in Parser::new_from_str(text) {
                black_box(event.with_context(|| raw.path.clone())?);
                n_seen += 1;
            }
        } else if raw.path.ends_with(".csv") {
            n_seen += n_fields(&raw.bytes);
        }
    }
    Ok(n_seen)
}

/// The least that anything which looks at whole files can start from: YAML as a tree of nodes, CSV as
/// in [`floor`], on one thread.
pub(crate) fn floor_of_nodes(raw_files: &[RawFile]) -> anyhow::Result<usize> {
    let mut n_seen = 0;
    for raw in raw_files {
        if raw.path.ends_with(".yaml") {
            let text = FileText::from(std::str::from_utf8(&raw.bytes)?);
            let file = Files::default().add(raw.path.clone(), String::new());
            black_box(yaml::parse(file, &text, &mut Vec::new()).with_context(|| raw.path.clone())?);
            n_seen += 1;
        } else if raw.path.ends_with(".csv") {
            n_seen += n_fields(&raw.bytes);
        }
    }
    Ok(n_seen)
}

/// What somebody else's loader starts from: YAML as the plain tree of values that `serde-saphyr` makes of
/// it with the same parser, without any places, on one thread.
#[allow(dead_code, reason = "one of the benches needs it")]
pub(crate) fn floor_of_trees(raw_files: &[RawFile]) -> anyhow::Result<Vec<serde_json::Value>> {
    let is_yaml = |raw: &&RawFile| raw.path.ends_with(".yaml");
    let tree = |raw: &RawFile| serde_saphyr::from_slice(&raw.bytes).with_context(|| raw.path.clone());
    raw_files.iter().filter(is_yaml).map(tree).collect()
}

fn n_fields(bytes: &[u8]) -> usize {
    let mut reader = csv_core::Reader::new();
    let (mut buffer, mut ends) = (vec![0; 1 << 16], [0; 64]);
    let (mut at, mut n_fields) = (0, 0);
    loop {
        let (result, n_in, _, n_ends) = reader.read_record(&bytes[at..], &mut buffer, &mut ends);
        at += n_in;
        n_fields += n_ends;
        if matches!(result, csv_core::ReadRecordResult::End) {
            return n_fields;
        }
    }
}

/// Runs a program in the folder of the sources, to its end.
pub(crate) fn run(program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let status =
        Command::new(program).args(arguments).current_dir(ROOT).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if !status.success() {
        bail!("{program} {arguments:?} ended with {status}");
    }
    Ok(())
}

/// Millions of bytes, as inputs are measured; `None` where GNU time, which counts them, is not installed.
pub(crate) fn peak_megabytes(arguments: &[&str]) -> Option<f64> {
    let output = Command::new("/usr/bin/time")
        .args(["--format", "peak %M", PROGRAM])
        .args(arguments)
        .current_dir(ROOT)
        .stdout(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let kilobytes: f64 = text.lines().last()?.strip_prefix("peak ")?.parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}

/// What a step gives and how long it took.
#[allow(clippy::disallowed_methods, reason = "measuring time is what a bench is for")]
pub(crate) fn timed<T>(step: impl FnOnce() -> T) -> (T, Duration) {
    let start = std::time::Instant::now();
    let result = black_box(step());
    (result, start.elapsed())
}

/// In seconds.
pub(crate) fn median(times: &[Duration]) -> f64 {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
}
