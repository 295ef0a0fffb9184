//! A period whose name, folder and days do not go together.

use crate::diagnostic::{Diagnostic, Severity};
use jiff::civil::Date;

use crate::model::{Year, czech_date, is_long, one_line};
use crate::rules::{Check, PeriodFacts, Rule};
use crate::source::{Located, Place, Text};

/// The rule.
pub static RULE: Rule = Rule {
    code: "neplatne-obdobi",
    severity: Severity::Error,
    title: "Období si odporuje",
    explanation: "Období se jmenuje podle svého posledního roku; stejně se jmenuje jeho složka a v tomto roce období končí. Začíná až po konci dřívějšího období a netrvá déle než třicet let. Podklady se odevzdávají až po jeho konci, nejdéle do roka. Den, ke kterému se plnění vyhodnocuje, není dřív než začátek období ani víc než rok po jeho konci: pozdější stav patří do dalšího období.",
    example: "# data/obdobi/2025/obdobi.yaml\nobdobi: 2023",
    mend: "Srovnejte klíč „obdobi“, název složky a dny „od“, „do“, „ke_dni“ a „termin_podkladu“.",
    checks: &[Check::Period(check)],
};

fn check(facts: &PeriodFacts<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let period = facts.period;
    let earlier = facts.earlier.iter().map(|evaluated| evaluated.period);
    if let Some(other) = earlier.rev().find(|other| other.overlaps(period.from.value, period.to)) {
        let message = format!("období {} začíná dřív, než skončí období {}", period.year, other.year);
        diagnostics.push(Diagnostic::new(&RULE, period.from.place, message).help(format!(
            "období {} trvá do {}; opravte „od“, nebo jeho „do“",
            other.year,
            czech_date(other.to, ' ')
        )));
    // An earlier program did not ask for it.
    } else if period.freeze.is_none() && is_long(period.from.value, period.to) {
        diagnostics.push(lasts_long(&period.from, period.to));
    }
}

/// A first day so long ago that another year was meant.
fn lasts_long(from: &Located<Date>, to: Date) -> Diagnostic {
    let days = [from.value, to].map(|day| czech_date(day, ' '));
    Diagnostic::new(&RULE, from.place, format!("období trvá déle než třicet let: od {} do {}", days[0], days[1]))
        .help("opravte rok v klíči „od“")
}

/// A name that is no year.
pub fn not_a_year(name: &Text) -> Diagnostic {
    Diagnostic::new(&RULE, name.place, format!("„{}“ není rok", one_line(&name.value)))
        .help("napište poslední rok období, například 2023")
}

/// A name that is not the folder's; `is_there` when another folder has that name.
pub fn other_folder(name: &Text, folder: &str, is_there: bool) -> Diagnostic {
    let year = name.value.trim();
    let help = match (Year::parse(folder), is_there) {
        (Some(_), true) => {
            format!("složka „{year}“ tu je také: je-li tato pro rok {folder}, napište „obdobi: {folder}“")
        }
        (Some(_), false) => format!("přejmenujte složku na „{year}“, nebo napište „obdobi: {folder}“"),
        (None, true) => format!(
            "složka „{year}“ tu je také: tuto smažte, a má-li to být jiné období, přejmenujte ji podle jeho posledního roku a opravte „obdobi“"
        ),
        (None, false) => format!("složka se jmenuje podle posledního roku období; přejmenujte ji na „{year}“"),
    };
    Diagnostic::new(&RULE, name.place, format!("období {year} leží ve složce „{folder}“")).help(help)
}

/// Days in the wrong order.
pub fn ends_before_it_begins(to: &Located<Date>, from: Place) -> Diagnostic {
    Diagnostic::new(&RULE, to.place, "období končí dřív, než začíná")
        .related(from, "začíná zde")
        .help("opravte „od“ nebo „do“")
}

