//! The form as an Excel workbook: a sheet to fill in, a sheet that says how, a hidden sheet with the
//! marks. Nothing of the clock gets into it, so that the same data give the same bytes.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format as Look, FormatAlign, ProtectionOptions,
    Workbook, Worksheet,
};

use crate::excel::heights::{HIGHEST_ROW, LINE_HEIGHT, fitting_width, height, height_wanted, n_lines};
use crate::excel::{
    self, CELL_LIMIT, DARK, DARK_YELLOW, INDENT, PAPER_A3, PAPER_A4, WHITE, YELLOW, cell, running_title, saved, text,
    whole,
};
use crate::form::layout::{Column, HEADER_ROW, INSTRUCTIONS_SHEET, MARKS_SHEET, SHEET};
use crate::form::rows::{Row, rows};
use crate::form::wording::{self, Instruction};
use crate::form::{Form, Format};

/// The format.
pub static FORMAT: Format = Format { name: "xlsx", title: "Excel (XLSX)", write };

/// The row of the column titles, from 0.
const HEADER: u32 = HEADER_ROW - 1;
/// Lines that a row has at least: room to write.
const LINES_TO_COMMENT: usize = 5;
const LINES_TO_ANSWER: usize = 2;
/// Width of the sheet of instructions: what stands beside a paragraph, and the paragraph.
const WIDTH_BESIDE: f64 = 17.0;
const WIDTH_OF_PARAGRAPH: f64 = 92.0;

const PALE_BLUE: u32 = 0x00E3_ECF7;
const GREY: u32 = 0x00EE_EFF1;

fn write(form: &Form) -> anyhow::Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    workbook.set_default_format(&text(), 17, 64)?;
    workbook.set_properties(&properties(form)?);
    write_form(workbook.add_worksheet(), form)?;
    write_instructions(workbook.add_worksheet(), form)?;
    write_marks(workbook.add_worksheet(), form)?;
    saved(workbook)
}

fn properties(form: &Form) -> anyhow::Result<DocProperties> {
    let last_day = ExcelDateTime::from_ymd(form.period.0, 12, 31)?;
    Ok(DocProperties::new()
        .set_title(wording::title(form))
        .set_subject(form.strategy.as_str())
        .set_category("Formulář podkladů")
        .set_creation_datetime(&last_day)
        .set_custom_property("Jazyk", "cs-CZ"))
}

