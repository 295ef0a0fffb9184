//! A count or share typed by hand in a narrative, where a variable would follow the data.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Status;
use crate::rules::facts::OF_TEMPLATE;
use crate::rules::{Check, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "cislo-v-textu",
    severity: Severity::Note,
    title: "Počet nebo podíl je v textu napsán rukou",
    explanation: "Texty „uvod.md“ a „shrnuti.md“ jsou šablony a počty opatření, okruhů a podíly stavů se do nich vkládají proměnnými. Číslo napsané rukou dnes sice souhlasí, po změně dat ale zůstane staré.",
    example: "Ve sledovaném období nebylo plněno 18 opatření.",
    mend: "Napište místo čísla proměnnou, například „{{ pocty.neplneno }}“ nebo „{{ pocty.celkem }}“.",
    checks: &[Check::WholePeriod(check)],
};

/// How many words behind a number may speak of measures: „18 neplněných opatření“, „18 z celkem
/// 109 opatření“ is the farthest.
const REACH: usize = 4;

/// Only a number that counts measures or areas in so many words, and counts them right, or a share that is
/// one of theirs to the tenth is a finding: years, dates and numbers of programmes are never taken for one. What
/// has the same number by chance, such as the measures of one area, only its author can tell.
fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in facts.texts_of_narratives() {
        let aligned = facts.files.aligned(&text);
        let words: Vec<&str> = text.value.split_whitespace().collect();
        for (what, written, variables) in (0..words.len()).filter_map(|index| typed(facts, &words, index)) {
            let start = written.as_ptr() as usize - text.value.as_ptr() as usize;
            let place = aligned.place(start..start + written.len());
            diagnostics.push(Diagnostic::new(&RULE, place, format!("{what} {written} je v textu napsán rukou")).help(
                format!(
                    "napište {}, aby {what} souhlasil i po změně dat; je-li tu o něčem jiném, nechte ho",
                    variables.join(" nebo ")
                ),
            ));
        }
    }
}

/// What the number at this word says, how it is written, and the variables that say the same.
fn typed<'t>(facts: &PeriodFacts<'_>, words: &[&'t str], index: usize) -> Option<(&'static str, &'t str, Vec<String>)> {
    // „1 109 opatření“ is one number.
    let is_part = |index: Option<usize>| index.and_then(|at| words.get(at)).is_some_and(|word| is_digits(word));
    if is_part(index.checked_sub(1)) || is_part(Some(index + 1)) {
        return None;
    }
    if let Some(written) = before_percent(words, index) {
        return Some(("podíl", written, shares(facts, written))).filter(|(.., shares)| !shares.is_empty());
    }
    let written = words[index].trim_end_matches(['.', ',', ';', ')']);
    let number = written.parse().ok()?;
    let variables = if counts_areas(words, index) {
        (n_areas(facts) == number).then(|| "„{{ okruhy | length }}“".to_owned()).into_iter().collect()
    } else if counts_measures(words, index) {
        variables(facts, number)
    } else {
        Vec::new()
    };
    Some(("počet", written, variables)).filter(|(.., variables)| !variables.is_empty())
}

/// The variables that hold this number, the total first.
fn variables(facts: &PeriodFacts<'_>, number: usize) -> Vec<String> {
    let total = (facts.counts.total() == number).then_some("celkem");
    let of_statuses = Status::ALL.into_iter().filter(|&status| facts.counts.get(status) == number).map(Status::column);
    total.into_iter().chain(of_statuses).map(|name| format!("„{{{{ pocty.{name} }}}}“")).collect()
}

/// The variables that hold this share, written with its tenths: others may be anything's.
fn shares(facts: &PeriodFacts<'_>, written: &str) -> Vec<String> {
    let Some((whole, tenth)) = written.split_once(',').filter(|(_, tenth)| tenth.len() == 1) else { return Vec::new() };
    let Ok(share) = format!("{whole}{tenth}").parse::<usize>() else { return Vec::new() };
    let known = facts.counts.shares_in_tenths().into_iter().enumerate();
    // Nothing and all of it are shares of many things.
    let known = known.filter(|&(_, known)| known == share && known % 1000 != 0);
    known.map(|(status, _)| format!("„{{{{ stavy[{status}].podil | procenta }}}}“")).collect()
}

/// How many areas have measures that are followed.
fn n_areas(facts: &PeriodFacts<'_>) -> usize {
    facts.evaluations.keys().map(|id| id.area).collect::<BTreeSet<_>>().len()
}

