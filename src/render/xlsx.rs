//! Excel: a template that describes sheets in JSON, written as a workbook. It knows nothing of what
//! the document says; a new document is a new template `xlsx/sesit.json`.
//!
//! `Book`, `Sheet`, `Column` and `Cell` are what such a template may say. Every string is
//! typeset and written as text, so that none is ever a formula.

use std::borrow::Cow;

use anyhow::{Context, bail};
use jiff::civil::Date;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format as Look, FormatAlign, Workbook, Worksheet};
use serde::Deserialize;

use crate::excel::heights::{HIGHEST_ROW, LINE_HEIGHT, fitting_width, height, height_wanted, n_lines};
use crate::excel::{
    self, DARK, DARK_YELLOW, INDENT, PAPER_A3, PAPER_A4, WHITE, YELLOW, cell, fits, running_title, saved, text, whole,
};
use crate::markup::{Block, Inline, Target};
use crate::render::well_formed::is_xml_char;
use crate::render::{Format, Renderer, polish};

/// The format.
pub static FORMAT: Format = Format { name: "xlsx", title: "Excel (XLSX)", entry: "xlsx/sesit.json", render };

/// Width of columns up to which a sheet is printed on A4.
const WIDTH_OF_A4: f64 = 150.0;
/// Size of letters that the heights of rows are counted in.
const SIZE: f64 = 10.0;
/// Lines that a row has at least where something is to be written into it.
const LINES_TO_FILL: usize = 4;
/// Bold letters take more room, which the counting of lines does not know.
const BOLD: f64 = 1.1;

/// A workbook.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    #[serde(rename = "nazev")]
    title: String,
    #[serde(rename = "autor")]
    author: String,
    /// The day the file says it is from; no clock is asked.
    #[serde(rename = "datum")]
    date: Date,
    #[serde(rename = "listy")]
    sheets: Vec<Sheet>,
}

/// A sheet: a title, paragraphs and a table under them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    /// What stands on its tab.
    #[serde(rename = "nazev")]
    name: String,
    #[serde(rename = "nadpis")]
    title: String,
    #[serde(rename = "odstavce", default)]
    paragraphs: Vec<String>,
    #[serde(rename = "sloupce")]
    columns: Vec<Column>,
    #[serde(rename = "radky")]
    rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    #[serde(rename = "nazev")]
    title: String,
    /// In digits, as Excel measures columns.
    #[serde(rename = "sirka")]
    width: u32,
    /// How wide it may get where its longest text would not show in the highest row.
    #[serde(rename = "nejvyse", default)]
    widest: u32,
    /// Whether people write into it.
    #[serde(rename = "k_vyplneni", default)]
    is_filled: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Cell {
    Empty,
    Number(f64),
    Text(String),
    Styled(Styled),
}

/// A text that stands out; colours are `RRGGBB`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Styled {
    text: String,
    #[serde(rename = "tucne", default)]
    is_bold: bool,
    #[serde(rename = "pozadi", default)]
    ground: Option<String>,
    #[serde(rename = "pismo", default)]
    ink: Option<String>,
}

impl Cell {
    fn text(&self) -> &str {
        match self {
            Self::Empty | Self::Number(_) => "",
            Self::Text(text) | Self::Styled(Styled { text, .. }) => text,
        }
    }
}

fn render(renderer: &Renderer<'_>) -> anyhow::Result<Vec<u8>> {
    write(&parse(&renderer.text(FORMAT.entry)?)?)
}

fn parse(rendered: &str) -> anyhow::Result<Book> {
    let mut book: Book = serde_json::from_str(rendered).map_err(|error| {
        let line = rendered.lines().nth(error.line().saturating_sub(1)).unwrap_or_default().trim();
        let shown: String = line.chars().take(200).collect();
        let entry = FORMAT.entry;
        anyhow::anyhow!("co napsala šablona {entry}, není popis sešitu ({error}); na tom řádku stojí: {shown}")
    })?;
    book.set_texts();
    Ok(book)
}

impl Book {
    /// Typesets everything that is going to be read.
    fn set_texts(&mut self) {
        set(&mut self.title);
        for sheet in &mut self.sheets {
            set(&mut sheet.name);
            set(&mut sheet.title);
            sheet.paragraphs.iter_mut().for_each(set);
            sheet.columns.iter_mut().for_each(|column| set(&mut column.title));
            for cell in sheet.rows.iter_mut().flatten() {
                if let Cell::Text(text) | Cell::Styled(Styled { text, .. }) = cell {
                    set(text);
                }
            }
        }
    }
}

