//! A submission whose stated status is not the one its own criteria give.

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::tally_of_criteria;
use crate::model::{Measure, Status, Submission, one_line};
use crate::rules::{Check, PeriodFacts, Rule, Said, status_place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "stav-proti-kriteriim",
    severity: Severity::Warning,
    title: "Uvedený stav neodpovídá stavům kritérií",
    explanation: "Podklad uvádí stav opatření i stavy všech jeho kritérií, podle metodiky z nich ale vychází stav jiný. Ve zprávě platí stav uvedený. Kde je hodnocení kritérií vyrovnané a metodika mlčí, smí se zvolit kterýkoli ze dvou sousedních stavů.",
    example: "- opatreni: IX/3\n  stav: NEPLNĚNO\n  kriteria:\n    - {kriterium: Počet mediátorů, hodnota: 4, stav: PLNĚNO}\n    - {kriterium: Počet zdravotně-sociálních pracovníků, hodnota: 2, stav: PLNĚNO}",
    mend: "Opravte stav opatření, nebo stavy kritérií. Stačí také stav opatření vynechat: spočítá se z kritérií.",
    checks: &[Check::Submissions(check)],
};

/// Only submissions that state the status of every criterion are looked at: what the others leave
/// out may be what decided. SPLNĚNO without a set deadline is a finding of another rule.
fn check(_: &PeriodFacts<'_>, said: Said<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let measure = said.measure;
    for (submission, status) in said.claims() {
        let has_set_deadline = measure.has_set_deadline();
        if submission.status.is_none() || !is_complete(submission, measure) {
            continue;
        }
        let Some(tally) = tally_of_criteria(submission) else { continue };
        let given = tally.status(has_set_deadline);
        let is_other_rules = status == Status::Done && !has_set_deadline;
        if given != status && !tally.leave_open(status) && !is_other_rules {
            diagnostics.push(finding(measure, submission, status, given));
        }
    }
}

/// Whether each criterion of the measure has a status in the submission.
fn is_complete(submission: &Submission, measure: &Measure) -> bool {
    (0..measure.criteria.len()).all(|index| {
        submission.criteria.iter().any(|reported| reported.criterion.value == index && reported.status.is_some())
    })
}

fn finding(measure: &Measure, submission: &Submission, status: Status, given: Status) -> Diagnostic {
    let id = measure.id.value;
    let message = format!("opatření {id} má podle podkladu stav {status}, z kritérií ale vychází {given}");
    let mut diagnostic = Diagnostic::new(&RULE, status_place(submission), message).measure(id).help(format!(
        "opravte stav na {given}, nebo opravte stavy kritérií; stav opatření lze i vynechat, spočítá se z nich"
    ));
    for reported in &submission.criteria {
        if let (Some(status), Some(criterion)) = (&reported.status, measure.criteria.get(reported.criterion.value)) {
            let message = format!("kritérium „{}“ je {}", one_line(&criterion.name), status.value);
            diagnostic = diagnostic.related(status.place, message);
        }
    }
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, findings, helps, run};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    fn stated(status: &str, of_conferences: &str, of_participants: &str) -> String {
        edited(PATH, "stav: PLNĚNO\n    komentar: Konaly", &format!("stav: {status}\n    komentar: Konaly"))
            .replace("hodnota: 4, stav: PLNĚNO", &format!("hodnota: 4{of_conferences}"))
            .replace("hodnota: 80, stav: PLNĚNO", &format!("hodnota: 80{of_participants}"))
    }

    #[test]
    fn a_status_that_the_criteria_do_not_give_is_found_where_it_stands() {
        for (status, first, second, given) in [
            ("NEPLNĚNO", "PLNĚNO", "PLNĚNO", "PLNĚNO"),
            ("PLNĚNO", "NEPLNĚNO", "NEPLNĚNO", "NEPLNĚNO"),
            ("PLNĚNO", "ČÁSTEČNĚ", "NEPLNĚNO", "ČÁSTEČNĚ"),
            ("NEPLNĚNO", "PLNĚNO", "ČÁSTEČNĚ", "ČÁSTEČNĚ"),
            ("NEPLNĚNO", "SPLNĚNO", "SPLNĚNO", "PLNĚNO"),
        ] {
            let text = stated(status, &format!(", stav: {first}"), &format!(", stav: {second}"));
            let message = format!("opatření I/2 má podle podkladu stav {status}, z kritérií ale vychází {given}");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:7:11: {message}")], "{first} {second}");
            let help = format!(
                "opravte stav na {given}, nebo opravte stavy kritérií; stav opatření lze i vynechat, spočítá se z nich"
            );
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [help]);
        }
    }

    #[test]
    fn the_only_criterion_of_a_measure_is_all_of_them() {
        let text = edited(PATH, "hodnota: 2, stav: ČÁSTEČNĚ", "hodnota: 2, stav: PLNĚNO");
        let message = "opatření II/1 má podle podkladu stav ČÁSTEČNĚ, z kritérií ale vychází PLNĚNO";
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:13:11: {message}")]);
    }

    #[test]
    fn the_criteria_are_shown() {
        let text = stated("NEPLNĚNO", ", stav: PLNĚNO", ", stav: SPLNĚNO");
        let found = run(&RULE, &dataset(&[(PATH, &text)]));
        let related: Vec<&str> = found.iter().flat_map(|found| &found.related).map(|at| at.message.as_str()).collect();
        assert_eq!(related, ["kritérium „Počet konferencí“ je PLNĚNO", "kritérium „Počet účastníků“ je SPLNĚNO"]);
    }

    #[test]
    fn what_agrees_is_left_open_or_is_incomplete_is_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        for (status, first, second) in [
            ("PLNĚNO", ", stav: PLNĚNO", ", stav: ČÁSTEČNĚ"),
            ("ČÁSTEČNĚ", ", stav: PLNĚNO", ", stav: ČÁSTEČNĚ"),
            ("NEPLNĚNO", ", stav: PLNĚNO", ", stav: NEPLNĚNO"),
            ("NEPLNĚNO", ", stav: PLNĚNO", ""),
            ("NEPLNĚNO", "", ""),
            ("SPLNĚNO", ", stav: PLNĚNO", ", stav: PLNĚNO"),
        ] {
            let text = stated(status, first, second);
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{status} {first} {second}");
        }
    }

    #[test]
    fn a_status_that_was_left_out_or_misspelled_is_not_found() {
        let text = edited(PATH, "    stav: PLNĚNO\n    komentar: Konaly", "    komentar: Konaly");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
        assert_eq!(findings(&RULE, &[(PATH, &stated("NEPLNENO", ", stav: PLNĚNO", ", stav: PLNĚNO"))]), [""; 0]);
    }
}
