//! Freezing a period: what is kept of it when its report is approved, and the fingerprint of its data.
//! Pure: the files are read and written by others.
//!
//! A frozen period keeps a copy of the definitions as they stood, so that those of today may move on
//! without altering it. Whoever builds its model sees the copy in the place of the originals.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::dataset::Evaluated;
use crate::load::{self, FREEZE, FROZEN_DEFINITIONS, RawFile};
use crate::model::{Status, Year, hexadecimal};
use crate::source::{FileId, Files};
use crate::yaml_text::{on_one_line, value};

/// What the person who freezes a period says of it.
#[derive(Debug, Default, Clone)]
pub struct Approval {
    /// The resolution by which the report was approved.
    pub resolution: Option<String>,
    /// What the verdicts and counts were counted from.
    pub origin: Option<String>,
}

/// The files of a period's folder that freezing keeps, by their paths there, with their SHA-256.
pub fn files_of<'f>(folder: &str, files: &'f Files) -> impl Iterator<Item = (&'f str, (FileId, String))> {
    let folder = format!("obdobi/{folder}/");
    files.iter().filter_map(move |(id, file)| {
        let path = file.path().strip_prefix(&folder).filter(|path| *path != FREEZE)?;
        Some((path, (id, hexadecimal(file.digest()?))))
    })
}

/// The period whose folder a file says is frozen. That holds whatever is wrong with the file, its name
/// too: a slip in it must not open what was closed.
pub fn frozen_by(path: &str) -> Option<Year> {
    let parts: Vec<&str> = path.split('/').collect();
    let ["obdobi", folder, name] = parts[..] else { return None };
    let is_named = name == FREEZE || load::meant(&parts).as_deref() == Some(FREEZE);
    Year::parse(folder).filter(|_| is_named)
}

/// The beginnings of the paths of which nothing new is asked: the folders of the frozen periods, and the definitions
/// of today that they keep letter for letter.
pub fn never_asked_anew(files: &[RawFile]) -> Vec<String> {
    let frozen = files.iter().filter(|file| frozen_by(&file.path).is_some());
    let mut paths: Vec<String> =
        frozen.filter_map(|file| Some(format!("{}/", file.path.rsplit_once('/')?.0))).collect();
    let of_frozen = files.iter().filter(|file| paths.iter().any(|folder| file.path.starts_with(folder)));
    let kept: BTreeSet<(&str, &[u8])> =
        of_frozen.filter_map(|file| Some((load::frozen_definition(&file.path)?.1, file.bytes.as_slice()))).collect();
    let definitions = files.iter().filter(|file| kept.contains(&(&file.path, &file.bytes)));
    let definitions: Vec<String> = definitions.map(|file| file.path.clone()).collect();
    paths.extend(definitions);
    paths
}

/// Whether a file is a definition that a period keeps as it stood.
fn keeps(folder: &str, path: &str) -> bool {
    load::frozen_definition(path).is_some_and(|(of, _)| of == folder)
}

/// Whether a period has definitions of its own: it is frozen, or it was.
fn has_own_definitions(folder: &str, files: &Files) -> bool {
    files.iter().any(|(_, file)| keeps(folder, file.path()))
}

/// SHA-256 over the files that a period's report is made from: the definitions that hold for it and
/// the period. A period has the same one before it is frozen and after.
pub fn fingerprint(folder: &str, files: &Files) -> String {
    let has_own_definitions = has_own_definitions(folder, files);
    let own = format!("obdobi/{folder}/");
    let mut digests: BTreeMap<&str, &[u8; 32]> = BTreeMap::new();
    for (_, file) in files.iter() {
        let (path, Some(digest)) = (file.path(), file.digest()) else { continue };
        if keeps(folder, path) {
            digests.extend(load::frozen_definition(path).map(|(_, definition)| (definition, digest)));
        } else if path.strip_prefix(&own).is_some_and(|path| path != FREEZE)
            || load::is_definition(path) && !has_own_definitions
        {
            digests.insert(path, digest);
        }
    }
    let mut hasher = Sha256::new();
    for (path, digest) in digests {
        hasher.update(path.as_bytes());
        hasher.update([0]);
        hasher.update(digest);
    }
    hexadecimal(&hasher.finalize())
}

