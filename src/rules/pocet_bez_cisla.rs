//! A criterion that asks for a number, and nobody gave one.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{CriterionKind, Measure, Submission, SubmissionsOn, one_line};
use crate::rules::{Check, PeriodFacts, Rule, Said};

/// The rule.
pub static RULE: Rule = Rule {
    code: "pocet-bez-cisla",
    severity: Severity::Note,
    title: "Kritérium žádá počet a nikdo ho neuvedl",
    explanation: "Indikátor je počet, ale žádný podklad k opatření číslo neuvádí. Stav je pak jen odhad a období se nedají porovnat.",
    example: "# indikátor je „Počet mediátorů“\n- opatreni: IX/3\n  stav: ČÁSTEČNĚ\n  komentar: Mediátoři pracují v Liberci.",
    mend: "Doplňte ke kritériu hodnotu: v YAML do klíče „kriteria“, v CSV do sloupců „kriterium“ a „hodnota“.",
    checks: &[Check::WholeMeasure(check)],
};

fn check(_: &PeriodFacts<'_>, said: Said<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(first) = said.submissions.first() else { return };
    let names = unanswered(said.measure, said.submissions);
    if !names.is_empty() {
        diagnostics.push(finding(said.measure, first, &names));
    }
}

/// The names of the counts that no submission gives a number for.
fn unanswered(measure: &Measure, submissions: SubmissionsOn<'_>) -> Vec<String> {
    let reported = submissions.iter().flat_map(|submission| &submission.criteria);
    let answered: BTreeSet<usize> =
        reported.filter(|reported| reported.value.is_some()).map(|reported| reported.criterion.value).collect();
    let counts = measure.criteria.iter().enumerate().filter(|(_, criterion)| criterion.kind == CriterionKind::Count);
    counts.filter(|(index, _)| !answered.contains(index)).map(|(_, criterion)| one_line(&criterion.name)).collect()
}

fn finding(measure: &Measure, first: &Submission, names: &[String]) -> Diagnostic {
    let id = measure.id.value;
    let noun = if names.len() == 1 { "kritéria" } else { "kritérií" };
    let message = format!("opatření {id} nemá číslo u {noun} „{}“", names.join("“, „"));
    Diagnostic::new(&RULE, first.measure.place, message)
        .measure(id)
        .related(measure.id.place, format!("opatření {id} je definováno zde"))
        .help("doplňte je jako „hodnota“ kritéria (v YAML do klíče „kriteria“, v CSV na řádek s kritériem)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn one_missing_number_is_found_where_the_measure_is_named() {
        let text = edited(PATH, "hodnota: 80, ", "");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:6:15: opatření I/2 nemá číslo u kritéria „Počet účastníků“"]
        );
    }

    #[test]
    fn several_missing_numbers_of_a_measure_are_one_finding() {
        let text = edited(PATH, "hodnota: 80, ", "").replace("hodnota: 4, ", "");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            [
                "obdobi/2023/podklady/osv.yaml:6:15: opatření I/2 nemá číslo u kritérií „Počet konferencí“, „Počet účastníků“"
            ]
        );
    }

    #[test]
    fn the_number_may_come_from_another_body() {
        let text = edited(PATH, "hodnota: 80, ", "");
        let other = "predkladatel: OZ\npodklady:\n  - opatreni: I/2\n    stav: PLNĚNO\n    kriteria: [{kriterium: Počet účastníků, hodnota: 0}]\n";
        assert_eq!(findings(&RULE, &[(PATH, &text), ("obdobi/2023/podklady/oz.yaml", other)]), [""; 0]);
    }

    #[test]
    fn outputs_need_no_number_and_what_nobody_reports_on_is_another_finding() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        assert_eq!(findings(&RULE, &[(PATH, "podklady:\n  - {opatreni: I/1, stav: PLNĚNO}\n")]), [""; 0]);
    }
}
