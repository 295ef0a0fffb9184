//! A comment that was turned down, in part or whole, or explained, and nothing says why or how.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::is_dashes;
use crate::model::{Comment, Resolution};
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::Located;

/// The rule.
pub static RULE: Rule = Rule {
    code: "vyporadani-bez-oduvodneni",
    severity: Severity::Error,
    title: "Vypořádání nemá odůvodnění",
    explanation: "Kdo připomínku vznesl, má právo vědět, proč jí nebylo vyhověno nebo v čem jí vyhověno nebylo. U vysvětlené připomínky je odůvodnění tím vysvětlením. Jen u přijaté se obejde bez něj.",
    example: "pripominky:\n  - {subjekt: OZ, cast: Shrnutí, text: Vypusťte větu o podílu., vyporadani: nepřijato}",
    mend: "Doplňte klíč „oduvodneni“.",
    checks: &[Check::Period(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for comment in &facts.period.comments {
        let has_reason = comment.reason.as_ref().is_some_and(|reason| !is_dashes(&reason.value));
        if let Some(resolution) = &comment.resolution
            && resolution.value.wants_reason()
            && !has_reason
            && comment.is_readable
        {
            diagnostics.push(finding(comment, resolution));
        }
    }
}

fn finding(comment: &Comment, resolution: &Located<Resolution>) -> Diagnostic {
    let message = format!("připomínka ({}) je vypořádána „{}“ bez odůvodnění", comment.subject.value, resolution.value);
    let help = match resolution.value {
        Resolution::Explained => "doplňte „oduvodneni“: samo vysvětlení",
        Resolution::PartlyAccepted => "doplňte „oduvodneni“: v čem bylo připomínce vyhověno, v čem ne a proč",
        Resolution::Rejected | Resolution::Accepted => "doplňte „oduvodneni“: proč připomínce nebylo vyhověno",
    };
    Diagnostic::new(&RULE, resolution.place, message).about(comment.measure()).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{findings, helps};

    const PATH: &str = "obdobi/2023/pripominky.yaml";

    fn settled(resolution: &str) -> String {
        format!(
            "pripominky:\n  - subjekt: OZ\n    cast: Úvod\n    text: Doplňte čísla.\n    vyporadani: {resolution}\n"
        )
    }

    #[test]
    fn a_missing_reason_is_found_at_the_resolution() {
        for (resolution, words) in [
            ("nepřijato", "proč připomínce nebylo vyhověno"),
            ("přijato částečně", "v čem bylo připomínce vyhověno, v čem ne a proč"),
            ("vysvětleno", "samo vysvětlení"),
            ("nepřijato\n    oduvodneni: –", "proč připomínce nebylo vyhověno"),
        ] {
            let text = settled(resolution);
            let code = resolution.lines().next().unwrap_or_default();
            let expected = format!("{PATH}:5:17: připomínka (Úvod) je vypořádána „{code}“ bez odůvodnění");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [format!("doplňte „oduvodneni“: {words}")]);
        }
    }

    #[test]
    fn an_accepted_one_and_one_with_a_reason_are_not_found() {
        for resolution in
            ["přijato", "nepřijato\n    oduvodneni: Údaj není znám.", "nepřijato\n    oduvodnni: Údaj není znám."]
        {
            assert_eq!(findings(&RULE, &[(PATH, &settled(resolution))]), [""; 0], "{resolution}");
        }
    }
}