/// The files to be written, with their paths below the data folder: the definitions as they stand
/// and what says that the period is frozen, which comes last. A period that was thawed keeps the definitions
/// that it has: those of today may have moved on since.
pub fn files(evaluated: &Evaluated<'_>, raw_files: &[RawFile], files: &Files, approval: &Approval) -> Vec<RawFile> {
    let folder = format!("obdobi/{}", evaluated.period.folder);
    let has_own_definitions = has_own_definitions(&evaluated.period.folder, files);
    let definitions: Vec<RawFile> = raw_files
        .iter()
        .filter(|raw| !has_own_definitions && load::is_definition(&raw.path))
        .map(|raw| RawFile { path: format!("{folder}/{FROZEN_DEFINITIONS}/{}", raw.path), bytes: raw.bytes.clone() })
        .collect();
    let mut digests: BTreeMap<String, String> =
        files_of(&evaluated.period.folder, files).map(|(path, (_, digest))| (path.to_owned(), digest)).collect();
    for raw in &definitions {
        let path = raw.path.strip_prefix(&format!("{folder}/")).unwrap_or(&raw.path);
        digests.insert(path.to_owned(), hexadecimal(&Sha256::digest(&raw.bytes)));
    }
    let fingerprint = fingerprint(&evaluated.period.folder, files);
    let text = written(evaluated, &digests, &fingerprint, approval);
    let mut to_write = definitions;
    to_write.push(RawFile { path: format!("{folder}/{FREEZE}"), bytes: text.into_bytes() });
    to_write
}