fn write_form(sheet: &mut Worksheet, form: &Form) -> anyhow::Result<()> {
    sheet.set_name(SHEET)?;
    let all: Vec<Row<'_>> = rows(form).collect();
    let widths = set_widths(sheet, &all)?;
    write_top(sheet, form)?;
    for (row, number) in all.iter().zip(HEADER + 1..) {
        write_row(sheet, number, row, &widths)?;
    }
    spread_long_comments(sheet, &all, &widths)?;
    add_validations(sheet, &all)?;
    sheet.set_freeze_panes(HEADER + 1, 1)?;
    sheet.set_selection(HEADER + 1, number(Column::Status), HEADER + 1, number(Column::Status))?;
    sheet.set_zoom(90);
    // Whoever writes much makes room for it.
    // A number that must be a text is mended by the format of its cell.
    sheet.protect_with_options(&ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    sheet.set_landscape().set_paper_size(PAPER_A3).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(HEADER, HEADER)?;
    set_page(sheet, form);
    Ok(())
}

/// Widths of the columns, of which those of long texts are as wide as the longest text needs.
fn set_widths(sheet: &mut Worksheet, all: &[Row<'_>]) -> anyhow::Result<Vec<f64>> {
    let mut widths = Vec::new();
    for column in Column::ALL {
        let (narrowest, widest) = match column {
            Column::Measure => (9, 9),
            Column::Role | Column::Value => (10, 10),
            Column::Deadline | Column::LastStatus | Column::Status => (14, 14),
            Column::Description => (36, 90),
            Column::Indicator | Column::Criterion => (27, 90),
            Column::LastComment => (44, 100),
            Column::Evidence => (25, 25),
            Column::Comment => (52, 52),
        };
        let texts: Vec<String> = all.iter().map(|row| row.text(column)).collect();
        let width = fitting_width(texts.iter().map(String::as_str), narrowest, widest) + INDENT;
        sheet.set_column_width(number(column), width)?;
        widths.push(width);
    }
    Ok(widths)
}

/// What stands above the rows: whose form it is, what to do, the titles of columns.
fn write_top(sheet: &mut Worksheet, form: &Form) -> anyhow::Result<()> {
    sheet.set_row_height(0, 24)?;
    sheet.write_string_with_format(0, 0, whole(&wording::title(form)), &excel::title())?;
    let task = format!(
        "Vyplňte žlutá pole a soubor pošlete zpět {}. Jak na to, radí list „{INSTRUCTIONS_SHEET}“.",
        wording::until(form)
    );
    sheet.set_row_height(1, 18)?;
    sheet.write_string_with_format(1, 0, task, &text().set_font_size(11).set_bold())?;
    sheet.write_string_with_format(2, 0, whole(&form.strategy), &text())?;
    sheet.set_row_height(HEADER, 2.0 * LINE_HEIGHT)?;
    for column in Column::ALL {
        let ground = if column.is_filled() { DARK_YELLOW } else { DARK };
        sheet.write_string_with_format(HEADER, number(column), column.title(), &excel::heading(ground))?;
    }
    Ok(())
}

fn write_row(sheet: &mut Worksheet, row_number: u32, row: &Row<'_>, widths: &[f64]) -> anyhow::Result<()> {
    for column in Column::ALL {
        let text = row.text(column);
        let look = look(row, column);
        // Always a string, so that a text that begins with „=“ is none the less a text.
        if text.is_empty() {
            sheet.write_blank(row_number, number(column), &look)?;
        } else {
            sheet.write_string_with_format(row_number, number(column), whole(&text), &look)?;
        }
    }
    sheet.set_row_height(row_number, row_height(row, widths))?;
    Ok(())
}

fn row_height(row: &Row<'_>, widths: &[f64]) -> f64 {
    let n_least = match row {
        Row::Measure(_) => LINES_TO_COMMENT,
        Row::Criterion(..) => LINES_TO_ANSWER,
    };
    let lines = Column::ALL.into_iter().zip(widths).map(|(column, width)| n_lines(&row.text(column), *width - INDENT));
    height(lines.max().unwrap_or_default().max(n_least))
}

/// A comment that does not show in the highest row goes on beside the criteria under it.
fn spread_long_comments(sheet: &mut Worksheet, all: &[Row<'_>], widths: &[f64]) -> anyhow::Result<()> {
    let column = Column::LastComment;
    let column_number = number(column);
    let width = widths.get(usize::from(column_number)).copied().unwrap_or_default() - INDENT;
    for (row, row_number) in all.iter().zip(HEADER + 1..) {
        let Row::Measure(measure) = row else { continue };
        let missing = height_wanted(n_lines(&row.text(column), width)) - HIGHEST_ROW;
        let n_criteria = u32::try_from(measure.criteria.len())?;
        if missing <= 0.0 || n_criteria == 0 {
            continue;
        }
        let look = look(row, column);
        let text = row.text(column);
        sheet.merge_range(row_number, column_number, row_number + n_criteria, column_number, &whole(&text), &look)?;
        for (criterion, below) in measure.criteria.iter().zip(row_number + 1..) {
            let own = row_height(&Row::Criterion(measure, criterion), widths);
            sheet.set_row_height(below, own.max(missing / f64::from(n_criteria)).min(HIGHEST_ROW))?;
        }
    }
    Ok(())
}

fn look(row: &Row<'_>, column: Column) -> Look {
    if row.is_asked(column) {
        let look = cell(YELLOW).set_unlocked();
        return if matches!(column, Column::Comment | Column::Evidence) { look.set_num_format("@") } else { look };
    }
    match (row, column) {
        _ if column.is_filled() => cell(GREY),
        (Row::Measure(_), Column::Measure | Column::LastStatus) => cell(PALE_BLUE).set_bold(),
        (Row::Measure(_), _) => cell(PALE_BLUE),
        (Row::Criterion(..), _) => cell(WHITE),
    }
}

fn add_validations(sheet: &mut Worksheet, all: &[Row<'_>]) -> anyhow::Result<()> {
    for may_be_done in [true, false] {
        let validation = DataValidation::new()
            .allow_list_strings(&wording::choice(may_be_done))?
            .set_error_title("Neznámý stav")?
            .set_error_message(wording::choice_error(may_be_done))?;
        add_validation(sheet, all, Column::Status, &validation, |row| row.may_be_done() == may_be_done)?;
    }
    let number = DataValidation::new()
        .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
        .set_error_title("Tady má stát číslo")?
        .set_error_message("Napište číslo od nuly, například 12 nebo 12,5, bez jednotek a bez slov.")?;
    add_validation(sheet, all, Column::Value, &number, |_| true)?;
    let evidence = length_limit()?
        .set_input_title(Column::Evidence.title())?
        .set_input_message("Webová adresa, nebo název souboru, který k formuláři přiložíte.")?;
    add_validation(sheet, all, Column::Evidence, &evidence, |_| true)?;
    add_validation(sheet, all, Column::Comment, &length_limit()?, |_| true)
}

fn length_limit() -> anyhow::Result<DataValidation> {
    Ok(DataValidation::new()
        .allow_text_length(DataValidationRule::LessThanOrEqualTo(u32::try_from(CELL_LIMIT)?))
        .set_error_title("Text je příliš dlouhý")?
        .set_error_message("Do jednoho pole se vejde nejvýš 32 767 znaků. Delší text pošlete jako přílohu.")?)
}

/// Puts a validation on the cells of a column that are asked and chosen, all at once.
fn add_validation(
    sheet: &mut Worksheet,
    all: &[Row<'_>],
    column: Column,
    validation: &DataValidation,
    is_chosen: impl Fn(&Row<'_>) -> bool,
) -> anyhow::Result<()> {
    let letter = char::from(b'A' + u8::try_from(number(column))?);
    let numbers: Vec<u32> = all
        .iter()
        .zip(HEADER + 1..)
        .filter(|(row, _)| row.is_asked(column) && is_chosen(row))
        .map(|(_, number)| number)
        .collect();
    let ranges: Vec<String> = numbers
        .chunk_by(|number, next| number + 1 == *next)
        .filter_map(|run| Some(format!("{letter}{}:{letter}{}", run.first()? + 1, run.last()? + 1)))
        .collect();
    if let (Some(first), Some(last)) = (numbers.first(), numbers.last()) {
        let validation = validation.clone().set_multi_range(ranges.join(" "));
        sheet.add_data_validation(*first, number(column), *last, number(column), &validation)?;
    }
    Ok(())
}

fn write_instructions(sheet: &mut Worksheet, form: &Form) -> anyhow::Result<()> {
    sheet.set_name(INSTRUCTIONS_SHEET)?;
    sheet.set_column_width(0, WIDTH_BESIDE)?.set_column_width(1, WIDTH_OF_PARAGRAPH)?;
    let wrapped = text().set_text_wrap().set_align(FormatAlign::Top);
    let heading = text().set_bold().set_font_size(13).set_font_color(DARK).set_align(FormatAlign::Bottom);
    sheet.write_string_with_format(0, 0, whole(&wording::title(form)), &heading)?;
    sheet.set_row_height(0, 24)?;
    for (instruction, row) in wording::instructions(form).iter().zip(1..) {
        let (beside, paragraph, look) = match instruction {
            Instruction::Heading(title) => {
                sheet.write_string_with_format(row, 0, *title, &heading)?;
                sheet.set_row_height(row, 30)?;
                continue;
            }
            Instruction::Step(number, paragraph) => (format!("{number}."), paragraph, FormatAlign::Right),
            Instruction::Term(term, paragraph) => (term.clone(), paragraph, FormatAlign::Left),
            Instruction::Paragraph(paragraph) => (String::new(), paragraph, FormatAlign::Left),
        };
        sheet.write_string_with_format(row, 0, whole(&beside), &wrapped.clone().set_bold().set_align(look))?;
        sheet.write_string_with_format(row, 1, whole(paragraph), &wrapped)?;
        let n_lines = n_lines(paragraph, WIDTH_OF_PARAGRAPH).max(n_lines(&beside, WIDTH_BESIDE - 2.0));
        sheet.set_row_height(row, height(n_lines) + 4.0)?;
    }
    sheet.set_screen_gridlines(false);
    sheet.protect();
    sheet.set_paper_size(PAPER_A4).set_print_fit_to_pages(1, 0);
    set_page(sheet, form);
    Ok(())
}

fn write_marks(sheet: &mut Worksheet, form: &Form) -> anyhow::Result<()> {
    sheet.set_name(MARKS_SHEET)?;
    for ((key, value), row) in form.marks().pairs().into_iter().zip(0..) {
        sheet.write_string(row, 0, key)?.write_string(row, 1, value)?;
    }
    sheet.protect();
    sheet.set_hidden(true);
    Ok(())
}

/// Margins and what stands on each page.
fn set_page(sheet: &mut Worksheet, form: &Form) {
    sheet.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    sheet.set_header(format!("&L{}&RPodklady za období {}", running_title(&wording::whose(form)), form.period_name));
    sheet.set_footer(format!("&L{}&RStrana &P z &N", running_title(&form.strategy)));
}

/// The number of a column, from 0.
fn number(column: Column) -> u16 {
    column as u16
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::form::testing::{form, form_of};
    use crate::rules::testing::edited;

    fn read(form: &Form) -> Xlsx<Cursor<Vec<u8>>> {
        let bytes = write(form).expect("it can be written");
        calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("it is a workbook")
    }

    #[test]
    fn rows_stand_under_the_titles_of_columns() {
        let mut workbook = read(&form("OSV"));
        let sheet = workbook.worksheet_range(SHEET).expect("there is the sheet");
        let text = |row: u32, column| sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
        for (column, number) in Column::ALL.into_iter().zip(0..) {
            assert_eq!(text(HEADER, number), column.title());
        }
        assert_eq!(text(HEADER + 1, 0), "I/1");
        assert_eq!(text(HEADER + 2, u32::from(number(Column::Criterion))), "metodika");
        assert!(text(1, 0).contains("do 31.\u{A0}1.\u{A0}2026"), "{}", text(1, 0));
    }

    #[test]
    fn marks_are_read_back() {
        let form = form("OSV");
        let mut workbook = read(&form);
        let sheet = workbook.worksheet_range(MARKS_SHEET).expect("there is the sheet");
        let cells: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        let pairs = cells.iter().map(|row| (row[0].as_str(), row[1].as_str()));
        assert_eq!(crate::form::layout::Marks::from_pairs(pairs), Some(form.marks()));
    }

    #[test]
    fn a_text_is_never_a_formula_and_loses_nothing_that_a_cell_holds() {
        let path = "opatreni/01.yaml";
        let long = "ž".repeat(CELL_LIMIT + 5);
        let changed = edited(path, "popis: metodiku bydlení", "popis: =1+1").replace("případové konference", &long);
        let mut workbook = read(&form_of("OSV", &[(path, &changed)]));
        let formulas = workbook.worksheet_formula(SHEET).expect("there is the sheet");
        assert!(formulas.is_empty(), "{formulas:?}");
        let sheet = workbook.worksheet_range(SHEET).expect("there is the sheet");
        let description = u32::from(number(Column::Description));
        assert_eq!(sheet.get_value((HEADER + 1, description)), Some(&Data::String("=1+1".to_owned())));
        let length = sheet.get_value((HEADER + 3, description)).map(|cell| cell.to_string().chars().count());
        assert_eq!(length, Some(CELL_LIMIT));
    }

    #[test]
    fn the_same_form_gives_the_same_bytes() {
        assert!(write(&form("OSV")).expect("it can be written") == write(&form("OSV")).expect("it can be written"));
    }
}
