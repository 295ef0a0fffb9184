//! Columns of a table that have no title: what stands in them is missed by nobody but us.

use crate::diagnostic::Diagnostic;
use crate::load::csv::Cell;
use crate::load::raw::is_dashes;
use crate::rules::neplatne_csv;

/// A column without a title.
pub(super) struct Untitled {
    index: usize,
    /// Whether there is a finding of it.
    is_told: bool,
}

impl Untitled {
    /// Those of a header, in which each known column is something.
    pub(super) fn among<C>(header: &[Option<C>]) -> Vec<Self> {
        let untitled = (0..).zip(header).filter(|(_, column)| column.is_none());
        untitled.map(|(index, _)| Self { index, is_told: false }).collect()
    }

    /// Whether something stands in the column in a row. It is found once, since the rows below want the same title.
    pub(super) fn is_filled(&mut self, row: &[Cell<'_>], diagnostics: &mut Vec<Diagnostic>) -> bool {
        let Some(cell) = self.cell(row).filter(|cell| !self.is_number_of_row(cell.value.trim())) else { return false };
        if !std::mem::replace(&mut self.is_told, true) {
            diagnostics.push(neplatne_csv::cell_without_title(cell.place));
        }
        true
    }

    /// What stands in the column in a row.
    pub(super) fn cell<'r, 't>(&self, row: &'r [Cell<'t>]) -> Option<&'r Cell<'t>> {
        row.get(self.index).filter(|cell| !is_dashes(&cell.value))
    }

    /// Whether a cell numbers its row, which is nothing to be missed: `3`, `3.`, `3)` in the first column.
    fn is_number_of_row(&self, cell: &str) -> bool {
        let number = cell.strip_suffix(['.', ')']).unwrap_or(cell);
        self.index == 0 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    }
}
