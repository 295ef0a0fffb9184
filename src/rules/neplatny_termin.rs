//! A deadline that is none.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Deadline, MeasureId, one_line};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatny-termin",
    severity: Severity::Error,
    title: "Neplatný termín plnění",
    explanation: "Termín plnění je buď měsíc („12/2024“), nebo trvání do měsíce („průběžně do 12/2027“), nebo podmínka, která začíná „po “ („po přijetí zákona“). Z jiného zápisu se nedá poznat, zda už termín uplynul.",
    example: "termin: do konce roku 2024",
    mend: "Napište termín jedním z těchto tří způsobů.",
    checks: &[],
};

/// A text that is no deadline.
pub fn finding(text: &Text, measure: MeasureId) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, text.place, format!("„{}“ není termín plnění", one_line(&text.value))).measure(measure);
    match Deadline::guess(&text.value) {
        Some(guess) => diagnostic.meant(&guess),
        None => diagnostic.help("pište „12/2024“, „průběžně do 12/2027“, nebo podmínku „po …“"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps, mended};

    const PATH: &str = "opatreni/01.yaml";

    #[test]
    fn what_is_no_deadline_is_found() {
        let text = edited(PATH, "termin: 12/2024", "termin: co nejdřív");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["opatreni/01.yaml:9:13: „co nejdřív“ není termín plnění"]);
        assert_eq!(helps(&RULE, &[(PATH, &text)]), ["pište „12/2024“, „průběžně do 12/2027“, nebo podmínku „po …“"]);
    }

    #[test]
    fn what_was_probably_meant_is_suggested() {
        let text = edited(PATH, "termin: 12/2024", "termin: 31. 12. 2024");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["opatreni/01.yaml:9:13: „31. 12. 2024“ není termín plnění"]);
        assert_eq!(mended(&RULE, &[(PATH, &text)]), ["    termin: 12/2024"]);
    }

    #[test]
    fn deadlines_as_people_write_them_are_not_found() {
        for written in ["12 /2024", "Průběžně do 12 / 2027", "po přijetí zákona"] {
            let text = edited(PATH, "termin: 12/2024", &format!("termin: {written}"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{written}");
        }
    }
}
