//! Writes a data folder of any size, to see how the program stands it:
//!
//! ```sh
//! cargo run --release --example generate-data -- --scale 100 --out /tmp/sto
//! cargo run --release --example generate-data -- --rows 1000000 --out /tmp/milion
//! ```
//!
//! The same arguments give the same bytes. It only writes what [`made_up`] makes up.

mod made_up;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Parser;
use made_up::{Format, Shape};

#[derive(Parser)]
struct Arguments {
    /// How many times the real strategy: 109 measures each
    #[arg(long, default_value_t = 1)]
    scale: usize,
    /// Instead: the real number of measures, and this many rows of CSV from municipalities that report on each
    #[arg(long, conflicts_with_all = ["scale", "yaml"])]
    rows: Option<usize>,
    /// How many reporting periods
    #[arg(long, default_value_t = 1)]
    periods: u16,
    /// Another seed gives other texts
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder to write, which must not exist
    #[arg(long)]
    out: PathBuf,
    /// Submissions as CSV
    #[arg(long, conflicts_with = "yaml")]
    csv: bool,
    /// Submissions as YAML, which is usual
    #[arg(long)]
    yaml: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if arguments.out.exists() {
        bail!("{} exists already", arguments.out.display());
    }
    let shape = Shape {
        scale: arguments.scale.max(1),
        rows: arguments.rows,
        n_periods: arguments.periods.max(1),
        seed: arguments.seed,
        format: if arguments.csv { Format::Csv } else { Format::Yaml },
    };
    made_up::files(&shape, |path, text| write(&arguments.out.join(path), text))
}

#[allow(clippy::disallowed_methods, reason = "a tool of developers; nothing depends on what it writes")]
fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    std::fs::write(path, text).with_context(|| path.display().to_string())
}
