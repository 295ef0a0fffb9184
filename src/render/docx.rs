//! Word: the parts of an OOXML package, each a template, zipped so that the same data give the same
//! bytes. It knows nothing of what the document says; that is up to the templates.
//!
//! Every template below `docx/` is a part of the package, but for those in `INCLUDED`, which the
//! parts include. Two things of a Word document stand in two parts at once: a link to the web needs
//! a relationship, and a numbered list needs a numbering of its own to count from its own start.
//! The filter [`blocks`] leaves marks for both; `settle` gives them ids, which the parts that
//! describe them receive as `odkazy` and `cislovane_seznamy`.

mod bars;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use anyhow::{Context, bail};
use minijinja::value::{Serde, Value};
use serde::Serialize;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

pub use self::bars::bar;
use crate::markup::{self, Block, Inline, Target};
use crate::model::hexadecimal;
use crate::render::well_formed::{self, is_xml_char};
use crate::render::{Format, Renderer, html};

/// The format.
pub static FORMAT: Format = Format { name: "docx", title: "Word (DOCX)", entry: "docx/word/document.xml", render };

const FOLDER: &str = "docx/";
/// Templates that are no parts themselves.
const INCLUDED: &str = "docx/sablony/";
const DOCUMENT: &str = "word/document.xml";
/// Readers take the type of a package from its first file.
const FIRST: &str = "[Content_Types].xml";
/// Parts whose names begin with a dot; files of such names are left out when a folder is read.
const RENAMED: [(&str, &str); 1] = [("_rels/package.rels", "_rels/.rels")];

fn render(renderer: &Renderer<'_>) -> anyhow::Result<Vec<u8>> {
    let document = part(renderer.text(FORMAT.entry)?);
    let settled = settle(&document);
    let extra = BTreeMap::from([
        ("odkazy".to_owned(), Value::from(Serde(&settled.links))),
        ("cislovane_seznamy".to_owned(), Value::from(Serde(&settled.lists))),
    ]);
    let mut parts = BTreeMap::new();
    let templates = renderer.templates_below(FOLDER);
    for template in templates.iter().filter(|name| !name.starts_with(INCLUDED)) {
        let name = template.strip_prefix(FOLDER).unwrap_or(template);
        if name == DOCUMENT {
            continue;
        }
        let text = part(renderer.text_with(template, &extra)?);
        if text.contains(LINK_MARK) || text.contains(LIST_MARK) {
            bail!("šablona {template}: číslovaný seznam nebo odkaz na web smí být jen v části {DOCUMENT}");
        }
        parts.insert(part_name(name), text);
    }
    parts.insert(DOCUMENT, settled.document);
    if renderer.templates.has_own() {
        parts.iter().try_for_each(|(name, text)| well_formed::check(name, text))?;
    }
    zipped(&parts)
}

fn part_name(template: &str) -> &str {
    RENAMED.iter().find(|(name, _)| *name == template).map_or(template, |(_, part)| part)
}

/// The text of a part without the characters that XML does not allow.
fn part(mut text: String) -> String {
    // Code is put into elements that typography leaves alone and OOXML does not know.
    if text.contains(CODE_START) {
        text = text.replace(CODE_START, "").replace(CODE_END, "");
    }
    if !text.chars().all(is_xml_char) {
        text.retain(is_xml_char);
    }
    text
}

