//! How people's spellings are compared: spaces, letter case, dashes and Unicode forms aside.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in the composed form (NFC), which nearly all texts have already.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// [`composed`] of a text that is nobody else's, without a copy where there is nothing to do.
pub fn into_composed(text: String) -> String {
    if let Cow::Owned(composed) = composed(&text) {
        return composed;
    }
    text
}

/// Lower case, NFC, one ordinary space for any run of blanks, one hyphen for any dash.
pub fn squash(text: &str) -> String {
    let mut squashed = String::with_capacity(text.len());
    for word in composed(text).split_whitespace() {
        if !squashed.is_empty() {
            squashed.push(' ');
        }
        for c in word.chars() {
            match c {
                '–' | '—' | '‑' | '‐' | '−' => squashed.push('-'),
                c if c.is_ascii() => squashed.push(c.to_ascii_lowercase()),
                c => squashed.extend(c.to_lowercase()),
            }
        }
    }
    squashed
}

/// [`squash`] without diacritics, for guessing what was meant.
pub fn fold(text: &str) -> String {
    squash(text).nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// A name for files and anchors: lower case ASCII letters and digits, all else as one hyphen.
pub fn slug(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// The text on one line: line breaks and runs of blanks become single spaces.
pub fn one_line(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The first character that is not seen and yet changes what is seen: controls, marks of direction,
/// spaces of no width. Joiners, which emoji need, and soft hyphens do no harm.
pub fn hidden_character(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|&(_, c)| is_hidden(c))
}

/// The text as it may be shown on one line of a terminal or log, whoever wrote it.
pub fn shown(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) || c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Whether a character is not seen and yet changes what is seen.
pub fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}' => true,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    }
}

/// The form of a word that goes with a number: for one, for two to four, for none and more.
pub fn plural<'a>(count: usize, one: &'a str, few: &'a str, many: &'a str) -> &'a str {
    match count {
        1 => one,
        2..=4 => few,
        _ => many,
    }
}

/// Which period in a row: „druhé“ (období).
pub fn ordinal(number: usize) -> String {
    const WORDS: [&str; 9] = ["druhé", "třetí", "čtvrté", "páté", "šesté", "sedmé", "osmé", "deváté", "desáté"];
    let word = number.checked_sub(2).and_then(|index| WORDS.get(index));
    word.map_or_else(|| format!("{number}."), |word| (*word).to_owned())
}

/// A number as Czech data have it: `12,5`.
pub fn czech_number(number: f64) -> String {
    number.to_string().replace('.', ",")
}

/// Two digits for each byte.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        assert_eq!(squash("ASZ\u{A0}–  MMR ČR"), squash("asz - mmr čr"));
        assert_eq!(squash("C\u{30C}A\u{301}STEC\u{30C}NE\u{30C}"), "částečně");
        assert_eq!(fold("Částečně"), "castecne");
        assert_eq!(slug("odd. krizového řízení"), "odd-krizoveho-rizeni");
    }

    #[test]
    fn ordinals_of_many_periods_are_numbers() {
        assert_eq!([2, 5, 10, 11].map(ordinal), ["druhé", "páté", "desáté", "11."]);
    }
}
