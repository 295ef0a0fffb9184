//! A new period: whether its days can be, and the files it begins with. Pure: nothing is read or
//! written here.

use jiff::civil::Date;

use crate::model::{Period, Year, czech_date, is_long, is_long_after};

/// A period that is to be opened.
#[derive(Debug, Clone, Copy)]
pub struct Opening {
    /// Its name.
    pub year: Year,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Until when submissions are to come in.
    pub due: Date,
}

impl Opening {
    /// Why the period cannot be, in Czech; `None` when it can.
    pub fn fault<'a>(&self, others: impl IntoIterator<Item = &'a Period>) -> Option<String> {
        let Self { year, from, to, due } = *self;
        let told = |day| czech_date(day, ' ');
        if from > to {
            return Some(format!("období končí dřív, než začíná: od {} do {}", told(from), told(to)));
        }
        if i16::try_from(year.0) != Ok(to.year()) {
            return Some(format!("období {year} musí končit v roce {year}, ne {}", told(to)));
        }
        if is_long(from, to) {
            return Some(format!("období by trvalo déle než třicet let: od {} do {}", told(from), told(to)));
        }
        if is_long_after(due, to) {
            return Some(format!("termín podkladů ({}) je víc než rok po konci období ({})", told(due), told(to)));
        }
        if due <= to {
            return Some(format!("termín podkladů ({}) musí být až po posledním dni období ({})", told(due), told(to)));
        }
        let overlapped = others.into_iter().find(|other| other.overlaps(from, to))?;
        Some(format!(
            "období by se překrývalo s obdobím {}, které trvá od {} do {}",
            overlapped.year,
            told(overlapped.from.value),
            told(overlapped.to)
        ))
    }

    /// The files with their paths below the data folder.
    pub fn files(&self) -> [(String, String); 3] {
        let path = |name: &str| format!("obdobi/{}/{name}", self.year);
        [
            (path("obdobi.yaml"), self.definition()),
            (path("uvod.md"), INTRODUCTION.to_owned()),
            (path("shrnuti.md"), SUMMARY.to_owned()),
        ]
    }

    fn definition(&self) -> String {
        let Self { year, from, to, due } = self;
        format!(
            "# yaml-language-server: $schema=../../../schema/obdobi.schema.json\n\
             # Období se jmenuje podle svého posledního roku; stejně se jmenuje i tato složka.\n\
             obdobi: {year}\n\
             od: {from}\n\
             do: {to}\n\
             # Den, ke kterému se plnění vyhodnocuje.\n\
             ke_dni: {to}\n\
             # Do kdy mají gestoři odevzdat podklady. Soubory s nimi patří vedle, do složky podklady.\n\
             termin_podkladu: {due}\n\
             # Až bude zpráva předložena k připomínkám, odstraňte křížky a doplňte, komu:\n\
             #projednani:\n\
             #  - komise …\n"
        )
    }
}

const INTRODUCTION: &str = "\
{# Úvod zprávy. Dopište, co bylo v období jinak než dřív, kdo byl o podklady požádán a co zpráva
   nezachycuje. Počty pište proměnnými, aby souhlasily i po změně dat; všechny vypíše
   „plneni generate-report ROK --dump-context“. Tato poznámka se do zprávy nedostane. #}
O schválení {{ strategie.ve_2_pade.nazev }} (dále jen „{{ strategie.zkratka }}“) rozhodlo usnesení \
č. {{ strategie.usneseni }}{% if strategie.schvaleno %} ze dne {{ strategie.schvaleno | datum }}{% endif %}. \
Počet sledovaných opatření je {{ pocty.celkem }}, počet okruhů je {{ okruhy | length }}.

Tato informace vyhodnocuje plnění opatření ve sledovaném období {{ obdobi.nazev }}, a to k \
{{ obdobi.ke_dni | datum_ke_dni }}. Vychází z podkladů, které předložili gestoři opatření a spolupracující subjekty.
";

