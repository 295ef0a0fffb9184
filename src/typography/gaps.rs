//! The second step: spaces that are missing, doubled or in the wrong place.

use super::NBSP;
use super::words::{
    CLOSERS, GLUED_CLOSERS, NUMBER_SIGNS, OPENERS, OPENING_QUOTE, PERCENT_SIGNS, QUOTES, Signs, Word, cut, is_digit,
    is_word_char, url_start,
};

/// Spaces that mean nothing but a gap; any other whitespace was put there on purpose and stays.
const ORDINARY_SPACES: [char; 4] = [' ', '\t', '\n', '\r'];

/// Whether the gap between two words may change. Spaces at an end and within code need a closer look; so
/// does each sign that may be parted from its word.
pub(super) fn may_be_odd(left: &Word<'_>, right: &Word<'_>) -> bool {
    right.text.is_empty()
        || !matches!(right.gap, "" | " " | NBSP)
        || right.gap.is_empty() != left.text.is_empty()
        || right.signs.has(Signs::CODE | Signs::PERCENT)
        || right.signs.has(Signs::GLUED) && right.text.starts_with(GLUED_CLOSERS)
        || right.signs.has(Signs::OPENER) && right.text.ends_with('(')
}

/// The text of these words with its gaps put right.
pub(super) fn tidy(words: &[Word<'_>]) -> String {
    let mut out = String::with_capacity(words.iter().map(|word| word.gap.len() + word.text.len()).sum());
    let mut left = "";
    for &Word { gap, text: right, signs } in words {
        let special = gap.trim_matches(ORDINARY_SPACES);
        if special.is_empty() && !gap.is_empty() && !sticks_left(left, right) && !sticks_right(left, right) {
            out.push(' ');
        }
        // A special space swallows the ordinary ones beside it.
        out.extend(special.chars().filter(|c| !ORDINARY_SPACES.contains(c)));
        let number_len = if signs.has(Signs::PERCENT) { percent_at(right).unwrap_or(0) } else { 0 };
        let (number, percent) = cut(right, number_len);
        out.extend([number, if number.is_empty() { "" } else { NBSP }, percent]);
        left = right;
    }
    out
}

/// Where `16%` lacks its space.
fn percent_at(word: &str) -> Option<usize> {
    let number = word.trim_end_matches(CLOSERS).strip_suffix(PERCENT_SIGNS)?;
    let is_numeric = |c| is_digit(c) || NUMBER_SIGNS.contains(&c);
    let is_number = number.ends_with(is_digit) && number.trim_start_matches(OPENERS).chars().all(is_numeric);
    is_number.then_some(number.len())
}

/// Whether `right` is but closing signs that were parted from `left` by mistake. A word that goes
/// on after its first sign (`.NET`, `...`, `;-)`) is left alone, and so are spaced dots.
fn sticks_left(left: &str, right: &str) -> bool {
    let are_dots = right.starts_with("..") || left.ends_with('.') && right.starts_with('.');
    // What is not known yet.
    let are_question_marks = right.starts_with("??");
    let is_empty_bracket = left.ends_with('(') && right.starts_with(')');
    let is_bare = left.is_empty() || right.is_empty();
    right.chars().all(|c| GLUED_CLOSERS.contains(&c))
        && !(are_dots || are_question_marks || is_empty_bracket || is_bare)
}

/// Whether `left` ends with an opening sign that was parted from `right` by mistake.
fn sticks_right(left: &str, right: &str) -> bool {
    let goes_on = right.starts_with(is_word_char) || right.starts_with(['(', '§']);
    let sticks = match left.strip_suffix(OPENING_QUOTE) {
        // In a run of quotes the other ones would have new neighbours.
        Some(before) => goes_on && !before.ends_with(QUOTES),
        None => left.ends_with('(') && (goes_on || right.starts_with(OPENING_QUOTE)),
    };
    // A URL would grow by the next word.
    sticks && url_start(left).is_none()
}
