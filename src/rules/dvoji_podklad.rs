//! The same body twice on one measure in a period.

use crate::diagnostic::{Diagnostic, Severity};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{BodyId, MeasureId, Submission, one_line};
use crate::rules::PeriodFacts;
use crate::rules::{Check, Rule, Said, chybejici_stav};
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "dvoji-podklad",
    severity: Severity::Error,
    title: "Subjekt předložil k opatření dva podklady",
    explanation: "Jeden subjekt má k jednomu opatření v období jeden podklad. Dva by se počítaly jako dva hlasy a nejspíš si odporují.",
    example: "- opatreni: IX/3\n  stav: PLNĚNO\n- opatreni: IX/3\n  stav: ČÁSTEČNĚ",
    mend: "Spojte je do jednoho podkladu.",
    checks: &[Check::Measure(check)],
};

/// The same criterion twice in one submission.
pub fn same_criterion(criterion: &Text, first: Place) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        criterion.place,
        format!("kritérium „{}“ je u téhož opatření podruhé", one_line(&criterion.value)),
    )
    .related(first, "poprvé je zde")
    .help("nechte jen jeden údaj")
}

/// Takes away that a submission has no status where joining it with another one gives it one.
pub fn without_missing_statuses(diagnostics: &mut Vec<Diagnostic>) {
    let is_missing = |found: &Diagnostic| std::ptr::eq(found.rule, &chybejici_stav::RULE);
    let missing: BTreeSet<Place> = diagnostics.iter().filter(|found| is_missing(found)).map(|it| it.place).collect();
    let of_measures = diagnostics.iter().filter(|found| std::ptr::eq(found.rule, &RULE));
    // Where neither has a status, the first one goes on to lack it.
    let joined = of_measures.filter_map(|found| {
        let first = found.related.first().map(|related| related.place);
        if missing.contains(&found.place) { Some(found.place) } else { first }
    });
    let joined: BTreeSet<Place> = joined.collect();
    diagnostics.retain(|found| !is_missing(found) || !joined.contains(&found.place));
}

fn check(facts: &PeriodFacts<'_>, said: Said<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // Never iterated, so that its order cannot show.
    let mut first_of: HashMap<BodyId, Place> = HashMap::with_capacity(said.submissions.len());
    for submission in said.submissions.iter() {
        check_criteria(facts, submission, diagnostics);
        let place = submission.measure.place;
        if let Some(&first) = first_of.get(&submission.body.value) {
            let code = facts.strategy.register.code(submission.body.value);
            diagnostics.push(second(said.id(), code, place, first));
        } else {
            first_of.insert(submission.body.value, place);
        }
    }
}

fn check_criteria(facts: &PeriodFacts<'_>, submission: &Submission, diagnostics: &mut Vec<Diagnostic>) {
    let Some(measure) = facts.strategy.measures.get(&submission.measure.value) else { return };
    let mut first_of: BTreeMap<usize, Place> = BTreeMap::new();
    for reported in &submission.criteria {
        let Some(criterion) = measure.criteria.get(reported.criterion.value) else { continue };
        if let Some(&first) = first_of.get(&reported.criterion.value) {
            let name = reported.criterion.with(criterion.name.as_str().into());
            diagnostics.push(same_criterion(&name, first).measure(measure.id.value));
        } else {
            first_of.insert(reported.criterion.value, reported.criterion.place);
        }
    }
}

fn second(id: MeasureId, code: &str, place: Place, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("předkladatel {code} má k opatření {id} druhý podklad"))
        .measure(id)
        .related(first, "první je zde")
        .help("spojte je do jednoho")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Year;
    use crate::rules::testing::{dataset, edited, findings};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn the_second_submission_is_found_where_it_names_the_measure() {
        let other = "predkladatel: OSV\npodklady:\n  - {opatreni: I/1, stav: PLNĚNO}\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/podklady/sociální.yaml", other)]),
            ["obdobi/2023/podklady/sociální.yaml:3:16: předkladatel OSV má k opatření I/1 druhý podklad"]
        );
    }

    #[test]
    fn the_second_word_on_a_criterion_is_found_in_both_formats() {
        let text = edited(PATH, "kriterium: Počet účastníků", "kriterium: počet konferencí");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:11:21: kritérium „Počet konferencí“ je u téhož opatření podruhé"]
        );
        let csv = "opatreni,stav,kriterium,hodnota\nI/2,PLNĚNO,Počet konferencí,4\nI/2,PLNĚNO,počet konferencí,5\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/podklady/oz.csv", csv)]),
            ["obdobi/2023/podklady/oz.csv:3:12: kritérium „počet konferencí“ je u téhož opatření podruhé"]
        );
    }

    #[test]
    fn a_second_row_of_the_whole_measure_is_found_whatever_stands_between() {
        const CSV: &str = "obdobi/2023/podklady/oz.csv";
        let head = "opatreni,stav,komentar,kriterium,hodnota\n";
        let (criterion, second) = ("I/2,,,Počet konferencí,4\n", "I/2,PLNĚNO,Konaly se.,,\n");
        for (first, is_found) in [("I/2,,Ještě se nekonaly.,,\n", true), ("I/2,ČÁSTEČNĚ,,,\n", true), ("", false)]
        {
            let found = findings(&RULE, &[(CSV, &format!("{head}{first}{criterion}{second}"))]);
            let expected = format!("{CSV}:4:1: předkladatel OZ má k opatření I/2 druhý podklad");
            assert_eq!(found, if is_found { vec![expected] } else { Vec::new() }, "{first}");
        }
    }

    #[test]
    fn a_status_that_joining_gives_is_not_missed() {
        const CSV: &str = "obdobi/2023/podklady/oz.csv";
        let second = "dvoji-podklad 3";
        for (rows, expected) in [
            ("I/2,PLNĚNO,a\nI/2,,b\n", vec![second]),
            ("I/2,,a\nI/2,PLNĚNO,b\n", vec![second]),
            ("I/2,,a\nI/2,,b\nI/2,PLNĚNO,c\n", vec![second, "dvoji-podklad 4"]),
            ("I/2,,a\nI/2,,b\n", vec!["chybejici-stav 2", second]),
            ("I/2,PLNĚNO,a\nI/1,,b\n", vec!["chybejici-stav 3"]),
        ] {
            let data = dataset(&[(CSV, &format!("opatreni,stav,komentar\n{rows}"))]);
            let mut found = data.check(Some(Year(2023)));
            found.retain(|found| [&RULE, &chybejici_stav::RULE].iter().any(|rule| std::ptr::eq(found.rule, *rule)));
            let line = |place: Place| data.files.get(place.file).text()[..place.range().start].lines().count() + 1;
            let found: Vec<String> =
                found.iter().map(|found| format!("{} {}", found.rule.code, line(found.place))).collect();
            assert_eq!(found, expected, "{rows}");
        }
    }

    #[test]
    fn different_bodies_and_rows_of_different_criteria_are_not_found() {
        let csv = "opatreni,stav,kriterium,hodnota\nI/2,PLNĚNO,Počet konferencí,4\nI/2,PLNĚNO,Počet účastníků,5\n";
        assert_eq!(findings(&RULE, &[("obdobi/2023/podklady/oz.csv", csv)]), [""; 0]);
    }
}
