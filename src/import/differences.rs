//! What a second delivery changes, measure by measure, for whoever decides whether it may.

use std::collections::BTreeSet;

use crate::import::content::{Answer, Content, Submitted};
use crate::model::{Status, one_line};

/// One line a measure that differs, in the order of ids.
pub fn between(old: &Content, new: &Content) -> Vec<String> {
    let ids: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    ids.into_iter()
        .filter_map(|id| {
            let words = match (old.get(id), new.get(id)) {
                (None, Some(new)) => format!("nově, stav {}", status(new.status)),
                (Some(old), None) => format!("teď chybí (dosud stav {})", status(old.status)),
                (Some(old), Some(new)) if old != new => changes(old, new).join("; "),
                _ => return None,
            };
            Some(format!("{id}: {words}"))
        })
        .collect()
}

fn changes(old: &Submitted, new: &Submitted) -> Vec<String> {
    let mut changes = Vec::new();
    if old.status != new.status {
        changes.push(format!("stav: {} → {}", status(old.status), status(new.status)));
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
    use crate::model::MeasureId;

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
        ] {
            let content = |submitted: Option<Submitted>| -> Content {
                submitted.into_iter().map(|it| (MeasureId::parse("I/1").expect("it is one"), it)).collect()
            };
            let lines = between(&content(old), &content(new));
            assert_eq!(lines, expected.map(|words| format!("I/1: {words}")).into_iter().collect::<Vec<_>>());
        }
    }
}
