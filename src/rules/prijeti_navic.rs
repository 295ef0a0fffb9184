//! An acceptance of a finding that is not there.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::acceptance::{Accepted, subject};
use crate::model::{MeasureId, Strategy, Year};
use crate::rules::{Check, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "prijeti-navic",
    severity: Severity::Warning,
    title: "Přijatý nález už v datech není",
    explanation: "Soubor prijato.yaml přijímá nález, který kontrola nenašla: závada byla napravena, nebo je přijetí napsáno k jinému opatření či období.",
    example: "# data/prijato.yaml; opatření II/8 už gestora má\nprijato:\n  - {nalez: bez-gestora, opatreni: II/8, duvod: Gestor bude určen v roce 2024.}",
    mend: "Přijetí z prijato.yaml odstraňte, nebo opravte jeho kód, opatření či období.",
    checks: &[Check::Findings(check)],
};

fn check(strategy: &Strategy, found: &[Diagnostic], diagnostics: &mut Vec<Diagnostic>) {
    let subjects: BTreeSet<Accepted> = found.iter().map(subject).collect();
    for (accepted, place) in strategy.acceptances.iter().filter(|(accepted, _)| !subjects.contains(accepted)) {
        diagnostics.push(unused(accepted, place));
    }
}

fn unused((code, measure, period): Accepted, place: Place) -> Diagnostic {
    let message = format!("nález „{code}“ {} v datech není", about(measure, period));
    let mut diagnostic = Diagnostic::new(&RULE, place, message)
        .help("je-li závada napravena, přijetí smažte; jinak porovnejte opatření a období s tím, co hlásí kontrola");
    diagnostic.period = period;
    diagnostic
}

/// The same accepted a second time.
pub fn repeated(
    code: &str,
    measure: Option<MeasureId>,
    period: Option<Year>,
    place: Place,
    first: Place,
) -> Diagnostic {
    let message = format!("nález „{code}“ {} je přijat dvakrát", about(measure, period));
    Diagnostic::new(&RULE, place, message).related(first, "poprvé zde").help("ponechte jen jedno přijetí")
}

fn about(measure: Option<MeasureId>, period: Option<Year>) -> String {
    let measure = measure.map_or_else(|| "bez opatření".to_owned(), |measure| format!("u opatření {measure}"));
    let period = period.map_or_else(|| "v definicích".to_owned(), |period| format!("v období {period}"));
    format!("{measure} {period}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, findings, in_words};

    const PATH: &str = "prijato.yaml";

    #[test]
    fn what_is_accepted_weighs_nothing_and_says_why() {
        let broken = edited("opatreni/02.yaml", "odpovednost: [OZ]", "odpovednost: [\"???\"]");
        let accepted = "prijato:\n  - nalez: bez-gestora\n    opatreni: [II/1]\n    duvod: Řeší se.\n";
        let found = dataset(&[("opatreni/02.yaml", &broken), (PATH, accepted)]).check(None);
        let reasons: Vec<_> = found.iter().filter_map(|found| found.accepted.as_deref()).collect();
        assert_eq!(reasons, ["Řeší se."]);
        assert!(found.iter().all(|found| found.severity() == Severity::Note));
    }

    #[test]
    fn what_is_not_there_any_more_is_found_where_it_is_accepted() {
        for (accepted, finding) in [
            (
                "prijato:\n  - {nalez: bez-gestora, opatreni: II/1, duvod: Řeší se.}\n",
                "prijato.yaml:2:36: nález „bez-gestora“ u opatření II/1 v definicích v datech není",
            ),
            (
                "prijato:\n  - {nalez: zverejnena-cisla, obdobi: 2023, duvod: Řeší se.}\n",
                "prijato.yaml:2:13: nález „zverejnena-cisla“ bez opatření v období 2023 v datech není",
            ),
        ] {
            assert_eq!(findings(&RULE, &[(PATH, accepted)]), [finding]);
        }
    }

    #[test]
    fn the_same_twice_is_shown_with_the_first_place() {
        let one = "  - {nalez: bez-gestora, opatreni: II/1, duvod: Řeší se.}\n";
        let data = dataset(&[
            (PATH, &format!("prijato:\n{one}{one}")),
            ("opatreni/02.yaml", &edited("opatreni/02.yaml", "odpovednost: [OZ]", "odpovednost: [\"???\"]")),
        ]);
        let found = data.check(None);
        let words: Vec<String> = found
            .iter()
            .filter(|found| found.severity() != Severity::Note)
            .map(|found| in_words(found, &data))
            .collect();
        assert_eq!(words, ["prijato.yaml:3:36: nález „bez-gestora“ u opatření II/1 v definicích je přijat dvakrát"]);
    }

    #[test]
    fn nothing_is_said_while_something_cannot_be_read() {
        let accepted = "prijato:\n  - {nalez: bez-gestora, opatreni: II/1, duvod: Řeší se.}\n";
        let found = dataset(&[(PATH, accepted), ("opatreni/02.yaml", "okruh: [\n")]).check(None);
        assert!(found.iter().all(|found| found.rule.code != RULE.code));
    }
}
