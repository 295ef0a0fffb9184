//! A small complete data set for the tests of rules, and a way to run one rule alone over it.

use crate::dataset::Dataset;
use crate::diagnostic::Diagnostic;
use crate::load::{self, RawFile};
use crate::model::open_data::{FREQUENCIES, TERRITORIES, THEMES};
use crate::rules::{Check, Rule, over_period};
use crate::source::Place;

/// Two areas, three measures, four bodies, one period; nothing is wrong with it.
pub const FILES: [(&str, &str); 6] = [
    (
        "strategie.yaml",
        "nazev: Cvičná strategie\nzkratka: Strategie\nkraj: Cvičný kraj\nusneseni: 1/21/ZK\nschvaleno: 2021-11-30\n\
         koordinator: OSV\nstavy:\n\
         \x20 - {stav: SPLNĚNO, nazev: SPLNĚNO, vymezeni: [hotovo]}\n\
         \x20 - {stav: PLNĚNO, nazev: PLNĚNO, vymezeni: [děje se]}\n\
         \x20 - {stav: ČÁSTEČNĚ, nazev: ČÁSTEČNĚ PLNĚNO, vymezeni: [děje se zčásti]}\n\
         \x20 - {stav: NEPLNĚNO, nazev: NEPLNĚNO, vymezeni: [neděje se]}\n",
    ),
    (
        "subjekty.yaml",
        "subjekty:\n\
         \x20 - {kod: KÚ, nazev: krajský úřad, druh: úřad}\n\
         \x20 - {kod: OSV, nazev: odbor sociálních věcí, druh: odbor, nadrizeny: KÚ}\n\
         \x20 - {kod: OZ, nazev: odbor zdravotnictví, druh: odbor, nadrizeny: KÚ, aliasy: [zdravotnictví]}\n\
         \x20 - {kod: obce, nazev: obce, druh: skupina}\n",
    ),
    (
        "opatreni/01.yaml",
        "okruh: I\nnazev: Bydlení\nuvod: \"Kraj podpoří:\"\nopatreni:\n\
         \x20 - cislo: 1\n    popis: metodiku bydlení\n    indikator: metodika\n\
         \x20   kriteria: [{nazev: metodika, druh: vystup}]\n\
         \x20   termin: 12/2024\n    odpovednost: [OSV]\n    spoluprace: [obce]\n\
         \x20 - cislo: 2\n    popis: případové konference\n    indikator: Počet konferencí, počet účastníků\n\
         \x20   kriteria:\n      - {nazev: Počet konferencí, druh: pocet}\n      - {nazev: Počet účastníků, druh: pocet}\n\
         \x20   termin: průběžně do 12/2027\n    odpovednost: [OSV, OZ]\n    spoluprace: [obce]\n",
    ),
    (
        "opatreni/02.yaml",
        "okruh: II\nnazev: Zdraví\nuvod: \"Kraj podpoří:\"\nopatreni:\n\
         \x20 - cislo: 1\n    popis: mediátory zdraví\n    indikator: Počet mediátorů\n\
         \x20   kriteria: [{nazev: Počet mediátorů, druh: pocet}]\n\
         \x20   termin: průběžně do 12/2027\n    odpovednost: [OZ]\n",
    ),
    ("obdobi/2023/obdobi.yaml", "obdobi: 2023\nod: 2022-01-01\ndo: 2023-12-31\nke_dni: 2023-12-31\n"),
    (
        "obdobi/2023/podklady/osv.yaml",
        "predkladatel: OSV\npodklady:\n\
         \x20 - opatreni: I/1\n    stav: ČÁSTEČNĚ\n    komentar: Metodika je rozpracovaná.\n\
         \x20 - opatreni: I/2\n    stav: PLNĚNO\n    komentar: Konaly se konference.\n\
         \x20   kriteria:\n\
         \x20     - {kriterium: Počet konferencí, hodnota: 4, stav: PLNĚNO}\n\
         \x20     - {kriterium: Počet účastníků, hodnota: 80, stav: PLNĚNO}\n\
         \x20 - opatreni: II/1\n    stav: ČÁSTEČNĚ\n    komentar: Pracují dva mediátoři.\n\
         \x20   kriteria: [{kriterium: Počet mediátorů, hodnota: 2, stav: ČÁSTEČNĚ}]\n",
    ),
];

