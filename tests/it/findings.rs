//! The formats of findings from outside: streams, exit codes, colours, places, and the contract of
//! the JSON. `.ci/validate-findings.mjs` validates the same outputs by schemas of others.

use std::fs;

use serde_json::Value;

use crate::support::{Copy, plneni, repository, run, stderr, stdout};

const OZ: &str = "data/obdobi/2023/podklady/oz.csv";
const ORREP: &str = "data/obdobi/2023/podklady/orrep.yaml";

/// The real data with faults of several kinds.
fn faulty() -> Copy {
    let copy = Copy::new();
    copy.edit(OZ, "IX/1,ČÁSTEČNĚ", "IX/1,ČÁSTEČNE");
    copy.edit(ORREP, "Liberecký kraj se pokusil", "Liberecký <b>kraj</b> se pokusil");
    copy.edit("data/opatreni/10.yaml", "nazev: Krajské platformy", "nazv: Krajské platformy");
    copy.write("data/opatreni/13.yaml", "okruh: XIII\n\tnazev: x\n");
    copy.write("data/obdobi/2023/a,b 100 %.txt", "x");
    copy
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// The real data with nothing accepted.
fn unaccepted() -> Copy {
    let copy = Copy::new();
    copy.write("data/prijato.yaml", "prijato: []\n");
    copy
}

#[test]
fn each_format_has_its_stream_and_the_same_exit_code() {
    let faulty = faulty();
    let open = unaccepted();
    let summary = "Zkontrolováno 26 souborů: 0 chyb, 27 varování, 63 poznámek.\n";
    for (format, beginning) in [
        ("concise", "data/"),
        ("json", "{\n  \"verze\": 1,"),
        ("github", "::"),
        ("gitlab", "[\n"),
        ("sarif", "{\n  \"$schema\": "),
    ] {
        let output = open.run(&["check", "--output", format]);
        assert_eq!(output.status.code(), Some(0), "{format}");
        assert!(stdout(&output).starts_with(beginning), "{format}: {}", stdout(&output));
        assert!(stdout(&output).ends_with('\n'), "{format}");
        assert_eq!(stderr(&output), summary, "{format}");
        let denied = open.run(&["check", "--output", format, "--deny", "warnings"]);
        assert_eq!(denied.status.code(), Some(1), "{format}");
        assert_eq!(faulty.run(&["check", "--output", format]).status.code(), Some(1), "{format}");
        let unreadable = faulty.run(&["check", "--output", format, "--data", "nikde"]);
        assert_eq!((unreadable.status.code(), stdout(&unreadable).as_str()), (Some(2), ""), "{format}");
    }
    let full = open.run(&["check", "--output", "full"]);
    assert_eq!(stdout(&full), summary);
    assert_eq!(stderr(&full), stderr(&open.run(&["check"])));
}

#[test]
fn an_unknown_format_names_the_known_ones() {
    let output = run(&repository(), &["check", "--output", "sarff"]);
    assert_eq!(output.status.code(), Some(2));
    for word in ["nemysleli jste „sarif“?", "concise", "gitlab", "Code Quality"] {
        assert!(stderr(&output).contains(word), "{word}: {}", stderr(&output));
    }
}

#[test]
fn programs_are_told_everything_and_people_what_they_asked_for() {
    let open = unaccepted();
    let n_lines = |arguments: &[&str]| stdout(&open.run(arguments)).lines().count();
    assert_eq!(n_lines(&["check", "--output", "concise"]), 27);
    assert_eq!(n_lines(&["check", "--output", "concise", "--notes"]), 90);
    assert_eq!(n_lines(&["check", "--output", "github"]), 27);
    assert_eq!(n_lines(&["check", "--output", "github", "--notes"]), 90);
    for (format, list) in [("json", "/nalezy"), ("gitlab", ""), ("sarif", "/runs/0/results")] {
        let text = stdout(&open.run(&["check", "--output", format]));
        assert_eq!(json(&text).pointer(list).and_then(Value::as_array).map(Vec::len), Some(90), "{format}");
        assert_eq!(text, stdout(&open.run(&["check", "--output", format, "--notes"])), "{format}");
    }
}

#[test]
fn what_was_accepted_is_no_annotation_and_never_lost() {
    let n_lines = |arguments: &[&str]| stdout(&run(&repository(), arguments)).lines().count();
    assert_eq!(n_lines(&["check", "--output", "concise"]), 0);
    assert_eq!(n_lines(&["check", "--output", "concise", "--notes"]), 90);
    assert_eq!(n_lines(&["check", "--output", "github", "--notes"]), 63);
    let text = stdout(&run(&repository(), &["check", "--output", "json"]));
    let found = json(&text);
    let reasons = found.pointer("/nalezy").and_then(Value::as_array).expect("a list");
    assert_eq!(reasons.iter().filter(|finding| finding["prijato"].is_string()).count(), 27);
}

#[test]
fn colours_are_for_terminals_and_for_those_who_want_them() {
    let copy = faulty();
    for (variables, is_coloured) in [
        (&[][..], false),
        (&[("CLICOLOR_FORCE", "1")][..], true),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")][..], false),
    ] {
        for format in ["full", "concise", "json", "github", "gitlab", "sarif"] {
            let mut command = plneni(copy.path(), &["check", "--output", format, "--notes"]);
            command.env_remove("NO_COLOR").envs(variables.iter().copied());
            let output = command.output().expect("it can be run");
            let text = stderr(&output) + &stdout(&output);
            assert_eq!(text.contains('\u{1B}'), is_coloured && format == "full", "{format} {variables:?}");
        }
    }
}

#[test]
fn carriage_returns_do_not_show_in_excerpts() {
    let copy = faulty();
    let text = copy.read(OZ).replace("\r\n", "\n").replace('\n', "\r\n");
    copy.write(OZ, text);
    let text = stderr(&copy.run(&["check", "--notes"]));
    assert!(text.contains("oz.csv:2:6") && !text.contains('␍') && !text.contains('\r'), "{text}");
}

#[test]
fn lines_columns_and_bytes_name_the_same_place() {
    let copy = faulty();
    copy.write(OZ, format!("\u{FEFF}{}", copy.read(OZ).replace("\r\n", "\n").replace('\n', "\r\n")));
    let report = json(&stdout(&copy.run(&["check", "--output", "json"])));
    let findings = report["nalezy"].as_array().expect("it is a list");
    let number = |value: &Value| usize::try_from(value.as_u64().expect("a number")).expect("it is small");
    for finding in findings {
        let place = &finding["misto"];
        let text = copy.read(place["soubor"].as_str().expect("a path"));
        let text = text.trim_start_matches('\u{FEFF}');
        for position in [&place["zacatek"], &place["konec"]] {
            let line_start: usize = text.split_inclusive('\n').take(number(&position["radek"]) - 1).map(str::len).sum();
            let column = number(&position["sloupec"]) - 1;
            let in_line: usize = text[line_start..].chars().take(column).map(char::len_utf8).sum();
            assert_eq!(line_start + in_line, number(&position["bajt"]), "{finding}");
        }
    }
    let marked: Vec<&str> = findings
        .iter()
        .filter(|finding| finding["zavaznost"] == "chyba")
        .filter_map(|finding| finding["kod"].as_str())
        .collect();
    for code in ["neznamy-stav", "html-v-textu", "neplatny-yaml", "soubor-navic"] {
        assert!(marked.contains(&code), "{code}: {marked:?}");
    }
}

#[test]
fn paths_are_those_a_platform_looks_for() {
    let copy = faulty();
    let paths = |data: &str| {
        let issues = json(&stdout(&copy.run(&["check", "--output", "gitlab", "--data", data])));
        issues
            .as_array()
            .expect("it is a list")
            .iter()
            .map(|issue| issue["location"]["path"].clone())
            .collect::<Vec<_>>()
    };
    assert!(paths("data").contains(&Value::from(OZ)));
    assert_eq!(paths("./data/"), paths("data"));
    if cfg!(unix) {
        let absolute = fs::canonicalize(copy.path()).expect("it is there").join("data");
        assert_eq!(paths(&absolute.to_string_lossy()), paths("data"));
    }
    let from_below = |format: &str, workspace: &str| {
        let mut command = plneni(&copy.path().join("data"), &["check", "--output", format, "--data", "../data"]);
        stdout(&command.env("GITHUB_WORKSPACE", workspace).output().expect("it can be run"))
    };
    let checkout = copy.path().to_string_lossy();
    assert!(from_below("github", &checkout).contains("file=data/"));
    assert!(from_below("sarif", &checkout).contains("\"uri\": \"data/"));
    assert!(from_below("gitlab", &checkout).contains("\"path\": \"obdobi/"), "others go by the working folder");
    let sarif = stdout(&copy.run(&["check", "--output", "sarif"]));
    assert!(sarif.contains("\"uri\": \"data/obdobi/2023/a%2Cb%20100%20%25.txt\""));
    let github = stdout(&copy.run(&["check", "--output", "github"]));
    assert!(github.contains("::error file=data/obdobi/2023/a%2Cb 100 %25.txt,line=1,"), "{github}");
}

#[test]
fn fingerprints_are_unique_and_survive_a_moved_line() {
    let copy = faulty();
    let fingerprints = |copy: &Copy| -> Vec<String> {
        let issues = json(&stdout(&copy.run(&["check", "--output", "gitlab"])));
        let mut found: Vec<String> =
            issues.as_array().expect("a list").iter().map(|issue| issue["fingerprint"].to_string()).collect();
        found.sort_unstable();
        found
    };
    let before = fingerprints(&copy);
    let mut unique = before.clone();
    unique.dedup();
    assert_eq!(unique, before);
    copy.write(ORREP, format!("# poznámka\n\n{}", copy.read(ORREP)));
    assert_eq!(fingerprints(&copy), before);
}

#[test]
fn the_summary_of_a_step_is_added_to_what_is_there() {
    let copy = faulty();
    let check = |format: &str, file: &str| {
        plneni(copy.path(), &["check", "--output", format])
            .env("GITHUB_STEP_SUMMARY", file)
            .output()
            .expect("it can be run")
    };
    copy.write("souhrn.md", "dřívější text");
    assert_eq!(check("github", "souhrn.md").status.code(), Some(1));
    let text = copy.read("souhrn.md");
    assert!(text.starts_with("dřívější text\n## Kontrola dat\n\nZkontrolováno "), "{text}");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).skip(2).collect();
    assert!(rows[0].starts_with("| chyba | `data/"), "{}", rows[0]);
    assert!(rows.iter().any(|row| row.starts_with("| poznámka ")), "notes are part of the summary");
    assert!(rows.iter().all(|row| row.matches(" | ").count() == 3 && row.ends_with(" |")), "{rows:#?}");
    check("sarif", "souhrn.md");
    assert_eq!(copy.read("souhrn.md"), text, "only the format of GitHub writes it");
    copy.write("plny.md", vec![b'x'; 1024 * 1024 - 200]);
    check("github", "plny.md");
    assert!(copy.read("plny.md").len() <= 1024 * 1024);
    let refused = check("github", "neni/souhrn.md");
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("do souboru „neni/souhrn.md“ nejde zapisovat"), "{}", stderr(&refused));
}

