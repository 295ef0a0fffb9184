//! Measure ids (`IX/2`) and years, once parsed never wrong.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

/// A measure as the source cites it: area and number, `IX/2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MeasureId {
    /// The area, from 1.
    pub area: AreaNumber,
    /// The measure's number within its area.
    pub number: u16,
}

impl MeasureId {
    /// Reads `IX/2`, forgiving blanks and letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let compact: Cow<'_, str> = if text.contains(char::is_whitespace) {
            text.chars().filter(|c| !c.is_whitespace()).collect()
        } else {
            Cow::Borrowed(text)
        };
        let (area, number) = compact.split_once('/')?;
        if number.is_empty() || number.len() > 4 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let number = number.parse().ok().filter(|&number| number > 0)?;
        Some(Self { area: AreaNumber::parse(area)?, number })
    }

    /// All that an area can have, for ranges of ordered maps.
    pub fn all_of(area: AreaNumber) -> std::ops::RangeInclusive<Self> {
        Self { area, number: 0 }..=Self { area, number: u16::MAX }
    }

    /// Its stable anchor in every format: `opatreni-9-2`.
    pub fn anchor(self) -> String {
        format!("opatreni-{}-{}", self.area.0, self.number)
    }
}

impl fmt::Display for MeasureId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.area, self.number)
    }
}

impl Serialize for MeasureId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The number of an area (*okruh*), written in Roman numerals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaNumber(pub u16);

const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
const TENS: [&str; 10] = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"];
const HUNDREDS: [&str; 4] = ["", "C", "CC", "CCC"];

impl AreaNumber {
    /// Its stable anchor in every format: `okruh-9`.
    pub fn anchor(self) -> String {
        format!("okruh-{}", self.0)
    }

    /// Reads Roman numerals from I to CCCXCIX; only the one proper spelling counts.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_upper = text.bytes().all(|byte| byte.is_ascii_uppercase());
        let text = if is_upper { Cow::Borrowed(text) } else { Cow::Owned(text.to_ascii_uppercase()) };
        let from =
            |digits: [u8; 2], end: usize| text.bytes().take(end).position(|byte| digits.contains(&byte)).unwrap_or(end);
        let ones = from(*b"IV", text.len());
        let tens = from(*b"XL", ones);
        let digit = |numerals: &[&str], range| {
            let numeral = text.get(range)?;
            numerals.iter().zip(0_u16..).find(|(it, _)| **it == numeral).map(|(_, digit)| digit)
        };
        let ones = digit(&ONES, ones..text.len())? + 10 * digit(&TENS, tens..ones)?;
        Some(Self(ones + 100 * digit(&HUNDREDS, 0..tens)?)).filter(|number| number.0 > 0)
    }
}

impl fmt::Display for AreaNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = |worth: u16| usize::from(self.0 / worth % 10);
        (0..self.0 / 100).try_for_each(|_| formatter.write_str("C"))?;
        formatter.write_str(TENS[digit(10)])?;
        formatter.write_str(ONES[digit(1)])
    }
}

impl Serialize for AreaNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The name of a period: its last year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Year(pub u16);

impl Year {
    /// Reads four digits, the first of which is no zero: no strategy is that old.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_year = text.len() == 4 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
        is_year.then(|| text.parse().ok().map(Self)).flatten()
    }
}

impl fmt::Display for Year {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_are_read_as_people_write_them() {
        let id = MeasureId { area: AreaNumber(9), number: 2 };
        for text in ["IX/2", " ix / 2", "IX /\u{A0}2", "IX/02"] {
            assert_eq!(MeasureId::parse(text), Some(id), "{text}");
        }
        for text in ["", "9/2", "IIX/2", "VIIII/2", "IX/0", "IX/", "IX/2a", "IX", "IX/-2", "IX/+2", "IX/99999", "ıX/2"]
        {
            assert_eq!(MeasureId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn years_are_four_digits_without_a_leading_zero() {
        for (text, year) in
            [("2023", Some(2023)), (" 2023 ", Some(2023)), ("999", None), ("0999", None), ("202x", None)]
        {
            assert_eq!(Year::parse(text), year.map(Year), "{text}");
        }
    }

    proptest! {
        #[test]
        fn written_ids_are_read_back(area in 1_u16..400, number in 1_u16..9999) {
            let id = MeasureId { area: AreaNumber(area), number };
            prop_assert_eq!(MeasureId::parse(&id.to_string()), Some(id));
        }

        #[test]
        fn no_text_breaks_the_parser(text in "\\PC*") {
            if let Some(id) = MeasureId::parse(&text) {
                prop_assert_eq!(MeasureId::parse(&id.to_string()), Some(id));
            }
        }
    }
}
