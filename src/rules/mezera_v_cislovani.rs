//! Numbers that areas or measures skip.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Area, AreaNumber, Measure, MeasureId};
use crate::rules::{Check, Definitions, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "mezera-v-cislovani",
    severity: Severity::Error,
    title: "V číslování něco chybí",
    explanation: "Okruhy se číslují od I a opatření každého okruhu od 1, bez mezer. Mezera znamená, že se opatření ztratilo nebo má špatné číslo, a počty by neseděly.",
    example: "opatreni:\n  - cislo: 1\n  - cislo: 3",
    mend: "Porovnejte čísla se strategií a chybějící opatření doplňte, nebo číslo opravte.",
    checks: &[Check::WholeDefinitions(check)],
};

fn check(definitions: &Definitions<'_>, diagnostics: &mut Vec<Diagnostic>) {
    check_areas(definitions, diagnostics);
    for &area in definitions.strategy.areas.keys() {
        check_measures(definitions, area, diagnostics);
    }
}

/// An area that could not be read from its file, or that took another one's number, is a finding
/// already; only when every file gave its area can one be missing altogether.
fn check_areas(definitions: &Definitions<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let areas = &definitions.strategy.areas;
    let n_files = definitions.files.iter().filter(|(_, file)| is_area_file(file.path())).count();
    if n_files > areas.len() {
        return;
    }
    let mut next = 1;
    for (number, area) in areas {
        if number.0 > next {
            diagnostics.push(missing_areas(area, next));
        }
        next = number.0.saturating_add(1);
    }
}

fn is_area_file(path: &str) -> bool {
    path.starts_with("opatreni/") && path.ends_with(".yaml")
}

fn check_measures(definitions: &Definitions<'_>, area: AreaNumber, diagnostics: &mut Vec<Diagnostic>) {
    let measures = definitions.strategy.measures.range(MeasureId::all_of(area)).map(|(_, measure)| measure);
    let mut next = 1;
    for measure in measures {
        let number = measure.id.value.number;
        if number == 0 {
            diagnostics.push(zero(measure));
        } else if number > next {
            diagnostics.push(missing_measures(measure, next));
        }
        // Zero stands in the place of the first one.
        next = number.max(1).saturating_add(1);
    }
}

fn missing_areas(after: &Area, first: u16) -> Diagnostic {
    let last = after.number.value.0 - 1;
    let noun = if first == last { "okruh" } else { "okruhy" };
    let missing = span(first, last, |number| AreaNumber(number).to_string());
    Diagnostic::new(&RULE, after.number.place, format!("před okruhem {} chybí {noun} {missing}", after.number.value))
        .help("doplňte chybějící soubor do složky „opatreni“, nebo opravte číslo okruhu")
}

fn missing_measures(after: &Measure, first: u16) -> Diagnostic {
    let id = after.id.value;
    let missing = span(first, id.number - 1, |number| number.to_string());
    Diagnostic::new(&RULE, after.id.place, format!("před opatřením {id} chybí v okruhu {} opatření {missing}", id.area))
        .measure(id)
        .help("doplňte, co chybí, nebo číslo opravte podle strategie")
}

fn zero(measure: &Measure) -> Diagnostic {
    Diagnostic::new(&RULE, measure.id.place, "opatření se číslují od 1, tady je 0")
        .measure(measure.id.value)
        .help("opravte číslo podle strategie")
}

/// `3`, `3 a 4`, `3 až 5`.
fn span(first: u16, last: u16, write: impl Fn(u16) -> String) -> String {
    match last - first {
        0 => write(first),
        1 => format!("{} a {}", write(first), write(last)),
        _ => format!("{} až {}", write(first), write(last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, findings, run_over_anything};

    const PATH: &str = "opatreni/01.yaml";

    #[test]
    fn missing_measures_are_found_at_the_next_one() {
        for (number, missing) in [(3, "2"), (4, "2 a 3"), (5, "2 až 4")] {
            let text = edited(PATH, "cislo: 2", &format!("cislo: {number}"));
            let expected =
                format!("opatreni/01.yaml:12:12: před opatřením I/{number} chybí v okruhu I opatření {missing}");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected]);
        }
    }

    #[test]
    fn each_gap_is_found_by_itself() {
        let text = edited(PATH, "cislo: 1", "cislo: 7").replace("cislo: 2", "cislo: 3");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            [
                "opatreni/01.yaml:12:12: před opatřením I/3 chybí v okruhu I opatření 1 a 2",
                "opatreni/01.yaml:5:12: před opatřením I/7 chybí v okruhu I opatření 4 až 6",
            ]
        );
    }

    #[test]
    fn zero_is_no_number_of_a_measure() {
        for (number, at) in [(2, "12:12"), (1, "5:12")] {
            let text = edited(PATH, &format!("cislo: {number}"), "cislo: 0");
            let expected = format!("opatreni/01.yaml:{at}: opatření se číslují od 1, tady je 0");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected]);
        }
    }

    #[test]
    fn missing_areas_are_found_at_the_next_one() {
        for (number, missing) in [("III", "okruh II"), ("IV", "okruhy II a III"), ("IX", "okruhy II až VIII")] {
            let text = edited("opatreni/02.yaml", "okruh: II", &format!("okruh: {number}"));
            let expected = format!("opatreni/02.yaml:1:8: před okruhem {number} chybí {missing}");
            assert_eq!(findings(&RULE, &[("opatreni/02.yaml", &text)]), [expected]);
        }
    }

    #[test]
    fn an_area_that_could_not_be_read_is_another_finding() {
        assert_eq!(run_over_anything(&RULE, &dataset(&[(PATH, "okruh: [I\n")])).len(), 0);
        assert_eq!(
            findings(&RULE, &[(PATH, "")]),
            ["opatreni/02.yaml:1:8: před okruhem II chybí okruh I"],
            "but one whose file is not there is missing"
        );
    }

    #[test]
    fn without_gaps_nothing_is_found_in_whatever_order_measures_are_written() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let text = edited(PATH, "cislo: 1", "cislo: X").replace("cislo: 2", "cislo: 1").replace("cislo: X", "cislo: 2");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }
}
