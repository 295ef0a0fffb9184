//! Numbers as people type them.

/// Reads a number as people type it: `12`, `1 250`, `12,5`, `1 250,75`.
///
/// Blanks may only part thousands, so that `12 5` is no number; nor is what [`has_unclear_dot`].
pub fn parse_number(text: &str) -> Option<f64> {
    let mut text = text.trim().replace(['\u{A0}', '\u{202F}'], " ");
    while text.contains("  ") {
        text = text.replace("  ", " ");
    }
    if has_unclear_dot(&text) {
        return None;
    }
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((&text, "0"));
    let (sign, whole) = whole.strip_prefix(['-', '−']).map_or((1.0, whole), |rest| (-1.0, rest));
    let groups: Vec<&str> = whole.split(' ').collect();
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    if !groups.iter().all(|group| is_digits(group)) || !is_grouped || !is_digits(fraction) {
        return None;
    }
    format!("{}.{fraction}", groups.concat())
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
        .map(|number| sign * number)
}

/// Whether a dot may part thousands as well as decimals: `1.250` is 1 250 to some and 1,25 to others.
pub fn has_unclear_dot(text: &str) -> bool {
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.trim().split_once('.').is_some_and(|(whole, fraction)| {
        matches!(whole.len(), 1..=3)
            && !whole.starts_with('0')
            && fraction.len() == 3
            && is_digits(whole)
            && is_digits(fraction)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, number) in [
            ("12", Some(12.0)),
            ("1 250", Some(1250.0)),
            ("1  250 \u{A0}000", Some(1_250_000.0)),
            ("12  5", None),
            ("1\u{A0}250,75", Some(1250.75)),
            ("12,5", Some(12.5)),
            ("12.5", Some(12.5)),
            ("-3", Some(-3.0)),
            ("12 5", None),
            ("1250 000", None),
            ("asi 12", None),
            ("12,", None),
            ("", None),
            ("1,2,3", None),
            ("NaN", None),
            ("1e5", None),
        ] {
            assert_eq!(parse_number(text), number, "{text}");
        }
    }
}
