//! What each step of `generate-report` costs, as a multiple of what cannot be saved: parsing the
//! same bytes. Everything is measured in one run over the real data, round by round, so that a busy
//! machine slows all steps alike. It asserts nothing. `cargo bench --bench pipeline`.

mod common;

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use common::{PROGRAM, ROOT, floor, floor_of_nodes, median, peak_megabytes, run, timed};
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
    steps.time("the same into nodes, one thread", || floor_of_nodes(&raw_files))?;
    let mut tree = steps.time("parse, in parallel", || load::parse(copied(&raw_files)));
    steps.time("build", || model::build(&mut tree, None));
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
    let narratives = Narratives { texts: dataset.narratives(evaluated.period), view: &view };
    let renderer = steps.time("prepare the templates", || Renderer::new(&templates, DOCUMENT, &view, &narratives))?;
    for format in &formats {
        steps.time(&format!("render {}", format.name), || (format.render)(&renderer))?;
    }
    Ok(())
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
