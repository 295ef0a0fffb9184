//! Decisions of the coordinator and the comment procedure, from the data to all documents.

use std::fs;
use std::io::Read;

use crate::support::{Copy, csv_rows, stderr, stdout};

const SETTLING: [&str; 4] = ["generate-report", "2025", "--document", "vyporadani-pripominek"];

fn copy() -> Copy {
    Copy::new().with_fixture("2025").with_fixture("2025-pripominky")
}

/// A document in Markdown, hard spaces aside.
fn markdown(copy: &Copy, arguments: &[&str]) -> String {
    let output = copy.run(&[arguments, &["--format", "md", "--out", "md"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let name = stdout(&output).lines().next().and_then(|line| line.strip_prefix("Zapsáno: ")).map(str::to_owned);
    copy.read(&name.expect("a file was written")).replace('\u{A0}', " ")
}

#[test]
fn decisions_stand_beside_what_they_override() {
    let copy = copy();
    let text = markdown(&copy, &["generate-report", "2025"]);
    for words in [
        "Podle podkladů: ČÁSTEČNĚ PLNĚNO. Stav vyplývá z podkladů více subjektů: 1× plněno, 1× částečně plněno.\n\n\
         Rozhodnutí: **PLNĚNO**. Kdo rozhodl: koordinátor Strategie.\n\nDůvod rozhodnutí:\n\n\
         Cvičný údaj: podklad OSV byl uzavřen dřív",
        "- chybí jen závěrečná zpráva, viz [II/6](#opatreni-2-6).",
        "### O čem bylo rozhodnuto\n\n- [II/3](#opatreni-2-3) ",
        "— podle podkladů ČÁSTEČNĚ PLNĚNO, rozhodnuto NEPLNĚNO (kdo rozhodl: komise Rady Libereckého kraje",
        "Z celkového počtu 109 opatření jich 16 ve sledovaném období 2024–2025 plněno nebylo",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(text.matches("Kdo rozhodl:").count(), 3);
    let html = document(&copy, "html");
    assert_eq!(html.matches("<h4>Rozhodnutí o\u{a0}stavu</h4>").count(), 3);
    assert!(html.contains("<h3 id=\"rozhodnuto\">"));
}

#[test]
fn decisions_are_in_the_table_of_measures() {
    let text = stdout(&copy().run(&["export", "2025", "--table", "opatreni"]));
    let rows = csv_rows(&text);
    let decided: Vec<[&str; 3]> = rows
        .iter()
        .filter(|row| !row[11].is_empty())
        .map(|row| [row[0].as_str(), row[8].as_str(), row[11].as_str()])
        .collect();
    assert_eq!(
        decided,
        [["II/3", "PLNĚNO", "ČÁSTEČNĚ"], ["IX/1", "NEPLNĚNO", "ČÁSTEČNĚ"], ["IX/3", "ČÁSTEČNĚ", "ČÁSTEČNĚ"]]
    );
    assert!(
        rows.iter().all(|row| row[11].is_empty() == row[12].is_empty() && row[12].is_empty() == row[13].is_empty())
    );
}

#[test]
fn comments_of_both_files_are_numbered_counted_and_told_with_their_resolution() {
    let copy = copy();
    let text = markdown(&copy, &SETTLING);
    for words in [
        "K návrhu bylo vzneseno 12 připomínek. Z toho 4 byly přijaty, 3 byly přijaty částečně, 3 nebyly přijaty \
         a 2 byly vysvětleny.\n",
        "| [1](#pripominka-1) | OZ | opatření IX/3 | přijato |\n",
        "### Připomínka č. 2: OŠMTS\n\nČeho se týká: opatření [VI/5](#opatreni-6-5).\n\n",
        "„neplněno“ neodpovídá skutečnosti.\n\n**Vypořádání:** nepřijato.\n\nCvičný údaj: opatření míří",
        "Čeho se týká: okruh III.\n",
        "viz [I/6](#opatreni-1-6) a [IX/1](#opatreni-9-1).",
        "<a id=\"opatreni-1-6\"></a>\n\n**I/6** ",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(text.matches("### Připomínka č. ").count(), 12);
    let report = markdown(&copy, &["generate-report", "2025"]);
    for words in [
        "- [Příloha: vypořádání připomínek](#vyporadani)\n",
        "## Příloha: vypořádání připomínek\n\nK návrhu bylo vzneseno 12 připomínek.",
        "Čeho se týká: [okruh III](#okruh-3).\n",
    ] {
        assert!(report.contains(words), "{words}");
    }
}

#[test]
fn no_link_of_a_page_leads_nowhere() {
    let copy = copy();
    for arguments in [&SETTLING[..], &["generate-report", "2025"], &["generate-report", "2025", "--area", "IX"]] {
        let output = copy.run(&[arguments, &["--format", "html", "--out", "html"]].concat());
        let name = stdout(&output).lines().next().and_then(|line| line.strip_prefix("Zapsáno: ")).map(str::to_owned);
        let html = copy.read(&name.unwrap_or_else(|| panic!("{}", stderr(&output))));
        let anchors = html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
        for anchor in anchors {
            assert!(html.contains(&format!("id=\"{anchor}\"")), "{arguments:?}: {anchor}");
        }
        assert!(html.contains("<th scope=\"row\">9</th>") && html.contains("<caption id=\"tabulka-pripominky\">"));
    }
}

#[test]
fn a_comment_on_what_is_no_longer_followed_leads_nowhere_and_says_no_less() {
    let copy = copy();
    for area in ["03", "06"] {
        let path = format!("data/opatreni/{area}.yaml");
        let cancelled = "    zmeny: [{od: 2025, druh: zruseni, usneseni: 1/24/ZK}]\n    popis:";
        copy.write(&path, copy.read(&path).replace("    popis:", cancelled));
    }
    for (arguments, n_links) in
        [(&["generate-report", "2025"][..], 9), (&["generate-report", "2025", "--gestor", "OZ"][..], 3)]
    {
        let text = markdown(&copy, arguments);
        for link in text.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(text.contains(&format!("<a id=\"{link}\"></a>")), "{arguments:?}: {link}");
        }
        let subjects = text.lines().filter(|line| line.starts_with("Čeho se týká: "));
        assert_eq!(subjects.filter(|line| line.contains("](#")).count(), n_links, "{arguments:?}: {text}");
    }
    let text = markdown(&copy, &["generate-report", "2025"]);
    for words in ["Čeho se týká: opatření VI/5.\n", "Čeho se týká: okruh III.\n"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let html = document(&copy, "html");
    assert!(html.contains("<p>opatření VI/5</p>") && !html.contains("#opatreni-6-5"));
    let word = word_document(&copy);
    assert!(word.contains(">opatření VI/5<") && word.contains("w:name=\"opatreni_9_1\""));
    for link in word.split("w:anchor=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(word.contains(&format!("w:name=\"{link}\"")), "{link}");
    }
}

#[test]
fn an_excerpt_has_the_comments_on_it_under_their_numbers() {
    let text = markdown(&copy(), &[&SETTLING[..], &["--area", "IX"]].concat());
    assert!(text.contains("K tomuto výřezu byly vzneseny 3 připomínky; všechny byly přijaty.\n"), "{text}");
    let numbers: Vec<&str> =
        text.split("\n### Připomínka č. ").skip(1).filter_map(|rest| rest.split(':').next()).collect();
    assert_eq!(numbers, ["1", "6", "9"]);
}

#[test]
fn without_comments_there_is_a_document_and_no_annex() {
    let copy = Copy::new();
    let text = markdown(&copy, &["generate-report", "2023", "--document", "vyporadani-pripominek"]);
    assert!(text.contains("K návrhu nebyly vzneseny připomínky.\n") && !text.contains("## "), "{text}");
    let report = markdown(&copy, &["generate-report", "2023"]);
    assert!(!report.contains("připomín") || !report.contains("ypořádání připomínek"));
    assert_eq!(csv_rows(&stdout(&copy.run(&["export", "2023", "--table", "pripominky"]))), Vec::<Vec<String>>::new());
}

#[test]
fn an_open_comment_stops_the_final_report_and_not_a_draft() {
    let copy = copy();
    let path = "data/obdobi/2025/pripominky.yaml";
    copy.edit(
        path,
        "    vyporadani: vysvětleno\n    oduvodneni: \"Cvičný údaj: celé názvy jsou v přehledu podle gestorů.\"\n",
        "",
    );
    for document in ["informace", "vyporadani-pripominek", "pisemna-informace"] {
        let output = copy.run(&["generate-report", "2025", "--document", document]);
        assert_eq!(output.status.code(), Some(1), "{document}");
        let text = stderr(&output);
        assert!(text.contains("připomínka (celá zpráva) není vypořádána") && text.contains(path), "{text}");
        assert!(!copy.path().join("vystup").exists());
    }
    let text = markdown(&copy, &[&SETTLING[..], &["--draft"]].concat());
    for words in [
        "PRACOVNÍ VERZE",
        "3 nebyly přijaty, 1 byla vysvětlena a 1 zatím není vypořádána.",
        "| celá zpráva | nevypořádáno |",
        "**Vypořádání:** zatím nevypořádáno.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn counts_are_told_in_good_czech() {
    for (resolutions, sentence) in [
        (&["přijato"][..], "K návrhu byla vznesena 1 připomínka; byla přijata."),
        (&["nepřijato"], "K návrhu byla vznesena 1 připomínka; nebyla přijata."),
        (&["nepřijato", "nepřijato"], "K návrhu byly vzneseny 2 připomínky; žádná nebyla přijata."),
        (&["přijato", "vysvětleno"], "K návrhu byly vzneseny 2 připomínky. Z toho 1 byla přijata a 1 byla vysvětlena."),
        (
            &["přijato", "přijato", "přijato", "přijato", "přijato", "přijato částečně"],
            "K návrhu bylo vzneseno 6 připomínek. Z toho 5 bylo přijato a 1 byla přijata částečně.",
        ),
    ] {
        let copy = Copy::new();
        let rows: Vec<String> =
            resolutions.iter().enumerate().map(|(index, it)| format!("OZ,Úvod,Změna {index}.,{it},Tak.\n")).collect();
        let csv = format!("subjekt,cast,text,vyporadani,oduvodneni\n{}", rows.concat());
        copy.write("data/obdobi/2023/pripominky.csv", csv);
        let text = markdown(&copy, &["generate-report", "2023", "--document", "vyporadani-pripominek"]);
        assert!(text.contains(&format!("\n{sentence}\n")), "{sentence}: {text}");
    }
}

#[test]
fn the_table_of_comments_can_be_had_for_further_work() {
    let rows = csv_rows(&stdout(&copy().run(&["export", "2025", "--table", "pripominky"])));
    assert_eq!(rows.len(), 12);
    assert_eq!(rows[0][..4], ["1", "OZ", "IX/3", ""]);
    assert_eq!(rows[2][..4], ["3", "ORREP", "", "Úvod"]);
    assert_eq!(rows[2][5], "přijato částečně");
    assert!(rows[4][1].starts_with("komise Rady") && rows[4][4].contains("\n\n- zda chybí"));
}

fn document(copy: &Copy, format: &str) -> String {
    let path = written(copy, format);
    copy.read(&path)
}

/// The main part of the report in Word.
fn word_document(copy: &Copy) -> String {
    let file = fs::File::open(copy.path().join(written(copy, "docx"))).expect("it was written");
    let mut archive = zip::ZipArchive::new(file).expect("it is a ZIP archive");
    let mut part = archive.by_name("word/document.xml").expect("the part is there");
    let mut text = String::new();
    part.read_to_string(&mut text).expect("it is UTF-8");
    text
}

/// Writes the report in a format and says where it is.
fn written(copy: &Copy, format: &str) -> String {
    let output = copy.run(&["generate-report", "2025", "--format", format, "--out", format]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    format!("{format}/informace-2025.{format}")
}
