//! What the look of a text in a cell says besides its letters: what is struck out is not meant, and a number above
//! the line is a note or a power.

use std::collections::{BTreeMap, BTreeSet};

use calamine::{Font, Style, XlsxError};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use crate::form::layout::{Column, SHEET};
use crate::import::parts::Parts;
use crate::import::sheet::{Address, Workbook};
use crate::model::{Status, one_line, parse_number, shown, tidied};

/// How many characters of a text are shown.
const MOST_SHOWN: usize = 60;

/// The cells of the sheet that is filled in whose look says anything.
#[derive(Default)]
pub(super) struct Looks {
    struck: BTreeSet<Address>,
    texts: Vec<Vec<Run>>,
    /// Which of the texts a cell holds.
    cells: BTreeMap<Address, usize>,
}

/// A piece of a text that looks the same.
#[derive(Default)]
struct Run {
    text: String,
    /// Whether it has a look of its own; otherwise it looks as its cell does.
    is_styled: bool,
    is_struck: bool,
    /// Where it stands above or below the line, its digits and minus as characters.
    shifted: Option<[char; 11]>,
}

const RAISED: [char; 11] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁻'];
const LOWERED: [char; 11] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉', '₋'];

/// What is wrong with a cell, what to do, and what it says without that.
pub(super) struct Misread {
    pub(super) message: String,
    pub(super) help: &'static str,
    pub(super) rest: String,
}

impl Looks {
    /// Nothing is parsed where no look of this kind is to be found.
    pub(super) fn of(workbook: &mut Workbook<'_>, parts: &mut Parts<'_>) -> Result<Self, XlsxError> {
        let mut looks = Self { struck: struck_cells(workbook)?, ..Self::default() };
        let path = parts.sheets().into_iter().find(|(name, _)| name == SHEET).map(|(_, path)| path);
        let sheet = path.map(|path| parts.xml(&path)).unwrap_or_default();
        let shared = parts.related("xl/workbook.xml", "/sharedStrings").map(|path| parts.xml(&path));
        let shared = shared.unwrap_or_default();
        if [&sheet, &shared].into_iter().any(|xml| xml.contains("strike") || xml.contains("vertAlign")) {
            looks.read(&shared, &sheet);
        }
        Ok(looks)
    }

    fn read(&mut self, shared: &str, sheet: &str) {
        let mut by_number = BTreeMap::new();
        let (mut reader, mut number) = (reader(shared), 0);
        while let Some(element) = next_start(&mut reader) {
            if element.local_name().as_ref() == "si" {
                by_number.extend(self.keep(runs(&mut reader, "si")).map(|text| (number, text)));
                number += 1;
            }
        }
        let mut reader = self::reader(sheet);
        let (mut next, mut at, mut is_shared) = ((0, 0), (0, 0), false);
        while let Some(element) = next_start(&mut reader) {
            match element.local_name().as_ref() {
                "row" => {
                    next =
                        (attribute(&element, "r").and_then(|r| r.parse().ok()).map_or(next.0, |r: u32| r - r.min(1)), 0)
                }
                "c" => {
                    at = attribute(&element, "r").and_then(|r| address(&r)).unwrap_or(next);
                    next = (at.0, at.1 + 1);
                    is_shared = attribute(&element, "t").is_some_and(|kind| kind == "s");
                }
                "v" if is_shared => {
                    let number = reader.read_event().ok().and_then(|event| match event {
                        Event::Text(number) => number.trim().parse::<usize>().ok(),
                        _ => None,
                    });
                    let text = number.and_then(|number| by_number.get(&number));
                    self.cells.extend(text.map(|text| (at, *text)));
                }
                "is" => {
                    let text = self.keep(runs(&mut reader, "is"));
                    self.cells.extend(text.map(|text| (at, text)));
                }
                _ => {}
            }
        }
    }

    /// Keeps a text whose look says anything.
    fn keep(&mut self, runs: Vec<Run>) -> Option<usize> {
        let says_anything = runs.iter().any(|run| run.is_styled);
        says_anything.then(|| {
            self.texts.push(runs);
            self.texts.len() - 1
        })
    }

