//! `plneni check`: every finding in every file. It writes only when asked to correct, and the summary
//! of a step of GitHub Actions, which only [`emit::github`] asks for.

use std::path::{Component, Path, PathBuf};

use anyhow::bail;

use crate::cli::{Check, Global};
use crate::commands::{
    Outcome, corrections, end_with_hint, find_year, git, kept, narratives, of_period, output, progress, read_dataset,
    say, say_bytes, warn,
};
use crate::dataset::{Dataset, n_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::{self, FORMATS, Findings, Format, Stream};
use crate::{load, scope};

/// How long the summary of a step may be; GitHub refuses longer ones.
const STEP_SUMMARY_LIMIT: u64 = 1024 * 1024;

/// Checks the definitions and all periods, or just one.
pub fn run(arguments: &Check, global: &Global) -> anyhow::Result<Outcome> {
    let format = chosen_format(&arguments.output)?;
    if arguments.diff {
        return corrections::show(&corrections::corrections(arguments, global)?, global);
    }
    if arguments.fix {
        let _alone = output::alone_in(&global.data)?;
        corrections::correct(&corrections::corrections(arguments, global)?, global, format.stream)?;
    }
    let dataset = read_dataset(global)?;
    let diagnostics = &*kept(progress::during("Kontroluji data", || found(dataset, arguments, global))?);
    let findings = Findings {
        files: &dataset.files,
        diagnostics,
        root: &load::shown(&global.data),
        base: &seen_by_programs(&global.data, format),
        every_note: arguments.notes,
    };
    print(format, &findings)?;
    if format.name == emit::github::FORMAT.name {
        write_step_summary(&findings)?;
    }
    let n_denied = n_of(diagnostics, Severity::Error)
        + if arguments.deny.is_some() { n_of(diagnostics, Severity::Warning) } else { 0 };
    Ok(if n_denied > 0 { Outcome::BadData } else { Outcome::Success })
}

/// The findings that the arguments ask for.
pub(super) fn found(dataset: &Dataset, arguments: &Check, global: &Global) -> anyhow::Result<Vec<Diagnostic>> {
    let only = match arguments.period.as_deref().map(|text| (text, find_year(dataset, text))) {
        None => None,
        Some((_, Ok(year))) => Some(year),
        Some((text, Err(error))) => {
            // A period that could not be read is not an unknown one: its own findings say more.
            let found = of_period(dataset, text);
            return if n_of(&found, Severity::Error) > 0 { Ok(found) } else { Err(error) };
        }
    };
    let mut found = dataset.check_today(only);
    narratives::add_faults(dataset, only, &mut found, global)?;
    if let Some(revision) = &arguments.changed_since {
        let changes = git::changes_since(&global.data, revision)?;
        let before = Dataset::new(changes.before);
        let mut found_before = before.check_today(None);
        narratives::add_faults(&before, None, &mut found_before, global)?;
        return Ok(scope::about_changes(dataset, found, &changes.paths, &before, &found_before));
    }
    if arguments.paths.is_empty() {
        // Beside the error that says why, warnings that were accepted long ago would only hide the others.
        let is_told = |found: &Diagnostic| found.severity() != Severity::Warning || dataset.is_acceptance_known(found);
        found.retain(is_told);
        return Ok(found);
    }
    Ok(scope::about_paths(dataset, found, &named_paths(arguments, global)?))
}

/// The files and folders that the arguments name, as files are named below the data folder.
pub(super) fn named_paths(arguments: &Check, global: &Global) -> anyhow::Result<Vec<String>> {
    arguments.paths.iter().map(|path| load::below(&global.data, path)).collect()
}

fn chosen_format(name: &str) -> anyhow::Result<&'static Format> {
    let Some(format) = emit::find_format(name) else {
        let names = FORMATS.iter().map(|format| format.name);
        let end = end_with_hint(name, names);
        let known: Vec<String> =
            FORMATS.iter().map(|format| format!("\n  {:8} {}", format.name, format.title)).collect();
        bail!("výpis „{name}“ není{end} Výpisy jsou:{}", known.concat());
    };
    Ok(format)
}

/// Writes the findings and the summary line, each where it belongs.
fn print(format: &Format, findings: &Findings<'_>) -> anyhow::Result<()> {
    let text = (format.write)(findings)?;
    let summary = emit::summary(findings.diagnostics, findings.files.n_read());
    match format.stream {
        Stream::Messages => {
            if !text.is_empty() {
                warn(text.trim_end());
            }
            say(&summary)
        }
        Stream::Output => {
            let said = say_bytes(text.as_bytes());
            warn(&summary);
            said
        }
    }
}

/// Adds the summary to the file that GitHub Actions named, when it named one.
fn write_step_summary(findings: &Findings<'_>) -> anyhow::Result<()> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return Ok(()) };
    output::append(&PathBuf::from(path), |length| {
        let separator = if length > 0 { "\n" } else { "" };
        let limit = usize::try_from(STEP_SUMMARY_LIMIT.saturating_sub(length)).unwrap_or(0);
        let text = emit::github::summary(findings, limit.saturating_sub(separator.len()));
        if text.is_empty() { text } else { format!("{separator}{text}") }
    })
}

/// The data folder as programs look for it: for GitHub relative to the checkout that it named, where that
/// holds the data; for others relative to the working folder where it lies below it.
fn seen_by_programs(data: &Path, format: &Format) -> String {
    let is_for_github = [emit::github::FORMAT.name, emit::sarif::FORMAT.name].contains(&format.name);
    let checkout = std::env::var_os("GITHUB_WORKSPACE").filter(|path| is_for_github && !path.is_empty());
    let folders = checkout.map(PathBuf::from).into_iter().chain(std::env::current_dir());
    seen_from(folders, data)
}

/// A folder as seen from the first of `folders` that it lies below, links and `..` aside; otherwise as it was
/// named.
fn seen_from(folders: impl IntoIterator<Item = PathBuf>, data: &Path) -> String {
    if let Some(below) = folders.into_iter().find_map(|folder| load::below(&folder, data).ok()) {
        return below;
    }
    if data.has_root() {
        return load::shown(data);
    }
    let parts: PathBuf = data.components().filter(|part| *part != Component::CurDir).collect();
    load::shown(&parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_folder_is_seen_from_the_folder_that_holds_it() {
        let folder = std::env::current_dir().expect("there is one");
        let here = || [folder.clone()];
        for (data, expected) in [
            (PathBuf::from("data"), "data"),
            (PathBuf::from("./jiná/./data/"), "jiná/data"),
            (PathBuf::from("."), ""),
            (PathBuf::from("src/../data"), "data"),
            (PathBuf::from("../jinde/data"), "../jinde/data"),
            (folder.join("data"), "data"),
            (folder.join("src/../data"), "data"),
            (folder.clone(), ""),
        ] {
            assert_eq!(seen_from(here(), &data), expected, "{}", data.display());
        }
        let data = folder.join("data");
        let elsewhere = folder.join("src");
        assert_eq!(seen_from([elsewhere.clone(), folder.clone()], &data), "data");
        assert_eq!(seen_from([elsewhere.clone()], &data), load::shown(&data));
        assert_eq!(seen_from([elsewhere], Path::new("../jinde")), "../jinde");
    }
}
