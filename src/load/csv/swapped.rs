//! Cells that each say what belongs into the other, as where the titles of two columns are swapped.

use crate::diagnostic::Diagnostic;
use crate::rules::neplatne_csv;
use crate::source::Text;

/// How long what says one of a few things is at most, in bytes. Texts are longer, and there may be a million of them.
const LONGEST_CODE: usize = 40;

/// Whether a table was found to have such cells.
#[derive(Debug, Default)]
pub struct Swapped {
    is_told: bool,
}

impl Swapped {
    /// Puts a cell that should say one of a few things, and one that holds a text, into each other's places where
    /// only that makes sense. It is found once, as it is mostly the titles that are swapped.
    pub fn put_right(
        &mut self,
        (code, code_title): (&mut Option<Text>, &str),
        (prose, prose_title): (&mut Option<Text>, &str),
        is_code: impl Fn(&str) -> bool,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let (Some(first), Some(second)) = (&code, &prose) else { return };
        if second.value.len() > LONGEST_CODE || is_code(&first.value) || !is_code(&second.value) {
            return;
        }
        if !std::mem::replace(&mut self.is_told, true) {
            diagnostics.push(neplatne_csv::swapped_cells(first.place, code_title, prose_title));
        }
        std::mem::swap(code, prose);
    }
}
