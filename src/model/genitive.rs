//! The genitive of what the strategy is called. Documents need it in „Informace o naplňování …“, and
//! only the region knows it for sure.

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
    let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
    if first.is_empty() || SAME_IN_GENITIVE.iter().any(|ending| first.ends_with(ending)) {
        name.to_owned()
    } else {
        format!("dokumentu „{name}“")
    }
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
            ("", ""),
        ] {
            assert_eq!(without_case(name), expected);
        }
    }
}
