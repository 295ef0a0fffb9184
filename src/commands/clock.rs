//! The one place that looks at a clock, for the one command that may: what it prints is about today
//! and is kept nowhere.

use anyhow::Context;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// Today's date in Czech winter time; which time zone the machine thinks it is in does not matter.
#[allow(clippy::disallowed_methods, reason = "how many days are left can only be told by a clock")]
pub fn today() -> anyhow::Result<Date> {
    let now = Timestamp::try_from(std::time::SystemTime::now()).context("hodiny počítače ukazují nesmyslný čas")?;
    Ok(now.to_zoned(TimeZone::fixed(Offset::constant(1))).date())
}
