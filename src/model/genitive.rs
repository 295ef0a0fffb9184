//! The genitive of what the strategy is called. Documents need it in „Informace o naplňování …“, and
//! only the region knows it for sure.

use crate::typography::typeset;

/// What the strategy is called, in the genitive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Genitive {
    /// Of the full name.
    pub name: String,
    /// Of the short name.
    pub short_name: String,
}

/// Beginnings of names whose genitive is the same: „Strategie“, „Koncepce“, „Vize“.
const SAME_IN_GENITIVE: [&str; 3] = ["ie", "ce", "ze"];

/// What can stand in the place of a genitive that nobody wrote down: the name itself where its
/// genitive is the same, otherwise words that need no case of it.
pub fn without_case(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    // „Koncepce a plán“ has another noun, whose genitive nobody knows.
    let joins = |word: &str| matches!(word, "a" | "i" | "nebo" | "či" | "&" | "-" | "–" | "—");
    let has_another = words.next().is_some_and(|second| joins(second) || second.ends_with(','));
    let is_same = !has_another && SAME_IN_GENITIVE.iter().any(|ending| first.ends_with(ending));
    if first.is_empty() || is_same { name.to_owned() } else { format!("dokumentu „{}“", with_inner_quotes(name)) }
}

/// The name with the quotation marks that stand within others.
fn with_inner_quotes(name: &str) -> String {
    if !name.contains(['"', '„', '“', '”']) {
        return name.to_owned();
    }
    typeset(name).replace('„', "‚").replace('“', "‘")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_a_known_genitive_needs_no_case() {
        for (name, expected) in [
            ("Strategie sociálního začleňování", "Strategie sociálního začleňování"),
            ("KONCEPCE 2030", "KONCEPCE 2030"),
            ("Vize", "Vize"),
            ("Plán podpory rodin", "dokumentu „Plán podpory rodin“"),
            ("Cíle kraje", "dokumentu „Cíle kraje“"),
            ("Krajská strategie", "dokumentu „Krajská strategie“"),
            ("Koncepce a akční plán rodinné politiky", "dokumentu „Koncepce a akční plán rodinné politiky“"),
            ("Strategie prevence, plán pomoci", "dokumentu „Strategie prevence, plán pomoci“"),
            ("Strategie nebo plán", "dokumentu „Strategie nebo plán“"),
            ("Koncepce – akční plán", "dokumentu „Koncepce – akční plán“"),
            ("Strategie péče a pomoci", "Strategie péče a pomoci"),
            ("Plán \"Rodina\" pro Vysočinu", "dokumentu „Plán ‚Rodina‘ pro Vysočinu“"),
            ("Plán „Rodina“", "dokumentu „Plán ‚Rodina‘“"),
            ("Strategie \"Rodina\"", "Strategie \"Rodina\""),
            ("", ""),
        ] {
            assert_eq!(without_case(name), expected);
        }
    }
}
