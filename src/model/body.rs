//! The register of bodies (*subjekty*) and how their many spellings are resolved.

use std::collections::{BTreeMap, HashMap};

use crate::model::text::{fold, slug, squash};
use crate::source::{Place, Text};

/// Number of a body in the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BodyId(u32);

/// A department, municipality, ministry, organisation.
#[derive(Debug, Clone)]
pub struct Body {
    /// The abbreviation data use.
    pub code: Text,
    /// The full name.
    pub name: String,
    /// What it is: odbor, obec, ministerstvo …
    pub kind: String,
    /// The body it is a part of.
    pub parent: Option<BodyId>,
}

/// What is written of a body that is not known yet.
pub const UNKNOWN_BODY: &str = "???";

/// How a text that should name a body was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// One of the register.
    Body(BodyId),
    /// `???`: not known yet.
    Unknown,
}

/// The anchor of a body in every format: `gestor-osv`.
pub fn anchor_of_body(code: &str) -> String {
    format!("gestor-{}", slug(code))
}

/// All bodies, found by code or alias.
#[derive(Debug, Default)]
pub struct Register {
    bodies: Vec<Body>,
    /// By the names as they are written, and squashed.
    by_name: HashMap<String, BodyId>,
    by_slug: HashMap<String, BodyId>,
    /// By aliases as names of files; nobody where several have the same.
    by_slug_of_alias: HashMap<String, Option<BodyId>>,
    /// Codes and aliases as they are written, by what of them suggestions look at.
    names: BTreeMap<String, String>,
}

impl Register {
    /// Enters a body; gives back its number, and the body before whose files and anchors would have the same
    /// name: its code differs in letter case, diacritics and marks alone.
    pub fn add(&mut self, body: Body) -> (BodyId, Option<BodyId>) {
        let id = BodyId(u32::try_from(self.bodies.len()).unwrap_or(u32::MAX));
        let first = *self.by_slug.entry(slug(&body.code.value)).or_insert(id);
        self.bodies.push(body);
        (id, Some(first).filter(|&first| first != id))
    }

    /// Enters one more name of a body; gives back the body that has it already.
    pub fn add_name(&mut self, name: &str, body: BodyId) -> Option<BodyId> {
        let known = *self.by_name.entry(squash(name)).or_insert(body);
        self.by_name.entry(name.to_owned()).or_insert(known);
        self.names.entry(fold(name)).or_insert_with(|| name.to_owned());
        let of_files = self.by_slug_of_alias.entry(slug(name)).or_insert(Some(known));
        *of_files = of_files.filter(|&body| body == known);
        Some(known).filter(|&known| known != body)
    }

    /// Says which body a body is a part of.
    pub fn set_parent(&mut self, body: BodyId, parent: BodyId) {
        self.bodies[body.0 as usize].parent = Some(parent);
    }

    /// The body with this number. Numbers come only from the same register.
    pub fn get(&self, id: BodyId) -> &Body {
        &self.bodies[id.0 as usize]
    }

    /// The code of a body.
    pub fn code(&self, id: BodyId) -> &str {
        &self.get(id).code.value
    }

