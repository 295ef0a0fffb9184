//! `plneni import`: filled forms become submissions, all of them or none.

use crate::cli::{self, Global};
use crate::commands::output::{self, Batch};
use crate::commands::{Outcome, patch, say, say_bytes, show_errors, warn};
use crate::dataset::Dataset;
use crate::import::{self, Before, Earlier, Taken, differences};
use crate::load;
use crate::model::plural;

/// Reads the forms, checks them among the data and writes them there.
pub fn run(arguments: &cli::Import, global: &Global) -> anyhow::Result<Outcome> {
    let _alone = output::alone_in(&global.data)?;
    let raw_files = load::read_tree_within(&global.data, &global.reading())?;
    let dataset = Dataset::new(raw_files.clone());
    if show_errors(&dataset, &dataset.hindrances(None), global) {
        warn("\nNic nebylo zapsáno. Formuláře půjde převzít, až budou v definicích a obdobích opraveny chyby.");
        return Ok(Outcome::BadData);
    }
    let mut forms = Vec::new();
    let mut faults = Vec::new();
    for path in &arguments.files {
        let (form, found) = import::read(&load::read_form(path)?);
        forms.extend(form);
        faults.extend(found);
    }
    let earlier = if arguments.add { Earlier::Kept } else { Earlier::Replaced };
    let judged = import::take_in(&raw_files, &dataset, &forms, &faults, earlier, &load::shown(&global.data));
    for finding in &judged.findings {
        warn(&format!("{finding}\n"));
    }
    if judged.n_errors > 0 {
        warn("Nic nebylo zapsáno. Opravte chyby a formuláře převezměte znovu všechny.");
        return Ok(Outcome::BadData);
    }
    write(&judged.taken, earlier, arguments.replace || arguments.add, global)
}

/// Writes what changes anything; what is there already is replaced only when that was asked for.
fn write(taken: &[Taken], earlier: Earlier, may_replace: bool, global: &Global) -> anyhow::Result<Outcome> {
    let root = load::shown(&global.data);
    let mut batch = Batch::default();
    let mut written = Vec::new();
    let mut is_refused = false;
    let (mut n_lost, mut n_emptied, mut is_broken) = (0, 0, false);
    for form in taken {
        let path = format!("{root}/{}", form.path);
        if let Some(before) = &form.before {
            if before.content == form.content && !before.is_broken {
                let says = if earlier == Earlier::Kept { "neříká nic jiného než" } else { "říká totéž, co" };
                say(&format!("Beze změny: {} {says} {} ({})", form.name, there(before, &root), count(form)))?;
                continue;
            }
            show_differences(form, before, &root, may_replace)?;
            is_refused |= !may_replace;
            n_lost += differences::lost(before, &form.content);
            n_emptied += differences::emptied(before, &form.content);
            is_broken |= before.is_broken;
            for removed in before.paths.iter().filter(|removed| **removed != form.path) {
                batch.remove(global.data.join(removed));
                written.push(format!("Odstraněno: {root}/{removed}"));
            }
        }
        written.push(format!("Zapsáno: {path} ({})", count(form)));
        // What is refused need not be allowed to be written.
        if !is_refused {
            batch.prepare(global.data.join(&form.path), form.text.as_bytes())?;
        }
    }
    if is_refused {
        warn(&format!(
            "Nic nebylo zapsáno. S volbou --add bude u opatření, která nová dodávka vyplňuje, platit ona a odpovědi \
             k ostatním opatřením zůstanou. S volbou --replace bude místo všech dosavadních podkladů platit jen nová \
             dodávka{}{}",
            lost(n_lost, n_emptied, is_broken),
            left_empty(n_emptied)
        ));
        return Ok(Outcome::BadData);
    }
    if !written.is_empty() {
        batch.commit_at_once(&global.data)?;
    }
    for line in &written {
        say(line)?;
    }
    Ok(Outcome::Success)
}

/// Measure by measure, and line by line where somebody is to decide.
fn show_differences(form: &Taken, before: &Before, root: &str, may_replace: bool) -> anyhow::Result<()> {
    if before.content == form.content {
        say(&format!("{} říká totéž, co šlo přečíst z {}, kde jsou ale chyby.", form.name, there(before, root)))?;
    } else if before.is_broken {
        say(&format!("{} se liší od toho, co šlo přečíst z {}, kde jsou ale chyby:", form.name, there(before, root)))?;
    } else {
        say(&format!("{} se liší od {}:", form.name, there(before, root)))?;
    }
    for line in differences::between(before, &form.content) {
        say(&format!("  {line}"))?;
    }
    if let Some((place, note)) = &before.note {
        say(&format!("  Poznámky za znakem „#“ se nepřebírají, první je {place}: {note}"))?;
    }
    if !may_replace {
        let path = format!("{root}/{}", form.path);
        let old = if before.is_broken { there(before, root) } else { path.clone() };
        say_bytes(patch::unified(&old, &path, &before.text, &form.text).as_bytes())?;
    }
    Ok(())
}

/// What `--replace` would delete, as the end of the sentence about it. Nobody knows what stands where
/// nothing could be read.
fn lost(n_answers: usize, n_emptied: usize, is_broken: bool) -> String {
    let counted = match n_answers {
        0 if is_broken || n_emptied > 0 => String::new(),
        0 => "; žádná odpověď tím nezmizí".to_owned(),
        n => format!(
            " a {n} {}",
            plural(n, "dosavadní odpověď zmizí", "dosavadní odpovědi zmizí", "dosavadních odpovědí zmizí")
        ),
    };
    let unread = if is_broken {
        " V dosavadních podkladech jsou ale chyby: zmizí i vše, co z nich nešlo přečíst. Ukáže je „plneni check“."
    } else {
        ""
    };
    format!("{counted}.{unread}")
}

/// What goes with either option, because the new delivery leaves a part of a measure empty.
fn left_empty(n_measures: usize) -> String {
    match n_measures {
        0 => String::new(),
        n => format!(
            " U {n} opatření v ní ale něco, co dosud vyplněné bylo, chybí (viz výše) a s kteroukoli z voleb to zmizí; \
             má-li to zůstat, doplňte to do ní."
        ),
    }
}

fn there(before: &Before, root: &str) -> String {
    before.paths.iter().map(|path| format!("{root}/{path}")).collect::<Vec<_>>().join(", ")
}

/// Measures are „opatření“ in every number.
fn count(form: &Taken) -> String {
    format!("{} opatření", form.content.len())
}
