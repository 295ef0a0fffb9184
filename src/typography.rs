//! Czech typography of plain text: hard spaces, quotation marks and stray spaces.
//!
//! It changes nothing but whitespace and double quotation marks; letters, digits and all other
//! signs come out as they went in, and so do URLs and code spans in backticks. It knows no
//! Markdown, HTML or DOCX and does no I/O: the caller hands in the text of a paragraph.
//!
//! Hard spaces already there stay, and backticks count as code only in pairs.
//!
//! The work is done in three steps, each of which leaves the previous one nothing to redo, so
//! that typesetting twice gives the same as typesetting once: the quotation marks are paired, the
//! gaps between words are tidied, and then chosen gaps become hard ones. The choice follows the
//! ÚJČ handbook (<https://prirucka.ujc.cas.cz/?id=880>): hard after `tj.`, `tzv.` and `tzn.`, but
//! not after `např.` and `mj.`, which it does not ask for.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

const NBSP: &str = "\u{A0}";
/// Spaces that mean nothing but a gap; any other whitespace was put there on purpose and stays.
const ORDINARY_SPACES: [char; 4] = [' ', '\t', '\n', '\r'];
/// What stands for a picture, a line break or other inline thing; it counts as a word.
const OBJECT: char = '\u{FFFC}';

const OPENING_QUOTE: char = '„';
const CLOSING_QUOTE: char = '“';
const QUOTES: [char; 4] = ['"', OPENING_QUOTE, CLOSING_QUOTE, '”'];
const BRACKETS: [char; 3] = ['(', '[', '{'];
/// Signs that belong to what follows, so no quotation closes right before them.
const LEADING_SIGNS: [char; 5] = ['(', '[', '{', '‚', '§'];
/// Signs that belong to what precedes, so no quotation opens right after them.
const TRAILING_SIGNS: [char; 12] = ['.', '!', '?', '…', ')', ']', '}', '’', '‘', '\'', '%', '°'];
/// What may stand before the first letter of a word.
const OPENERS: [char; 13] = ['(', '[', '{', '"', '„', '“', '”', '‚', '‘', '\'', '«', '»', '›'];
/// What may stand after the last letter of a word.
const CLOSERS: [char; 18] = [',', '.', ';', ':', '!', '?', ')', ']', '}', '„', '“', '”', '…', '’', '‘', '\'', '«', '»'];
/// Closers that never have a space before them.
const GLUED_CLOSERS: [char; 7] = [',', '.', ';', '!', '?', ')', CLOSING_QUOTE];
/// What a number may consist of besides digits.
const NUMBER_SIGNS: [char; 13] = ['.', ',', '-', '–', '−', '+', '±', '~', '<', '>', '/', '×', ':'];

const URL_MARKERS: [&str; 4] = ["http://", "https://", "www.", "mailto:"];
const ONE_LETTER_WORDS: [&str; 16] = ["k", "s", "v", "z", "o", "u", "i", "a", "K", "S", "V", "Z", "O", "U", "I", "A"];
const PERCENT_SIGNS: [char; 2] = ['%', '‰'];
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

