//! What is found in the whole data set, and of which period.

use super::*;
use crate::freezing::testing::frozen_with;
use crate::rules::testing::{dataset, edited, next_period, open_data};

#[test]
fn what_is_accepted_is_not_known_while_it_cannot_be_read() {
    const PATH: &str = "prijato.yaml";
    let slip = "prijato:\n  - {nalez: bez-gestoraa, duvod: Víme o tom.}\n";
    for (text, is_known) in [("prijato: [\n", false), ("", false), (slip, true), ("prijato: []\n", true)] {
        let dataset = dataset(&[(PATH, text)]);
        let found = dataset.check(None);
        assert!(found.iter().all(|found| dataset.is_acceptance_known(found) == is_known), "{text}: {found:?}");
        let frozen = frozen_with(Year(2023), &[]);
        let kept = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let later = self::dataset(&kept.chain([(PATH, text)]).collect::<Vec<_>>());
        let found = later.check_today(None);
        assert!(found.iter().all(|found| later.is_acceptance_known(found) == is_known), "{text}: {found:?}");
    }
}

#[test]
fn a_column_without_a_title_is_no_error_of_a_frozen_period() {
    let path = "obdobi/2023/podklady/oz.csv";
    let [then, later] = ["Děje se.", "Jinak."].map(|text| format!("opatreni;stav;\nII/1;PLNĚNO;{text}\n"));
    let frozen = frozen_with(Year(2023), &[(path, &then)]);
    let codes = |text: &str, kept: &[(String, String)]| {
        let kept = kept.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let found = dataset(&kept.chain([(path, text)]).collect::<Vec<_>>()).check(Some(Year(2023))).into_iter();
        found.filter(|found| found.severity() == Severity::Error).map(|found| found.rule.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&then, &[]), ["neplatne-csv"]);
    assert_eq!(codes(&then, &frozen), [""; 0]);
    assert_eq!(codes(&later, &frozen), ["zmena-po-zmrazeni"]);
}

#[test]
fn an_unlikely_day_is_no_error_of_a_frozen_period() {
    let path = "obdobi/2023/obdobi.yaml";
    for (from, to) in [
        ("ke_dni: 2023-12-31", "ke_dni: 2025-03-31"),
        ("ke_dni: 2023-12-31", "termin_podkladu: 2052-03-31"),
        ("od: 2022", "od: 1922"),
    ] {
        let text = edited(path, from, to);
        let frozen = frozen_with(Year(2023), &[(path, &text)]);
        let codes = |kept: &[(String, String)]| {
            let kept = kept.iter().map(|(path, text)| (path.as_str(), text.as_str()));
            let found = dataset(&kept.chain([(path, text.as_str())]).collect::<Vec<_>>()).check(Some(Year(2023)));
            let errors = found.into_iter().filter(|found| found.severity() == Severity::Error);
            errors.map(|found| found.rule.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&[]), ["neplatne-obdobi"], "{to}");
        assert_eq!(codes(&frozen), [""; 0], "{to}");
    }
}

