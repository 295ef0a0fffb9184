//! What the names of files say of other files: which one is a copy, which one some systems cannot tell from another,
//! and what a misnamed one was meant to be called. What is in them it only compares.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, nearest};
use crate::load::{FREEZE, FROZEN_DEFINITIONS, Kind, RawFile};
use crate::model::composed;
use crate::rules::soubor_navic;
use crate::source::FileId;

/// What is known of files before any is read.
pub(super) struct Names {
    all: BTreeSet<String>,
    /// Files whose paths differ from another one by case alone, or by how letters are composed.
    told_by_case: BTreeMap<String, String>,
    /// Files that are called copies of another one and say the same.
    copies: BTreeMap<String, String>,
    /// Folders that no data belong in, and the first file of each.
    unread_folders: BTreeMap<String, String>,
}

impl Names {
    /// Of those whose paths begin like one of `old` nothing new is asked.
    pub(super) fn of(raw_files: &[RawFile], old: &[String]) -> Self {
        let is_old = |path: &str| old.iter().any(|old| path.starts_with(old));
        let (mut first_of, mut told_by_case) = (BTreeMap::new(), BTreeMap::new());
        for RawFile { path, .. } in raw_files {
            let first = match first_of.entry(composed(path).to_lowercase()) {
                Entry::Vacant(entry) => {
                    entry.insert(path.as_str());
                    continue;
                }
                Entry::Occupied(first) => first.into_mut(),
            };
            let (told, other) = match (is_unread(first), is_unread(path)) {
                // Each has its finding already.
                (true, true) => continue,
                (true, false) => (std::mem::replace(first, path), path.as_str()),
                (false, _) => (path.as_str(), *first),
            };
            if !is_old(told) {
                told_by_case.insert(told.to_owned(), other.to_owned());
            }
        }
        let bytes = |path: &str| raw_files.iter().find(|file| file.path == path).map(|file| &file.bytes);
        let is_kept = |path: &str| matches!(Kind::of(path), Kind::Evidence | Kind::Frozen { .. });
        let asked = raw_files.iter().map(|file| &file.path).filter(|path| !is_old(path) && !is_kept(path));
        // What differs may be another body's, whatever it is called.
        let copies = asked.filter_map(|path| {
            let original = *first_of.get(&composed(&original_of(path)?).to_lowercase())?;
            (!is_kept(original) && !is_unread(original) && bytes(path) == bytes(original))
                .then(|| (path.clone(), original.to_owned()))
        });
        let copies = copies.collect();
        let mut unread_folders = BTreeMap::new();
        for path in raw_files.iter().map(|file| &file.path).filter(|path| !told_by_case.contains_key(*path)) {
            if let Some((folder, _)) = unread_folder(path) {
                unread_folders.entry(folder.to_owned()).or_insert_with(|| path.clone());
            }
        }
        let all = raw_files.iter().map(|file| file.path.clone()).collect();
        Self { all, told_by_case, copies, unread_folders }
    }

    /// Whether a file whose name has a finding says something that no other one does.
    pub(super) fn is_read_all_the_same(&self, path: &str) -> bool {
        self.told_by_case.contains_key(path) && !is_unread(path)
    }

