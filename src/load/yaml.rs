//! YAML text into a tree of located nodes. It knows nothing of what the keys mean and never reads
//! a file; [`super::shape`] says which keys there may be.
//!
//! It stands directly on `granit-parser`, the parser underneath `serde-saphyr`, because a finding
//! needs the exact span of each value, and all wrong values of a file are wanted at once.

mod syntax;

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{Event, Parser, ScalarStyle, Span, options};

use crate::diagnostic::Diagnostic;
use crate::load::limits::YAML_NESTING;
use crate::model::composed;
use crate::rules::{neplatny_yaml, prazdny_soubor, skryty_znak, zdvojeny_klic};
use crate::source::{FileId, FileText, Located, Piece, Place, Text};

/// One value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The span of the value.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// What a node holds. All scalars are text: what a value means is for its reader to say, so that
/// neither `no` nor `1.10` changes by being written without quotes.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// A scalar of any style, in Unicode NFC.
    Text(Piece),
    /// A sequence.
    List(Box<[Node]>),
    /// A mapping in the order it was written.
    Map(Box<[(Text, Node)]>),
}

impl Node {
    /// The value of a key, when this is a mapping that has it and it is not empty.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let Value::Map(entries) = &self.value else { return None };
        entries
            .iter()
            .find(|(name, _)| name.value == key)
            .map(|(_, node)| node)
            .filter(|node| node.value != Value::Null)
    }

    /// The place of a key, when this is a mapping that has it.
    pub fn key_place(&self, key: &str) -> Option<Place> {
        let Value::Map(entries) = &self.value else { return None };
        entries.iter().find(|(name, _)| name.value == key).map(|(name, _)| name.place)
    }

    /// The scalar of a key.
    pub fn text(&self, key: &str) -> Option<Text> {
        self.get(key)?.as_text()
    }

    /// This node as a scalar.
    pub fn as_text(&self) -> Option<Text> {
        match &self.value {
            Value::Text(text) => Some(Located::new(text.clone(), self.place)),
            _ => None,
        }
    }

    /// The scalar of a key, wherever it stands.
    pub fn string(&self, key: &str) -> Option<String> {
        self.text(key).map(|text| text.value.to_string())
    }

    /// The scalars of a key, which may hold one or a sequence of them, wherever they stand.
    pub fn strings(&self, key: &str) -> Vec<String> {
        self.texts(key).into_iter().map(|text| text.value.to_string()).collect()
    }

    /// The items of a key's sequence; nothing where it is not one.
    pub fn list(&self, key: &str) -> &[Node] {
        match self.get(key).map(|node| &node.value) {
            Some(Value::List(items)) => items,
            _ => &[],
        }
    }

    /// The scalars of a key that may hold one or a sequence of them.
    pub fn texts(&self, key: &str) -> Vec<Text> {
        let alone = self.text(key).into_iter();
        alone.chain(self.list(key).iter().filter_map(Self::as_text)).collect()
    }
}

/// Parses one document. A syntax error ends it with a single finding.
pub fn parse(file: FileId, text: &FileText, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let mut builder = Builder::new(file, text, diagnostics);
    let options = options! {
        emit_unresolved_aliases: true,
        disallow_directives: true,
        flow_nesting_limit: YAML_NESTING,
        block_nesting_limit: YAML_NESTING,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => builder.take(event, span)?,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
                builder.diagnostics.push(syntax::finding(file, text, at, error.kind()));
                return None;
            }
        }
    }
    let root = builder.root;
    if root.as_ref().is_none_or(|node| node.value == Value::Null) {
        diagnostics.push(prazdny_soubor::finding(file));
        return None;
    }
    root
}

/// A sequence or mapping whose end is yet to come.
enum Open {
    /// Where it begins, and the first of the items that are its own.
    List(Place, usize),
    Map(OpenMap),
}

struct OpenMap {
    /// Where it begins, and the first of the entries that are its own.
    start: Place,
    first: usize,
    /// The key that waits for its value.
    waiting: Option<Text>,
    /// Where each key stands, once there are many.
    known: BTreeMap<Piece, Place>,
    /// The keys that it has already, each with its first place and how many entries there were before it.
    repeated: Vec<(Text, Place, usize)>,
}

