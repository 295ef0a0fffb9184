//! Markdown for GitHub and for pasting: clean under markdownlint, with the same anchors as HTML.

use std::borrow::Cow;

use crate::markup::{self, Block, Inline, Target};
use crate::model::has_byte;
use crate::render::{Format, Renderer, polish};

/// The format.
pub static FORMAT: Format = Format { name: "md", title: "Markdown", entry: "md/dokument.md", render };

fn render(renderer: &Renderer<'_>) -> anyhow::Result<Vec<u8>> {
    Ok(tidy(&renderer.text(FORMAT.entry)?).into_bytes())
}

/// One blank line at most between blocks, no blanks at line ends, one line end at the end.
fn tidy(document: &str) -> String {
    let mut tidied = String::with_capacity(document.len());
    let mut n_blank = 1;
    let mut fences = Fences::default();
    for line in document.lines().map(|line| line.trim_end_matches([' ', '\t'])) {
        n_blank = if line.is_empty() { n_blank + 1 } else { 0 };
        if fences.hold(line) || n_blank < 2 {
            tidied.push_str(line);
            tidied.push('\n');
        }
    }
    while tidied.ends_with("\n\n") {
        tidied.pop();
    }
    tidied
}

/// Goes through a document line by line and knows which ones are code between fences.
#[derive(Debug, Default)]
pub struct Fences {
    /// How many backticks the open fence has.
    open: Option<usize>,
}

impl Fences {
    /// Whether the next line is code or a fence of it. A fence may open an item of a list or a quotation.
    pub fn hold(&mut self, line: &str) -> bool {
        let bare = line.trim_start_matches(|c: char| c.is_ascii_digit() || " \t-*>.)".contains(c));
        let n_backticks = bare.len() - bare.trim_start_matches('`').len();
        match self.open {
            Some(n_opening) => {
                if n_backticks >= n_opening && bare[n_backticks..].trim().is_empty() {
                    self.open = None;
                }
                true
            }
            None => {
                let is_fence = n_backticks >= 3 && !bare[n_backticks..].contains('`');
                self.open = is_fence.then_some(n_backticks);
                self.open.is_some()
            }
        }
    }
}

/// A plain text so that Markdown takes none of its characters for a mark, without the marks of typography.
pub fn escape(text: &str) -> Cow<'_, str> {
    // These begin with that byte, and little else does.
    if has_byte(text, |byte| byte == 0xEE) && text.contains(polish::is_mark) {
        return Cow::Owned(markup::escape(&text.replace(polish::is_mark, "")).into_owned());
    }
    markup::escape(text)
}

/// The same of a value, with a mark of its own for each backslash.
pub fn escape_value(text: &str) -> Cow<'_, str> {
    match escape(text) {
        Cow::Owned(escaped) if escaped.contains('\\') => Cow::Owned(with_escapes(&escaped, Some(polish::ESCAPE))),
        escaped => escaped,
    }
}

/// What [`escape`] or [`escape_value`] was given.
pub fn unescape(escaped: &str) -> String {
    with_escapes(escaped, None)
}

/// Puts something else in the place of what escapes a mark.
fn with_escapes(escaped: &str, other: Option<char>) -> String {
    let mut text = String::with_capacity(escaped.len());
    let mut chars = escaped.chars().peekable();
    while let Some(c) = chars.next() {
        let is_escape = matches!(c, '\\' | polish::ESCAPE) && chars.peek().is_some_and(char::is_ascii_punctuation);
        text.extend(if is_escape { other } else { Some(c) });
        text.extend(chars.next_if(|_| is_escape));
    }
    text
}

/// Keeps a paragraph of a comment from being read otherwise, also by the reader of comments, to whom a mark
/// before a no-break space begins an item.
fn escape_paragraph_start(text: &str) -> Cow<'_, str> {
    match markup::mark_before_no_break(text) {
        Some(end) => Cow::Owned(format!("{}\\{}", &text[..end - 1], &text[end - 1..])),
        None => markup::escape_line_start(Cow::Borrowed(text)),
    }
}

/// Blocks as Markdown, without a blank line at the end.
pub fn blocks(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    write_blocks(blocks, &mut lines);
    lines.join("\n")
}