#[test]
fn json_is_what_its_schema_says() {
    let schema = fs::read_to_string(repository().join("schema/nalezy.schema.json")).expect("it is there");
    let schema = json(&schema);
    let copy = faulty();
    for output in [run(&repository(), &["check", "--output", "json"]), copy.run(&["check", "--output", "json"])] {
        let report = json(&stdout(&output));
        assert_eq!(misfits(&report, &schema, &schema, "$"), Vec::<String>::new());
    }
    let report = json(&stdout(&copy.run(&["check", "--output", "json"])));
    let with_suggestion =
        report["nalezy"].as_array().and_then(|found| found.iter().position(|found| !found["navrh"].is_null()));
    assert!(with_suggestion.is_some(), "the branch of suggestions is tried");
    for (pointer, value) in [
        ("/verze", Value::from(2)),
        ("/souhrn/chyby", Value::from("1")),
        ("/nalezy/0/zavaznost", Value::from("error")),
        ("/nalezy/0/misto/zacatek/radek", Value::from(0)),
        ("/nalezy/0/misto/konec", Value::Null),
        ("/nalezy/0/rada", Value::from(1)),
        ("/nalezy/0", json("{\"navic\": 1}")),
    ] {
        let mut broken = report.clone();
        *broken.pointer_mut(pointer).expect("it is there") = value;
        assert_ne!(misfits(&broken, &schema, &schema, "$"), Vec::<String>::new(), "{pointer}");
    }
}

