//! Tables from CSV text, with the exact place of every cell. It knows nothing of what the columns mean
//! and never reads a file.
//!
//! People save CSV from Excel, so the separator is found out from the header, and the header may
//! use the column titles of the printed report. `csv-core` gives the byte counts that places need;
//! the higher-level reader's positions are off by one after CRLF and have no columns.

mod header;
mod quoted_row;
mod sums;
pub mod swapped;
mod untitled;
mod width;

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::memchr;

use crate::diagnostic::Diagnostic;
use crate::load::csv::header::Header;
use crate::load::csv::untitled::Untitled;
use crate::load::csv::width::{Above, width};
use crate::load::raw::is_dashes;
use crate::model::{composed, hidden_character, is_surely_composed, squash};
use crate::rules::neplatne_csv::{self, Width};
use crate::rules::{prazdny_soubor, skryty_znak};
use crate::source::{FileId, FileText, Located, Place, Text};

/// The columns of a kind of table.
#[derive(Debug)]
pub struct Columns<C: 'static> {
    /// Each column with the titles people may give it; the first is its own name.
    pub titles: &'static [(C, &'static [&'static str])],
    /// The one that says what a row is about, or that it adds up others; none where nobody adds up anything.
    pub about: Option<C>,
    /// Those that must be there.
    pub required: &'static [C],
    /// A header that will do.
    pub example: &'static str,
}

impl<C: Copy + PartialEq> Columns<C> {
    fn of(&self, title: &str) -> Option<C> {
        let title = squash(title.trim_end().trim_end_matches(':'));
        self.titles.iter().find(|(_, titles)| titles.contains(&title.as_str())).map(|(column, _)| *column)
    }

    /// The column's own name.
    pub fn name(&self, column: C) -> &'static str {
        let titles = self.titles.iter().find(|(known, _)| *known == column).map(|(_, titles)| *titles);
        titles.and_then(|titles| titles.first().copied()).unwrap_or_default()
    }
}

/// What a form begins with whose reader made its marks and the titles of columns blank that are not read, and
/// says for itself what else stands there. No table begins with line ends of this kind.
pub const BLANKED: &str = "\r\r\r\r";

