//! Signs that begin items of lists in other programs, and what Word makes of those of Markdown.

use std::borrow::Cow;

use crate::markup::literal::{blanks, continues_date, starts_with_digit};

/// Signs that begin the items of lists elsewhere.
pub(crate) const BULLETS: [char; 6] = ['•', '·', '▪', '◦', '‣', '●'];

/// What may stand behind the mark of an item.
const BLANKS: [char; 3] = [' ', '\t', '\u{A0}'];

/// The words of what goes down and up, percents and money.
const UNITS: &str = "% ‰ proc procento procenta procent procentní procentního procentních promile p b p.b pb bod bodu \
                     body bodů kč czk koruna korunu koruny korun € eur euro eura $ usd tis tisíc tisíce mil milion \
                     milionu miliony milionů milión miliónu milióny miliónů mld miliarda miliardu miliardy miliard";

/// Words behind a unit that say from what, where or when something went down or up.
const COMPARING: [&str; 9] = ["oproti", "proti", "vůči", "meziročně", "než", "od", "v", "ve", "u"];

/// The text with the bullets of other programs made those of Markdown, and with a blank behind its own marks,
/// where Word puts a no-break space. A dash begins items where several lines begin with one; a single one may
/// go on with a sentence.
pub(super) fn with_bullets(text: &str) -> Cow<'_, str> {
    let dashed: Vec<&str> = text.split_inclusive('\n').filter(|line| is_item(line, |c| c == '–')).collect();
    let is_of_dashes = dashed.len() > 1 && !dashed.iter().all(|line| is_negative(line));
    let is_bullet = |c: char| BULLETS.contains(&c) || c == '–' && is_of_dashes;
    // A single asterisk may lead to a note below, and a single hyphen before a number be a minus.
    let is_note = said_behind(text, "*\u{A0}").count() == 1;
    let runs: Vec<(&str, bool)> = runs(text).into_iter().map(|run| (run, are_minuses(run))).collect();
    let lines = || runs.iter().flat_map(|&(run, are)| run.split_inclusive('\n').map(move |line| (line, are)));
    let mark_of = |line: &str, are_minuses: bool| {
        let is_none = |end: &usize| match line.as_bytes()[end - 1] {
            b'*' => is_note,
            b'-' => are_minuses,
            _ => false,
        };
        mark_before_no_break(line).filter(|end| !is_none(end))
    };
    if !lines().any(|(line, are_minuses)| is_item(line, is_bullet) || mark_of(line, are_minuses).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len());
    for (line, are_minuses) in lines() {
        if is_item(line, is_bullet) {
            let indent = blanks(line);
            let body = line[indent..].trim_start_matches(|c: char| !c.is_whitespace());
            marked.push_str(&line[..indent]);
            marked.push_str("- ");
            marked.push_str(body.trim_start_matches(BLANKS));
        } else if let Some(mark) = mark_of(line, are_minuses) {
            marked.push_str(&line[..mark]);
            marked.push(' ');
            marked.push_str(line[mark..].trim_start_matches(BLANKS));
        } else {
            marked.push_str(line);
        }
    }
    Cow::Owned(marked)
}

/// The lines between blank ones, with the blank line behind them.
fn runs(text: &str) -> Vec<&str> {
    let (mut runs, mut start, mut end) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        end += line.len();
        if line.trim().is_empty() {
            runs.push(&text[start..end]);
            start = end;
        }
    }
    runs.push(&text[start..]);
    runs
}

/// Whether the hyphens that lines of a run begin with are minuses: all of them, or the only one that there is.
fn are_minuses(run: &str) -> bool {
    let said = || said_behind(run, "-").filter(|said| !said.trim().is_empty());
    let is_single = said().count() == 1;
    said().all(|said| is_measured(said) || is_single && starts_with_digit(said))
}

