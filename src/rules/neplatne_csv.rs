//! CSV that does not make a table, or not this one.

use crate::diagnostic::nearest;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::one_line;
use crate::rules::Rule;
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatne-csv",
    severity: Severity::Error,
    title: "Tabulka CSV se nedá přečíst",
    explanation: "Soubor CSV nemá hlavičku se známými sloupci, některý řádek nemá tolik buněk jako hlavička, nebo něco stojí ve sloupci bez názvu. Sloupce podkladů jsou: opatreni, stav, komentar, kriterium, hodnota, doklad, predkladatel; povinný je jen první. Sloupce připomínek jsou: subjekt, opatreni, cast, text, vyporadani, oduvodneni; povinné jsou subjekt a text.",
    example: "opatreni,stav,komentar\nIX/3,PLNĚNO",
    mend: "Doplňte chybějící buňky; text s čárkou, středníkem, uvozovkami nebo zalomením patří do uvozovek.",
    checks: &[],
};

/// A filled form that nobody has taken in yet.
pub fn form(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "soubor je formulář, který ještě nebyl převzat").help(FORM_HELP)
}

/// What to do with a form that lies among the data.
pub const FORM_HELP: &str = "přesuňte ho ze složky s daty jinam a převezměte ho příkazem „plneni import SOUBOR“";

/// A quoted cell that nothing closes.
pub fn unclosed_quote(place: Place) -> Diagnostic {
    let place = Place { end: place.start + 1, ..place };
    Diagnostic::new(&RULE, place, "uvozovky se tu otevírají a už se nezavřou")
        .help("doplňte uvozovky na konec buňky; uvozovky uvnitř textu se píší zdvojené")
}

/// A quotation mark of a text that the table takes for the end of the cell.
pub fn text_behind_quote(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "uvozovky tu buňku uzavírají, a text pokračuje")
        .help("uvozovky uvnitř textu napište zdvojené: „\"Projekt \"\"Obec\"\" běží\"“")
}

/// What a row with more or fewer cells than the header looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// It goes on over lines as if a quotation mark were missing.
    Unclosed,
    /// It has too few cells.
    Short,
    /// It has too many cells.
    Long,
    /// Nothing stands in those that are too many.
    Padded,
}

/// A row with more or fewer cells than the header.
pub fn wrong_width(place: Place, n_cells: usize, n_columns: usize, looks_like: Width) -> Diagnostic {
    let help = match looks_like {
        Width::Unclosed => {
            "zkontrolujte uvozovky: řádek, který tu začíná, pokračuje na dalších, nejspíš se text nezavřel"
        }
        Width::Short => "doplňte chybějící oddělovače; i za prázdnou buňkou oddělovač je",
        Width::Long => "text, ve kterém je oddělovač nebo zalomení řádku, patří do rovných uvozovek \", ne do „ “",
        Width::Padded => {
            "smažte přebytečné oddělovače na konci řádku; je-li některý uvnitř textu, patří ten text do uvozovek"
        }
    };
    Diagnostic::new(&RULE, place, format!("počet buněk na řádku je {n_cells}, hlavička jich má {n_columns}")).help(help)
}

/// The first line that a line end without quotation marks tore off the text above.
pub fn torn_text(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "řádek nejspíš pokračuje v textu z řádku nad ním").help(
        "text o více řádcích dejte celý do rovných uvozovek, nebo ho napište na jeden řádek; nepatří-li sem, smažte ho",
    )
}

/// A row that has the titles of columns again.
pub fn repeated_titles(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "řádek opakuje názvy sloupců").help("řádek smažte; názvy stačí jednou, v hlavičce")
}

/// A first row of which no cell is the title of a column.
pub fn no_header(place: Place, example: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, "na prvním řádku nejsou názvy sloupců")
        .help(format!("vložte nad data řádek s názvy, například „{example}“"))
}

/// A first row whose cells are parted as in Markdown.
pub fn pipes(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "buňky tu odděluje „|“, v CSV to má být středník nebo čárka")
        .help("uložte tabulku jako CSV oddělené středníky nebo čárkami, bez svislých čar a bez řádku z pomlček")
}

/// A first row that is not yet the one with the titles of columns.
pub fn rows_above_header(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "na prvním řádku nejsou názvy sloupců").help("smažte řádky nad hlavičkou")
}

/// The first row of which quotation marks make a single cell.
pub fn row_in_a_cell(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "celý řádek je v uvozovkách, a tedy v jedné buňce")
        .help("smažte uvozovky kolem celých řádků; patří jen kolem buněk, ve kterých je oddělovač nebo zalomení řádku")
}

/// The first row whose cells are parted otherwise than those of the header.
pub fn other_separator(place: Place, of_header: u8, separator: u8) -> Diagnostic {
    let named = |separator: u8| {
        if separator == b'\t' { "tabulátor".to_owned() } else { format!("„{}“", char::from(separator)) }
    };
    let message = format!("buňky tu odděluje {}, v hlavičce {}", named(separator), named(of_header));
    Diagnostic::new(&RULE, place, message).help("oddělujte buňky v celém souboru stejně, v hlavičce i pod ní")
}

