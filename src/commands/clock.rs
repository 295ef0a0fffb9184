//! The one place that looks at a clock, for the one command that may: what it prints is about today
//! and is kept nowhere.

use anyhow::Context;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// Today's date in Czechia; which time zone the machine thinks it is in does not matter.
#[allow(clippy::disallowed_methods, reason = "how many days are left can only be told by a clock")]
pub fn today() -> anyhow::Result<Date> {
    let now = Timestamp::try_from(std::time::SystemTime::now()).context("hodiny počítače ukazují nesmyslný čas")?;
    Ok(czech_time(now).date())
}

/// The time that clocks in Czechia show. Summer lasts from the last Sunday of March to the last one of
/// October, and both begin and end at one o'clock of universal time, as everywhere in the European Union.
fn czech_time(now: Timestamp) -> DateTime {
    let universal = Offset::UTC.to_datetime(now);
    let switch = |month: i8| {
        let last = Date::new(universal.year(), month, 1).map_or(Date::MIN, Date::last_of_month);
        let after_sunday = i64::from(last.weekday().to_sunday_zero_offset());
        last.saturating_sub(jiff::Span::new().days(after_sunday)).at(1, 0, 0, 0)
    };
    let is_summer = universal >= switch(3) && universal < switch(10);
    Offset::constant(if is_summer { 2 } else { 1 }).to_datetime(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_switched_twice_a_year() {
        for (universal, czech) in [
            ("2025-01-01T22:59:59Z", "2025-01-01T23:59:59"),
            ("2025-01-01T23:00:00Z", "2025-01-02T00:00:00"),
            ("2025-03-30T00:59:59Z", "2025-03-30T01:59:59"),
            ("2025-03-30T01:00:00Z", "2025-03-30T03:00:00"),
            ("2025-03-30T22:00:00Z", "2025-03-31T00:00:00"),
            ("2025-10-25T22:00:00Z", "2025-10-26T00:00:00"),
            ("2025-10-26T00:59:59Z", "2025-10-26T02:59:59"),
            ("2025-10-26T01:00:00Z", "2025-10-26T02:00:00"),
            ("2025-10-26T22:59:59Z", "2025-10-26T23:59:59"),
            // The last day of the month is a Sunday.
            ("2024-03-31T00:59:59Z", "2024-03-31T01:59:59"),
            ("2024-03-31T01:00:00Z", "2024-03-31T03:00:00"),
            ("2027-10-31T00:59:59Z", "2027-10-31T02:59:59"),
            ("2027-10-31T01:00:00Z", "2027-10-31T02:00:00"),
            ("2025-12-31T23:00:00Z", "2026-01-01T00:00:00"),
        ] {
            let now: Timestamp = universal.parse().expect("a time");
            assert_eq!(czech_time(now).to_string(), czech, "{universal}");
        }
    }
}
