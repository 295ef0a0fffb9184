//! What a body's earlier files say that is no content, since it could not be understood: whoever decides
//! whether they may go is to see it.

use std::collections::BTreeMap;

use crate::import::content::Content;
use crate::load::raw::{self, Reported, Submission, is_dashes};
use crate::load::{self, RawFile};
use crate::model::{MeasureId, one_line, shown};

/// By the measure as it is written, the status that is said of it; empty where none is.
pub type Unread = BTreeMap<String, String>;

/// What of the files is not in their content.
pub(super) fn of(files: Vec<RawFile>, content: &Content) -> Unread {
    let mut unread = Unread::new();
    for document in load::parse(files).documents {
        let raw::Content::Submissions(raw::Large::Parsed(submissions)) = document.content else { continue };
        for submission in submissions.iter().filter(|submission| says_anything(submission)) {
            let id = MeasureId::parse(&submission.measure.value);
            let status = submission.status.as_ref().filter(|status| !is_dashes(&status.value));
            let is_read = match id.and_then(|id| content.get(&id)) {
                Some(read) => read.status.is_some() || status.is_none(),
                None => false,
            };
            if !is_read {
                let measure = id.map_or_else(|| shown(&one_line(&submission.measure.value)), |id| id.to_string());
                let status = status.map(|status| shown(&one_line(&status.value))).unwrap_or_default();
                unread.entry(measure).or_insert(status);
            }
        }
    }
    unread
}

/// Whether anything was answered; forms hold entries in which nothing was.
fn says_anything(submission: &Submission) -> bool {
    let is_said = |text: &str| !is_dashes(text);
    let of_criterion = |Reported { value, status, evidence, .. }: &Reported| {
        [value, status, evidence].into_iter().flatten().any(|text| is_said(&text.value))
    };
    submission.status.as_ref().is_some_and(|status| is_said(&status.value))
        || submission.comments.iter().any(|comment| !comment.value.trim().is_empty())
        || submission.criteria.iter().any(of_criterion)
}

#[cfg(test)]
mod tests {
    use crate::import::differences;
    use crate::import::testing::{answered, judge, xlsx};

    #[test]
    fn what_could_not_be_read_is_shown_as_it_is_written() {
        let (marks, rows) = answered();
        let bytes = xlsx(&marks, &rows, |_| {});
        for (path, earlier, expected) in [
            (
                "obdobi/2025/podklady/oz.csv",
                "opatreni;stav;komentar\nI/2;částečně;\"Konaly se; v Liberci.\n\n- dvakrát\"\nII/1;skoro plněno;Ano\nI/33;plněno;Ano\n",
                &[
                    "I/2: kritérium „Počet konferencí“: hodnota nic → 12, stav: žádný → PLNĚNO",
                    "II/1: teď chybí (dosud stav „skoro plněno“)",
                    "I/33: teď chybí (dosud stav „plněno“)",
                ][..],
            ),
            (
                "obdobi/2025/podklady/oz.yaml",
                "podklady:\n  - {opatreni: I/2, stav: snad}\n  - {opatreni: dvojka, komentar: Ano.}\n  - {opatreni: II/1, stav: }\n",
                &[
                    "I/2: stav: „snad“ → ČÁSTEČNĚ; přibyl komentář; kritérium „Počet konferencí“: hodnota nic → 12, stav: žádný → PLNĚNO",
                    "dvojka: teď chybí (dosud stav žádný)",
                ],
            ),
        ] {
            let judged = judge(&[("oz.xlsx", &bytes)], &[(path, earlier)]);
            let taken = &judged.taken[0];
            let before = taken.before.as_ref().expect("there was something");
            assert!(before.is_broken);
            assert_eq!(before.text, earlier);
            assert_eq!(differences::between(before, &taken.content), expected, "{path}");
            assert_eq!(differences::lost(before, &taken.content), expected.len() - 1, "{path}");
        }
    }
}
