//! What resolutions changed in the strategy itself since the period before, in words. Pure.

use serde::Serialize;

use crate::dataset::{Dataset, Evaluated};
use crate::model::{Change, ChangeKind, Measure, MeasureId, Period, Status, Year, one_line};
use crate::view::Request;

/// One change of one measure.
#[derive(Debug, Serialize)]
pub struct MeasureChangeView {
    /// `II/3`
    #[serde(rename = "opatreni")]
    pub measure: MeasureId,
    /// Its official description, on one line.
    #[serde(rename = "popis")]
    pub description: String,
    /// Whether the document shows the measure.
    #[serde(rename = "v_zprave")]
    pub is_shown: bool,
    /// What happened, in Czech; begins with a small letter and has no full stop.
    #[serde(rename = "slovy")]
    pub words: String,
    /// The resolution that decided it.
    #[serde(rename = "usneseni")]
    pub resolution: String,
    /// What changed and why, where it was said.
    #[serde(rename = "duvod")]
    pub reason: Option<String>,
}

/// The changes that hold since the period that the report compares with; where there is none, all
/// since the strategy was approved.
pub(super) fn build(dataset: &Dataset, evaluated: &Evaluated<'_>, request: &Request) -> Vec<MeasureChangeView> {
    let year = evaluated.period.year;
    let since = request.with.or_else(|| dataset.periods_before(year).last().map(|period| period.year));
    let is_new = |change: &&Change| change.from.value <= year && since.is_none_or(|since| change.from.value > since);
    // A resolution may name a year that no period is called after.
    let first = |from: Year| dataset.periods().find(|period| period.year >= from);
    let name = |from: Year| first(from).map_or_else(|| from.to_string(), Period::name);
    let chosen = evaluated.strategy.measures.values().filter(|measure| is_chosen(measure, evaluated, request));
    let view = |measure: &Measure, change: &Change| MeasureChangeView {
        measure: measure.id.value,
        description: one_line(&measure.description.value),
        is_shown: evaluated.evaluations.contains_key(&measure.id.value),
        words: words(measure, change, year, &name(change.from.value)),
        resolution: change.resolution.clone(),
        reason: change.description.as_deref().map(one_line),
    };
    let in_order = |measure: &Measure| {
        let mut changes: Vec<&Change> = measure.changes.iter().filter(is_new).collect();
        changes.sort_by_key(|change| change.from.value);
        changes.into_iter().map(|change| view(measure, change)).collect::<Vec<_>>()
    };
    chosen.flat_map(in_order).collect()
}

/// Whether an excerpt is of a measure. One that is not followed has no status any more.
fn is_chosen(measure: &Measure, evaluated: &Evaluated<'_>, request: &Request) -> bool {
    match evaluated.evaluations.get(&measure.id.value) {
        Some(evaluation) => request.selection.contains(measure, evaluation.status),
        None => request.selection.statuses.is_empty() && request.selection.contains(measure, Status::Unfulfilled),
    }
}

