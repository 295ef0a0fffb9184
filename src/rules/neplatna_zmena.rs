//! A change of a measure that cannot be understood.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::model::{Change, ChangeKind, Measure, MeasureId, Year, one_line};
use crate::rules::Rule;
use crate::source::{Located, Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatna-zmena",
    severity: Severity::Error,
    title: "Změně opatření nejde rozumět",
    explanation: "Záznam v „zmeny“ říká, od kterého období změna platí a co se stalo: vznik, zmena, slouceni, rozdeleni, nebo zruseni. Sloučení a rozdělení jmenují i druhá opatření, ve kterých se pokračuje, a ta se proto od toho období sledují. Změny, kterými opatření začíná a končí, se střídají a z jednoho období platí nejvýš jedna z nich.",
    example: "zmeny:\n  - {od: 2025, druh: slouceni, usneseni: 45/24/ZK}",
    mend: "Opravte druh, období nebo číslo usnesení změny; ke sloučení a rozdělení doplňte klíč „opatreni“ s opatřeními, která se sledují.",
    checks: &[],
};

/// A period that is no year.
pub fn not_a_year(from: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, from.place, format!("„{}“ není období", one_line(&from.value)))
        .help("napište poslední rok období, od kterého změna platí, například 2025")
}

/// A kind that there is not.
pub fn unknown_kind(kind: &Text) -> Diagnostic {
    let diagnostic = Diagnostic::new(&RULE, kind.place, format!("neznámý druh změny „{}“", one_line(&kind.value)));
    let codes = ChangeKind::ALL.map(ChangeKind::code);
    match nearest(&kind.value, codes) {
        Some(near) => diagnostic.meant(near),
        None => diagnostic.help(format!("druhy změn jsou: {}", codes.join(", "))),
    }
}

/// Joined or split without saying with or into what.
pub fn without_measures(kind: &Located<ChangeKind>) -> Diagnostic {
    let (message, help) = match kind.value {
        ChangeKind::Split => ("opatření je rozděleno, ale není řečeno na která", "[I/7, I/8]"),
        _ => ("opatření je sloučeno, ale není řečeno s kterým", "I/2"),
    };
    Diagnostic::new(&RULE, kind.place, message).help(format!("doplňte druhé opatření, například „opatreni: {help}“"))
}

/// A measure that is joined with itself or comes from itself.
pub fn with_itself(other: &Located<MeasureId>) -> Diagnostic {
    let id = other.value;
    Diagnostic::new(&RULE, other.place, format!("opatření {id} ve své změně jmenuje samo sebe"))
        .measure(id)
        .help("napište druhé opatření, kterého se změna týká")
}

/// A resolution that has no number: it is not known yet, or the words of an advice were copied.
pub fn without_number(resolution: &Text) -> Diagnostic {
    let message = format!("„{}“ není číslo usnesení", one_line(&resolution.value));
    Diagnostic::new(&RULE, resolution.place, message)
        .help("napište číslo usnesení, které o změně rozhodlo, například 45/24/ZK")
}

/// A measure to go on in that is not followed itself, because of a change of its own. `has_others` says whether
/// the change names one that is.
pub fn goes_on_nowhere(other: &Located<MeasureId>, from: Year, turn: &Change, has_others: bool) -> Diagnostic {
    let help = if has_others {
        format!("opatření {} z výčtu vynechte: patří do něj jen ta, ve kterých se pokračuje", other.value)
    } else {
        "jmenujte opatření, které se od té doby sleduje, nebo opravte období jedné ze změn".to_owned()
    };
    let message = format!("opatření {} se v období {from} samo nesleduje", other.value);
    Diagnostic::new(&RULE, other.place, message).related(turn.kind.place, "říká to tato jeho změna").help(help)
}

/// Two changes of which one follows the measure and the other does not, or which say the same of it twice.
pub fn contradiction(first: &Change, second: &Change, measure: &Measure) -> Diagnostic {
    let (kind, from) = (second.kind.value, second.from.value);
    let (code, since) = (kind.code(), first.from.value);
    let message = match first.kind.value {
        _ if since < from && kind.ends() => {
            format!("změna {code} od období {from}: opatření se nesleduje už od období {since}")
        }
        _ if since < from => format!("změna {code} od období {from}: opatření se sleduje už od období {since}"),
        same if same == kind => format!("změna {code} je od období {from} zapsána dvakrát"),
        other => format!("změna {code} odporuje změně {}, obě platí od období {from}", other.code()),
    };
    let is_alike = |change: &&Change| change.kind.value == kind && change.from.value == from;
    let named = measure.changes.iter().filter(is_alike).flat_map(|change| &change.measures).map(|named| named.value);
    let named: BTreeSet<MeasureId> = named.filter(|named| *named != measure.id.value).collect();
    let help = if since < from {
        let between =
            if kind.ends() { "zařazeno, chybí změna vznik" } else { "vyřazeno, chybí změna, která to říká" };
        format!("nechte jen tu, která platí; bylo-li opatření mezitím {between}")
    } else if first.kind.value == kind && !named.is_empty() {
        let named = named.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        format!("spojte je v jednu změnu, která jmenuje všechna opatření: opatreni: [{named}]")
    } else {
        "období opatření buď sleduje, nebo ne: nechte jen tu, která platí, a druhou zmiňte v jejím klíči „popis“"
            .to_owned()
    };
    Diagnostic::new(&RULE, second.kind.place, message).related(first.kind.place, "ta je zapsána zde").help(help)
}

