//! An e-mail address, a telephone number or a birth number in a comment or reason.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::{Check, MarkdownText, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "osobni-udaj",
    severity: Severity::Warning,
    title: "V textu je osobní údaj",
    explanation: "Zpráva se zveřejňuje. E-mailová adresa, telefonní číslo ani rodné číslo do ní nepatří, i kdyby byly služební: ke zprávě nejsou potřeba a z webu se už nedají vzít zpět. Hledají se i v textech k opatřením, která se nesledují: ve zprávě nejsou, veřejná jsou ale i data.",
    example: "komentar: Přihlášky přijímá vedoucí odboru, tel. 601 234 567.",
    mend: "Údaj smažte. Obecná adresa či telefon úřadu patří na jeho web; odkažte na něj. Starší verze souborů zůstávají v historii gitu; šlo-li o údaj soukromé osoby, řekněte to koordinátorovi.",
    checks: &[Check::EveryText(check)],
};

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Email,
    Telephone,
    BirthNumber,
}

/// The same datum twice in one text is one fault. Messages never repeat what was found: they get
/// into logs.
fn check(facts: &PeriodFacts<'_>, text: MarkdownText<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let MarkdownText { measure, whereabouts, text } = text;
    let mut known = BTreeSet::new();
    let aligned = facts.files.aligned(text);
    for (kind, range) in personal_data(&text.value) {
        if known.insert(text.value[range.clone()].to_lowercase()) {
            let place = aligned.place(range);
            let message = format!("{whereabouts} je {}", kind.name());
            diagnostics.push(Diagnostic::new(&RULE, place, message).about(measure).help(kind.help()));
        }
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Email => "e-mailová adresa",
            Self::Telephone => "telefonní číslo",
            Self::BirthNumber => "rodné číslo",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Email => "smažte ji; obecná adresa úřadu patří na jeho web, na ten můžete odkázat",
            Self::Telephone => "smažte ho; telefon úřadu patří na jeho web, na ten můžete odkázat",
            Self::BirthNumber => {
                "smažte ho a řekněte o něm koordinátorovi: pokud už je v historii gitu, zůstává v ní i po smazání"
            }
        }
    }
}

/// All personal data of a text in the order they stand in it.
fn personal_data(text: &str) -> Vec<(Kind, Range<usize>)> {
    // None has fewer digits, or no such sign; nearly all texts end here.
    if n_digits(text) < 9 && memchr::memchr(b'@', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut found: Vec<(Kind, Range<usize>)> = emails(text).map(|range| (Kind::Email, range)).collect();
    found.extend(numbers(text).filter_map(|number| Some((number.kind()?, number.range.clone()))));
    found.sort_by_key(|(kind, range)| (range.start, *kind));
    found
}

/// Counted by blocks of bytes, which a processor does at once.
fn n_digits(text: &str) -> usize {
    let of_block = |block: &[u8]| usize::from(block.iter().map(|byte| u8::from(byte.is_ascii_digit())).sum::<u8>());
    text.as_bytes().chunks(128).map(of_block).sum()
}

/// `name@domain.cz`; the domain has a dot and ends with letters.
fn emails(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memchr_iter(b'@', text.as_bytes()).filter_map(|at| {
        let name = text[..at].rfind(|c: char| !(c.is_alphanumeric() || ".!#$%&+-_".contains(c)));
        let start = name.map_or(0, |before| before + text[before..].chars().next().map_or(0, char::len_utf8));
        let start = at - text[start..at].trim_start_matches(['.', '-', '_', '!', '#', '$', '%', '&', '+']).len();
        let rest = &text[at + 1..];
        let domain = &rest[..rest.find(|c: char| !(c.is_alphanumeric() || ".-".contains(c))).unwrap_or(rest.len())];
        let domain = domain.trim_end_matches(['.', '-']);
        let (host, top) = domain.rsplit_once('.')?;
        let is_domain = !host.is_empty() && top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
        (start < at && is_domain).then(|| start..at + 1 + domain.len())
    })
}

/// Digits that belong together: in groups parted by single blanks, hyphens or slashes.
struct Number<'t> {
    text: &'t str,
    /// Where it stands, from the plus sign where there is one.
    range: Range<usize>,
}

/// All groups of digits that stand by themselves, not within a word or a longer number.
fn numbers(text: &str) -> impl Iterator<Item = Number<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.as_bytes()[at..].iter().position(u8::is_ascii_digit)?;
        let end = end_of_number(text, start);
        at = end;
        let has_plus = text[..start].ends_with('+');
        Some(Number { text, range: start - usize::from(has_plus)..end })
    })
}

