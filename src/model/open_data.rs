//! What only the publisher of open data knows: where they will lie, whose they are, how they may be
//! used. It is written in `strategie.yaml` and nowhere made up.

use serde::Serialize;

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
    pub fn into_folder(self) -> Self {
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
