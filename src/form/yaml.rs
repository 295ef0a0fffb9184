//! The form as YAML: a file of submissions whose values are empty, with what is asked in comments
//! above each measure. Filled in whole, it is a file that the loader reads as it is.
//!
//! The schema's line is left out: a form is filled in who knows where, and an editor would complain
//! of a schema that is not there.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::form::layout::MARKS_WORD;
use crate::form::{Form, FormMeasure, Format, wording};
use crate::model::{CriterionKind, Status, one_line, wrapped};
use crate::yaml_text::on_one_line;

/// The format.
pub static FORMAT: Format = Format { name: "yaml", title: "YAML", write };

/// How long the lines of comments may be, in characters.
const LINE: usize = 100;
const BULLET: &str = "- ";
const SEND_BACK: &str = "pošlete zpět";

fn write(form: &Form) -> anyhow::Result<Vec<u8>> {
    let mut text = String::new();
    writeln!(text, "# {MARKS_WORD} {}", form.marks().line())?;
    text.push_str(&introduction(form));
    writeln!(text, "predkladatel: {}", on_one_line(&form.body))?;
    writeln!(text, "podklady:")?;
    for measure in &form.measures {
        text.push_str(&entry(measure)?);
    }
    Ok(text.into_bytes())
}

/// Until when a form was to come back when it was written, which may be another day by now.
pub fn due_in(text: &str) -> Option<Date> {
    let (_, behind) = text.split_once(SEND_BACK)?;
    let mut numbers = behind.strip_prefix(" do ")?.split('.').map(str::trim);
    let (day, month) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    Date::new(numbers.next()?.parse().ok()?, month, day).ok()
}

fn introduction(form: &Form) -> String {
    let codes = Status::ALL.map(Status::code).join(", ");
    let mut text = String::from("#\n");
    for paragraph in [
        wording::title(form),
        format!(
            "Doplňte hodnoty za dvojtečky a soubor {SEND_BACK} {}. Co nevíte, nechte prázdné. První řádek neměňte.",
            wording::until(form)
        ),
        format!("stav: {codes}; SPLNĚNO jen u opatření s pevným termínem"),
        "komentar: co se udělalo a s jakým výsledkem, nebo proč ne; zveřejní se, proto bez osobních údajů. Delší text začněte znakem | a pište ho na další řádky, odsazený o dvě mezery víc než slovo komentar.".to_owned(),
        "hodnota: číslo bez jednotek; doklad: webová adresa, nebo název přiloženého souboru".to_owned(),
    ] {
        text.push_str(&comment("", "", &paragraph));
    }
    text.push_str("#\n");
    for (name, definition) in wording::statuses(form) {
        text.push_str(&comment("", "", &name));
        for condition in definition {
            text.push_str(&comment("", BULLET, &condition));
        }
    }
    text
}

fn entry(measure: &FormMeasure) -> anyhow::Result<String> {
    let mut text = String::from("\n");
    let role = measure.role.word();
    let deadline = if measure.deadline.is_empty() { "není určen" } else { &measure.deadline };
    text.push_str(&comment("  ", "", &format!("{} | {role} | termín: {deadline}", measure.id)));
    text.push_str(&comment("  ", "", &measure.description));
    if let Some(indicator) = &measure.indicator {
        text.push_str(&comment("  ", "", &format!("Indikátor: {indicator}")));
    }
    if let Some(status) = measure.previous_status {
        text.push_str(&comment("  ", "", &format!("Minule: {status}")));
    }
    if let Some(previous) = &measure.previous_comment {
        text.push_str(&comment("  ", "> ", previous));
    }
    writeln!(text, "  - opatreni: {}\n    stav:\n    komentar:", measure.id)?;
    if !measure.criteria.is_empty() {
        writeln!(text, "    kriteria:")?;
    }
    for criterion in &measure.criteria {
        writeln!(text, "      - kriterium: {}", on_one_line(&criterion.name))?;
        if criterion.kind == CriterionKind::Count {
            writeln!(text, "        hodnota:")?;
        }
        writeln!(text, "        stav:\n        doklad:")?;
    }
    Ok(text)
}

/// A text as lines of a comment; each of its own lines is wrapped for itself. What a line continues
/// stands under the text of its bullet, not under the bullet.
fn comment(indent: &str, quote: &str, text: &str) -> String {
    let mut lines = String::new();
    for paragraph in text.lines().filter(|line| !line.trim().is_empty()) {
        for (index, line) in wrapped(&one_line(paragraph), LINE).iter().enumerate() {
            let begin = if index > 0 && quote == BULLET { "  " } else { quote };
            lines.push_str(&format!("{indent}# {begin}{line}\n"));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::form;
    use crate::rules::testing::dataset;

    fn text(code: &str) -> String {
        String::from_utf8(write(&form(code)).expect("it can be written")).expect("it is UTF-8")
    }

    #[test]
    fn the_marks_stand_in_the_first_line() {
        let fingerprint = form("OSV").fingerprint;
        let expected = format!("# plneni-formular verze: 1, obdobi: 2025, subjekt: OSV, otisk: {fingerprint}");
        assert_eq!(text("OSV").lines().next(), Some(expected.as_str()));
    }

    #[test]
    fn a_measure_is_an_empty_entry_under_what_is_asked() {
        let text = text("OSV");
        let expected = "
  # I/2 | gestor | termín: průběžně do 12/2027
  # případové konference
  # Indikátor: Počet konferencí, počet účastníků
  # Minule: PLNĚNO
  # > Konaly se konference.
  - opatreni: I/2
    stav:
    komentar:
    kriteria:
      - kriterium: Počet konferencí
        hodnota:
        stav:
        doklad:
      - kriterium: Počet účastníků
        hodnota:
        stav:
        doklad:
";
        assert!(text.ends_with(expected), "{text}");
    }

    #[test]
    fn filled_in_whole_it_is_read_as_a_file_of_submissions() {
        let filled = text("OSV")
            .replacen("stav:\n    komentar:", "stav: PLNĚNO\n    komentar: Hotovo.", 1)
            .replace("hodnota:\n        stav:", "hodnota: 4\n        stav: PLNĚNO");
        let period = "obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\n";
        let dataset =
            dataset(&[("obdobi/2025/obdobi.yaml", period), ("obdobi/2025/podklady/osv.yaml", filled.as_str())]);
        let messages: Vec<&String> = dataset.loading().iter().map(|found| &found.message).collect();
        assert!(messages.is_empty(), "{messages:?}");
        let period = dataset.strategy.periods.values().next_back().expect("there are periods");
        assert_eq!(period.submissions.iter().count(), 2);
    }

    #[test]
    fn comments_are_wrapped_and_no_word_is_lost() {
        let words = ["slovo"; 60].join(" ");
        let wrapped = comment("  ", "> ", &format!("{words}\n\nkonec"));
        assert!(
            wrapped.lines().all(|line| line.starts_with("  # > ") && line.chars().count() <= LINE + 6),
            "{wrapped}"
        );
        assert_eq!(wrapped.matches("slovo").count(), 60);
        assert!(wrapped.ends_with("\n  # > konec\n"), "{wrapped}");
        let item = comment("", BULLET, &words);
        assert_eq!(item.lines().filter(|line| line.starts_with("# - ")).count(), 1, "{item}");
    }
}
