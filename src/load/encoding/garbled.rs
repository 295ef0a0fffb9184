//! Readable texts that are not what was written: their letters were lost when somebody opened or saved them in
//! another encoding. Each sign may stand somewhere by chance, so there have to be more of them.

use std::collections::BTreeSet;

use encoding_rs::{Encoding, WINDOWS_1250, WINDOWS_1252};
use memchr::{memchr_iter, memmem};

use super::{CZECH_LETTERS, Problem};

/// What the first byte of a Czech letter in UTF-8 is in windows-1250 and in windows-1252.
const FIRST: [(&str, &Encoding); 5] =
    [("Ă", WINDOWS_1250), ("Ä", WINDOWS_1250), ("Ĺ", WINDOWS_1250), ("Ã", WINDOWS_1252), ("Å", WINDOWS_1252)];

/// The problem of a text that could be decoded, when it has one.
pub fn garbled(text: &str) -> Option<Problem> {
    pairs(text).or_else(|| question_marks(text))
}

/// Pairs of characters that were one letter each.
fn pairs(text: &str) -> Option<Problem> {
    let mut found: Vec<(usize, bool)> = FIRST
        .into_iter()
        .flat_map(|(first, encoding)| memmem::find_iter(text.as_bytes(), first).map(move |at| (at, encoding)))
        .filter_map(|(at, encoding)| Some((at, is_sure(pair(&text[at..], encoding)?))))
        .collect();
    found.sort_unstable();
    let (at, _) = *found.first()?;
    (found.len() > 1 && found.iter().any(|(_, is_sure)| *is_sure)).then_some(Problem::Garbled(at))
}

/// The second character of a pair that a text begins with, when the two were a Czech letter.
fn pair(text: &str, encoding: &'static Encoding) -> Option<char> {
    let mut chars = text.char_indices();
    let (_, second) = chars.nth(1)?;
    let of_both = &text[..chars.next().map_or(text.len(), |(end, _)| end)];
    // „Ä“ is the same letter in both.
    [encoding, WINDOWS_1252].into_iter().find_map(|encoding| {
        let (bytes, _, has_others) = encoding.encode(of_both);
        let letter = std::str::from_utf8(&bytes).ok().filter(|_| !has_others)?;
        (!letter.is_ascii() && CZECH_LETTERS.contains(letter)).then_some(second)
    })
}

/// Whether a pair stands in no text of another language: „FĂGĂRAŞ“ in Romanian may have soft hyphens or a quotation
/// mark behind its „Ă“, „Ăştia“ begins with a pair, and a blank stands behind „Å“, the unit.
fn is_sure(second: char) -> bool {
    !second.is_whitespace() && !matches!(second, '\u{AD}' | '“' | 'ş')
}

/// Question marks within words, one for each letter that the encoding did not have.
fn question_marks(text: &str) -> Option<Problem> {
    let found = || memchr_iter(b'?', text.as_bytes()).filter_map(|at| Some((at, word_around(text, at)?)));
    let words: BTreeSet<&str> = found().map(|(_, word)| word).collect();
    let (at, _) = found().next()?;
    (words.len() >= 3).then_some(Problem::Questioned(at))
}

/// The word in which a question mark stands for a letter. It does not in an address, nor between two sentences
/// without a blank.
fn word_around(text: &str, at: usize) -> Option<&str> {
    let is_of_word = |c: char| c.is_alphabetic() || c == '?';
    let before = &text[..at];
    let behind = &text[at + 1..];
    let start = before.trim_end_matches(is_of_word).len();
    let end = at + 1 + behind.len() - behind.trim_start_matches(is_of_word).len();
    let (last, next) = (before.chars().next_back()?, behind.chars().next()?);
    let is_within = last.is_alphabetic() && next.is_alphabetic() && (last.is_uppercase() || next.is_lowercase());
    let is_of_address = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || "/=&@_%.-#".contains(c));
    let goes_on = |c: Option<char>| c != Some('.') && is_of_address(c);
    let is_address = is_of_address(text[..start].chars().next_back()) || goes_on(text[end..].chars().next());
    (is_within && !is_address).then(|| &text[start..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_read_as_another_encoding_is_found_at_its_first_letter() {
        for encoding in [WINDOWS_1250, WINDOWS_1252] {
            let read = |text: &str| encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned();
            assert_eq!(garbled(&read("Příliš žluťoučký kůň")), Some(Problem::Garbled(1)));
            for letter in CZECH_LETTERS.chars() {
                let text = read(&format!("a {letter} ě"));
                assert_eq!(garbled(&text), Some(Problem::Garbled(2)), "{letter}: {text}");
            }
        }
    }

    #[test]
    fn question_marks_in_the_place_of_letters_are_found_at_the_first_one() {
        for (text, at) in [
            ("IX/3;PLNĚNO;Mediáto?i pracují ve t?ech m?stech.", "IX/3;PLNĚNO;Mediáto".len()),
            ("P?ÍSP?VEK, ?ÁST, DOT?ENÉ, ZM?NA", 1),
        ] {
            assert_eq!(garbled(text), Some(Problem::Questioned(at)), "{text}");
        }
    }

    #[test]
    fn other_languages_units_questions_and_addresses_are_no_sign() {
        for text in [
            "Příliš žluťoučký kůň úpěl ďábelské ódy.",
            "Będą partnerzy z Wałbrzycha, Łódź, ŻÓŁĆ",
            "STĹP, VŔBA, Ľubomír, dĺžka, ÄĽŠČŤŽ, mäso",
            "TABĂRĂ“ a BISTRIŢĂ“, Ăştia a Ăştia, FĂ\u{AD}GĂ\u{AD}RAŞ, Timişoara",
            "Győr, Ákos, ŐŰ",
            "Änderung, „Ä“ a „Ä“, ÖÄÜ, Straße",
            "5 Å\u{A0}a 6 Å\u{A0}, Åland, Århus, SÃO PAULO, NÃO, „IRMÓ a „IRMÓ",
            "V jednom slově ĂˇÄ zbyla jedna dvojice.",
            "Proč?Protože. Kdo?Obce. Kdy?Letos. Jak? Nevíme??? Co?",
            "https://a.cz/hledat?co=x www.b.cz?strana index.php?stav [b](c/d?e) x/y?z /q?r",
            "Kdo?proč a ano?ne",
        ] {
            assert_eq!(garbled(text), None, "{text}");
        }
    }
}
