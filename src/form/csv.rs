//! The form as CSV that Czech Excel opens: UTF-8 with a byte order mark, semicolons, CRLF. The first
//! record holds the marks, the second the titles of columns.

use ::csv::{Terminator, WriterBuilder};

use crate::excel::formulas::harmless;
use crate::form::layout::{Column, MARKS_WORD};
use crate::form::rows::rows;
use crate::form::{Form, Format};

/// The format.
pub static FORMAT: Format = Format { name: "csv", title: "CSV pro Excel", write };

fn write(form: &Form) -> anyhow::Result<Vec<u8>> {
    let mut bytes = "\u{FEFF}".as_bytes().to_vec();
    let mut writer =
        WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).flexible(true).from_writer(&mut bytes);
    let marks = form.marks();
    let pairs = marks.pairs();
    writer.write_record(std::iter::once(MARKS_WORD).chain(pairs.iter().flat_map(|(key, value)| [*key, *value])))?;
    writer.write_record(Column::ALL.map(Column::title))?;
    for row in rows(form) {
        writer.write_record(Column::ALL.map(|column| harmless(&row.text(column))))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::testing::{form, form_of};
    use crate::rules::testing::edited;

    fn text(form: &Form) -> String {
        String::from_utf8(write(form).expect("it can be written")).expect("it is UTF-8")
    }

    #[test]
    fn it_opens_right_in_czech_excel() {
        let form = form("OSV");
        let marks = format!("plneni-formular;verze;1;obdobi;2025;subjekt;OSV;otisk;{}", form.fingerprint);
        let expected = [
            marks.as_str(),
            "Opatření;Role;Popis;Indikátor;Termín;Minule;Minulý komentář;Kritérium;Stav;Hodnota;Doklad;Komentář",
            "I/1;gestor;metodiku bydlení;metodika;12/2024;ČÁSTEČNĚ;Metodika je rozpracovaná.;;;;;",
            "I/1;;;;;;;metodika;;;;",
            "I/2;gestor;případové konference;Počet konferencí, počet účastníků;průběžně do 12/2027;PLNĚNO;Konaly se konference.;;;;;",
            "I/2;;;;;;;Počet konferencí;;;;",
            "I/2;;;;;;;Počet účastníků;;;;",
            "",
        ];
        assert_eq!(text(&form).strip_prefix('\u{FEFF}'), Some(expected.join("\r\n").as_str()));
    }

    #[test]
    fn reference_texts_are_never_run_as_formulas() {
        let path = "opatreni/01.yaml";
        let changed = edited(path, "popis: metodiku bydlení", "popis: =1+1;\"x\"");
        let text = text(&form_of("OSV", &[(path, &changed)]));
        assert!(text.contains(r#"I/1;gestor;"'=1+1;""x""";metodika"#), "{text}");
    }
}
