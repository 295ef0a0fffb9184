//! The command line: its words and nothing else.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::did_you_mean;
use crate::load::limits::{DOCUMENT_MB, Reading};
use crate::table_format::{Dialect, TableFormat};

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
    override_usage = "plneni [VOLBY] PŘÍKAZ",
    help_template = HELP_TEMPLATE,
    next_help_heading = "Volby"
)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
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
    /// Největší textový soubor, který se čte, v MB (jinak 8)
    #[arg(long, global = true, value_name = "POČET", value_parser = clap::value_parser!(u64).range(1..=1024))]
    #[arg(default_value_t = Reading::USUAL.file_mb, hide_default_value = true)]
    pub limit_file_mb: u64,
    /// Kolik souborů smí ve složce s daty být (jinak 20 000)
    #[arg(long, global = true, value_name = "POČET", value_parser = clap::value_parser!(u32).range(1..))]
    #[arg(default_value_t = Reading::USUAL.n_files as u32, hide_default_value = true)]
    pub limit_files: u32,
    /// Kolik MB smí mít dohromady (jinak 1024)
    #[arg(long, global = true, value_name = "POČET", value_parser = clap::value_parser!(u64).range(1..=1_048_576))]
    #[arg(default_value_t = Reading::USUAL.total_mb, hide_default_value = true)]
    pub limit_total_mb: u64,
    /// Ukáže nápovědu
    #[arg(short, long, global = true, action = clap::ArgAction::Help)]
    pub help: Option<bool>,
    /// Ukáže verzi programu
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    pub version: Option<bool>,
}

