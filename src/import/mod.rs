//! Filled forms back into data: what [`crate::form`] asked, read from a sheet, CSV or YAML. Pure: it
//! is given bytes and gives texts and findings; it reads and writes no files.
//!
//! ```text
//! sheet ─┐
//! csv   ─┼─► Filled ─► take_in: the data set with the form in place of what the body had ─► Taken
//! yaml  ─┘    marks     the same loader, builder and rules as ever; findings by cell or line
//! ```

pub mod content;
pub mod differences;
mod keeping;
mod lines;
mod looks;
mod merged;
mod notes;
mod paragraphs;
mod parts;
mod sheet;
mod shown;
mod table;
mod take;
mod titles;
pub mod unread;
pub mod write_yaml;

use std::ops::Range;

pub use take::{Before, Earlier, Judged, Taken, take_in};

use crate::form::layout::{Column, MARKS_WORD, Marks, is_form_in_csv, is_form_in_yaml};
use crate::load::RawFile;
use crate::load::encoding::Problem;
use crate::rules::kodovani;

/// Something that is wrong with a form as a form; what is wrong with what it says is a
/// [`crate::diagnostic::Diagnostic`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, as people look for it: „osv.xlsx, list Podklady, buňka I12“.
    pub place: String,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    fn new(place: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into(), help: help.into() }
    }
}

/// A form that could be read: what the loader is to be given in its stead, and how to say where it is.
#[derive(Debug)]
pub struct Filled {
    /// The file as the user named it.
    pub name: String,
    /// What it says of itself.
    pub marks: Marks,
    kind: Kind,
    /// What the loader reads.
    text: String,
    source: Source,
}

/// Which loader reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Csv,
    Yaml,
}

impl Kind {
    fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Yaml => "yaml",
        }
    }
}

/// What people see in the place of what the loader reads.
#[derive(Debug)]
enum Source {
    /// A text with the same lines at the same bytes.
    Text(String),
    /// Cells of a sheet, in the order of their ranges.
    Cells { sheet: String, cells: Vec<Cell> },
}

/// Where a cell of a sheet stands in the text that the loader reads.
#[derive(Debug)]
struct Cell {
    range: Range<usize>,
    /// Its address, `I12`.
    address: String,
    /// The column of the form that it is in.
    column: Column,
    /// What to do about a value that nobody typed: a date, an error of a formula.
    remark: Option<String>,
}

/// Reads one file. Where it can be read in spite of its faults, both are given.
pub fn read(file: &RawFile) -> (Option<Filled>, Vec<Fault>) {
    let (name, bytes) = (file.path.as_str(), file.bytes.as_slice());
    if bytes.starts_with(b"PK\x03\x04") {
        return sheet::read(name, bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        let message = "sešit je ve starém formátu Excelu (.xls), nebo je chráněn heslem";
        return refused(Fault::new(name, message, "uložte ho bez hesla jako „Sešit Excelu (.xlsx)“"));
    }
    let text = match crate::load::encoding::decode_csv(bytes) {
        Ok(text) => text.into_owned(),
        Err(problem) => return refused(unreadable(name, problem)),
    };
    if let Some(problem) = crate::load::encoding::garbled(&text) {
        return refused(unreadable(name, problem));
    }
    if is_form_in_csv(&text) {
        table::read(name, text)
    } else if is_form_in_yaml(&text) {
        lines::read(name, text)
    } else if let Some(line) = text.lines().position(is_marked).filter(|line| *line < MARKS_WITHIN) {
        refused(Fault::new(
            format!("{name}, řádek {}", line + 1),
            "nad řádkem se značkami formuláře něco stojí",
            format!("smažte řádky nad tím, který začíná „{MARKS_WORD}“, aby byl první"),
        ))
    } else {
        refused(unmarked(name))
    }
}

/// In how many lines the marks are looked for; somebody may have written above them.
const MARKS_WITHIN: usize = 20;

fn is_marked(line: &str) -> bool {
    is_form_in_csv(line) || is_form_in_yaml(line)
}

fn refused(fault: Fault) -> (Option<Filled>, Vec<Fault>) {
    (None, vec![fault])
}

/// A file that does not say which form it is.
fn unmarked(name: &str) -> Fault {
    Fault::new(
        name,
        "soubor není formulář: nejsou v něm značky, podle kterých se pozná subjekt a období",
        "formulář je tabulka se všemi opatřeními jednoho subjektu; vyrobí ji „plneni form ROK“ a vrací se tatáž, jen vyplněná. Odpovědi z jiného souboru do ní přepište",
    )
}

fn unreadable(name: &str, problem: Problem) -> Fault {
    let message = match problem {
        Problem::Binary(_) => "soubor není sešit .xlsx ani text",
        Problem::Utf16 => "soubor je v kódování UTF-16",
        Problem::NotUtf8(_) => "soubor není v kódování UTF-8 ani windows-1250",
        Problem::Dos(_) => "soubor je v kódování CP852, které Excel nazývá „CSV (MS-DOS)“",
        Problem::Latin2(_) => "soubor je v kódování ISO-8859-2",
        Problem::Garbled(_) => kodovani::GARBLED,
        Problem::Questioned(_) => kodovani::QUESTIONED,
    };
    let is_lost = matches!(problem, Problem::Garbled(_) | Problem::Questioned(_));
    let help = if is_lost {
        "vraťte se k souboru, ve kterém písmena ještě jsou, a ten uložte jako „Sešit Excelu (.xlsx)“ nebo „CSV UTF-8“"
    } else {
        "uložte formulář jako „Sešit Excelu (.xlsx)“ nebo „CSV UTF-8“; formulář YAML uložte v kódování UTF-8"
    };
    Fault::new(name, message, help)
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests;