#[test]
fn how_a_frozen_period_is_spelled_is_not_to_be_mended() {
    let path = "obdobi/2023/podklady/osv.yaml";
    let submitted = edited(path, "stav: PLNĚNO\n    komentar", "stav: plněno\n    komentar");
    let area = edited("opatreni/01.yaml", "termin: 12/2024", "termin: 12 / 2024");
    let changes = [(path, submitted.as_str()), ("opatreni/01.yaml", area.as_str())];
    let frozen = frozen_with(Year(2023), &changes);
    let kept: Vec<(&str, &str)> = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let spelled = |changes: &[(&str, &str)]| {
        let dataset = dataset(changes);
        let found = dataset.check(None).into_iter().chain(dataset.check(Some(Year(2023))));
        let ours = found.filter(|found| std::ptr::eq(found.rule, &jiny_zapis::RULE));
        ours.map(|found| dataset.files.path(found.place).to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!(spelled(&changes), BTreeSet::from([path.to_owned(), "opatreni/01.yaml".to_owned()]));
    // The definitions of today may still be mended, those that the period keeps may not.
    let moved = area.replace("popis: metodiku", "popis: novou metodiku");
    assert_ne!(moved, area);
    let later = [kept.as_slice(), &[(path, submitted.as_str()), ("opatreni/01.yaml", moved.as_str())]].concat();
    assert_eq!(spelled(&later), BTreeSet::from(["opatreni/01.yaml".to_owned()]));
    // What closed the period, and what defines it, may be unreadable.
    for (name, text) in [
        ("zmrazeni.yaml", "otiskk: 0\n"),
        ("zmrazeni.yaml", "otisk: [\n"),
        ("zmrazeni.yaml", "\n"),
        ("zmrazeni.yml", "otisk: 0\n"),
        ("Zmrazeni.yaml", "otisk: 0\n"),
        ("obdobi.yaml", "obdobi: [\n"),
    ] {
        let broken = format!("obdobi/2023/{name}");
        let gone = if name == "obdobi.yaml" { "" } else { "obdobi/2023/zmrazeni.yaml" };
        let others = later.iter().copied().filter(|(path, _)| *path != gone && *path != broken);
        let changes: Vec<(&str, &str)> = others.chain([(broken.as_str(), text)]).collect();
        assert_eq!(spelled(&changes), BTreeSet::from(["opatreni/01.yaml".to_owned()]), "{name}: {text}");
        assert!(dataset(&changes).frozen_by(Year(2023)).is_some(), "{name}: {text}");
    }
    assert_eq!(dataset(&[]).frozen_by(Year(2023)), None);
}

#[test]
fn a_fault_hides_only_what_follows_from_it() {
    const AREA: &str = "opatreni/01.yaml";
    const THEN: &str = "obdobi/2023/podklady/osv.yaml";
    const LATER: &str = "obdobi/2025/podklady/osv.yaml";
    let area = edited(AREA, "    indikator: metodika\n", "");
    let then = "predkladatel: OSV\npodklady:\n  - {opatreni: I/1, stav: NEPLNĚNO}\n";
    let needless = ["", ", obdobi: 2023", ", obdobi: 2025"]
        .map(|keys| format!("  - {{nalez: bez-duvodu, opatreni: I/2{keys}, duvod: Tak.}}\n"));
    let accepted = format!("prijato:\n{}", needless.concat());
    let [(definition, days), (_, later)] = next_period("  - {opatreni: I/1, stav: NEPLNĚNO}\n");
    let known = [(AREA, &*area), (THEN, then), ("prijato.yaml", &accepted), (&definition, &days), (LATER, &later)];
    let frozen = frozen_with(Year(2023), &known);
    let frozen: Vec<(&str, &str)> = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let warnings = |kept: &[(&str, &str)], change: &[(&str, &str)], only: Option<u16>| {
        let others = known.iter().chain(kept).filter(|(path, _)| change.iter().all(|(changed, _)| changed != path));
        let found = dataset(&others.chain(change).copied().collect::<Vec<_>>()).check(only.map(Year)).into_iter();
        let warnings = found.filter(|found| found.severity() == Severity::Warning);
        let period = |found: &Diagnostic| found.period.map_or("definice".to_owned(), |year| year.to_string());
        warnings.map(|found| format!("{} {}", found.rule.code, period(&found))).collect::<BTreeSet<_>>()
    };
    let of_definitions = ["bez-indikatoru definice", "prijeti-navic definice"];
    let of_2023 = ["bez-duvodu 2023", "prijeti-navic 2023"];
    let of_2025 = ["bez-duvodu 2025", "po-terminu 2025", "prijeti-navic 2025"];
    let wrong = |text: &str| text.replace("NEPLNĚNO", "téměř");
    let (wrong_then, wrong_later) = (wrong(then), wrong(&later));
    let [wrong_area, other_area] = [": konec 2024", ": 11/2024"].map(|to| area.replacen(": 12/2024", to, 1));
    for (kept, change, only, expected) in [
        (&known[..0], &known[..0], None, [&of_definitions[..], &of_2023, &of_2025].concat()),
        // What is accepted later may have followed from what cannot be read.
        (&[], &[(THEN, &*wrong_then)], None, [&of_definitions[..], &of_2025[..2]].concat()),
        (&[], &[(THEN, &wrong_then)], Some(2025), [&of_definitions[..], &of_2025[..2]].concat()),
        (&[], &[(LATER, &wrong_later)], None, [&of_definitions[..], &of_2023].concat()),
        (&[], &[(AREA, &wrong_area)], None, vec![]),
        (&frozen, &[(LATER, &wrong_later)], Some(2023), [&of_definitions[..], &of_2023].concat()),
        (&frozen, &[(AREA, &other_area)], Some(2023), [&of_definitions[..], &of_2023].concat()),
        (&frozen, &[(AREA, &wrong_area)], Some(2023), [&of_definitions[..], &of_2023].concat()),
        (&frozen, &[(AREA, &wrong_area)], None, of_2023.to_vec()),
    ] {
        let expected: BTreeSet<String> = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(warnings(kept, change, only), expected, "{change:?} {only:?}");
    }
}

#[test]
fn what_a_newer_program_asks_of_definitions_comes_too_late_for_a_frozen_period() {
    const AREA: &str = "opatreni/01.yaml";
    let strategy = open_data(&[
        ("http://publications.europa.eu/resource/authority/frequency/", "https://example.cz/"),
        ("autorske_dilo: https://example.cz/", "autorske_dilo: https://creativecommons.org/licenses/by/4.0/"),
    ]);
    let register = edited("subjekty.yaml", "druh: skupina}", "druh: \"\"}\n  - {kod: A; B, nazev: A a B, druh: obec}");
    let cancelled = "    zmeny: [{od: 2025, druh: zruseni, usneseni: \"\"}]";
    let area = edited(AREA, "    termin: 12/2024", &format!("{cancelled}\n    termin: 12/2024"));
    let then = [("strategie.yaml", strategy.as_str()), ("subjekty.yaml", &register), (AREA, &area)];
    let errors = |dataset: &Dataset| {
        let found = dataset.check(None).into_iter().chain(dataset.check(Some(Year(2023))));
        let errors = found.filter(|found| found.severity() == Severity::Error);
        errors.map(|found| format!("{} {}", dataset.files.path(found.place), found.rule.code)).collect::<BTreeSet<_>>()
    };
    assert_eq!(errors(&dataset(&then)).len(), 5, "{:?}", errors(&dataset(&then)));
    let frozen = frozen_with(Year(2023), &then);
    let kept: Vec<(&str, &str)> = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mended = dataset(&kept);
    assert_eq!(errors(&mended), BTreeSet::new());
    let changes: Vec<&str> = mended
        .strategy_of(Year(2023))
        .measures
        .values()
        .flat_map(|measure| &measure.changes)
        .map(|change| change.resolution.as_str())
        .collect();
    assert_eq!(changes, [""], "what is blank there is as it was");
    // What is kept of a period that is not frozen any more is judged as anything else.
    let thawed: Vec<(&str, &str)> = kept.iter().copied().filter(|(path, _)| !path.ends_with("zmrazeni.yaml")).collect();
    assert_ne!(errors(&dataset(&thawed)), BTreeSet::new());
    let unreadable = frozen_with(Year(2023), &[(AREA, "opatreni: [\n")]);
    let kept: Vec<(&str, &str)> = unreadable.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let found = errors(&dataset(&kept));
    assert!(found.contains("obdobi/2023/definice/opatreni/01.yaml neplatny-yaml"), "{found:?}");
}
