//! `plneni generate-report`: the official documents of a period.

use std::collections::BTreeSet;

use anyhow::{Context, bail};
use rayon::prelude::*;

use crate::cli::{GenerateReport, Global};
use crate::commands::output::Batch;
use crate::commands::targets::{ForFillingIn, output_folder};
use crate::commands::{
    Outcome, find_body, find_readable_year, find_year, kept, memory, progress, read_dataset, read_templates, say,
    say_written, show_errors, warn,
};
use crate::dataset::{Dataset, n_of};
use crate::diagnostic::Severity;
use crate::model::{AreaNumber, BodyId, Period, Status, Strategy, Year, slug, status_called};
use crate::render::templates::{ADDRESSEES, GROUP_MARK, Templates};
use crate::render::{self, Fault, Format, Narratives, Renderer};
use crate::rules::neplatna_sablona;
use crate::view::{self, AddresseeView, PlanYears, ReportView, Request, Selection};

/// Renders all formats asked for, then writes them together.
pub fn run(arguments: &GenerateReport, global: &Global) -> anyhow::Result<Outcome> {
    let templates = Templates::new(&read_templates(global)?);
    let formats = chosen_formats(arguments, &templates)?;
    let (dataset, ()) = rayon::join(|| read_dataset(global), || templates.compile(&arguments.document, &formats));
    let dataset = dataset?;
    let Some(year) = find_readable_year(dataset, &arguments.year, global)? else {
        warn("Zpráva nebyla zapsána. Opravte chyby; dokud období nejde přečíst, nezapíše ji ani volba --draft.");
        return Ok(Outcome::BadData);
    };
    let is_addressed = templates.is_addressed(&arguments.document);
    let strategy = dataset.strategy_of(year);
    if is_addressed && !(arguments.area.is_empty() && arguments.status.is_empty()) {
        let document = &arguments.document;
        bail!(
            "dokument „{document}“ dostává každý subjekt celý, volby --area a --status nemá; komu půjde, vyberte volbou --gestor"
        );
    }
    if is_addressed && dataset.frozen_by(year).is_some() {
        let document = &arguments.document;
        bail!("období {year} je zmrazené, podklady k němu se už nesbírají; dokument „{document}“ k němu nikomu nejde");
    }
    let selection = if is_addressed { Selection::default() } else { selection(arguments, strategy)? };
    let plan_years = plan_years(arguments, &strategy.periods[&year])?;
    // What goes to single bodies says nothing of what was reported before.
    let diagnostics = progress::during("Kontroluji data", || {
        if is_addressed { dataset.check(Some(year)) } else { dataset.check_with_earlier(year) }
    });
    let n_errors = n_of(&diagnostics, Severity::Error);
    if n_errors > 0 && !arguments.draft {
        show_errors(dataset, &diagnostics, global);
        warn("Zpráva nebyla zapsána. Opravte chyby, nebo si volbou --draft nechte zapsat pracovní verzi.");
        return Ok(Outcome::BadData);
    }
    let Some(evaluated) = dataset.evaluate(year) else { bail!("období {year} nejde vyhodnotit") };
    let with = arguments.with.as_deref().map(|text| earlier_year(text, year, dataset)).transpose()?;
    let other = with.filter(|&with| !is_predecessor(with, year, dataset)).map(|with| format!("proti-{with}"));
    let planned = plan_years.map(|years| format!("na-{}", years.name().replace('–', "-")));
    let stem = file_stem(arguments, other.into_iter().chain(planned), &selection, strategy);
    let formats_view = formats.iter().map(|format| render::format_view(format, &stem)).collect();
    let request = Request { selection, with, plan_years, formats: formats_view };
    let view = &*kept(view::build(dataset, &evaluated, &diagnostics, &request));
    let is_comparing = templates.is_comparing(&arguments.document);
    if view.comparison.is_none() && is_comparing {
        bail!("období {year} není s čím srovnat: žádné dřívější období v datech není");
    }
    if arguments.dump_context {
        say(&serde_json::to_string_pretty(&view)?)?;
        return Ok(Outcome::Success);
    }
    if is_empty(view, is_comparing) && view.document.excerpt.is_some() {
        bail!("výběru neodpovídá žádné opatření, dokument by byl prázdný");
    }
    let everything = Request { with, ..Request::default() };
    let whole = view.document.excerpt.is_some().then(|| view::build(dataset, &evaluated, &diagnostics, &everything));
    let narratives = Narratives { texts: dataset.narratives(evaluated.period), view: whole.as_ref().unwrap_or(view) };
    let _watch = memory::Watch::begin(narratives.view.measures.len());
    let renderer = match Renderer::new(&templates, &arguments.document, view, &narratives) {
        Ok(renderer) => kept(renderer),
        Err(error) => {
            let fault = error.downcast::<Fault>()?;
            // It may miss what nobody could read, or be wrong itself.
            let own = neplatna_sablona::unwritable(fault.place, &fault.reason).period(year);
            show_errors(dataset, &diagnostics.into_iter().chain([own]).collect::<Vec<_>>(), global);
            warn(match n_errors {
                0 => "Zpráva nebyla zapsána. Opravte text období.",
                _ => {
                    "Zpráva nebyla zapsána: text období nejde sestavit, ani s volbou --draft. Opravte chyby; může být kvůli nim."
                }
            });
            return Ok(Outcome::BadData);
        }
    };
    renderer.limit(arguments.limit_document_mb as usize);
    if plan_years.is_some() && !renderer.speaks_of("plan")? {
        bail!("volba --for se týká jen akčního plánu; dokument „{}“ žádný neobsahuje", arguments.document);
    }
    let folder = output_folder(arguments.out.as_deref(), format!("vystup/{year}"), global)?;
    let mut batch = Batch::default();
    let mut for_filling_in = ForFillingIn::new(arguments.replace);
    let mut prepare = |renderer: &Renderer<'_>, stem: &str| -> anyhow::Result<()> {
        let documents: Vec<Vec<u8>> = progress::during("Sestavuji dokumenty", || {
            formats.par_iter().map(|format| (format.render)(renderer)).collect::<anyhow::Result<_>>()
        })?;
        for (format, bytes) in formats.iter().zip(documents) {
            let target = folder.join(format!("{stem}.{}", format.name));
            if templates.is_for_filling_in(&arguments.document, format) {
                for_filling_in.prepare(&mut batch, target, &bytes)?;
            } else {
                batch.prepare(target, &bytes)?;
            }
        }
        Ok(())
    };
    let addressees = addressees(arguments, renderer, &templates, view, strategy)?;
    match &addressees {
        None => prepare(renderer, &stem)?,
        Some(Addressees { bodies, .. }) => {
            for addressee in bodies {
                renderer.address_to(addressee);
                prepare(renderer, &format!("{stem}-{}", slug(&addressee.code)))?;
            }
        }
    }
    let groups = addressees.map(|addressees| addressees.groups).unwrap_or_default();
    let paths = batch.commit()?;
    match (paths.as_slice(), groups.as_slice()) {
        _ if !for_filling_in.are_all_written() => {}
        ([], []) => say("Nezapsáno nic: tento dokument teď nemá komu jít.")?,
        ([], _) => say("Nezapsáno nic.")?,
        _ => {}
    }
    say_written(&paths)?;
    if !groups.is_empty() {
        say(&format!("Skupinám se nepíše: {}; oslovte jejich členy.", groups.join(", ")))?;
    }
    if !is_addressed {
        say(&counts_line(view))?;
    }
    if n_errors > 0 {
        warn(&format!("Jde o PRACOVNÍ VERZI, počet chyb v datech: {n_errors}."));
    }
    Ok(for_filling_in.outcome())
}

