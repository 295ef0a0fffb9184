//! Which files have to be there and are not.

use crate::diagnostic::Diagnostic;
use crate::freezing;
use crate::rules::chybejici_soubor;
use crate::source::{Files, Place};

/// Findings about files that have to be there.
pub(super) fn find(files: &mut Files) -> Vec<Diagnostic> {
    let paths: Vec<String> = files.iter().map(|(_, file)| file.path().to_owned()).collect();
    let mut wanted: Vec<String> = vec!["strategie.yaml".into(), "subjekty.yaml".into()];
    if !paths.iter().any(|path| path.starts_with("opatreni/")) {
        wanted.push("opatreni/01.yaml".into());
    }
    for path in &paths {
        if let Some((folder, _)) = path.strip_prefix("obdobi/").and_then(|rest| rest.split_once('/')) {
            wanted.push(format!("obdobi/{folder}/obdobi.yaml"));
        }
    }
    wanted.sort();
    wanted.dedup();
    wanted
        .into_iter()
        .filter(|path| !paths.contains(path))
        .map(|path| {
            // The file is entered as an empty text, so that the finding has a place to point at.
            let file = files.add(path.clone(), String::new());
            let folder = path.trim_end_matches("obdobi.yaml");
            let is_frozen = paths.iter().any(|other| other.starts_with(folder) && freezing::frozen_by(other).is_some());
            chybejici_soubor::finding(Place::start_of(file), &path, is_frozen)
        })
        .collect()
}
