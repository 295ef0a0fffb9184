//! The texts that were read and the places in them. It never reads a file itself:
//! [`crate::load::read_tree`] does, and tests hand texts in directly.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Number of a file within [`Files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// How many files come before it.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// A span of bytes in the decoded text of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// First byte after the span.
    pub end: u32,
}

impl Place {
    /// The span `range` of `file`; offsets past 4 GiB saturate, files are refused long before.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: offset(range.start), end: offset(range.end) }
    }

    /// The very beginning of a file, for findings about the file as a whole.
    pub fn start_of(file: FileId) -> Self {
        Self::new(file, 0..0)
    }

    /// The span as indices into the file's text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// The whole text of a file.
pub use arcstr::ArcStr as FileText;
/// A text that a person wrote: a piece of the text of its file, which it shares, or one of its own where the
/// two are not the same letter for letter.
pub use arcstr::Substr as Piece;

/// A value together with the place it was written at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// A text that a person wrote and where it stands.
pub type Text = Located<Piece>;

impl<T> Located<T> {
    /// Joins a value and its place.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }

    /// The same place with another value.
    pub fn with<U>(&self, value: U) -> Located<U> {
        Located::new(value, self.place)
    }
}

/// Line and column, both counted from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// See [`SourceFile::n_characters`].
const BLOCK: usize = 1024;

/// Whether a byte of UTF-8 is not the first one of its character.
fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// One text that was read.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    text: FileText,
    /// The byte that each line begins at; files are refused long before they have 4 GiB. Known, as what
    /// follows, once somebody asks: most files have no finding, and most are of no frozen period.
    line_starts: OnceLock<Vec<u32>>,
    /// How many characters begin before each [`BLOCK`] of bytes.
    characters_before: OnceLock<Vec<usize>>,
    /// SHA-256 of its bytes, for what was read.
    digest: Option<OnceLock<[u8; 32]>>,
}

impl SourceFile {
    /// A text that was decoded from these bytes.
    pub fn read(path: String, text: FileText, bytes: &[u8]) -> Self {
        let of_bytes = || OnceLock::from(<[u8; 32]>::from(Sha256::digest(bytes)));
        let digest = if text.as_bytes() == bytes { OnceLock::new() } else { of_bytes() };
        Self { digest: Some(digest), ..Self::made_up(path, text) }
    }

    /// A text that was not read.
    fn made_up(path: String, text: FileText) -> Self {
        Self { path, text, line_starts: OnceLock::new(), characters_before: OnceLock::new(), digest: None }
    }

    /// Path below the data folder, with `/` on every system.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The decoded text.
    pub fn text(&self) -> &FileText {
        &self.text
    }

    /// SHA-256 of its bytes as they were read; `None` for a file that is not there, or a made-up one.
    pub fn digest(&self) -> Option<&[u8; 32]> {
        Some(self.digest.as_ref()?.get_or_init(|| Sha256::digest(self.text.as_bytes()).into()))
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|end| offset(end + 1))).collect()
        })
    }

    /// Line and column of a byte offset; an offset inside a character counts as its start.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.line_number(offset);
        let start = self.line_start(line);
        LineColumn { line, column: self.n_characters(offset) - self.n_characters(start) + 1 }
    }

    /// The line (from 1) that a byte stands in.
    fn line_number(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|&start| start as usize <= offset)
    }

    /// How many characters begin before a byte, without counting from the beginning each time: thousands
    /// of findings may stand in one line.
    fn n_characters(&self, offset: usize) -> usize {
        let starts = |bytes: &[u8]| bytes.iter().filter(|byte| !is_continuation(**byte)).count();
        let counts = self.characters_before.get_or_init(|| {
            let blocks = self.text.as_bytes().chunks(BLOCK);
            let sums = blocks.scan(0, |sum, block| {
                *sum += starts(block);
                Some(*sum)
            });
            std::iter::once(0).chain(sums).collect()
        });
        let block = offset / BLOCK;
        counts[block] + starts(&self.text.as_bytes()[block * BLOCK..offset])
    }

    /// The byte a line (from 1) begins at.
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts().get(line.saturating_sub(1)).map_or(self.text.len(), |&start| start as usize)
    }

    /// The text of a line (from 1) without its line end.
    pub fn line(&self, line: usize) -> &str {
        let start = self.line_start(line);
        let end = self.line_start(line + 1);
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }
}

