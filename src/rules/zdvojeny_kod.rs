//! A code that stands twice: in a list of `strategie.yaml`, or among documents, money or bodies of one measure.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Coded, one_line};
use crate::rules::Rule;
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "zdvojeny-kod",
    severity: Severity::Error,
    title: "Kód dokumentu, zdroje financování nebo subjektu stojí dvakrát",
    explanation: "Stojí-li v seznamu týž kód dvakrát, nepozná se, o kterém dokumentu nebo zdroji je řeč; u opatření je druhý zápis nejspíš překlep za jiný kód, a to i mezi jeho gestory nebo spolupracujícími subjekty.",
    example: "dokumenty:\n  - {kod: SPRSS, nazev: Střednědobý plán}\n  - {kod: SPRSS, nazev: Strategie rozvoje}",
    mend: "V seznamu dejte každému dokumentu a zdroji vlastní kód; u opatření druhý zápis opravte nebo smažte.",
    checks: &[],
};

/// A code that an entry of the list has already.
pub fn in_list(code: &Text, taken: &Coded) -> Diagnostic {
    let message = format!("kód „{}“ už má jiná položka: {}", one_line(&code.value), one_line(&taken.name));
    Diagnostic::new(&RULE, code.place, message)
        .related(taken.code.place, "ta je zapsána zde")
        .help("každá položka seznamu musí mít vlastní kód")
}

/// A code that the measure has named already.
pub fn on_measure(code: &Text, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, code.place, format!("kód „{}“ je u opatření dvakrát", one_line(&code.value)))
        .related(first, "poprvé je zde")
        .help("druhý zápis smažte, nebo ho nahraďte kódem, který jste měli na mysli")
}

/// A body that the measure has named already under the same key.
pub fn body(written: &Text, code: &str, key: &str, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, written.place, format!("subjekt „{code}“ je v klíči „{key}“ dvakrát"))
        .related(first, "poprvé je zde")
        .help("druhý zápis smažte, nebo ho nahraďte subjektem, který jste měli na mysli")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{FILES, edited, findings};

    const STRATEGY: &str = "strategie.yaml";
    const MEASURES: &str = "opatreni/02.yaml";

    fn strategy(second: &str) -> String {
        let first = "dokumenty:\n  - {kod: SPRSS, nazev: Cvičný plán}\n";
        format!("{}{first}  - {{kod: {second}, nazev: Cvičná strategie}}\n", FILES[0].1)
    }

    fn measure(codes: &str) -> String {
        edited(MEASURES, "odpovednost: [OZ]\n", &format!("odpovednost: [OZ]\n    vazby: [{codes}]\n"))
    }

    #[test]
    fn the_second_entry_of_a_code_is_found() {
        assert_eq!(
            findings(&RULE, &[(STRATEGY, &strategy("sprss"))]),
            ["strategie.yaml:14:11: kód „sprss“ už má jiná položka: Cvičný plán"]
        );
    }

    #[test]
    fn the_second_mention_on_a_measure_is_found() {
        let text = measure("SPRSS, SRK, Sprss");
        assert_eq!(
            findings(&RULE, &[(STRATEGY, &strategy("SRK")), (MEASURES, &text)]),
            ["opatreni/02.yaml:11:25: kód „Sprss“ je u opatření dvakrát"]
        );
    }

    #[test]
    fn a_body_twice_under_one_key_is_found_whatever_it_is_called() {
        for (responsible, cooperating, found) in [
            ("[OZ, OSV, OZ]", "[obce]", Some("10:28: subjekt „OZ“ je v klíči „odpovednost“ dvakrát")),
            ("[OZ, zdravotnictví]", "[obce]", Some("10:23: subjekt „OZ“ je v klíči „odpovednost“ dvakrát")),
            ("[OZ]", "[obce, OSV, obce]", Some("11:29: subjekt „obce“ je v klíči „spoluprace“ dvakrát")),
            ("[\"???\", OZ, \"???\"]", "[OZ]", None),
        ] {
            let bodies = format!("odpovednost: {responsible}\n    spoluprace: {cooperating}");
            let text = edited(MEASURES, "odpovednost: [OZ]", &bodies);
            let expected = found.map(|found| format!("{MEASURES}:{found}"));
            assert_eq!(findings(&RULE, &[(MEASURES, &text)]), Vec::from_iter(expected), "{bodies}");
        }
    }

    #[test]
    fn different_codes_and_one_code_in_both_lists_are_not_found() {
        let strategy = format!("{}zdroje_financovani:\n  - {{kod: SRK, nazev: Cvičný program}}\n", strategy("SRK"));
        let text = measure("SPRSS, SRK");
        assert_eq!(findings(&RULE, &[(STRATEGY, &strategy), (MEASURES, &text)]), [""; 0]);
    }
}