/// Whether a measure is followed is said only of the change that decides it for the reported year.
fn words(measure: &Measure, change: &Change, year: Year, period: &str) -> String {
    let ids: Vec<String> = change.measures.iter().map(|id| id.value.to_string()).collect();
    let others = |one: &str, more: &str| match ids.as_slice() {
        [] => String::new(),
        [id] => format!(" {one} {id}"),
        [first @ .., last] => format!(" {more} {} a {last}", first.join(", ")),
    };
    let (happened, since_then) = match change.kind.value {
        ChangeKind::Changed => return format!("změnilo se od období {period}"),
        ChangeKind::Added => {
            let began = if measure.is_restored_by(change) { "bylo obnoveno" } else { "vzniklo" };
            (format!("{began}{}", others("z opatření", "z opatření")), format!(", sleduje se od období {period}"))
        }
        ChangeKind::Merged => (
            format!("bylo sloučeno{}", others("s opatřením", "s opatřeními")),
            format!(" a od období {period} se samostatně nesleduje"),
        ),
        ChangeKind::Split => (
            format!("bylo rozděleno{}", others("na opatření", "na opatření")),
            format!(" a od období {period} se nesleduje"),
        ),
        ChangeKind::Cancelled => ("bylo zrušeno".to_owned(), format!(", od období {period} se nesleduje")),
    };
    let decides = measure.last_turn_by(year).is_some_and(|last| std::ptr::eq(last, change));
    if decides { happened + &since_then } else { happened }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing;

    const PERIOD: &str = "obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\n";

    /// What became of I/2 between the two periods, in words.
    fn changes(keys: &str) -> Vec<String> {
        let text = testing::edited("opatreni/01.yaml", "  - cislo: 2", &format!("  - cislo: 2\n    zmeny: [{keys}]"));
        let dataset = testing::dataset(&[("opatreni/01.yaml", &text), ("obdobi/2025/obdobi.yaml", PERIOD)]);
        let evaluated = dataset.evaluate(Year(2025)).expect("there is the period");
        let views = build(&dataset, &evaluated, &Request::default());
        let said = |view: MeasureChangeView| {
            format!("{}{} {}", if view.is_shown { "" } else { "×" }, view.measure, view.words)
        };
        views.into_iter().map(said).collect()
    }

    #[test]
    fn each_kind_is_said_in_words() {
        for (keys, expected) in [
            ("{od: 2025, druh: zmena, usneseni: 1/24}", "I/2 změnilo se od období 2024–2025"),
            ("{od: 2025, druh: zruseni, usneseni: 1/24}", "×I/2 bylo zrušeno, od období 2024–2025 se nesleduje"),
            (
                "{od: 2025, druh: slouceni, usneseni: 1/24, opatreni: I/1}",
                "×I/2 bylo sloučeno s opatřením I/1 a od období 2024–2025 se samostatně nesleduje",
            ),
            (
                "{od: 2025, druh: rozdeleni, usneseni: 1/24, opatreni: [I/1, II/1]}",
                "×I/2 bylo rozděleno na opatření I/1 a II/1 a od období 2024–2025 se nesleduje",
            ),
            (
                "{od: 2025, druh: vznik, usneseni: 1/24, opatreni: I/1}",
                "I/2 vzniklo z opatření I/1, sleduje se od období 2024–2025",
            ),
        ] {
            assert_eq!(changes(keys), [expected], "{keys}");
        }
    }

    #[test]
    fn what_was_ended_and_taken_up_again_is_told_in_its_order_and_only_its_outcome_as_holding() {
        let change = |year: u16, kind: &str| format!("{{od: {year}, druh: {kind}, usneseni: 1/24}}");
        for (keys, expected) in [
            (
                [change(2025, "zruseni"), change(2025, "vznik")],
                ["I/2 bylo zrušeno", "I/2 bylo obnoveno, sleduje se od období 2024–2025"],
            ),
            (
                [change(2025, "vznik"), change(2024, "zruseni")],
                ["I/2 bylo zrušeno", "I/2 bylo obnoveno, sleduje se od období 2024–2025"],
            ),
            (
                [change(2024, "vznik"), change(2025, "zruseni")],
                ["×I/2 vzniklo", "×I/2 bylo zrušeno, od období 2024–2025 se nesleduje"],
            ),
            (
                [change(2025, "zmena"), change(2024, "zruseni")],
                ["×I/2 bylo zrušeno, od období 2024–2025 se nesleduje", "×I/2 změnilo se od období 2024–2025"],
            ),
        ] {
            assert_eq!(changes(&keys.join(", ")), expected, "{keys:?}");
        }
        let restored = [change(2023, "zruseni"), change(2024, "vznik")].join(", ");
        assert_eq!(changes(&restored), ["I/2 bylo obnoveno, sleduje se od období 2024–2025"]);
    }

    #[test]
    fn changes_of_earlier_and_later_periods_are_not_said() {
        for year in [2023, 2027] {
            assert_eq!(changes(&format!("{{od: {year}, druh: zmena, usneseni: 1/24}}")), [""; 0]);
        }
    }
}
