//! What each step of `generate-report` costs, as a multiple of what cannot be saved: parsing the
//! same bytes. Everything is measured in one run over the real data, round by round, so that a busy
//! machine slows all steps alike. It asserts nothing. `cargo bench --bench pipeline`.

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use granit_parser::Parser;
use plneni::dataset::Dataset;
use plneni::load::{self, RawFile};
use plneni::model::{self, Year};
use plneni::render::templates::Templates;
use plneni::render::{self, Narratives, Renderer};
use plneni::view::{self, Request};

const N_ROUNDS: usize = 101;
const N_PROCESSES: usize = 41;
const YEAR: &str = "2023";
const DOCUMENT: &str = "informace";
const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const PROGRAM: &str = env!("CARGO_BIN_EXE_plneni");

fn main() -> anyhow::Result<()> {
    let data = Path::new(ROOT).join("data");
    let mut steps = Steps::default();
    for _ in 0..N_ROUNDS {
        round(&data, &mut steps)?;
    }
    steps.print();
    print_processes()
}

/// Every step once, in the order in which the command takes them.
fn round(data: &Path, steps: &mut Steps) -> anyhow::Result<()> {
    let raw_files = steps.time("read the tree", || load::read_tree(data))?;
    steps.time("floor: bare parsers, one thread", || floor(&raw_files))?;
    let tree = steps.time("parse, in parallel", || load::parse(copied(&raw_files)));
    steps.time("build", || model::build(&tree, None));
    let dataset = Dataset::new(raw_files);
    let year = Year::parse(YEAR).context("the year is one")?;
    let diagnostics = steps.time("check", || dataset.check(Some(year)));
    let evaluated = steps.time("evaluate", || dataset.evaluate(year)).context("the period is there")?;
    let stem = format!("{DOCUMENT}-{YEAR}");
    let templates = Templates::new(&[]);
    let formats = templates.formats(DOCUMENT);
    let format_views = formats.iter().map(|format| render::format_view(format, &stem)).collect();
    let request = Request { formats: format_views, ..Request::default() };
    let view = steps.time("view", || view::build(&dataset, &evaluated, &diagnostics, &request));
    let texts: Vec<(String, String)> = evaluated
        .period
        .narratives
        .values()
        .map(|&file| (dataset.files.get(file).path().to_owned(), dataset.files.get(file).text().to_owned()))
        .collect();
    let narratives = Narratives { texts, view: &view };
    let renderer = steps.time("prepare the templates", || Renderer::new(&templates, DOCUMENT, &view, &narratives))?;
    for format in &formats {
        steps.time(&format!("render {}", format.name), || (format.render)(&renderer))?;
    }
    Ok(())
}

/// The least that reading these bytes can cost: the parsers' events and fields, thrown away.
fn floor(raw_files: &[RawFile]) -> anyhow::Result<usize> {
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

fn n_fields(bytes: &[u8]) -> usize {
    let mut reader = csv_core::Reader::new();
    let mut buffer = [0; 4096];
    let (mut at, mut n_fields) = (0, 0);
    loop {
        let (result, n_in, _) = reader.read_field(&bytes[at..], &mut buffer);
        at += n_in;
        match result {
            csv_core::ReadFieldResult::End => return n_fields,
            csv_core::ReadFieldResult::Field { .. } => n_fields += 1,
            csv_core::ReadFieldResult::InputEmpty | csv_core::ReadFieldResult::OutputFull => {}
        }
    }
}

fn copied(raw_files: &[RawFile]) -> Vec<RawFile> {
    raw_files.iter().map(|raw| RawFile { path: raw.path.clone(), bytes: raw.bytes.clone() }).collect()
}

/// How long each step took in each round, in the order in which the steps first came.
#[derive(Default)]
struct Steps {
    times: Vec<(String, Vec<Duration>)>,
}

impl Steps {
    fn time<T>(&mut self, name: &str, step: impl FnOnce() -> T) -> T {
        let (result, time) = timed(step);
        match self.times.iter_mut().find(|(known, _)| known == name) {
            Some((_, times)) => times.push(time),
            None => self.times.push((name.to_owned(), vec![time])),
        }
        result
    }

    #[allow(clippy::print_stdout, reason = "a bench prints what it measured")]
    fn print(&self) {
        let floor = self.times.iter().find(|(name, _)| name.starts_with("floor")).map_or(1.0, |(_, t)| median(t));
        println!("{:34}{:>10}{:>10}", format!("step, median of {N_ROUNDS} rounds"), "× floor", "ms");
        for (name, times) in &self.times {
            println!("{name:34}{:>10.2}{:>10.3}", median(times) / floor, median(times) * 1e3);
        }
    }
}

/// The whole program: time against one that only says its version, and peak memory.
#[allow(clippy::print_stdout, reason = "a bench prints what it measured")]
fn print_processes() -> anyhow::Result<()> {
    let out = tempfile::tempdir()?;
    let out = out.path().to_string_lossy().into_owned();
    let all = ["generate-report", YEAR, "--out", &out];
    let both = ["generate-report", YEAR, "--format", "md", "--format", "html", "--out", &out];
    let commands: [(&str, &[&str]); 5] = [
        ("--version", &["--version"]),
        ("check", &["check"]),
        ("export, all tables", &["export", YEAR, "--out", &out]),
        ("generate-report, md + html", &both),
        ("generate-report, all formats", &all),
    ];
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); commands.len()];
    for _ in 0..N_PROCESSES {
        for (index, (_, arguments)) in commands.iter().enumerate() {
            let (result, time) = timed(|| run(PROGRAM, arguments));
            result?;
            times[index].push(time);
        }
    }
    println!("\n{:34}{:>10}{:>10}{:>10}", format!("process, median of {N_PROCESSES}"), "× start", "ms", "peak MB");
    let start = median(&times[0]);
    for ((name, arguments), times) in commands.iter().zip(&times) {
        let memory = peak_megabytes(arguments).map_or("?".to_owned(), |memory| format!("{memory:.1}"));
        println!("{name:34}{:>10.1}{:>10.1}{memory:>10}", median(times) / start, median(times) * 1e3);
    }
    Ok(())
}

fn run(program: &str, arguments: &[&str]) -> anyhow::Result<()> {
    let status =
        Command::new(program).args(arguments).current_dir(ROOT).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    if !status.success() {
        bail!("{program} {arguments:?} ended with {status}");
    }
    Ok(())
}

/// As GNU time counts it; `None` where that is not installed.
fn peak_megabytes(arguments: &[&str]) -> Option<f64> {
    let output = Command::new("/usr/bin/time")
        .args(["--format", "peak %M", PROGRAM])
        .args(arguments)
        .current_dir(ROOT)
        .stdout(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let kilobytes: f64 = text.lines().last()?.strip_prefix("peak ")?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

#[allow(clippy::disallowed_methods, reason = "measuring time is what a bench is for")]
fn timed<T>(step: impl FnOnce() -> T) -> (T, Duration) {
    let start = std::time::Instant::now();
    let result = black_box(step());
    (result, start.elapsed())
}

/// In seconds.
fn median(times: &[Duration]) -> f64 {
    let mut times = times.to_vec();
    times.sort();
    times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
}
