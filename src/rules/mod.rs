//! The catalogue of findings: one file a rule, which holds its code, severity, explanation, the
//! constructors of its findings, its check and its tests. A new rule is a new file and one line in
//! the list below. Rules never read files or print.

mod facts;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Strategy;
use crate::rules::facts::status_place;
pub use crate::rules::facts::{Definitions, MarkdownText, PeriodFacts, Said};

/// Declares the modules and the list of rules at once, so that neither can be forgotten.
macro_rules! rules {
    ($($module:ident,)*) => {
        $(pub mod $module;)*

        /// All rules in the order of their codes.
        pub static ALL: &[&Rule] = &[$(&$module::RULE,)*];
    };
}

rules! {
    bez_duvodu,
    bez_gestora,
    bez_indikatoru,
    bez_komentare,
    bez_podkladu,
    chyba_z_excelu,
    chybejici_klic,
    chybejici_soubor,
    chybejici_stav,
    cislo_v_textu,
    cizi_predkladatel,
    dlouho_neplneno,
    dvoji_podklad,
    html_v_textu,
    jiny_zapis,
    kodovani,
    komentar_proti_stavu,
    mezera_v_cislovani,
    nadrizeni_v_kruhu,
    nebezpecny_odkaz,
    neplatna_adresa,
    neplatna_sablona,
    neplatna_zmena,
    neplatne_cislo,
    neplatne_csv,
    neplatne_datum,
    neplatne_obdobi,
    neplatne_prijeti,
    neplatny_doklad,
    neplatny_druh,
    neplatny_okruh,
    neplatny_termin,
    neplatny_yaml,
    nesouhlas_se_zmrazenim,
    neuplne_stavy,
    nevyporadana_pripominka,
    nevyreseny_konflikt,
    neznama_cast,
    nezname_kriterium,
    nezname_opatreni,
    nezname_vyporadani,
    neznamy_klic,
    neznamy_kod,
    neznamy_stav,
    neznamy_subjekt,
    opsany_komentar,
    opsany_z_minula,
    osobni_udaj,
    po_terminu,
    pocet_bez_cisla,
    podmineny_termin,
    pokles_ze_splneno,
    prazdny_soubor,
    prijeti_navic,
    rovnost_hlasu,
    rozhodnuti_bez_duvodu,
    rozhodnuti_bez_funkce,
    rozhodnuti_navic,
    skok_hodnoty,
    skryty_znak,
    slity_seznam,
    soubor_navic,
    spatny_typ,
    splneno_bez_dukazu,
    splneno_bez_terminu,
    stav_proti_kriteriim,
    tabulka_v_textu,
    useknuty_text,
    viz_nezname_opatreni,
    vyporadani_bez_oduvodneni,
    zdvojena_pripominka,
    zdvojene_kriterium,
    zdvojene_opatreni,
    zdvojeny_klic,
    zdvojeny_kod,
    zdvojeny_subjekt,
    zmena_bez_usneseni,
    zmena_po_zmrazeni,
    zrusene_opatreni,
    zverejnena_cisla,
}

/// A kind of finding.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name: Czech words without diacritics, joined by hyphens; also the name of its file.
    pub code: &'static str,
    /// How much its findings weigh.
    pub severity: Severity,
    /// What it is about, in a few Czech words.
    pub title: &'static str,
    /// Why it is a fault, in Czech.
    pub explanation: &'static str,
    /// Data that fail.
    pub example: &'static str,
    /// How to mend it, in Czech.
    pub mend: &'static str,
    /// How its findings are made; none for what [`crate::load`] or [`crate::model::build()`] come across.
    pub checks: &'static [Check],
}

