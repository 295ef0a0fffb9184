//! The Markdown of comments and narratives as a small tree that every format is written from.
//! It knows nothing of files or findings; [`crate::rules`] judge what people wrote.
//!
//! Whatever could do harm never gets into the tree: raw HTML stays text, images leave their
//! description, links with other schemes than http(s) and mailto leave their text.

mod bullets;
mod escaping;
mod links;
mod literal;
mod plain;
mod swallowed;

use std::borrow::Cow;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use self::bullets::with_bullets;
pub(crate) use self::bullets::{BULLETS, mark_before_no_break};
pub(crate) use self::escaping::{escape, escape_line_start};
use self::links::link_texts;
pub use self::links::references;
use self::literal::Signs;
pub(crate) use self::literal::continues_date;
pub use self::plain::{append_inlines, plain_text, plain_texts};
use crate::load::limits::MARKDOWN_NESTING;
use crate::model::{MeasureId, is_hidden};
use crate::typography;

/// A paragraph, list or other block.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading within a comment; it must not enter the document's outline.
    Heading(Vec<Inline>),
    /// Items; numbered from a number, or with bullets.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A quotation.
    Quote(Vec<Block>),
    /// Text to be kept as it is.
    Code(String),
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Emphasized.
    Emphasis(Vec<Inline>),
    /// Strongly emphasized.
    Strong(Vec<Inline>),
    /// Text to be kept as it is.
    Code(String),
    /// A link.
    Link(Target, Vec<Inline>),
    /// A line break that was asked for.
    Break,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An http(s) or mailto address.
    Url(String),
    /// A measure of the same document.
    Measure(MeasureId),
}

/// Whether a link may lead there: http(s) and mailto only.
pub fn is_safe_url(url: &str) -> bool {
    let has_odd_chars = url.chars().any(|c| is_hidden(c) || c.is_control() || c.is_whitespace());
    let lower = url.to_ascii_lowercase();
    !has_odd_chars
        && ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| lower.starts_with(scheme) && lower.len() > scheme.len())
}

/// Parses Markdown and sets it by the rules of Czech typography. `is_known` says which measures the
/// document shows, so that a link never leads nowhere.
pub fn parse(text: &str, is_known: &dyn Fn(MeasureId) -> bool) -> Vec<Block> {
    let mut blocks = as_meant(text);
    for_each_paragraph(&mut blocks, &mut |inlines| {
        *inlines = link_texts(std::mem::take(inlines), is_known);
        typeset(inlines);
    });
    blocks
}

/// How often a text is parsed at most: what is no list after all may show another one.
const PASSES: usize = 4;

fn as_meant(text: &str) -> Vec<Block> {
    let mut text = with_bullets(text);
    let mut blocks = Vec::new();
    for _ in 0..PASSES {
        let mut builder = Builder { stack: vec![Frame::Blocks(Container::Root, Vec::new())], n_skipped: 0 };
        let mut signs = Signs::of(&text);
        let mut events = Parser::new_ext(&text, Options::empty()).into_offset_iter();
        while let Some((event, range)) = events.next() {
            signs.take(&event, range, |name| Some(events.reference_definitions().get(name)?.span.start));
            builder.take(event);
        }
        blocks = builder.finish();
        let Some(escaped) = signs.escaped() else { break };
        text = Cow::Owned(escaped);
    }
    blocks
}

enum Container {
    Root,
    Item,
    Quote,
    List(Option<u64>, Vec<Vec<Block>>),
}

enum Wrap {
    Paragraph,
    Heading,
    Emphasis,
    Strong,
    Link(String),
    /// An image leaves its description.
    Bare,
}

enum Frame {
    Blocks(Container, Vec<Block>),
    Inlines(Wrap, Vec<Inline>),
    Code(String),
}