/// Whether a document has nothing to show. One that compares also shows measures that are followed no more.
fn is_empty(view: &ReportView, is_comparing: bool) -> bool {
    let compared = view.comparison.as_ref().filter(|_| is_comparing);
    compared.map_or(view.measures.is_empty(), |comparison| comparison.measures.is_empty())
}

/// Whom a document goes to.
struct Addressees<'v> {
    /// One copy each.
    bodies: Vec<&'v AddresseeView>,
    /// The codes of those who are meant too, but are groups without an address of their own.
    groups: Vec<&'v str>,
}

/// Whom a document goes to; `None` for a document for everybody. Such a document has no excerpts:
/// `--gestor` chooses among those it goes to.
fn addressees<'v>(
    arguments: &GenerateReport,
    renderer: &Renderer<'_>,
    templates: &Templates,
    view: &'v ReportView,
    strategy: &Strategy,
) -> anyhow::Result<Option<Addressees<'v>>> {
    if !templates.is_addressed(&arguments.document) {
        return Ok(None);
    }
    let text = renderer.text(ADDRESSEES)?;
    let lines: BTreeSet<&str> = text.lines().map(str::trim).collect();
    let chosen = bodies(&arguments.gestor, strategy)?;
    let chosen: Vec<&str> = chosen.into_iter().map(|body| strategy.register.code(body)).collect();
    let is_chosen = |one: &&AddresseeView| chosen.is_empty() || chosen.contains(&one.code.as_str());
    let mut addressees = Addressees { bodies: Vec::new(), groups: Vec::new() };
    for one in view.addressees.iter().filter(is_chosen) {
        if lines.contains(one.code.as_str()) {
            addressees.bodies.push(one);
        } else if lines.contains(format!("{GROUP_MARK}{}", one.code).as_str()) {
            addressees.groups.push(&one.code);
        }
    }
    Ok(Some(addressees))
}

