//! The Word report of the real data, read back: a whole package that Word does not refuse, with all
//! the measures in it. Where LibreOffice is installed, it is made a PDF too and read once more;
//! `PLNENI_REQUIRE_OFFICE=1` makes its absence a failure.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use plneni::dataset::Dataset;
use plneni::load::read_tree;
use plneni::markup;
use plneni::model::Year;
use plneni::view::{self, ReportView, Request};
use roxmltree::{Document, Node};

use crate::support::Copy;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const DOCUMENT: &str = "word/document.xml";

/// The parts of a package in the order of the archive.
struct Package {
    names: Vec<String>,
    texts: BTreeMap<String, String>,
}

impl Package {
    fn read(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a ZIP archive");
        let mut package = Self { names: Vec::new(), texts: BTreeMap::new() };
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("the archive is whole");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("parts are UTF-8");
            let name = file.name().expect("names are UTF-8").into_owned();
            package.names.push(name.clone());
            package.texts.insert(name, text);
        }
        package
    }

    fn xml(&self, name: &str) -> Document<'_> {
        let text = self.texts.get(name).unwrap_or_else(|| panic!("there is no {name}"));
        Document::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the program with `arguments` and reads the one file it writes.
fn generate(data: &Path, arguments: &[&str]) -> Vec<u8> {
    generate_for("2023", data, arguments)
}

fn generate_for(year: &str, data: &Path, arguments: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new(env!("CARGO_BIN_EXE_plneni"))
        .args(["generate-report", year, "--format", "docx"])
        .args(arguments)
        .arg("--data")
        .arg(data)
        .arg("--out")
        .arg(folder.path())
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut files =
        fs::read_dir(folder.path()).expect("it was written").map(|entry| entry.expect("it is there").path());
    fs::read(files.next().expect("one file was written")).expect("it can be read")
}

fn real_data() -> PathBuf {
    root().join("data")
}

fn real_view() -> ReportView {
    let dataset = Dataset::new(read_tree(&real_data()).expect("the data can be read"));
    let year = Year::parse("2023").expect("a year");
    let evaluated = dataset.evaluate(year).expect("the period is there");
    view::build(&dataset, &evaluated, &dataset.check(Some(year)), &Request::default())
}

/// Text to compare by: without any blanks, which typography and layout change.
fn squeezed(text: &str) -> String {
    // Items of a list on one line have semicolons between them.
    text.chars().filter(|c| !c.is_whitespace() && *c != ';').collect()
}

fn comment_text(comment: &str) -> String {
    squeezed(&crate::support::words_of_blocks(&markup::parse(comment, &|_| true)))
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((W, name))
}

fn all<'a>(document: &'a Document<'_>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |node| is(node, name))
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|child| is(child, name))
}

fn val(node: Node<'_, '_>) -> String {
    node.attribute((W, "val")).unwrap_or_default().to_owned()
}

fn text_of(node: Node<'_, '_>) -> String {
    node.descendants().filter(|inner| is(inner, "t")).filter_map(|inner| inner.text()).collect()
}

/// Style and text of each paragraph.
fn paragraphs(document: &Document<'_>) -> Vec<(String, String)> {
    all(document, "p")
        .map(|p| {
            let style = child(p, "pPr").and_then(|properties| child(properties, "pStyle"));
            (style.map(val).unwrap_or_default(), text_of(p))
        })
        .collect()
}

/// Everything Word is strict about and a template can get wrong.
fn assert_sound(package: &Package) {
    assert_parts_are_declared(package);
    assert_relationships_lead_somewhere(package);
    let document = package.xml(DOCUMENT);
    assert_links_have_bookmarks(&document);
    assert_tables_are_whole(&document);
    assert_styles_and_lists_exist(package);
    for name in package.names.iter().filter(|name| name.starts_with("word/") && !name.ends_with(".rels")) {
        assert_properties_are_in_order(name, &package.xml(name));
    }
}

