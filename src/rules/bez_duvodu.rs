//! A submission that says NEPLNĚNO and not why.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Status;
use crate::rules::{Check, PeriodFacts, Rule, Said, status_place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "bez-duvodu",
    severity: Severity::Warning,
    title: "Neplněné opatření nemá důvod",
    explanation: "Podklad říká, že se opatření neplní, ale neříká proč. Bez důvodu není o čem jednat: nepozná se, zda chybějí peníze, lidé, zákon, nebo jasná odpovědnost.",
    example: "- opatreni: IX/3\n  stav: NEPLNĚNO",
    mend: "Doplňte do komentáře, proč se opatření neplní a co by k jeho plnění pomohlo.",
    checks: &[Check::Submissions(check)],
};

fn check(_: &PeriodFacts<'_>, said: Said<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (submission, status) in said.claims() {
        if status == Status::Unfulfilled && submission.lacks_comment() {
            let message = format!("podklad k opatření {} se stavem NEPLNĚNO neuvádí důvod", said.id());
            diagnostics.push(
                Diagnostic::new(&RULE, status_place(submission), message)
                    .measure(said.id())
                    .help("napište do komentáře, proč se opatření neplní a co by pomohlo"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn unfulfilled_without_a_comment_is_found_at_its_status() {
        let text = edited(PATH, "ČÁSTEČNĚ\n    komentar: Metodika je rozpracovaná.", "NEPLNĚNO");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:4:11: podklad k opatření I/1 se stavem NEPLNĚNO neuvádí důvod"]
        );
    }

    #[test]
    fn dashes_are_no_reason_in_csv_either() {
        let text = "opatreni,stav,komentar\nI/1,NEPLNĚNO,---\n";
        assert_eq!(
            findings(&RULE, &[(PATH, ""), ("obdobi/2023/podklady/osv.csv", text)]),
            ["obdobi/2023/podklady/osv.csv:2:5: podklad k opatření I/1 se stavem NEPLNĚNO neuvádí důvod"]
        );
    }

    #[test]
    fn status_that_criteria_give_counts_and_is_found_at_the_measure() {
        let text = edited(
            PATH,
            "    stav: ČÁSTEČNĚ\n    komentar: Metodika je rozpracovaná.",
            "    kriteria: [{kriterium: metodika, stav: NEPLNĚNO}]",
        );
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:3:15: podklad k opatření I/1 se stavem NEPLNĚNO neuvádí důvod"]
        );
    }

    #[test]
    fn with_a_reason_or_with_another_status_nothing_is_found() {
        let with_reason = edited(PATH, "ČÁSTEČNĚ\n    komentar: Metodika", "NEPLNĚNO\n    komentar: Metodika");
        assert_eq!(findings(&RULE, &[(PATH, &with_reason)]), [""; 0]);
        let partly = edited(PATH, "\n    komentar: Metodika je rozpracovaná.", "");
        assert_eq!(findings(&RULE, &[(PATH, &partly)]), [""; 0]);
    }
}
