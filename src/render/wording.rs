//! What the engine of templates says of a fault, in Czech.

use minijinja::value::{Value, ValueKind};
use minijinja::{Error, ErrorKind};

use crate::diagnostic::{did_you_mean, nearest};
use crate::render::misread::{Misread, misread};
use crate::render::templates::own_name;

/// What is wrong. Where the engine knows more than fits a sentence, its own words stand in brackets.
pub(super) fn of(error: &Error) -> String {
    let said = said(error);
    let named = |what: &str| match name_in(&said) {
        Some(name) => format!("{what} „{name}“ neexistuje"),
        None => format!("{what} neexistuje"),
    };
    let detailed = |what: &str| format!("{what} ({said})");
    match error.kind() {
        ErrorKind::UnknownFilter => named("filtr"),
        ErrorKind::UnknownFunction => named("funkce"),
        ErrorKind::UnknownTest => named("podmínka za „is“"),
        ErrorKind::TemplateNotFound => named("šablona"),
        ErrorKind::UndefinedError if said.contains("` is undefined") => named("proměnná"),
        ErrorKind::UndefinedError => "hodnota, se kterou se tu pracuje, neexistuje".to_owned(),
        ErrorKind::TooManyArguments => "filtr nebo funkce tu dostává víc hodnot, než umí přijmout".to_owned(),
        ErrorKind::MissingArgument => "filtr nebo funkce tu nedostává všechny hodnoty, které potřebuje".to_owned(),
        ErrorKind::BadInclude => format!("ve vložené šabloně „{}“ je chyba", name_in(&said).unwrap_or_default()),
        ErrorKind::OutOfFuel => "sestavování nemá konec, nejspíš se v šabloně něco bez konce opakuje".to_owned(),
        // Our own filters and functions speak Czech.
        _ if !said.is_ascii() => said,
        ErrorKind::SyntaxError => match misplaced_tag(&said) {
            Some((message, None)) => message,
            Some((message, Some(meant))) => format!("{message}; {}", did_you_mean(meant)),
            None => match error.template_source().and_then(|source| misread(source, error)) {
                Some(Misread { message, help, .. }) => format!("{message}; {help}"),
                None => detailed("šablona tu není zapsána správně"),
            },
        },
        ErrorKind::InvalidOperation => detailed("s touto hodnotou se to nedá udělat"),
        _ => detailed("šablonu nejde sestavit"),
    }
}

/// What begins and divides parts of a template, and ends them.
const TAGS: [&str; 26] = [
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "set",
    "endset",
    "with",
    "endwith",
    "filter",
    "endfilter",
    "macro",
    "endmacro",
    "call",
    "endcall",
    "block",
    "endblock",
    "include",
    "import",
    "from",
    "extends",
    "do",
    "raw",
    "endraw",
    "autoescape",
];

/// What is wrong with a tag that can begin nothing, from the engine's own words, and which was meant.
pub fn misplaced_tag(said: &str) -> Option<(String, Option<&'static str>)> {
    let name = said.strip_prefix("unknown statement ")?;
    if TAGS.contains(&name) {
        return Some((format!("značka „{name}“ tu nemá k čemu patřit"), None));
    }
    Some((format!("neznámá značka „{name}“"), nearest(name, TAGS)))
}

/// What is wrong with writing a value that consists of others; nothing when it does not.
pub(super) fn of_parts(value: &Value) -> Option<String> {
    match value.kind() {
        ValueKind::Map => {
            // Others would be refused in turn.
            let is_written = |key: &Value| {
                let kind = value.get_item(key).map_or(ValueKind::Undefined, |value| value.kind());
                matches!(kind, ValueKind::String | ValueKind::Number)
            };
            let (written, others): (Vec<Value>, Vec<Value>) = value.try_iter().ok()?.partition(is_written);
            let keys = if written.is_empty() { others } else { written };
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            let Some(first) = keys.first() else { return Some("tato hodnota se nedá vypsat".to_owned()) };
            if !first.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
                return Some(format!(
                    "všechny záznamy se nedají vypsat; jeden z nich dá klíč v závorkách, například „[\"{first}\"]“"
                ));
            }
            // What people mean by the whole is its name or its sum.
            let meant = ["nazev", "celkem"].into_iter().find(|likely| keys.iter().any(|key| key == likely));
            let meant = meant.map(|meant| format!("{} Na výběr je: ", did_you_mean(format_args!(".{meant}"))));
            let keys = keys.iter().map(|key| format!("„.{key}“")).collect::<Vec<_>>().join(", ");
            Some(format!("celý záznam se nedá vypsat, jen některý z jeho údajů; {}{keys}", meant.unwrap_or_default()))
        }
        ValueKind::Seq | ValueKind::Iterable => {
            Some("celý seznam se nedá vypsat; jeho délku dá „| length“, položky po jedné „{% for … %}“".to_owned())
        }
        _ => None,
    }
}

