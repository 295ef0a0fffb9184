//! A report on a criterion that the measure does not have.

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::model::{Measure, one_line};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "nezname-kriterium",
    severity: Severity::Error,
    title: "Opatření takové kritérium nemá",
    explanation: "Podklad uvádí kritérium, které v definici opatření není, takže by se jeho hodnota k ničemu nevztahovala.",
    example: "kriteria:\n  - {kriterium: Počet lékařů, hodnota: 4}",
    mend: "Použijte název kritéria přesně tak, jak je v souboru opatření.",
    checks: &[],
};

/// A criterion that `measure` does not have.
pub fn finding(text: &Text, measure: &Measure) -> Diagnostic {
    let message = format!("opatření {} nemá kritérium „{}“", measure.id.value, one_line(&text.value));
    let diagnostic =
        Diagnostic::new(&RULE, text.place, message).related(measure.id.place, "opatření je definováno zde");
    match nearest(&text.value, measure.criteria.iter().map(|criterion| criterion.name.as_str())) {
        Some(name) => diagnostic.meant(name),
        None if measure.criteria.is_empty() => diagnostic.help("opatření nemá žádná kritéria; údaj uveďte v komentáři"),
        None => {
            let names: Vec<String> = measure.criteria.iter().map(|criterion| format!("„{}“", criterion.name)).collect();
            diagnostic.help(format!("jeho kritéria: {}", names.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps, mended};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn a_criterion_the_measure_does_not_have_is_found_where_it_is_named() {
        let text = edited(PATH, "kriterium: Počet mediátorů", "kriterium: Mzdové náklady");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:15:28: opatření II/1 nemá kritérium „Mzdové náklady“"]
        );
        assert_eq!(helps(&RULE, &[(PATH, &text)]), ["jeho kritéria: „Počet mediátorů“"]);
    }

    #[test]
    fn a_misspelled_criterion_is_mended() {
        let text = edited(PATH, "kriterium: Počet mediátorů", "kriterium: Počet mediatoru");
        assert_eq!(
            mended(&RULE, &[(PATH, &text)]),
            ["    kriteria: [{kriterium: Počet mediátorů, hodnota: 2, stav: ČÁSTEČNĚ}]"]
        );
    }

    #[test]
    fn a_name_that_needs_quotes_is_named_and_not_put_in() {
        for name in
            ["- Počet mediátorů", "Počet; mediátorů", "Počet \\\"mediátorů\\\"", "Počet: mediátorů", "Počet, mediátorů"]
        {
            let area = edited("opatreni/02.yaml", "{nazev: Počet mediátorů,", &format!("{{nazev: \"{name}\","));
            let text = edited(PATH, "kriterium: Počet mediátorů", "kriterium: Počet mediatoru");
            let changes = [("opatreni/02.yaml", area.as_str()), (PATH, text.as_str())];
            assert_eq!(mended(&RULE, &changes), [""; 0], "{name}");
            assert_eq!(helps(&RULE, &changes), [format!("nemysleli jste „{}“?", name.replace('\\', ""))]);
        }
    }

    #[test]
    fn a_measure_without_criteria_has_none_to_offer() {
        let area = edited("opatreni/02.yaml", "    kriteria: [{nazev: Počet mediátorů, druh: pocet}]\n", "");
        let area = area.replace("    indikator: Počet mediátorů\n", "");
        let changes = [("opatreni/02.yaml", area.as_str())];
        assert_eq!(
            findings(&RULE, &changes),
            ["obdobi/2023/podklady/osv.yaml:15:28: opatření II/1 nemá kritérium „Počet mediátorů“"]
        );
        assert_eq!(helps(&RULE, &changes), ["opatření nemá žádná kritéria; údaj uveďte v komentáři"]);
    }

    #[test]
    fn while_a_criterion_cannot_be_read_none_is_unknown() {
        for criterion in ["{nazev: Počet mediátorů, druh: počty}", "{nazev: Počet mediátorů}", "{druh: pocet}"] {
            let area = edited("opatreni/02.yaml", "{nazev: Počet mediátorů, druh: pocet}", criterion);
            let text = edited(PATH, "    stav: ČÁSTEČNĚ\n    komentar: Pracují", "    komentar: Pracují");
            for changes in [vec![("opatreni/02.yaml", area.as_str())], vec![("opatreni/02.yaml", &area), (PATH, &text)]]
            {
                assert_eq!(findings(&RULE, &changes), [""; 0], "{criterion}");
                assert_eq!(findings(&crate::rules::chybejici_stav::RULE, &changes), [""; 0], "{criterion}");
            }
        }
    }

    #[test]
    fn case_and_blanks_do_not_matter() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let text = edited(PATH, "kriterium: Počet mediátorů", "kriterium: počet  mediátorů");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }
}