const SUMMARY: &str = "\
{# Shrnutí zprávy. Stojí za tabulkami s počty; napište sem, co z nich plyne a co má následovat.
   Počty pište proměnnými. Tato poznámka se do zprávy nedostane. #}
{% set po_terminu = k_projednani.po_terminu | length %}
{% if pocty.celkem == 1 %}
Jediné sledované opatření má za období {{ obdobi.nazev }} stav \
{{ stavy | selectattr(\"pocet\") | map(attribute=\"nazev\") | first }}; po termínu {{ \"je\" if po_terminu else \"není\" }}.
{% elif pocty.celkem %}
Z celkového počtu {{ pocty.celkem }} opatření \
{{ pocty.neplneno | sklon(\"nebylo\", \"nebyla\", \"nebylo\") }} ve sledovaném období {{ obdobi.nazev }} \
{{ pocty.neplneno | sklon(\"plněno\", \"plněna\", \"plněno\") }} {{ pocty.neplneno or \"žádné\" }}. \
Po termínu {{ po_terminu | sklon(\"je\", \"jsou\", \"je\") if po_terminu else \"není\" }} {{ po_terminu or \"žádné\" }} opatření.
{% endif %}
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::rules::testing::dataset;

    fn opening(year: u16, from: &str, to: &str, due: &str) -> Opening {
        let day = |text: &str| text.parse().expect("a date");
        Opening { year: Year(year), from: day(from), to: day(to), due: day(due) }
    }

    #[test]
    fn days_that_cannot_be_are_told() {
        let dataset = dataset(&[]);
        for (opening, fault) in [
            (opening(2025, "2024-01-01", "2025-12-31", "2026-01-31"), None),
            (opening(2021, "2020-01-01", "2021-12-31", "2022-01-31"), None),
            (opening(2025, "2025-12-31", "2024-01-01", "2026-01-31"), Some("končí dřív, než začíná")),
            (opening(2024, "2024-01-01", "2025-12-31", "2026-01-31"), Some("musí končit v roce 2024, ne 31. 12. 2025")),
            (
                opening(2025, "2024-01-01", "2025-12-31", "2025-12-31"),
                Some("(31. 12. 2025) musí být až po posledním dni období (31. 12. 2025)"),
            ),
            (
                opening(2025, "2024-01-01", "2025-12-31", "2025-06-30"),
                Some("termín podkladů (30. 6. 2025) musí být až po"),
            ),
            (
                opening(2025, "1924-01-01", "2025-12-31", "2026-01-31"),
                Some("trvalo déle než třicet let: od 1. 1. 1924"),
            ),
            (opening(2025, "2024-01-01", "2025-12-31", "2062-01-31"), Some("(31. 1. 2062) je víc než rok po konci")),
            (opening(2025, "2023-12-31", "2025-12-31", "2026-01-31"), Some("překrývalo s obdobím 2023")),
            (opening(2022, "2021-01-01", "2022-01-01", "2022-01-31"), Some("od 1. 1. 2022 do 31. 12. 2023")),
        ] {
            let found = opening.fault(dataset.periods());
            match fault {
                Some(words) => assert!(found.as_ref().is_some_and(|found| found.contains(words)), "{found:?}"),
                None => assert_eq!(found, None),
            }
        }
    }

    #[test]
    fn the_files_that_a_period_begins_with_have_no_findings() {
        let mut files = opening(2025, "2024-01-01", "2025-12-31", "2026-01-31").files();
        let is_fine = |files: &[(String, String)]| {
            let changes: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let dataset = dataset(&changes);
            let found = dataset.check(Some(Year(2025)));
            let is_in_them = |found: &&Diagnostic| dataset.files.path(found.place).starts_with("obdobi/2025/");
            let codes: Vec<&str> = found.iter().filter(is_in_them).map(|found| found.rule.code).collect();
            assert_eq!(codes, [""; 0]);
            assert_eq!(dataset.strategy.periods[&Year(2025)].narratives.len(), 2);
        };
        is_fine(&files);
        // As the file itself says: just the marks are taken away.
        files[0].1 = files[0].1.replace("#projednani:\n#  - komise …", "projednani:\n  - komise rady");
        assert!(files[0].1.contains("\nprojednani:\n"));
        is_fine(&files);
    }
}
