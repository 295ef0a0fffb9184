//! What spreadsheets would run when they open CSV, and how it is kept from that.

/// Keeps a spreadsheet from running a text as a formula, by an apostrophe before it. A text that looks as
/// if it had one gets another, so that [`before_harmless`] gives every text back.
pub(crate) fn harmless(text: &str) -> String {
    if would_run(text) { format!("'{text}") } else { text.to_owned() }
}

/// What [`harmless`] put an apostrophe before; `None` where it put none.
pub(crate) fn before_harmless(text: &str) -> Option<&str> {
    text.strip_prefix('\'').filter(|rest| would_run(rest))
}

/// Whether a spreadsheet would run a text as a formula, apostrophes before it aside.
fn would_run(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_spreadsheet_would_run_is_made_harmless() {
        for (text, written) in
            [("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\ta", "'\ta"), ("a=1", "a=1"), ("", "")]
        {
            assert_eq!(harmless(text), written);
        }
    }

    #[test]
    fn what_was_made_harmless_comes_back() {
        for text in ["=1", "- a", "'=1", "''+1", "\n", "a", "'a", "'", ""] {
            let written = harmless(text);
            assert_eq!(before_harmless(&written).unwrap_or(&written), text, "{text:?}");
        }
    }
}