struct Builder {
    stack: Vec<Frame>,
    /// How many elements are open that are nested too deep; only their text is taken.
    n_skipped: usize,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(code) => self.inline(Inline::Code(code.into_string())),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        // A list without its items would lose their text, so both fit or neither does.
        let room = if matches!(tag, Tag::List(_)) { 2 } else { 1 };
        if is_ours(&tag.to_end()) && (self.n_skipped > 0 || self.stack.len() + room > MARKDOWN_NESTING) {
            self.n_skipped += 1;
            return;
        }
        let frame = match tag {
            Tag::Paragraph => Frame::Inlines(Wrap::Paragraph, Vec::new()),
            Tag::Heading { .. } => Frame::Inlines(Wrap::Heading, Vec::new()),
            Tag::List(first) => Frame::Blocks(Container::List(first, Vec::new()), Vec::new()),
            Tag::Item => Frame::Blocks(Container::Item, Vec::new()),
            Tag::BlockQuote(_) => Frame::Blocks(Container::Quote, Vec::new()),
            Tag::CodeBlock(_) => Frame::Code(String::new()),
            Tag::Emphasis => Frame::Inlines(Wrap::Emphasis, Vec::new()),
            Tag::Strong => Frame::Inlines(Wrap::Strong, Vec::new()),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                Frame::Inlines(Wrap::Link(format!("mailto:{dest_url}")), Vec::new())
            }
            Tag::Link { dest_url, .. } => Frame::Inlines(Wrap::Link(dest_url.into_string()), Vec::new()),
            Tag::Image { .. } => Frame::Inlines(Wrap::Bare, Vec::new()),
            Tag::HtmlBlock => Frame::Inlines(Wrap::Paragraph, Vec::new()),
            _ => return,
        };
        self.stack.push(frame);
    }

    fn end(&mut self, tag: TagEnd) {
        if !is_ours(&tag) {
            return;
        }
        if self.n_skipped > 0 {
            self.n_skipped -= 1;
            return;
        }
        // A tight list item has running text without a paragraph around it.
        if matches!(tag, TagEnd::Item | TagEnd::BlockQuote(_))
            && let Some(Frame::Inlines(Wrap::Paragraph, _)) = self.stack.last()
        {
            self.close();
        }
        self.close();
    }

    fn close(&mut self) {
        if self.stack.len() < 2 {
            return;
        }
        match self.stack.pop() {
            Some(Frame::Inlines(Wrap::Paragraph, inlines)) => self.block(Block::Paragraph(inlines)),
            Some(Frame::Inlines(Wrap::Heading, inlines)) => self.block(Block::Heading(inlines)),
            Some(Frame::Inlines(Wrap::Emphasis, inlines)) => self.inline(Inline::Emphasis(inlines)),
            Some(Frame::Inlines(Wrap::Strong, inlines)) => self.inline(Inline::Strong(inlines)),
            Some(Frame::Inlines(Wrap::Link(url), inlines)) if is_safe_url(&url) => {
                self.inline(Inline::Link(Target::Url(url), inlines));
            }
            Some(Frame::Inlines(Wrap::Link(_) | Wrap::Bare, inlines)) => {
                for inline in inlines {
                    match inline {
                        Inline::Text(text) => self.text(&text),
                        other => self.inline(other),
                    }
                }
            }
            Some(Frame::Blocks(Container::Item, blocks)) => {
                if let Some(Frame::Blocks(Container::List(_, items), _)) = self.stack.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Frame::Blocks(Container::List(first, items), _)) => self.block(Block::List(first, items)),
            Some(Frame::Blocks(Container::Quote | Container::Root, blocks)) => self.block(Block::Quote(blocks)),
            Some(Frame::Code(code)) => self.block(Block::Code(code.trim_end().to_owned())),
            None => {}
        }
    }

    fn block(&mut self, block: Block) {
        // A nested list ends the running text of a tight item.
        if let Some(Frame::Inlines(Wrap::Paragraph, _)) = self.stack.last() {
            self.close();
        }
        if let Some(Frame::Blocks(_, blocks)) = self.stack.last_mut() {
            blocks.push(block);
        }
    }

    /// Takes text, which the parser cuts at characters that might have been marks, and joins it again.
    fn text(&mut self, text: &str) {
        match self.stack.last_mut() {
            Some(Frame::Code(code)) => return code.push_str(text),
            Some(Frame::Inlines(_, inlines)) => {
                if let Some(Inline::Text(before)) = inlines.last_mut() {
                    return before.push_str(text);
                }
            }
            _ => {}
        }
        self.inline(Inline::Text(text.to_owned()));
    }

    fn inline(&mut self, inline: Inline) {
        match self.stack.last_mut() {
            Some(Frame::Inlines(_, inlines)) => inlines.push(inline),
            _ => self.stack.push(Frame::Inlines(Wrap::Paragraph, vec![inline])),
        }
    }

    fn finish(mut self) -> Vec<Block> {
        while self.stack.len() > 1 {
            self.close();
        }
        match self.stack.pop() {
            Some(Frame::Blocks(_, blocks)) => blocks,
            _ => Vec::new(),
        }
    }
}

/// Whether an element has a frame of its own.
fn is_ours(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::HtmlBlock
    )
}

fn for_each_paragraph(blocks: &mut [Block], act: &mut dyn FnMut(&mut Vec<Inline>)) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => act(inlines),
            Block::List(_, items) => items.iter_mut().for_each(|item| for_each_paragraph(item, act)),
            Block::Quote(blocks) => for_each_paragraph(blocks, act),
            Block::Code(_) => {}
        }
    }
}

/// Sets the texts of a paragraph, so that quotes pair and small words bind across its pieces.
fn typeset(inlines: &mut [Inline]) {
    let mut runs = Vec::new();
    collect_runs(inlines, &mut runs);
    typography::typeset_runs(&mut runs);
    put_runs_back(inlines, &mut runs.into_iter());
}

/// Stands for a piece that typography must not look into, but that parts the texts around it.
const OBJECT: &str = "\u{FFFC}";

fn collect_runs(inlines: &mut [Inline], runs: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => runs.push(std::mem::take(text)),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => collect_runs(inner, runs),
            Inline::Code(_) | Inline::Break => runs.push(OBJECT.to_owned()),
        }
    }
}

