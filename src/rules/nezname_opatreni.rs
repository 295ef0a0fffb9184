//! A measure that the strategy does not have.

use crate::diagnostic::{Diagnostic, Severity};
use std::collections::BTreeMap;

use crate::model::{Measure, MeasureId, one_line};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "nezname-opatreni",
    severity: Severity::Error,
    title: "Takové opatření strategie nemá",
    explanation: "Podklad, rozhodnutí nebo připomínka se vztahuje k opatření, které ve strategii není. Opatření se označuje okruhem a číslem: „IX/2“.",
    example: "- opatreni: IX/12\n  stav: PLNĚNO",
    mend: "Opravte označení podle strategie.",
    checks: &[],
};

/// A text that names no measure.
pub fn finding(text: &Text, measures: &BTreeMap<MeasureId, Measure>) -> Diagnostic {
    let written = one_line(&text.value);
    let Some(id) = MeasureId::parse(&text.value) else {
        let diagnostic = Diagnostic::new(&RULE, text.place, format!("„{written}“ není označení opatření"));
        return diagnostic.help("pište okruh římsky a číslo opatření, například „IX/2“");
    };
    Diagnostic::new(&RULE, text.place, format!("opatření {id} ve strategii není")).help(known_nearby(id, measures))
}

/// The same where several measures may be named, and a text names several at once.
pub fn finding_among_several(text: &Text, measures: &BTreeMap<MeasureId, Measure>) -> Diagnostic {
    let diagnostic = finding(text, measures);
    let pieces = text.value.split([',', ';', ' ', '\n']).map(str::trim).filter(|piece| !matches!(*piece, "" | "a"));
    let named: Option<Vec<String>> = pieces.map(|piece| Some(MeasureId::parse(piece)?.to_string())).collect();
    match named {
        Some(named) if named.len() > 1 => {
            diagnostic.help(format!("více opatření pište jako seznam: [{}]", named.join(", ")))
        }
        _ => diagnostic,
    }
}

/// Says which measures the area has.
pub fn known_nearby(id: MeasureId, measures: &BTreeMap<MeasureId, Measure>) -> String {
    match measures.keys().rfind(|known| known.area == id.area) {
        Some(last) if last.number == 1 => format!("okruh {} má jen opatření 1", id.area),
        Some(last) => format!("okruh {} má opatření 1 až {}", id.area, last.number),
        None => format!("strategie nemá okruh {}", id.area),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn a_measure_that_there_is_not_is_found_where_it_is_named() {
        for (written, message, help) in [
            ("I/3", "opatření I/3 ve strategii není", "okruh I má opatření 1 až 2"),
            ("II/2", "opatření II/2 ve strategii není", "okruh II má jen opatření 1"),
            ("V/1", "opatření V/1 ve strategii není", "strategie nemá okruh V"),
            ("1/1", "„1/1“ není označení opatření", "pište okruh římsky a číslo opatření, například „IX/2“"),
        ] {
            let text = edited(PATH, "opatreni: I/1", &format!("opatreni: {written}"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:3:15: {message}")]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [help]);
        }
    }

    #[test]
    fn decisions_are_looked_into() {
        let text = "vyhodnoceni:\n  - {opatreni: I/9, stav: PLNĚNO, duvod: Ano.}\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/vyhodnoceni.yaml", text)]),
            ["obdobi/2023/vyhodnoceni.yaml:2:16: opatření I/9 ve strategii není"]
        );
    }

    #[test]
    fn several_measures_in_one_text_are_told_to_be_a_list() {
        let accepted = |measures: &str| {
            let text = format!("prijato:\n  - {{nalez: bez-gestora, opatreni: {measures}, duvod: Řeší se.}}\n");
            helps(&RULE, &[("prijato.yaml", &text)])
        };
        let one_by_one = "pište okruh římsky a číslo opatření, například „IX/2“";
        for (measures, help) in [
            ("\"I/1, II/1\"", "více opatření pište jako seznam: [I/1, II/1]"),
            ("\"i/1; ii/1 a I/2\"", "více opatření pište jako seznam: [I/1, II/1, I/2]"),
            ("[\"I/1, II/1\", I/2]", "více opatření pište jako seznam: [I/1, II/1]"),
            ("\"I/1, ostatní\"", one_by_one),
            ("\"I/1,\"", one_by_one),
            ("I/3", "okruh I má opatření 1 až 2"),
            ("1/1", one_by_one),
        ] {
            assert_eq!(accepted(measures), [help], "{measures}");
        }
    }

    #[test]
    fn case_and_blanks_do_not_matter() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let text = edited(PATH, "opatreni: I/1", "opatreni: i / 1");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }
}