fn zipped(parts: &BTreeMap<&str, String>) -> anyhow::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        // Otherwise the one that the program runs on.
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let first = parts.get_key_value(FIRST).with_context(|| format!("chybí šablona {FOLDER}{FIRST}"))?;
    for (name, text) in std::iter::once(first).chain(parts.iter().filter(|(name, _)| **name != FIRST)) {
        archive.start_file(*name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

// What stands in two parts.

const LINK_MARK: &str = "r:id=\"adresa ";
const LIST_MARK: &str = "<w:numId w:val=\"seznam ";
const IN_TABLE: &str = "tabulky ";
/// Numberings below belong to the styles of word/numbering.xml.
const FIRST_LIST: usize = 101;
/// Word has styles for lists of five levels.
const LEVELS: usize = 5;

/// The document with ids in place of marks, and what they stand for.
struct Settled {
    document: String,
    links: Vec<Link>,
    lists: Vec<NumberedList>,
}

/// A relationship to an address on the web.
#[derive(Debug, Serialize)]
struct Link {
    id: String,
    #[serde(rename = "adresa")]
    url: String,
}

/// A numbering that begins anew.
#[derive(Debug, Serialize)]
struct NumberedList {
    id: usize,
    #[serde(rename = "uroven")]
    level: usize,
    #[serde(rename = "od")]
    first: u64,
    #[serde(rename = "v_tabulce")]
    is_in_table: bool,
}

fn settle(document: &str) -> Settled {
    let (document, links) = settle_links(document);
    let (document, lists) = settle_lists(&document);
    Settled { document, links, lists }
}

fn settle_links(document: &str) -> (String, Vec<Link>) {
    let mut links: Vec<Link> = Vec::new();
    let mut numbers = HashMap::new();
    let settled = replace_marks(document, LINK_MARK, |url| {
        let url = url.replace("&amp;", "&");
        let number = *numbers.entry(url).or_insert_with_key(|url| {
            let number = links.len() + 1;
            links.push(Link { id: link_id(number), url: url.clone() });
            number
        });
        format!("r:id=\"{}\"", link_id(number))
    });
    (settled, links)
}

fn link_id(number: usize) -> String {
    format!("rIdAdresa{number}")
}

fn settle_lists(document: &str) -> (String, Vec<NumberedList>) {
    let mut lists: Vec<NumberedList> = Vec::new();
    let mut open = BTreeMap::new();
    let settled = replace_marks(document, LIST_MARK, |mark| {
        // „hloubka“ of the list, and for its first item the number that the item has.
        let in_table = mark.strip_prefix(IN_TABLE);
        let is_in_table = in_table.is_some();
        let mut numbers = in_table.unwrap_or(mark).split(' ').map(|number| number.parse::<u64>().unwrap_or_default());
        let depth = numbers.next().unwrap_or_default();
        if let Some(first) = numbers.next() {
            let id = FIRST_LIST + lists.len();
            let level = level(usize::try_from(depth).unwrap_or(LEVELS));
            lists.push(NumberedList { id, level, first, is_in_table });
            open.insert(depth, id);
        }
        format!("<w:numId w:val=\"{}\"", open.get(&depth).copied().unwrap_or(FIRST_LIST))
    });
    (settled, lists)
}

/// Replaces each `mark…"` by what `replace` makes of the text up to the quote.
fn replace_marks(document: &str, mark: &str, mut replace: impl FnMut(&str) -> String) -> String {
    let mut settled = String::with_capacity(document.len());
    let mut pieces = document.split(mark);
    settled.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (value, rest) = piece.split_once('"').unwrap_or((piece, ""));
        settled.push_str(&replace(value));
        settled.push_str(rest);
    }
    settled
}

/// The level of a list that is so many lists deep, both from 0.
fn level(depth: usize) -> usize {
    depth.min(LEVELS - 1)
}

// Filters.

/// A bookmark's name from an anchor: `opatreni-9-2` → `opatreni_9_2`. Word allows letters, digits
/// and underscores, forty at most; the end of a longer one gives way to a digest of all of it.
pub fn bookmark(anchor: &str) -> String {
    const LONGEST: usize = 40;
    const DIGEST: usize = 8;
    let name: String = anchor.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if name.len() <= LONGEST {
        return name;
    }
    let digest = hexadecimal(&Sha256::digest(anchor));
    format!("{}_{}", &name[..LONGEST - DIGEST - 1], &digest[..DIGEST])
}

const CODE_START: &str = "<code>";
const CODE_END: &str = "</code>";

/// Keeps a paragraph on the page of the next one.
const KEEP: &str = "<w:keepNext/>";
const STYLE_IN_TABLES: &str = "TextTabulky";
/// How far a level is indented there, in twentieths of a point, and the numbering of its bullets; both as in
/// word/numbering.xml.
const INDENT_IN_TABLES: usize = 198;
const BULLETS_IN_TABLES: &str = "<w:numId w:val=\"3\"";

/// Blocks as paragraphs of a style; at least one, because a table cell must not be without.
pub fn blocks(blocks: &[Block], style: &str) -> String {
    let mut writer = Writer { is_in_table: style == STYLE_IN_TABLES, ..Writer::default() };
    writer.blocks(blocks, style, 0);
    if writer.xml.is_empty() {
        writer.paragraph(style, "", |_| {});
    }
    writer.xml
}

/// Whether a paragraph announces what follows it, such as who says it.
fn announces(inlines: &[Inline]) -> bool {
    let mut text = String::new();
    markup::append_inlines(inlines, &mut text);
    text.trim_end().ends_with(':')
}

#[derive(Default)]
struct Writer {
    xml: String,
    is_strong: bool,
    is_emphasized: bool,
    /// Paragraphs in cells would keep whole rows together.
    is_in_table: bool,
    /// Character style of the runs.
    style: Option<&'static str>,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block], style: &str, depth: usize) {
        for (index, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph(inlines) => {
                    let keep = self.keep(inlines, index + 1 < blocks.len());
                    let properties = format!("{keep}{}", self.indent(depth));
                    self.paragraph(style, &properties, |writer| writer.inlines(inlines));
                }
                Block::Heading(inlines) => self.heading(inlines, style),
                Block::List(first, items) => self.list(*first, items, style, depth),
                Block::Quote(blocks) if self.is_in_table => {
                    self.emphasized(|writer| writer.blocks(blocks, style, depth))
                }
                Block::Quote(blocks) => self.blocks(blocks, "Quote", depth),
                Block::Code(code) => self.code(code),
            }
        }
    }

    /// What goes on below an item stands under its text; outside tables that is a matter of its style.
    fn indent(&self, depth: usize) -> String {
        if self.is_in_table && depth > 0 {
            format!("<w:ind w:left=\"{}\"/>", INDENT_IN_TABLES * (level(depth - 1) + 1))
        } else {
            String::new()
        }
    }

    /// Bold, but not in the document's outline.
    fn heading(&mut self, inlines: &[Inline], style: &str) {
        let is_strong = std::mem::replace(&mut self.is_strong, true);
        self.paragraph(style, KEEP, |writer| writer.inlines(inlines));
        self.is_strong = is_strong;
    }

    /// [`KEEP`] for a paragraph that announces what follows, if anything does.
    fn keep(&self, inlines: &[Inline], is_followed: bool) -> &'static str {
        if is_followed && !self.is_in_table && announces(inlines) { KEEP } else { "" }
    }

    fn list(&mut self, first: Option<u64>, items: &[Vec<Block>], around: &str, depth: usize) {
        let level = level(depth);
        let suffix = if level == 0 { String::new() } else { (level + 1).to_string() };
        let numbering = |id: &str| format!("<w:numPr><w:ilvl w:val=\"{level}\"/>{id}/></w:numPr>");
        // Cells of tables have smaller letters and marks of their own.
        let continued = if self.is_in_table { around.to_owned() } else { format!("ListContinue{suffix}") };
        for (index, item) in items.iter().enumerate() {
            let start = first.filter(|_| index == 0).map_or_else(String::new, |first| format!(" {first}"));
            let (style, numbering) = match (first, self.is_in_table) {
                (None, true) if level == 0 => ("OdrazkaTabulky".to_owned(), String::new()),
                (None, true) => ("OdrazkaTabulky".to_owned(), numbering(BULLETS_IN_TABLES)),
                (None, false) => (format!("ListBullet{suffix}"), String::new()),
                (Some(_), true) => (around.to_owned(), numbering(&format!("{LIST_MARK}{IN_TABLE}{depth}{start}\""))),
                (Some(_), false) => (format!("ListNumber{suffix}"), numbering(&format!("{LIST_MARK}{depth}{start}\""))),
            };
            let rest = match item.as_slice() {
                [Block::Paragraph(inlines), rest @ ..] => {
                    let keep = self.keep(inlines, !rest.is_empty());
                    self.paragraph(&style, &format!("{keep}{numbering}"), |writer| writer.inlines(inlines));
                    rest
                }
                blocks => {
                    self.paragraph(&style, &numbering, |_| {});
                    blocks
                }
            };
            self.blocks(rest, &continued, depth + 1);
        }
    }

    fn code(&mut self, code: &str) {
        self.paragraph("HTMLPreformatted", "", |writer| {
            for (index, line) in code.lines().enumerate() {
                if index > 0 {
                    writer.xml.push_str("<w:r><w:br/></w:r>");
                }
                writer.xml.push_str(CODE_START);
                writer.run(line);
                writer.xml.push_str(CODE_END);
            }
        });
    }

    fn paragraph(&mut self, style: &str, properties: &str, inside: impl FnOnce(&mut Self)) {
        self.push(format_args!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{properties}</w:pPr>", html::escape(style)));
        inside(self);
        self.xml.push_str("</w:p>\n");
    }

    fn emphasized(&mut self, inside: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.is_emphasized, true);
        inside(self);
        self.is_emphasized = before;
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.run(text),
                Inline::Emphasis(inner) => self.emphasized(|writer| writer.inlines(inner)),
                Inline::Strong(inner) => {
                    let before = std::mem::replace(&mut self.is_strong, true);
                    self.inlines(inner);
                    self.is_strong = before;
                }
                Inline::Code(code) => {
                    let before = self.style.replace("HTMLCode");
                    self.xml.push_str(CODE_START);
                    self.run(code);
                    self.xml.push_str(CODE_END);
                    self.style = before;
                }
                Inline::Link(target, inner) => self.link(target, inner),
                Inline::Break => self.xml.push_str("<w:r><w:br/></w:r>"),
            }
        }
    }

    fn link(&mut self, target: &Target, inner: &[Inline]) {
        match target {
            Target::Url(url) => {
                self.push(format_args!("<w:hyperlink {LINK_MARK}{}\" w:history=\"1\">", uri(url).replace('&', "&amp;")))
            }
            Target::Measure(id) => {
                self.push(format_args!("<w:hyperlink w:anchor=\"{}\" w:history=\"1\">", bookmark(&id.anchor())));
            }
        }
        let before = self.style.replace("Hyperlink");
        self.inlines(inner);
        self.style = before;
        self.xml.push_str("</w:hyperlink>");
    }

    fn run(&mut self, text: &str) {
        self.xml.push_str("<w:r>");
        if self.style.is_some() || self.is_strong || self.is_emphasized {
            self.xml.push_str("<w:rPr>");
            if let Some(style) = self.style {
                self.push(format_args!("<w:rStyle w:val=\"{style}\"/>"));
            }
            self.xml.push_str(if self.is_strong { "<w:b/><w:bCs/>" } else { "" });
            self.xml.push_str(if self.is_emphasized { "<w:i/><w:iCs/>" } else { "" });
            self.xml.push_str("</w:rPr>");
        }
        self.push(format_args!("<w:t xml:space=\"preserve\">{}</w:t></w:r>", html::escape(text)));
    }

    fn push(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = self.xml.write_fmt(arguments);
    }
}

/// An address as Word demands it: everything but the characters of RFC 3986 is percent-encoded, for
/// one address that is not a URI makes Word refuse the whole document.
fn uri(url: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'*+,;=%()".contains(&byte);
    if url.bytes().all(is_plain) {
        return Cow::Borrowed(url);
    }
    let mut encoded = String::with_capacity(url.len() * 2);
    for byte in url.bytes() {
        if is_plain(byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    Cow::Owned(encoded)
}

#[cfg(test)]
mod tests;