/// The small data set with some files replaced or added; an empty text takes a file away.
///
/// # Panics
///
/// Where it were read otherwise if it were large, see [`load::parse_for_model`].
pub fn dataset(changes: &[(&str, &str)]) -> Dataset {
    let kept = FILES.iter().filter(|(path, _)| changes.iter().all(|(changed, _)| changed != path));
    let added = changes.iter().filter(|(_, text)| !text.is_empty());
    let mut files: Vec<RawFile> = kept
        .chain(added)
        .map(|(path, text)| RawFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let large = Dataset::of_tree(load::parse_without_large(files.clone()));
    let dataset = Dataset::of_tree(load::parse(files));
    assert_eq!(format!("{:?}", large.check(None)), format!("{:?}", dataset.check(None)));
    dataset
}

/// The text of one of [`FILES`] with one piece replaced; the piece must be there exactly once.
pub fn edited(path: &str, from: &str, to: &str) -> String {
    let text = FILES.iter().find(|(known, _)| *known == path).map_or("", |(_, text)| text);
    assert_eq!(text.matches(from).count(), 1, "„{from}“ is not in {path} exactly once");
    text.replace(from, to)
}

/// The strategy with what its publisher says of open data, some of its pieces replaced.
pub fn open_data(changes: &[(&str, &str)]) -> String {
    let text = FILES.iter().find(|(path, _)| *path == "strategie.yaml").map_or("", |(_, text)| text);
    let web = "https://example.cz/";
    let published = format!(
        "{text}otevrena_data:\n\x20 adresa: {web}strategie/\n\x20 poskytovatel: {web}\n\
         \x20 prvek_ruian: {TERRITORIES}vusc/51\n\x20 temata: [{THEMES}SOCI]\n\
         \x20 periodicita: {FREQUENCIES}BIENNIAL\n\x20 klicova_slova: [strategie]\n\
         \x20 podminky_uziti: {{autorske_dilo: {web}, databaze: {web}, zvlastni_prava: {web}, osobni_udaje: {web}}}\n\
         \x20 kontakt: {{jmeno: odbor, email: odbor@example.cz}}\n"
    );
    changes.iter().fold(published, |text, (from, to)| text.replacen(from, to, 1))
}

/// The submissions of OSV with another comment on I/1.
pub fn commented(comment: &str) -> String {
    let from = "komentar: Metodika je rozpracovaná.";
    edited("obdobi/2023/podklady/osv.yaml", from, &format!("komentar: {comment}"))
}

/// Runs one rule alone and gives its findings as `path:line:column: message`.
pub fn findings(rule: &'static Rule, changes: &[(&str, &str)]) -> Vec<String> {
    let dataset = dataset(changes);
    run(rule, &dataset).iter().map(|diagnostic| in_words(diagnostic, &dataset)).collect()
}

/// Runs one rule alone and gives what its findings advise.
pub fn helps(rule: &'static Rule, changes: &[(&str, &str)]) -> Vec<String> {
    run(rule, &dataset(changes)).into_iter().filter_map(|diagnostic| diagnostic.help).collect()
}

/// Runs one rule alone and gives the lines that its suggestions lead to.
pub fn mended(rule: &'static Rule, changes: &[(&str, &str)]) -> Vec<String> {
    let dataset = dataset(changes);
    let suggestions = run(rule, &dataset).into_iter().filter_map(|diagnostic| diagnostic.suggestion);
    suggestions
        .map(|suggestion| {
            let file = dataset.files.get(suggestion.place.file);
            let line = file.line_column(suggestion.place.range().start).line;
            let mut text = file.text().to_string();
            text.replace_range(suggestion.place.range(), &suggestion.replacement);
            text.lines().nth(line - 1).unwrap_or_default().to_owned()
        })
        .collect()
}

/// Runs one rule alone and gives the texts that its findings point at, from end to end.
pub fn marked(rule: &'static Rule, changes: &[(&str, &str)]) -> Vec<String> {
    let dataset = dataset(changes);
    let text_at = |place: Place| dataset.files.get(place.file).text().get(place.range()).map(str::to_owned);
    run(rule, &dataset).iter().map(|found| text_at(found.place).unwrap_or_else(|| "no text".to_owned())).collect()
}

/// The findings of one rule over a data set.
///
/// # Panics
///
/// Where none is found because YAML cannot be read at all: such a test would pass whatever the rule does.
pub fn run(rule: &'static Rule, dataset: &Dataset) -> Vec<Diagnostic> {
    let found = run_over_anything(rule, dataset);
    let unread = dataset.loading().iter().find(|found| found.rule.code == "neplatny-yaml");
    assert!(!found.is_empty() || unread.is_none(), "nothing is found in what is not read: {unread:?}");
    found
}

/// The same, where a file that cannot be read is what a test is about.
pub fn run_over_anything(rule: &'static Rule, dataset: &Dataset) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<_> =
        dataset.loading().iter().filter(|diagnostic| diagnostic.rule.code == rule.code).cloned().collect();
    for check in rule.checks {
        match check {
            Check::Definitions(check) | Check::WholeDefinitions(check) => {
                check(&dataset.definitions(), &mut diagnostics);
            }
            Check::Findings(_) => {
                diagnostics = dataset.check(None).into_iter().filter(|found| found.rule.code == rule.code).collect();
            }
            _ => {}
        }
    }
    let years = dataset.periods().map(|period| period.year);
    let evaluated: Vec<_> = years.map(|year| dataset.evaluate(year).expect("it is one of the periods")).collect();
    for (index, one) in evaluated.iter().enumerate() {
        diagnostics.extend(over_period(&[rule], &dataset.facts(one, &evaluated[..index]), true));
    }
    diagnostics
}

/// The period 2025 after the one of the small data set, with what OSV submitted for it.
pub fn next_period(submissions: &str) -> [(String, String); 2] {
    let definition = "obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\n";
    [
        ("obdobi/2025/obdobi.yaml".into(), definition.into()),
        ("obdobi/2025/podklady/osv.yaml".into(), format!("predkladatel: OSV\npodklady:\n{submissions}")),
    ]
}

/// The findings of one rule alone in that period and in the files of `changes`.
pub fn findings_in_next_period(rule: &'static Rule, submissions: &str, changes: &[(&str, &str)]) -> Vec<String> {
    let added = next_period(submissions);
    let mut all = changes.to_vec();
    all.extend(added.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    findings(rule, &all)
}

/// A finding as `path:line:column: message`.
pub fn in_words(diagnostic: &Diagnostic, dataset: &Dataset) -> String {
    let at = dataset.files.line_column(diagnostic.place);
    let path = dataset.files.path(diagnostic.place);
    format!("{path}:{}:{}: {}", at.line, at.column, diagnostic.message)
}
