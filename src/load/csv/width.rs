//! Rows of more or fewer cells than the header, and what they look like.

use crate::diagnostic::Diagnostic;
use crate::load::csv::{Cell, SEPARATORS, is_closed, sums};
use crate::load::raw::is_dashes;
use crate::model::{MeasureId, Status};
use crate::rules::neplatne_csv::{self, Width};
use crate::source::Place;

/// What a row of another width looks like.
pub(super) fn width(text: &str, cells: &[Cell<'_>], n_columns: usize) -> Width {
    let is_padded = cells.iter().skip(n_columns).all(|cell| cell.value.trim().is_empty());
    // A sentence goes on with a blank behind what is taken for a separator.
    let goes_on = |cell: &Cell<'_>| cell.value.starts_with(' ') && !cell.value.trim().is_empty();
    if seems_unclosed(text, cells, n_columns) {
        Width::Unclosed
    } else if cells.len() < n_columns {
        Width::Short
    } else if is_padded && !cells.iter().skip(1).any(goes_on) {
        Width::Padded
    } else {
        Width::Long
    }
}

/// Whether a record of another width goes on over lines as if a quotation mark were missing.
fn seems_unclosed(text: &str, cells: &[Cell<'_>], n_columns: usize) -> bool {
    let has_line_end = cells.iter().any(|cell| text[cell.place.range()].contains('\n'));
    // Lines that quotation marks part off rightly are no sign that there is one missing.
    let is_parted = cells.len() > n_columns && cells.iter().all(|cell| is_whole(text, cell));
    has_line_end && !is_parted
}

/// Whether a cell has quotation marks around all of it or none before it.
fn is_whole(text: &str, cell: &Cell<'_>) -> bool {
    let source = &text[cell.place.range()];
    !source.starts_with('"') || (source.ends_with('"') && is_closed(source))
}

/// The row above, as far as a text at its end may go on below.
#[derive(Default)]
pub(super) struct Above {
    /// Of how many cells it is itself.
    n_own: usize,
    /// Of how many cells it is with what goes on below it; none where no text is at its end.
    n_cells: usize,
    /// Which of the findings says that these are too few.
    too_few: Option<usize>,
    /// Whether there is a finding of what goes on below it.
    is_told: bool,
}

impl Above {
    /// A row, and which of the findings says that its cells are too few.
    pub(super) fn of(cells: &[Cell<'_>], too_few: Option<usize>) -> Self {
        let n_own = cells.len();
        Self { n_own, n_cells: n_before_a_text_goes_on(cells, n_own), too_few, is_told: false }
    }

    /// Whether a row is no row, but what a line end without quotation marks tore off the text above. It is found
    /// once, however many lines the text has.
    pub(super) fn goes_on(
        &mut self,
        text: &str,
        cells: &[Cell<'_>],
        place: Place,
        n_columns: usize,
        is_of_measures: bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let n_together = (self.n_cells + cells.len()).saturating_sub(1);
        // Where nothing tells rows by a measure, those that lack the same cells are rows, and so is what begins with a
        // name of one word.
        let is_row = !is_of_measures && (cells.len() == self.n_own || begins_with_name(cells));
        let ends_row = n_together == n_columns && !is_row;
        let fits = cells.len() < n_columns && (cells.len() == 1 || ends_row);
        if self.n_cells == 0 || !fits || !is_rest_of_a_text(text, cells) {
            return false;
        }
        if !std::mem::replace(&mut self.is_told, true) {
            diagnostics.push(neplatne_csv::torn_text(place));
        }
        // The cells that the row above lacks are here.
        if let Some(at) = self.too_few.take_if(|_| n_together == n_columns) {
            diagnostics.remove(at);
        }
        self.n_cells = n_before_a_text_goes_on(cells, n_together);
        true
    }
}

fn n_before_a_text_goes_on(cells: &[Cell<'_>], n_cells: usize) -> usize {
    cells.last().filter(|cell| !is_dashes(&cell.value)).map_or(0, |_| n_cells)
}

fn begins_with_name(cells: &[Cell<'_>]) -> bool {
    let first = cells.first().map_or("", |first| first.value.trim());
    first.starts_with(char::is_uppercase) && !first.contains(char::is_whitespace)
}

/// Whether cells begin with a text and say nothing of a measure, nor add up others.
fn is_rest_of_a_text(text: &str, cells: &[Cell<'_>]) -> bool {
    let is_of_row = |cell: &Cell<'_>| MeasureId::parse(&cell.value).is_some() || Status::parse(&cell.value).is_some();
    // A row may have separators of another kind.
    let begins_with_measure = |cell: &Cell<'_>| {
        let first =
            cell.value.trim().split(|c: char| c.is_whitespace() || SEPARATORS.map(char::from).contains(&c)).next();
        first.is_some_and(|first| MeasureId::parse(first).is_some())
    };
    let begins = cells.first().is_some_and(|first| {
        let is_quoted = text[first.place.range()].starts_with('"');
        !is_quoted && !begins_with_measure(first) && !is_dashes(&first.value) && !sums::is_sum(&first.value)
    });
    begins && !cells.iter().any(is_of_row)
}
