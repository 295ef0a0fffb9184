//! `plneni generate-report`: the official document of a period.

use std::path::PathBuf;

use anyhow::bail;

use crate::cli::{GenerateReport, Global};
use crate::commands::output::Batch;
use crate::commands::{Outcome, find_year, read_dataset, read_templates, say, show_errors, warn};
use crate::dataset::{Dataset, n_of};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Period;
use crate::render::templates::Templates;
use crate::render::{self, FORMATS, Format, Renderer};
use crate::view::{self, Selection};

/// The one document there is so far.
const DOCUMENT: &str = "informace";

/// Renders all formats asked for, then writes them together.
pub fn run(arguments: &GenerateReport, global: &Global) -> anyhow::Result<Outcome> {
    let formats = chosen_formats(&arguments.format)?;
    let dataset = read_dataset(global)?;
    let year = match find_year(&dataset, &arguments.year) {
        Ok(year) => year,
        // A period that could not be read is not an unknown one: its own findings say more.
        Err(error) => {
            return if show_errors(&dataset, &of_period(&dataset, &arguments.year), global) {
                Ok(Outcome::BadData)
            } else {
                Err(error)
            };
        }
    };
    let diagnostics = dataset.check(Some(year));
    let n_errors = n_of(&diagnostics, Severity::Error);
    if n_errors > 0 && !arguments.draft {
        show_errors(&dataset, &diagnostics, global);
        warn("Zpráva nebyla zapsána. Opravte chyby, nebo si volbou --draft nechte zapsat pracovní verzi.");
        return Ok(Outcome::BadData);
    }
    let Some(evaluated) = dataset.evaluate(year) else { bail!("období {year} nejde vyhodnotit") };
    let stem = format!("{DOCUMENT}-{year}");
    let format_views = formats.iter().map(|format| render::format_view(format, &stem)).collect();
    let view = view::build(&dataset, &evaluated, &diagnostics, &Selection::default(), format_views);
    let templates = Templates::new(read_templates(global.templates.as_deref())?);
    let renderer = Renderer::new(&templates, DOCUMENT, &view, narratives(&dataset, evaluated.period))?;
    let folder = arguments.out.clone().unwrap_or_else(|| PathBuf::from(format!("vystup/{year}")));
    let mut batch = Batch::default();
    for format in formats {
        batch.prepare(folder.join(format!("{stem}.{}", format.name)), &(format.render)(&renderer)?)?;
    }
    for path in batch.commit()? {
        say(&format!("Zapsáno: {}", path.display()))?;
    }
    say(&counts_line(&view))?;
    if n_errors > 0 {
        warn(&format!("Jde o PRACOVNÍ VERZI, počet chyb v datech: {n_errors}."));
    }
    Ok(Outcome::Success)
}

/// What was wrong with reading the files of a period.
fn of_period(dataset: &Dataset, year: &str) -> Vec<Diagnostic> {
    let belongs = |found: &&Diagnostic| found.period.is_some_and(|period| period.to_string() == year);
    dataset.loading().iter().filter(belongs).cloned().collect()
}

fn chosen_formats(names: &[String]) -> anyhow::Result<Vec<&'static Format>> {
    if names.is_empty() {
        return Ok(FORMATS.to_vec());
    }
    let mut formats: Vec<&'static Format> = Vec::new();
    for name in names {
        let Some(format) = render::find_format(name) else {
            let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
            bail!("formát „{name}“ není; formáty jsou: {}", known.join(", "));
        };
        if formats.iter().all(|chosen| chosen.name != format.name) {
            formats.push(format);
        }
    }
    Ok(formats)
}

fn narratives(dataset: &Dataset, period: &Period) -> Vec<(String, String)> {
    period
        .narratives
        .values()
        .map(|&file| {
            let file = dataset.files.get(file);
            (file.path().to_owned(), file.text().to_owned())
        })
        .collect()
}

fn counts_line(view: &view::ReportView) -> String {
    let parts: Vec<String> = view.statuses.iter().map(|status| format!("{} {}", status.status, status.count)).collect();
    format!("Opatření {}: {}", view.counts.total, parts.join(", "))
}