fn assert_parts_are_declared(package: &Package) {
    assert_eq!(package.names.first().map(String::as_str), Some("[Content_Types].xml"));
    let types = package.xml("[Content_Types].xml");
    let of = |tag: &'static str, attribute: &'static str| -> BTreeSet<String> {
        let nodes = types.descendants().filter(|node| node.has_tag_name(tag));
        nodes.filter_map(|node| node.attribute(attribute)).map(str::to_owned).collect()
    };
    let overrides = of("Override", "PartName");
    for part in &overrides {
        assert!(package.texts.contains_key(part.trim_start_matches('/')), "{part} is declared and missing");
    }
    assert_eq!(of("Default", "Extension"), BTreeSet::from(["rels".to_owned(), "xml".to_owned()]));
    for name in &package.names {
        assert!(package.texts[name].starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\""), "{name}");
        package.xml(name);
        let is_declared =
            name.ends_with(".rels") || name == "[Content_Types].xml" || overrides.contains(&format!("/{name}"));
        assert!(is_declared, "{name} has no content type");
    }
}

fn assert_relationships_lead_somewhere(package: &Package) {
    for name in package.names.iter().filter(|name| name.ends_with(".rels")) {
        // word/_rels/document.xml.rels speaks for the folder word/.
        let folder = name.split_once("_rels/").map(|(folder, _)| folder).expect("it lies in _rels");
        let relationships = package.xml(name);
        let mut ids = BTreeSet::new();
        for relationship in relationships.descendants().filter(|node| node.has_tag_name("Relationship")) {
            assert!(ids.insert(relationship.attribute("Id").expect("an id").to_owned()), "an id twice in {name}");
            let target = relationship.attribute("Target").expect("a target");
            if relationship.attribute("TargetMode") == Some("External") {
                assert!(markup::is_safe_url(target) && target.is_ascii(), "{target}");
            } else {
                assert!(package.texts.contains_key(&format!("{folder}{target}")), "{name} leads to {target}");
            }
        }
        if name == "word/_rels/document.xml.rels" {
            for node in package.xml(DOCUMENT).descendants() {
                let id = node.attribute((R, "id"));
                assert!(id.is_none_or(|id| ids.contains(id)), "{id:?} is no relationship");
            }
        }
    }
}

fn assert_links_have_bookmarks(document: &Document<'_>) {
    let mut names = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for bookmark in all(document, "bookmarkStart") {
        let name = bookmark.attribute((W, "name")).expect("a name");
        let mut chars = name.chars();
        assert!(
            chars.next().is_some_and(|c| c.is_ascii_alphabetic())
                && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
                && name.len() <= 40,
            "{name}"
        );
        assert!(names.insert(name.to_owned()), "bookmark {name} twice");
        assert!(ids.insert(bookmark.attribute((W, "id")).expect("an id")), "the id of {name} twice");
    }
    let ends: BTreeSet<&str> = all(document, "bookmarkEnd").filter_map(|end| end.attribute((W, "id"))).collect();
    assert_eq!(ids, ends);
    for link in all(document, "hyperlink") {
        match link.attribute((W, "anchor")) {
            Some(anchor) => assert!(names.contains(anchor), "no bookmark {anchor}"),
            None => assert!(link.has_attribute((R, "id")), "a link that leads nowhere"),
        }
    }
    for instruction in all(document, "instrText").filter_map(|node| node.text()) {
        assert!(instruction.is_ascii(), "{instruction}");
        if let Some(rest) = instruction.trim().strip_prefix("PAGEREF ") {
            let name = rest.split(' ').next().unwrap_or_default();
            assert!(names.contains(name), "no bookmark {name}");
        }
    }
    let kinds: Vec<_> = all(document, "fldChar").filter_map(|node| node.attribute((W, "fldCharType"))).collect();
    let count = |kind| kinds.iter().filter(|found| **found == kind).count();
    assert!(count("begin") == count("separate") && count("begin") == count("end"));
}

