//! HTML: one file that needs nothing else.

use std::fmt::Write;

use minijinja::HtmlEscape;

use crate::markup::{Block, Inline, Target};
use crate::render::{Format, Renderer, polish};

/// The format.
pub static FORMAT: Format = Format { name: "html", title: "HTML (webová stránka)", entry: "html/dokument.html", render };

fn render(renderer: &Renderer<'_>) -> anyhow::Result<Vec<u8>> {
    Ok(polish::markup(&renderer.text(FORMAT.entry)?).into_bytes())
}

/// Blocks as HTML.
pub fn blocks(blocks: &[Block]) -> String {
    let mut html = String::new();
    write_blocks(blocks, &mut html);
    html
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
                    Target::Url(url) => push_format(html, format_args!("<a href=\"{}\">", HtmlEscape(url))),
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
    push_format(html, format_args!("{}", HtmlEscape(text)));
}

fn push_format(html: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = html.write_fmt(arguments);
}
