//! Forms put in the place of what their bodies had, and checked there together with all other data.

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::Dataset;
use crate::diagnostic::{Diagnostic, Severity};
use crate::form::{self, layout};
use crate::import::content::{self, Content, Submitted};
use crate::import::shown::{self, Shown};
use crate::import::unread::{self, Unread};
use crate::import::{Fault, Filled, Kind, keeping, write_yaml};
use crate::load::raw::{self, Reported, Submission, is_dashes};
use crate::load::{self, RawFile, Tree};
use crate::model::{BodyId, MeasureId, Year, is_hidden, slug};
use crate::rules::cizi_predkladatel;
use crate::scope;
use crate::source::{FileId, Located, Place, SourceFile};

/// What came of the forms.
#[derive(Debug)]
pub struct Judged {
    /// Everything that was found, as people read it.
    pub findings: Vec<String>,
    /// How many of the findings are errors; with one, nothing may be written.
    pub n_errors: usize,
    /// What there is to write, in the order of the forms.
    pub taken: Vec<Taken>,
}

/// One form as data.
#[derive(Debug)]
pub struct Taken {
    /// The file it came from.
    pub name: String,
    /// Where it belongs, below the data folder.
    pub path: String,
    /// What to write there.
    pub text: String,
    /// What that says.
    pub content: Content,
    /// What the body had before.
    pub before: Option<Before>,
}

/// What a body had in the data before.
#[derive(Debug, Default)]
pub struct Before {
    /// Its files, below the data folder.
    pub paths: Vec<String>,
    /// The text that the new one is compared with: the file, or what it says as YAML. Where something of it
    /// could not be read, all that stands in the files.
    pub text: String,
    /// What it said, as far as it can be compared with the form: comments as those of cells if it has cells.
    pub content: Content,
    /// Whether it has errors, so that it may have said what could not be read.
    pub is_broken: bool,
    /// What can be told of that.
    pub unread: Unread,
    /// Where the first note behind „#“ stands, and the note: it is in no content.
    pub note: Option<(String, String)>,
}

/// What becomes of what a body said before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earlier {
    /// The form stands in its place.
    Replaced,
    /// It stays where the form answers nothing.
    Kept,
}

/// A form that is known to fit the data.
struct Fitting<'a> {
    filled: &'a Filled,
    year: Year,
    body: BodyId,
    /// The folder below `obdobi/`.
    folder: String,
    measures: Vec<MeasureId>,
    present: Vec<FileId>,
    /// What of these files is no note of anybody.
    own_notes: BTreeSet<String>,
    /// Where it stands while it is checked.
    delivered: String,
}

impl Fitting<'_> {
    fn path(&self, dataset: &Dataset, kind: Kind) -> String {
        let name = slug(dataset.strategy_of(self.year).register.code(self.body));
        format!("obdobi/{}/podklady/{name}.{}", self.folder, kind.extension())
    }

    /// Where it stands while it is checked: beside what is kept, under a name that no other has.
    fn delivered(&self, dataset: &Dataset, earlier: Earlier) -> String {
        let mut path = self.path(dataset, self.filled.kind);
        let is_taken = |path: &str| dataset.files.iter().any(|(_, file)| file.path() == path);
        while earlier == Earlier::Kept && is_taken(&path) {
            let at = path.len() - self.filled.kind.extension().len() - 1;
            path.insert(at, '+');
        }
        path
    }

    fn present_paths(&self, before: &Dataset) -> Vec<String> {
        self.present.iter().map(|file| before.files.get(*file).path().to_owned()).collect()
    }
}

