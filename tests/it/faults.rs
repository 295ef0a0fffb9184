//! Faults in the real data, one at a time. Each file of `tests/faults/` makes one and says what is
//! found; CONTRIBUTING.md says how it is written. What is more than one fault stands here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use rayon::prelude::*;
use serde_json::Value;
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

use crate::support::{Copy, is_of_freezing, repository, run, stderr, stdout, walk};

const OZ: &str = "data/obdobi/2023/podklady/oz.csv";
const ORREP: &str = "data/obdobi/2023/podklady/orrep.yaml";

/// One fault never says more than this; what follows from it is no finding of its own.
const FINDINGS_LIMIT: usize = 3;

#[test]
fn each_fault_gives_its_findings_and_no_others() {
    let bases = Base::all();
    let faults = faults();
    assert!(faults.len() >= 90, "only {} faults", faults.len());
    let wrong: Vec<String> = faults.par_iter().filter_map(|fault| fault.complaint(fault.base(&bases))).collect();
    assert!(wrong.is_empty(), "{} of {} faults:\n\n{}", wrong.len(), faults.len(), wrong.join("\n"));
}

#[test]
fn every_rule_is_broken_by_some_fault() {
    let faults = faults();
    let broken: BTreeSet<&str> =
        faults.iter().flat_map(|fault| &fault.findings).filter_map(|found| found.split(' ').nth(1)).collect();
    let unbroken: Vec<&str> = plneni::rules::ALL.iter().map(|rule| rule.code).filter(|c| !broken.contains(c)).collect();
    assert_eq!(unbroken, Vec::<&str>::new());
}

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
fn data_from_a_mac_are_read_as_they_look() {
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

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_refused_and_not_followed() {
    let copy = Copy::new();
    let link = copy.path().join("data/obdobi/2023/podklady/ok.yaml");
    std::os::unix::fs::symlink("/etc/passwd", &link).expect("a link can be made");
    let output = copy.run(&["check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("ok.yaml“ není obyčejný soubor"), "{}", stderr(&output));
    assert!(!stderr(&output).contains("root:"));
}

#[test]
fn thousands_of_faults_in_one_file_are_each_reported() {
    let copy = Copy::new();
    let rows = "IX/2,plněnno,,,,\n".repeat(5000);
    copy.write("data/obdobi/2023/podklady/ok.csv", format!("opatreni,stav,komentar,kriterium,hodnota,doklad\n{rows}"));
    let output = copy.run(&["check", "--output", "concise"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output).matches("chyba[neznamy-stav]").count(), 5000);
}

/// A file of `tests/faults/`.
struct Fault {
    name: String,
    why: String,
    changes: Vec<Change>,
    /// `path:line:column code`, below the data folder.
    findings: Vec<String>,
    exit: i32,
    /// What a person is to read, somewhere in the messages and their help.
    says: Vec<String>,
}

/// One step that breaks the data.
#[derive(Default)]
struct Change {
    verb: String,
    path: String,
    argument: String,
    from: Vec<String>,
    to: Vec<String>,
}

impl Fault {
    fn parse(name: &str, text: &str) -> Self {
        let (why, rest) = text.split_once("\n\n").expect("a blank line follows what is wrong");
        let mut fault = Self {
            name: name.to_owned(),
            why: why.replace('\n', " "),
            changes: Vec::new(),
            findings: Vec::new(),
            exit: 101,
            says: Vec::new(),
        };
        for line in rest.lines().filter(|line| !line.is_empty()) {
            let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
            match verb {
                "find" => fault.findings.push(rest.to_owned()),
                "exit" => fault.exit = rest.parse().expect("an exit code"),
                "says" => fault.says.push(rest.to_owned()),
                "<" => fault.last_change().from.push(unescaped(rest)),
                ">" => fault.last_change().to.push(unescaped(rest)),
                "*" => {
                    let (times, piece) = rest.split_once(' ').expect("how many times, and what");
                    fault.last_change().to.push(unescaped(piece).repeat(times.parse().expect("a number")));
                }
                _ => {
                    let (path, argument) = rest.split_once(' ').unwrap_or((rest, ""));
                    let [verb, path, argument] = [verb, path, argument].map(str::to_owned);
                    fault.changes.push(Change { verb, path, argument, ..Change::default() });
                }
            }
        }
        assert!(!fault.changes.is_empty(), "{name} changes nothing");
        assert!(fault.findings.len() <= FINDINGS_LIMIT, "{name}: one fault, {} findings", fault.findings.len());
        fault
    }

    fn last_change(&mut self) -> &mut Change {
        self.changes.last_mut().expect("a change comes before its texts")
    }

    /// The data that the fault is made in; the beginning of its name says which.
    fn base<'b>(&self, bases: &'b [Base]) -> &'b Base {
        let base = bases.iter().find(|base| self.name.starts_with(base.prefix));
        base.expect("the last one is for all others")
    }

    /// What is not as the file says, in words.
    fn complaint(&self, base: &Base) -> Option<String> {
        let mut files = base.files.clone();
        if let Some(unfit) = self.changes.iter().find_map(|change| change.apply(&mut files).err()) {
            return Some(format!("{}: {unfit}\n", self.name));
        }
        if !cfg!(target_os = "linux") && are_told_by_case(files.keys()) {
            // The disk keeps one file under both names: here the fault cannot be made.
            return None;
        }
        let outcome = check(&files);
        let new = new_findings(&outcome.findings, &base.known);
        let mut found: Vec<String> = new.iter().map(|finding| place_and_code(finding)).collect();
        let mut expected = self.findings.clone();
        found.truncate(10);
        found.sort();
        expected.sort();
        let words = new.iter().take(10).map(|finding| in_words(finding)).collect::<Vec<_>>().join("\n")
            + "\n"
            + &outcome.stderr;
        let is_said = self.says.iter().all(|text| words.contains(text));
        let is_right = found == expected && outcome.exit == Some(self.exit) && is_said;
        if is_right && !outcome.stderr.contains("panicked") {
            return None;
        }
        let Self { name, why, exit, says, .. } = self;
        let (expected, found) = (expected.join("\n    "), found.join("\n    "));
        Some(format!(
            "{name}: {why}\n  expected, with exit {exit}, saying {says:?}:\n    {expected}\n  \
             found, with exit {:?}:\n    {found}\n  {words}",
            outcome.exit
        ))
    }
}

/// Whether the names of some files differ by letter case alone.
fn are_told_by_case<'n>(names: impl Iterator<Item = &'n String>) -> bool {
    let mut seen = BTreeSet::new();
    names.map(|name| name.to_lowercase()).any(|name| !seen.insert(name))
}

