//! Comments out of cells as Markdown. Nobody wraps lines by hand in a cell, where Alt and Enter begin a
//! new line because one is meant, and in Markdown a single line end is a blank. So each line becomes a
//! paragraph, except that items of lists stay below one another.

use crate::markup::{BULLETS, continues_date};

/// With more blanks before it a paragraph would be a piece of a program.
const DEEPEST: usize = 3;

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
    for (index, line) in text.split('\n').enumerate() {
        let now = (!line.trim().is_empty()).then(|| item(line, has_dashes));
        if index > 0 {
            written.push('\n');
        }
        match (before, now) {
            (Some(before), Some(now)) if !stays_below(before, now) => {
                written.push('\n');
                written.push_str(&shallow(line, now));
            }
            _ => written.push_str(line),
        }
        before = now;
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

/// A line that begins a paragraph.
fn shallow(line: &str, now: Option<Item>) -> String {
    let text = line.trim_start_matches([' ', '\t']);
    let indent = &line[..line.len() - text.len()];
    let is_deep = indent.len() > DEEPEST || indent.contains('\t');
    if now.is_none() && is_deep { format!("{:DEEPEST$}{text}", "") } else { line.to_owned() }
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
