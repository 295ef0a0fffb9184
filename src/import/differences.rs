//! What a second delivery changes, measure by measure, for whoever decides whether it may.

use std::collections::BTreeSet;

use crate::import::Before;
use crate::import::content::{Answer, Content, Submitted};
use crate::model::{MeasureId, Status, one_line};

/// One line a measure that differs, in the order of ids, then what stood under none that there is. What could
/// not be read of the old is shown as it is written.
pub fn between(before: &Before, new: &Content) -> Vec<String> {
    let old = &before.content;
    let ids: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let of_measures = ids.into_iter().filter_map(|id| {
        let unread = before.unread.get(&id.to_string());
        let words = match (old.get(id), new.get(id)) {
            (None, Some(new)) if unread.is_none() => format!("nově, stav {}", status(new.status)),
            (Some(old), None) => gone(&old_status(old.status, unread)),
            (old, Some(new)) if old != Some(new) => {
                changes(old.unwrap_or(&Submitted::default()), new, unread).join("; ")
            }
            _ => return None,
        };
        Some(format!("{id}: {words}"))
    });
    let of_others = only_unread(before, new);
    let of_others = of_others.map(|(measure, status)| format!("{measure}: {}", gone(&old_status(None, Some(status)))));
    of_measures.chain(of_others).collect()
}

/// How many answers go with the old: those that could be read, and those of which it can be told that they
/// were some.
pub fn lost(before: &Before, new: &Content) -> usize {
    before.content.keys().filter(|id| !new.contains_key(id)).count() + only_unread(before, new).count()
}

/// How many measures the new leaves without a status, a comment or a part of a criterion that the old had: it stands
/// for all of the measure, so that these go.
pub fn emptied(before: &Before, new: &Content) -> usize {
    let is_emptied = |(id, old): &(&MeasureId, &Submitted)| new.get(id).is_some_and(|new| has_less(old, new));
    before.content.iter().filter(is_emptied).count()
}

fn has_less(old: &Submitted, new: &Submitted) -> bool {
    let criterion_has_less = |old: &Answer| {
        let new = new.criteria.iter().find(|new| new.criterion == old.criterion);
        let (value, status, evidence) = new.map_or((&None, None, &None), |new| (&new.value, new.status, &new.evidence));
        is_gone(&old.value, value) || is_gone(&old.status, &status) || is_gone(&old.evidence, evidence)
    };
    is_gone(&old.status, &new.status)
        || is_gone(&old.comment, &new.comment)
        || old.criteria.iter().any(criterion_has_less)
}

fn is_gone<T>(old: &Option<T>, new: &Option<T>) -> bool {
    old.is_some() && new.is_none()
}

/// What stood under measures of which nothing could be read and which the new does not answer.
fn only_unread<'b>(before: &'b Before, new: &Content) -> impl Iterator<Item = (&'b String, &'b String)> {
    let known: BTreeSet<String> = before.content.keys().chain(new.keys()).map(ToString::to_string).collect();
    before.unread.iter().filter(move |(measure, _)| !known.contains(*measure))
}

fn gone(status: &str) -> String {
    format!("teď chybí (dosud stav {status})")
}

fn old_status(read: Option<Status>, unread: Option<&String>) -> String {
    match unread.filter(|unread| read.is_none() && !unread.is_empty()) {
        Some(unread) => format!("„{unread}“"),
        None => status(read).to_owned(),
    }
}

