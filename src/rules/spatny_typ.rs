//! A value of the wrong kind: a list where a text is wanted, and the like.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::shape::Shape;
use crate::load::yaml::Value;
use crate::rules::{Check, Rule};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "spatny-typ",
    severity: Severity::Error,
    title: "Hodnota má jiný tvar, než má mít",
    explanation: "Na místě, kde se čeká text, stojí seznam nebo vnořené klíče (či naopak). Obvykle je na vině odsazení nebo chybějící pomlčka.",
    example: "podklady:\n  opatreni: IX/3\n  stav: PLNĚNO",
    mend: "Zkontrolujte odsazení a pomlčky; položky seznamu začínají pomlčkou a mezerou.",
    check: Check::WhileLoading,
};

/// A value that is not of its key's shape.
pub fn finding(place: Place, name: &str, shape: &Shape, found: &Value) -> Diagnostic {
    let (wanted, help) = match shape {
        Shape::List(_) => ("seznam", "každá položka seznamu začíná na novém řádku pomlčkou a mezerou"),
        Shape::Map(_) => ("klíče s hodnotami", "pište „klíč: hodnota“, každý na svůj řádek"),
        Shape::TextOrList => ("text nebo seznam", "pište například „[OSV, OZ]“"),
        Shape::Text | Shape::Integer | Shape::Date => {
            ("text", "pište hodnotu za dvojtečku; víceřádkový text uveďte znakem „|“ a odsaďte")
        }
    };
    let found = match found {
        Value::Null => "nic",
        Value::Text(_) => "text",
        Value::List(_) => "seznam",
        Value::Map(_) => "vnořené klíče",
    };
    // A nested value may take many lines; its first character is enough to point at.
    let place = Place { end: place.end.min(place.start + 1).max(place.start), ..place };
    Diagnostic::new(&RULE, place, format!("u „{name}“ má být {wanted}, ale je tu {found}")).help(help)
}
