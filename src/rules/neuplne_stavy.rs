//! A strategy that does not say what each of the four statuses means, each once.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Status, one_line};
use crate::rules::Rule;
use crate::source::{Located, Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neuplne-stavy",
    severity: Severity::Error,
    title: "Strategie nevymezuje každý ze čtyř stavů právě jednou",
    explanation: "Zpráva ke každému stavu tiskne jeho název a vymezení ze souboru strategie.yaml. Stavy jsou čtyři: SPLNĚNO, PLNĚNO, ČÁSTEČNĚ a NEPLNĚNO. Chybí-li některý, není co vytisknout; je-li dvakrát, neví se, které vymezení platí; jmenují-li se dva stejně, čtenář je nerozezná.",
    example: "stavy:\n  - {stav: PLNĚNO, nazev: PLNĚNO, vymezeni: [aktivity běží]}\n  - {stav: PLNĚNO, nazev: ČÁSTEČNĚ PLNĚNO, vymezeni: [aktivity běží zčásti]}",
    mend: "Uveďte v klíči „stavy“ každý ze čtyř stavů jednou a každý s jiným názvem.",
    checks: &[],
};

/// Statuses that are not there; `place` is that of the list.
pub fn missing(place: Place, statuses: &[Status]) -> Diagnostic {
    let noun = if statuses.len() == 1 { "stav" } else { "stavy" };
    let message = format!("strategie nevymezuje {noun} {}", list(statuses));
    Diagnostic::new(&RULE, place, message).help("doplňte do klíče „stavy“: stav, název a vymezení podle strategie")
}

/// A status that is there again; `missing` are those that are not there at all.
pub fn repeated(status: &Located<Status>, first: Place, missing: &[Status]) -> Diagnostic {
    let help = match missing {
        [] => "nechte jen jedno vymezení".to_owned(),
        _ => format!("není jedno z nich {}?", list(missing)),
    };
    Diagnostic::new(&RULE, status.place, format!("stav {} je vymezen podruhé", status.value))
        .related(first, "poprvé je vymezen zde")
        .help(help)
}

/// A name that another status has too, letter case and diacritics aside.
pub fn same_name(name: &Text, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, name.place, format!("„{}“ se jmenuje i jiný stav", one_line(&name.value)))
        .related(first, "jmenuje se tak stav zde")
        .help("opravte název podle strategie; čtenář zprávy by stavy nerozeznal")
}

fn list(statuses: &[Status]) -> String {
    statuses.iter().map(|status| status.code()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps};

    const PATH: &str = "strategie.yaml";
    const LAST: &str = "  - {stav: NEPLNĚNO, nazev: NEPLNĚNO, vymezeni: [neděje se]}\n";

    #[test]
    fn a_name_of_two_statuses_is_found_at_the_second_one() {
        for name in ["SPLNĚNO", "splněno", "Splneno"] {
            let text = edited(PATH, "nazev: NEPLNĚNO", &format!("nazev: {name}"));
            assert_eq!(
                findings(&RULE, &[(PATH, &text)]),
                [format!("strategie.yaml:11:29: „{name}“ se jmenuje i jiný stav")]
            );
        }
        for name in ["NESPLNĚNO", "SPLNĚNO POZDĚ"] {
            let text = edited(PATH, "nazev: NEPLNĚNO", &format!("nazev: {name}"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{name}");
        }
    }

    #[test]
    fn a_missing_status_is_found_at_the_list() {
        let text = edited(PATH, LAST, "");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["strategie.yaml:7:1: strategie nevymezuje stav NEPLNĚNO"]);
        let text = text.replace("  - {stav: SPLNĚNO, nazev: SPLNĚNO, vymezeni: [hotovo]}\n", "");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["strategie.yaml:7:1: strategie nevymezuje stavy SPLNĚNO, NEPLNĚNO"]
        );
    }

    #[test]
    fn a_repeated_status_is_found_where_it_stands_again() {
        let text = edited(PATH, "{stav: NEPLNĚNO", "{stav: plněno");
        let found = ["strategie.yaml:11:12: stav PLNĚNO je vymezen podruhé"];
        assert_eq!(findings(&RULE, &[(PATH, &text)]), found);
        assert_eq!(helps(&RULE, &[(PATH, &text)]), ["není jedno z nich NEPLNĚNO?"]);
        let text = edited(PATH, LAST, &format!("{}{LAST}", LAST.replace("NEPLNĚNO,", "PLNĚNO,")));
        assert_eq!(findings(&RULE, &[(PATH, &text)]), found);
        assert_eq!(helps(&RULE, &[(PATH, &text)]), ["nechte jen jedno vymezení"]);
    }

    #[test]
    fn all_four_or_what_has_another_finding_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        for (from, to) in
            [("{stav: NEPLNĚNO", "{stav: NEPLNENO"), ("{stav: NEPLNĚNO", "{stva: NEPLNĚNO"), ("stavy:\n", "stavi:\n")]
        {
            assert_eq!(findings(&RULE, &[(PATH, &edited(PATH, from, to))]), [""; 0], "{to}");
        }
        assert_eq!(findings(&RULE, &[(PATH, "")]), [""; 0]);
    }
}
