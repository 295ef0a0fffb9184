//! A resolution of a comment that is none of the four.

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::model::{Resolution, one_line};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "nezname-vyporadani",
    severity: Severity::Error,
    title: "Neznámé vypořádání připomínky",
    explanation: "Připomínka se vypořádá jedním ze čtyř způsobů: přijato, přijato částečně, nepřijato, nebo vysvětleno. Na velikosti písmen nezáleží; proč se tak stalo, patří do klíče „oduvodneni“.",
    example: "vyporadani: prijato",
    mend: "Napište jeden ze čtyř způsobů.",
    checks: &[],
};

/// What is longer was not meant as a resolution, in characters.
const LONGEST_RESOLUTION: usize = 40;

/// A text that is no resolution.
pub fn finding(text: &Text) -> Diagnostic {
    let mut written = one_line(&text.value);
    let is_reason = written.chars().count() > LONGEST_RESOLUTION;
    if is_reason {
        written = format!("{}…", written.chars().take(LONGEST_RESOLUTION).collect::<String>());
    }
    let diagnostic = Diagnostic::new(&RULE, text.place, format!("neznámé vypořádání „{written}“"));
    let spellings = Resolution::ALL.into_iter().flat_map(|resolution| resolution.spellings().iter().copied());
    match nearest(&text.value, spellings).and_then(Resolution::parse).map(Resolution::code) {
        Some(code) => diagnostic.meant(code),
        None if is_reason => diagnostic.help("vypadá to jako odůvodnění; patří do klíče či sloupce „oduvodneni“"),
        None => diagnostic.help("napište přijato, přijato částečně, nepřijato, nebo vysvětleno"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{findings, helps, mended};

    const PATH: &str = "obdobi/2023/pripominky.yaml";

    fn settled(resolution: &str) -> String {
        format!(
            "pripominky:\n  - subjekt: OZ\n    cast: Úvod\n    text: Doplňte čísla.\n    vyporadani: {resolution}\n    oduvodneni: Tak.\n"
        )
    }

    #[test]
    fn a_misspelled_resolution_is_found_and_mended() {
        for (written, meant) in
            [("prijato", "přijato"), ("castecne prijato", "přijato částečně"), ("neprijato", "nepřijato")]
        {
            let text = settled(written);
            let expected = format!("{PATH}:5:17: neznámé vypořádání „{written}“");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [expected]);
            assert_eq!(mended(&RULE, &[(PATH, &text)]), [format!("    vyporadani: {meant}")]);
        }
    }

    #[test]
    fn a_reason_in_its_place_is_found_and_shortened() {
        let text = settled("Připomínce se vyhovuje, text úvodu byl doplněn o počty.");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            [format!("{PATH}:5:17: neznámé vypořádání „Připomínce se vyhovuje, text úvodu byl d…“")]
        );
        let forty = "Připomínce se vyhovuje a úvod se doplní.";
        let whole = format!("{PATH}:5:17: neznámé vypořádání „{forty}“");
        assert_eq!(findings(&RULE, &[(PATH, &settled(forty))]), [whole]);
        assert_eq!(
            helps(&RULE, &[(PATH, &text)]),
            ["vypadá to jako odůvodnění; patří do klíče či sloupce „oduvodneni“"]
        );
        assert_eq!(
            helps(&RULE, &[(PATH, &settled("vyhověno"))]),
            ["napište přijato, přijato částečně, nepřijato, nebo vysvětleno"]
        );
    }

    #[test]
    fn spellings_that_are_understood_are_not_found() {
        for resolution in ["Přijato", "částečně přijato", "VYSVĚTLENO", "neakceptováno", ""] {
            assert_eq!(findings(&RULE, &[(PATH, &settled(resolution))]), [""; 0], "{resolution}");
        }
    }
}
