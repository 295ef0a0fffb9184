//! A spelling that is understood but is not the usual one. `plneni check --fix` mends it.

use std::fmt::Display;

use crate::diagnostic::{Diagnostic, Severity, is_plain};
use crate::model::{Author, BodyId, Deadline, Named, Register, is_written};
use crate::rules::{Check, Definitions, PeriodFacts, Rule, Said};
use crate::source::{FileId, Files, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "jiny-zapis",
    severity: Severity::Note,
    title: "Zápis jde sjednotit",
    explanation: "Program zápisu rozumí, obvykle se ale píše jinak. Jednotný zápis se lépe hledá a porovnává a soubor se pak při příští úpravě nezmění celý.",
    example: "stav: částečně plněno\ntermin: 12 /2024",
    mend: "Spusťte „plneni check --fix“. Opraví zápis stavů, termínů, opatření, subjektů a vypořádání, kódování CSV a konce řádků; nic jiného nezmění.",
    checks: &[
        Check::Definitions(check_definitions),
        Check::Submissions(check_submissions),
        Check::Period(check_period),
    ],
};

fn check_definitions(definitions: &Definitions<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (files, strategy) = (definitions.files, definitions.strategy);
    for measure in strategy.measures.values() {
        let deadline = measure.deadline.as_ref().filter(|it| !matches!(it.value, Deadline::Conditional(_)));
        let found = deadline.and_then(|it| spelling(files, it.place, &it.value));
        let bodies = measure.responsible.iter().chain(&measure.cooperating);
        let bodies = bodies.filter_map(|named| match named.value {
            Named::Body(id) => body(files, &strategy.register, named.place, id),
            Named::Unknown => None,
        });
        diagnostics.extend(found.into_iter().chain(bodies).map(|found| found.measure(measure.id.value)));
    }
}

fn check_submissions(facts: &PeriodFacts<'_>, said: Said<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (files, id) = (facts.files, said.id());
    for submission in said.submissions.iter() {
        let statuses = submission.status.iter().chain(submission.criteria.iter().filter_map(|it| it.status.as_ref()));
        let statuses = statuses.filter_map(|status| spelling(files, status.place, status.value.code()));
        let measure = spelling(files, submission.measure.place, id);
        let submitter = body(files, &facts.strategy.register, submission.body.place, submission.body.value);
        diagnostics.extend(measure.into_iter().chain(statuses).map(|found| found.measure(id)));
        // The name of the submitter stands once for all measures of a file.
        diagnostics.extend(submitter);
    }
}

fn check_period(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let files = facts.files;
    for (id, decision) in facts.decisions() {
        let measure = spelling(files, decision.measure.place, id);
        let status = spelling(files, decision.status.place, decision.status.value.code());
        diagnostics.extend(measure.into_iter().chain(status).map(|found| found.measure(id)));
    }
    for comment in &facts.period.comments {
        let author = match comment.author.value {
            Author::Body(id) => body(files, &facts.strategy.register, comment.author.place, id),
            Author::Group(_) => None,
        };
        let measure = comment.measure().and_then(|id| spelling(files, comment.subject.place, id));
        let resolution = comment.resolution.as_ref().and_then(|it| spelling(files, it.place, it.value.code()));
        let found = author.into_iter().chain(measure).chain(resolution);
        diagnostics.extend(found.map(|found| found.about(comment.measure())));
    }
}

/// A body under another of its names. Texts that name several bodies stay as they are.
fn body(files: &Files, register: &Register, place: Place, id: BodyId) -> Option<Diagnostic> {
    let written = bare(files, place);
    let text = &files.get(written.file).text()[written.range()];
    // Only a shortcut: to ask the register for each of a million rows would cost more than all else here.
    let is_usual = ["", register.code(id)].contains(&text);
    (!is_usual && register.find(text) == Some(id)).then(|| spelling(files, place, register.code(id)))?
}

/// A finding when `usual` is not what stands at `place`.
fn spelling(files: &Files, place: Place, usual: impl Display) -> Option<Diagnostic> {
    // Nearly all are written as usual, and there may be a million of them.
    if is_written(&usual, &files.get(place.file).text()[place.range()]) {
        return None;
    }
    let usual = &usual.to_string();
    let place = bare(files, place);
    let written = &files.get(place.file).text()[place.range()];
    (!written.is_empty() && written != usual && is_plain(written) && is_plain(usual)).then(|| {
        Diagnostic::new(&RULE, place, format!("„{written}“ se obvykle píše „{usual}“"))
            .help("opraví to „plneni check --fix“")
            .replace_with(usual)
    })
}

/// A value without its quotes and blank ends.
fn bare(files: &Files, place: Place) -> Place {
    let text = &files.get(place.file).text()[place.range()];
    let is_edge = |c: char| matches!(c, '"' | '\'') || c.is_whitespace();
    let inner = text.trim_matches(is_edge);
    let start = place.range().start + text.len() - text.trim_start_matches(is_edge).len();
    Place::new(place.file, start..start + inner.len())
}

/// A CSV file as older Excel saves it.
pub fn encoding(file: FileId) -> Diagnostic {
    Diagnostic::new(&RULE, Place::start_of(file), "soubor je v kódování windows-1250, obvyklé je UTF-8")
        .help("převede ho „plneni check --fix“; v Excelu uložte jako „CSV UTF-8“")
}

