//! One fault in the real data gives one finding, at its own place.

use crate::support::{Copy, stderr};

const OZ: &str = "data/obdobi/2023/podklady/oz.csv";
const ORREP: &str = "data/obdobi/2023/podklady/orrep.yaml";

#[test]
fn two_misspelled_keys_of_one_file_are_both_found() {
    let copy = Copy::new();
    copy.edit("data/opatreni/10.yaml", "nazev: Krajské platformy", "nazv: Krajské platformy");
    let text = copy.read("data/opatreni/10.yaml").replacen("    indikator:", "    indikatr:", 1);
    copy.write("data/opatreni/10.yaml", text);
    assert_eq!(copy.findings(), ["data/opatreni/10.yaml:3:1 neznamy-klic", "data/opatreni/10.yaml:8:5 neznamy-klic"]);
}

#[test]
fn an_unreadable_file_hides_no_other_and_drags_none_along() {
    let copy = Copy::new();
    copy.write("data/opatreni/09.yaml", "okruh: IX\n\tnazev: x\n");
    copy.edit(ORREP, "predkladatel: ORREP", "predkladatel: ORRPE");
    assert_eq!(
        copy.findings(),
        ["data/obdobi/2023/podklady/orrep.yaml:2:15 neznamy-subjekt", "data/opatreni/09.yaml:2:1 neplatny-yaml"]
    );
}

#[test]
fn csv_of_czech_excel_is_read_like_any_other() {
    let copy = Copy::new();
    let before = copy.run(&["export", "2023", "--table", "opatreni"]).stdout;
    let text = copy.read(OZ).replace(
        "opatreni,stav,komentar,kriterium,hodnota,doklad",
        "Číslo;Plnění / monitoring;Komentář / popis;Kritérium;Hodnota;Doklad",
    );
    let text =
        text.lines().map(|line| if line.starts_with("IX/") { line.replacen(',', ";", 2) } else { line.to_owned() });
    let text: Vec<String> =
        text.map(|line| line.strip_suffix(",,,").map_or(line.clone(), |rest| format!("{rest};;;"))).collect();
    let text = text.join("\r\n");
    let (bytes, _, has_unmappable) = encoding_rs::WINDOWS_1250.encode(&text);
    assert!(!has_unmappable);
    copy.write(OZ, &bytes);
    assert_eq!(copy.findings(), Vec::<String>::new());
    let after = copy.run(&["export", "2023", "--table", "opatreni"]).stdout;
    let normal = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8").replace("\r\n", "\n");
    assert_eq!(normal(after), normal(before));
}

#[test]
fn files_that_nothing_reads_are_named() {
    let copy = Copy::new();
    for path in
        ["podklady/oz.yml", "podklady/~$oz.xlsx", "podklady/.oz.yaml.swp", "Thumbs.db", "desktop.ini", "poznamky.txt"]
    {
        copy.write(&format!("data/obdobi/2023/{path}"), "x");
    }
    assert_eq!(
        copy.findings(),
        ["data/obdobi/2023/podklady/oz.yml:1:1 soubor-navic", "data/obdobi/2023/poznamky.txt:1:1 soubor-navic"]
    );
    assert!(stderr(&copy.run(&["check"])).contains("neměl se jmenovat „oz.yaml“?"));
}

#[test]
fn evidence_may_be_of_any_kind_and_counts_in_the_hash() {
    let copy = Copy::new();
    let evidence = ["zapis.pdf", "2022/foto.jpg", "utf16.txt", "prázdný", "tabulka.yml"];
    for (path, bytes) in evidence.iter().zip([&b"%PDF\0\xFF"[..], b"\xFF\xD8\0", b"\xFF\xFEa\0", b"", b"a: [\x80"]) {
        copy.write(&format!("data/obdobi/2023/dukazy/{path}"), bytes);
    }
    assert_eq!(copy.findings(), Vec::<String>::new());
    let fingerprint = || copy.run(&["generate-report", "2023", "--dump-context"]).stdout;
    let before = fingerprint();
    copy.write("data/obdobi/2023/dukazy/zapis.pdf", b"%PDF\0\xFE");
    assert_ne!(fingerprint(), before);
    let criterion =
        "    stav: SPLNĚNO\n    kriteria:\n      - {kriterium: Komunikační plán LK, doklad: dukazy/DOKLAD}\n";
    let osv = "data/obdobi/2023/podklady/osv.yaml";
    for (name, n_warnings) in [("2022/foto.jpg", 0), ("foto.jpg", 1)] {
        let copy = Copy::new();
        copy.write("data/obdobi/2023/dukazy/2022/foto.jpg", b"\xFF\xD8\0");
        copy.edit(osv, "    stav: SPLNĚNO\n", &criterion.replace("DOKLAD", name));
        let output = copy.run(&["check", "--notes"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert_eq!(stderr(&output).matches("[neplatny-doklad]").count(), n_warnings, "{}", stderr(&output));
    }
}

#[test]
fn the_place_is_exact_inside_a_block_scalar() {
    let copy = Copy::new();
    copy.edit(ORREP, "Liberecký kraj se pokusil", "Liberecký <b>kraj</b> se pokusil");
    assert_eq!(copy.findings().len(), 1, "{:?}", copy.findings());
    let text = copy.read(ORREP);
    let line = text.lines().position(|line| line.contains("<b>")).expect("it is there") + 1;
    let column =
        text.lines().nth(line - 1).and_then(|line| line.split("<b>").next()).expect("it is there").chars().count() + 1;
    assert_eq!(copy.findings(), [format!("{ORREP}:{line}:{column} html-v-textu")]);
}

#[test]
fn data_from_a_mac_are_read_as_they_look() {
    use unicode_normalization::UnicodeNormalization;
    let copy = Copy::new();
    let before = copy.run(&["export", "2023", "--table", "opatreni"]).stdout;
    let text: String = copy.read(ORREP).nfd().collect();
    copy.write(ORREP, text);
    assert_eq!(copy.findings(), Vec::<String>::new());
    assert!(copy.run(&["export", "2023", "--table", "opatreni"]).stdout == before);
}

#[test]
fn an_unsafe_link_never_reaches_the_report() {
    let copy = Copy::new();
    copy.edit(OZ, "Viz mentoři zdraví", "[Viz](javascript:alert) <script>alert()</script> mentoři zdraví");
    let codes: Vec<String> =
        copy.findings().iter().filter_map(|found| found.split(' ').nth(1).map(str::to_owned)).collect();
    assert_eq!(codes, ["html-v-textu", "nebezpecny-odkaz"].map(str::to_owned).into_iter().rev().collect::<Vec<_>>());
    assert_eq!(copy.run(&["generate-report", "2023", "--draft"]).status.code(), Some(0));
    let html = copy.read("vystup/2023/informace-2023.html");
    assert!(!html.contains("javascript:alert"));
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("&lt;script&gt;alert()"));
}

#[test]
fn a_misspelled_status_key_is_one_fault() {
    let copy = Copy::new();
    let text = copy.read(ORREP).replacen("    stav:", "    stva:", 1);
    copy.write(ORREP, text);
    assert_eq!(copy.findings(), [format!("{ORREP}:5:5 neznamy-klic")]);
}
