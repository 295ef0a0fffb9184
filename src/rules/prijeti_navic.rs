//! An acceptance of a finding that is not there.

use std::collections::{BTreeMap, BTreeSet};

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
    explanation: "Soubor prijato.yaml přijímá nález, který kontrola nenašla: závada byla napravena, nebo je přijetí napsáno k jinému opatření či období. Přijetí bez klíče „obdobi“ se týká jen nálezu v definicích.",
    example: "# data/prijato.yaml; opatření II/8 už gestora má\nprijato:\n  - {nalez: bez-gestora, opatreni: II/8, duvod: Gestor bude určen v roce 2024.}",
    mend: "Přijetí z prijato.yaml odstraňte, nebo opravte jeho kód, opatření či období.",
    checks: &[Check::Findings(check)],
};

fn check(strategy: &Strategy, found: &[Diagnostic], diagnostics: &mut Vec<Diagnostic>) {
    let subjects: BTreeSet<Accepted> = found.iter().map(subject).collect();
    let unused: Vec<(Accepted, Place)> =
        strategy.acceptances.iter().filter(|(accepted, _)| !subjects.contains(accepted)).collect();
    if unused.is_empty() {
        return;
    }
    let open: BTreeSet<Accepted> = found.iter().filter(|one| !one.is_accepted()).map(subject).collect();
    let mut periods: BTreeMap<_, Vec<Option<Year>>> = BTreeMap::new();
    let mut measures: BTreeMap<_, Vec<MeasureId>> = BTreeMap::new();
    for (code, measure, period) in open {
        periods.entry((code, measure)).or_default().push(period);
        measures.entry((code, period)).or_default().extend(measure);
    }
    for ((code, measure, period), place) in unused {
        let elsewhere = periods.get(&(code, measure)).map(Vec::as_slice).unwrap_or_default();
        let at_measures = measures.get(&(code, period)).map(Vec::as_slice).unwrap_or_default();
        let accepted = (code, measure, period);
        diagnostics.push(match measure {
            None if elsewhere.is_empty() && !at_measures.is_empty() => without_measures(accepted, place, at_measures),
            _ => needless(accepted, place, elsewhere),
        });
    }
}

/// More measures than this are not told one by one.
const MANY_MEASURES: usize = 20;

/// An acceptance that names no measure, where the finding stands at some.
fn without_measures((code, _, period): Accepted, place: Place, measures: &[MeasureId]) -> Diagnostic {
    let named: Vec<String> = measures.iter().take(MANY_MEASURES).map(MeasureId::to_string).collect();
    let rest = if measures.len() > MANY_MEASURES { ", …" } else { "" };
    let message = format!("nález „{code}“ {} není; je u opatření, která přijetí nejmenuje", about(None, period));
    let mut diagnostic = Diagnostic::new(&RULE, place, message)
        .help(format!("doplňte klíč „opatreni: [{}{rest}]“ s těmi, u kterých ho přijímáte", named.join(", ")));
    diagnostic.period = period;
    diagnostic
}

/// `elsewhere` are the periods in which the same finding stands and is not accepted.
fn needless((code, measure, period): Accepted, place: Place, elsewhere: &[Option<Year>]) -> Diagnostic {
    let whereabouts = match elsewhere {
        [] => String::new(),
        _ => format!("; je {}", elsewhere.iter().map(|&period| whereabouts(period)).collect::<Vec<_>>().join(" a ")),
    };
    let message = format!("nález „{code}“ {} není{whereabouts}", about(measure, period));
    let help = match (period, elsewhere) {
        // Of a single period that is checked, the findings of others are not known.
        (None, []) => {
            "přijetí bez klíče „obdobi“ se týká jen definic: stojí-li nález v období, doplňte ho; je-li závada napravena, přijetí smažte"
                .to_owned()
        }
        (_, []) => {
            "je-li závada napravena, přijetí smažte; jinak porovnejte opatření a období s tím, co hlásí kontrola"
                .to_owned()
        }
        (None, &[Some(year)]) => format!("doplňte klíč „obdobi: {year}“"),
        (None, _) => "doplňte klíč „obdobi“; každé období se přijímá zvlášť".to_owned(),
        (Some(_), [None]) => "smažte klíč „obdobi“".to_owned(),
        (Some(_), _) => {
            "je-li závada napravena, přijetí smažte; přijímáte-li ji jinde, opravte klíč „obdobi“".to_owned()
        }
    };
    let mut diagnostic = Diagnostic::new(&RULE, place, message).help(help);
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
    format!("{measure} {}", whereabouts(period))
}

