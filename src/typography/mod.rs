//! Czech typography of plain text: hard spaces, quotation marks and stray spaces.
//!
//! It changes nothing but whitespace and double quotation marks; letters, digits and all other
//! signs come out as they went in, and so do URLs and code spans in backticks. It knows no
//! Markdown, HTML or DOCX and does no I/O: the caller hands in the text of a paragraph.
//!
//! Hard spaces already there stay, and backticks count as code only in pairs.
//!
//! The work is done in three steps, each of which leaves the previous one nothing to redo, so
//! that typesetting twice gives the same as typesetting once: the quotation marks are paired
//! (`quotes`), the gaps between words are tidied (`gaps`), and then chosen ones become hard
//! (`hard_spaces`). All of them see a text as `words`.

mod gaps;
mod hard_spaces;
mod quotes;
#[cfg(test)]
mod tests;
mod words;

use std::borrow::Cow;

pub use hard_spaces::{MONTHS_OF, MONTHS_TO};
use words::{Signs, Word, cut, words};

const NBSP: &str = "\u{A0}";

/// The text with Czech quotation marks, hard spaces and no stray ones; borrowed when it was so.
pub fn typeset(text: &str) -> Cow<'_, str> {
    if is_plain_word(text) {
        return Cow::Borrowed(text);
    }
    let words = words(text);
    let done = match work(&words) {
        Work::Nothing => return Cow::Borrowed(text),
        Work::Bind => return hard_spaces::bind(text, words),
        Work::Tidy => bound(&gaps::tidy(&words)),
        Work::Quote => take_all_steps(text, &words),
    };
    if done == text { Cow::Borrowed(text) } else { Cow::Owned(done) }
}

/// Whether the text is one word without any sign that the steps look for: a code, a number, a label.
fn is_plain_word(text: &str) -> bool {
    let is_plain = |byte: u8| match byte {
        // The letters from U+00C0 to U+017F begin with the first three, and go on with the others.
        0xC3..=0xC5 | 0x80..=0xBF => true,
        byte => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/'),
    };
    text.bytes().all(is_plain)
}

fn take_all_steps(text: &str, as_words: &[Word<'_>]) -> String {
    let quoted = quotes::set(text, as_words);
    bound(&gaps::tidy(&words(&quoted)))
}

fn bound(tidied: &str) -> String {
    hard_spaces::bind(tidied, words(tidied)).into_owned()
}

/// The first step that can change a text; the later ones then have to be taken as well.
#[derive(PartialEq, Eq)]
enum Work {
    Nothing,
    Bind,
    Tidy,
    Quote,
}

/// Looks for what the steps change, without doing any of it: documents consist of texts that are
/// right already to a large part.
fn work(words: &[Word<'_>]) -> Work {
    let mut found = Work::Nothing;
    let mut left = &Word::default();
    for word in words {
        if word.signs.has(Signs::QUOTE) {
            return Work::Quote;
        }
        if found != Work::Tidy && gaps::may_be_odd(left, word) {
            found = Work::Tidy;
        }
        if found == Work::Nothing && hard_spaces::may_begin(left, word) {
            found = Work::Bind;
        }
        left = word;
    }
    found
}

/// [`typeset`] over a paragraph cut into runs: quotes pair and words bind across the borders.
///
/// An inline thing without text of its own needs a run with U+FFFC, otherwise the spaces at its
/// two sides are taken for one gap. A gap on a border stays in the earlier run if that ended
/// with a space.
pub fn typeset_runs(runs: &mut [String]) {
    if let [run] = runs {
        if let Cow::Owned(done) = typeset(run) {
            *run = done;
        }
        return;
    }
    let joined = runs.concat();
    let Cow::Owned(done) = typeset(&joined) else { return };
    let mut rest = done.as_str();
    for run in runs {
        // The signs other than whitespace are as many as before, so counting them finds the border.
        let signs = run.chars().filter(|c| !c.is_whitespace()).count();
        let (own, next) = cut(rest, run_len(rest, signs, run.ends_with(char::is_whitespace)));
        own.clone_into(run);
        rest = next;
    }
}

/// Length of the start of `text` with that many `signs`, and with the gap after them if asked.
fn run_len(text: &str, signs: usize, with_gap: bool) -> usize {
    let mut printed = text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let last = signs.checked_sub(1).and_then(|nth| printed.nth(nth));
    let len = last.map_or(0, |(at, c)| at + c.len_utf8());
    if with_gap { text.len() - cut(text, len).1.trim_start().len() } else { len }
}
