//! Deadlines (*termín plnění*). The source knows three kinds: a fixed month, an ongoing duty with
//! a last month, and a condition.

use std::fmt;

use jiff::civil::Date;

use crate::model::text::{fold, one_line, squash};

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// Reads `12/2024`, with blanks around the parts or a missing leading zero.
    fn parse(text: &str) -> Option<Self> {
        let (month, year) = text.split_once('/')?;
        let (month, year) = (month.trim(), year.trim());
        let is_number = |part: &str, lengths: &[usize]| {
            lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_number(month, &[1, 2]) || !is_number(year, &[4]) {
            return None;
        }
        let (month, year) = (month.parse().ok()?, year.parse().ok()?);
        Date::new(year, month, 1).ok().filter(|_| year >= 1900).map(|_| Self { year, month })
    }

    /// The last day of the month.
    pub fn last_day(self) -> Date {
        Date::new(self.year, self.month, 1).map_or(Date::MAX, Date::last_of_month)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}/{}", self.month, self.year)
    }
}

/// When a measure is to be fulfilled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deadline {
    /// By the end of one month. Only such a measure has *a set deadline*.
    Month(Month),
    /// All the time, up to the end of a month.
    OngoingUntil(Month),
    /// After something has happened; the whole text on one line, beginning with „po “.
    Conditional(String),
}

impl Deadline {
    /// Reads a deadline as people write it: `12 /2023`, `Průběžně do 12 / 2027`, `po přijetí zákona`.
    pub fn parse(text: &str) -> Option<Self> {
        let written = text;
        let text = squash(written);
        if let Some(month) = Month::parse(&text) {
            return Some(Self::Month(month));
        }
        if let Some(rest) = text.strip_prefix("průběžně") {
            let rest = rest.trim_start();
            return Month::parse(rest.strip_prefix("do ")?).map(Self::OngoingUntil);
        }
        let condition = text.strip_prefix("po ")?;
        condition.chars().any(char::is_alphabetic).then(|| Self::Conditional(one_line(written)))
    }

    /// What a text that is no deadline probably meant: `prosinec 2024`, `31. 12. 2024`, `2024-12`,
    /// `3. čtvrtletí 2024`. Nothing for one that names two years or two months, counts years, says from when on or
    /// takes a part of a year (`1/2 2024`).
    pub fn guess(text: &str) -> Option<String> {
        let text = fold(text);
        let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
        let mut years = numbers.iter().enumerate().filter(|(_, part)| part.len() == 4);
        let is_of_another_kind = has(SPANS) || has(NO_END) || has_fraction(&text);
        let (Some((at, year)), None, false) = (years.next(), years.next(), is_of_another_kind) else { return None };
        let mut named = (1_u16..).zip(MONTHS).filter(|(_, names)| has(names)).map(|(month, _)| month);
        let part = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
        // A day of the year is written from either end.
        let number = at.checked_sub(1).or(Some(at + 1)).and_then(|at| numbers.get(at));
        // „I. a II. čtvrtletí“ are two of them; there is no fifth one, so „v“ is the preposition.
        let numerals = words.iter().filter(|word| **word != "v").filter_map(|word| roman_number(word));
        let counted = || match (numbers.as_slice(), numerals.collect::<Vec<_>>().as_slice()) {
            ([_, _], []) => number?.parse::<u8>().ok().map(u16::from),
            ([_], [numeral]) => Some(*numeral),
            _ => None,
        };
        let month = match (named.next(), named.next()) {
            (Some(month), None) => month,
            (Some(_), Some(_)) => return None,
            (None, _) if part(&["ctvrtl", "kvart"]) || has(&["q"]) => counted()? * 3,
            (None, _) if part(&["pololet", "polovin"]) || has(&["pol"]) => counted()? * 6,
            (None, _) => match beside_year(&text, year) {
                Some(month) => month,
                None if numbers.len() == 1 && words.iter().all(|word| OF_A_YEAR.contains(word)) => 12,
                None => return None,
            },
        };
        let month = Month::parse(&format!("{month}/{year}"))?;
        let is_ongoing = has(&["prub"]) || part(&["prubez"]);
        Some(if is_ongoing { format!("průběžně do {month}") } else { month.to_string() })
    }

