//! Names of statuses within sentences.

use crate::model::Strategy;
use crate::stats::Counts;

/// „1× plněno, 2× neplněno“, in the words of the strategy.
pub(super) fn of_tally(strategy: &Strategy, tally: &Counts) -> String {
    let words = tally.iter().map(|(status, n)| format!("{n}× {}", within_sentence(&strategy.status_name(status))));
    words.collect::<Vec<_>>().join(", ")
}

/// A name as it stands within a sentence: all small where it is all capitals, otherwise with a small first
/// letter, since capitals further on are those of names. A first word of capitals alone may be one as well, and
/// a letter or a number by itself is what a status is called.
pub fn within_sentence(name: &str) -> String {
    let (label, rest) = name.split_at(label_length(name));
    if !name.chars().any(char::is_lowercase) {
        return format!("{label}{}", rest.to_lowercase());
    }
    let mut letters = name.chars();
    let Some(first) = letters.next() else { return String::new() };
    if !label.is_empty() || letters.clone().next().is_some_and(char::is_uppercase) {
        return name.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

/// Letters that are words.
const WORDS: [&str; 8] = ["A", "I", "K", "O", "S", "U", "V", "Z"];

/// How long the letter or the Roman number is that a name begins with, unless it is a word or a part of one: that of
/// „A – hotovo“, „B plněno“, „C+“ and „II. plněno“, but none in „V běhu“ or „E-learning“.
fn label_length(name: &str) -> usize {
    let rest = name.trim_start_matches(char::is_alphabetic);
    let label = &name[..name.len() - rest.len()];
    let is_letter = label.chars().count() == 1 && label.starts_with(char::is_uppercase);
    let is_number = label.len() > 1 && label.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let next = rest.trim_start_matches([' ', '\u{A0}']);
    let is_before_word =
        next.len() < rest.len() && next.starts_with(|c: char| c.is_alphanumeric() || "„‚\"»".contains(c));
    let is_word = WORDS.contains(&label) && is_before_word;
    let is_of_word = rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    if (is_letter || is_number) && !is_word && !is_of_word { label.len() } else { 0 }
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
            ("A splněno", "a splněno"),
            ("B plněno", "B plněno"),
            ("C částečně", "C částečně"),
            ("C ČÁSTEČNĚ", "C částečně"),
            ("A+", "A+"),
            ("A-", "A-"),
            ("A - HOTOVO", "A - hotovo"),
            ("A+ HOTOVO", "A+ hotovo"),
            ("A/Hotovo", "A/Hotovo"),
            ("A, hotovo", "A, hotovo"),
            ("A = hotovo", "A = hotovo"),
            ("V–Hotovo", "V–Hotovo"),
            ("II. PLNĚNO", "II. plněno"),
            ("II. Plněno", "II. Plněno"),
            ("IV PLNĚNO", "IV plněno"),
            ("IV", "IV"),
            ("V\u{A0}BĚHU", "v\u{A0}běhu"),
            ("V „běhu“", "v „běhu“"),
            ("V 2. etapě", "v 2. etapě"),
            ("ŠKOLA", "škola"),
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