impl Global {
    /// How much may be read.
    pub fn reading(&self) -> Reading {
        Reading { file_mb: self.limit_file_mb, n_files: self.limit_files as usize, total_mb: self.limit_total_mb }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Napíše zprávu o naplňování strategie
    #[command(override_usage = "plneni generate-report [VOLBY] ROK")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    GenerateReport(GenerateReport),
    /// Zkontroluje všechna data a vypíše, co je v nich špatně
    #[command(override_usage = "plneni check [VOLBY] [CESTA]…")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Check(Check),
    /// Převezme vyplněné formuláře do podkladů
    #[command(override_usage = "plneni import [VOLBY] SOUBOR…")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Import(Import),
    /// Vypíše tabulky k dalšímu zpracování
    #[command(override_usage = "plneni export [VOLBY] ROK")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Export(Export),
    /// Vypíše, kdo už dodal podklady, co chybí a kde si podklady odporují
    #[command(override_usage = "plneni status [VOLBY] ROK")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Status(Status),
    /// Zakládá a zmrazuje sledovaná období
    #[command(override_usage = "plneni period [VOLBY] PŘÍKAZ")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby", disable_help_subcommand = true)]
    #[command(subcommand, subcommand_help_heading = "Příkazy", subcommand_value_name = "PŘÍKAZ")]
    Period(Period),
    /// Zapíše formuláře, do kterých subjekty vyplní podklady
    #[command(override_usage = "plneni form [VOLBY] ROK")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Form(Form),
    /// Pracuje se šablonami dokumentů
    #[command(override_usage = "plneni templates [VOLBY] PŘÍKAZ")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby", disable_help_subcommand = true)]
    #[command(subcommand, subcommand_help_heading = "Příkazy", subcommand_value_name = "PŘÍKAZ")]
    Templates(Templates),
    /// Vysvětlí, co nález znamená a jak ho napravit
    #[command(override_usage = "plneni explain [VOLBY] [KÓD]")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Explain(Explain),
    /// Vypíše JSON Schema souborů YAML, podle kterého editor napovídá a hlídá překlepy
    #[command(override_usage = "plneni schema [VOLBY] [DRUH]")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Schema(Schema),
    /// Vypíše skript, podle kterého shell doplňuje příkazy a volby
    #[command(override_usage = "plneni completions [VOLBY] SHELL")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Completions(Completions),
}

/// `plneni generate-report`
#[derive(Debug, Args)]
pub struct GenerateReport {
    /// Sledované období, podle posledního roku (například 2023)
    #[arg(value_name = "ROK", help_heading = "Argumenty")]
    pub year: String,
    /// Který dokument: informace, pisemna-informace, srovnani, akcni-plan, vyporadani-pripominek, dopis, upominka, nebo vlastní ze složky šablon
    #[arg(long, value_name = "NÁZEV", default_value = "informace", hide_default_value = true)]
    pub document: String,
    /// Formát: md, html, docx nebo xlsx; lze opakovat, jinak všechny, které dokument má
    #[arg(long, value_name = "FORMÁT")]
    pub format: Vec<String>,
    /// Kam zprávu zapsat (jinak vystup/ROK)
    #[arg(long, value_name = "SLOŽKA")]
    pub out: Option<PathBuf>,
    /// Zapíše i sešit k vyplnění (akční plán), který tam už je a je jiný; co je v něm vyplněné, zmizí
    #[arg(long)]
    pub replace: bool,
    /// Na které roky je akční plán (například 2026-2027), jinak na dva roky po období
    #[arg(long = "for", value_name = "ROKY")]
    pub plan_years: Option<String>,
    /// Zapíše pracovní verzi, i když jsou v datech chyby
    #[arg(long)]
    pub draft: bool,
    /// Jen opatření tohoto okruhu (například IX); lze opakovat
    #[arg(long, value_name = "OKRUH")]
    pub area: Vec<String>,
    /// Jen opatření tohoto gestora (například OSV); lze opakovat
    #[arg(long, value_name = "KÓD")]
    pub gestor: Vec<String>,
    /// Jen opatření v tomto stavu (například NEPLNĚNO); lze opakovat
    #[arg(long, value_name = "STAV")]
    pub status: Vec<String>,
    /// S kterým dřívějším obdobím srovnat (jinak s předchozím)
    #[arg(long, value_name = "ROK")]
    pub with: Option<String>,
    /// Nic nezapisuje, jen vypíše údaje, které vidí šablony, jako JSON
    #[arg(long)]
    pub dump_context: bool,
    /// Největší dokument, který se zapíše, v MB (jinak 64)
    #[arg(long, value_name = "POČET", value_parser = clap::value_parser!(u32).range(1..=4096))]
    #[arg(default_value_t = DOCUMENT_MB as u32, hide_default_value = true)]
    pub limit_document_mb: u32,
}

/// `plneni check`
#[derive(Debug, Clone, Args)]
pub struct Check {
    /// Vypíše jen nálezy, které se týkají těchto souborů nebo složek; načte se vždy vše
    #[arg(value_name = "CESTA", help_heading = "Argumenty")]
    pub paths: Vec<PathBuf>,
    /// Vypíše jen nálezy ve změněných souborech a co se změnami rozbilo jinde (například origin/main)
    #[arg(long, value_name = "REVIZE", conflicts_with = "paths")]
    pub changed_since: Option<String>,
    /// Opraví, co nemění význam: zápis stavů, termínů, opatření, subjektů a vypořádání, kódování CSV a konce řádků
    #[arg(long)]
    pub fix: bool,
    /// Jen ukáže, co by --fix opravil, a neuspěje, je-li toho něco; nálezy nevypisuje a nic nezapisuje
    #[arg(long, conflicts_with_all = ["output", "deny", "notes"])]
    pub diff: bool,
    /// Jen definice a toto období
    #[arg(long, value_name = "ROK")]
    pub period: Option<String>,
    /// Co má vedle chyb vést k neúspěchu: warnings
    #[arg(long, value_name = "CO", hide_possible_values = true)]
    pub deny: Option<Deny>,
    /// Vypíše každou poznámku zvlášť
    #[arg(long)]
    pub notes: bool,
    /// Podoba výpisu: full, concise, json, github, gitlab nebo sarif
    #[arg(long, value_name = "FORMÁT", default_value = "full", hide_default_value = true)]
    pub output: String,
}

/// What besides errors makes a check fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings too.
    Warnings,
}