/// The text with Czech quotation marks, hard spaces and no stray ones; borrowed when it was so.
pub fn typeset(text: &str) -> Cow<'_, str> {
    if is_plain_word(text) {
        return Cow::Borrowed(text);
    }
    let words: Vec<Word<'_>> = words(text).collect();
    let done = match work(&words) {
        Work::Nothing => return Cow::Borrowed(text),
        Work::Bind => bind_gaps(words),
        Work::Tidy => tidied_and_bound(text),
        Work::Quote => take_all_steps(text),
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

fn take_all_steps(text: &str) -> String {
    tidied_and_bound(&set_quotes(text))
}

fn tidied_and_bound(text: &str) -> String {
    bind_gaps(words(&tidy_gaps(text)).collect())
}

/// The first step that can change a text; the later ones then have to be taken as well.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
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
        // Spaces at an end and within code need a closer look; so does each sign that may be parted
        // from its word.
        let is_odd = word.text.is_empty()
            || !matches!(word.gap, "" | " " | NBSP)
            || word.gap.is_empty() && !left.text.is_empty()
            || left.text.is_empty() && !word.gap.is_empty()
            || word.signs.has(Signs::CODE | Signs::PERCENT)
            || word.text.starts_with(GLUED_CLOSERS)
            || word.text.ends_with('(');
        if is_odd {
            found = Work::Tidy;
        }
        let is_bound = || word.may_have_fields() || word.gap == " " && may_bind(left, word);
        if found == Work::Nothing && is_bound() {
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
    let joined = runs.concat();
    let Cow::Owned(done) = typeset(&joined) else { return };
    if let [run] = runs {
        *run = done;
        return;
    }
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

/// `split_at` that cannot panic.
fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

fn is_word_char(c: char) -> bool {
    // Combining marks, for decomposed letters; the backtick, because code is like a word.
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '`' | OBJECT)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

// Words and the gaps before them.

/// A word and the whitespace before it; at the end of a text the word may be empty.
#[derive(Default)]
struct Word<'a> {
    gap: &'a str,
    text: &'a str,
    signs: Signs,
}

impl<'a> Word<'a> {
    fn new(gap: &'a str, text: &'a str) -> Self {
        let signs = text.chars().fold(Signs::default(), |signs, c| signs.with(Signs::of(c)));
        Self { gap, text, signs }
    }

    fn may_have_fields(&self) -> bool {
        self.signs.has(Signs::DIGIT) && self.signs.has(Signs::DOT)
    }

    /// Without what opens it: a bracket, a quote.
    fn bare(&self) -> &'a str {
        self.text.trim_start_matches(OPENERS)
    }
}

/// The kinds of signs in a word that the rules look for. They are found while the word is cut out,
/// because most words have none of them and need no closer look.
#[derive(Default, Clone, Copy)]
struct Signs(u8);

impl Signs {
    const QUOTE: u8 = 1;
    const CODE: u8 = 2;
    const PERCENT: u8 = 4;
    const DOT: u8 = 8;
    const DIGIT: u8 = 16;
    const PARAGRAPH: u8 = 32;
    const BLANK: u8 = 64;
    /// One byte does not tell.
    const UNKNOWN: u8 = 128;

    fn of(c: char) -> u8 {
        match c {
            // The letters of Czech beyond ASCII.
            '\u{C0}'..='\u{17F}' => 0,
            '.' => Self::DOT,
            '`' => Self::CODE,
            '§' => Self::PARAGRAPH,
            _ if c.is_ascii_alphabetic() => 0,
            _ if is_digit(c) => Self::DIGIT,
            _ if c.is_whitespace() => Self::BLANK,
            _ if QUOTES.contains(&c) => Self::QUOTE,
            _ if PERCENT_SIGNS.contains(&c) => Self::PERCENT,
            _ => 0,
        }
    }

    fn with(self, kinds: u8) -> Self {
        Self(self.0 | kinds)
    }

    fn has(self, kinds: u8) -> bool {
        self.0 & kinds != 0
    }
}

fn words(mut rest: &str) -> impl Iterator<Item = Word<'_>> {
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (gap, tail) = match rest.strip_prefix(' ') {
            Some(tail) if tail.starts_with(|c: char| c.is_ascii_alphanumeric()) => (" ", tail),
            _ => cut(rest, rest.len() - rest.trim_start().len()),
        };
        let (text, signs, next) = first_word(tail);
        rest = next;
        Some(Word { gap, text, signs })
    })
}

