//! A comment that does not say what it is about, or not in words of the report.

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::model::{AreaNumber, Section, one_line};
use crate::rules::Rule;
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neznama-cast",
    severity: Severity::Error,
    title: "Není jasné, čeho se připomínka týká",
    explanation: "Připomínka se týká buď jednoho opatření (klíč „opatreni“), nebo jedné části zprávy (klíč „cast“). Části zprávy jsou: Úvod, Shrnutí, K projednání, okruh (například okruh IX), Přehled podle gestorů, Příloha a celá zpráva.",
    example: "pripominky:\n  - {subjekt: OZ, cast: Závěr, text: Doplňte čísla.}",
    mend: "Napište opatření („IX/2“), nebo jednu z částí zprávy; míří-li připomínka na víc míst, rozdělte ji, nebo uveďte „celá zpráva“.",
    checks: &[],
};

/// A text that names no section.
pub fn finding(text: &Text) -> Diagnostic {
    let written = one_line(&text.value);
    let diagnostic = Diagnostic::new(&RULE, text.place, format!("část „{written}“ zpráva nemá"));
    let names = Section::NAMED.map(|(section, _)| section.to_string());
    let area = AreaNumber::parse(&written).map(|area| Section::Area(area).to_string());
    match area.as_deref().or_else(|| nearest(&written, names.iter().map(String::as_str))) {
        Some(name) => diagnostic.meant(name),
        None => diagnostic.help(format!("části jsou: {}, nebo okruh, například „okruh IX“", names.join(", "))),
    }
}

/// An area that the strategy does not have.
pub fn unknown_area(text: &Text, area: AreaNumber) -> Diagnostic {
    Diagnostic::new(&RULE, text.place, format!("okruh {area} strategie nemá"))
        .help("opravte číslo okruhu podle strategie")
}

/// A comment on a measure and on a section at once.
pub fn both(section: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, section.place, "připomínka uvádí opatření i část zprávy")
        .help("nechte jen jedno; míří-li připomínka na obojí, rozdělte ji na dvě")
}

/// A comment on nothing.
pub fn missing(place: Place) -> Diagnostic {
    Diagnostic::new(&RULE, place, "připomínka neříká, čeho se týká")
        .help("doplňte opatření („IX/2“), nebo část zprávy („Shrnutí“, „okruh IX“, „celá zpráva“)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{findings, helps, mended};

    const PATH: &str = "obdobi/2023/pripominky.yaml";

    fn about(subject: &str) -> String {
        format!("pripominky:\n  - subjekt: OZ\n{subject}    text: Doplňte čísla.\n")
    }

    #[test]
    fn what_is_no_section_is_found_where_it_stands() {
        for (written, message, line) in [
            ("shrnuti zprávy", "část „shrnuti zprávy“ zpráva nemá", None),
            ("Shrnuttí", "část „Shrnuttí“ zpráva nemá", Some("    cast: Shrnutí")),
            ("II", "část „II“ zpráva nemá", Some("    cast: okruh II")),
            ("okruh IX", "okruh IX strategie nemá", None),
        ] {
            let text = about(&format!("    cast: {written}\n"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:3:11: {message}")]);
            assert_eq!(mended(&RULE, &[(PATH, &text)]).first().map(String::as_str), line, "{written}");
        }
        let list = "části jsou: celá zpráva, Úvod, Shrnutí, K projednání, Přehled podle gestorů, Příloha, nebo okruh, například „okruh IX“";
        assert_eq!(helps(&RULE, &[(PATH, &about("    cast: Závěrečná část\n"))]), [list]);
    }

    #[test]
    fn nothing_and_two_things_are_found() {
        assert_eq!(findings(&RULE, &[(PATH, &about(""))]), [format!("{PATH}:2:5: připomínka neříká, čeho se týká")]);
        assert_eq!(
            findings(&RULE, &[(PATH, &about("    opatreni: I/1\n    cast: Úvod\n"))]),
            [format!("{PATH}:4:11: připomínka uvádí opatření i část zprávy")]
        );
        let csv = "subjekt;text\nOZ;Doplňte čísla.\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/pripominky.csv", csv)]),
            ["obdobi/2023/pripominky.csv:2:1: připomínka neříká, čeho se týká"]
        );
    }

    #[test]
    fn a_misspelled_key_is_a_finding_of_another_rule_and_one_subject_is_none() {
        for subject in ["    opatrni: I/1\n", "    opatreni: I/1\n", "    cast: okruh ii\n", "    cast: Celá zpráva\n"]
        {
            assert_eq!(findings(&RULE, &[(PATH, &about(subject))]), [""; 0], "{subject}");
        }
    }
}
