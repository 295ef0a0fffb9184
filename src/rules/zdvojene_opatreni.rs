//! A measure, area or decision that is there twice.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{AreaNumber, Measure, MeasureId};
use crate::rules::Rule;
use crate::source::{Located, Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "zdvojene-opatreni",
    severity: Severity::Error,
    title: "Opatření, okruh nebo rozhodnutí je tu dvakrát",
    explanation: "Každé opatření a každý okruh má být v datech jednou, jinak by se počítaly dvakrát; o každém opatření lze v období rozhodnout jednou.",
    example: "opatreni:\n  - cislo: 3\n  - cislo: 3",
    mend: "Opravte číslo, nebo smažte to, co je navíc.",
    checks: &[],
};

/// The second area with the same number.
pub fn area(text: &Text, number: AreaNumber, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, text.place, format!("okruh {number} je tu podruhé"))
        .related(first, "poprvé je zde")
        .help("opravte číslo okruhu, nebo soubor smažte")
}

/// The second measure with the same id.
pub fn measure(measure: &Measure, first: &Measure) -> Diagnostic {
    Diagnostic::new(&RULE, measure.id.place, format!("opatření {} je tu podruhé", measure.id.value))
        .measure(measure.id.value)
        .related(first.id.place, "poprvé je zde")
        .help("opravte číslo, nebo smažte to, co je navíc")
}

/// The second decision on the same measure.
pub fn decision(measure: &Located<MeasureId>, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, measure.place, format!("o opatření {} se rozhoduje podruhé", measure.value))
        .measure(measure.value)
        .related(first, "poprvé je zde")
        .help("nechte jen jedno rozhodnutí")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    #[test]
    fn the_second_measure_is_found_at_its_number() {
        let text = edited("opatreni/01.yaml", "cislo: 2", "cislo: 1");
        assert_eq!(
            findings(&RULE, &[("opatreni/01.yaml", &text)]),
            ["opatreni/01.yaml:12:12: opatření I/1 je tu podruhé"]
        );
    }

    #[test]
    fn the_second_area_is_one_finding_whatever_is_in_it() {
        let text = edited("opatreni/02.yaml", "okruh: II", "okruh: I");
        assert_eq!(findings(&RULE, &[("opatreni/02.yaml", &text)]), ["opatreni/02.yaml:1:8: okruh I je tu podruhé"]);
    }

    #[test]
    fn the_second_decision_is_found_where_it_names_the_measure() {
        let text = "vyhodnoceni:\n  - {opatreni: I/1, stav: PLNĚNO, duvod: Ano.}\n  - {opatreni: i/1, stav: NEPLNĚNO, duvod: Ne.}\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/vyhodnoceni.yaml", text)]),
            ["obdobi/2023/vyhodnoceni.yaml:3:16: o opatření I/1 se rozhoduje podruhé"]
        );
    }

    #[test]
    fn equal_numbers_in_different_areas_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