/// The word up to the first whitespace outside of a code span, its signs, and what follows.
///
/// Goes by bytes where it can: every word of a document passes through here, several times.
fn first_word(text: &str) -> (&str, Signs, &str) {
    let of_bytes = &*SIGNS_OF_BYTES;
    let bytes = text.as_bytes();
    let mut signs = Signs::default();
    let (mut at, mut code_end) = (0, 0);
    loop {
        let mut kind = 0;
        let plain = bytes.get(at..).unwrap_or_default().iter().take_while(|&&byte| {
            kind = of_bytes[usize::from(byte)];
            let is_plain = kind & (Signs::BLANK | Signs::CODE | Signs::UNKNOWN) == 0;
            signs = signs.with(if is_plain { kind } else { 0 });
            is_plain
        });
        at += plain.count();
        let mut len = 1;
        if at == bytes.len() {
            return (text, signs, "");
        }
        if kind == Signs::UNKNOWN {
            (kind, len) = cut(text, at).1.chars().next().map_or((0, 1), |c| (Signs::of(c), c.len_utf8()));
        }
        if kind == Signs::BLANK && at >= code_end {
            let (word, next) = cut(text, at);
            return (word, signs, next);
        }
        if kind == Signs::CODE && at >= code_end {
            code_end = at + code_len(cut(text, at).1);
        }
        signs = signs.with(kind);
        at += len;
    }
}

/// [`Signs::of`] by the byte that a character begins with, where that is enough to know; bytes
/// within characters are no signs.
static SIGNS_OF_BYTES: LazyLock<[u8; 256]> = LazyLock::new(|| {
    std::array::from_fn(|byte| match byte as u8 {
        byte if byte.is_ascii() => Signs::of(char::from(byte)),
        // The letters from U+00C0 to U+017F, and what follows a first byte.
        0xC3..=0xC5 | 0x80..=0xBF => 0,
        _ => Signs::UNKNOWN,
    })
});

/// Length of the code span at the start of `text`, or of its backticks when nothing closes them.
fn code_len(text: &str) -> usize {
    let body = text.trim_start_matches('`');
    let tail = body.find('`').map_or(body, |at| cut(body, at).1.trim_start_matches('`'));
    text.len() - tail.len()
}

/// The text in parts, each with a flag: whether it is a code span or a URL and so untouchable.
fn parts(text: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    for word in words(text) {
        parts.push((word.gap, false));
        let mut rest = word.text;
        while !rest.is_empty() {
            let (plain, code) = cut(rest, rest.find('`').unwrap_or(rest.len()));
            let (before, linked) = cut(plain, url_start(plain).unwrap_or(plain.len()));
            let (url, after) = cut(linked, url_len(linked));
            let (code, next) = cut(code, code_len(code));
            parts.extend([(before, false), (url, true), (after, false), (code, true)]);
            rest = next;
        }
    }
    parts
}