/// How findings of a rule are made.
#[derive(Debug)]
pub enum Check {
    /// Over the definitions, once a run.
    Definitions(fn(&Definitions<'_>, &mut Vec<Diagnostic>)),
    /// Over the definitions, but only when all of them could be read: what is missing from them is
    /// otherwise missing because of a fault that has its own finding.
    WholeDefinitions(fn(&Definitions<'_>, &mut Vec<Diagnostic>)),
    /// Over what each period says of each measure that it follows. All rules look at one measure before they
    /// go on to the next, so that a million submissions come from memory once and not once a rule.
    Measure(fn(&PeriodFacts<'_>, Said<'_>, &mut Vec<Diagnostic>)),
    /// The same, but only when the definitions and all of the period could be read.
    WholeMeasure(fn(&PeriodFacts<'_>, Said<'_>, &mut Vec<Diagnostic>)),
    /// The same piece by piece, for rules to which each submission stands alone, see `PeriodFacts::pieces`.
    Submissions(fn(&PeriodFacts<'_>, Said<'_>, &mut Vec<Diagnostic>)),
    /// Over each text of each period that is read as Markdown, in the same way.
    EveryText(fn(&PeriodFacts<'_>, MarkdownText<'_>, &mut Vec<Diagnostic>)),
    /// The same, but not over what is said of a measure that is not followed, which no document shows.
    Text(fn(&PeriodFacts<'_>, MarkdownText<'_>, &mut Vec<Diagnostic>)),
    /// The same as [`Check::Text`], but only when the definitions and all of the period could be read.
    WholeText(fn(&PeriodFacts<'_>, MarkdownText<'_>, &mut Vec<Diagnostic>)),
    /// Over each period.
    Period(fn(&PeriodFacts<'_>, &mut Vec<Diagnostic>)),
    /// Over each period, but only when the definitions and all of the period could be read.
    WholePeriod(fn(&PeriodFacts<'_>, &mut Vec<Diagnostic>)),
    /// Over the findings of all other rules; what is found of a period counts only when all up to it could be read.
    Findings(fn(&Strategy, &[Diagnostic], &mut Vec<Diagnostic>)),
}

/// The findings of all rules over the definitions. `is_whole` says whether all could be read.
pub fn check_definitions(definitions: Definitions<'_>, is_whole: bool) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for check in checks(ALL) {
        match check {
            Check::Definitions(check) => check(&definitions, &mut diagnostics),
            Check::WholeDefinitions(check) if is_whole => check(&definitions, &mut diagnostics),
            _ => {}
        }
    }
    diagnostics
}

/// The findings of all rules over one period. `is_whole` says whether all of it could be read.
pub fn check_period(facts: PeriodFacts<'_>, is_whole: bool) -> Vec<Diagnostic> {
    let mut diagnostics = over_period(ALL, &facts, is_whole);
    for diagnostic in &mut diagnostics {
        diagnostic.period = Some(facts.period.year);
    }
    diagnostics
}

/// The findings of some rules over one period.
fn over_period(rules: &[&'static Rule], facts: &PeriodFacts<'_>, is_whole: bool) -> Vec<Diagnostic> {
    let checks: Vec<&Check> = checks(rules).collect();
    // When a period was frozen, nobody asked more of its narratives than whether they refer to what there is.
    let is_asked = |check: &&Check| facts.period.freeze.is_none() || matches!(check, Check::WholeText(_));
    let checks_of_narratives: Vec<&Check> = checks.iter().copied().filter(is_asked).collect();
    let of_period = |check: &&Check| {
        let mut diagnostics = Vec::new();
        match check {
            Check::Period(check) => check(facts, &mut diagnostics),
            Check::WholePeriod(check) if is_whole => check(facts, &mut diagnostics),
            _ => {}
        }
        diagnostics
    };
    let of_text = |checks: &[&Check], text: MarkdownText<'_>, is_shown: bool, diagnostics: &mut Vec<Diagnostic>| {
        for check in checks {
            match check {
                Check::EveryText(check) => check(facts, text, diagnostics),
                Check::Text(check) if is_shown => check(facts, text, diagnostics),
                Check::WholeText(check) if is_shown && is_whole => check(facts, text, diagnostics),
                _ => {}
            }
        }
    };
    let of_measure = |said: Said<'_>| {
        let mut diagnostics = Vec::new();
        let is_followed = facts.is_followed(said.id());
        for check in checks.iter().filter(|_| is_followed) {
            match check {
                Check::Measure(check) => check(facts, said, &mut diagnostics),
                Check::WholeMeasure(check) if is_whole => check(facts, said, &mut diagnostics),
                _ => {}
            }
        }
        diagnostics
    };
    let of_piece = |said: Said<'_>| {
        let mut diagnostics = Vec::new();
        let is_followed = facts.is_followed(said.id());
        for check in checks.iter().filter(|_| is_followed) {
            if let Check::Submissions(check) = check {
                check(facts, said, &mut diagnostics);
            }
        }
        said.texts().for_each(|text| of_text(&checks, text, is_followed, &mut diagnostics));
        diagnostics
    };
    let measures: Vec<Said<'_>> = facts.said().collect();
    let (mut diagnostics, (of_measures, of_pieces)) = rayon::join(
        || checks.par_iter().flat_map_iter(of_period).collect::<Vec<_>>(),
        || {
            let of_measures: Vec<_> = measures.into_par_iter().flat_map_iter(of_measure).collect();
            (of_measures, facts.pieces().into_par_iter().flat_map_iter(of_piece).collect::<Vec<_>>())
        },
    );
    diagnostics.extend(of_measures);
    diagnostics.extend(of_pieces);
    for text in facts.texts_of_decisions() {
        let is_followed = text.measure.is_some_and(|id| facts.is_followed(id));
        of_text(&checks, text, is_followed, &mut diagnostics);
    }
    facts.texts_on_draft().for_each(|text| of_text(&checks, text, true, &mut diagnostics));
    for text in facts.texts_of_narratives() {
        let text = MarkdownText { measure: None, whereabouts: "v textu zprávy", text: &text };
        of_text(&checks_of_narratives, text, true, &mut diagnostics);
    }
    diagnostics
}

fn checks(rules: &[&'static Rule]) -> impl Iterator<Item = &'static Check> {
    rules.iter().flat_map(|rule| rule.checks)
}

/// The findings of all rules over what the others found.
pub fn check_findings(strategy: &Strategy, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for check in checks(ALL) {
        if let Check::Findings(check) = check {
            check(strategy, found, &mut diagnostics);
        }
    }
    diagnostics
}

#[cfg(test)]
pub mod testing;

/// The rule with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_of_this_folder_is_listed_under_its_own_code() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules");
        let names: BTreeSet<String> = ignore::WalkBuilder::new(folder)
            .max_depth(Some(1))
            .build()
            .map(|entry| entry.expect("the folder can be read"))
            .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
            .map(|entry| entry.file_name().to_string_lossy().replace(".rs", ""))
            .filter(|name| !matches!(name.as_str(), "mod" | "testing" | "facts"))
            .collect();
        let codes: Vec<String> = ALL.iter().map(|rule| rule.code.replace('-', "_")).collect();
        assert_eq!(codes, names.into_iter().collect::<Vec<_>>(), "codes in order, unique, equal to the files' names");
    }

    #[test]
    fn every_rule_explains_itself_in_whole_sentences() {
        for rule in ALL {
            let code = rule.code;
            for text in [rule.title, rule.explanation, rule.example, rule.mend] {
                assert!(!text.trim().is_empty(), "{code}");
            }
            assert!(rule.explanation.ends_with('.') && rule.mend.ends_with('.'), "{code} ends without a full stop");
            assert!(!rule.title.ends_with('.'), "{code}: a title is no sentence");
            assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{code}");
        }
    }

    #[test]
    fn titles_are_unique() {
        let titles: BTreeSet<&str> = ALL.iter().map(|rule| rule.title).collect();
        assert_eq!(titles.len(), ALL.len());
    }

    /// What all rules together find, as codes.
    fn codes(changes: &[(&str, &str)]) -> BTreeSet<&'static str> {
        testing::dataset(changes).check(None).iter().map(|found| found.rule.code).collect()
    }

    #[test]
    fn the_small_data_set_has_no_findings_but_notes() {
        let is_note = |code: &&str| find(code).is_some_and(|rule| rule.severity == Severity::Note);
        assert_eq!(codes(&[]).into_iter().filter(|code| !is_note(code)).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn what_is_missing_is_found_only_when_everything_could_be_read() {
        const SUBMITTED: &str = "obdobi/2023/podklady/oz.yaml";
        const OTHER: &str = "obdobi/2023/podklady/osv.yaml";
        let submitted = "predkladatel: OZ\npodklady:\n  - {opatreni: II/1, stav: PLNĚNO, komentar: Děje se.}\n";
        assert!(codes(&[(OTHER, ""), (SUBMITTED, submitted)]).contains("bez-podkladu"));
        let unreadable = codes(&[(OTHER, "podklady: [\n"), (SUBMITTED, submitted)]);
        assert!(unreadable.contains("neplatny-yaml") && !unreadable.contains("bez-podkladu"), "{unreadable:?}");
        // One body says that the measure is fulfilled, another that it is not, and neither how many there were.
        let other = "predkladatel: OZ\npodklady:\n  - {opatreni: I/2, stav: PLNĚNO, komentar: Konaly se.}\n";
        let submitted = "predkladatel: OSV\npodklady:\n  - {opatreni: I/2, stav: NEPLNĚNO, komentar: Nekonaly se.}\n";
        let of_all = ["rovnost-hlasu", "pocet-bez-cisla"];
        let found = codes(&[(OTHER, submitted), (SUBMITTED, other)]);
        assert!(of_all.iter().all(|code| found.contains(code)), "{found:?}");
        let found =
            codes(&[(OTHER, submitted), (SUBMITTED, other), ("obdobi/2023/podklady/asz.yaml", "podklady: [\n")]);
        assert!(of_all.iter().all(|code| !found.contains(code)), "{found:?}");
    }

    #[test]
    fn what_follows_from_a_status_is_found_only_when_everything_could_be_read() {
        const AREA: &str = "opatreni/01.yaml";
        let area = testing::edited(AREA, "12/2024", "12/2023");
        let decision = "vyhodnoceni:\n  - {opatreni: I/1, stav: ČÁSTEČNĚ, duvod: Tak., rozhodl: koordinátor}\n  \
            - {opatreni: I/2, stav: SPLNĚNO, duvod: Tak., rozhodl: koordinátor}\n";
        let changes = [(AREA, area.as_str()), ("obdobi/2023/vyhodnoceni.yaml", decision)];
        let of_status = ["po-terminu", "rozhodnuti-navic"];
        let found = codes(&changes);
        assert!(of_status.iter().all(|code| found.contains(code)), "{found:?}");
        let found = codes(&[changes[0], changes[1], ("obdobi/2023/podklady/asz.yaml", "podklady: [\n")]);
        assert!(of_status.iter().all(|code| !found.contains(code)), "{found:?}");
    }

    #[test]
    fn that_nobody_knows_who_speaks_hides_no_fault_in_what_is_said() {
        let text = "opatreni,stav,kriterium,hodnota\nI/1,,metodika,asi 5\nI/2,,,\nII/1,částečne,,\n";
        let found = testing::dataset(&[("obdobi/2023/podklady/nikdo.csv", text)]).check(None);
        let found: Vec<(&str, Option<String>)> = found
            .iter()
            .filter(|found| found.severity() == Severity::Error)
            .map(|found| (found.rule.code, found.measure.map(|id| id.to_string())))
            .collect();
        let of = |code, measure: &str| (code, Some(measure.to_owned()));
        let expected = [
            ("neznamy-subjekt", None),
            of("neplatne-cislo", "I/1"),
            of("chybejici-stav", "I/2"),
            of("neznamy-stav", "II/1"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn references_are_judged_only_when_the_whole_definitions_could_be_read() {
        const AREA: &str = "opatreni/02.yaml";
        let comment = testing::commented("Viz II/1 a II/8.");
        let changes = [("obdobi/2023/podklady/osv.yaml", comment.as_str())];
        assert!(codes(&changes).contains("viz-nezname-opatreni"));
        let unreadable = codes(&[changes[0], (AREA, "opatreni: [\n")]);
        assert!(unreadable.contains("neplatny-yaml") && !unreadable.contains("viz-nezname-opatreni"), "{unreadable:?}");
    }

    #[test]
    fn comments_on_the_draft_and_their_resolutions_are_looked_into() {
        let text = "subjekt;opatreni;text;vyporadani;oduvodneni\nOZ;I/1;Viz I/8.;přijato;Viz I/9.\n";
        assert_eq!(
            testing::findings(&viz_nezname_opatreni::RULE, &[("obdobi/2023/pripominky.csv", text)]),
            [
                "obdobi/2023/pripominky.csv:2:12: v připomínce je „viz I/8“, opatření I/8 ale ve strategii není",
                "obdobi/2023/pripominky.csv:2:29: v odůvodnění vypořádání je „viz I/9“, opatření I/9 ale ve strategii není"
            ]
        );
    }

    #[test]
    fn narratives_are_looked_into_and_what_is_the_templates_own_in_them_is_not() {
        const PATH: &str = "obdobi/2023/shrnuti.md";
        let found = |text: &str| {
            let dataset = testing::dataset(&[(PATH, text)]);
            let found = dataset.check(None).into_iter().filter(|found| dataset.files.path(found.place) == PATH);
            let in_words = |found: Diagnostic| {
                let place = found.place.range();
                format!("{}: {} ({})", found.rule.code, found.message, &text[place])
            };
            found.map(in_words).collect::<Vec<_>>()
        };
        let text = "{# <i> #}Je <b>v</b> {{ obdobi.nazev }} <a href=\"{{ web }}\">.\n\n[x](javascript:y) ![o](http://a/o.png)\n\n\
                    Tel. 602 123 456, jan@obec.cz, viz I/9\n\n{% if a %}| A | {{ b }}\n{% endif %}--- | ---{# c #}\n1 | 2";
        assert_eq!(
            found(text),
            [
                "html-v-textu: v textu zprávy je HTML „<b>“ (<b>)",
                "html-v-textu: v textu zprávy je HTML „<a href=\"\">“ (<a href=\"{{ web }}\">)",
                "nebezpecny-odkaz: v textu zprávy vede odkaz „javascript:y“ jinam než na web nebo e-mail (javascript:y)",
                "nebezpecny-odkaz: v textu zprávy je obrázek „http://a/o.png“ (![o](http://a/o.png))",
                "osobni-udaj: v textu zprávy je telefonní číslo (602 123 456)",
                "osobni-udaj: v textu zprávy je e-mailová adresa (jan@obec.cz)",
                "viz-nezname-opatreni: v textu zprávy je „viz I/9“, opatření I/9 ale ve strategii není (I/9)",
                "tabulka-v-textu: v textu zprávy je tabulka (| A | {{ b }})",
            ]
        );
        for text in [
            "{# <b> [x](y) 602 123 456 viz I/9\n| a | b\n| - | - #}",
            "{% if a < b and c > d %}ano{% endif %}",
            "[web]({{ web }}) a [dál](https://example.cz/{{ web }}) i <https://{{ web }}>",
            "{{ a }} | {{ b }}\n{{ c }} | {{ d }}",
            "- {{ a }} | {{ b }}\n- {{ a }} | {{ b }}",
            "Okruh | Název\n{% for o in okruhy %}- {{ o.cislo }} | {{ o.nazev }}\n{% endfor %}",
            "602 {{ a }} 123 456, {{ jmeno }}@example.cz, jan@{{ web }}",
            "    {{ a }}\n- {{ b }}\n{{ \"<b>\" }}",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn of_narratives_of_a_frozen_period_no_more_is_asked_than_before() {
        let text = "Je <b>tučně</b>, tel. 602 123 456, viz I/9.";
        let changes = [("obdobi/2023/uvod.md", text)];
        let frozen = crate::freezing::testing::frozen_with(crate::model::Year(2023), &changes);
        let kept = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let found = codes(&kept.chain(changes).collect::<Vec<_>>());
        assert!(found.contains("viz-nezname-opatreni"), "{found:?}");
        assert!(["html-v-textu", "osobni-udaj"].iter().all(|code| !found.contains(code)), "{found:?}");
        assert!(codes(&changes).contains("html-v-textu"));
    }

    #[test]
    fn definitions_are_looked_into_by_a_rule_that_looks_at_periods_too() {
        let text = testing::edited("opatreni/01.yaml", "termin: 12/2024", "termin: 12 / 2024");
        assert!(codes(&[("opatreni/01.yaml", &text)]).contains("jiny-zapis"));
    }
}