/// The number at this word without what stands around it, where it is per cent.
fn before_percent<'t>(words: &[&'t str], index: usize) -> Option<&'t str> {
    let word = words[index].trim_start_matches('(').trim_end_matches(['.', ',', ';', ')']);
    let is_apart = words.get(index + 1).is_some_and(|next| next.starts_with('%'));
    word.strip_suffix('%').or(is_apart.then_some(word))
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the number stands just before areas: „v 13 okruzích“. „3. okruh“ is an ordinal.
fn counts_areas(words: &[&str], index: usize) -> bool {
    let next = words.get(index + 1).map(|word| word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    let is_area = |word: String| matches!(word.as_str(), "okruh" | "okruhy" | "okruhů" | "okruhům" | "okruzích");
    is_digits(words[index]) && next.is_some_and(is_area)
}

/// Whether the number stands behind a status („NEPLNĚNO 18“, „neplněno: 18“) or before measures.
fn counts_measures(words: &[&str], index: usize) -> bool {
    let before = index.checked_sub(1).map_or("", |before| words[before]);
    let is_behind_status = Status::parse(before.trim_matches(|c: char| !c.is_alphanumeric())).is_some();
    // „3. opatření“ is an ordinal.
    is_behind_status || (is_digits(words[index]) && is_before_measures(&words[index + 1..]))
}

fn is_before_measures(words: &[&str]) -> bool {
    for word in words.iter().take(REACH) {
        if word.to_lowercase().starts_with("opatření") {
            return true;
        }
        // Another thing is counted, or the sentence ends.
        if !word.chars().all(|c| c.is_alphanumeric() || c == OF_TEMPLATE) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{findings, helps, marked};

    const PATH: &str = "obdobi/2023/uvod.md";

    #[test]
    fn a_count_of_measures_is_found_with_its_variable() {
        for (text, found, help) in [
            ("Strategie má 3 opatření.", "1:14: počet 3", "napište „{{ pocty.celkem }}“"),
            ("Úvod.\n\nŽe 2\u{A0}opatření.", "3:4: počet 2", "napište „{{ pocty.castecne }}“"),
            ("Stavy:\nčástečně: 2.", "2:11: počet 2", "napište „{{ pocty.castecne }}“"),
            ("Celkem 3 dílčí opatření", "1:8: počet 3", "napište „{{ pocty.celkem }}“"),
            ("Zčásti 2 z celkem {{ pocty.celkem }} opatření", "1:8: počet 2", "napište „{{ pocty.castecne }}“"),
            ("Není 0 opatření", "1:6: počet 0", "napište „{{ pocty.splneno }}“ nebo „{{ pocty.neplneno }}“"),
        ] {
            assert_eq!(findings(&RULE, &[(PATH, text)]), [format!("{PATH}:{found} je v textu napsán rukou")]);
            assert_eq!(
                helps(&RULE, &[(PATH, text)]),
                [format!("{help}, aby počet souhlasil i po změně dat; je-li tu o něčem jiném, nechte ho")]
            );
        }
        assert_eq!(marked(&RULE, &[(PATH, "Zčásti 2 z celkem 3 opatření, neplněno: 0.")]), ["2", "3", "0"]);
    }

    #[test]
    fn counts_of_areas_and_shares_of_statuses_are_found_with_their_variables() {
        // Of three measures one is PLNĚNO and two are ČÁSTEČNĚ.
        for (text, found, help) in [
            ("Opatření ve 2 okruzích.", "1:13: počet 2", "napište „{{ okruhy | length }}“, aby počet"),
            ("Je to 2 okruhů", "1:7: počet 2", "napište „{{ okruhy | length }}“, aby počet"),
            ("Běží 33,3\u{A0}%.", "1:6: podíl 33,3", "napište „{{ stavy[1].podil | procenta }}“, aby podíl"),
            ("Zčásti (66,7%), tedy", "1:9: podíl 66,7", "napište „{{ stavy[2].podil | procenta }}“, aby podíl"),
        ] {
            assert_eq!(findings(&RULE, &[(PATH, text)]), [format!("{PATH}:{found} je v textu napsán rukou")]);
            let helps = helps(&RULE, &[(PATH, text)]);
            assert!(helps.len() == 1 && helps[0].starts_with(help), "{helps:?}");
        }
    }

    #[test]
    fn variables_other_counts_and_other_things_are_not_found() {
        for text in [
            "{{ pocty.celkem }} opatření",
            "{% if pocty.celkem == 3 %} opatření {% endif %}",
            "{# 3 opatření #}",
            "V roce 2023 opatření běžela.",
            "Dne 3. 2. opatření skončila; 3. opatření.",
            "3 okruhy, v nich opatření",
            "Dotace 1 003 opatření, 12 3 opatření",
            "Program 3.2 opatření, usnesení 3/21/ZK opatření",
            "Šlo o 3 roky. Opatření běží.",
            "4 opatření a 7 opatření",
            "{{ okruhy | length }} okruhů, 4 okruhy, 2. okruh, okruh 2, II. okruh 2",
            "V roce 2023 okruhy běžely, 1 002 okruhy",
            "2 okruhově",
            "33 %, 33,33 %, 33.3 %, 1 033,3 %, 133,3 %, 33,3, 33,3 p. b., 33, 3 %",
            "0,0 % a 100,0 %, -33,3 %, x33,3 %",
            "Priorita 33,3; {{ stavy[1].podil | procenta }}",
            "3",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, text)]), [""; 0], "{text}");
        }
    }
}