fn whereabouts(period: Option<Year>) -> String {
    period.map_or_else(|| "v definicích".to_owned(), |period| format!("v období {period}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, findings, helps, in_words, next_period};

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
                "prijato.yaml:2:36: nález „bez-gestora“ u opatření II/1 v definicích není",
            ),
            (
                "prijato:\n  - {nalez: zverejnena-cisla, obdobi: 2023, duvod: Řeší se.}\n",
                "prijato.yaml:2:13: nález „zverejnena-cisla“ bez opatření v období 2023 není",
            ),
        ] {
            assert_eq!(findings(&RULE, &[(PATH, accepted)]), [finding]);
        }
    }

    #[test]
    fn what_stands_in_another_period_is_named_with_the_key_that_says_so() {
        // NEPLNĚNO without a reason: II/1 in both periods, I/1 in the second one alone.
        let from = "stav: ČÁSTEČNĚ\n    komentar: Pracují dva mediátoři.\n";
        let submitted = edited("obdobi/2023/podklady/osv.yaml", from, "stav: NEPLNĚNO\n");
        let next = next_period("  - {opatreni: II/1, stav: NEPLNĚNO}\n  - {opatreni: I/1, stav: NEPLNĚNO}\n");
        let area = edited("opatreni/02.yaml", "    indikator: Počet mediátorů\n", "");
        for (accepted, finding, help) in [
            (
                "nalez: bez-duvodu, opatreni: I/1",
                "nález „bez-duvodu“ u opatření I/1 v definicích není; je v období 2025",
                "doplňte klíč „obdobi: 2025“",
            ),
            (
                "nalez: bez-duvodu, opatreni: II/1",
                "nález „bez-duvodu“ u opatření II/1 v definicích není; je v období 2023 a v období 2025",
                "doplňte klíč „obdobi“; každé období se přijímá zvlášť",
            ),
            (
                "nalez: bez-duvodu, opatreni: I/1, obdobi: 2023",
                "nález „bez-duvodu“ u opatření I/1 v období 2023 není; je v období 2025",
                "je-li závada napravena, přijetí smažte; přijímáte-li ji jinde, opravte klíč „obdobi“",
            ),
            (
                "nalez: bez-indikatoru, opatreni: II/1, obdobi: 2025",
                "nález „bez-indikatoru“ u opatření II/1 v období 2025 není; je v definicích",
                "smažte klíč „obdobi“",
            ),
            (
                "nalez: bez-duvodu, opatreni: I/2",
                "nález „bez-duvodu“ u opatření I/2 v definicích není",
                "přijetí bez klíče „obdobi“ se týká jen definic: stojí-li nález v období, doplňte ho; je-li závada napravena, přijetí smažte",
            ),
            (
                "nalez: bez-duvodu, opatreni: I/2, obdobi: 2025",
                "nález „bez-duvodu“ u opatření I/2 v období 2025 není",
                "je-li závada napravena, přijetí smažte; jinak porovnejte opatření a období s tím, co hlásí kontrola",
            ),
        ] {
            let accepted = format!("prijato:\n  - {{{accepted}, duvod: Řeší se.}}\n");
            let mut changes = vec![
                (PATH, accepted.as_str()),
                ("obdobi/2023/podklady/osv.yaml", submitted.as_str()),
                ("opatreni/02.yaml", area.as_str()),
            ];
            changes.extend(next.iter().map(|(path, text)| (path.as_str(), text.as_str())));
            let found = findings(&RULE, &changes);
            assert!(found.len() == 1 && found[0].ends_with(&format!(": {finding}")), "{found:?}");
            assert_eq!(helps(&RULE, &changes), [help]);
        }
    }

    #[test]
    fn what_stands_at_measures_is_told_with_the_key_that_names_them() {
        let nobody = |path: &str, from: &str| edited(path, from, "odpovednost: [\"???\"]");
        let (first, second) =
            (nobody("opatreni/01.yaml", "odpovednost: [OSV]"), nobody("opatreni/02.yaml", "odpovednost: [OZ]"));
        let accepted = |keys: &str| format!("prijato:\n  - {{nalez: bez-gestora{keys}, duvod: Řeší se.}}\n");
        for (keys, finding, help) in [
            (
                "",
                "nález „bez-gestora“ bez opatření v definicích není; je u opatření, která přijetí nejmenuje",
                "doplňte klíč „opatreni: [I/1, II/1]“ s těmi, u kterých ho přijímáte",
            ),
            (
                ", obdobi: 2023",
                "nález „bez-gestora“ bez opatření v období 2023 není",
                "je-li závada napravena, přijetí smažte; jinak porovnejte opatření a období s tím, co hlásí kontrola",
            ),
        ] {
            let text = accepted(keys);
            let changes =
                [(PATH, text.as_str()), ("opatreni/01.yaml", first.as_str()), ("opatreni/02.yaml", second.as_str())];
            assert_eq!(findings(&RULE, &changes), [format!("prijato.yaml:2:13: {finding}")]);
            assert_eq!(helps(&RULE, &changes), [help]);
        }
    }

    #[test]
    fn of_many_measures_the_first_ones_are_named() {
        for (n_measures, end) in [(20, "I/19, I/20]“"), (21, "I/19, I/20, …]“"), (22, "I/19, I/20, …]“")] {
            let measures = (1..=n_measures).map(|number| {
                format!("  - {{cislo: {number}, popis: věc, indikator: věc, termin: 12/2024, odpovednost: [\"?\"]}}\n")
            });
            let area = format!("okruh: I\nnazev: Bydlení\nopatreni:\n{}", measures.collect::<String>());
            let accepted = "prijato:\n  - {nalez: bez-gestora, duvod: Řeší se.}\n";
            let changes = [(PATH, accepted), ("opatreni/01.yaml", &area), ("obdobi/2023/podklady/osv.yaml", "")];
            let helps = helps(&RULE, &changes);
            assert!(helps.len() == 1 && helps[0].contains(&format!("{end} s těmi")), "{helps:?}");
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
