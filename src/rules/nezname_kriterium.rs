//! A report on a criterion that the measure does not have.

use crate::diagnostic::nearest;
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::Text;
use crate::model::{Measure, one_line};
use crate::rules::{Check, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "nezname-kriterium",
    severity: Severity::Error,
    title: "Opatření takové kritérium nemá",
    explanation: "Podklad uvádí kritérium, které v definici opatření není, takže by se jeho hodnota k ničemu nevztahovala.",
    example: "kriteria:\n  - {kriterium: Počet lékařů, hodnota: 4}",
    mend: "Použijte název kritéria přesně tak, jak je v souboru opatření.",
    check: Check::WhileLoading,
};

/// A criterion that `measure` does not have.
pub fn finding(text: &Text, measure: &Measure) -> Diagnostic {
    let message = format!("opatření {} nemá kritérium „{}“", measure.id.value, one_line(&text.value));
    let diagnostic =
        Diagnostic::new(&RULE, text.place, message).related(measure.id.place, "opatření je definováno zde");
    match nearest(&text.value, measure.criteria.iter().map(|criterion| criterion.name.as_str())) {
        Some(name) => diagnostic.help(format!("nemysleli jste „{name}“?")).replace_with(name),
        None if measure.criteria.is_empty() => diagnostic.help("opatření nemá žádná kritéria; údaj uveďte v komentáři"),
        None => {
            let names: Vec<String> = measure.criteria.iter().map(|criterion| format!("„{}“", criterion.name)).collect();
            diagnostic.help(format!("jeho kritéria: {}", names.join(", ")))
        }
    }
}
