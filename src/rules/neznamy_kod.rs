//! A code of a document or of a source of money that is not in its list.

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::model::{CodeList, one_line};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neznamy-kod",
    severity: Severity::Error,
    title: "Neznámý kód dokumentu nebo zdroje financování",
    explanation: "Kód v klíči „vazby“ nebo „financovani“ není v seznamu v souboru strategie.yaml, takže se nedá říci, na který dokument opatření navazuje nebo z čeho se platí.",
    example: "vazby: [SPRS]",
    mend: "Použijte kód ze seznamu „dokumenty“ nebo „zdroje_financovani“; je-li dokument nebo zdroj nový, doplňte ho tam.",
    checks: &[],
};

/// A text that is no code of the list, which stands under `key` in `strategie.yaml`.
pub fn finding(written: &Text, key: &str, list: &CodeList) -> Diagnostic {
    let code = one_line(&written.value);
    let message = format!("kód „{code}“ není v seznamu „{key}“ v souboru strategie.yaml");
    let diagnostic = Diagnostic::new(&RULE, written.place, message);
    match nearest(&code, list.codes()) {
        Some(near) => diagnostic.meant(near),
        None => diagnostic.help("použijte některý kód z tohoto seznamu, nebo ho tam doplňte"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{FILES, dataset, edited, findings, helps, mended, run_over_anything};

    const PATH: &str = "opatreni/02.yaml";

    fn strategy() -> String {
        let lists = "dokumenty:\n  - {kod: SPRSS, nazev: Cvičný plán}\n\
                     zdroje_financovani:\n  - {kod: OP JAK, nazev: Cvičný program}\n";
        format!("{}{lists}", FILES[0].1)
    }

    fn measure(keys: &str) -> String {
        edited(PATH, "odpovednost: [OZ]\n", &format!("odpovednost: [OZ]\n    {keys}\n"))
    }

    #[test]
    fn each_key_has_its_own_list() {
        let strategy = strategy();
        for (keys, expected) in [
            ("vazby: [SPRSS, plán]", "11:20: kód „plán“ není v seznamu „dokumenty“ v souboru strategie.yaml"),
            ("vazby: [OP JAK]", "11:13: kód „OP JAK“ není v seznamu „dokumenty“ v souboru strategie.yaml"),
            ("financovani: [SPRSS]", "11:19: kód „SPRSS“ není v seznamu „zdroje_financovani“ v souboru strategie.yaml"),
        ] {
            let found = findings(&RULE, &[("strategie.yaml", &strategy), (PATH, &measure(keys))]);
            assert_eq!(found, [format!("{PATH}:{expected}")], "{keys}");
        }
    }

    #[test]
    fn a_misspelled_code_is_mended_and_otherwise_the_list_named() {
        let strategy = strategy();
        let mend = |keys: &str| mended(&RULE, &[("strategie.yaml", &strategy), (PATH, &measure(keys))]);
        assert_eq!(mend("vazby: [SPSS]"), ["    vazby: [SPRSS]"]);
        assert_eq!(mend("vazby: [něco]"), [""; 0]);
        let help = helps(&RULE, &[(PATH, &measure("vazby: [něco]"))]);
        assert_eq!(help, ["použijte některý kód z tohoto seznamu, nebo ho tam doplňte"]);
    }

    #[test]
    fn known_codes_and_lists_that_could_not_be_read_are_not_found() {
        let text = measure("vazby: [sprss]\n    financovani: [\"op  jak\"]");
        assert_eq!(findings(&RULE, &[("strategie.yaml", &strategy()), (PATH, &text)]), [""; 0]);
        for broken in [strategy().replace("dokumenty:", "dokumety:"), "nazev: [".to_owned()] {
            let dataset = dataset(&[("strategie.yaml", &broken), (PATH, &text)]);
            assert_eq!(run_over_anything(&RULE, &dataset).len(), 0, "{broken}");
        }
    }
}
