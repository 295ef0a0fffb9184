//! Bodies that are parts of each other in a circle.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{BodyId, Register};
use crate::rules::Rule;
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "nadrizeni-v-kruhu",
    severity: Severity::Error,
    title: "Subjekt je přes nadřízené podřízen sám sobě",
    explanation: "Klíč „nadrizeny“ říká, čeho je subjekt součástí. Tady vede od subjektu k nadřízenému a dál zase zpátky, takže se nepozná, který je celek a který část.",
    example: "- {kod: KÚ LK, nazev: Krajský úřad, druh: úřad, nadrizeny: OSV}\n- {kod: OSV, nazev: odbor sociálních věcí, druh: odbor, nadrizeny: KÚ LK}",
    mend: "Opravte nebo smažte nadřízeného u celku, tedy u subjektu, který už do žádného jiného nepatří.",
    checks: &[],
};

/// A circle of bodies, each a part of the next one, with the places where that is written. Wholes
/// are usually listed first, so the first body is where the finding stands.
pub fn finding(circle: &[(BodyId, Place)], register: &Register) -> Option<Diagnostic> {
    let (&(first, place), others) = circle.split_first()?;
    let codes: Vec<&str> =
        circle.iter().map(|(body, _)| *body).chain([first]).map(|body| register.code(body)).collect();
    let message = match circle.len() {
        1 => format!("subjekt {} je nadřízen sám sobě", register.code(first)),
        _ => format!("subjekty jsou si nadřízeny v kruhu: {}", codes.join(" → ")),
    };
    let diagnostic =
        Diagnostic::new(&RULE, place, message).help("opravte nebo smažte nadřízeného u subjektu, který je celkem");
    let related =
        others.iter().map(|(body, place)| (*place, format!("zde je nadřízený subjektu {}", register.code(*body))));
    Some(related.fold(diagnostic, |diagnostic, (place, message)| diagnostic.related(place, message)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "subjekty.yaml";

    #[test]
    fn a_circle_is_one_finding_at_its_first_body() {
        let text = edited(PATH, "druh: úřad", "druh: úřad, nadrizeny: obce");
        let text = text.replace("druh: skupina", "druh: skupina, nadrizeny: oz");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["subjekty.yaml:2:59: subjekty jsou si nadřízeny v kruhu: KÚ → obce → OZ → KÚ"]
        );
    }

    #[test]
    fn a_body_above_itself_is_found() {
        let text = edited(PATH, "druh: úřad", "druh: úřad, nadrizeny: KÚ");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["subjekty.yaml:2:59: subjekt KÚ je nadřízen sám sobě"]);
    }

    #[test]
    fn two_circles_are_two_findings() {
        let text = edited(PATH, "druh: úřad", "druh: úřad, nadrizeny: KÚ");
        let text = text.replace("druh: skupina", "druh: skupina, nadrizeny: obce");
        assert_eq!(findings(&RULE, &[(PATH, &text)]).len(), 2);
    }

    #[test]
    fn a_tree_is_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let text = edited(PATH, "druh: skupina", "druh: skupina, nadrizeny: OSV");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }
}
