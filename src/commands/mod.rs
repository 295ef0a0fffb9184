//! One file a command. Commands join reading, the core and writing; nothing else prints or writes.

pub mod check;
pub mod clock;
pub mod completions;
mod corrections;
pub mod explain;
pub mod export;
pub mod form;
pub mod generate_report;
pub mod git;
pub mod import;
pub mod memory;
mod narratives;
pub mod output;
mod patch;
pub mod period;
mod progress;
pub mod schema;
pub mod status;
mod targets;
pub mod templates;
pub mod unfinished;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use jiff::civil::Date;

use crate::cli::Global;
use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Severity, did_you_mean, nearest};
use crate::emit::{self, Findings};
use crate::load;
use crate::model::{BodyId, Strategy, Year, day, is_hidden};

/// How a run ended; the number is the process's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Success = 0,
    /// The data are wrong.
    BadData = 1,
    /// The run could not be made.
    CouldNotRun = 2,
    /// Somebody ended it; the number is that of shells for Ctrl-C.
    Interrupted = 130,
}

/// Writes a line to the standard output.
fn say(line: &str) -> anyhow::Result<()> {
    say_bytes(format!("{line}\n").as_bytes())
}

/// Writes bytes to the standard output. A reader that went away (`| head`) is no error: what is written
/// to files, and how the run ends, does not depend on whether somebody reads to the end.
fn say_bytes(bytes: &[u8]) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        said => said.context("na standardní výstup nejde zapsat"),
    }
}

/// Writes to the standard error, with colours only where a terminal shows them. What cannot be
/// written there has nobody to be told to.
pub fn warn(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// An error with what led to it on one line, in Czech also where the system speaks, and without
/// characters that would steer a terminal: names of files may hold any.
pub fn told(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in error.chain() {
        if let Some(cause) = cause.downcast_ref::<std::io::Error>() {
            // What lies below only says the same again, or names a temporary file.
            parts.push(of_system(cause));
            break;
        }
        parts.push(cause.to_string());
    }
    parts.join(": ").replace(is_hidden, "\u{FFFD}")
}

fn of_system(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let told = match error.kind() {
        ErrorKind::NotFound => "takový soubor ani složka není",
        ErrorKind::PermissionDenied => "chybí oprávnění",
        ErrorKind::StorageFull => "na disku není místo",
        ErrorKind::QuotaExceeded => "je vyčerpán přidělený prostor na disku",
        ErrorKind::FileTooLarge => "soubor je větší, než systém dovolí",
        ErrorKind::ReadOnlyFilesystem => "disk je jen ke čtení",
        ErrorKind::IsADirectory => "je to složka",
        ErrorKind::NotADirectory => "část cesty není složka",
        ErrorKind::AlreadyExists => "soubor toho jména už tu je",
        _ if is_in_use(error) => "právě ho používá jiný program",
        _ => return error.to_string(),
    };
    told.to_owned()
}

/// Whether another program has the file.
fn is_in_use(error: &std::io::Error) -> bool {
    /// Rust has no kind for what Windows says of a file that somebody has open, or of a part that is locked.
    const SHARING_VIOLATIONS: [i32; 2] = [32, 33];
    let is_shared = cfg!(windows) && error.raw_os_error().is_some_and(|code| SHARING_VIOLATIONS.contains(&code));
    is_shared || error.kind() == std::io::ErrorKind::ResourceBusy
}

/// Shows errors only, in full on the standard error; gives back whether there were any.
fn show_errors(dataset: &Dataset, diagnostics: &[Diagnostic], global: &Global) -> bool {
    let errors: Vec<Diagnostic> =
        diagnostics.iter().filter(|found| found.severity() == Severity::Error).cloned().collect();
    let root = load::shown(&global.data);
    let findings =
        Findings { files: &dataset.files, diagnostics: &errors, root: &root, base: &root, every_note: false };
    if !errors.is_empty() {
        warn(emit::full::write(&findings).trim_end());
    }
    !errors.is_empty()
}

/// Says which files were written.
fn say_written(paths: &[PathBuf]) -> anyhow::Result<()> {
    paths.iter().try_for_each(|path| say(&format!("Zapsáno: {}", load::shown(path))))
}

fn read_dataset(global: &Global) -> anyhow::Result<&'static Dataset> {
    output::tell_pending(&global.data)?;
    progress::during("Načítám data", || {
        Ok(&*kept(Dataset::new(load::read_tree_within(&global.data, &global.reading())?)))
    })
}

/// Something large, for as long as the program runs: it ends sooner than it would have given back each
/// text.
fn kept<'a, T: 'a>(large: T) -> &'a mut T {
    Box::leak(Box::new(large))
}

/// The period that the user named.
fn find_year(dataset: &Dataset, text: &str) -> anyhow::Result<Year> {
    let year = Year::parse(text).filter(|&year| dataset.period(year).is_some());
    let Some(year) = year else {
        let known: Vec<String> = dataset.periods().map(|period| period.year.to_string()).collect();
        if known.is_empty() {
            bail!("období „{text}“ v datech není; není v nich zatím žádné");
        }
        bail!("období „{text}“ v datech není; jsou v nich: {}", known.join(", "));
    };
    Ok(year)
}

/// The same of a period whose files may be unreadable. Such a one is not unknown: its own findings, which are shown
/// then, say more.
fn find_readable_year(dataset: &Dataset, text: &str, global: &Global) -> anyhow::Result<Option<Year>> {
    match find_year(dataset, text) {
        Ok(year) => Ok(Some(year)),
        Err(_) if show_errors(dataset, &of_period(dataset, text), global) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What was wrong with reading the files of a period, by the name that the user gave it.
fn of_period(dataset: &Dataset, year: &str) -> Vec<Diagnostic> {
    let year = Year::parse(year);
    let belongs = |found: &&Diagnostic| year.is_some() && found.period == year;
    dataset.loading().iter().filter(belongs).cloned().collect()
}

/// A day that the user typed, as the data write it.
fn parse_date(option: &str, text: &str) -> anyhow::Result<Date> {
    day(text).with_context(|| format!("„{text}“ u volby {option} není datum; pište ho jako 2025-12-31"))
}

/// The body that the user named.
fn find_body(strategy: &Strategy, text: &str) -> anyhow::Result<BodyId> {
    let register = &strategy.register;
    register.find(text).or_else(|| register.find_called(text)).with_context(|| match nearest(text, register.codes()) {
        Some(near) => format!("gestor „{text}“ v registru není; {}", did_you_mean(near)),
        None => format!("gestor „{text}“ v registru není"),
    })
}

/// How a sentence on a name that there is not ends, when another one follows that lists the known ones.
fn end_with_hint<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(written, known).map_or_else(|| ".".to_owned(), |near| format!("; {}", did_you_mean(near)))
}

/// The region's own templates, by name below their folder.
fn read_templates(global: &Global) -> anyhow::Result<Vec<(String, String)>> {
    let Some(folder) = &global.templates else { return Ok(Vec::new()) };
    if !folder.is_dir() {
        bail!("složka se šablonami „{}“ neexistuje; jinou určíte volbou --templates", load::shown(folder));
    }
    let files = load::read_tree_within(folder, &global.reading())
        .with_context(|| format!("šablony ze složky „{}“ nejde načíst", load::shown(folder)))?;
    files
        .into_iter()
        .map(|file| {
            let text = String::from_utf8(file.bytes)
                .with_context(|| format!("šablona „{}“ není v kódování UTF-8", file.path))?;
            Ok((file.path, text))
        })
        .collect()
}