/// `plneni import`
#[derive(Debug, Args)]
pub struct Import {
    /// Vyplněné formuláře: XLSX, CSV nebo YAML; převezmou se všechny, nebo žádný
    #[arg(value_name = "SOUBOR", help_heading = "Argumenty", required = true)]
    pub files: Vec<PathBuf>,
    /// Doplní opatření, ke kterým subjekt ještě nic nedodal nebo která jsou ve formuláři vyplněná; ostatní odpovědi nechá
    #[arg(long, conflicts_with = "replace")]
    pub add: bool,
    /// Nahradí podklady, které subjekt za období už má; co ve formuláři vyplněné není, smaže
    #[arg(long)]
    pub replace: bool,
}

/// `plneni export`
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
    /// Zapíše do složky otevřená data: všechny tabulky, jejich popisy, číselník a záznamy pro katalog
    #[arg(long, value_name = "SLOŽKA", conflicts_with_all = ["table", "out", "format", "dialect"])]
    pub open_data: Option<PathBuf>,
    /// Formát: csv, json, nebo xlsx, který jde vždy do souboru; jinak csv
    #[arg(long, value_name = "FORMÁT", default_value = "csv", hide_default_value = true, hide_possible_values = true)]
    pub format: TableFormat,
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

// What these are called is said where they are; clap only has to offer the names.
impl ValueEnum for TableFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl ValueEnum for Dialect {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// `plneni status`
#[derive(Debug, Args)]
pub struct Status {
    /// Sledované období, podle posledního roku (například 2025)
    #[arg(value_name = "ROK", help_heading = "Argumenty")]
    pub year: String,
    /// Ke kterému dni se počítá termín (například 2026-01-15), jinak k dnešnímu
    #[arg(long, value_name = "DEN")]
    pub as_of: Option<String>,
    /// Podoba pro programy: csv, json nebo md; jinak tabulka
    #[arg(long, value_name = "FORMÁT", hide_possible_values = true)]
    pub format: Option<StatusFormat>,
}

/// What besides a table the state of collecting is printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    /// One row a body and measure.
    Csv,
    /// Everything.
    Json,
    /// The tables as Markdown.
    Md,
}

/// `plneni period`
#[derive(Debug, Subcommand)]
pub enum Period {
    /// Založí období: zapíše obdobi.yaml a začátky textů uvod.md a shrnuti.md
    #[command(override_usage = "plneni period new [VOLBY] --from DEN --to DEN --due DEN ROK")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    New(PeriodNew),
    /// Zmrazí období: uloží jeho stavy, počty, definice a otisk dat; další změny jsou nález
    #[command(override_usage = "plneni period freeze [VOLBY] (--resolution ČÍSLO | --origin TEXT) ROK")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Freeze(PeriodFreeze),
}

/// `plneni period freeze`
#[derive(Debug, Args)]
pub struct PeriodFreeze {
    /// Období, jehož zpráva byla projednána (například 2025)
    #[arg(value_name = "ROK", help_heading = "Argumenty")]
    pub year: String,
    /// Číslo usnesení, jímž byla zpráva schválena nebo vzata na vědomí (například 123/26/ZK)
    #[arg(long, value_name = "ČÍSLO")]
    pub resolution: Option<String>,
    /// Z čeho jsou stavy a počty spočteny; nahrazuje usnesení u období převzatého ze zveřejněné zprávy
    #[arg(long, value_name = "TEXT")]
    pub origin: Option<String>,
}

/// `plneni period new`
#[derive(Debug, Args)]
pub struct PeriodNew {
    /// Poslední rok období (například 2025)
    #[arg(value_name = "ROK", help_heading = "Argumenty")]
    pub year: String,
    /// První den období (například 2024-01-01)
    #[arg(long, value_name = "DEN")]
    pub from: String,
    /// Poslední den období (například 2025-12-31)
    #[arg(long, value_name = "DEN")]
    pub to: String,
    /// Do kdy mají gestoři odevzdat podklady (například 2026-01-31)
    #[arg(long, value_name = "DEN")]
    pub due: String,
}

