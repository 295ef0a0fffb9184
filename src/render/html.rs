//! HTML: one file that needs nothing else.

use std::borrow::Cow;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::markup::{Block, Inline, Target};
use crate::model::has_byte;
use crate::render::{Format, Renderer, polish};

/// The format.
pub static FORMAT: Format =
    Format { name: "html", title: "HTML (webová stránka)", entry: "html/dokument.html", render };

fn render(renderer: &Renderer<'_>) -> anyhow::Result<Vec<u8>> {
    Ok(renderer.text(FORMAT.entry)?.into_bytes())
}

/// Escapes what would be markup, in texts and in quoted attributes, of HTML and XML alike.
pub fn escape(text: &str) -> Cow<'_, str> {
    // The last one begins the marks, and little else.
    if !has_byte(text, |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 0xEE)) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if polish::is_mark(c) => {}
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// What [`escape`] was given.
pub fn unescape(escaped: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    marks.iter().fold(escaped.to_owned(), |text, (escaped, mark)| text.replace(escaped, mark))
}

/// Blocks as HTML.
pub fn blocks(blocks: &[Block]) -> String {
    let mut html = String::new();
    write_blocks(blocks, &mut html);
    html
}

/// The source expression by which a Content-Security-Policy allows just this `<style>` or `<script>`.
///
/// Browsers hash the text after they have turned all line ends into LF, so a template saved on
/// Windows is hashed that way too.
pub fn csp_hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.replace("\r\n", "\n").replace('\r', "\n"))))
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0_usize, |bits, nth| bits << 8 | chunk.get(nth).copied().map_or(0, usize::from));
        for nth in 0..4 {
            let digit = DIGITS[bits >> (18 - 6 * nth) & 63];
            text.push(if nth <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// The text for the inside of a quoted CSS string that stands in a `<style>`.
pub fn css_string(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\'' | '\\' | '<' | '\n' | '\r' | '\u{c}' => {
                push_format(&mut escaped, format_args!("\\{:x} ", u32::from(c)));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

fn write_blocks(blocks: &[Block], html: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) => wrap("p", html, |html| write_inlines(inlines, html)),
            Block::Heading(inlines) => {
                wrap("p", html, |html| wrap("strong", html, |html| write_inlines(inlines, html)))
            }
            Block::List(first, items) => write_list(*first, items, html),
            Block::Quote(blocks) => wrap("blockquote", html, |html| write_blocks(blocks, html)),
            Block::Code(code) => wrap("pre", html, |html| wrap("code", html, |html| push_escaped(code, html))),
        }
        html.push('\n');
    }
}

fn write_list(first: Option<u64>, items: &[Vec<Block>], html: &mut String) {
    match first {
        None => html.push_str("<ul>\n"),
        Some(1) => html.push_str("<ol>\n"),
        Some(first) => push_format(html, format_args!("<ol start=\"{first}\">\n")),
    }
    for item in items {
        wrap("li", html, |html| match item.as_slice() {
            [Block::Paragraph(inlines)] => write_inlines(inlines, html),
            blocks => write_blocks(blocks, html),
        });
        html.push('\n');
    }
    html.push_str(if first.is_none() { "</ul>" } else { "</ol>" });
}

fn write_inlines(inlines: &[Inline], html: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => push_escaped(text, html),
            Inline::Emphasis(inner) => wrap("em", html, |html| write_inlines(inner, html)),
            Inline::Strong(inner) => wrap("strong", html, |html| write_inlines(inner, html)),
            Inline::Code(code) => wrap("code", html, |html| push_escaped(code, html)),
            Inline::Link(target, inner) => {
                match target {
                    Target::Url(url) => push_format(html, format_args!("<a href=\"{}\">", escape(url))),
                    Target::Measure(id) => push_format(html, format_args!("<a href=\"#{}\">", id.anchor())),
                }
                write_inlines(inner, html);
                html.push_str("</a>");
            }
            Inline::Break => html.push_str("<br>"),
        }
    }
}

fn wrap(tag: &str, html: &mut String, inside: impl FnOnce(&mut String)) {
    push_format(html, format_args!("<{tag}>"));
    inside(html);
    push_format(html, format_args!("</{tag}>"));
}

fn push_escaped(text: &str, html: &mut String) {
    html.push_str(&escape(text));
}

fn push_format(html: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = html.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::markdown;

    #[test]
    fn what_was_escaped_can_be_read_again() {
        for text in
            ["a", "R&D <b> \"x\" 'y'", "&amp;", "&amp;lt;", "\\_", "*a* _b_ |c| [d] ~e~ `f`", "1. a", "- a", "#"]
        {
            assert_eq!(unescape(&escape(text)), text);
            assert_eq!(markdown::unescape(&markdown::escape(text)), text);
        }
    }

    #[test]
    fn hashes_are_those_that_browsers_compute() {
        // The example of <https://www.w3.org/TR/CSP3/#external-hash>.
        assert_eq!(csp_hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
        assert_eq!(csp_hash("a{}\r\nb{}"), csp_hash("a{}\nb{}"));
        assert_eq!(
            ["", "f", "fo", "foo", "foobar"].map(|text| base64(text.as_bytes())),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYmFy"]
        );
    }

    #[test]
    fn css_strings_cannot_be_left() {
        assert_eq!(css_string("a\"; } </style>\\"), "a\\22 ; } \\3c /style>\\5c ");
    }
}
