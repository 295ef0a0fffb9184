//! Which findings a check is about when it is about some files only: those in the files, and those
//! that the files cause elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::Dataset;
use crate::diagnostic::Diagnostic;
use crate::load;
use crate::model::{MeasureId, Year};
use crate::source::{FileId, Place};

/// The findings in the given files and those about what these files speak of: measures that they
/// define or report on, the whole period for its `obdobi.yaml`, everything for the strategy and the
/// register. A path may be a folder.
pub fn about_paths(dataset: &Dataset, found: Vec<Diagnostic>, paths: &[String]) -> Vec<Diagnostic> {
    let files = files_under(dataset, paths);
    let names = |name: &str| paths.iter().any(|path| is_under(name, path));
    if names("strategie.yaml") || names("subjekty.yaml") {
        return found;
    }
    let subjects = Subjects::of(dataset, &files);
    found.into_iter().filter(|found| is_in(found, &files) || subjects.contain(found)).collect()
}

/// The findings in the changed files, and those elsewhere that were not there before the change or were
/// accepted then and are no more.
pub fn about_changes(
    dataset: &Dataset,
    found: Vec<Diagnostic>,
    paths: &[String],
    before: &Dataset,
    found_before: &[Diagnostic],
) -> Vec<Diagnostic> {
    let files = files_under(dataset, paths);
    // Which are accepted follows from what makes their identity, so it is one answer for all of them.
    let mut known: BTreeMap<_, (usize, bool)> = BTreeMap::new();
    for diagnostic in found_before {
        known.entry(identity(before, diagnostic)).or_insert((0, diagnostic.is_accepted())).0 += 1;
    }
    found
        .into_iter()
        .filter(|diagnostic| {
            if is_in(diagnostic, &files) {
                return true;
            }
            match known.get_mut(&identity(dataset, diagnostic)) {
                Some((count, was_accepted)) if *count > 0 && (diagnostic.is_accepted() || !*was_accepted) => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        })
        .collect()
}

/// A finding without its line, which changes above it move.
fn identity(dataset: &Dataset, found: &Diagnostic) -> (&'static str, String, Option<MeasureId>, Option<Year>, String) {
    let path = dataset.files.path(found.place).to_owned();
    (found.rule.code, path, found.measure, found.period, found.message.clone())
}

fn files_under(dataset: &Dataset, paths: &[String]) -> BTreeSet<FileId> {
    let is_meant = |name: &str| paths.iter().any(|path| is_under(name, path));
    let files = || dataset.files.iter().map(|(id, file)| (id, file.path()));
    let mut meant: BTreeSet<FileId> = files().filter(|(_, name)| is_meant(name)).map(|(id, _)| id).collect();
    // Of a folder from which nothing is read the finding stands in one file and is about all of them.
    let folder_of = |name| load::unread_folder(name).map(|(folder, _)| folder);
    let folders: BTreeSet<&str> =
        files().filter(|(id, _)| meant.contains(id)).filter_map(|(_, name)| folder_of(name)).collect();
    if !folders.is_empty() {
        let is_beside = |name| folder_of(name).is_some_and(|folder| folders.contains(folder));
        meant.extend(files().filter(|(_, name)| is_beside(name)).map(|(id, _)| id));
    }
    meant
}

/// Whether a file is the path or lies in it; the empty path is the data folder.
pub fn is_under(name: &str, path: &str) -> bool {
    path.is_empty() || name.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_in(found: &Diagnostic, files: &BTreeSet<FileId>) -> bool {
    files.contains(&found.place.file) || found.related.iter().any(|related| files.contains(&related.place.file))
}

/// What files speak of.
#[derive(Default)]
struct Subjects {
    measures: BTreeSet<MeasureId>,
    reported: BTreeSet<(Year, MeasureId)>,
    periods: BTreeSet<Year>,
}

impl Subjects {
    fn of(dataset: &Dataset, files: &BTreeSet<FileId>) -> Self {
        let mut subjects = Self::default();
        let is_here = |place: Place| files.contains(&place.file);
        for measure in dataset.strategy.measures.values().filter(|measure| is_here(measure.id.place)) {
            subjects.measures.insert(measure.id.value);
        }
        for period in dataset.periods() {
            if is_here(period.place) {
                subjects.periods.insert(period.year);
            }
            let submitted = period.submissions.iter().map(|submission| submission.measure.clone());
            let decided = period.decisions.values().map(|decision| decision.measure.clone());
            let commented = period.comments.iter();
            let commented = commented.filter_map(|comment| Some(comment.subject.with(comment.measure()?)));
            let here = submitted.chain(decided).chain(commented).filter(|measure| is_here(measure.place));
            subjects.reported.extend(here.map(|measure| (period.year, measure.value)));
        }
        subjects
    }

    fn contain(&self, found: &Diagnostic) -> bool {
        let is_defined = found.measure.is_some_and(|measure| self.measures.contains(&measure));
        let is_reported = found.period.zip(found.measure).is_some_and(|pair| self.reported.contains(&pair));
        let is_of_period = found.period.is_some_and(|period| self.periods.contains(&period));
        is_defined || is_reported || is_of_period
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, in_words};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    fn words(dataset: &Dataset, found: &[Diagnostic]) -> Vec<String> {
        let shown = found.iter().filter(|found| found.severity() != crate::diagnostic::Severity::Note);
        shown.map(|found| in_words(found, dataset)).collect()
    }

    #[test]
    fn what_a_file_reports_on_is_its_matter_and_the_rest_is_not() {
        let text = edited(PATH, "stav: ČÁSTEČNĚ\n    komentar: Metodika je rozpracovaná.", "stav: SPLNĚNO");
        let area = edited("opatreni/02.yaml", "odpovednost: [OZ]", "odpovednost: []");
        let data = dataset(&[(PATH, &text), ("opatreni/02.yaml", &area)]);
        let found = data.check(None);
        let done =
            "obdobi/2023/podklady/osv.yaml:4:11: opatření I/1 je SPLNĚNO, ale žádné kritérium nemá hodnotu ani doklad";
        let nobody = "opatreni/02.yaml:10:18: opatření II/1 nemá gestora";
        let about = |path: &str| words(&data, &about_paths(&data, found.clone(), &[path.to_owned()]));
        assert_eq!(words(&data, &found), [done, nobody]);
        assert_eq!(about("opatreni/01.yaml"), [done]);
        assert_eq!(about("opatreni/02.yaml"), [nobody]);
        assert_eq!(about("opatreni"), [done, nobody]);
        assert_eq!(about("subjekty.yaml"), [done, nobody]);
        assert_eq!(about("obdobi/2023/podkl"), Vec::<String>::new());
    }

    #[test]
    fn of_a_folder_from_which_nothing_is_read_each_file_answers() {
        let folder = "obdobi/2023/Podkladý";
        let data = dataset(&[(&format!("{folder}/a.yaml"), "a: 1\n"), (&format!("{folder}/b.yaml"), "b: 1\n")]);
        let expected = format!("{folder}/a.yaml:1:1: ze složky „{folder}“ se nic nečte");
        for path in ["a.yaml", "b.yaml"].map(|name| format!("{folder}/{name}")) {
            let found = about_paths(&data, data.check(None), &[path]);
            assert_eq!(words(&data, &found), [expected.as_str()]);
        }
        let found = about_paths(&data, data.check(None), &["opatreni/01.yaml".to_owned()]);
        assert!(!words(&data, &found).contains(&expected));
    }

    #[test]
    fn a_change_answers_for_its_files_and_for_what_is_new_elsewhere() {
        let area = edited("opatreni/02.yaml", "odpovednost: [OZ]", "odpovednost: []");
        let before = dataset(&[("opatreni/02.yaml", &area)]);
        let bodies = edited("subjekty.yaml", "  - {kod: obce, nazev: obce, druh: skupina}\n", "");
        let after = dataset(&[("opatreni/02.yaml", &format!("# o řádek níž\n{area}")), ("subjekty.yaml", &bodies)]);
        let changed = ["subjekty.yaml".to_owned()];
        let found = about_changes(&after, after.check(None), &changed, &before, &before.check(None));
        let expected = [
            "opatreni/01.yaml:11:18: subjekt „obce“ není v registru",
            "opatreni/01.yaml:20:18: subjekt „obce“ není v registru",
        ];
        assert_eq!(words(&after, &found), expected);
    }

    #[test]
    fn a_change_answers_for_what_it_accepts_no_more_and_not_for_what_it_accepts() {
        let area = edited("opatreni/02.yaml", "odpovednost: [OZ]", "odpovednost: []");
        let acceptance = "prijato:\n  - {nalez: bez-gestora, opatreni: II/1, duvod: Ví se o tom.}\n";
        let data = |accepted: &str| dataset(&[("opatreni/02.yaml", &area), ("prijato.yaml", accepted)]);
        let (accepted, open) = (data(acceptance), data("prijato: []\n"));
        let changed = ["prijato.yaml".to_owned()];
        let new = |now: &Dataset, before: &Dataset| -> Vec<&str> {
            let found = about_changes(now, now.check(None), &changed, before, &before.check(None));
            found.iter().map(|found| found.rule.code).collect()
        };
        assert_eq!(new(&open, &accepted), ["bez-gestora"]);
        assert_eq!(new(&accepted, &open), [""; 0]);
        assert_eq!(new(&accepted, &accepted), [""; 0]);
    }
}
