//! The titles of columns in a delivery beside those of the form: which were lost, renamed or added. The
//! same for sheets and CSV.

use crate::form::layout::Column;
use crate::import::Fault;
use crate::model::one_line;

/// Of so many titles at least some row of them is told from other rows.
pub(super) const FEWEST_TITLES: usize = 2;

/// What became of the titles.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// What is wrong with them, one finding a column.
    pub(super) faults: Vec<Fault>,
    /// The numbers of columns that the form has under another title.
    pub(super) renamed: Vec<usize>,
    /// Whether nobody knows where some column is that is read; it may be any of those that the form has not.
    pub(super) is_any_lost: bool,
    /// Whether all columns have their titles that are read.
    pub(super) is_readable: bool,
}

/// Compares the titles of the columns that hold anything, by their numbers, with those of the form.
/// `row` is where they stand, in words, `place` where that of one column does.
pub(super) fn compared(titles: &[(usize, String)], row: &str, place: impl Fn(usize) -> String) -> Titles {
    let is_there = |column: Column| titles.iter().any(|(_, title)| Column::of_title(title) == Some(column));
    let lost: Vec<(usize, Column)> = (0..).zip(Column::ALL).filter(|(_, column)| !is_there(*column)).collect();
    if Column::ALL.len() - lost.len() < FEWEST_TITLES {
        return Titles { faults: vec![no_titles(row)], is_any_lost: true, ..Titles::default() };
    }
    let strangers: Vec<&(usize, String)> =
        titles.iter().filter(|(_, title)| Column::of_title(title).is_none()).collect();
    let is_only_one = strangers.len() == 1 && lost.iter().filter(|(_, column)| column.is_read()).count() == 1;
    let mut found = Titles { is_readable: true, ..Titles::default() };
    for (at, column) in lost {
        let is_read = column.is_read();
        let in_its_place = strangers.iter().find(|(number, _)| *number == at);
        let renamed = in_its_place.or_else(|| strangers.first().filter(|_| is_only_one && is_read));
        if let Some((number, title)) = renamed {
            found.renamed.push(*number);
            found.faults.push(renamed_column(place(*number), title, column.title()));
        } else if is_read {
            found.is_any_lost = true;
            found.faults.push(missing_column(row, column.title()));
        }
        found.is_readable &= !is_read;
    }
    found
}

/// A column that the form has not and that holds something.
pub(super) fn foreign_column(place: String, title: &str) -> Fault {
    if title.trim().is_empty() {
        return stray(place, "vedle tabulky");
    }
    Fault::new(
        place,
        format!("sloupec „{}“ ve formuláři není a nepřevzal by se", one_line(title)),
        format!("co v něm stojí, přesuňte do sloupce „{}“ a sloupec smažte", Column::Comment.title()),
    )
}

/// What stands where nothing of the form stands; `whereabouts` says so in words.
pub(super) fn stray(place: String, whereabouts: &str) -> Fault {
    let help = format!("přesuňte to do sloupce „{}“, nebo smažte", Column::Comment.title());
    Fault::new(place, format!("{whereabouts} něco stojí a nepřevzalo by se"), help)
}

fn no_titles(row: &str) -> Fault {
    let titles = Column::ALL.map(Column::title).join(", ");
    let help = format!("vraťte nad tabulku řádek s názvy, jak byl ve formuláři: {titles}");
    Fault::new(row, "chybí řádek s názvy sloupců", help)
}

fn missing_column(row: &str, title: &str) -> Fault {
    Fault::new(
        row,
        format!("chybí sloupec „{title}“"),
        "vraťte sloupcům názvy, které měly ve formuláři; přesouvat se smějí, přejmenovat a mazat ne",
    )
}

fn renamed_column(place: String, written: &str, title: &str) -> Fault {
    let message = if written.trim().is_empty() {
        format!("sloupec nemá název; nejspíš je to „{title}“")
    } else {
        format!("sloupec „{}“ ve formuláři není; nejspíš je to „{title}“", one_line(written))
    };
    Fault::new(place, message, format!("napište nad něj „{title}“, jak to bylo ve formuláři"))
}