fn assert_tables_are_whole(document: &Document<'_>) {
    for table in all(document, "tbl") {
        let properties = child(table, "tblPr").expect("properties");
        for name in ["tblCaption", "tblDescription"] {
            assert!(child(properties, name).is_some_and(|node| !val(node).is_empty()), "a table has no {name}");
        }
        let grid = child(table, "tblGrid").expect("a grid").children().filter(|node| is(node, "gridCol")).count();
        assert!(grid <= 63, "Word takes 63 columns, not {grid}");
        let rows: Vec<_> = table.children().filter(|node| is(node, "tr")).collect();
        assert!(!rows.is_empty(), "a table without rows");
        for row in rows {
            assert!(child(row, "trPr").is_some_and(|properties| child(properties, "cantSplit").is_some()));
            let cells = row.children().filter(|node| is(node, "tc"));
            let span = |cell: Node<'_, '_>| -> usize {
                let span = cell
                    .children()
                    .find(|node| is(node, "tcPr"))
                    .and_then(|properties| properties.children().find(|node| is(node, "gridSpan")).map(val));
                span.map_or(1, |span| span.parse().expect("a number"))
            };
            assert_eq!(cells.map(span).sum::<usize>(), grid, "{}", text_of(row));
        }
        let look = child(properties, "tblLook").and_then(|look| look.attribute((W, "firstRow")));
        let n_headers = table.descendants().filter(|node| is(node, "tblHeader")).count();
        assert_eq!(n_headers, usize::from(look == Some("1")), "repeated header rows");
    }
    for cell in all(document, "tc") {
        let last = cell.children().rfind(Node::is_element).expect("a cell is not empty");
        assert!(is(&last, "p"), "a cell must end with a paragraph");
    }
}

fn assert_styles_and_lists_exist(package: &Package) {
    let styles = package.xml("word/styles.xml");
    let known: BTreeSet<&str> = all(&styles, "style").filter_map(|style| style.attribute((W, "styleId"))).collect();
    assert_eq!(known.len(), all(&styles, "style").count(), "a style twice");
    let numbering = package.xml("word/numbering.xml");
    let numberings: BTreeSet<&str> = all(&numbering, "num").filter_map(|num| num.attribute((W, "numId"))).collect();
    assert_eq!(numberings.len(), all(&numbering, "num").count(), "a numbering twice");
    for name in [DOCUMENT, "word/styles.xml", "word/header1.xml", "word/footer1.xml", "word/numbering.xml"] {
        let part = package.xml(name);
        for node in part.descendants() {
            match node.tag_name().name() {
                "pStyle" | "rStyle" | "tblStyle" | "basedOn" | "next" => {
                    assert!(known.contains(val(node).as_str()), "{name}: there is no style {}", val(node));
                }
                "numId" => assert!(numberings.contains(val(node).as_str()), "{name}: no list {}", val(node)),
                _ => {}
            }
        }
    }
    for (id, built_in) in [
        ("Title", "Title"),
        ("Heading1", "heading 1"),
        ("Heading2", "heading 2"),
        ("Caption", "caption"),
        ("TOC1", "toc 1"),
        ("TOC2", "toc 2"),
        ("ListBullet", "List Bullet"),
        ("ListNumber", "List Number"),
    ] {
        let style = all(&styles, "style").find(|style| style.attribute((W, "styleId")) == Some(id));
        let name = style.and_then(|style| child(style, "name")).map(val);
        assert_eq!(name.as_deref(), Some(built_in));
    }
    let languages: BTreeSet<_> = all(&styles, "lang").map(val).collect();
    assert_eq!(languages, BTreeSet::from(["cs-CZ".to_owned()]));
}

/// The schema fixes the order of these; Word calls a document that breaks it unreadable.
fn assert_properties_are_in_order(name: &str, part: &Document<'_>) {
    const ORDERS: [(&str, &str); 8] = [
        (
            "pPr",
            "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs suppressAutoHyphens spacing \
             ind contextualSpacing jc textAlignment outlineLvl rPr sectPr",
        ),
        (
            "rPr",
            "rStyle rFonts b bCs i iCs caps smallCaps strike noProof vanish color spacing w kern position sz szCs \
             highlight u bdr shd vertAlign lang",
        ),
        (
            "tblPr",
            "tblStyle tblpPr bidiVisual tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook \
             tblCaption tblDescription",
        ),
        ("tcPr", "cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar textDirection vAlign"),
        ("trPr", "cantSplit trHeight tblHeader"),
        ("tblBorders", "top left bottom right insideH insideV"),
        ("sectPr", "headerReference footerReference type pgSz pgMar pgBorders pgNumType cols vAlign titlePg docGrid"),
        ("style", "name basedOn next link uiPriority semiHidden qFormat pPr rPr tblPr trPr tcPr tblStylePr"),
    ];
    for (parent, order) in ORDERS {
        let order: Vec<&str> = order.split_whitespace().collect();
        for node in part.descendants().filter(|node| is(node, parent)) {
            let places: Vec<usize> = node
                .children()
                .filter(Node::is_element)
                .map(|child| {
                    let tag = child.tag_name().name();
                    order.iter().position(|known| *known == tag).unwrap_or_else(|| panic!("{name}: {tag} in {parent}"))
                })
                .collect();
            assert!(places.is_sorted(), "{name}: children of {parent} out of order: {places:?}");
            let once: BTreeSet<_> = places.iter().collect();
            assert!(once.len() == places.len() || matches!(parent, "sectPr" | "style"), "{name}: twice in {parent}");
        }
    }
}

