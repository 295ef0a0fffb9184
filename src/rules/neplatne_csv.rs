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
        Width::Long => "text, ve kterém je oddělovač nebo zalomení řádku, patří do uvozovek",
        Width::Padded => {
            "smažte přebytečné oddělovače na konci řádku; je-li některý uvnitř textu, patří ten text do uvozovek"
        }
    };
    Diagnostic::new(&RULE, place, format!("počet buněk na řádku je {n_cells}, hlavička jich má {n_columns}")).help(help)
}

/// The first line that a line end without quotation marks tore off the text above.
pub fn torn_text(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "řádek nejspíš pokračuje v textu z řádku nad ním")
        .help("text o více řádcích dejte celý do uvozovek, nebo ho napište na jeden řádek; nepatří-li sem, smažte ho")
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

/// Titles that are none of the known columns: one finding for each that is nearly one, and one for all others.
pub fn unknown_columns(cells: &[&Text], known: impl Iterator<Item = &'static str> + Clone) -> Vec<Diagnostic> {
    let meant = |cell: &Text| nearest(&cell.value, known.clone());
    let named = |cell: &Text| format!("„{}“", one_line(&cell.value));
    let misspelled = cells.iter().filter_map(|cell| {
        let name = meant(cell)?;
        let diagnostic = Diagnostic::new(&RULE, cell.place, format!("neznámý sloupec {}", named(cell)));
        Some(diagnostic.help(format!("nemysleli jste „{name}“?")).replace_with(name))
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
mod tests {
    use super::*;
    use crate::model::{MeasureId, Status, Year};
    use crate::rules::testing::{dataset, findings, helps, marked, mended};

    const PATH: &str = "obdobi/2023/podklady/oz.csv";

    #[test]
    fn each_fault_of_a_table_is_found_once_where_it_is() {
        for (text, at, message) in [
            ("opatreni,stav,komentar\nII/1,PLNĚNO,\"Děje se.\n", "2:13", "uvozovky se tu otevírají a už se nezavřou"),
            (
                "opatreni,stav,komentar\nII/1,PLNĚNO,\"Projekt \"Obec\", běží\"\n",
                "2:22",
                "uvozovky tu buňku uzavírají, a text pokračuje",
            ),
            ("opatreni,stav\nII/1,PLNĚNO,a to hodně\n", "2:1", "počet buněk na řádku je 3, hlavička jich má 2"),
            ("opatreni;stav\r\n\r\nII/1\r\n", "3:1", "počet buněk na řádku je 1, hlavička jich má 2"),
            ("opatreni,stav\nII/1,\"Jede\nII/2,\"PLNĚNO,x\n", "2:1", "počet buněk na řádku je 3, hlavička jich má 2"),
            (
                "plneni-formular;verze;1;obdobi;2023\nOpatření;Role;Stav\nII/1;gestor;PLNĚNO\n",
                "1:1",
                "soubor je formulář, který ještě nebyl převzat",
            ),
            ("II/1,PLNĚNO,\"Děje\nse.\"\n", "1:1", "na prvním řádku nejsou názvy sloupců"),
            ("opatreni,stavv\nII/1,PLNĚNO\n", "1:10", "neznámý sloupec „stavv“"),
            ("opatreni,stav,stav plnění\nII/1,PLNĚNO,PLNĚNO\n", "1:15", "sloupec „stav plnění“ je v tabulce podruhé"),
            ("stav,komentar\nPLNĚNO,Děje se.\n", "1:1", "v hlavičce chybí sloupec „opatreni“"),
            ("opatreni,stav\n,PLNĚNO\n", "2:1", "řádek neříká, ke kterému opatření patří"),
            ("opatreni,stav,hodnota\nII/1,PLNĚNO,5\n", "2:13", "„5“ nemá na svém řádku kritérium"),
            ("opatreni;stav;hodnota\nII/1;PLNĚNO;\nCelkem;;12\n", "3:1", "řádek „Celkem“ není o žádném opatření"),
            ("opatreni;stav;hodnota\nsoučet hodnot:;;12\n", "2:1", "řádek „součet hodnot:“ není o žádném opatření"),
            (
                "opatreni;stav;;\nII/1;PLNĚNO;;\nII/2;NEPLNĚNO;Čeká se.;\nII/3;NEPLNĚNO;Čeká se.;\n",
                "3:15",
                "sloupec, ve kterém to stojí, nemá v hlavičce název",
            ),
            (
                ";opatreni;stav\n1;II/1;PLNĚNO\nnově;II/2;NEPLNĚNO\n3;II/3;NEPLNĚNO\n",
                "3:1",
                "sloupec, ve kterém to stojí, nemá v hlavičce název",
            ),
            (";opatreni;stav\n1;II/1;PLNĚNO\n;;\nCelkem;;1\n", "4:1", "řádek „Celkem“ není o žádném opatření"),
            (";opatreni;stav\n1;II/1;PLNĚNO\nSoučet;-;1\n", "3:1", "řádek „Součet“ není o žádném opatření"),
            ("opatreni;stav;\nII/1;PLNĚNO;\n;1;celkem\n", "3:4", "řádek „celkem“ není o žádném opatření"),
            ("opatreni;stav;\nII/1;PLNĚNO;Celkem dva.\n", "2:13", "sloupec, ve kterém to stojí, nemá v hlavičce název"),
            ("opatreni;stav;komentar\n;PLNĚNO;Celkem dva.\n", "2:1", "řádek neříká, ke kterému opatření patří"),
            ("opatreni;stav;\nII/1;PLNĚNO;5\n", "2:13", "sloupec, ve kterém to stojí, nemá v hlavičce název"),
        ] {
            assert_eq!(findings(&RULE, &[(PATH, text)]), [format!("{PATH}:{at}: {message}")], "{text}");
        }
    }

    #[test]
    fn headers_are_read_as_excel_writes_them() {
        for header in [
            "\"Číslo\nopatření\";\"Stav\nplnění\";Komentář",
            "\"Číslo\r\nopatření\";\"Stav\r\nplnění\";Komentář\r",
            "Číslo opatření:;Stav:;Komentář :",
            ";;;;;\n;;\nopatreni;stav;komentar",
            "\n   \n\"\";\"\";\"\"\r\nopatreni;stav;komentar",
            "sep=;\nopatreni;stav;komentar",
            "\"sep=;\"\r\nopatreni;stav;komentar",
        ] {
            let text = format!("{header}\nII/1;PLNĚNO;Děje se.\n");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{header}");
        }
        let text = "\n;;\n\"Číslo\nopatření\";stav\nII/1;PLNĚNO\nII/2;PLNĚNO;\n";
        assert_eq!(
            findings(&RULE, &[(PATH, text)]),
            [format!("{PATH}:6:1: počet buněk na řádku je 3, hlavička jich má 2")]
        );
    }

    #[test]
    fn a_header_that_is_not_at_the_beginning_is_told_apart_from_none() {
        let above = ("na prvním řádku nejsou názvy sloupců", "smažte řádky nad hlavičkou");
        let none = |example: &str| format!("vložte nad data řádek s názvy, například „{example}“");
        let cell = "celý řádek je v uvozovkách, a tedy v jedné buňce";
        let width = "počet buněk na řádku je 1, hlavička jich má 3";
        let pipes = ("buňky tu odděluje „|“, v CSV to má být středník nebo čárka", "uložte tabulku jako CSV");
        let add = "doplňte chybějící oddělovače; i za prázdnou buňkou oddělovač je";
        for (text, message, help) in [
            ("Podklady OZ;;\nopatreni;stav;komentar\nII/1;PLNĚNO;Děje se.\n", above.0, above.1),
            ("Podklady OZ\n\n\"Číslo\nopatření\";stav\nII/1;PLNĚNO\n", above.0, above.1),
            ("II/1;PLNĚNO;a\nII/1;PLNĚNO;opatreni\n", above.0, &none("opatreni;stav;komentar")),
            ("II/1\tPLNĚNO\n", above.0, &none("opatreni\tstav\tkomentar")),
            ("II/1,PLNĚNO\n", above.0, &none("opatreni,stav,komentar")),
            ("\"opatreni,stav,komentar\"\n\"II/1,PLNĚNO,a\"\n", cell, "smažte uvozovky kolem celých řádků"),
            (
                "opatreni;stav;komentar\n\"II/1;PLNĚNO;a\"\n\"II/1;PLNĚNO;b\"\n",
                cell,
                "smažte uvozovky kolem celých řádků",
            ),
            (
                "opatreni;stav;komentar\n\"I/1;PLNĚNO;\"\"Text; dále\nA zas.\"\"\"\n\"I/2; PLNĚNO; b\"\n",
                cell,
                "smažte uvozovky kolem celých řádků",
            ),
            (
                "predkladatel;opatreni;stav;komentar\n\"OSV;I/1;PLNĚNO;Text\"\n",
                cell,
                "smažte uvozovky kolem celých řádků",
            ),
            ("opatreni,stav,komentar\n\"I/1,PLNĚNO,Text, dále\"\n", cell, "smažte uvozovky kolem celých řádků"),
            ("| opatreni | stav | komentar |\n|---|---|---|\n| II/1 | PLNĚNO | a, b |\n", pipes.0, pipes.1),
            ("Číslo opatření|Stav\nII/1|PLNĚNO; a\n", pipes.0, pipes.1),
            ("# Podklady\n\n| opatreni | stav |\n|---|---|\n| II/1 | PLNĚNO |\n", above.0, above.1),
            ("| II/1 | PLNĚNO |\n", above.0, &none("opatreni,stav,komentar")),
            ("opatreni;stav;komentar\n\"Poznámka; dole\"\n", width, add),
            ("opatreni;stav;komentar\n\"Poznámka; dole; a dál\"\n", width, add),
            (
                "opatreni;stav;komentar\n\"I/1;PLNĚNO;Text\nI/2;PLNĚNO;b\"\n",
                width,
                "zkontrolujte uvozovky: řádek, který tu začíná, pokračuje",
            ),
            (
                "opatreni;stav;komentar\n\"I/1;PLNĚNO;\"\"Text\nI/2;PLNĚNO;b\"\n",
                width,
                "zkontrolujte uvozovky: řádek, který tu začíná, pokračuje",
            ),
            (
                "stav;komentar\nPLNĚNO;a\n",
                "v hlavičce chybí sloupec „opatreni“",
                "první řádek musí obsahovat názvy sloupců, například „opatreni;stav;komentar“",
            ),
        ] {
            let found = findings(&RULE, &[(PATH, text)]);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].ends_with(message), "{text}: {found:?}");
            assert!(helps(&RULE, &[(PATH, text)])[0].starts_with(help), "{text}");
        }
    }

    #[test]
    fn a_text_torn_by_line_ends_is_told_once() {
        let torn = "řádek nejspíš pokračuje v textu z řádku nad ním";
        let width = |n: usize, of: usize| format!("počet buněk na řádku je {n}, hlavička jich má {of}");
        let (three, six) = ("opatreni;stav;komentar", "opatreni;stav;komentar;kriterium;hodnota;doklad");
        for (header, rows, expected) in [
            (three, "II/1;PLNĚNO;Děje se\npořád\nII/2;PLNĚNO;a", vec![("3:1", torn.to_owned())]),
            (three, "II/1;PLNĚNO;Děje se\r\npořád\r\n\r\na dál\r\n- i zde\r\n", vec![("3:1", torn.to_owned())]),
            (three, "II/1;PLNĚNO;a\nb\nII/2;PLNĚNO;a\nb", vec![("3:1", torn.to_owned()), ("5:1", torn.to_owned())]),
            (six, "II/1;PLNĚNO;Děje se\npořád;;;\nII/2;PLNĚNO;a;;;", vec![("3:1", torn.to_owned())]),
            (six, "II/1;PLNĚNO;Děje se\npořád\na dál;;;", vec![("3:1", torn.to_owned())]),
            (six, "II/1;PLNĚNO;a\nb", vec![("2:1", width(3, 6)), ("3:1", torn.to_owned())]),
            // What says something of a measure, adds up or stands below nothing is no text of the row above.
            (three, "II/1;PLNĚNO;a\nII/2", vec![("3:1", width(1, 3))]),
            (three, "II/1;PLNĚNO;a\nII/2,PLNĚNO,b", vec![("3:1", width(1, 3))]),
            (three, "II/1;PLNĚNO\nlI/2;PLNĚNO", vec![("2:1", width(2, 3)), ("3:1", width(2, 3))]),
            (three, "II/1;PLNĚNO;a\nCelkem", vec![("3:1", width(1, 3))]),
            (three, "II/1;PLNĚNO;a\n;;\nPozn.", vec![("4:1", width(1, 3))]),
            (three, "II/1;PLNĚNO;\nPozn.", vec![("3:1", width(1, 3))]),
            (three, "Pozn.", vec![("2:1", width(1, 3))]),
        ] {
            let expected: Vec<String> =
                expected.iter().map(|(at, message)| format!("{PATH}:{at}: {message}")).collect();
            assert_eq!(findings(&RULE, &[(PATH, &format!("{header}\n{rows}\n"))]), expected, "{rows}");
        }
        const COMMENTS: &str = "obdobi/2023/pripominky.csv";
        let text = "subjekt;opatreni;text;vyporadani\nOSV;I/1;Text\na dál;přijato\nOSV;I/1;a;přijato\n";
        assert_eq!(findings(&RULE, &[(COMMENTS, text)]), [format!("{COMMENTS}:3:1: {torn}")]);
    }

    #[test]
    fn titles_that_are_repeated_are_one_finding() {
        let row = "II/1;PLNĚNO;Děje se.";
        for (header, again) in [
            ("Číslo opatření;Stav plnění;Komentář", "Číslo opatření;Stav plnění;Komentář"),
            ("opatreni;stav;komentar", "Číslo opatření:;\"Stav\nplnění\";Komentář"),
            ("opatreni;stav;komentar", "opatreni;stav;"),
            ("opatreni;stav;komentar", "opatreni;stav"),
            ("opatreni;stav;komentar", "opatreni;stav;komentar;;"),
        ] {
            let text = format!("{header}\n{row}\n{again}\n");
            let codes: Vec<&str> = dataset(&[(PATH, &text)]).loading().iter().map(|found| found.rule.code).collect();
            assert_eq!(codes, ["neplatne-csv"], "{again}");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:3:1: řádek opakuje názvy sloupců")]);
        }
        const COMMENTS: &str = "obdobi/2023/pripominky.csv";
        let text = "subjekt;text\nOSV;text\nsubjekt;Text\n";
        assert_eq!(findings(&RULE, &[(COMMENTS, text)]), [format!("{COMMENTS}:3:1: řádek opakuje názvy sloupců")]);
        let text = "opatreni;stav;komentar\nII/1;PLNĚNO;Komentář\n;;komentar\n";
        assert_eq!(findings(&RULE, &[(PATH, text)]), [format!("{PATH}:3:3: text neříká, ke kterému opatření patří")]);
    }

    #[test]
    fn rows_of_comments_in_quotation_marks_are_told_once() {
        const PATH: &str = "obdobi/2023/pripominky.csv";
        let text = "subjekt;opatreni;text;vyporadani\n\"OSV;I/1;Text;přijato\"\n\"OSV;;Text\"\"a\"\";přijato\"\n";
        let message = "celý řádek je v uvozovkách, a tedy v jedné buňce";
        assert_eq!(findings(&RULE, &[(PATH, text)]), [format!("{PATH}:2:1: {message}")]);
    }

    #[test]
    fn a_column_without_a_title_hides_nothing_of_the_others() {
        let codes = |text: &str| {
            let found = dataset(&[(PATH, text)]).check(Some(Year(2023)));
            let ours = found.iter().filter(|found| found.severity() != Severity::Note);
            ours.map(|found| found.rule.code).collect::<Vec<_>>()
        };
        let text = "opatreni;stav;;komentar\nII/1;PLNĚNO;x;Děje se.\nI/1;PLNENO;y;Neděje.\n";
        assert_eq!(codes(text), ["neplatne-csv", "neznamy-stav"]);
        let data = dataset(&[(PATH, text)]);
        let id = MeasureId::parse("II/1").expect("it is one");
        let last = data.strategy.periods[&Year(2023)].submissions.on(id).iter().next_back();
        assert_eq!(last.and_then(|last| Some(last.status.as_ref()?.value)), Some(Status::Fulfilled));
        // What seems to be missing may be what stands there.
        for text in ["opatreni;;komentar\nII/1;PLNĚNO;Děje se.\n", "opatreni;stav;\nII/1;PLNĚNO;Děje se.\n"] {
            assert_eq!(codes(text), ["neplatne-csv"], "{text}");
        }
    }

    #[test]
    fn of_an_open_cell_only_its_quote_is_marked() {
        assert_eq!(marked(&RULE, &[(PATH, "opatreni,komentar\nII/1,\"Děje se.\nA dál.\n")]), ["\""]);
    }

    #[test]
    fn what_a_lost_quote_tears_to_pieces_is_one_finding() {
        let row = |id: &str, end: &str| format!("{id},PLNĚNO,\"První, druhá.\n\n- položka, jedna{end}\n");
        for n_before in 0..3 {
            let rows = row("II/1", "\"").repeat(n_before) + &row("II/1", "") + &row("II/1", "\"").repeat(5);
            let text = format!("opatreni,stav,komentar\n{rows}");
            let expected = format!("{PATH}:{}:1: počet buněk na řádku je 4, hlavička jich má 3", 2 + 3 * n_before);
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected]);
        }
    }

    #[test]
    fn a_row_of_another_width_is_explained_by_what_it_looks_like() {
        let padded =
            "smažte přebytečné oddělovače na konci řádku; je-li některý uvnitř textu, patří ten text do uvozovek";
        for (row, help) in [
            ("II/1,PLNĚNO,a to", "text, ve kterém je oddělovač nebo zalomení řádku, patří do uvozovek"),
            ("\"II\n/1\",PLNĚNO,a to", "text, ve kterém je oddělovač nebo zalomení řádku, patří do uvozovek"),
            ("II/1", "doplňte chybějící oddělovače; i za prázdnou buňkou oddělovač je"),
            ("II/1,PLNĚNO,,", padded),
            ("II/1,\"PLNĚNO\n\", ,", padded),
            ("II/1,viz II/2, zde,", "text, ve kterém je oddělovač nebo zalomení řádku, patří do uvozovek"),
            (
                "II/1,\"PLNĚNO\nII/2,\"PLNĚNO,x",
                "zkontrolujte uvozovky: řádek, který tu začíná, pokračuje na dalších, nejspíš se text nezavřel",
            ),
        ] {
            assert_eq!(helps(&RULE, &[(PATH, &format!("opatreni,stav\n{row}\n"))]), [help], "{row}");
        }
    }

    #[test]
    fn columns_are_called_what_they_are_called_in_the_table() {
        for (text, help) in [
            (
                "Opatření;Stav;Kritérium;Hodnota\nII/1;PLNĚNO;;5\n",
                "hodnota i doklad patří na řádek, který má ve sloupci „Kritérium“ název svého kritéria",
            ),
            (
                "opatreni,stav,hodnota\nII/1,PLNĚNO,5\n",
                "hodnota i doklad patří na řádek, který má ve sloupci „kriterium“ název svého kritéria",
            ),
            (
                "Číslo opatření;Stav\n;PLNĚNO\n",
                "doplňte do sloupce „Číslo opatření“ označení opatření, například „IX/2“",
            ),
        ] {
            assert_eq!(helps(&RULE, &[(PATH, text)]), [help], "{text}");
        }
    }

    #[test]
    fn a_column_is_suggested_only_when_one_is_near() {
        assert_eq!(mended(&RULE, &[(PATH, "opatreni;koment\nII/1;Děje se.\n")]), ["opatreni;komentar"]);
        let known = "známé sloupce: opatreni, stav, komentar, kriterium, hodnota, doklad, predkladatel";
        let alone = format!("{known}; není-li mezi nimi, sloupec smažte");
        let several = format!("{known}; ostatní smažte");
        for (header, found, help) in [
            ("opatreni;rozpočet v Kč", &["1:10: neznámý sloupec „rozpočet v Kč“"][..], &[alone.as_str()][..]),
            (
                "Popis;opatreni;stavv;Termín",
                &["1:1: neznámé sloupce „Popis“, „Termín“", "1:16: neznámý sloupec „stavv“"],
                &[&several, "nemysleli jste „stav“?"],
            ),
        ] {
            let text = format!("{header}\n");
            let found: Vec<String> = found.iter().map(|found| format!("{PATH}:{found}")).collect();
            assert_eq!(findings(&RULE, &[(PATH, &text)]), found);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), help);
        }
    }

    #[test]
    fn tables_as_people_save_them_are_not_found() {
        for text in [
            "opatreni,stav\nII/1,PLNĚNO\n",
            "Opatření;Stav plnění\r\nII/1;PLNĚNO\r\n;\r\n",
            "opatreni;stav;;\" \"\nII/1;PLNĚNO; ;\n",
            "opatreni;stav;\nII/1;PLNĚNO;-\n-;–;—\n;;\n",
            ";opatreni;stav\n5;II/1;PLNĚNO\n7;II/2;NEPLNĚNO\n3;II/3;NEPLNĚNO\n-;II/4;NEPLNĚNO\n",
            ";opatreni;stav\n1;II/1;PLNĚNO\n2.;II/2;NEPLNĚNO\n;II/3;NEPLNĚNO\n3);II/4;NEPLNĚNO\n3;II/5;NEPLNĚNO\n1;II/6;NEPLNĚNO\n",
            "opatreni\tstav\tkomentar\nII/1\tPLNĚNO\t\"dva\nřádky \"\"tady\"\"\"\n",
            "opatreni,stav,kriterium,hodnota\nII/1,PLNĚNO,Počet mediátorů,5",
            "opatreni,stav,komentar\nII/1,\"PLNĚNO\" ,Projekt \"Obec\" běží\n",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, text)]), [""; 0], "{text}");
        }
    }
}
