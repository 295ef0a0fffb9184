//! The state of collecting in words: a table for a terminal, Markdown, CSV and JSON. Pure.

use unicode_width::UnicodeWidthStr;

use crate::collection::{BodyState, Collection, MeasureState, Statement};
use crate::markup;
use crate::model::{MeasureId, czech_date, plural, wrapped};

/// The narrowest that a column is made for a terminal.
const NARROWEST: usize = 14;

/// Tables for a terminal of this many columns; unbounded where it is none.
pub fn text(collection: &Collection, width: Option<usize>) -> String {
    let mut text = collection.heading() + "\n\n";
    text += &aligned(&BODY_COLUMNS, &collection.body_rows(), width);
    for paragraph in collection.paragraphs() {
        text += &format!("\n{}\n", wrapped(&paragraph, width.unwrap_or(usize::MAX)).join("\n"));
    }
    let shared = collection.shared_rows();
    if !shared.is_empty() {
        text += &format!("\n{}\n\n", wrapped(SHARED, width.unwrap_or(usize::MAX)).join("\n"));
        text += &aligned(&SHARED_COLUMNS, &shared, width);
    }
    text
}

/// The same as Markdown.
pub fn markdown(collection: &Collection) -> String {
    let mut text = format!("# Podklady za období {}\n\n{}\n\n", collection.period, collection.heading());
    text += &table(&BODY_COLUMNS, &collection.body_rows());
    for paragraph in collection.paragraphs() {
        text += &format!("\n{}\n", markup::escape(&paragraph));
    }
    let shared = collection.shared_rows();
    if !shared.is_empty() {
        text += &format!("\n{SHARED}\n\n");
        text += &table(&SHARED_COLUMNS, &shared);
    }
    text
}

