//! Cells that each say what belongs into the other, as where the titles of two columns are swapped.

use crate::source::{Place, Text};

/// How long what says one of a few things is at most, in bytes. Texts are longer, and there may be a million of them.
const LONGEST_CODE: usize = 40;

/// What is said in fewer words may be one of a few things, misspelled.
const FEWEST_WORDS: usize = 4;

fn is_sentence(text: &str) -> bool {
    text.len() > LONGEST_CODE || text.split_whitespace().count() >= FEWEST_WORDS
}

/// Whether a table was found to have such cells.
#[derive(Debug, Default)]
pub struct Swapped {
    is_told: bool,
}

impl Swapped {
    /// Puts a cell that should say one of a few things, and one that holds a text, into each other's places where
    /// only that makes sense. The first time it says where that is: mostly it is the titles that are swapped.
    pub fn put_right(
        &mut self,
        code: &mut Option<Text>,
        prose: &mut Option<Text>,
        is_code: impl Fn(&str) -> bool,
    ) -> Option<Place> {
        let (first, second) = (code.as_ref()?, prose.as_ref()?);
        if second.value.len() > LONGEST_CODE || !is_sentence(&first.value) || !is_code(&second.value) {
            return None;
        }
        let place = first.place;
        std::mem::swap(code, prose);
        (!std::mem::replace(&mut self.is_told, true)).then_some(place)
    }
}