struct Builder<'a, 'd> {
    file: FileId,
    text: &'a FileText,
    diagnostics: &'d mut Vec<Diagnostic>,
    open: Vec<Open>,
    /// What the open sequences and mappings hold so far, those of the inner ones last: each takes as much
    /// room as it needs when it ends, and not more.
    items: Vec<Node>,
    entries: Vec<(Text, Node)>,
    root: Option<Node>,
    n_documents: usize,
    /// Where the last scalar ends.
    end: usize,
}

impl<'a, 'd> Builder<'a, 'd> {
    fn new(file: FileId, text: &'a FileText, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        let (open, items, entries) = (Vec::new(), Vec::new(), Vec::new());
        Self { file, text, diagnostics, open, items, entries, root: None, n_documents: 0, end: 0 }
    }

    /// Takes one event; `None` ends the parse after a finding.
    fn take(&mut self, event: Event<'_>, span: Span) -> Option<()> {
        let place = self.place(span);
        match event {
            Event::DocumentStart(..) => {
                self.n_documents += 1;
                if self.n_documents > 1 {
                    return self.refuse(
                        place,
                        "v souboru je víc dokumentů oddělených „---“",
                        "nechte v souboru jen jeden",
                    );
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                return self.refuse(place, syntax::ALIAS_MESSAGE, syntax::ALIAS_HELP);
            }
            Event::Scalar(_, _, anchor, ref tag) if anchor != 0 || tag.is_some() => return self.refuse_property(place),
            Event::SequenceStart(_, anchor, ref tag) | Event::MappingStart(_, anchor, ref tag)
                if anchor != 0 || tag.is_some() =>
            {
                return self.refuse_property(place);
            }
            Event::Scalar(text, style, ..) => self.scalar(text, style, place)?,
            Event::SequenceStart(..) => self.open.push(Open::List(place, self.items.len())),
            Event::MappingStart(..) => {
                let (first, known, repeated) = (self.entries.len(), BTreeMap::new(), Vec::new());
                self.open.push(Open::Map(OpenMap { start: place, first, waiting: None, known, repeated }));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let (start, value) = match self.open.pop()? {
                    Open::List(start, first) => (start, Value::List(self.items.drain(first..).collect())),
                    Open::Map(map) => (map.start, self.close_map(&map)),
                };
                self.close(Node { place: join(start, place), value })?;
            }
            _ => {}
        }
        Some(())
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, place: Place) -> Option<()> {
        let is_null = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
        if is_null {
            return self.close(Node { place, value: Value::Null });
        }
        if matches!(style, ScalarStyle::Folded)
            && text.trim().is_empty()
            && let Some(at) = syntax::number_behind_sign(self.text, self.end, place.range().start)
        {
            let place = Place::new(self.file, at..at + 1);
            return self.refuse(place, "text, který začíná znakem „>“, patří do uvozovek", syntax::QUOTE_BEHIND_COLON);
        }
        self.end = place.range().end;
        let piece = match composed(&text) {
            Cow::Borrowed(text) => self.text.try_substr_from(text).unwrap_or_else(|| text.into()),
            Cow::Owned(composed) => composed.into(),
        };
        let text = Located::new(piece, place);
        self.diagnostics.extend(skryty_znak::find(self.text, &text));
        let value = Value::Text(text.value);
        self.close(Node { place, value })
    }

    /// Puts a finished node where it belongs.
    fn close(&mut self, node: Node) -> Option<()> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(..)) => self.items.push(node),
            Some(Open::Map(map)) => match map.waiting.take() {
                Some(key) => match first_place(&key.value, &self.entries[map.first..], &mut map.known) {
                    Some(first) => map.repeated.push((key, first, self.entries.len())),
                    None => self.entries.push((key, node)),
                },
                None => match node.value {
                    Value::Text(ref text) if text.starts_with(syntax::NO_BREAK_SPACES) => {
                        let place = Place { end: node.place.start + 2, ..node.place };
                        return self.refuse(place, syntax::NO_BREAK_SPACE_MESSAGE, syntax::NO_BREAK_SPACE_HELP);
                    }
                    Value::Text(text) => map.waiting = Some(Located::new(text, node.place)),
                    _ => {
                        return self.refuse(
                            node.place,
                            "tady má stát klíč, tedy jedno slovo a dvojtečka",
                            "zkontrolujte odsazení a dvojtečky; text se závorkami patří do uvozovek",
                        );
                    }
                },
            },
        }
        Some(())
    }

    /// The entries of a mapping that ends. Where its first key and another one are repeated, a dash is missing
    /// before an item of a list, or a second file was put behind the first one, and nobody knows of which of the
    /// two the keys behind it are. Between brackets neither can be.
    fn close_map(&mut self, map: &OpenMap) -> Value {
        // Of a file that another one follows, all keys are there again.
        let is_all = map.repeated.len() >= self.entries.len() - map.first;
        let begins_anew = match self.open.last() {
            _ if self.text[map.start.range().start..].starts_with('{') => None,
            Some(Open::List(..)) => Some(zdvojeny_klic::missing_dash as fn(&Text, Place) -> Diagnostic),
            Some(Open::Map(_)) => None,
            None if !is_all => None,
            None => Some(zdvojeny_klic::second_file as fn(&Text, Place) -> Diagnostic),
        };
        match (map.repeated.as_slice(), begins_anew) {
            ([(key, first, n_before), _, ..], Some(finding)) if *first == self.entries[map.first].0.place => {
                self.diagnostics.push(finding(key, *first));
                self.entries.truncate(*n_before);
            }
            (repeated, _) => {
                let entries = &self.entries[map.first..];
                let is_list = |first: Place| {
                    entries.iter().any(|(key, node)| key.place == first && matches!(node.value, Value::List(_)))
                };
                self.diagnostics.extend(repeated.iter().map(|(key, first, _)| match self.open.last() {
                    Some(_) => zdvojeny_klic::finding(key, *first),
                    None if is_list(*first) => zdvojeny_klic::second_list(key, *first),
                    None => zdvojeny_klic::of_file(key, *first),
                }));
            }
        }
        Value::Map(self.entries.drain(map.first..).collect())
    }

    /// Refuses the anchor or tag in front of a value; the span is that of the value alone.
    fn refuse_property(&mut self, value: Place) -> Option<()> {
        let value = value.range().start;
        let start = property_between(&self.text[..value], self.end).unwrap_or(value);
        let length = self.text[start..].find(char::is_whitespace).unwrap_or(self.text.len() - start);
        self.refuse(Place::new(self.file, start..start + length), syntax::PROPERTY_MESSAGE, syntax::PROPERTY_HELP)
    }

    fn refuse(&mut self, place: Place, message: &str, help: &str) -> Option<()> {
        self.diagnostics.push(neplatny_yaml::finding(place, message, help));
        None
    }

    /// The span without the blank rest that a block scalar or a plain one may trail.
    fn place(&self, span: Span) -> Place {
        let start = span.start.byte_offset().unwrap_or(0).min(self.text.len());
        let end = span.end.byte_offset().unwrap_or(start).clamp(start, self.text.len());
        let trimmed = self.text.get(start..end).map_or(end, |slice| start + slice.trim_end().len());
        Place::new(self.file, start..trimmed.max(start))
    }
}

