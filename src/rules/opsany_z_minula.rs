//! A comment copied word for word from the period before.

use std::cell::LazyCell;
use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{MeasureId, SubmissionsOn, resemblance, squash};
use crate::rules::opsany_komentar::{first_line, is_long};
use crate::rules::{Check, PeriodFacts, Rule, Said};
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "opsany-z-minula",
    severity: Severity::Note,
    title: "Komentář je doslova stejný jako minule",
    explanation: "Komentář k opatření je doslova stejný jako v předchozím období. Rada a zastupitelstvo se z něj nedozvědí, co se stalo od té doby. Krátké obraty se neporovnávají.",
    example: "# data/obdobi/2025/podklady/oz.yaml; týž komentář je i v období 2023\n- opatreni: IX/3\n  stav: ČÁSTEČNĚ\n  komentar: Mediátoři pracují na území měst Liberec a Velké Hamry.",
    mend: "Napište, co se udělalo v tomto období. Nezměnilo-li se nic, řekněte to.",
    checks: &[Check::Measure(check)],
};

fn check(facts: &PeriodFacts<'_>, said: Said<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(previous) = facts.previous() else { return };
    let id = said.id();
    let earlier = previous.period.submissions.on(id);
    let similar: HashSet<u64> = comments(earlier).map(|comment| resemblance(&comment.value)).collect();
    let known = LazyCell::new(|| -> HashSet<String> { comments(earlier).map(|it| squash(&it.value)).collect() });
    for comment in comments(said.submissions).filter(|comment| similar.contains(&resemblance(&comment.value))) {
        if is_long(&comment.value) && known.contains(&squash(&comment.value)) {
            diagnostics.push(finding(facts, id, comment, &previous.period.name()));
        }
    }
}

fn comments(submissions: SubmissionsOn<'_>) -> impl Iterator<Item = &Text> {
    submissions.iter().flat_map(|submission| &submission.comments)
}

fn finding(facts: &PeriodFacts<'_>, id: MeasureId, comment: &Text, earlier: &str) -> Diagnostic {
    let message = format!("komentář k opatření {id} je doslova stejný jako v období {earlier}");
    Diagnostic::new(&RULE, first_line(facts, comment), message)
        .measure(id)
        .help("napište, co se udělalo v tomto období; nezměnilo-li se nic, řekněte to")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{commented, findings_in_next_period};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";
    const LONG: &str = "Metodika je rozpracovaná a projednává ji pracovní skupina.";

    fn found(then: &str, now: &str) -> Vec<String> {
        let submitted = format!("  - {{opatreni: I/1, stav: ČÁSTEČNĚ, komentar: {now}}}\n");
        findings_in_next_period(&RULE, &submitted, &[(PATH, &commented(then))])
    }

    #[test]
    fn a_copy_is_found_whatever_its_blanks() {
        let message = "komentář k opatření I/1 je doslova stejný jako v období 2022–2023";
        for now in [LONG, &LONG.replace(' ', "  ")] {
            assert_eq!(found(LONG, now), [format!("obdobi/2025/podklady/osv.yaml:3:47: {message}")]);
        }
    }

    #[test]
    fn short_and_new_comments_are_not_found() {
        assert_eq!(found("Běží.", "Běží."), [""; 0]);
        assert_eq!(found(LONG, &format!("{LONG} Hotovo bude brzy.")), [""; 0]);
    }
}
