//! Names of statuses within sentences.

use crate::evaluate::Tally;
use crate::model::{Status, Strategy};

/// „1× plněno, 2× neplněno“, in the words of the strategy.
pub(super) fn of_tally(strategy: &Strategy, tally: &Tally) -> String {
    let counts = [tally.n_done, tally.n_fulfilled, tally.n_partly, tally.n_unfulfilled];
    Status::ALL
        .into_iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0)
        .map(|(status, count)| format!("{count}× {}", within_sentence(&strategy.status_name(status))))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A name as it stands within a sentence: all small where it is all capitals, otherwise with a small first
/// letter, since capitals further on are those of names. A first word of capitals alone may be one as well, and
/// a letter by itself is what a status is called.
pub fn within_sentence(name: &str) -> String {
    let mut letters = name.chars();
    let Some(first) = letters.next() else { return String::new() };
    let is_capital = !name.chars().any(char::is_lowercase);
    if is_label(first, letters.as_str()) {
        let rest = letters.as_str();
        return format!("{first}{}", if is_capital { rest.to_lowercase() } else { rest.to_owned() });
    }
    if is_capital {
        return name.to_lowercase();
    }
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return name.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

/// Whether a name begins with a letter that is no word: „A – hotovo“, „C“, but not „V běhu“ or „E-learning“.
fn is_label(first: char, rest: &str) -> bool {
    let sign = rest.trim_start_matches([' ', '\u{A0}']);
    let is_apart = sign.starts_with(['(', '[', ':', '.', ')']) || starts_with_dash(sign) && sign.len() < rest.len();
    first.is_uppercase() && (rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()) || is_apart)
}

fn starts_with_dash(text: &str) -> bool {
    text.strip_prefix(['-', '–', '—']).is_some_and(|rest| rest.starts_with([' ', '\u{A0}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_that_are_not_those_of_the_whole_name_stay() {
        for (name, expected) in [
            ("ČÁSTEČNĚ PLNĚNO", "částečně plněno"),
            ("Hotovo", "hotovo"),
            ("Plněno částečně nebo zahájeno v ORP", "plněno částečně nebo zahájeno v ORP"),
            ("V běhu", "v běhu"),
            ("ORP začínají", "ORP začínají"),
            ("neplněno", "neplněno"),
            ("A – hotovo", "A – hotovo"),
            ("A – HOTOVO", "A – hotovo"),
            ("A) Hotovo", "A) Hotovo"),
            ("B: Hotovo", "B: Hotovo"),
            ("B. Hotovo", "B. Hotovo"),
            ("B (Hotovo)", "B (Hotovo)"),
            ("I nadále plněno", "i nadále plněno"),
            ("A dál se plní", "a dál se plní"),
            ("A DÁL SE PLNÍ", "a dál se plní"),
            ("E-learning zčásti", "e-learning zčásti"),
            ("A1", "A1"),
            ("C", "C"),
            ("V BĚHU", "v běhu"),
            ("1 – Hotovo", "1 – Hotovo"),
            ("", ""),
        ] {
            assert_eq!(within_sentence(name), expected);
        }
    }
}
