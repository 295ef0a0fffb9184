//! A submission that says neither a status nor one of its criteria.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::rules::neplatne_csv::FORM_HELP;
use crate::source::{FileId, Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "chybejici-stav",
    severity: Severity::Error,
    title: "Podklad neuvádí stav",
    explanation: "Podklad musí říct, v jakém stavu opatření je: buď sám (klíč „stav“), nebo stavem aspoň jednoho kritéria.",
    example: "- opatreni: IX/3\n  komentar: Zaměstnáváme čtyři mediátory.",
    mend: "Doplňte stav: SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO.",
    checks: &[],
};

/// The submission that names `measure` has no status.
pub fn finding(measure: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, measure.place, format!("podklad k opatření {} neuvádí stav", measure.value.trim()))
        .help("doplňte stav: SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO")
}

/// A form in YAML that nobody has taken in yet, with measures left blank.
pub fn form(file: FileId) -> Diagnostic {
    let message = "soubor je formulář, který ještě nebyl převzat, a některá opatření v něm nejsou vyplněná";
    Diagnostic::new(&RULE, Place::start_of(file), message).help(FORM_HELP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn a_submission_without_a_status_is_found_where_it_names_its_measure() {
        let text = edited(PATH, "    stav: ČÁSTEČNĚ\n    komentar: Metodika", "    komentar: Metodika");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:3:15: podklad k opatření I/1 neuvádí stav"]
        );
    }

    #[test]
    fn the_status_may_stand_in_a_row_that_could_not_be_read() {
        let table = "opatreni,stav,komentar,kriterium,hodnota\nII/1,PLNĚNO,Děje se.,,\nII/1,,,Počet mediátorů,4\n";
        let path = "obdobi/2023/podklady/oz.csv";
        for (row, found) in [
            ("II/1,PLNĚNO,Děje se.,,\n", None),
            ("", Some("obdobi/2023/podklady/oz.csv:2:1: podklad k opatření II/1 neuvádí stav")),
            ("01.II,PLNĚNO,Děje se.,,\n", None),
            ("II/9,PLNĚNO,Děje se.,,\n", None),
            ("II/1,PLNĚNO,Děje se, a dál.,,\n", None),
        ] {
            let text = table.replace("II/1,PLNĚNO,Děje se.,,\n", row);
            assert_eq!(findings(&RULE, &[(path, &text)]), Vec::from_iter(found), "{row}");
        }
    }

    #[test]
    fn the_status_of_a_criterion_is_enough_and_an_unknown_one_is_another_finding() {
        let text = edited(PATH, "    stav: PLNĚNO\n    komentar: Konaly", "    komentar: Konaly");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
        let text = edited(PATH, "stav: ČÁSTEČNĚ\n    komentar: Metodika", "stav: dobrý\n    komentar: Metodika");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }

    #[test]
    fn a_form_that_nobody_took_in_is_one_finding_unless_it_is_filled_in_whole() {
        let mark = "# plneni-formular verze: 1, obdobi: 2023, subjekt: OSV, otisk: x\n";
        let whole = edited(PATH, "predkladatel: OSV\n", &format!("{mark}predkladatel: OSV\n"));
        assert_eq!(findings(&RULE, &[(PATH, &whole)]), [""; 0]);
        let blank = "    stav:\n    komentar:\n    kriteria:\n      - {kriterium: metodika, stav:, hodnota:}\n";
        let blank = format!("{mark}podklady:\n  - opatreni: I/1\n{blank}  - opatreni: I/2\n    stav:\n");
        let message = "soubor je formulář, který ještě nebyl převzat, a některá opatření v něm nejsou vyplněná";
        assert_eq!(findings(&RULE, &[(PATH, &blank)]), [format!("{PATH}:1:1: {message}")]);
        let with_comment = blank.replacen("komentar:", "komentar: Děje se.", 1);
        assert_eq!(
            findings(&RULE, &[(PATH, &with_comment)]),
            [format!("{PATH}:1:1: {message}"), format!("{PATH}:3:15: podklad k opatření I/1 neuvádí stav")]
        );
    }
}
