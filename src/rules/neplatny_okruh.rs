//! An area whose number is no proper Roman numeral.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{AreaNumber, one_line};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatny-okruh",
    severity: Severity::Error,
    title: "Číslo okruhu není římské číslo",
    explanation: "Okruhy se číslují římsky (I až XIII) a číslo je součástí označení opatření, například IX/2.",
    example: "okruh: IIX",
    mend: "Napište správné římské číslo, například VIII.",
    checks: &[],
};

/// A text that is no Roman numeral.
pub fn finding(text: &Text) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&RULE, text.place, format!("„{}“ není římské číslo okruhu", one_line(&text.value)));
    match text.value.trim().parse().ok().filter(|number| (1..=399).contains(number)).map(AreaNumber) {
        Some(number) => diagnostic.help(format!("napište „{number}“")).replace_with(number.to_string()),
        None => diagnostic.help("napište ho například jako „IX“"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps, mended};

    const PATH: &str = "opatreni/02.yaml";

    #[test]
    fn what_is_no_roman_numeral_is_found() {
        for written in ["IIX", "druhý", "0", "II."] {
            let text = edited(PATH, "okruh: II", &format!("okruh: {written}"));
            let expected = format!("opatreni/02.yaml:1:8: „{written}“ není římské číslo okruhu");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), ["napište ho například jako „IX“"], "{written}");
        }
    }

    #[test]
    fn other_digits_are_mended() {
        let text = edited(PATH, "okruh: II", "okruh: 9");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["opatreni/02.yaml:1:8: „9“ není římské číslo okruhu"]);
        assert_eq!(mended(&RULE, &[(PATH, &text)]), ["okruh: IX"]);
    }

    #[test]
    fn roman_numerals_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let text = edited(PATH, "okruh: II", "okruh: ii");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }
}
