//! Comments out of cells as Markdown. Nobody wraps lines by hand in a cell, where Alt and Enter begin a
//! new line because one is meant, and in Markdown a single line end is a blank. So each line becomes a
//! paragraph, except that items of lists stay below one another.

use std::borrow::Cow;

use crate::markup::{BULLETS, continues_date};
use crate::model::{dedented, indent};

/// With more blanks before it a paragraph would be a piece of a program.
const DEEPEST: usize = 3;
/// With fewer it belongs to no item.
const SHALLOWEST: usize = 2;

/// A line that is an item of a list.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Item {
    Bullet,
    Number(u32),
}

/// The comment of a cell; one that has been through this before stays as it is.
pub(super) fn of_cell(text: &str) -> String {
    let has_dashes = text.lines().filter(|line| sign_before_blank(line) == Some('–')).count() > 1;
    let mut written = String::with_capacity(text.len());
    // What the line before is: none or a blank one, one of text, an item.
    let mut before: Option<Option<Item>> = None;
    // How deep the first item of the list stood to which a line may belong.
    let mut list: Option<usize> = None;
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            written.push('\n');
        }
        if line.trim().is_empty() {
            written.push_str(line);
            before = None;
            continue;
        }
        let now = item(line, has_dashes);
        let begins = before.is_some_and(|before| !stays_below(before, now));
        if begins {
            written.push('\n');
        }
        if now.is_some() && list.is_none() {
            // A list in a program would be none.
            list = Some(indent(line)).map(|indent| if indent > DEEPEST { indent } else { 0 });
        }
        let line = dedented(line, list.unwrap_or(0));
        let line = if now.is_none() && (begins || list.is_none()) { shallow(&line) } else { line };
        if now.is_none() && indent(&line) < SHALLOWEST {
            list = None;
        }
        written.push_str(&line);
        before = Some(now);
    }
    written
}

/// Whether a line needs no blank one before it. Only the first number begins a list below a text.
fn stays_below(before: Option<Item>, now: Option<Item>) -> bool {
    match now {
        None => false,
        Some(Item::Bullet | Item::Number(1)) => true,
        Some(Item::Number(_)) => before.is_some(),
    }
}

/// A line of text that begins a paragraph.
fn shallow(line: &str) -> Cow<'_, str> {
    dedented(line, indent(line).saturating_sub(DEEPEST))
}

fn item(line: &str, has_dashes: bool) -> Option<Item> {
    let line = line.trim_start_matches([' ', '\t']);
    if let Some(sign) = sign_before_blank(line) {
        // A dash begins items where several lines begin with one.
        let is_bullet = matches!(sign, '-' | '*') || BULLETS.contains(&sign) || has_dashes && sign == '–';
        return is_bullet.then_some(Item::Bullet);
    }
    let n_digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let number = line[..n_digits].parse().ok()?;
    let body = line[n_digits..].strip_prefix(['.', ')'])?;
    let said = body.trim_start_matches(is_blank);
    (said.len() < body.len() && !continues_date(said)).then_some(Item::Number(number))
}

/// The one sign that stands at the beginning of a line before a blank; „1“ is none.
fn sign_before_blank(line: &str) -> Option<char> {
    let mut chars = line.trim_start_matches([' ', '\t']).chars();
    let sign = chars.next().filter(|sign| !sign.is_alphanumeric())?;
    chars.next().is_some_and(is_blank).then_some(sign)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::markup::parse;
    use crate::render::html;

    #[test]
    fn each_line_is_a_paragraph_and_items_stay_below_one_another() {
        for (cell, expected) in [
            ("První řádek.\nDruhý řádek.", "První řádek.\n\nDruhý řádek."),
            ("a\n\nb\n\n\nc", "a\n\nb\n\n\nc"),
            ("a\n \nb", "a\n \nb"),
            ("Konalo se:\n- a\n- b\nKonec.", "Konalo se:\n- a\n- b\n\nKonec."),
            ("* a\n• b\n· c\n▪ d\n•\te\n•\u{A0}f", "* a\n• b\n· c\n▪ d\n•\te\n•\u{A0}f"),
            ("Konalo se:\n– a\n– b", "Konalo se:\n– a\n– b"),
            ("Konalo se,\n– a pak nic.", "Konalo se,\n\n– a pak nic."),
            ("Kroky:\n1. a\n2) b\n10. c", "Kroky:\n1. a\n2) b\n10. c"),
            ("1. a\ndál\n2. b", "1. a\n\ndál\n\n2. b"),
            ("- a\n  - b\n  dál\n      ještě", "- a\n  - b\n\n  dál\n\n   ještě"),
            ("a\n    b\n\tc", "a\n\n   b\n\n   c"),
            ("a\n\n    b\n\n\tc", "a\n\n   b\n\n   c"),
            ("    a\nb", "   a\n\nb"),
            ("a\n\n    • b\n      • c\n\n    • d\n\n      e\nf", "a\n\n• b\n  • c\n\n• d\n\n  e\n\nf"),
            ("a\n\t1. b\n\t2. c", "a\n1. b\n2. c"),
            ("- a\n\n      b\nc\n\n    d", "- a\n\n      b\n\nc\n\n   d"),
            ("- a\nb\n    - c", "- a\n\nb\n- c"),
            ("a\n5. 9. 2024 b\n20. ledna c\n5. – 7. 9. d", "a\n\n5. 9. 2024 b\n\n20. ledna c\n\n5. – 7. 9. d"),
            ("a\n-5 %\n2,5 mil.\n12.\n1.1 b\n---", "a\n\n-5 %\n\n2,5 mil.\n\n12.\n\n1.1 b\n\n---"),
            ("", ""),
        ] {
            assert_eq!(of_cell(cell), expected, "{cell:?}");
        }
    }

    #[test]
    fn no_two_lines_run_together_in_the_report() {
        let cell = "Služba vznikla.\n    Má 4 lidi.\nKroky:\n1. výběr\nbyl dlouhý\n2. nástup\n- v lednu\nHotovo.";
        let written = html::blocks(&parse(&of_cell(cell), &|_| false)).replace('\u{A0}', " ").replace('\n', "");
        assert_eq!(
            written,
            "<p>Služba vznikla.</p><p>Má 4 lidi.</p><p>Kroky:</p><ol><li>výběr</li></ol><p>byl dlouhý</p>\
             <ol start=\"2\"><li>nástup</li></ol><ul><li>v lednu</li></ul><p>Hotovo.</p>"
        );
    }

    proptest! {
        #[test]
        fn what_has_been_through_it_stays_as_it_is(cell in "[ \\t\u{A0}\\n\\n\\n12.)a–•-]{0,30}") {
            let once = of_cell(&cell);
            prop_assert_eq!(of_cell(&once), once);
        }
    }
}