    fn runs(&self, at: Address) -> &[Run] {
        self.cells.get(&at).and_then(|text| self.texts.get(*text)).map_or(&[], Vec::as_slice)
    }

    /// What is wrong with the look of a cell that is filled in and whose text is this.
    pub(super) fn misread(&self, at: Address, column: Column, text: &str) -> Option<Misread> {
        let (runs, is_cell_struck) = (self.runs(at), self.struck.contains(&at));
        if !column.is_filled() || (runs.is_empty() && !is_cell_struck) {
            return None;
        }
        let is_struck = |run: &Run| if run.is_styled { run.is_struck } else { is_cell_struck };
        let (struck, rest) = if runs.is_empty() { (text.to_owned(), String::new()) } else { parted(runs, is_struck) };
        if !struck.is_empty() {
            let message = format!("v buňce je přeškrtnutý text: „{}“", abridged(&struck));
            return Some(Misread { message, help: "smažte ho, nebo zrušte přeškrtnutí", rest });
        }
        let (shifted, rest) = parted(runs, |run| run.shifted.is_some());
        if shifted.is_empty() || rest.is_empty() {
            return None;
        }
        let message = |shifted: &str| format!("v buňce je horní nebo dolní index: „{}“", abridged(shifted));
        let is_understood = |text: &str| match column {
            Column::Status => Status::parse(text).is_some(),
            _ => parse_number(text).is_some(),
        };
        if matches!(column, Column::Comment | Column::Evidence) {
            let help = "smažte ho, nebo ho napište do řádku za mezeru, třeba v závorce";
            return unclear(runs).map(|shifted| Misread { message: message(&shifted), help, rest });
        }
        // What is no number or status either way, has its finding for that.
        let rest = [rest.as_str(), text].into_iter().find(|text| is_understood(text))?.to_owned();
        Some(Misread {
            message: message(&shifted), help: "smažte ho; co znamená, napište do sloupce „Komentář“", rest
        })
    }

    /// What the cell says when digits above and below the line are characters of their own. Where that cannot be told
    /// for certain, the text stays as it is.
    pub(super) fn with_shifted_digits(&self, at: Address, text: String) -> String {
        let runs = self.runs(at);
        let plain: String = runs.iter().map(|run| run.text.as_str()).collect();
        // A whole text above the line is a slip of its look.
        let is_beside_text = runs.iter().any(|run| run.shifted.is_none() && !run.text.trim().is_empty());
        if tidied(&plain) != text || !is_beside_text {
            return text;
        }
        tidied(&runs.iter().map(Run::in_characters).collect::<String>()).into_owned()
    }
}

impl Run {
    /// Its text, where nothing but numbers stands above or below the line: their digits, and a minus before one, as
    /// characters.
    fn in_characters(&self) -> String {
        let is_number = |c: char| c.is_ascii_digit() || c.is_whitespace() || "-−–".contains(c);
        let Some(shifted) = self.shifted.filter(|_| self.text.chars().all(is_number)) else {
            return self.text.clone();
        };
        let mut rest = self.text.chars().peekable();
        let mut text = String::new();
        while let Some(c) = rest.next() {
            let is_minus = "-−–".contains(c) && rest.peek().is_some_and(char::is_ascii_digit);
            let number = if is_minus { Some(10) } else { c.to_digit(10).map(|digit| digit as usize) };
            text.push(number.and_then(|number| shifted.get(number)).copied().unwrap_or(c));
        }
        text
    }
}

