//! The gates of the HTML report in a real browser; `tests/browser/` holds them. They need Node.js with
//! the packages of `tests/browser/package-lock.json`, Chromium and Java, and are passed over where
//! these are missing, unless `PLNENI_REQUIRE_BROWSER=1` forbids that.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Copy, repository, run, stderr, stdout};

/// Gates for documents whose content differs from the report's; the others look at what all share.
const GATES_OF_CONTENT: [&str; 7] = ["nu", "html-validate", "axe-light", "axe-320", "console", "overflow", "structure"];

/// Gates for documents that have neither a filter nor the report's running title.
const GATES_WITHOUT_A_SCRIPT: [&str; 11] = [
    "nu",
    "html-validate",
    "axe-light",
    "axe-dark",
    "axe-320",
    "network",
    "console",
    "overflow",
    "structure",
    "pictures",
    "skip-link",
];

#[test]
fn the_real_report_passes_all_gates() {
    let Some(gates) = Gates::find() else { return };
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    let out = folder.path().to_string_lossy().into_owned();
    let output = run(&repository(), &["generate-report", "2023", "--out", &out]);
    assert!(output.status.success(), "{}", stderr(&output));
    gates.pass(&folder.path().join("informace-2023.html"), &[]);
}

#[test]
fn a_draft_with_several_submitters_and_a_decision_passes_the_gates_of_content() {
    let Some(gates) = Gates::find() else { return };
    let copy = Copy::new();
    copy.write(
        "data/obdobi/2023/podklady/mmr.yaml",
        "predkladatel: MMR\npodklady:\n  - opatreni: I/9\n    stav: PLNĚNO\n    komentar: |\n      Zákon je ve vládě, viz I/6.\n\n      - první čtení\n      - druhé čtení\n    kriteria:\n      - {kriterium: Zákon o podpoře v bydlení, hodnota: 1250, stav: PLNĚNO, doklad: \"https://example.org/zakon\"}\n",
    );
    copy.write(
        "data/obdobi/2023/vyhodnoceni.yaml",
        "vyhodnoceni:\n  - opatreni: I/2\n    stav: ČÁSTEČNĚ\n    duvod: Celokrajská analýza „chybí“ & <není>.\n  - opatreni: I/3\n    stav: NEPLNĚNO\n",
    );
    let output = copy.run(&["generate-report", "2023", "--draft", "--area", "I", "--out", "vystup"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let html = copy.read("vystup/informace-2023-okruh-1.html");
    for part in [
        "PRACOVNÍ VERZE",
        "Výřez zprávy",
        "class=\"podklady\"",
        "Důvod rozhodnutí",
        "O\u{a0}stavu rozhodl",
        "1\u{a0}250",
    ] {
        assert!(html.contains(part), "the page lacks {part}");
    }
    gates.pass(&copy.path().join("vystup/informace-2023-okruh-1.html"), &GATES_OF_CONTENT);
}

#[test]
fn a_period_with_an_earlier_one_passes_the_gates() {
    let Some(gates) = Gates::find() else { return };
    let copy = Copy::new().with_fixture("2025").with_fixture("2025-pripominky");
    for document in ["informace", "pisemna-informace", "srovnani", "vyporadani-pripominek"] {
        let output = copy.run(&["generate-report", "2025", "--document", document, "--format", "html", "--out", "out"]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
    gates.pass(&copy.path().join("out/informace-2025.html"), &[]);
    gates.pass(&copy.path().join("out/srovnani-2025.html"), &GATES_WITHOUT_A_SCRIPT);
    // One table on one page needs no navigation.
    let of_a_table: Vec<&str> = GATES_OF_CONTENT.into_iter().filter(|gate| *gate != "structure").collect();
    for document in ["vyporadani-pripominek", "pisemna-informace"] {
        gates.pass(&copy.path().join(format!("out/{document}-2025.html")), &of_a_table);
    }
}

#[test]
fn hostile_texts_neither_run_nor_ask_for_anything() {
    let Some(gates) = Gates::find() else { return };
    let copy = Copy::new();
    // A script that runs sets the title; an image or style that is asked for goes to the network.
    let harm = "</title></style></script><script>document.title='x';alert(1)</script><img src=https://example.org/x onerror=alert(1)>]]>";
    let text =
        serde_json::to_string(&format!("{harm}\n\n[x](javascript:alert(1)) ![y](https://example.org/y.png) {harm}"))
            .expect("a text can be written");
    copy.write(
        "data/obdobi/2023/podklady/mmr.yaml",
        format!("predkladatel: MMR\npodklady:\n  - opatreni: I/9\n    stav: PLNĚNO\n    komentar: {text}\n    kriteria:\n      - {{kriterium: {text}, hodnota: {text}, doklad: {text}}}\n"),
    );
    let strategy = copy.read("data/strategie.yaml");
    let name = strategy.lines().find(|line| line.starts_with("nazev:")).expect("it has a name").to_owned();
    copy.edit("data/strategie.yaml", &name, &format!("nazev: {}", serde_json::to_string(harm).expect("a text")));
    let output = copy.run(&["generate-report", "2023", "--draft", "--format", "html", "--out", "out"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let html = copy.read("out/informace-2023.html");
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script>document.title"));
    gates.pass(&copy.path().join("out/informace-2023.html"), &["network", "console"]);
}

/// The folder of the gates, with all they need around.
pub(crate) struct Gates {
    folder: PathBuf,
}

impl Gates {
    pub(crate) fn find() -> Option<Self> {
        let folder = repository().join("tests/browser");
        let answers = |program: &str, argument: &str| {
            Command::new(program).arg(argument).output().is_ok_and(|output| output.status.success())
        };
        let missing = if !answers("node", "--version") {
            "Node.js"
        } else if !folder.join("node_modules").is_dir() {
            "`npm ci --ignore-scripts` in tests/browser"
        } else if !answers("java", "-version") {
            "Java"
        } else if !answers("node", &folder.join("browser.mjs").to_string_lossy()) {
            "Chromium"
        } else {
            return Some(Self { folder });
        };
        assert!(
            std::env::var_os("PLNENI_REQUIRE_BROWSER").is_none_or(|value| value != "1"),
            "the gates need {missing}"
        );
        eprintln!("skipped: the gates of the HTML report need {missing}");
        None
    }

    pub(crate) fn pass(&self, page: &Path, names: &[&str]) {
        let output = Command::new("node")
            .arg(self.folder.join("check.mjs"))
            .arg(page)
            .args(names)
            .output()
            .expect("Node.js answered before");
        assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
    }
}