fn end_of_number(text: &str, start: usize) -> usize {
    let mut end = start;
    loop {
        end += text[end..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - end);
        let mut rest = text[end..].chars();
        let joint = rest.next().filter(|c| matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '-' | '/'));
        match joint {
            Some(joint) if rest.next().is_some_and(|c| c.is_ascii_digit()) => end += joint.len_utf8(),
            _ => return end,
        }
    }
}

impl Number<'_> {
    fn kind(&self) -> Option<Kind> {
        // Neither kind has fewer digits.
        if self.range.len() < 9 || self.touches_a_word() {
            return None;
        }
        let written = self.text[self.range.clone()].replace(['\u{A0}', '\u{202F}', '-'], " ");
        if is_birth_number(&written) {
            return Some(Kind::BirthNumber);
        }
        let is_telephone = match written.strip_prefix('+').or_else(|| written.strip_prefix("00")) {
            Some(rest) => rest.strip_prefix("420").is_some_and(|rest| is_telephone(rest.trim_start())),
            None => is_telephone(&written) && !self.is_money(),
        };
        is_telephone.then_some(Kind::Telephone)
    }

    /// Whether a letter, or a sign that joins numbers and names, stands right beside it.
    fn touches_a_word(&self) -> bool {
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '/' | '_' | '=' | '%' | '@' | '-');
        let before = self.text[..self.range.start].chars().next_back();
        let mut after = self.text[self.range.end..].chars();
        let next = after.next();
        let is_decimal =
            matches!(next, Some('.' | ',')) && after.next().is_some_and(|c| c.is_ascii_digit() || c == '-');
        let is_end_of_decimal = matches!(before, Some('.' | ','))
            && self.text[..self.range.start].chars().nth_back(1).is_some_and(|c| c.is_ascii_digit());
        before.is_some_and(joins) || next.is_some_and(joins) || is_decimal || is_end_of_decimal
    }

    /// Whether it counts money: so says the word before or behind it, or that it is round.
    fn is_money(&self) -> bool {
        let says_money = |word: &str| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '€').to_lowercase();
            matches!(word.as_str(), "kč" | "czk" | "eur" | "€" | "tis" | "mil" | "mld") || word.starts_with("korun")
        };
        let before = self.text[..self.range.start].split_whitespace().next_back().unwrap_or_default();
        let behind = self.text[self.range.end..].split_whitespace().next().unwrap_or_default();
        self.text[self.range.clone()].ends_with("000") || says_money(before) || says_money(behind)
    }
}

/// Nine digits at once or by threes, as Czech numbers of people and offices begin.
fn is_telephone(written: &str) -> bool {
    let groups: Vec<&str> = written.split(' ').collect();
    let is_grouped = matches!(groups.as_slice(), [_]) || groups.iter().all(|group| group.len() == 3);
    let digits = groups.concat();
    is_grouped
        && digits.len() == 9
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(digits.as_bytes(), [b'2'..=b'7', ..] | [b'9', b'5' | b'7', ..])
}