/// What stands above or below the line right beside a digit and cannot be written in characters of its own, so that
/// it would look like a part of the number.
fn unclear(runs: &[Run]) -> Option<String> {
    let mut before = None;
    let mut pieces = runs.chunk_by(|run, next| run.shifted == next.shifted || next.text.is_empty()).peekable();
    while let Some(piece) = pieces.next() {
        let text: String = piece.iter().map(|run| run.text.as_str()).collect();
        let after = pieces.peek().and_then(|next| next.first()?.text.chars().next());
        let edges = [(before, text.chars().next()), (after, text.chars().next_back())];
        let is_beside = edges.into_iter().any(|(digit, edge)| {
            digit.is_some_and(|c: char| c.is_ascii_digit()) && edge.is_some_and(|c| !c.is_whitespace())
        });
        let first = piece.first()?;
        let written = Run { text: text.clone(), shifted: first.shifted, ..Run::default() }.in_characters();
        let is_left = |c: char| !c.is_whitespace() && !RAISED.contains(&c) && !LOWERED.contains(&c);
        if first.shifted.is_some() && is_beside && written.contains(is_left) {
            return Some(text.trim().to_owned());
        }
        before = text.chars().next_back().or(before);
    }
    None
}

/// What is so and what is not; „…“ stands where what is not was left out.
fn parted(runs: &[Run], is_so: impl Fn(&Run) -> bool) -> (String, String) {
    let (mut so, mut rest, mut is_apart) = (String::new(), String::new(), false);
    for run in runs {
        if !is_so(run) {
            rest.push_str(&run.text);
            is_apart |= !run.text.trim().is_empty();
        } else if !run.text.trim().is_empty() {
            if is_apart && !so.is_empty() {
                so.push_str(" … ");
            }
            so.push_str(&run.text);
            is_apart = false;
        }
    }
    (so.trim().to_owned(), tidied(&rest).into_owned())
}

/// A text on one line that is not too long for a message.
fn abridged(text: &str) -> String {
    let text = shown(&one_line(text));
    match text.char_indices().nth(MOST_SHOWN) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

/// The cells that are struck out as a whole.
fn struck_cells(workbook: &mut Workbook<'_>) -> Result<BTreeSet<Address>, XlsxError> {
    let mut cells = BTreeSet::new();
    let mut reader = workbook.worksheet_cells_reader(SHEET)?;
    let is_struck = |style: &Style| style.font.as_ref().is_some_and(Font::has_strikethrough);
    let struck: Vec<bool> = reader.styles().iter().map(is_struck).collect();
    if !struck.contains(&true) {
        return Ok(cells);
    }
    while let Some((row, column, style)) = reader.next_style_id()? {
        if struck.get(style) == Some(&true) {
            cells.insert((row, column));
        }
    }
    Ok(cells)
}

fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// The next element that begins; what is broken has its finding from the reader of cells.
fn next_start<'x>(reader: &mut Reader<&'x [u8]>) -> Option<BytesStart<'x>> {
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => return Some(element),
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// The runs of a text up to its end; a text that looks the same throughout is one.
fn runs(reader: &mut Reader<&[u8]>, closing: &str) -> Vec<Run> {
    let mut runs = vec![Run::default()];
    let (mut is_text, mut is_phonetic) = (false, false);
    while let Ok(event) = reader.read_event() {
        let Some(run) = runs.last_mut() else { break };
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "r" => runs.push(Run::default()),
                "rPr" => run.is_styled = true,
                "strike" => run.is_struck = attribute(&element, "val").is_none_or(|on| on != "0" && on != "false"),
                "vertAlign" => {
                    run.shifted = match attribute(&element, "val").as_deref() {
                        Some("superscript") => Some(RAISED),
                        Some("subscript") => Some(LOWERED),
                        _ => None,
                    }
                }
                "rPh" => is_phonetic = true,
                "t" => is_text = !is_phonetic,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "t" => is_text = false,
                "rPh" => is_phonetic = false,
                name if name == closing => break,
                _ => {}
            },
            Event::Text(text) if is_text => run.text.push_str(&text),
            Event::CData(text) if is_text => run.text.push_str(&text),
            Event::GeneralRef(entity) if is_text => match entity.resolve_char_ref() {
                Ok(Some(c)) => run.text.push(c),
                _ => run.text.push_str(resolve_predefined_entity(&entity).unwrap_or_default()),
            },
            Event::Eof => break,
            _ => {}
        }
    }
    runs
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    Some(element.try_get_attribute(name).ok()??.value.into_owned())
}

