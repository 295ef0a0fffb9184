//! A comment copied word for word from another measure of the same period.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{MeasureId, resemblance, squash};
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "opsany-komentar",
    severity: Severity::Note,
    title: "Komentář je doslova stejný jako u jiného opatření",
    explanation: "Dvě opatření mají v jednom období týž komentář. Může to tak být, častěji ale komentář patří jen k jednomu z nich a k druhému se dostal kopírováním. Krátké obraty, jako „Plní se průběžně“, se neporovnávají.",
    example: "- opatreni: I/3\n  stav: ČÁSTEČNĚ\n  komentar: Obce mapují situaci prostřednictvím výkonu sociální práce.\n- opatreni: I/4\n  stav: ČÁSTEČNĚ\n  komentar: Obce mapují situaci prostřednictvím výkonu sociální práce.",
    mend: "Napište ke každému opatření, co se udělalo právě v něm. Platí-li opravdu totéž, odkažte: „viz I/3“.",
    checks: &[Check::Period(check)],
};

/// The shortest comment that is compared, in characters. A sentence of five or six words is an
/// idiom that two officials may well write independently; what is longer was copied.
const LENGTH_FLOOR: usize = 40;

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let followed = facts.pieces().into_par_iter().filter(|said| facts.is_followed(said.id()));
    let comments = followed.flat_map_iter(|said| {
        let comments = said.submissions.iter().flat_map(|submission| &submission.comments);
        let long = comments.filter(|comment| comment.value.len() >= LENGTH_FLOOR);
        long.map(move |comment| (resemblance(&comment.value), said.id(), comment))
    });
    let mut comments: Vec<(u64, MeasureId, &Text)> = comments.collect();
    let repeated = Repeated::among(comments.iter().map(|(resemblance, ..)| *resemblance), comments.len());
    comments.retain(|(resemblance, ..)| repeated.may_have(*resemblance));
    // Sorted rather than looked up one by one: those of a million lie all over the memory.
    comments.par_sort_unstable_by_key(|(resemblance, id, comment)| (*resemblance, *id, comment.place));
    let alike: Vec<_> = comments.chunk_by(|a, b| a.0 == b.0).filter(|alike| matches!(alike, [_, _, ..])).collect();
    let copies = alike.into_par_iter().flat_map_iter(|alike| copies(alike, facts)).collect::<Vec<_>>();
    diagnostics.extend(copies);
}

/// Which of many numbers occur more than once, and some others by chance: most comments are like no other.
struct Repeated {
    /// Whether more than one number falls into a slot; nothing where none does.
    is_twice_in: Vec<Option<bool>>,
}

impl Repeated {
    fn among(numbers: impl Iterator<Item = u64>, n_numbers: usize) -> Self {
        let mut repeated = Self { is_twice_in: vec![None; 4 * n_numbers] };
        for number in numbers {
            let slot = repeated.slot(number);
            let known = &mut repeated.is_twice_in[slot];
            *known = Some(known.is_some());
        }
        repeated
    }

    fn may_have(&self, number: u64) -> bool {
        self.is_twice_in[self.slot(number)] == Some(true)
    }

    fn slot(&self, number: u64) -> usize {
        usize::try_from(number % self.is_twice_in.len() as u64).unwrap_or_default()
    }
}

/// The findings about comments that resemble each other: most say the same, some do so by chance.
fn copies(alike: &[(u64, MeasureId, &Text)], facts: &PeriodFacts<'_>) -> Vec<Diagnostic> {
    let mut originals: HashMap<String, Original<'_>> = HashMap::new();
    let mut found = Vec::new();
    let mut last: Option<(&Text, Original<'_>)> = None;
    for &(_, id, comment) in alike {
        // Nearly all are the same letter for letter, and the original of one is that of the next.
        let same = last.filter(|(before, _)| before.value == comment.value).map(|(_, original)| original);
        let original = same.unwrap_or_else(|| {
            let squashed = squash(&comment.value);
            let is_long = is_long_enough(&squashed);
            *originals.entry(squashed).or_insert(Original { id, comment, is_long })
        });
        last = Some((comment, original));
        if original.id != id && original.is_long {
            found.push(finding(first_line(facts, comment), id, first_line(facts, original.comment), original.id));
        }
    }
    found
}

/// The first of the comments that say the same.
#[derive(Clone, Copy)]
struct Original<'a> {
    id: MeasureId,
    comment: &'a Text,
    is_long: bool,
}

/// Whether a comment is long enough to be compared.
pub(super) fn is_long(comment: &str) -> bool {
    is_long_enough(&squash(comment))
}

fn is_long_enough(squashed: &str) -> bool {
    squashed.chars().count() >= LENGTH_FLOOR
}