/// `YYMMDD/XXXX`, also without the slash; women have 50 added to the month, and 20 may be added to
/// either. Ten digits are divisible by eleven, nine were given until 1953 and have no check digit.
fn is_birth_number(written: &str) -> bool {
    let (date, tail) = written.split_once('/').unwrap_or_else(|| written.split_at_checked(6).unwrap_or_default());
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_shaped = date.len() == 6 && is_digits(date) && is_digits(tail);
    let number = |digits: &str| digits.parse::<u64>().unwrap_or_default();
    if !is_shaped
        || !matches!(number(&date[2..4]), 1..=12 | 21..=32 | 51..=62 | 71..=82)
        || !matches!(number(&date[4..]), 1..=31)
    {
        return false;
    }
    match tail.len() {
        3 => written.contains('/') && number(&date[..2]) <= 53,
        4 => {
            let whole = number(&format!("{date}{tail}"));
            // The last digit is what remains of the others divided by eleven; until 1985 a ten was written as a zero.
            whole % 10 == whole / 10 % 11 % 10
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::testing::{commented, findings, helps, marked};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn each_kind_is_found_where_it_stands() {
        for (comment, at, what) in [
            ("Pište na osv@example.cz.", "5:24", "e-mailová adresa"),
            ("Viz <osv@example.cz>.", "5:20", "e-mailová adresa"),
            ("Viz [nás](mailto:osv.odbor@uo.example.cz).", "5:32", "e-mailová adresa"),
            ("Volejte 601234567.", "5:23", "telefonní číslo"),
            ("Volejte 601 234 567.", "5:23", "telefonní číslo"),
            ("Volejte 950 123 456, denně.", "5:23", "telefonní číslo"),
            ("Volejte 974811111.", "5:23", "telefonní číslo"),
            ("Volejte 485-226-111", "5:23", "telefonní číslo"),
            ("Volejte +420 601\u{A0}234\u{A0}567, denně.", "5:23", "telefonní číslo"),
            ("Volejte +420601234567", "5:23", "telefonní číslo"),
            ("Volejte 00420 601 234 567", "5:23", "telefonní číslo"),
            ("Klient (r. č. 855101/0006).", "5:29", "rodné číslo"),
            ("Klient 8551010006.", "5:22", "rodné číslo"),
            ("Klient 780101/0020.", "5:22", "rodné číslo"),
            ("Klient 450101/123.", "5:22", "rodné číslo"),
            ("|\n      Odstavec.\n\n      - tel. 601 234 567", "8:14", "telefonní číslo"),
        ] {
            let expected = format!("{PATH}:{at}: v komentáři je {what}");
            assert_eq!(findings(&RULE, &[(PATH, &commented(comment))]), [expected], "{comment}");
        }
    }

    #[test]
    fn a_datum_is_marked_from_end_to_end() {
        for (comment, datum) in [
            ("Pište na osv@example.cz.", "osv@example.cz"),
            ("Volejte +420 601 234 567 denně.", "+420 601 234 567"),
            ("Tel.601 234 567", "601 234 567"),
            ("Klient 855101/0006, muž.", "855101/0006"),
        ] {
            assert_eq!(marked(&RULE, &[(PATH, &commented(comment))]), [datum], "{comment}");
        }
    }

    #[test]
    fn the_same_datum_twice_is_one_finding_and_two_data_are_two() {
        assert_eq!(findings(&RULE, &[(PATH, &commented("Viz [a@example.cz](mailto:A@example.cz)"))]).len(), 1);
        assert_eq!(findings(&RULE, &[(PATH, &commented("a@example.cz, 601 234 567; 601 234 568"))]).len(), 3);
    }

    #[test]
    fn messages_do_not_repeat_it_and_advise_to_delete_it() {
        let text = commented("Klient 855101/0006, 601 234 567, a234@example.cz.");
        let helps = helps(&RULE, &[(PATH, &text)]);
        assert_eq!(helps.len(), 3);
        assert!(helps.iter().all(|help| help.starts_with("smažte ")), "{helps:?}");
        for words in findings(&RULE, &[(PATH, &text)]).into_iter().chain(helps) {
            assert!(!words.contains("0006") && !words.contains("234"), "{words}");
        }
    }

    #[test]
    fn reasons_of_decisions_are_looked_into() {
        let decision = "vyhodnoceni:\n  - opatreni: I/1\n    stav: PLNĚNO\n    duvod: Ověřeno na osv@example.cz.\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/vyhodnoceni.yaml", decision)]),
            ["obdobi/2023/vyhodnoceni.yaml:4:23: v důvodu rozhodnutí je e-mailová adresa"]
        );
    }

    #[test]
    fn other_numbers_and_signs_are_not_found() {
        for comment in [
            "Usnesení 513/21/ZK a 601/21/ZK/123.",
            "V letech 2021-2023, 2021/2022 a k 31. 12. 2023.",
            "Program č. 7.10 a opatření IX/2.",
            "Rozděleno 601 234 567 Kč.",
            "Rozděleno 601 234 567,- Kč a 601 234 567,50 Kč.",
            "Rozděleno Kč 601 234 567.",
            "Rozděleno 250 000 000 a 500.000 Kč.",
            "Rozděleno 1 601 234 567.",
            "Spis 601 234 567 890 a 60 1234 567.",
            "Celkem 15 195 dětí, 240 MŠ, 601 234 osob.",
            "IČO 70891508, účet 601234567/0100.",
            "Spis KULK601234567 a 601234567a.",
            "Číslo 123 456 789 a 901 234 567.",
            "Číslo 855101/0004 a 851301/0000.",
            "Číslo 990101/123.",
            "Číslo 4501011/123 a 1/23456789.",
            "Viz https://example.cz/601234567 a https://example.cz/@odbor.",
            "Poměr 3@4, @odbor, a@b a x@y.z.",
            "Píšeme jako @odbor.example.cz.",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, &commented(&format!("'{comment}'")))]), [""; 0], "{comment}");
        }
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_search(text in "[0-9 +/.@č–\u{A0}a\\PC-]{0,60}") {
            for (_, range) in personal_data(&text) {
                prop_assert!(text.get(range).is_some_and(|found| !found.is_empty()));
            }
        }
    }
}
