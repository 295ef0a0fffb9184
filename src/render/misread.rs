//! What stands wrong within the brackets of a template, told from where its engine stopped reading.

use std::ops::Range;

use minijinja::Error;

use crate::diagnostic::{did_you_mean, nearest};
use crate::model::fold;
use crate::render::filters::FOR_TEXTS;
use crate::render::said;

/// What the values that a report is written from begin with.
pub const NAMES: [&str; 19] = [
    "dokument",
    "strategie",
    "obdobi",
    "pocty",
    "stavy",
    "podily_vyrovnany",
    "okruhy",
    "opatreni",
    "ma_podklady",
    "gestori",
    "zkratky",
    "osloveni",
    "terminy",
    "k_projednani",
    "porovnani",
    "zmeny_opatreni",
    "plan",
    "pripominky",
    "priloha",
];

/// What somebody wrote where only the names of a template can stand.
pub struct Misread {
    /// Its bytes.
    pub range: Range<usize>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do.
    pub help: String,
    /// What was meant.
    pub instead: Option<&'static str>,
}

const ONLY_A_VARIABLE: &str = "mezi závorky patří jen proměnná, případně filtr: „{{ obdobi.do | datum }}“";

/// What is wrong within brackets that are all there, or with a note that nobody ended.
pub fn misread(source: &str, error: &Error) -> Option<Misread> {
    let start = source.floor_char_boundary(error.range()?.start);
    let rest = &source[start..];
    let said = said(error);
    let found = |range, message: &str, help: &str| {
        Some(Misread { range, message: message.to_owned(), help: help.to_owned(), instead: None })
    };
    if said == "unexpected end of comment" {
        let ended = source.rfind("#}").map_or(0, |end| end + 2);
        let start = ended + source[ended..].find("{#")?;
        let help = "na konec poznámky napište „#}“; není-li to poznámka, napište znaky „{“ a „#“ jinak";
        return found(start..start + 2, "poznámka „{#“ se nezavřela", help);
    }
    if let Some(last) = source[..start].rfind('{').filter(|&last| source[..=last].ends_with("{{{")) {
        return found(last - 2..last + 1, "složené závorky jsou tu tři", "napište dvě, například „{{ pocty.celkem }}“");
    }
    let first = rest.chars().next()?;
    let of_first = start..start + first.len_utf8();
    match first {
        _ if said.starts_with("unexpected identifier") && said.ends_with("end of variable block") => {
            let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            let message = format!("slovo „{}“ tu být nemůže", &rest[..length]);
            found(start..start + length, &message, &format!("{ONLY_A_VARIABLE}; jiná slova patří za ně"))
        }
        _ if said != "unexpected character" || first.is_ascii() => None,
        '\u{A0}' | '\u{202F}' => {
            found(of_first, "mezi závorkami je pevná mezera", "smažte ji a napište obyčejnou mezeru")
        }
        '„' | '“' | '”' | '»' | '«' => {
            found(of_first, "mezi závorkami jsou jiné než rovné uvozovky", "pište rovné uvozovky \" \"")
        }
        letter if letter.is_alphabetic() => Some(accented(source, start)),
        other => found(of_first, &format!("znak „{other}“ mezi závorkami stát nemůže"), ONLY_A_VARIABLE),
    }
}

/// A name that has letters with accents, at the first of which the engine ends.
fn accented(source: &str, at: usize) -> Misread {
    let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
    let begun = source[..at].trim_end_matches(is_of_word).len();
    let length = source[begun..].find(|c| !is_of_word(c)).unwrap_or(source.len() - begun);
    let word = &source[begun..begun + length];
    let instead = nearest(word, NAMES.into_iter().chain(FOR_TEXTS));
    let help = match instead {
        Some(meant) => did_you_mean(meant),
        None => format!(
            "proměnné, filtry a značky se píší bez nich: „{}“; text patří do rovných uvozovek \" \"",
            fold(word)
        ),
    };
    let message = format!("„{word}“ je psáno s háčky a čárkami");
    Misread { range: begun..begun + length, message, help, instead }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_names_are_those_of_the_report() {
        let dataset = crate::rules::testing::dataset(&[]);
        let evaluated = dataset.evaluate(crate::model::Year(2023)).expect("the period is there");
        let view = crate::view::build(&dataset, &evaluated, &[], &crate::view::Request::default());
        let view = serde_json::to_value(&view).expect("it is a tree");
        let names: BTreeSet<&str> = view.as_object().expect("it is a record").keys().map(String::as_str).collect();
        assert_eq!(names, BTreeSet::from(NAMES));
    }
}