/// The first line of a comment stands for all of it.
pub(super) fn first_line(facts: &PeriodFacts<'_>, comment: &Text) -> Place {
    let text = comment.value.trim_start();
    let start = comment.value.len() - text.len();
    let length = text.lines().next().unwrap_or_default().trim_end().len();
    facts.files.place_within(comment, start..start + length)
}

fn finding(place: Place, id: MeasureId, original: Place, first: MeasureId) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("komentář k opatření {id} je doslova stejný jako u opatření {first}"))
        .measure(id)
        .related(original, format!("stejný komentář k opatření {first} je zde"))
        .help(format!("napište, co se udělalo v opatření {id}; platí-li opravdu totéž, napište „viz {first}“"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, findings, helps, in_words, marked, run};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";
    /// As long as the shortest comment that is compared, in letters and in bytes.
    const FORTY: &str = "Porady se konaly vzdy jednou za dva roky";
    const LONG: &str = "Metodika je rozpracovaná a projednává ji pracovní skupina.";

    fn commented(first: &str, second: &str) -> String {
        edited(PATH, "komentar: Metodika je rozpracovaná.", &format!("komentar: {first}"))
            .replace("komentar: Konaly se konference.", &format!("komentar: {second}"))
    }

    #[test]
    fn a_copy_is_found_with_its_original() {
        let text = commented(LONG, LONG);
        let changes = [(PATH, text.as_str())];
        let found = "obdobi/2023/podklady/osv.yaml:8:15: komentář k opatření I/2 je doslova stejný jako u opatření I/1";
        assert_eq!(findings(&RULE, &changes), [found]);
        assert_eq!(
            helps(&RULE, &changes),
            ["napište, co se udělalo v opatření I/2; platí-li opravdu totéž, napište „viz I/1“"]
        );
        let dataset = dataset(&changes);
        let related = run(&RULE, &dataset).remove(0).related.remove(0);
        let original = in_words(&Diagnostic::new(&RULE, related.place, related.message), &dataset);
        assert_eq!(original, "obdobi/2023/podklady/osv.yaml:5:15: stejný komentář k opatření I/1 je zde");
    }

    #[test]
    fn blanks_and_line_breaks_make_no_difference_and_a_block_is_found_at_its_first_line() {
        let text = commented(LONG, "|-\n      Metodika  je rozpracovaná\n      a projednává ji pracovní skupina.");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:9:7: komentář k opatření I/2 je doslova stejný jako u opatření I/1"]
        );
        assert_eq!(marked(&RULE, &[(PATH, &text)]), ["Metodika  je rozpracovaná"]);
        let csv = format!(
            "opatreni;stav;komentar\nII/1;ČÁSTEČNĚ;\" \n {LONG}  \nDál.\"\nI/2;ČÁSTEČNĚ;\" \n {LONG}  \nDál.\"\n"
        );
        assert_eq!(marked(&RULE, &[(PATH, ""), ("obdobi/2023/podklady/oz.csv", &csv)]), [LONG]);
    }

    #[test]
    fn another_file_is_looked_into() {
        let csv = format!("opatreni;stav;komentar\nII/1;ČÁSTEČNĚ;{LONG}\n");
        assert_eq!(
            findings(&RULE, &[(PATH, &commented(LONG, "Konaly se.")), ("obdobi/2023/podklady/oz.csv", &csv)]),
            ["obdobi/2023/podklady/oz.csv:2:15: komentář k opatření II/1 je doslova stejný jako u opatření I/1"]
        );
    }

    #[test]
    fn what_differs_in_marks_and_punctuation_resembles_and_is_no_copy() {
        let other = "Metodika je rozpracovaně: a projednává ji pracovní skupina.";
        assert_eq!(resemblance(other), resemblance(LONG));
        assert_eq!(findings(&RULE, &[(PATH, &commented(LONG, &format!("\"{other}\"")))]), [""; 0]);
    }

    #[test]
    fn short_or_different_comments_or_those_of_one_measure_are_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        assert_eq!(findings(&RULE, &[(PATH, &commented("Plní se průběžně.", "Plní se průběžně."))]), [""; 0]);
        assert_eq!(marked(&RULE, &[(PATH, &commented(FORTY, FORTY))]), [FORTY]);
        let shorter = &FORTY[..39];
        assert_eq!(findings(&RULE, &[(PATH, &commented(shorter, shorter))]), [""; 0]);
        assert_eq!(findings(&RULE, &[(PATH, &commented(LONG, &format!("{LONG} Hotovo.")))]), [""; 0]);
        let csv = format!("opatreni;stav;komentar\nI/1;ČÁSTEČNĚ;{LONG}\n");
        assert_eq!(
            findings(&RULE, &[(PATH, &commented(LONG, "Konaly se.")), ("obdobi/2023/podklady/oz.csv", &csv)]),
            [""; 0]
        );
    }
}
