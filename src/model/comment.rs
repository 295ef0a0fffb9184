//! Comments of the comment procedure (*připomínky*) and how they were settled (*vypořádání*).

use std::fmt;

use serde::{Serialize, Serializer};

use crate::model::text::squash;
use crate::model::{AreaNumber, BodyId, MeasureId};
use crate::source::{Located, Place, Text};

/// What somebody had to say of the draft of the report.
#[derive(Debug)]
pub struct Comment {
    /// Who; the place is where it is named.
    pub author: Located<Author>,
    /// What it is about; the place is where that is named.
    pub subject: Located<Subject>,
    /// What it says, in Markdown.
    pub text: Text,
    /// How it was settled.
    pub resolution: Option<Located<Resolution>>,
    /// Why it was settled so, in Markdown.
    pub reason: Option<Text>,
    /// Whether all of it could be read. Of what could not be, nothing can be said to be missing.
    pub is_readable: bool,
    /// Where it begins.
    pub place: Place,
}

impl Comment {
    /// The measure it is about, when it is about one.
    pub fn measure(&self) -> Option<MeasureId> {
        match self.subject.value {
            Subject::Measure(measure) => Some(measure),
            Subject::Section(_) => None,
        }
    }
}

/// Who comments.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Author {
    /// A body of the register.
    Body(BodyId),
    /// One of those that the report was put before (`projednani`), by its full name.
    Group(String),
}

/// What a comment is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A measure.
    Measure(MeasureId),
    /// A section of the report.
    Section(Section),
}

/// Written as documents say it: „opatření IX/2“, „Shrnutí“.
impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Measure(id) => write!(formatter, "opatření {id}"),
            Self::Section(section) => section.fmt(formatter),
        }
    }
}

/// A section of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// All of it.
    Whole,
    /// Úvod
    Introduction,
    /// Shrnutí
    Summary,
    /// K projednání
    ToDiscuss,
    /// One area with its measures.
    Area(AreaNumber),
    /// Přehled podle gestorů
    Responsible,
    /// Příloha
    Annex,
}

impl Section {
    /// Those with a name of their own, each with its spellings, letter case and blanks aside; the
    /// first is the usual one.
    pub const NAMED: [(Self, &'static [&'static str]); 6] = [
        (Self::Whole, &["celá zpráva", "cela zprava"]),
        (Self::Introduction, &["Úvod", "uvod"]),
        (Self::Summary, &["Shrnutí", "shrnuti"]),
        (Self::ToDiscuss, &["K projednání", "k projednani"]),
        (Self::Responsible, &["Přehled podle gestorů", "prehled podle gestoru", "gestori"]),
        (Self::Annex, &["Příloha", "priloha"]),
    ];

    /// What stands before the number of an area.
    pub const AREA_WORDS: [&'static str; 2] = ["okruh", "okruh opatření"];

    /// Reads the name of a section, forgiving blanks and letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = squash(text);
        let named = Self::NAMED.into_iter();
        let named = named.flat_map(|(section, spellings)| spellings.iter().map(move |spelling| (section, spelling)));
        named.clone().find(|(_, spelling)| squash(spelling) == text).map(|(section, _)| section).or_else(|| {
            let (words, number) = text.rsplit_once(' ')?;
            let number = AreaNumber::parse(number)?;
            Self::AREA_WORDS.iter().any(|known| squash(known) == words).then_some(Self::Area(number))
        })
    }

    /// Its anchor in the report; the whole has none.
    pub fn anchor(self) -> Option<String> {
        match self {
            Self::Whole => None,
            Self::Introduction => Some("uvod".to_owned()),
            Self::Summary => Some("shrnuti".to_owned()),
            Self::ToDiscuss => Some("k-projednani".to_owned()),
            Self::Area(number) => Some(number.anchor()),
            Self::Responsible => Some("gestori".to_owned()),
            Self::Annex => Some("priloha".to_owned()),
        }
    }
}

impl fmt::Display for Section {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Area(number) = self {
            return write!(formatter, "okruh {number}");
        }
        let named = Self::NAMED.iter().find(|(section, _)| section == self);
        formatter.write_str(named.and_then(|(_, spellings)| spellings.first().copied()).unwrap_or_default())
    }
}

/// How a comment was settled (*vypořádání*).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resolution {
    /// The report was changed as asked.
    Accepted,
    /// Some of it was.
    PartlyAccepted,
    /// It was not.
    Rejected,
    /// It asked for no change, or asked something that was answered.
    Explained,
}

impl Resolution {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Accepted, Self::PartlyAccepted, Self::Rejected, Self::Explained];

    /// The words that data, exports and documents use.
    pub fn code(self) -> &'static str {
        self.spellings()[0]
    }

    /// The name of its count, without diacritics.
    pub fn column(self) -> &'static str {
        match self {
            Self::Accepted => "prijato",
            Self::PartlyAccepted => "castecne",
            Self::Rejected => "neprijato",
            Self::Explained => "vysvetleno",
        }
    }

    /// Whether it must say why. Who asked for something that did not come is owed a reason, and an
    /// explanation is nothing without one.
    pub fn wants_reason(self) -> bool {
        self != Self::Accepted
    }

    /// Reads a resolution, forgiving blanks and letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = squash(text);
        Self::ALL.into_iter().find(|resolution| resolution.spellings().contains(&text.as_str()))
    }

    /// Its spellings in lower case.
    pub fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::Accepted => &["přijato", "přijata", "akceptováno"],
            Self::PartlyAccepted => &[
                "přijato částečně",
                "částečně přijato",
                "přijata částečně",
                "částečně přijata",
                "akceptováno částečně",
                "částečně akceptováno",
            ],
            Self::Rejected => &["nepřijato", "nepřijata", "neakceptováno"],
            Self::Explained => &["vysvětleno", "vysvětlena"],
        }
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl Serialize for Resolution {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_read_as_people_write_them_and_written_as_they_are_called() {
        for (text, name) in [
            ("shrnutí", Some("Shrnutí")),
            (" ÚVOD ", Some("Úvod")),
            ("K\u{A0}projednání", Some("K projednání")),
            ("Okruh ix", Some("okruh IX")),
            ("okruh opatření  XIII", Some("okruh XIII")),
            ("Celá zpráva", Some("celá zpráva")),
            ("gestori", Some("Přehled podle gestorů")),
            ("příloha", Some("Příloha")),
            ("okruh 9", None),
            ("IX", None),
            ("závěr", None),
            ("", None),
        ] {
            assert_eq!(Section::parse(text).map(|section| section.to_string()).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn resolutions_are_read_as_people_write_them() {
        for (text, resolution) in [
            ("přijato", Some(Resolution::Accepted)),
            ("PŘIJATO  částečně", Some(Resolution::PartlyAccepted)),
            ("Částečně přijato", Some(Resolution::PartlyAccepted)),
            ("Neakceptováno", Some(Resolution::Rejected)),
            ("vysve\u{30C}tleno", Some(Resolution::Explained)),
            ("prijato", None),
            ("", None),
        ] {
            assert_eq!(Resolution::parse(text), resolution, "{text}");
        }
    }

    #[test]
    fn no_spelling_means_two_things() {
        let mut spellings: Vec<&str> = Resolution::ALL.iter().flat_map(|it| it.spellings()).copied().collect();
        let n_spellings = spellings.len();
        spellings.sort_unstable();
        spellings.dedup();
        assert_eq!(spellings.len(), n_spellings);
    }
}
