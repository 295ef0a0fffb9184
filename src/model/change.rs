//! What became of a measure since the strategy was approved: it was changed, joined with another,
//! split or cancelled, each by a resolution and from a period on. A frozen period does not look here;
//! it keeps its own definitions.

use crate::model::text::squash;
use crate::model::{Measure, MeasureId, Strategy, Year};
use crate::source::Located;

/// One step in the life of a measure.
#[derive(Debug)]
pub struct Change {
    /// The first period that it holds for.
    pub from: Located<Year>,
    /// What happened.
    pub kind: Located<ChangeKind>,
    /// The resolution that decided it.
    pub resolution: String,
    /// The measures that it was joined with or split into, or that it came from.
    pub measures: Vec<Located<MeasureId>>,
    /// What changed and why.
    pub description: Option<String>,
}

/// What happened to a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was added (`vznik`).
    Added,
    /// Its wording, indicator, deadline or bodies changed (`zmena`).
    Changed,
    /// It goes on within another one (`slouceni`).
    Merged,
    /// It goes on as several others (`rozdeleni`).
    Split,
    /// It was dropped (`zruseni`).
    Cancelled,
}

impl ChangeKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Added, Self::Changed, Self::Merged, Self::Split, Self::Cancelled];

    /// The word that the data use.
    pub fn code(self) -> &'static str {
        match self {
            Self::Added => "vznik",
            Self::Changed => "zmena",
            Self::Merged => "slouceni",
            Self::Split => "rozdeleni",
            Self::Cancelled => "zruseni",
        }
    }

    /// How one says that it happened: „bylo zrušeno“.
    pub fn happened(self) -> &'static str {
        match self {
            Self::Added => "vzniklo",
            Self::Changed => "se změnilo",
            Self::Merged => "bylo sloučeno",
            Self::Split => "bylo rozděleno",
            Self::Cancelled => "bylo zrušeno",
        }
    }

    /// Reads a kind, forgiving blanks, letter case and missing diacritics.
    pub fn parse(text: &str) -> Option<Self> {
        let text = squash(text);
        Self::spellings().into_iter().find(|(spelling, _)| *spelling == text).map(|(_, kind)| kind)
    }

    /// Every spelling of a kind, blanks and letter case aside.
    pub fn spellings() -> [(&'static str, Self); 9] {
        [
            ("vznik", Self::Added),
            ("zmena", Self::Changed),
            ("změna", Self::Changed),
            ("slouceni", Self::Merged),
            ("sloučení", Self::Merged),
            ("rozdeleni", Self::Split),
            ("rozdělení", Self::Split),
            ("zruseni", Self::Cancelled),
            ("zrušení", Self::Cancelled),
        ]
    }

    /// Whether nobody reports on the measure from then on.
    pub fn ends(self) -> bool {
        matches!(self, Self::Merged | Self::Split | Self::Cancelled)
    }

    /// Whether it has to name other measures.
    pub fn needs_measures(self) -> bool {
        matches!(self, Self::Merged | Self::Split)
    }
}

/// Whether a text can be the number of a resolution. Each region numbers them its own way, so what is not there
/// yet („???“, „…“) is all that can be told.
pub fn is_number_of_resolution(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether the words that documents put around the number of a resolution stand with it already.
pub fn says_more_than_number(text: &str) -> bool {
    let text = text.trim_start().to_lowercase();
    text.starts_with("č.") || ["usnesen", " dne ", " ze "].iter().any(|word| text.contains(word))
}

/// The number alone, where nothing but such words and the day stands around it.
pub fn number_alone(text: &str) -> Option<&str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| is_number_of_resolution(word))?;
    let mark = at.checked_sub(1).map(|before| words[before].to_lowercase());
    let is_marked = mark.is_none_or(|mark| mark == "č." || mark.starts_with("usnesen"));
    let is_last = words.get(at + 1).is_none_or(|next| ["ze", "dne"].contains(next));
    let number = words[at].trim_start_matches("č.").trim_start_matches("Č.").trim_end_matches([',', ';']);
    let names_another = words[at + 1..]
        .iter()
        .any(|word| word.contains('/') || *word == "č." || word.to_lowercase().starts_with("usnesen"));
    (is_marked && is_last && !names_another).then_some(number)
}

