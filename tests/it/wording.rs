//! What documents say where somebody decided, where nobody reported, and where there is nothing to be said: every
//! sentence is true of the data it stands over.

use std::collections::BTreeMap;

use tempfile::TempDir;

use crate::small_region::{CANCELLED, MEASURE, STRATEGY, documents, region, write};
use crate::support::{run, stderr, stdout};

const FORMATS: [&str; 3] = ["md", "html", "docx"];
const DECIDED: &str =
    "vyhodnoceni:\n  - {opatreni: I/1, stav: NEPLNĚNO, duvod: Pas nedostal nikdo., rozhodl: komise rady}\n";
const WITHOUT_A_COMMENT: &str = "podklady:\n  - {opatreni: I/1, stav: ČÁSTEČNĚ}\n";

/// A region whose commission decided about 2025, where one body reported and did not say why.
fn decided() -> TempDir {
    let region = region(STRATEGY, MEASURE);
    write(region.path(), "obdobi/2025/podklady/OSS.yaml", WITHOUT_A_COMMENT);
    write(region.path(), "obdobi/2025/vyhodnoceni.yaml", DECIDED);
    region
}

/// A measure after [`MEASURE`].
fn another(number: u8, deadline: &str, rest: &str) -> String {
    format!(
        "  - cislo: {number}\n    popis: poradna\n    indikator: poradna\n    kriteria: [{{nazev: poradna, druh: vystup}}]\n\
        \x20   odpovednost: [OSS]\n    termin: {deadline}\n{rest}"
    )
}

/// Whether every link of a document leads to a place in it.
fn assert_links_lead_somewhere(name: &str, text: &str) {
    for (link, place) in [("](#", "<a id=\""), ("href=\"#", " id=\""), ("w:anchor=\"", "w:name=\"")] {
        for target in text.split(link).skip(1).filter_map(|rest| rest.split(['"', ')']).next()) {
            assert!(text.contains(&format!("{place}{target}\"")), "{name}: {target}");
        }
    }
}

fn assert_says(texts: &BTreeMap<String, String>, name: &str, words: &str) {
    assert!(texts[name].contains(words), "{name}: {words}: {}", texts[name]);
}

#[test]
fn the_main_sentence_says_what_it_follows_from() {
    let of_submissions = "Z předložených podkladů vyplývá, že ";
    let of_decisions = "Z předložených podkladů a z rozhodnutí o stavu opatření vyplývá, že ";
    for (year, decisions, expected) in
        [("2024", true, of_decisions), ("2024", false, of_submissions), ("2025", false, "Podle vyhodnocení 100,0 %")]
    {
        let region = region(STRATEGY, MEASURE);
        if !decisions {
            write(region.path(), "obdobi/2024/vyhodnoceni.yaml", "vyhodnoceni: []\n");
        }
        for (name, text) in documents(region.path(), year, &["informace", "pisemna-informace"]) {
            for sentence in [of_submissions, of_decisions, "Podle vyhodnocení "] {
                assert_eq!(text.contains(sentence), expected.starts_with(sentence), "{name} of {year}: {sentence}");
            }
            assert!(text.contains(expected), "{name} of {year}");
        }
    }
}

#[test]
fn a_decision_and_its_reason_stand_wherever_reasons_do() {
    let region = decided();
    let texts = documents(region.path(), "2025", &["informace", "akcni-plan", "srovnani"]);
    let line = "Rozhodnutí: NEZAHÁJENO (kdo rozhodl: komise rady). Důvod rozhodnutí: Pas nedostal nikdo.";
    for name in ["informace", "srovnani"] {
        for format in FORMATS {
            assert_says(&texts, &format!("{name}-2025.{format}"), line);
        }
    }
    assert_says(&texts, "akcni-plan-2025.xlsx", line);
    assert_says(&texts, "akcni-plan-2025.xlsx", "Důvod podle rozhodnutí a komentáře");
    assert_says(&texts, "akcni-plan-2025.md", "Důvod rozhodnutí:\n\nPas nedostal nikdo.\n\nKomentář není uveden.\n");
    assert_says(&texts, "akcni-plan-2025.docx", "Pas nedostal nikdo.");
    for (name, text) in &texts {
        assert!(!text.to_lowercase().contains("důvod není uveden"), "{name}");
    }
    assert_says(&texts, "akcni-plan-2025.md", "důvod u něj je uveden.");
    write(
        region.path(),
        "obdobi/2025/podklady/OSS.yaml",
        &WITHOUT_A_COMMENT.replace('}', ", komentar: Chybí peníze.}"),
    );
    let texts = documents(region.path(), "2025", &["informace", "srovnani"]);
    assert_says(&texts, "informace-2025.md", &format!("— {line} Komentář: Chybí peníze.\n"));
    assert_says(&texts, "srovnani-2025.md", &format!("{line} Komentář: Chybí peníze.\n"));
    write(region.path(), "obdobi/2025/vyhodnoceni.yaml", &DECIDED.replace("nikdo.", "nikdo"));
    let texts = documents(region.path(), "2025", &["informace", "srovnani"]);
    for format in FORMATS {
        assert_says(&texts, &format!("srovnani-2025.{format}"), &format!("{line} Komentář: Chybí peníze."));
        assert_says(&texts, &format!("informace-2025.{format}"), line);
    }
}