fn changes(old: &Submitted, new: &Submitted, unread: Option<&String>) -> Vec<String> {
    let mut changes = Vec::new();
    if old.status != new.status || unread.is_some() {
        changes.push(format!("stav: {} → {}", old_status(old.status, unread), status(new.status)));
    }
    match (&old.comment, &new.comment) {
        (None, Some(_)) => changes.push("přibyl komentář".to_owned()),
        (Some(_), None) => changes.push("komentář teď chybí".to_owned()),
        (old, new) if old != new => changes.push("jiný komentář".to_owned()),
        _ => {}
    }
    let criteria = |submitted: &Submitted| submitted.criteria.iter().map(|it| it.criterion.clone()).collect::<Vec<_>>();
    let names: BTreeSet<String> = criteria(old).into_iter().chain(criteria(new)).collect();
    let of = |submitted: &'_ Submitted, name: &str| {
        submitted.criteria.iter().find(|answer| answer.criterion == name).cloned().unwrap_or_default()
    };
    for name in names {
        let (old, new) = (of(old, &name), of(new, &name));
        if old != new {
            changes.push(format!("kritérium „{}“: {}", one_line(&name), answer_changes(&old, &new).join(", ")));
        }
    }
    changes
}

fn answer_changes(old: &Answer, new: &Answer) -> Vec<String> {
    let nothing = || "nic".to_owned();
    let shown = |text: &Option<String>| text.as_deref().map_or_else(nothing, one_line);
    let mut changes = Vec::new();
    if old.value != new.value {
        changes.push(format!("hodnota {} → {}", shown(&old.value), shown(&new.value)));
    }
    if old.status != new.status {
        changes.push(format!("stav: {} → {}", status(old.status), status(new.status)));
    }
    if old.evidence != new.evidence {
        changes.push(format!("doklad {} → {}", shown(&old.evidence), shown(&new.evidence)));
    }
    if changes.is_empty() {
        changes.push("uvedeno jinak".to_owned());
    }
    changes
}

fn status(status: Option<Status>) -> &'static str {
    status.map_or("žádný", Status::code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(status: Option<Status>, comment: &str, value: &str) -> Submitted {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let answer = Answer { criterion: "Počet".into(), value: some(value), ..Answer::default() };
        let criteria = if value.is_empty() { Vec::new() } else { vec![answer] };
        Submitted { status, comment: some(comment), criteria }
    }

    #[test]
    fn each_measure_says_what_changed() {
        let [fulfilled, partly] = [Some(Status::Fulfilled), Some(Status::Partly)];
        for (old, new, expected) in [
            (None, Some(said(partly, "", "")), Some("nově, stav ČÁSTEČNĚ")),
            (Some(said(partly, "", "")), None, Some("teď chybí (dosud stav ČÁSTEČNĚ)")),
            (Some(said(partly, "a", "1")), Some(said(partly, "a", "1")), None),
            (
                Some(said(partly, "a", "")),
                Some(said(fulfilled, "b", "")),
                Some("stav: ČÁSTEČNĚ → PLNĚNO; jiný komentář"),
            ),
            (Some(said(None, "", "")), Some(said(fulfilled, "b", "")), Some("stav: žádný → PLNĚNO; přibyl komentář")),
            (
                Some(said(partly, "a", "1")),
                Some(said(partly, "", "")),
                Some("komentář teď chybí; kritérium „Počet“: hodnota 1 → nic"),
            ),
            (Some(said(partly, "a", "1")), Some(said(partly, "a", "")), Some("kritérium „Počet“: hodnota 1 → nic")),
            (Some(said(partly, "a", "")), Some(said(partly, "", "")), Some("komentář teď chybí")),
        ] {
            let content = |submitted: Option<Submitted>| -> Content {
                submitted.into_iter().map(|it| (MeasureId::parse("I/1").expect("it is one"), it)).collect()
            };
            let before = Before { content: content(old), ..Before::default() };
            let is_emptied =
                expected.is_some_and(|words| words.contains("komentář teď chybí") || words.contains("→ nic"));
            assert_eq!(emptied(&before, &content(new.clone())), usize::from(is_emptied), "{expected:?}");
            let lines = between(&before, &content(new));
            assert_eq!(lines, expected.map(|words| format!("I/1: {words}")).into_iter().collect::<Vec<_>>());
        }
    }
}
