//! Where things stand in documents whose names are long and whose tables go over pages.

use std::fs;

use crate::small_region::{CANCELLED, MEASURE, STRATEGY, documents, region};

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

fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).unwrap_or_else(|| panic!("no {from}")).0
}

#[test]
fn long_names_of_statuses_leave_room_for_texts_in_word() {
    let texts = documents_of("Rozpracováváno", "Rodiny", "odbor sociální", &["informace"]);
    let table = texts["informace-2025.docx"].split("w:tblCaption w:val=\"Opatření podle gestorů a stavu\"").nth(1);
    let table = table.unwrap().split("</w:tbl>").next().unwrap();
    let grid = between(table, "<w:tblGrid>", "</w:tblGrid>");
    let widths = grid.split("w:w=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap());
    let widths: Vec<u32> = widths.collect();
    assert_eq!(widths.iter().sum::<u32>(), 9638, "{widths:?}");
    assert!(widths[0] >= 1550 && widths[6] >= 1350, "{widths:?}");
    // The heading, the body with sixty measures and the one with a single one.
    let rows: Vec<bool> = table.split("<w:tr>").skip(1).map(|row| row.contains("<w:cantSplit/>")).collect();
    assert_eq!(rows, [true, false, true]);
}

#[test]
fn a_long_name_of_a_status_has_a_line_of_its_own_in_the_first_chart() {
    for (status, lines) in [
        (
            "Plněno částečně nebo zahájeno v ORP",
            [("dlouhy\" x=\"0\" y=\"120\"", 1), ("y=\"138\" text-anchor=\"end\"", 1)],
        ),
        ("Plněno částečně", [("dlouhy\" x=\"0\" y=\"120\"", 0), ("y=\"120\" text-anchor=\"end\"", 1)]),
    ] {
        let texts = documents_of(status, "Rodiny", "odbor sociální", &["informace"]);
        let chart = between(&texts["informace-2025.html"], "aria-labelledby=\"graf-celek-nazev\"", "</svg>");
        for (line, count) in lines {
            assert_eq!(chart.matches(line).count(), count, "{status}, {line}: {chart}");
        }
    }
}

#[test]
fn labels_of_charts_are_not_longer_than_the_charts() {
    let long = "podpora rodin s dětmi ".repeat(10);
    let name = long.trim();
    let texts = documents_of("PROBÍHÁ ZČÁSTI", name, name, &["informace", "srovnani"]);
    for (page, n_labels) in [("informace-2025.html", 2), ("srovnani-2025.html", 1)] {
        let text = &texts[page];
        let labels = text.split("<text class=\"dlouhy\"").skip(1).map(|rest| rest.split("</text>").next().unwrap());
        let labels: Vec<&str> = labels.filter(|label| label.contains("podpora rodin")).collect();
        assert_eq!(labels.len(), n_labels, "{page}");
        for label in labels {
            let (_, label) = label.rsplit_once("</tspan>").unwrap();
            assert!(label.chars().count() < 110, "{page}: {label}");
        }
        assert!(text.contains(name), "the whole name stands in the table of {page}");
    }
}

/// The periods 2024 and 2025, after which one measure is new and another one is no longer followed.
fn changed_measures() -> std::collections::BTreeMap<String, String> {
    let new = CANCELLED.replace("zruseni", "vznik");
    let measures: String = [(2, CANCELLED), (3, &new)]
        .map(|(number, change)| format!("{}{change}", MEASURE.replace("cislo: 1", &format!("cislo: {number}"))))
        .concat();
    documents(region(STRATEGY, &format!("{MEASURE}{measures}")).path(), "2025", &["srovnani"])
}

#[test]
fn the_table_of_transitions_and_what_leads_to_a_table_are_on_its_page_in_word() {
    let texts = changed_measures();
    let text = &texts["srovnani-2025.docx"];
    let table = between(text, "<w:tblCaption w:val=\"Přechody mezi stavy\"/>", "</w:tbl>");
    let rows: Vec<&str> = table.split("<w:tr>").skip(1).collect();
    assert_eq!(rows.len(), 7, "{table}");
    assert!(rows[5].contains("Nová opatření") && rows[0].contains("Zaniklá"), "{table}");
    // Headings are kept by their style.
    for row in &rows[1..6] {
        assert_eq!(row.matches("<w:p>").count(), row.matches("<w:keepNext/>").count(), "{row}");
    }
    let (before, _) = text.split_once("Opatření s více gestory").unwrap();
    assert!(before.rsplit("<w:p>").next().unwrap().contains("<w:keepNext/>"), "{before}");
}

#[test]
fn headings_of_a_second_row_stand_over_their_numbers_in_the_page() {
    let texts = changed_measures();
    let page = &texts["srovnani-2025.html"];
    assert_eq!(page.matches("rowspan=\"2\"").count(), 4, "the tables of statuses and transitions");
    let (_, style) = page.split_once("thead tr + tr th:first-child {").unwrap();
    assert!(style.split('}').next().unwrap().contains("text-align: right"), "{style}");
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