#[test]
fn a_measure_that_is_followed_again_is_not_new() {
    let changes = "    zmeny:\n      - {od: 2025, druh: zruseni, usneseni: 60/ZPK/2024}\n      \
        - {od: 2026, druh: vznik, usneseni: 61/ZPK/2025}\n";
    let region = region(STRATEGY, &format!("{MEASURE}{}", another(2, "12/2030", changes)));
    let arguments = ["period", "new", "2026", "--from", "2026-01-01", "--to", "2026-12-31", "--due", "2027-01-31"];
    assert_eq!(run(region.path(), &arguments).status.code(), Some(0));
    let texts = documents(region.path(), "2026", &["informace", "srovnani"]);
    for format in ["md", "html"] {
        let words = "znovu sledované opatření, v období 2025 se nesledovalo";
        assert_says(&texts, &format!("informace-2026.{format}"), words);
    }
    for format in FORMATS {
        assert_says(&texts, &format!("srovnani-2026.{format}"), "(znovu sledované)");
    }
}

#[test]
fn shares_that_do_not_give_their_difference_are_explained() {
    let note = "Podíly jsou zaokrouhleny tak, aby daly dohromady 100 %;";
    let region = region(STRATEGY, &format!("{MEASURE}{}{}", another(2, "12/2030", ""), another(3, "12/2030", "")));
    write(region.path(), "obdobi/2025/podklady/OSS.yaml", "podklady:\n  - {opatreni: I/3, stav: PLNĚNO}\n");
    for (name, text) in documents(region.path(), "2025", &["srovnani"]) {
        assert!(!text.contains(note), "{name}");
    }
    let path = region.path().join("data/obdobi/2024/podklady/OSS.yaml");
    let submitted = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, format!("{submitted}  - {{opatreni: I/2, stav: ČÁSTEČNĚ}}\n")).unwrap();
    let submitted = "podklady:\n  - {opatreni: I/1, stav: ČÁSTEČNĚ}\n  - {opatreni: I/2, stav: ČÁSTEČNĚ}\n";
    write(region.path(), "obdobi/2025/podklady/OSS.yaml", submitted);
    let texts = documents(region.path(), "2025", &["srovnani"]);
    assert_says(&texts, "srovnani-2025.md", "| PROBÍHÁ | 1 | 33,4 % | 0 | 0,0 % | −1 | −33,3 p. b. |\n");
    for format in FORMATS {
        assert_says(&texts, &format!("srovnani-2025.{format}"), note);
    }
}

#[test]
fn shares_that_are_not_rounded_each_alone_are_explained() {
    let note = "Podíly jsou zaokrouhleny tak, aby daly dohromady 100 %;";
    let region = region(STRATEGY, &format!("{MEASURE}{}{}", another(2, "12/2030", ""), another(3, "12/2030", "")));
    for (status, is_noted) in [("ČÁSTEČNĚ", false), ("PLNĚNO", true)] {
        let submitted =
            format!("podklady:\n  - {{opatreni: I/1, stav: ČÁSTEČNĚ}}\n  - {{opatreni: I/2, stav: {status}}}\n");
        write(region.path(), "obdobi/2025/podklady/OSS.yaml", &submitted);
        for (name, text) in documents(region.path(), "2025", &["informace", "pisemna-informace"]) {
            assert_eq!(text.contains(note), is_noted, "{name}");
        }
    }
}

