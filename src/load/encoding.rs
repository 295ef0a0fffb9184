//! Bytes into text. Strict UTF-8 first; windows-1250 only for CSV, where Excel writes it.

mod garbled;

use std::borrow::Cow;
use std::collections::BTreeSet;

use encoding_rs::WINDOWS_1250;

pub use garbled::garbled;

/// Why bytes could not be read as text, and the byte it showed at in [`decode_broken`] of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// A NUL byte: this is no text.
    Binary(usize),
    /// Saved as UTF-16.
    Utf16,
    /// Not valid UTF-8 here.
    NotUtf8(usize),
    /// CP852 from here on, which Excel calls „CSV (MS-DOS)“.
    Dos(usize),
    /// ISO-8859-2 from here on, which differs from windows-1250 in „Š“, „Ť“ and „Ž“ alone.
    Latin2(usize),
    /// UTF-8 that was opened as windows-1250 or 1252 and saved again: letters are pairs of others from here on.
    Garbled(usize),
    /// Saved in an encoding that has no such letters: question marks are in their places from here on.
    Questioned(usize),
}

/// Czech letters, and their bytes in CP852.
const CZECH_LETTERS: &str = "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽáčďéěíňóřšťúůýž";
const CZECH_LETTERS_OF_DOS: &[u8] = b"\xB5\xAC\xD2\x90\xB7\xD6\xD5\xE0\xFC\xE6\x9B\xE9\xDE\xED\xA6\
                                      \xA0\x9F\xD4\x82\xD8\xA1\xE5\xA2\xFD\xE7\x9C\xA3\x85\xEC\xA7";

/// Decodes UTF-8, with or without a byte order mark. The mark is no part of the text, and the byte
/// of a problem is counted from behind it.
pub fn decode_utf8(bytes: &[u8]) -> Result<&str, Problem> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Problem::Utf16);
    }
    let body = without_mark(bytes);
    if let Some(at) = memchr::memchr(0, body) {
        // What is broken before it grows when it is replaced.
        return Err(Problem::Binary(String::from_utf8_lossy(&body[..at]).len()));
    }
    simdutf8::compat::from_utf8(body).map_err(|error| Problem::NotUtf8(error.valid_up_to()))
}

/// The text of a file that could not be decoded, with its broken bytes replaced: something that the
/// finding about it can point into.
pub fn decode_broken(bytes: &[u8]) -> String {
    String::from_utf8_lossy(without_mark(bytes)).into_owned()
}

/// Decodes CSV: UTF-8 where it is valid, otherwise windows-1250, which comes out as an owned text.
///
/// windows-1250 accepts any byte, so a file that is almost valid UTF-8 is called broken UTF-8
/// instead, and one that would give control characters, far fewer Czech letters than in CP852, or marks
/// within words where ISO-8859-2 has letters, is refused.
pub fn decode_csv(bytes: &[u8]) -> Result<Cow<'_, str>, Problem> {
    let at = match decode_utf8(bytes) {
        Ok(text) => return Ok(Cow::Borrowed(text)),
        Err(Problem::NotUtf8(at)) => at,
        Err(problem) => return Err(problem),
    };
    // A letter of windows-1250 before „š“ or a quotation mark can look like one of UTF-8, so the
    // greater number decides: in broken UTF-8 nearly all letters are whole.
    let (mut n_letters, mut n_broken) = (0_usize, 0_usize);
    for c in String::from_utf8_lossy(bytes).chars().filter(|c| !c.is_ascii()) {
        *if c == char::REPLACEMENT_CHARACTER { &mut n_broken } else { &mut n_letters } += 1;
    }
    if n_letters >= n_broken {
        return Err(Problem::NotUtf8(at));
    }
    let text = WINDOWS_1250.decode_without_bom_handling(bytes).0.into_owned();
    // Bytes that are a Czech letter in one of the two alone. Some letters of CP852 are marks of windows-1250
    // that people type: „á“ is its no-break space, „ž“ its „§“.
    let is_letter = |c: char| !c.is_ascii() && CZECH_LETTERS.contains(c);
    let is_letter_of_dos = |c: char, byte: u8| !"\u{A0}§‚›".contains(c) && CZECH_LETTERS_OF_DOS.contains(&byte);
    let (mut n_czech, mut n_czech_of_dos) = (0_usize, 0_usize);
    for (c, byte) in text.chars().zip(bytes) {
        match (is_letter(c), is_letter_of_dos(c, *byte)) {
            (true, false) => n_czech += 1,
            (false, true) => n_czech_of_dos += 1,
            _ => {}
        }
    }
    if n_czech_of_dos > n_czech {
        return Err(Problem::Dos(at));
    }
    if is_latin2(bytes) {
        return Err(Problem::Latin2(at));
    }
    let has_controls = text.chars().any(|c| ('\u{80}'..='\u{9F}').contains(&c));
    if has_controls { Err(Problem::NotUtf8(at)) } else { Ok(Cow::Owned(text)) }
}