#[test]
fn the_report_is_a_sound_package_with_all_measures() {
    let bytes = generate(&real_data(), &[]);
    assert_eq!(bytes, generate(&real_data(), &[]), "the same data give the same bytes");
    let package = Package::read(&bytes);
    assert_sound(&package);

    let view = real_view();
    let document = package.xml(DOCUMENT);
    let paragraphs = paragraphs(&document);
    let styled = |style: &str| -> Vec<String> {
        paragraphs.iter().filter(|(found, _)| found == style).map(|(_, text)| squeezed(text)).collect()
    };
    let areas: Vec<String> =
        view.areas.iter().map(|area| squeezed(&format!("Okruh opatření {}: {}", area.numeral, area.title))).collect();
    let headings = styled("Heading1");
    let found: Vec<&String> = headings.iter().filter(|heading| heading.starts_with("Okruhopatření")).collect();
    assert_eq!(found, areas.iter().collect::<Vec<_>>());
    assert_eq!(areas.len(), 13);
    assert_eq!(styled("TOC1"), headings, "the contents name every chapter");

    let measures: Vec<String> =
        view.measures.values().map(|measure| squeezed(&format!("{} {}", measure.id, measure.description))).collect();
    let headings = styled("Heading2");
    let found: Vec<&String> =
        headings.iter().filter(|heading| heading.contains('/') && !heading.starts_with("Co")).collect();
    assert_eq!(found.len(), 109);
    for (found, measure) in found.iter().zip(&measures) {
        assert_eq!(without_quotes(found), without_quotes(measure));
    }

    let everything: String = paragraphs.iter().map(|(_, text)| squeezed(text)).collect();
    for measure in view.measures.values() {
        if let Some(comment) = &measure.comment {
            assert!(everything.contains(&comment_text(comment)), "the comment on {}", measure.id);
        }
    }
    let statuses: Vec<String> = all(&document, "tbl")
        .filter(|table| {
            child(*table, "tblPr").and_then(|p| child(p, "tblStyle")).map(val).as_deref() == Some("Opatreni")
        })
        .filter_map(|table| table.descendants().rfind(|node| is(node, "tc")).map(text_of))
        .collect();
    let expected: Vec<String> = view.measures.values().map(|measure| measure.status_name.clone()).collect();
    assert_eq!(
        statuses.iter().map(|s| squeezed(s)).collect::<Vec<_>>(),
        expected.iter().map(|s| squeezed(s)).collect::<Vec<_>>()
    );

    let core = &package.texts["docProps/core.xml"];
    assert!(core.contains("<dc:title>Informace") && core.contains("<dc:language>cs-CZ</dc:language>"), "{core}");
}

/// Typography pairs quotation marks; which ones there were does not matter here.
fn without_quotes(text: &str) -> String {
    text.replace(['"', '„', '“', '”'], "")
}

#[test]
fn an_excerpt_links_to_nothing_it_does_not_show() {
    for arguments in [&["--area", "IX"][..], &["--status", "SPLNĚNO"], &["--gestor", "OŠMTS"]] {
        let package = Package::read(&generate(&real_data(), arguments));
        assert_sound(&package);
        assert!(package.texts[DOCUMENT].contains("Výřez zprávy"));
    }
}

#[test]
fn the_written_information_is_a_sound_package() {
    let package = Package::read(&generate(&real_data(), &["--document", "pisemna-informace"]));
    assert_sound(&package);
}

