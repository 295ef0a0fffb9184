//! A count typed by hand in a narrative, where a variable would follow the data.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Status;
use crate::rules::{Check, PeriodFacts, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: "cislo-v-textu",
    severity: Severity::Note,
    title: "Počet opatření je v textu napsán rukou",
    explanation: "Texty „uvod.md“ a „shrnuti.md“ jsou šablony a počty se do nich vkládají proměnnými. Číslo napsané rukou dnes sice souhlasí, po změně dat ale zůstane staré.",
    example: "Ve sledovaném období nebylo plněno 18 opatření.",
    mend: "Napište místo čísla proměnnou, například „{{ pocty.neplneno }}“ nebo „{{ pocty.celkem }}“.",
    checks: &[Check::WholePeriod(check)],
};

/// How many words behind a number may speak of measures: „18 neplněných opatření“, „18 z celkem
/// 109 opatření“ is the farthest.
const REACH: usize = 4;

/// Only a number that counts measures in so many words, and counts them right, is a finding: years,
/// dates and numbers of programmes are never taken for one.
fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for text in facts.narratives() {
        let aligned = facts.files.aligned(&text);
        let masked = without_template(&text.value);
        let words = words(&masked);
        for (index, &(word, start)) in words.iter().enumerate() {
            let digits = word.trim_end_matches(['.', ',', ';', ')']);
            let variables = digits.parse().map(|number| variables(facts, number)).unwrap_or_default();
            if !variables.is_empty() && counts_measures(&words, index) {
                let place = aligned.place(start..start + digits.len());
                diagnostics.push(
                    Diagnostic::new(&RULE, place, format!("počet {digits} je v textu napsán rukou"))
                        .help(format!("napište {}, aby počet souhlasil i po změně dat", variables.join(" nebo "))),
                );
            }
        }
    }
}

/// The text with all that is the template's own made a meaningless word of as many bytes, so that
/// places stay the same.
fn without_template(text: &str) -> String {
    let mut masked = text.to_owned();
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}")] {
        let before = masked;
        masked = String::with_capacity(before.len());
        let mut at = 0;
        while let Some(start) = before[at..].find(open).map(|start| at + start) {
            let rest = &before[start..];
            let length = rest.find(close).map_or(rest.len(), |at| at + close.len());
            masked.push_str(&before[at..start]);
            masked.extend((length % 2 == 1).then_some('x'));
            masked.extend(std::iter::repeat_n('µ', length / 2));
            at = start + length;
        }
        masked.push_str(&before[at..]);
    }
    masked
}

/// The words of a text, each with where it begins.
fn words(text: &str) -> Vec<(&str, usize)> {
    let start_of = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| (word, start_of(word))).collect()
}

/// The variables that hold this number, the total first.
fn variables(facts: &PeriodFacts<'_>, number: usize) -> Vec<String> {
    let total = (facts.counts.total() == number).then_some("celkem");
    let of_statuses = Status::ALL.into_iter().filter(|&status| facts.counts.get(status) == number).map(Status::column);
    total.into_iter().chain(of_statuses).map(|name| format!("„{{{{ pocty.{name} }}}}“")).collect()
}

/// Whether the number stands behind a status („NEPLNĚNO 18“, „neplněno: 18“) or before measures.
fn counts_measures(words: &[(&str, usize)], index: usize) -> bool {
    let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let before = index.checked_sub(1).and_then(|before| words.get(before)).map_or("", |(word, _)| *word);
    // „1 109 opatření“ is one number.
    if is_digits(before) || words.get(index + 1).is_some_and(|(word, _)| is_digits(word)) {
        return false;
    }
    let is_behind_status = Status::parse(before.trim_matches(|c: char| !c.is_alphanumeric())).is_some();
    // „3. opatření“ is an ordinal.
    is_behind_status || (is_digits(words[index].0) && is_before_measures(&words[index + 1..]))
}

fn is_before_measures(words: &[(&str, usize)]) -> bool {
    for (word, _) in words.iter().take(REACH) {
        if word.to_lowercase().starts_with("opatření") {
            return true;
        }
        // Another thing is counted, or the sentence ends.
        if !word.chars().all(char::is_alphanumeric) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
            assert_eq!(helps(&RULE, &[(PATH, text)]), [format!("{help}, aby počet souhlasil i po změně dat")]);
        }
        assert_eq!(marked(&RULE, &[(PATH, "Zčásti 2 z celkem 3 opatření, neplněno: 0.")]), ["2", "3", "0"]);
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
            "3",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, text)]), [""; 0], "{text}");
        }
    }

    proptest! {
        #[test]
        fn places_stay_the_same_without_the_template(text in "[{}#%0-9 ž\n\\PC]{0,60}") {
            prop_assert_eq!(without_template(&text).len(), text.len());
        }
    }
}