/// Two cells of which each says what belongs into the other; the place is that of the first.
pub fn swapped_cells(place: Place, title: &str, other: &str) -> Diagnostic {
    let message = format!("co patří do sloupce „{title}“, je ve sloupci „{other}“, a naopak");
    Diagnostic::new(&RULE, place, message)
        .help("je-li to tak v celé tabulce, prohoďte názvy těch dvou sloupců v hlavičce; jinak prohoďte ty dvě buňky")
}

/// Titles that are none of the known columns: one finding for each that is nearly one, and one for all others.
pub fn unknown_columns(cells: &[&Text], known: impl Iterator<Item = &'static str> + Clone) -> Vec<Diagnostic> {
    let meant = |cell: &Text| nearest(&cell.value, known.clone());
    let named = |cell: &Text| format!("„{}“", one_line(&cell.value));
    let misspelled = cells.iter().filter_map(|cell| {
        let name = meant(cell)?;
        let diagnostic = Diagnostic::new(&RULE, cell.place, format!("neznámý sloupec {}", named(cell)));
        Some(diagnostic.meant(name))
    });
    let mut found: Vec<Diagnostic> = misspelled.collect();
    let others: Vec<&Text> = cells.iter().copied().filter(|cell| meant(cell).is_none()).collect();
    let names = others.iter().map(|cell| named(cell)).collect::<Vec<_>>().join(", ");
    let columns = known.collect::<Vec<_>>().join(", ");
    found.extend(others.first().map(|first| {
        match others.len() {
            1 => Diagnostic::new(&RULE, first.place, format!("neznámý sloupec {names}"))
                .help(format!("známé sloupce: {columns}; není-li mezi nimi, sloupec smažte")),
            _ => Diagnostic::new(&RULE, first.place, format!("neznámé sloupce {names}"))
                .help(format!("známé sloupce: {columns}; ostatní smažte")),
        }
    }));
    found
}

/// A column that is there twice.
pub fn repeated_column(cell: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, cell.place, format!("sloupec „{}“ je v tabulce podruhé", cell.value.trim()))
        .help("nechte jen jeden")
}

/// A column that nothing can do without.
pub fn missing_column(place: Place, name: &str, example: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("v hlavičce chybí sloupec „{name}“"))
        .help(format!("první řádek musí obsahovat názvy sloupců, například „{example}“"))
}

/// A cell that nothing can do without.
pub fn missing_cell(place: Place, title: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("na řádku nic není ve sloupci „{title}“"))
        .help("doplňte buňku, nebo řádek smažte")
}

/// A row that does not say which measure it is about; `title` is that of the column in which it should.
pub fn row_without_measure(place: Place, title: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, "řádek neříká, ke kterému opatření patří")
        .help(format!("doplňte do sloupce „{title}“ označení opatření, například „IX/2“"))
}

/// A comment on such a row that nothing else stands on: often the rest of the one above.
pub fn comment_without_measure(comment: Place, title: &str) -> Diagnostic {
    Diagnostic::new(&RULE, comment, "text neříká, ke kterému opatření patří").help(format!(
        "pokračuje-li jím text z řádku nad ním, přesuňte ho na jeho konec a tento řádek smažte; jinak doplňte do sloupce „{title}“ označení opatření"
    ))
}

/// A row that adds up others; what it says in the place of a measure.
pub fn sum_row(cell: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, cell.place, format!("řádek „{}“ není o žádném opatření", one_line(cell.value.trim())))
        .help("řádek smažte; součty do podkladů nepatří, zpráva si je počítá sama")
}

/// What stands in a column without a title.
pub fn cell_without_title(cell: Place) -> Diagnostic {
    Diagnostic::new(&RULE, cell, WITHOUT_TITLE)
        .help("napište mu do hlavičky název, například „komentar“, nebo text přesuňte do sloupce, kam patří; sloupec, který k ničemu není, smažte")
}

const WITHOUT_TITLE: &str = "sloupec, ve kterém to stojí, nemá v hlavičce název";

/// Whether a finding is one of [`cell_without_title`]: all else in the table is read as if it were not there.
pub fn is_without_title(found: &Diagnostic) -> bool {
    std::ptr::eq(found.rule, &RULE) && found.message == WITHOUT_TITLE
}

/// A value or evidence on a row that names no criterion; `title` is that of the column in which it should.
pub fn value_without_criterion(cell: &Text, title: &str) -> Diagnostic {
    Diagnostic::new(&RULE, cell.place, format!("„{}“ nemá na svém řádku kritérium", cell.value.trim()))
        .help(format!("hodnota i doklad patří na řádek, který má ve sloupci „{title}“ název svého kritéria"))
}

#[cfg(test)]
mod tests;
