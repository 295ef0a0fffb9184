//! What only the publisher of open data knows: where they will lie, whose they are, how they may be
//! used. It is written in `strategie.yaml` and nowhere made up.

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::load::yaml::{Node, Value};
use crate::rules::{chybejici_klic, neplatna_adresa};
use crate::source::{Located, Text};

/// Where the items stand that the norm for records of the national catalogue wants: regions, themes and
/// how often data change. The scheme is part of the name, even where the server would take another.
pub const TERRITORIES: &str = "https://linked.cuzk.cz/resource/ruian/";
/// See [`TERRITORIES`].
pub const THEMES: &str = "http://publications.europa.eu/resource/authority/data-theme/";
/// See [`TERRITORIES`].
pub const FREQUENCIES: &str = "http://publications.europa.eu/resource/authority/frequency/";

/// The publisher's part of the metadata. The keys are those of the data.
#[derive(Debug, Clone, Serialize)]
pub struct OpenData {
    /// The folder that holds a folder a period; ends with a slash.
    #[serde(rename = "adresa")]
    pub address: WebAddress,
    /// The publisher in the register of public bodies.
    #[serde(rename = "poskytovatel")]
    pub publisher: WebAddress,
    /// The region in the register of territorial units.
    #[serde(rename = "prvek_ruian")]
    pub territory: WebAddress,
    /// What the data are about, by the European code list.
    #[serde(rename = "temata")]
    pub themes: Vec<WebAddress>,
    /// How often they change, by the European code list.
    #[serde(rename = "periodicita")]
    pub frequency: WebAddress,
    /// Words by which they are found.
    #[serde(rename = "klicova_slova")]
    pub keywords: Vec<String>,
    /// How they may be used.
    #[serde(rename = "podminky_uziti")]
    pub terms: TermsOfUse,
    /// Whom to write to.
    #[serde(rename = "kontakt")]
    pub contact: Option<Contact>,
    /// The page that describes them.
    #[serde(rename = "dokumentace")]
    pub documentation: Option<WebAddress>,
}

/// How the data may be used, by the four questions that the national catalogue asks.
#[derive(Debug, Clone, Serialize)]
pub struct TermsOfUse {
    /// Works in them.
    #[serde(rename = "autorske_dilo")]
    pub works: WebAddress,
    /// The database as a work.
    #[serde(rename = "databaze")]
    pub database: WebAddress,
    /// The database as what its maker has a right to.
    #[serde(rename = "zvlastni_prava")]
    pub special_rights: WebAddress,
    /// Personal data.
    #[serde(rename = "osobni_udaje")]
    pub personal_data: WebAddress,
    /// Who is to be named as the author.
    #[serde(rename = "autor")]
    pub author: Option<String>,
}

impl TermsOfUse {
    /// What the terms say of rights, each once.
    pub fn licences(&self) -> Vec<&str> {
        let mut licences = Vec::new();
        for licence in [&self.works, &self.database, &self.special_rights] {
            if !licences.contains(&licence.as_str()) {
                licences.push(licence.as_str());
            }
        }
        licences
    }
}

/// Whether a licence wants its author to be named.
pub fn names_author(licence: &WebAddress) -> bool {
    licence.as_str().contains("://creativecommons.org/licenses/by/")
}

/// Whom to write to about the data.
#[derive(Debug, Clone, Serialize)]
pub struct Contact {
    /// The department.
    #[serde(rename = "jmeno")]
    pub name: String,
    /// Its address.
    pub email: Email,
}

/// An address that begins with `http://` or `https://` and has no blanks and no signs that an IRI
/// must not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebAddress(String);

