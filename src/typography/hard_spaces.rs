//! The third step: spaces at which a line must not break.
//!
//! The choice follows the ÚJČ handbook (<https://prirucka.ujc.cas.cz/?id=880>): hard after `tj.`, `tzv.`
//! and `tzn.`, but not after `např.` and `mj.`, which it does not ask for.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::NBSP;
use super::words::{CLOSERS, NUMBER_SIGNS, OPENERS, Signs, Word, cut, is_digit, is_word_char};

const ONE_LETTER_WORDS: &[u8] = b"ksvzouiaKSVZOUIA";
const UNITS: [&str; 9] = ["%", "‰", "°C", "Kč", "€", "mil.", "tis.", "mld.", "Sb."];
const MULTIPLES: [&str; 3] = ["mil.", "tis.", "mld."];
const REFERENCES: [&str; 15] =
    ["č.", "Č.", "§", "§§", "čl.", "Čl.", "odst.", "písm.", "str.", "Str.", "s.", "r.", "obr.", "tab.", "kap."];
const EXPLAINING: [&str; 3] = ["tj.", "tzv.", "tzn."];
const TITLES: [&str; 12] =
    ["Ing.", "Mgr.", "Bc.", "JUDr.", "MUDr.", "PhDr.", "RNDr.", "PaedDr.", "doc.", "Doc.", "prof.", "Prof."];
/// Written with or without spaces inside.
const LEGAL_FORMS: [&str; 6] = ["z.s.", "o.p.s.", "p.o.", "z.ú.", "s.r.o.", "a.s."];
/// The months as they follow a day: 31. prosince.
pub const MONTHS_OF: [&str; 12] = [
    "ledna",
    "února",
    "března",
    "dubna",
    "května",
    "června",
    "července",
    "srpna",
    "září",
    "října",
    "listopadu",
    "prosince",
];
/// The same after „k“: k 31. prosinci.
pub const MONTHS_TO: [&str; 12] = [
    "lednu",
    "únoru",
    "březnu",
    "dubnu",
    "květnu",
    "červnu",
    "červenci",
    "srpnu",
    "září",
    "říjnu",
    "listopadu",
    "prosinci",
];
/// The most words that hold together by one rule: `31. 12. 2023`, `s. r. o.`
const MAX_CHAIN: usize = 3;

/// Whether a space between two words may become hard, or one may come in between the fields of a date.
pub(super) fn may_begin(left: &Word<'_>, right: &Word<'_>) -> bool {
    may_have_fields(right) || right.gap == " " && may_bind(left, right)
}

/// The text, which these are the words of, with hard spaces where they belong; borrowed when none was missing.
pub(super) fn bind<'a>(text: &'a str, mut words: Vec<Word<'a>>) -> Cow<'a, str> {
    if words.iter().any(may_have_fields) {
        words = with_date_fields(words);
    }
    let mut bound = String::new();
    let (mut copied, mut at) = (0, 0);
    for (nth, word) in words.iter().enumerate() {
        let gap = at..at + word.gap.len();
        at = gap.end + word.text.len();
        if matches!(word.gap, "" | " ") && is_bound(&words, nth) {
            if bound.is_empty() {
                bound.reserve(text.len() + text.len() / 20 + NBSP.len());
            }
            bound.push_str(text.get(copied..gap.start).unwrap_or_default());
            bound.push_str(NBSP);
            copied = gap.end;
        }
    }
    if bound.is_empty() {
        return Cow::Borrowed(text);
    }
    bound.push_str(cut(text, copied).1);
    Cow::Owned(bound)
}

fn may_have_fields(word: &Word<'_>) -> bool {
    word.signs.has(Signs::DIGIT) && word.signs.has(Signs::DOT)
}

