//! CSV that does not make a table, or not this one.

use crate::diagnostic::nearest;
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::Text;
use crate::rules::{Check, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatne-csv",
    severity: Severity::Error,
    title: "Tabulka CSV se nedá přečíst",
    explanation: "Soubor CSV nemá hlavičku se známými sloupci, nebo některý řádek nemá tolik buněk jako hlavička. Sloupce jsou: opatreni, stav, komentar, kriterium, hodnota, doklad, predkladatel; povinný je jen první.",
    example: "opatreni,stav,komentar\nIX/3,PLNĚNO",
    mend: "Doplňte chybějící buňky; text s čárkou, středníkem, uvozovkami nebo zalomením patří do uvozovek.",
    check: Check::WhileLoading,
};

/// A quoted cell that nothing closes.
pub fn unclosed_quote(place: Place) -> Diagnostic {
    let place = Place { end: place.start + 1, ..place };
    Diagnostic::new(&RULE, place, "uvozovky se tu otevírají a už se nezavřou")
        .help("doplňte uvozovky na konec buňky; uvozovky uvnitř textu se píší zdvojené")
}

/// A row with more or fewer cells than the header.
pub fn wrong_width(place: Place, n_cells: usize, n_columns: usize) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("počet buněk na řádku je {n_cells}, hlavička jich má {n_columns}"))
        .help("text, ve kterém je oddělovač nebo zalomení řádku, patří do uvozovek")
}

/// A title that is none of the known columns.
pub fn unknown_column(cell: &Text, known: impl Iterator<Item = &'static str> + Clone) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, cell.place, format!("neznámý sloupec „{}“", cell.value.trim()));
    match nearest(&cell.value, known.clone()) {
        Some(name) => diagnostic.help(format!("nemysleli jste „{name}“?")).replace_with(name),
        None => diagnostic.help(format!("známé sloupce: {}", known.collect::<Vec<_>>().join(", "))),
    }
}

/// A column that is there twice.
pub fn repeated_column(cell: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, cell.place, format!("sloupec „{}“ je v tabulce podruhé", cell.value.trim()))
        .help("nechte jen jeden")
}

/// No column that says which measure.
pub fn missing_column(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "v hlavičce chybí sloupec „opatreni“")
        .help("první řádek musí obsahovat názvy sloupců, aspoň „opatreni“ a „stav“")
}

/// A row that does not say which measure it is about.
pub fn row_without_measure(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "řádek neříká, ke kterému opatření patří")
        .help("doplňte do sloupce „opatreni“ například „IX/2“")
}

/// A value or evidence on a row that names no criterion.
pub fn value_without_criterion(cell: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, cell.place, format!("„{}“ nemá na svém řádku kritérium", cell.value.trim()))
        .help("doplňte do sloupce „kriterium“ název kritéria, ke kterému hodnota či doklad patří")
}
