//! A text without quotation marks that YAML ends at a number sign.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::raw::Note;
use crate::rules::{Check, MarkdownText, PeriodFacts, Rule};
use crate::source::{Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "useknuty-text",
    severity: Severity::Warning,
    title: "Text končí u znaku „#“",
    explanation: "V YAML začíná mezerou a znakem „#“ poznámka, která se nečte. Za textem bez uvozovek bývá jeho částí: číslem jednacím, hashtagem. Ve zprávě by pak zbytek chyběl.",
    example: "komentar: Dotace č. j. KULK #12345/2025 na tři roky.",
    mend: "Celý text dejte do uvozovek, nebo ho napište pod „komentar: |-“ na další, odsazené řádky. Je-li za ním opravdu poznámka, patří na vlastní řádek.",
    checks: &[Check::Text(check)],
};

/// What a note of YAML takes away behind a key of a submission: all of an answer, its first line, or the end of
/// evidence. `value` is empty where there is none.
pub fn behind_key(source: &str, key: &Text, value: Place) -> Option<Place> {
    instead(source, key.place, value).or_else(|| {
        // Comments are texts, and looked through with all others.
        (key.value == "doklad").then(|| unread(source, value)).flatten()
    })
}

/// Such a note.
pub fn finding(note: &Note) -> Diagnostic {
    let message = format!("za klíčem „{}“ se nečte nic od znaku „#“ dál", note.key);
    Diagnostic::new(&RULE, note.place, message).help(HELP)
}

/// What a note takes away from a text of the definitions or of a period, which people annotate: only what no note
/// begins with, a number or a word right behind the number sign.
pub fn in_definition(source: &str, key: &Text, value: Place) -> Option<Diagnostic> {
    let place = unread(source, value)?;
    let note = source.get(place.range())?;
    let is_on_line = !source.get(value.range().end..place.range().start)?.contains('\n');
    let is_of_text = note[1..].starts_with(char::is_alphanumeric) && is_on_line;
    is_of_text.then(|| finding(&Note { key: key.value.clone(), place }))
}

const HELP: &str =
    "dejte celý text do uvozovek; je-li tu poznámka, napište ji na vlastní řádek a neodsazujte ji víc než klíč";

fn check(facts: &PeriodFacts<'_>, text: MarkdownText<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let file = facts.files.get(text.text.place.file);
    let Some(place) = unread(file.text(), text.text.place) else { return };
    // Behind the tab of a table another cell begins.
    if !file.path().ends_with(".yaml") {
        return;
    }
    let message = format!("{} se nečte nic od znaku „#“ dál", text.whereabouts);
    diagnostics.push(Diagnostic::new(&RULE, place, message).about(text.measure).help(HELP));
}

/// A note that stands where the value of a key would begin, or below the key in the place of one.
fn instead(source: &str, key: Place, value: Place) -> Option<Place> {
    let behind = source.get(key.range().end..)?;
    let at = key.range().end + behind.find(':')? + 1;
    // Of what quotation marks or the sign of a block begin below the note nothing is lost.
    let is_plain = |note: &Range<usize>| {
        let between = source.get(note.end..value.range().start);
        value.range().is_empty()
            || between.is_some_and(|between| between.trim().is_empty()) && !is_quoted(source, value)
    };
    let on_line = note_on_line(source, at).filter(is_plain);
    let below = || note_below(source, at, column(source, key) + 1).filter(|_| value.range().is_empty());
    on_line.or_else(below).map(|note| Place::new(key.file, note))
}

/// What goes on as a note of YAML behind a text without quotation marks, on its line or the next one.
fn unread(source: &str, text: Place) -> Option<Place> {
    let end = text.range().end;
    // Nearly always another key follows. A block ends with a line.
    if !source.get(end..)?.trim_start().starts_with('#') || is_quoted(source, text) || source[..end].ends_with('\n') {
        return None;
    }
    let is_alone = source[..text.range().start].rsplit('\n').next().is_none_or(|before| before.trim().is_empty());
    let deepest = column(source, text) + usize::from(!is_alone);
    let note = note_on_line(source, end).or_else(|| note_below(source, end, deepest))?;
    Some(Place::new(text.file, note))
}

fn is_quoted(source: &str, text: Place) -> bool {
    source.get(text.range()).is_some_and(|text| text.starts_with(['"', '\'']))
}

/// The column of what the line of a place begins with, dashes of lists aside.
fn column(source: &str, place: Place) -> usize {
    let line = source[..place.range().start].rfind('\n').map_or(0, |index| index + 1);
    let text = source[line..].trim_start_matches(' ');
    let inner = text.strip_prefix("- ").map_or(text, |text| text.trim_start_matches(' '));
    source.len() - line - inner.len()
}

/// The note on the rest of a line.
fn note_on_line(source: &str, at: usize) -> Option<Range<usize>> {
    let line = source[at..].lines().next()?;
    let note = line.trim_start();
    let start = at + line.len() - note.len();
    note.starts_with('#').then(|| start..start + note.trim_end().len())
}