/// A last day in another year than the period is named after.
pub fn ends_in_another_year(to: &Located<Date>, year: Year) -> Diagnostic {
    Diagnostic::new(&RULE, to.place, format!("období {year} končí v roce {}", to.value.year()))
        .help("období se jmenuje podle svého posledního roku")
}

/// Submissions that would be due before there is anything to report.
pub fn due_before_its_end(due: &Located<Date>, end: Place) -> Diagnostic {
    Diagnostic::new(&RULE, due.place, "podklady se mají odevzdat dřív, než období skončí")
        .related(end, "období končí zde")
        .help("napište den po konci období, nebo klíč „termin_podkladu“ smažte")
}

/// Submissions that would be due more than a year after the period.
pub fn due_long_after_its_end(due: &Located<Date>, end: Place) -> Diagnostic {
    Diagnostic::new(&RULE, due.place, "podklady se mají odevzdat víc než rok po konci období")
        .related(end, "období končí zde")
        .help(HELP_ON_DUE)
}

/// The day of the verdicts before anything of the period could be done.
pub fn judged_before_it_begins(day: &Located<Date>, from: Place) -> Diagnostic {
    Diagnostic::new(&RULE, day.place, "plnění se má vyhodnotit ke dni, kdy období ještě nezačalo")
        .related(from, "období začíná zde")
        .help(HELP_ON_CUT_OFF)
}

/// The day of the verdicts more than a year after the period: a report is drawn up in the year that follows, and
/// whatever was done later is a matter of the next one.
pub fn judged_long_after_it_ends(day: &Located<Date>, to: Place) -> Diagnostic {
    Diagnostic::new(&RULE, day.place, "plnění se má vyhodnotit ke dni víc než rok po konci období")
        .related(to, "období končí zde")
        .help(HELP_ON_CUT_OFF)
}

/// Whether a finding is about a day that is not likely, be it possible: what an earlier program did not ask.
pub fn is_about_unlikely_day(found: &Diagnostic) -> bool {
    std::ptr::eq(found.rule, &RULE)
        && found.help.as_deref().is_some_and(|help| [HELP_ON_CUT_OFF, HELP_ON_DUE].contains(&help))
}

const HELP_ON_DUE: &str = "opravte rok v klíči „termin_podkladu“";

