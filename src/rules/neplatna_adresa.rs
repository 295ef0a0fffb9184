//! A web or e-mail address that is none.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::one_line;
use crate::model::open_data::WebAddress;
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatna-adresa",
    severity: Severity::Error,
    title: "Neplatná webová nebo e-mailová adresa",
    explanation: "Adresy v klíči „otevrena_data“ se přepisují do záznamů pro katalog otevřených dat a programy podle nich data hledají. Webová adresa proto začíná https:// nebo http:// a nejsou v ní mezery, v e-mailové je jeden zavináč. Území, témata a periodicitu katalog pozná jen podle adres z RÚIAN a z evropských číselníků, a to i s tím http:// nebo https://, které v nich stojí.",
    example: "otevrena_data:\n  adresa: www.example.cz/strategie",
    mend: "Napište celou adresu včetně https:// na začátku, v e-mailové adrese doplňte, co chybí.",
    checks: &[],
};

/// A text that is no web address.
pub fn web(text: &Text) -> Diagnostic {
    let written = one_line(&text.value);
    let diagnostic = Diagnostic::new(&RULE, text.place, format!("„{written}“ není webová adresa"));
    let guess = format!("https://{written}");
    if written.contains('.') && !written.contains(':') && WebAddress::parse(&guess).is_some() {
        return diagnostic.help(format!("napište „{guess}“")).replace_with(guess);
    }
    diagnostic.help("napište celou adresu bez mezer, která začíná https:// nebo http://")
}

/// An address that is not one of the list at `beginning`.
pub fn elsewhere(text: &Text, beginning: &str) -> Diagnostic {
    let written = one_line(&text.value);
    let diagnostic = Diagnostic::new(&RULE, text.place, format!("„{written}“ není adresa položky pod „{beginning}“"));
    let without_scheme = |address: &str| address.split_once("://").map_or(String::new(), |(_, rest)| rest.to_owned());
    match without_scheme(&written).strip_prefix(&without_scheme(beginning)).filter(|item| !item.is_empty()) {
        Some(item) => {
            let meant = format!("{beginning}{item}");
            diagnostic.help(format!("napište „{meant}“")).replace_with(meant)
        }
        None => diagnostic.help("katalog otevřených dat jinou nepřijme; napište celou adresu, která tak začíná"),
    }
}

/// An address that ends before something could be added to it.
pub fn no_folder(text: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, text.place, format!("„{}“ není adresa složky", one_line(&text.value)))
        .help("vynechte „?“ nebo „#“ a co je za nimi; za adresu složky se připojuje rok a jméno souboru")
}

/// A text that is no e-mail address.
pub fn email(text: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, text.place, format!("„{}“ není e-mailová adresa", one_line(&text.value)))
        .help("napište jednu adresu ve tvaru podatelna@example.cz")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::open_data::{FREQUENCIES, TERRITORIES, THEMES};
    use crate::rules::testing::{findings, helps, mended, open_data};

    const PATH: &str = "strategie.yaml";

    fn strategy(address: &str, email: &str) -> String {
        open_data(&[("https://example.cz/strategie/", address), ("odbor@example.cz", email)])
    }

    #[test]
    fn what_is_no_address_is_found_where_it_stands() {
        let text = strategy("www.example.cz/data", "odbor");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            [
                format!("{PATH}:13:11: „www.example.cz/data“ není webová adresa"),
                format!("{PATH}:20:34: „odbor“ není e-mailová adresa"),
            ]
        );
        assert_eq!(mended(&RULE, &[(PATH, &text)]), ["  adresa: https://www.example.cz/data"]);
        for address in ["naše stránky", "ftp://example.cz/", "\"https://example.cz/naše data\""] {
            assert_eq!(
                helps(&RULE, &[(PATH, &strategy(address, "odbor@example.cz"))]),
                ["napište celou adresu bez mezer, která začíná https:// nebo http://"],
                "{address}"
            );
        }
    }

    #[test]
    fn an_address_of_no_list_is_found_and_one_of_another_scheme_mended() {
        for (beginning, item) in [(TERRITORIES, "vusc/51"), (THEMES, "SOCI"), (FREQUENCIES, "BIENNIAL")] {
            let other = |of: &str, with: &str| beginning.replace(of, with);
            let of_other_scheme =
                if beginning.starts_with("https:") { other("https:", "http:") } else { other("http:", "https:") };
            for (written, help) in [
                (format!("{of_other_scheme}{item}"), format!("napište „{beginning}{item}“")),
                (
                    beginning.to_owned(),
                    String::from("katalog otevřených dat jinou nepřijme; napište celou adresu, která tak začíná"),
                ),
                (
                    "https://example.cz/x".to_owned(),
                    String::from("katalog otevřených dat jinou nepřijme; napište celou adresu, která tak začíná"),
                ),
            ] {
                let text = open_data(&[(&format!("{beginning}{item}"), &written)]);
                let found = findings(&RULE, &[(PATH, &text)]);
                assert!(
                    found.concat().ends_with(&format!("„{written}“ není adresa položky pod „{beginning}“")),
                    "{found:?}"
                );
                assert_eq!(helps(&RULE, &[(PATH, &text)]), [help]);
            }
        }
        let text = open_data(&[(
            "http://publications.europa.eu/resource/authority/f",
            "https://publications.europa.eu/resource/authority/f",
        )]);
        assert_eq!(mended(&RULE, &[(PATH, &text)]), [format!("  periodicita: {FREQUENCIES}BIENNIAL")]);
    }

    #[test]
    fn an_address_to_which_no_path_can_be_added_is_found() {
        for address in ["https://example.cz/x#y", "https://example.cz/?x=1"] {
            let text = strategy(address, "odbor@example.cz");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:13:11: „{address}“ není adresa složky")]);
        }
    }

    #[test]
    fn addresses_are_not_found() {
        let text = strategy("https://example.cz/strategie/", "odbor@example.cz");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