/// Whether words have „Š“, „Ť“ or „Ž“ where ISO-8859-2 has them and windows-1250 has „©«®ą»ľ“. It has no letters
/// or marks at all from 80 to 9F, where windows-1250 has those letters, its quotation marks and dashes. A single
/// name with „ľ“ is Slovak rather, and where letters stand that only Polish or Slovak has, more words have to say so.
fn is_latin2(bytes: &[u8]) -> bool {
    let is_letter =
        |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, 0xA9 | 0xAB | 0xAE | 0xB9 | 0xBB | 0xBE | 0xC0..=0xFE);
    if bytes.iter().any(|byte| matches!(byte, 0x80..=0x9F)) {
        return false;
    }
    let is_foreign = |byte: &u8| matches!(byte, 0xB3 | 0xBF | 0xE6 | 0xEA | 0xF1 | 0xF4);
    let least = if bytes.iter().any(is_foreign) { 8 } else { 2 };
    let mut known = BTreeSet::new();
    let words = bytes.split(|byte| !is_letter(*byte)).filter(|word| known.insert(*word));
    words.map(weight_of_word).sum::<usize>() >= least
}

/// How much a word of bytes speaks for ISO-8859-2.
fn weight_of_word(word: &[u8]) -> usize {
    let is_small = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, 0xB9 | 0xBB | 0xBE | 0xE0..=0xFE);
    let is_odd = |(index, byte): (usize, &u8)| {
        let before = index.checked_sub(1).and_then(|before| word.get(before));
        let behind = word.get(index + 1);
        match byte {
            // „Scio®test“ has a small letter before its mark, „Word®“ none behind, and capitals are not so.
            0xA9 | 0xAE => behind.is_some() && before.is_none_or(|before| !is_small(*before)),
            // Angular quotation marks touch words from outside.
            0xAB | 0xBB => before.is_some() && behind.is_some(),
            0xBE => word.len() > 1,
            _ => false,
        }
    };
    let begins_with_z = word.first() == Some(&0xAE) && word.get(1).is_some_and(|byte| is_small(*byte));
    if word.len() > 1 && (word.contains(&0xB9) || begins_with_z) {
        2
    } else {
        usize::from(word.iter().enumerate().any(is_odd))
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use encoding_rs::ISO_8859_2;

    use super::*;

    #[test]
    fn csv_from_czech_excel_is_read() {
        let (bytes, _, _) = WINDOWS_1250.encode("opatření;stav\r\nIX/3;ČÁSTEČNĚ\r\n");
        assert_eq!(decode_csv(&bytes).as_deref(), Ok("opatření;stav\r\nIX/3;ČÁSTEČNĚ\r\n"));
        assert_eq!(decode_csv("\u{FEFF}ž".as_bytes()).as_deref(), Ok("ž"));
    }

    #[test]
    fn letters_that_happen_to_look_like_utf8_change_nothing() {
        // „ÚŽ“ is a valid pair of bytes in UTF-8.
        let (bytes, _, _) = WINDOWS_1250.encode("ÚŽ;řeší běžné věci");
        assert_eq!(decode_csv(&bytes).as_deref(), Ok("ÚŽ;řeší běžné věci"));
    }

    #[test]
    fn nearly_valid_utf8_is_not_taken_for_windows_1250() {
        let mut bytes = "příliš žluťoučký".as_bytes().to_vec();
        bytes.push(0xC5);
        assert_eq!(decode_csv(&bytes), Err(Problem::NotUtf8(bytes.len() - 1)));
    }

    #[test]
    fn csv_of_ms_dos_is_not_taken_for_windows_1250() {
        let in_dos = |text: &str| -> Vec<u8> {
            let byte =
                |c: char| CZECH_LETTERS.chars().position(|letter| letter == c).map(|at| CZECH_LETTERS_OF_DOS[at]);
            text.chars().map(|c| byte(c).unwrap_or_else(|| u8::try_from(c).unwrap_or(b'?'))).collect()
        };
        // As `iconv -t CP852` writes it.
        let pangram = b"P\xFD\xA1li\xE7 \xA7lu\x9Cou\x9Fk\xEC k\x85\xE5 \xA3p\xD8l \xD4\xA0belsk\x82 \xA2dy";
        assert_eq!(in_dos("Příliš žluťoučký kůň úpěl ďábelské ódy"), pangram);
        assert_eq!(decode_csv(pangram), Err(Problem::Dos(1)));
        for text in ["opatření;stav\r\nIX/3;ČÁSTEČNĚ\r\n", "řeší ě ř ý zařízení", "É", "splněno; výměna kotlů"]
        {
            assert!(matches!(decode_csv(&in_dos(text)), Err(Problem::Dos(_))), "{text}");
            let (bytes, _, _) = WINDOWS_1250.encode(text);
            assert_eq!(decode_csv(&bytes).as_deref(), Ok(text));
        }
        for text in ["1\u{A0}250;10\u{A0}250", "tri obce (§ 108, § 109 a § 110) bez diakritiky", "výběr v § 5 a § 6"]
        {
            let (bytes, _, _) = WINDOWS_1250.encode(text);
            assert_eq!(decode_csv(&bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn csv_in_iso_8859_2_is_not_taken_for_windows_1250() {
        for text in [
            "Žižkova škola, šťastní žáci těží.",
            "škola",
            "Žádné změny",
            "Společná škola se žáky z partnerského města Wrocław, každý týden, šest šaten, Šumava, žádná změna.",
            "VŠEM, VŠUDE",
            "každý, též",
            "zvláštní",
            "KOSŤA, KOSTŘ, PLŠŤ",
            "šťáva",
            "opatření;stav\r\nIX/3;PLNĚNO;přeložení, které těží",
        ] {
            let (bytes, _, _) = ISO_8859_2.encode(text);
            assert!(matches!(decode_csv(&bytes), Err(Problem::Latin2(_))), "{text}");
            let (bytes, _, _) = WINDOWS_1250.encode(text);
            assert_eq!(decode_csv(&bytes).as_deref(), Ok(text));
        }
        for text in [
            "Opatření v «projektu» a »projektu«",
            "výkon v programu Word®, © Liberec, ©Liberec a © obec",
            "Počet: 5 » výměna, část « 3",
            "pan Kráľ a paní Mąka mají „domluvu“",
            "Poradnu v Semilech vede paní Mgr. Kráľová, otevřena od září.",
            "partneři: Bąk, Wałęsa, będą a są",
            "Microsoft®Office a Word® 365, Scio®test, (©kraj)",
            "obec»město",
        ] {
            let (bytes, _, _) = WINDOWS_1250.encode(text);
            assert_eq!(decode_csv(&bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode_utf8(b"a\0b"), Err(Problem::Binary(1)));
        assert_eq!(decode_utf8(b"a\xFD\0b"), Err(Problem::Binary("a\u{FFFD}".len())));
        assert_eq!(decode_csv(b"\xFF\xFEa\0"), Err(Problem::Utf16));
        assert_eq!(decode_csv(b"a\x81b"), Err(Problem::NotUtf8(1)));
    }

    #[test]
    fn a_byte_order_mark_does_not_count() {
        assert_eq!(decode_utf8(b"\xEF\xBB\xBFa\0b"), Err(Problem::Binary(1)));
        assert_eq!(decode_utf8(b"\xEF\xBB\xBFab\xFF"), Err(Problem::NotUtf8(2)));
        assert_eq!(decode_broken(b"\xEF\xBB\xBFab\xFF"), "ab\u{FFFD}");
    }
}