/// A file with the line ends of Windows.
pub fn line_ends(file: FileId) -> Diagnostic {
    Diagnostic::new(&RULE, Place::start_of(file), LINE_ENDS).help("převede je „plneni check --fix“")
}

const LINE_ENDS: &str = "řádky končí jako ve Windows (CRLF), obvyklé je LF";

/// Whether a finding is one of [`line_ends`].
pub fn is_about_line_ends(found: &Diagnostic) -> bool {
    std::ptr::eq(found.rule, &RULE) && found.message == LINE_ENDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, findings, mended, run};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    #[test]
    fn line_ends_are_told_from_other_spellings() {
        let text = edited(PATH, "opatreni: II/1", "opatreni: ii / 1").replace('\n', "\r\n");
        let found = run(&RULE, &dataset(&[(PATH, &text)]));
        let found: Vec<_> = found.iter().map(|found| (found.message.as_str(), is_about_line_ends(found))).collect();
        assert_eq!(found, [(LINE_ENDS, true), ("„ii / 1“ se obvykle píše „II/1“", false)]);
    }

    #[test]
    fn other_spellings_are_found_and_mended() {
        for (path, from, to, found, line) in [
            (
                "opatreni/01.yaml",
                "termin: 12/2024",
                "termin: \"12 /2024\" # tak",
                "opatreni/01.yaml:9:14: „12 /2024“ se obvykle píše „12/2024“",
                "    termin: \"12/2024\" # tak",
            ),
            (
                "opatreni/02.yaml",
                "[OZ]",
                "[zdravotnictví]",
                "opatreni/02.yaml:10:19: „zdravotnictví“ se obvykle píše „OZ“",
                "    odpovednost: [OZ]",
            ),
            (
                PATH,
                "opatreni: I/1\n    stav: ČÁSTEČNĚ",
                "opatreni: I/1\n    stav: Částečně plněno",
                "obdobi/2023/podklady/osv.yaml:4:11: „Částečně plněno“ se obvykle píše „ČÁSTEČNĚ“",
                "    stav: ČÁSTEČNĚ",
            ),
            (
                PATH,
                "opatreni: II/1",
                "opatreni: ii / 1",
                "obdobi/2023/podklady/osv.yaml:12:15: „ii / 1“ se obvykle píše „II/1“",
                "  - opatreni: II/1",
            ),
            (
                "opatreni/02.yaml",
                "termin: průběžně do 12/2027",
                "termin: Průběžně do 12/ 2027",
                "opatreni/02.yaml:9:13: „Průběžně do 12/ 2027“ se obvykle píše „průběžně do 12/2027“",
                "    termin: průběžně do 12/2027",
            ),
        ] {
            let text = edited(path, from, to);
            assert_eq!(findings(&RULE, &[(path, &text)]), [found]);
            assert_eq!(mended(&RULE, &[(path, &text)]), [line]);
        }
    }

    #[test]
    fn decisions_are_looked_into() {
        const DECISIONS: &str = "obdobi/2023/vyhodnoceni.yaml";
        let text = "vyhodnoceni:\n  - opatreni: i/1\n    stav: plněno\n    duvod: částečně\n";
        assert_eq!(
            findings(&RULE, &[(DECISIONS, text)]),
            [
                "obdobi/2023/vyhodnoceni.yaml:2:15: „i/1“ se obvykle píše „I/1“",
                "obdobi/2023/vyhodnoceni.yaml:3:11: „plněno“ se obvykle píše „PLNĚNO“"
            ]
        );
        assert_eq!(mended(&RULE, &[(DECISIONS, text)]), ["  - opatreni: I/1", "    stav: PLNĚNO"]);
    }

    #[test]
    fn comments_are_looked_into() {
        const COMMENTS: &str = "obdobi/2023/pripominky.csv";
        let text = "subjekt;opatreni;cast;text;vyporadani\nzdravotnictví;i/1;;Takto.;Částečně přijato\nOZ;;úvod;Takto.;přijato\n";
        assert_eq!(
            mended(&RULE, &[(COMMENTS, text)]),
            [
                "OZ;i/1;;Takto.;Částečně přijato",
                "zdravotnictví;I/1;;Takto.;Částečně přijato",
                "zdravotnictví;i/1;;Takto.;přijato částečně"
            ]
        );
    }

    #[test]
    fn several_bodies_in_one_text_and_conditions_stay_as_they_are() {
        let text = edited("opatreni/02.yaml", "odpovednost: [OZ]", "odpovednost: kú / oz");
        let text = text.replace("průběžně do 12/2027", "Po přijetí zákona");
        assert_eq!(findings(&RULE, &[("opatreni/02.yaml", &text)]), Vec::<String>::new());
    }

    #[test]
    fn line_ends_of_windows_are_one_finding_a_file() {
        let text = edited(PATH, "predkladatel: OSV\n", "predkladatel: OSV\r\n");
        assert_eq!(
            findings(&RULE, &[(PATH, &text)]),
            ["obdobi/2023/podklady/osv.yaml:1:1: řádky končí jako ve Windows (CRLF), obvyklé je LF"]
        );
    }

    #[test]
    fn the_usual_spelling_is_no_finding() {
        assert_eq!(findings(&RULE, &[]), Vec::<String>::new());
    }
}
