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
/// letter, since capitals further on are those of names. A first word of capitals alone may be one as well.
pub fn within_sentence(name: &str) -> String {
    if !name.chars().any(char::is_lowercase) {
        return name.to_lowercase();
    }
    let mut letters = name.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return name.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
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
            ("", ""),
        ] {
            assert_eq!(within_sentence(name), expected);
        }
    }
}