    /// The last day on which the measure is in time; a condition has none.
    pub fn last_day(&self) -> Option<Date> {
        match self {
            Self::Month(month) | Self::OngoingUntil(month) => Some(month.last_day()),
            Self::Conditional(_) => None,
        }
    }

    /// Whether it names one month, so that the measure can be SPLNĚNO (method, Shrnutí).
    pub fn is_set(&self) -> bool {
        matches!(self, Self::Month(_))
    }

    /// Set ones come first, conditional ones last.
    pub fn rank(&self) -> u8 {
        match self {
            Self::Month(_) => 0,
            Self::OngoingUntil(_) => 1,
            Self::Conditional(_) => 2,
        }
    }

    /// The Czech name of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Month(_) => "pevný",
            Self::OngoingUntil(_) => "průběžný",
            Self::Conditional(_) => "podmíněný",
        }
    }
}

/// The Czech names of months, in the cases that deadlines have, as [`fold`] makes them.
const MONTHS: [&[&str]; 12] = [
    &["leden", "ledna", "lednu"],
    &["unor", "unora", "unoru"],
    &["brezen", "brezna", "breznu"],
    &["duben", "dubna", "dubnu"],
    &["kveten", "kvetna", "kvetnu"],
    &["cerven", "cervna", "cervnu"],
    &["cervenec", "cervence", "cervenci"],
    &["srpen", "srpna", "srpnu"],
    &["zari"],
    &["rijen", "rijna", "rijnu"],
    &["listopad", "listopadu"],
    &["prosinec", "prosince", "prosinci"],
];

/// Months are counted like this too, and quarters and halves of a year.
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

fn roman_number(word: &str) -> Option<u16> {
    (1..).zip(ROMAN).find(|(_, numeral)| *numeral == word).map(|(number, _)| number)
}

/// The month right before a year, or right behind it where it comes first: `12. 2024`, `XII/2024`, `2024-12`. A
/// number further away counts something else.
fn beside_year(text: &str, year: &str) -> Option<u16> {
    let (before, behind) = text.split_once(year)?;
    let separators = [' ', '.', '/', '-'];
    let written = before.trim_end_matches(separators);
    let word = written.rsplit(|c: char| !c.is_alphanumeric()).next().filter(|word| !word.is_empty());
    let Some(word) = word.filter(|_| written.ends_with(char::is_alphanumeric)) else {
        let behind = behind.trim_start_matches(separators);
        let digits = &behind[..behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len())];
        return digits.parse().ok().filter(|_| digits.len() < 3);
    };
    let is_marked = before[written.len()..].contains(['.', '/']) || matches!(word, "x" | "xi" | "xii");
    word.parse().ok().filter(|_| word.len() < 3).or_else(|| roman_number(word).filter(|_| is_marked))
}

/// Whether a text has a half, a third or a quarter, which no day and month is (`31/12 2024`).
fn has_fraction(text: &str) -> bool {
    let is_fraction = |word: &str| {
        let parts = word.trim_matches(|c: char| !c.is_alphanumeric()).split_once('/');
        let numbers = parts.and_then(|(part, whole)| Some((part.parse::<u8>().ok()?, whole.parse::<u8>().ok()?)));
        numbers.is_some_and(|(part, whole)| (2..=4).contains(&whole) && part <= whole)
    };
    text.contains(['½', '¼', '¾']) || text.split_whitespace().any(is_fraction)
}

/// Words of a number of years or of something else that is counted: the number beside them is no month.
const SPANS: &[&str] = &["mesicu", "etapa", "etapy", "faze", "vyzva", "let", "lety", "letech", "roky"];

