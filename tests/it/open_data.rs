//! Tables in other formats than CSV, and open data. Whether the metadata are valid is asked of tools of
//! another make in `.ci/validate-open-data.py`.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use plneni::export::TABLES;
use serde_json::Value;

use crate::support::{Copy, csv_rows, repository, run, stderr, stdout, walk};

/// A copy of the data in which the publisher has said what only he knows.
fn published() -> Copy {
    let copy = Copy::frozen();
    let publisher = std::fs::read_to_string(repository().join("tests/fixtures/otevrena-data.yaml")).expect("readable");
    let strategy = copy.read("data/strategie.yaml");
    copy.write("data/strategie.yaml", strategy + &publisher);
    copy
}

fn export(copy: &Copy, arguments: &[&str]) {
    let output = copy.run(&[&["export"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

fn json(copy: &Copy, path: &str) -> Value {
    serde_json::from_str(&copy.read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn names(copy: &Copy, folder: &str) -> BTreeSet<String> {
    let folder = copy.path().join(folder);
    let below = |path: &std::path::PathBuf| path.strip_prefix(&folder).expect("below").to_string_lossy().into_owned();
    walk(&folder).iter().map(|path| below(path).replace('\\', "/")).collect()
}

#[test]
fn every_table_is_in_all_metadata() {
    let copy = published();
    export(&copy, &["2023", "--open-data", "od"]);
    let mut expected: BTreeSet<String> =
        ["csv-metadata.json", "datapackage.json", "ciselnik-stavu.jsonld", "datove-sady/ciselnik-stavu.jsonld"]
            .map(str::to_owned)
            .into();
    expected.extend(TABLES.iter().map(|table| format!("{}.csv", table.name)));
    expected.extend(TABLES.iter().map(|table| format!("datove-sady/{}.jsonld", table.name)));
    assert_eq!(names(&copy, "od"), expected);
    let (csvw, package) = (json(&copy, "od/csv-metadata.json"), json(&copy, "od/datapackage.json"));
    for (at, table) in TABLES.iter().enumerate() {
        let header = copy.read(&format!("od/{}.csv", table.name)).lines().next().map(str::to_owned).expect("a header");
        let (described, resource) = (&csvw["tables"][at], &package["resources"][at]);
        assert_eq!(described["url"], format!("{}.csv", table.name));
        assert_eq!(resource["name"], table.name);
        for columns in [&described["tableSchema"]["columns"], &resource["schema"]["fields"]] {
            let columns = columns.as_array().expect("a list");
            let named: Vec<&str> = columns.iter().filter_map(|column| column["name"].as_str()).collect();
            assert_eq!(named.join(","), header);
        }
        assert!(described["tableSchema"]["columns"][0]["dc:description"].is_string());
    }
}

#[test]
fn types_and_keys_are_said() {
    let copy = published();
    export(&copy, &["2023", "--open-data", "od"]);
    let csvw = json(&copy, "od/csv-metadata.json");
    let schema = |name: &str| {
        let tables = csvw["tables"].as_array().expect("a list");
        let table = tables.iter().find(|table| table["url"] == format!("{name}.csv")).expect("it is there");
        table["tableSchema"].clone()
    };
    assert_eq!(schema("stavy")["columns"][1]["datatype"]["base"], "integer");
    assert_eq!(schema("stavy")["columns"][2]["datatype"], "decimal");
    assert_eq!(schema("terminy")["columns"][5]["datatype"]["base"], "date");
    assert_eq!(schema("opatreni")["columns"][10]["datatype"]["format"], "true|false");
    assert_eq!(schema("opatreni")["columns"][6]["separator"], "; ");
    assert_eq!(schema("podklady")["primaryKey"], serde_json::json!(["predkladatel", "opatreni"]));
    assert_eq!(schema("podklady")["foreignKeys"][0]["reference"]["resource"], "opatreni.csv");
    let terminy = csv_rows(&copy.read("od/terminy.csv"));
    assert_eq!((terminy[0][1].as_str(), terminy[0][5].as_str()), ("12/2024", "2024-12-31"));
}

#[test]
fn records_say_what_the_publisher_said() {
    let copy = published();
    export(&copy, &["2023", "--open-data", "od"]);
    let record = json(&copy, "od/datove-sady/opatreni.jsonld");
    assert_eq!(record["iri"], "https://data.example.cz/strategie/2023/datove-sady/opatreni.jsonld");
    assert_eq!(record["poskytovatel"], "https://data.example.cz/orgán-veřejné-moci/00000000");
    assert_eq!(record["časové_pokrytí"]["konec"], "2023-12-31");
    assert_eq!(record["distribuce"][0]["soubor_ke_stažení"], "https://data.example.cz/strategie/2023/opatreni.csv");
    assert_eq!(record["distribuce"][0]["schéma"], "https://data.example.cz/strategie/2023/csv-metadata.json");
    assert_eq!(
        record["distribuce"][0]["podmínky_užití"]["databáze_chráněná_zvláštními_právy"],
        "https://creativecommons.org/publicdomain/zero/1.0/"
    );
    assert_eq!(json(&copy, "od/csv-metadata.json")["dc:license"].as_array().map(Vec::len), Some(3));
    assert_eq!(json(&copy, "od/datapackage.json")["homepage"], "https://data.example.cz/o-datech");
}

#[test]
fn statuses_are_a_code_list_in_czech() {
    let copy = published();
    export(&copy, &["2023", "--open-data", "od"]);
    let list = json(&copy, "od/ciselnik-stavu.jsonld");
    let items = list["položky"].as_array().expect("a list");
    let codes: Vec<&str> = items.iter().filter_map(|item| item["kód"].as_str()).collect();
    assert_eq!(codes, ["SPLNĚNO", "PLNĚNO", "ČÁSTEČNĚ", "NEPLNĚNO"]);
    assert_eq!(items[2]["název"]["cs"], "ČÁSTEČNĚ PLNĚNO");
    assert_eq!(items[2]["iri"], "https://data.example.cz/strategie/2023/ciselnik-stavu.jsonld#castecne");
    assert!(items.iter().all(|item| item["definice"]["cs"].is_string()));
}

#[test]
fn without_the_publisher_nothing_is_made_up() {
    let copy = Copy::new();
    let output = copy.run(&["export", "2023", "--open-data", "od"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("doplňte klíč „otevrena_data“"), "{}", stderr(&output));
    assert!(names(&copy, "od").iter().all(|name| !name.starts_with("datove-sady")));
    assert_eq!(json(&copy, "od/csv-metadata.json").get("dc:license"), None);
    assert_eq!(json(&copy, "od/datapackage.json").get("licenses"), None);
    assert_eq!(json(&copy, "od/ciselnik-stavu.jsonld")["iri"], "ciselnik-stavu.jsonld");
    let published = published();
    assert_eq!(stderr(&published.run(&["export", "2023", "--open-data", "od"])), "");
}

#[test]
fn records_of_an_earlier_run_do_not_stay_beside_tables_without_any() {
    let copy = published();
    export(&copy, &["2023", "--open-data", "od"]);
    let before = (names(&copy, "od"), copy.read("od/opatreni.csv"));
    copy.write("data/strategie.yaml", Copy::frozen().read("data/strategie.yaml"));
    for left in ["opatreni", "ciselnik-stavu"] {
        let output = copy.run(&["export", "2023", "--open-data", "od"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("smažte složku „od/datove-sady“"), "{}", stderr(&output));
        assert_eq!((names(&copy, "od"), copy.read("od/opatreni.csv")), before, "{left}");
    }
    std::fs::remove_dir_all(copy.path().join("od/datove-sady")).expect("it is there");
    copy.write("od/datove-sady/poznamky.txt", "what is not ours is nobody's record");
    export(&copy, &["2023", "--open-data", "od"]);
}

#[test]
fn an_author_is_named_beside_the_licence_that_wants_one() {
    const BY: &str = "https://creativecommons.org/licenses/by/4.0/";
    const WORKS: &str = "autorske_dilo: https://data.gov.cz/podmínky-užití/neobsahuje-autorská-díla/";
    const DATABASE: &str = "databaze: https://data.gov.cz/podmínky-užití/není-autorskoprávně-chráněnou-databází/";
    for (changed, named, not_named) in [(WORKS, "autor", "autor_databáze"), (DATABASE, "autor_databáze", "autor")] {
        let copy = published();
        let key = changed.split(':').next().expect("a key");
        copy.edit("data/strategie.yaml", changed, &format!("{key}: {BY}\n    autor: Cvičný kraj"));
        export(&copy, &["2023", "--open-data", "od"]);
        let terms = json(&copy, "od/datove-sady/opatreni.jsonld")["distribuce"][0]["podmínky_užití"].clone();
        assert_eq!(terms[named]["cs"], "Cvičný kraj");
        assert_eq!(terms.get(not_named), None);
    }
}

#[test]
fn the_same_data_give_the_same_bytes() {
    let copy = published();
    export(&copy, &["2023", "--open-data", "a"]);
    export(&copy, &["2023", "--open-data", "b"]);
    assert_eq!(names(&copy, "a"), names(&copy, "b"));
    for name in names(&copy, "a") {
        assert_eq!(copy.read(&format!("a/{name}")), copy.read(&format!("b/{name}")), "{name}");
    }
}

#[test]
fn nothing_is_written_from_wrong_data_or_for_options_that_exclude_each_other() {
    let copy = published();
    copy.edit("data/strategie.yaml", "adresa: https://", "adresa: ");
    let output = copy.run(&["export", "2023", "--open-data", "od"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("napište „https://data.example.cz/strategie“"), "{}", stderr(&output));
    assert!(!copy.path().join("od").exists());
    let copy = published();
    copy.edit("data/strategie.yaml", "klicova_slova: [sociální začleňování, plnění strategie]", "klicova_slova: []");
    let output = copy.run(&["export", "2023", "--open-data", "od"]);
    assert!(stderr(&output).contains("chyba[chybejici-klic]"), "{}", stderr(&output));
    for (arguments, words) in [
        (&["--open-data", "od", "--table", "stavy"][..], "nejde použít zároveň"),
        (&["--open-data", "od", "--format", "json"], "nejde použít zároveň"),
        (&["--format", "json", "--dialect", "excel"], "podobu má jen CSV"),
        (&["--format", "ods"], "může být: csv, json, xlsx"),
    ] {
        let output = copy.run(&[&["export", "2023"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn json_is_typed() {
    let copy = Copy::new();
    let table = |name: &str| -> Vec<Value> {
        let text = stdout(&run(copy.path(), &["export", "2023", "--table", name, "--format", "json"]));
        serde_json::from_str(&text).expect("it is JSON")
    };
    assert_eq!(table("stavy")[1], serde_json::json!({"stav": "PLNĚNO", "pocet": 22, "podil": 20.2}));
    let measures = table("opatreni");
    assert_eq!(measures.len(), 109);
    assert_eq!(measures[0]["po_terminu"], false);
    assert_eq!(measures[0]["cislo"], 1);
    let without_indicator: Vec<&Value> =
        measures.iter().filter(|row| row["indikator"].is_null()).map(|row| &row["id"]).collect();
    assert_eq!(without_indicator, ["VI/9", "VII/7"]);
    assert_eq!(table("terminy")[0]["posledni_den"], "2024-12-31");
}

#[test]
fn a_workbook_has_typed_cells_and_no_formulas() {
    let copy = Copy::new();
    copy.edit("data/obdobi/2023/podklady/oz.csv", "IX/4,ČÁSTEČNĚ,\"", "IX/4,ČÁSTEČNĚ,\"=1+1 ");
    export(&copy, &["2023", "--format", "xlsx", "--table", "opatreni", "--table", "terminy", "--table", "stavy"]);
    // One table alone goes to a file as well.
    export(&copy, &["2023", "--format", "xlsx", "--table", "okruhy"]);
    let open = |name: &str| -> Xlsx<Cursor<Vec<u8>>> {
        let bytes = std::fs::read(copy.path().join(format!("vystup/2023/{name}.xlsx"))).expect("it was written");
        calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("it is a workbook")
    };
    let cells = |name: &str| open(name).worksheet_range(name).expect("the sheet is named after the table");
    assert_eq!(cells("okruhy").height(), 14);
    assert_eq!(cells("stavy").get_value((2, 1)), Some(&Data::Float(22.0)));
    assert_eq!(cells("stavy").get_value((2, 2)), Some(&Data::Float(20.2)));
    assert_eq!(cells("terminy").get_value((1, 4)), Some(&Data::Bool(false)));
    assert!(matches!(cells("terminy").get_value((1, 5)), Some(Data::DateTime(_))));
    let mut workbook = open("opatreni");
    assert!(workbook.worksheet_formula("opatreni").expect("the sheet is there").is_empty());
    let cells = cells("opatreni");
    let texts: Vec<String> = cells.rows().map(|row| row[9].to_string()).collect();
    assert_eq!(texts.len(), 110);
    assert!(texts.iter().any(|text| text.starts_with("=1+1 ")));
}