/// Hands on the rows of a table that are not empty, one by one: there may be a million of them.
pub fn for_each_row<C: Copy + PartialEq>(
    file: FileId,
    text: &FileText,
    columns: &Columns<C>,
    diagnostics: &mut Vec<Diagnostic>,
    mut take: impl FnMut(Row<'_, C>, &mut Vec<Diagnostic>),
) {
    let Some(header) = Header::of(text, columns) else {
        diagnostics.push(prazdny_soubor::finding(file));
        return;
    };
    let mut records = Records::new(file, text, &header);
    let mut record = Record::default();
    if !records.read(&mut record) {
        diagnostics.push(prazdny_soubor::finding(file));
        return;
    }
    let titles = record.texts(text);
    let Some(header) = header.read(text, &titles, record.place(file), columns, diagnostics) else { return };
    let (mut has_rows_in_a_cell, mut has_other_separator) = (false, false);
    let may_hide = hidden_character(text).is_some();
    // Excel writes empty columns too. Where something stands in one, nobody would miss it.
    let mut untitled: Vec<Untitled> =
        if text.trim_start_matches('\n').starts_with(BLANKED) { Vec::new() } else { Untitled::among(&header) };
    let about = columns.about.and_then(|about| header.iter().position(|column| *column == Some(about)));
    let mut row_above = Above::default();
    while records.read(&mut record) {
        let mut above = std::mem::take(&mut row_above);
        if record.has_open_quote {
            let open = record.cells.last().map_or(Place::start_of(file), |cell| cell.place);
            diagnostics.push(neplatne_csv::unclosed_quote(open));
            break;
        }
        if record.cells.iter().all(|cell| is_dashes(&cell.value)) {
            continue;
        }
        let place = record.place(file);
        if header::is_repeated(&header, &record.cells, columns) {
            diagnostics.push(neplatne_csv::repeated_titles(place));
            continue;
        }
        let is_of_other_width = record.cells.len() != header.len();
        let looks_like = is_of_other_width.then(|| width(text, &record.cells, header.len()));
        let is_unclosed = looks_like == Some(Width::Unclosed);
        let mark = record.cells.iter().find_map(|cell| mark_within(text, cell));
        // A cell that was not closed goes on to the first mark of another row.
        if let Some(mark) = mark.filter(|_| !is_unclosed) {
            diagnostics.push(neplatne_csv::text_behind_quote(mark));
            continue;
        }
        if let [cell] = record.cells.as_slice()
            && is_of_other_width
            && quoted_row::is_row(&cell.value, records.separator, header.len(), about)
        {
            if !std::mem::replace(&mut has_rows_in_a_cell, true) {
                diagnostics.push(neplatne_csv::row_in_a_cell(place));
            }
            continue;
        }
        if let Some(looks_like) = looks_like {
            let others = SEPARATORS.into_iter().filter(|_| !is_unclosed).find(|other| {
                *other != records.separator && quoted_row::is_row(&text[place.range()], *other, header.len(), about)
            });
            if let Some(other) = others {
                if !std::mem::replace(&mut has_other_separator, true) {
                    diagnostics.push(neplatne_csv::other_separator(place, records.separator, other));
                }
                continue;
            }
            if !is_unclosed && above.goes_on(text, &record.cells, place, header.len(), about.is_some(), diagnostics) {
                row_above = above;
                continue;
            }
            row_above = Above::of(&record.cells, Some(diagnostics.len()));
            diagnostics.push(neplatne_csv::wrong_width(place, record.cells.len(), header.len(), looks_like));
            // What follows is torn to pieces that nobody wrote.
            if is_unclosed {
                break;
            }
            continue;
        }
        if let Some(cell) = about.and_then(|about| sums::sum(about, &untitled, &record.cells)) {
            diagnostics.push(neplatne_csv::sum_row(&piece_of(text, cell)));
            continue;
        }
        row_above = Above::of(&record.cells, None);
        let mut has_untitled = false;
        for column in &mut untitled {
            has_untitled |= column.is_filled(&record.cells, diagnostics);
        }
        if may_hide {
            diagnostics.extend(record.texts(text).iter().filter_map(|cell| skryty_znak::find(text, cell)));
        }
        let (titles, cells) = (&titles, &record.cells);
        take(Row { place, text, known: columns, titles, columns: &header, cells, has_untitled }, diagnostics);
    }
}

/// All records with the places of their cells, as they stand; the first one is the header.
pub fn records<'t, C: Copy + PartialEq>(
    file: FileId,
    text: &'t FileText,
    columns: &Columns<C>,
) -> impl Iterator<Item = Vec<Text>> + use<'t, C> {
    let mut records = Header::of(text, columns).map(|header| Records::new(file, text, &header));
    std::iter::from_fn(move || {
        let mut record = Record::default();
        records.as_mut()?.read(&mut record).then(|| record.texts(text))
    })
}

/// One row by column; empty cells and cells of dashes are absent.
#[derive(Debug)]
pub struct Row<'r, C: 'static> {
    /// All of it.
    pub place: Place,
    text: &'r FileText,
    known: &'r Columns<C>,
    titles: &'r [Text],
    columns: &'r [Option<C>],
    cells: &'r [Cell<'r>],
    /// Whether something stands in a column without a title: it may be what seems to be missing.
    pub has_untitled: bool,
}

impl<C: Copy + PartialEq> Row<'_, C> {
    /// The cell of a column.
    pub fn cell(&self, column: C) -> Option<Text> {
        let at = self.columns.iter().position(|known| *known == Some(column))?;
        let cell = self.cells.get(at)?;
        (!is_dashes(&cell.value)).then(|| piece_of(self.text, cell))
    }

    /// What the column is called in this table; its own name where the table has no such column.
    pub fn title(&self, column: C) -> &str {
        let at = self.columns.iter().position(|known| *known == Some(column));
        at.and_then(|at| self.titles.get(at)).map_or(self.known.name(column), |title| title.value.trim())
    }
}

