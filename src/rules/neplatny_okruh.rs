//! An area whose number is no proper Roman numeral.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::Text;
use crate::model::{AreaNumber, one_line};
use crate::rules::{Check, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatny-okruh",
    severity: Severity::Error,
    title: "Číslo okruhu není římské číslo",
    explanation: "Okruhy se číslují římsky (I až XIII) a číslo je součástí označení opatření, například IX/2.",
    example: "okruh: IIX",
    mend: "Napište správné římské číslo, například VIII.",
    check: Check::WhileLoading,
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
