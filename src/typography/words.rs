//! Words and the gaps before them, and the signs that tell which words need a closer look.

/// What stands for a picture, a line break or other inline thing; it counts as a word.
const OBJECT: char = '\u{FFFC}';

pub(super) const OPENING_QUOTE: char = '„';
pub(super) const CLOSING_QUOTE: char = '“';
pub(super) const QUOTES: [char; 4] = ['"', OPENING_QUOTE, CLOSING_QUOTE, '”'];
/// What may stand before the first letter of a word.
pub(super) const OPENERS: [char; 13] = ['(', '[', '{', '"', '„', '“', '”', '‚', '‘', '\'', '«', '»', '›'];
/// What may stand after the last letter of a word.
pub(super) const CLOSERS: [char; 18] =
    [',', '.', ';', ':', '!', '?', ')', ']', '}', '„', '“', '”', '…', '’', '‘', '\'', '«', '»'];
/// Closers that never have a space before them.
pub(super) const GLUED_CLOSERS: [char; 7] = [',', '.', ';', '!', '?', ')', CLOSING_QUOTE];
/// What a number may consist of besides digits.
pub(super) const NUMBER_SIGNS: [char; 13] = ['.', ',', '-', '–', '−', '+', '±', '~', '<', '>', '/', '×', ':'];
pub(super) const PERCENT_SIGNS: [char; 2] = ['%', '‰'];

const URL_MARKERS: [&str; 4] = ["http://", "https://", "www.", "mailto:"];

/// A word and the whitespace before it; at the end of a text the word may be empty.
#[derive(Default)]
pub(super) struct Word<'a> {
    pub(super) gap: &'a str,
    pub(super) text: &'a str,
    pub(super) signs: Signs,
}

impl<'a> Word<'a> {
    pub(super) fn new(gap: &'a str, text: &'a str) -> Self {
        Self { gap, text, signs: text.chars().fold(Signs::default(), |signs, c| signs.and(Signs::of(c))) }
    }

    /// Without what opens it: a bracket, a quote.
    pub(super) fn bare(&self) -> &'a str {
        if self.signs.has(Signs::OPENER) { self.text.trim_start_matches(OPENERS) } else { self.text }
    }
}

/// The kinds of signs in a word that the rules look for. They are found while the word is cut out,
/// because most words have none of them and need no closer look.
#[derive(Default, Clone, Copy)]
pub(super) struct Signs(u16);

impl Signs {
    pub(super) const QUOTE: u16 = 1;
    pub(super) const CODE: u16 = 1 << 1;
    pub(super) const PERCENT: u16 = 1 << 2;
    pub(super) const DOT: u16 = 1 << 3;
    pub(super) const DIGIT: u16 = 1 << 4;
    pub(super) const PARAGRAPH: u16 = 1 << 5;
    /// One of [`OPENERS`].
    pub(super) const OPENER: u16 = 1 << 6;
    /// One of [`GLUED_CLOSERS`].
    pub(super) const GLUED: u16 = 1 << 7;
    const BLANK: u16 = 1 << 8;
    /// One byte does not tell.
    const UNKNOWN: u16 = 1 << 9;

    fn of(c: char) -> u16 {
        // The letters of Czech beyond ASCII.
        if c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{17F}') {
            return 0;
        }
        let kind = |is_it: bool, kind| if is_it { kind } else { 0 };
        kind(QUOTES.contains(&c), Self::QUOTE)
            | kind(c == '`', Self::CODE)
            | kind(PERCENT_SIGNS.contains(&c), Self::PERCENT)
            | kind(c == '.', Self::DOT)
            | kind(is_digit(c), Self::DIGIT)
            | kind(c == '§', Self::PARAGRAPH)
            | kind(OPENERS.contains(&c), Self::OPENER)
            | kind(GLUED_CLOSERS.contains(&c), Self::GLUED)
            | kind(c.is_whitespace(), Self::BLANK)
    }

    fn and(self, kinds: u16) -> Self {
        Self(self.0 | kinds)
    }

    /// Whether some of these kinds are among them.
    pub(super) fn has(self, kinds: u16) -> bool {
        self.0 & kinds != 0
    }
}

/// [`Signs::of`] by the byte that a character begins with, where that is enough to know; bytes
/// within characters are no signs.
static SIGNS_OF_BYTES: std::sync::LazyLock<[u16; 256]> = std::sync::LazyLock::new(|| {
    std::array::from_fn(|byte| match byte as u8 {
        byte if byte.is_ascii() => Signs::of(char::from(byte)),
        // The letters from U+00C0 to U+017F, and what follows a first byte.
        0xC3..=0xC5 | 0x80..=0xBF => 0,
        _ => Signs::UNKNOWN,
    })
});

/// The words of a text, each up to the first whitespace outside of a code span.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let of_bytes = &*SIGNS_OF_BYTES;
    // About as many as Czech has in so many bytes.
    let mut words = Vec::with_capacity(text.len() / 6 + 1);
    let mut rest = text;
    while !rest.is_empty() {
        let (gap, tail) = cut(rest, gap_len(rest, of_bytes));
        let (len, signs) = word_len(tail, of_bytes);
        let (text, next) = cut(tail, len);
        words.push(Word { gap, text, signs });
        rest = next;
    }
    words
}

fn gap_len(text: &str, of_bytes: &[u16; 256]) -> usize {
    let is_blank = |byte: u8| Signs(of_bytes[usize::from(byte)]).has(Signs::BLANK | Signs::UNKNOWN);
    match text.as_bytes() {
        [b' ', next, ..] if !is_blank(*next) => 1,
        _ => text.len() - text.trim_start().len(),
    }
}

/// Length and signs of the word that `text` begins with.
///
/// Goes by bytes where it can: every word of a document passes through here, several times.
fn word_len(text: &str, of_bytes: &[u16; 256]) -> (usize, Signs) {
    let mut signs = Signs::default();
    let (mut at, mut code_end) = (0, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        let (mut kind, mut len) = (of_bytes[usize::from(byte)], 1);
        if Signs(kind).has(Signs::BLANK | Signs::CODE | Signs::UNKNOWN) {
            if kind == Signs::UNKNOWN {
                (kind, len) = cut(text, at).1.chars().next().map_or((0, 1), |c| (Signs::of(c), c.len_utf8()));
            }
            if kind == Signs::BLANK && at >= code_end {
                break;
            }
            if kind == Signs::CODE && at >= code_end {
                code_end = at + code_len(cut(text, at).1);
            }
        }
        signs = signs.and(kind);
        at += len;
    }
    (at, signs)
}

/// Length of the code span at the start of `text`, or of its backticks when nothing closes them.
fn code_len(text: &str) -> usize {
    let body = text.trim_start_matches('`');
    let tail = body.find('`').map_or(body, |at| cut(body, at).1.trim_start_matches('`'));
    text.len() - tail.len()
}

/// The words in parts, each with a flag: whether it is a code span or a URL and so untouchable.
pub(super) fn parts<'a>(words: &[Word<'a>]) -> Vec<(&'a str, bool)> {
    let mut parts = Vec::new();
    for word in words {
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

pub(super) fn url_start(word: &str) -> Option<usize> {
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

/// `split_at` that cannot panic.
pub(super) fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

pub(super) fn is_word_char(c: char) -> bool {
    // Combining marks, for decomposed letters; the backtick, because code is like a word.
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '`' | OBJECT)
}

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}