    /// What is wrong with a file because of its name. Of a folder it is said once.
    pub(super) fn finding(&self, file: FileId, path: &str, kind: &Kind) -> Option<Diagnostic> {
        if let Some(other) = self.told_by_case.get(path) {
            return Some(soubor_navic::told_by_case(file, path, other, is_unread(path)));
        }
        if let Some(original) = self.copies.get(path) {
            return Some(soubor_navic::copy(file, path, original));
        }
        let Kind::Unread { meant } = kind else { return None };
        if let Some((folder, meant)) = unread_folder(path) {
            let is_there = |path: &String| meant.as_ref().is_some_and(|meant| path.starts_with(&format!("{meant}/")));
            let is_first = self.unread_folders.get(folder).is_some_and(|first| first == path);
            return is_first
                .then(|| soubor_navic::folder(file, folder, meant.as_deref(), self.all.iter().any(is_there)));
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_there = |name: &str| self.all.contains(format!("{folder}/{name}").trim_start_matches('/'));
        Some(soubor_navic::finding(file, path, meant.clone(), is_there))
    }
}

fn is_unread(path: &str) -> bool {
    matches!(Kind::of(path), Kind::Unread { .. })
}

/// The folder above a file that no data belong in, and the path that it was probably meant to have.
pub fn unread_folder(path: &str) -> Option<(&str, Option<String>)> {
    let parts: Vec<&str> = path.split('/').collect();
    let (n_parts, known): (usize, &[&str]) = match parts.as_slice() {
        ["opatreni", _, _, ..] => (2, &[]),
        ["opatreni", _] | ["obdobi", _] | [_] => return None,
        ["obdobi", _, "podklady", _, _, ..] => (4, &[]),
        ["obdobi", _, _] | ["obdobi", _, "podklady" | "dukazy" | FROZEN_DEFINITIONS, ..] => return None,
        ["obdobi", ..] => (3, &["podklady", "dukazy", FROZEN_DEFINITIONS]),
        _ => (1, &["opatreni", "obdobi"]),
    };
    let folders = parts.get(..n_parts)?;
    let (name, above) = folders.split_last()?;
    let meant = nearest(name, known.iter().copied()).map(|meant| [above, &[meant]].concat().join("/"));
    Some((&path[..folders.join("/").len()], meant))
}

/// The path of what a file is called a copy of.
fn original_of(path: &str) -> Option<String> {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let (stem, ending) = name.rsplit_once('.')?;
    let mut original = stem;
    // Copies are copied again.
    while let Some(shorter) = without_mark_of_copy(original).filter(|shorter| !shorter.is_empty()) {
        original = shorter;
    }
    (original != stem).then(|| format!("{folder}/{original}.{ending}").trim_start_matches('/').to_owned())
}

/// What parts the name of a file from what systems write beside it.
const SEPARATORS: [char; 5] = [' ', '-', '–', '—', '_'];

/// A name without what Windows, macOS or a cloud wrote to it when it made a copy.
fn without_mark_of_copy(stem: &str) -> Option<&str> {
    // Of the same length, since all that is looked for is ASCII.
    let small = stem.to_ascii_lowercase();
    if let Some(open) = stem.rfind('(').filter(|_| stem.ends_with(')')) {
        let inner = &small[open + 1..small.len() - 1];
        let is_number = matches!(inner.len(), 1..=3) && inner.bytes().all(|byte| byte.is_ascii_digit());
        let is_said = ["kopie", "copy", "konflikt", "conflict"].iter().any(|word| inner.contains(word));
        return (is_number || is_said).then(|| stem[..open].trim_end_matches(SEPARATORS));
    }
    for word in ["kopie souboru", "kopie", "copy of"] {
        let rest = small.strip_prefix(word).filter(|rest| rest.starts_with(SEPARATORS));
        if let Some(rest) = rest {
            return Some(stem[stem.len() - rest.len()..].trim_start_matches(SEPARATORS));
        }
    }
    let unnumbered = small.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let said = ["kopie", "copy"].iter().find_map(|word| unnumbered.strip_suffix(word));
    if let Some(rest) = said.filter(|rest| rest.ends_with(SEPARATORS)) {
        return Some(stem[..rest.len()].trim_end_matches(SEPARATORS));
    }
    // OneDrive names the computer where it could not tell which of two is the right one.
    let computer = ["-pc-", "-desktop-", "-laptop-", "-ntb-", "-notebook-", ".sync-conflict-"];
    computer.iter().find_map(|mark| small.rfind(mark)).map(|at| &stem[..at])
}

/// The name a misnamed file was probably meant to have.
pub fn meant(parts: &[&str]) -> Option<String> {
    let (name, folders) = parts.split_last()?;
    if let Some(stem) = name.strip_suffix(".yml") {
        return Some(format!("{stem}.yaml"));
    }
    // What editors add to the ending, which Windows does not show.
    if let Some(read) = name.strip_suffix(".txt") {
        let path = [folders, &[read]].concat().join("/");
        if !is_unread(&path) {
            return Some(read.to_owned());
        }
    }
    let known: &[&str] = match folders {
        [] => &["strategie.yaml", "subjekty.yaml", "prijato.yaml"],
        ["obdobi", _] => {
            &["obdobi.yaml", "vyhodnoceni.yaml", "pripominky.yaml", "pripominky.csv", FREEZE, "uvod.md", "shrnuti.md"]
        }
        _ => &[],
    };
    // Another name makes no text of a workbook, and no list of a table.
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let is_possible = |known: &&str| match ending.as_str() {
        "csv" => known.ends_with(".csv"),
        "xlsx" | "xls" | "ods" | "docx" | "doc" | "odt" | "pdf" => false,
        _ => true,
    };
    nearest(name, known.iter().copied().filter(is_possible)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_what_systems_call_them() {
        for (copy, original) in [
            ("a/osv – kopie.yaml", Some("a/osv.yaml")),
            ("a/osv - kopie (2).yaml", Some("a/osv.yaml")),
            ("a/osv – kopie – kopie.yaml", Some("a/osv.yaml")),
            ("a/osv kopie 2.csv", Some("a/osv.csv")),
            ("Kopie - strategie.yaml", Some("strategie.yaml")),
            ("a/Kopie souboru odd-krizoveho-rizeni.csv", Some("a/odd-krizoveho-rizeni.csv")),
            ("a/Copy of oz.csv", Some("a/oz.csv")),
            ("a/oz - Copy.csv", Some("a/oz.csv")),
            ("a/oz (1).yaml", Some("a/oz.yaml")),
            ("a/oz(1).yaml", Some("a/oz.yaml")),
            ("a/oz-PC-NOVAK.yaml", Some("a/oz.yaml")),
            ("a/oz (konfliktní kopie uživatele Nováková 2026-01-05).yaml", Some("a/oz.yaml")),
            ("a/oz.sync-conflict-20260105-101010-ABCDEF.yaml", Some("a/oz.yaml")),
            ("a/oz.yaml", None),
            ("a/kopie.yaml", None),
            ("a/fotokopie.yaml", None),
            ("a/kopiedum.yaml", None),
            ("a/spolek (obce).yaml", None),
            ("a/(1).yaml", None),
            ("a/odd-krizoveho-rizeni.csv", None),
            ("a/škola 2.csv", None),
            ("a/oz", None),
        ] {
            assert_eq!(original_of(copy).as_deref(), original, "{copy}");
        }
    }
}
