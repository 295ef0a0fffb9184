//! The first step: quotation marks.

use super::words::{CLOSERS, CLOSING_QUOTE, OPENING_QUOTE, QUOTES, Word, cut, is_digit, is_word_char, parts};

const BRACKETS: [char; 3] = ['(', '[', '{'];
/// Signs that belong to what follows, so no quotation closes right before them.
const LEADING_SIGNS: [char; 5] = ['(', '[', '{', '‚', '§'];
/// Signs that belong to what precedes, so no quotation opens right after them.
const TRAILING_SIGNS: [char; 12] = ['.', '!', '?', '…', ')', ']', '}', '’', '‘', '\'', '%', '°'];

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

/// The text, which these are the words of, with its quotation marks put right.
pub(super) fn set(text: &str, words: &[Word<'_>]) -> String {
    let parts = parts(words);
    let mut signs = paired_signs(&find_quotes(&parts)).into_iter();
    let mut out = String::with_capacity(text.len());
    for (part, is_fixed) in parts {
        if is_fixed || !may_have_quotes(part) {
            out.push_str(part);
            continue;
        }
        out.extend(part.chars().map(|c| if QUOTES.contains(&c) { signs.next().unwrap_or(c) } else { c }));
    }
    out
}

fn find_quotes(parts: &[(&str, bool)]) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    let mut before = None;
    // From here on the quotes wait for the sign after them.
    let mut waiting = 0;
    for &(part, is_fixed) in parts {
        let mut rest = part;
        loop {
            let has_none = is_fixed || !may_have_quotes(rest);
            let at = if has_none { None } else { rest.find(QUOTES) };
            let (text, tail) = cut(rest, at.unwrap_or(rest.len()));
            if let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) {
                quotes.iter_mut().skip(waiting).for_each(|quote| quote.after = Some(first));
                waiting = quotes.len();
                before = Some(last);
            }
            let Some(sign) = tail.chars().next() else { break };
            quotes.push(Quote { sign, before, after: None });
            rest = cut(tail, sign.len_utf8()).1;
        }
    }
    quotes
}

/// Whether a text has a byte that some quotation mark begins with.
fn may_have_quotes(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, b'"' | 0xE2))
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
