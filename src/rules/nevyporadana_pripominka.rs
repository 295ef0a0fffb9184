//! A comment that has not been settled.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Check, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "nevyporadana-pripominka",
    severity: Severity::Error,
    title: "Připomínka není vypořádána",
    explanation: "Dokud není vypořádána každá připomínka, není zpráva konečná: nikdo by nepoznal, zda se na připomínku zapomnělo. Proto jde o chybu. Pracovní verzi k projednání lze zapsat s volbou --draft.",
    example: "pripominky:\n  - {subjekt: OZ, opatreni: IX/2, text: Doplňte počet letáků.}",
    mend: "Doplňte klíč „vyporadani“: přijato, přijato částečně, nepřijato, nebo vysvětleno.",
    checks: &[Check::Period(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for comment in &facts.period.comments {
        if comment.resolution.is_some() || !comment.is_readable {
            continue;
        }
        let message = format!("připomínka ({}) není vypořádána", comment.subject.value);
        let help = if comment.reason.is_some() {
            "odůvodnění už tu je; doplňte „vyporadani“: přijato, přijato částečně, nepřijato, nebo vysvětleno"
        } else {
            "doplňte „vyporadani“: přijato, přijato částečně, nepřijato, nebo vysvětleno"
        };
        diagnostics.push(Diagnostic::new(&RULE, comment.subject.place, message).about(comment.measure()).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{findings, helps};

    const PATH: &str = "obdobi/2023/pripominky.yaml";
    const OPEN: &str = "pripominky:\n  - subjekt: OZ\n    opatreni: I/1\n    text: Doplňte čísla.\n";

    #[test]
    fn an_open_comment_is_found_where_it_says_what_it_is_about() {
        for open in ["", "    vyporadani:\n", "    oduvodneni: Čísla nejsou.\n"] {
            let text = format!("{OPEN}{open}");
            let expected = format!("{PATH}:3:15: připomínka (opatření I/1) není vypořádána");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected], "{open}");
            let mentions_reason = helps(&RULE, &[(PATH, &text)])[0].starts_with("odůvodnění už tu je");
            assert_eq!(mentions_reason, open.contains("oduvodneni"));
        }
        let csv = "Subjekt;Část;Připomínka;Vypořádání\r\nOZ;Shrnutí;Doplňte čísla.;–\r\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/pripominky.csv", csv)]),
            ["obdobi/2023/pripominky.csv:2:4: připomínka (Shrnutí) není vypořádána"]
        );
    }

    #[test]
    fn a_settled_one_is_not_found_and_what_cannot_be_read_has_its_own_finding() {
        for settled in ["    vyporadani: přijato\n", "    vyporadani: prijato\n", "    vyporadni: přijato\n"] {
            assert_eq!(findings(&RULE, &[(PATH, &format!("{OPEN}{settled}"))]), [""; 0], "{settled}");
        }
    }
}
