//! Texts full of what formats take for markup: every document in every format says them as they are, which
//! is neither markup nor escaped twice.

use std::fs;

use tempfile::TempDir;

use crate::small_region::{ALL, documents, region, write};
use crate::support::{run, stderr, walk};

/// Stands for a text in all that a person can name.
const TEXT: &str = "R&D <b> *x* | _y_";
/// In Markdown, where asterisks and underscores are meant, and in what stands there.
const COMMENT: &str = "R&D, a < b | y";

const STRATEGY: &str = "nazev: \"Plán TEXT\"\nzkratka: \"TEXT\"\nkraj: \"Kraj TEXT\"\nusneseni: 17/TEXT\n\
    schvaleno: 2023-06-12\nkoordinator: R&D\nve_2_pade: {nazev: \"Plánu TEXT\", zkratka: \"TEXT\"}\nstavy:\n\
    \x20 - {stav: SPLNĚNO, nazev: \"Hotovo COMMENT\", vymezeni: [\"TEXT\"]}\n\
    \x20 - {stav: PLNĚNO, nazev: \"Běží COMMENT\", vymezeni: [\"TEXT\"]}\n\
    \x20 - {stav: ČÁSTEČNĚ, nazev: \"Zčásti COMMENT\", vymezeni: [\"TEXT\"]}\n\
    \x20 - {stav: NEPLNĚNO, nazev: \"Nic COMMENT\", vymezeni: [\"TEXT\"]}\ndokumenty: [{kod: D&1, nazev: \"TEXT\"}]\n";
const BODIES: &str = "subjekty:\n  - {kod: R&D, nazev: \"odbor TEXT\", druh: odbor}\n\
    \x20 - {kod: <b>, nazev: \"druhý TEXT\", druh: odbor}\n";
const AREA: &str = "okruh: I\nnazev: \"Okruh TEXT\"\nuvod: \"COMMENT:\"\nopatreni:\n";
const MEASURE: &str = "    popis: \"popis TEXT\"\n    indikator: \"indikátor TEXT\"\n\
    \x20   kriteria: [{nazev: \"kritérium TEXT\", druh: vystup}]\n    termin: 12/2024\n    odpovednost: [R&D, <b>]\n\
    \x20   vazby: [D&1]\n";
const PERIOD: &str = "puvod: \"TEXT\"\nprojednani: [\"TEXT\"]\npisemna_informace: {zasedani: \"TEXT\", usneseni: 1/TEXT, \
    zpracoval: \"TEXT\", predklada: \"TEXT\", projednal: [\"TEXT\"]}\n";
const SUBMITTED: &str = "podklady:\n\
    \x20 - {opatreni: I/1, stav: STAV, komentar: \"Komentář COMMENT\", kriteria: [{kriterium: \"kritérium TEXT\", stav: STAV, doklad: \"TEXT\"}]}\n\
    \x20 - {opatreni: I/2, stav: STAV}\n";
const DECIDED: &str =
    "vyhodnoceni:\n  - {opatreni: I/1, stav: NEPLNĚNO, duvod: \"Důvod COMMENT\", rozhodl: \"TEXT\"}\n";
const COMMENTED: &str = "pripominky:\n\
    \x20 - {subjekt: \"TEXT\", cast: Shrnutí, text: \"COMMENT\", vyporadani: přijato, oduvodneni: \"COMMENT\"}\n";

fn region_of_texts() -> TempDir {
    let folder = region(crate::small_region::STRATEGY, crate::small_region::MEASURE);
    let put =
        |path: &str, text: &str| write(folder.path(), path, &text.replace("TEXT", TEXT).replace("COMMENT", COMMENT));
    let measures: String = (1..=5)
        .map(|number| {
            let changes = match number {
                2 => "    zmeny: [{od: 2025, druh: zmena, usneseni: 2/TEXT, popis: \"Změna TEXT\"}]\n",
                3 => "    zmeny: [{od: 2025, druh: vznik, usneseni: 3/TEXT, popis: \"Vznik TEXT\"}]\n",
                4 => "    zmeny: [{od: 2025, druh: zruseni, usneseni: 4/TEXT, popis: \"Konec TEXT\"}]\n",
                _ => "",
            };
            format!("  - cislo: {number}\n{MEASURE}{changes}")
        })
        .collect();
    for (path, text) in [("strategie.yaml", STRATEGY), ("subjekty.yaml", BODIES)] {
        put(path, text);
    }
    put("opatreni/01.yaml", &format!("{AREA}{measures}"));
    for year in ["2024", "2025"] {
        put(&format!("obdobi/{year}/podklady/OSS.yaml"), &format!("predkladatel: R&D\n{}", submitted("PLNĚNO")));
        put(&format!("obdobi/{year}/podklady/OŠ.yaml"), &format!("predkladatel: <b>\n{}", submitted("ČÁSTEČNĚ")));
        put(&format!("obdobi/{year}/vyhodnoceni.yaml"), if year == "2025" { DECIDED } else { "vyhodnoceni: []\n" });
        put(&format!("obdobi/{year}/pripominky.yaml"), COMMENTED);
        put(&format!("obdobi/{year}/uvod.md"), "COMMENT {{ obdobi.nazev }}\n");
        let path = folder.path().join(format!("data/obdobi/{year}/obdobi.yaml"));
        put(&format!("obdobi/{year}/obdobi.yaml"), &(fs::read_to_string(path).unwrap() + PERIOD));
    }
    folder
}

