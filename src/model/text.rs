//! How people's spellings are compared: spaces, letter case, dashes and Unicode forms aside.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

use jiff::civil::Date;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_width::UnicodeWidthStr;

/// The text in the composed form (NFC), which nearly all texts have already.
pub fn composed(text: &str) -> Cow<'_, str> {
    if is_surely_composed(text) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Whether all characters are such as Czech texts are made of: Latin letters below U+0300, where
/// combining characters begin, and the dashes, quotation marks and spaces of U+2002 to U+203F.
/// Looks at bytes, since every text passes through here.
pub fn is_surely_composed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = find_byte(bytes, at, |byte| byte >= 0xCC) {
        if !matches!(bytes[found..], [0xE2, 0x80, 0x82..=0xBF, ..]) {
            return false;
        }
        at = found + 3;
    }
    true
}

/// Whether a text has a byte that `is_wanted`.
pub fn has_byte(text: &str, is_wanted: impl Fn(u8) -> bool) -> bool {
    find_byte(text.as_bytes(), 0, is_wanted).is_some()
}

/// The first byte from `at` on that `is_wanted`. Whole blocks are asked at once, which processors do
/// many times faster than one byte after another.
fn find_byte(bytes: &[u8], mut at: usize, is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    for block in bytes.get(at..)?.chunks(32) {
        if block.iter().fold(false, |any, &byte| any | is_wanted(byte)) {
            return block.iter().position(|&byte| is_wanted(byte)).map(|index| at + index);
        }
        at += block.len();
    }
    None
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
    // Some letters have a composed form in lower case only: J with a caron.
    into_composed(squashed)
}

/// [`squash`] without diacritics, for guessing what was meant.
pub fn fold(text: &str) -> String {
    squash(text).nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// A number that is the same for all texts that [`squash`] makes the same of, and hardly ever for
/// others: it tells a million texts apart before any two of them are compared.
///
/// It adds up the weights of the unaccented letters and the digits, each as many times as there are of
/// them up to it, which is several times faster than squashing.
pub fn resemblance(text: &str) -> u64 {
    let squashed;
    // Few other characters have an unaccented letter for their small or composed form.
    let text = if is_surely_composed(text) && !text.contains('İ') {
        text
    } else {
        squashed = squash(text);
        &squashed
    };
    let (mut sum, mut n_weighed) = (0_u64, 0_u64);
    for byte in text.bytes() {
        let weight = WEIGHTS[usize::from(byte)];
        n_weighed += u64::from(weight != 0);
        sum = sum.wrapping_add(weight.wrapping_mul(n_weighed));
    }
    sum
}

/// A number of its own for each letter, whatever its case, and each digit; nothing for other bytes.
static WEIGHTS: [u64; 256] = {
    let mut weights = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            // The finalizer of SplitMix64.
            let mut mixed = (byte.to_ascii_lowercase() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            weights[byte as usize] = mixed ^ (mixed >> 31);
        }
        byte += 1;
    }
    weights
};

/// [`char::is_alphanumeric`], which is slow for letters with diacritics, and Czech has many.
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        'À'..='ſ' => c != '×' && c != '÷',
        _ => c.is_alphanumeric(),
    }
}

/// A name for files and anchors: lower case ASCII letters and digits, all else as one hyphen.
pub fn slug(text: &str) -> String {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

/// Whether a value is written just so. There may be a million to ask about, so nothing is allocated.
pub fn is_written(value: impl Display, text: &str) -> bool {
    struct Rest<'t>(&'t str);
    impl Write for Rest<'_> {
        fn write_str(&mut self, piece: &str) -> fmt::Result {
            self.0 = self.0.strip_prefix(piece).ok_or(fmt::Error)?;
            Ok(())
        }
    }
    let mut rest = Rest(text);
    write!(rest, "{value}").is_ok() && rest.0.is_empty()
}

/// The text on one line: line breaks and runs of blanks become single spaces.
pub fn one_line(text: &str) -> String {
    text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text in lines that are at most this wide; a word that is wider stays whole.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let is_over = lines.last().is_some_and(|line| !line.is_empty() && line.width() + 1 + word.width() > width);
        if is_over {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// The text with LF for every line end and nothing blank around it. Each line loses as much of its indent as it has
/// in common with those above it, so that they keep their places beside the first one: an item of a list is then no
/// part of the one before.
pub fn tidied(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        return Cow::Owned(tidied(&text.replace("\r\n", "\n").replace('\r', "\n")).into_owned());
    }
    let whole = text.trim();
    let blank = &text[..text.len() - text.trim_start().len()];
    let first = indent(blank.rsplit('\n').next().unwrap_or_default());
    if first == 0 || !whole.contains('\n') {
        return Cow::Borrowed(whole);
    }
    let mut columns = first;
    let lines = whole.split('\n').enumerate().map(|(index, line)| {
        if index > 0 && !line.trim().is_empty() {
            columns = columns.min(indent(line));
        }
        dedented(line, columns)
    });
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// How many columns of blanks a line begins with. A tab leads to the next fourth one, as in Markdown.
pub fn indent(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| c.is_whitespace());
    blanks.fold(0, |columns, blank| if blank == '\t' { columns / 4 * 4 + 4 } else { columns + 1 })
}

/// A line with as many columns of its indent less, if it has so many.
pub fn dedented(line: &str, columns: usize) -> Cow<'_, str> {
    let (text, own) = (line.trim_start(), indent(line));
    if columns == 0 || own == 0 {
        return Cow::Borrowed(line);
    }
    match own.saturating_sub(columns) {
        0 => Cow::Borrowed(text),
        rest => Cow::Owned(format!("{:rest$}{text}", "")),
    }
}