/// What stands behind a mark and a blank, of each line that begins with it.
fn said_behind<'t>(text: &'t str, mark: &'t str) -> impl Iterator<Item = &'t str> {
    let body = move |line: &'t str| line.trim_start_matches([' ', '\t']).strip_prefix(mark);
    let behind =
        text.split_inclusive('\n').filter_map(body).filter(|said| mark.ends_with(BLANKS) || said.starts_with(BLANKS));
    behind.map(|said| said.trim_start_matches(BLANKS))
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

/// Whether the dash that a line begins with is a minus.
fn is_negative(line: &str) -> bool {
    line.trim_start_matches([' ', '\t']).strip_prefix("–\u{A0}").is_some_and(is_measured)
}

/// Whether what a no-break space keeps with a dash is a number that goes down: one that stands alone or with its unit,
/// but for what it is compared with and where. What else is said of it makes it an item, and so do a day and a year.
fn is_measured(said: &str) -> bool {
    if !starts_with_digit(said) {
        return false;
    }
    let behind = behind_number(said).trim_end();
    let alone = said.trim_end().trim_end_matches([',', ';', '.']);
    let is_year = alone.parse().is_ok_and(|year: u16| (1900..2100).contains(&year));
    if is_year || behind.starts_with('.') {
        return false;
    }
    let is_unit = |word: &str| {
        let word = word.trim_matches(['.', ',', ';', '-', '–']).to_lowercase();
        word.is_empty() || UNITS.split(' ').any(|unit| unit == word)
    };
    let Some(next) = behind.split_whitespace().find(|word| !is_unit(word)) else { return true };
    let has_unit = !behind.trim_start().starts_with(next);
    has_unit && (next.starts_with('(') || COMPARING.contains(&next))
}

/// What stands behind a number, in which there may be a decimal comma or point and signs between thousands.
fn behind_number(text: &str) -> &str {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut behind = &text[digits(text)..];
    loop {
        let mut signs = behind.chars();
        let sign = signs.next();
        let (n_digits, more) = (digits(signs.as_str()), signs.as_str());
        let is_of_number = match sign {
            Some(' ' | '\u{A0}' | '\u{202F}') => n_digits == 3,
            Some('.') => n_digits == 3 || n_digits > 0 && !more[n_digits..].starts_with('.'),
            Some(',') => n_digits > 0,
            _ => false,
        };
        if !is_of_number {
            return behind;
        }
        behind = &more[n_digits..];
    }
}

/// Where the mark of Markdown ends that a no-break space follows on. A date is none, nor is a dot of thousands
/// („5.\u{A0}000“).
pub(crate) fn mark_before_no_break(line: &str) -> Option<usize> {
    let mark = line.trim_start_matches([' ', '\t']);
    let behind_number = mark.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = behind_number.len() < mark.len();
    let body = if is_number { behind_number.strip_prefix(['.', ')']) } else { mark.strip_prefix(['-', '*']) }?;
    let said = body.strip_prefix('\u{A0}')?.trim_start_matches(BLANKS);
    let n_digits = said.bytes().take_while(u8::is_ascii_digit).count();
    let is_no_item = said.trim_end().is_empty() || is_number && (continues_date(said) || n_digits == 3);
    (!is_no_item).then(|| line.len() - body.len())
}

#[cfg(test)]
mod tests {
    use crate::markup::parse;
    use crate::render::html;

    /// Comments as HTML without what does not matter here.
    fn read(text: &str) -> String {
        html::blocks(&parse(text, &|_| false)).replace(['\u{A0}', '\u{202F}'], " ").replace('\n', "")
    }

    #[test]
    fn a_minus_before_a_no_break_space_is_kept_and_an_item_is_one() {
        for (is_list, lines) in [
            (true, ["2 milníky projektu", "3 procesy zavedeny"]),
            (true, ["5 tisíc letáků", "7 tisíc brožur"]),
            (true, ["2 milionová dotace", "3 milionové dotace"]),
            (true, ["20 000 Kč na kurz", "30 000 Kč na dílnu"]),
            (true, ["100 % škol má plán", "80 % obcí má plán"]),
            (true, ["5. bod usnesení", "6. bod"]),
            (true, ["12.3.2024", "14.3.2024"]),
            (true, ["12. 3.", "14. 3."]),
            (true, ["2024", "2025"]),
            (true, ["5 kurzů", "7 dílen"]),
            (true, ["12. 3. kurz", "14. 3. kurz"]),
            (false, ["5 %", "7,5 %."]),
            (false, ["5%,", "1.5%"]),
            (false, ["5 mld. Kč", "3 mil. korun"]),
            (false, ["500 korun", "300 eur"]),
            (false, ["500 €", "5 bodů"]),
            (false, ["20 000,- Kč", "1.000.000 Kč"]),
            (false, ["2 p. b.", "3 procentní body"]),
            (false, ["12", "7"]),
            (true, ["5 v Liberci", "7 (Jablonec)"]),
            (true, ["500 Kč za kurz", "300 Kč pro obce"]),
            (false, ["5 % oproti roku 2022", "7 % (Liberec)"]),
            (false, ["5 % v Liberci", "7 % ve srovnání s Jabloncem"]),
        ] {
            for dash in ["–", "-"] {
                let text = lines.map(|line| format!("{dash}\u{A0}{line}")).join("\n");
                let expected = if is_list {
                    format!("<ul>{}</ul>", lines.map(|line| format!("<li>{line}</li>")).concat())
                } else {
                    format!("<p>{}</p>", lines.map(|line| format!("{dash} {line}")).join(" "))
                };
                assert_eq!(read(&text).replace(' ', ""), expected.replace(' ', ""), "{text}");
            }
        }
    }

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
            ("Změna:\n-\u{A0}12 osob", "<p>Změna: - 12 osob</p>"),
            ("-\u{A0}12 osob\n-\u{A0}kurz", "<ul><li>12 osob</li><li>kurz</li></ul>"),
            ("- kurz\n-\u{A0}12 osob", "<ul><li>kurz</li><li>12 osob</li></ul>"),
            ("*\u{A0}12 osob\n*\u{A0}5 %", "<ul><li>12 osob</li><li>5 %</li></ul>"),
            (
                "-\u{A0}1 koordinátor\n-\u{A0}2 mediátoři\n-\u{A0}5 %",
                "<ul><li>1 koordinátor</li><li>2 mediátoři</li><li>5 %</li></ul>",
            ),
            ("- kurz\n-\u{A0}5 %", "<ul><li>kurz</li><li>5 %</li></ul>"),
            ("- kurz\n\nPočet:\n-\u{A0}5 % oproti 2022", "<ul><li>kurz</li></ul><p>Počet: - 5 % oproti 2022</p>"),
            ("Klienti:\n-12 osob\n-\u{A0}5 % oproti 2022", "<p>Klienti: -12 osob - 5 % oproti 2022</p>"),
            ("–\u{A0}2024,\n–\u{A0}2025.", "<ul><li>2024,</li><li>2025.</li></ul>"),
            ("–\u{A0}2.\n–\u{A0}3.", "<ul><li>2.</li><li>3.</li></ul>"),
            ("–\u{A0}20,5\n–\u{A0}1 950", "<p>– 20,5 – 1 950</p>"),
            (
                "Čerpáno:\n–\u{A0}20 000 Kč na kurz\n–\u{A0}dílna",
                "<p>Čerpáno:</p><ul><li>20 000 Kč na kurz</li><li>dílna</li></ul>",
            ),
            ("Osob*\n*\u{A0}bez DPH", "<p>Osob* * bez DPH</p>"),
            ("5.\u{A0}000 osob", "<p>5. 000 osob</p>"),
            ("1. \u{A0}25 osob", "<ol><li> 25 osob</li></ol>"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