/// Words before a month in which something else happens than the end.
const NO_END: &[&str] = &["od", "po", "pred", "nejdrive", "nejdriv", "drive", "driv", "pocinaje"];

/// Words around a year that is meant to its end.
const OF_A_YEAR: &[&str] = &[
    "do",
    "v",
    "k",
    "ke",
    "konce",
    "konec",
    "konci",
    "koncem",
    "rok",
    "roku",
    "roce",
    "r",
    "behem",
    "prubehu",
    "vcetne",
    "nejpozdeji",
    "prubezne",
    "prub",
];

impl fmt::Display for Deadline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(month) => month.fmt(formatter),
            Self::OngoingUntil(month) => write!(formatter, "průběžně do {month}"),
            Self::Conditional(text) => formatter.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_spelling_of_the_source_is_read() {
        for (text, written) in [
            ("12 / 2024", "12/2024"),
            ("12 /2023", "12/2023"),
            ("7/2025", "07/2025"),
            ("01 / 2024", "01/2024"),
            ("průběžně \ndo 12 / 2027", "průběžně do 12/2027"),
            ("Průběžně\u{A0}do 12/2027", "průběžně do 12/2027"),
            ("po přijetí zákona", "po přijetí zákona"),
            ("Po projednání\n  v Radě LK – PS RSK", "Po projednání v Radě LK – PS RSK"),
            ("12/1900", "12/1900"),
        ] {
            assert_eq!(Deadline::parse(text).map(|deadline| deadline.to_string()).as_deref(), Some(written), "{text}");
        }
    }

    #[test]
    fn what_is_no_deadline_is_refused_and_guessed() {
        for (text, guess) in [
            ("13/2024", None),
            ("0/2024", None),
            ("12/24", None),
            ("012/2024", None),
            ("+1/2024", Some("01/2024")),
            ("1/+202", None),
            ("12/1899", None),
            ("po 2. 12.", None),
            ("2024 až 2025", None),
            ("průběžně", None),
            ("po", None),
            ("", None),
            ("do 12/2024", Some("12/2024")),
            ("31. 12. 2024", Some("12/2024")),
            ("prosinec 2024", Some("12/2024")),
            ("průběžně 12/2027", Some("průběžně do 12/2027")),
            ("prubezne do 12/2027", Some("průběžně do 12/2027")),
            ("2024", Some("12/2024")),
            ("1. leden 2024", Some("01/2024")),
            ("do konce června 2024", Some("06/2024")),
            ("6/2024, do 120 dnů", Some("06/2024")),
            ("2024, červen", Some("06/2024")),
            ("červen, případně srpen 2024", None),
            ("od 01/2025 do 12/2027", None),
            ("průběžně od 1/2025 do 12/2027", None),
            ("1. 9. 2025 - 30. 6. 2026", None),
            ("2 roky od roku 2025", None),
            ("do 3 let (2027)", None),
            ("jaro 2025", None),
            ("do konce roku 2024", Some("12/2024")),
            ("do konce rijna 2024", Some("10/2024")),
            ("2024-11-30", Some("11/2024")),
            ("2024-012", None),
            ("2. čtvrtletí 2025", Some("06/2025")),
            ("I. čtvrtletí 2025", Some("03/2025")),
            ("2025, 3. čtvrtletí", Some("09/2025")),
            ("65535. čtvrtletí 2025", None),
            ("4Q 2025", Some("12/2025")),
            ("Q3/2025", Some("09/2025")),
            ("5. čtvrtletí 2025", None),
            ("1. pololetí 2025", Some("06/2025")),
            ("průběžně do II. pololetí 2025", Some("průběžně do 12/2025")),
            ("první pololetí 2025", None),
            ("I. pol. 2025", Some("06/2025")),
            ("2. pol. 2025", Some("12/2025")),
            ("průběžně do konce r. 2025", Some("průběžně do 12/2025")),
            ("v průběhu roku 2025 (včetně)", Some("12/2025")),
            ("1. XII. 2025", Some("12/2025")),
            ("2025 i později", None),
            ("I. a II. čtvrtletí 2025", None),
            ("1.–2. čtvrtletí 2025", None),
            ("2. čtvrtl. 2025", Some("06/2025")),
            ("V/2025", Some("05/2025")),
            ("v r. 2025", Some("12/2025")),
            ("III. etapa 2025", None),
            ("etapa II. 2025", None),
            ("do 2 měsíců od 1. 1. 2025", None),
            ("do XII 2025", Some("12/2025")),
            ("ke konci roku 2025", Some("12/2025")),
            ("2. etapa 2025", None),
            ("etapa II 2025", None),
            ("2025 (I. etapa)", None),
            ("fáze I, 2025", None),
            ("červenec 2024", Some("07/2024")),
            ("do 12/2026 průběžně", Some("průběžně do 12/2026")),
            ("do konce r. 2026 průb.", Some("průběžně do 12/2026")),
            ("12/2026 (v průběhu roku)", Some("12/2026")),
            ("od 09/2026", None),
            ("průběžně od 9/2026", None),
            ("nejdříve 9/2026", None),
            ("ne dříve než 9/2026", None),
            ("před 6/2026", None),
            ("před červnem 2026", None),
            ("po 6/2026", None),
            ("odbor, předpoklad 6/2026", Some("06/2026")),
            ("1/2 2026", None),
            ("do 1/2 2026", None),
            ("1/4 2026", None),
            ("4/4 2026", None),
            ("2026, 1/2", None),
            ("2026 (1/2 roku)", None),
            ("½ 2026", None),
            ("31/12 2026", Some("12/2026")),
            ("15/4 2026", Some("04/2026")),
            ("1/6 2026", Some("06/2026")),
            ("30/4/2026", Some("04/2026")),
            ("2026/4/30", Some("04/2026")),
            ("v I. Q. 2026", Some("03/2026")),
            ("v III. čtvrtletí 2026", Some("09/2026")),
            ("v 3. čtvrtletí 2026", Some("09/2026")),
            ("v II. pol. 2026", Some("12/2026")),
            ("v I. a II. Q 2026", None),
        ] {
            assert_eq!(Deadline::parse(text), None, "{text}");
            assert_eq!(Deadline::guess(text).as_deref(), guess, "{text}");
        }
    }

    #[test]
    fn last_day_is_that_of_the_month() {
        let last_day = |text| Deadline::parse(text).and_then(|deadline: Deadline| deadline.last_day());
        assert_eq!(last_day("02/2024"), Some(date(2024, 2, 29)));
        assert_eq!(last_day("průběžně do 12/2027"), Some(date(2027, 12, 31)));
        assert_eq!(last_day("po přijetí zákona"), None);
    }

    #[test]
    fn only_one_month_is_a_set_deadline_and_set_ones_come_first() {
        let mut ranks = Vec::new();
        for (text, is_set, kind) in [
            ("02/2024", true, "pevný"),
            ("průběžně do 12/2027", false, "průběžný"),
            ("po přijetí zákona", false, "podmíněný"),
        ] {
            let deadline = Deadline::parse(text).expect(text);
            assert_eq!((deadline.is_set(), deadline.kind()), (is_set, kind), "{text}");
            ranks.push(deadline.rank());
        }
        assert!(ranks.is_sorted_by(|a, b| a < b), "{ranks:?}");
    }

    proptest! {
        #[test]
        fn what_is_read_is_read_back_the_same(text in "(průběžně do )?[0-9]{1,2} ?/ ?[0-9]{4}|po \\PC{0,20}|\\PC{0,20}") {
            if let Some(deadline) = Deadline::parse(&text) {
                prop_assert_eq!(Deadline::parse(&deadline.to_string()), Some(deadline));
            }
            if let Some(guess) = Deadline::guess(&text) {
                prop_assert!(Deadline::parse(&guess).is_some());
            }
        }
    }
}
