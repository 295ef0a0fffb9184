//! Whether the texts of periods can be written: they are templates, and what a variable says is known only
//! when everything else is. What documents would stumble over is a finding of `check`.

use crate::cli::Global;
use crate::commands::{memory, read_templates};
use crate::dataset::Dataset;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::model::Year;
use crate::render::templates::Templates;
use crate::render::{self, Narratives};
use crate::rules::neplatna_sablona;
use crate::view::{self, Request};

/// Adds what is wrong with the texts of a period, or of all periods. Where something else is wrong with a
/// period, variables may lack what they say, and only that is told.
pub(super) fn add_faults(
    dataset: &Dataset,
    only: Option<Year>,
    found: &mut Vec<Diagnostic>,
    global: &Global,
) -> anyhow::Result<()> {
    let mut templates = None;
    let mut faults = Vec::new();
    for period in dataset.periods().filter(|period| only.is_none_or(|only| only == period.year)) {
        let year = period.year;
        let texts = dataset.narratives(period);
        let is_wrong = |found: &Diagnostic| {
            found.severity() == Severity::Error && found.period.is_none_or(|period| period <= year)
        };
        if !texts.iter().any(|narrative| narrative.text.contains('{')) || found.iter().any(is_wrong) {
            continue;
        }
        let Some(evaluated) = dataset.evaluate(year) else { continue };
        let view = view::build(dataset, &evaluated, found, &Request::default());
        let _watch = memory::Watch::begin(view.measures.len());
        let templates = match &mut templates {
            Some(templates) => templates,
            none => none.insert(Templates::new(&read_templates(global)?)),
        };
        let of_period = render::faults(templates, &Narratives { texts, view: &view })?;
        faults.extend(
            of_period.iter().map(|fault| neplatna_sablona::unwritable(fault.place, &fault.reason).period(year)),
        );
    }
    if !faults.is_empty() {
        found.append(&mut faults);
        diagnostic::sort(found);
    }
    Ok(())
}
