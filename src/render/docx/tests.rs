use super::*;
use crate::markup;
use crate::render::polish;

fn ooxml(text: &str) -> String {
    blocks(&markup::parse(text, &|_| true), "BodyText")
}

#[test]
fn numbered_lists_count_from_their_own_start() {
    let document = ooxml("3. tři\n4. čtyři\n   1. vnitřní\n5. pět\n\ntext\n\n1. jedna\n");
    let (settled, lists) = settle_lists(&document);
    let ids: Vec<&str> = settled.split("<w:numId w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids, ["101", "101", "102", "101", "103"]);
    let starts: Vec<_> = lists.iter().map(|list| (list.id, list.level, list.first)).collect();
    assert_eq!(starts, [(101, 0, 3), (102, 1, 1), (103, 0, 1)]);
}

#[test]
fn links_are_relationships_and_bookmarks() {
    let document = ooxml("viz IX/2, https://a.cz/?x=1&y=č a <https://a.cz/?x=1&y=č>");
    assert!(document.contains("w:anchor=\"opatreni_9_2\""), "{document}");
    let (settled, links) = settle_links(&document);
    assert_eq!(links.iter().map(|link| link.url.as_str()).collect::<Vec<_>>(), ["https://a.cz/?x=1&y=%C4%8D"]);
    assert_eq!(settled.matches("r:id=\"rIdAdresa1\"").count(), 2);
}

#[test]
fn long_anchors_that_begin_alike_are_different_bookmarks() {
    let names = ["sever", "jih"].map(|end| bookmark(&format!("gestor-detske-centrum-prispevkova-organizace-{end}")));
    assert!(names.iter().all(|name| name.len() == 40) && names[0] != names[1], "{names:?}");
    assert_eq!(bookmark("opatreni-9-2"), "opatreni_9_2");
}

#[test]
fn no_blocks_are_an_empty_paragraph() {
    assert_eq!(ooxml(""), "<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/></w:pPr></w:p>\n");
}

#[test]
fn what_announces_the_next_paragraph_stays_with_it() {
    let kept = |text: &str, style: &str| -> Vec<bool> {
        let paragraphs = blocks(&markup::parse(text, &|_| true), style);
        paragraphs.lines().map(|paragraph| paragraph.contains(KEEP)).collect()
    };
    for (text, expected) in [
        ("OSV (PLNĚNO):\n\nKurzy.", &[true, false][..]),
        ("**Konalo se:**\n\n- v obci:\n  - kurz\n- beseda:", &[true, true, false, false]),
        ("1. v obci:\n\n   kurz: ano", &[true, false]),
        ("Čas 9:00\n\nKurzy:", &[false, false]),
        ("OSV:\n\nOZ:\n\nKurzy.\n\nKonec", &[true, true, false, false]),
    ] {
        assert_eq!(kept(text, "BodyText"), expected, "{text}");
        assert!(!kept(text, STYLE_IN_TABLES).contains(&true), "{text}");
    }
    let numbered = ooxml("1. v obci:\n\n   kurz");
    assert!(numbered.contains("<w:pStyle w:val=\"ListNumber\"/><w:keepNext/><w:numPr>"), "{numbered}");
}

#[test]
fn each_level_of_a_list_is_a_level_of_its_own() {
    let text = "- a\n  - b\n    - c\n      - d\n        - e\n          - f\n\n            g\n";
    let styles = |paragraphs: &str, start: &str| -> Vec<String> {
        let rests = paragraphs.split(start).skip(1);
        rests.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(
        styles(&ooxml(text), "<w:pStyle w:val=\""),
        ["ListBullet", "ListBullet2", "ListBullet3", "ListBullet4", "ListBullet5", "ListBullet5", "ListContinue5"]
    );
    let in_table = |text: &str| blocks(&markup::parse(text, &|_| true), STYLE_IN_TABLES);
    let cell = in_table(text);
    let bullets = ["OdrazkaTabulky"; 6].into_iter().chain([STYLE_IN_TABLES]).collect::<Vec<_>>();
    assert_eq!(styles(&cell, "<w:pStyle w:val=\""), bullets);
    assert_eq!(styles(&cell, "<w:ilvl w:val=\""), ["1", "2", "3", "4", "4"]);
    assert_eq!(styles(&cell, "<w:ind w:left=\""), ["990"]);
    // Letters of a cell are of one size, whatever is in it.
    let cell = in_table("1. a\n   - b\n\n     c\n2. d\n\n> e\n");
    let expected = [STYLE_IN_TABLES, "OdrazkaTabulky", STYLE_IN_TABLES, STYLE_IN_TABLES, STYLE_IN_TABLES];
    assert_eq!(styles(&cell, "<w:pStyle w:val=\""), expected);
    assert!(cell.contains("<w:i/>"), "a quotation is told by its letters: {cell}");
    let (_, lists) = settle_lists(&format!("{cell}{}", ooxml("4. e\n5. f")));
    let lists: Vec<_> = lists.iter().map(|list| (list.id, list.level, list.first, list.is_in_table)).collect();
    assert_eq!(lists, [(101, 0, 1, true), (102, 0, 4, false)]);
}

#[test]
fn code_keeps_its_spaces_and_control_characters_go() {
    let text = part(polish::markup(&ooxml("`k v` k v\u{1}")));
    assert!(text.contains(">k v</w:t>") && text.contains("> k\u{A0}v</w:t>"), "{text}");
    assert!(!text.contains("code>"), "{text}");
}
