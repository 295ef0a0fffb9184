//! What a person wrote and the parser takes without a word: definitions of addresses, and the backslashes of
//! paths. It says at which signs, and knows nothing of what becomes of them.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memchr_iter;
use pulldown_cmark::{Event, LinkType, Tag};

use crate::markup::is_safe_url;

/// Watches which bytes of a text no event is about.
pub(super) struct Swallowed<'t> {
    text: &'t str,
    /// How far events have said what stands there.
    told: usize,
    /// How far pieces of running text have.
    told_inside: usize,
    /// The signs that begin definitions.
    definitions: BTreeSet<usize>,
    /// Definitions that a link leads by.
    used: BTreeSet<usize>,
    paths: OnceCell<Vec<Range<usize>>>,
    /// Signs of paths.
    signs: Vec<usize>,
}

impl<'t> Swallowed<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            text,
            told: 0,
            told_inside: 0,
            definitions: BTreeSet::new(),
            used: BTreeSet::new(),
            paths: OnceCell::new(),
            signs: Vec::new(),
        }
    }

    /// Takes an event; `definition` finds where the definition of a name begins.
    pub(super) fn take(&mut self, event: &Event<'_>, range: Range<usize>, definition: impl Fn(&str) -> Option<usize>) {
        match event {
            Event::Start(Tag::List(_) | Tag::Item | Tag::BlockQuote(_)) | Event::End(_) => return,
            // A name alone in brackets is a footnote or an aside, and whoever wrote it wants to see it.
            Event::Start(Tag::Link { link_type: LinkType::Reference | LinkType::Collapsed, dest_url, id, .. })
                if is_safe_url(dest_url) =>
            {
                self.used.extend(definition(id))
            }
            Event::Text(_) => self.backslash_before(range.start),
            Event::HardBreak => self.backslash_at_line_end(range.start),
            _ => {}
        }
        self.gap(range.start);
        self.told = self.told.max(range.end);
        if !matches!(event, Event::Start(_)) {
            self.told_inside = self.told_inside.max(range.end);
        }
    }

    /// The signs that are to be plain.
    pub(super) fn signs(mut self) -> impl Iterator<Item = usize> {
        self.gap(self.text.len());
        let Self { definitions, used, signs, .. } = self;
        definitions.into_iter().filter(move |at| !used.contains(at)).chain(signs)
    }

    /// A bracket that begins a line there, but for the marks of lists and quotations, begins a definition.
    fn gap(&mut self, end: usize) {
        let Some(gap) = self.text.get(self.told..end) else { return };
        let mut start = self.told;
        for line in gap.split_inclusive('\n') {
            let is_mark = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')');
            let sign = line.trim_start_matches(is_mark);
            if sign.starts_with('[') {
                self.definitions.insert(start + line.len() - sign.len());
            }
            start += line.len();
        }
    }

    /// A backslash that breaks the line is the last sign of a path that ends there.
    fn backslash_at_line_end(&mut self, backslash: usize) {
        let paths = self.paths.get_or_init(|| paths(self.text).collect());
        let word = self.text[..backslash].rsplit(ends_path).next().unwrap_or_default();
        let is_drive = matches!(word.as_bytes(), [letter, b':'] if letter.is_ascii_alphabetic());
        let is_path = is_drive || paths.iter().any(|path| path.end == backslash + 1);
        if is_path && self.text[backslash..].starts_with('\\') {
            self.signs.push(backslash);
        }
    }

    /// A backslash that makes the next sign plain is a part of a path within one.
    fn backslash_before(&mut self, sign: usize) {
        if self.told_inside >= sign || !self.text[..sign].ends_with('\\') || self.text[sign..].starts_with('<') {
            return;
        }
        let backslash = sign - 1;
        let paths = self.paths.get_or_init(|| paths(self.text).collect());
        let Some(path) = paths.get(paths.partition_point(|path| path.end <= backslash)) else { return };
        // Two of them within a path are one that somebody made plain, who knows how to.
        let is_beside_one = self.text[..backslash].ends_with('\\') || self.text[sign..].starts_with('\\');
        let is_doubled = is_beside_one && backslash != path.start;
        if path.contains(&backslash) && !is_doubled {
            self.signs.extend([backslash, sign]);
        }
    }
}

/// Paths as Windows writes them, `D:\data` and `\\server\data`, but for those whose backslashes are doubled.
fn paths(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut behind = 0;
    memchr_iter(b'\\', text.as_bytes()).filter_map(move |backslash| {
        let before = text.get(behind..backslash)?;
        let start = before.rfind(ends_path).map_or(behind, |at| {
            let sign = text[behind + at..].chars().next().map_or(0, char::len_utf8);
            behind + at + sign
        });
        let length = text[backslash..].find(ends_path).unwrap_or(text.len() - backslash);
        behind = backslash + length;
        is_path(&text[start..behind]).then_some(start..behind)
    })
}

