//! Tables and submissions from CSV text, with the exact place of every cell. It never reads a file.
//!
//! People save CSV from Excel, so the separator is found out from the header, and the header may
//! use the column titles of the printed report. `csv-core` gives the byte counts that places need;
//! the higher-level reader's positions are off by one after CRLF and have no columns.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use crate::diagnostic::Diagnostic;
use crate::load::raw::{Reported, Submission, is_dashes};
use crate::model::{MeasureId, composed, hidden_character, is_surely_composed, squash};
use crate::rules::{dvoji_podklad, neplatne_csv, prazdny_soubor, skryty_znak};
use crate::source::{FileId, FileText, Located, Piece, Place, Text};

/// The columns of a kind of table.
#[derive(Debug)]
pub struct Columns<C: 'static> {
    /// Each column with the titles people may give it; the first is its own name.
    pub titles: &'static [(C, &'static [&'static str])],
    /// Those that must be there.
    pub required: &'static [C],
    /// A header that will do.
    pub example: &'static str,
}

impl<C: Copy + PartialEq> Columns<C> {
    fn of(&self, title: &str) -> Option<C> {
        let title = squash(title);
        self.titles.iter().find(|(_, titles)| titles.contains(&title.as_str())).map(|(column, _)| *column)
    }

    /// The column's own name.
    pub fn name(&self, column: C) -> &'static str {
        let titles = self.titles.iter().find(|(known, _)| *known == column).map(|(_, titles)| *titles);
        titles.and_then(|titles| titles.first().copied()).unwrap_or_default()
    }
}

static SUBMISSIONS: Columns<Column> =
    Columns { titles: &TITLES, required: &[Column::Measure], example: "opatreni,stav,komentar" };

