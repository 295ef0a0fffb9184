//! A file whose bytes are no text in a known encoding.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::encoding::Problem;
use crate::rules::{Check, Rule};
use crate::source::{FileId, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "kodovani",
    severity: Severity::Error,
    title: "Soubor není v kódování UTF-8",
    explanation: "Soubor je uložen v jiném kódování, je poškozený, nebo to vůbec není text. YAML a texty zprávy musí být v UTF-8; u CSV se čte i windows-1250, jak ho ukládá český Excel.",
    example: "soubor YAML uložený v kódování windows-1250",
    mend: "Uložte soubor znovu v kódování UTF-8 (v Excelu „CSV UTF-8“).",
    check: Check::WhileLoading,
};

/// Bytes that cannot be read. `text` is the file with the broken bytes replaced.
pub fn finding(file: FileId, text: &str, problem: Problem) -> Diagnostic {
    let (at, message, help) = match problem {
        Problem::Binary(at) => (at, "soubor není text, jsou v něm nulové bajty", "patří sem jen YAML, CSV a texty"),
        Problem::Utf16 => (0, "soubor je v kódování UTF-16", "uložte ho v kódování UTF-8"),
        Problem::NotUtf8(at) => {
            (at, "soubor není v kódování UTF-8", "uložte ho v kódování UTF-8 (v Excelu „CSV UTF-8“)")
        }
    };
    // Up to the first broken byte the replaced text is the same as the file.
    let at = text.floor_char_boundary(at);
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    Diagnostic::new(&RULE, Place::new(file, at..at + length), message).help(help)
}