/// One row a body and measure, whether it delivered or not.
pub fn csv(collection: &Collection) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    writer.write_record([
        "opatreni",
        "subjekt",
        "role",
        "dodano",
        "predkladatel",
        "stav",
        "shoda",
        "stav_opatreni",
        "dni_do_terminu",
    ])?;
    let days_left = collection.days_left.map(|days| days.to_string()).unwrap_or_default();
    for measure in &collection.measures {
        for said in &measure.statements {
            writer.write_record([
                measure.id.to_string().as_str(),
                &said.body,
                said.role,
                if said.submitter.is_some() { "true" } else { "false" },
                said.submitter.as_deref().unwrap_or_default(),
                said.status.map_or("", |status| status.code()),
                measure.agreement.word(),
                measure.status.code(),
                &days_left,
            ])?;
        }
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

/// „zbývá 12 dní“, „3 dny po termínu“
pub fn days_in_words(days_left: i32) -> String {
    let count = days_left.unsigned_abs() as usize;
    let days = plural(count, "den", "dny", "dní");
    match days_left {
        0 => "termín je dnes".to_owned(),
        1.. => format!("{} {count} {days}", plural(count, "zbývá", "zbývají", "zbývá")),
        _ => format!("{count} {days} po termínu"),
    }
}

const SHARED: &str =
    "Opatření, ke kterým se vyjadřuje nebo má vyjádřit víc subjektů; ta, na kterých se neshodují, jsou první:";

/// Title of a column, and whether its cells may be broken into lines.
type Column = (&'static str, bool);

const BODY_COLUMNS: [Column; 5] =
    [("Subjekt", false), ("Stav", false), ("Opatření", false), ("Termín", false), ("Chybí", true)];

const SHARED_COLUMNS: [Column; 5] =
    [("Opatření", false), ("Shoda", false), ("Subjekty", true), ("Vychází", false), ("Proč", true)];

impl Collection {
    fn heading(&self) -> String {
        let day = czech_date(self.as_of, ' ');
        match (self.due, self.days_left) {
            (Some(due), Some(days)) => {
                format!(
                    "Období {}, podklady do {}; ke dni {day}: {}.",
                    self.period,
                    czech_date(due, ' '),
                    days_in_words(days)
                )
            }
            _ => format!("Období {}, ke dni {day}; termín podkladů není v obdobi.yaml určen.", self.period),
        }
    }

    fn body_rows(&self) -> Vec<[String; 5]> {
        self.bodies.iter().map(|body| self.body_row(body)).collect()
    }

    fn body_row(&self, body: &BodyState) -> [String; 5] {
        let days_left = self.days_left.filter(|_| !body.missing.is_empty());
        [
            body.code.clone(),
            body.delivery.word().to_owned(),
            format!("{} z {}", body.n_delivered, body.n_expected),
            days_left.map(days_in_words).unwrap_or_default(),
            joined(&body.missing),
        ]
    }

    /// What stands between the tables.
    fn paragraphs(&self) -> Vec<String> {
        let mut paragraphs = Vec::new();
        if !self.others.is_empty() {
            let others: Vec<String> =
                self.others.iter().map(|other| format!("{} ({})", other.code, other.n_delivered)).collect();
            paragraphs.push(format!("Podklady poslali také: {}.", others.join(", ")));
        }
        paragraphs.push(match (self.measures.len(), self.without_submission.len()) {
            (0, _) => "Žádné opatření se v tomto období nesleduje.".to_owned(),
            (1, 0) => "Podklad je k jedinému sledovanému opatření.".to_owned(),
            (n_measures, 0) => format!("Podklad je ke všem opatřením ({n_measures})."),
            (_, n_without) => format!(
                "Bez jakéhokoli podkladu {} {n_without} opatření: {}.",
                plural(n_without, "je", "jsou", "je"),
                joined(&self.without_submission)
            ),
        });
        paragraphs
    }

    fn shared_rows(&self) -> Vec<[String; 5]> {
        self.shared().into_iter().map(shared_row).collect()
    }
}

fn shared_row(measure: &MeasureState) -> [String; 5] {
    let statements: Vec<String> = measure.statements.iter().map(statement).collect();
    [
        measure.id.to_string(),
        measure.agreement.word().to_owned(),
        statements.join(", "),
        measure.status.code().to_owned(),
        measure.reason.clone(),
    ]
}

/// „OSV: PLNĚNO“, „KÚ LK (podle OŽP): PLNĚNO“, „OZ: nedodáno“
fn statement(said: &Statement) -> String {
    let Some(submitter) = &said.submitter else { return format!("{}: nedodáno", said.body) };
    let status = said.status.map_or("stav neuveden", |status| status.code());
    if *submitter == said.body {
        format!("{}: {status}", said.body)
    } else {
        format!("{} (podle {submitter}): {status}", said.body)
    }
}

fn joined(ids: &[MeasureId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn table(columns: &[Column; 5], rows: &[[String; 5]]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let titles = columns.map(|(title, _)| title.to_owned());
    let mut text = line(&titles) + &line(&columns.map(|_| "---".to_owned()));
    for row in rows {
        text += &line(&row.each_ref().map(|cell| markup::escape(cell).into_owned()));
    }
    text
}

/// Columns under each other; where they do not fit, those that may be are broken into lines.
fn aligned(columns: &[Column; 5], rows: &[[String; 5]], width: Option<usize>) -> String {
    let titles = columns.map(|(title, _)| title.to_owned());
    let all = || std::iter::once(&titles).chain(rows);
    let mut widths = [0; 5];
    for row in all() {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    if let Some(width) = width {
        narrow(&mut widths, columns, width);
    }
    let mut text = String::new();
    for row in all() {
        let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, width)| wrapped(cell, width)).collect();
        for index in 0..cells.iter().map(Vec::len).max().unwrap_or_default() {
            let mut line = String::new();
            for (lines, width) in cells.iter().zip(widths) {
                let cell = lines.get(index).map_or("", String::as_str);
                line += cell;
                line += &" ".repeat(width.saturating_sub(cell.width()) + 2);
            }
            text += line.trim_end();
            text.push('\n');
        }
    }
    text
}

/// Makes the columns that may be broken narrower, evenly, until all fit.
fn narrow(widths: &mut [usize; 5], columns: &[Column; 5], width: usize) {
    let gaps = 2 * (columns.len() - 1);
    while widths.iter().sum::<usize>() + gaps > width {
        let breakable = (0..columns.len()).filter(|&index| columns[index].1 && widths[index] > NARROWEST);
        let Some(widest) = breakable.max_by_key(|&index| widths[index]) else { return };
        widths[widest] -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_declined() {
        for (days, words) in [
            (12, "zbývá 12 dní"),
            (5, "zbývá 5 dní"),
            (4, "zbývají 4 dny"),
            (2, "zbývají 2 dny"),
            (1, "zbývá 1 den"),
            (0, "termín je dnes"),
            (-1, "1 den po termínu"),
            (-3, "3 dny po termínu"),
            (-21, "21 dní po termínu"),
        ] {
            assert_eq!(days_in_words(days), words);
        }
    }

    #[test]
    fn columns_stand_under_each_other_and_fit() {
        let row = |code: &str, ids: &str| {
            [code.to_owned(), "zčásti".to_owned(), "1 z 9".to_owned(), String::new(), ids.to_owned()]
        };
        // The caron of the second code is a character of its own, and no column.
        let rows = [row("OŠMTS", "I/1, II/2, III/3, IV/4"), row("OZ\u{30C}P", "V/5")];
        let expected = "Subjekt  Stav    Opatření  Termín  Chybí\n\
                        OŠMTS    zčásti  1 z 9             I/1, II/2,\n\
                        \x20                                  III/3, IV/4\n\
                        OZ\u{30C}P      zčásti  1 z 9             V/5\n";
        assert_eq!(aligned(&BODY_COLUMNS, &rows, Some(50)), expected);
        for line in aligned(&BODY_COLUMNS, &rows, Some(50)).lines() {
            assert!(line.width() <= 50, "{line}");
        }
        assert_eq!(aligned(&BODY_COLUMNS, &rows, None).lines().count(), 3);
    }

    #[test]
    fn what_people_wrote_has_no_marks_of_markdown() {
        let row = ["*A* | B", "<b>", "1. ZŠ", "", "[x](y)"].map(str::to_owned);
        assert!(table(&BODY_COLUMNS, &[row]).ends_with("\n| \\*A\\* \\| B | \\<b> | 1\\. ZŠ |  | \\[x\\](y) |\n"));
    }
}