fn write_blocks(blocks: &[Block], lines: &mut Vec<String>) {
    let mut is_second = false;
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            lines.push(String::new());
        }
        match block {
            Block::Paragraph(inlines) => lines.push(escape_paragraph_start(inline_text(inlines).trim()).into_owned()),
            Block::Heading(inlines) => {
                let mut text = String::new();
                push_marked("**", inlines, ' ', &mut text);
                let is_marked = text.starts_with("**");
                lines.push(if is_marked { text } else { escape_paragraph_start(text.trim()).into_owned() });
            }
            Block::List(first, items) => {
                // Two lists in a row would be read as one.
                let is_other = index.checked_sub(1).and_then(|before| blocks.get(before)).is_some_and(
                    |before| matches!(before, Block::List(known, _) if known.is_some() == first.is_some()),
                );
                is_second = is_other && !is_second;
                write_list(*first, items, is_second, lines);
            }
            Block::Quote(blocks) => push_indented(blocks, "> ", "> ", lines),
            Block::Code(code) => {
                let fence = fence(code, 3);
                lines.push(format!("{fence}text"));
                lines.extend(code.lines().map(str::to_owned));
                lines.push(fence);
            }
        }
    }
}

/// A list; one that follows another has the other mark, which parts the two.
fn write_list(first: Option<u64>, items: &[Vec<Block>], is_second: bool, lines: &mut Vec<String>) {
    let (bullet, point) = if is_second { ('*', ')') } else { ('-', '.') };
    for (index, item) in items.iter().enumerate() {
        let marker = match first {
            Some(first) => format!("{}{point} ", first.saturating_add(index as u64)),
            None => format!("{bullet} "),
        };
        push_indented(item, &marker, &" ".repeat(marker.len()), lines);
    }
}

fn push_indented(blocks: &[Block], first: &str, rest: &str, lines: &mut Vec<String>) {
    let mut inner = Vec::new();
    write_blocks(blocks, &mut inner);
    if inner.is_empty() {
        inner.push(String::new());
    }
    for (index, line) in inner.into_iter().enumerate() {
        let lead = if index == 0 { first } else { rest };
        lines.push(if line.is_empty() { lead.trim_end().to_owned() } else { format!("{lead}{line}") });
    }
}

fn inline_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_inlines(inlines, ' ', &mut text);
    text
}

/// Adds what stands before the character `after`.
fn push_inlines(inlines: &[Inline], after: char, text: &mut String) {
    for (index, inline) in inlines.iter().enumerate() {
        let after = match inlines.get(index + 1) {
            None => after,
            Some(Inline::Text(next)) => next.chars().next().unwrap_or('*'),
            Some(Inline::Break) => ' ',
            Some(_) => '*',
        };
        match inline {
            Inline::Text(piece) => text.push_str(&escape_inside(piece)),
            Inline::Emphasis(inner) => push_marked("*", inner, after, text),
            Inline::Strong(inner) => push_marked("**", inner, after, text),
            Inline::Code(code) => text.push_str(&code_span(code)),
            Inline::Link(target, inner) => text.push_str(&link(target, &inline_text(inner))),
            Inline::Break => text.push_str("<br>"),
        }
    }
}

/// Adds emphasized text. Markdown reads a mark as one only where it touches a word inside and does
/// not stick to another mark outside; where it would not be read, the text stays without it.
fn push_marked(mark: &str, inner: &[Inline], after: char, text: &mut String) {
    let mut bare = String::new();
    markup::append_inlines(inner, &mut bare);
    let body = escape_inside(bare.trim());
    let before = text.chars().next_back().unwrap_or(' ');
    let touches = |inside: Option<char>, outside: char| {
        inside.is_some_and(char::is_alphanumeric) || (inside.is_some() && outside.is_whitespace())
    };
    let is_bare = inner.iter().all(|inline| matches!(inline, Inline::Text(_))) && bare.trim() == bare;
    let is_readable = is_bare
        && touches(bare.chars().next(), before)
        && touches(bare.chars().next_back(), after)
        && !matches!(before, '*' | '_')
        && after != '*'
        // Within a word it would be read as a multiplication.
        && !(before.is_alphanumeric() && after.is_alphanumeric());
    if is_readable {
        text.push_str(mark);
        text.push_str(&body);
        text.push_str(mark);
    } else {
        push_inlines(inner, after, text);
    }
}

