//! A character that nobody sees and that changes what is read: it turns the direction of the text
//! round, parts or joins words unseen, or controls a terminal.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::hidden_character;
use crate::rules::Rule;
use crate::source::{Files, Located, Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "skryty-znak",
    severity: Severity::Error,
    title: "V textu je neviditelný znak",
    explanation: "V textu je znak, který není vidět, ale mění, co čtenář vidí: obrací směr textu, neviditelně dělí slova, nebo řídí terminál. Text pak říká programu něco jiného než člověku a ve Wordu či na webu se může rozbít. Do dat se takový znak dostane kopírováním z webu, nebo úmyslně.",
    example: "komentar: \"Dotace 1\\u202E000 Kč\"",
    mend: "Smažte místo, na které nález ukazuje, i se sousedními písmeny a napište je znovu na klávesnici.",
    checks: &[],
};

/// The finding about the first such character of a text, when there is one.
pub fn find(file_text: &str, text: &Text) -> Option<Diagnostic> {
    let (_, hidden) = hidden_character(&text.value)?;
    // One that is written as it is can be pointed at; `\u202E` in quotation marks is visible already.
    let range = text.place.range();
    let at = file_text.get(range.clone()).and_then(|source| source.find(hidden)).map(|at| range.start + at);
    let place = at.map_or(text.place, |at| Place::new(text.place.file, at..at + hidden.len_utf8()));
    let what = match hidden {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' => "který obrací směr textu",
        '\u{E000}'..='\u{F8FF}' => "který se v jiném písmu neukáže, třeba odrážka z Wordu",
        c if c.is_control() => "který do textu nepatří",
        _ => "který není vidět",
    };
    let message = format!("v textu je znak U+{:04X}, {what}", u32::from(hidden));
    Some(Diagnostic::new(&RULE, place, message).help("smažte ho i se sousedními písmeny a napište je znovu"))
}

/// [`find`] in a whole file.
pub fn find_in_file(files: &Files, file: crate::source::FileId) -> Option<Diagnostic> {
    let text = files.get(file).text();
    hidden_character(text)?;
    find(text, &Located::new(text.into(), Place::new(file, 0..text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{commented, dataset, edited, findings, marked};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn a_hidden_character_is_found_where_it_stands() {
        for (comment, at, place, message) in [
            ("ab\u{202E}c", "5:17", "\u{202E}", "v textu je znak U+202E, který obrací směr textu"),
            ("ab\u{2066}c\u{2069}", "5:17", "\u{2066}", "v textu je znak U+2066, který obrací směr textu"),
            ("ab\u{200B}c", "5:17", "\u{200B}", "v textu je znak U+200B, který není vidět"),
            ("\"ab\\u202Ec\"", "5:15", "\"ab\\u202Ec\"", "v textu je znak U+202E, který obrací směr textu"),
            (
                "ab\u{F0B7}c",
                "5:17",
                "\u{F0B7}",
                "v textu je znak U+F0B7, který se v jiném písmu neukáže, třeba odrážka z Wordu",
            ),
            ("\"ab\\e[2J\"", "5:15", "\"ab\\e[2J\"", "v textu je znak U+001B, který do textu nepatří"),
        ] {
            assert_eq!(marked(&RULE, &[(PATH, &commented(comment))]), [place]);
            assert_eq!(findings(&RULE, &[(PATH, &commented(comment))]), [format!("{PATH}:{at}: {message}")]);
        }
    }

    #[test]
    fn tables_and_narratives_are_looked_into() {
        let csv = "opatreni;stav;komentar\nI/1;PLNĚNO;a\u{1B}b\n";
        assert_eq!(
            findings(&RULE, &[(PATH, ""), ("obdobi/2023/podklady/osv.csv", csv)]),
            ["obdobi/2023/podklady/osv.csv:2:13: v textu je znak U+001B, který do textu nepatří"]
        );
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/uvod.md", "Úvod\u{2067}\n")]),
            ["obdobi/2023/uvod.md:1:5: v textu je znak U+2067, který obrací směr textu"]
        );
    }

    #[test]
    fn nothing_else_is_said_of_a_text_in_which_one_is() {
        let kept = dataset(&[]).check(None).len();
        for (from, to) in [
            ("stav: ČÁSTEČNĚ\n    komentar: Metodika", "stav: ČÁSTEČNĚ\u{200B}\n    komentar: Metodika"),
            ("hodnota: 80", "hodnota: 80\u{200B}"),
            ("opatreni: II/1", "opatreni: II/1\u{200B}"),
            ("kriterium: Počet účastníků", "kriterium: Počet účastníků\u{200B}"),
            ("predkladatel: OSV", "predkladatel: OSV\u{200B}"),
        ] {
            let found = dataset(&[(PATH, &edited(PATH, from, to))]).check(None);
            let errors = found.iter().filter(|found| found.severity() == Severity::Error);
            assert_eq!(errors.map(|found| found.rule.code).collect::<Vec<_>>(), ["skryty-znak"], "{to}");
            assert!(found.len() <= kept + 1, "{to}: {found:?}");
        }
        let two = edited(PATH, "stav: PLNĚNO\n    komentar", "stav: PLNNO\n    komentar: a\u{200B}b");
        let two = two.replacen(": Konaly", "\n    # Konaly", 1);
        let codes: Vec<_> = dataset(&[(PATH, &two)]).check(None).iter().map(|found| found.rule.code).collect();
        assert!(codes.contains(&"skryty-znak") && codes.contains(&"neznamy-stav"), "{codes:?}");
    }

    #[test]
    fn spaces_soft_hyphens_and_joiners_are_no_fault() {
        let text = commented("|\n      10\u{A0}000\u{202F}Kč\t\u{AD}x 👨\u{200D}👩\n");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }
}
