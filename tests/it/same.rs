//! Markdown, HTML, Word and the exported table say the same of every measure.

use std::io::Read;

use plneni::markup;
use plneni::model::MeasureId;

use crate::support::{Copy, csv_rows, stderr};

/// One measure as the exported table has it.
struct Row {
    id: MeasureId,
    description: String,
    status: String,
    comment: String,
}

/// The words alone: typography changes blanks and quotation marks, formats add marks of their own.
fn words(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !"\"„“”|*\\[];".contains(*c)).collect()
}

/// The words of HTML or WordprocessingML.
fn words_of_markup(markup: &str) -> String {
    let mut text = String::new();
    for piece in markup.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, rest)| rest));
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    words(&entities.iter().fold(text, |text, (entity, sign)| text.replace(entity, sign)))
}

/// The words of Markdown, links as their texts.
fn words_of_markdown(text: &str) -> String {
    words(&crate::support::words_of_blocks(&markup::parse(text, &|_| false)))
}

/// The pieces of a document that begin with the anchors of measures, each with its anchor.
fn sections<'d>(document: &'d str, anchor_start: &str) -> Vec<(String, &'d str)> {
    let starts: Vec<usize> = document
        .match_indices(anchor_start)
        .map(|(at, _)| at)
        .filter(|at| name_at(document, at + anchor_start.len()).chars().all(|c| !c.is_alphabetic()))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([document.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| {
            let name = name_at(document, start + anchor_start.len());
            (format!("opatreni-{}", name.replace('_', "-")), &document[start..end])
        })
        .collect()
}

/// The rest of an attribute's value.
fn name_at(document: &str, at: usize) -> &str {
    document[at..].split('"').next().unwrap_or_default()
}

fn document_of_docx(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("it is a ZIP archive");
    let mut text = String::new();
    archive.by_name("word/document.xml").expect("it has a document").read_to_string(&mut text).expect("it is UTF-8");
    text
}

/// What `said`, by anchor, lacks or has too much.
fn assert_says(format: &str, rows: &[Row], said: &[(String, String)]) {
    assert_eq!(said.len(), rows.len(), "{format} has another number of measures");
    for (row, (anchor, text)) in rows.iter().zip(said) {
        assert_eq!(*anchor, row.id.anchor(), "{format}: order of the measures");
        assert!(text.contains(&words(&row.description)), "{format}: description of {} in {text}", row.id);
        assert!(text.contains(&words(&row.status)), "{format}: status of {} in {text}", row.id);
        assert!(text.contains(&words_of_markdown(&row.comment)), "{format}: comment on {} in {text}", row.id);
    }
}

#[test]
fn all_formats_and_the_table_agree() {
    let copy = Copy::new();
    for arguments in [&["generate-report", "2023", "--out", "out"][..], &["export", "2023", "--out", "out"]] {
        let output = copy.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    let rows: Vec<Row> = csv_rows(&copy.read("out/opatreni.csv"))
        .into_iter()
        .map(|row| Row {
            id: MeasureId::parse(&row[0]).expect("an id"),
            description: row[3].clone(),
            status: if row[8] == "ČÁSTEČNĚ" { "ČÁSTEČNĚ PLNĚNO".to_owned() } else { row[8].clone() },
            comment: row[9].clone(),
        })
        .collect();
    assert_eq!(rows.len(), 109);
    let markdown = copy.read("out/informace-2023.md");
    let html = copy.read("out/informace-2023.html");
    let docx = document_of_docx(&std::fs::read(copy.path().join("out/informace-2023.docx")).expect("it was written"));
    let markdown_says: Vec<_> = sections(&markdown, "<a id=\"opatreni-")
        .into_iter()
        .map(|(anchor, text)| {
            // The next chapter follows the last measure of an area.
            let own = text.split("\n## ").next().unwrap_or(text).split("\n<a id=\"").next().unwrap_or(text);
            (anchor, words_of_markdown(own))
        })
        .collect();
    let html_says: Vec<_> = sections(&html, " id=\"opatreni-")
        .into_iter()
        .map(|(anchor, text)| {
            (anchor, words_of_markup(&format!("<{}", text.split("</article>").next().unwrap_or(text))))
        })
        .collect();
    let docx_says: Vec<_> = sections(&docx, "w:name=\"opatreni_")
        .into_iter()
        .map(|(anchor, text)| {
            let own = text.split("w:val=\"Heading1\"").next().unwrap_or(text);
            (anchor, words_of_markup(&format!("<{own}")))
        })
        .collect();
    assert_says("Markdown", &rows, &markdown_says);
    assert_says("HTML", &rows, &html_says);
    assert_says("Word", &rows, &docx_says);
    for row in csv_rows(&copy.read("out/stavy.csv")) {
        let name = if row[0] == "ČÁSTEČNĚ" { "ČÁSTEČNĚPLNĚNO" } else { &row[0] };
        let said = format!("{name}{}{}%", row[1], row[2].replace('.', ","));
        for (format, text) in
            [("Markdown", words(&markdown)), ("HTML", words_of_markup(&html)), ("Word", words_of_markup(&docx))]
        {
            assert!(text.contains(&said), "{format} does not say {said}");
        }
    }
}
