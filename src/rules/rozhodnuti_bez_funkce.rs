//! A decision that does not say in which capacity it was taken, or names a person instead.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Decision, fold, one_line};
use crate::rules::{Check, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "rozhodnuti-bez-funkce",
    severity: Severity::Warning,
    title: "U rozhodnutí není funkce toho, kdo rozhodl",
    explanation: "Zpráva u rozhodnutí uvádí, v jaké funkci padlo, aby bylo vidět, kdo za něj odpovídá. Jméno místo funkce tam nepatří: zpráva se zveřejňuje a lidé se ve funkcích střídají.",
    example: "vyhodnoceni:\n  - {opatreni: IX/3, stav: PLNĚNO, duvod: …, rozhodl: Mgr. Nováková}",
    mend: "Do klíče „rozhodl“ napište funkci nebo orgán, například „koordinátor Strategie“.",
    checks: &[Check::Period(check)],
};

/// What stands before or behind names of people and nowhere else.
const TITLES: [&str; 16] = [
    "mgr.", "bc.", "ing.", "judr.", "phdr.", "mudr.", "rndr.", "paeddr.", "mvdr.", "doc.", "prof.", "ph.d.", "phd.",
    "mba", "dis.", "csc.",
];

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (_, decision) in facts.decisions() {
        diagnostics.extend(finding(decision).map(|found| found.measure(decision.measure.value)));
    }
}

fn finding(decision: &Decision) -> Option<Diagnostic> {
    let id = decision.measure.value;
    let Some(capacity) = &decision.decided_by else {
        let message = format!("u rozhodnutí o opatření {id} není, v jaké funkci padlo");
        return Some(
            Diagnostic::new(&RULE, decision.measure.place, message)
                .help("doplňte klíč „rozhodl“, například „koordinátor Strategie“"),
        );
    };
    names_a_person(&capacity.value).then(|| {
        let message = format!("u rozhodnutí o opatření {id} je místo funkce jméno „{}“", one_line(&capacity.value));
        Diagnostic::new(&RULE, capacity.place, message).help("napište funkci nebo orgán, ne jméno")
    })
}

fn names_a_person(capacity: &str) -> bool {
    let capacity = fold(capacity);
    capacity.split([' ', ',']).any(|word| TITLES.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::findings;

    const PATH: &str = "obdobi/2023/vyhodnoceni.yaml";

    fn decided(capacity: &str) -> String {
        format!("vyhodnoceni:\n  - opatreni: I/1\n    stav: PLNĚNO\n    duvod: Metodika vyšla.\n{capacity}")
    }

    #[test]
    fn a_missing_capacity_is_found_at_the_measure() {
        for capacity in ["", "    rozhodl:\n", "    rozhodl: \" \"\n", "    rozhodl: –\n"] {
            assert_eq!(
                findings(&RULE, &[(PATH, &decided(capacity))]),
                [format!("{PATH}:2:15: u rozhodnutí o opatření I/1 není, v jaké funkci padlo")],
                "{capacity}"
            );
        }
    }

    #[test]
    fn a_name_with_a_title_is_found_where_it_stands() {
        for name in ["Mgr. Jana Cvičná", "Jana Cvičná, Ph.D.", "BC. Cvičná"] {
            assert_eq!(
                findings(&RULE, &[(PATH, &decided(&format!("    rozhodl: {name}\n")))]),
                [format!("{PATH}:5:14: u rozhodnutí o opatření I/1 je místo funkce jméno „{name}“")]
            );
        }
    }

    #[test]
    fn a_capacity_is_not_found() {
        for capacity in ["koordinátor Strategie", "komise Rady kraje", "vedoucí odboru sociálních věcí"] {
            let text = decided(&format!("    rozhodl: {capacity}\n"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{capacity}");
        }
    }
}
