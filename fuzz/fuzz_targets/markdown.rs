//! Comments as people write them, in every syntax that documents are written in: nothing that could
//! run, links only where they may lead, Word's XML well-formed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plneni::markup::{self, Block, Inline, Target, is_safe_url};
use plneni::render::{docx, html, markdown, xlsx};

/// The elements that comments are made of in HTML.
const ELEMENTS: [&str; 12] = ["a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "span", "strong", "ul"];
const WORD: &str = "xmlns:w=\"urn:w\" xmlns:r=\"urn:r\"";

fuzz_target!(|text: &str| {
    let blocks = markup::parse(text, &|id| id.number % 2 == 1);
    assert_links(&blocks);
    let _ = (markup::plain_text(&blocks), markup::references(text), xlsx::blocks(&blocks));
    assert_harmless(&html::blocks(&blocks));
    let mut xml = format!("<x {WORD}>{}</x>", docx::blocks(&blocks, "BodyText"));
    // As is done with every part of a Word document.
    xml.retain(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..));
    roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    // Markdown is read again by others: nothing may come to life on the way.
    assert_links(&markup::parse(&markdown::blocks(&blocks), &|_| true));
});

fn assert_links(blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => assert_inlines(inlines),
            Block::List(_, items) => items.iter().for_each(|item| assert_links(item)),
            Block::Quote(blocks) => assert_links(blocks),
            Block::Code(_) => {}
        }
    }
}

fn assert_inlines(inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Link(Target::Url(url), inner) => {
                assert!(is_safe_url(url), "{url}");
                assert_inlines(inner);
            }
            Inline::Link(_, inner) | Inline::Emphasis(inner) | Inline::Strong(inner) => assert_inlines(inner),
            Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
        }
    }
}

/// Only known elements, and no attribute but those that are written on purpose.
fn assert_harmless(html: &str) {
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("a tag has no end: {html}"));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        assert!(ELEMENTS.contains(&name), "{name}: {html}");
        let mut attributes = tag.split('"');
        while let (Some(attribute), Some(value)) = (attributes.next(), attributes.next()) {
            match attribute.rsplit(' ').next() {
                Some("href=") => {
                    let is_inside = value.starts_with("#opatreni-");
                    assert!(is_inside || is_safe_url(&value.replace("&amp;", "&")), "{value}: {html}");
                }
                Some("class=" | "start=") => {}
                other => panic!("{other:?}: {html}"),
            }
        }
    }
}