const HELP_ON_CUT_OFF: &str = "opravte rok; je-li to poslední den období, klíč „ke_dni“ můžete smazat";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{dataset, edited, findings, helps, run};

    const PATH: &str = "obdobi/2023/obdobi.yaml";

    #[test]
    fn what_does_not_go_together_is_found_where_it_stands() {
        for (from, to, at, message) in [
            ("obdobi: 2023", "obdobi: 2022–2023", "1:9", "„2022–2023“ není rok"),
            ("obdobi: 2023", "obdobi: 2025", "1:9", "období 2025 leží ve složce „2023“"),
            ("od: 2022-01-01", "od: 2024-01-01", "3:5", "období končí dřív, než začíná"),
            ("do: 2023-12-31", "do: 2024-12-31", "3:5", "období 2023 končí v roce 2024"),
            (
                "do: 2023-12-31",
                "do: 2023-12-31\ntermin_podkladu: 2023-12-31",
                "4:18",
                "podklady se mají odevzdat dřív, než období skončí",
            ),
            (
                "do: 2023-12-31",
                "do: 2023-12-31\ntermin_podkladu: 2051-01-31",
                "4:18",
                "podklady se mají odevzdat víc než rok po konci období",
            ),
            // One slip is one finding, whatever else lies before or behind it then.
            ("do: 2023-12-31", "do: 2024-06-30\ntermin_podkladu: 2024-01-31", "3:5", "období 2023 končí v roce 2024"),
            (
                "od: 2022-01-01\ndo: 2023-12-31",
                "od: 2023-12-31\ndo: 2022-01-01\ntermin_podkladu: 2051-01-31",
                "3:5",
                "období končí dřív, než začíná",
            ),
            (
                "od: 2022-01-01",
                "od: 1922-01-01",
                "2:5",
                "období trvá déle než třicet let: od 1. 1. 1922 do 31. 12. 2023",
            ),
            (
                "od: 2022-01-01",
                "od: 1993-12-31",
                "2:5",
                "období trvá déle než třicet let: od 31. 12. 1993 do 31. 12. 2023",
            ),
            (
                "ke_dni: 2023-12-31",
                "ke_dni: 2021-12-31",
                "4:9",
                "plnění se má vyhodnotit ke dni, kdy období ještě nezačalo",
            ),
            (
                "ke_dni: 2023-12-31",
                "ke_dni: 2025-01-01",
                "4:9",
                "plnění se má vyhodnotit ke dni víc než rok po konci období",
            ),
        ] {
            let text = edited(PATH, from, to);
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:{at}: {message}")], "{to}");
            let found = run(&RULE, &dataset(&[(PATH, &text)])).remove(0);
            assert_eq!(is_about_unlikely_day(&found), to.starts_with("ke_dni") || message.contains("víc než"), "{to}");
        }
    }

    #[test]
    fn a_folder_of_another_name_is_to_be_called_by_the_last_year() {
        for (folder, said, help) in [
            (
                "2023 – kopie",
                "2023",
                "složka „2023“ tu je také: tuto smažte, a má-li to být jiné období, přejmenujte ji podle jeho posledního roku a opravte „obdobi“",
            ),
            ("2024-2025", "2025", "složka se jmenuje podle posledního roku období; přejmenujte ji na „2025“"),
            ("2025", "2023", "složka „2023“ tu je také: je-li tato pro rok 2025, napište „obdobi: 2025“"),
            ("2025", "2026", "přejmenujte složku na „2026“, nebo napište „obdobi: 2025“"),
        ] {
            let path = format!("obdobi/{folder}/obdobi.yaml");
            let text = edited(PATH, "obdobi: 2023", &format!("obdobi: {said}"));
            let message = format!("{path}:1:9: období {said} leží ve složce „{folder}“");
            assert_eq!(findings(&RULE, &[(&path, &text)]), [message]);
            assert_eq!(helps(&RULE, &[(&path, &text)]), [help]);
        }
    }

    #[test]
    fn a_period_that_begins_before_another_ends_is_found_at_its_beginning() {
        let of = |from: &str| format!("obdobi: 2025\nod: {from}\ndo: 2025-12-31\n");
        for (from, is_found) in
            [("2023-12-31", true), ("2021-01-01", true), ("1924-01-01", true), ("2024-01-01", false)]
        {
            let later = of(from);
            let found = findings(&RULE, &[("obdobi/2025/obdobi.yaml", &later)]);
            let message = "obdobi/2025/obdobi.yaml:2:5: období 2025 začíná dřív, než skončí období 2023";
            assert_eq!(found, if is_found { vec![message] } else { vec![] }, "{from}");
        }
    }

    #[test]
    fn a_day_of_the_verdicts_may_be_any_in_the_period_or_the_year_after() {
        for day in ["2022-01-01", "2023-11-30", "2024-06-30", "2024-12-31"] {
            let text = edited(PATH, "ke_dni: 2023-12-31", &format!("ke_dni: {day}"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{day}");
        }
    }

    #[test]
    fn a_period_of_one_day_or_of_ten_years_is_not_found() {
        assert_eq!(findings(&RULE, &[]), [""; 0]);
        for from in ["2023-12-31", "2014-01-01"] {
            let text = edited(PATH, "od: 2022-01-01", &format!("od: {from}"));
            assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0], "{from}");
        }
        let text = edited(PATH, "ke_dni: 2023-12-31", "termin_podkladu: 2024-12-31");
        assert_eq!(findings(&RULE, &[(PATH, &text)]), [""; 0]);
    }
}