/// `1.7.2025` and parts of it such as `1.7.` as words of their own, yet without gaps; only the
/// rule for dates puts a space where there was none.
fn with_date_fields(words: Vec<Word<'_>>) -> Vec<Word<'_>> {
    let is_field = |text: &str| is_day(text) || is_year(text) || text.chars().all(|c| CLOSERS.contains(&c));
    let mut with_fields = Vec::with_capacity(words.len() + 8);
    for word in words {
        let fields = || word.text.split_inclusive('.');
        if may_have_fields(&word) && fields().all(is_field) {
            let gaps = std::iter::once(word.gap).chain(std::iter::repeat(""));
            with_fields.extend(gaps.zip(fields()).map(|(gap, text)| Word::new(gap, text)));
        } else {
            with_fields.push(word);
        }
    }
    with_fields
}

fn is_number(text: &str, len: RangeInclusive<usize>, value: RangeInclusive<u16>) -> bool {
    len.contains(&text.len()) && text.chars().all(is_digit) && text.parse().is_ok_and(|number| value.contains(&number))
}

/// `31.`
fn is_day(text: &str) -> bool {
    let day = text.trim_start_matches(OPENERS).strip_suffix('.');
    day.is_some_and(|day| is_number(day, 1..=2, 1..=31))
}

/// `12.`
fn is_month(text: &str) -> bool {
    text.strip_suffix('.').is_some_and(|month| is_number(month, 1..=2, 1..=12))
}

/// `2023`, whatever punctuation follows.
fn is_year(text: &str) -> bool {
    is_number(text.trim_end_matches(CLOSERS), 4..=4, 1900..=2199)
}

/// The rules for two words in a row, the first without what opens it (a bracket, a quote).
const PAIR_RULES: [fn(&str, &str) -> bool; 7] = [
    |left, _| matches!(left.as_bytes(), [letter] if ONE_LETTER_WORDS.contains(letter)),
    |left, right| right.starts_with(is_digit) && is_listed(left, &REFERENCES),
    // The label of a letter: `písm. a)`.
    |left, right| left == "písm." && right.chars().nth(1) == Some(')'),
    |left, right| is_listed(left, &EXPLAINING) && right.trim_start_matches(OPENERS).starts_with(is_word_char),
    |left, right| right.starts_with(char::is_uppercase) && is_listed(left, &TITLES),
    binds_unit,
    binds_thousands,
];

fn is_month_name(word: &str) -> bool {
    is_listed(word, &MONTHS_OF) || is_listed(word, &MONTHS_TO)
}

fn is_listed(word: &str, list: &[&str]) -> bool {
    list.contains(&word)
}

/// Whether the gap before the word `at` must not break.
fn is_bound(words: &[Word<'_>], at: usize) -> bool {
    let from = |at: Option<usize>| at.and_then(|at| words.get(at..)).unwrap_or_default();
    let [left, right, ..] = from(at.checked_sub(1)) else { return false };
    if !may_bind(left, right) {
        return false;
    }
    let bare = left.bare();
    let is_in_chain = |back: usize| {
        let chain = from(at.checked_sub(back));
        // A field glued to the one before it starts no date: `1.2.3.2020` is none.
        let starts_word = at == back || chain.first().is_some_and(|word| !word.gap.is_empty());
        starts_word && chain_len(chain) > back
    };
    !right.text.is_empty()
        && (PAIR_RULES.iter().any(|binds| binds(bare, right.text))
            || (1..MAX_CHAIN).any(is_in_chain)
            || right.signs.has(Signs::DOT) && bare.contains(is_word_char) && legal_form_len(from(Some(at))) > 0)
}

/// Whether any rule could hold two words together: one of them is a single letter, a number or an
/// abbreviation. Most pairs are none of it, and looking closer costs.
fn may_bind(left: &Word<'_>, right: &Word<'_>) -> bool {
    let is_single = |text: &str| text.len() <= char::MAX_LEN_UTF8 && text.chars().nth(1).is_none();
    left.signs.has(Signs::DIGIT)
        || right.signs.has(Signs::DIGIT)
        || left.signs.has(Signs::DOT | Signs::PARAGRAPH) && left.text.ends_with(['.', '§'])
        || right.signs.has(Signs::DOT) && right.bare().chars().nth(1) == Some('.')
        || is_single(left.text)
        || left.signs.has(Signs::OPENER) && is_single(left.bare())
}

/// `16 %`, `500.000 Kč`, `1.000,- Kč`, `5 mil. Kč`.
fn binds_unit(left: &str, right: &str) -> bool {
    let amount = left.trim_end_matches(",-").trim_end_matches(",–");
    let is_amount = amount.ends_with(is_digit) || is_listed(left, &MULTIPLES);
    let is_unit = |unit| right.strip_prefix(unit).is_some_and(|rest: &str| !rest.starts_with(is_word_char));
    is_amount && UNITS.into_iter().any(is_unit)
}

/// `15 195`, but not `2022 109`.
fn binds_thousands(left: &str, right: &str) -> bool {
    let left = left.trim_start_matches(NUMBER_SIGNS);
    let (group, rest) = cut(right, 3);
    is_number(left, 1..=3, 0..=999) && is_number(group, 3..=3, 0..=999) && !rest.starts_with(is_word_char)
}

/// How many words at the start hold together as a date or as a legal form.
fn chain_len(words: &[Word<'_>]) -> usize {
    let is_name = |text: &str| is_month_name(text.trim_end_matches(CLOSERS));
    let is_day = |word: &Word<'_>| word.signs.has(Signs::DIGIT) && is_day(word.text);
    let is_year = |word: &Word<'_>| word.signs.has(Signs::DIGIT) && is_year(word.text);
    match words {
        [day, month, year, ..] if is_day(day) && is_month(month.text) && is_year(year) => 3,
        [day, month, ..] if is_day(day) && is_name(month.text) => 2,
        [month, year, ..] if is_year(year) && is_month_name(month.text) => 2,
        _ => legal_form_len(words),
    }
}

/// How many words at the start make up a legal form; 0 if none.
fn legal_form_len(words: &[Word<'_>]) -> usize {
    // All of them begin with a letter and a full stop.
    let is_initial = |word: &Word<'_>| matches!(word.bare().as_bytes(), [b'a'..=b'z', b'.', ..]);
    if !words.first().is_some_and(|word| word.signs.has(Signs::DOT) && is_initial(word)) {
        return 0;
    }
    let len_of = |form| {
        let mut rest: &str = form;
        for (at, word) in words.iter().take(MAX_CHAIN).enumerate() {
            let text = if at == 0 { word.text.trim_start_matches(OPENERS) } else { word.text };
            if text.strip_prefix(rest).is_some_and(|tail| tail.chars().all(|c| CLOSERS.contains(&c))) {
                return Some(at + 1);
            }
            rest = rest.strip_prefix(text).filter(|_| !text.is_empty())?;
        }
        None
    };
    LEGAL_FORMS.into_iter().find_map(len_of).unwrap_or(0)
}
