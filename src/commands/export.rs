//! `plneni export`: tables, one or all, and open data.

use std::path::Path;

use anyhow::bail;

use crate::cli::{Export, Global};
use crate::commands::output::Batch;
use crate::commands::targets::{output_folder, refuse_among_data};
use crate::commands::{
    Outcome, end_with_hint, find_readable_year, read_dataset, say_bytes, say_written, show_errors, warn,
};
use crate::diagnostic;
use crate::export::{self, TABLES, Table};
use crate::load;
use crate::open_data;
use crate::table_format::{self, Dialect, TableFormat, file_name};
use crate::view::{self, ReportView, Request};

/// Writes one table to the standard output, or several as files.
pub fn run(arguments: &Export, global: &Global) -> anyhow::Result<Outcome> {
    let tables = chosen_tables(&arguments.table)?;
    let (format, dialect) = (arguments.format, arguments.dialect);
    if dialect != Dialect::Standard && format != TableFormat::Csv {
        bail!("podobu má jen CSV, proto --dialect nejde použít s jiným formátem");
    }
    let dataset = read_dataset(global)?;
    let Some(year) = find_readable_year(dataset, &arguments.year, global)? else {
        warn(NOT_WRITTEN);
        return Ok(Outcome::BadData);
    };
    let is_comparing = tables.iter().any(|table| table.name == export::zmeny::TABLE.name);
    let mut diagnostics = if is_comparing { dataset.check_with_earlier(year) } else { dataset.check(Some(year)) };
    if arguments.open_data.is_some() {
        // Who publishes is read from the definitions of today, also for a period frozen with others.
        diagnostics.extend(dataset.loading().iter().filter(|found| found.period.is_none()).cloned());
        diagnostic::sort(&mut diagnostics);
    }
    if show_errors(dataset, &diagnostics, global) {
        warn(NOT_WRITTEN);
        return Ok(Outcome::BadData);
    }
    let Some(evaluated) = dataset.evaluate(year) else { bail!("období {year} nejde vyhodnotit") };
    let view = view::build(dataset, &evaluated, &diagnostics, &Request::default());
    if let Some(folder) = &arguments.open_data {
        refuse_among_data(folder, global)?;
        return write_open_data(&view, folder);
    }
    // A workbook never goes to the standard output: PowerShell would recode what it redirects.
    if let ([table], None, TableFormat::Csv | TableFormat::Json) = (tables.as_slice(), &arguments.out, format) {
        say_bytes(&table_format::write(table, &view, format, dialect)?)?;
        return Ok(Outcome::Success);
    }
    let folder = output_folder(arguments.out.as_deref(), format!("vystup/{year}"), global)?;
    let mut batch = Batch::default();
    for table in tables {
        let bytes = table_format::write(table, &view, format, dialect)?;
        batch.prepare(folder.join(file_name(table, format)), &bytes)?;
    }
    commit(batch)
}

fn write_open_data(view: &ReportView, folder: &Path) -> anyhow::Result<Outcome> {
    let no_records = view.strategy.open_data.is_none();
    if let Some(record) =
        open_data::record_paths().map(|path| folder.join(path)).find(|path| no_records && path.exists())
    {
        bail!(
            "soubor „{}“ je záznam pro katalog z dřívějška, ale klíč „otevrena_data“ ve strategie.yaml už není. \
             Záznam by s licencí a adresami ležel vedle tabulek, kterých se netýká: smažte složku „{}“ (na serveru \
             také), nebo klíč vraťte. Nic se nezapsalo",
            load::shown(&record),
            load::shown(record.parent().unwrap_or(folder)),
        );
    }
    let mut batch = Batch::default();
    for file in open_data::files(view)? {
        batch.prepare(folder.join(file.path), &file.bytes)?;
    }
    let outcome = commit(batch)?;
    if no_records {
        warn(WHAT_IS_MISSING);
    }
    Ok(outcome)
}

const NOT_WRITTEN: &str = "Tabulky nebyly zapsány. Nejdřív opravte chyby v datech.";

/// Nothing of this can be guessed: it is the publisher's to decide.
const WHAT_IS_MISSING: &str = "\
Záznamy pro národní katalog otevřených dat nebyly zapsány a popisy tabulek neuvádějí licenci.
Do souboru strategie.yaml doplňte klíč „otevrena_data“: adresu, na které budou data ležet,
poskytovatele, území, témata, periodicitu, klíčová slova a podmínky užití. Vzor je v README.";

fn commit(batch: Batch) -> anyhow::Result<Outcome> {
    say_written(&batch.commit()?)?;
    Ok(Outcome::Success)
}

fn chosen_tables(names: &[String]) -> anyhow::Result<Vec<&'static Table>> {
    if names.is_empty() {
        return Ok(TABLES.to_vec());
    }
    let mut tables: Vec<&'static Table> = Vec::new();
    for name in names {
        let Some(table) = export::find(name) else {
            let known: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
            let end = end_with_hint(name, known.iter().copied());
            bail!("tabulka „{name}“ není{end} Tabulky jsou: {}", known.join(", "));
        };
        if tables.iter().all(|chosen| chosen.name != table.name) {
            tables.push(table);
        }
    }
    Ok(tables)
}
