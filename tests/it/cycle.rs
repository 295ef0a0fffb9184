//! The whole cycle of a period, from the one before to the plan for the years after, by the program
//! alone: whatever a person types is typed into its files here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Copy, csv_rows, stderr, stdout, walk};

const DECISIONS: &str = "\
vyhodnoceni:
  - opatreni: I/2
    stav: ČÁSTEČNĚ
    duvod: Cvičný údaj, analýzy jsou hotové ve dvou okresech.
    rozhodl: koordinátor strategie
";

const COMMENTS: &str = "\
pripominky:
  - subjekt: OZ
    opatreni: IX/3
    text: Cvičný údaj, doplňte počet mediátorů v roce 2025.
";

const SETTLEMENT: &str = "    vyporadani: přijato\n    oduvodneni: Počet je doplněn.\n";

#[test]
fn from_one_period_to_the_next_and_nothing_of_the_frozen_one_changes() {
    let copy = Copy::frozen();
    let report_2023 = documents(&copy, &["generate-report", "2023"]);

    open_and_ask(&copy);
    fill(&copy);
    take_in(&copy);
    everything_is_there(&copy);
    decide(&copy);
    settle(&copy);
    let report_2025 = report(&copy);
    assert_eq!(documents(&copy, &["generate-report", "2023"]), report_2023);

    done(&copy, &["period", "freeze", "2025", "--resolution", "123/26/ZK"]);
    assert_eq!(copy.run(&["check"]).status.code(), Some(0));
    let frozen_2025 = documents(&copy, &["generate-report", "2025"]);
    assert_eq!(frozen_2025.keys().collect::<Vec<_>>(), report_2025.keys().collect::<Vec<_>>());
    assert!(text(&frozen_2025, "informace-2025.md").contains("123/26/ZK"));

    compare(&copy);
    plan(&copy);

    move_on(&copy);
    assert_eq!(documents(&copy, &["generate-report", "2023"]), report_2023);
    assert_eq!(documents(&copy, &["generate-report", "2025"]), frozen_2025);
}

