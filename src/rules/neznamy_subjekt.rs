//! A body that is not in the register.

use crate::diagnostic::nearest;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Register, one_line};
use crate::rules::{Check, Rule};
use crate::source::{FileId, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neznamy-subjekt",
    severity: Severity::Error,
    title: "Neznámý subjekt",
    explanation: "Subjekt není v registru subjekty.yaml, takže se nedá poznat, komu opatření patří nebo kdo podklad předložil.",
    example: "odpovednost: [OŠMST]",
    mend: "Použijte kód z registru; je-li subjekt nový, doplňte ho tam, jiné psaní přidejte mezi jeho aliasy.",
    check: Check::WhileLoading,
};

/// A text that is no body's name.
pub fn finding(place: Place, written: &str, register: &Register) -> Diagnostic {
    let written = one_line(written);
    let diagnostic = Diagnostic::new(&RULE, place, format!("subjekt „{written}“ není v registru"));
    match nearest(&written, register.codes()) {
        Some(code) => diagnostic.help(format!("nemysleli jste „{code}“?")).replace_with(code),
        None => diagnostic.help("použijte kód ze souboru subjekty.yaml, nebo tam subjekt doplňte"),
    }
}

/// A submission file named after nobody.
pub fn file_name(file: FileId, stem: &str, register: &Register) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &RULE,
        Place::start_of(file),
        format!("soubor se jmenuje „{stem}“ a podle toho ho nikdo nepředložil"),
    );
    match nearest(stem, register.codes()) {
        Some(code) => diagnostic
            .help(format!("nepředložil ho „{code}“? Přejmenujte soubor, nebo doplňte klíč či sloupec „predkladatel“")),
        None => diagnostic.help("přejmenujte soubor podle kódu subjektu, nebo doplňte klíč či sloupec „predkladatel“"),
    }
}
