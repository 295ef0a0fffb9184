//! Comments of the comment procedure into the typed model.

use super::Builder;
use crate::load::raw;
use crate::model::{Author, Comment, Period, Register, Resolution, Section, Strategy, Subject, Year, squash};
use crate::rules::{neznama_cast, nezname_vyporadani, neznamy_subjekt};
use crate::source::{Located, Text};

impl Builder<'_> {
    pub(super) fn comments(&mut self, raws: &[raw::Comment], strategy: &Strategy, period: &mut Period) {
        for raw in raws {
            let author = self.author(&raw.author, &strategy.register, &period.consulted, period.year);
            let subject = self.subject(raw, strategy, period.year);
            let resolution = raw.resolution.as_ref().and_then(|text| self.resolution(text, period.year));
            let (Some(author), Some(subject)) = (author, subject) else { continue };
            let is_readable =
                resolution.is_some() == raw.resolution.is_some() && !raw.has_untitled && self.is_readable(raw.extent);
            period.comments.push(Comment {
                author,
                subject,
                text: raw.text.clone(),
                resolution,
                reason: raw.reason.clone(),
                is_readable,
                place: raw.place,
            });
        }
    }

    fn author(
        &mut self,
        text: &Text,
        register: &Register,
        consulted: &[String],
        year: Year,
    ) -> Option<Located<Author>> {
        let written = squash(&text.value);
        if let Some(group) = consulted.iter().find(|group| squash(group) == written) {
            return Some(text.with(Author::Group(group.clone())));
        }
        let body = register.one(&text.value);
        if body.is_none() {
            self.unknown_body(neznamy_subjekt::author(text, register, consulted).period(year));
        }
        body.map(|body| text.with(Author::Body(body)))
    }

    /// What a comment is about. A misspelled key has its own finding, and may be the one that says it.
    fn subject(&mut self, raw: &raw::Comment, strategy: &Strategy, year: Year) -> Option<Located<Subject>> {
        match (&raw.measure, &raw.section) {
            (Some(text), None) => {
                self.measure_id(text, strategy, year).map(|measure| measure.with(Subject::Measure(measure.value)))
            }
            (None, Some(text)) => {
                self.section(text, strategy, year).map(|section| text.with(Subject::Section(section)))
            }
            (Some(_), Some(section)) => {
                self.diagnostics.push(neznama_cast::both(section).period(year));
                None
            }
            (None, None) => {
                if !raw.has_untitled && self.is_readable(raw.extent) {
                    self.diagnostics.push(neznama_cast::missing(raw.place).period(year));
                }
                None
            }
        }
    }

    fn section(&mut self, text: &Text, strategy: &Strategy, year: Year) -> Option<Section> {
        match Section::parse(&text.value) {
            Some(Section::Area(area)) if !strategy.areas.contains_key(&area) => {
                if !self.has_unread_area {
                    self.diagnostics.push(neznama_cast::unknown_area(text, area).period(year));
                }
                None
            }
            Some(section) => Some(section),
            None => {
                self.diagnostics.push(neznama_cast::finding(text).period(year));
                None
            }
        }
    }

    fn resolution(&mut self, text: &Text, year: Year) -> Option<Located<Resolution>> {
        let resolution = Resolution::parse(&text.value);
        if resolution.is_none() {
            self.diagnostics.push(nezname_vyporadani::finding(text).period(year));
        }
        resolution.map(|resolution| text.with(resolution))
    }
}