fn put_runs_back(inlines: &mut [Inline], runs: &mut impl Iterator<Item = String>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => *text = runs.next().unwrap_or_default(),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link(_, inner) => put_runs_back(inner, runs),
            Inline::Code(_) | Inline::Break => drop(runs.next()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paragraph(text: &str) -> Vec<Inline> {
        match parse(text, &|_| true).as_slice() {
            [Block::Paragraph(inlines)] => inlines.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn references_and_addresses_become_links() {
        let inlines = paragraph("viz IX/2 a IX/3, dále https://www.datalk.cz/. Konec V/1");
        let links: Vec<&Target> = inlines
            .iter()
            .filter_map(|inline| match inline {
                Inline::Link(target, _) => Some(target),
                _ => None,
            })
            .collect();
        let id = |text| Target::Measure(MeasureId::parse(text).expect("it is one"));
        assert_eq!(links, [&id("IX/2"), &id("IX/3"), &Target::Url("https://www.datalk.cz/".into())]);
    }

    #[test]
    fn addresses_keep_all_their_signs() {
        for (text, address) in [
            ("Viz https://kraj.example.cz/_dokumenty_/a.pdf.", "https://kraj.example.cz/_dokumenty_/a.pdf"),
            ("https://kraj.example.cz/*x*/", "https://kraj.example.cz/*x*/"),
            ("https://a.example.cz/?u=http://b_c.cz/_d_", "https://a.example.cz/?u=http://b_c.cz/_d_"),
            ("(https://cs.example.org/Liberec_(kraj))", "https://cs.example.org/Liberec_(kraj)"),
            ("[zde](https://kraj.example.cz/_a_/)", "https://kraj.example.cz/_a_/"),
            ("<https://kraj.example.cz/_a_/>", "https://kraj.example.cz/_a_/"),
            ("Viz `a` https://kraj.example.cz/_a_/*b*/\\_c_", "https://kraj.example.cz/_a_/*b*/_c_"),
            ("[příloha, https://kraj.example.cz/a], dál", "https://kraj.example.cz/a"),
            ("Viz https://kraj.example.cz/a*.", "https://kraj.example.cz/a"),
        ] {
            let links = paragraph(text).into_iter().filter_map(|inline| match inline {
                Inline::Link(Target::Url(url), _) => Some(url),
                _ => None,
            });
            assert_eq!(links.collect::<Vec<_>>(), [address], "{text}");
        }
        assert_eq!(paragraph("`https://a.cz/_x_/`"), [Inline::Code("https://a.cz/_x_/".to_owned())]);
    }

    #[test]
    fn emphasis_around_addresses_and_lists_with_them_are_read() {
        let link = |url: &str| Inline::Link(Target::Url(url.into()), vec![Inline::Text(url.into())]);
        let viz = || Inline::Text("Viz ".into());
        for (text, expected) in [
            ("**Viz https://a.cz/b_c**", Inline::Strong(vec![viz(), link("https://a.cz/b_c")])),
            ("*Viz https://a.cz/_b_/*", Inline::Emphasis(vec![viz(), link("https://a.cz/_b_/")])),
            ("_Viz https://a.cz/b_", Inline::Emphasis(vec![viz(), link("https://a.cz/b")])),
        ] {
            assert_eq!(paragraph(text), [expected], "{text}");
        }
        let blocks = parse("Odkazy:\n• Web\n    ◦ https://a.cz/_layouts/15/_a_/x", &|_| true);
        assert!(format!("{blocks:?}").contains(&format!("{:?}", link("https://a.cz/_layouts/15/_a_/x"))), "{blocks:?}");
    }

    #[test]
    fn what_could_do_harm_stays_text() {
        assert_eq!(
            plain_text(&parse("a <b onclick=x>b</b> [c](javascript:x) ![d](http://e/f.png)", &|_| true)),
            "a\u{A0}<b onclick=x>b</b> c d"
        );
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "//x.cz",
            "x.html",
            "http://",
            "https://\u{E000}",
            "java\nscript:x",
            " https://x",
        ] {
            assert!(!is_safe_url(url), "{url}");
        }
    }

    #[test]
    fn tight_lists_with_nested_ones_keep_their_order() {
        let blocks = parse("- jedna\n  - vnitřní\n- dvě\n", &|_| true);
        let Some(Block::List(None, items)) = blocks.first() else { panic!("{blocks:?}") };
        assert_eq!(items.len(), 2);
        assert!(matches!(items[0].as_slice(), [Block::Paragraph(_), Block::List(None, _)]), "{items:?}");
    }

    #[test]
    fn what_is_nested_too_deep_keeps_its_text() {
        for (open, close) in [("> ", ""), ("1. ", ""), ("> - ", ""), ("*a **b ", "c** d* ")] {
            let text = format!("{}konec{}", open.repeat(20_000), close.repeat(20_000));
            let blocks = parse(&text, &|_| true);
            assert!(plain_text(&blocks).contains("konec"), "{open}");
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_parser(
            text in "([-*_`#<>\\[\\]()!viz IX/2\n\\PC]{0,20}|(https?://[a-z_*/().]{0,12}){1,3}){0,10}",
        ) {
            parse(&text, &|_| true);
        }
    }
}
