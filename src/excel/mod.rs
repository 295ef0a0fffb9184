//! How the program's workbooks look: letters, colours, heights of rows, and what of CSV a spreadsheet
//! would run. It does not know what stands in them; [`crate::form`] and [`crate::render`] do.

pub(crate) mod formulas;
pub(crate) mod heights;

use rust_xlsxwriter::{Format as Look, FormatAlign, FormatBorder};

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

/// A text as far as a cell holds it.
pub(crate) fn whole(text: &str) -> String {
    let mut n_units = 0;
    let is_within = |c: &char| {
        n_units += c.len_utf16();
        n_units <= CELL_LIMIT
    };
    text.chars().take_while(is_within).collect()
}

/// A text for the running titles of pages, where an ampersand begins a command.
pub(crate) fn running_title(text: &str) -> String {
    text.replace('&', "&&").chars().take(90).collect()
}
