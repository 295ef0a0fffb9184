//! A comment with a word that its status does not go together with.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{MeasureId, Status, is_alphanumeric};
use crate::rules::{Check, PeriodFacts, Rule, Said};
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "komentar-proti-stavu",
    severity: Severity::Note,
    title: "Komentář možná mluví proti stavu",
    explanation: "U splněného opatření komentář mluví o tom, co teprve bude, nebo u opatření SPLNĚNO či PLNĚNO o tom, co není. Často je to v pořádku, protože věta mluví o něčem jiném; rozhodnout to umí jen člověk.",
    example: "- opatreni: XIII/2\n  stav: SPLNĚNO\n  komentar: Radě LK bude plán předložen v I. pol. 2024.",
    mend: "Přečtěte si komentář znovu. Mluví-li proti stavu, opravte stav; jinak komentář nechte, případně ho upřesněte.",
    checks: &[Check::Submissions(check)],
};

/// What is yet to come or is being prepared cannot be done for good.
const TO_COME: [&str; 11] = [
    "bude",
    "budou",
    "budeme",
    "připravuje",
    "připravují",
    "připravujeme",
    "plánuje",
    "plánují",
    "plánujeme",
    "chystá",
    "zahájí",
];

/// What is not there cannot be fulfilled.
const NOT_THERE: [&str; 11] = [
    "není",
    "nejsou",
    "nebyl",
    "nebyla",
    "nebylo",
    "nebyly",
    "neexistuje",
    "neprobíhá",
    "neprobíhají",
    "neprobíhalo",
    "neproběhlo",
];

/// Where the coordinator decided, the decided status is the one that the comment stands beside.
fn check(facts: &PeriodFacts<'_>, said: Said<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let id = said.id();
    let decided = facts.period.decisions.get(&id).map(|decision| decision.status.value);
    for (submission, claimed) in said.claims() {
        let status = decided.unwrap_or(claimed);
        for comment in &submission.comments {
            let words = contradicting(&comment.value, status);
            diagnostics.extend(finding(facts, id, status, comment, &words));
        }
    }
}

/// The words of a text that its status does not go together with.
fn contradicting(text: &str, status: Status) -> Vec<Range<usize>> {
    let lists: &[&[&str]] = match status {
        Status::Done => &[&TO_COME, &NOT_THERE],
        Status::Fulfilled => &[&NOT_THERE],
        Status::Partly | Status::Unfulfilled => return Vec::new(),
    };
    let is_listed = |word: &str| lists.iter().any(|list| list.contains(&word));
    let is_meant = |word: &str| is_listed(word) || word.contains(char::is_uppercase) && is_listed(&word.to_lowercase());
    words(text).filter(|range| is_meant(&text[range.clone()])).collect()
}

/// The words that begin as the listed ones do: the others are most of a text.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let may_begin = |&(_, byte): &(usize, u8)| matches!(byte.to_ascii_lowercase(), b'b' | b'c' | b'n' | b'p' | b'z');
    let bytes = text.as_bytes();
    let goes_on = |start: usize| bytes[..start].last().is_some_and(u8::is_ascii_alphanumeric);
    text.bytes().enumerate().filter(may_begin).filter(move |&(start, _)| !goes_on(start)).filter_map(|(start, _)| {
        let rest = &text[start..];
        let is_start = !text[..start].chars().next_back().is_some_and(is_alphanumeric);
        is_start.then(|| start..start + rest.find(|c| !is_alphanumeric(c)).unwrap_or(rest.len()))
    })
}

fn finding(
    facts: &PeriodFacts<'_>,
    id: MeasureId,
    status: Status,
    comment: &Text,
    words: &[Range<usize>],
) -> Option<Diagnostic> {
    let (first, others) = words.split_first()?;
    let aligned = facts.files.aligned(comment);
    let place = |word: &Range<usize>| aligned.place(word.clone());
    let message = format!("opatření {id} je {status}, v komentáři je ale „{}“", &comment.value[first.clone()]);
    let diagnostic = Diagnostic::new(&RULE, place(first), message)
        .measure(id)
        .help("přečtěte si komentář znovu: mluví-li proti stavu, opravte stav; jinak ho nechte, případně upřesněte");
    let related = others.iter().map(|word| (place(word), format!("a zde „{}“", &comment.value[word.clone()])));
    Some(related.fold(diagnostic, |diagnostic, (place, message)| diagnostic.related(place, message)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, findings, in_words, run};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    fn submitted(status: &str, comment: &str) -> String {
        edited(
            PATH,
            "stav: ČÁSTEČNĚ\n    komentar: Metodika je rozpracovaná.",
            &format!("stav: {status}\n    komentar: {comment}"),
        )
    }

    #[test]
    fn a_word_against_the_status_is_found() {
        for (status, comment, at, word) in [
            ("SPLNĚNO", "Plán bude předložen Radě.", "5:20", "bude"),
            ("SPLNĚNO", "PŘIPRAVUJE se metodika.", "5:15", "PŘIPRAVUJE"),
            ("SPLNĚNO", "Metodika není.", "5:24", "není"),
            ("SPLNĚNO", "Metodika není", "5:24", "není"),
            ("PLNĚNO", "Neprobíhá.", "5:15", "Neprobíhá"),
            ("PLNĚNO", "|-\n      Běží.\n\n      - nic („nebylo“)", "8:15", "nebylo"),
        ] {
            let expected = format!("{PATH}:{at}: opatření I/1 je {status}, v komentáři je ale „{word}“");
            assert_eq!(findings(&RULE, &[(PATH, &submitted(status, comment))]), [expected], "{comment}");
        }
    }

    #[test]
    fn further_words_of_a_comment_belong_to_the_first() {
        let dataset = dataset(&[(PATH, &submitted("SPLNĚNO", "Plán není hotov, bude hotov."))]);
        let found = run(&RULE, &dataset);
        assert_eq!(found.len(), 1);
        let related = found[0].related.iter().map(|at| Diagnostic::new(&RULE, at.place, at.message.clone()));
        let related: Vec<String> = related.map(|at| in_words(&at, &dataset)).collect();
        assert_eq!(related, ["obdobi/2023/podklady/osv.yaml:5:32: a zde „bude“"]);
    }

    #[test]
    fn the_decided_status_counts() {
        let decision = "vyhodnoceni:\n  - {opatreni: I/1, stav: ČÁSTEČNĚ, duvod: Plán není hotov.}\n";
        let text = submitted("SPLNĚNO", "Plán bude předložen Radě.");
        assert_eq!(findings(&RULE, &[(PATH, &text), ("obdobi/2023/vyhodnoceni.yaml", decision)]), [""; 0]);
    }

    #[test]
    fn other_statuses_and_parts_of_words_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        for (status, comment) in [
            ("PLNĚNO", "Bude pokračovat, plánuje se rozšíření."),
            ("PLNĚNO", "Podnebylo, neníž."),
            ("SPLNĚNO", "Budeta, pobude."),
            ("ČÁSTEČNĚ", "Zčásti není a bude."),
            ("NEPLNĚNO", "Není a nebude."),
        ] {
            assert_eq!(findings(&RULE, &[(PATH, &submitted(status, comment))]), [""; 0], "{comment}");
        }
    }
}