/// Typesets a text line by line, and takes out what an XML file must not have.
fn set(text: &mut String) {
    let lines: Vec<Cow<'_, str>> = text.lines().map(polish::text).collect();
    let is_text = |c: &char| is_xml_char(*c) && !polish::is_mark(*c);
    *text = lines.join("\n").chars().filter(is_text).collect();
}

fn write(book: &Book) -> anyhow::Result<Vec<u8>> {
    let date = ExcelDateTime::from_ymd(
        u16::try_from(book.date.year())?,
        u8::try_from(book.date.month())?,
        u8::try_from(book.date.day())?,
    )?;
    let mut workbook = Workbook::new();
    workbook.set_default_format(&text(), 17, 64)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(book.title.as_str())
            .set_author(book.author.as_str())
            .set_creation_datetime(&date)
            .set_custom_property("Jazyk", "cs-CZ"),
    );
    for sheet in &book.sheets {
        write_sheet(workbook.add_worksheet(), sheet, &book.title)
            .with_context(|| format!("list „{}“ nejde zapsat", sheet.name))?;
    }
    saved(workbook)
}

fn write_sheet(sheet: &mut Worksheet, content: &Sheet, running: &str) -> anyhow::Result<()> {
    sheet.set_name(&content.name)?;
    let widths = set_widths(sheet, content)?;
    let header = write_top(sheet, content, &widths)?;
    for (row, number) in content.rows.iter().zip(header + 1..) {
        if row.len() != content.columns.len() {
            bail!("řádek {} má {} buněk, sloupců je {}", number - header, row.len(), content.columns.len());
        }
        write_row(sheet, number, row, (&content.columns, &widths))?;
    }
    if let (Some(last_column), false) = (content.columns.len().checked_sub(1), content.rows.is_empty()) {
        let last_row = header + u32::try_from(content.rows.len())?;
        sheet.autofilter(header, 0, last_row, u16::try_from(last_column)?)?;
    }
    sheet.set_freeze_panes(header + 1, 1)?;
    sheet.set_zoom(90);
    let paper = if widths.iter().sum::<f64>() <= WIDTH_OF_A4 { PAPER_A4 } else { PAPER_A3 };
    sheet.set_landscape().set_paper_size(paper).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(header, header)?;
    sheet.set_margins(0.4, 0.4, 0.7, 0.6, 0.3, 0.3);
    sheet.set_header(format!("&L{}", running_title(running)));
    sheet.set_footer(format!("&L{}&RStrana &P z &N", running_title(&content.name)));
    Ok(())
}

/// Widths of the columns, of which some are as wide as their longest text needs.
fn set_widths(sheet: &mut Worksheet, content: &Sheet) -> anyhow::Result<Vec<f64>> {
    let mut widths = Vec::new();
    for (index, column) in content.columns.iter().enumerate() {
        let texts = content.rows.iter().filter_map(|row| row.get(index)).map(Cell::text);
        let width = fitting_width(texts, column.width, column.widest.max(column.width)) + INDENT;
        sheet.set_column_width(u16::try_from(index)?, width)?;
        widths.push(width);
    }
    Ok(widths)
}

/// Writes the title, the paragraphs and the headings of columns; gives back the row of the latter.
fn write_top(sheet: &mut Worksheet, content: &Sheet, widths: &[f64]) -> anyhow::Result<u32> {
    sheet.set_row_height(0, 24)?;
    sheet.write_string_with_format(0, 0, whole(&content.title), &excel::title())?;
    let last_column = u16::try_from(content.columns.len().saturating_sub(1))?;
    let wrapped = text().set_text_wrap().set_align(FormatAlign::Top);
    let mut row = 1;
    for paragraph in &content.paragraphs {
        if last_column > 0 {
            sheet.merge_range(row, 0, row, last_column, &whole(paragraph), &wrapped)?;
        } else {
            sheet.write_string_with_format(row, 0, whole(paragraph), &wrapped)?;
        }
        sheet.set_row_height(row, height(n_lines(paragraph, widths.iter().sum())) + 4.0)?;
        row += 1;
    }
    let mut n_most = 1;
    for ((column, width), number) in content.columns.iter().zip(widths).zip(0..) {
        let ground = if column.is_filled { DARK_YELLOW } else { DARK };
        sheet.write_string_with_format(row, number, whole(&column.title), &excel::heading(ground))?;
        n_most = n_most.max(n_lines(&column.title, (width - INDENT) / BOLD));
    }
    sheet.set_row_height(row, height(n_most) + LINE_HEIGHT / 2.0)?;
    Ok(row)
}

