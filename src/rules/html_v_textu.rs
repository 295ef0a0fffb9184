//! Raw HTML in a comment or in a reason.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{MeasureId, one_line};
use crate::rules::facts::OF_TEMPLATE;
use crate::rules::{Check, MarkdownText, PeriodFacts, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "html-v-textu",
    severity: Severity::Error,
    title: "V textu je HTML",
    explanation: "Komentáře, připomínky, důvody a texty zprávy se píší v Markdownu a zpráva z nich vzniká v několika formátech. Značky HTML by se v některém ztratily, nebo by do zveřejněné stránky vložily cizí kód.",
    example: "komentar: Konaly se <b>čtyři</b> semináře.",
    mend: "Značky smažte a důraz vyznačte **hvězdičkami**. Má-li v textu zůstat znak „<“, napište před něj zpětné lomítko: „\\<“.",
    checks: &[Check::Text(check)],
};

/// The longest piece of HTML that a message shows, in characters.
const SHOWN_LIMIT: usize = 40;

fn check(facts: &PeriodFacts<'_>, text: MarkdownText<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let MarkdownText { measure, whereabouts, text } = text;
    let aligned = facts.files.aligned(text);
    for range in html(&text.value) {
        let written = text.value.get(range.clone()).unwrap_or_default();
        let place = aligned.place(range);
        diagnostics.push(finding(place, whereabouts, written, measure));
    }
}

fn finding(place: Place, whereabouts: &str, written: &str, measure: Option<MeasureId>) -> Diagnostic {
    let mut shown = one_line(&written.replace(OF_TEMPLATE, ""));
    if shown.chars().count() > SHOWN_LIMIT {
        shown = format!("{}…", shown.chars().take(SHOWN_LIMIT).collect::<String>());
    }
    Diagnostic::new(&RULE, place, format!("{whereabouts} je HTML „{shown}“"))
        .about(measure)
        .help("značku smažte, důraz vyznačte **hvězdičkami**; má-li znak „<“ v textu zůstat, napište „\\<“")
}

/// The first tag of each piece of HTML that no other text interrupts; the end tags of those already
/// found are not faults of their own.
fn html(markdown: &str) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    if memchr::memchr(b'<', markdown.as_bytes()).is_none() {
        return tags;
    }
    let mut follows_html = false;
    let mut is_in_block = false;
    for (event, range) in Parser::new_ext(markdown, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => is_in_block = true,
            Event::End(TagEnd::HtmlBlock) => is_in_block = false,
            _ => {}
        }
        let is_html = matches!(event, Event::Html(_) | Event::InlineHtml(_));
        if is_html && !follows_html {
            let tag = first_tag(markdown, range);
            let is_end = markdown.get(tag.clone()).is_some_and(|written| written.starts_with("</"));
            if !is_end || tags.is_empty() {
                tags.push(tag);
            }
        }
        // What a tab before a line of a block leaves comes as text, which interrupts nothing.
        follows_html = is_html || (is_in_block && follows_html);
    }
    tags
}

/// The parser gives a block of HTML by lines; the tag is what stands between the angle brackets.
fn first_tag(markdown: &str, range: Range<usize>) -> Range<usize> {
    let line = markdown.get(range.clone()).unwrap_or_default();
    let length = line.find('>').map_or(line.trim_end().len(), |at| at + 1);
    range.start..range.start + length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{commented, findings, marked};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn each_element_in_running_text_is_found_where_it_begins() {
        assert_eq!(
            findings(&RULE, &[(PATH, &commented("Konaly se <b>čtyři</b> dlouhé <i>semináře</i>."))]),
            [
                "obdobi/2023/podklady/osv.yaml:5:25: v komentáři je HTML „<b>“",
                "obdobi/2023/podklady/osv.yaml:5:45: v komentáři je HTML „<i>“",
            ]
        );
    }

    #[test]
    fn an_end_without_a_beginning_is_found_too() {
        assert_eq!(
            findings(&RULE, &[(PATH, &commented("Konaly se čtyři</b> semináře."))]),
            ["obdobi/2023/podklady/osv.yaml:5:30: v komentáři je HTML „</b>“"]
        );
    }

    #[test]
    fn tags_side_by_side_are_one_finding() {
        assert_eq!(
            findings(&RULE, &[(PATH, &commented("Seminář<br/><br>v Liberci"))]),
            ["obdobi/2023/podklady/osv.yaml:5:22: v komentáři je HTML „<br/>“"]
        );
    }

    #[test]
    fn a_block_of_html_is_one_finding_behind_its_indentation() {
        let text = commented(
            "|\n      První odstavec.\n\n      - bod\n\n        <script>\n        alert(1)\n        </script>\n\n      Konec.",
        );
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:10:9: v komentáři je HTML „<script>“"]
        );
        assert_eq!(marked(&RULE, &[(PATH, &commented("|\n      Odstavec.\n\n        <div>\n"))]), ["<div>"]);
        assert_eq!(marked(&RULE, &[(PATH, &commented("|\n      - <div>\n      \tbod\n      \tdalší\n"))]), ["<div>"]);
        assert_eq!(marked(&RULE, &[(PATH, &commented("|\n      <div>\n\n      <p>\n"))]), ["<div>", "<p>"]);
    }

    #[test]
    fn comments_and_long_tags_are_found_and_shortened() {
        let text = commented("A <!-- poznámka, kterou nemá nikdo vidět ve zprávě --> b");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:5:17: v komentáři je HTML „<!-- poznámka, kterou nemá nikdo vidět v…“"]
        );
        let forty = format!("<{}>", "p".repeat(38));
        assert_eq!(
            findings(&RULE, &[(PATH, &commented(&forty))]),
            [format!("obdobi/2023/podklady/osv.yaml:5:15: v komentáři je HTML „{forty}“")]
        );
    }

    #[test]
    fn csv_and_reasons_of_decisions_are_looked_into() {
        let csv = "opatreni;stav;komentar\r\nI/1;PLNĚNO;\"Odstavec.\r\n\r\n<p>„\"\"x\"\"“\"\r\n";
        assert_eq!(
            findings(&RULE, &[(PATH, ""), ("obdobi/2023/podklady/osv.csv", csv)]),
            ["obdobi/2023/podklady/osv.csv:4:1: v komentáři je HTML „<p>“"]
        );
        let decision = "vyhodnoceni:\n  - opatreni: I/1\n    stav: PLNĚNO\n    duvod: \"Je to \\\"ano\\\" <i>.\"\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/vyhodnoceni.yaml", decision)]),
            ["obdobi/2023/vyhodnoceni.yaml:4:27: v důvodu rozhodnutí je HTML „<i>“"]
        );
    }

    #[test]
    fn angle_brackets_that_are_no_html_are_not_found() {
        for comment in [
            "méně než < 5 osob a > 3 obce",
            "`<b>` je značka",
            "\\<b>",
            "<https://www.kraj-lbc.cz>",
            "<osv@kraj-lbc.cz>",
            "&lt;b&gt;",
            "**důraz**",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, &commented(&format!("'{comment}'")))]), [""; 0], "{comment}");
        }
    }
}
