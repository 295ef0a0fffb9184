//! A measure that the strategy does not have.

use crate::diagnostic::{Diagnostic, Severity, did_you_mean};
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use crate::model::{Measure, MeasureId, is_hidden, one_line};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "nezname-opatreni",
    severity: Severity::Error,
    title: "Takové opatření strategie nemá",
    explanation: "Podklad, rozhodnutí nebo připomínka se vztahuje k opatření, které ve strategii není. Opatření se označuje okruhem a číslem: „IX/2“.",
    example: "- opatreni: IX/12\n  stav: PLNĚNO",
    mend: "Opravte označení podle strategie.",
    checks: &[],
};

/// A text that names no measure.
pub fn finding(text: &Text, measures: &BTreeMap<MeasureId, Measure>) -> Diagnostic {
    let written = one_line(&text.value);
    let Some(id) = MeasureId::parse(&text.value) else {
        let diagnostic = Diagnostic::new(&RULE, text.place, format!("„{written}“ není označení opatření"));
        return match meant(&text.value).filter(|id| measures.contains_key(id)) {
            Some(id) => diagnostic
                .help(format!("{}{}", did_you_mean(id), foreign(&text.value).unwrap_or_default()))
                .replace_with(id.to_string()),
            None => diagnostic.help("pište okruh římsky a číslo opatření, například „IX/2“"),
        };
    };
    Diagnostic::new(&RULE, text.place, format!("opatření {id} ve strategii není")).help(known_nearby(id, measures))
}

/// The measure that somebody had in mind who wrote letters that look like Roman numerals, another mark for the slash,
/// or something around it.
fn meant(written: &str) -> Option<MeasureId> {
    let plain: String = written.nfkc().filter(|c| !is_unseen(*c)).map(latin).collect();
    let words = plain.trim_matches(|c: char| c.is_whitespace() || "„“”\"'.:()".contains(c));
    let folded = words.to_lowercase();
    let word = ["opatření", "opatreni", "opatř.", "op.", "č."].into_iter().find(|word| folded.starts_with(word));
    // Lower case of what stands here is as long as it was.
    let id = words.get(word.map_or(0, str::len)..)?.trim_start_matches([' ', ':']);
    let (area, number) = id.split_once(|c: char| SLASHES.contains(&c))?;
    MeasureId::parse(&format!("{area}/{number}"))
}

/// What stands between area and number when it is not the slash.
const SLASHES: [char; 9] = ['/', '.', '\\', '⁄', '∕', '-', '–', '|', ','];

/// Whether a character is not seen at all.
fn is_unseen(c: char) -> bool {
    is_hidden(c) || matches!(c, '\u{AD}' | '\u{200C}' | '\u{200D}')
}

/// The letter of Roman numerals that one of Cyrillic or Greek looks like.
fn latin(c: char) -> char {
    match c {
        'І' | 'і' | 'Ι' | 'ι' | 'Ӏ' => 'I',
        'Х' | 'х' | 'Χ' | 'χ' => 'X',
        'Ѵ' | 'ѵ' | 'ν' => 'V',
        'С' | 'с' => 'C',
        c => c,
    }
}

/// Names the first character that nobody can tell from what was meant.
fn foreign(written: &str) -> Option<String> {
    let c = written.chars().find(|c| is_unseen(*c) || latin(*c) != *c)?;
    let code = u32::from(c);
    Some(if is_unseen(c) {
        format!(" Je v tom znak U+{code:04X}, který není vidět")
    } else {
        format!(" Znak „{c}“ (U+{code:04X}) je z jiné abecedy, jen vypadá jako „{}“", latin(c))
    })
}

/// The same where several measures may be named, and a text names several at once.
pub fn finding_among_several(text: &Text, measures: &BTreeMap<MeasureId, Measure>) -> Diagnostic {
    let diagnostic = finding(text, measures);
    let pieces = text.value.split([',', ';', ' ', '\n']).map(str::trim).filter(|piece| !matches!(*piece, "" | "a"));
    let named: Option<Vec<String>> = pieces.map(|piece| Some(MeasureId::parse(piece)?.to_string())).collect();
    match named {
        Some(named) if named.len() > 1 => {
            diagnostic.help(format!("více opatření pište jako seznam: [{}]", named.join(", ")))
        }
        _ => diagnostic,
    }
}

