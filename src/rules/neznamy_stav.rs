//! A status that is none of the four.

use crate::diagnostic::nearest;
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::Text;
use crate::model::{Status, one_line};
use crate::rules::{Check, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neznamy-stav",
    severity: Severity::Error,
    title: "Neznámý stav plnění",
    explanation: "Stavy jsou čtyři: SPLNĚNO, PLNĚNO, ČÁSTEČNĚ a NEPLNĚNO. Na velikosti písmen nezáleží.",
    example: "stav: částečne",
    mend: "Napište jeden ze čtyř stavů.",
    check: Check::WhileLoading,
};

/// A text that is no status.
pub fn finding(text: &Text) -> Diagnostic {
    let mut written = one_line(&text.value);
    if written.chars().count() > 60 {
        written = format!("{}…", written.chars().take(60).collect::<String>());
    }
    let diagnostic = Diagnostic::new(&RULE, text.place, format!("neznámý stav „{written}“"));
    match nearest(&text.value, Status::ALL.map(Status::code)) {
        Some(status) => diagnostic.help(format!("nemysleli jste {status}?")).replace_with(status),
        None => diagnostic.help("napište SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO"),
    }
}
