//! JSON Schemas (draft-07) of the YAML files, made from the tables of [`crate::load::shape`], for
//! editors and for validators that are not this program. It reads and writes no files.
//!
//! A schema never refuses what the loader reads, blanks and letter case included; it cannot see
//! what only the whole data tell: whether a measure or a body exists. Types are those that YAML 1.2
//! gives to plain scalars, because editors see `2023` as a number where the loader sees text.

use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization;

use crate::load::shape::{FileKind, Key, Shape};
use crate::model::{ChangeKind, CriterionKind, Resolution, Section, Status};

/// The schema of a kind as text, ready to be written to a file.
pub fn text(kind: &FileKind) -> String {
    format!("{:#}\n", document(kind))
}

/// The name of a schema's file.
pub fn file_name(kind: &FileKind) -> String {
    format!("{}.schema.json", kind.name)
}

fn document(kind: &FileKind) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("$comment".into(), json!(format!("Vypsal příkaz „plneni schema {}“.", kind.name)));
    schema.insert("title".into(), json!(format!("{} (data/{})", kind.title, kind.path)));
    schema.extend(described(kind.shape));
    Value::Object(schema)
}

/// What a value must look like, with the message that an editor shows where it does not.
fn described(shape: &Shape) -> Map<String, Value> {
    let schema = match shape {
        Shape::Text => json!({"type": SCALAR, "errorMessage": "Tady má stát text."}),
        Shape::Integer => json!({
            "type": ["integer", "string"],
            "minimum": 0,
            "pattern": anchored("[0-9]+"),
            "errorMessage": "Tady má stát celé číslo od nuly.",
        }),
        Shape::Number => json!({
            "type": ["number", "string"],
            "pattern": anchored(NUMBER),
            "errorMessage": "Tady má stát číslo: 12, 1 250, nebo 12,5.",
        }),
        Shape::Date => json!({
            "type": "string",
            "pattern": anchored(DATE),
            "examples": ["2023-12-31"],
            "errorMessage": "Tady má stát datum ve tvaru 2023-12-31.",
        }),
        Shape::Year => json!({
            "type": ["integer", "string"],
            "minimum": 1000,
            "maximum": 9999,
            "pattern": anchored("[1-9][0-9]{3}"),
            "errorMessage": "Tady má stát rok čtyřmi číslicemi.",
        }),
        Shape::Status => choice(
            &Status::ALL.map(Status::code),
            &Status::spellings().map(|(spelling, _)| spelling),
            "Stav je SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO.",
        ),
        Shape::CriterionKind => choice(
            &CriterionKind::ALL.map(CriterionKind::code),
            &CriterionKind::spellings().map(|(spelling, _)| spelling),
            "Druh kritéria je pocet, nebo vystup.",
        ),
        Shape::ChangeKind => choice(
            &ChangeKind::ALL.map(ChangeKind::code),
            &ChangeKind::spellings().map(|(spelling, _)| spelling),
            "Druh změny je vznik, zmena, slouceni, rozdeleni, nebo zruseni.",
        ),
        Shape::Resolution => choice(
            &Resolution::ALL.map(Resolution::code),
            &Resolution::ALL.map(Resolution::spellings).concat(),
            "Vypořádání je přijato, přijato částečně, nepřijato, nebo vysvětleno.",
        ),
        Shape::Section => section(),
        Shape::Deadline => json!({
            "type": "string",
            "pattern": anchored(&deadline()),
            "examples": ["12/2024", "průběžně do 12/2027", "po přijetí zákona"],
            "errorMessage": "Termín je 12/2024, průběžně do 12/2027, nebo po něčem (po přijetí zákona).",
        }),
        Shape::MeasureId => json!({
            "type": "string",
            "pattern": anchored(&format!(r"{}/\s*(?=[0-9\s]*[1-9])(?:[0-9]\s*){{1,4}}", roman(r"\s*"))),
            "errorMessage": "Opatření se uvádí číslem okruhu a pořadím: IX/2.",
        }),
        Shape::AreaNumber => json!({
            "type": "string",
            "pattern": anchored(&roman("")),
            "errorMessage": "Číslo okruhu se píše římsky: IX.",
        }),
        Shape::WebAddress => json!({
            "type": "string",
            "pattern": anchored(WEB_ADDRESS),
            "examples": ["https://example.cz/"],
            "errorMessage": "Tady má stát webová adresa, která začíná https://.",
        }),
        Shape::WebFolder => json!({
            "type": "string",
            "pattern": anchored(WEB_FOLDER),
            "examples": ["https://example.cz/data/"],
            "errorMessage": "Tady má stát webová adresa složky, která začíná https:// a nemá v sobě „?“ ani „#“.",
        }),
        Shape::WebAddressBelow(beginning) => json!({
            "type": "string",
            "pattern": anchored(&format!(r"{}\S+", beginning.replace('.', r"\."))),
            "errorMessage": format!("Tady má stát adresa, která začíná {beginning}."),
        }),
        Shape::Email => json!({
            "type": "string",
            "pattern": anchored(EMAIL),
            "examples": ["podatelna@example.cz"],
            "errorMessage": "Tady má stát e-mailová adresa.",
        }),
        Shape::TextOrList => json!({
            "type": ([SCALAR, &["array"]].concat()),
            "items": described(&Shape::Text),
            "errorMessage": "Tady má stát text, nebo seznam: [OSV, OZ].",
        }),
        Shape::List(item) => json!({
            "type": "array",
            "items": described(item),
            "errorMessage": "Tady má stát seznam; každá položka začíná pomlčkou a mezerou.",
        }),
        Shape::Map(keys) => mapping(keys),
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

/// What YAML 1.2 makes of a scalar; to the loader all of them are text.
const SCALAR: &[&str] = &["string", "number", "boolean"];

fn mapping(keys: &[Key]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), Value::Object(property(key)))).collect();
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

