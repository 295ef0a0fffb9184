//! Evidence that is neither a web address nor a file of the period.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity, did_you_mean, nearest};
use crate::markup::is_safe_url;
use crate::model::{MeasureId, composed, fold, one_line};
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::Text;

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatny-doklad",
    severity: Severity::Warning,
    title: "Doklad není webová adresa ani soubor v datech",
    explanation: "Doklad se má dát otevřít. Proto je to buď adresa začínající https:// nebo http://, nebo soubor ve složce „dukazy“ daného období, zapsaný od složky období: „dukazy/zapis.pdf“. Uvedený doklad není ani jedno, nebo takový soubor v datech není.",
    example: "kriteria:\n  - {kriterium: metodika, doklad: metodika je uložena na odboru}",
    mend: "Napište celou adresu včetně https://, nebo vložte soubor do složky obdobi/ROK/dukazy a napište „dukazy/“ a jeho jméno. Vysvětlení patří do komentáře.",
    checks: &[Check::Period(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    // Most evidence is on the web, and there may be thousands of files.
    let files = LazyCell::new(|| Evidence::of_period(facts));
    for submission in facts.submissions() {
        for evidence in submission.criteria.iter().filter_map(|reported| reported.evidence.as_ref()) {
            let written = composed(evidence.value.trim());
            if !written.is_empty() && !is_web_address(&written) && !files.paths.contains(&*written) {
                diagnostics.push(finding(evidence, &files, facts, submission.measure.value));
            }
        }
    }
}

/// The files that evidence may point at.
struct Evidence {
    /// Their paths below the period's folder; some systems hand names out decomposed.
    paths: BTreeSet<String>,
    /// The first path of each name, letter case and diacritics aside.
    by_name: BTreeMap<String, String>,
}

impl Evidence {
    fn of_period(facts: &PeriodFacts<'_>) -> Self {
        let folder = format!("obdobi/{}/", facts.period.folder);
        let below = facts.files.iter().filter_map(|(_, file)| file.path().strip_prefix(&folder));
        let below = below.filter(|path| path.starts_with("dukazy/"));
        let paths: BTreeSet<String> = below.map(|path| composed(path).into_owned()).collect();
        let mut by_name = BTreeMap::new();
        for path in &paths {
            by_name.entry(name_of(path)).or_insert_with(|| path.clone());
        }
        Self { paths, by_name }
    }

    /// The file that was probably meant: one of the same name, or else of nearly the same path. Among
    /// very many, some path is always near, and to find it takes long.
    fn meant(&self, written: &str) -> Option<&str> {
        let same_name = self.by_name.get(&name_of(written)).map(String::as_str);
        let similar = || nearest(written, self.paths.iter().map(String::as_str));
        same_name.or_else(|| if self.paths.len() > MANY_FILES { None } else { similar() })
    }
}

/// With more files than this none is looked for by a similar name.
const MANY_FILES: usize = 100;

/// The name of a file without its folders, letter case and diacritics.
fn name_of(path: &str) -> String {
    fold(path.rsplit(['/', '\\']).next().unwrap_or(path))
}

/// One address and no more: a second one behind it would be part of the first.
fn is_web_address(text: &str) -> bool {
    is_safe_url(text) && begins_address(text) && !has_another_address(text)
}

fn begins_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

/// Whether another address follows behind a mark that parts them. Addresses of archives hold others.
fn has_another_address(text: &str) -> bool {
    let text = text.split(['?', '#']).next().unwrap_or_default();
    text.match_indices("http").any(|(at, _)| at > 0 && text[..at].ends_with([';', ',']) && begins_address(&text[at..]))
}

fn finding(evidence: &Text, files: &Evidence, facts: &PeriodFacts<'_>, measure: MeasureId) -> Diagnostic {
    let written = one_line(&evidence.value);
    let help = match files.meant(&written) {
        Some(path) => did_you_mean(path),
        None if written.matches("://").count() > 1 => {
            "do pole patří jediná adresa; ostatní napište do komentáře".to_owned()
        }
        None if begins_address(&written) && written.contains(' ') => {
            "mezery v adrese zapište jako %20; je-li za ní vysvětlení, patří do komentáře".to_owned()
        }
        None if written.starts_with("www.") => format!("napište „https://{written}“"),
        None => format!(
            "napište adresu, která začíná https://, nebo vložte soubor do složky obdobi/{}/dukazy a napište „dukazy/JMÉNO-SOUBORU“",
            facts.period.folder
        ),
    };
    let message = format!("doklad „{written}“ není webová adresa ani soubor v datech");
    Diagnostic::new(&RULE, evidence.place, message).measure(measure).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{edited, findings, helps};

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";
    const FILE: (&str, &str) = ("obdobi/2023/dukazy/Zápis 1.pdf", "%PDF");

    fn with_evidence(evidence: &str) -> String {
        edited(PATH, "hodnota: 4,", &format!("hodnota: 4, doklad: {evidence},"))
    }

    #[test]
    fn what_cannot_be_opened_is_found_where_it_stands() {
        let where_to = "napište adresu, která začíná https://, nebo vložte soubor do složky obdobi/2023/dukazy a napište „dukazy/JMÉNO-SOUBORU“";
        for (evidence, help) in [
            ("zápis je na odboru", where_to),
            ("mailto:osv@example.cz", where_to),
            ("www.example.cz/zapis", "napište „https://www.example.cz/zapis“"),
            (
                "https://example.cz/Zápis 1. schůze.pdf",
                "mezery v adrese zapište jako %20; je-li za ní vysvětlení, patří do komentáře",
            ),
            ("https://example.cz/a;https://example.cz/b", "do pole patří jediná adresa; ostatní napište do komentáře"),
            ("https://example.cz/a https://example.cz/b", "do pole patří jediná adresa; ostatní napište do komentáře"),
            ("Zápis 1.pdf", "nemysleli jste „dukazy/Zápis 1.pdf“?"),
            ("dukazy\\zapis 1.PDF", "nemysleli jste „dukazy/Zápis 1.pdf“?"),
            ("dukazy/Zápis 2.pdf", "nemysleli jste „dukazy/Zápis 1.pdf“?"),
            ("../2023/dukazy/Zápis 1.pdf", "nemysleli jste „dukazy/Zápis 1.pdf“?"),
            ("/etc/passwd", where_to),
            ("obdobi.yaml", where_to),
            ("podklady/osv.yaml", where_to),
        ] {
            let text = with_evidence(evidence);
            let changes = [(PATH, text.as_str()), FILE];
            let message = format!("doklad „{evidence}“ není webová adresa ani soubor v datech");
            assert_eq!(findings(&RULE, &changes), [format!("{PATH}:10:59: {message}")]);
            assert_eq!(helps(&RULE, &changes), [help], "{evidence}");
        }
    }

    #[test]
    fn csv_is_looked_into() {
        let csv = "opatreni;stav;komentar;kriterium;hodnota;doklad\nI/1;PLNĚNO;;metodika;;u nás\n";
        assert_eq!(
            findings(&RULE, &[("obdobi/2023/podklady/oz.csv", csv)]),
            ["obdobi/2023/podklady/oz.csv:2:23: doklad „u nás“ není webová adresa ani soubor v datech"]
        );
    }

    #[test]
    fn addresses_and_files_of_the_period_are_not_found() {
        for evidence in [
            "\"https://example.cz/zapis\"",
            "\"HTTP://example.cz\"",
            "\"https://web.archive.org/web/2023/https://example.cz/a,b;c\"",
            "\"https://example.cz/?urls=https://a.cz,https://b.cz\"",
            "dukazy/Zápis 1.pdf",
            "dukazy/Za\u{301}pis 1.pdf",
            "\"\"",
        ] {
            assert_eq!(findings(&RULE, &[(PATH, &with_evidence(evidence)), FILE]), [""; 0], "{evidence}");
        }
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }

    #[test]
    fn among_very_many_files_one_is_known_by_its_name_alone() {
        let paths: Vec<String> = (0..=MANY_FILES).map(|n| format!("obdobi/2023/dukazy/zapis-{n:03}.pdf")).collect();
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "%PDF")).collect();
        let help = |evidence: &str, n_files: usize| {
            let text = with_evidence(evidence);
            let changes: Vec<(&str, &str)> = files[..n_files].iter().copied().chain([(PATH, text.as_str())]).collect();
            helps(&RULE, &changes).concat()
        };
        assert_eq!(help("zapis-007.PDF", MANY_FILES + 1), "nemysleli jste „dukazy/zapis-007.pdf“?");
        assert_eq!(help("dukazy/zapis-007.pd", MANY_FILES), "nemysleli jste „dukazy/zapis-007.pdf“?");
        assert!(help("dukazy/zapis-007.pd", MANY_FILES + 1).starts_with("napište adresu"));
        assert!(help("dukazy/zapis-07.pdf", MANY_FILES).starts_with("napište adresu"), "many are as near");
    }

    #[test]
    fn a_file_of_another_period_is_found() {
        let text = with_evidence("dukazy/Zápis 1.pdf");
        assert_eq!(findings(&RULE, &[(PATH, &text), ("obdobi/2021/dukazy/Zápis 1.pdf", "x")]).len(), 1);
    }
}