/// Checks forms against the data in which they are to stand. `root` is the data folder as the user named it.
pub fn take_in(
    raw_files: &[RawFile],
    before: &Dataset,
    forms: &[Filled],
    faults: &[Fault],
    earlier: Earlier,
    root: &str,
) -> Judged {
    let mut findings: Vec<String> = faults.iter().map(shown::fault).collect();
    let mut fitting: Vec<Fitting<'_>> = Vec::new();
    for filled in forms {
        match fit(before, filled, &fitting, earlier) {
            Ok(form) => fitting.push(form),
            Err(fault) => findings.push(shown::fault(&fault)),
        }
    }
    let (tree, found) = tree_with(raw_files, before, &fitting, earlier);
    let mut dataset = Dataset::of_tree(tree);
    let found_before = before.check(None);
    let diagnostics = diagnostics(&dataset, before, &found_before, &fitting, &found);
    let errors = found_before.iter().filter(|found| found.severity() == Severity::Error);
    let broken: BTreeSet<FileId> = errors.map(|found| found.place.file).collect();
    let mut taken = Vec::new();
    for form in &fitting {
        let said = said(&dataset, form);
        if earlier == Earlier::Kept {
            let answered = said.keys().copied().collect();
            let hindrances =
                keeping::hindrances(before, &found_before, &form.present, &form.own_notes, &answered, root);
            findings.extend(hindrances.iter().map(shown::fault));
        }
        taken.push(taken_from(form, said, before, &broken, raw_files, earlier, root));
    }
    let mut n_errors = findings.len();
    let files = form_files(&dataset, &fitting);
    let places: Vec<(FileId, &Filled)> = files.iter().map(|(file, form)| (*file, form.filled)).collect();
    let shown = Shown::new(std::mem::take(&mut dataset.files), places, root);
    for fault in found {
        findings.push(shown::fault(&Fault::new(shown.place(fault.place), fault.message, fault.help)));
        n_errors += 1;
    }
    for diagnostic in &diagnostics {
        findings.push(shown.finding(diagnostic));
        n_errors += usize::from(diagnostic.severity() == Severity::Error);
    }
    Judged { findings, n_errors, taken }
}

/// Whether the data still ask what the form asked, and of whom.
fn fit<'a>(
    dataset: &Dataset,
    filled: &'a Filled,
    others: &[Fitting<'_>],
    earlier: Earlier,
) -> Result<Fitting<'a>, Fault> {
    let marks = &filled.marks;
    let fault = |message: String, help: &str| Err(Fault::new(filled.name.as_str(), message, help));
    if marks.version != layout::VERSION {
        return fault(
            format!("formulář má rozvržení „{}“, program čte „{}“", marks.version, layout::VERSION),
            "načtěte ho verzí programu, která ho vyrobila, nebo vyrobte nový („plneni form ROK“) a odpovědi přepište do něj",
        );
    }
    let Some(period) = Year::parse(&marks.period).and_then(|year| dataset.period(year)) else {
        let known: Vec<String> = dataset.periods().map(|period| period.year.to_string()).collect();
        return fault(
            format!("formulář je za období „{}“, které v datech není; jsou v nich: {}", marks.period, known.join(", ")),
            "založte období příkazem „plneni period new“, nebo volbou --data určete data, kterých se formulář týká",
        );
    };
    if dataset.frozen_by(period.year).is_some() {
        return fault(
            format!("formulář je za období {}, které je zmrazené", period.year),
            "podklady zmrazeného období se nemění; má-li se přesto změnit, vysvětlí postup „plneni explain zmena-po-zmrazeni“",
        );
    }
    // Those of the period may be other than those of today when its freeze was lifted.
    let strategy = dataset.strategy_of(period.year);
    let asked = strategy.register.find(&marks.body).map(|body| (body, form::asked(strategy, period.year, body)));
    let Some((body, asked)) = asked.filter(|(_, asked)| !asked.is_empty()) else {
        return fault(
            format!("formulář je pro subjekt „{}“, kterého se v těchto datech žádné opatření netýká", marks.body),
            "zkontrolujte, zda má kód v souboru subjekty.yaml a zda ho některé opatření jmenuje; přejmenovanému subjektu doplňte starý kód mezi aliasy",
        );
    };
    if marks.fingerprint != form::fingerprint(&asked) {
        return fault(
            "opatření subjektu se od vyrobení formuláře změnila, takže by odpovědi mohly patřit k jiným otázkám"
                .to_owned(),
            "vyrobte nový formulář („plneni form ROK“), odpovědi do něj přepište a změněná opatření nechte subjekt projít znovu",
        );
    }
    let present = present(dataset, period.year, &period.folder, body);
    let foreign = period.submissions.iter();
    let foreign = foreign.filter(|it| it.body.value != body && present.contains(&it.place.file));
    if let Some(foreign) = foreign.map(|it| (it.body.value, dataset.files.path(it.place))).next() {
        return fault(
            format!(
                "soubor „{}“ by se nahradil, ale jsou v něm i podklady subjektu {}",
                foreign.1,
                strategy.register.code(foreign.0)
            ),
            "rozdělte ho tak, aby měl každý subjekt svůj soubor",
        );
    }
    let measures = asked.iter().map(|(_, measure)| measure.id.value).collect();
    let (folder, delivered) = (period.folder.clone(), String::new());
    let own_notes = keeping::own_notes(dataset, period.year, body, &present);
    let mut form = Fitting { filled, year: period.year, body, folder, measures, present, own_notes, delivered };
    form.delivered = form.delivered(dataset, earlier);
    let path = form.path(dataset, Kind::Yaml);
    let paths = [Kind::Yaml, Kind::Csv].map(|kind| form.path(dataset, kind));
    let mut taken = dataset.files.iter().filter(|(file, _)| !form.present.contains(file));
    if let Some((_, taken)) = taken.find(|(_, file)| paths.iter().any(|path| path == file.path())) {
        return fault(
            format!("podklady by se zapsaly do souboru „{}“, ale ten patří jinému subjektu", taken.path()),
            "soubor přejmenujte podle toho, komu patří",
        );
    }
    if let Some(other) = others.iter().find(|other| other.path(dataset, Kind::Yaml) == path) {
        return fault(
            format!("týž subjekt a období má už formulář „{}“", other.filled.name),
            "načtěte jen ten, který platí",
        );
    }
    Ok(form)
}

