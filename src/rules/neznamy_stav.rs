//! A status that is none of the four.

use std::collections::BTreeMap;

use crate::diagnostic::nearest;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Status, StatusWording, fold, one_line, status_called};
use crate::rules::Rule;
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neznamy-stav",
    severity: Severity::Error,
    title: "Neznámý stav plnění",
    explanation: "Stavy jsou čtyři: SPLNĚNO, PLNĚNO, ČÁSTEČNĚ a NEPLNĚNO. Na velikosti písmen nezáleží. Kraj, který je ve zprávě nazývá jinak, píše v datech a ve formulářích také tato slova.",
    example: "stav: částečne",
    mend: "Napište jeden ze čtyř stavů.",
    checks: &[],
};

/// What is longer was not meant as a status, in characters.
const LONGEST_STATUS: usize = 60;

/// A text that is no status; the strategy may call one so.
pub fn finding(text: &Text, statuses: &BTreeMap<Status, StatusWording>) -> Diagnostic {
    let mut written = one_line(&text.value);
    let is_comment = written.chars().count() > LONGEST_STATUS;
    if is_comment {
        written = format!("{}…", written.chars().take(LONGEST_STATUS).collect::<String>());
    }
    let diagnostic = Diagnostic::new(&RULE, text.place, format!("neznámý stav „{written}“"));
    if let Some(status) = status_called(statuses, &text.value) {
        let help = format!("tak se stav jmenuje ve zprávě; v datech se píše {status}");
        return diagnostic.help(help).replace_with(status.code());
    }
    match meant(&text.value) {
        Some(status) => diagnostic.help(format!("nemysleli jste {status}?")).replace_with(status.code()),
        None if is_comment => diagnostic.help("vypadá to jako komentář; není komentář na místě stavu a stav jinde?"),
        None => diagnostic.help("napište SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO"),
    }
}

/// Words that change nothing of the status that they stand with. Any other may („není“, „bude“, „zčásti“).
const IDLE: [&str; 8] = ["je", "jsou", "bylo", "jiz", "uz", "stav", "opatreni", "prubezne"];

/// The status that was probably meant. One that stands among words that may turn it round is none.
fn meant(text: &str) -> Option<Status> {
    let spellings = Status::spellings().map(|(spelling, status)| (fold(spelling), status));
    let words = text.split_whitespace().enumerate();
    let weighty = words.filter(|(at, word)| !(is_idle(word) || *at == 0 && is_item_mark(word)));
    let weighty: Vec<&str> = weighty.map(|(_, word)| word).collect();
    let written = fold(weighty.join(" ").trim_matches(|c: char| !c.is_alphanumeric()));
    let is_status = |text: &str| spellings.iter().find(|(spelling, _)| spelling == text).map(|(_, status)| *status);
    if let Some(status) = is_status(&written) {
        return Some(status);
    }
    if written.split(|c: char| !c.is_alphanumeric()).any(|word| is_status(word).is_some()) {
        return None;
    }
    let near = nearest(&written, spellings.iter().map(|(spelling, _)| spelling.as_str()))?;
    is_status(near)
}

/// Whether a word, marks around it aside, weighs nothing: „-“, „je“, „stav:“.
fn is_idle(word: &str) -> bool {
    let word = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    word.is_empty() || IDLE.contains(&word.as_str())
}

