//! Columns of a table that have no title: what stands in them is missed by nobody but us.

use crate::diagnostic::Diagnostic;
use crate::load::csv::Cell;
use crate::rules::neplatne_csv;

/// A column without a title.
pub(super) struct Untitled {
    index: usize,
    /// Whether there is a finding of it.
    is_told: bool,
    /// The last number of a row.
    number: usize,
}

impl Untitled {
    /// Those of a header, in which each known column is something.
    pub(super) fn among<C>(header: &[Option<C>]) -> Vec<Self> {
        let untitled = (0..).zip(header).filter(|(_, column)| column.is_none());
        untitled.map(|(index, _)| Self { index, is_told: false, number: 0 }).collect()
    }

    /// Whether something stands in the column in a row. It is found once, since the rows below want the same title.
    pub(super) fn is_filled(&mut self, row: &[Cell<'_>], diagnostics: &mut Vec<Diagnostic>) -> bool {
        let Some(cell) = row.get(self.index) else { return false };
        let text = cell.value.trim();
        if text.is_empty() || self.numbers_rows(text) {
            return false;
        }
        if !std::mem::replace(&mut self.is_told, true) {
            diagnostics.push(neplatne_csv::cell_without_title(cell.place));
        }
        true
    }

    /// Whether the cells of the first column up to this one number the rows, which is nothing to be missed. Rows of
    /// one measure may have one number, and those of each area may begin anew.
    fn numbers_rows(&mut self, cell: &str) -> bool {
        let number: Option<usize> = cell.strip_suffix(['.', ')']).unwrap_or(cell).parse().ok();
        let goes_on = |number: &usize| *number <= 1 || (self.number..=self.number + 1).contains(number);
        let next = number.filter(|number| self.index == 0 && !self.is_told && goes_on(number));
        self.number = next.unwrap_or(self.number);
        next.is_some()
    }
}
