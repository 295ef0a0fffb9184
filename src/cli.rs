//! The command line: its words and nothing else.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// `plneni`
#[derive(Debug, Parser)]
#[command(
    name = "plneni",
    version,
    about = "Hlídá plnění strategie kraje: načte opatření a podklady gestorů, zkontroluje je a napíše zprávu.",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_help_heading = "Příkazy",
    subcommand_value_name = "PŘÍKAZ",
    help_template = HELP_TEMPLATE,
    next_help_heading = "Volby"
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// clap's own phrases are English; this template and the headings keep the help Czech.
const HELP_TEMPLATE: &str = "{about-with-newline}\nPoužití: {usage}\n\n{all-args}";

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Složka s daty
    #[arg(long, global = true, value_name = "SLOŽKA", default_value = "data", hide_default_value = true)]
    pub data: PathBuf,
    /// Složka s vlastními šablonami, které nahradí vestavěné
    #[arg(long, global = true, value_name = "SLOŽKA")]
    pub templates: Option<PathBuf>,
    /// Ukáže nápovědu
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    pub help: Option<bool>,
    /// Ukáže verzi programu
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    pub version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Napíše zprávu o naplňování strategie
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    GenerateReport(GenerateReport),
    /// Zkontroluje všechna data a vypíše, co je v nich špatně
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Check(Check),
    /// Vypíše tabulky k dalšímu zpracování
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Export(Export),
    /// Vysvětlí, co nález znamená a jak ho napravit
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Explain(Explain),
}

#[derive(Debug, Args)]
pub struct GenerateReport {
    /// Sledované období, podle posledního roku (například 2023)
    #[arg(value_name = "ROK", help_heading = "Argumenty")]
    pub year: String,
    /// Formát zprávy: md nebo html; lze opakovat, jinak se zapíšou všechny
    #[arg(long, value_name = "FORMÁT")]
    pub format: Vec<String>,
    /// Kam zprávu zapsat (jinak vystup/ROK)
    #[arg(long, value_name = "SLOŽKA")]
    pub out: Option<PathBuf>,
    /// Zapíše pracovní verzi, i když jsou v datech chyby
    #[arg(long)]
    pub draft: bool,
}

#[derive(Debug, Args)]
pub struct Check {
    /// Jen definice a toto období
    #[arg(long, value_name = "ROK")]
    pub period: Option<String>,
    /// Co má vedle chyb vést k neúspěchu: warnings
    #[arg(long, value_name = "CO", hide_possible_values = true)]
    pub deny: Option<Deny>,
    /// Vypíše každou poznámku zvlášť
    #[arg(long)]
    pub notes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    Warnings,
}

#[derive(Debug, Args)]
pub struct Export {
    /// Sledované období, podle posledního roku (například 2023)
    #[arg(value_name = "ROK", help_heading = "Argumenty")]
    pub year: String,
    /// Která tabulka; lze opakovat, jinak všechny. Jediná jde na standardní výstup
    #[arg(long, value_name = "NÁZEV")]
    pub table: Vec<String>,
    /// Kam tabulky zapsat (jinak vystup/ROK)
    #[arg(long, value_name = "SLOŽKA")]
    pub out: Option<PathBuf>,
    /// Podoba CSV: standard (čárka, desetinná tečka), nebo excel (středník, desetinná čárka, BOM)
    #[arg(
        long,
        value_name = "PODOBA",
        default_value = "standard",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub dialect: Dialect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Dialect {
    Standard,
    Excel,
}

#[derive(Debug, Args)]
pub struct Explain {
    /// Kód nálezu (například po-terminu); bez něj se vypíše seznam
    #[arg(value_name = "KÓD", help_heading = "Argumenty")]
    pub code: Option<String>,
}
