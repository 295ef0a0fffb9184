//! How the costs grow with the data: made-up data of several sizes, checked and reported on in one
//! run, as multiples of what cannot be saved and of each other. It asserts nothing.
//!
//! `cargo bench --bench scale`; `cargo bench --bench scale -- 1000` goes up to a thousand strategies
//! and a million rows, which takes minutes and gigabytes.

mod common;
#[path = "../examples/generate-data/made_up.rs"]
mod made_up;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;
use common::{PROGRAM, ROOT, floor, floor_of_nodes, floor_of_trees, median, peak_megabytes, run, timed};
use made_up::{Format, Shape};
use plneni::dataset::Dataset;
use plneni::load;

const N_ROUNDS: usize = 5;
const YEAR: &str = "2023";
/// The page of the largest data has hundreds of megabytes.
const LARGE: [&str; 2] = ["--limit-document-mb", "1024"];
const PEER: &str = "benches/peer/report.py";

#[allow(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() -> anyhow::Result<()> {
    let is_large = std::env::args().any(|argument| argument == "1000");
    let folder = tempfile::tempdir()?;
    let made = |name: &str, scale: usize, rows: Option<usize>, format: Format| {
        Data::make(folder.path(), name, &Shape { scale, rows, n_periods: 1, seed: 1, format })
    };
    let mut yaml = vec![
        made("×1, YAML", 1, None, Format::Yaml)?,
        made("×10, YAML", 10, None, Format::Yaml)?,
        made("×100, YAML", 100, None, Format::Yaml)?,
    ];
    let mut csv =
        vec![made("×100, CSV", 100, None, Format::Csv)?, made("100 000 rows", 1, Some(100_000), Format::Csv)?];
    if is_large {
        yaml.push(made("×1000, YAML", 1000, None, Format::Yaml)?);
        csv.push(made("1 000 000 rows", 1, Some(1_000_000), Format::Csv)?);
    }

    println!(
        "{:18}{:>9}{:>12}{:>12}{:>12}{:>12}{:>16}",
        "check, in process", "MB", "× floor", "× nodes", "× trees", "ms", "× the one above"
    );
    let mut before = None;
    for data in yaml.iter().chain(&csv) {
        let Costs { floor, nodes, trees, check } = data.measure_check()?;
        let growth = before.map_or_else(String::new, |before| format!("{:.1}", check / before));
        println!(
            "{:18}{:>9.1}{:>12.2}{:>12.2}{:>12.2}{:>12.1}{growth:>16}",
            data.name,
            data.megabytes,
            check / floor,
            check / nodes,
            check / trees,
            check * 1e3
        );
        before = Some(check);
    }

    println!("\n{:18}{:>14}{:>14}{:>14}{:>16}", "whole processes", "check ms", "report ms", "÷ check", "peak ÷ input");
    for data in yaml.iter().chain(&csv) {
        data.print_processes(folder.path())?;
    }

    println!(
        "\n{:18}{:>14}{:>14}{:>14}{:>14}",
        "report in HTML", "plneni ms", "script ms", "script ÷ ours", "plain ÷ ours"
    );
    let real = Data { name: "the real data".to_owned(), folder: Path::new(ROOT).join("data"), megabytes: 0.0 };
    for data in [&real].into_iter().chain(yaml.iter().skip(2)).chain(&csv) {
        data.print_peer(folder.path())?;
    }
    Ok(())
}

/// Seconds.
struct Costs {
    /// The bare parsers.
    floor: f64,
    /// The same, but YAML into nodes.
    nodes: f64,
    /// YAML into trees by `serde-saphyr`.
    trees: f64,
    /// Everything from bytes to findings.
    check: f64,
}

/// A data folder and how much is in it.
struct Data {
    name: String,
    folder: PathBuf,
    megabytes: f64,
}

impl Data {
    #[allow(clippy::disallowed_methods, reason = "made-up data go to a temporary folder")]
    fn make(folder: &Path, name: &str, shape: &Shape) -> anyhow::Result<Self> {
        let folder = folder.join(name.replace(' ', "-"));
        let mut n_bytes = 0;
        made_up::files(shape, |path, text| {
            n_bytes += text.len();
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            std::fs::write(&path, text).with_context(|| path.display().to_string())
        })?;
        Ok(Self { name: name.to_owned(), folder, megabytes: n_bytes as f64 / 1e6 })
    }

