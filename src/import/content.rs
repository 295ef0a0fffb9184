//! What a body submits for a period, as content and not as text: the same whether it came in a sheet,
//! in CSV or in YAML. It is what deliveries are compared by and what the data are written from.

use std::collections::BTreeMap;

use crate::dataset::Dataset;
use crate::import::paragraphs;
use crate::model::{MeasureId, Status, Strategy, Submission, Year, czech_number, tidied};
use crate::source::FileId;

/// What is said of one measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Submitted {
    /// The status of the whole measure.
    pub status: Option<Status>,
    /// The comment; line ends are LF and there is nothing blank around it.
    pub comment: Option<String>,
    /// Single criteria in the order of the definition.
    pub criteria: Vec<Answer>,
}

impl Submitted {
    /// The same where the comment stood in a cell: each line of it is one that was meant.
    pub fn of_cells(self) -> Self {
        Self { comment: self.comment.as_deref().map(paragraphs::of_cell), ..self }
    }
}

/// What is said of one criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Its name as the definition has it.
    pub criterion: String,
    /// The value: digits and a decimal comma.
    pub value: Option<String>,
    /// Its status.
    pub status: Option<Status>,
    /// The evidence.
    pub evidence: Option<String>,
}

/// Everything a file says, by measure.
pub type Content = BTreeMap<MeasureId, Submitted>;

/// What stands in the given files of a period. Entries in which nothing was answered are no content.
pub fn of(dataset: &Dataset, year: Year, files: &[FileId]) -> Content {
    let strategy = dataset.strategy_of(year);
    let Some(period) = strategy.periods.get(&year) else { return Content::new() };
    let mut content = Content::new();
    for submission in period.submissions.iter().filter(|it| files.contains(&it.place.file)) {
        let id = submission.measure.value;
        content.entry(id).or_insert_with(|| submitted(strategy, id, submission));
    }
    content.retain(|_, submitted| *submitted != Submitted::default());
    content
}

fn submitted(strategy: &Strategy, id: MeasureId, submission: &Submission) -> Submitted {
    let comments = submission.comments.iter().map(|comment| tidied(&comment.value));
    let comments: Vec<_> = comments.filter(|comment| !comment.is_empty()).collect();
    let criteria = strategy.measures.get(&id).map(|measure| &*measure.criteria).unwrap_or_default();
    let mut reported: Vec<_> = submission.criteria.iter().collect();
    reported.sort_by_key(|reported| reported.criterion.value);
    let answers = reported.into_iter().filter_map(|reported| {
        let evidence = reported.evidence.as_ref().map(|evidence| tidied(&evidence.value));
        Some(Answer {
            criterion: criteria.get(reported.criterion.value)?.name.to_string(),
            value: reported.value.as_ref().map(|value| czech_number(value.value)),
            status: reported.status.as_ref().map(|status| status.value),
            evidence: evidence.filter(|evidence| !evidence.is_empty()).map(Into::into),
        })
    });
    let answers =
        answers.filter(|answer| answer.value.is_some() || answer.status.is_some() || answer.evidence.is_some());
    Submitted {
        status: submission.status.as_ref().map(|status| status.value),
        comment: (!comments.is_empty()).then(|| comments.join("\n\n")),
        criteria: answers.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_decimal_commas_and_no_needless_ones() {
        for (value, expected) in [(12.0, "12"), (12.5, "12,5"), (0.1, "0,1"), (1e15, "1000000000000000")] {
            assert_eq!(czech_number(value), expected);
        }
    }
}