/// The engine's own words.
pub fn said(error: &Error) -> String {
    error.detail().map_or_else(|| error.kind().to_string(), str::to_owned)
}

/// The name that the engine tells only within a sentence: in marks, or before its last two words.
fn name_in(said: &str) -> Option<&str> {
    let marked = ['`', '"', '\''].iter().find_map(|&mark| said.split(mark).nth(1));
    let named = marked.or_else(|| said.strip_suffix(" is unknown")?.rsplit(' ').next());
    named.map(own_name).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use minijinja::{Environment, UndefinedBehavior, context};

    use super::*;

    #[test]
    fn what_consists_of_others_is_told_what_it_consists_of() {
        let of_record = "celý záznam se nedá vypsat, jen některý z jeho údajů; ";
        for (value, told) in [
            (context!(nazev => "2023", rok => 2023), Some("nemysleli jste „.nazev“? Na výběr je: „.nazev“, „.rok“")),
            (context!(plneno => 1, celkem => 2), Some("nemysleli jste „.celkem“? Na výběr je: „.plneno“, „.celkem“")),
            (context!(klic => "plneno"), Some("„.klic“")),
            (context!(zmrazeno => false, rok => 2023), Some("„.rok“")),
            (Value::from("text"), None),
            (Value::from(1), None),
        ] {
            assert_eq!(of_parts(&value), told.map(|told| format!("{of_record}{told}")));
        }
        assert_eq!(of_parts(&context!()).as_deref(), Some("tato hodnota se nedá vypsat"));
        let measures = BTreeMap::from([("I/1", context!(popis => "a")), ("I/2", context!())]);
        let of_measures = of_parts(&Value::from(measures));
        assert!(of_measures.is_some_and(|told| told.ends_with("například „[\"I/1\"]“")));
        let of_list = of_parts(&Value::from(vec![1, 2])).expect("it is refused");
        assert!(of_list.starts_with("celý seznam se nedá vypsat"), "{of_list}");
    }

    #[test]
    fn faults_are_told_in_czech_with_the_name_of_what_there_is_not() {
        let mut environment = Environment::new();
        environment.set_debug(true);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        for (template, told) in [
            ("{{ neni() }}", "funkce „neni“ neexistuje"),
            ("{{ 1 | neni }}", "filtr „neni“ neexistuje"),
            ("{{ 1 is neni }}", "podmínka za „is“ „neni“ neexistuje"),
            ("{% include \"neni.md\" %}", "šablona „neni.md“ neexistuje"),
            ("{{ neni }}", "proměnná „neni“ neexistuje"),
            ("{{ 1 | upper(2, 3) }}", "filtr nebo funkce tu dostává víc hodnot, než umí přijmout"),
            ("{{ 1 | replace }}", "filtr nebo funkce tu nedostává všechny hodnoty, které potřebuje"),
            ("{% if true %}{% endfi %}", "neznámá značka „endfi“; nemysleli jste „endif“?"),
            ("{% kdyz true %}", "neznámá značka „kdyz“"),
            ("{% for a in [] %}{% endif %}", "značka „endif“ tu nemá k čemu patřit"),
            ("{{ počty.celkem }}", "„počty“ je psáno s háčky a čárkami; nemysleli jste „pocty“?"),
        ] {
            let error = environment.render_str(template, context!()).expect_err(template);
            assert_eq!(of(&error), told, "{template}");
        }
        for (template, told) in [
            ("{% if %}", "šablona tu není zapsána správně ("),
            ("{{ [] - 1 }}", "s touto hodnotou se to nedá udělat ("),
        ] {
            let error = environment.render_str(template, context!()).expect_err(template);
            assert!(of(&error).starts_with(told), "{}", of(&error));
        }
    }
}
