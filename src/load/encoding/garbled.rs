//! Readable texts that are not what was written: their letters were lost when somebody opened or saved them in
//! another encoding. Each sign may stand somewhere by chance, so there have to be more of them.

use std::collections::BTreeSet;
use std::ops::Range;

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
/// mark behind its „Ă“, „Ăştia“ begins with a pair, so does „Ăša“, „PAMÄŤ“ in Slovak ends with one, and a blank or a
/// sign stands behind „Å“, the unit.
fn is_sure(second: char) -> bool {
    !second.is_whitespace() && !matches!(second, '\u{AD}' | '“' | 'ş' | 'š' | 'Ť' | '®')
}

/// Question marks within words, one for each letter that the encoding did not have. A text in which one of these
/// letters stands was not saved in it.
fn question_marks(text: &str) -> Option<Problem> {
    let mut words: BTreeSet<&str> = BTreeSet::new();
    let (mut first, mut from) = (None, 0);
    for at in memchr_iter(b'?', text.as_bytes()) {
        // A word may hold many of them, and is looked at once.
        if at < from || !is_within_word(text, at) {
            continue;
        }
        let word = word_around(text, from, at);
        from = word.end;
        if !is_of_address(text, &word) {
            first = first.or(Some(at));
            words.insert(&text[word]);
        }
    }
    let is_lost = words.len() >= 3 && !text.contains(|c| LOST.contains(c));
    first.filter(|_| is_lost).map(Problem::Questioned)
}

/// The letters of Czech that the encodings of western Europe do not have.
const LOST: &str = "ěčřůďťňĚČŘŮĎŤŇ";

/// Whether a question mark stands between two letters, and not between two sentences without a blank.
fn is_within_word(text: &str, at: usize) -> bool {
    let (last, next) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
    let (Some(last), Some(next)) = (last, next) else { return false };
    last.is_alphabetic() && next.is_alphabetic() && (last.is_uppercase() || next.is_lowercase())
}

/// The word in which a question mark stands for a letter. Before `from` another one was looked at.
fn word_around(text: &str, from: usize, at: usize) -> Range<usize> {
    let is_of_word = |c: char| c.is_alphabetic() || c == '?';
    let behind = &text[at + 1..];
    let start = from + text[from..at].trim_end_matches(is_of_word).len();
    start..at + 1 + behind.len() - behind.trim_start_matches(is_of_word).len()
}

fn is_of_address(text: &str, word: &Range<usize>) -> bool {
    let is_sign = |c: char| c.is_ascii_digit() || "/=&@_%-#~+$!:".contains(c);
    let before = text[..word.start].chars().next_back();
    let behind = text[word.end..].chars().next();
    before.is_some_and(|c| is_sign(c) || c == '.') || behind.is_some_and(|c| is_sign(c) && c != ':')
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
            ("IX/3;PLN?NO;Mediáto?i pracují ve t?ech m?stech.", "IX/3;PLN".len()),
            ("a: Mediáto?i?pracují v?e?t??ech m?stech", "a: Mediáto".len()),
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
            "IX/3;PLNĚNO;Splnil?ano. Kontrola?ne. Rozpočet?ano. Kdo?obec",
            "https://kraj.cz/~odbor?strana https://kraj.cz/dotace+a?rok skype:marie?chat zoommtg:x?join a$dotace?rok",
            "PAMÄŤ, OPÄŤ, DEVÄŤ, SVÄŤÝ, Å® a Å®, Ărăştia Ăşa Ăţa Ăša",
        ] {
            assert_eq!(garbled(text), None, "{text}");
        }
    }

    #[test]
    fn many_question_marks_are_looked_at_once() {
        // Were the whole run looked at for each of them, this would take hours.
        for text in ["?".repeat(4_000_000), "a?".repeat(2_000_000), "a?b ".repeat(1_000_000)] {
            assert_eq!(garbled(&text), None);
        }
    }
}