    /// All bodies with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (BodyId, &Body)> {
        self.bodies.iter().enumerate().map(|(index, body)| (BodyId(u32::try_from(index).unwrap_or(u32::MAX)), body))
    }

    /// The body of this code or alias.
    pub fn find(&self, name: &str) -> Option<BodyId> {
        self.by_name.get(name).or_else(|| self.by_name.get(&squash(name))).copied()
    }

    /// The only body of this full name, letter case and diacritics aside.
    pub fn find_called(&self, name: &str) -> Option<BodyId> {
        let name = fold(name);
        let mut called = self.iter().filter(|(_, body)| fold(&body.name) == name);
        let (body, _) = called.next()?;
        called.next().is_none().then_some(body)
    }

    /// The body a submission file is named after, by its code or else by an alias: `odd-krizoveho-rizeni`.
    pub fn find_file(&self, file_stem: &str) -> Option<BodyId> {
        let slug = slug(file_stem);
        let of_slug = || {
            self.by_slug
                .get(&slug)
                .copied()
                .or_else(|| *self.by_slug_of_alias.get(&slug).filter(|_| !slug.is_empty())?)
        };
        self.find(file_stem).or_else(of_slug)
    }

    /// Reads one text that may name several bodies: `KÚ LK / OSV + OŠMTS`, `KÚ LK – OŠMTS`.
    ///
    /// A whole before its part, as in `KÚ LK / OSV`, only says where the part belongs.
    /// The error is the piece that is nobody's name, with its place in the text.
    pub fn parse(&self, text: &str) -> Result<Vec<Named>, Vec<(String, std::ops::Range<usize>)>> {
        let mut named = Vec::new();
        let mut unknown = Vec::new();
        for (piece, range) in self.pieces(text) {
            if !piece.is_empty() && piece.chars().all(|c| c == '?') {
                named.push(Named::Unknown);
            } else if let Some(body) = self.find(piece) {
                if let Some(Named::Body(before)) = named.last().copied()
                    && self.is_part_of(body, before)
                {
                    named.pop();
                }
                named.push(Named::Body(body));
            } else {
                unknown.push((piece.to_owned(), range));
            }
        }
        if unknown.is_empty() { Ok(named) } else { Err(unknown) }
    }

    /// The body that a text names, when it names one and nobody else.
    pub fn one(&self, text: &str) -> Option<BodyId> {
        match self.parse(text).as_deref() {
            Ok([Named::Body(body)]) => Some(*body),
            _ => None,
        }
    }

    /// Cuts a text at `/ + , ;`, and at a spaced dash where the whole is nobody's name.
    fn pieces<'t>(&self, text: &'t str) -> Vec<(&'t str, std::ops::Range<usize>)> {
        if self.find(text).is_some() {
            return vec![trimmed(text, 0)];
        }
        let mut pieces = Vec::new();
        for (piece, start) in split(text, |c| matches!(c, '/' | '+' | ',' | ';')) {
            if self.find(piece).is_some() {
                pieces.push(trimmed(piece, start));
            } else {
                pieces.extend(
                    split(piece, |c| matches!(c, '–' | '—')).into_iter().map(|(part, at)| trimmed(part, start + at)),
                );
            }
        }
        pieces.retain(|(piece, _)| !piece.is_empty());
        pieces
    }

    /// The body of this register that a body of an earlier one is: the one that has its code, or took it
    /// over among its aliases when it was renamed or joined with another. `None` for a body that is gone.
    pub fn known_again(&self, body: BodyId, earlier: &Self) -> Option<BodyId> {
        if std::ptr::eq(self, earlier) { Some(body) } else { self.find(earlier.code(body)) }
    }

    /// A body of an earlier register as this one has it; as that one had it, when it is gone.
    pub fn as_now<'r>(&'r self, body: BodyId, earlier: &'r Self) -> &'r Body {
        self.known_again(body, earlier).map_or_else(|| earlier.get(body), |now| self.get(now))
    }

    /// Whether `body` belongs, at whatever depth, to `whole`.
    pub fn is_part_of(&self, body: BodyId, whole: BodyId) -> bool {
        self.wholes_of(body).any(|found| found == whole)
    }

    /// What a body belongs to, the nearest first.
    pub fn wholes_of(&self, body: BodyId) -> impl Iterator<Item = BodyId> {
        // Parents may have been written in a circle; no register is deeper than it is long.
        std::iter::successors(self.get(body).parent, |&parent| self.get(parent).parent).take(self.bodies.len())
    }

    /// All codes, for suggestions.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.bodies.iter().map(|body| body.code.value.as_str())
    }

    /// All codes and aliases, for suggestions.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.values().map(String::as_str)
    }

    /// Where a body is defined.
    pub fn place(&self, id: BodyId) -> Place {
        self.get(id).code.place
    }
}

fn split(text: &str, separates: impl Fn(char) -> bool) -> Vec<(&str, usize)> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| separates(*c)) {
        pieces.push((&text[start..at], start));
        start = at + c.len_utf8();
    }
    pieces.push((&text[start..], start));
    pieces
}

