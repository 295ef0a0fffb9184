//! `plneni completions`: what a shell needs to complete the program's commands and options.

use clap::CommandFactory;

use crate::cli::{Cli, Completions};
use crate::commands::{Outcome, say_bytes};

/// Prints the script for one shell.
pub fn run(arguments: &Completions) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "plneni", &mut script);
    say_bytes(&script)?;
    Ok(Outcome::Success)
}
