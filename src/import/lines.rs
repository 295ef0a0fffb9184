//! Forms in YAML: the marks are a comment in the first line, the rest is read as it is.

use crate::form::layout::{MARKS_WORD, Marks};
use crate::import::{Fault, Filled, Kind, Source, refused, unmarked};

/// Reads the marks.
pub(super) fn read(name: &str, text: String) -> (Option<Filled>, Vec<Fault>) {
    let line = text.trim_start().lines().next().unwrap_or_default();
    let written = line.split_once(MARKS_WORD).map_or("", |(_, written)| written);
    let Some(marks) = Marks::from_line(written) else { return refused(unmarked(name)) };
    let source = Source::Text(text.clone());
    (Some(Filled { name: name.to_owned(), marks, kind: Kind::Yaml, text, source }), Vec::new())
}

#[cfg(test)]
mod tests {
    use crate::form::find_format;
    use crate::import::testing::{form_of, judge};
    use crate::rules::testing::edited;

    #[test]
    fn a_body_with_a_comma_in_its_code_returns_its_form() {
        let code = "Spolek A, z. s.";
        let added = format!("druh: skupina}}\n  - {{kod: \"{code}\", nazev: spolek, druh: organizace}}");
        let bodies = edited("subjekty.yaml", "druh: skupina}", &added);
        let area = edited("opatreni/02.yaml", "odpovednost: [OZ]", &format!("odpovednost: [OZ, \"{code}\"]"));
        let more = [("subjekty.yaml", bodies.as_str()), ("opatreni/02.yaml", area.as_str())];
        let form = form_of(code, &more);
        for format in ["xlsx", "csv", "yaml"] {
            let format = find_format(format).expect("there is one");
            let mut bytes = (format.write)(&form).expect("it can be written");
            if format.name == "yaml" {
                let text = String::from_utf8(bytes).expect("it is UTF-8");
                bytes = text.replacen("    stav:\n", "    stav: PLNĚNO\n", 1).into_bytes();
            }
            let judged = judge(&[(format.name, &bytes)], &more);
            let findings = judged.findings.concat();
            assert_eq!(findings.contains("není nic vyplněno"), format.name != "yaml", "{findings}");
            let paths: Vec<&str> = judged.taken.iter().map(|taken| taken.path.as_str()).collect();
            assert_eq!(paths, ["obdobi/2025/podklady/spolek-a-z-s.yaml"], "{}: {findings}", format.name);
        }
    }
}