#[test]
fn two_periods_side_by_side_are_sound_packages() {
    let copy = Copy::new().with_fixture("2025");
    let data = copy.path().join("data");
    assert_sound(&Package::read(&generate_for("2025", &data, &[])));
    let package = Package::read(&generate_for("2025", &data, &["--document", "srovnani"]));
    assert_sound(&package);
    let document = package.xml(DOCUMENT);
    let caption = |table: &Node<'_, '_>| child(child(*table, "tblPr")?, "tblCaption").map(val);
    let transitions = all(&document, "tbl").find(|table| caption(table).as_deref() == Some("Přechody mezi stavy"));
    let transitions = transitions.expect("the table is there");
    let look = child(transitions, "tblPr").and_then(|properties| child(properties, "tblLook")).expect("a look");
    for part in ["firstRow", "firstColumn", "lastRow"] {
        assert_eq!(look.attribute((W, part)), Some("1"), "readers must know the {part} from the cells");
    }
    let rows: Vec<String> = transitions.children().filter(|node| is(node, "tr")).map(text_of).collect();
    assert_eq!(rows.get(2).map(String::as_str), Some("PLNĚNO▲ 1= 12▼ 7▼ 222"), "{rows:?}");
}

#[test]
fn what_resolutions_changed_is_in_word_too() {
    let copy = Copy::frozen().with_fixture("2025");
    let merged = "zmeny: [{od: 2025, druh: slouceni, usneseni: 1/24/ZK, opatreni: IX/2}]";
    copy.edit("data/opatreni/09.yaml", "  - cislo: 1\n", &format!("  - cislo: 1\n    {merged}\n"));
    for document in ["informace", "srovnani"] {
        let package = Package::read(&generate_for("2025", &copy.path().join("data"), &["--document", document]));
        assert_sound(&package);
        let text = text_of(package.xml(DOCUMENT).root_element()).replace('\u{A0}', " ");
        assert!(text.contains("a od období 2024–2025 se samostatně nesleduje (usnesení č. 1/24/ZK)."), "{document}");
    }
}

#[test]
fn letters_are_sound_packages() {
    let thawed = Copy::new();
    for arguments in [["--document", "dopis", "--gestor", "OZ"], ["--document", "upominka", "--gestor", "MMR"]] {
        assert_sound(&Package::read(&generate(&thawed.path().join("data"), &arguments)));
    }
}

#[test]
fn what_people_type_cannot_break_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&real_data(), folder.path());
    let file = folder.path().join("obdobi/2023/podklady/odd-krizoveho-rizeni.csv");
    let text = "1. jedna\n2. dvě & \u{1}\u{FFFE}<b>\n   - vnitřní\n     1. nejvnitřnější\n3. tři\n\n---\n\n> citát\n\n\
                5. pět\n\n`k v` **tučně *obojí* **[zde](https://a.cz/č?x=1&y=2) viz IX/2 a <https://b.cz/[1]>\n\n    kód <b>\n    druhý";
    let table = format!("opatreni,stav,komentar\nII/9,ČÁSTEČNĚ,\"{text}\"\nIV/10,NEPLNĚNO,---\n");
    fs::write(&file, table).expect("it can be written");
    let package = Package::read(&generate(folder.path(), &["--draft"]));
    assert_sound(&package);
    let document = &package.texts[DOCUMENT];
    for expected in ["&lt;b&gt;", ">k v</w:t>", "HTMLPreformatted", "<w:pStyle w:val=\"Quote\"/>", "PRACOVNÍ"] {
        assert!(document.contains(expected), "{expected}");
    }
    let links = package.xml("word/_rels/document.xml.rels");
    let targets: Vec<&str> = links.descendants().filter_map(|node| node.attribute("Target")).collect();
    for expected in ["https://a.cz/%C4%8D?x=1&y=2", "https://b.cz/%5B1%5D"] {
        assert!(targets.contains(&expected), "{targets:?}");
    }
}