fn submitted(status: &str) -> String {
    SUBMITTED.replace("STAV", status)
}

/// What stands where a text was not escaped, or more than once.
fn misread<'t>(name: &str, text: &'t str) -> Vec<&'t str> {
    if name.ends_with(".md") {
        return text
            .lines()
            .filter(|line| {
                let is_bare = |mark: &str| line.match_indices(mark).any(|(at, _)| !line[..at].ends_with('\\'));
                line.contains("\\\\") || is_bare("<b>") || is_bare("&D") || is_bare("*x")
            })
            .collect();
    }
    let is_entity = |rest: &str| ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|entity| rest.starts_with(entity));
    let is_wrong = |line: &&str| {
        line.contains("<b>")
            || line.match_indices('&').any(|(at, _)| !is_entity(&line[at + 1..]))
            || line.match_indices("&amp;").any(|(at, mark)| is_entity(&line[at + mark.len()..]))
    };
    text.lines().filter(is_wrong).collect()
}

fn check(name: &str, text: &str) {
    let shown = without(&without(text, "style"), "script");
    assert_eq!(misread(name, &shown), [""; 0], "{name}");
}

/// A page without what is no markup.
fn without(page: &str, element: &str) -> String {
    let (start, end) = (format!("<{element}"), format!("</{element}>"));
    let mut parts = page.split(&start);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(&end).map_or(part, |(_, rest)| rest))
}