fn write_row(
    sheet: &mut Worksheet,
    number: u32,
    row: &[Cell],
    (columns, widths): (&[Column], &[f64]),
) -> anyhow::Result<()> {
    let n_least = if columns.iter().any(|column| column.is_filled) { LINES_TO_FILL } else { 1 };
    let mut highest = height(n_least);
    for (((content, column), width), column_number) in row.iter().zip(columns).zip(widths).zip(0..) {
        let is_bold = matches!(content, Cell::Styled(Styled { is_bold: true, .. }));
        let room = (width - INDENT) / if is_bold { BOLD } else { 1.0 };
        let (size, wanted) = fitting_size(content.text(), room);
        highest = highest.max(wanted.min(HIGHEST_ROW));
        let look = look(content, column)?.set_font_size(size);
        match content {
            Cell::Number(value) => sheet.write_number_with_format(number, column_number, *value, &look)?,
            content if content.text().is_empty() => sheet.write_blank(number, column_number, &look)?,
            content if !fits(content.text()) => bail!(
                "do Excelu se dokument nevejde: text ve sloupci „{}“{} má víc než 32 767 znaků; zvolte jiný formát volbou --format, nebo text zkraťte",
                column.title,
                name_of(row)
            ),
            content => sheet.write_string_with_format(number, column_number, content.text(), &look)?,
        };
    }
    sheet.set_row_height(number, highest)?;
    Ok(())
}

/// Which row it is, by what it begins with.
fn name_of(row: &[Cell]) -> String {
    match row.first().map(Cell::text) {
        Some(first) if !first.is_empty() && fits(first) => format!(" u „{first}“"),
        _ => String::new(),
    }
}

/// The size of letters in which a text shows whole in the highest row, and the height it then wants.
/// A text over several rows could not be sorted and filtered, so the letters give way.
fn fitting_size(text: &str, width: f64) -> (f64, f64) {
    let wanted = |size: f64| (size, height_wanted(n_lines(text, width * SIZE / size)) * size / SIZE);
    let sizes = [SIZE, SIZE - 1.0, SIZE - 2.0, SIZE - 3.0].map(wanted);
    let smallest = sizes[sizes.len() - 1];
    sizes.into_iter().find(|(_, height)| *height <= HIGHEST_ROW).unwrap_or(smallest)
}

fn look(content: &Cell, column: &Column) -> anyhow::Result<Look> {
    let plain = if column.is_filled { cell(YELLOW).set_num_format("@") } else { cell(WHITE) };
    Ok(match content {
        Cell::Empty | Cell::Text(_) => plain,
        Cell::Number(_) => plain.unset_text_wrap().set_align(FormatAlign::Right),
        Cell::Styled(styled) => {
            let ground = styled.ground.as_deref().map(color).transpose()?;
            let ink = styled.ink.as_deref().map(color).transpose()?;
            let look = ground.map_or(plain.clone(), |ground| plain.set_background_color(ground));
            let look = ink.map_or(look.clone(), |ink| look.set_font_color(ink));
            if styled.is_bold { look.set_bold() } else { look }
        }
    })
}

fn color(text: &str) -> anyhow::Result<Color> {
    let value = Some(text).filter(|text| text.len() == 6).and_then(|text| u32::from_str_radix(text, 16).ok());
    value.map(Color::RGB).with_context(|| format!("„{text}“ není barva; pište ji jako 1F3A5F"))
}

// Filters.

/// Blocks as the lines of a cell: paragraphs, and items after bullets or numbers.
pub fn blocks(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    push_blocks(blocks, "", &mut lines);
    lines.join("\n")
}

fn push_blocks(blocks: &[Block], indent: &str, lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => {
                let mut text = indent.to_owned();
                push_inlines(inlines, &mut text);
                lines.push(text);
            }
            Block::List(first, items) => {
                for (item, number) in items.iter().zip(first.unwrap_or_default()..) {
                    let mark = if first.is_some() { format!("{number}. ") } else { "• ".to_owned() };
                    let start = lines.len();
                    push_blocks(item, &format!("{indent}   "), lines);
                    if let Some(line) = lines.get_mut(start) {
                        *line = format!("{indent}{mark}{}", line.trim_start());
                    }
                }
            }
            Block::Quote(blocks) => push_blocks(blocks, indent, lines),
            Block::Code(code) => lines.extend(code.lines().map(|line| format!("{indent}{line}"))),
        }
    }
}

