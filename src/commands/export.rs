//! `plneni export`: tables as CSV.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::cli::{Export, Global};
use crate::commands::output::Batch;
use crate::commands::{Outcome, find_year, read_dataset};
use crate::dataset::n_of;
use crate::diagnostic::{Severity, nearest};
use crate::emit;
use crate::export::{self, TABLES, Table};
use crate::view::{self, Selection};

/// Writes one table to the standard output, or several as files.
pub fn run(arguments: &Export, global: &Global) -> anyhow::Result<Outcome> {
    let tables = chosen_tables(&arguments.table)?;
    let dataset = read_dataset(global)?;
    let year = find_year(&dataset, &arguments.year)?;
    let diagnostics = dataset.check(Some(year));
    if n_of(&diagnostics, Severity::Error) > 0 {
        let errors: Vec<_> = diagnostics.into_iter().filter(|found| found.severity() == Severity::Error).collect();
        emit::print(&dataset.files, &errors, global, false);
        eprintln!("Tabulky nebyly zapsány. Nejdřív opravte chyby v datech.");
        return Ok(Outcome::BadData);
    }
    let Some(evaluated) = dataset.evaluate(year) else { bail!("období {year} nejde vyhodnotit") };
    let view = view::build(&dataset, &evaluated, &diagnostics, &Selection::default(), Vec::new());
    if let ([table], None) = (tables.as_slice(), &arguments.out) {
        let bytes = export::csv(table, &view, arguments.dialect)?;
        std::io::stdout().write_all(&bytes).context("na standardní výstup nejde zapsat")?;
        return Ok(Outcome::Success);
    }
    let folder = arguments.out.clone().unwrap_or_else(|| PathBuf::from(format!("vystup/{year}")));
    let mut batch = Batch::default();
    for table in tables {
        batch.prepare(folder.join(format!("{}.csv", table.name)), &export::csv(table, &view, arguments.dialect)?)?;
    }
    for path in batch.commit()? {
        println!("Zapsáno: {}", path.display());
    }
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
            let hint = nearest(name, known.iter().copied())
                .map(|near| format!("; nemysleli jste „{near}“?"))
                .unwrap_or_default();
            bail!("tabulka „{name}“ není{hint} Tabulky jsou: {}", known.join(", "));
        };
        if tables.iter().all(|chosen| chosen.name != table.name) {
            tables.push(table);
        }
    }
    Ok(tables)
}