impl Change {
    /// Breaks the files, or says why it does not fit them.
    fn apply(&self, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), String> {
        let path = self.path.clone();
        let old = || files.get(&path).cloned().ok_or(format!("there is no {path} in the data"));
        let text = || old().map(|bytes| String::from_utf8(bytes).expect("the data are UTF-8"));
        match self.verb.as_str() {
            "edit" => files.insert(path.clone(), self.edited(&text()?)?.into()),
            "write" => {
                let end = if self.to.is_empty() { "" } else { "\n" };
                files.insert(path, (self.to.join("\n") + end).into())
            }
            "bytes" => {
                let pairs = self.to.iter().flat_map(|line| line.split_whitespace());
                files.insert(path, pairs.map(|pair| u8::from_str_radix(pair, 16).expect("hexadecimal")).collect())
            }
            "encode" => files.insert(path.clone(), encoded(&text()?, &self.argument)),
            "copy" => files.insert(self.argument.clone(), old()?),
            "move" => {
                files.insert(self.argument.clone(), old()?);
                files.remove(&path)
            }
            "delete" => Some(files.remove(&path).ok_or(format!("there is no {path} in the data"))?),
            verb => return Err(format!("nobody knows how to „{verb}“")),
        };
        Ok(())
    }

    /// The text with the one place changed where `from` stands, or with the one that `#2` counts.
    fn edited(&self, text: &str) -> Result<String, String> {
        let (from, to) = (self.from.join("\n"), self.to.join("\n"));
        let places: Vec<usize> = text.match_indices(&from).map(|(at, _)| at).collect();
        let nth: usize = self.argument.strip_prefix('#').map_or(1, |nth| nth.parse().expect("a number"));
        match places.get(nth - 1) {
            Some(at) if places.len() == 1 || !self.argument.is_empty() => {
                Ok(format!("{}{to}{}", &text[..*at], &text[at + from.len()..]))
            }
            _ => Err(format!("„{from}“ stands {}× in {}", places.len(), self.path)),
        }
    }
}

