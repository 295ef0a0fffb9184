//! A submission by somebody whom the measure does not name.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{BodyId, Measure, Strategy, Submission};
use crate::rules::{Check, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "cizi-predkladatel",
    severity: Severity::Warning,
    title: "Podklad předložil někdo, koho opatření nejmenuje",
    explanation: "Podklad k opatření předkládá gestor, spolupracující subjekt nebo koordinátor; za celek smí mluvit i jeho část, za krajský úřad tedy kterýkoli odbor. Jiný předkladatel bývá překlep v označení opatření.",
    example: "predkladatel: OŽP\npodklady:\n  - opatreni: IX/3   # odpovednost: [OZ, OSV], spoluprace: [obce, NNO]",
    mend: "Opravte označení opatření nebo předkladatele. Podílí-li se subjekt na opatření doopravdy, doplňte ho mezi spolupracující.",
    checks: &[Check::WholePeriod(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for submission in facts.submissions() {
        let Some(measure) = facts.strategy.measures.get(&submission.measure.value) else { continue };
        if !may_submit(submission.body.value, measure, facts.strategy) {
            diagnostics.push(finding(submission, measure, facts.strategy));
        }
    }
}

fn may_submit(body: BodyId, measure: &Measure, strategy: &Strategy) -> bool {
    let mut named = measure.responsible_bodies().chain(measure.cooperating_bodies());
    strategy.coordinator == Some(body) || named.any(|named| named == body || strategy.register.is_part_of(body, named))
}

fn finding(submission: &Submission, measure: &Measure, strategy: &Strategy) -> Diagnostic {
    let code = strategy.register.code(submission.body.value);
    let id = measure.id.value;
    let message = format!("předkladatel {code} není mezi gestory ani spolupracujícími subjekty opatření {id}");
    Diagnostic::new(&RULE, submission.measure.place, message)
        .measure(id)
        .related(measure.responsible_place, format!("gestor opatření {id} je určen zde"))
        .help("opravte označení opatření nebo předkladatele, případně subjekt doplňte do klíče „spoluprace“")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "obdobi/2023/podklady/jiny.yaml";

    fn submitted(submitter: &str, measure: &str) -> String {
        format!("predkladatel: {submitter}\npodklady:\n  - {{opatreni: {measure}, stav: PLNĚNO, komentar: Děje se.}}\n")
    }

    #[test]
    fn a_stranger_is_found_where_the_measure_is_named() {
        for (submitter, measure) in [("OZ", "I/1"), ("obce", "II/1"), ("KÚ", "II/1")] {
            let expected = format!(
                "{PATH}:3:16: předkladatel {submitter} není mezi gestory ani spolupracujícími subjekty opatření {measure}"
            );
            assert_eq!(findings(&RULE, &[(PATH, &submitted(submitter, measure))]), [expected]);
        }
    }

    #[test]
    fn responsible_cooperating_and_coordinator_may_submit() {
        for (submitter, measure) in [("OZ", "II/1"), ("obce", "I/1"), ("OSV", "II/1")] {
            assert_eq!(findings(&RULE, &[(PATH, &submitted(submitter, measure))]), [""; 0], "{submitter} {measure}");
        }
    }

    #[test]
    fn a_part_of_a_named_whole_may_submit() {
        let area = edited("opatreni/01.yaml", "odpovednost: [OSV]\n", "odpovednost: [KÚ]\n");
        let changes = [("opatreni/01.yaml", area.as_str()), (PATH, &submitted("OZ", "I/1"))];
        assert_eq!(findings(&RULE, &changes), [""; 0]);
    }
}