/// All texts of one run, in the order of their paths.
#[derive(Debug, Default)]
pub struct Files {
    files: Vec<SourceFile>,
}

impl Files {
    /// Takes a text in and gives it a number.
    pub fn add(&mut self, path: String, text: String) -> FileId {
        self.add_read(SourceFile::made_up(path, text.into()))
    }

    /// Takes in what was read and gives it a number.
    pub fn add_read(&mut self, file: SourceFile) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(file);
        id
    }

    /// Gives a file the path, and where needed the text, that people know it by. The text must have the
    /// same lines at the same bytes, or places in it would point elsewhere.
    pub fn show_as(&mut self, id: FileId, path: String, text: Option<String>) {
        let file = &mut self.files[id.0 as usize];
        file.path = path;
        if let Some(text) = text {
            // It is of what was read.
            file.digest();
            file.text = text.into();
            file.characters_before = OnceLock::new();
        }
    }

    /// The file with this number. Numbers come only from [`Files::add`] of the same object.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(u32::try_from(index).unwrap_or(u32::MAX)), file))
    }

    /// How many were read. One that ought to be there and is not has a number too, so that a finding can name it.
    pub fn n_read(&self) -> usize {
        self.files.iter().filter(|file| file.digest.is_some()).count()
    }

    /// Path of the file a place is in.
    pub fn path(&self, place: Place) -> &str {
        self.get(place.file).path()
    }

    /// Line and column of the beginning of a place.
    pub fn line_column(&self, place: Place) -> LineColumn {
        self.get(place.file).line_column(place.start as usize)
    }

    /// The line of the beginning of a place, which is found faster than the column.
    pub fn line(&self, place: Place) -> usize {
        self.get(place.file).line_number(place.start as usize)
    }

    /// The place of a part of a value, see [`Aligned::place`]; for several parts of one value align it once.
    pub fn place_within(&self, value: &Text, part: Range<usize>) -> Place {
        self.aligned(value).place(part)
    }

    /// A value beside the source that it was decoded from. Nothing is looked for until it is asked.
    pub fn aligned<'a>(&'a self, value: &'a Text) -> Aligned<'a> {
        Aligned { value, file: self.get(value.place.file), characters: OnceCell::new() }
    }
}

/// A value and its source, side by side.
///
/// A block scalar loses its indentation, a quoted one its quotes and escapes, a CSV cell its
/// doubled quotes, and all of them are brought to Unicode NFC. So the value is laid along the
/// source: each of its characters is the next one of the source that is the same.
#[derive(Debug)]
pub struct Aligned<'a> {
    value: &'a Text,
    file: &'a SourceFile,
    characters: OnceCell<Vec<AlignedCharacter>>,
}

/// A character of the value, decomposed, and the bytes of the source it came from.
#[derive(Debug)]
struct AlignedCharacter {
    at: usize,
    from: usize,
    to: usize,
    is_mark: bool,
}