fn chosen_formats(arguments: &GenerateReport, templates: &Templates) -> anyhow::Result<Vec<&'static Format>> {
    let document = &arguments.document;
    let available = templates.formats(document);
    if available.is_empty() {
        let known: Vec<&str> = templates.documents().into_iter().collect();
        bail!("dokument „{document}“ není; dokumenty jsou: {}", known.join(", "));
    }
    let mut formats: Vec<&'static Format> = Vec::new();
    for name in &arguments.format {
        let Some(format) = available.iter().find(|format| format.name == name) else {
            let known: Vec<&str> = available.iter().map(|format| format.name).collect();
            bail!("formát „{name}“ dokument „{document}“ nemá; formáty jsou: {}", known.join(", "));
        };
        if formats.iter().all(|chosen| chosen.name != format.name) {
            formats.push(format);
        }
    }
    Ok(if formats.is_empty() { available } else { formats })
}

fn selection(arguments: &GenerateReport, strategy: &Strategy) -> anyhow::Result<Selection> {
    let area = |text: &String| {
        let number = AreaNumber::parse(text).filter(|number| strategy.areas.contains_key(number));
        number.with_context(|| {
            let known: Vec<String> = strategy.areas.keys().map(ToString::to_string).collect();
            format!("okruh „{text}“ strategie nemá; okruhy jsou: {}", known.join(", "))
        })
    };
    let status = |text: &String| {
        Status::parse(text).or_else(|| status_called(&strategy.statuses, text)).with_context(|| {
            let known: Vec<String> = Status::ALL.map(|status| strategy.status_short_name(status)).into();
            format!("stav „{text}“ není; stavy jsou: {}", known.join(", "))
        })
    };
    Ok(Selection {
        areas: each_once(&arguments.area, area)?,
        responsible: bodies(&arguments.gestor, strategy)?,
        statuses: each_once(&arguments.status, status)?,
    })
}

fn bodies(codes: &[String], strategy: &Strategy) -> anyhow::Result<Vec<BodyId>> {
    each_once(codes, |text| find_body(strategy, text))
}

/// What was asked for, in that order, however many times it was.
fn each_once<T: PartialEq>(texts: &[String], read: impl Fn(&String) -> anyhow::Result<T>) -> anyhow::Result<Vec<T>> {
    let mut asked = Vec::new();
    for text in texts {
        let one = read(text)?;
        if !asked.contains(&one) {
            asked.push(one);
        }
    }
    Ok(asked)
}

/// The period that the user wants to compare with.
fn earlier_year(text: &str, year: Year, dataset: &Dataset) -> anyhow::Result<Year> {
    let with = find_year(dataset, text)?;
    if with == year {
        bail!("období {year} nejde srovnat samo se sebou; za --with napište některé dřívější");
    }
    if with > year {
        bail!("období {year} se srovnává s dřívějším obdobím a {with} je pozdější");
    }
    Ok(with)
}

fn is_predecessor(with: Year, year: Year, dataset: &Dataset) -> bool {
    dataset.periods_before(year).last().is_some_and(|last| last.year == with)
}

/// The years that the action plan was asked for.
fn plan_years(arguments: &GenerateReport, period: &Period) -> anyhow::Result<Option<PlanYears>> {
    let Some(text) = &arguments.plan_years else { return Ok(None) };
    let next = PlanYears::after(period).name();
    let Some(years) = PlanYears::parse(text) else {
        bail!("„{text}“ u volby --for nejsou roky plánu; pište je jako {}, nebo jeden rok", next.replace('–', "-"));
    };
    if !years.follow(period) {
        bail!(
            "plán na {} nejde sestavit z období {}: musí začínat až po něm, nejdřív na {next}",
            years.name(),
            period.name()
        );
    }
    Ok(Some(years))
}

/// The name of the files without their endings; what was asked for besides the document and the
/// period is in it, so that an excerpt never overwrites the whole report.
fn file_stem(
    arguments: &GenerateReport,
    marks: impl Iterator<Item = String>,
    selection: &Selection,
    strategy: &Strategy,
) -> String {
    let mut parts = vec![arguments.document.clone(), arguments.year.trim().to_owned()];
    parts.extend(marks);
    parts.extend(selection.areas.iter().map(|area| format!("okruh-{}", area.0)));
    parts.extend(selection.responsible.iter().map(|&body| slug(strategy.register.code(body))));
    parts.extend(selection.statuses.iter().map(|status| status.column().to_owned()));
    parts.join("-")
}

fn counts_line(view: &ReportView) -> String {
    let parts: Vec<String> = view.statuses.iter().map(|status| format!("{} {}", status.status, status.count)).collect();
    format!("Opatření {}: {}", view.counts.total, parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_twice_is_meant_once() {
        let asked = ["IX", "I", "IX"].map(str::to_owned);
        assert_eq!(each_once(&asked, |text| Ok(text.clone())).ok(), Some(vec!["IX".to_owned(), "I".to_owned()]));
    }
}
