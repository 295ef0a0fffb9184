//! Forms in XLSX. Columns are found by their titles, so it does not matter where they were moved to;
//! what Excel made of what was typed is made text again. The sheet becomes CSV for the loader, and
//! every cell of it knows its address.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Read};

use calamine::{
    DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxCellFormulaMetadataRecord,
    XlsxFormulaMetadata,
};

use crate::diagnostic::nearest;
use crate::form::layout::{Column, HEADER_ROW, INSTRUCTIONS_SHEET, MARKS_SHEET, Marks, SHEET};
use crate::import::looks::Looks;
use crate::import::parts::Parts;
use crate::import::titles::{FEWEST_TITLES, compared, foreign_column, stray};
use crate::import::{Cell, Fault, Filled, Kind, Source, merged, notes, refused, unmarked};
use crate::model::{czech_date_of, czech_number, tidied};

/// How much a workbook may be once unpacked, in bytes.
const UNPACKED_LIMIT: u64 = 128 * 1024 * 1024;
/// How many cells of a sheet may hold something.
const CELL_LIMIT: usize = 100_000;
/// How long their texts may be together, in bytes; many cells may share one.
const TEXT_LIMIT: usize = 32 * 1024 * 1024;
/// In how many rows the titles are looked for; somebody may have put rows above them.
const TITLES_WITHIN: u32 = 40;

const NOT_TYPED: &str = "nastavte buňce formát „Text“ a hodnotu napište znovu";
const NOT_COUNTED: &str = "otevřete soubor v Excelu a uložte ho, nebo napište hodnotu";

/// Row and column, both from 0.
pub(super) type Address = (u32, u32);
type Sheet = BTreeMap<Address, Typed>;
pub(super) type Workbook<'b> = Xlsx<Cursor<&'b [u8]>>;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
enum Typed {
    Text(String),
    Number(f64),
    /// A number that Excel shows a hundred times larger, with a per cent sign.
    Percent(f64),
    /// A date or time, as Czech people write it.
    Date(String),
    Truth(bool),
    /// The error of a formula, `#REF!`.
    Error(String),
    /// A formula whose result the file does not hold, as programs other than Excel write it.
    Formula(String),
}

/// Why a workbook could not be read.
enum Failure {
    TooLarge,
    Broken,
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(_: E) -> Self {
        Self::Broken
    }
}

impl Failure {
    fn fault(&self, name: &str) -> Fault {
        match self {
            Self::TooLarge => Fault::new(
                name,
                "sešit je po rozbalení příliš velký, než aby to byl formulář",
                "pošlete samotný formulář, bez dalších listů a obrázků; listy zbavte buněk mimo tabulku",
            ),
            Self::Broken => Fault::new(
                name,
                "sešit se nedá přečíst: je poškozený, nebo to není .xlsx",
                "otevřete ho v Excelu a uložte znovu jako „Sešit Excelu (.xlsx)“",
            ),
        }
    }
}

/// Reads the marks and the table.
pub(super) fn read(name: &str, bytes: &[u8]) -> (Option<Filled>, Vec<Fault>) {
    let mut workbook = match open(bytes) {
        Ok(workbook) => workbook,
        Err(failure) => return refused(failure.fault(name)),
    };
    let names = workbook.sheet_names();
    if !names.iter().any(|sheet| sheet == MARKS_SHEET) {
        return refused(unmarked(name));
    }
    let marks = match cells(&mut workbook, MARKS_SHEET) {
        Ok(sheet) => marks(&sheet),
        Err(failure) => return refused(failure.fault(name)),
    };
    let Some(marks) = marks else { return refused(unmarked(name)) };
    if !names.iter().any(|sheet| sheet == SHEET) {
        return refused(missing_sheet(name, &names));
    }
    match cells(&mut workbook, SHEET).and_then(|sheet| Ok((sheet, foreign_sheets(&mut workbook, name)?))) {
        Ok((sheet, mut faults)) => {
            let mut parts = Parts::of(bytes);
            let looks = Looks::of(&mut workbook, &mut parts);
            let (looks, merged) = match looks.and_then(|looks| Ok((looks, workbook.merge_cells_by_sheet_name(SHEET)?)))
            {
                Ok(seen) => seen,
                Err(error) => return refused(Failure::from(error).fault(name)),
            };
            let (filled, found) = Table { name, sheet, looks, merged }.read(marks);
            faults.extend(found);
            faults.extend(notes::find(name, &mut parts));
            (filled, faults)
        }
        Err(failure) => refused(failure.fault(name)),
    }
}