fn property(key: &Key) -> Map<String, Value> {
    let mut schema = Map::from_iter([("description".to_owned(), json!(key.description))]);
    schema.extend(described(&key.shape));
    match &key.shape {
        _ if !key.required => allow_nothing(&mut schema),
        Shape::Text => demand_text(&mut schema),
        Shape::List(Shape::Text) => {
            if let Some(Value::Object(item)) = schema.get_mut("items") {
                demand_text(item);
            }
        }
        _ => {}
    }
    schema
}

/// A text that must be there has something besides blanks.
fn demand_text(schema: &mut Map<String, Value>) {
    schema.insert("pattern".into(), json!(r"\S"));
}

/// An optional key may stand there with nothing behind its colon.
fn allow_nothing(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.push(json!({"type": "null"}));
    }
    match schema.get_mut("type") {
        Some(Value::Array(types)) => types.push(json!("null")),
        Some(kind) => *kind = json!([kind.take(), "null"]),
        None => {}
    }
}

/// A word of a closed list: editors offer the proper ones, and any other spelling that the loader
/// reads passes too.
fn choice(offered: &[&str], spellings: &[&str], message: &str) -> Value {
    let spellings: Vec<String> = spellings.iter().map(|spelling| loosely(spelling)).collect();
    json!({
        "anyOf": [
            {"enum": offered, "errorMessage": message},
            {"type": "string", "pattern": anchored(&spellings.join("|")), "errorMessage": message},
        ],
    })
}

/// Sections of the report; areas have their number behind the word.
fn section() -> Value {
    let named: Vec<&str> = Section::NAMED.iter().flat_map(|(_, spellings)| spellings.iter()).copied().collect();
    let offered = Section::NAMED.map(|(section, _)| section.to_string());
    let message =
        "Část zprávy je Úvod, Shrnutí, K projednání, okruh IX, Přehled podle gestorů, Příloha, nebo celá zpráva.";
    let mut schema = choice(&offered.each_ref().map(String::as_str), &named, message);
    let area = format!(r"(?:{})\s+{}", Section::AREA_WORDS.map(loosely).join("|"), roman(""));
    if let Some(choices) = schema["anyOf"].as_array_mut() {
        choices.push(json!({"type": "string", "pattern": anchored(&area), "errorMessage": message}));
    }
    schema
}

/// A day of the calendar; only 29 February passes in every year.
const DATE: &str = "[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])\
                    |(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))";

/// Roman numerals from I to CCCXCIX, with what may follow each of their letters.
fn roman(gap: &str) -> String {
    let [c, l, x, v, i] = ['C', 'L', 'X', 'V', 'I'].map(|letter| format!("(?:{}{gap})", both_cases(letter)));
    format!("(?=[CLXVIclxvi]){c}{{0,3}}(?:{x}{c}|{x}{l}|{l}?{x}{{0,3}})(?:{i}{x}|{i}{v}|{v}?{i}{{0,3}})")
}

