//! `plneni explain`: what a finding means and how to mend it.

use anyhow::bail;

use crate::cli::Explain;
use crate::commands::{Outcome, say, say_bytes};
use crate::diagnostic::{Severity, did_you_mean, nearest};
use crate::render::markdown::escape;
use crate::rules::{self, Rule};

/// Explains one code, lists them all, or writes the whole catalogue.
pub fn run(arguments: &Explain) -> anyhow::Result<Outcome> {
    match arguments.code.as_deref() {
        None if arguments.all => say_bytes(catalogue().as_bytes())?,
        None => {
            let width = rules::ALL.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
            for rule in rules::ALL {
                say(&format!("{:width$}  {:9}  {}", rule.code, rule.severity.word(), rule.title))?;
            }
        }
        Some(code) => match rules::find(code) {
            Some(rule) => say(&explanation(rule))?,
            None => match nearest(code, rules::ALL.iter().map(|rule| rule.code)) {
                Some(near) => bail!("nález „{code}“ není; {}", did_you_mean(near)),
                None => bail!("nález „{code}“ není; seznam vypíše „plneni explain“"),
            },
        },
    }
    Ok(Outcome::Success)
}

/// All rules as one Markdown document: a table by severity, then one chapter a rule.
fn catalogue() -> String {
    let rows: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .flat_map(|severity| rules::ALL.iter().filter(move |rule| rule.severity == severity))
        .map(|rule| {
            format!("| {} | [{code}](#{code}) | {} |\n", rule.severity.word(), escape(rule.title), code = rule.code)
        })
        .collect();
    let chapters: Vec<String> = rules::ALL.iter().map(|rule| chapter(rule)).collect();
    format!("{CATALOGUE_HEAD}{}{}", rows.concat(), chapters.concat())
}

const CATALOGUE_HEAD: &str = "# Pravidla kontroly

Co všechno `plneni check` v datech hledá, proč to vadí a jak to napravit. Jedno pravidlo vysvětlí `plneni explain KÓD`.

S **chybou** se zpráva nezapíše. O **varování** má rozhodnout člověk; zpráva se zapíše a uvede ho. **Poznámka** je jen k vědomí, jednotlivě ji vypíše `plneni check --notes`.

Tento dokument vypisuje `plneni explain --all`; rukou se neupravuje.

| Závažnost | Kód | O co jde |
| --- | --- | --- |
";

fn chapter(rule: &Rule) -> String {
    format!(
        "\n## {}\n\n**{}** – {}\n\n{}\n\nPříklad, který neprojde:\n\n```text\n{}\n```\n\nJak to napravit: {}\n",
        rule.code,
        rule.severity.word(),
        escape(rule.title),
        escape(rule.explanation),
        rule.example,
        escape(rule.mend)
    )
}

fn explanation(rule: &Rule) -> String {
    let example: Vec<String> = rule.example.lines().map(|line| format!("    {line}")).collect();
    format!(
        "{} ({})\n{}\n\n{}\n\nPříklad, který neprojde:\n\n{}\n\nJak to napravit:\n{}",
        rule.title,
        rule.severity.word(),
        rule.code,
        rule.explanation,
        example.join("\n"),
        rule.mend
    )
}