/// The files of a body in a period: those named after it and those in which it submits.
fn present(dataset: &Dataset, year: Year, folder: &str, body: BodyId) -> Vec<FileId> {
    let start = format!("obdobi/{folder}/podklady/");
    let submissions = dataset.period(year).into_iter().flat_map(|period| period.submissions.iter());
    let speaks: Vec<FileId> = submissions.filter(|it| it.body.value == body).map(|it| it.place.file).collect();
    let is_named = |path: &str| {
        let stem = path.strip_prefix(&start).and_then(|name| name.rsplit_once('.'));
        let stem = stem.filter(|(_, extension)| matches!(*extension, "yaml" | "csv"));
        stem.is_some_and(|(stem, _)| dataset.strategy_of(year).register.find_file(stem) == Some(body))
    };
    let is_present = |(file, source): &(FileId, &SourceFile)| is_named(source.path()) || speaks.contains(file);
    dataset.files.iter().filter(is_present).map(|(file, _)| file).collect()
}

/// What is wrong with a form at a place in it.
struct Found {
    place: Place,
    message: String,
    help: String,
}

/// The data with the forms in place of what their bodies had, or of what they had for the same measures.
/// Rows that were left empty are no submissions.
fn tree_with(raw_files: &[RawFile], before: &Dataset, forms: &[Fitting<'_>], earlier: Earlier) -> (Tree, Vec<Found>) {
    let present: BTreeMap<String, &Fitting<'_>> =
        forms.iter().flat_map(|form| form.present_paths(before).into_iter().map(move |path| (path, form))).collect();
    let is_kept = |file: &&RawFile| earlier == Earlier::Kept || !present.contains_key(&file.path);
    let kept = raw_files.iter().filter(is_kept).cloned();
    let delivered =
        forms.iter().map(|form| RawFile { path: form.delivered.clone(), bytes: form.filled.text.clone().into_bytes() });
    let mut files: Vec<RawFile> = kept.chain(delivered).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut tree = load::parse(files);
    let by_path: BTreeMap<&str, &Fitting<'_>> = forms.iter().map(|form| (form.delivered.as_str(), form)).collect();
    let mut found = Vec::new();
    let mut answered: BTreeMap<&str, Vec<MeasureId>> = BTreeMap::new();
    let errors = tree.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
    let broken: Vec<FileId> = errors.map(|diagnostic| diagnostic.place.file).collect();
    for document in &mut tree.documents {
        let Some(form) = by_path.get(tree.files.get(document.file).path()) else { continue };
        if let raw::Content::Submissions(raw::Large::Parsed(submissions)) = &mut document.content {
            let found_here = keep_answers(submissions, form, before, document.file);
            if submissions.is_empty() && found_here.is_empty() && !broken.contains(&document.file) {
                found.push(nothing_filled_in(document.file));
            }
            found.extend(found_here);
            answered.insert(&form.delivered, submissions.iter().filter_map(measure).collect());
        }
    }
    // What a form answers anew is said once.
    for document in &mut tree.documents {
        let form = present.get(tree.files.get(document.file).path());
        let answered = form.and_then(|form| answered.get(form.delivered.as_str()));
        if let (Some(answered), raw::Content::Submissions(raw::Large::Parsed(submissions))) =
            (answered, &mut document.content)
            && !by_path.contains_key(tree.files.get(document.file).path())
        {
            submissions.retain(|submission| measure(submission).is_none_or(|id| !answered.contains(&id)));
        }
    }
    (tree, found)
}

fn measure(submission: &Submission) -> Option<MeasureId> {
    MeasureId::parse(&submission.measure.value)
}

fn nothing_filled_in(file: FileId) -> Found {
    Found {
        place: Place::start_of(file),
        message: "ve formuláři není nic vyplněno".to_owned(),
        help: "vraťte ho k vyplnění; stav každého opatření je SPLNĚNO, PLNĚNO, ČÁSTEČNĚ, nebo NEPLNĚNO".to_owned(),
    }
}

/// Drops what was left empty and finds what the form did not ask.
fn keep_answers(submissions: &mut Vec<Submission>, form: &Fitting<'_>, before: &Dataset, file: FileId) -> Vec<Found> {
    let strategy = before.strategy_of(form.year);
    let register = &strategy.register;
    let code = register.code(form.body);
    let mut found = Vec::new();
    let submitter = submissions.first().filter(|it| !it.submitter_is_file_name).map(|it| it.submitter.clone());
    if let Some(named) = submitter
        && register.one(&named.value) != Some(form.body)
    {
        found.push(Found {
            place: named.place,
            message: format!("formulář je pro subjekt {code}, ale jako předkladatel je v něm „{}“", named.value.trim()),
            help: format!("vraťte tam „{code}“; jiný subjekt má svůj formulář"),
        });
    }
    for submission in submissions.iter_mut() {
        submission.submitter = Located::new(code.into(), Place::start_of(file));
        submission.submitter_is_file_name = false;
        for reported in &mut submission.criteria {
            for text in [&mut reported.value, &mut reported.status, &mut reported.evidence] {
                *text = text.take().filter(|text| !is_dashes(&text.value));
            }
        }
        submission.status = submission.status.take().filter(|text| !is_dashes(&text.value));
        let is_asked = |id: &MeasureId| form.measures.contains(id) || !strategy.measures.contains_key(id);
        if let Some(id) = measure(submission).filter(|id| !is_asked(id)) {
            found.push(Found {
                place: submission.measure.place,
                message: format!("opatření {id} v tomto formuláři být nemá: subjekt {code} v něm není jmenován"),
                help: "opravte označení opatření podle formuláře; řádky se do něj nepřidávají".to_owned(),
            });
        }
        submission.criteria.retain(Reported::is_answered);
    }
    submissions.retain(|submission| !submission.is_blank() || strategy.measure_of(&submission.measure.value).is_none());
    found
}

/// The forms with the numbers that their files have in the data set with them.
fn form_files<'f, 'a>(dataset: &Dataset, forms: &'f [Fitting<'a>]) -> Vec<(FileId, &'f Fitting<'a>)> {
    let file =
        |form: &Fitting<'_>| dataset.files.iter().find(|(_, file)| file.path() == form.delivered).map(|(file, _)| file);
    forms.iter().filter_map(|form| Some((file(form)?, form))).collect()
}