/// Runs a command that must do what it is asked, and gives its output.
fn done(copy: &Copy, arguments: &[&str]) -> String {
    let output = copy.run(arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    stdout(&output)
}

/// Writes documents and gives their names and bytes.
fn documents(copy: &Copy, arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    done(copy, &[arguments, &["--out", "dokumenty"]].concat());
    let folder = copy.path().join("dokumenty");
    let read = |path: PathBuf| {
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        (name, fs::read(path).expect("it can be read"))
    };
    let documents = walk(&folder).into_iter().map(read).collect();
    fs::remove_dir_all(folder).expect("the folder can be removed");
    documents
}

fn text(documents: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(documents[name].clone()).expect("it is UTF-8").replace('\u{A0}', " ")
}

fn open_and_ask(copy: &Copy) {
    done(copy, &["period", "new", "2025", "--from", "2024-01-01", "--to", "2025-12-31", "--due", "2026-01-31"]);
    let asked = done(copy, &["form", "2025", "--format", "yaml"]);
    assert!(asked.contains("Subjektů: 36."), "{asked}");
}

fn forms(copy: &Copy) -> Vec<PathBuf> {
    walk(&copy.path().join("vystup/2025/formulare"))
}

/// Fills in every form as an official would: a status and a comment at each measure, a number at each
/// count. Statuses go round, so that bodies contradict each other.
fn fill(copy: &Copy) {
    for (index, path) in forms(copy).iter().enumerate() {
        let statuses = ["PLNĚNO", "ČÁSTEČNĚ", "částečně plněno", "NEPLNĚNO", "Plněno"];
        let mut statuses = statuses.iter().cycle().skip(index);
        let mut id = String::new();
        let mut filled = String::new();
        for line in fs::read_to_string(path).expect("the form can be read").lines() {
            id = line.strip_prefix("  - opatreni: ").map_or(id, str::to_owned);
            let value = match line {
                "    stav:" => statuses.next().map(|status| format!(" {status}")),
                "    komentar:" => Some(format!(" Cvičný údaj k opatření {id} za roky 2024 a 2025.")),
                "        hodnota:" => Some(" 3".to_owned()),
                _ => None,
            };
            filled.push_str(line);
            filled.push_str(&value.unwrap_or_default());
            filled.push('\n');
        }
        fs::write(path, filled).expect("the form can be written");
    }
}

fn take_in(copy: &Copy) {
    let forms: Vec<String> = forms(copy).iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let arguments: Vec<&str> = ["import"].into_iter().chain(forms.iter().map(String::as_str)).collect();
    let taken = done(copy, &arguments);
    assert_eq!(taken.matches("Zapsáno: ").count(), 36, "{taken}");
    let checked = copy.run(&["check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
}

fn everything_is_there(copy: &Copy) {
    let rows = csv_rows(&done(copy, &["status", "2025", "--as-of", "2026-01-31", "--format", "csv"]));
    assert!(rows.len() > 109, "{}", rows.len());
    let submitted = csv_rows(&done(copy, &["export", "2025", "--table", "podklady"]));
    let mut measures: Vec<&str> = submitted.iter().map(|row| row[1].as_str()).collect();
    measures.sort_unstable();
    measures.dedup();
    // VI/9 and others without anybody named are nobody's to report on.
    assert!(measures.len() >= 100, "{}", measures.len());
}

fn decide(copy: &Copy) {
    let before = statuses(copy, "2025");
    assert_eq!(before["I/2"], "NEPLNĚNO");
    copy.write("data/obdobi/2025/vyhodnoceni.yaml", DECISIONS);
    assert_eq!(statuses(copy, "2025")["I/2"], "ČÁSTEČNĚ");
}

/// The status of each measure, from the exported table.
fn statuses(copy: &Copy, year: &str) -> BTreeMap<String, String> {
    let rows = csv_rows(&done(copy, &["export", year, "--table", "opatreni"]));
    rows.into_iter().map(|mut row| (row.swap_remove(0), row.swap_remove(8))).collect()
}

/// A report is not final before each comment is settled.
fn settle(copy: &Copy) {
    copy.write("data/obdobi/2025/pripominky.yaml", COMMENTS);
    let output = copy.run(&["generate-report", "2025"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("nevyporadana-pripominka"), "{}", stderr(&output));
    copy.write("data/obdobi/2025/pripominky.yaml", format!("{COMMENTS}{SETTLEMENT}"));
}

fn report(copy: &Copy) -> BTreeMap<String, Vec<u8>> {
    let report = documents(copy, &["generate-report", "2025"]);
    let markdown = text(&report, "informace-2025.md");
    for said in ["koordinátor strategie", "Počet je doplněn.", "oproti období 2022–2023"] {
        assert!(markdown.contains(said), "„{said}“ is not in the report");
    }
    let settled = documents(copy, &["generate-report", "2025", "--document", "vyporadani-pripominek"]);
    assert!(text(&settled, "vyporadani-pripominek-2025.md").contains("doplňte počet mediátorů"));
    report
}

/// The table of changes is what the statuses of both periods give, counted here.
fn compare(copy: &Copy) {
    let (earlier, later) = (statuses(copy, "2023"), statuses(copy, "2025"));
    let order = ["SPLNĚNO", "PLNĚNO", "ČÁSTEČNĚ", "NEPLNĚNO"];
    let rank = |status: &str| order.iter().position(|known| *known == status).expect("it is a status");
    let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, status) in &later {
        let change = match rank(status).cmp(&rank(&earlier[id])) {
            std::cmp::Ordering::Less => "zlepšení",
            std::cmp::Ordering::Equal => "beze změny",
            std::cmp::Ordering::Greater => "zhoršení",
        };
        *expected.entry(change).or_default() += 1;
    }
    let rows = csv_rows(&done(copy, &["export", "2025", "--table", "zmeny"]));
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        *found.entry(row[6].as_str()).or_default() += 1;
    }
    assert_eq!(found, expected);
    assert_eq!(rows.len(), 109);
    let compared = documents(copy, &["generate-report", "2025", "--document", "srovnani", "--with", "2023"]);
    assert_eq!(compared.keys().collect::<Vec<_>>(), ["srovnani-2025.docx", "srovnani-2025.html", "srovnani-2025.md"]);
}

fn plan(copy: &Copy) {
    let open =
        statuses(copy, "2025").values().filter(|status| matches!(status.as_str(), "ČÁSTEČNĚ" | "NEPLNĚNO")).count();
    let plan = documents(copy, &["generate-report", "2025", "--document", "akcni-plan", "--for", "2026-2027"]);
    let endings: Vec<Option<&str>> =
        plan.keys().map(|name| Path::new(name).extension().and_then(|ending| ending.to_str())).collect();
    assert_eq!(endings, [Some("docx"), Some("md"), Some("xlsx")]);
    let markdown = text(&plan, "akcni-plan-2025-na-2026-2027.md");
    assert!(markdown.contains("2026–2027") && markdown.contains(&open.to_string()), "{open}");
}

/// The council moves a deadline and cancels a measure; the frozen periods keep theirs.
fn move_on(copy: &Copy) {
    copy.edit(
        "data/opatreni/13.yaml",
        "    termin: 12/2023\n",
        "    termin: 12/2026\n    zmeny: [{od: 2027, druh: zmena, usneseni: 130/26/ZK}]\n",
    );
    copy.edit(
        "data/opatreni/09.yaml",
        "  - cislo: 1\n",
        "  - cislo: 1\n    zmeny: [{od: 2027, druh: zruseni, usneseni: 131/26/ZK}]\n",
    );
    done(copy, &["period", "new", "2027", "--from", "2026-01-01", "--to", "2027-12-31", "--due", "2028-01-31"]);
    assert_eq!(statuses(copy, "2027").len(), 108);
    assert_eq!(statuses(copy, "2025").len(), 109);
    let checked = copy.run(&["check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
    assert!(!stderr(&checked).contains("zmena-bez-usneseni"), "{}", stderr(&checked));
}