fn push_inlines(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(piece) | Inline::Code(piece) => text.push_str(piece),
            Inline::Emphasis(inner) | Inline::Strong(inner) => push_inlines(inner, text),
            Inline::Link(target, inner) => {
                let mut name = String::new();
                push_inlines(inner, &mut name);
                text.push_str(&name);
                if let Target::Url(url) = target
                    && *url != name
                {
                    text.push_str(&format!(" ({url})"));
                }
            }
            Inline::Break => text.push('\n'),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::markup::parse as parse_markdown;

    fn described(rows: &str) -> String {
        format!(
            "{{\"nazev\": \"Kniha\", \"autor\": \"Kraj\", \"datum\": \"2023-12-31\", \"listy\": [{{\"nazev\": \"List\", \
             \"nadpis\": \"Nadpis\", \"odstavce\": [\"Věta k tomu.\"], \"sloupce\": [{{\"nazev\": \"A\", \"sirka\": 9}}, \
             {{\"nazev\": \"B\", \"sirka\": 20, \"nejvyse\": 60, \"k_vyplneni\": true}}], \"radky\": [{rows}]}}]}}"
        )
    }

    fn written(rows: &str) -> anyhow::Result<Vec<u8>> {
        write(&parse(&described(rows))?)
    }

    fn rows_of(bytes: Vec<u8>) -> Vec<Vec<Data>> {
        let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("it is a workbook");
        assert!(workbook.worksheet_formula("List").expect("there is the sheet").is_empty());
        let sheet = workbook.worksheet_range("List").expect("there is the sheet");
        sheet.rows().map(<[Data]>::to_vec).collect()
    }

    #[test]
    fn cells_are_read_back_typeset_and_no_text_is_a_formula() {
        let rows = "[1.5, \"v obci\"], [{\"text\": \"=1+1\", \"tucne\": true, \"pozadi\": \"FBE3E4\"}, null]";
        let rows = rows_of(written(rows).expect("it can be written"));
        let text = |text: &str| Data::String(text.to_owned());
        assert_eq!(rows[0][0], text("Nadpis"));
        assert_eq!(rows[1][0], text("Věta k\u{A0}tomu."));
        assert_eq!(rows[2], [text("A"), text("B")]);
        assert_eq!(rows[3], [Data::Float(1.5), text("v\u{A0}obci")]);
        assert_eq!(rows[4], [text("=1+1"), Data::Empty]);
    }

    #[test]
    fn what_a_template_gets_wrong_is_said() {
        let long = "slovo ".repeat(6_000);
        for (rows, words) in [
            (&*format!("[{{\"text\": \"IX/3\"}}, \"{long}\"]"), "text ve sloupci „B“ u „IX/3“ má víc než 32 767 znaků"),
            (&format!("[1, \"{long}\"]"), "text ve sloupci „B“ má víc než 32 767 znaků"),
            (&format!("[\"{long}\", 1]"), "text ve sloupci „A“ má víc než 32 767 znaků"),
            ("[1]", "list „List“ nejde zapsat: řádek 1 má 1 buněk, sloupců je 2"),
            ("[1, {\"text\": \"x\", \"pismo\": \"modrá\"}]", "„modrá“ není barva"),
            ("[1, 2],", "není popis sešitu"),
            ("[1, {\"txet\": \"x\"}]", "není popis sešitu"),
        ] {
            let error = format!("{:#}", written(rows).expect_err("it is wrong"));
            assert!(error.contains(words), "{error}");
        }
    }

    #[test]
    fn letters_of_a_text_with_too_many_lines_are_smaller() {
        let size = |n_lines: usize| fitting_size(&vec!["řádek"; n_lines].join("\n"), 60.0).0;
        assert_eq!([30, 34, 38, 44, 60].map(size), [10.0, 9.0, 8.0, 7.0, 7.0]);
    }

    #[test]
    fn the_same_description_gives_the_same_bytes() {
        let bytes = || written("[1, \"x\"]").expect("it can be written");
        assert!(bytes() == bytes());
    }

    #[test]
    fn a_comment_keeps_its_paragraphs_and_items() {
        let markdown = "První **věta**.\n\nDruhá, viz [zpráva](https://e.cz/z):\n\n- jedna\n  - vnitřní\n- dvě\n\n3. tři\n4. čtyři\n";
        assert_eq!(
            blocks(&parse_markdown(markdown, &|_| true)),
            "První věta.\nDruhá, viz zpráva (https://e.cz/z):\n• jedna\n   • vnitřní\n• dvě\n3. tři\n4. čtyři"
        );
    }
}
