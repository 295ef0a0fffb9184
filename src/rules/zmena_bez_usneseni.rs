//! A definition that is not what it was in the period before, and no resolution is named.

use std::collections::BTreeSet;

use crate::dataset::Evaluated;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{
    AreaNumber, ChangeKind, Deadline, Measure, MeasureId, Named, Strategy, UNKNOWN_BODY, Year, one_line, squash,
};
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::{Located, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "zmena-bez-usneseni",
    severity: Severity::Warning,
    title: "Opatření se změnilo a není řečeno, kterým usnesením",
    explanation: "Termín, indikátor nebo gestor opatření jsou jiné než v předchozím, zmrazeném období, nebo opatření přibylo či zmizelo, a jeho „zmeny“ neříkají, kdo o tom rozhodl. Strategii schválilo zastupitelstvo; změnit ji může zase jen usnesení.",
    example: "# data/opatreni/01.yaml; za období 2023 měl I/1 termín 12/2024\n- cislo: 1\n  termin: 12/2026",
    mend: "Doplňte do opatření „zmeny: [{od: 2025, druh: zmena, usneseni: 45/24/ZK}]“, nebo vraťte původní znění. Zrušené opatření z definic nemažte, zapište u něj druh zruseni. Přejmenovanému gestorovi nechte starý kód mezi „aliasy“ v subjekty.yaml, pak se za změnu nepovažuje.",
    checks: &[Check::WholePeriod(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(previous) = facts.previous() else { return };
    // Periods without definitions of their own cannot differ in them.
    if std::ptr::eq(previous.strategy, facts.strategy) {
        return;
    }
    for measure in facts.strategy.followed_in(facts.period.year) {
        if is_explained(measure, previous.period.year, facts.period.year) {
            continue;
        }
        let before = previous.strategy.measures.get(&measure.id.value);
        let before = before.filter(|before| before.not_followed_in(previous.period.year).is_none());
        diagnostics.extend(match before {
            // It may be the one that a gap in the numbering misses, which has its own finding.
            None => (!facts.strategy.is_after_gap(measure.id.value)).then(|| added(measure, previous)),
            Some(before) => changed(facts, measure, before, previous),
        });
    }
    let gone = previous.strategy.followed_in(previous.period.year).map(|before| before.id.value);
    let gone = gone.filter(|id| !facts.strategy.measures.contains_key(id) && !facts.strategy.skips(*id));
    let (measures, areas): (Vec<MeasureId>, Vec<MeasureId>) =
        gone.partition(|id| facts.strategy.areas.contains_key(&id.area));
    let areas: BTreeSet<AreaNumber> = areas.into_iter().map(|id| id.area).collect();
    diagnostics.extend(measures.into_iter().filter_map(|id| removed(facts, id, previous)));
    diagnostics.extend(areas.into_iter().filter_map(|area| removed_area(facts, area, previous)));
}

/// Whether the measure says what became of it between two periods.
fn is_explained(measure: &Measure, previous: Year, year: Year) -> bool {
    measure.changes.iter().any(|change| change.from.value > previous && change.from.value <= year)
}

fn changed(
    facts: &PeriodFacts<'_>,
    measure: &Measure,
    before: &Measure,
    previous: &Evaluated<'_>,
) -> Option<Diagnostic> {
    let (old, new) = (previous.strategy, facts.strategy);
    let mut changes: Vec<(Place, String)> = Vec::new();
    let deadline = |measure: &Measure| measure.deadline.as_ref().map(deadline_text).unwrap_or_default();
    if squash(&deadline(before)) != squash(&deadline(measure)) {
        let place = measure.deadline.as_ref().map_or(measure.id.place, |deadline| deadline.place);
        changes.push((place, format!("termín ({} → {})", deadline(before), deadline(measure))));
    }
    let indicator = |measure: &Measure| measure.indicator.as_ref().map(|text| one_line(&text.value));
    if indicator(before) != indicator(measure) {
        let place = measure.indicator.as_ref().map_or(measure.id.place, |indicator| indicator.place);
        changes.push((place, "indikátor".to_owned()));
    }
    let (was, is) = (responsible(before, old, new), responsible(measure, new, new));
    let mut help = advice(facts.period.year);
    if was != is {
        let list = |codes: &BTreeSet<&str>| match codes.len() {
            0 => "nikdo".to_owned(),
            _ => codes.iter().copied().collect::<Vec<_>>().join(", "),
        };
        if before.responsible_bodies().any(|body| new.register.known_again(body, &old.register).is_none()) {
            help.push_str("; přejmenoval-li se jen gestor, doplňte v subjekty.yaml jeho starý kód mezi „aliasy“");
        }
        changes.push((measure.responsible_place, format!("gestor ({} → {})", list(&was), list(&is))));
    }
    let (place, _) = changes.first()?;
    let words: Vec<&str> = changes.iter().map(|(_, words)| words.as_str()).collect();
    let (id, earlier) = (measure.id.value, previous.period.name());
    let message =
        format!("opatření {id} má proti období {earlier} změněno: {}; usnesení není uvedeno", words.join(", "));
    Some(Diagnostic::new(&RULE, *place, message).measure(id).help(help))
}

fn added(measure: &Measure, previous: &Evaluated<'_>) -> Diagnostic {
    let (id, earlier) = (measure.id.value, previous.period.name());
    let message = format!("opatření {id} v období {earlier} nebylo a není řečeno, kterým usnesením vzniklo");
    let year = previous.period.year;
    let help = format!(
        "doplňte k němu „zmeny“ s druhem {} a číslem usnesení, platné po období {year}",
        ChangeKind::Added.code()
    );
    Diagnostic::new(&RULE, measure.id.place, message).measure(id).help(help)
}

fn removed(facts: &PeriodFacts<'_>, id: MeasureId, previous: &Evaluated<'_>) -> Option<Diagnostic> {
    let place = facts.strategy.areas.get(&id.area)?.number.place;
    let earlier = previous.period.name();
    let message = format!("opatření {id} se v období {earlier} sledovalo, v definicích už není");
    let help = "zrušené opatření nemažte: vraťte ho a zapište k němu „zmeny“ s druhem zruseni a číslem usnesení";
    Some(Diagnostic::new(&RULE, place, message).help(help))
}

/// An area that went as a whole, and is no gap: it was the last one, so the one that is last now shows it.
fn removed_area(facts: &PeriodFacts<'_>, area: AreaNumber, previous: &Evaluated<'_>) -> Option<Diagnostic> {
    let (_, last) = facts.strategy.areas.last_key_value()?;
    let earlier = previous.period.name();
    let message = format!("opatření okruhu {area} se v období {earlier} sledovala, v definicích už okruh není");
    let help =
        "zrušená opatření nemažte: vraťte soubor okruhu a zapište k nim „zmeny“ s druhem zruseni a číslem usnesení";
    Some(Diagnostic::new(&RULE, last.number.place, message).help(help))
}

fn advice(year: Year) -> String {
    let kind = ChangeKind::Changed.code();
    format!("doplňte „zmeny: [{{od: {year}, druh: {kind}, usneseni: …}}]“, nebo vraťte původní znění")
}

fn deadline_text(deadline: &Located<Deadline>) -> String {
    deadline.value.to_string()
}

/// The codes of the responsible bodies, those that they have `now`: a new name is no change.
fn responsible<'s>(measure: &Measure, strategy: &'s Strategy, now: &'s Strategy) -> BTreeSet<&'s str> {
    let code = |named: &Located<Named>| match named.value {
        Named::Body(body) => now.register.as_now(body, &strategy.register).code.value.as_str(),
        Named::Unknown => UNKNOWN_BODY,
    };
    measure.responsible.iter().map(code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::freezing::testing::frozen;
    use crate::rules::testing::{edited, findings, findings_in_next_period, helps, next_period};

    const PATH: &str = "opatreni/01.yaml";

    /// The small data set when 2023 is frozen and its first area has another text since.
    fn moved_on(area: &str) -> Vec<(String, String)> {
        let next = next_period("  - {opatreni: I/2, stav: PLNĚNO, komentar: x}\n");
        frozen(Year(2023)).into_iter().chain(next).chain([(PATH.to_owned(), area.to_owned())]).collect()
    }

    fn borrowed(changes: &[(String, String)]) -> Vec<(&str, &str)> {
        changes.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
    }

    fn found(area: &str) -> Vec<String> {
        findings(&RULE, &borrowed(&moved_on(area)))
    }

    #[test]
    fn each_kind_of_change_is_found() {
        for (from, to, expected) in [
            (
                "termin: 12/2024",
                "termin: 12/2026",
                "9:13: opatření I/1 má proti období 2022–2023 změněno: termín (12/2024 → 12/2026); usnesení není uvedeno",
            ),
            (
                "indikator: metodika",
                "indikator: nová metodika",
                "7:16: opatření I/1 má proti období 2022–2023 změněno: indikátor; usnesení není uvedeno",
            ),
            (
                "odpovednost: [OSV]",
                "odpovednost: [OZ]",
                "10:18: opatření I/1 má proti období 2022–2023 změněno: gestor (OSV → OZ); usnesení není uvedeno",
            ),
            (
                "    termin: 12/2024\n    odpovednost: [OSV]",
                "    termin: 01/2025\n    odpovednost: []",
                "9:13: opatření I/1 má proti období 2022–2023 změněno: termín (12/2024 → 01/2025), gestor (OSV → nikdo); usnesení není uvedeno",
            ),
        ] {
            assert_eq!(found(&edited(PATH, from, to)), [format!("{PATH}:{expected}")]);
        }
    }

    #[test]
    fn what_to_write_is_said_with_the_year_of_the_new_period() {
        assert_eq!(
            helps(&RULE, &borrowed(&moved_on(&edited(PATH, "termin: 12/2024", "termin: 12/2026")))),
            ["doplňte „zmeny: [{od: 2025, druh: zmena, usneseni: …}]“, nebo vraťte původní znění"]
        );
    }

    /// OSV has another code, which II/1 and the others are written with.
    #[test]
    fn who_was_only_renamed_is_not_found_unless_nothing_says_so() {
        let code = "kod: OSV, nazev";
        let forgotten = "opatření I/1 má proti období 2022–2023 změněno: gestor (OSV → OSZ); usnesení není uvedeno";
        let joined = "opatření I/1 má proti období 2022–2023 změněno: gestor (OSZ → OSZ, OZ); usnesení není uvedeno";
        let advice = "doplňte „zmeny: [{od: 2025, druh: zmena, usneseni: …}]“, nebo vraťte původní znění";
        let advice_on_names =
            format!("{advice}; přejmenoval-li se jen gestor, doplňte v subjekty.yaml jeho starý kód mezi „aliasy“");
        for (register, responsible, expected) in [
            ("kod: OSZ, aliasy: [OSV], nazev", "[OSZ]", None),
            ("kod: OSZ, aliasy: [OSV], nazev", "[OSV]", None),
            ("kod: OSZ, nazev", "[OSZ]", Some((forgotten, advice_on_names.as_str()))),
            ("kod: OSZ, aliasy: [OSV], nazev", "[OZ, OSZ]", Some((joined, advice))),
        ] {
            let area = edited(PATH, "odpovednost: [OSV]", &format!("odpovednost: {responsible}"));
            let area = area.replace(
                "odpovednost: [OSV, OZ]",
                "odpovednost: [OSZ, OZ]\n    zmeny: [{od: 2025, druh: zmena, usneseni: 1/24/ZK}]",
            );
            let mut files = moved_on(&area);
            files.push(("subjekty.yaml".to_owned(), edited("subjekty.yaml", code, register)));
            let expected_at = expected.map(|(message, _)| format!("{PATH}:10:18: {message}"));
            assert_eq!(findings(&RULE, &borrowed(&files)), Vec::from_iter(expected_at), "{register}");
            let help = expected.map(|(_, help)| help.to_owned());
            assert_eq!(helps(&RULE, &borrowed(&files)), Vec::from_iter(help), "{register}");
        }
    }

    #[test]
    fn a_measure_that_came_or_went_is_found() {
        let more = edited(PATH, "  - cislo: 2\n", "  - cislo: 3\n    popis: x\n    termin: 12/2026\n  - cislo: 2\n");
        assert_eq!(
            found(&more),
            [format!("{PATH}:12:12: opatření I/3 v období 2022–2023 nebylo a není řečeno, kterým usnesením vzniklo")]
        );
        let all = edited(PATH, "cislo: 1", "cislo: 1");
        let less = all.split("  - cislo: 2").next().expect("the first measure");
        let moved = findings_in_next_period(
            &RULE,
            "  - {opatreni: I/1, stav: PLNĚNO, komentar: x}\n",
            &frozen(Year(2023))
                .iter()
                .map(|(path, text)| (path.as_str(), text.as_str()))
                .chain([(PATH, less)])
                .collect::<Vec<_>>(),
        );
        assert_eq!(moved, [format!("{PATH}:1:8: opatření I/2 se v období 2022–2023 sledovalo, v definicích už není")]);
    }

    /// What the numbering skips has its own finding, at the next one.
    #[test]
    fn what_a_wrong_number_makes_of_measures_is_not_found() {
        const LAST: &str = "opatreni/02.yaml";
        for (path, text) in [
            (PATH, edited(PATH, "cislo: 2", "cislo: 3")),
            (PATH, edited(PATH, "cislo: 1", "cislo: 0")),
            (PATH, String::new()),
            (LAST, edited(LAST, "okruh: II", "okruh: III")),
        ] {
            let mut files: Vec<(String, String)> = moved_on(&edited(PATH, "cislo: 1", "cislo: 1"));
            files.retain(|(known, _)| known != path);
            files.push((path.to_owned(), text));
            assert_eq!(findings(&RULE, &borrowed(&files)), [""; 0], "{path}");
        }
    }

    #[test]
    fn the_last_area_goes_as_one() {
        let mut files = moved_on(&edited(PATH, "cislo: 1", "cislo: 1"));
        files.push(("opatreni/02.yaml".to_owned(), String::new()));
        assert_eq!(
            findings(&RULE, &borrowed(&files)),
            [format!("{PATH}:1:8: opatření okruhu II se v období 2022–2023 sledovala, v definicích už okruh není")]
        );
    }

    #[test]
    fn a_change_with_a_resolution_is_not_found_nor_is_another_spelling() {
        let change = "    termin: 12/2026\n    zmeny: [{od: 2025, druh: zmena, usneseni: 45/24/ZK}]";
        assert_eq!(found(&edited(PATH, "    termin: 12/2024", change)), [""; 0]);
        let early = change.replace("2025", "2023");
        assert_eq!(found(&edited(PATH, "    termin: 12/2024", &early)).len(), 1);
        assert_eq!(found(&edited(PATH, "termin: 12/2024", "termin: 12 / 2024")), [""; 0]);
    }
}