fn ends_path(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '„' | '“' | '”' | '‚' | '‘' | '(' | '[' | '<' | '`')
}

fn is_path(word: &str) -> bool {
    let folder = match word.strip_prefix("\\\\") {
        Some(server) if server.starts_with(char::is_alphanumeric) => server.split_once('\\').map(|(_, rest)| rest),
        _ => word.strip_prefix(|c: char| c.is_ascii_alphabetic()).and_then(|rest| rest.strip_prefix(":\\")),
    };
    folder.is_some_and(|folder| !folder.is_empty() && !folder.starts_with('\\'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::markup::{parse, plain_text};
    use crate::render::{html, markdown};

    /// What documents say of a text, also when it is read again out of the one in Markdown.
    fn as_html(text: &str) -> String {
        let blocks = parse(text, &|_| false);
        let again = parse(&markdown::blocks(&blocks), &|_| false);
        let [written, read] =
            [blocks, again].map(|blocks| html::blocks(&blocks).replace('\u{A0}', " ").replace('\n', ""));
        assert_eq!(written, read, "{text}");
        written
    }

    #[test]
    fn definitions_that_no_link_needs_are_text() {
        let link = |url: &str| format!("<a href=\"{url}\">{url}</a>");
        for (text, expected) in [
            ("Stav je dobrý.\n\n[Zdroj]: ČSÚ", "<p>Stav je dobrý.</p><p>[Zdroj]: ČSÚ</p>".to_owned()),
            ("[Zdroj]: https://a.cz/b", format!("<p>[Zdroj]: {}</p>", link("https://a.cz/b"))),
            ("[1]: (Zákon) \"x\"", "<p>[1]: (Zákon) „x“</p>".to_owned()),
            ("- [Pozn.]: údaj\n- [Pozn.]: údaj", "<ul><li>[Pozn.]: údaj</li><li>[Pozn.]: údaj</li></ul>".to_owned()),
            ("> [a]: b\n\nc", "<blockquote><p>[a]: b</p></blockquote><p>c</p>".to_owned()),
            (
                "a\n\n[b]: c\n[d]: e\n\n[b]: f\n\n`x`",
                "<p>a</p><p>[b]: c [d]: e</p><p>[b]: f</p><p><code>x</code></p>".to_owned(),
            ),
            (
                "Viz [1], [2].\n\n[1]: https://a.cz\n\n[2]: Vyhláška",
                format!("<p>Viz [1], [2].</p><p>[1]: {}</p><p>[2]: Vyhláška</p>", link("https://a.cz")),
            ),
            (
                "[zde][1], [dál][2]\n\n[1]: https://a.cz\n[2]: b",
                "<p><a href=\"https://a.cz\">zde</a>, [dál][2]</p><p>[2]: b</p>".to_owned(),
            ),
            ("Konec\n\n    [a]: b", "<p>Konec</p><pre><code>[a]: b</code></pre>".to_owned()),
        ] {
            assert_eq!(as_html(text), expected, "{text}");
        }
    }

    #[test]
    fn paths_keep_their_backslashes() {
        for (text, expected) in [
            (r"Je na \\kulk\dokumenty\OSV.", r"Je na \\kulk\dokumenty\OSV."),
            (r"\\fs01\_spolecne\-x, *a*", r"\\fs01\_spolecne\-x, <em>a</em>"),
            (r"(D:\#data\_x_\), „c:\!a“", r"(D:\#data\_x_\), „c:\!a“"),
            (r"D:\data\\\_x", r"D:\data\_x"),
            ("data jsou v D:\\data\\\na dál", r"data jsou v D:\data\ a dál"),
            ("na D:\\\r\na \\\\kulk\\a\\\r\ndál", r"na D:\ a \\kulk\a\ dál"),
            (r"\\\\kulk\\data, D:\\data, a\*b\*c, \# d, \kulk", r"\\kulk\data, D:\data, a*b*c, # d, \kulk"),
            (r"D:\a\<b> \<c>", "D:\\a&lt;b&gt; &lt;c&gt;"),
            (r"`D:\#data` x", r"<code>D:\#data</code> x"),
        ] {
            assert_eq!(as_html(text), format!("<p>{expected}</p>"), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_word_is_lost(
            lines in prop::collection::vec(
                "\n?(- |> |[2-9]\\. |  )?(\\[[ab]\\]:? )?([a-c]{1,3}|`[a-c]`|D:\\\\[#a_]b?|\\\\\\\\a\\\\_b|\\[[ab]\\]|<[ab]>)( \"[a-c]\")?",
                1..8,
            ),
        ) {
            let text = lines.join("\n");
            let marks = |c: char| c.is_whitespace() || "-`>\"„“.:".contains(c) || c.is_ascii_digit();
            let read = plain_text(&parse(&text, &|_| false)).replace(marks, "");
            prop_assert_eq!(read.replace(';', ""), text.replace(marks, ""), "{}", text);
        }
    }
}
