//! A submission that says PLNĚNO or ČÁSTEČNĚ and not what was done.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Status;
use crate::rules::{Check, PeriodFacts, Rule, Said, status_place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "bez-komentare",
    severity: Severity::Warning,
    title: "Plněné opatření nemá komentář",
    explanation: "Podklad říká, že se opatření plní nebo plní částečně, ale neříká, co se udělalo. Takový stav se nedá ověřit.",
    example: "- opatreni: IX/3\n  stav: ČÁSTEČNĚ",
    mend: "Doplňte do komentáře, co se v období udělalo a kde.",
    checks: &[Check::Submissions(check)],
};

fn check(_: &PeriodFacts<'_>, said: Said<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (submission, status) in said.claims() {
        if matches!(status, Status::Fulfilled | Status::Partly) && submission.lacks_comment() {
            let message = format!("podklad k opatření {} se stavem {status} nemá komentář", said.id());
            diagnostics.push(
                Diagnostic::new(&RULE, status_place(submission), message)
                    .measure(said.id())
                    .help("napište do komentáře, co se v období udělalo a kde"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, findings};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn partly_without_a_comment_is_found_at_its_status() {
        let text = edited(PATH, "\n    komentar: Metodika je rozpracovaná.", "");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:4:11: podklad k opatření I/1 se stavem ČÁSTEČNĚ nemá komentář"]
        );
    }

    #[test]
    fn a_blank_comment_is_none() {
        let text = edited(PATH, "komentar: Konaly se konference.", "komentar: \" \"");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:7:11: podklad k opatření I/2 se stavem PLNĚNO nemá komentář"]
        );
    }

    #[test]
    fn with_a_comment_or_with_another_status_nothing_is_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        for status in ["NEPLNĚNO", "SPLNĚNO", "nevím"] {
            let text = edited(PATH, "ČÁSTEČNĚ\n    komentar: Metodika je rozpracovaná.", status);
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{status}");
        }
    }
    #[test]
    fn a_comment_that_cannot_be_read_is_one_finding() {
        for comment in ["komentar: [doplnit]", "komentař: Vše.", "komentar: {doplnit: ano}"] {
            let text = edited(PATH, "komentar: Konaly se konference.", comment);
            let found = dataset(&[(PATH, &text)]).check(None);
            let codes: Vec<&str> =
                found.iter().filter(|found| found.severity() != Severity::Note).map(|found| found.rule.code).collect();
            assert_eq!(codes.len(), 1, "{comment}: {codes:?}");
            assert_ne!(codes[0], RULE.code, "{comment}");
        }
    }
}