/// The first character that is not seen and yet changes what is seen: controls, marks of direction,
/// spaces of no width. Joiners, which emoji need, and soft hyphens do no harm.
pub fn hidden_character(text: &str) -> Option<(usize, char)> {
    // The first bytes of what is hidden; few other characters begin with them.
    let may_begin = |byte: u8| matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 0x7F | 0xC2 | 0xE2 | 0xEE | 0xEF);
    let mut at = 0;
    while let Some(found) = find_byte(text.as_bytes(), at, may_begin) {
        let c = text.get(found..)?.chars().next()?;
        if is_hidden(c) {
            return Some((found, c));
        }
        at = found + c.len_utf8();
    }
    None
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
        // For private use: Word has its bullets there, which no other font shows.
        '\u{E000}'..='\u{F8FF}' | '\u{FFFE}' | '\u{FFFF}' => true,
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

/// A day as the data and options write it: `2025-12-31`.
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    text.parse().ok().filter(|_| text.len() == 10)
}

/// The years from the first to the last, as people call them: `2022–2023`.
pub fn years(first: i16, last: i16) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

/// `31. 12. 2025`, with the kind of space that fits the place: one that breaks for terminals and cells,
/// one that does not for documents.
pub fn czech_date(day: Date, space: char) -> String {
    czech_date_of(day.year(), day.month(), day.day(), space)
}

/// The same of numbers that need not be a day: Excel knows a 29 February 1900.
pub fn czech_date_of(year: impl Display, month: impl Display, day: impl Display, space: char) -> String {
    format!("{day}.{space}{month}.{space}{year}")
}

/// Two digits for each byte.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn texts_are_tidied_at_their_ends_and_by_the_indent_of_their_first_line() {
        for (text, expected) in [
            ("a\r\nb\rc\n", "a\nb\nc"),
            (" \n\n  a\n  b \n\n", "a\nb"),
            ("  a  b ", "a  b"),
            ("a\n  b", "a\n  b"),
            (" - a\n - b", "- a\n- b"),
            ("   • a\n     • b\n \n • c", "• a\n  • b\n\n• c"),
            ("\t• a\r\n\t\t• b\n    • c", "• a\n    • b\n• c"),
            ("\u{A0}\u{A0}a\n  b\nc", "a\nb\nc"),
            (" a:\n- b\n  - c\n- d", "a:\n- b\n  - c\n- d"),
            ("  - a\n  - b\nc", "- a\n- b\nc"),
            ("    - a\n  - b\n    - c", "- a\n- b\n  - c"),
            (" \n ", ""),
            ("", ""),
        ] {
            assert_eq!(tidied(text), expected, "{text:?}");
        }
    }

    #[test]
    fn spellings_meet() {
        assert_eq!(squash("ASZ\u{A0}–  MMR ČR"), squash("asz - mmr čr"));
        assert_eq!(squash("C\u{30C}A\u{301}STEC\u{30C}NE\u{30C}"), "částečně");
        assert_eq!(squash("J\u{30C}"), "\u{1F0}");
        assert_eq!(fold("Částečně"), "castecne");
        assert_eq!(slug("odd. krizového řízení"), "odd-krizoveho-rizeni");
    }

    #[test]
    fn ordinals_of_many_periods_are_numbers() {
        assert_eq!([2, 5, 10, 11].map(ordinal), ["druhé", "páté", "desáté", "11."]);
    }

    #[test]
    fn texts_resemble_each_other_whatever_their_blanks_and_case() {
        assert_eq!(resemblance("Metodika  JE\nhotová – 3×"), resemblance("metodika je hotova\u{301} - 3×"));
        assert_eq!(resemblance("İ\u{212A}"), resemblance("i\u{307}k"));
        assert_ne!(resemblance("Metodika je hotová 3×"), resemblance("Metodika je hotová 4×"));
        assert_ne!(resemblance("zapojilo se 123 osob"), resemblance("zapojilo se 321 osob"));
    }

    proptest! {
        #[test]
        fn what_is_squashed_alike_resembles(text in "[a-zA-ZžŽİıſ\u{212A}\u{212B} „–\u{A0}\u{300}0-9]{0,60}|\\PC{0,60}") {
            prop_assert_eq!(resemblance(&text), resemblance(&squash(&text)));
        }

        #[test]
        fn letters_and_digits_are_those_of_unicode(c: char, near in proptest::char::range('\u{80}', '\u{200}')) {
            prop_assert_eq!(is_alphanumeric(c), c.is_alphanumeric());
            prop_assert_eq!(is_alphanumeric(near), near.is_alphanumeric());
        }

        #[test]
        fn looking_at_bytes_finds_what_looking_at_characters_finds(
            text in "[a-zž„–…\u{A0}\u{300}\u{2000}\u{2028}\u{202E}\u{200B}\u{7}\u{85}\u{FEFF}Å\u{1F600}]{0,80}|\\PC{0,80}",
        ) {
            let is_composed = is_nfc_quick(text.chars()) == IsNormalized::Yes;
            prop_assert!(is_composed || !is_surely_composed(&text));
            prop_assert_eq!(hidden_character(&text), text.char_indices().find(|&(_, c)| is_hidden(c)));
        }
    }
}