    fn measure_check(&self) -> anyhow::Result<Costs> {
        let raw_files = load::read_tree(&self.folder)?;
        let (mut floors, mut nodes, mut trees, mut checks) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..N_ROUNDS {
            let (result, time) = timed(|| floor(&raw_files));
            result?;
            floors.push(time);
            let (result, time) = timed(|| floor_of_nodes(&raw_files));
            result?;
            nodes.push(time);
            let (result, time) = timed(|| floor_of_trees(&raw_files));
            result?;
            trees.push(time);
            let copied = raw_files.clone();
            // The program never gives the data back either; it ends.
            let checked = || {
                let dataset = Dataset::new(copied);
                let found = dataset.check(None);
                (dataset, found)
            };
            checks.push(timed(checked).1);
        }
        Ok(Costs { floor: median(&floors), nodes: median(&nodes), trees: median(&trees), check: median(&checks) })
    }

    fn path(&self) -> String {
        self.folder.to_string_lossy().into_owned()
    }

    #[allow(clippy::print_stdout, reason = "a bench prints what it measured")]
    fn print_processes(&self, out: &Path) -> anyhow::Result<()> {
        let (path, out) = (self.path(), out.join("out").to_string_lossy().into_owned());
        let check = ["--data", &path, "check"];
        let formats = ["--format", "md", "--format", "html"];
        let report = [&["--data", &path, "generate-report", YEAR, "--out", &out], &formats[..], &LARGE[..]].concat();
        let (mut checks, mut reports) = (Vec::new(), Vec::new());
        for _ in 0..N_ROUNDS {
            for (arguments, times) in [(&check[..], &mut checks), (&report[..], &mut reports)] {
                let (result, time) = timed(|| run(PROGRAM, arguments));
                result?;
                times.push(time);
            }
        }
        let (check_time, report_time) = (median(&checks), median(&reports));
        let memory = peak_megabytes(&check).map_or("?".to_owned(), |peak| format!("{:.1}", peak / self.megabytes));
        println!(
            "{:18}{:>14.1}{:>14.1}{:>14.1}{memory:>16}",
            self.name,
            check_time * 1e3,
            report_time * 1e3,
            report_time / check_time
        );
        Ok(())
    }

    /// The page that `benches/peer/report.py` makes of the same files, where Python has what it needs.
    #[allow(clippy::print_stdout, reason = "a bench prints what it measured")]
    fn print_peer(&self, out: &Path) -> anyhow::Result<()> {
        if !has_peer() {
            println!("{:18}{:>42}", self.name, "needs benches/peer/requirements.txt");
            return Ok(());
        }
        let path = self.path();
        let page = out.join("peer.html").to_string_lossy().into_owned();
        let out = out.join("out").to_string_lossy().into_owned();
        let ours =
            [&["--data", &path, "generate-report", YEAR, "--format", "html", "--out", &out], &LARGE[..]].concat();
        let script = [PEER, &path, YEAR, &page];
        let plain = [PEER, &path, YEAR, &page, "--plain"];
        let commands = [(PROGRAM, &ours[..]), ("python3", &script[..]), ("python3", &plain[..])];
        let mut times = [const { Vec::new() }; 3];
        for _ in 0..N_ROUNDS {
            for ((program, arguments), times) in commands.iter().zip(&mut times) {
                let (result, time) = timed(|| run(program, arguments));
                result?;
                times.push(time);
            }
        }
        let [ours, script, plain] = times.map(|times| median(&times) * 1e3);
        println!("{:18}{ours:>14.1}{script:>14.1}{:>14.1}{:>14.1}", self.name, script / ours, plain / ours);
        Ok(())
    }
}

fn has_peer() -> bool {
    let mut command = Command::new("python3");
    command.args(["-c", "import jinja2, mistune, yaml; yaml.CSafeLoader"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