const TITLES: [(Column, &[&str]); 7] = [
    (Column::Measure, &["opatreni", "opatření", "číslo", "číslo opatření", "id"]),
    (Column::Status, &["stav", "stav plnění", "plnění", "plnění / monitoring"]),
    (Column::Comment, &["komentar", "komentář", "komentář / popis"]),
    (Column::Criterion, &["kriterium", "kritérium", "kritérium plnění"]),
    (Column::Value, &["hodnota"]),
    (Column::Evidence, &["doklad"]),
    (Column::Submitter, &["predkladatel", "předkladatel", "subjekt", "gestor"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Measure,
    Status,
    Comment,
    Criterion,
    Value,
    Evidence,
    Submitter,
}

/// Reads all rows. Rows of one measure that each name a criterion are one submission.
pub fn parse(file: FileId, text: &FileText, file_stem: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Submission> {
    let mut gathered = Gathered::new(file, file_stem);
    // Nearly all rows are lines, and each is a submission.
    gathered.submissions.reserve_exact(memchr::memchr_iter(b'\n', text.as_bytes()).count());
    for_each_row(file, text, &SUBMISSIONS, diagnostics, |row, diagnostics| gathered.add(row, diagnostics));
    gathered.submissions
}

/// Hands on the rows of a table that are not empty, one by one: there may be a million of them.
pub fn for_each_row<C: Copy + PartialEq>(
    file: FileId,
    text: &FileText,
    columns: &Columns<C>,
    diagnostics: &mut Vec<Diagnostic>,
    mut take: impl FnMut(Row<C>, &mut Vec<Diagnostic>),
) {
    let Some(separator) = separator(text, columns) else {
        diagnostics.push(prazdny_soubor::finding(file));
        return;
    };
    let mut raw_rows = Rows::new(file, text, separator);
    let Some(header) = raw_rows.next() else {
        diagnostics.push(prazdny_soubor::finding(file));
        return;
    };
    let Some(header) = read_header(&header, columns, diagnostics) else { return };
    let may_hide = hidden_character(text).is_some();
    for row in raw_rows {
        if row.unclosed_quote {
            diagnostics
                .push(neplatne_csv::unclosed_quote(row.cells.last().map_or(Place::start_of(file), |cell| cell.place)));
            break;
        }
        if row.cells.iter().all(|cell| cell.value.trim().is_empty()) {
            continue;
        }
        if row.cells.len() != header.len() {
            let has_line_end = text[row.place.range()].contains('\n');
            diagnostics.push(neplatne_csv::wrong_width(row.place, row.cells.len(), header.len(), has_line_end));
            continue;
        }
        if may_hide {
            diagnostics.extend(row.cells.iter().filter_map(|cell| skryty_znak::find(text, cell)));
        }
        take(Row::new(&header, row), diagnostics);
    }
}

/// All records with the places of their cells, as they stand; the first one is the header.
pub fn records(file: FileId, text: &FileText) -> impl Iterator<Item = Vec<Text>> + '_ {
    separator(text, &SUBMISSIONS)
        .into_iter()
        .flat_map(move |separator| Rows::new(file, text, separator))
        .map(|row| row.cells)
}

/// The separator of the header: the one by which most known columns come out.
fn separator<C: Copy + PartialEq>(text: &str, columns: &Columns<C>) -> Option<u8> {
    let header = text.lines().find(|line| !line.trim().is_empty())?;
    let n_known = |separator: u8| {
        header.split(char::from(separator)).filter(|title| columns.of(title.trim_matches('"')).is_some()).count()
    };
    SEPARATORS.into_iter().max_by_key(|&separator| n_known(separator))
}

fn read_header<C: Copy + PartialEq>(
    header: &RawRow,
    columns: &Columns<C>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<Option<C>>> {
    if header.cells.iter().all(|cell| columns.of(&cell.value).is_none()) {
        diagnostics.push(neplatne_csv::no_header(header.place, columns.example));
        return None;
    }
    let mut found = Vec::new();
    let mut is_usable = true;
    for cell in &header.cells {
        let column = columns.of(&cell.value);
        if column.is_none() && !cell.value.trim().is_empty() {
            let known = columns.titles.iter().map(|(_, titles)| titles[0]);
            diagnostics.push(neplatne_csv::unknown_column(cell, known));
            is_usable = false;
        } else if column.is_some() && found.contains(&column) {
            diagnostics.push(neplatne_csv::repeated_column(cell));
            is_usable = false;
        }
        found.push(column);
    }
    let missing = columns.required.iter().find(|&&column| !found.contains(&Some(column)));
    if let Some(&missing) = missing
        && is_usable
    {
        diagnostics.push(neplatne_csv::missing_column(header.place, columns.name(missing), columns.example));
        is_usable = false;
    }
    is_usable.then_some(found)
}

/// One row by column; empty cells and cells of dashes are absent.
#[derive(Debug)]
pub struct Row<C> {
    /// All of it.
    pub place: Place,
    cells: Vec<(C, Text)>,
}

impl<C: Copy + PartialEq> Row<C> {
    fn new(columns: &[Option<C>], row: RawRow) -> Self {
        let place = row.place;
        let cells = columns
            .iter()
            .zip(row.cells)
            .filter_map(|(column, cell)| Some(((*column)?, cell)))
            .filter(|(_, cell)| !is_dashes(&cell.value))
            .collect();
        Self { place, cells }
    }

    /// The cell of a column, to be had once.
    pub fn take(&mut self, column: C) -> Option<Text> {
        let at = self.cells.iter().position(|(known, _)| *known == column)?;
        Some(self.cells.swap_remove(at).1)
    }
}

/// Submissions as their rows come in.
struct Gathered<'a> {
    file: FileId,
    file_stem: &'a str,
    submissions: Vec<Submission>,
    /// Which submission the rows with criteria of one body and measure belong to, once there are such
    /// rows; most tables have none. Never iterated, so that its order cannot show.
    by_measure: Option<HashMap<Key, usize>>,
}

/// Who speaks, unless it is the file's own body, and of which measure.
type Key = (Option<String>, Named);

fn key(is_file_name: bool, submitter: &Text, measure: &Text) -> Key {
    let submitter = if is_file_name { None } else { Some(squash(&submitter.value)) };
    (submitter, Named::of(&measure.value))
}

/// A measure, or what stands in the place of one.
#[derive(PartialEq, Eq, Hash)]
enum Named {
    Measure(MeasureId),
    Other(String),
}

impl Named {
    fn of(text: &str) -> Self {
        MeasureId::parse(text).map_or_else(|| Self::Other(squash(text).replace(' ', "")), Self::Measure)
    }
}

impl<'a> Gathered<'a> {
    fn new(file: FileId, file_stem: &'a str) -> Self {
        Self { file, file_stem, submissions: Vec::new(), by_measure: None }
    }

    fn add(&mut self, mut row: Row<Column>, diagnostics: &mut Vec<Diagnostic>) {
        let Some(measure) = row.take(Column::Measure) else {
            diagnostics.push(neplatne_csv::row_without_measure(row.place));
            return;
        };
        let named = row.take(Column::Submitter);
        let submitter_is_file_name = named.is_none();
        let submitter = named.unwrap_or_else(|| Located::new(self.file_stem.into(), Place::start_of(self.file)));
        let status = row.take(Column::Status);
        let comments: Vec<Text> = row.take(Column::Comment).into_iter().collect();
        let value = row.take(Column::Value);
        let evidence = row.take(Column::Evidence);
        let Some(criterion) = row.take(Column::Criterion) else {
            if let Some(stray) = value.as_ref().or(evidence.as_ref()) {
                diagnostics.push(neplatne_csv::value_without_criterion(stray));
            }
            match self.known(submitter_is_file_name, &submitter, &measure) {
                // The row that speaks of the measure as a whole may come after those of criteria.
                Some(submission) if submission.status.is_none() && !submission.criteria.is_empty() => {
                    submission.status = status;
                    submission.comments.splice(0..0, comments);
                }
                _ => self.push(Submission {
                    submitter,
                    submitter_is_file_name,
                    measure,
                    status,
                    comments,
                    criteria: Vec::new(),
                    place: row.place,
                    extent: row.place,
                }),
            }
            return;
        };
        if self.by_measure.is_none() {
            self.by_measure = Some(HashMap::new());
            (0..self.submissions.len()).for_each(|at| self.note(at));
        }
        let reported = Reported { criterion, value, status, evidence };
        match self.known(submitter_is_file_name, &submitter, &measure) {
            Some(submission) => {
                if let Some(first) = submission
                    .criteria
                    .iter()
                    .find(|known| squash(&known.criterion.value) == squash(&reported.criterion.value))
                {
                    diagnostics.push(dvoji_podklad::same_criterion(&reported.criterion, first.criterion.place));
                    return;
                }
                let is_new = |comment: &Text| submission.comments.iter().all(|known| known.value != comment.value);
                let comments: Vec<Text> = comments.into_iter().filter(is_new).collect();
                submission.comments.extend(comments);
                submission.criteria.push(reported);
            }
            None => self.push(Submission {
                submitter,
                submitter_is_file_name,
                measure,
                status: None,
                comments,
                criteria: vec![reported],
                place: row.place,
                extent: row.place,
            }),
        }
    }

    /// The submission that rows of this body and measure belong to.
    fn known(&mut self, is_file_name: bool, submitter: &Text, measure: &Text) -> Option<&mut Submission> {
        let at = *self.by_measure.as_ref()?.get(&key(is_file_name, submitter, measure))?;
        self.submissions.get_mut(at)
    }

    fn push(&mut self, submission: Submission) {
        self.submissions.push(submission);
        self.note(self.submissions.len() - 1);
    }

    /// Notes whose the submission is, if there are rows that want to know.
    fn note(&mut self, at: usize) {
        let Some(by_measure) = &mut self.by_measure else { return };
        let Submission { submitter_is_file_name, submitter, measure, .. } = &self.submissions[at];
        by_measure.entry(key(*submitter_is_file_name, submitter, measure)).or_insert(at);
    }
}

/// One record as it stands.
struct RawRow {
    place: Place,
    cells: Vec<Text>,
    /// The file ended inside a quoted cell.
    unclosed_quote: bool,
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

/// Iterates over records, keeping the byte offsets of cells.
struct Rows<'t> {
    file: FileId,
    text: &'t FileText,
    separator: u8,
    /// There until it is given back.
    reader: Option<Box<Reader>>,
    at: usize,
    /// How many cells the record before had; the next one will have as many.
    n_cells: usize,
    buffer: Vec<u8>,
    is_composed: bool,
}

impl<'t> Rows<'t> {
    fn new(file: FileId, text: &'t FileText, separator: u8) -> Self {
        Self {
            file,
            text,
            separator,
            reader: Some(reader(separator)),
            at: 0,
            n_cells: 0,
            buffer: vec![0; 4096],
            is_composed: is_surely_composed(text),
        }
    }

    /// Reads one cell and says whether it ended the record; `None` at the end.
    fn cell(&mut self) -> Option<(Text, bool)> {
        let start = self.at;
        let mut n_content = 0;
        loop {
            let input = &self.text.as_bytes()[self.at..];
            let (result, n_in, n_out) = self.reader.as_mut()?.read_field(input, &mut self.buffer[n_content..]);
            self.at += n_in;
            n_content += n_out;
            match result {
                ReadFieldResult::Field { record_end } => {
                    let place = self.cell_place(start, record_end);
                    let value = self.value(place, n_content);
                    return Some((Located::new(value, place), record_end));
                }
                ReadFieldResult::End => return None,
                ReadFieldResult::OutputFull => self.buffer.resize(2 * self.buffer.len(), 0),
                ReadFieldResult::InputEmpty => {}
            }
        }
    }

    /// What a cell says: so many bytes of the buffer.
    fn value(&self, place: Place, n_content: usize) -> Piece {
        let source = &self.text[place.range()];
        let inner = source.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(source);
        let content = &self.buffer[..n_content];
        // A piece of the text is known to be UTF-8, and nearly all cells are one, quotes aside.
        if inner.as_bytes() != content {
            return composed(&String::from_utf8_lossy(content)).into();
        }
        match if self.is_composed { Cow::Borrowed(inner) } else { composed(inner) } {
            Cow::Borrowed(piece) => self.text.substr_from(piece),
            Cow::Owned(composed) => composed.into(),
        }
    }

    /// The cell without the separator behind it and the line ends around it.
    fn cell_place(&self, start: usize, record_end: bool) -> Place {
        let slice = &self.text[start..self.at];
        let body = slice.trim_start_matches(['\n', '\r']);
        let lead = slice.len() - body.len();
        let body = if record_end {
            body.strip_suffix('\n').unwrap_or(body).trim_end_matches('\r')
        } else {
            body.strip_suffix(char::from(self.separator)).unwrap_or(body)
        };
        Place::new(self.file, start + lead..start + lead + body.len())
    }
}

impl Drop for Rows<'_> {
    fn drop(&mut self) {
        let free = self.reader.take().map(|reader| (self.separator, reader));
        READERS.with_borrow_mut(|readers| readers.extend(free));
    }
}

impl Iterator for Rows<'_> {
    type Item = RawRow;

    fn next(&mut self) -> Option<RawRow> {
        let (first, mut is_last) = self.cell()?;
        let mut row =
            RawRow { place: first.place, cells: Vec::with_capacity(self.n_cells.max(1)), unclosed_quote: false };
        row.cells.push(first);
        while !is_last {
            let Some((cell, record_end)) = self.cell() else { break };
            row.place.end = cell.place.end;
            row.cells.push(cell);
            is_last = record_end;
        }
        self.n_cells = row.cells.len();
        let last = row.cells.last().map_or("", |cell| &self.text[cell.place.range()]);
        row.unclosed_quote = self.at >= self.text.len() && last.starts_with('"') && !is_closed(last);
        Some(row)
    }
}

/// Whether a cell that begins with a quote also ends with one of its own.
fn is_closed(source: &str) -> bool {
    let n_quotes = source.bytes().filter(|&byte| byte == b'"').count();
    source.len() > 1 && n_quotes.is_multiple_of(2)
}