/// A cell as it stands: a piece of the text, or what quotation marks and Unicode make of it.
type Cell<'t> = Located<Cow<'t, str>>;

/// What a cell says, as a text that shares that of its file.
fn piece_of(text: &FileText, cell: &Cell<'_>) -> Text {
    cell.with(match &cell.value {
        Cow::Borrowed(piece) => text.substr_from(piece),
        Cow::Owned(own) => own.as_str().into(),
    })
}

/// One record as it stands.
#[derive(Debug, Default)]
struct Record<'t> {
    cells: Vec<Cell<'t>>,
    /// The file ended inside a quoted cell.
    has_open_quote: bool,
}

impl Record<'_> {
    fn place(&self, file: FileId) -> Place {
        let (Some(first), Some(last)) = (self.cells.first(), self.cells.last()) else { return Place::start_of(file) };
        Place { end: last.place.end, ..first.place }
    }

    fn texts(&self, text: &FileText) -> Vec<Text> {
        self.cells.iter().map(|cell| piece_of(text, cell)).collect()
    }
}

/// From the least to the most usual.
const SEPARATORS: [u8; 3] = [b'\t', b';', b','];

thread_local! {
    /// Parsers that are free, with their separators. Making one takes as long as parsing some kilobytes,
    /// and there may be thousands of small files; a copy of one has lost its separator.
    static READERS: RefCell<Vec<(u8, Box<Reader>)>> = const { RefCell::new(Vec::new()) };
}

fn reader(separator: u8) -> Box<Reader> {
    let free = READERS.with_borrow_mut(|readers| {
        let at = readers.iter().position(|(known, _)| *known == separator)?;
        Some(readers.swap_remove(at).1)
    });
    let mut reader = free.unwrap_or_else(|| Box::new(ReaderBuilder::new().delimiter(separator).build()));
    reader.reset();
    reader
}

/// Reads records one after another. The parser says what the cells of each hold; where they stand
/// follows from the lengths of cells without quotation marks and from the marks of the others.
struct Records<'t> {
    file: FileId,
    text: &'t FileText,
    separator: u8,
    /// There until it is given back.
    reader: Option<Box<Reader>>,
    /// Where the first record begins.
    start: usize,
    at: usize,
    /// What the cells of a record hold, one behind the other, and where each ends.
    contents: Vec<u8>,
    ends: Vec<usize>,
    is_composed: bool,
    /// Whether there are line ends other than those of Unix, as Excel writes them.
    has_returns: bool,
}

impl<'t> Records<'t> {
    fn new(file: FileId, text: &'t FileText, header: &Header) -> Self {
        Self {
            file,
            text,
            separator: header.separator,
            reader: Some(reader(header.separator)),
            start: header.start,
            at: header.start,
            contents: vec![0; 4096],
            ends: vec![0; 16],
            is_composed: is_surely_composed(text),
            has_returns: memchr(b'\r', text.as_bytes()).is_some(),
        }
    }

    /// Puts the next record in the place of the one before; `false` when there is none.
    fn read(&mut self, record: &mut Record<'t>) -> bool {
        let start = self.at;
        let Some(n_cells) = self.parse() else { return false };
        let source = &self.text[start..self.at];
        // The parser skips a byte order mark at the beginning of what it is given, and blank lines.
        let source = source.strip_prefix('\u{FEFF}').filter(|_| start == self.start).unwrap_or(source);
        let mut at = self.at - source.trim_start_matches(['\n', '\r']).len();
        let mut from = 0;
        record.cells.clear();
        for &to in &self.ends[..n_cells] {
            let cell = self.cell(at, from..to);
            at = cell.place.range().end + 1;
            from = to;
            record.cells.push(cell);
        }
        let last = record.cells.last().map_or("", |cell| &self.text[cell.place.range()]);
        record.has_open_quote = self.at >= self.text.len() && last.starts_with('"') && !is_closed(last);
        true
    }

