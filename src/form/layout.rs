//! Where what stands in a form, for those who write it and those who read it back.

use crate::model::squash;

/// The version of the layout, so that forms of an older program can be told apart.
pub const VERSION: &str = "1";
/// The sheet that is filled in.
pub const SHEET: &str = "Podklady";
/// The sheet with the method and instructions.
pub const INSTRUCTIONS_SHEET: &str = "Pokyny";
/// The hidden sheet with the marks: keys in column A, values in column B.
pub const MARKS_SHEET: &str = "plneni";
/// The first word of the line of marks in CSV (first cell of the first record, keys and values after
/// it in turn) and in YAML (`# plneni-formular verze: 1, obdobi: 2025, …`, the first line).
pub const MARKS_WORD: &str = "plneni-formular";
/// Whether a text is a form in CSV.
pub fn is_form_in_csv(text: &str) -> bool {
    text.trim_start().trim_start_matches('"').starts_with(MARKS_WORD)
}

/// Whether a text is a form in YAML, whose marks are a comment.
pub fn is_form_in_yaml(text: &str) -> bool {
    text.trim_start().strip_prefix('#').is_some_and(|rest| rest.trim_start().starts_with(MARKS_WORD))
}

/// Row of the column titles in the sheet, from 1; above it stand the title and what to do.
pub const HEADER_ROW: u32 = 4;

/// A column. A form has one row a measure, for its status and comment, and under it one row a
/// criterion, for its status, value and evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The id of the measure.
    Measure,
    /// What the body is to it.
    Role,
    /// Its description.
    Description,
    /// Its indicator.
    Indicator,
    /// Its deadline.
    Deadline,
    /// Its status in the period before.
    LastStatus,
    /// What was said of it then.
    LastComment,
    /// The name of the criterion.
    Criterion,
    /// The status.
    Status,
    /// The value of a criterion.
    Value,
    /// The evidence for it.
    Evidence,
    /// The comment on the measure.
    Comment,
}

impl Column {
    /// All columns in their order.
    pub const ALL: [Self; 12] = [
        Self::Measure,
        Self::Role,
        Self::Description,
        Self::Indicator,
        Self::Deadline,
        Self::LastStatus,
        Self::LastComment,
        Self::Criterion,
        Self::Status,
        Self::Value,
        Self::Evidence,
        Self::Comment,
    ];

    /// Title in the form.
    pub fn title(self) -> &'static str {
        match self {
            Self::Measure => "Opatření",
            Self::Role => "Role",
            Self::Description => "Popis",
            Self::Indicator => "Indikátor",
            Self::Deadline => "Termín",
            Self::LastStatus => "Minule",
            Self::LastComment => "Minulý komentář",
            Self::Criterion => "Kritérium",
            Self::Status => "Stav",
            Self::Value => "Hodnota",
            Self::Evidence => "Doklad",
            Self::Comment => "Komentář",
        }
    }

    /// The column's name in CSV data, for what is read back.
    pub fn data_name(self) -> Option<&'static str> {
        match self {
            Self::Measure => Some("opatreni"),
            Self::Criterion => Some("kriterium"),
            Self::Status => Some("stav"),
            Self::Value => Some("hodnota"),
            Self::Evidence => Some("doklad"),
            Self::Comment => Some("komentar"),
            Self::Role
            | Self::Description
            | Self::Indicator
            | Self::Deadline
            | Self::LastStatus
            | Self::LastComment => None,
        }
    }

    /// Whether it is read back.
    pub fn is_read(self) -> bool {
        self.data_name().is_some()
    }

    /// Whether the body fills it in.
    pub fn is_filled(self) -> bool {
        matches!(self, Self::Status | Self::Value | Self::Evidence | Self::Comment)
    }

    /// The column of a title, letter case and blanks aside.
    pub fn of_title(title: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| squash(column.title()) == squash(title))
    }
}

/// What a form says of itself, so that it is not taken for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marks {
    /// Version of the layout.
    pub version: String,
    /// The period's name.
    pub period: String,
    /// The body's code.
    pub body: String,
    /// [`super::fingerprint`] of the definitions it was made from.
    pub fingerprint: String,
}

impl Marks {
    const KEYS: [&str; 4] = ["verze", "obdobi", "subjekt", "otisk"];

    /// Keys and values, in their order.
    pub fn pairs(&self) -> [(&'static str, &str); 4] {
        let [version, period, body, fingerprint] = Self::KEYS;
        [(version, &self.version), (period, &self.period), (body, &self.body), (fingerprint, &self.fingerprint)]
    }

    /// All of them on one line: `verze: 1, obdobi: 2025, …`.
    pub fn line(&self) -> String {
        self.pairs().map(|(key, value)| format!("{key}: {value}")).join(", ")
    }

    /// Reads the line back. A value may have commas in it, as in „Spolek A, z. s.“.
    pub fn from_line(line: &str) -> Option<Self> {
        let begins = |rest: &str| {
            let behind = Self::KEYS.iter().find_map(|key| rest.trim_start().strip_prefix(key));
            behind.is_some_and(|behind| behind.trim_start().starts_with(':'))
        };
        let mut pairs = Vec::new();
        let mut start = 0;
        let ends = line.match_indices(',').map(|(at, _)| at).filter(|at| begins(&line[at + 1..]));
        for end in ends.chain([line.len()]) {
            pairs.extend(line[start..end].split_once(':'));
            start = (end + 1).min(line.len());
        }
        Self::from_pairs(pairs)
    }

    /// Reads keys and values back; `None` when one is missing.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<Self> {
        let mut marks =
            Self { version: String::new(), period: String::new(), body: String::new(), fingerprint: String::new() };
        for (key, value) in pairs {
            let field = match key.trim() {
                "verze" => &mut marks.version,
                "obdobi" => &mut marks.period,
                "subjekt" => &mut marks.body,
                "otisk" => &mut marks.fingerprint,
                _ => continue,
            };
            value.trim().clone_into(field);
        }
        marks.pairs().iter().all(|(_, value)| !value.is_empty()).then_some(marks)
    }
}

impl super::Form {
    /// What the form says of itself.
    pub fn marks(&self) -> Marks {
        Marks {
            version: VERSION.to_owned(),
            period: self.period.to_string(),
            body: self.body.clone(),
            fingerprint: self.fingerprint.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_in_the_order_of_their_numbers() {
        for (column, number) in Column::ALL.into_iter().zip(0..) {
            assert_eq!((column as usize, Column::of_title(column.title())), (number, Some(column)));
        }
    }

    #[test]
    fn marks_on_one_line_are_read_back_whatever_the_code() {
        for code in ["OSV", "Spolek A, z. s.", "A, B: C", "Péče, subjektů", "a,otisky"] {
            let marks = Marks {
                version: VERSION.to_owned(),
                period: "2025".to_owned(),
                body: code.to_owned(),
                fingerprint: "o1".to_owned(),
            };
            assert_eq!(Marks::from_line(&marks.line()), Some(marks), "{code}");
        }
        let line = Marks::from_line(" otisk:o1,subjekt : A, z. s. ,obdobi:2025 ,  verze:  1 ");
        assert_eq!(
            line.map(|marks| marks.line()).as_deref(),
            Some("verze: 1, obdobi: 2025, subjekt: A, z. s., otisk: o1")
        );
        assert_eq!(Marks::from_line("verze: 1, obdobi: 2025, subjekt: A, z. s."), None);
    }
}
