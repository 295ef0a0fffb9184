//! Lists of codes that measures refer to: the related documents (*dokumenty*) and the sources of
//! money (*zdroje financování*). They do not know who refers to them.

use crate::model::text::squash;
use crate::source::Text;

/// Number of an entry in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeId(usize);

/// One entry.
#[derive(Debug, Clone)]
pub struct Coded {
    /// The abbreviation data use.
    pub code: Text,
    /// The full name.
    pub name: String,
}

/// The entries in the order in which they are written.
#[derive(Debug, Default)]
pub struct CodeList {
    entries: Vec<Coded>,
}

impl CodeList {
    /// Enters one more.
    pub fn add(&mut self, entry: Coded) {
        self.entries.push(entry);
    }

    /// The entry of this code, blanks and letter case aside.
    pub fn find(&self, code: &str) -> Option<CodeId> {
        let wanted = squash(code);
        self.entries.iter().position(|entry| squash(&entry.code.value) == wanted).map(CodeId)
    }

    /// The entry with this number. Numbers come only from the same list.
    pub fn get(&self, id: CodeId) -> &Coded {
        &self.entries[id.0]
    }

    /// All codes, for suggestions.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.code.value.as_str())
    }
}