#[test]
fn a_broken_package_does_not_pass() {
    let sound = Package::read(&generate(&real_data(), &["--area", "XIII"]));
    let broken = [
        (DOCUMENT, "</w:body>", ""),
        (DOCUMENT, "w:name=\"okruh_13\"", "w:name=\"uvod\""),
        (DOCUMENT, "w:name=\"okruh_13\"", "w:name=\"okruh-13\""),
        (DOCUMENT, "w:anchor=\"okruh_13\"", "w:anchor=\"okruh_14\""),
        (DOCUMENT, "PAGEREF uvod", "PAGEREF konec"),
        (DOCUMENT, "<w:fldChar w:fldCharType=\"separate\"/>", ""),
        (DOCUMENT, "<w:pStyle w:val=\"Heading1\"/>", "<w:pStyle w:val=\"Nadpis1\"/>"),
        (
            DOCUMENT,
            "<w:pStyle w:val=\"Heading1\"/><w:pageBreakBefore/>",
            "<w:pageBreakBefore/><w:pStyle w:val=\"Heading1\"/>",
        ),
        (DOCUMENT, "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>"),
        (DOCUMENT, "<w:gridCol w:w=\"1900\"/>", ""),
        (DOCUMENT, "<w:tblHeader/>", ""),
        (DOCUMENT, "<w:cantSplit/>", ""),
        (DOCUMENT, "r:id=\"rId5\"", "r:id=\"rId55\""),
        ("word/styles.xml", "w:val=\"heading 1\"", "w:val=\"Nadpis\""),
        ("word/styles.xml", "w:val=\"cs-CZ\"", "w:val=\"en-US\""),
        ("word/numbering.xml", "<w:num w:numId=\"1\"", "<w:num w:numId=\"9\""),
        ("word/_rels/document.xml.rels", "styles.xml", "style.xml"),
        ("[Content_Types].xml", "/word/footer2.xml", "/word/footer3.xml"),
    ];
    assert_sound(&sound);
    for (part, from, to) in broken {
        let mut package = Package { names: sound.names.clone(), texts: sound.texts.clone() };
        let text = package.texts.get_mut(part).expect("the part is there");
        assert!(text.contains(from), "{part} has no {from}");
        *text = text.replacen(from, to, 1);
        let outcome = std::panic::catch_unwind(move || assert_sound(&package));
        assert!(outcome.is_err(), "{part}: {from} -> {to} went unnoticed");
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("it can be read") {
        let path = entry.expect("it is there").path();
        let target = to.join(path.file_name().expect("it has a name"));
        if path.is_dir() {
            fs::create_dir(&target).expect("it can be made");
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("it can be copied");
        }
    }
}

#[test]
fn libreoffice_makes_a_pdf_of_it() {
    if !crate::office::are_there(&["soffice", "pdftotext"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let report = folder.path().join("zprava.docx");
    fs::write(&report, generate(&real_data(), &[])).expect("it can be written");
    let profile = format!("-env:UserInstallation=file://{}/profil", folder.path().display());
    let converted = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&report)
        .output()
        .expect("soffice runs");
    let messages = String::from_utf8_lossy(&converted.stderr).into_owned();
    assert!(converted.status.success() && !messages.to_lowercase().contains("repair"), "{messages}");
    let text = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-nopgbrk"])
        .arg(folder.path().join("zprava.pdf"))
        .arg("-")
        .output()
        .expect("pdftotext runs");
    let text = squeezed(&String::from_utf8_lossy(&text.stdout));
    let view = real_view();
    for area in &view.areas {
        let heading = squeezed(&format!("Okruh opatření {}: {}", area.numeral, area.title));
        assert_eq!(text.matches(&heading).count(), 2, "in the contents and as a heading: {heading}");
    }
    let text = without_quotes(&text);
    for measure in view.measures.values() {
        let heading = squeezed(&format!("{} {}", measure.id, measure.description));
        assert!(text.contains(&without_quotes(&heading)), "{heading}");
        // The first line is never torn by the end of a page.
        let comment: String = measure
            .comment
            .iter()
            .flat_map(|text| without_quotes(&comment_text(text)).chars().take(30).collect::<Vec<_>>())
            .collect();
        assert!(text.contains(&comment), "{}: {comment}", measure.id);
    }
    for expected in ["Přehled podle gestorů", "K projednání", "strana2z", "68(62,4%)"] {
        assert!(text.contains(&squeezed(expected)), "{expected}");
    }
}
