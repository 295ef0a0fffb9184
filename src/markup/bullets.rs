//! Signs that begin items of lists in other programs, and what Word makes of those of Markdown.

use std::borrow::Cow;

use crate::markup::literal::{blanks, continues_date, starts_with_digit};

/// Signs that begin the items of lists elsewhere.
pub(crate) const BULLETS: [char; 6] = ['•', '·', '▪', '◦', '‣', '●'];

/// What may stand behind the mark of an item.
const BLANKS: [char; 3] = [' ', '\t', '\u{A0}'];

/// What goes down and up.
const MEASURED: [&str; 10] = ["%", "‰", "p. b.", "p.\u{A0}b.", "p.b.", "proc", "Kč", "tis", "mil", "EUR"];

/// The text with the bullets of other programs made those of Markdown, and with a blank behind its own marks,
/// where Word puts a no-break space. A dash begins items where several lines begin with one; a single one may
/// go on with a sentence.
pub(super) fn with_bullets(text: &str) -> Cow<'_, str> {
    let dashed: Vec<&str> = text.split_inclusive('\n').filter(|line| is_item(line, |c| c == '–')).collect();
    let is_of_dashes = dashed.len() > 1 && !dashed.iter().all(|line| is_negative(line));
    let is_bullet = |c: char| BULLETS.contains(&c) || c == '–' && is_of_dashes;
    // A single asterisk may lead to a note below.
    let is_starred = |line: &str| line.trim_start_matches([' ', '\t']).starts_with("*\u{A0}");
    let n_starred = text.split_inclusive('\n').filter(|line| is_starred(line)).count();
    let mark_of = |line: &str| mark_before_no_break(line).filter(|_| n_starred != 1 || !is_starred(line));
    if !text.split_inclusive('\n').any(|line| is_item(line, is_bullet) || mark_of(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if is_item(line, is_bullet) {
            let indent = blanks(line);
            let body = line[indent..].trim_start_matches(|c: char| !c.is_whitespace());
            marked.push_str(&line[..indent]);
            marked.push_str("- ");
            marked.push_str(body.trim_start_matches(BLANKS));
        } else if let Some(mark) = mark_of(line) {
            marked.push_str(&line[..mark]);
            marked.push(' ');
            marked.push_str(line[mark..].trim_start_matches(BLANKS));
        } else {
            marked.push_str(line);
        }
    }
    Cow::Owned(marked)
}

/// Whether a line begins with a bullet. Word writes those of the second level as „o“ before a tab.
fn is_item(line: &str, is_bullet: impl Fn(char) -> bool) -> bool {
    let mut chars = line.trim_start_matches([' ', '\t']).chars();
    match (chars.next(), chars.next()) {
        (Some('o'), Some('\t')) => true,
        (Some(first), Some(' ' | '\t' | '\u{A0}')) => is_bullet(first),
        _ => false,
    }
}

/// Whether the dash that a line begins with is a minus, which a no-break space keeps with its number: one of
/// percents or of money, and no number of something, nor a day or a year.
fn is_negative(line: &str) -> bool {
    let Some(number) = line.trim_start_matches([' ', '\t']).strip_prefix("–\u{A0}") else { return false };
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{A0}' | '\u{202F}' | ',' | '.');
    let unit = number.trim_start_matches(is_of_number);
    starts_with_digit(number) && MEASURED.iter().any(|measured| unit.starts_with(measured))
}

/// Where the mark of Markdown ends that a no-break space follows on. A date is none, nor are a minus („-\u{A0}5 %“)
/// and a dot of thousands („5.\u{A0}000“).
pub(crate) fn mark_before_no_break(line: &str) -> Option<usize> {
    let mark = line.trim_start_matches([' ', '\t']);
    let behind_number = mark.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = behind_number.len() < mark.len();
    let body = if is_number { behind_number.strip_prefix(['.', ')']) } else { mark.strip_prefix(['-', '*']) }?;
    let said = body.strip_prefix('\u{A0}')?.trim_start_matches(BLANKS);
    let n_digits = said.bytes().take_while(u8::is_ascii_digit).count();
    let is_number = if is_number { continues_date(said) || n_digits == 3 } else { n_digits > 0 };
    let is_no_item = said.trim_end().is_empty() || is_number;
    (!is_no_item).then(|| line.len() - body.len())
}

#[cfg(test)]
mod tests {
    use crate::markup::parse;
    use crate::render::html;

    #[test]
    fn bullets_of_other_programs_begin_items() {
        for (text, expected) in [
            (
                "Konalo se:\n•\tsetkání s obcemi\n•\tsetkání s NNO\n   o\tdvě online",
                "<p>Konalo se:</p><ul><li>setkání s obcemi</li><li><p>setkání s NNO</p><ul><li>dvě online</li></ul></li></ul>",
            ),
            ("· a\n▪ b", "<ul><li>a</li><li>b</li></ul>"),
            ("– a\n– b", "<ul><li>a</li><li>b</li></ul>"),
            ("a\n– b", "<p>a – b</p>"),
            ("a • b", "<p>a • b</p>"),
            ("o tom", "<p>o tom</p>"),
            ("Konaly se:\n-\u{A0}kurz\n-\u{A0}\u{A0}dílna", "<p>Konaly se:</p><ul><li>kurz</li><li>dílna</li></ul>"),
            ("*\u{A0}a\n  *\u{A0}b", "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>"),
            ("Kroky:\n1.\u{A0}výběr\n2.\u{A0}nástup", "<p>Kroky:</p><ol><li>výběr</li><li>nástup</li></ol>"),
            ("1.\u{A0}9.\u{A0}2024 kurz", "<p>1. 9. 2024 kurz</p>"),
            ("5.\u{A0}–\u{A0}7. 9. kurz", "<p>5. – 7. 9. kurz</p>"),
            ("změna:\n-\u{A0}5 %\n-\u{A0}7 %", "<p>změna: - 5 % - 7 %</p>"),
            ("změna:\n–\u{A0}5 %\n–\u{A0}7 %", "<p>změna: – 5 % – 7 %</p>"),
            ("–\u{A0}1 000,5\u{A0}Kč\n–\u{A0}7 p.\u{A0}b.", "<p>– 1 000,5 Kč – 7 p. b.</p>"),
            ("–\u{A0}12. 3. kurz\n–\u{A0}14. 3. kurz", "<ul><li>12. 3. kurz</li><li>14. 3. kurz</li></ul>"),
            ("–\u{A0}2024: kurz\n–\u{A0}2025: kurz", "<ul><li>2024: kurz</li><li>2025: kurz</li></ul>"),
            ("–\u{A0}2. etapa\n–\u{A0}3. etapa", "<ul><li>2. etapa</li><li>3. etapa</li></ul>"),
            ("–\u{A0}5 kurzů\n–\u{A0}7 dílen", "<ul><li>5 kurzů</li><li>7 dílen</li></ul>"),
            ("–\u{A0}5 kurzů\n–\u{A0}dílna", "<ul><li>5 kurzů</li><li>dílna</li></ul>"),
            ("– 5 kurzů\n– 7 dílen", "<ul><li>5 kurzů</li><li>7 dílen</li></ul>"),
            ("Osob*\n*\u{A0}bez DPH", "<p>Osob* * bez DPH</p>"),
            ("5.\u{A0}000 osob", "<p>5. 000 osob</p>"),
            ("1. \u{A0}25 osob", "<ol><li> 25 osob</li></ol>"),
        ] {
            assert_eq!(
                html::blocks(&parse(text, &|_| false)).replace('\u{A0}', " ").replace('\n', ""),
                expected,
                "{text}"
            );
        }
    }
}
