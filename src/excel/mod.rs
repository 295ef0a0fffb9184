//! How the program's workbooks look: letters, colours, heights of rows, and what of CSV a spreadsheet
//! would run. It does not know what stands in them; [`crate::form`] and [`crate::render`] do.

pub(crate) mod formulas;
pub(crate) mod heights;

use std::io::Cursor;

use rust_xlsxwriter::{Format as Look, FormatAlign, FormatBorder, Workbook};
use zip::{System, ZipArchive};

/// As many UTF-16 units as a cell of Excel holds.
pub(crate) const CELL_LIMIT: usize = 32_767;
/// A3, so that a sheet of many columns can be read on paper.
pub(crate) const PAPER_A3: u8 = 8;
pub(crate) const PAPER_A4: u8 = 9;
/// What the indent of a cell takes of its width.
pub(crate) const INDENT: f64 = 1.5;

const INK: u32 = 0x001F_2937;
/// Titles, and the ground of headings.
pub(crate) const DARK: u32 = 0x001F_3A5F;
/// The ground of cells that people fill in, and of their headings.
pub(crate) const YELLOW: u32 = 0x00FF_F3BF;
pub(crate) const DARK_YELLOW: u32 = 0x0085_5B00;
pub(crate) const WHITE: u32 = 0x00FF_FFFF;
pub(crate) const LINE: u32 = 0x00A9_B2BD;

/// Text without a cell around it.
pub(crate) fn text() -> Look {
    Look::new().set_font_name("Arial").set_font_size(10).set_font_color(INK)
}

/// A bordered cell.
pub(crate) fn cell(ground: u32) -> Look {
    text()
        .set_background_color(ground)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_align(FormatAlign::Left)
        .set_indent(1)
}

/// The heading of a column.
pub(crate) fn heading(ground: u32) -> Look {
    cell(ground).set_bold().set_font_color(WHITE).set_align(FormatAlign::VerticalCenter)
}

/// The title above a sheet's rows.
pub(crate) fn title() -> Look {
    text().set_bold().set_font_size(15).set_font_color(DARK)
}

/// Whether a cell holds all of a text.
pub(crate) fn fits(text: &str) -> bool {
    text.encode_utf16().count() <= CELL_LIMIT
}

/// A text as far as a cell holds it; one that goes on says so, after a whole word unless that is endless.
pub(crate) fn whole(text: &str) -> String {
    const GOES_ON: &str = " …";
    if fits(text) {
        return text.to_owned();
    }
    let mut n_units = GOES_ON.encode_utf16().count();
    let is_within = |c: &char| {
        n_units += c.len_utf16();
        n_units <= CELL_LIMIT
    };
    let head: String = text.chars().take_while(is_within).collect();
    let blank = head.rfind(char::is_whitespace).filter(|at| at * 2 > head.len());
    let words = blank.map_or(head.as_str(), |at| head[..at].trim_end());
    format!("{words}{GOES_ON}")
}

/// The bytes of a workbook, the same on every system.
pub(crate) fn saved(mut workbook: Workbook) -> anyhow::Result<Vec<u8>> {
    made_anywhere(workbook.save_to_buffer()?)
}

/// An archive whose directory names the same system for each part, not the one that it was made on.
fn made_anywhere(mut bytes: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    /// Behind the signature and the version of the format: section 4.3.12 of PKWARE's APPNOTE.
    const SYSTEM_IN_HEADER: usize = 5;
    let mut archive = ZipArchive::new(Cursor::new(&bytes))?;
    let headers: Vec<_> = (0..archive.len())
        .map(|part| Ok(archive.by_index_raw(part)?.central_header_start()))
        .collect::<anyhow::Result<_>>()?;
    for header in headers {
        bytes[usize::try_from(header)? + SYSTEM_IN_HEADER] = System::Unix as u8;
    }
    Ok(bytes)
}

/// A text for the running titles of pages, where an ampersand begins a command.
pub(crate) fn running_title(text: &str) -> String {
    text.chars().take(90).collect::<String>().replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_made_on_windows_has_the_same_bytes() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet();
        let ours = saved(workbook).expect("it can be saved");
        let mut of_windows = ours.clone();
        let headers: Vec<usize> = (0..ours.len()).filter(|&at| ours[at..].starts_with(b"PK\x01\x02")).collect();
        assert!(headers.len() > 5);
        headers.iter().for_each(|&at| of_windows[at + 5] = 0);
        assert_ne!(of_windows, ours);
        assert_eq!(made_anywhere(of_windows).expect("it is an archive"), ours);
    }

    #[test]
    fn a_text_that_a_cell_does_not_hold_says_that_it_goes_on() {
        for (text, kept) in [
            ("a b".repeat(10), "a b".repeat(10)),
            ("ž".repeat(CELL_LIMIT), "ž".repeat(CELL_LIMIT)),
            ("slovo ".repeat(6_000), format!("{} …", "slovo ".repeat(5_460).trim_end())),
            ("slovo\n\n".repeat(6_000), format!("{} …", "slovo\n\n".repeat(4_680).trim_end())),
            ("ž".repeat(CELL_LIMIT + 1), format!("{} …", "ž".repeat(CELL_LIMIT - 2))),
            (format!("a {}", "😀".repeat(CELL_LIMIT)), format!("a {} …", "😀".repeat(CELL_LIMIT / 2 - 2))),
        ] {
            let shown = whole(&text);
            let n_units = shown.encode_utf16().count();
            assert!(shown == kept && fits(&shown), "{n_units}: {:?}", shown.chars().rev().take(20).collect::<String>());
        }
    }

    #[test]
    fn an_ampersand_at_the_end_of_a_running_title_begins_no_command() {
        let text = format!("{}& syn", "ž".repeat(89));
        assert_eq!(running_title(&text), format!("{}&&", "ž".repeat(89)));
    }
}
