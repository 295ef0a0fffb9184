//! A small text and findings in it, for the tests of formats.

use crate::diagnostic::Diagnostic;
use crate::emit::{Findings, Format};
use crate::load::encoding::decode_utf8;
use crate::rules::{Rule, neznamy_stav};
use crate::source::{FileId, Files, Place, SourceFile};

/// One text, `a.yaml` in the data folder `data`.
pub(crate) struct Sample {
    files: Files,
    file: FileId,
    path: &'static str,
}

impl Sample {
    pub(crate) fn new(text: &str) -> Self {
        Self::at("a.yaml", text)
    }

    /// A text under another name. It is decoded as a file would be, so a byte order mark is no part of it.
    pub(crate) fn at(path: &'static str, text: &str) -> Self {
        let mut files = Files::default();
        let text = decode_utf8(text.as_bytes()).expect("it is UTF-8");
        let file = files.add_read(SourceFile::read(path.to_owned(), text.into(), text.as_bytes()));
        Self { files, file, path }
    }

    /// A finding at the first place where `text` stands.
    pub(crate) fn finding(&self, text: &str, message: &str) -> Diagnostic {
        self.finding_of(&neznamy_stav::RULE, text, message)
    }

    pub(crate) fn finding_of(&self, rule: &'static Rule, text: &str, message: &str) -> Diagnostic {
        let at = self.files.get(self.file).text().find(text).expect("the text is there");
        Diagnostic::new(rule, Place::new(self.file, at..at + text.len()), message)
    }

    pub(crate) fn write(&self, format: &Format, diagnostics: &[Diagnostic]) -> String {
        (format.write)(&self.findings(diagnostics, false)).expect("it can be written")
    }

    pub(crate) fn write_with_notes(&self, format: &Format, diagnostics: &[Diagnostic]) -> String {
        (format.write)(&self.findings(diagnostics, true)).expect("it can be written")
    }

    pub(crate) fn findings<'a>(&'a self, diagnostics: &'a [Diagnostic], every_note: bool) -> Findings<'a> {
        assert_eq!(self.files.get(self.file).path(), self.path);
        Findings { files: &self.files, diagnostics, root: "./data", base: "data", every_note }
    }
}

/// The same finding, accepted.
pub(crate) fn accepted_for(diagnostic: Diagnostic, reason: &str) -> Diagnostic {
    Diagnostic { accepted: Some(reason.to_owned()), ..diagnostic }
}

/// A text without its colours.
pub(crate) fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string().replace("./data", "data")
}