fn written(
    evaluated: &Evaluated<'_>,
    digests: &BTreeMap<String, String>,
    fingerprint: &str,
    approval: &Approval,
) -> String {
    let mut text = String::from(
        "# yaml-language-server: $schema=../../../schema/zmrazeni.schema.json\n\
         # Zapsal „plneni period freeze“; ručně se nemění. Co zmrazení znamená, řekne „plneni explain zmena-po-zmrazeni“.\n",
    );
    for (key, said) in [("usneseni", &approval.resolution), ("puvod", &approval.origin)] {
        if let Some(said) = said {
            let _ = writeln!(text, "{key}:{}", value(said, 2));
        }
    }
    let _ = writeln!(text, "otisk: {}\npocty:\n  celkem: {}", on_one_line(fingerprint), evaluated.counts.total());
    for status in Status::ALL {
        let _ = writeln!(text, "  {}: {}", status.column(), evaluated.counts.get(status));
    }
    text.push_str("vyhodnoceni:\n");
    for (id, evaluation) in &evaluated.evaluations {
        let _ = writeln!(text, "  - {{opatreni: {id}, stav: {}}}", evaluation.status);
    }
    text.push_str("soubory:\n");
    for (path, digest) in digests {
        let _ = writeln!(text, "  - soubor:{}\n    otisk: {}", value(path, 6), on_one_line(digest));
    }
    text
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::dataset::Dataset;
    use crate::rules::testing::FILES;

    /// What freezing a period of the small data set adds to it.
    pub(crate) fn frozen(year: Year) -> Vec<(String, String)> {
        frozen_with(year, &[])
    }

    /// The same when some files are others.
    pub(crate) fn frozen_with(year: Year, changes: &[(&str, &str)]) -> Vec<(String, String)> {
        let raw = |(path, text): &(&str, &str)| RawFile { path: (*path).into(), bytes: text.as_bytes().to_vec() };
        let kept = FILES.iter().filter(|(path, _)| changes.iter().all(|(changed, _)| changed != path));
        let mut raw_files: Vec<RawFile> = kept.chain(changes).map(raw).collect();
        raw_files.sort_by(|a, b| a.path.cmp(&b.path));
        let dataset = Dataset::new(raw_files.clone());
        let evaluated = dataset.evaluate(year).expect("the period is there");
        let approval = Approval { resolution: Some("12/24/ZK".into()), origin: None };
        files(&evaluated, &raw_files, &dataset.files, &approval)
            .into_iter()
            .map(|raw| (raw.path, String::from_utf8(raw.bytes).expect("it is UTF-8")))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited};

    fn changes(frozen: &[(String, String)]) -> Vec<(&str, &str)> {
        frozen.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
    }

    #[test]
    fn freezing_leaves_the_fingerprint_and_moving_on_does_too() {
        let before = dataset(&[]).fingerprint(Year(2023));
        let frozen = testing::frozen(Year(2023));
        let mut changes = changes(&frozen);
        assert_eq!(dataset(&changes).fingerprint(Year(2023)), before);
        let later = edited("opatreni/01.yaml", "termin: 12/2024", "termin: 12/2026");
        changes.push(("opatreni/01.yaml", &later));
        assert_eq!(dataset(&changes).fingerprint(Year(2023)), before);
        assert_ne!(dataset(&[("opatreni/01.yaml", &later)]).fingerprint(Year(2023)), before);
    }

    #[test]
    fn a_period_that_was_thawed_keeps_its_definitions() {
        let frozen = testing::frozen(Year(2023));
        let later = edited("opatreni/01.yaml", "termin: 12/2024", "termin: 12/2026");
        let kept = frozen.iter().filter(|(path, _)| !path.ends_with(FREEZE)).cloned();
        let changes: Vec<(String, String)> = kept.chain([("opatreni/01.yaml".to_owned(), later)]).collect();
        let of = |(path, text): &(String, String)| RawFile { path: path.clone(), bytes: text.clone().into_bytes() };
        let dataset = dataset(&self::changes(&changes));
        let evaluated = dataset.evaluate(Year(2023)).expect("the period is there");
        let approval = Approval { resolution: Some("12/24/ZK".into()), origin: None };
        let raw_files: Vec<RawFile> = changes.iter().map(of).collect();
        let again = files(&evaluated, &raw_files, &dataset.files, &approval);
        let again: Vec<_> = again.into_iter().map(|raw| (raw.path, String::from_utf8(raw.bytes))).collect();
        let (path, text) = frozen.last().expect("something is written");
        assert_eq!(again, [(path.clone(), Ok(text.clone()))]);
    }

    #[test]
    fn what_is_written_says_who_approved_what_was_found_and_which_files_it_was_made_from() {
        let frozen = testing::frozen(Year(2023));
        let (path, text) = frozen.last().expect("something is written");
        assert_eq!(path, "obdobi/2023/zmrazeni.yaml");
        let is_constant = |line: &&str| !line.starts_with('#') && !line.contains("otisk: ");
        let lines: Vec<&str> = text.lines().filter(is_constant).collect();
        let expected = "usneseni: 12/24/ZK\npocty:\n  celkem: 3\n  splneno: 0\n  plneno: 1\n  castecne: 2\n  neplneno: 0\n\
                        vyhodnoceni:\n  - {opatreni: I/1, stav: ČÁSTEČNĚ}\n  - {opatreni: I/2, stav: PLNĚNO}\n\
                        \x20 - {opatreni: II/1, stav: ČÁSTEČNĚ}\n\
                        soubory:\n  - soubor: definice/opatreni/01.yaml\n  - soubor: definice/opatreni/02.yaml\n\
                        \x20 - soubor: definice/strategie.yaml\n  - soubor: definice/subjekty.yaml\n\
                        \x20 - soubor: obdobi.yaml\n  - soubor: podklady/osv.yaml";
        assert_eq!(lines.join("\n"), expected);
        // One of all data and one of each of the six files.
        assert_eq!(text.lines().filter(|line| line.contains("otisk: ")).count(), 7);
        let again = dataset(&changes(&frozen));
        let kept: Vec<&str> = files_of("2023", &again.files).map(|(path, _)| path).collect();
        assert_eq!(
            kept.join(" "),
            "definice/opatreni/01.yaml definice/opatreni/02.yaml definice/strategie.yaml definice/subjekty.yaml obdobi.yaml podklady/osv.yaml"
        );
    }

    #[test]
    fn a_frozen_period_is_evaluated_by_its_own_definitions() {
        let frozen = testing::frozen(Year(2023));
        let mut changes = changes(&frozen);
        let cancelled = edited(
            "opatreni/01.yaml",
            "    spoluprace: [obce]\n  - cislo: 2",
            "    spoluprace: [obce]\n    zmeny: [{od: 2023, druh: zruseni, usneseni: 9/25/ZK}]\n  - cislo: 2",
        );
        changes.push(("opatreni/01.yaml", &cancelled));
        let with_copy = dataset(&changes);
        assert_eq!(with_copy.evaluate(Year(2023)).map(|evaluated| evaluated.counts.total()), Some(3));
        let without = dataset(&[("opatreni/01.yaml", &cancelled)]);
        assert_eq!(without.evaluate(Year(2023)).map(|evaluated| evaluated.counts.total()), Some(2));
    }
}