fn url_start(word: &str) -> Option<usize> {
    // Every marker has a colon or „w.“ within; most words have neither.
    let has_marker = |at: usize, sign: u8| sign == b':' || sign == b'.' && word[..at].ends_with(['w', 'W']);
    if !word.bytes().enumerate().any(|(at, sign)| has_marker(at, sign)) {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let start_of = |marker: &str| {
        let mut found = lower.match_indices(marker);
        found.find(|(at, _)| cut(&lower, at + marker.len()).1.starts_with(is_word_char))
    };
    URL_MARKERS.into_iter().filter_map(start_of).map(|(at, _)| at).min()
}

/// Without the punctuation and the closing quote that follow the URL; a straight quote belongs
/// to the URL only if the URL holds its other half.
fn url_len(text: &str) -> usize {
    let url = text.trim_end_matches(CLOSERS);
    match url.strip_suffix('"') {
        Some(url) if url.matches('"').count() % 2 == 0 => url.trim_end_matches(CLOSERS).len(),
        _ => url.len(),
    }
}

// First step: quotation marks.

/// A quotation mark and the nearest signs around it that are not quotation marks themselves:
/// they stay the same whatever becomes of the quotes.
struct Quote {
    sign: char,
    before: Option<char>,
    after: Option<char>,
}

enum Role {
    Opens,
    Closes,
    Alone,
}

impl Quote {
    fn may_open(&self) -> bool {
        self.before.is_none_or(|c| !is_word_char(c) && !TRAILING_SIGNS.contains(&c))
    }

    fn may_close(&self) -> bool {
        self.after.is_none_or(|c| !is_word_char(c) && !LEADING_SIGNS.contains(&c))
    }

    /// What the quote does, knowing whether an opened quotation awaits its end. The neighbours
    /// decide; where they allow both or neither, the quotes take turns. Only a low quote opens
    /// anywhere else too.
    fn role(&self, is_pending: bool) -> Role {
        match (self.may_open(), self.may_close()) {
            (false, true) if is_pending => Role::Closes,
            _ if self.sign == OPENING_QUOTE => Role::Opens,
            (true, false) => Role::Opens,
            (false, true) => Role::Alone,
            _ if is_pending => Role::Closes,
            (true, true) if self.sign != '”' => Role::Opens,
            _ => Role::Alone,
        }
    }

    /// The sign for a quote without its other half: its own unless the neighbours leave no doubt.
    fn unpaired_sign(&self) -> char {
        let opens = self.before.is_none_or(|c| c.is_whitespace() || BRACKETS.contains(&c))
            && self.after.is_some_and(is_word_char);
        let closes = self.before.is_some_and(is_word_char)
            && self.after.is_none_or(|c| c.is_whitespace() || CLOSERS.contains(&c));
        // After a digit it is a mark of inches.
        let is_inch = self.sign == '"' && self.before.is_some_and(is_digit);
        match (opens, closes) {
            (true, _) => OPENING_QUOTE,
            (_, true) if !is_inch => CLOSING_QUOTE,
            _ => self.sign,
        }
    }
}

fn set_quotes(text: &str) -> String {
    let parts = parts(text);
    let mut signs = paired_signs(&find_quotes(&parts)).into_iter();
    let mut out = String::with_capacity(text.len());
    for (part, is_fixed) in parts {
        let is_quote = |c| !is_fixed && QUOTES.contains(&c);
        out.extend(part.chars().map(|c| if is_quote(c) { signs.next().unwrap_or(c) } else { c }));
    }
    out
}

fn find_quotes(parts: &[(&str, bool)]) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut before = None;
    // From here on the quotes wait for the sign after them.
    let mut waiting = 0;
    for (c, is_fixed) in parts.iter().flat_map(|(part, fixed)| part.chars().map(|c| (c, *fixed))) {
        if !is_fixed && QUOTES.contains(&c) {
            quotes.push(Quote { sign: c, before, after: None });
            continue;
        }
        quotes.iter_mut().skip(waiting).for_each(|quote| quote.after = Some(c));
        waiting = quotes.len();
        before = Some(c);
    }
    quotes
}

fn paired_signs(quotes: &[Quote]) -> Vec<char> {
    let mut signs: Vec<char> = quotes.iter().map(Quote::unpaired_sign).collect();
    let mut set = |at: usize, sign| signs.get_mut(at).map(|old| *old = sign);
    let mut pending = Vec::new();
    for (at, quote) in quotes.iter().enumerate() {
        match quote.role(!pending.is_empty()) {
            Role::Opens => pending.push(at),
            Role::Closes => {
                pending.pop().and_then(|opener| set(opener, OPENING_QUOTE));
                set(at, CLOSING_QUOTE);
            }
            Role::Alone => {}
        }
    }
    signs
}

// Second step: the gaps.

