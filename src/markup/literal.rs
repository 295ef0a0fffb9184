//! Signs that Markdown takes for its own although people who never heard of it mean them: a date at the
//! beginning of a line is no item of a list, `> 50` no quotation and `2*3*4` no emphasis.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::typography::MONTHS_OF;

/// Watches how a text is parsed.
pub(super) struct Signs<'t> {
    text: &'t str,
    lists: Vec<List>,
    /// Where a backslash makes a sign plain.
    plain: BTreeSet<usize>,
    /// Line ends that stay such.
    breaks: BTreeSet<usize>,
}

/// A list that is open.
struct List {
    is_numbered: bool,
    items: Vec<Item>,
}

/// An item of it: where its sign stands, its number, and whether only people who mean no list begin so.
struct Item {
    start: usize,
    sign: usize,
    number: Option<u64>,
    is_text: bool,
}

impl<'t> Signs<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, lists: Vec::new(), plain: BTreeSet::new(), breaks: BTreeSet::new() }
    }

    pub(super) fn take(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::List(first)) => {
                self.lists.push(List { is_numbered: first.is_some(), items: Vec::new() });
            }
            Event::Start(Tag::Item) => {
                let item = self.item(range.start);
                if let Some(list) = self.lists.last_mut() {
                    list.items.push(item);
                }
            }
            Event::End(TagEnd::List(_)) => self.end_list(),
            Event::Start(Tag::BlockQuote(_)) => self.quotation(range),
            Event::Start(Tag::Emphasis) => self.emphasis(range, 1),
            Event::Start(Tag::Strong) => self.emphasis(range, 2),
            _ => {}
        }
    }

    /// The text in which what is meant is plain; `None` where it is so already.
    pub(super) fn escaped(self) -> Option<String> {
        if self.plain.is_empty() {
            return None;
        }
        let mut escaped = String::with_capacity(self.text.len() + 2 * self.plain.len() + 2 * self.breaks.len());
        let mut at = 0;
        for &place in self.plain.union(&self.breaks) {
            escaped.push_str(&self.text[at..place]);
            // Two blanks are a line break wherever one can be, and nothing elsewhere.
            escaped.push_str(if self.plain.contains(&place) { "\\" } else { "  " });
            at = place;
        }
        escaped.push_str(&self.text[at..]);
        Some(escaped)
    }

    fn item(&self, start: usize) -> Item {
        let start = start + blanks(&self.text[start..]);
        let rest = &self.text[start..];
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..n_digits].parse().ok();
        let body = rest.get(n_digits + 1..).unwrap_or_default().trim_start_matches([' ', '\t']);
        let is_text = match number {
            Some(day) => rest[n_digits..].starts_with('.') && (1..=31).contains(&day) && continues_date(body),
            None => rest.starts_with('+') && starts_with_digit(body),
        };
        Item { start, sign: start + n_digits, number, is_text }
    }

    fn end_list(&mut self) {
        let Some(List { is_numbered, items }) = self.lists.pop() else { return };
        let is_text = items.iter().any(|item| item.is_text) || is_numbered && is_renumbered(&items);
        if !is_text {
            return;
        }
        for item in items {
            self.plain.insert(item.sign);
            // Each stays on a line of its own.
            let before = self.text[..item.start].trim_end_matches([' ', '\t']);
            let before = before.strip_suffix('\n').map(|before| before.strip_suffix('\r').unwrap_or(before));
            self.breaks.extend(before.filter(|before| !before.is_empty()).map(str::len));
        }
    }

    /// „> 50 %“ is more than a half.
    fn quotation(&mut self, range: Range<usize>) {
        let mut start = range.start;
        for line in self.text[range].split_inclusive('\n') {
            let sign = start + blanks(line);
            if let Some(body) = self.text[sign..start + line.len()].strip_prefix('>')
                && starts_with_digit(body.trim_start_matches([' ', '\t']))
            {
                self.plain.insert(sign);
            }
            start += line.len();
        }
    }

    /// Between digits it is a multiplication.
    fn emphasis(&mut self, range: Range<usize>, n_signs: usize) {
        for signs in [range.start..range.start + n_signs, range.end - n_signs..range.end] {
            let before = signs.start.checked_sub(1).and_then(|at| self.text.as_bytes().get(at));
            let around = [before, self.text.as_bytes().get(signs.end)];
            if self.text[signs.clone()].starts_with('*')
                && around.into_iter().flatten().filter(|byte| byte.is_ascii_digit()).count() == 2
            {
                self.plain.extend(signs);
            }
        }
    }
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a month follows on a day, or a dash and another day: `9. 2024`, `září`, `– 7. 9.`.
fn continues_date(body: &str) -> bool {
    let until = body.trim_start_matches(['-', '–', ' ']);
    if until.len() < body.len() {
        return starts_with_digit(until);
    }
    let n_digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let is_month = body[..n_digits].parse().is_ok_and(|month: u8| (1..=12).contains(&month));
    let word = body.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    is_month && body[n_digits..].starts_with('.') || MONTHS_OF.contains(&word)
}

