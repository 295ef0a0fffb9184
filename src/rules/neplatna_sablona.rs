//! A narrative whose variables or conditions are not written as a template needs them.

use minijinja::Environment;

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::load::limits::TEMPLATE_TAG;
use crate::render::filters::FOR_TEXTS;
use crate::render::{Reason, misplaced_tag, overlong_tag, said};
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatna-sablona",
    severity: Severity::Error,
    title: "Proměnná nebo podmínka v textu je zapsána chybně",
    explanation: "Texty „uvod.md“ a „shrnuti.md“ jsou šablony: proměnná stojí mezi {{ a }}, podmínka mezi {% a %}. Chybí-li některá závorka nebo se proměnná či filtr jmenuje jinak, zpráva se nedá napsat.",
    example: "Strategie obsahuje {{ pocty.celkem } opatření.",
    mend: "Doplňte chybějící závorku, například „{{ pocty.celkem }}“; ke každému „{% if … %}“ patří „{% endif %}“. Všechny proměnné vypíše „plneni generate-report ROK --dump-context“.",
    checks: &[Check::Period(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let environment = Environment::new();
    for text in facts.narratives() {
        let all_closed = "každé „{{“ musí mít své „}}“, každé „{%“ své „%}“ a každé „{% if … %}“ své „{% endif %}“";
        let (line, message, help) = if let Some(start) = overlong_tag(&text.value) {
            let message =
                format!("proměnná nebo podmínka, která začíná na tomto řádku, nekončí ani po {TEMPLATE_TAG} bajtech");
            (text.value[..start].matches('\n').count(), message, all_closed.to_owned())
        } else if let Err(error) = environment.template_from_str(&text.value) {
            let (message, help) = match misplaced_tag(&said(&error)) {
                Some((message, Some(meant))) => (message, format!("nemysleli jste „{meant}“?")),
                Some((message, None)) => (message, all_closed.to_owned()),
                None => {
                    let message = "proměnná nebo podmínka na tomto řádku nebo před ním není zapsána celá";
                    (message.to_owned(), all_closed.to_owned())
                }
            };
            (error.line().unwrap_or(1).saturating_sub(1), message, help)
        } else {
            continue;
        };
        let lines = text.value.split_inclusive('\n');
        let start: usize = lines.clone().take(line).map(str::len).sum();
        let end = start + lines.clone().nth(line).unwrap_or_default().trim_end().len();
        // The text is the whole file, so what is a place in one is a place in the other.
        let place = Place::new(text.place.file, start..end);
        diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
    }
}

/// A text that cannot be written with what is known of its period.
pub fn unwritable(place: Place, reason: &Reason) -> Diagnostic {
    match reason {
        Reason::Variable(name, meant) => {
            let diagnostic = Diagnostic::new(&RULE, place, format!("proměnná „{name}“ neexistuje"));
            match meant {
                Some(meant) => diagnostic.help(format!("nemysleli jste „{meant}“?")).replace_with(meant),
                None => diagnostic.help("všechny proměnné vypíše „plneni generate-report ROK --dump-context“"),
            }
        }
        Reason::Filter(name) => {
            let diagnostic = Diagnostic::new(&RULE, place, format!("filtr „{name}“ neexistuje"));
            match nearest(name, FOR_TEXTS) {
                Some(meant) => diagnostic.help(format!("nemysleli jste „{meant}“?")).replace_with(meant),
                None => diagnostic.help(format!("v textech se hodí filtry: {}", FOR_TEXTS.join(", "))),
            }
        }
        Reason::Other(said) => Diagnostic::new(&RULE, place, format!("text tu nejde sestavit: {said}"))
            .help("opravte výraz mezi závorkami; všechny proměnné vypíše „plneni generate-report ROK --dump-context“"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{findings, helps, marked};

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
    fn a_tag_that_there_is_not_is_named() {
        for (text, found, help) in [
            ("Úvod.\n{% if true %}Ano.{% endfi %}\n", "neznámá značka „endfi“", "nemysleli jste „endif“?"),
            (
                "Úvod.\nAno.{% endif %}\n",
                "značka „endif“ tu nemá k čemu patřit",
                "každé „{{“ musí mít své „}}“, každé „{%“ své „%}“ a každé „{% if … %}“ své „{% endif %}“",
            ),
        ] {
            assert_eq!(findings(&RULE, &[(PATH, text)]), [format!("{PATH}:2:1: {found}")]);
            assert_eq!(helps(&RULE, &[(PATH, text)]), [help]);
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
    fn the_filters_for_texts_are_there() {
        let templates = crate::render::templates::Templates::new(&[]);
        let dataset = crate::rules::testing::dataset(&[]);
        let found = dataset.check(None);
        let year = crate::model::Year(2023);
        let evaluated = dataset.evaluate(year).expect("the period is there");
        let view = crate::view::build(&dataset, &evaluated, &found, &crate::view::Request::default());
        for filter in FOR_TEXTS {
            let text = crate::dataset::Narrative {
                id: evaluated.period.place.file,
                path: PATH.to_owned(),
                text: format!("{{{{ 1 | {filter} }}}}").into(),
            };
            let narratives = crate::render::Narratives { texts: vec![text], view: &view };
            let faults = crate::render::faults(&templates, &narratives).expect("the view is one");
            assert!(!matches!(faults.as_slice(), [crate::render::Fault { reason: Reason::Filter(_), .. }]), "{filter}");
        }
    }

    #[test]
    fn whole_templates_and_bare_braces_are_fine() {
        let text = "Opatření je {{ pocty.celkem }}{% if pocty.splneno %}, {{ pocty.splneno }} splněno{% endif %} }.\n";
        assert_eq!(findings(&RULE, &[(PATH, text)]), Vec::<String>::new());
    }
}