/// Code between as many marks as it has not in a row itself.
fn code_span(code: &str) -> String {
    if code.trim().is_empty() {
        return code.to_owned();
    }
    let fence = fence(code, 1);
    // A blank on both sides is no part of the code, and parts its own marks from those around it.
    let pad = if code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// Marks of code, at least so many and more than the code has in a row.
fn fence(code: &str, n_least: usize) -> String {
    let n_own = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(n_least.max(n_own + 1))
}

/// Escapes text that does not begin a line.
fn escape_inside(text: &str) -> String {
    let text = format!("x{text}");
    let marked = escape(&text);
    marked.strip_prefix('x').unwrap_or(&marked).to_owned()
}

fn link(target: &Target, text: &str) -> String {
    match target {
        Target::Url(url) if text.replace('\\', "") == *url => format!("<{url}>"),
        Target::Url(url) => format!("[{text}](<{}>)", url.replace('<', "%3C").replace('>', "%3E")),
        Target::Measure(id) => format!("[{text}](#{})", id.anchor()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_in_plain_text_lose_their_meaning() {
        assert_eq!(escape("a*b_c d_ [x] | <i>"), "a\\*b_c d\\_ \\[x\\] \\| \\<i>");
        assert_eq!(escape("1. místo"), "1\\. místo");
        assert_eq!(escape("# ne"), "\\# ne");
        assert_eq!(escape("17.03. 2022"), "17.03. 2022");
    }

    #[test]
    fn what_stands_beside_each_other_stays_apart() {
        for (text, written) in [
            ("1. jedna\n2. dvě\n\n10) deset\n11) jedenáct", "1. jedna\n2. dvě\n\n10) deset\n11) jedenáct"),
            ("- a\n\n* b\n\n+ c", "- a\n\n* b\n\n- c"),
            ("- a\n\n1. b", "- a\n\n1. b"),
            ("\\---", "\\---"),
            ("**Nadpis**  \nřádek", "**Nadpis**<br>řádek"),
            ("``a`b``", "``a`b``"),
            ("~~škrt~~", "\\~\\~škrt\\~\\~"),
            ("a*b*&#99;", "abc"),
            ("a\n**.\na*„*", "a. a“"),
            ("1\\.\u{A0}kolo\n\n\\-\u{A0}nic", "1\\.\u{A0}kolo\n\n\\-\u{A0}nic"),
            ("````\na\n\n\n```\n````", "````text\na\n\n\n```\n````"),
        ] {
            assert_eq!(blocks(&markup::parse(text, &|_| false)), written, "{text}");
        }
    }

    #[test]
    fn blank_lines_are_left_in_code_alone() {
        for (written, tidied) in [
            ("a\n\n\n```text\nb\n\n\nc\n```\n\n\n", "a\n\n```text\nb\n\n\nc\n```\n"),
            ("- ```text\n  b\n\n\n  c\n  ```\n\n\nd", "- ```text\n  b\n\n\n  c\n  ```\n\nd\n"),
            ("````text\n```\n\n\nb\n````\n\n\nc", "````text\n```\n\n\nb\n````\n\nc\n"),
            ("```a```\n\n\nb", "```a```\n\nb\n"),
        ] {
            assert_eq!(tidy(written), tidied, "{written}");
        }
    }

    /// What is a heading to whoever wrote it is a paragraph of the document.
    fn without_headings(blocks: Vec<Block>) -> Vec<Block> {
        let without = |block| match block {
            Block::Heading(text) => Block::Paragraph(text),
            Block::Quote(inner) => Block::Quote(without_headings(inner)),
            Block::List(start, items) => Block::List(start, items.into_iter().map(without_headings).collect()),
            other => other,
        };
        blocks.into_iter().map(without).collect()
    }

    proptest! {
        /// What a person wrote says the same after it has gone through the document.
        #[test]
        fn text_survives_the_way_through_markdown(text in "[a-z#*_`|<>+=\\-0-9.) \\n„“]{0,80}") {
            let written = markup::parse(&text, &|_| false);
            let read = markup::parse(&blocks(&written), &|_| false);
            // A quotation that begins with a number is one no more when it is read by whoever keeps „> 5“.
            let bare = |blocks: Vec<Block>| markup::plain_text(&without_headings(blocks)).replace("<br>", " ").replace(['`', '\'', '„', '“', '>', '.'], "").split_whitespace().collect::<String>();
            prop_assert_eq!(bare(read), bare(written));
        }
    }
}