/// Whether a first word only counts or orders what follows: „1x“, „2.“, „a)“.
fn is_item_mark(word: &str) -> bool {
    let Some((last, name)) = word.char_indices().next_back().map(|(at, last)| (last, &word[..at])) else {
        return false;
    };
    let is_number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    match last {
        'x' | '×' => is_number,
        '.' | ')' => is_number || is_letter,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps, mended};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn a_misspelled_status_is_found_and_mended() {
        let text = edited(PATH, "ČÁSTEČNĚ\n    komentar: Metodika", "částečne\n    komentar: Metodika");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["obdobi/2023/podklady/osv.yaml:4:11: neznámý stav „částečne“"]);
        assert_eq!(mended(&RULE, &[(PATH, &text)]), ["    stav: ČÁSTEČNĚ"]);
    }

    #[test]
    fn a_status_among_marks_and_idle_words_is_meant_and_one_among_others_is_not() {
        use Status::{Done, Fulfilled, Partly, Unfulfilled};
        for (written, status) in [
            ("je plněno", Some(Fulfilled)),
            ("„PLNĚNO“", Some(Fulfilled)),
            ("(plněno)", Some(Fulfilled)),
            ("*plněno*", Some(Fulfilled)),
            ("- plněno", Some(Fulfilled)),
            ("1x plněno", Some(Fulfilled)),
            ("a) plněno", Some(Fulfilled)),
            ("2. plneno.", Some(Fulfilled)),
            ("Stav: plněno", Some(Fulfilled)),
            ("je plněna", Some(Fulfilled)),
            ("průběžně plněno", Some(Fulfilled)),
            ("částečne plneno", Some(Partly)),
            ("částěčně plněno", Some(Partly)),
            ("je částečně plněno", Some(Partly)),
            ("cástecne", Some(Partly)),
            ("částečn plněn", Some(Partly)),
            ("již splněno!", Some(Done)),
            ("splnno", Some(Done)),
            ("nesplněno", Some(Unfulfilled)),
            ("neplnno", Some(Unfulfilled)),
            ("není plněno", None),
            ("ne plněno", None),
            ("ne, plněno", None),
            ("nebylo splněno", None),
            ("není plněna", None),
            ("bude splněno", None),
            ("zčásti splněno", None),
            ("částečně neplněno", None),
            ("částečně nesplněno", None),
            ("částečně splněno", None),
            ("plněno / neplněno", None),
            ("PLNĚNO/ČÁSTEČNĚ", None),
            ("50 % plněno", None),
            ("plněno z 50 %", None),
            ("2 plněno", None),
            ("ok. plněno", None),
            ("nplněno", None),
            ("hotovo", None),
            ("-", None),
        ] {
            assert_eq!(meant(written), status, "{written}");
        }
    }

    #[test]
    fn a_name_of_the_strategys_own_is_told_by_its_code() {
        let strategy = edited("strategie.yaml", "nazev: PLNĚNO", "nazev: Probíhá");
        let text = edited(PATH, "stav: PLNĚNO\n    komentar: Konaly", "stav: PROBÍHÁ\n    komentar: Konaly");
        let changes = [("strategie.yaml", strategy.as_str()), (PATH, text.as_str())];
        assert_eq!(findings(&RULE, &changes), ["obdobi/2023/podklady/osv.yaml:7:11: neznámý stav „PROBÍHÁ“"]);
        assert_eq!(helps(&RULE, &changes), ["tak se stav jmenuje ve zprávě; v datech se píše PLNĚNO"]);
        assert_eq!(mended(&RULE, &changes), ["    stav: PLNĚNO"]);
    }

    #[test]
    fn a_comment_in_the_place_of_a_status_is_found_and_shortened() {
        let csv = "opatreni,stav\nII/1,Metodika je rozpracovaná a do konce roku ji projedná pracovní skupina.\n";
        let changes = [("obdobi/2023/podklady/oz.csv", csv)];
        assert_eq!(
            findings(&RULE, &changes),
            [
                "obdobi/2023/podklady/oz.csv:2:6: neznámý stav „Metodika je rozpracovaná a do konce roku ji projedná pracovn…“"
            ]
        );
        assert_eq!(helps(&RULE, &changes), ["vypadá to jako komentář; není komentář na místě stavu a stav jinde?"]);
        let sixty = "Metodika je rozpracovaná a do konce roku ji projedná skupina";
        let text = format!("opatreni,stav\nII/1,{sixty}\n");
        let changes = [("obdobi/2023/podklady/oz.csv", text.as_str())];
        let expected = format!("obdobi/2023/podklady/oz.csv:2:6: neznámý stav „{sixty}“");
        assert_eq!(findings(&RULE, &changes), [expected]);
        assert_eq!(helps(&RULE, &changes), ["napište SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO"]);
    }

    #[test]
    fn statuses_of_criteria_and_decisions_are_looked_into() {
        let text = edited(PATH, "hodnota: 80, stav: PLNĚNO", "hodnota: 80, stav: plní se");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), ["obdobi/2023/podklady/osv.yaml:11:57: neznámý stav „plní se“"]);
        let decision = "vyhodnoceni:\n  - {opatreni: I/1, stav: hotovo, duvod: Ano.}\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/vyhodnoceni.yaml", decision)]),
            ["obdobi/2023/vyhodnoceni.yaml:2:27: neznámý stav „hotovo“"]
        );
    }

    #[test]
    fn case_and_blanks_do_not_matter() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        let text = edited(PATH, "ČÁSTEČNĚ\n    komentar: Metodika", "Částečně  plněno\n    komentar: Metodika");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }
}
