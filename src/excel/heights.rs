//! How high a row must be for its texts to show. Excel does not measure rows that come from a
//! program, and does it badly for wrapped text in a protected sheet, so the lines are counted here,
//! by the widths of letters in Arial; better a line too many than one that is cut.

use unicode_normalization::UnicodeNormalization;

/// Height of a line of ten-point Arial, in points.
pub(crate) const LINE_HEIGHT: f64 = 12.75;
/// The highest row that Excel knows, in points.
pub(crate) const HIGHEST_ROW: f64 = 409.0;

/// Width of the unit of column widths, a digit of ten-point Arial, in thousandths of its height.
const UNIT: f64 = 525.0;
/// What programs differ by.
const CAUTION: f64 = 1.05;

/// The height of a row that holds a text of so many lines, as far as a row can be high.
pub(crate) fn height(n_lines: usize) -> f64 {
    height_wanted(n_lines).min(HIGHEST_ROW)
}

/// The height that a text of so many lines wants.
pub(crate) fn height_wanted(n_lines: usize) -> f64 {
    // A row has a little air above and below.
    f64::from(u32::try_from(n_lines).unwrap_or(u32::MAX)) * LINE_HEIGHT + 4.0
}

/// On how many lines a text stands in a column of this width, in characters.
pub(crate) fn n_lines(text: &str, column_width: f64) -> usize {
    let width = column_width * UNIT / CAUTION;
    text.split('\n').map(|paragraph| n_lines_of_paragraph(paragraph, width)).sum()
}

/// The least of the widths from `narrowest` to `widest` in which all texts show whole in the highest
/// row; the widest where even that is not enough.
pub(crate) fn fitting_width<'a>(texts: impl IntoIterator<Item = &'a str>, narrowest: u32, widest: u32) -> f64 {
    let fits = |text: &str, width: u32| height_wanted(n_lines(text, f64::from(width))) <= HIGHEST_ROW;
    let mut width = narrowest;
    for text in texts {
        while width < widest && !fits(text, width) {
            width += 1;
        }
    }
    f64::from(width)
}

fn n_lines_of_paragraph(paragraph: &str, width: f64) -> usize {
    let space = width_of(' ');
    let mut n_lines = 1;
    let mut used = 0.0;
    for word in paragraph.split(' ') {
        let word_width: f64 = word.chars().map(width_of).sum();
        if used > 0.0 && used + space + word_width > width {
            n_lines += 1;
            used = word_width;
        } else {
            used += if used > 0.0 { space + word_width } else { word_width };
        }
        // A word longer than a line is broken wherever the line ends.
        while used > width {
            n_lines += 1;
            used -= width;
        }
    }
    n_lines
}

/// The advance of a letter in Arial, in thousandths of the font's height.
fn width_of(c: char) -> f64 {
    match std::iter::once(c).nfd().next().unwrap_or(c) {
        'i' | 'j' | 'l' | '\'' | '|' => 222.0,
        ' ' | '\u{A0}' | '.' | ',' | ':' | ';' | '!' | '/' | '\\' | 'f' | 't' | 'I' | '[' | ']' => 278.0,
        'r' | '-' | '(' | ')' | '„' | '“' | '”' => 333.0,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 500.0,
        'F' | 'T' | 'Z' => 611.0,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' => 667.0,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'w' => 722.0,
        'G' | 'O' | 'Q' => 778.0,
        'm' | 'M' => 833.0,
        'W' | '%' | '@' | '—' | '…' => 1000.0,
        _ => 556.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_words_fall() {
        for (text, width, expected) in [
            ("", 10.0, 1),
            ("slovo", 10.0, 1),
            ("slovo slovo", 9.0, 2),
            ("a\nb\n\nc", 10.0, 4),
            ("Nejneobhospodařovávatelnějšího", 10.0, 3),
        ] {
            assert_eq!(n_lines(text, width), expected, "{text}");
        }
    }

    #[test]
    fn a_column_is_widened_until_the_longest_text_shows() {
        let short = "slovo ".repeat(20);
        let long = "slovo ".repeat(400);
        assert!((fitting_width([short.as_str()], 40, 90) - 40.0).abs() < 0.1);
        let width = fitting_width([short.as_str(), &long], 40, 90);
        assert!(width > 40.0 && height(n_lines(&long, width)) <= HIGHEST_ROW, "{width}");
        assert!((fitting_width(["slovo ".repeat(4000).as_str()], 40, 90) - 90.0).abs() < 0.1);
    }
}
