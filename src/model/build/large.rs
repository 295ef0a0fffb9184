//! What is most of the data, taken out of what was read: each file is parsed where it is understood, on the
//! same thread, and nothing of it is there any more when the next one comes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::{Content, Large, Submission};
use crate::load::yaml::Node;
use crate::load::{self, Tree};
use crate::model::build::{Builder, belongs};
use crate::rules::neplatne_csv;
use crate::source::{FileId, Files, Place};

/// What one file holds, or that it waits.
pub(super) struct Taken<T> {
    pub(super) file: FileId,
    /// The folder of the period that it lies in, when it does.
    pub(super) folder: Option<String>,
    held: Large<T>,
}

/// A kind of content that is large.
pub(super) trait OfContent: Sized {
    /// The content, when it is of this kind.
    fn of(content: &mut Content) -> Option<&mut Large<Self>>;
}

impl OfContent for Node {
    fn of(content: &mut Content) -> Option<&mut Large<Self>> {
        if let Content::Area(held) = content { Some(held) } else { None }
    }
}

impl OfContent for Vec<Submission> {
    fn of(content: &mut Content) -> Option<&mut Large<Self>> {
        if let Content::Submissions(held) = content { Some(held) } else { None }
    }
}

/// Takes what is of one kind and belongs to a model, in the order of files.
pub(super) fn take<T: OfContent>(tree: &mut Tree, frozen: Option<&str>) -> Vec<Taken<T>> {
    let apart = &tree.apart;
    let documents = tree.documents.iter_mut().filter(|document| belongs(document, frozen, apart));
    let taken = documents.filter_map(|document| {
        let held = std::mem::replace(T::of(&mut document.content)?, Large::Taken);
        Some(Taken { file: document.file, folder: document.period.clone(), held })
    });
    taken.collect()
}

impl<T: OfContent> Taken<T> {
    /// What it says, unless it cannot be read, and what was found wrong with it just now.
    pub(super) fn parsed(self, files: &Files) -> (Option<T>, Vec<Diagnostic>) {
        let found = |mut content: Content| T::of(&mut content).map(|held| std::mem::replace(held, Large::Taken));
        match self.held {
            Large::Parsed(parsed) => (Some(parsed), Vec::new()),
            Large::Taken => (None, Vec::new()),
            Large::Waiting => {
                let (content, diagnostics) = load::parse_waiting(files, self.file);
                let Some(Large::Parsed(parsed)) = content.and_then(found) else { return (None, diagnostics) };
                (Some(parsed), diagnostics)
            }
        }
    }
}

impl Builder<'_> {
    /// What a file says, unless it cannot be read. What was found wrong with it just now is taken in.
    pub(super) fn parsed<T: OfContent>(&mut self, taken: Taken<T>) -> Option<T> {
        let file = taken.file;
        let (parsed, found) = taken.parsed(self.files);
        if !found.is_empty() {
            let mut places = self.unreadable.get(&file).cloned().unwrap_or_default();
            places.extend(unreadable(&found).into_values().flatten());
            self.unreadable = Arc::new(BTreeMap::from([(file, places)]));
            if with_unread_row(&found).contains(&file) {
                self.with_unread_row = Arc::new(BTreeSet::from([file]));
            }
            self.read.extend(found);
        }
        self.unread.extend(parsed.is_none().then_some(file));
        parsed
    }
}

/// The tables of which some row could not be read.
pub(super) fn with_unread_row(diagnostics: &[Diagnostic]) -> BTreeSet<FileId> {
    let of_tables = diagnostics.iter().filter(|fault| std::ptr::eq(fault.rule, &neplatne_csv::RULE));
    of_tables.filter(|fault| !neplatne_csv::is_without_title(fault)).map(|fault| fault.place.file).collect()
}

/// What keeps something of a file from being read, and where.
pub(super) fn unreadable(diagnostics: &[Diagnostic]) -> BTreeMap<FileId, Vec<Place>> {
    let mut unreadable: BTreeMap<FileId, Vec<Place>> = BTreeMap::new();
    // Another spelling, such as line ends of Windows, hides nothing; nor does what stands in a column without a
    // title hide anything of the other columns.
    let hides = |fault: &&Diagnostic| fault.rule.severity == Severity::Error && !neplatne_csv::is_without_title(fault);
    for fault in diagnostics.iter().filter(hides) {
        unreadable.entry(fault.place.file).or_default().push(fault.place);
    }
    unreadable
}