/// `12`, `1 250`, `12,5`, with a minus of either kind.
const NUMBER: &str = r"[-−]?(?:[0-9]{1,3}(?:[ \u00A0\u202F]+[0-9]{3})+|[0-9]+)(?:[.,][0-9]+)?";

/// What [`crate::model::open_data::WebAddress`] takes, and at least that.
const WEB_ADDRESS: &str = r"[Hh][Tt][Tt][Pp][Ss]?://\S+";

/// The same of an address that is that of a folder.
const WEB_FOLDER: &str = r"[Hh][Tt][Tt][Pp][Ss]?://[^\s?#]+";

/// What [`crate::model::open_data::Email`] takes, and at least that.
const EMAIL: &str = r"[^\s@]+@[^\s@]+";

/// A month from 1900 on.
const MONTH: &str = r"(?:0?[1-9]|1[0-2])\s*/\s*(?:19|[2-9][0-9])[0-9]{2}";

fn deadline() -> String {
    let (ongoing, until, after) = (loosely("průběžně"), loosely("do"), loosely("po"));
    format!(r"{MONTH}|{ongoing}\s*{until}\s+{MONTH}|{after}\s[\s\S]*[A-Za-z\u00C0-\u1FFF][\s\S]*")
}

/// The whole text, blanks around it aside.
fn anchored(pattern: &str) -> String {
    format!(r"^\s*(?:{pattern})\s*$")
}

/// A pattern of the words in any letter case, with any blanks, composed or not: what
/// [`crate::model::squash`] takes for the same. Patterns of JSON Schema have no flag for that.
fn loosely(words: &str) -> String {
    words.chars().map(loose_character).collect()
}

fn loose_character(c: char) -> String {
    if c == ' ' {
        return r"\s+".to_owned();
    }
    let decomposed: Vec<char> = c.nfd().collect();
    match decomposed.as_slice() {
        [base, mark] => format!(r"(?:{}|{}\u{:04X})", both_cases(c), both_cases(*base), u32::from(*mark)),
        _ => both_cases(c),
    }
}

fn both_cases(c: char) -> String {
    format!("[{}{}]", c.to_uppercase(), c.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::shape::FILE_KINDS;

    #[test]
    fn every_kind_has_a_closed_list_of_described_keys() {
        for kind in &FILE_KINDS {
            let schema = document(kind);
            assert_eq!(schema["additionalProperties"], json!(false), "{}", kind.name);
            let Some(properties) = schema["properties"].as_object() else { panic!("{} has no keys", kind.name) };
            assert!(properties.values().all(|property| property["description"].is_string()), "{}", kind.name);
        }
    }

    #[test]
    fn words_are_matched_as_people_write_them() {
        assert_eq!(loosely("a ě"), r"[Aa]\s+(?:[Ěě]|[Ee]\u030C)");
        assert_eq!(anchored("x"), r"^\s*(?:x)\s*$");
    }

    #[test]
    fn only_what_is_optional_may_be_nothing() {
        let key = |required| Key { name: "stav", required, shape: Shape::Status, description: "" };
        let n_choices = |required| property(&key(required))["anyOf"].as_array().map(Vec::len);
        assert_eq!((n_choices(true), n_choices(false)), (Some(2), Some(3)));
        let key = |required| Key { name: "datum", required, shape: Shape::Date, description: "" };
        assert_eq!(property(&key(true))["type"], json!("string"));
        assert_eq!(property(&key(false))["type"], json!(["string", "null"]));
        let key = |required, shape| property(&Key { name: "nazev", required, shape, description: "" });
        assert_eq!(key(true, Shape::Text)["pattern"], json!(r"\S"));
        assert_eq!(key(true, Shape::List(&Shape::Text))["items"]["pattern"], json!(r"\S"));
        assert!(key(false, Shape::Text).get("pattern").is_none());
    }

    #[test]
    fn editors_offer_the_proper_spellings_only() {
        let schema = Value::Object(described(&Shape::Status));
        assert_eq!(schema["anyOf"][0]["enum"], json!(["SPLNĚNO", "PLNĚNO", "ČÁSTEČNĚ", "NEPLNĚNO"]));
        let schema = Value::Object(described(&Shape::CriterionKind));
        assert_eq!(schema["anyOf"][0]["enum"], json!(["pocet", "vystup"]));
    }
}