fn trimmed(piece: &str, start: usize) -> (&str, std::ops::Range<usize>) {
    let lead = piece.len() - piece.trim_start().len();
    let body = piece.trim();
    (body, start + lead..start + lead + body.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    /// Bodies by their codes, each followed by its aliases.
    fn of(bodies: &[&str]) -> Register {
        let mut files = Files::default();
        let place = Place::start_of(files.add("subjekty.yaml".into(), String::new()));
        let mut register = Register::default();
        for names in bodies {
            let code = names.split(' ').next().unwrap_or_default();
            let (name, kind) = (code.to_owned(), String::new());
            let (id, _) = register.add(Body { code: Text::new(code.into(), place), name, kind, parent: None });
            for name in names.split(' ') {
                assert_eq!(register.add_name(name, id), None);
            }
        }
        register
    }

    fn register() -> Register {
        let mut files = Files::default();
        let place = Place::start_of(files.add("subjekty.yaml".into(), String::new()));
        let mut register = Register::default();
        let mut add = |code: &str, parent: Option<BodyId>, aliases: &[&str]| {
            let (id, _) = register.add(Body {
                code: Text::new(code.into(), place),
                name: code.into(),
                kind: "odbor".into(),
                parent,
            });
            for name in std::iter::once(&code).chain(aliases) {
                assert_eq!(register.add_name(name, id), None);
            }
            id
        };
        let region = add("LK", None, &[]);
        let office = add("KÚ LK", Some(region), &[]);
        add("OSV", Some(office), &[]);
        add("OŠMTS", Some(office), &[]);
        add("ASZ", None, &["ASZ – MMR ČR", "ASZ MMR"]);
        add("obce", None, &[]);
        register
    }

    #[test]
    fn spellings_of_the_source_are_resolved() {
        let register = register();
        for (text, codes) in [
            ("KÚ LK / OSV + OŠMTS", vec!["OSV", "OŠMTS"]),
            ("KÚ LK /OSV", vec!["OSV"]),
            ("KÚ\u{A0}LK – OŠMTS", vec!["OŠMTS"]),
            ("KÚ LK", vec!["KÚ LK"]),
            ("LK / obce", vec!["LK", "obce"]),
            ("KÚ LK / ???", vec!["KÚ LK", "???"]),
            ("ASZ – MMR ČR, obce", vec!["ASZ", "obce"]),
            ("asz  mmr", vec!["ASZ"]),
        ] {
            let named = register.parse(text).unwrap_or_default();
            let found: Vec<&str> = named
                .iter()
                .map(|named| match named {
                    Named::Body(id) => register.code(*id),
                    Named::Unknown => UNKNOWN_BODY,
                })
                .collect();
            assert_eq!(found, codes, "{text}");
        }
    }

    #[test]
    fn a_body_is_known_again_by_its_code_or_by_an_alias_that_was_its_code() {
        let (earlier, later) = (of(&["OSV", "ORP", "OZ", "Centrum"]), of(&["nový", "OSS ORP", "osv OZ"]));
        for (code, now) in [("ORP", "OSS"), ("OSV", "osv"), ("OZ", "osv"), ("Centrum", "Centrum")] {
            let body = earlier.find(code).expect("it is in the earlier register");
            assert_eq!(later.as_now(body, &earlier).code.value.as_str(), now, "{code}");
            assert_eq!(later.known_again(body, &earlier), later.find(now), "{code}");
            assert_eq!(earlier.known_again(body, &earlier), Some(body), "{code}");
        }
    }

    #[test]
    fn a_file_is_named_after_a_code_or_an_alias() {
        let register = of(&["ORREP OŽP", "OZSP", "ODD-K", "A Č.1 –", "B C-1"]);
        for (stem, code) in [
            ("ozp", Some("ORREP")),
            ("OZP", Some("ORREP")),
            ("ožp", Some("ORREP")),
            ("ozsp", Some("OZSP")),
            ("odd-k", Some("ODD-K")),
            // Whose it is of two is not guessed.
            ("c_1", None),
            ("č.1", Some("A")),
            ("hasiči", None),
        ] {
            assert_eq!(register.find_file(stem).map(|body| register.code(body)), code, "{stem}");
        }
    }

    #[test]
    fn nobody_is_named_with_the_place() {
        assert_eq!(register().parse("OSV + XYZ"), Err(vec![("XYZ".to_owned(), 6..9)]));
    }
}
