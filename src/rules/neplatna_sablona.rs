//! A narrative whose variables or conditions are not written as a template needs them.

use std::collections::BTreeSet;

use minijinja::Environment;

use crate::diagnostic::{Diagnostic, Severity, did_you_mean, nearest};
use crate::load::limits::TEMPLATE_TAG;
use crate::render::filters::FOR_TEXTS;
use crate::render::{Misread, NAMES, Reason, misplaced_tag, misread, overlong_tag, said};
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatna-sablona",
    severity: Severity::Error,
    title: "Proměnná nebo podmínka v textu je zapsána chybně",
    explanation: "Texty „uvod.md“ a „shrnuti.md“ jsou šablony: proměnná stojí mezi {{ a }}, podmínka mezi {% a %}. Chybí-li některá závorka nebo se proměnná či filtr jmenuje jinak, zpráva se nedá napsat. Mezi jinými závorkami, například { a }, by v ní proměnná zůstala tak, jak je zapsána.",
    example: "Strategie obsahuje {{ pocty.celkem } opatření.",
    mend: "Doplňte chybějící závorku, například „{{ pocty.celkem }}“; ke každému „{% if … %}“ patří „{% endif %}“. Všechny proměnné vypíše „plneni generate-report ROK --dump-context“.",
    checks: &[Check::Period(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let environment = Environment::new();
    for (text, outside) in facts.narratives().zip(facts.texts_of_narratives()) {
        let (line, message, help) = if let Some(start) = overlong_tag(&text.value) {
            let message =
                format!("proměnná nebo podmínka, která začíná na tomto řádku, nekončí ani po {TEMPLATE_TAG} bajtech");
            (text.value[..start].matches('\n').count(), message, ALL_CLOSED.to_owned())
        } else if let Err(error) = environment.template_from_str(&text.value) {
            if let Some(Misread { range, message, help, instead }) = misread(&text.value, &error) {
                let found = Diagnostic::new(&RULE, Place::new(text.place.file, range), message).help(help);
                diagnostics.push(instead.into_iter().fold(found, Diagnostic::replace_with));
                continue;
            }
            let (message, help) = match misplaced_tag(&said(&error)) {
                Some((message, Some(meant))) => (message, did_you_mean(meant)),
                Some((message, None)) => (message, ALL_CLOSED.to_owned()),
                None => {
                    let message = "proměnná nebo podmínka na tomto řádku nebo před ním není zapsána celá";
                    (message.to_owned(), ALL_CLOSED.to_owned())
                }
            };
            (error.line().unwrap_or(1).saturating_sub(1), message, help)
        } else {
            // Of a frozen period no more is asked than when it was closed.
            if facts.period.freeze.is_none() {
                diagnostics.extend(bare(&text, &outside));
            }
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

const ALL_CLOSED: &str = "každé „{{“ musí mít své „}}“, každé „{%“ své „%}“ a každé „{% if … %}“ své „{% endif %}“";

/// The variables of a text that stand in other brackets than those of templates, and so outside of what is the
/// template's own. They would stand in the report as they are.
fn bare(text: &Text, outside: &Text) -> Vec<Diagnostic> {
    let tags = text.value.split("{%").skip(1);
    let of_loops =
        tags.filter_map(|tag| tag.trim_start_matches(['-', ' ']).strip_prefix("for ")?.split_whitespace().next());
    let names: BTreeSet<&str> = NAMES.into_iter().chain(of_loops).collect();
    let whole = outside.value.as_str();
    let mut found = Vec::new();
    // Square brackets that are single are those of a link.
    for (open, close, least) in [('{', '}', 1), ('[', ']', 2)] {
        let mut end = 0;
        while let Some(at) = whole[end..].find(open) {
            let start = end + at;
            let inner = whole[start..].trim_start_matches(|c| c == open || is_blank(c));
            let length = inner.find(['{', '}', '[', ']', '\n']).unwrap_or(inner.len());
            let (expression, rest) = inner.split_at(length);
            let after = rest.trim_start_matches(|c| c == close || is_blank(c));
            end = whole.len() - after.len();
            let opening = &whole[start..whole.len() - inner.len()];
            let closing = rest[..rest.len() - after.len()].trim_end_matches(is_blank);
            let is_bracketed = opening.matches(open).count() >= least && closing.matches(close).count() >= least;
            if is_bracketed && let Some(name) = variable(expression, &names) {
                let place = Place::new(text.place.file, start..whole.len() - rest.len() + closing.len());
                found.push(unbraced(place, name, expression));
            }
        }
    }
    found
}

/// The name of the variable that an expression begins with, when what follows is no mere text.
fn variable<'a>(expression: &'a str, names: &BTreeSet<&str>) -> Option<&'a str> {
    let rest = expression.trim_start_matches(is_of_name);
    let name = &expression[..expression.len() - rest.len()];
    let rest = rest.trim_matches(is_blank);
    let (first, has_parts) = name.split_once('.').map_or((name, false), |(first, _)| (first, true));
    // A single word may be just that.
    let is_expression =
        rest.starts_with('|') || has_parts && (rest.is_empty() || rest.starts_with(['+', '-', '*', '/']));
    (names.contains(first) && is_expression).then_some(name)
}

fn unbraced(place: Place, name: &str, expression: &str) -> Diagnostic {
    let message = format!("proměnná „{name}“ nestojí mezi „{{{{“ a „}}}}“, ve zprávě by zůstala tak, jak je zapsána");
    let meant = format!("{{{{ {} }}}}", expression.replace('\u{A0}', " ").trim());
    Diagnostic::new(&RULE, place, message).help(format!("napište „{meant}“")).replace_with(meant)
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}')
}

/// A text that cannot be written with what is known of its period.
pub fn unwritable(place: Place, reason: &Reason) -> Diagnostic {
    match reason {
        Reason::Variable(name, meant) => {
            let diagnostic = Diagnostic::new(&RULE, place, format!("proměnná „{name}“ neexistuje"));
            match meant {
                Some(meant) => diagnostic.meant(meant),
                None => diagnostic.help("všechny proměnné vypíše „plneni generate-report ROK --dump-context“"),
            }
        }
        Reason::Filter(name) => {
            let diagnostic = Diagnostic::new(&RULE, place, format!("filtr „{name}“ neexistuje"));
            match nearest(name, FOR_TEXTS) {
                Some(meant) => diagnostic.meant(meant),
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
    fn what_is_misread_within_brackets_is_found_where_it_stands() {
        for (text, mark, found, help) in [
            ("Je {{ počty.celkem }}.", "počty", "„počty“ je psáno s háčky a čárkami", "nemysleli jste „pocty“?"),
            ("Je {{ obdobi.do | dátum }}.", "dátum", "„dátum“ je psáno s háčky a čárkami", "nemysleli jste „datum“?"),
            (
                "Je {{ pocty.plněno }}.",
                "plněno",
                "„plněno“ je psáno s háčky a čárkami",
                "proměnné, filtry a značky se píší bez nich: „plneno“; text patří do rovných uvozovek \" \"",
            ),
            (
                "Je {{\u{A0}pocty.celkem }}.",
                "\u{A0}",
                "mezi závorkami je pevná mezera",
                "smažte ji a napište obyčejnou mezeru",
            ),
            (
                "Je {% if obdobi.nazev == „2023“ %}a{% endif %}.",
                "„",
                "mezi závorkami jsou jiné než rovné uvozovky",
                "pište rovné uvozovky \" \"",
            ),
            (
                "Je {{ pocty.celkem – 1 }}.",
                "–",
                "znak „–“ mezi závorkami stát nemůže",
                "mezi závorky patří jen proměnná, případně filtr: „{{ obdobi.do | datum }}“",
            ),
            (
                "Je {{ obdobi.do | datum ke dni }}.",
                "ke",
                "slovo „ke“ tu být nemůže",
                "mezi závorky patří jen proměnná, případně filtr: „{{ obdobi.do | datum }}“; jiná slova patří za ně",
            ),
            (
                "Je {{{ pocty.celkem }}}.",
                "{{{",
                "složené závorky jsou tu tři",
                "napište dvě, například „{{ pocty.celkem }}“",
            ),
            (
                "Je {# pocty.celkem {# b.",
                "{#",
                "poznámka „{#“ se nezavřela",
                "na konec poznámky napište „#}“; není-li to poznámka, napište znaky „{“ a „#“ jinak",
            ),
        ] {
            let (text, line) = (format!("Úvod.\n{text}\n"), text);
            let column = line[..line.find(mark).expect("it is there")].chars().count() + 1;
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:2:{column}: {found}")]);
            assert_eq!(marked(&RULE, &[(PATH, &text)]), [mark]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [help]);
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
    fn a_variable_within_other_brackets_is_found() {
        for (written, mended) in [
            ("{ pocty.celkem }}", "{{ pocty.celkem }}"),
            ("{ pocty.celkem }", "{{ pocty.celkem }}"),
            ("{pocty.celkem}", "{{ pocty.celkem }}"),
            ("{ { pocty.celkem } }", "{{ pocty.celkem }}"),
            ("{\u{A0}{\u{A0}pocty.celkem\u{A0}}\u{A0}}", "{{ pocty.celkem }}"),
            ("[[ pocty.celkem ]]", "{{ pocty.celkem }}"),
            ("{ obdobi.ke_dni\u{A0}| datum }", "{{ obdobi.ke_dni | datum }}"),
            ("{ okruhy | length }", "{{ okruhy | length }}"),
            ("{ pocty.splneno + pocty.plneno }", "{{ pocty.splneno + pocty.plneno }}"),
        ] {
            let text = format!("Úvod je {{{{ obdobi.nazev }}}}.\n\nOpatření je {written} celkem.\n");
            assert_eq!(marked(&RULE, &[(PATH, &text)]), [written]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [format!("napište „{mended}“")]);
            assert!(findings(&RULE, &[(PATH, &text)])[0].starts_with(&format!("{PATH}:3:13: proměnná „")));
        }
        let text = "{% for okruh in okruhy %}{okruh.cislo}. [{ okruh.nazev }](#a)\n{%- for x in [1] %}{ x | abs }{% endfor %}{% endfor %}";
        assert_eq!(marked(&RULE, &[(PATH, text)]), ["{okruh.cislo}", "{ okruh.nazev }", "{ x | abs }"]);
    }

    #[test]
    fn of_a_frozen_period_no_more_is_asked_than_before() {
        let changes = [(PATH, "Opatření je { pocty.celkem }.")];
        let frozen = crate::freezing::testing::frozen_with(crate::model::Year(2023), &changes);
        let kept = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        assert_eq!(findings(&RULE, &kept.chain(changes).collect::<Vec<_>>()), [""; 0]);
    }

    #[test]
    fn other_words_within_brackets_are_fine() {
        for text in [
            "{# Píše se { pocty.celkem }. #}",
            "{{ pocty.celkem }} } a { pocty } a [[pocty]] a { pocty.celkem\n}",
            "{ jiné.slovo }, [pocty.celkem](#x), [ pocty.celkem ], {pocty.celkem a další}, {jine.slovo}, pocty.celkem",
            "{% set x = { \"a\": pocty.celkem } %}{% set y = {pocty.celkem: 1} %}",
            "{ }, {}, {|}, [[]], {.}, [[ 1 ]], {",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, text)]), [""; 0], "{text}");
        }
    }

    #[test]
    fn whole_templates_and_bare_braces_are_fine() {
        let text = "Opatření je {{ pocty.celkem }}{% if pocty.splneno %}, {{ pocty.splneno }} splněno{% endif %} }.\n";
        assert_eq!(findings(&RULE, &[(PATH, text)]), Vec::<String>::new());
    }
}