impl Measure {
    /// The change because of which the measure is not followed in a period, if there is one: the last one by
    /// then that it began or ended with. Until the first of them it is followed, unless it only begins with it.
    pub fn not_followed_in(&self, year: Year) -> Option<&Change> {
        match self.last_turn_by(year) {
            Some(last) => Some(last).filter(|turn| turn.kind.value.ends()),
            None => self.turns().min_by_key(|turn| turn.from.value).filter(|turn| !turn.kind.value.ends()),
        }
    }

    /// The last change by a period with which the measure began or ended.
    pub fn last_turn_by(&self, year: Year) -> Option<&Change> {
        self.turns().filter(|turn| turn.from.value <= year).max_by_key(|turn| turn.from.value)
    }

    /// Whether a measure that had ended is taken up again by one of its changes.
    pub fn is_restored_by(&self, change: &Change) -> bool {
        let mut turns: Vec<&Change> = self.turns().collect();
        turns.sort_by_key(|turn| turn.from.value);
        let mut before = turns.into_iter().take_while(|turn| !std::ptr::eq(*turn, change));
        change.kind.value == ChangeKind::Added && before.any(|turn| turn.kind.value.ends())
    }

    /// Whether it has come to an end, in whatever period, and was not taken up again.
    pub fn has_ended(&self) -> bool {
        self.turns().max_by_key(|turn| turn.from.value).is_some_and(|turn| turn.kind.value.ends())
    }

    /// Two changes in a row with which the measure begins or ends and which contradict each other: both hold from the
    /// same period, or it ends, or begins, a second time.
    pub fn contradicting_turns(&self) -> Option<(&Change, &Change)> {
        let mut turns: Vec<&Change> = self.turns().collect();
        turns.sort_by_key(|turn| turn.from.value);
        turns.windows(2).find_map(|pair| match pair {
            [one, next] if one.from.value == next.from.value || one.kind.value.ends() == next.kind.value.ends() => {
                Some((*one, *next))
            }
            _ => None,
        })
    }

    /// The changes with which it began or ended. It may end and be taken up again by another resolution.
    fn turns(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.kind.value == ChangeKind::Added || change.kind.value.ends())
    }
}

impl Strategy {
    /// The measures that are followed in a period, in the order of their ids.
    pub fn followed_in(&self, year: Year) -> impl Iterator<Item = &Measure> {
        self.measures.values().filter(move |measure| measure.not_followed_in(year).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited};

    /// Whether II/1 is followed in each of five years, and whether it has ended for good.
    fn followed(changes: &str) -> (String, bool) {
        let text =
            edited("opatreni/02.yaml", "odpovednost: [OZ]\n", &format!("odpovednost: [OZ]\n    zmeny: [{changes}]\n"));
        let strategy = dataset(&[("opatreni/02.yaml", &text)]).strategy;
        let measure = &strategy.measures[&MeasureId::parse("II/1").expect("an id")];
        let is_followed = |year: u16| measure.not_followed_in(Year(year)).is_none();
        ((2023..=2027).map(|year| if is_followed(year) { '+' } else { '-' }).collect(), measure.has_ended())
    }

    #[test]
    fn the_last_beginning_or_end_decides() {
        let (begins, ends) = (|year| change(year, "vznik"), |year| change(year, "zruseni"));
        for (changes, years, has_ended) in [
            (vec![], "+++++", false),
            (vec![begins(2025)], "--+++", false),
            (vec![ends(2025)], "++---", true),
            (vec![change(2025, "zmena")], "+++++", false),
            (vec![begins(2024), ends(2026)], "-++--", true),
            (vec![ends(2025), begins(2026)], "++-++", false),
            (vec![begins(2026), ends(2025)], "++-++", false),
            (vec![ends(2024), change(2025, "zmena"), begins(2026), ends(2027)], "+--+-", true),
            (vec![ends(2025), begins(2025)], "+++++", false),
        ] {
            assert_eq!(followed(&changes.join(", ")), (years.to_owned(), has_ended), "{changes:?}");
        }
    }

    fn change(year: u16, kind: &str) -> String {
        format!("{{od: {year}, druh: {kind}, usneseni: 1/24/ZK}}")
    }
}