impl Aligned<'_> {
    /// The place of a part of the value, `part` being a byte range of the value as it was decoded; that
    /// of the whole value when it is not to be found in the source.
    pub fn place(&self, part: Range<usize>) -> Place {
        let piece = &self.value.value;
        let text = self.file.text();
        // A whole file, of which something may have been put out of sight, has its places.
        let is_whole = self.value.place.range() == (0..piece.len()) && piece.len() == text.len();
        let start = FileText::ptr_eq(piece.parent(), text).then(|| piece.range().start).or(is_whole.then_some(0));
        // Nearly all stand in the source letter for letter.
        if let Some(start) = start.filter(|_| !part.is_empty()) {
            return Place::new(self.value.place.file, start + part.start..start + part.end);
        }
        let characters = self.characters.get_or_init(|| self.align());
        let before = |limit: usize| characters.partition_point(|character| character.at < limit);
        let until = part.end.max(part.start + 1).min(self.value.value.len());
        let is_found = characters.last().is_some_and(|last| self.value.value.ceil_char_boundary(last.at + 1) >= until);
        let start = characters[before(part.start)..before(until)].iter().find(|character| !character.is_mark);
        let end = characters[..before(part.end)].last();
        match (start, end) {
            (Some(start), Some(end)) if is_found => {
                let base = self.value.place.range().start;
                Place::new(self.value.place.file, base + start.from..base + end.to.max(start.from))
            }
            _ => self.value.place,
        }
    }

    /// All characters up to the first that is not in the source.
    fn align(&self) -> Vec<AlignedCharacter> {
        let source = self.file.text().get(self.value.place.range()).unwrap_or_default();
        let mut source = source.char_indices().flat_map(|(from, c)| {
            std::iter::once(c).nfd().map(move |part| (from, from + c.len_utf8(), part)).collect::<Vec<_>>()
        });
        let wanted = self
            .value
            .value
            .char_indices()
            .flat_map(|(at, c)| std::iter::once(c).nfd().map(move |part| (at, part)).collect::<Vec<_>>());
        wanted
            .map_while(|(at, wanted)| {
                let is_same = |c: char| c == wanted || wanted.is_whitespace() && c.is_whitespace();
                let (from, to, _) = source.by_ref().find(|&(_, _, c)| is_same(c))?;
                Some(AlignedCharacter { at, from, to, is_mark: is_combining_mark(wanted) })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_survive_crlf() {
        let mut files = Files::default();
        let file = files.add("a.yaml".into(), "řádek: ž\r\ndruhý: š\r\n".into());
        let text = files.get(file).text();
        let offset = text.find('š').unwrap_or_default();
        assert_eq!(files.get(file).line_column(offset), LineColumn { line: 2, column: 8 });
        assert_eq!(files.get(file).line(2), "druhý: š");
    }

    #[test]
    fn columns_of_a_long_line_are_as_if_counted_one_by_one() {
        let mut files = Files::default();
        let line = "a ž 𝄞 ".repeat(2 * BLOCK / 5) + "konec";
        let file = files.add("a.yaml".into(), format!("řádek\n{line}"));
        let start = "řádek\n".len();
        for (index, (at, _)) in line.char_indices().enumerate() {
            assert_eq!(files.get(file).line_column(start + at), LineColumn { line: 2, column: index + 1 });
        }
        let column = line.chars().count() + 1;
        assert_eq!(files.get(file).line_column(usize::MAX), LineColumn { line: 2, column });
    }

    #[test]
    fn each_part_of_a_value_is_found_as_if_it_were_the_only_one() {
        let mut files = Files::default();
        let source = "k: \"ažluť \"\"b\"".to_owned();
        let end = source.len();
        let file = files.add("a.yaml".into(), source);
        let value = Located::new("ažluť \"b?".into(), Place::new(file, 3..end));
        let aligned = files.aligned(&value);
        let whole = value.place;
        let text = |part: Range<usize>| match aligned.place(part) {
            place if place == whole => None,
            place => Some(&files.get(file).text()[place.range()]),
        };
        let at = |piece: &str| value.value.find(piece).unwrap_or_default();
        assert_eq!(text(at("ž")..at("u")), Some("žl"));
        assert_eq!(text(at("ť")..at("ť")), Some(""));
        assert_eq!(text(0..1), Some("a"));
        // What does not stand in the source, and what follows it.
        assert_eq!(text(at("?")..at("?") + 1), None);
    }

    #[test]
    fn part_of_a_block_scalar_is_found_behind_its_indentation() {
        let mut files = Files::default();
        let file = files.add("a.yaml".into(), "k: |\n    první <b>\n    druhý <i>\n".into());
        let value = Text::new("první <b>\ndruhý <i>\n".into(), Place::new(file, 5..35));
        let at = value.value.find("<i>").unwrap_or_default();
        let place = files.place_within(&value, at..at + 3);
        assert_eq!(files.line_column(place), LineColumn { line: 3, column: 11 });
        assert_eq!(&files.get(file).text()[place.range()], "<i>");
    }

    #[test]
    fn part_is_found_when_the_source_is_decomposed() {
        let mut files = Files::default();
        let source = "k: C\u{30C}esky\u{301} <b>".to_owned();
        let end = source.len();
        let file = files.add("a.yaml".into(), source);
        let value = Text::new("Český <b>".into(), Place::new(file, 3..end));
        let at = value.value.find('<').unwrap_or_default();
        let place = files.place_within(&value, at..at + 1);
        assert_eq!(&files.get(file).text()[place.range()], "<");
    }
}
