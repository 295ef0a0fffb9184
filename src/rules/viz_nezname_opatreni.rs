//! „viz IX/12“ where the strategy has no such measure.

use crate::diagnostic::{Diagnostic, Severity};
use crate::markup::references;
use crate::rules::{Check, MarkdownText, PeriodFacts, Rule, nezname_opatreni};

/// The rule.
pub static RULE: Rule = Rule {
    code: "viz-nezname-opatreni",
    severity: Severity::Warning,
    title: "„Viz“ odkazuje na opatření, které strategie nemá",
    explanation: "Z textu „viz IX/2“ je ve zprávě odkaz na opatření. Tady takové opatření ve strategii není, takže odkaz nevznikne a čtenář hledá marně.",
    example: "komentar: Viz IX/12.",
    mend: "Opravte označení podle strategie.",
    checks: &[Check::WholeText(check)],
};

fn check(facts: &PeriodFacts<'_>, text: MarkdownText<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let MarkdownText { measure, whereabouts, text } = text;
    let measures = &facts.strategy.measures;
    let aligned = facts.files.aligned(text);
    for (range, id) in references(&text.value).into_iter().filter(|(_, id)| !measures.contains_key(id)) {
        let message = format!("{whereabouts} je „viz {id}“, opatření {id} ale ve strategii není");
        let diagnostic = Diagnostic::new(&RULE, aligned.place(range), message);
        diagnostics.push(diagnostic.about(measure).help(nezname_opatreni::known_nearby(id, measures)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{commented, findings, helps};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn a_reference_to_nothing_is_found_where_it_stands() {
        for (comment, at, id, help) in [
            ("Viz I/3.", "5:19", "I/3", "okruh I má opatření 1 až 2"),
            ("Plní se (viz též opatření II/1 a ii/2).", "5:48", "II/2", "okruh II má jen opatření 1"),
            ("|\n      Odstavec.\n\n      - viz IX/2", "8:13", "IX/2", "strategie nemá okruh IX"),
        ] {
            let text = commented(comment);
            let message = format!("v komentáři je „viz {id}“, opatření {id} ale ve strategii není");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:{at}: {message}")]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [help]);
        }
    }

    #[test]
    fn reasons_of_decisions_and_narratives_are_looked_into() {
        let decision = "vyhodnoceni:\n  - {opatreni: I/1, stav: PLNĚNO, duvod: Viz I/9.}\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/vyhodnoceni.yaml", decision)]),
            ["obdobi/2023/vyhodnoceni.yaml:2:46: v důvodu rozhodnutí je „viz I/9“, opatření I/9 ale ve strategii není"]
        );
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/uvod.md", "Úvod.\n\nO bydlení viz I/1 a I/8.\n")]),
            ["obdobi/2023/uvod.md:3:21: v textu zprávy je „viz I/8“, opatření I/8 ale ve strategii není"]
        );
    }

    #[test]
    fn known_measures_and_other_signs_are_not_found() {
        for comment in ["Viz I/2 a II/1.", "Silnice I/35, usnesení 513/21/ZK.", "Viz vyhláška I/9.", "Viz web."] {
            assert_eq!(findings(&RULE, &[(PATH, &commented(comment))]), [""; 0], "{comment}");
        }
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
