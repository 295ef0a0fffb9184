//! Equal numbers on both sides, where the method says nothing and our reading decides.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{Basis, Evaluation};
use crate::model::{MeasureId, SubmissionsOn};
use crate::rules::{Check, PeriodFacts, Rule, status_place};
use crate::stats::Counts;

/// The rule.
pub static RULE: Rule = Rule {
    code: "rovnost-hlasu",
    severity: Severity::Note,
    title: "O stavu rozhodla rovnost",
    explanation: "Stavů na obou stranách je stejně: plněných tolik co ostatních, nebo plněných a částečně plněných tolik co neplněných. Metodika takový případ neřeší; tento nástroj ho čte jako ČÁSTEČNĚ.",
    example: "OSV uvádí u opatření I/2 PLNĚNO, OZ uvádí NEPLNĚNO",
    mend: "Souhlasíte-li s výsledkem, nechte ho být. Jinak zapište rozhodnutí i s důvodem do vyhodnoceni.yaml.",
    checks: &[Check::WholePeriod(check)],
};

/// Where the coordinator decided, our reading did not. One voice more, in a file that could not be read, would
/// end most ties.
fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (&id, evaluation) in facts.evaluations.iter().filter(|(_, evaluation)| !evaluation.is_decided) {
        let submissions = facts.submissions_on(id);
        let (whose, tally) = match &evaluation.basis {
            Basis::Bodies(tally) if is_one_each(submissions) => ("předkladatelů", tally),
            Basis::Criteria(_, tally) => ("kritérií", tally),
            _ => continue,
        };
        if tally.is_tie() {
            diagnostics.extend(finding(facts, id, whose, tally, evaluation));
        }
    }
}

/// Whether no body speaks twice, which would be a finding of its own.
fn is_one_each(submissions: SubmissionsOn<'_>) -> bool {
    let bodies: BTreeSet<_> = submissions.iter().map(|submission| submission.body.value).collect();
    bodies.len() == submissions.len()
}

fn finding(
    facts: &PeriodFacts<'_>,
    id: MeasureId,
    whose: &str,
    tally: &Counts,
    evaluation: &Evaluation,
) -> Option<Diagnostic> {
    let mut submissions = facts.submissions_on(id).iter();
    let first = submissions.next()?;
    let message = format!(
        "u opatření {id} je rovnost stavů podle {whose} ({}), počítá se jako {}",
        in_words(tally),
        evaluation.computed
    );
    let mut diagnostic = Diagnostic::new(&RULE, first.measure.place, message)
        .measure(id)
        .help("nesouhlasíte-li, zapište rozhodnutí i s důvodem do vyhodnoceni.yaml");
    for submission in submissions {
        let code = facts.strategy.register.code(submission.body.value);
        diagnostic = diagnostic.related(status_place(submission), format!("stav podle předkladatele {code} je zde"));
    }
    Some(diagnostic)
}

/// `1× PLNĚNO, 2× ČÁSTEČNĚ`
fn in_words(tally: &Counts) -> String {
    let words: Vec<String> = tally.iter().map(|(status, number)| format!("{number}× {status}")).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";
    const OTHER: &str = "obdobi/2023/podklady/oz.csv";

    #[test]
    fn bodies_that_disagree_evenly_are_found_at_the_first_submission() {
        assert_eq!(
            findings(&RULE, &[(OTHER, "opatreni,stav\nI/2,NEPLNĚNO\n")]),
            [
                "obdobi/2023/podklady/osv.yaml:6:15: u opatření I/2 je rovnost stavů podle předkladatelů (1× PLNĚNO, 1× NEPLNĚNO), počítá se jako ČÁSTEČNĚ"
            ]
        );
    }

    #[test]
    fn criteria_that_disagree_evenly_are_found_at_their_submission() {
        let text = edited(PATH, "    stav: PLNĚNO\n    komentar: Konaly", "    komentar: Konaly");
        let text = text.replace("hodnota: 80, stav: PLNĚNO", "hodnota: 80, stav: ČÁSTEČNĚ");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            [
                "obdobi/2023/podklady/osv.yaml:6:15: u opatření I/2 je rovnost stavů podle kritérií (1× PLNĚNO, 1× ČÁSTEČNĚ), počítá se jako ČÁSTEČNĚ"
            ]
        );
    }

    #[test]
    fn agreement_and_majority_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        assert_eq!(findings(&RULE, &[(OTHER, "opatreni,stav\nI/2,PLNĚNO\n")]), [""; 0]);
    }

    #[test]
    fn neither_a_decision_nor_two_submissions_of_one_body_are_a_tie() {
        let decision = "vyhodnoceni:\n  - {opatreni: I/2, stav: PLNĚNO, duvod: OZ píše o jiném roce.}\n";
        let changes = [(OTHER, "opatreni,stav\nI/2,NEPLNĚNO\n"), ("obdobi/2023/vyhodnoceni.yaml", decision)];
        assert_eq!(findings(&RULE, &changes), [""; 0]);
        let same = "opatreni,stav,predkladatel\nI/2,NEPLNĚNO,OSV\n";
        assert_eq!(findings(&RULE, &[(OTHER, same)]), [""; 0]);
    }
}
