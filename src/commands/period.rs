//! `plneni period`: what happens to a period as a whole.

use anyhow::bail;

use crate::cli::{Global, PeriodFreeze, PeriodNew};
use crate::commands::output::{self, Batch};
use crate::commands::{Outcome, find_readable_year, parse_date, read_dataset, say, say_written, show_errors, warn};
use crate::dataset::Dataset;
use crate::diagnostic::Diagnostic;
use crate::freezing::{self, Approval};
use crate::load;
use crate::model::change::{is_number_of_resolution, says_more_than_number};
use crate::model::{Status, Year};
use crate::opening::Opening;
use crate::rules::jiny_zapis;

/// Writes the files that a period begins with, where there is no `obdobi.yaml` yet. Texts that somebody wrote
/// before that stay as they are.
pub fn new(arguments: &PeriodNew, global: &Global) -> anyhow::Result<Outcome> {
    let Some(year) = Year::parse(&arguments.year) else {
        bail!("„{}“ není rok; období se jmenuje podle svého posledního roku, například 2025", arguments.year)
    };
    let opening = Opening {
        year,
        from: parse_date("--from", &arguments.from)?,
        to: parse_date("--to", &arguments.to)?,
        due: parse_date("--due", &arguments.due)?,
    };
    let _alone = output::alone_in(&global.data)?;
    let dataset = read_dataset(global)?;
    let root = load::shown(&global.data);
    if let Some(path) = dataset.frozen_by(year) {
        bail!(
            "období {year} je zmrazené, viz {root}/{path}; nic se nepřidalo. Chybí-li v něm soubor, vraťte ho z historie (v gitu „git checkout“)"
        );
    }
    let files = opening.files();
    let (there, missing): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| global.data.join(path).exists());
    if let Some((path, _)) = there.iter().find(|(path, _)| load::is_period(path)) {
        bail!("soubor „{root}/{path}“ už existuje; nic se nepřepsalo ani nepřidalo");
    }
    // A period whose days cannot be read might overlap this one; that this one has none yet is no fault.
    let mut faults = of_definitions_of_periods(dataset);
    faults.retain(|found| files.iter().all(|(path, _)| path != dataset.files.path(found.place)));
    if show_errors(dataset, &faults, global) {
        return Ok(Outcome::BadData);
    }
    if let Some(fault) = opening.fault(dataset.periods()) {
        bail!("období {year} nejde založit: {fault}");
    }
    let mut batch = Batch::default();
    for (path, text) in missing {
        batch.prepare(global.data.join(path), text.as_bytes())?;
    }
    say_written(&batch.commit()?)?;
    there.iter().try_for_each(|(path, _)| say(&format!("Beze změny zůstal: {root}/{path}")))?;
    say(&format!("Podklady patří do složky {root}/obdobi/{year}/podklady."))?;
    Ok(Outcome::Success)
}

/// Keeps what a period says, so that whatever changes in it later is found.
pub fn freeze(arguments: &PeriodFreeze, global: &Global) -> anyhow::Result<Outcome> {
    let said =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let approval = Approval { resolution: said(&arguments.resolution), origin: said(&arguments.origin) };
    if let Some(text) = approval.resolution.as_deref().filter(|text| !is_number_of_resolution(text)) {
        bail!("„{text}“ u volby --resolution není číslo usnesení; napište ho, například 513/21/ZK");
    }
    if let Some(text) = approval.resolution.as_deref().filter(|text| says_more_than_number(text)) {
        bail!(
            "„{text}“ u volby --resolution není samo číslo usnesení; napište ho bez dalších slov, například 513/21/ZK"
        );
    }
    if approval.resolution.is_none() && approval.origin.is_none() {
        bail!(
            "není řečeno, čím je období uzavřeno: volbou --resolution uveďte číslo usnesení; není-li známo, napište volbou --origin, z čeho jsou stavy spočteny"
        );
    }
    let _alone = output::alone_in(&global.data)?;
    let raw_files = load::read_tree_within(&global.data, &global.reading())?;
    let dataset = Dataset::new(raw_files.clone());
    let Some(year) = find_readable_year(&dataset, &arguments.year, global)? else { return Ok(Outcome::BadData) };
    let Some(evaluated) = dataset.evaluate(year) else { bail!("období {year} nejde vyhodnotit") };
    let root = load::shown(&global.data);
    let folder = format!("{root}/obdobi/{}", evaluated.period.folder);
    if let Some(path) = dataset.frozen_by(year) {
        bail!("období {year} už zmrazené je, viz {root}/{path}; nic se nezměnilo");
    }
    let found = dataset.check(Some(year));
    if show_errors(&dataset, &found, global) {
        warn("Období nebylo zmrazeno. Zmrazit jde jen období bez chyb; varování a poznámky nevadí.");
        return Ok(Outcome::BadData);
    }
    // Git keeps other line ends than those that the fingerprints would be of.
    let with_returns: Vec<&Diagnostic> = found.iter().filter(|found| jiny_zapis::is_about_line_ends(found)).collect();
    if !with_returns.is_empty() {
        for found in &with_returns {
            let path = dataset.files.path(found.place);
            warn(&format!("{root}/{path}: řádky končí jako ve Windows (CRLF)"));
        }
        // What is accepted is left as it is.
        let first = if with_returns.iter().any(|found| found.is_accepted()) {
            "Smažte z „prijato.yaml“ přijetí nálezu „jiny-zapis“ a spusťte „plneni check --fix“."
        } else {
            "Spusťte napřed „plneni check --fix“."
        };
        warn(&format!(
            "Období nebylo zmrazeno: git takové konce řádků mění a soubory by se pak lišily od zmrazených. {first}"
        ));
        return Ok(Outcome::BadData);
    }
    let files = freezing::files(&evaluated, &raw_files, &dataset.files, &approval);
    if let Some(there) = files.iter().find(|file| global.data.join(&file.path).exists()) {
        bail!("soubor „{root}/{}“ už existuje; nic se nepřepsalo ani nepřidalo", there.path);
    }
    let mut batch = Batch::default();
    for file in &files {
        batch.prepare(global.data.join(&file.path), &file.bytes)?;
    }
    batch.commit_at_once(&global.data)?;
    // A period that was thawed has its definitions already.
    say(&if files.len() == 1 {
        format!("Zapsáno: {folder}/zmrazeni.yaml; definice ve složce {folder}/definice zůstaly, jak byly.")
    } else {
        format!("Zapsáno: {folder}/zmrazeni.yaml a definice ve složce {folder}/definice.")
    })?;
    let counts: Vec<String> =
        Status::ALL.into_iter().map(|status| format!("{status} {}", evaluated.counts.get(status))).collect();
    say(&format!("Období {year} je zmrazené: opatření {}, {}.", evaluated.counts.total(), counts.join(", ")))?;
    Ok(Outcome::Success)
}

/// What was wrong with reading `obdobi.yaml` of any period.
fn of_definitions_of_periods(dataset: &Dataset) -> Vec<Diagnostic> {
    let is_definition = |found: &&Diagnostic| load::is_period(dataset.files.path(found.place));
    dataset.loading().iter().filter(is_definition).cloned().collect()
}