/// The first anchor or tag of a text behind `start`, where nothing else stands but marks, blanks and comments.
fn property_between(text: &str, start: usize) -> Option<usize> {
    let mut at = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        let is_comment = |index: &usize| text[..at + index].ends_with(|c: char| c.is_whitespace());
        let comment =
            line.match_indices('#').map(|(index, _)| index).find(|index| at + index == 0 || is_comment(index));
        if let Some(index) = line[..comment.unwrap_or(line.len())].find(['&', '!']) {
            return Some(at + index);
        }
        at += line.len();
    }
    None
}

/// More keys than this are looked up, and not gone through.
const FEW_KEYS: usize = 32;

/// Where a key of a mapping stands already. `known` is filled when there are many keys, and without gaps
/// from then on.
fn first_place(key: &str, entries: &[(Text, Node)], known: &mut BTreeMap<Piece, Place>) -> Option<Place> {
    if entries.len() <= FEW_KEYS {
        return entries.iter().find(|(known, _)| known.value == key).map(|(known, _)| known.place);
    }
    let new = entries.get(known.len()..).unwrap_or_default();
    known.extend(new.iter().map(|(key, _)| (key.value.clone(), key.place)));
    known.get(key).copied()
}

fn join(start: Place, end: Place) -> Place {
    Place { end: end.end.max(start.end), ..start }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    pub(super) fn findings(text: &str) -> Vec<(usize, usize, String)> {
        let mut files = Files::default();
        let file = files.add("a.yaml".into(), text.into());
        let mut diagnostics = Vec::new();
        parse(file, files.get(file).text(), &mut diagnostics);
        diagnostics
            .into_iter()
            .map(|diagnostic| {
                let at = files.line_column(diagnostic.place);
                (at.line, at.column, diagnostic.message)
            })
            .collect()
    }

    #[test]
    fn scalars_stay_text() {
        let mut files = Files::default();
        let text = "a: no\nb: 1.10\nc: ~\nd: 'null'\n";
        let file = files.add("a.yaml".into(), text.into());
        let node = parse(file, files.get(file).text(), &mut Vec::new()).expect("it is valid");
        assert_eq!(node.text("a").map(|text| text.value).as_deref(), Some("no"));
        assert_eq!(node.text("b").map(|text| text.value).as_deref(), Some("1.10"));
        assert!(node.get("c").is_none());
        assert_eq!(node.text("d").map(|text| text.value).as_deref(), Some("null"));
    }

    #[test]
    fn a_key_that_repeats_is_found_among_few_and_among_many() {
        for n_keys in [2, FEW_KEYS, FEW_KEYS + 1, 3 * FEW_KEYS] {
            let keys: String = (0..n_keys).map(|key| format!("k{key}: 1\n")).collect();
            let lines = |text: &str| findings(text).into_iter().map(|(line, ..)| line).collect::<Vec<_>>();
            assert_eq!(lines(&keys), [0; 0], "{n_keys}");
            let repeated = format!("{keys}k{}: 2\nk0: 2\nk: 2\n", n_keys - 1);
            assert_eq!(lines(&repeated), [n_keys + 1, n_keys + 2], "{n_keys}");
        }
    }

    #[test]
    fn no_break_space_as_indent_is_found_on_its_own_line() {
        assert_eq!(
            findings("a:\n  b: 1\n\u{A0} c: 2\nd: 3\n"),
            [(3, 1, "řádek je odsazen nezlomitelnou mezerou".to_owned())]
        );
    }

    #[test]
    fn a_blank_missing_behind_a_colon_is_told_from_a_missing_colon() {
        for (text, message) in [
            ("a:\n  b: 1\n  c:2\n", "za dvojtečkou chybí mezera"),
            ("a:\n  b: 1\n  c 2\n", "tady má začínat klíč s dvojtečkou (například „stav: PLNĚNO“)"),
            ("a:\n  b: 1\n  http://c\n", "tady má začínat klíč s dvojtečkou (například „stav: PLNĚNO“)"),
        ] {
            assert_eq!(findings(text), [(3, 3, message.to_owned())], "{text:?}");
        }
    }

    #[test]
    fn a_text_that_begins_with_a_mark_is_told_by_that_mark() {
        const UNLIKE: &str = "řádek je odsazen jinak než řádky, ke kterým patří";
        for (text, at, message) in [
            ("a: * první\n", (1, 4), syntax::ALIAS_MESSAGE),
            ("a: *první\n", (1, 4), syntax::ALIAS_MESSAGE),
            ("a: & první\n", (1, 4), syntax::PROPERTY_MESSAGE),
            ("a: - první\n    - druhá\n", (1, 4), "text za dvojtečkou začíná pomlčkou"),
            ("- a: - první\n", (1, 6), "text za dvojtečkou začíná pomlčkou"),
            ("a: [x] první\n", (1, 4), "text, který začíná znakem „[“, patří do uvozovek"),
            ("a: [x](https://a.cz) první\nb: 1\n", (1, 4), "text, který začíná znakem „[“, patří do uvozovek"),
            ("- a: 1\n  b:  {x: [y]} první\n  c: 1\n", (2, 7), "text, který začíná znakem „{“, patří do uvozovek"),
            ("a:\n  b: >4\n  c: 1\n", (2, 6), "text, který začíná znakem „>“, patří do uvozovek"),
            ("a:\n  - >4 # x\n\n  # >5\n  - c\n", (2, 5), "text, který začíná znakem „>“, patří do uvozovek"),
            ("a:\n  b: >5\n", (2, 6), "text, který začíná znakem „>“, patří do uvozovek"),
            ("a:\n  b: >5", (2, 6), "text, který začíná znakem „>“, patří do uvozovek"),
            ("a:\n  - >5\n\n\n", (2, 5), "text, který začíná znakem „>“, patří do uvozovek"),
            ("a:\n  b: >10\n  c: 1\n", (2, 6), "text, který začíná znakem „>“, patří do uvozovek"),
            ("a:\n  b: >5\n    druhý\n  c: 1\n", (2, 6), "text, který začíná znakem „>“, patří do uvozovek"),
            ("a:\n  b: > 50 lidí\n  c: 1\n", (2, 6), "text, který začíná znakem „>“, patří do uvozovek"),
            ("a: | první\n   druhý\n", (1, 4), "za znakem „|“ text na témže řádku stát nemůže"),
            ("a: |- první\n", (1, 4), "za znakem „|“ text na témže řádku stát nemůže"),
            ("a:\n  - b: 1\n    c: |-\n      zdroj: [1] druhý\n   d: 1\n", (5, 4), UNLIKE),
            ("a:\n  - c: >\n      první\n        zdroj: [1] druhý\n   d: 1\n", (5, 4), UNLIKE),
            (
                "a:\n  - b:\n      - c: [1] první\n  - b: 1\n",
                (3, 12),
                "text, který začíná znakem „[“, patří do uvozovek",
            ),
            ("a: |- # druhý\n  první\nb\n", (3, 1), "tady má začínat klíč s dvojtečkou (například „stav: PLNĚNO“)"),
        ] {
            assert_eq!(findings(text), [(at.0, at.1, message.to_owned())], "{text:?}");
        }
    }

    #[test]
    fn one_finding_for_each_kind_of_broken_text() {
        for (text, line, column) in [
            ("a: *x\n", 1, 4),
            ("a: &x 1\n", 1, 4),
            ("a: !x 1\n", 1, 4),
            ("a: !příště\n", 1, 4),
            ("a: &příště\nb: 1\n", 1, 4),
            ("a: !!str\n  # poznámka, pozor! ano\n  b\n", 1, 4),
            ("# pozor!\n!x a: 1\n", 2, 1),
            ("# pozor! &\n&x\na: 1\n", 2, 1),
            ("a: 1 # pozor!\nb: # &x\n  - c\n  - &y d\n", 4, 5),
            ("a: !x # pozor !y\n  # &z\n\n  b: 1\n", 1, 4),
            ("\"a #b\": !x 1\n", 1, 9),
            ("a: |\n  text!\n  &c\n# pozor!\nb: !x c\n", 5, 4),
            ("a: [b!, !x c]\n", 1, 9),
            ("a: 1\nb:\n  c: 2\n!x d: 3\n", 4, 1),
            ("a: !x &y 1\n", 1, 4),
            ("a:\n!x b: 1\n", 2, 1),
            ("a:\n  - !x # c!\n    b: 1\n", 2, 5),
            ("a:\n  - # c!\n    &x b: 1\n", 3, 5),
            ("a: {b: c, ? !x d : e}\n", 1, 13),
            ("a:\n  b: |-\n    \u{A0} ano\n    ne\n  c: 1\n  d: \"e\n  f: 2\n", 6, 6),
            ("a:\n  b: |-\n    \u{A0} ano\n  c: \"d\n  e: 2\n", 4, 6),
            ("a:\n  b: |-\n    \u{A0} ano\n    ne\n    ne\n  c: [1, 2\n  d: 1\n", 7, 4),
            ("a: 1\nb:2\n", 2, 1),
            ("a:\n  - b: [c, #d]\n  - e: 1\n", 2, 12),
            ("a: \"b\n", 1, 4),
            ("a:\n\tb: 1\n", 2, 1),
            ("a: [1, 2\nb: 3\n", 2, 2),
            ("a: 1\n---\nb: 2\n", 2, 1),
            ("", 1, 1),
            ("# jen poznámka\n", 1, 1),
        ] {
            let found = findings(text);
            assert_eq!(found.len(), 1, "{text:?}: {found:?}");
            assert_eq!((found[0].0, found[0].1), (line, column), "{text:?}: {found:?}");
        }
    }

    #[test]
    fn twice_the_same_key_is_found_at_the_second_one() {
        let found = findings("a: 1\nb: 2\na: 3\n");
        assert_eq!((found[0].0, found[0].1), (3, 1));
    }

    #[test]
    fn deep_nesting_ends_with_a_finding() {
        assert_eq!(findings(&format!("a: {}", "[".repeat(100_000))).len(), 1);
        let blocks: String = (0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert_eq!(findings(&blocks).len(), 1);
    }
}
