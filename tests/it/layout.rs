//! Where things stand in documents whose names are long and whose tables go over pages.

use std::fs;

use crate::small_region::{MEASURE, STRATEGY, documents, region};

/// The region with a status, an area and a body of long names.
fn documents_of(status: &str, area: &str, body: &str, names: &[&str]) -> std::collections::BTreeMap<String, String> {
    let measures: String = (2..=60)
        .map(|number| {
            format!(
                "  - {{cislo: {number}, popis: poradna, indikator: poradna, termin: 12/2030, odpovednost: [OSS],\n     \
                 kriteria: [{{nazev: poradna, druh: vystup}}]}}\n"
            )
        })
        .collect();
    let region = region(&STRATEGY.replace("PROBÍHÁ ZČÁSTI", status), &format!("{MEASURE}{measures}"));
    for (path, from, to) in
        [("opatreni/01.yaml", "nazev: Rodiny", area), ("subjekty.yaml", "nazev: odbor sociální", body)]
    {
        let path = region.path().join("data").join(path);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replacen(from, &format!("nazev: {to}"), 1)).unwrap();
    }
    documents(region.path(), "2025", names)
}

#[test]
fn no_sum_stands_alone_on_a_page_in_word() {
    let texts = documents_of("PROBÍHÁ ZČÁSTI", "Rodiny", "odbor sociální", &["informace", "srovnani"]);
    for (name, n_sums) in [("informace-2025.docx", 2), ("srovnani-2025.docx", 3)] {
        let tables: Vec<&str> =
            texts[name].split("<w:tbl>").skip(1).filter(|table| table.contains("w:lastRow=\"1\"")).collect();
        assert_eq!(tables.len(), n_sums, "{name}");
        for table in tables {
            let rows: Vec<&str> = table.split("</w:tbl>").next().unwrap().split("<w:tr>").skip(1).collect();
            let last = rows[rows.len() - 2];
            assert_eq!(last.matches("<w:p>").count(), last.matches("<w:keepNext/>").count(), "{name}: {last}");
        }
    }
}
