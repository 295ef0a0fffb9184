//! `ciselnik-stavu.jsonld`: the four statuses as a code list by the state's open formal norm for code
//! lists (OFN Číselníky, 2022-02-08). To programs that read RDF it is a SKOS concept scheme.

use serde_json::{Map, Value, json};

use crate::open_data::{CODE_LIST, address};
use crate::view::{ReportView, StatusView};

/// The norm, as records for the catalogue name it.
pub(super) const NORM: &str = "https://ofn.gov.cz/číselníky/2022-02-08/";
/// Its JSON Schema.
pub(super) const NORM_SCHEMA: &str = "https://ofn.gov.cz/číselníky/2022-02-08/schémata/json-ld/číselník.json";
const NORM_CONTEXT: &str = "https://ofn.gov.cz/číselníky/2022-02-08/kontexty/číselník.jsonld";

/// How people call the list, and what its items are.
pub(super) const TITLE: &str = "Číselník stavů plnění";
pub(super) const DESCRIPTION: &str = "Čtyři stavy plnění opatření, od splněného k neplněnému, a jejich vymezení.";

pub(super) fn document(view: &ReportView) -> Value {
    let iri = address(view, CODE_LIST);
    json!({
        "@context": NORM_CONTEXT,
        "typ": "Číselník",
        "iri": iri,
        "název": {"cs": format!("{TITLE}: {}", view.strategy.name)},
        "popis": {"cs": DESCRIPTION},
        "položky": view.statuses.iter().map(|status| item(status, &iri)).collect::<Vec<_>>(),
    })
}

/// A status; its code is what stands in the tables.
fn item(status: &StatusView, iri: &str) -> Value {
    let mut item = Map::new();
    item.insert("typ".into(), json!("Položka"));
    item.insert("iri".into(), json!(format!("{iri}#{}", status.key)));
    item.insert("kód".into(), json!(status.status));
    item.insert("název".into(), json!({"cs": status.name}));
    if !status.definition.is_empty() {
        item.insert("definice".into(), json!({"cs": status.definition.join("\n")}));
    }
    Value::Object(item)
}
