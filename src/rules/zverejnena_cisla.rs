//! Published numbers that are not those the data give, or that contradict each other.

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Published, Status, czech_number, one_line, parse_number};
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::{Located, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "zverejnena-cisla",
    severity: Severity::Warning,
    title: "Zveřejněná čísla nesouhlasí",
    explanation: "Čísla, která byla za období zveřejněna, se liší od čísel vypočtených z podkladů, nebo nedávají dohromady počet opatření.",
    example: "zverejneno: {celkem: 109, splneno: 1, plneno: 21, castecne: 69, neplneno: 20}   # dohromady 111",
    mend: "Porovnejte podklady se zveřejněným dokumentem. Je-li chyba v dokumentu, čísla zde neměňte: zpráva na rozdíl upozorní.",
    checks: &[Check::WholePeriod(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(published) = &facts.period.published else { return };
    for (&status, number) in &published.by_status {
        let n_computed = facts.counts.get(status);
        if number.value != n_computed {
            diagnostics.push(other_count(&facts.strategy.status_short_name(status), number, n_computed));
        }
    }
    let n_measures = facts.counts.total();
    if published.total.value != n_measures {
        diagnostics.push(other_total(&published.total, n_measures));
    }
    if let Some(share) = &published.unfulfilled_share
        && let Some(percent) = percent(&share.value)
    {
        let n_unfulfilled = facts.counts.get(Status::Unfulfilled);
        let computed = n_unfulfilled as f64 * 100.0 / n_measures.max(1) as f64;
        // It may be rounded, and told in words such as „více než“ or „téměř“.
        if (percent - computed).abs() >= 2.0 {
            diagnostics.push(other_share(share, n_unfulfilled, n_measures, computed));
        }
    }
    let sum = published.by_status.values().map(|number| number.value).sum();
    // Where the four do give the number of measures, only the total is wrong, and that has been said.
    if sum != published.total.value && sum != n_measures {
        diagnostics.push(other_sum(published, sum, n_measures));
    }
}

fn other_count(status: &str, number: &Located<usize>, n_computed: usize) -> Diagnostic {
    let message = format!("zveřejněný počet opatření ve stavu {status} je {}, vypočtený {n_computed}", number.value);
    Diagnostic::new(&RULE, number.place, message).help(
        "porovnejte podklady se zveřejněným dokumentem; je-li chyba v dokumentu, číslo neměňte, zpráva na rozdíl upozorní",
    )
}

fn other_total(number: &Located<usize>, n_measures: usize) -> Diagnostic {
    let message = format!("zveřejněný počet všech opatření je {}, strategie jich má {n_measures}", number.value);
    Diagnostic::new(&RULE, number.place, message).help("porovnejte soubory opatření se strategií")
}

/// The number before the per cent sign.
fn percent(text: &str) -> Option<f64> {
    let (before, _) = text.split_once('%')?;
    let is_of_number = |c: char| c.is_ascii_digit() || c == ',';
    let before = before.trim_end();
    parse_number(&before[before.trim_end_matches(is_of_number).len()..])
}

fn other_share(share: &Text, n_unfulfilled: usize, n_measures: usize, computed: f64) -> Diagnostic {
    let computed = czech_number((computed * 10.0).round() / 10.0);
    let message = format!(
        "zveřejněný podíl „{}“ neodpovídá vypočteným {computed} % ({n_unfulfilled} z {n_measures})",
        one_line(&share.value)
    );
    Diagnostic::new(&RULE, share.place, message)
        .help("porovnejte ho se zveřejněným dokumentem; je-li chyba v dokumentu, podíl neměňte")
}

fn other_sum(published: &Published, sum: usize, n_measures: usize) -> Diagnostic {
    let numbers: Vec<String> = published.by_status.values().map(|number| number.value.to_string()).collect();
    let message =
        format!("zveřejněné počty {} dávají dohromady {sum}, opatření je ale {n_measures}", numbers.join(" + "));
    Diagnostic::new(&RULE, published.total.place, message)
        .help("zkontrolujte, zda jsou čísla opsána správně; je-li chyba v dokumentu, neměňte je, zpráva na ni upozorní")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{FILES, edited, findings};

    const PATH: &str = "obdobi/2023/obdobi.yaml";

    /// The small data set's own numbers are 0 + 1 + 2 + 0 = 3.
    fn published(total: &str, numbers: [&str; 4]) -> String {
        let [done, fulfilled, partly, unfulfilled] = numbers;
        let period = FILES.iter().find(|(path, _)| *path == PATH).map_or("", |(_, text)| text);
        format!(
            "{period}zverejneno:\n  celkem: {total}\n  splneno: {done}\n  plneno: {fulfilled}\n  castecne: {partly}\n  neplneno: {unfulfilled}\n"
        )
    }

    #[test]
    fn each_differing_number_and_the_sum_are_found_where_they_stand() {
        assert_eq!(
            findings(&RULE, &[(PATH, &published("3", ["0", "2", "2", "1"]))]),
            [
                "obdobi/2023/obdobi.yaml:8:11: zveřejněný počet opatření ve stavu PLNĚNO je 2, vypočtený 1",
                "obdobi/2023/obdobi.yaml:10:13: zveřejněný počet opatření ve stavu NEPLNĚNO je 1, vypočtený 0",
                "obdobi/2023/obdobi.yaml:6:11: zveřejněné počty 0 + 2 + 2 + 1 dávají dohromady 5, opatření je ale 3",
            ]
        );
    }

    #[test]
    fn statuses_are_called_as_the_report_calls_them() {
        let strategy = edited("strategie.yaml", "nazev: PLNĚNO", "nazev: PROBÍHÁ");
        let published = published("3", ["0", "0", "3", "0"]);
        assert_eq!(
            findings(&RULE, &[("strategie.yaml", &strategy), (PATH, &published)]),
            [
                "obdobi/2023/obdobi.yaml:8:11: zveřejněný počet opatření ve stavu PROBÍHÁ je 0, vypočtený 1",
                "obdobi/2023/obdobi.yaml:9:13: zveřejněný počet opatření ve stavu ČÁSTEČNĚ je 3, vypočtený 2",
            ]
        );
    }

    #[test]
    fn a_wrong_total_alone_is_one_finding() {
        assert_eq!(
            findings(&RULE, &[(PATH, &published("4", ["0", "1", "2", "0"]))]),
            ["obdobi/2023/obdobi.yaml:6:11: zveřejněný počet všech opatření je 4, strategie jich má 3"]
        );
    }

    #[test]
    fn another_share_is_found() {
        let agreeing = published("3", ["0", "1", "2", "0"]);
        for share in ["45 %", "více jak 2% opatření"] {
            let found = format!("{PATH}:11:19: zveřejněný podíl „{share}“ neodpovídá vypočteným 0 % (0 z 3)");
            assert_eq!(findings(&RULE, &[(PATH, &format!("{agreeing}  podil_neplneno: {share}\n"))]), [found]);
        }
    }

    #[test]
    fn numbers_that_agree_or_were_not_published_are_not_found() {
        let agreeing = published("3", ["0", "1", "2", "0"]);
        assert_eq!(findings(&RULE, &[(PATH, &agreeing)]), [""; 0]);
        for share in ["0 %", "méně než 1,5%", "1,9 %", "0,4 %", "žádné", "třetina"] {
            let text = format!("{agreeing}  podil_neplneno: {share}\n");
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{share}");
        }
        assert_eq!(findings(&RULE, &[]), [""; 0]);
    }
}