#[test]
fn criteria_are_no_items_of_the_list_that_a_comment_ends_with() {
    let region = region(STRATEGY, MEASURE);
    let criteria = "\n- OSS, vydaný pas: PROBÍHÁ";
    for (comment, expected) in [
        ("Vydávají se:\n\n      - pasy", format!("\n- pasy\n\nKritéria:\n{criteria}")),
        ("- pasy\n\n      A dost.", format!("\n\nA dost.\n{criteria}")),
    ] {
        let submitted = format!(
            "podklady:\n  - opatreni: I/1\n    komentar: |\n      {comment}\n    \
             kriteria: [{{kriterium: vydaný pas, stav: PLNĚNO}}]\n"
        );
        write(region.path(), "obdobi/2025/podklady/OSS.yaml", &submitted);
        assert_says(&documents(region.path(), "2025", &["informace"]), "informace-2025.md", &expected);
    }
}

#[test]
fn a_reason_names_who_decided() {
    let region = decided();
    let reason = || {
        let output = run(region.path(), &["generate-report", "2025", "--dump-context"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let view: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
        view["opatreni"]["I/1"]["proc"].as_str().unwrap().to_owned()
    };
    let basis = "Podklad předložil subjekt OSS.";
    let by_commission = "O stavu se rozhodlo (kdo rozhodl: komise rady); ";
    assert_eq!(reason(), format!("{by_commission}z podkladů by vyplýval stav PROBÍHÁ ZČÁSTI. {basis}"));
    write(region.path(), "obdobi/2025/vyhodnoceni.yaml", &DECIDED.replace("NEPLNĚNO", "ČÁSTEČNĚ"));
    let confirmed = "potvrzen je stav PROBÍHÁ ZČÁSTI, který vyplývá z podkladů";
    assert_eq!(reason(), format!("{by_commission}{confirmed}. {basis}"));
    write(region.path(), "obdobi/2025/vyhodnoceni.yaml", &DECIDED.replace(", rozhodl: komise rady", ""));
    let by_coordinator = "O stavu rozhodl koordinátor; z podkladů by vyplýval stav PROBÍHÁ ZČÁSTI.";
    assert_eq!(reason(), format!("{by_coordinator} {basis}"));
}

#[test]
fn the_plan_links_to_nothing_outside_it_and_keeps_its_parts_together() {
    let region = region(STRATEGY, &format!("{MEASURE}{}", another(2, "12/2030", "")));
    let submitted = "podklady:\n  - {opatreni: I/1, stav: NEPLNĚNO, komentar: Viz I/2 a I/1.}\n  \
        - {opatreni: I/2, stav: SPLNĚNO, komentar: Stojí.}\n";
    write(region.path(), "obdobi/2025/podklady/OSS.yaml", submitted);
    let texts = documents(region.path(), "2025", &["akcni-plan", "informace"]);
    for (name, text) in texts.iter().filter(|(name, _)| !name.ends_with(".xlsx")) {
        assert_links_lead_somewhere(name, text);
    }
    assert_says(&texts, "akcni-plan-2025.md", "Viz I/2 a [I/1](#opatreni-1-1).");
    assert_says(&texts, "informace-2025.md", "Viz [I/2](#opatreni-1-2) a [I/1](#opatreni-1-1).");
    let word = &texts["akcni-plan-2025.docx"];
    let (before, _) = word.split_once("<w:tblCaption w:val=\"Další krok k opatření I/1\"/>").unwrap();
    let paragraph = before.rsplit("<w:p>").next().unwrap();
    assert!(paragraph.starts_with("<w:pPr><w:pStyle w:val=\"BodyText\"/><w:keepNext/></w:pPr>"), "{paragraph}");
    let report = &texts["informace-2025.docx"];
    for words in ["není v tomto okruhu", "Kraj zajistí:", "Opatření s více gestory se počítá"] {
        let Some((before, _)) = report.split_once(words) else { continue };
        assert!(before.rsplit("<w:p>").next().unwrap().contains("<w:keepNext/>"), "{words}");
    }
}

#[test]
fn a_heading_does_not_say_what_the_sentence_under_it_denies() {
    let complete = region(STRATEGY, MEASURE);
    let lacking = region(STRATEGY, &MEASURE.replace("OŠ]", "\"???\"]").replace("    indikator: vydaný pas\n", ""));
    for (region, headings, others) in [
        (&complete, ["Odpovědnost", "Indikátory plnění"], ["Kdo za co odpovídá, není jasné", "Chybí indikátor plnění"]),
        (
            &lacking,
            ["Kdo za co odpovídá, není jasné", "Chybí indikátor plnění"],
            ["### Odpovědnost", "Indikátory plnění"],
        ),
    ] {
        for (name, text) in documents(region.path(), "2025", &["informace"]) {
            assert!(headings.iter().all(|heading| text.contains(heading)), "{name}: {headings:?}");
            assert!(others.iter().all(|heading| !text.contains(heading)), "{name}: {others:?}");
        }
    }
}

#[test]
fn an_excerpt_says_what_is_not_of_it() {
    let region = region(STRATEGY, MEASURE);
    let excerpt = || {
        let output = run(region.path(), &["generate-report", "2024", "--area", "I", "--out", "vyrez"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        std::fs::read_to_string(region.path().join("vyrez/informace-2024-okruh-1.md")).unwrap()
    };
    let sentence = "Počty, tabulky a grafy se týkají jen tohoto výřezu. Úvod a závěrečný odstavec Shrnutí mluví o všech \
        opatřeních dokumentu „Plán“";
    assert!(excerpt().replace('\u{A0}', " ").contains(&format!("{sentence}.\n")));
    let path = region.path().join("data/obdobi/2024/obdobi.yaml");
    let period = std::fs::read_to_string(&path).unwrap();
    let published = "zverejneno: {celkem: 1, splneno: 0, plneno: 1, castecne: 0, neplneno: 0}\n";
    std::fs::write(path, format!("{period}{published}")).unwrap();
    assert!(excerpt().replace('\u{A0}', " ").contains(&format!("{sentence}, stejně jako zveřejněné počty.\n")));
}

#[test]
fn what_cannot_be_compared_is_said_of_its_area_alone() {
    let region = region(STRATEGY, MEASURE);
    let measure = another(1, "12/2030", "    zmeny: [{od: 2025, druh: vznik, usneseni: 60/ZPK/2024}]\n");
    write(region.path(), "opatreni/02.yaml", &format!("okruh: II\nnazev: Školy\nuvod: Nic.\nopatreni:\n{measure}"));
    let texts = documents(region.path(), "2025", &["informace"]);
    let sentence = "S obdobím 2024 není v tomto okruhu co srovnat: žádné jeho opatření se nesledovalo v obou obdobích.";
    for format in FORMATS {
        assert_says(&texts, &format!("informace-2025.{format}"), sentence);
    }
}

#[test]
fn codes_that_do_not_say_their_names_are_explained_where_nothing_else_does() {
    let region = region(STRATEGY, MEASURE);
    let texts = documents(region.path(), "2025", &["informace"]);
    let table = "### Zkratky subjektů\n\n| Zkratka | Název |\n| --- | --- |\n| OSS | odbor sociální |\n| OŠ | odbor školství |\n\n";
    assert_says(&texts, "informace-2025.md", table);
    assert_says(&texts, "informace-2025.docx", "<w:tblCaption w:val=\"Zkratky subjektů\"/>");
    assert!(!texts["informace-2025.html"].contains("Zkratky subjektů"));
    write(
        region.path(),
        "subjekty.yaml",
        "subjekty: [{kod: OSS, nazev: OSS, druh: odbor}, {kod: OŠ, nazev: OŠ, druh: odbor}]\n",
    );
    for (name, text) in documents(region.path(), "2025", &["informace"]) {
        assert!(!text.contains("Zkratky subjektů"), "{name}");
    }
}

#[test]
fn what_follows_a_frozen_period_is_an_item_of_its_own() {
    let region = region(STRATEGY, MEASURE);
    let output = run(region.path(), &["period", "freeze", "2025", "--resolution", "61/ZPK/2026"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let texts = documents(region.path(), "2025", &["informace"]);
    assert_says(&texts, "informace-2025.md", "dokument vznikl, se už nemění.\n- Vývoj vychází také z dat období 2024");
}

#[test]
fn tables_of_both_periods_have_a_sum_in_markdown_too() {
    let texts = documents(region(STRATEGY, &format!("{MEASURE}{CANCELLED}")).path(), "2025", &["srovnani"]);
    for words in [
        "Celkový počet v posledním řádku je bez zaniklých opatření.\n",
        "| Okruh | Zlepšení | Beze změny | Zhoršení | Zaniklá | Celkem |\n| --- | ---: | ---: | ---: | ---: | ---: |\n\
         | I Rodiny | 0 | 0 | 0 | 1 | 0 |\n",
        "| **Celkem** | 0 | 0 | 0 | 1 | 0 |\n\nCelkový počet je bez zaniklých opatření.\n",
    ] {
        assert_says(&texts, "srovnani-2025.md", words);
    }
}

/// One measure goes on, one ended, and one is new.
#[test]
fn what_has_ended_is_in_no_sum() {
    let another =
        |number: u8, change: &str| format!("{}{change}", MEASURE.replace("cislo: 1", &format!("cislo: {number}")));
    let measures = [MEASURE, &another(2, CANCELLED), &another(3, &CANCELLED.replace("zruseni", "vznik"))].concat();
    let texts = documents(region(STRATEGY, &measures).path(), "2025", &["srovnani"]);
    for row in
        ["| I Rodiny | 0 | 0 | 1 | 1 | 1 | 2 |", "| **Celkem** | 0 | 0 | 1 | 1 | 1 | 2 |", " | 0 | 0 | 1 | 1 | 1 | 2 |"]
    {
        assert_says(&texts, "srovnani-2025.md", row);
    }
    let numbers = "<td>0</td><td>0</td><td>1</td><td>1</td><td>1</td><td>2</td></tr>";
    assert_eq!(texts["srovnani-2025.html"].matches(numbers).count(), 4);
    assert_says(&texts, "srovnani-2025.html", "Počet opatření podle změny stavu, n = 2, zaniklých 1<");
    let cells: Vec<&str> = texts["srovnani-2025.docx"]
        .split("<w:t")
        .skip(1)
        .filter_map(|rest| rest.split(['>', '<']).nth(1))
        .filter(|text| !text.trim().is_empty())
        .collect();
    let rows = cells.windows(6).filter(|row| *row == ["0", "0", "1", "1", "1", "2"]).count();
    assert_eq!(rows, 4, "{cells:?}");
    for (name, text) in &texts {
        assert_eq!(text.matches("Celkový počet je bez zaniklých opatření.").count(), 2, "{name}");
    }
}

#[test]
fn the_written_information_has_a_style_and_a_running_title_of_its_own() {
    let region = region(STRATEGY, MEASURE);
    let page = &documents(region.path(), "2024", &["pisemna-informace"])["pisemna-informace-2024.html"];
    let classes: Vec<&str> = page.split("<table class=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(classes, ["predlozeni"]);
    assert!(!page.contains(".predlozeni { display"), "a table that is a grid has no columns");
    let scrolled = "<div class=\"posuv\" role=\"region\" tabindex=\"0\" aria-labelledby=\"tabulka-stavy\">\n<table>";
    assert!(page.contains(scrolled), "{page}");
    let running = page.rfind("@top-left { content: \"").map(|at| &page[at..]).unwrap();
    assert!(running.starts_with("@top-left { content: \"Písemná informace pro zastupitelstvo 2024\""), "{running}");
}

#[test]
fn the_steps_of_a_letter_are_numbered_in_word_too() {
    let texts = documents(region(STRATEGY, MEASURE).path(), "2025", &["dopis"]);
    assert_says(
        &texts,
        "dopis-2025-os.md",
        "\n1. Ke každému opatření vyberte stav plnění k 31. prosinci 2025.\n2. V komentáři",
    );
    assert_eq!(texts["dopis-2025-os.docx"].matches("<w:pStyle w:val=\"ListNumber\"/><w:numPr>").count(), 3);
}

/// The page with its measures due so, at the end of 2025; the room is that of a telephone.
fn time_axis(deadlines: [&str; 3]) -> String {
    let [first, others @ ..] = deadlines;
    let measures = others.iter().zip(2..).map(|(deadline, number)| another(number, deadline, ""));
    let measures = MEASURE.replace("průběžně do 12/2028", first) + &measures.collect::<String>();
    let page =
        documents(region(STRATEGY, &measures).path(), "2025", &["informace"]).remove("informace-2025.html").unwrap();
    page.split("aria-labelledby=\"graf-terminy-nazev\"").nth(1).unwrap().split("</figure>").next().unwrap().to_owned()
}

#[test]
fn labels_of_the_time_axis_are_not_cut_off() {
    let axis = time_axis(["12/2024", "průběžně do 12/2026", "po přijetí zákona"]);
    for words in [
        "dx=\"-6\" y=\"12\" text-anchor=\"end\">konec<tspan class=\"uzky\"> období</tspan> 31. 12. 2025</text>",
        "class=\"kratky\" x=\"0\"",
        "text-anchor=\"start\"><tspan class=\"silne\">po přijetí zákona</tspan>: 1<tspan class=\"uzky\"> opatření</tspan>",
    ] {
        assert!(axis.contains(words), "{words}: {axis}");
    }
    assert_eq!(axis.matches("class=\"kratky\"").count(), 1, "{axis}");
    let axis = time_axis(["12/2026", "průběžně do 12/2027", "po přijetí zákona"]);
    assert!(axis.contains("dx=\"6\" y=\"12\">konec období 31. 12. 2025</text>"), "{axis}");
    assert!(!axis.contains("class=\"kratky\""), "{axis}");
}