/// Says which measures the area has.
pub fn known_nearby(id: MeasureId, measures: &BTreeMap<MeasureId, Measure>) -> String {
    match measures.keys().rfind(|known| known.area == id.area) {
        Some(last) if last.number == 1 => format!("okruh {} má jen opatření 1", id.area),
        Some(last) => format!("okruh {} má opatření 1 až {}", id.area, last.number),
        None => format!("strategie nemá okruh {}", id.area),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps, mended};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn a_measure_that_there_is_not_is_found_where_it_is_named() {
        for (written, message, help) in [
            ("I/3", "opatření I/3 ve strategii není", "okruh I má opatření 1 až 2"),
            ("II/2", "opatření II/2 ve strategii není", "okruh II má jen opatření 1"),
            ("V/1", "opatření V/1 ve strategii není", "strategie nemá okruh V"),
            ("1/1", "„1/1“ není označení opatření", "pište okruh římsky a číslo opatření, například „IX/2“"),
        ] {
            let text = edited(PATH, "opatreni: I/1", &format!("opatreni: {written}"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:3:15: {message}")]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [help]);
        }
    }

    #[test]
    fn what_was_meant_is_offered_where_there_is_such_a_measure() {
        let other = "pište okruh římsky a číslo opatření, například „IX/2“";
        for (written, help) in [
            ("I.2", "nemysleli jste „I/2“?"),
            ("I/2.", "nemysleli jste „I/2“?"),
            ("I\\2", "nemysleli jste „I/2“?"),
            ("i-2", "nemysleli jste „I/2“?"),
            ("opatření I/2", "nemysleli jste „I/2“?"),
            ("Opatření č. I/2", other),
            ("„I/2“", "nemysleli jste „I/2“?"),
            ("Ⅰ/2", "nemysleli jste „I/2“?"),
            ("І/2", "nemysleli jste „I/2“? Znak „І“ (U+0406) je z jiné abecedy, jen vypadá jako „I“"),
            ("I/2\u{AD}", "nemysleli jste „I/2“? Je v tom znak U+00AD, který není vidět"),
            ("I⁄2", "nemysleli jste „I/2“?"),
            ("I.3", other),
            ("2.1.2023", other),
            ("I/2/3", other),
        ] {
            let text = edited(PATH, "opatreni: I/2", &format!("opatreni: {written}"));
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [help], "{written}");
            let line = if help == other { Vec::new() } else { vec!["  - opatreni: I/2".to_owned()] };
            assert_eq!(mended(&RULE, &[(PATH, &text)]), line, "{written}");
        }
    }

    #[test]
    fn decisions_are_looked_into() {
        let text = "vyhodnoceni:\n  - {opatreni: I/9, stav: PLNĚNO, duvod: Ano.}\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/vyhodnoceni.yaml", text)]),
            ["obdobi/2023/vyhodnoceni.yaml:2:16: opatření I/9 ve strategii není"]
        );
    }

    #[test]
    fn several_measures_in_one_text_are_told_to_be_a_list() {
        let accepted = |measures: &str| {
            let text = format!("prijato:\n  - {{nalez: bez-gestora, opatreni: {measures}, duvod: Řeší se.}}\n");
            helps(&RULE, &[("prijato.yaml", &text)])
        };
        let one_by_one = "pište okruh římsky a číslo opatření, například „IX/2“";
        for (measures, help) in [
            ("\"I/1, II/1\"", "více opatření pište jako seznam: [I/1, II/1]"),
            ("\"i/1; ii/1 a I/2\"", "více opatření pište jako seznam: [I/1, II/1, I/2]"),
            ("[\"I/1, II/1\", I/2]", "více opatření pište jako seznam: [I/1, II/1]"),
            ("\"I/1, ostatní\"", one_by_one),
            ("\"I/1,\"", one_by_one),
            ("I/3", "okruh I má opatření 1 až 2"),
            ("1/1", one_by_one),
        ] {
            assert_eq!(accepted(measures), [help], "{measures}");
        }
    }

    #[test]
    fn case_and_blanks_do_not_matter() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let text = edited(PATH, "opatreni: I/1", "opatreni: i / 1");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }
}