fn missing_sheet(name: &str, names: &[String]) -> Fault {
    let others = names.iter().filter(|sheet| *sheet != MARKS_SHEET).map(String::as_str);
    let help = match nearest(SHEET, others.clone()) {
        Some(near) => format!("list „{near}“ přejmenujte na „{SHEET}“"),
        None => format!(
            "vyplněný list se musí jmenovat „{SHEET}“; v sešitu jsou: {}",
            others.map(|sheet| format!("„{sheet}“")).collect::<Vec<_>>().join(", ")
        ),
    };
    Fault::new(name, format!("v sešitu chybí list „{SHEET}“"), help)
}

/// Sheets that the form has not and that somebody wrote on. What programs hide so that Excel does not
/// even offer to show it, nobody wrote.
fn foreign_sheets(workbook: &mut Workbook<'_>, name: &str) -> Result<Vec<Fault>, Failure> {
    let sheets = workbook.sheets_metadata().iter();
    let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible != SheetVisible::VeryHidden);
    let sheets: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let mut faults = Vec::new();
    for sheet in sheets.iter().filter(|sheet| ![SHEET, INSTRUCTIONS_SHEET, MARKS_SHEET].contains(&sheet.as_str())) {
        if let Some(first) = first_cell(workbook, sheet)? {
            faults.push(Fault::new(
                format!("{name}, list {sheet}, buňka {}", address(first)),
                format!("list „{sheet}“ ve formuláři není a to, co na něm stojí, by se nepřevzalo"),
                format!("co z něj má platit, přesuňte do listu „{SHEET}“, a list smažte"),
            ));
        }
    }
    Ok(faults)
}

/// The first cell of a sheet that holds something.
fn first_cell(workbook: &mut Workbook<'_>, name: &str) -> Result<Option<Address>, Failure> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        if Typed::of(&cell).is_some() {
            return Ok(Some(cell.pos));
        }
    }
    Ok(None)
}

/// Opens a workbook once it is sure what it takes in memory: what its archive says of its size need
/// not be true, so all of it is unpacked and thrown away first.
fn open(bytes: &[u8]) -> Result<Workbook<'_>, Failure> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut left = UNPACKED_LIMIT;
    for index in 0..archive.len() {
        let size = io::copy(&mut archive.by_index(index)?.take(left + 1), &mut io::sink())?;
        left = left.checked_sub(size).ok_or(Failure::TooLarge)?;
    }
    Ok(Xlsx::new(Cursor::new(bytes))?)
}

/// The cells of a sheet that hold something, as their reader sees them.
fn cells(workbook: &mut Workbook<'_>, name: &str) -> Result<Sheet, Failure> {
    let mut sheet = values(workbook, name)?;
    as_percent(&mut sheet, workbook, name)?;
    Ok(sheet)
}

/// The cells of a sheet that hold something. They are taken one by one, so that a sheet with one cell
/// in its last corner is no larger than another.
fn values(workbook: &mut Workbook<'_>, name: &str) -> Result<Sheet, Failure> {
    let mut sheet = Sheet::new();
    let mut length = 0;
    let mut reader = workbook.worksheet_cells_reader(name)?;
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        let Some(typed) = Typed::of(&cell) else { continue };
        if let Typed::Text(text) | Typed::Formula(text) = &typed {
            length += text.len();
        }
        sheet.insert(cell.pos, typed);
        if sheet.len() > CELL_LIMIT || length > TEXT_LIMIT {
            return Err(Failure::TooLarge);
        }
    }
    Ok(sheet)
}

