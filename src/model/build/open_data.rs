//! The publisher's part of open data, out of its node.

use crate::load::yaml::{Node, Value};
use crate::model::OpenData;
use crate::model::build::Builder;
use crate::model::open_data::{Contact, Email, FREQUENCIES, TERRITORIES, THEMES, TermsOfUse, WebAddress, names_author};
use crate::rules::{chybejici_klic, neplatna_adresa};
use crate::source::{Located, Text};

impl Builder<'_> {
    /// Reads the publisher's part. Each address that is none becomes a finding; with one of them, or with
    /// a required key missing, which has its own finding, there is no open data.
    pub(super) fn open_data(&mut self, node: &Node) -> Option<OpenData> {
        let is_nothing_empty = ["temata", "klicova_slova"].map(|key| self.has_items(node, key)) == [true; 2];
        let address = self.folder(node.text("adresa"));
        let publisher = self.address(node.text("poskytovatel"));
        let territory = self.address_below(TERRITORIES, node.text("prvek_ruian"));
        let themes: Vec<Option<WebAddress>> =
            node.texts("temata").into_iter().map(|text| self.address_below(THEMES, Some(text))).collect();
        let frequency = self.address_below(FREQUENCIES, node.text("periodicita"));
        let terms = node.get("podminky_uziti").and_then(|node| self.terms(node));
        let contact = node.get("kontakt").and_then(|node| self.contact(node));
        let documentation = self.address(node.text("dokumentace"));
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
