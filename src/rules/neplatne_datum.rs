//! A date that is none.

use crate::diagnostic::{Diagnostic, Severity};
use jiff::civil::Date;

use crate::model::one_line;
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatne-datum",
    severity: Severity::Error,
    title: "Neplatné datum",
    explanation: "Data se v souborech píší jako rok-měsíc-den, aby se nedal splést den s měsícem.",
    example: "od: 1. 1. 2022",
    mend: "Napište datum například jako 2022-01-01.",
    checks: &[],
};

/// A text that is no date.
pub fn finding(text: &Text) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, text.place, format!("„{}“ není datum", one_line(&text.value)));
    match guess(&text.value) {
        Some(date) => diagnostic.help(format!("napište „{date}“")).replace_with(date),
        None if is_complete(&text.value) => diagnostic.help("takový den v kalendáři není, opravte měsíc nebo den"),
        None => diagnostic.help("pište rok-měsíc-den, například „2023-12-31“"),
    }
}

/// Whether it is written as dates are, so that only the calendar has it not.
fn is_complete(text: &str) -> bool {
    let text = text.trim().as_bytes();
    text.len() == 10
        && text.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// The date meant by `31. 12. 2023` or `2023-1-5`.
fn guess(text: &str) -> Option<String> {
    let numbers: Vec<i16> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(str::parse)
        .collect::<Result<_, _>>()
        .ok()?;
    let (year, month, day) = match numbers[..] {
        [day, month, year] if year > 999 => (year, month, day),
        [year, month, day] if year > 999 => (year, month, day),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps, mended};

    const PATH: &str = "obdobi/2023/obdobi.yaml";

    #[test]
    fn another_way_to_write_a_date_is_found_and_mended() {
        for written in ["1. 1. 2022", "1.1.2022", "2022-1-1"] {
            let text = edited(PATH, "2022-01-01", written);
            let expected = format!("obdobi/2023/obdobi.yaml:2:5: „{written}“ není datum");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected]);
            assert_eq!(mended(&RULE, &[(PATH, &text)]), ["od: 2022-01-01"], "{written}");
        }
    }

    #[test]
    fn a_day_that_there_is_not_is_found_and_nothing_suggested() {
        let (how, no_such_day) =
            ("pište rok-měsíc-den, například „2023-12-31“", "takový den v kalendáři není, opravte měsíc nebo den");
        for (written, help) in [
            ("31. 2. 2022", how),
            ("leden 2022", how),
            ("2022-01", how),
            ("2022-02-30", no_such_day),
            ("2022-13-01", no_such_day),
            ("1. 1. 22", how),
            ("1. 1. 999", how),
            ("999-1-1", how),
        ] {
            let text = edited(PATH, "2022-01-01", written);
            let expected = format!("obdobi/2023/obdobi.yaml:2:5: „{written}“ není datum");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [help], "{written}");
        }
    }

    #[test]
    fn dates_in_order_of_size_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