/// Errors and warnings in the forms, and errors that they cause elsewhere.
fn diagnostics(
    dataset: &Dataset,
    before: &Dataset,
    found_before: &[Diagnostic],
    forms: &[Fitting<'_>],
    found: &[Found],
) -> Vec<Diagnostic> {
    let files: Vec<FileId> = form_files(dataset, forms).into_iter().map(|(file, _)| file).collect();
    let paths: Vec<String> = files.iter().map(|file| dataset.files.get(*file).path().to_owned()).collect();
    let mut all = scope::about_changes(dataset, dataset.check(None), &paths, before, found_before);
    all.retain(|diagnostic| {
        let mut places = diagnostic.related.iter().map(|related| related.place).chain([diagnostic.place]);
        let is_said = std::ptr::eq(diagnostic.rule, &cizi_predkladatel::RULE)
            && found.iter().any(|found| found.place == diagnostic.place);
        match diagnostic.severity() {
            Severity::Error => true,
            Severity::Warning => !is_said && places.any(|place| files.contains(&place.file)),
            Severity::Note => false,
        }
    });
    all
}

/// What a form says.
fn said(dataset: &Dataset, form: &Fitting<'_>) -> Content {
    let files: Vec<FileId> =
        dataset.files.iter().filter(|(_, file)| file.path() == form.delivered).map(|(file, _)| file).collect();
    let said = content::of(dataset, form.year, &files).into_iter();
    said.map(|(id, submitted)| (id, as_delivered(submitted, form))).collect()
}

fn as_delivered(submitted: Submitted, form: &Fitting<'_>) -> Submitted {
    if form.filled.kind == Kind::Csv { submitted.of_cells() } else { submitted }
}

fn taken_from(
    form: &Fitting<'_>,
    said: Content,
    dataset: &Dataset,
    broken: &BTreeSet<FileId>,
    raw_files: &[RawFile],
    earlier: Earlier,
    root: &str,
) -> Taken {
    let code = dataset.strategy_of(form.year).register.code(form.body);
    let path = form.path(dataset, Kind::Yaml);
    let had = content::of(dataset, form.year, &form.present);
    let mut content = if earlier == Earlier::Kept { had.clone() } else { Content::new() };
    let before = (!form.present.is_empty()).then(|| before(form, had, &said, dataset, broken, raw_files, root));
    content.extend(said);
    let text = write_yaml::write(code, &content);
    let text = match keeping::editors_line(&dataset.files, &form.present) {
        Some(line) => text.replacen(write_yaml::MODELINE, &line, 1),
        None => text,
    };
    Taken { name: form.filled.name.clone(), path, text, content, before }
}

fn before(
    form: &Fitting<'_>,
    had: Content,
    said: &Content,
    dataset: &Dataset,
    broken: &BTreeSet<FileId>,
    raw_files: &[RawFile],
    root: &str,
) -> Before {
    let paths = form.present_paths(dataset);
    let files: Vec<RawFile> = raw_files.iter().filter(|file| paths.contains(&file.path)).cloned().collect();
    let is_broken = form.present.iter().any(|file| broken.contains(file));
    let own = files.first().filter(|_| paths == [form.path(dataset, Kind::Yaml)]);
    let own = own.and_then(|file| String::from_utf8(file.bytes.clone()).ok());
    let text = own.unwrap_or_else(|| {
        if is_broken {
            let texts = form.present.iter().map(|file| dataset.files.get(*file).text().replace(is_hidden, "\u{FFFD}"));
            // What one file ends with and another begins with are two lines.
            texts
                .reduce(|all, text| format!("{all}{}{text}", if all.ends_with('\n') { "" } else { "\n" }))
                .unwrap_or_default()
        } else {
            write_yaml::write(dataset.strategy_of(form.year).register.code(form.body), &had)
        }
    });
    let unread = if is_broken { unread::of(files, &had) } else { Unread::new() };
    let note = keeping::first_note(&dataset.files, &form.present, &form.own_notes, root);
    // A comment that an earlier import wrote with the line ends of its cell is the same one.
    let compared =
        had.into_iter().map(|(id, it)| (id, if said.contains_key(&id) { as_delivered(it, form) } else { it }));
    Before { paths, text, content: compared.collect(), is_broken, unread, note }
}

#[cfg(test)]
mod tests {
    use crate::import::testing::{answered, judge, xlsx};

    #[test]
    fn what_the_body_had_is_broken_where_it_may_have_said_more_than_could_be_read() {
        let (marks, rows) = answered();
        let bytes = xlsx(&marks, &rows, |_| {});
        let path = "obdobi/2025/podklady/oz.yaml";
        let text = judge(&[("oz.xlsx", &bytes)], &[]).taken.remove(0).text;
        for (more, is_broken) in [
            ("", false),
            ("  - {opatreni: I/99, stav: PLNĚNO}\n", true),
            ("  - {opatreni: II/1, stavv: PLNĚNO}\n", true),
            ("  - {opatreni: I/2, stav: NEPLNĚNO}\n", true),
            ("  - opatreni: [\n", true),
        ] {
            let judged = judge(&[("oz.xlsx", &bytes)], &[(path, &format!("{text}{more}"))]);
            assert_eq!(judged.n_errors, 0, "{more}: {:#?}", judged.findings);
            let before = judged.taken[0].before.as_ref().expect("there was something");
            assert_eq!(before.is_broken, is_broken, "{more}");
        }
    }

    #[test]
    fn the_lines_of_two_broken_files_stay_two() {
        let (marks, rows) = answered();
        let bytes = xlsx(&marks, &rows, |_| {});
        for end in ["", "\n"] {
            let csv = format!("opatreni,stav\nI/2,NENÍ{end}");
            let files =
                [("obdobi/2025/podklady/oz.csv", csv.as_str()), ("obdobi/2025/podklady/oz.yaml", "podklady: [\n")];
            let judged = judge(&[("oz.xlsx", &bytes)], &files);
            let before = judged.taken[0].before.as_ref().expect("there was something");
            assert_eq!(before.text, "opatreni,stav\nI/2,NENÍ\npodklady: [\n", "{end:?}");
        }
    }
}
