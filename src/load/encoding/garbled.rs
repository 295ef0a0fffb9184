//! Readable texts that are not what was written: their letters were lost when somebody opened or saved them in
//! another encoding. Each sign may stand somewhere by chance, so there have to be more of them.

use std::cell::LazyCell;
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
        .filter_map(|(at, encoding)| Some((at, is_sure(&text[at..], pair(&text[at..], encoding)?))))
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
/// sign stands behind „Å“, the unit. A small „š“ behind „Ä“ was „Ě“.
fn is_sure(text: &str, second: char) -> bool {
    let is_name = second == 'š' && !text.starts_with('Ä');
    !is_name && !second.is_whitespace() && !matches!(second, '\u{AD}' | '“' | 'ş' | 'Ť' | '®')
}

/// Question marks within words, one for each letter that the encoding did not have. A text in which one of these
/// letters stands was not saved in it, but a part of it may have been, or it was mended here and there: then only
/// words count that are none otherwise.
fn question_marks(text: &str) -> Option<Problem> {
    let has_letters = LazyCell::new(|| text.contains(|c| LOST.contains(c)));
    let mut words: BTreeSet<&str> = BTreeSet::new();
    let (mut first, mut from) = (None, 0);
    for at in memchr_iter(b'?', text.as_bytes()) {
        // A word may hold many of them, and is looked at once.
        if at < from || !is_within_word(text, at) {
            continue;
        }
        let range = word_around(text, from, at);
        from = range.end;
        let word = &text[range.clone()];
        if !is_of_address(text, &range) && (is_surely_lost(word) || !*has_letters) {
            first = first.or(Some(at));
            words.insert(word);
        }
    }
    first.filter(|_| words.len() >= 3).map(Problem::Questioned)
}

/// The letters of Czech that the encodings of western Europe do not have.
const LOST: &str = "ěčřůďťňĚČŘŮĎŤŇ";

/// The other letters without which there is no word.
const CONSONANTS: &str = "bcdfghjklmnpqrsštvwxzžBCDFGHJKLMNPQRSŠTVWXZŽ";

/// Prepositions, which an answer may begin with, and units, which it may consist of.
const ANSWERS: [&str; 15] = ["k", "s", "v", "z", "K", "S", "V", "Z", "km", "kg", "hl", "ks", "ml", "cm", "mm"];

/// Whether a word cannot be a question and its answer without a blank, since what stands before or behind one of its
/// question marks is no word: „p?íprava“, „ú?ast“, „um?l“.
fn is_surely_lost(word: &str) -> bool {
    let parts = || word.split('?').filter(|part| !part.is_empty());
    let is_letter = |part: &str| part.chars().nth(1).is_none();
    // „ZŠ“ and „MPSV“ are abbreviations.
    let is_abbreviation = |part: &str| !is_letter(part) && is_upper(part);
    let is_no_word = |part: &str| part.chars().all(|c| CONSONANTS.contains(c)) && !is_abbreviation(part);
    let Some(first) = parts().next() else { return false };
    let is_no_question = is_no_word(first) || is_letter(first) && first.starts_with(char::is_lowercase);
    let is_no_answer = |part: &str| is_no_word(part) && !ANSWERS.contains(&part);
    let is_formula = parts().all(is_letter);
    !is_formula && !word.contains(|c| LOST.contains(c)) && (is_no_question || parts().skip(1).any(is_no_answer))
}

fn is_upper(text: &str) -> bool {
    text.chars().all(char::is_uppercase)
}

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
    fn statuses_alone_are_found_too() {
        for (text, at) in [
            ("opatreni;stav\nI/1;PLNÄšNO\nI/2;NEPLNÄšNO", 21),
            ("ÄŚĂ\u{81}STEÄŚNÄš", 0),
            ("II/1;PLN?NO\nII/2;SPLN?NO\nII/3;?ÁSTE?N?", 8),
        ] {
            let problem = if text.contains('?') { Problem::Questioned(at) } else { Problem::Garbled(at) };
            assert_eq!(garbled(text), Some(problem), "{text}");
        }
        assert_eq!(garbled("I/1;PLNÄšNO"), None, "one may stand there by chance");
    }

    #[test]
    fn question_marks_in_the_place_of_letters_are_found_at_the_first_one() {
        for (text, at) in [
            ("IX/3;PLN?NO;Mediáto?i pracují ve t?ech m?stech.", "IX/3;PLN".len()),
            ("a: Mediáto?i?pracují v?e?t??ech m?stech", "a: Mediáto".len()),
            ("P?ÍSP?VEK, ?ÁST, DOT?ENÉ, ZM?NA", 1),
            ("I/1;PLNĚNO;P?íprava prob?hla ve t?ech m?stech a ob?ané se ú?astnili.", "I/1;PLNĚNO;P".len()),
            (
                "stav: PLNĚNO\nkomentar: Kdo?obec se ú?astnil, kone?n? um?l",
                "stav: PLNĚNO\nkomentar: Kdo?obec se ú".len(),
            ),
            ("P?íprava prob?hla ve t?ech m?stech. Všichni se zúčastnili.", 1),
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
            "Řešíme: x?y, a?b, c?d, e?f. Zaplatí to MPSV?ano NNO?ne ORP?snad HZS?možná",
            "Zapojila se ZŠ?Ano. MŠ?Ne. SŠ?Ano. MPSV?Ano. MMR?Ne. DPS?ZATÍM. Proč ZŠ?MŠ. Příští rok.",
            "Kolik?km, kolik?kg, kolik?hl, kolik?ks. Děkujeme.",
            "Kdy?v pondělí. Kde?v Liberci. S kým?s obcí. Proč?k lepšímu. Kolik Kč?ano, ks?ano, m?ano",
            "Vzkříšeno: ve t?ech m?stech",
            "https://kraj.cz/~odbor?strana https://kraj.cz/dotace+a?rok skype:marie?chat zoommtg:x?join a$dotace?rok",
            "PAMÄŤ, OPÄŤ, DEVÄŤ, SVÄŤÝ, Å® a Å®, Ărăştia Ăşa Ăţa Ăša",
        ] {
            assert_eq!(garbled(text), None, "{text}");
        }
    }

    #[test]
    fn many_question_marks_are_looked_at_once() {
        // Were the whole run looked at for each of them, this would take hours.
        for text in ["?".repeat(4_000_000), "a?".repeat(2_000_000), "a?b ".repeat(1_000_000), "xx?".repeat(1_000_000)] {
            assert_eq!(garbled(&text), None);
            assert_eq!(garbled(&format!("{text} ě")), None);
        }
    }
}
