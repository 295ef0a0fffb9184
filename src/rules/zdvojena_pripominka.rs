//! The same comment of the same body twice.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::squash;
use crate::rules::{Check, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "zdvojena-pripominka",
    severity: Severity::Warning,
    title: "Připomínka je tu dvakrát",
    explanation: "Tentýž subjekt má k témuž místu doslova stejnou připomínku podruhé, takže by se počítala a vypořádávala dvakrát. Vznesou-li stejnou připomínku dva subjekty, je to v pořádku.",
    example: "pripominky:\n  - {subjekt: OZ, opatreni: IX/2, text: Doplňte počet letáků., vyporadani: přijato}\n  - {subjekt: OZ, opatreni: IX/2, text: Doplňte počet letáků., vyporadani: přijato}",
    mend: "Nechte jen jednu.",
    checks: &[Check::Period(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut first_with = BTreeMap::new();
    for comment in &facts.period.comments {
        let what = (&comment.author.value, comment.subject.value, squash(&comment.text.value));
        let Some(first) = first_with.get(&what) else {
            first_with.insert(what, comment.subject.place);
            continue;
        };
        let message = format!("táž připomínka téhož subjektu ({}) je tu podruhé", comment.subject.value);
        diagnostics.push(
            Diagnostic::new(&RULE, comment.subject.place, message)
                .about(comment.measure())
                .related(*first, "poprvé je zde")
                .help("nechte jen jednu"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::findings;

    const PATH: &str = "obdobi/2023/pripominky.csv";

    #[test]
    fn the_second_one_is_found_where_it_says_what_it_is_about() {
        let csv = "subjekt;opatreni;text\nOZ;I/1;Doplňte čísla.\nzdravotnictví;I/1;doplňte  čísla.\n";
        assert_eq!(
            findings(&RULE, &[(PATH, csv)]),
            [format!("{PATH}:3:15: táž připomínka téhož subjektu (opatření I/1) je tu podruhé")]
        );
    }

    #[test]
    fn both_files_are_looked_into() {
        let csv = "subjekt;cast;text\nOZ;Úvod;Doplňte čísla.\n";
        let yaml = "pripominky:\n  - {subjekt: OZ, cast: úvod, text: Doplňte čísla.}\n";
        assert_eq!(
            findings(&RULE, &[(PATH, csv), ("obdobi/2023/pripominky.yaml", yaml)]),
            ["obdobi/2023/pripominky.yaml:2:25: táž připomínka téhož subjektu (Úvod) je tu podruhé"]
        );
    }

    #[test]
    fn another_body_measure_or_text_is_not_found() {
        let csv = "subjekt;opatreni;text\nOZ;I/1;Doplňte čísla.\nOSV;I/1;Doplňte čísla.\nOZ;I/2;Doplňte čísla.\nOZ;I/1;Doplňte podíl.\n";
        assert_eq!(findings(&RULE, &[(PATH, csv)]), [""; 0]);
    }
}
