//! Two periods side by side. What must come out is counted here from the exported statuses of both
//! years, apart from the program.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;

use plneni::dataset::Dataset;
use plneni::load::read_tree;
use plneni::model::{MeasureId, Status, Year};
use plneni::render::templates::Templates;
use plneni::render::{Narratives, Renderer};
use plneni::view::{self, Request};
use serde_json::Value;

use crate::support::{Copy, copy_tree, csv_rows, stderr, stdout};

const ORDER: [&str; 4] = ["SPLNĚNO", "PLNĚNO", "ČÁSTEČNĚ", "NEPLNĚNO"];

/// Status, area and responsible bodies of a measure.
struct Measure {
    status: usize,
    area: String,
    responsible: Vec<String>,
}

fn rank(status: &str) -> usize {
    ORDER.iter().position(|known| *known == status).expect("a status")
}

fn measures(copy: &Copy, year: &str) -> BTreeMap<String, Measure> {
    let output = copy.run(&["export", year, "--table", "opatreni"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    csv_rows(&stdout(&output))
        .into_iter()
        .map(|row| {
            let responsible = row[6].split("; ").filter(|code| !code.is_empty() && *code != "???");
            let responsible = responsible.map(str::to_owned).collect();
            (row[0].clone(), Measure { status: rank(&row[8]), area: row[1].clone(), responsible })
        })
        .collect()
}

fn changes(copy: &Copy, year: &str) -> Vec<Vec<String>> {
    let output = copy.run(&["export", year, "--table", "zmeny"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    csv_rows(&stdout(&output))
}

fn whole_period() -> Copy {
    Copy::new().with_fixture("2025")
}

/// The period 2027 repeats what was said of 2025.
fn three_periods() -> Copy {
    let copy = whole_period();
    copy_tree(&copy.path().join("data/obdobi/2025"), &copy.path().join("data/obdobi/2027"));
    copy.write("data/obdobi/2027/obdobi.yaml", "obdobi: 2027\nod: 2026-01-01\ndo: 2027-12-31\nke_dni: 2027-12-31\n");
    copy
}

fn context(copy: &Copy, arguments: &[&str]) -> Value {
    let output = copy.run(&[&["generate-report"], arguments, &["--dump-context"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_str(&stdout(&output)).expect("it is JSON")
}

fn plain(text: &str) -> String {
    text.replace('\u{A0}', " ")
}

#[test]
fn the_table_says_of_every_measure_what_became_of_it() {
    let copy = whole_period();
    let (before, after) = (measures(&copy, "2023"), measures(&copy, "2025"));
    let rows = changes(&copy, "2025");
    assert_eq!(rows.len(), 109);
    let mut counts = BTreeMap::new();
    for row in &rows {
        let [id, area, responsible, year, earlier, later, change, n_periods] = row.as_slice() else {
            panic!("another number of columns: {row:?}")
        };
        let (was, is) = (&before[id], &after[id]);
        assert_eq!((rank(earlier), rank(later), area), (was.status, is.status, &is.area), "{id}");
        let codes: Vec<&str> = responsible.split("; ").filter(|code| !code.is_empty() && *code != "???").collect();
        assert_eq!(codes, is.responsible, "{id}");
        assert_eq!(year, "2023");
        let (expected, n_expected) = match is.status.cmp(&was.status) {
            Ordering::Less => ("zlepšení", "1"),
            Ordering::Equal => ("beze změny", "2"),
            Ordering::Greater => ("zhoršení", "1"),
        };
        assert_eq!((change.as_str(), n_periods.as_str()), (expected, n_expected), "{id}");
        *counts.entry(change.clone()).or_insert(0) += 1;
    }
    let expected = [("beze změny", 62), ("zhoršení", 14), ("zlepšení", 33)];
    assert_eq!(counts, expected.map(|(change, count)| (change.to_owned(), count)).into());
}

#[test]
fn the_first_period_has_a_table_without_rows() {
    let copy = Copy::new();
    let output = copy.run(&["export", "2023", "--table", "zmeny"]);
    assert_eq!(stdout(&output), "id,okruh,odpovednost,obdobi_drive,stav_drive,stav,zmena,obdobi_beze_zmeny\r\n");
    assert_eq!(copy.run(&["export", "2023"]).status.code(), Some(0));
}

#[test]
fn transitions_areas_and_bodies_are_what_the_statuses_of_both_years_give() {
    let copy = whole_period();
    let (before, after) = (measures(&copy, "2023"), measures(&copy, "2025"));
    let view = &context(&copy, &["2025"])["porovnani"];
    let mut transitions = [[0; 4]; 4];
    let mut by_area: BTreeMap<&str, [u64; 3]> = BTreeMap::new();
    let mut by_body: BTreeMap<&str, [u64; 3]> = BTreeMap::new();
    for (id, is) in &after {
        let was = before[id].status;
        transitions[was][is.status] += 1;
        let way = is.status.cmp(&was) as i8 + 1;
        let way = usize::try_from(way).expect("0, 1 or 2");
        by_area.entry(&is.area).or_default()[way] += 1;
        for code in &is.responsible {
            by_body.entry(code).or_default()[way] += 1;
        }
    }
    for (row, expected) in view["prechody"].as_array().expect("rows").iter().zip(transitions) {
        let found: Vec<u64> =
            row["do"].as_array().expect("cells").iter().map(|cell| cell["pocet"].as_u64().expect("a count")).collect();
        assert_eq!(found, expected);
        assert_eq!(row["celkem"], expected.iter().sum::<u64>());
    }
    for (list, key, expected) in [("okruhy", "okruh", by_area), ("gestori", "kod", by_body)] {
        let found: BTreeMap<&str, [u64; 3]> = view[list]
            .as_array()
            .expect("a list")
            .iter()
            .map(|entry| {
                let count = |name: &str| entry["zmeny"][name].as_u64().expect("a count");
                (entry[key].as_str().expect("a name"), [count("lepsi"), count("stejne"), count("horsi")])
            })
            .collect();
        assert_eq!(found, expected, "{list}");
    }
    let points: f64 =
        view["stavy"].as_array().expect("four").iter().map(|it| it["rozdil_podilu"].as_f64().expect("a number")).sum();
    assert!(points.abs() < 1e-9, "what some statuses gain, others lose: {points}");
}

#[test]
fn the_comparison_is_written_in_every_format() {
    let copy = whole_period();
    let output = copy.run(&["generate-report", "2025", "--document", "srovnani"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for format in ["md", "html", "docx"] {
        assert!(copy.path().join(format!("vystup/2025/srovnani-2025.{format}")).exists());
    }
    let text = plain(&copy.read("vystup/2025/srovnani-2025.md"));
    for words in [
        "období 2024–2025 ve srovnání s obdobím 2022–2023\n",
        "Oproti období 2022–2023 se plnění zlepšilo u 33 opatření, zhoršilo u 14 opatření a stejný stav má 62 opatření.",
        "V obou obdobích bylo neplněno 8 opatření: III/5, IV/4, V/9, VI/11, VI/13, VII/5, X/4, XI/9.",
        "| PLNĚNO | 22 | 20,2 % | 31 | 28,4 % | +9 | +8,3 p. b. |",
        "| NEPLNĚNO | 18 | 16,5 % | 15 | 13,8 % | −3 | −2,8 p. b. |",
        "| **PLNĚNO** | ▲ 1 | = 12 | ▼ 7 | ▼ 2 | 22 |",
        "| **NEPLNĚNO** | ▲ 1 | ▲ 1 | ▲ 8 | = 8 | 18 |",
        "### NEPLNĚNO: 8 opatření\n\nUž druhé období v řadě:",
        "Stavy a komentáře jsou převzaty ze zveřejněné Informace",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.find("### NEPLNĚNO") < text.find("### ČÁSTEČNĚ"), "what is not fulfilled stands first");
    let html = plain(&copy.read("vystup/2025/srovnani-2025.html"));
    assert!(html.contains("<td class=\"prechod-horsi\">7 <span>▼ zhoršení</span></td>"), "words beside the colour");
    for (id, measure) in measures(&copy, "2025") {
        assert!(text.contains(&format!("- **{id}** ")), "{id}");
        assert!(html.contains(&format!("<strong>{id}</strong>")), "{id}, {}", measure.status);
    }
}

#[test]
fn counts_are_told_in_correct_czech() {
    let copy = whole_period();
    let output = copy.run(&["generate-report", "2025", "--format", "md"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report = plain(&copy.read("vystup/2025/informace-2025.md"));
    for words in [
        "se plnění v tomto okruhu zlepšilo u 5 opatření, zhoršilo u 1 opatření a stejný stav mají 3 opatření.",
        "zlepšilo u 5 opatření, nezhoršilo u žádného opatření a stejný stav mají 4 opatření.",
        "zlepšilo u 2 opatření, zhoršilo u 1 opatření a stejný stav má 1 opatření.",
    ] {
        assert!(report.contains(words), "{words}");
    }
    for (arguments, stem, words) in [
        (&["--area", "V"][..], "okruh-5", "V obou obdobích bylo neplněno 1 opatření: V/9."),
        (&["--area", "VI"], "okruh-6", "V obou obdobích byla neplněna 2 opatření: VI/11, VI/13."),
        (
            &["--status", "SPLNĚNO"],
            "splneno",
            "zlepšilo u 6 opatření, nezhoršilo u žádného opatření a stejný stav má 1 opatření.",
        ),
        (
            &["--status", "NEPLNĚNO"],
            "neplneno",
            "nezlepšilo u žádného opatření, zhoršilo u 7 opatření a stejný stav má 8 opatření.",
        ),
        (
            &["--gestor", "OŽP"],
            "ozp",
            "zlepšilo u 1 opatření, nezhoršilo u žádného opatření a stejný stav nemá žádné opatření.",
        ),
    ] {
        let call = [&["generate-report", "2025", "--document", "srovnani", "--format", "md"], arguments].concat();
        assert_eq!(copy.run(&call).status.code(), Some(0), "{arguments:?}");
        let text = plain(&copy.read(&format!("vystup/2025/srovnani-2025-{stem}.md")));
        assert!(text.contains(words), "{words}: {text}");
        assert!(text.contains("**Výřez:**"), "{text}");
    }
}

#[test]
fn what_cannot_be_compared_is_said() {
    let copy = three_periods();
    for (arguments, words) in [
        (&["2025", "--with", "2021"][..], "období „2021“ v datech není; jsou v nich: 2023, 2025, 2027"),
        (&["2025", "--with", "loni"], "období „loni“ v datech není"),
        (&["2025", "--with", "2025"], "období 2025 nejde srovnat samo se sebou"),
        (&["2025", "--with", "2027"], "období 2025 se srovnává s dřívějším obdobím a 2027 je pozdější"),
        (&["2023"], "období 2023 není s čím srovnat: žádné dřívější období v datech není"),
    ] {
        let call = [&["generate-report", "--document", "srovnani"], arguments].concat();
        let output = copy.run(&call);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stdout(&output), "");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
    }
    assert!(!copy.path().join("vystup").exists());
}

#[test]
fn what_stands_still_is_told_for_how_long() {
    let copy = three_periods();
    let (first, second) = (measures(&copy, "2023"), measures(&copy, "2025"));
    let rows = changes(&copy, "2027");
    for row in &rows {
        let n_periods = if first[&row[0]].status == second[&row[0]].status { "3" } else { "2" };
        assert_eq!((row[3].as_str(), row[6].as_str(), row[7].as_str()), ("2025", "beze změny", n_periods), "{row:?}");
    }
    for (with, stem, words) in [
        (&[][..], "srovnani-2027", ["Už třetí období v řadě:", "Už druhé období v řadě:"]),
        (&["--with", "2025"], "srovnani-2027", ["Už třetí období v řadě:", "Už druhé období v řadě:"]),
        (&["--with", "2023"], "srovnani-2027-proti-2023", ["Už třetí období v řadě:", "zlepšilo u 33 opatření"]),
    ] {
        let call = [&["generate-report", "2027", "--document", "srovnani", "--format", "md"], with].concat();
        let output = copy.run(&call);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let text = plain(&copy.read(&format!("vystup/2027/{stem}.md")));
        for words in words {
            assert!(text.contains(words), "{with:?}: {words}");
        }
        fs::remove_dir_all(copy.path().join("vystup")).expect("it was written");
    }
    // What nobody reports on any more is NEPLNĚNO; it was something else in between.
    fs::remove_dir_all(copy.path().join("data/obdobi/2027/podklady")).expect("it is there");
    let call = ["generate-report", "2027", "--document", "srovnani", "--format", "md", "--with", "2023"];
    assert_eq!(copy.run(&call).status.code(), Some(0));
    let text = plain(&copy.read("vystup/2027/srovnani-2027-proti-2023.md"));
    for words in [
        "V obou obdobích bylo neplněno 18 opatření: I/5, ",
        "zhoršilo u 91 opatření a stejný stav má 18 opatření.",
        "\n## Co má stejný stav\n",
        "Mezitím v jiném stavu:\n\n- **I/5** ",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.contains("Žádné opatření se nezlepšilo."));
}

#[test]
fn the_report_tells_the_way_of_every_measure() {
    let copy = whole_period();
    let output = copy.run(&["generate-report", "2025", "--format", "md", "--format", "html"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let report = plain(&copy.read("vystup/2025/informace-2025.md"));
    let html = plain(&copy.read("vystup/2025/informace-2025.html"));
    let (before, after) = (measures(&copy, "2023"), measures(&copy, "2025"));
    for (id, is) in &after {
        let (was, is) = (before[id].status, is.status);
        let words = match is.cmp(&was) {
            Ordering::Less => format!("zlepšení oproti období 2022–2023: {} → {}", ORDER[was], ORDER[is]),
            Ordering::Equal => format!("beze změny: {} už druhé období v řadě", ORDER[is]),
            Ordering::Greater => format!("zhoršení oproti období 2022–2023: {} → {}", ORDER[was], ORDER[is]),
        };
        let (_, section) = report.split_once(&format!("\n### {id} ")).expect("the measure is there");
        let section = section.split("\n### ").next().unwrap_or(section);
        assert!(section.contains(&format!("Vývoj: {words}.")), "{id}: {section}");
        let picture = format!("Stav opatření {id} v čase</title>");
        let (_, picture) = html.split_once(&picture).expect("there is a picture");
        let picture = picture.split("</svg>").next().unwrap_or(picture);
        assert!(picture.contains(&format!("2022–2023: {}; 2024–2025: {}</desc>", ORDER[was], ORDER[is])), "{id}");
    }
    let first = copy.run(&["generate-report", "2023", "--format", "md", "--format", "html"]);
    assert_eq!(first.status.code(), Some(0));
    for format in ["md", "html"] {
        let text = copy.read(&format!("vystup/2023/informace-2023.{format}"));
        assert!(!text.contains("Vývoj") && !text.contains("vyvoj"), "the first period has nothing to look back at");
    }
}

#[test]
fn errors_of_an_earlier_period_stop_what_is_compared_with_it() {
    let copy = whole_period();
    copy.edit("data/obdobi/2023/podklady/oz.csv", "IX/1,ČÁSTEČNĚ", "IX/1,ČÁSTEČNE");
    for arguments in [
        &["generate-report", "2025"][..],
        &["generate-report", "2025", "--document", "srovnani"],
        &["export", "2025"],
        &["export", "2025", "--table", "zmeny"],
    ] {
        let output = copy.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(stderr(&output).contains("data/obdobi/2023/podklady/oz.csv:2:6"), "{}", stderr(&output));
    }
    assert!(!copy.path().join("vystup").exists());
    for arguments in [
        &["export", "2025", "--table", "stavy"][..],
        &["generate-report", "2025", "--document", "dopis", "--gestor", "OZ"],
    ] {
        assert_eq!(copy.run(arguments).status.code(), Some(0), "{arguments:?}");
    }
    let output = copy.run(&["generate-report", "2025", "--document", "srovnani", "--draft", "--format", "md"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(plain(&copy.read("vystup/2025/srovnani-2025.md")).contains("PRACOVNÍ VERZE.** V datech je 1 chyba"));
    // The other way round nothing is compared.
    copy.edit("data/obdobi/2023/podklady/oz.csv", "IX/1,ČÁSTEČNE", "IX/1,ČÁSTEČNĚ");
    copy.write("data/obdobi/2025/podklady/oz.csv", "opatreni,stav,komentar\nIX/1,ČÁSTEČNE,Cvičný údaj\n");
    assert_eq!(copy.run(&["generate-report", "2023"]).status.code(), Some(0));
}

const CANCELLED: &str = "    zmeny: [{od: 2025, druh: zruseni, usneseni: 1/24/ZK}]\n";

/// How many measures each responsible body lost since the earlier period, by its code and name.
fn dropped(copy: &Copy, year: &str) -> BTreeMap<(String, String), u64> {
    let view = &context(copy, &[year])["porovnani"]["gestori"];
    let text = |body: &Value, key: &str| body[key].as_str().expect("a text").to_owned();
    let of =
        |body: &Value| ((text(body, "kod"), text(body, "nazev")), body["zmeny"]["zanikle"].as_u64().expect("a count"));
    view.as_array().expect("a list").iter().map(of).collect()
}

/// 2023 is frozen. Since then OZ has another code and one of its measures is cancelled.
#[test]
fn a_renamed_body_is_one_in_both_periods() {
    let copy = Copy::frozen().with_fixture("2025");
    copy.edit("data/subjekty.yaml", "kod: OZ\n", "kod: ODZ\n    aliasy: [OZ]\n");
    copy.edit("data/opatreni/09.yaml", "  - cislo: 1\n", &format!("  - cislo: 1\n{CANCELLED}"));
    let check = stderr(&copy.run(&["check"]));
    assert!(!check.contains("zmena-bez-usneseni"), "{check}");
    let dropped = dropped(&copy, "2025");
    assert_eq!(dropped.get(&("ODZ".to_owned(), "odbor zdravotnictví".to_owned())), Some(&1), "{dropped:?}");
    assert!(dropped.keys().all(|(code, _)| code != "OZ"), "{dropped:?}");
    let rows = changes(&copy, "2025");
    let row = rows.iter().find(|row| row[0] == "IX/1").expect("it was followed in 2023");
    assert_eq!((row[2].split("; ").any(|code| code == "ODZ"), row[6].as_str()), (true, "zaniklé"), "{row:?}");
    for asked in ["ODZ", "OZ"] {
        let call = ["generate-report", "2025", "--document", "srovnani", "--format", "md", "--gestor", asked];
        assert_eq!(copy.run(&call).status.code(), Some(0));
        let text = plain(&copy.read("vystup/2025/srovnani-2025-odz.md"));
        let (_, gone) = text.split_once("## Zaniklá opatření").expect("there is one");
        assert!(gone.contains("- **IX/1** "), "{text}");
        fs::remove_dir_all(copy.path().join("vystup")).expect("it was written");
    }
}

/// Two measures of an area are changed by resolutions.
#[test]
fn what_resolutions_changed_is_told_in_every_format() {
    let copy = Copy::frozen().with_fixture("2025");
    let merged = "zmeny: [{od: 2025, druh: slouceni, usneseni: 1/24/ZK, opatreni: IX/2, popis: Jde o totéž.}]";
    copy.edit("data/opatreni/09.yaml", "  - cislo: 1\n", &format!("  - cislo: 1\n    {merged}\n"));
    let changed = "zmeny: [{od: 2025, druh: zmena, usneseni: 2/24/ZK}]";
    copy.edit("data/opatreni/09.yaml", "  - cislo: 3\n", &format!("  - cislo: 3\n    {changed}\n"));
    let ended = "bylo sloučeno s opatřením IX/2 a od období 2024–2025 se samostatně nesleduje (usnesení č. 1/24/ZK): Jde o totéž.";
    let other = "změnilo se od období 2024–2025 (usnesení č. 2/24/ZK).";
    for (document, id) in [("informace", "[IX/3](#opatreni-9-3)"), ("srovnani", "**IX/3**")] {
        let output = copy.run(&["generate-report", "2025", "--document", document]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let read = |format: &str| plain(&copy.read(&format!("vystup/2025/{document}-2025.{format}")));
        let text = read("md");
        let section = text.split("# Změny opatření\n").nth(1).expect("there is the section");
        assert!(section.contains(&format!(" — {ended}\n- {id} ")) && section.contains(other), "{section}");
        let html = read("html");
        // There a sentence begins with it.
        assert!(html.contains(&ended[1..]) && html.contains(&other["z".len()..]), "{html}");
        assert!(!html.contains("href=\"#opatreni-9-1\""), "IX/1 is not there");
    }
    // Of another area nothing of this is told.
    assert_eq!(copy.run(&["generate-report", "2025", "--format", "md", "--area", "I"]).status.code(), Some(0));
    assert!(!copy.read("vystup/2025/informace-2025-okruh-1.md").contains("Změny opatření"));
}

/// The only measure of OŽP is cancelled.
#[test]
fn of_a_body_without_measures_it_is_shown_which_it_had() {
    let copy = Copy::frozen().with_fixture("2025");
    let only = "    odpovednost: [OŽP]\n";
    copy.edit("data/opatreni/08.yaml", only, &format!("{only}{CANCELLED}"));
    let output = copy.run(&["generate-report", "2025", "--document", "srovnani", "--gestor", "OŽP"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let total = ["1", "100,0 %", "0", "0,0 %", "−1", "−100,0 p. b."];
    let text = plain(&copy.read("vystup/2025/srovnani-2025-ozp.md"));
    assert!(text.contains(&format!("| **Celkem** | **{}** |", total.join("** | **"))), "{text}");
    assert!(text.contains("## Zaniklá opatření\n\n- **VIII/9** "), "{text}");
    let html = plain(&copy.read("vystup/2025/srovnani-2025-ozp.html"));
    assert!(html.contains(&format!("Celkem</th><td>{}</td>", total.join("</td><td>"))), "{html}");
    assert!(copy.path().join("vystup/2025/srovnani-2025-ozp.docx").exists());
    // Other documents speak of what is followed, and a body that never had a measure has nothing to compare.
    for arguments in [&["--gestor", "OŽP"][..], &["--document", "srovnani", "--gestor", "KHS"]] {
        let output = copy.run(&[&["generate-report", "2025"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains("výběru neodpovídá žádné opatření"), "{}", stderr(&output));
    }
}

/// No data of this repository have new or dropped measures: their definitions are the same for all
/// periods. So the view is changed by hand here.
#[test]
fn new_and_dropped_measures_stand_apart_in_every_format() {
    let copy = whole_period();
    let dataset = Dataset::new(read_tree(&copy.path().join("data")).expect("the data can be read"));
    let year = Year::parse("2025").expect("a year");
    let evaluated = dataset.evaluate(year).expect("the period is there");
    let mut view = view::build(&dataset, &evaluated, &dataset.check(Some(year)), &Request::default());
    let comparison = view.comparison.as_mut().expect("there is an earlier period");
    let id = |text: &str| MeasureId::parse(text).expect("an id");
    let new = comparison.measures.get_mut(&id("I/1")).expect("the measure is there");
    new.earlier = None;
    new.earlier_key = None;
    new.words = "nové opatření".to_owned();
    let dropped = comparison.measures.get_mut(&id("I/2")).expect("the measure is there");
    dropped.later = None;
    dropped.later_key = None;
    dropped.words = "dál se nesleduje".to_owned();
    comparison.by_change.better.retain(|&it| it != id("I/1"));
    comparison.by_change.new.push(id("I/1"));
    comparison.by_change.same.retain(|&it| it != id("I/2"));
    comparison.by_change.dropped.push(id("I/2"));
    comparison.changes.n_new = 1;
    comparison.changes.n_dropped = 2;
    comparison.new.done = 1;
    comparison.new.total = 1;
    comparison.areas[0].changes.n_new = 1;
    comparison.areas[0].changes.n_dropped = 1;
    assert_eq!(comparison.transitions[1].status, Status::Fulfilled);
    comparison.transitions[1].n_dropped = 2;
    let templates = Templates::new(&[]);
    let narratives = Narratives { texts: Vec::new(), view: &view };
    for document in ["srovnani", "informace"] {
        let renderer = Renderer::new(&templates, document, &view, &narratives).expect("the templates are sound");
        for format in templates.formats(document) {
            let bytes = (format.render)(&renderer).unwrap_or_else(|error| panic!("{}: {error}", format.name));
            let Ok(text) = String::from_utf8(bytes) else { continue };
            let text = plain(&text);
            let sentence = "Nově se sleduje 1 opatření. Dál se nesledují 2 opatření.";
            assert!(text.contains(sentence), "{document}, {}", format.name);
            if document == "srovnani" {
                assert!(text.contains("Nová opatření") && text.contains("Zaniklá opatření"), "{}", format.name);
            }
        }
    }
}
