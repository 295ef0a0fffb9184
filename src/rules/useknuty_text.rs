//! A text without quotation marks that YAML ends at a number sign.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Check, MarkdownText, PeriodFacts, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "useknuty-text",
    severity: Severity::Warning,
    title: "Text končí u znaku „#“",
    explanation: "V YAML začíná mezerou a znakem „#“ poznámka, která se nečte. Za textem bez uvozovek bývá jeho částí: číslem jednacím, hashtagem. Ve zprávě by pak zbytek chyběl.",
    example: "komentar: Dotace č. j. KULK #12345/2025 na tři roky.",
    mend: "Celý text dejte do uvozovek, nebo ho napište pod „komentar: |-“ na další, odsazené řádky. Je-li za ním opravdu poznámka, patří na vlastní řádek.",
    checks: &[Check::Text(check)],
};

fn check(facts: &PeriodFacts<'_>, text: MarkdownText<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(place) = unread(facts.files.get(text.text.place.file).text(), text.text.place) else { return };
    diagnostics.push(
        Diagnostic::new(&RULE, place, format!("{} se nečte nic od znaku „#“ dál", text.whereabouts))
            .about(text.measure)
            .help("dejte celý text do uvozovek; je-li za ním poznámka, napište ji na vlastní řádek"),
    );
}

/// What stands on the line behind a text without quotation marks as a note of YAML.
fn unread(source: &str, text: Place) -> Option<Place> {
    let written = source.get(text.range())?;
    let rest = source.get(text.range().end..)?;
    // Nearly always a line ends here. A block ends with a line too.
    if !rest.starts_with([' ', '\t']) || written.starts_with(['"', '\'']) || written.ends_with('\n') {
        return None;
    }
    let line = rest.lines().next()?;
    let note = line.trim_start();
    let start = text.range().end + line.len() - note.len();
    note.starts_with('#').then(|| Place::new(text.file, start..start + note.trim_end().len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{commented, findings, marked};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn what_is_cut_off_is_found() {
        let text = commented("Dotace č. j. KULK #12345/2025 na tři roky.");
        assert_eq!(marked(&RULE, &[(PATH, &text)]), ["#12345/2025 na tři roky."]);
        let found = findings(&RULE, &[(PATH, &text)]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("se nečte nic od znaku „#“ dál"), "{found:?}");
    }

    #[test]
    fn notes_behind_what_is_quoted_or_on_lines_of_their_own_are_not_found() {
        for comment in [
            "\"Dotace č. j. #12\" # ověřit",
            "'Dotace' # ověřit",
            "|-\n      Dotace č. j. #12\n      trvá.\n    # ověřit",
            "Dotace č. j. KULK#12",
            "Dotace\n    # ověřit",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, &commented(comment))]), [""; 0], "{comment}");
        }
        let csv = "opatreni,stav,komentar\nI/1,PLNĚNO,Dotace č. j. KULK #12\n";
        assert_eq!(findings(&RULE, &[(PATH, ""), ("obdobi/2023/podklady/oz.csv", csv)]), [""; 0]);
    }
}
