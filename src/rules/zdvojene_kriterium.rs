//! A criterion whose name another one of the measure has.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::one_line;
use crate::rules::Rule;
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "zdvojene-kriterium",
    severity: Severity::Error,
    title: "Opatření má dvě kritéria téhož jména",
    explanation: "Podklady jmenují kritéria jejich názvy. Mají-li dvě kritéria opatření stejný název, i kdyby se lišil velikostí písmen nebo mezerami, nepozná se, o kterém je řeč, a formulář s oběma nejde převzít.",
    example: "kriteria:\n  - {nazev: Počet mediátorů, druh: pocet}\n  - {nazev: počet mediátorů, druh: pocet}",
    mend: "Druhé kritérium smažte, nebo ho pojmenujte tak, aby se lišilo.",
    checks: &[],
};

/// A name that a criterion before it has already.
pub fn finding(name: &Text, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, name.place, format!("kritérium „{}“ má opatření dvakrát", one_line(&name.value)))
        .related(first, "poprvé je zde")
        .help("druhé kritérium smažte, nebo ho pojmenujte tak, aby se lišilo")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings};

    const PATH: &str = "opatreni/02.yaml";

    #[test]
    fn the_second_criterion_of_a_name_is_found_at_the_name() {
        for (second, is_found) in
            [("Počet mediátorů", true), ("počet  mediátorů", true), ("Počet vyškolených mediátorů", false)]
        {
            let text = edited(PATH, "druh: pocet}]", &format!("druh: pocet}}, {{nazev: {second}, druh: pocet}}]"));
            let expected = format!("{PATH}:8:63: kritérium „{}“ má opatření dvakrát", one_line(second));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), Vec::from_iter(is_found.then_some(expected)), "{second}");
        }
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