/// `plneni form`
#[derive(Debug, Args)]
pub struct Form {
    /// Sledované období, podle posledního roku (například 2025)
    #[arg(value_name = "ROK", help_heading = "Argumenty")]
    pub year: String,
    /// Jen formulář tohoto subjektu (například OSV); lze opakovat, jinak všech, kterých se nějaké opatření týká
    #[arg(long, value_name = "KÓD")]
    pub gestor: Vec<String>,
    /// Formát: xlsx, csv nebo yaml; lze opakovat, jinak xlsx
    #[arg(long, value_name = "FORMÁT")]
    pub format: Vec<String>,
    /// Kam formuláře zapsat (jinak vystup/ROK/formulare)
    #[arg(long, value_name = "SLOŽKA")]
    pub out: Option<PathBuf>,
    /// Zapíše i formuláře, které tam už jsou a jsou jiné; co je v nich vyplněné, zmizí
    #[arg(long)]
    pub replace: bool,
}

/// `plneni templates`
#[derive(Debug, Subcommand)]
pub enum Templates {
    /// Zapíše vestavěné šablony do složky, aby se daly upravit
    #[command(override_usage = "plneni templates export [VOLBY] SLOŽKA")]
    #[command(help_template = HELP_TEMPLATE, next_help_heading = "Volby")]
    Export(TemplatesExport),
}

/// `plneni templates export`
#[derive(Debug, Args)]
pub struct TemplatesExport {
    /// Složka, která ještě neexistuje nebo je prázdná
    #[arg(value_name = "SLOŽKA", help_heading = "Argumenty")]
    pub folder: PathBuf,
}

/// `plneni explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// Kód nálezu (například po-terminu); bez něj se vypíše seznam
    #[arg(value_name = "KÓD", help_heading = "Argumenty")]
    pub code: Option<String>,
    /// Vypíše všechna pravidla jako jeden dokument v Markdownu
    #[arg(long, conflicts_with = "code")]
    pub all: bool,
}

/// `plneni schema`
#[derive(Debug, Args)]
pub struct Schema {
    /// Druh souboru (například podklady); bez něj se vypíše seznam
    #[arg(value_name = "DRUH", help_heading = "Argumenty")]
    pub kind: Option<String>,
    /// Zapíše schéma do složky; bez druhu všechna
    #[arg(long, value_name = "SLOŽKA")]
    pub out: Option<PathBuf>,
}

/// `plneni completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// Shell: bash, zsh, fish, powershell nebo elvish
    #[arg(value_name = "SHELL", help_heading = "Argumenty", hide_possible_values = true)]
    pub shell: clap_complete::Shell,
}

/// What was wrong with the command line, in Czech; clap's own sentences are English.
pub fn czech_error(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    // Of several subcommands the likeliest comes last.
    let likeliest = |kind| match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.last().cloned().unwrap_or_default(),
        _ => context(kind),
    };
    let hint = match (context(ContextKind::SuggestedArg), likeliest(ContextKind::SuggestedSubcommand)) {
        (near, _) | (_, near) if !near.is_empty() => format!("; {}", did_you_mean(near)),
        _ => String::new(),
    };
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("neznámá volba „{}“{hint}", context(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => format!("neznámý příkaz „{}“{hint}", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("chybí {}", context(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "chybí příkaz".to_owned(),
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => {
            format!("volba „{}“ chce hodnotu", context(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue => format!(
            "hodnota „{}“ u „{}“ není možná; může být: {}",
            context(ContextKind::InvalidValue),
            context(ContextKind::InvalidArg),
            context(ContextKind::ValidValue)
        ),
        ErrorKind::ValueValidation => format!(
            "hodnota „{}“ u „{}“ není možná",
            context(ContextKind::InvalidValue),
            context(ContextKind::InvalidArg)
        ),
        ErrorKind::ArgumentConflict => format!(
            "„{}“ nejde použít zároveň s „{}“",
            context(ContextKind::InvalidArg),
            context(ContextKind::PriorArg)
        ),
        _ => "příkaz je zapsán chybně".to_owned(),
    };
    format!("{message}\nNápovědu vypíše „plneni --help“.")
}