/// A measure that a change has named already.
pub fn named_twice(other: &Located<MeasureId>, first: Place) -> Diagnostic {
    Diagnostic::new(&RULE, other.place, format!("opatření {} je ve změně dvakrát", other.value))
        .related(first, "poprvé je zde")
        .help("druhý zápis smažte, nebo ho nahraďte opatřením, které jste měli na mysli")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps, mended};

    const PATH: &str = "opatreni/02.yaml";

    fn changed(entry: &str) -> String {
        edited(PATH, "odpovednost: [OZ]\n", &format!("odpovednost: [OZ]\n    zmeny:\n      - {entry}\n"))
    }

    #[test]
    fn each_fault_is_found_where_it_stands() {
        for (entry, found, help) in [
            (
                "{od: 2025, druh: přesun, usneseni: 1/24/ZK}",
                "12:26: neznámý druh změny „přesun“",
                "druhy změn jsou: vznik, zmena, slouceni, rozdeleni, zruseni",
            ),
            (
                "{od: loni, druh: zmena, usneseni: 1/24/ZK}",
                "12:14: „loni“ není období",
                "napište poslední rok období, od kterého změna platí, například 2025",
            ),
            (
                "{od: 2025, druh: slouceni, usneseni: 1/24/ZK}",
                "12:26: opatření je sloučeno, ale není řečeno s kterým",
                "doplňte druhé opatření, například „opatreni: I/2“",
            ),
            (
                "{od: 2025, druh: rozdeleni, usneseni: 1/24/ZK}",
                "12:26: opatření je rozděleno, ale není řečeno na která",
                "doplňte druhé opatření, například „opatreni: [I/7, I/8]“",
            ),
            (
                "{od: 2025, druh: slouceni, usneseni: 1/24/ZK, opatreni: II/1}",
                "12:65: opatření II/1 ve své změně jmenuje samo sebe",
                "napište druhé opatření, kterého se změna týká",
            ),
            (
                "{od: 2025, druh: zmena, usneseni: \"???\"}",
                "12:43: „???“ není číslo usnesení",
                "napište číslo usnesení, které o změně rozhodlo, například 45/24/ZK",
            ),
            (
                "{od: 2025, druh: zmena, usneseni: …}",
                "12:43: „…“ není číslo usnesení",
                "napište číslo usnesení, které o změně rozhodlo, například 45/24/ZK",
            ),
            (
                "{od: 2025, druh: zruseni, usneseni: 1/24}\n      - {od: 2025, druh: zrušení, usneseni: 2/24}",
                "13:26: změna zruseni je od období 2025 zapsána dvakrát",
                "období opatření buď sleduje, nebo ne: nechte jen tu, která platí, a druhou zmiňte v jejím klíči „popis“",
            ),
            (
                "{od: 2025, druh: slouceni, usneseni: 1/24, opatreni: I/2}\n      - {od: 2025, druh: slouceni, usneseni: 1/24, opatreni: I/1}\n      - {od: 2025, druh: slouceni, usneseni: 1/24, opatreni: I/2}",
                "13:26: změna slouceni je od období 2025 zapsána dvakrát",
                "spojte je v jednu změnu, která jmenuje všechna opatření: opatreni: [I/1, I/2]",
            ),
            (
                "{od: 2025, druh: slouceni, usneseni: 1/24, opatreni: I/2}\n      - {od: 2025, druh: slouceni, usneseni: 1/24, opatreni: I/2}\n      - {od: 2027, druh: slouceni, usneseni: 1/26, opatreni: I/1}",
                "13:26: změna slouceni je od období 2025 zapsána dvakrát",
                "spojte je v jednu změnu, která jmenuje všechna opatření: opatreni: [I/2]",
            ),
            (
                "{od: 2025, druh: vznik, usneseni: 1/24}\n      - {od: 2025, druh: zruseni, usneseni: 2/24}",
                "13:26: změna zruseni odporuje změně vznik, obě platí od období 2025",
                "období opatření buď sleduje, nebo ne: nechte jen tu, která platí, a druhou zmiňte v jejím klíči „popis“",
            ),
            (
                "{od: 2027, druh: zruseni, usneseni: 2/26}\n      - {od: 2025, druh: zruseni, usneseni: 1/24}",
                "12:26: změna zruseni od období 2027: opatření se nesleduje už od období 2025",
                "nechte jen tu, která platí; bylo-li opatření mezitím zařazeno, chybí změna vznik",
            ),
            (
                "{od: 2023, druh: vznik, usneseni: 1/22}\n      - {od: 2025, druh: vznik, usneseni: 1/24}",
                "13:26: změna vznik od období 2025: opatření se sleduje už od období 2023",
                "nechte jen tu, která platí; bylo-li opatření mezitím vyřazeno, chybí změna, která to říká",
            ),
            (
                "{od: 2025, druh: slouceni, usneseni: 1/24, opatreni: [I/2, I/1, I/2]}",
                "12:73: opatření I/2 je ve změně dvakrát",
                "druhý zápis smažte, nebo ho nahraďte opatřením, které jste měli na mysli",
            ),
        ] {
            let text = changed(entry);
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:{found}")]);
            assert_eq!(helps(&RULE, &[(PATH, &text)]), [help]);
        }
    }

    #[test]
    fn measures_go_on_only_in_those_that_are_followed() {
        const OTHER: &str = "opatreni/01.yaml";
        let other =
            |entry: &str| edited(OTHER, "odpovednost: [OSV]\n", &format!("odpovednost: [OSV]\n    zmeny: [{entry}]\n"));
        let ours = "opatreni/02.yaml:12:65: opatření I/1 se v období 2025 samo nesleduje";
        let (joined, split) = (
            "{od: 2025, druh: slouceni, usneseni: 1/24/ZK, opatreni: I/1}",
            "{od: 2025, druh: rozdeleni, usneseni: 1/24/ZK, opatreni: [I/1, I/2]}",
        );
        for (entry, others, found) in [
            (joined, "{od: 2025, druh: zruseni, usneseni: 2/24}", Some(ours)),
            (joined, "{od: 2023, druh: zruseni, usneseni: 2/24}", Some(ours)),
            (joined, "{od: 2027, druh: vznik, usneseni: 2/24}", Some(ours)),
            (joined, "{od: 2027, druh: zruseni, usneseni: 2/24}", None),
            (joined, "{od: 2025, druh: vznik, usneseni: 2/24, opatreni: II/1}", None),
            (joined, "{od: 2025, druh: slouceni, usneseni: 2/24, opatreni: I/2}", Some(ours)),
            // Each with the other: one slip.
            (
                joined,
                "{od: 2025, druh: slouceni, usneseni: 2/24, opatreni: II/1}",
                Some("opatreni/01.yaml:11:66: opatření II/1 se v období 2025 samo nesleduje"),
            ),
            (joined, "{od: 2023, druh: slouceni, usneseni: 2/24, opatreni: II/1}", Some(ours)),
            (split, "{od: 2025, druh: vznik, usneseni: 2/24}", None),
            (
                split,
                "{od: 2027, druh: vznik, usneseni: 2/24}",
                Some("opatreni/02.yaml:12:67: opatření I/1 se v období 2025 samo nesleduje"),
            ),
        ] {
            let expected: Vec<&str> = found.into_iter().collect();
            assert_eq!(
                findings(&RULE, &[(PATH, &changed(entry)), (OTHER, &other(others))]),
                expected,
                "{entry} {others}"
            );
        }
    }

    #[test]
    fn a_misspelled_kind_is_mended() {
        let text = changed("{od: 2025, druh: zrušeno, usneseni: 1/24/ZK}");
        assert_eq!(mended(&RULE, &[(PATH, &text)]), ["      - {od: 2025, druh: zruseni, usneseni: 1/24/ZK}"]);
    }

    #[test]
    fn whole_changes_are_not_found() {
        for entry in [
            "{od: 2025, druh: Zrušení, usneseni: 1/24/ZK}",
            "{od: 2025, druh: slouceni, usneseni: 1/24/ZK, opatreni: I/2}",
            "{od: 2025, druh: zmena, usneseni: 1/24/ZK, popis: Nový termín.}",
            "{od: 2025, druh: zruseni, usneseni: 1/24}\n      - {od: 2027, druh: vznik, usneseni: 1/26}\n      - {od: 2029, druh: zruseni, usneseni: 1/28}",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, &changed(entry))]), [""; 0], "{entry}");
        }
    }
}