/// Who types „15 %“ into a cell sees it ever after, while the file says 0.15.
fn as_percent(sheet: &mut Sheet, workbook: &mut Workbook<'_>, name: &str) -> Result<(), Failure> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let is_percent =
        |style: &Style| style.number_format.as_ref().is_some_and(|format| is_of_percent(&format.format_code));
    let percent: Vec<bool> = reader.styles().iter().map(is_percent).collect();
    while let Some((row, column, style)) = reader.next_style_id()? {
        if let Some(typed) = sheet.get_mut(&(row, column))
            && let Typed::Number(number) = *typed
            && percent.get(style).is_some_and(|&is_percent| is_percent)
        {
            *typed = Typed::Percent(number);
        }
    }
    Ok(())
}

/// Whether a number format multiplies by a hundred: it has a per cent sign that is no mere text.
fn is_of_percent(code: &str) -> bool {
    let mut characters = code.chars();
    let mut is_quoted = false;
    while let Some(c) = characters.next() {
        match c {
            '"' => is_quoted = !is_quoted,
            // The next one stands for itself.
            '\\' if !is_quoted => drop(characters.next()),
            '%' if !is_quoted => return true,
            _ => {}
        }
    }
    false
}

fn marks(sheet: &Sheet) -> Option<Marks> {
    let keys = sheet.iter().filter(|((_, column), _)| *column == 0);
    let pairs: Vec<(String, String)> =
        keys.filter_map(|(&(row, _), key)| Some((key.text(), sheet.get(&(row, 1))?.text()))).collect();
    Marks::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())))
}

impl Typed {
    fn of(cell: &XlsxCellFormulaMetadataRecord<'_>) -> Option<Self> {
        let typed = match &cell.value {
            DataRef::Empty => Self::Formula(format!("={}", formula(cell.formula.as_ref()?))),
            DataRef::String(text) => Self::Text(tidied(text).into_owned()),
            DataRef::SharedString(text) => Self::Text(tidied(text).into_owned()),
            DataRef::Int(whole) => Self::Text(whole.to_string()),
            DataRef::Float(number) => Self::Number(*number),
            DataRef::Bool(truth) => Self::Truth(*truth),
            DataRef::DateTime(date) => Self::Date(moment(date)),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Self::Date(text.clone()),
            DataRef::Error(error) => Self::Error(error.to_string()),
        };
        (typed != Self::Text(String::new())).then_some(typed)
    }

    fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Date(text) | Self::Error(text) | Self::Formula(text) => text.clone(),
            Self::Number(exact) => czech_number(rounded(*exact)),
            Self::Percent(exact) => format!("{} %", czech_number(rounded(exact * 100.0))),
            Self::Truth(true) => "PRAVDA".to_owned(),
            Self::Truth(false) => "NEPRAVDA".to_owned(),
        }
    }

    /// What to do where only what people type makes sense.
    fn remark(&self) -> Option<String> {
        match self {
            Self::Text(_) | Self::Number(_) => None,
            Self::Date(date) => Some(format!("Excel tu má datum ({date}); {NOT_TYPED}")),
            Self::Percent(_) => Some(format!("Excel tu má procenta ({}); {NOT_TYPED} bez znaku „%“", self.text())),
            Self::Truth(_) => Some(format!("Excel tu má logickou hodnotu; {NOT_TYPED}")),
            Self::Error(_) => Some("vzorec v buňce skončil chybou; napište místo něj hodnotu".to_owned()),
            Self::Formula(_) => Some(format!("buňka má vzorec, jehož výsledek v souboru není; {NOT_COUNTED}")),
        }
    }

    /// What is wrong, and what to do, where any text would do.
    fn fault(&self) -> Option<(String, &'static str)> {
        match self {
            Self::Error(error) => {
                Some((format!("v buňce je místo textu chyba „{error}“"), "napište do buňky text, nebo ji vyprázdněte"))
            }
            Self::Formula(_) => Some(("buňka má vzorec, jehož výsledek v souboru není".to_owned(), NOT_COUNTED)),
            _ => None,
        }
    }
}

/// The text of a formula; what is derived from the formula of another cell has none of its own.
fn formula(formula: &XlsxFormulaMetadata) -> &str {
    match formula {
        XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula,
        _ => "…",
    }
}

/// What Excel shows of a number: fifteen digits, so that 0.1 + 0.2 is 0.3.
fn rounded(exact: f64) -> f64 {
    format!("{exact:.14e}").parse().unwrap_or(exact)
}