/// The note that stands on the next line that is not blank, at this column or behind it.
fn note_below(source: &str, at: usize, column: usize) -> Option<Range<usize>> {
    let start = source.len() - source[at..].trim_start().len();
    let line = source[at..start].rfind('\n').map(|index| at + index + 1)?;
    if start - line < column { None } else { note_on_line(source, start) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::claimed;
    use crate::freezing::testing::frozen_with;
    use crate::model::{MeasureId, Year};
    use crate::rules::testing::{commented, dataset, edited, findings, marked};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn what_is_cut_off_is_found() {
        let text = commented("Dotace č. j. KULK #12345/2025 na tři roky.");
        assert_eq!(marked(&RULE, &[(PATH, &text)]), ["#12345/2025 na tři roky."]);
        let found = findings(&RULE, &[(PATH, &text)]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("se nečte nic od znaku „#“ dál"), "{found:?}");
    }

    #[test]
    fn what_a_note_takes_away_below_a_text_or_behind_a_key_is_found() {
        let told = "za klíčem „komentar“ se nečte nic od znaku „#“ dál";
        for (comment, at, note, message) in [
            ("Vznikly dvě\n      # 1 zahrada v Turnově", "6:7", "# 1 zahrada v Turnově", "komentář"),
            ("Vznikly dvě\n\n     # 1 zahrada", "7:6", "# 1 zahrada", "komentář"),
            ("\n      Vznikly dvě\n      # 1 zahrada", "7:7", "# 1 zahrada", "komentář"),
            ("#1 Vznikly dvě.", "5:15", "#1 Vznikly dvě.", told),
            ("#1 Vznikly\n      dvě.", "5:15", "#1 Vznikly", told),
            ("\n      # 1 zahrada", "6:7", "# 1 zahrada", told),
        ] {
            let text = commented(comment);
            assert_eq!(marked(&RULE, &[(PATH, &text)]), [note], "{comment}");
            let found = findings(&RULE, &[(PATH, &text)]).concat();
            assert!(found.starts_with(&format!("{PATH}:{at}: ")) && found.contains(message), "{found}");
        }
        let reported = |answer: &str| {
            let criteria = format!("Ano.\n    kriteria:\n      - kriterium: Počet konferencí\n        {answer}\n");
            marked(&RULE, &[(PATH, &commented(&criteria))])
        };
        for (answer, note) in [
            ("doklad: #1.pdf", "#1.pdf"),
            ("doklad : #1.pdf", "#1.pdf"),
            ("doklad: dukazy/a #1.pdf", "#1.pdf"),
            ("hodnota: # 4", "# 4"),
            ("stav: #", "#"),
        ] {
            assert_eq!(reported(answer), [note], "{answer}");
        }
        for answer in ["doklad: \"#1.pdf\"", "doklad: dukazy/a#1.pdf", "hodnota: 4 # 2024", "# 4\n        hodnota: 4"] {
            assert_eq!(reported(answer), [""; 0], "{answer}");
        }
    }

    #[test]
    fn notes_behind_what_is_quoted_or_on_lines_of_their_own_are_not_found() {
        for comment in [
            "\"Dotace č. j. #12\" # ověřit",
            "'Dotace' # ověřit",
            "|-\n      Dotace č. j. #12\n      trvá.\n    # ověřit",
            "Dotace č. j. KULK#12",
            "Dotace\n    # ověřit",
            "Dotace\n\n  # ověřit",
            "Dotace\n\n\n\n  # ověřit",
            "\n    # ověřit",
            "|-\n      Dotace\n     # ověřit",
            "\"Dotace\"\n      # ověřit",
            "# ověřit\n      \"Dotace\"",
            "# ověřit\n      |-\n      Dotace",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, &commented(comment))]), [""; 0], "{comment}");
        }
        for criteria in ["# žádná", "\n      # - kriterium: Počet konferencí\n      #   hodnota: 4"] {
            let text = commented(&format!("Ano.\n    kriteria: {criteria}"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{criteria}");
        }
        let csv = "opatreni,stav,komentar\nI/1,PLNĚNO,Dotace č. j. KULK #12\n";
        let tabs = "opatreni\tstav\tkomentar\tkriterium\tdoklad\nI/2\tPLNĚNO\tDotace\t#12\t\n";
        for table in [csv, tabs] {
            assert_eq!(findings(&RULE, &[(PATH, ""), ("obdobi/2023/podklady/oz.csv", table)]), [""; 0]);
        }
    }

    #[test]
    fn definitions_lose_only_what_no_note_begins_with() {
        const AREA: &str = "opatreni/01.yaml";
        const PERIOD: &str = "obdobi/2023/obdobi.yaml";
        for (path, from, to, note) in [
            (AREA, "popis: metodiku bydlení", "popis: linku č. #1 pro rodiny", Some("#1 pro rodiny")),
            (AREA, "indikator: metodika\n", "indikator: metodika #bydlení, počet\n", Some("#bydlení, počet")),
            (AREA, "nazev: Bydlení\n", "nazev: Bydlení #1\n", Some("#1")),
            ("strategie.yaml", "nazev: Cvičná strategie", "nazev: Cvičná #1 strategie", Some("#1 strategie")),
            (
                AREA,
                "kriteria: [{nazev: metodika, druh: vystup}]",
                "kriteria:\n      - nazev: metodika #1\n        druh: vystup",
                Some("#1"),
            ),
            (PERIOD, "obdobi: 2023", "obdobi: 2023\npuvod: Stavy č. #1 jsou převzaty.", Some("#1 jsou převzaty.")),
            (AREA, "popis: metodiku bydlení", "popis: metodiku # ověřit", None),
            (AREA, "popis: metodiku bydlení", "popis: metodiku #, ověřit", None),
            (AREA, "popis: metodiku bydlení", "popis: \"metodiku\" #1", None),
            (AREA, "popis: metodiku bydlení", "popis: metodiku\n      #druhá", None),
            (AREA, "termin: 12/2024", "termin: 12/2024 #změněno", None),
        ] {
            let text = edited(path, from, to);
            assert_eq!(marked(&RULE, &[(path, &text)]), Vec::from_iter(note), "{to}");
            let moved = format!("{}# dnes\n", edited("opatreni/02.yaml", "[OZ]", "[OZ]"));
            let frozen = frozen_with(Year(2023), &[(path, &text)]);
            let kept = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str()));
            let is_ours = |found: &Diagnostic| std::ptr::eq(found.rule, &RULE);
            // Nobody asked a frozen period for it, whether its definitions are those of today or not.
            let kept = kept.chain([(path, text.as_str())]);
            for today in [None, Some(("opatreni/02.yaml", moved.as_str()))] {
                let all: Vec<(&str, &str)> = kept.clone().chain(today).collect();
                assert!(!dataset(&all).check(Some(Year(2023))).iter().any(is_ours), "{to}");
            }
        }
        let text = edited(AREA, "popis: metodiku bydlení", "popis: linku č. #1");
        let found = dataset(&[(AREA, &text)]).check(None);
        let measures = found.iter().filter(|found| std::ptr::eq(found.rule, &RULE)).map(|found| found.measure);
        assert_eq!(measures.collect::<Vec<_>>(), [MeasureId::parse("I/1")]);
    }

    #[test]
    fn a_note_neither_takes_a_status_nor_gives_one() {
        let id = MeasureId::parse("I/2").expect("it is one");
        let accepted = "prijato:\n  - {nalez: useknuty-text, opatreni: I/2, obdobi: 2023, duvod: Tak.}\n";
        let stated = "    stav: PLNĚNO\n    komentar: Konaly se konference.\n";
        let criterion =
            |answers: &str| format!("    kriteria:\n      - kriterium: Počet konferencí\n        {answers}\n");
        for (answers, claims, codes) in [
            (format!("{stated}{}", criterion("doklad: https://a.cz/x # ověřit")), true, ["useknuty-text"].as_slice()),
            (
                criterion("stav: PLNĚNO\n        doklad: https://a.cz/x # ověřit"),
                true,
                &["bez-komentare", "useknuty-text"],
            ),
            ("    stav: PLNĚNO\n    komentar: # doplnit\n".to_owned(), true, &["useknuty-text"]),
            ("    stav: NEPLNĚNO\n    komentar: # doplnit\n".to_owned(), true, &["useknuty-text"]),
            ("    stav: # doplnit\n    komentar: Ano.\n".to_owned(), false, &["chybejici-stav"]),
            ("    komentar: \"#1\"\n    kriteria: # žádná\n".to_owned(), false, &["chybejici-stav"]),
            (criterion("hodnota: # zjistit"), false, &["chybejici-stav", "useknuty-text"]),
        ] {
            let text = format!("predkladatel: OSV\npodklady:\n  - opatreni: I/2\n{answers}");
            let found = |changes: &[(&str, &str)]| {
                let dataset = dataset(changes);
                let found = dataset.check(Some(Year(2023))).into_iter();
                let ours = found.filter(|found| dataset.files.path(found.place) == PATH && !found.is_accepted());
                ours.filter(|found| found.severity() != Severity::Note).map(|found| found.rule.code).collect::<Vec<_>>()
            };
            assert_eq!(found(&[(PATH, &text)]), codes, "{answers}");
            let left: Vec<&str> = codes.iter().copied().filter(|code| *code != RULE.code).collect();
            assert_eq!(found(&[(PATH, &text), ("prijato.yaml", accepted)]), left, "{answers}");
            let dataset = dataset(&[(PATH, &text)]);
            let submission = dataset.strategy.periods[&Year(2023)].submissions.on(id).first().expect("there is one");
            assert_eq!(claimed(submission, &dataset.strategy.measures[&id]).is_some(), claims, "{answers}");
        }
    }
}