/// Row and column of a cell that is called so.
fn address(written: &str) -> Option<Address> {
    let digits = written.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = written.split_at(digits);
    let number = |sum: u32, letter: u8| {
        let letter = letter.is_ascii_alphabetic().then(|| u32::from(letter.to_ascii_uppercase() - b'A') + 1)?;
        sum.checked_mul(26)?.checked_add(letter)
    };
    let column = letters.bytes().try_fold(0, number)?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, FormatScript};

    use super::address;
    use crate::import::testing::{COMMENT, EVIDENCE, STATUS, VALUE, answered, judge, only_error, xlsx};

    /// A form with such runs in a cell of its second row.
    fn written(column: usize, runs: &[(&Format, &str)]) -> Vec<u8> {
        let (marks, rows) = answered();
        xlsx(&marks, &rows, |sheet| {
            sheet.write_rich_string(5, column as u16, runs).expect("it can be written");
        })
    }

    #[test]
    fn what_is_struck_out_is_no_answer() {
        let (plain, struck) = (Format::new(), Format::new().set_font_strikethrough());
        for (column, cell, runs, shown) in [
            (STATUS, "I6", &[(&struck, "NE"), (&plain, "PLNĚNO")][..], "NE"),
            (STATUS, "I6", &[(&struck, "NEPLNĚNO "), (&plain, "PLNĚNO")], "NEPLNĚNO"),
            (VALUE, "J6", &[(&struck, "4"), (&plain, "12")], "4"),
            (EVIDENCE, "K6", &[(&plain, "https://example.cz"), (&struck, "/a&b")], "/a&b"),
            (COMMENT, "L6", &[(&struck, "a"), (&plain, " b "), (&struck, "c\nd")], "a … c d"),
        ] {
            let text = only_error("oz.xlsx", &written(column, runs));
            assert!(text.contains(&format!("v buňce je přeškrtnutý text: „{shown}“\n")), "{text}");
            assert!(text.contains(&format!("oz.xlsx, list Podklady, buňka {cell}\n")), "{text}");
        }
        // What is not filled in, and blanks, say nothing.
        for (column, runs) in [(2, &[(&struck, "a"), (&plain, "b")]), (STATUS, &[(&plain, "PLNĚNO"), (&struck, " ")])]
        {
            assert_eq!(judge(&[("oz.xlsx", &written(column, runs))], &[]).findings, [""; 0]);
        }
    }

    #[test]
    fn a_cell_is_struck_out_as_a_whole() {
        let (marks, rows) = answered();
        let struck = Format::new().set_font_strikethrough();
        for (column, cell, shown) in [(STATUS, "I6", "PLNĚNO"), (VALUE, "J6", "12"), (COMMENT, "L5", "Konaly se;")] {
            let bytes = xlsx(&marks, &rows, |sheet| {
                let row = if column == COMMENT { 4 } else { 5 };
                sheet.set_cell_format(row, column as u16, &struck).expect("it can be written");
            });
            let text = only_error("oz.xlsx", &bytes);
            assert!(text.contains(&format!("přeškrtnutý text: „{shown}")) && text.contains(cell), "{text}");
        }
        let bytes = xlsx(&marks, &rows, |sheet| {
            sheet.set_cell_format(4, 2, &struck).expect("it can be written");
            sheet.set_cell_format(6, STATUS as u16, &struck).expect("it can be written");
        });
        assert_eq!(judge(&[("oz.xlsx", &bytes)], &[]).findings, [""; 0]);
    }

    #[test]
    fn a_note_at_a_number_is_no_digit_of_it() {
        let plain = Format::new();
        let raised = Format::new().set_font_script(FormatScript::Superscript);
        let lowered = Format::new().set_font_script(FormatScript::Subscript);
        for (column, cell, runs) in [
            (VALUE, "J6", [(&plain, "15"), (&raised, "1")]),
            (VALUE, "J6", [(&plain, "15"), (&lowered, "1")]),
            (STATUS, "I6", [(&plain, "PLNĚNO"), (&raised, "1")]),
        ] {
            let text = only_error("oz.xlsx", &written(column, &runs));
            assert!(text.contains("horní nebo dolní index: „1“\n") && text.contains(cell), "{text}");
        }
    }

    #[test]
    fn digits_above_and_below_the_line_stay_there_in_comments() {
        let (marks, rows) = answered();
        let plain = Format::new();
        let raised = Format::new().set_font_script(FormatScript::Superscript);
        let lowered = Format::new().set_font_script(FormatScript::Subscript);
        let runs =
            [(&plain, "12 m"), (&raised, "2"), (&plain, " a CO"), (&lowered, "2"), (&plain, " <x"), (&raised, "a)")];
        let bytes = xlsx(&marks, &rows, |sheet| {
            sheet.write_rich_string(4, COMMENT as u16, &runs).expect("it can be written");
        });
        let judged = judge(&[("oz.xlsx", &bytes)], &[]);
        assert!(judged.taken[0].text.contains("12 m² a CO₂ <xa)"), "{}", judged.taken[0].text);
    }

    #[test]
    fn what_cannot_be_raised_in_characters_is_found_beside_digits_alone() {
        let plain = Format::new();
        let raised = Format::new().set_font_script(FormatScript::Superscript);
        let lowered = Format::new().set_font_script(FormatScript::Subscript);
        let (marks, rows) = answered();
        let form = |runs: &[(&Format, &str)]| {
            xlsx(&marks, &rows, |sheet| {
                sheet.write_rich_string(4, COMMENT as u16, runs).expect("it can be written");
            })
        };
        for (runs, expected) in [
            (&[(&plain, "Jde o 10"), (&raised, "-3"), (&plain, " g")][..], "Jde o 10⁻³ g"),
            (&[(&plain, "12 m"), (&raised, "2 "), (&plain, "ploch")], "12 m² ploch"),
            (&[(&plain, "Ploch"), (&lowered, "1, 2"), (&plain, " je 5")], "Ploch1, 2 je 5"),
            (&[(&plain, "Podpořeno 15"), (&raised, " a) "), (&plain, "osob")], "Podpořeno 15 a) osob"),
            (&[(&plain, "Poraden 15"), (&raised, "1"), (&plain, " a 3"), (&raised, "2")], "Poraden 15¹ a 3²"),
        ] {
            let judged = judge(&[("oz.xlsx", &form(runs))], &[]);
            assert!(judged.findings.is_empty() && judged.taken[0].text.contains(expected), "{}", judged.taken[0].text);
        }
        for (runs, shown) in [
            (&[(&plain, "Podpořeno 15"), (&raised, "1,2"), (&plain, " osob")][..], "1,2"),
            (&[(&plain, "Podpořeno 15"), (&raised, "a)")], "a)"),
            (&[(&plain, "Asi "), (&raised, "+"), (&plain, "5")], "+"),
        ] {
            let text = only_error("oz.xlsx", &form(runs));
            assert!(text.contains(&format!("horní nebo dolní index: „{shown}“\n")) && text.contains("L5"), "{text}");
        }
    }

    #[test]
    fn a_number_that_is_none_either_way_is_one_finding() {
        let plain = Format::new();
        let raised = Format::new().set_font_script(FormatScript::Superscript);
        for (column, runs, says) in [
            (VALUE, [(&plain, "15 m"), (&raised, "2")], "15 m2"),
            (STATUS, [(&plain, "skoro"), (&raised, "1")], "skoro1"),
            (STATUS, [(&plain, "PLN"), (&raised, "ĚNO")], "horní nebo dolní index: „ĚNO“"),
        ] {
            let text = only_error("oz.xlsx", &written(column, &runs));
            assert!(text.contains(says), "{text}");
        }
    }

    #[test]
    fn addresses_are_read() {
        for (written, expected) in [
            ("A1", Some((0, 0))),
            ("L5", Some((4, 11))),
            ("AA10", Some((9, 26))),
            ("A0", None),
            ("7", None),
            ("é1", None),
        ] {
            assert_eq!(address(written), expected, "{written}");
        }
    }
}