    /// Lets the parser read a record and says of how many cells; `None` at the end.
    fn parse(&mut self) -> Option<usize> {
        let reader = self.reader.as_mut()?;
        let (mut n_contents, mut n_cells) = (0, 0);
        loop {
            let input = &self.text.as_bytes()[self.at..];
            let (contents, ends) = (&mut self.contents[n_contents..], &mut self.ends[n_cells..]);
            let (result, n_in, n_out, n_ends) = reader.read_record(input, contents, ends);
            self.at += n_in;
            n_contents += n_out;
            n_cells += n_ends;
            match result {
                ReadRecordResult::Record => return Some(n_cells),
                ReadRecordResult::End => return None,
                ReadRecordResult::OutputFull => self.contents.resize(2 * self.contents.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::InputEmpty => {}
            }
        }
    }

    /// The cell that begins at a byte of the text and holds these bytes of the contents.
    fn cell(&self, start: usize, contents: Range<usize>) -> Cell<'t> {
        let source = &self.text.as_bytes()[start.min(self.at)..self.at];
        let (length, inner) = match source.first() {
            Some(b'"') => quoted(source, self.separator),
            _ => (contents.len(), Some(0..contents.len())),
        };
        let place = Place::new(self.file, start..start + length);
        let verbatim = inner.and_then(|inner| self.text.get(start + inner.start..start + inner.end));
        let value = match verbatim {
            Some(piece) if self.is_composed => Cow::Borrowed(piece),
            Some(piece) => composed(piece),
            None => Cow::Owned(composed(&String::from_utf8_lossy(&self.contents[contents])).into_owned()),
        };
        let value = if self.has_returns { with_plain_line_ends(value) } else { value };
        Located::new(value, place)
    }
}

impl Drop for Records<'_> {
    fn drop(&mut self) {
        let free = self.reader.take().map(|reader| (self.separator, reader));
        READERS.with_borrow_mut(|readers| readers.extend(free));
    }
}

