//! A number far from the one reported last time.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{BodyId, MeasureId, Reported, czech_number, squash};
use crate::rules::{Check, PeriodFacts, Rule, Said};
use crate::source::Located;

/// The rule.
pub static RULE: Rule = Rule {
    code: "skok-hodnoty",
    severity: Severity::Note,
    title: "Hodnota se od minula změnila nezvykle mnoho",
    explanation: "Týž subjekt u téhož kritéria uvádí aspoň pětkrát více, nebo pětkrát méně než v předchozím období. Často jde o překlep, jinou jednotku, nebo o součet za jinou dobu.",
    example: "# období 2023: Počet mediátorů 4; data/obdobi/2025/podklady/oz.yaml:\nkriteria:\n  - {kriterium: Počet mediátorů, hodnota: 40}",
    mend: "Hodnotu ověřte. Je-li správná, vysvětlete změnu v komentáři.",
    checks: &[Check::Measure(check)],
};

/// How many times more or less is unusual.
const RATIO: f64 = 5.0;
/// Small numbers grow fivefold easily; they have to differ by this much as well.
const DIFFERENCE: f64 = 5.0;

fn check(facts: &PeriodFacts<'_>, said: Said<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let id = said.id();
    for submission in said.submissions.iter() {
        for reported in &submission.criteria {
            let criterion = said.measure.criteria.get(reported.criterion.value);
            let (Some(value), Some(criterion)) = (&reported.value, criterion) else { continue };
            if let Some(before) = last_value(facts, id, submission.body.value, &criterion.name)
                && is_far(before, value.value)
            {
                diagnostics.push(finding(facts, id, &criterion.name, value, before));
            }
        }
    }
}

/// What the same body said of the criterion of this name in the period before; where several bodies
/// have become one since, what they said together.
fn last_value(facts: &PeriodFacts<'_>, id: MeasureId, body: BodyId, criterion: &str) -> Option<f64> {
    let previous = facts.previous()?;
    let criteria = &previous.strategy.measures.get(&id)?.criteria;
    let (register, earlier) = (&facts.strategy.register, &previous.strategy.register);
    let is_same = |reported: &&Reported| {
        criteria.get(reported.criterion.value).is_some_and(|known| squash(&known.name) == squash(criterion))
    };
    let own = previous
        .period
        .submissions
        .on(id)
        .iter()
        .filter(|said| register.known_again(said.body.value, earlier) == Some(body));
    let values = own.filter_map(|said| said.criteria.iter().find(is_same)?.value.as_ref());
    values.map(|value| value.value).reduce(|one, other| one + other)
}

fn is_far(before: f64, now: f64) -> bool {
    let (less, more) = (before.min(now), before.max(now));
    more >= less * RATIO && more - less >= DIFFERENCE
}

fn finding(facts: &PeriodFacts<'_>, id: MeasureId, criterion: &str, value: &Located<f64>, before: f64) -> Diagnostic {
    let earlier = facts.previous().map(|previous| previous.period.name()).unwrap_or_default();
    let message = format!(
        "opatření {id}: „{criterion}“ je {}, v období {earlier} to bylo {}",
        czech_number(value.value),
        czech_number(before)
    );
    Diagnostic::new(&RULE, value.place, message)
        .measure(id)
        .help("hodnotu ověřte; je-li správná, vysvětlete změnu v komentáři")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::freezing::testing::frozen_with;
    use crate::model::Year;
    use crate::rules::testing::{edited, findings_in_next_period};

    /// The small data set has 80 participants in 2023.
    fn found(now: &str) -> Vec<String> {
        found_with(now, &[])
    }

    fn found_with(now: &str, changes: &[(&str, &str)]) -> Vec<String> {
        let criteria = format!("kriteria: [{{kriterium: Počet účastníků, hodnota: {now}, stav: PLNĚNO}}]");
        let submitted = format!("  - {{opatreni: I/2, stav: PLNĚNO, komentar: x, {criteria}}}\n");
        findings_in_next_period(&RULE, &submitted, changes)
    }

    /// OZ reports 20 participants beside the 80 of OSV in 2023, and then both are one body.
    #[test]
    fn who_was_renamed_or_joined_is_the_same_body() {
        let path = "obdobi/2023/podklady/oz.yaml";
        let theirs = "podklady:\n  - {opatreni: I/2, kriteria: [{kriterium: Počet účastníků, hodnota: 20}]}\n";
        let frozen = frozen_with(Year(2023), &[(path, theirs)]);
        let kept = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain([(path, theirs)]);
        let kept: Vec<(&str, &str)> = kept.collect();
        let renamed = edited("subjekty.yaml", "kod: OSV, nazev: odbor", "kod: OSZ, aliasy: [OSV], nazev: odbor");
        let joined = renamed.replace("aliasy: [OSV]", "aliasy: [OSV, OZ]").replace("{kod: OZ,", "{kod: jiný,");
        for (register, now, then) in [
            (&renamed, "399", None),
            (&renamed, "400", Some("80")),
            (&joined, "499", None),
            (&joined, "500", Some("100")),
        ] {
            let found = found_with(now, &[kept.as_slice(), &[("subjekty.yaml", register)]].concat());
            let expected = then.map(|then| {
                format!("obdobi/2025/podklady/osv.yaml:3:97: opatření I/2: „Počet účastníků“ je {now}, v období 2022–2023 to bylo {then}")
            });
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{register}");
        }
    }

    #[test]
    fn five_times_more_or_less_is_found() {
        let message = |now: &str| {
            format!(
                "obdobi/2025/podklady/osv.yaml:3:97: opatření I/2: „Počet účastníků“ je {now}, v období 2022–2023 to bylo 80"
            )
        };
        for now in ["400", "16", "0", "1250"] {
            assert_eq!(found(now), [message(now)]);
        }
    }

    #[test]
    fn usual_changes_are_not_found() {
        for now in ["80", "399", "17", "160"] {
            assert_eq!(found(now), [""; 0], "{now}");
        }
        assert!(!is_far(1.0, 5.0) && is_far(1.0, 6.0) && !is_far(0.0, 4.0) && is_far(0.0, 5.0));
    }
}
