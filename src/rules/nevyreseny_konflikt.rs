//! What git leaves in a file when two people changed the same lines and nobody chose.

use std::ops::Range;

use memchr::memmem;

use crate::diagnostic::{Diagnostic, Severity};
use crate::rules::Rule;
use crate::source::{FileId, Place};

/// The rule.
pub static RULE: Rule = Rule {
    code: "nevyreseny-konflikt",
    severity: Severity::Error,
    title: "V souboru zůstal nevyřešený konflikt gitu",
    explanation: "Dva lidé změnili totéž místo a git do souboru zapsal obě verze mezi řádky, které začínají „<<<<<<<“, „=======“ a „>>>>>>>“. Dokud mezi nimi nikdo nevybere, soubor se nečte.",
    example: "<<<<<<< HEAD\n  stav: PLNĚNO\n=======\n  stav: ČÁSTEČNĚ\n>>>>>>> oprava",
    mend: "Nechte v souboru jen verzi, která platí, a smažte druhou i s řádky „<<<<<<<“, „=======“ a „>>>>>>>“.",
    checks: &[],
};

const BEGINS: &str = "<<<<<<<";
const ENDS: &str = ">>>>>>>";

/// The lines that conflicts begin with, or, where no such line is left, those that they end with.
pub fn find(text: &str) -> Vec<Range<usize>> {
    let begin = lines_with(text, BEGINS);
    if begin.is_empty() { lines_with(text, ENDS) } else { begin }
}

/// The lines that begin with a mark and nothing like it: quotations of quotations have a blank between their signs.
fn lines_with(text: &str, mark: &str) -> Vec<Range<usize>> {
    let starts = memmem::find_iter(text.as_bytes(), mark).filter(|&at| at == 0 || text[..at].ends_with(['\n', '\r']));
    let lines = starts.map(|at| at..at + text[at..].find(['\n', '\r']).unwrap_or(text.len() - at));
    lines.filter(|line| matches!(text[line.start + mark.len()..line.end].chars().next(), None | Some(' '))).collect()
}

/// A conflict that begins or ends at a line.
pub fn finding(file: FileId, line: Range<usize>) -> Diagnostic {
    Diagnostic::new(&RULE, Place::new(file, line), "v souboru zůstal nevyřešený konflikt gitu").help(
        "nechte jen verzi, která platí, a smažte druhou i s řádky, které začínají „<<<<<<<“, „=======“ a „>>>>>>>“",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::freezing::testing::frozen_with;
    use crate::model::Year;
    use crate::rules::testing::{dataset, findings, helps};

    #[test]
    fn a_conflict_is_all_that_is_found_in_its_file() {
        let versions = |one: &str, other: &str| format!("<<<<<<< HEAD\n{one}=======\n{other}>>>>>>> oprava\n");
        let yaml = versions("predkladatel: OSV\n", "predkladatel: OZ\n");
        let later = format!("nazev: a\n{}<<<<<<< HEAD\r\n>>>>>>> b\n", versions("x: 1\n", ""));
        for (path, text, lines) in [
            ("obdobi/2023/podklady/osv.yaml", &yaml, &[1][..]),
            ("opatreni/01.yaml", &later, &[2, 6]),
            ("prijato.yaml", &format!("prijato:\n{}", versions("", "")), &[2]),
            ("obdobi/2023/podklady/osv.csv", &format!("opatreni;stav\n{}", versions("I/1;PLNĚNO\n", "")), &[2]),
            ("obdobi/2023/pripominky.csv", &format!("subjekt;text\n{}", versions("OZ;Ne.\n", "")), &[2]),
            ("obdobi/2023/uvod.md", &versions("Úvod A\n", "Úvod B\n"), &[1]),
            ("obdobi/2023/uvod.md", &"Úvod\n>>>>>>> oprava\n".to_owned(), &[2]),
            ("obdobi/2023/uvod.md", &"Úvod\n<<<<<<<".to_owned(), &[2]),
        ] {
            let expected: Vec<String> = lines
                .iter()
                .map(|line| format!("{path}:{line}:1: v souboru zůstal nevyřešený konflikt gitu"))
                .collect();
            assert_eq!(findings(&RULE, &[(path, text)]), expected, "{path}: {text}");
            let found = dataset(&[(path, text)]).check(None).into_iter();
            let errors: Vec<&str> =
                found.filter(|found| found.severity() == Severity::Error).map(|found| found.rule.code).collect();
            assert_eq!(errors, vec![RULE.code; lines.len()], "{path}: {text}");
        }
        assert_eq!(helps(&RULE, &[("obdobi/2023/uvod.md", "<<<<<<< HEAD\n")]).len(), 1);
    }

    #[test]
    fn signs_that_are_no_conflict_are_not_found() {
        for text in [
            "Úvod\n=======\n",
            "> > > > > > > citace\n",
            ">>>>>>>>> citace\n",
            " <<<<<<< HEAD\n",
            "Šipka <<<<<<< HEAD\n",
            "<<<<<<<HEAD\n",
        ] {
            assert_eq!(findings(&RULE, &[("obdobi/2023/uvod.md", text)]), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_is_frozen_is_read_as_it_was() {
        let introduction = ("obdobi/2023/uvod.md", "Úvod\n<<<<<<< HEAD\n");
        let frozen = frozen_with(Year(2023), &[introduction]);
        let kept: Vec<(&str, &str)> = frozen.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let kept = [&kept[..], &[introduction]].concat();
        assert_eq!(findings(&RULE, &kept), [""; 0]);
    }
}