fn moment(typed: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = typed.to_ymd_hms_milli();
    let (date, time) = (czech_date_of(year, month, day, ' '), format!("{hour}:{minute:02}"));
    match (typed.is_duration() || typed.as_f64() < 1.0, hour, minute) {
        (true, ..) => time,
        (false, 0, 0) => date,
        (false, ..) => format!("{date} {time}"),
    }
}

/// The letters and number by which a sheet calls a cell.
pub(super) fn address((row, column): Address) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect::<String>() + &(row + 1).to_string()
}

/// The sheet that is filled in.
struct Table<'a> {
    name: &'a str,
    sheet: Sheet,
    looks: Looks,
    merged: Vec<Dimensions>,
}

impl Table<'_> {
    fn read(&self, marks: Marks) -> (Option<Filled>, Vec<Fault>) {
        let titles = self.titles_row();
        let columns = self.columns(titles);
        let (is_readable, mut faults) = self.column_faults(titles, &columns);
        if !is_readable {
            return (None, faults);
        }
        faults.extend(self.merged_fault(titles, &columns));
        let (text, cells) = self.as_csv(titles, &columns, &mut faults);
        let source = Source::Cells { sheet: SHEET.to_owned(), cells };
        (Some(Filled { name: self.name.to_owned(), marks, kind: Kind::Csv, text, source }), faults)
    }

    fn merged_fault(&self, titles: u32, columns: &BTreeMap<Column, u32>) -> Option<Fault> {
        let below = self.sheet.range((titles + 1, 0)..);
        let of_measures = below.filter(|((_, column), _)| columns.get(&Column::Measure) == Some(column));
        let rows: Vec<(u32, String)> = of_measures.map(|((row, _), typed)| (*row, typed.text())).collect();
        merged::fault(self.name, &self.merged, columns, &rows, |at| self.sheet.contains_key(&at))
    }

    fn place(&self, at: Address) -> String {
        format!("{}, list {SHEET}, buňka {}", self.name, address(at))
    }

    /// The row with most of the titles; where there are none, the one they should stand in.
    fn titles_row(&self) -> u32 {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for (&(row, _), typed) in self.sheet.range(..(TITLES_WITHIN, 0)) {
            *counts.entry(row).or_default() += usize::from(titled(typed).is_some());
        }
        let best = counts.into_iter().rev().max_by_key(|(_, count)| *count);
        best.filter(|(_, count)| *count >= FEWEST_TITLES).map_or(HEADER_ROW - 1, |(row, _)| row)
    }

    /// Where each title stands first.
    fn columns(&self, titles: u32) -> BTreeMap<Column, u32> {
        let mut columns = BTreeMap::new();
        for (&(_, column), typed) in self.sheet.range((titles, 0)..(titles + 1, 0)) {
            if let Some(titled) = titled(typed) {
                columns.entry(titled).or_insert(column);
            }
        }
        columns
    }

    /// Whether all columns are there that are read; which are missing, twice there, or not of the form.
    fn column_faults(&self, titles: u32, columns: &BTreeMap<Column, u32>) -> (bool, Vec<Fault>) {
        let row = format!("{}, list {SHEET}, řádek {}", self.name, titles + 1);
        let known = columns.iter().map(|(column, &number)| (number, column.title().to_owned()));
        let first_cells = self.first_cells(titles);
        let beside: BTreeSet<u32> = self.sheet.range((titles, 0)..).map(|((_, column), _)| *column).collect();
        let beside = beside.into_iter().filter(|column| columns.values().all(|known| known != column));
        let others: Vec<(u32, String)> = beside.map(|column| (column, self.text((titles, column)))).collect();
        let present = known.chain(others.iter().cloned()).map(|(column, title)| (column as usize, title));
        let found = compared(&present.collect::<Vec<_>>(), &row, |column| self.place((titles, column as u32)));
        let mut faults = found.faults;
        if !found.is_any_lost {
            let others = others.iter().filter(|(column, _)| !found.renamed.contains(&(*column as usize)));
            faults.extend(others.filter_map(|(column, title)| {
                Some(self.foreign_column((titles, *column), title, *first_cells.get(column)?))
            }));
        }
        (found.is_readable, faults)
    }

    /// The first cell below the titles of each column that holds something.
    fn first_cells(&self, titles: u32) -> BTreeMap<u32, Address> {
        let mut first = BTreeMap::new();
        for (&at, _) in self.sheet.range((titles + 1, 0)..) {
            first.entry(at.1).or_insert(at);
        }
        first
    }

    fn foreign_column(&self, at: Address, written: &str, first: Address) -> Fault {
        if let Some(column) = self.sheet.get(&at).and_then(titled) {
            let message = format!("sloupec „{}“ je v tabulce podruhé", column.title());
            return Fault::new(self.place(at), message, "nechte jen jeden");
        }
        foreign_column(self.place(if written.is_empty() { first } else { at }), written)
    }

    fn text(&self, at: Address) -> String {
        self.sheet.get(&at).map(Typed::text).unwrap_or_default()
    }

    /// The text of a cell as it is meant; what its look says otherwise is a finding, and nothing more is found then in
    /// what was left out.
    fn said(&self, at: Address, column: Column, typed: &Typed, faults: &mut Vec<Fault>) -> String {
        let text = typed.text();
        let Some(misread) = self.looks.misread(at, column, &text) else {
            let is_prose = matches!(column, Column::Comment | Column::Evidence);
            return if is_prose { self.looks.with_shifted_digits(at, text) } else { text };
        };
        faults.push(Fault::new(self.place(at), misread.message, misread.help));
        if misread.rest.is_empty() { text } else { misread.rest }
    }

    /// The columns that are read as CSV, with the range of each cell.
    fn as_csv(&self, titles: u32, columns: &BTreeMap<Column, u32>, faults: &mut Vec<Fault>) -> (String, Vec<Cell>) {
        let read: Vec<(Column, u32)> =
            columns.iter().map(|(&column, &number)| (column, number)).filter(|(column, _)| column.is_read()).collect();
        let mut csv = Csv::default();
        // The titles of the form, since findings name columns by them.
        for (column, number) in &read {
            csv.cell(*column, column.title(), address((titles, *number)), None);
        }
        csv.end_row();
        let mut rows: Vec<u32> = self.sheet.range((titles + 1, 0)..).map(|(at, _)| at.0).collect();
        rows.dedup();
        for row in rows {
            if !read.iter().any(|(_, column)| self.sheet.contains_key(&(row, *column))) {
                // What stands beside the columns of the form has its finding already.
                let own = columns.values().filter(|column| self.sheet.contains_key(&(row, **column))).min();
                faults.extend(own.map(|column| stray(self.place((row, *column)), "na řádku bez označení opatření")));
                continue;
            }
            for (column, number) in &read {
                let at = (row, *number);
                let typed = self.sheet.get(&at);
                let is_prose = matches!(column, Column::Comment | Column::Evidence);
                // An error in the place of a comment is found as in any table.
                let is_found = *column == Column::Comment && matches!(typed, Some(Typed::Error(_)));
                let fault = typed.filter(|_| is_prose && !is_found).and_then(Typed::fault);
                // Nobody misses a comment that is there and cannot be read.
                let typed = typed.filter(|_| fault.is_none() || *column == Column::Comment);
                faults.extend(fault.map(|(message, help)| Fault::new(self.place(at), message, help)));
                let remark = typed.filter(|_| !is_prose).and_then(Typed::remark);
                let text = typed.map(|typed| self.said(at, *column, typed, faults)).unwrap_or_default();
                csv.cell(*column, &text, address(at), remark);
            }
            csv.end_row();
        }
        (csv.text, csv.cells)
    }
}

/// The column whose title a cell holds.
fn titled(typed: &Typed) -> Option<Column> {
    let Typed::Text(text) = typed else { return None };
    Column::of_title(text)
}

/// CSV as it is written, with where its cells are.
#[derive(Default)]
struct Csv {
    text: String,
    cells: Vec<Cell>,
}

impl Csv {
    fn cell(&mut self, column: Column, text: &str, address: String, remark: Option<String>) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(',');
        }
        let start = self.text.len();
        self.text.push('"');
        self.text.push_str(&text.replace('"', "\"\""));
        self.text.push('"');
        self.cells.push(Cell { range: start..self.text.len(), address, column, remark });
    }

    fn end_row(&mut self) {
        self.text.push('\n');
    }
}
