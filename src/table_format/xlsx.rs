//! An Excel workbook of one sheet: typed cells under a frozen header with a filter. Nothing of the
//! clock gets into it, so that the same data give the same bytes.

use anyhow::bail;
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Look, FormatAlign, FormatBorder, Workbook, Worksheet};

use crate::excel::{CELL_LIMIT, DARK, LINE, PAPER_A3, WHITE, saved};
use crate::export::{Cell, Column, Table};
use crate::view::ReportView;

/// Widths of columns, in characters.
const NARROWEST: usize = 8;
const WIDEST: usize = 60;
/// The arrow of the filter beside a title.
const ARROW: usize = 4;

pub(super) fn write(table: &Table, view: &ReportView) -> anyhow::Result<Vec<u8>> {
    let rows = (table.rows)(view);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(table, view)?);
    let sheet = workbook.add_worksheet();
    sheet.set_name(table.name)?;
    write_header(sheet, table, &rows)?;
    for (row, number) in rows.iter().zip(1..) {
        for ((cell, column), place) in row.iter().zip(table.columns).zip(0..) {
            write_cell(sheet, (number, place), cell, column)?;
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, u32::try_from(rows.len())?, u16::try_from(table.columns.len().saturating_sub(1))?)?;
    sheet.set_landscape().set_paper_size(PAPER_A3).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    saved(workbook)
}

fn properties(table: &Table, view: &ReportView) -> anyhow::Result<DocProperties> {
    Ok(DocProperties::new()
        .set_title(format!("{} za období {}", table.title, view.period.name))
        .set_subject(view.strategy.name.as_str())
        .set_comment(table.description)
        .set_creation_datetime(&day_of_excel(view.period.to)?))
}

fn write_header(sheet: &mut Worksheet, table: &Table, rows: &[Vec<Cell>]) -> anyhow::Result<()> {
    let look = cell_look().set_bold().set_font_color(WHITE).set_background_color(DARK);
    for (column, place) in table.columns.iter().zip(0..) {
        sheet.write_string_with_format(0, place, column.name, &look)?;
        let longest = rows.iter().filter_map(|row| row.get(usize::from(place))).map(n_characters).max();
        let width = longest.unwrap_or_default().max(column.name.chars().count() + ARROW).clamp(NARROWEST, WIDEST);
        sheet.set_column_width(place, u32::try_from(width)?)?;
    }
    Ok(())
}

/// The longest line of a text; other cells are never wider than their titles.
fn n_characters(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.lines().map(|line| line.chars().count() + 1).max().unwrap_or_default(),
        Cell::Date(_) => "2023-12-31 ".len(),
        _ => 0,
    }
}

fn write_cell(sheet: &mut Worksheet, (row, place): (u32, u16), cell: &Cell, column: &Column) -> anyhow::Result<()> {
    let look = cell_look();
    match cell {
        Cell::Text(text) if text.is_empty() => sheet.write_blank(row, place, &look)?,
        Cell::Text(text) if text.encode_utf16().count() > CELL_LIMIT => bail!(
            "do XLSX se tabulka nevejde: text ve sloupci „{}“ na řádku {} má víc než 32 767 znaků; použijte --format csv nebo json",
            column.name,
            row + 1
        ),
        // Always a string, so that a text that begins with „=“ is none the less a text.
        Cell::Text(text) => sheet.write_string_with_format(row, place, text, &look)?,
        // Excel has no numbers but these; all that are counted here are exact in them.
        Cell::Integer(number) => sheet.write_number_with_format(row, place, u32::try_from(*number)?, &look)?,
        Cell::Decimal(number) => sheet.write_number_with_format(row, place, *number, &look.set_num_format("0.0"))?,
        // Excel has its own words for these; LibreOffice would show 0 and 1.
        Cell::Boolean(value) => {
            sheet.write_boolean_with_format(row, place, *value, &look.set_num_format(r#""ano";"ano";"ne""#))?
        }
        Cell::Date(day) => {
            sheet.write_datetime_with_format(row, place, day_of_excel(*day)?, &look.set_num_format("yyyy\\-mm\\-dd"))?
        }
    };
    Ok(())
}

fn day_of_excel(day: Date) -> anyhow::Result<ExcelDateTime> {
    Ok(ExcelDateTime::from_ymd(day.year().try_into()?, day.month().try_into()?, day.day().try_into()?)?)
}

fn cell_look() -> Look {
    Look::new()
        .set_font_name("Arial")
        .set_font_size(10)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}