#[test]
fn every_text_is_escaped_once_in_every_document() {
    let folder = region_of_texts();
    documents(folder.path(), "2025", &ALL).iter().for_each(|(name, text)| check(name, text));
    let output = run(folder.path(), &["generate-report", "2025", "--area", "I", "--out", "vyrez"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for name in ["informace-2025-okruh-1.md", "informace-2025-okruh-1.html"] {
        check(name, &fs::read_to_string(folder.path().join("vyrez").join(name)).unwrap());
    }
    let freeze = ["period", "freeze", "2025", "--resolution", &format!("12/26/RK {TEXT}")];
    for arguments in [&["period", "freeze", "2024", "--resolution", "1/25/RK"], &freeze] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    documents(folder.path(), "2025", &ALL[..5]).iter().for_each(|(name, text)| check(name, text));
}

/// Templates of a region, each with its text and what it writes of `R&D *x*`.
#[test]
fn codes_over_the_comments_of_several_bodies_are_no_markdown() {
    let folder = region(crate::small_region::STRATEGY, crate::small_region::MEASURE);
    let called = [("OSS", "*OSS*"), ("OŠ", "1. OŠ")];
    for path in ["strategie.yaml", "subjekty.yaml", "opatreni/01.yaml"] {
        let text = fs::read_to_string(folder.path().join("data").join(path)).unwrap();
        let text = called.iter().fold(text, |text, (code, now)| text.replace(code, &format!("\"{now}\"")));
        write(folder.path(), path, &text);
    }
    for (code, now) in called {
        let path = format!("obdobi/2024/podklady/{code}.yaml");
        let text = fs::read_to_string(folder.path().join("data").join(&path)).unwrap();
        write(folder.path(), &path, &format!("predkladatel: \"{now}\"\n{text}"));
    }
    write(folder.path(), "obdobi/2024/vyhodnoceni.yaml", "vyhodnoceni: []\n");
    let texts = documents(folder.path(), "2024", &["informace", "akcni-plan"]);
    for (name, words) in [
        ("informace-2024.md", "\\*OSS\\* (PROBÍHÁ):\n\nPasy"),
        ("informace-2024.md", "1\\. OŠ (PROBÍHÁ ZČÁSTI):\n\nJen"),
        ("informace-2024.docx", ">*OSS* (PROBÍHÁ):<"),
        ("informace-2024.docx", ">1. OŠ (PROBÍHÁ ZČÁSTI):<"),
        ("akcni-plan-2024.md", "\\*OSS\\* (PROBÍHÁ):\n\nPasy"),
        ("akcni-plan-2024.docx", ">1. OŠ (PROBÍHÁ ZČÁSTI):<"),
        ("akcni-plan-2024.xlsx", "*OSS* (PROBÍHÁ):"),
        ("akcni-plan-2024.xlsx", "1. OŠ (PROBÍHÁ ZČÁSTI):"),
    ] {
        assert!(texts[name].contains(words), "{name}: {words}: {}", texts[name]);
    }
    assert_eq!(run(folder.path(), &["export", "2024", "--out", "tabulky"]).status.code(), Some(0));
    let table = fs::read_to_string(folder.path().join("tabulky/opatreni.csv")).unwrap();
    assert!(table.contains("\\*OSS\\* (PLNĚNO):\n\n") && table.contains("1\\. OŠ (ČÁSTEČNĚ):\n\n"), "{table}");
}

#[test]
fn words_that_formats_share_are_escaped_as_the_format_wants_wherever_they_are_taken_in() {
    let folder = region_of_texts();
    let own = |name: &str, text: &str| {
        let path = folder.path().join("sablony").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    own(
        "vlastni/slova.txt",
        "{% macro kraj() %}{{ strategie.kraj }}{% endmacro %}{% set cely %}{{ strategie.kraj }}{% endset %}",
    );
    own(
        "vlastni/veta.txt",
        "{% from \"vlastni/slova.txt\" import kraj %}{{ strategie.kraj }}; {{ kraj() }}; {% include \"vlastni/dal.txt\" %}",
    );
    own("vlastni/dal.txt", "{{ strategie.kraj }}");
    let whole = "{% from \"vlastni/slova.txt\" import kraj, cely %}\n{{ sestav(\"vlastni/veta.txt\") }}\n{% include \"vlastni/veta.txt\" %}; \
        {{ kraj() | velke }}; {{ kraj() | radek }}; {{ kraj() | zkracene(40) }}; {{ kraj() | veta }} {{ [cely, \" \"] | join }}\n";
    own("vlastni/md/dokument.md", whole);
    own("vlastni/html/dokument.html", whole);
    let arguments = ["generate-report", "2025", "--document", "vlastni", "--templates", "sablony", "--out", "vse"];
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for (ending, expected) in
        [("md", "Kraj R\\&D \\<b> \\*x\\* \\| \\_y\\_"), ("html", "Kraj R&amp;D &lt;b&gt; *x* | _y_")]
    {
        let text = fs::read_to_string(folder.path().join(format!("vse/vlastni-2025.{ending}"))).unwrap();
        let text = text.replace('\u{A0}', " ");
        assert_eq!(text.matches(expected).count(), 11, "{text}");
        assert_eq!(text.matches("Kraj").count(), 11, "{text}");
    }

    own("vlastni/dal.txt", "\n{{ neni }}");
    let told = stderr(&run(folder.path(), &arguments));
    assert!(told.contains("chyba v šabloně vlastni/dal.txt:2: proměnná „neni“ neexistuje"), "{told}");
    assert!(told.contains("ve vložené šabloně „vlastni/veta.txt“ je chyba"), "{told}");
    own("vlastni/dal.txt", "{% from \"vlastni/chybi.txt\" import x %}");
    let told = stderr(&run(folder.path(), &arguments));
    assert!(told.contains("šablona „vlastni/chybi.txt“ neexistuje"), "{told}");
}

/// Templates of a region that were written when a `.txt` had no escaping of its own.
#[test]
fn words_that_were_taken_in_keep_their_lines_and_are_read_as_markdown() {
    let folder = region_of_texts();
    let own = |name: &str, text: &str| write(folder.path(), &format!("../sablony/{name}"), text);
    let texts = |names: &[&str]| {
        let mut texts = Vec::new();
        for name in names {
            let arguments = ["generate-report", "2025", "--document", name, "--templates", "sablony", "--out", "vse"];
            let output = run(folder.path(), &arguments);
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
            for ending in ["md", "html"] {
                let path = folder.path().join(format!("vse/{name}-2025.{ending}"));
                texts.extend(fs::read_to_string(path).map(|text| text.replace('\u{A0}', " ")));
            }
        }
        texts
    };
    let comment = r#""Kroky & cíle < x:\n\n1. **stručně** „a“ \"b\"\n2. \\*hvězda\\* viz I/2\n   - c\n\nDál.""#;
    let submitted = submitted("NEPLNĚNO").replace("\"Komentář COMMENT\"", comment).replace("TEXT", TEXT);
    write(folder.path(), "obdobi/2025/podklady/OSS.yaml", &format!("predkladatel: R&D\n{submitted}"));
    write(folder.path(), "obdobi/2025/podklady/OŠ.yaml", "predkladatel: <b>\npodklady: []\n");
    own("vlastni/a.txt", "{{ opatreni[\"I/1\"].komentar }}");
    let set = "{% set t %}{% include \"vlastni/a.txt\" %}{% endset %}\n";
    let asked = |text: &str| {
        format!(
            "{{{{ {text} | FILTER }}}}\n\n{{{{ {text} | holy_text }}}}\n\n{{{{ {text} | konci_seznamem and \"ano\" or \"ne\" }}}}\n"
        )
    };
    for (ending, filter) in [("md", "markdown"), ("html", "html")] {
        let taken = asked("t").replace("FILTER", filter);
        own(&format!("vlastni/{ending}/dokument.{ending}"), &format!("{set}{taken}"));
        let direct = asked("opatreni[\"I/1\"].komentar").replace("FILTER", filter);
        own(&format!("primo/{ending}/dokument.{ending}"), &direct);
    }
    assert_eq!(texts(&["vlastni"]), texts(&["primo"]));

    // What a filter gave is Markdown already.
    own("vlastni/a.txt", "{{ opatreni[\"I/1\"].komentar | markdown }}");
    assert_eq!(texts(&["vlastni"])[0], texts(&["primo"])[0]);

    // What an author escaped is no value.
    own("vlastni/a.txt", "{% set x %}\n2\\. pololetí bylo \\*bez\\* {{ \"*peněz*\" }}.\n{% endset %}");
    for (ending, filter) in [("md", "markdown"), ("html", "html")] {
        let text = "{% from \"vlastni/a.txt\" import x %}{{ x | FILTER }}\n\n{{ x | holy_text }}\n";
        own(&format!("vlastni/{ending}/dokument.{ending}"), &text.replace("FILTER", filter));
    }
    let plain = "2. pololetí bylo *bez* peněz.";
    assert_eq!(
        texts(&["vlastni"]),
        [
            "2\\. pololetí bylo \\*bez\\* *peněz*.\n\n2\\. pololetí bylo \\*bez\\* peněz.\n".to_owned(),
            format!("<p>{}</p>\n\n\n{plain}", plain.replace("peněz", "<em>peněz</em>")),
        ]
    );
    let text =
        "{% set x %}Viz \\*poznámku\\* {{ \"*a*\" }}.{% endset %}{{ x | markdown }}\n\n{{ x }}\n\n{{ x | veta }}\n";
    own("vlastni/md/dokument.md", text);
    let escaped = "Viz \\*poznámku\\* \\*a\\*.\n";
    assert_eq!(texts(&["vlastni"])[0], format!("{}\n{escaped}\n{escaped}", escaped.replacen("\\*a\\*", "*a*", 1)));

    own(
        "vlastni/html/dokument.html",
        "<p title=\"{% include \"vlastni/a.txt\" %}\">{% include \"vlastni/a.txt\" %}</p>\n",
    );
    own("vlastni/a.txt", "{{ \"Dál.  \\nA  zas.\" }}");
    own("vlastni/md/dokument.md", &format!("{set}{{{{ t | markdown }}}}\n\n{{{{ t }}}}\n"));
    assert_eq!(texts(&["vlastni"])[0], "Dál.<br>A zas.\n\nDál. A zas.\n");

    // What no filter reads stands on one line, also in an attribute.
    own("vlastni/a.txt", "{{ \"odbor  \\n    sociálních\\n\\n  věcí\" }}");
    assert_eq!(texts(&["vlastni"])[1], "<p title=\"odbor sociálních věcí\">odbor sociálních věcí</p>");
}

/// As the list of steps was written before.
#[test]
fn a_letter_from_templates_of_before_is_the_same() {
    let folder = region(crate::small_region::STRATEGY, crate::small_region::MEASURE);
    let text = include_str!("../../report-templates/dopis/text.txt");
    let (before, rest) = text.split_once("{% set seznam_kroku %}").unwrap();
    let (_, after) = rest.split_once("{% endset %}").unwrap();
    let steps =
        "{% set seznam_kroku %}{% for krok in kroky %}{{ loop.index }}. {{ krok ~ \"\\n\" }}{% endfor %}{% endset %}";
    write(folder.path(), "../sablony/dopis/text.txt", &format!("{before}{steps}{after}"));
    for out in ["ted", "drive"] {
        let mut arguments = vec!["generate-report", "2025", "--document", "dopis", "--out", out];
        if out == "drive" {
            arguments.extend(["--templates", "sablony"]);
        }
        let output = run(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    let files = walk(&folder.path().join("ted"));
    assert!(files.len() > 1);
    for path in files {
        let name = path.file_name().unwrap();
        let before = walk(&folder.path().join("drive")).into_iter().find(|path| path.file_name() == Some(name));
        assert!(fs::read(&path).unwrap() == fs::read(before.unwrap()).unwrap(), "{name:?}");
    }
}
