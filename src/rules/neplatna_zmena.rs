//! A change of a measure that cannot be understood.

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::model::{ChangeKind, MeasureId, one_line};
use crate::rules::Rule;
use crate::source::{Located, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatna-zmena",
    severity: Severity::Error,
    title: "Změně opatření nejde rozumět",
    explanation: "Záznam v „zmeny“ říká, od kterého období změna platí a co se stalo: vznik, zmena, slouceni, rozdeleni, nebo zruseni. Sloučení a rozdělení jmenují i druhá opatření.",
    example: "zmeny:\n  - {od: 2025, druh: slouceni, usneseni: 45/24/ZK}",
    mend: "Opravte druh nebo období změny; ke sloučení a rozdělení doplňte klíč „opatreni“.",
    checks: &[],
};

/// A period that is no year.
pub fn not_a_year(from: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, from.place, format!("„{}“ není období", one_line(&from.value)))
        .help("napište poslední rok období, od kterého změna platí, například 2025")
}

/// A kind that there is not.
pub fn unknown_kind(kind: &Text) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, kind.place, format!("neznámý druh změny „{}“", one_line(&kind.value)));
    let codes = ChangeKind::ALL.map(ChangeKind::code);
    match nearest(&kind.value, codes) {
        Some(near) => diagnostic.help(format!("nemysleli jste „{near}“?")).replace_with(near),
        None => diagnostic.help(format!("druhy změn jsou: {}", codes.join(", "))),
    }
}

/// Joined or split without saying with or into what.
pub fn without_measures(kind: &Located<ChangeKind>) -> Diagnostic {
    let (message, help) = match kind.value {
        ChangeKind::Split => ("opatření je rozděleno, ale není řečeno na která", "[I/7, I/8]"),
        _ => ("opatření je sloučeno, ale není řečeno s kterým", "I/2"),
    };
    Diagnostic::new(&RULE, kind.place, message).help(format!("doplňte druhé opatření, například „opatreni: {help}“"))
}

/// A measure that is joined with itself or comes from itself.
pub fn with_itself(other: &Located<MeasureId>) -> Diagnostic {
    let id = other.value;
    Diagnostic::new(&RULE, other.place, format!("opatření {id} ve své změně jmenuje samo sebe"))
        .measure(id)
        .help("napište druhé opatření, kterého se změna týká")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps, mended};

    const PATH: &str = "opatreni/02.yaml";

    fn changed(entry: &str) -> String {
        edited(PATH, "odpovednost: [OZ]\n", &format!("odpovednost: [OZ]\n    zmeny:\n      - {entry}\n"))
    }

    #[test]
    fn each_fault_is_found_where_it_stands() {
        for (entry, found, help) in [
            (
                "{od: 2025, druh: přesun, usneseni: 1/24/ZK}",
                "12:26: neznámý druh změny „přesun“",
                "druhy změn jsou: vznik, zmena, slouceni, rozdeleni, zruseni",
            ),
            (
                "{od: loni, druh: zmena, usneseni: 1/24/ZK}",
                "12:14: „loni“ není období",
                "napište poslední rok období, od kterého změna platí, například 2025",
            ),
            (
                "{od: 2025, druh: slouceni, usneseni: 1/24/ZK}",
                "12:26: opatření je sloučeno, ale není řečeno s kterým",
                "doplňte druhé opatření, například „opatreni: I/2“",
            ),
            (
                "{od: 2025, druh: rozdeleni, usneseni: 1/24/ZK}",
                "12:26: opatření je rozděleno, ale není řečeno na která",
                "doplňte druhé opatření, například „opatreni: [I/7, I/8]“",
            ),
            (
                "{od: 2025, druh: slouceni, usneseni: 1/24/ZK, opatreni: II/1}",
                "12:65: opatření II/1 ve své změně jmenuje samo sebe",
                "napište druhé opatření, kterého se změna týká",
            ),
        ] {
            let text = changed(entry);
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:{found}")]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [help]);
        }
    }

    #[test]
    fn a_misspelled_kind_is_mended() {
        let text = changed("{od: 2025, druh: zrušeno, usneseni: 1/24/ZK}");
        assert_eq!(mended(&RULE, &[(PATH, &text)]), ["      - {od: 2025, druh: zruseni, usneseni: 1/24/ZK}"]);
    }

    #[test]
    fn whole_changes_are_not_found() {
        for entry in [
            "{od: 2025, druh: Zrušení, usneseni: 1/24/ZK}",
            "{od: 2025, druh: slouceni, usneseni: 1/24/ZK, opatreni: I/2}",
            "{od: 2025, druh: zmena, usneseni: 1/24/ZK, popis: Nový termín.}",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, &changed(entry))]), [""; 0], "{entry}");
        }
    }
}
