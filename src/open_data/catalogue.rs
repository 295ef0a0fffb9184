//! `datove-sady/*.jsonld`: records for the national catalogue of open data by the state's open formal
//! norm for it (OFN Datové sady otevřených dat: DCAT-AP-CZ, 2026-09-23).
//!
//! In that catalogue the distributions of one data set differ in their format alone, so every table,
//! and the code list, is a data set of its own. A record lies at the address that is its name (IRI),
//! where a harvester looks for it.

use serde_json::{Map, Value, json};

use crate::export::TABLES;
use crate::model::OpenData;
use crate::model::open_data::names_author;
use crate::open_data::{CODE_LIST, CSVW, address, code_list, csv_name, description, record_path, title};
use crate::view::ReportView;

const CONTEXT: &str = "https://ofn.gov.cz/dcat-ap-cz-otevřená-data/2026-09-23/datová-sada/kontext.jsonld";
/// The law on free access to information, by which open data are published; the norm wants it named.
const LAW: &str = "https://www.e-sbirka.cz/eli/cz/sb/1999/106/2025-08-19";
const FILE_TYPES: &str = "http://publications.europa.eu/resource/authority/file-type/";
const MEDIA_TYPES: &str = "http://www.iana.org/assignments/media-types/";

/// The record that is of no table.
pub(super) const CODE_LIST_RECORD: &str = "ciselnik-stavu";

/// What one record says that others do not.
struct DataSet {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    file: String,
    file_type: &'static str,
    media_type: &'static str,
    schema: String,
    norm: Option<&'static str>,
}

/// A record for each data set by its name; none where the publisher is not known.
pub(super) fn records(view: &ReportView) -> Vec<(&'static str, Value)> {
    let Some(open_data) = &view.strategy.open_data else { return Vec::new() };
    data_sets(view).iter().map(|data_set| (data_set.name, record(data_set, view, open_data))).collect()
}

fn data_sets(view: &ReportView) -> Vec<DataSet> {
    let tables = TABLES.iter().map(|table| DataSet {
        name: table.name,
        title: table.title,
        description: table.description,
        file: csv_name(table),
        file_type: "CSV",
        media_type: "text/csv",
        schema: address(view, CSVW),
        norm: None,
    });
    let code_list = DataSet {
        name: CODE_LIST_RECORD,
        title: code_list::TITLE,
        description: code_list::DESCRIPTION,
        file: CODE_LIST.to_owned(),
        file_type: "JSON_LD",
        media_type: "application/ld+json",
        schema: code_list::NORM_SCHEMA.to_owned(),
        norm: Some(code_list::NORM),
    };
    tables.chain([code_list]).collect()
}

fn record(data_set: &DataSet, view: &ReportView, open_data: &OpenData) -> Value {
    let iri = address(view, &record_path(data_set.name));
    let mut record = Map::new();
    let mut say = |key: &str, value: Value| record.insert(key.to_owned(), value);
    say("@context", json!(CONTEXT));
    say("iri", json!(iri));
    say("typ", json!("Datová sada"));
    say("název", json!({"cs": format!("{} – {}", title(view), data_set.title)}));
    say("popis", json!({"cs": format!("{} {}", data_set.description, description(view))}));
    say("poskytovatel", json!(open_data.publisher.as_str()));
    say("téma", open_data.themes.iter().map(|theme| json!(theme.as_str())).collect());
    say("periodicita_aktualizace", json!(open_data.frequency.as_str()));
    say("klíčové_slovo", json!({"cs": open_data.keywords}));
    say("prvek_rúian", json!([open_data.territory.as_str()]));
    say("časové_pokrytí", json!({"typ": "Časový interval", "začátek": view.period.from, "konec": view.period.to}));
    say("právní_předpis", json!([LAW]));
    if let Some(contact) = &open_data.contact {
        let email = format!("mailto:{}", contact.email.as_str());
        say("kontaktní_bod", json!({"typ": "Organizace", "jméno": {"cs": contact.name}, "e-mail": email}));
    }
    if let Some(page) = &open_data.documentation {
        say("dokumentace", json!(page.as_str()));
    }
    if let Some(norm) = data_set.norm {
        say("specifikace", json!([norm]));
    }
    say("distribuce", json!([distribution(data_set, &iri, view, open_data)]));
    Value::Object(record)
}

fn distribution(data_set: &DataSet, iri: &str, view: &ReportView, open_data: &OpenData) -> Value {
    let file = address(view, &data_set.file);
    json!({
        "iri": format!("{iri}#soubor"),
        "typ": "Distribuce",
        "název": {"cs": data_set.file},
        "podmínky_užití": terms_of_use(open_data),
        "právní_předpis": [LAW],
        "přístupové_url": file,
        "soubor_ke_stažení": file,
        "formát": format!("{FILE_TYPES}{}", data_set.file_type),
        "typ_média": format!("{MEDIA_TYPES}{}", data_set.media_type),
        "schéma": data_set.schema,
    })
}

fn terms_of_use(open_data: &OpenData) -> Value {
    let terms = &open_data.terms;
    let mut said = Map::new();
    said.insert("typ".into(), json!("Specifikace podmínek užití"));
    said.insert("autorské_dílo".into(), json!(terms.works.as_str()));
    said.insert("databáze_jako_autorské_dílo".into(), json!(terms.database.as_str()));
    said.insert("databáze_chráněná_zvláštními_právy".into(), json!(terms.special_rights.as_str()));
    said.insert("osobní_údaje".into(), json!(terms.personal_data.as_str()));
    // Each is named beside the licence that wants it, and beside no other.
    for (key, licence) in [("autor", &terms.works), ("autor_databáze", &terms.database)] {
        if let Some(author) = terms.author.as_ref().filter(|_| names_author(licence)) {
            said.insert(key.into(), json!({"cs": author}));
        }
    }
    Value::Object(said)
}
