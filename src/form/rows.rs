//! A form as a table: the rows that all formats of columns write. What stands in which column is
//! decided here and nowhere else.

use crate::form::layout::Column;
use crate::form::{Form, FormMeasure};
use crate::model::{Criterion, CriterionKind};

/// A row of a form.
#[derive(Debug, Clone, Copy)]
pub(super) enum Row<'a> {
    /// A measure, for its status and comment.
    Measure(&'a FormMeasure),
    /// One of its criteria, for its status, value and evidence.
    Criterion(&'a FormMeasure, &'a Criterion),
}

/// All rows in their order: each measure, and its criteria under it.
pub(super) fn rows(form: &Form) -> impl Iterator<Item = Row<'_>> {
    form.measures.iter().flat_map(|measure| {
        let criteria = measure.criteria.iter().map(move |criterion| Row::Criterion(measure, criterion));
        std::iter::once(Row::Measure(measure)).chain(criteria)
    })
}

impl Row<'_> {
    /// What stands in a column before anybody fills anything in.
    pub(super) fn text(&self, column: Column) -> String {
        match (self, column) {
            (Self::Measure(measure) | Self::Criterion(measure, _), Column::Measure) => measure.id.to_string(),
            (Self::Measure(measure), Column::Role) => measure.role.word().to_owned(),
            (Self::Measure(measure), Column::Description) => measure.description.clone(),
            (Self::Measure(measure), Column::Indicator) => measure.indicator.clone().unwrap_or_default(),
            (Self::Measure(measure), Column::Deadline) => measure.deadline.clone(),
            (Self::Measure(measure), Column::LastStatus) => {
                measure.previous_status.map(|status| status.code().to_owned()).unwrap_or_default()
            }
            (Self::Measure(measure), Column::LastComment) => measure.previous_comment.clone().unwrap_or_default(),
            (Self::Criterion(_, criterion), Column::Criterion) => criterion.name.to_string(),
            _ => String::new(),
        }
    }

    /// Whether the body has something to fill in there.
    pub(super) fn is_asked(&self, column: Column) -> bool {
        match (self, column) {
            (_, Column::Status) | (Self::Measure(_), Column::Comment) | (Self::Criterion(..), Column::Evidence) => true,
            (Self::Criterion(_, criterion), Column::Value) => criterion.kind == CriterionKind::Count,
            _ => false,
        }
    }

    /// Whether SPLNĚNO may stand there: a measure needs a set deadline for it, a criterion does not.
    pub(super) fn may_be_done(&self) -> bool {
        match self {
            Self::Measure(measure) => measure.has_set_deadline,
            Self::Criterion(..) => true,
        }
    }
}
