//! `plneni form`: the forms that bodies fill in.
//!
//! A form asks what the definitions say, so an error in them, or in `obdobi.yaml` of the period,
//! ends the run as it ends the report. What somebody has submitted already is not asked again by
//! others: errors there do not stand in the way, and what they hide of the last period is said.

use anyhow::{Context, bail};

use crate::cli::{self, Global};
use crate::commands::output::Batch;
use crate::commands::targets::{ForFillingIn, output_folder};
use crate::commands::{
    Outcome, end_with_hint, find_body, find_readable_year, read_dataset, say, say_written, show_errors, warn,
};
use crate::dataset::{Dataset, n_of};
use crate::diagnostic::Severity;
use crate::form::{self, Asking, FORMATS, Form, Format};
use crate::model::{BodyId, Period, Year, czech_date, slug};

/// Writes the forms of all bodies asked for, in all formats, together.
pub fn run(arguments: &cli::Form, global: &Global) -> anyhow::Result<Outcome> {
    let formats = chosen_formats(&arguments.format)?;
    let dataset = read_dataset(global)?;
    let Some(year) = find_readable_year(dataset, &arguments.year, global)? else { return Ok(Outcome::BadData) };
    if dataset.frozen_by(year).is_some() {
        bail!("období {year} je zmrazené, podklady k němu se už nesbírají");
    }
    if show_errors(dataset, &dataset.hindrances(Some(year)), global) {
        warn("Formuláře nebyly zapsány. Nejdřív opravte chyby v datech.");
        return Ok(Outcome::BadData);
    }
    let period = dataset.period(year).with_context(|| format!("období {year} v datech není"))?;
    let forms = forms(dataset, period, &arguments.gestor)?;
    let folder = output_folder(arguments.out.as_deref(), format!("vystup/{year}/formulare"), global)?;
    let mut batch = Batch::default();
    let mut for_filling_in = ForFillingIn::new(arguments.replace);
    for (stem, form) in &forms {
        for format in &formats {
            let target = folder.join(format!("{stem}.{}", format.name));
            for_filling_in.prepare(&mut batch, target, &(format.write)(form)?)?;
        }
    }
    say_written(&batch.commit()?)?;
    say(&summary(&forms, period))?;
    warn_of_previous(dataset, year);
    Ok(for_filling_in.outcome())
}

fn chosen_formats(names: &[String]) -> anyhow::Result<Vec<&'static Format>> {
    let mut formats: Vec<&'static Format> = Vec::new();
    for name in names {
        let Some(format) = form::find_format(name) else {
            let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
            let end = end_with_hint(name, known.iter().copied());
            bail!("formát „{name}“ formuláře nemají{end} Formáty jsou: {}", known.join(", "));
        };
        if formats.iter().all(|chosen| chosen.name != format.name) {
            formats.push(format);
        }
    }
    Ok(if formats.is_empty() { FORMATS.iter().take(1).copied().collect() } else { formats })
}

/// The forms by the names of their files, in the order of the register.
fn forms(dataset: &Dataset, period: &Period, names: &[String]) -> anyhow::Result<Vec<(String, Form)>> {
    let register = &dataset.strategy.register;
    let asking = Asking::new(dataset, period);
    let mut bodies: Vec<BodyId> = Vec::new();
    for name in names {
        let body = find_body(&dataset.strategy, name)?;
        if !bodies.contains(&body) {
            bodies.push(body);
        }
    }
    if bodies.is_empty() {
        bodies.extend(asking.bodies());
    }
    let mut forms = Vec::new();
    for body in bodies {
        let code = register.code(body);
        let form = asking
            .form(body)
            .with_context(|| format!("subjekt „{code}“ u žádného opatření není, formulář pro něj nemá co obsahovat"))?;
        forms.push((slug(code), form));
    }
    if forms.is_empty() {
        bail!("u žádného opatření není subjekt, kterému by se formulář dal poslat");
    }
    Ok(forms)
}

fn summary(forms: &[(String, Form)], period: &Period) -> String {
    let due = match period.due {
        // A terminal breaks no lines at spaces, and whoever searches its output types ordinary ones.
        Some(day) => format!("Formuláře se mají vrátit do {}.", czech_date(day, ' ')),
        None => "Dokdy se mají formuláře vrátit, určí klíč termin_podkladu v souboru obdobi.yaml.".to_owned(),
    };
    format!("Subjektů: {}. {due}", forms.len())
}

/// What a form recalls of the last period may be less than was said then.
fn warn_of_previous(dataset: &Dataset, year: Year) {
    let Some(previous) = dataset.periods_before(year).last().map(|period| period.year) else {
        return;
    };
    let n_errors = n_of(&dataset.check(Some(previous)), Severity::Error);
    if n_errors > 0 {
        warn(&format!(
            "V období {previous} je chyb: {n_errors}; co z něj formuláře připomínají, nemusí být úplné ani správné."
        ));
    }
}
