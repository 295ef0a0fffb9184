//! The row of a table that names its columns: where it stands and what parts its cells.

use super::{Cell, Columns, SEPARATORS};
use crate::diagnostic::Diagnostic;
use crate::load::raw::is_dashes;
use crate::rules::neplatne_csv;
use crate::source::{Place, Text};

/// How far down a header is looked for that is not at the beginning.
const N_LINES_ABOVE: usize = 20;

/// What parts the cells of tables in Markdown, which people take for CSV.
const PIPE: u8 = b'|';

/// Where a table begins and what parts its cells.
pub(super) struct Header {
    /// Its first byte.
    pub start: usize,
    /// The separator by which most known columns come out, or else most cells.
    pub separator: u8,
}

impl Header {
    /// That of a text; `None` when there is nothing in it. Rows of empty cells above it say nothing, nor does the line
    /// by which Excel is told the separator.
    pub(super) fn of<C: Copy + PartialEq>(text: &str, columns: &Columns<C>) -> Option<Self> {
        let is_empty = |line: &str| {
            let is_blank = |c: char| c.is_whitespace() || c == '"' || SEPARATORS.map(char::from).contains(&c);
            line.chars().all(is_blank) && line.matches('"').count().is_multiple_of(2)
        };
        let is_for_excel = |line: &str| {
            let named = line.trim().trim_matches('"').strip_prefix("sep=");
            named.is_some_and(|separator| separator.len() <= 1)
        };
        let mut start = 0;
        let above = text.split_inclusive('\n').take_while(|line| is_empty(line) || is_for_excel(line));
        above.for_each(|line| start += line.len());
        let record = first_record(&text[start..]);
        let n_known = |separator: &u8| titles(record, *separator).filter(|title| columns.of(title).is_some()).count();
        let n_cells = |separator: &u8| titles(record, *separator).count();
        let separator = SEPARATORS.into_iter().max_by_key(|separator| (n_known(separator), n_cells(separator)))?;
        (!record.is_empty()).then_some(Self { start, separator })
    }

    /// The columns that the cells of the header are the titles of.
    pub(super) fn read<C: Copy + PartialEq>(
        &self,
        text: &str,
        header: &[Text],
        place: Place,
        columns: &Columns<C>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Vec<Option<C>>> {
        let example = || columns.example.replace(',', &char::from(self.separator).to_string());
        if header.iter().all(|cell| columns.of(&cell.value).is_none()) {
            let are_in_a_cell = header.first().is_some_and(|cell| is_header(&cell.value, columns));
            diagnostics.push(if has_titles(first_record(&text[self.start..]), PIPE, columns) {
                neplatne_csv::pipes(place)
            } else if are_in_a_cell {
                neplatne_csv::row_in_a_cell(place)
            } else if self.is_below(text, columns) {
                neplatne_csv::rows_above_header(place)
            } else {
                neplatne_csv::no_header(place, &example())
            });
            return None;
        }
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        let mut is_usable = true;
        for cell in header {
            let column = columns.of(&cell.value);
            if column.is_none() && !cell.value.trim().is_empty() {
                unknown.push(cell);
                is_usable = false;
            } else if column.is_some() && found.contains(&column) {
                diagnostics.push(neplatne_csv::repeated_column(cell));
                is_usable = false;
            }
            found.push(column);
        }
        let known = columns.titles.iter().map(|(_, titles)| titles[0]);
        diagnostics.extend(neplatne_csv::unknown_columns(&unknown, known));
        let missing = columns.required.iter().find(|&&column| !found.contains(&Some(column)));
        if let Some(&missing) = missing
            && is_usable
        {
            diagnostics.push(neplatne_csv::missing_column(place, columns.name(missing), &example()));
            is_usable = false;
        }
        is_usable.then_some(found)
    }

    /// Whether the header stands below some other rows.
    fn is_below<C: Copy + PartialEq>(&self, text: &str, columns: &Columns<C>) -> bool {
        let lines = text[self.start..].split_inclusive('\n').take(N_LINES_ABOVE);
        let starts = lines.scan(self.start, |at, line| Some(std::mem::replace(at, *at + line.len())));
        let mut records = starts.skip(1).map(|start| first_record(&text[start..]));
        records.any(|record| is_header(record, columns) || has_titles(record, PIPE, columns))
    }
}

/// Whether a row below the header has the titles of its columns again, as tables do that went over several pages.
pub(super) fn is_repeated<C: Copy + PartialEq>(header: &[Option<C>], cells: &[Cell<'_>], columns: &Columns<C>) -> bool {
    let mut titled = header.iter().copied().zip(cells);
    let is_title = |column: Option<C>, cell: &Cell<'_>| column.is_some() && columns.of(&cell.value) == column;
    let is_needed = |column: Option<C>| column.is_some_and(|column| columns.required.contains(&column));
    // No title has a digit in it, and measures have; there may be a million of them.
    let has_digit = |cell: &Cell<'_>| cell.value.bytes().any(|byte| byte.is_ascii_digit());
    titled.clone().all(|(column, cell)| !is_needed(column) || !has_digit(cell) && is_title(column, cell))
        && titled.all(|(column, cell)| is_dashes(&cell.value) || is_title(column, cell))
        && cells.iter().skip(header.len()).all(|cell| is_dashes(&cell.value))
}

/// Whether a row has the titles of all columns that must be there, and of another one.
fn is_header<C: Copy + PartialEq>(record: &str, columns: &Columns<C>) -> bool {
    SEPARATORS.into_iter().any(|separator| has_titles(record, separator, columns))
}

/// The same where this parts the cells.
fn has_titles<C: Copy + PartialEq>(record: &str, separator: u8, columns: &Columns<C>) -> bool {
    let known: Vec<C> = titles(record, separator).filter_map(|title| columns.of(title)).collect();
    known.len() > 1 && columns.required.iter().all(|column| known.contains(column))
}

/// The cells of a row, none of which has a separator in it.
fn titles(record: &str, separator: u8) -> impl Iterator<Item = &str> {
    record.split(char::from(separator)).map(|title| title.trim().trim_matches('"'))
}

/// The first row of a text without its line end; it goes on over lines within quotation marks that are closed.
fn first_record(text: &str) -> &str {
    let first_line = text.lines().next().unwrap_or_default();
    let mut is_quoted = false;
    let mut before = '\n';
    for (at, c) in text.char_indices() {
        match c {
            '"' if is_quoted => is_quoted = false,
            '"' => is_quoted = matches!(before, '"' | '\n' | '\t' | ';' | ','),
            '\n' if !is_quoted => return text[..at].trim_end_matches('\r'),
            _ => {}
        }
        before = c;
    }
    if is_quoted { first_line } else { text }
}
