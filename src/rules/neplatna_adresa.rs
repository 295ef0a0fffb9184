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
    explanation: "Adresy v klíči „otevrena_data“ se přepisují do záznamů pro katalog otevřených dat a programy podle nich data hledají. Webová adresa proto začíná https:// nebo http:// a nejsou v ní mezery, v e-mailové je jeden zavináč.",
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

/// A text that is no e-mail address.
pub fn email(text: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, text.place, format!("„{}“ není e-mailová adresa", one_line(&text.value)))
        .help("napište jednu adresu ve tvaru podatelna@example.cz")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{FILES, findings, helps, mended};

    const PATH: &str = "strategie.yaml";

    fn strategy(address: &str, email: &str) -> String {
        let text = FILES.iter().find(|(path, _)| *path == PATH).map_or("", |(_, text)| text);
        let web = "https://example.cz/";
        format!(
            "{text}otevrena_data:\n\x20 adresa: {address}\n\x20 poskytovatel: {web}\n\x20 prvek_ruian: {web}\n\
             \x20 temata: [{web}]\n\x20 periodicita: {web}\n\x20 klicova_slova: [strategie]\n\
             \x20 podminky_uziti: {{autorske_dilo: {web}, databaze: {web}, zvlastni_prava: {web}, osobni_udaje: {web}}}\n\
             \x20 kontakt: {{jmeno: odbor, email: {email}}}\n"
        )
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
    fn addresses_are_not_found() {
        let text = strategy("https://example.cz/strategie/", "odbor@example.cz");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
