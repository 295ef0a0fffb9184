//! The four statuses and how several of them make one (method, Shrnutí of the published report).

use std::fmt;

use serde::{Serialize, Serializer};

use crate::model::text::squash;

/// How far a measure is fulfilled (*stav plnění*), from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// SPLNĚNO: done for good.
    Done,
    /// PLNĚNO: being fulfilled.
    Fulfilled,
    /// ČÁSTEČNĚ: fulfilled in part.
    Partly,
    /// NEPLNĚNO: not fulfilled.
    Unfulfilled,
}

impl Status {
    /// All of them, from best to worst.
    pub const ALL: [Self; 4] = [Self::Done, Self::Fulfilled, Self::Partly, Self::Unfulfilled];

    /// The word that data and exports use.
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "SPLNĚNO",
            Self::Fulfilled => "PLNĚNO",
            Self::Partly => "ČÁSTEČNĚ",
            Self::Unfulfilled => "NEPLNĚNO",
        }
    }

    /// The name of its count in YAML and in the columns of exports.
    pub fn column(self) -> &'static str {
        match self {
            Self::Done => "splneno",
            Self::Fulfilled => "plneno",
            Self::Partly => "castecne",
            Self::Unfulfilled => "neplneno",
        }
    }

    /// Reads a status, forgiving blanks and letter case; the long form „ČÁSTEČNĚ PLNĚNO“ counts.
    pub fn parse(text: &str) -> Option<Self> {
        let spellings = Self::spellings();
        // Nearly all are spelled as they should be, and there may be a million of them.
        let exact = spellings.iter().find(|(spelling, _)| *spelling == text);
        let found = exact.or_else(|| {
            let text = squash(text);
            spellings.iter().find(|(spelling, _)| squash(spelling) == text)
        });
        found.map(|(_, status)| *status)
    }

    /// Every spelling of a status, blanks and letter case aside.
    pub fn spellings() -> [(&'static str, Self); 5] {
        let [done, fulfilled, partly, unfulfilled] = Self::ALL.map(|status| (status.code(), status));
        [done, fulfilled, partly, ("ČÁSTEČNĚ PLNĚNO", Self::Partly), unfulfilled]
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_read_as_people_write_them() {
        for (text, status) in [
            ("SPLNĚNO", Some(Status::Done)),
            (" plněno ", Some(Status::Fulfilled)),
            ("Částečně\u{A0} plněno", Some(Status::Partly)),
            ("C\u{30C}a\u{301}stec\u{30C}ne\u{30C}", Some(Status::Partly)),
            ("neplněno", Some(Status::Unfulfilled)),
            ("castecne", None),
            ("", None),
        ] {
            assert_eq!(Status::parse(text), status, "{text}");
        }
    }
}
