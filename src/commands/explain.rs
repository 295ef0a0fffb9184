//! `plneni explain`: what a finding means and how to mend it.

use anyhow::bail;

use crate::cli::Explain;
use crate::commands::{Outcome, say};
use crate::diagnostic::nearest;
use crate::rules::{self, Rule};

/// Explains one code, or lists them all.
pub fn run(arguments: &Explain) -> anyhow::Result<Outcome> {
    match arguments.code.as_deref() {
        None => {
            let width = rules::ALL.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
            for rule in rules::ALL {
                say(&format!("{:width$}  {:9}  {}", rule.code, rule.severity.word(), rule.title))?;
            }
        }
        Some(code) => match rules::find(code) {
            Some(rule) => say(&explanation(rule))?,
            None => match nearest(code, rules::ALL.iter().map(|rule| rule.code)) {
                Some(near) => bail!("nález „{code}“ není; nemysleli jste „{near}“?"),
                None => bail!("nález „{code}“ není; seznam vypíše „plneni explain“"),
            },
        },
    }
    Ok(Outcome::Success)
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