fn tidy_gaps(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut left = "";
    for Word { gap, text: right, .. } in words(text) {
        let special = gap.trim_matches(ORDINARY_SPACES);
        if special.is_empty() && !gap.is_empty() && !sticks_left(left, right) && !sticks_right(left, right) {
            out.push(' ');
        }
        // A special space swallows the ordinary ones beside it.
        out.extend(special.chars().filter(|c| !ORDINARY_SPACES.contains(c)));
        let (number, percent) = cut(right, percent_at(right).unwrap_or(0));
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
    let is_empty_bracket = left.ends_with('(') && right.starts_with(')');
    let is_bare = left.is_empty() || right.is_empty();
    right.chars().all(|c| GLUED_CLOSERS.contains(&c)) && !(are_dots || is_empty_bracket || is_bare)
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

// Third step: hard spaces.

fn bind_gaps(mut words: Vec<Word<'_>>) -> String {
    if words.iter().any(Word::may_have_fields) {
        words = words.into_iter().flat_map(date_fields).collect();
    }
    let len: usize = words.iter().map(|word| word.gap.len() + word.text.len() + 1).sum();
    let mut out = String::with_capacity(len);
    for (at, word) in words.iter().enumerate() {
        let is_hard = matches!(word.gap, "" | " ") && is_bound(&words, at);
        out.push_str(if is_hard { NBSP } else { word.gap });
        out.push_str(word.text);
    }
    out
}

/// `1.7.2025` and parts of it such as `1.7.` as words of their own, yet without gaps; only the
/// rule for dates puts a space where there was none.
fn date_fields(word: Word<'_>) -> Vec<Word<'_>> {
    let fields = || word.text.split_inclusive('.');
    let is_field = |text: &str| is_day(text) || is_year(text) || text.chars().all(|c| CLOSERS.contains(&c));
    if !word.may_have_fields() || !fields().all(is_field) {
        return vec![word];
    }
    let gaps = std::iter::once(word.gap).chain(std::iter::repeat(""));
    gaps.zip(fields()).map(|(gap, text)| Word::new(gap, text)).collect()
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
    |left, _| is_listed(left, &ONE_LETTER_WORDS),
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
fn is_bound(words: &[Word], at: usize) -> bool {
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
fn may_bind(left: &Word, right: &Word) -> bool {
    let is_single = |text: &str| text.chars().nth(1).is_none();
    left.signs.has(Signs::DIGIT)
        || right.signs.has(Signs::DIGIT)
        || left.signs.has(Signs::DOT | Signs::PARAGRAPH) && left.text.ends_with(['.', '§'])
        || right.signs.has(Signs::DOT) && right.bare().chars().nth(1) == Some('.')
        || is_single(left.text)
        || left.text.starts_with(OPENERS) && is_single(left.bare())
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
fn chain_len(words: &[Word]) -> usize {
    let is_name = |text: &str| is_month_name(text.trim_end_matches(CLOSERS));
    match words {
        [day, month, year, ..] if is_day(day.text) && is_month(month.text) && is_year(year.text) => 3,
        [day, month, ..] if is_day(day.text) && is_name(month.text) => 2,
        [month, year, ..] if is_year(year.text) && is_month_name(month.text) => 2,
        _ => legal_form_len(words),
    }
}

/// How many words at the start make up a legal form; 0 if none.
fn legal_form_len(words: &[Word]) -> usize {
    // All of them begin with a letter and a full stop.
    if words.first().is_none_or(|word| !matches!(word.bare().as_bytes(), [b'a'..=b'z', b'.', ..])) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pairs of input and output; `~` stands for a hard space in both.
    const EXAMPLES: &[(&str, &str)] = &[
        // One-letter words.
        ("a v obci", "a~v~obci"),
        ("(k tomu) „S ním“ [u nás] A pak", "(k~tomu) „S~ním“ [u~nás] A~pak"),
        ("ve škole, bod a) text, tím a, že v ", "ve škole, bod a) text, tím a, že v "),
        // Dates.
        ("Předpokládaný termín nabytí účinnosti 1.7. 2025.", "Předpokládaný termín nabytí účinnosti 1.~7.~2025."),
        ("31. 12. 2023, (31.12.2023), 22.11. 2023", "31.~12.~2023, (31.~12.~2023), 22.~11.~2023"),
        ("dne 17.03. 2022 či 17. 03.2022", "dne 17.~03.~2022 či 17.~03.~2022"),
        (
            "32. 12. 2023, 31.13.2023, 1.7.1899, 1.7., 1.7.2025/3",
            "32. 12. 2023, 31.13.2023, 1.7.1899, 1.7., 1.7.2025/3",
        ),
        ("1.2.3.2020, 1.2.3. 2020", "1.2.3.2020, 1.2.3. 2020"),
        ("31. prosince 2023, v lednu 2024, k 1. září.", "31.~prosince~2023, v~lednu~2024, k~1.~září."),
        // Numbers.
        ("vyplývá, že bohužel více jak 16% opatření", "vyplývá, že bohužel více jak 16~% opatření"),
        ("(16 %), 3,5‰, 10–20%, 20%ní, %C5%99", "(16~%), 3,5~‰, 10–20~%, 20%ní, %C5%99"),
        ("alokoval v rozpočtu 500.000 Kč", "alokoval v~rozpočtu 500.000~Kč"),
        ("5 mil. Kč, 7 tis., 1.000,- Kč, 20 °C, Kč 5 Kčs", "5~mil.~Kč, 7~tis., 1.000,-~Kč, 20~°C, Kč 5 Kčs"),
        ("240 MŠ, ve kterých se vzdělávalo 15 195 dětí", "240 MŠ, ve kterých se vzdělávalo 15~195 dětí"),
        ("1 250 000,50 Kč, +420 485 226 111", "1~250~000,50~Kč, +420~485~226~111"),
        ("v roce 2022 109 opatření, v letech 2021 a 2022", "v~roce 2022 109 opatření, v~letech 2021 a~2022"),
        ("1 2500, 15 19, 1. 250", "1 2500, 15 19, 1. 250"),
        // Abbreviations.
        ("§ 21a zákona č.258/2000 Sb.", "§~21a zákona č.258/2000~Sb."),
        ("dotačního programu   č. 7.10 – Infrastruktura", "dotačního programu č.~7.10 – Infrastruktura"),
        ("čl. 3 odst. 2 písm. a) str. 5 (s. 7), s. r", "čl.~3 odst.~2 písm.~a) str.~5 (s.~7), s. r"),
        ("tzv. „azyl“, tj. pět, např. byt, mj. dům", "tzv.~„azyl“, tj.~pět, např. byt, mj. dům"),
        ("doc. Ing. Eva, Mgr. studium", "doc.~Ing.~Eva, Mgr. studium"),
        ("Tísně, o. p. s., Rodina z. s., Dům s.r. o. a p. o.", "Tísně,~o.~p.~s., Rodina~z.~s., Dům~s.r.~o. a~p.~o."),
        ("( Rodina v centrum z.ú.)", "(Rodina v~centrum~z.ú.)"),
        // Quotation marks.
        ("vzdělávací kurz \"Housing First“", "vzdělávací kurz „Housing First“"),
        ("\"Ano\", „ne\", “snad”, „možná” („\"a\" b“)", "„Ano“, „ne“, „snad“, „možná“ („„a“ b“)"),
        ("\"a\"-\"b\", \"Dům\"ový „ \"(c)\"", "„a“-„b“, „Dům“ový „ „(c)“"),
        ("projekt „Džas dureder / Jdeme dál“, který", "projekt „Džas dureder / Jdeme dál“, který"),
        ("slovo\", dál \"slovo", "slovo“, dál „slovo"),
        ("trubka 5\" a 5\"x6\", „délka 5\"", "trubka 5\" a~5\"x6\", „délka 5“"),
        ("\"Dům „ Naděje“ zde\", „text„ dál", "„Dům „Naděje“ zde“, „text“ dál"),
        ("it's ‚to‘ «ono» » » d’Art", "it's ‚to‘ «ono» » » d’Art"),
        // Gaps.
        (" \t a\n\nje  tu \r\n", " a~je tu "),
        ("a ~ b~~c \u{2009}d", "a~b~~c\u{2009}d"),
        ("text , další ; ( „ Dům “ ) ! Co ?", "text, další; („Dům“)! Co?"),
        (
            "jazyk .NET … a ... text – vše - nic ,co ( ) tel. . . ;-)",
            "jazyk .NET … a~... text – vše - nic ,co ( ) tel. . . ;-)",
        ),
        // What must not be touched.
        (
            "https://krajlbc.sharepoint.com/sites/socialni_zaclenovani . Nový portál",
            "https://krajlbc.sharepoint.com/sites/socialni_zaclenovani. Nový portál",
        ),
        ("\"https://x.cz/\", (https://x.cz/?q=\"a\").", "„https://x.cz/“, (https://x.cz/?q=\"a\")."),
        ("kód `a  \"b\" 5%` a `c", "kód `a  \"b\" 5%` a~`c"),
        ("viz IX/2 a XIII/4, 513/21/ZK, a.b@c.cz", "viz IX/2 a~XIII/4, 513/21/ZK, a.b@c.cz"),
    ];

    fn marked(text: &str) -> String {
        text.replace('~', NBSP)
    }

    #[test]
    fn examples() {
        for (input, output) in EXAMPLES {
            let (input, output) = (marked(input), marked(output));
            assert_eq!(typeset(&input), output);
            assert!(matches!(typeset(&output), Cow::Borrowed(_)), "{output}");
        }
    }

    #[test]
    fn runs() {
        let mut runs = ["Kurz \"", "Housing ", " First", "\" v", " ", "obci 1.", "7.2025 "].map(str::to_owned);
        typeset_runs(&mut runs);
        assert_eq!(runs, ["Kurz „", "Housing ", "First", "“ v", "~", "obci 1.", "~7.~2025 "].map(marked));
    }

    #[test]
    fn long_texts_end_at_once() {
        let sentence = "V obci „Dům“ 1.7. 2025 vzniklo ( jak víme ) 16% bytů, viz https://x.cz/ a \"tak\" . ";
        let hostile = "\"| \"|` |``a|( |„ | .|www.|\"https://x|1.7.|1 |16%|a@a|z. s. ";
        let short = hostile.split('|').map(|pattern| pattern.repeat(100_000 / pattern.len()));
        for text in short.chain([sentence.repeat(1_000_000 / sentence.len())]) {
            // Were a step quadratic, this would take hours and not be overlooked.
            let set = typeset(&text);
            assert!(typeset(&set) == set, "{:?}", text.get(..3));
        }
    }

    /// Pieces to assemble texts from, a bar between them.
    const FRAGMENTS: &str = "a|v|A|obci|Eva|ní|e\u{301}|1|12|31.|1.7.|12.|2023|31.12.2023|7.2025|250|500.000|16%|%|‰|Kč|mil.|5\"|\
        č.|§|písm.|a)|s.|tzv.|Ing.|z.s.|z.|o.|p.|r.|prosince|\"|\"|„|“|”|‚|‘|'|«|(|)|[|]|,|.|;|!|?|:|…|...|\
        .NET|–|-|=|/|@|www|www.|https://x.cz/a?b=1|https://x.cz/?q=\"a\"|http://|`|``|\u{FFFC}|\u{2009}|\u{A0}| | | | | |  |\n";

    fn tricky() -> impl Strategy<Value = String> {
        let fragments: Vec<&str> = FRAGMENTS.split('|').collect();
        prop::collection::vec(prop::sample::select(fragments), 0..16).prop_map(|parts| parts.concat())
    }

    fn printed(text: &str) -> String {
        text.chars().filter(|c| !c.is_whitespace()).map(|c| if QUOTES.contains(&c) { '"' } else { c }).collect()
    }

    fn fixed(text: &str) -> Vec<&str> {
        parts(text).into_iter().filter(|(part, is_fixed)| *is_fixed && !part.is_empty()).map(|(part, _)| part).collect()
    }

    fn check(text: &str) -> Result<(), TestCaseError> {
        let once = typeset(text).into_owned();
        prop_assert_eq!(take_all_steps(text), once.as_str());
        prop_assert_eq!(typeset(&once), once.as_str());
        prop_assert_eq!(matches!(typeset(text), Cow::Borrowed(_)), once == text);
        prop_assert_eq!(printed(&once), printed(text));
        prop_assert_eq!(fixed(&once), fixed(text));
        let url = "https://x.cz/a?b=1";
        prop_assert_eq!(once.matches(url).count(), text.matches(url).count());
        Ok(())
    }

    proptest! {
        #[test]
        fn holds_for_any_text(text in any::<String>()) {
            check(&text)?;
        }

        #[test]
        fn holds_for_tricky_text(text in tricky()) {
            check(&text)?;
        }

        #[test]
        fn runs_join_to_the_whole(runs in prop::collection::vec(tricky(), 0..5)) {
            let mut done = runs.clone();
            typeset_runs(&mut done);
            let whole = runs.concat();
            prop_assert_eq!(done.concat(), typeset(&whole));
            for (run, done) in runs.iter().zip(&done) {
                prop_assert_eq!(printed(run), printed(done));
            }
        }
    }
}
