//! A key that the kind of file does not have.

use crate::diagnostic::nearest;
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::shape::Key;
use crate::rules::{Check, Rule};
use crate::source::Located;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neznamy-klic",
    severity: Severity::Error,
    title: "Neznámý klíč",
    explanation: "Takový klíč v tomto druhu souboru není, takže by se jeho hodnota nikde neobjevila. Bývá to překlep.",
    example: "- opatreni: IX/3\n  stavv: PLNĚNO",
    mend: "Opravte název klíče podle nápovědy; klíče se píší malými písmeny bez háčků a čárek.",
    check: Check::WhileLoading,
};

/// A key that is none of `keys`.
pub fn finding(key: &Located<String>, keys: &[Key]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, key.place, format!("neznámý klíč „{}“", key.value));
    match meant(key, keys) {
        Some(name) => diagnostic.help(format!("nemysleli jste „{name}“?")).replace_with(name),
        None => {
            let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            diagnostic.help(format!("zde mohou být klíče: {}", names.join(", ")))
        }
    }
}

/// The key that was probably meant.
pub fn meant(key: &Located<String>, keys: &[Key]) -> Option<&'static str> {
    nearest(&key.value, keys.iter().map(|key| key.name))
}