/// Whether a list, which counts by itself, would say other numbers than were written. Who writes the same
/// one everywhere leaves the counting to the list.
fn is_renumbered(items: &[Item]) -> bool {
    let numbers: Vec<u64> = items.iter().filter_map(|item| item.number).collect();
    let counts_on = numbers.windows(2).all(|pair| pair[0].checked_add(1) == Some(pair[1]));
    let is_the_same = numbers.windows(2).all(|pair| pair[0] == pair[1]);
    !counts_on && !is_the_same
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::markup::{parse, plain_text};
    use crate::render::html;

    fn as_html(text: &str) -> String {
        html::blocks(&parse(text, &|_| false)).replace('\u{A0}', " ").replace('\n', "")
    }

    #[test]
    fn dates_are_no_lists() {
        for (text, expected) in [
            ("5. 9. 2024 vznikla služba.", "<p>5. 9. 2024 vznikla služba.</p>"),
            (
                "5. 9. 2024 vznikla služba.\n20. 1. 2025 druhá.\r\n3. 3. 2025 jedna zanikla.",
                "<p>5. 9. 2024 vznikla služba.<br>20. 1. 2025 druhá.<br>3. 3. 2025 jedna zanikla.</p>",
            ),
            ("Kurzy:\n1. 9. 2024 začal první", "<p>Kurzy:<br>1. 9. 2024 začal první</p>"),
            (
                "31. prosince 2024 skončil\n\n2. ledna 2025 začal",
                "<p>31. prosince 2024 skončil</p><p>2. ledna 2025 začal</p>",
            ),
            ("5. – 7. 9. 2024 kurz", "<p>5. – 7. 9. 2024 kurz</p>"),
            ("01. 02. 2025 kurz", "<p>01. 02. 2025 kurz</p>"),
            (
                "- 5. 9. 2024 vznikla\n- 20. 1. 2025 zanikla",
                "<ul><li>5. 9. 2024 vznikla</li><li>20. 1. 2025 zanikla</li></ul>",
            ),
            ("1. Kurz\n   5. 9. 2024 byl", "<ol><li>Kurz 5. 9. 2024 byl</li></ol>"),
        ] {
            assert_eq!(as_html(text), expected, "{text}");
        }
    }

    #[test]
    fn lists_keep_their_numbers_or_are_none() {
        for (text, expected) in [
            ("1. jedna\n2. dvě", "<ol><li>jedna</li><li>dvě</li></ol>"),
            ("1. jedna\n1. dvě", "<ol><li>jedna</li><li>dvě</li></ol>"),
            ("4. čtyři\n5. pět", "<ol start=\"4\"><li>čtyři</li><li>pět</li></ol>"),
            ("1. 25 osob\n2. 30 osob", "<ol><li>25 osob</li><li>30 osob</li></ol>"),
            ("1. etapa\n3. etapa", "<p>1. etapa<br>3. etapa</p>"),
            ("2) druhá\n1) první", "<p>2) druhá<br>1) první</p>"),
            ("1. etapa\n\n3. etapa", "<p>1. etapa</p><p>3. etapa</p>"),
        ] {
            assert_eq!(as_html(text), expected, "{text}");
        }
    }

    #[test]
    fn signs_before_and_between_numbers_are_kept() {
        for (text, expected) in [
            ("+ 20 % na horách\n+ 5 % ve městech", "<p>+ 20 % na horách<br>+ 5 % ve městech</p>"),
            ("+ kurz", "<ul><li>kurz</li></ul>"),
            ("- 5 % ve městech", "<ul><li>5 % ve městech</li></ul>"),
            ("> 50 % domácností", "<p>&gt; 50 % domácností</p>"),
            ("> 50 osob\n> 60 osob\n", "<p>&gt; 50 osob &gt; 60 osob</p>"),
            ("> citace", "<blockquote><p>citace</p></blockquote>"),
            ("2*3*4 m, 2**3**4", "<p>2*3*4 m, 2**3**4</p>"),
            ("a *3* b", "<p>a <em>3</em> b</p>"),
        ] {
            assert_eq!(as_html(text), expected, "{text}");
        }
    }

    #[test]
    fn code_is_left_alone() {
        assert_eq!(as_html("```\n5. 9. 2024\n2*3*4\n```"), "<pre><code>5. 9. 20242*3*4</code></pre>");
        assert_eq!(as_html("    5. 9. 2024"), "<pre><code>5. 9. 2024</code></pre>");
    }

    proptest! {
        #[test]
        fn what_is_written_of_days_is_read(
            lines in prop::collection::vec(
                "([-*] |> )?([1-9]|[12][0-9]|3[01])\\. ?(([1-9]|1[0-2])\\.|května|– 7\\.) (2024 )?[a-z*]{1,4}\
                |[+>] ?[1-9]{2} [a-z]|[2-9]\\*[2-9]\\*[2-9]",
                1..6,
            ),
        ) {
            let text = lines.join("\n");
            let read = plain_text(&parse(&text, &|_| false)).replace(['\u{A0}', ' '], "");
            for line in lines {
                let written = line.trim_start_matches(|c: char| !c.is_ascii_digit());
                let first = written.split(' ').next().unwrap_or_default();
                prop_assert!(read.contains(first), "{first} of {text:?} in {read:?}");
            }
        }
    }
}
