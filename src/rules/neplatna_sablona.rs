//! A narrative whose variables or conditions are not written as a template needs them.

use minijinja::Environment;

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::limits::TEMPLATE_TAG;
use crate::render::overlong_tag;
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatna-sablona",
    severity: Severity::Error,
    title: "Proměnná nebo podmínka v textu je zapsána chybně",
    explanation: "Texty „uvod.md“ a „shrnuti.md“ jsou šablony: proměnná stojí mezi {{ a }}, podmínka mezi {% a %}. Chybí-li některá závorka, zpráva se nedá napsat.",
    example: "Strategie obsahuje {{ pocty.celkem } opatření.",
    mend: "Doplňte chybějící závorku, například „{{ pocty.celkem }}“; ke každému „{% if … %}“ patří „{% endif %}“.",
    checks: &[Check::Period(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let environment = Environment::new();
    for text in facts.narratives() {
        let (line, message) = if let Some(start) = overlong_tag(&text.value) {
            let message =
                format!("proměnná nebo podmínka, která začíná na tomto řádku, nekončí ani po {TEMPLATE_TAG} bajtech");
            (text.value[..start].matches('\n').count(), message)
        } else if let Err(error) = environment.template_from_str(&text.value) {
            let message = "proměnná nebo podmínka na tomto řádku nebo před ním není zapsána celá".to_owned();
            (error.line().unwrap_or(1).saturating_sub(1), message)
        } else {
            continue;
        };
        let lines = text.value.split_inclusive('\n');
        let start: usize = lines.clone().take(line).map(str::len).sum();
        let end = start + lines.clone().nth(line).unwrap_or_default().trim_end().len();
        // The text is the whole file, so what is a place in one is a place in the other.
        let place = Place::new(text.place.file, start..end);
        diagnostics.push(
            Diagnostic::new(&RULE, place, message)
                .help("každé „{{“ musí mít své „}}“, každé „{%“ své „%}“ a každé „{% if … %}“ své „{% endif %}“"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{findings, marked};

    const PATH: &str = "obdobi/2023/uvod.md";

    #[test]
    fn a_lost_brace_is_found_on_its_line() {
        for (text, at, line) in [
            ("Úvod.\n\nOpatření je {{ pocty.celkem } celkem.\n", "3:1", "Opatření je {{ pocty.celkem } celkem."),
            ("{% if pocty.splneno %}Něco.\n", "1:1", "{% if pocty.splneno %}Něco."),
            ("Opatření je {{ pocty. }}.\n", "1:1", "Opatření je {{ pocty. }}."),
        ] {
            let expected =
                format!("{PATH}:{at}: proměnná nebo podmínka na tomto řádku nebo před ním není zapsána celá");
            assert_eq!(findings(&RULE, &[(PATH, text)]), [expected], "{text}");
            assert_eq!(marked(&RULE, &[(PATH, text)]), [line]);
        }
    }

    #[test]
    fn an_expression_without_end_is_found_before_the_compiler_follows_it() {
        for tag in ["not ".repeat(100_000), "(".repeat(100_000), "|abs".repeat(100_000)] {
            let text = format!("Úvod.\n{{{{ {tag}1 }}}}\n");
            let expected =
                format!("{PATH}:2:1: proměnná nebo podmínka, která začíná na tomto řádku, nekončí ani po 2000 bajtech");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected]);
        }
    }

    #[test]
    fn whole_templates_and_bare_braces_are_fine() {
        let text = "Opatření je {{ pocty.celkem }}{% if pocty.splneno %}, {{ pocty.splneno }} splněno{% endif %} }.\n";
        assert_eq!(findings(&RULE, &[(PATH, text)]), Vec::<String>::new());
    }
}
