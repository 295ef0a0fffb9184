//! Exit codes and streams of every command.

use std::fs;

use crate::support::{Copy, plneni, repository, run, stderr, stdout, walk};

const BROKEN: (&str, &str, &str) = ("data/obdobi/2023/podklady/oz.csv", "IX/1,ČÁSTEČNĚ", "IX/1,ČÁSTEČNE");

#[test]
fn report_is_written_and_counted() {
    let copy = Copy::new();
    let output = copy.run(&["generate-report", "2023"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = stdout(&output).replace('\\', "/");
    assert!(text.contains("Zapsáno: vystup/2023/informace-2023.md\n"), "{text}");
    assert!(text.contains("Zapsáno: vystup/2023/informace-2023.html\n"), "{text}");
    assert!(text.ends_with("Opatření 109: SPLNĚNO 1, PLNĚNO 22, ČÁSTEČNĚ 68, NEPLNĚNO 18\n"), "{text}");
    assert_eq!(stderr(&output), "");
}

#[test]
fn errors_stop_the_report_before_anything_is_written() {
    let copy = Copy::new();
    let (path, from, to) = BROKEN;
    copy.edit(path, from, to);
    let output = copy.run(&["generate-report", "2023"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "");
    let text = stderr(&output);
    assert!(text.contains("data/obdobi/2023/podklady/oz.csv:2:6"), "{text}");
    assert!(text.contains("nemysleli jste ČÁSTEČNĚ?"), "{text}");
    assert!(!text.contains("varování"), "only what stops the report is shown: {text}");
    assert!(!copy.path().join("vystup").exists());
    assert_eq!(copy.run(&["export", "2023", "--table", "stavy"]).status.code(), Some(1));
    assert_eq!(stdout(&copy.run(&["export", "2023", "--table", "stavy"])), "");
}

#[test]
fn draft_is_written_under_a_banner_that_counts_the_errors() {
    let copy = Copy::new();
    let (path, from, to) = BROKEN;
    copy.edit(path, from, to);
    let output = copy.run(&["generate-report", "2023", "--draft"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(copy.read("vystup/2023/informace-2023.md").contains("PRACOVNÍ VERZE.** V\u{A0}datech je 1 chyba"));
    assert!(copy.read("vystup/2023/informace-2023.html").contains("PRACOVNÍ VERZE"));
}

#[test]
fn a_draft_that_cannot_be_written_says_what_is_wrong_with_the_data() {
    const STRATEGY: &str = "data/strategie.yaml";
    const PERIOD: &str = "data/obdobi/2023/obdobi.yaml";
    const TEXT: &str = "data/obdobi/2023/uvod.md";
    let day = (STRATEGY, "schvaleno: 2021-11-30", "schvaleno: 30. 11. 2021");
    let variable = (TEXT, "obsahují {{ pocty.celkem }}", "obsahují {{ pocty.celkemm }}");
    let (of_text, of_period) = (
        "text období nejde sestavit, ani s volbou --draft. Opravte chyby; může být kvůli nim.",
        "dokud období nejde přečíst",
    );
    for (changes, codes, words) in [
        (vec![day], vec!["neplatne-datum", "neplatna-sablona"], of_text),
        (vec![BROKEN, variable], vec!["neznamy-stav", "neplatna-sablona"], of_text),
        (vec![variable], vec!["neplatna-sablona"], "Opravte text období."),
        (vec![(PERIOD, "do: 2023-12-31", "do: 31.12.2023")], vec!["neplatne-datum"], of_period),
        (vec![(PERIOD, "obdobi: 2023\n", "")], vec!["chybejici-klic"], of_period),
    ] {
        let copy = Copy::new();
        changes.iter().for_each(|(path, from, to)| copy.edit(path, from, to));
        let output = copy.run(&["generate-report", "2023", "--draft"]);
        assert_eq!(output.status.code(), Some(1), "{changes:?}");
        let text = stderr(&output);
        let found: Vec<&str> = text.split("chyba[").skip(1).filter_map(|rest| rest.split(']').next()).collect();
        assert_eq!(found, codes, "{text}");
        assert!(text.contains("Zpráva nebyla zapsána") && text.contains(words), "{text}");
        assert!(!copy.path().join("vystup").exists());
    }
}

#[test]
fn a_text_of_a_period_that_comes_out_blank_is_as_one_that_is_not_there() {
    for text in ["", " \n\n", "{# Doplní se. #}\n", "{% if false %}Úvod.{% endif %}"] {
        let copy = Copy::new();
        copy.write("data/obdobi/2023/uvod.md", text);
        copy.write("data/obdobi/2023/shrnuti.md", text);
        let output = copy.run(&["generate-report", "2023", "--format", "md", "--format", "html"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        for ending in ["md", "html"] {
            let written = copy.read(&format!("vystup/2023/informace-2023.{ending}"));
            assert!(written.contains("Úvod k\u{A0}tomuto období zatím není napsán."), "{text:?} {ending}");
        }
    }
}

#[test]
fn files_that_are_not_there_are_found_missing_and_not_counted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("data")).expect("the folder can be made");
    let output = run(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), "Zkontrolováno 0 souborů: 3 chyby, 0 varování, 0 poznámek.\n");
}

#[test]
fn check_answers_with_its_exit_code() {
    let copy = Copy::new();
    let output = copy.run(&["check"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output), "Zkontrolováno 26 souborů: 0 chyb, 0 varování, 63 poznámek, 27 přijatých nálezů.\n");
    assert_eq!(copy.run(&["check", "--deny", "warnings"]).status.code(), Some(0));
    copy.write("data/prijato.yaml", "prijato: []\n");
    assert_eq!(copy.run(&["check"]).status.code(), Some(0));
    assert_eq!(copy.run(&["check", "--deny", "warnings"]).status.code(), Some(1));
    let (path, from, to) = BROKEN;
    copy.edit(path, from, to);
    assert_eq!(copy.run(&["check"]).status.code(), Some(1));
    assert_eq!(copy.run(&["check", "--period", "2023"]).status.code(), Some(1));
    assert_eq!(copy.run(&["check", "--data", "nikde"]).status.code(), Some(2));
}

#[test]
fn notes_are_summed_up_unless_asked_for() {
    let brief = stderr(&run(&repository(), &["check"]));
    assert!(brief.contains("poznámka[pocet-bez-cisla]"), "{brief}");
    assert_eq!(brief.matches("[pocet-bez-cisla]").count(), 1);
    let long = stderr(&run(&repository(), &["check", "--notes"]));
    assert_eq!(long.matches("[pocet-bez-cisla]").count(), 59);
}

#[test]
fn what_cannot_be_run_says_what_there_is() {
    for (arguments, words) in [
        (&["generate-report", "2024"][..], "období „2024“ v datech není; jsou v nich: 2023"),
        (&["generate-report", "2023", "--format", "pdf"], "formáty jsou: md, html"),
        (
            &["generate-report", "2023", "--document", "x"],
            "dokumenty jsou: akcni-plan, dopis, informace, pisemna-informace, srovnani, upominka, vyporadani-pripominek",
        ),
        (
            &["generate-report", "2023", "--document", "dopis", "--area", "IX"],
            "dokument „dopis“ dostává každý subjekt celý, volby --area a --status nemá",
        ),
        (&["generate-report", "2023", "--gestor", "OŠMST"], "nemysleli jste „OŠMTS“?"),
        (&["generate-report", "2023", "--area", "XX"], "okruhy jsou: I, II"),
        (&["generate-report", "2023", "--status", "hotovo"], "stavy jsou: SPLNĚNO"),
        (&["export", "2023", "--table", "stav"], "nemysleli jste „stavy“?"),
        (&["export", "2023", "--table", "nic"], "tabulka „nic“ není. Tabulky jsou: "),
        (&["check", "--output", "xml"], "výpis „xml“ není. Výpisy jsou:"),
        (&["form", "2023", "--format", "pdf"], "formát „pdf“ formuláře nemají. Formáty jsou: "),
        (&["explain", "po-termin"], "nemysleli jste „po-terminu“?"),
        (&["schema", "podklad"], "nemysleli jste „podklady“?"),
        (&["completions", "cmd"], "může být: bash, elvish, fish, powershell, zsh"),
        (&["check", "--deny", "x"], "může být: warnings"),
        (&["chek"], "nemysleli jste „check“?"),
        (&["generate-report"], "chybí <ROK>"),
        (&[], "chybí příkaz"),
    ] {
        let output = run(&repository(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stdout(&output), "", "{arguments:?}");
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn help_is_czech() {
    for arguments in [
        &["--help"][..],
        &["generate-report", "--help"],
        &["check", "--help"],
        &["export", "--help"],
        &["explain", "--help"],
        &["schema", "--help"],
        &["completions", "--help"],
        &["status", "--help"],
        &["period", "--help"],
        &["period", "new", "--help"],
        &["period", "freeze", "--help"],
        &["templates", "--help"],
        &["templates", "export", "--help"],
    ] {
        let output = run(&repository(), arguments);
        assert_eq!(output.status.code(), Some(0));
        let text = stdout(&output);
        assert!(text.contains("Použití: plneni"), "{text}");
        for english in ["Usage", "Options", "Commands", "Arguments", "OPTIONS", "Print", "default", "possible"] {
            assert!(!text.contains(english), "{english}: {text}");
        }
    }
}

#[test]
fn help_names_every_document() {
    let text = stdout(&run(&repository(), &["generate-report", "--help"]));
    for folder in fs::read_dir(repository().join("report-templates")).expect("the templates are there") {
        let document = folder.expect("it can be listed").file_name().into_string().expect("it is a name");
        assert!(text.contains(&document), "{document}: {text}");
    }
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(&repository(), &["completions", shell]);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        let script = stdout(&output);
        for word in [
            "generate-report",
            "check",
            "form",
            "import",
            "status",
            "export",
            "period",
            "explain",
            "schema",
            "templates",
        ] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn every_rule_is_explained() {
    let list = stdout(&run(&repository(), &["explain"]));
    let codes: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(codes.len(), plneni::rules::ALL.len());
    for code in codes {
        let output = run(&repository(), &["explain", code]);
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains("Jak to napravit:"), "{code}");
    }
}

#[test]
fn excel_dialect_opens_in_czech_excel() {
    let output = run(&repository(), &["export", "2023", "--table", "stavy", "--dialect", "excel"]);
    assert_eq!(
        stdout(&output),
        "\u{FEFF}stav;pocet;podil\r\nSPLNĚNO;1;0,9\r\nPLNĚNO;22;20,2\r\nČÁSTEČNĚ;68;62,4\r\nNEPLNĚNO;18;16,5\r\n"
    );
}

#[test]
fn formulas_are_harmless_in_excel_and_untouched_elsewhere() {
    let copy = Copy::new();
    copy.edit("data/obdobi/2023/podklady/oz.csv", "IX/4,ČÁSTEČNĚ,\"", "IX/4,ČÁSTEČNĚ,\"=1+1 ");
    let komentar = |arguments: &[&str]| stdout(&copy.run(arguments));
    assert!(komentar(&["export", "2023", "--table", "opatreni"]).contains("=1+1 LK"));
    assert!(komentar(&["export", "2023", "--table", "opatreni", "--dialect", "excel"]).contains("'=1+1 LK"));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let mut child = plneni(&repository(), &["export", "2023", "--table", "opatreni"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it can be run");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "");
}

#[test]
fn own_templates_replace_the_built_in_ones() {
    let copy = Copy::new();
    assert_eq!(copy.run(&["templates", "export", "sablony"]).status.code(), Some(0));
    assert_eq!(copy.run(&["templates", "export", "sablony"]).status.code(), Some(2), "nothing is overwritten");
    let output = copy.run(&["generate-report", "2023", "--templates", "sablona"]);
    assert!(stderr(&output).contains("složka se šablonami „sablona“ neexistuje"), "{}", stderr(&output));
    let built_in = copy.run(&["generate-report", "2023", "--format", "md", "--out", "a"]);
    assert_eq!(built_in.status.code(), Some(0));
    copy.run(&["generate-report", "2023", "--format", "md", "--out", "b", "--templates", "sablony"]);
    assert_eq!(copy.read("a/informace-2023.md"), copy.read("b/informace-2023.md"));
    copy.write("sablony/informace/md/dokument.md", "# Vlastní\n\n{{ pocty.celkem }}\n");
    copy.run(&["generate-report", "2023", "--format", "md", "--out", "c", "--templates", "sablony"]);
    assert_eq!(copy.read("c/informace-2023.md"), "# Vlastní\n\n109\n");
}

#[test]
fn broken_templates_say_where() {
    let copy = Copy::new();
    for (template, words) in [
        ("# A\n\n{{ neni_tu }}\n", "informace/md/dokument.md:3: "),
        ("# A\n{% if %}\n", "informace/md/dokument.md:2: "),
        ("{{ obdobi.puvodd }}", "informace/md/dokument.md:1: "),
        ("{{ dokument.vyrez }}", "nedá vypsat"),
        ("{% include \"/etc/passwd\" %}", "informace/md/dokument.md:1: "),
        ("{% include \"../../Cargo.toml\" %}", "informace/md/dokument.md:1: "),
        ("{% for a in range(90000) %}{% for b in range(90000) %}{{ b }}{% endfor %}{% endfor %}", "nemá konec"),
    ] {
        copy.write("sablony/informace/md/dokument.md", template);
        let output = copy.run(&["generate-report", "2023", "--format", "md", "--templates", "sablony"]);
        assert_eq!(output.status.code(), Some(2), "{template}");
        assert!(stderr(&output).contains(words), "{template}: {}", stderr(&output));
        assert!(!copy.path().join("vystup").exists());
    }
}

#[test]
fn pieces_stand_where_the_document_asked_for_them() {
    let copy = Copy::new();
    let render = |document: &str, piece: &str| {
        copy.write("sablony/x/md/dokument.md", document);
        copy.write("sablony/x/cast.md", piece);
        copy.run(&["generate-report", "2023", "--document", "x", "--templates", "sablony", "--out", "a"])
    };
    let piece =
        "{% for n in range(9000) %}{% endfor %}{{ pocty.celkem }} {{ o.okruh if o is defined else \"k ničemu\" }}";
    let output = render(
        "{{ sestav(\"x/cast.md\") }}\n\na {{ sestav(\"x/cast.md\", o=okruhy) }} konec\n{{ sestav(\"x/cast.md\", o=[]) }}",
        piece,
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let areas: Vec<String> = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"]
        .map(|area| format!("109 {area}"))
        .to_vec();
    assert_eq!(copy.read("a/x-2023.md"), format!("109 k\u{A0}ničemu\n\na {} konec\n", areas.join("\n")));
    // Whichever comes first, the first in the document is told.
    for _ in 0..5 {
        let output = render("{{ sestav(\"x/cast.md\", o=[3, 2, 1]) }}", "{{ \"9\" * (o * 9000) ~ neni[o] }}");
        assert!(stderr(&output).contains("x/cast.md:1: "), "{}", stderr(&output));
    }
    let output = render("{{ sestav(\"x/cast.md\", o=okruhy, p=okruhy) }}", "");
    assert!(
        stderr(&output).contains("dokument.md:1: sestav chce šablonu a k ní nejvýš jeden seznam"),
        "{}",
        stderr(&output)
    );
    // What a document keeps aside it may show twice.
    let output = render("{% set a %}{{ sestav(\"x/cast.md\") }}{% endset %}{{ a }} a {{ a }}", "tady");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(copy.read("a/x-2023.md"), "tady a tady\n");
    // A text of somebody's cannot pass for a mark.
    copy.write("sablony/x/cast.md", "tady");
    let output = render("{{ \"\u{E002}0\u{E003}\" }}{{ sestav(\"x/cast.md\") }}", "tady");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(copy.read("a/x-2023.md"), "0tady\n");
}

#[test]
fn no_output_lands_among_the_data() {
    let copy = Copy::new();
    copy.write("data/obdobi/2025/obdobi.yaml", "obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\n");
    copy.write("data/obdobi/2025/podklady/osv.yaml", "podklady: []\n");
    let before = walk(&copy.path().join("data"));
    for arguments in [
        &["form", "2025", "--gestor", "OSV", "--format", "yaml", "--replace", "--out", "data/obdobi/2025/podklady"][..],
        &["export", "2025", "--out", "data/obdobi/2025"],
        &["export", "2025", "--table", "terminy", "--out", "data/../data/nova"],
        &["export", "2025", "--open-data", "data/zverejnit"],
        &["generate-report", "2025", "--draft", "--out", "data/obdobi/2025/podklady"],
        &["schema", "--out", "data"],
        &["schema", "podklady", "--out", "data"],
        &["templates", "export", "data/sablony"],
    ] {
        let output = copy.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains("“ leží ve složce s daty „data“, ve které"), "{}", stderr(&output));
    }
    assert_eq!(walk(&copy.path().join("data")), before);
    assert_eq!(copy.read("data/obdobi/2025/podklady/osv.yaml"), "podklady: []\n");
    // What nothing reads may lie there, and a folder without data has none to write over.
    for arguments in
        [&["export", "2023", "--out", "data/.vystup"][..], &["schema", "--out", "schema", "--data", "neni"]]
    {
        assert_eq!(copy.run(arguments).status.code(), Some(0), "{arguments:?}");
    }
    // Whoever works within the data writes to the usual folder as ever, and is told.
    let output =
        run(&copy.path().join("data"), &["export", "2023", "--data", ".", "--table", "stavy", "--format", "xlsx"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("„vystup/2023“ leží ve složce s daty „.“, kde bude"), "{}", stderr(&output));
    assert!(copy.path().join("data/vystup/2023/stavy.xlsx").exists());
}

#[test]
fn an_excerpt_says_so_and_counts_itself() {
    let copy = Copy::new();
    let output = copy.run(&["generate-report", "2023", "--gestor", "oz", "--status", "částečně", "--format", "md"]);
    assert!(stdout(&output).contains("Opatření 7: SPLNĚNO 0, PLNĚNO 0, ČÁSTEČNĚ 7, NEPLNĚNO 0"), "{}", stdout(&output));
    let text = copy.read("vystup/2023/informace-2023-oz-castecne.md");
    assert!(text.contains("**Výřez zprávy:** gestor OZ; stav ČÁSTEČNĚ PLNĚNO."), "{text}");
    assert!(!text.contains("opatreni-9-6"), "OŠMTS is responsible for IX/6");
    assert_eq!(copy.run(&["generate-report", "2023", "--area", "I", "--status", "SPLNĚNO"]).status.code(), Some(2));
}

#[test]
fn the_context_of_templates_can_be_seen() {
    let text = stdout(&run(&repository(), &["generate-report", "2023", "--dump-context"]));
    let context: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(context["pocty"]["celkem"], 109);
    assert_eq!(context["opatreni"]["IX/3"]["stav"], "ČÁSTEČNĚ");
}