fn encoded(text: &str, how: &str) -> Vec<u8> {
    match how {
        "windows-1250" => {
            let (bytes, _, is_lossy) = encoding_rs::WINDOWS_1250.encode(text);
            assert!(!is_lossy, "the text can be written in windows-1250");
            bytes.into_owned()
        }
        "iso-8859-2" => encoding_rs::ISO_8859_2.encode(text).0.into_owned(),
        "utf-16" => format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-8-mark" => format!("\u{FEFF}{text}").into(),
        "crlf" => text.replace('\n', "\r\n").into(),
        "cr" => text.replace('\n', "\r").into(),
        "decomposed" => text.nfd().collect::<String>().into(),
        _ => panic!("nobody knows the encoding „{how}“"),
    }
}

/// A line with its escapes, which make invisible characters seen: `\t`, `\n`, `\r`, `\\`, `\u{A0}`.
fn unescaped(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let kind = after.chars().next().expect("something is escaped");
        rest = &after[kind.len_utf8()..];
        match kind {
            't' => text.push('\t'),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            '\\' => text.push('\\'),
            'u' => {
                let (digits, after) =
                    rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).expect("digits in braces follow");
                let number = u32::from_str_radix(digits, 16).expect("hexadecimal digits");
                text.push(char::from_u32(number).expect("a character"));
                rest = after;
            }
            _ => panic!("nobody knows the escape \\{kind}"),
        }
    }
    text + rest
}

fn faults() -> Vec<Fault> {
    let folder = repository().join("tests/faults");
    walk(&folder)
        .iter()
        .map(|path| {
            let name = path.file_stem().expect("a file has a name").to_string_lossy();
            Fault::parse(&name, &fs::read_to_string(path).expect("it can be read").replace("\r\n", "\n"))
        })
        .collect()
}

/// The real data by their paths below `data/`.
/// Data that faults are made in, and what is found in them without any.
struct Base {
    prefix: &'static str,
    files: BTreeMap<String, Vec<u8>>,
    known: Vec<Value>,
}

impl Base {
    /// The real data as they are, the same with the made-up period 2025, and thawed.
    fn all() -> [Self; 3] {
        let frozen = files_below("data");
        let mut later = frozen.clone();
        later.extend(files_below("tests/fixtures/2025"));
        let mut thawed = frozen.clone();
        thawed.retain(|path, _| !is_of_freezing(path.as_ref()));
        [("frozen-", frozen), ("later-", later), ("", thawed)].map(|(prefix, files)| {
            let known = check(&files).findings;
            Self { prefix, files, known }
        })
    }
}

fn files_below(folder: &str) -> BTreeMap<String, Vec<u8>> {
    let data = repository().join(folder);
    walk(&data)
        .iter()
        .map(|path| {
            let below = path.strip_prefix(&data).expect("it is below").to_string_lossy().replace('\\', "/");
            (below, fs::read(path).expect("it can be read"))
        })
        .collect()
}

struct Outcome {
    exit: Option<i32>,
    findings: Vec<Value>,
    stderr: String,
}

/// Checks the data; without findings when the program refuses to look at them.
fn check(files: &BTreeMap<String, Vec<u8>>) -> Outcome {
    let folder = TempDir::new().expect("a temporary folder can be made");
    for (path, bytes) in files {
        let path = folder.path().join("data").join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }
    let output = run(folder.path(), &["check", "--output", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let findings = report["nalezy"].as_array().cloned().unwrap_or_default();
    Outcome { exit: output.status.code(), findings, stderr: stderr(&output) }
}

/// The findings that are not known. A known one may have moved, and may speak of other counts.
fn new_findings<'f>(findings: &'f [Value], known: &[Value]) -> Vec<&'f Value> {
    let mut new: Vec<&Value> = findings.iter().collect();
    let mut gone: Vec<&Value> = known.iter().collect();
    for keys in [&["kod", "opatreni", "obdobi", "zprava"][..], &["kod", "opatreni", "obdobi"]] {
        new.retain(|finding| {
            let same = gone.iter().position(|other| keys.iter().all(|key| finding[key] == other[key]));
            same.map(|at| gone.swap_remove(at)).is_none()
        });
    }
    new
}

fn place_and_code(finding: &Value) -> String {
    let (place, code) = (&finding["misto"], finding["kod"].as_str().unwrap_or_default());
    let path = place["soubor"].as_str().unwrap_or_default();
    let path = path.strip_prefix("data/").unwrap_or(path);
    format!("{path}:{}:{} {code}", place["zacatek"]["radek"], place["zacatek"]["sloupec"])
}

fn in_words(finding: &Value) -> String {
    [&finding["zprava"], &finding["rada"]].iter().filter_map(|text| text.as_str()).collect::<Vec<_>>().join(" – ")
}