impl WebAddress {
    /// Reads an address, blanks around it aside.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
        let is_allowed = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c);
        let has_host = rest.starts_with(char::is_alphanumeric);
        (has_host && rest.chars().all(is_allowed)).then(|| Self(text.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it goes on behind this beginning.
    pub fn is_below(&self, beginning: &str) -> bool {
        self.0.strip_prefix(beginning).is_some_and(|rest| !rest.is_empty())
    }

    /// The same address, which then ends with a slash.
    fn into_folder(self) -> Self {
        if self.0.ends_with('/') { self } else { Self(format!("{}/", self.0)) }
    }
}

/// An e-mail address, as far as one can be told by its look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Email(String);

impl Email {
    /// Reads an address, blanks around it aside.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, host) = text.split_once('@')?;
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
        let is_plausible = !name.is_empty() && host.contains('.') && format!("{name}{host}").chars().all(is_allowed);
        is_plausible.then(|| Self(text.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads the publisher's part. Each address that is none becomes a finding; with one of them, or with
/// a required key missing, which has its own finding, there is no open data.
pub fn read(node: &Node, diagnostics: &mut Vec<Diagnostic>) -> Option<OpenData> {
    let mut reader = Reader { diagnostics };
    let is_nothing_empty = ["temata", "klicova_slova"].map(|key| reader.has_items(node, key)) == [true; 2];
    let address = reader.folder(node.text("adresa"));
    let publisher = reader.address(node.text("poskytovatel"));
    let territory = reader.address_below(TERRITORIES, node.text("prvek_ruian"));
    let themes: Vec<Option<WebAddress>> =
        node.texts("temata").into_iter().map(|text| reader.address_below(THEMES, Some(text))).collect();
    let frequency = reader.address_below(FREQUENCIES, node.text("periodicita"));
    let terms = node.get("podminky_uziti").and_then(|node| reader.terms(node));
    let contact = node.get("kontakt").and_then(|node| reader.contact(node));
    let documentation = reader.address(node.text("dokumentace"));
    is_nothing_empty.then_some(())?;
    Some(OpenData {
        address: address?,
        publisher: publisher?,
        territory: territory?,
        themes: themes.into_iter().collect::<Option<_>>()?,
        frequency: frequency?,
        keywords: node.strings("klicova_slova"),
        terms: terms?,
        contact,
        documentation,
    })
}

struct Reader<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Whether a list that is there has something in it.
    fn has_items(&mut self, node: &Node, key: &str) -> bool {
        let is_empty = node.get(key).is_some_and(|node| matches!(&node.value, Value::List(items) if items.is_empty()));
        if let (true, Some(place)) = (is_empty, node.key_place(key)) {
            self.diagnostics.push(chybejici_klic::empty(&Located::new(key.into(), place)));
        }
        !is_empty
    }

    fn address(&mut self, text: Option<Text>) -> Option<WebAddress> {
        let text = text?;
        let address = WebAddress::parse(&text.value);
        if address.is_none() {
            self.diagnostics.push(neplatna_adresa::web(&text));
        }
        address
    }

    /// An address to which paths are added.
    fn folder(&mut self, text: Option<Text>) -> Option<WebAddress> {
        let text = text?;
        let address = self.address(Some(text.clone()))?;
        if address.as_str().contains(['?', '#']) {
            self.diagnostics.push(neplatna_adresa::no_folder(&text));
            return None;
        }
        Some(address.into_folder())
    }

    /// An address of somebody's list.
    fn address_below(&mut self, beginning: &str, text: Option<Text>) -> Option<WebAddress> {
        let text = text?;
        let address = self.address(Some(text.clone()))?;
        if !address.is_below(beginning) {
            self.diagnostics.push(neplatna_adresa::elsewhere(&text, beginning));
            return None;
        }
        Some(address)
    }

    fn terms(&mut self, node: &Node) -> Option<TermsOfUse> {
        let works = self.address(node.text("autorske_dilo"));
        let database = self.address(node.text("databaze"));
        let author = node.string("autor").filter(|author| !author.trim().is_empty());
        let licences = [("autorske_dilo", &works), ("databaze", &database)];
        let wants_author = licences.into_iter().find(|(_, licence)| licence.as_ref().is_some_and(names_author));
        if let (None, Some((key, _))) = (&author, wants_author) {
            self.diagnostics.extend(node.text(key).map(|licence| chybejici_klic::author(licence.place)));
        }
        let special_rights = self.address(node.text("zvlastni_prava"));
        let personal_data = self.address(node.text("osobni_udaje"));
        Some(TermsOfUse {
            works: works?,
            database: database?,
            special_rights: special_rights?,
            personal_data: personal_data?,
            author,
        })
    }

    fn contact(&mut self, node: &Node) -> Option<Contact> {
        let text = node.text("email")?;
        let Some(email) = Email::parse(&text.value) else {
            self.diagnostics.push(neplatna_adresa::email(&text));
            return None;
        };
        Some(Contact { name: node.string("jmeno")?, email })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_by_their_look() {
        for text in ["https://example.cz/", " http://example.cz/orgán-veřejné-moci/1 ", "HTTPS://example.cz"] {
            assert_eq!(WebAddress::parse(text).as_ref().map(WebAddress::as_str), Some(text.trim()));
        }
        for text in ["", "example.cz", "https://", "https:///x", "ftp://example.cz", "https://a b", "https://a/<x>"] {
            assert_eq!(WebAddress::parse(text), None, "{text}");
        }
        for text in ["podatelna@example.cz", "a.b-c@x.example.cz"] {
            assert_eq!(Email::parse(text).as_ref().map(Email::as_str), Some(text));
        }
        for text in ["", "example.cz", "@example.cz", "a@", "a@b", "a b@example.cz", "a@b@example.cz"] {
            assert_eq!(Email::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_folder_ends_with_a_slash() {
        for text in ["https://example.cz/data", "https://example.cz/data/"] {
            let folder = WebAddress::parse(text).map(WebAddress::into_folder);
            assert_eq!(folder.as_ref().map(WebAddress::as_str), Some("https://example.cz/data/"));
        }
    }
}