/// A cell says the same whatever the line ends of its file are.
fn with_plain_line_ends(cell: Cow<'_, str>) -> Cow<'_, str> {
    match memchr(b'\r', cell.as_bytes()) {
        Some(_) => Cow::Owned(cell.replace("\r\n", "\n").replace('\r', "\n")),
        None => cell,
    }
}

/// The length of the quoted cell that a source begins with, up to its separator or line end, and where
/// in it that stands which it holds, unless there are quotation marks in it or something behind them.
fn quoted(source: &[u8], separator: u8) -> (usize, Option<Range<usize>>) {
    let Some((close, has_marks)) = closing_mark(source) else { return (source.len(), None) };
    let behind = &source[close + 1..];
    let n_behind = behind.iter().position(|byte| [separator, b'\n', b'\r'].contains(byte)).unwrap_or(behind.len());
    (close + 1 + n_behind, (!has_marks && n_behind == 0).then_some(1..close))
}

/// Where the quotation mark stands that closes the cell which begins with one, and whether there are doubled
/// ones before it.
fn closing_mark(source: &[u8]) -> Option<(usize, bool)> {
    let mut at = 1;
    let mut has_marks = false;
    while let Some(found) = memchr(b'"', source.get(at..)?) {
        let close = at + found;
        if source.get(close + 1) != Some(&b'"') {
            return Some((close, has_marks));
        }
        has_marks = true;
        at = close + 2;
    }
    None
}

/// The quotation mark that closes a cell although its text goes on: one of the text, not doubled.
fn mark_within(text: &str, cell: &Cell<'_>) -> Option<Place> {
    // What stands in the file letter for letter has none.
    let Cow::Owned(_) = cell.value else { return None };
    let range = cell.place.range();
    let source = text.get(range.clone()).filter(|source| source.starts_with('"'))?;
    let (close, _) = closing_mark(source.as_bytes())?;
    let is_blank = source[close + 1..].trim().is_empty();
    let at = range.start + close;
    (!is_blank).then(|| Place::new(cell.place.file, at..at + 1))
}

/// Whether a cell that begins with a quote also ends with one of its own.
fn is_closed(source: &str) -> bool {
    let n_quotes = source.bytes().filter(|&byte| byte == b'"').count();
    source.len() > 1 && n_quotes.is_multiple_of(2)
}

#[cfg(test)]
pub mod testing;

#[cfg(test)]
mod tests {
    use csv_core::ReadFieldResult;
    use proptest::prelude::*;

    use super::*;
    use crate::source::Files;

    /// Records as the parser gives them field by field, with the bytes that it took for each.
    fn one_by_one(text: &str, separator: u8) -> Vec<Vec<(Range<usize>, String)>> {
        let (mut parser, mut buffer) = (ReaderBuilder::new().delimiter(separator).build(), [0; 1000]);
        let (mut records, mut record, mut start, mut at, mut n_content) = (Vec::new(), Vec::new(), 0, 0, 0);
        loop {
            let (result, n_in, n_out) = parser.read_field(&text.as_bytes()[at..], &mut buffer[n_content..]);
            at += n_in;
            n_content += n_out;
            match result {
                ReadFieldResult::Field { record_end } => {
                    let taken = &text[start..at];
                    let taken = taken.strip_prefix('\u{FEFF}').filter(|_| start == 0).unwrap_or(taken);
                    let cell = if record.is_empty() { taken.trim_start_matches(['\n', '\r']) } else { taken };
                    let from = at - cell.len();
                    let content = String::from_utf8_lossy(&buffer[..n_content]).into_owned();
                    let end = if record_end { ['\n', '\r'].as_slice() } else { &[char::from(separator)] };
                    // The end of a line that nobody closed is part of its last cell.
                    let is_open = content.ends_with(['\n', '\r']) && !is_closed(cell);
                    let cell = cell.strip_suffix(end).filter(|_| !is_open).unwrap_or(cell);
                    record.push((from..from + cell.len(), content.replace("\r\n", "\n").replace('\r', "\n")));
                    if record_end {
                        records.push(std::mem::take(&mut record));
                    }
                    (start, n_content) = (at, 0);
                }
                ReadFieldResult::End => return records,
                _ => {}
            }
        }
    }

    fn whole(text: &str, separator: u8) -> Vec<Vec<(Range<usize>, String)>> {
        let mut files = Files::default();
        let file = files.add("a.csv".into(), text.to_owned());
        let text = files.get(file).text();
        let (mut records, mut record) = (Records::new(file, text, &Header { start: 0, separator }), Record::default());
        let mut all = Vec::new();
        while records.read(&mut record) {
            all.push(record.cells.iter().map(|cell| (cell.place.range(), cell.value.to_string())).collect());
        }
        all
    }

    #[test]
    fn a_byte_order_mark_below_blank_lines_is_none_of_the_text() {
        for text in ["\n\n\u{FEFF}\n\n\tx", "\n\r\n\u{FEFF}", ";\n\u{FEFF}a;b\nc;d\n", "\n\u{FEFF}\u{FEFF}\n"] {
            let mut files = Files::default();
            let file = files.add("a.csv".into(), text.to_owned());
            let (text, mut record) = (files.get(file).text(), Record::default());
            let start = text.find('\u{FEFF}').expect("there is one");
            let mut records = Records::new(file, text, &Header { start, separator: b';' });
            while records.read(&mut record) {
                for cell in &record.cells {
                    assert_eq!(text[cell.place.range()], *cell.value);
                    assert!(cell.place.range().start > start, "{text:?}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]
        #[test]
        fn cells_stand_where_the_parser_takes_them_from(text in "\u{FEFF}?[a,;\"\n\r ž\u{FEFF}]{0,30}") {
            for separator in SEPARATORS {
                prop_assert_eq!(whole(&text, separator), one_by_one(&text, separator));
            }
        }
    }
}
