//! Arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use plneni::cli::{self, Cli, Command};
use plneni::commands::{self, Outcome, unfinished};

/// Loading and rendering make many small texts on all cores at once, where the systems' own allocators
/// take a fifth of the time, and that of musl far more.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    unfinished::heed_interruption();
    // Shells of Windows leave it to programs to find the files that „*.xlsx“ means.
    let cli = match Cli::try_parse_from(wild::args_os()) {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => error.exit(),
        Err(error) => {
            commands::warn(&format!("plneni: {}", cli::czech_error(&error)));
            return ExitCode::from(Outcome::CouldNotRun as u8);
        }
    };
    // On a thread of the pool, whose others then need not be woken for each piece of work.
    let outcome = match rayon::scope(|_| run(&cli)) {
        Ok(outcome) => outcome,
        Err(error) => {
            commands::warn(&format!("plneni: {}", commands::told(&error)));
            Outcome::CouldNotRun
        }
    };
    ExitCode::from(outcome as u8)
}

fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    match &cli.command {
        Command::GenerateReport(arguments) => commands::generate_report::run(arguments, &cli.global),
        Command::Check(arguments) => commands::check::run(arguments, &cli.global),
        Command::Import(arguments) => commands::import::run(arguments, &cli.global),
        Command::Export(arguments) => commands::export::run(arguments, &cli.global),
        Command::Status(arguments) => commands::status::run(arguments, &cli.global),
        Command::Period(cli::Period::New(arguments)) => commands::period::new(arguments, &cli.global),
        Command::Period(cli::Period::Freeze(arguments)) => commands::period::freeze(arguments, &cli.global),
        Command::Form(arguments) => commands::form::run(arguments, &cli.global),
        Command::Templates(cli::Templates::Export(arguments)) => commands::templates::run(arguments, &cli.global),
        Command::Completions(arguments) => commands::completions::run(arguments),
        Command::Schema(arguments) => commands::schema::run(arguments, &cli.global),
        Command::Explain(arguments) => commands::explain::run(arguments),
    }
}
