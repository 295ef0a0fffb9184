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
        // Two files put together.
        "\n\n\u{FEFF}opatreni;stav;komentar",
        ";;\n\u{FEFF}\"opatreni\";stav;komentar",
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
        ("opatreni;stav;komentar\n\"II/1;PLNĚNO;a\"\n\"II/1;PLNĚNO;b\"\n", cell, "smažte uvozovky kolem celých řádků"),
        (
            "opatreni;stav;komentar\n\"I/1;PLNĚNO;\"\"Text; dále\nA zas.\"\"\"\n\"I/2; PLNĚNO; b\"\n",
            cell,
            "smažte uvozovky kolem celých řádků",
        ),
        ("predkladatel;opatreni;stav;komentar\n\"OSV;I/1;PLNĚNO;Text\"\n", cell, "smažte uvozovky kolem celých řádků"),
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
        (three, "II/1;PLNĚNO;a\nII/2,PLNĚNO", vec![("3:1", width(1, 3))]),
        (three, "II/1;PLNĚNO\nlI/2;PLNĚNO", vec![("2:1", width(2, 3)), ("3:1", width(2, 3))]),
        (three, "II/1;PLNĚNO;a\nCelkem", vec![("3:1", width(1, 3))]),
        (three, "II/1;PLNĚNO;a\n;;\nPozn.", vec![("4:1", width(1, 3))]),
        (three, "II/1;PLNĚNO;\nPozn.", vec![("3:1", width(1, 3))]),
        (three, "Pozn.", vec![("2:1", width(1, 3))]),
    ] {
        let expected: Vec<String> = expected.iter().map(|(at, message)| format!("{PATH}:{at}: {message}")).collect();
        assert_eq!(findings(&RULE, &[(PATH, &format!("{header}\n{rows}\n"))]), expected, "{rows}");
    }
    const COMMENTS: &str = "obdobi/2023/pripominky.csv";
    let text = "subjekt;opatreni;text;vyporadani\nOSV;I/1;Text\na dál;přijato\nOSV;I/1;a;přijato\n";
    assert_eq!(findings(&RULE, &[(COMMENTS, text)]), [format!("{COMMENTS}:3:1: {torn}")]);
    // Rows that lack separators at their ends are no texts of each other.
    let text = "subjekt;text;vyporadani\nOZ;Doplňte počty.\nOSV;Opravte termín.\n";
    let expected = ["2:1", "3:1"].map(|at| format!("{COMMENTS}:{at}: {}", width(2, 3)));
    assert_eq!(findings(&RULE, &[(COMMENTS, text)]), expected);
    let text = "subjekt;cast;text;vyporadani\nOZ;Úvod;Doplňte počty.\nOSV;Závěr\n";
    let expected = [(2, 3), (3, 2)].map(|(line, n)| format!("{COMMENTS}:{line}:1: {}", width(n, 4)));
    assert_eq!(findings(&RULE, &[(COMMENTS, text)]), expected);
}

#[test]
fn rows_parted_otherwise_than_their_header_are_one_finding() {
    const COMMENTS: &str = "obdobi/2023/pripominky.csv";
    for (path, text, expected) in [
        (
            PATH,
            "opatreni,stav,komentar\nII/1;PLNĚNO;Děje se, a jak.\nI/1;PLNĚNO;a\n",
            "2:1: buňky tu odděluje „;“, v hlavičce „,“",
        ),
        (
            PATH,
            "opatreni;stav;komentar\nII/1;PLNĚNO;a\nI/1,PLNĚNO,\"Ano, děje\"\n",
            "3:1: buňky tu odděluje „,“, v hlavičce „;“",
        ),
        (PATH, "opatreni;stav;komentar\nII/1\tPLNĚNO\tDěje se.\n", "2:1: buňky tu odděluje tabulátor, v hlavičce „;“"),
        (
            COMMENTS,
            "subjekt,text,vyporadani\nOSV;Text;přijato\nOZ;Text;přijato\n",
            "2:1: buňky tu odděluje „;“, v hlavičce „,“",
        ),
    ] {
        assert_eq!(findings(&RULE, &[(path, text)]), [format!("{path}:{expected}")], "{text}");
    }
}

#[test]
fn swapped_columns_are_one_finding() {
    const COMMENTS: &str = "obdobi/2023/pripominky.csv";
    let swapped = |of: &str, other: &str| format!("co patří do sloupce „{of}“, je ve sloupci „{other}“, a naopak");
    for (path, text, expected) in [
        (
            PATH,
            "opatreni;Komentář;stav\nII/1;PLNĚNO;Děje se to v obcích.\nI/1;NEPLNĚNO;Čeká se na peníze kraje.\n",
            vec![("2:13", swapped("stav", "Komentář"))],
        ),
        (
            PATH,
            "opatreni;stav;komentar\nII/1;PLNĚNO;a\nI/1;Čeká se na peníze kraje.;částečně\n",
            vec![("3:5", swapped("stav", "komentar"))],
        ),
        // A comment may be one word, and a status misspelled.
        (PATH, "opatreni;stav;komentar\nII/1;PLNĚNO;splněno\nI/1;;plněno\n", vec![]),
        (PATH, "opatreni;stav;komentar\nII/1;PLNNO;Plněno\n", vec![]),
        (
            COMMENTS,
            "subjekt;vyporadani;text\nOSV;Doplňte prosím počty obcí.;přijato\nOSV;Škrtněte celou druhou větu.;nepřijato\n",
            vec![("2:5", swapped("vyporadani", "text"))],
        ),
    ] {
        let expected: Vec<String> = expected.iter().map(|(at, it)| format!("{path}:{at}: {it}")).collect();
        assert_eq!(findings(&RULE, &[(path, text)]), expected, "{text}");
        let found = dataset(&[(path, text)]).check(Some(Year(2023)));
        let unknown = found.iter().filter(|found| ["neznamy-stav", "nezname-vyporadani"].contains(&found.rule.code));
        assert_eq!(unknown.count(), usize::from(text.contains("PLNNO")), "{text}");
    }
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
    let padded = "smažte přebytečné oddělovače na konci řádku; je-li některý uvnitř textu, patří ten text do uvozovek";
    for (row, help) in [
        (
            "II/1,PLNĚNO,a to",
            "text, ve kterém je oddělovač nebo zalomení řádku, patří do rovných uvozovek \", ne do „ “",
        ),
        (
            "\"II\n/1\",PLNĚNO,a to",
            "text, ve kterém je oddělovač nebo zalomení řádku, patří do rovných uvozovek \", ne do „ “",
        ),
        ("II/1", "doplňte chybějící oddělovače; i za prázdnou buňkou oddělovač je"),
        ("II/1,PLNĚNO,,", padded),
        ("II/1,\"PLNĚNO\n\", ,", padded),
        (
            "II/1,viz II/2, zde,",
            "text, ve kterém je oddělovač nebo zalomení řádku, patří do rovných uvozovek \", ne do „ “",
        ),
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
        ("Číslo opatření;Stav\n;PLNĚNO\n", "doplňte do sloupce „Číslo opatření“ označení opatření, například „IX/2“"),
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