/// Where a value does not fit its schema, by the few keywords that our schema uses.
fn misfits(value: &Value, schema: &Value, root: &Value, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    let schema = match schema["$ref"].as_str() {
        Some(reference) => root.pointer(reference.trim_start_matches('#')).expect("the reference leads somewhere"),
        None => schema,
    };
    for (keyword, expected) in schema.as_object().expect("a schema is an object") {
        let fits = match keyword.as_str() {
            "type" => {
                let names = expected.as_array().cloned().unwrap_or_else(|| vec![expected.clone()]);
                names.iter().any(|name| has_type(value, name.as_str().unwrap_or_default()))
            }
            "const" => value == expected,
            "enum" => expected.as_array().is_some_and(|values| values.contains(value)),
            "minimum" => value.as_f64().is_none_or(|number| expected.as_f64().is_some_and(|least| number >= least)),
            "maximum" => value.as_f64().is_none_or(|number| expected.as_f64().is_some_and(|most| number <= most)),
            "minLength" => value.as_str().is_none_or(|text| !text.is_empty()),
            "required" => expected.as_array().expect("a list").iter().all(|key| {
                value.as_object().is_none_or(|object| object.contains_key(key.as_str().unwrap_or_default()))
            }),
            "additionalProperties" => {
                value.as_object().is_none_or(|object| object.keys().all(|key| schema["properties"].get(key).is_some()))
            }
            "properties" => {
                for (key, schema) in expected.as_object().expect("an object") {
                    if let Some(value) = value.get(key) {
                        found.extend(misfits(value, schema, root, &format!("{path}.{key}")));
                    }
                }
                true
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(misfits(item, expected, root, &format!("{path}[{index}]")));
                }
                true
            }
            "anyOf" => {
                expected.as_array().expect("a list").iter().any(|schema| misfits(value, schema, root, path).is_empty())
            }
            // Regular expressions are left to the validator of .ci/run.
            "$schema" | "title" | "description" | "definitions" | "pattern" => true,
            _ => panic!("the schema uses {keyword}, which this test does not know"),
        };
        if !fits {
            found.push(format!("{path}: {keyword}"));
        }
    }
    found
}

fn has_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "null" => value.is_null(),
        _ => false,
    }
}
