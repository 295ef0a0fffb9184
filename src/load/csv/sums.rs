//! Rows that add up others, which whoever filled in a table put below them.

use crate::load::csv::Cell;
use crate::load::csv::untitled::Untitled;
use crate::load::raw::is_dashes;
use crate::model::squash;

/// What a row that adds up others says in the column of what rows are about, or, where nothing stands there, in
/// one without a title.
pub(super) fn sum<'r, 't>(about: usize, untitled: &[Untitled], row: &'r [Cell<'t>]) -> Option<&'r Cell<'t>> {
    let named = row.get(about).filter(|cell| !is_dashes(&cell.value));
    named.or_else(|| untitled.iter().find_map(|column| column.cell(row))).filter(|cell| is_sum(&cell.value))
}

/// Whether a text is what people call a sum.
pub(super) fn is_sum(named: &str) -> bool {
    // No measure is called by a word; there may be a million of them.
    named.trim_start().starts_with(['C', 'c', 'S', 's'])
        && ["celkem", "součet", "suma"].iter().any(|word| squash(named).starts_with(word))
}
