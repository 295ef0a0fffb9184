//! Arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use plneni::cli::{Cli, Command};
use plneni::commands::{self, Outcome};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::GenerateReport(arguments) => commands::generate_report::run(arguments, &cli.global),
        Command::Check(arguments) => commands::check::run(arguments, &cli.global),
        Command::Export(arguments) => commands::export::run(arguments, &cli.global),
        Command::Explain(arguments) => commands::explain::run(arguments),
    };
    let outcome = result.unwrap_or_else(|error| {
        eprintln!("plneni: {error:#}");
        Outcome::CouldNotRun
    });
    ExitCode::from(outcome as u8)
}
