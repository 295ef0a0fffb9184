//! Hostile input from outside: whatever lies among the data, the templates or the forms, the program
//! ends by itself, with a finding or an error in Czech, or with text that does no harm.

use std::fs;

use crate::support::{Copy, stderr, stdout};

const SUBMISSION: &str = "data/obdobi/2023/podklady/mmr.yaml";

/// A submission with this comment; JSON is YAML too.
fn commented(copy: &Copy, comment: &str) {
    let comment = serde_json::to_string(comment).expect("a text can be written");
    copy.write(
        SUBMISSION,
        format!("predkladatel: MMR\npodklady:\n  - opatreni: I/9\n    stav: PLNĚNO\n    komentar: {comment}\n"),
    );
}

/// What a run says that the program refuses.
fn refused(copy: &Copy, arguments: &[&str]) -> String {
    let output = copy.run(arguments);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    assert!(said.starts_with("plneni: "), "{said}");
    said
}

#[test]
fn deep_nesting_in_yaml_is_one_finding() {
    for text in ["[".repeat(100_000), "- ".repeat(100_000), "? ".repeat(100_000), "{a: ".repeat(100_000)] {
        let copy = Copy::new();
        copy.write("data/opatreni/14.yaml", &text);
        let found = copy.findings();
        assert!(matches!(found.as_slice(), [one] if one.ends_with(" neplatny-yaml")), "{found:?}");
    }
}

#[test]
fn deep_nesting_in_a_comment_is_text_in_every_format() {
    for (open, close) in [("> ", ""), ("1. ", ""), ("> - ", ""), ("*a **b ", "c** d* ")] {
        let copy = Copy::new();
        commented(&copy, &format!("{}konec{}", open.repeat(10_000), close.repeat(10_000)));
        let output = copy.run(&["generate-report", "2023", "--draft", "--area", "I", "--out", "vystup"]);
        assert!(output.status.success(), "{open}: {}", stderr(&output));
        assert!(copy.read("vystup/informace-2023-okruh-1.html").contains("konec"), "{open}");
    }
}

#[test]
fn a_file_over_the_limit_is_refused_until_the_limit_is_raised() {
    for path in ["data/obdobi/2023/podklady/mmr.yaml", "data/obdobi/2023/podklady/mmr.csv"] {
        let copy = Copy::new();
        copy.write(path, "");
        // Sparse: it takes no room on the disk.
        let file = fs::OpenOptions::new().write(true).open(copy.path().join(path)).expect("it can be opened");
        file.set_len(1 << 30).expect("it can be made longer");
        let said = refused(&copy, &["check"]);
        assert!(said.contains("je větší než 8 MB; je-li to správně, zvyšte mez volbou --limit-file-mb"), "{said}");
        file.set_len(9 << 20).expect("it can be made shorter");
        assert_eq!(copy.run(&["check", "--limit-file-mb", "9"]).status.code(), Some(1));
        assert!(refused(&copy, &["check", "--limit-file-mb", "0"]).contains("hodnota „0“"));
    }
}

#[test]
fn what_there_is_too_much_of_is_refused_until_the_limit_is_raised() {
    let copy = Copy::new();
    let said = refused(&copy, &["check", "--limit-files", "5"]);
    assert!(said.contains("je víc než 5 souborů; je-li to správně, zvyšte mez volbou --limit-files"), "{said}");
    copy.write("data/obdobi/2023/dukazy/zapis.pdf", vec![b' '; 2 << 20]);
    let said = refused(&copy, &["check", "--limit-total-mb", "1"]);
    assert!(said.contains("dohromady víc než 1 MB; je-li to správně, zvyšte mez volbou --limit-total-mb"), "{said}");
    assert!(copy.run(&["check", "--limit-files", "100", "--limit-total-mb", "3"]).status.success());
    copy.write("t/x/md/dokument.md", format!("{{% for a in range(20) %}}{}{{% endfor %}}", "x".repeat(100_000)));
    let report = ["generate-report", "2023", "--templates", "t", "--document", "x", "--limit-document-mb"];
    let said = refused(&copy, &[&report[..], &["1"]].concat());
    assert!(said.contains("dokument má víc než 1 MB") && said.contains("--limit-document-mb"), "{said}");
    assert!(copy.run(&[&report[..], &["2"]].concat()).status.success());
}

#[test]
fn many_findings_are_counted_and_not_all_shown() {
    let copy = Copy::new();
    let rows: Vec<String> = (0..800).map(|index| format!("I/9,BLB{index},x\n")).collect();
    copy.write("data/obdobi/2023/podklady/mmr.csv", format!("opatreni,stav,komentar\n{}", rows.concat()));
    let said = stderr(&copy.run(&["check"]));
    assert_eq!(said.matches("\nchyba[").count() + 1, 500);
    assert!(said.contains("; všechny vypíše „plneni check --output concise“.\n"), "{said}");
    assert!(stdout(&copy.run(&["check", "--output", "concise"])).lines().count() > 800);
}

#[test]
fn what_would_steer_a_terminal_or_a_log_is_not_passed_on() {
    let copy = Copy::new();
    copy.write(
        SUBMISSION,
        "predkladatel: MMR\npodklady:\n  - opatreni: I/9\n    stav: \"PLN\\e[31m\\n::error::x\\u202E\\a\"\n    komentar: \"a\\u202Eb \\e[2J\"\n    kriteria:\n      - {kriterium: \"\\e]0;x\\a\", hodnota: \"\\e[5m\", doklad: \"../../\\e[1m\\nx\"}\n",
    );
    for format in ["full", "concise", "github"] {
        let output = copy.run(&["check", "--output", format]);
        let text = stdout(&output) + &stderr(&output);
        assert!(text.contains("skryty-znak"), "{format}: {text}");
        assert!(!text.contains(['\u{1B}', '\u{7}', '\u{202E}']), "{format}: {text}");
        assert!(!text.lines().any(|line| line.starts_with("::error::")), "{format}: {text}");
    }
}

#[test]
fn templates_that_never_end_or_lead_elsewhere_are_refused() {
    for (template, reason) in [
        ("{% include \"/etc/passwd\" %}", "šablona „/etc/passwd“ neexistuje"),
        ("{% include \"../../strategie.yaml\" %}", "šablona „../../strategie.yaml“ neexistuje"),
        ("{% include \"x/md/dokument.md\" %}", "x/md/dokument.md"),
        ("{% extends \"x/md/dokument.md\" %}", "cycle in template inheritance"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "recursion limit exceeded"),
        ("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "sestavování nemá konec"),
        ("{{ \"x\"|indent(100000000000) }}", "filtr „indent“ neexistuje"),
        ("{{ \"%1000000000d\"|format(1) }}", "filtr „format“ neexistuje"),
        ("{{ \"x\" * 100000000000 }}", "repeated string is too large"),
        ("{{ sestav(\"/etc/passwd\") }}", "sestav nenašel šablonu „/etc/passwd“"),
        ("{{ sestav(\"x/md/dokument.md\") }}", "funkce „sestav“ neexistuje"),
        ("{{ sestav(\"../mimo.md\", a=[1]) }}", "sestav nenašel šablonu „../mimo.md“"),
    ] {
        let copy = Copy::new();
        copy.write("t/x/md/dokument.md", template);
        let said = refused(&copy, &["generate-report", "2023", "--templates", "t", "--document", "x"]);
        assert!(said.contains(reason), "{template}: {said}");
    }
    for (template, reason) in [
        (format!("{{{{ {}1 }}}}", "not ".repeat(100_000)), "je delší než 2000 bajtů"),
        (format!("{{{{ 1{} }}}}", "|abs".repeat(100_000)), "je delší než 2000 bajtů"),
        (format!("{{{{ {}1{} }}}}", "(".repeat(100_000), ")".repeat(100_000)), "je delší než 2000 bajtů"),
        ("{% if true %}".repeat(100_000), "maximum recursion limits"),
        (format!("{{% for a in range(9999) %}}{}{{% endfor %}}", "x".repeat(100_000)), "má víc než 64 MB"),
    ] {
        let copy = Copy::new();
        copy.write("t/x/md/dokument.md", template);
        let said = refused(&copy, &["generate-report", "2023", "--templates", "t", "--document", "x"]);
        assert!(said.contains(reason), "{reason}: {said}");
    }
    for (piece, reason) in [
        ("{{ s(\"x/cast.md\", s=[s]) }}", "smí volat jen dokument sám"),
        ("{{ s }}", "tato hodnota se nedá vypsat"),
        ("{% for a in range(30000) %}{{ \"\" }}{% endfor %}", "sestavování nemá konec"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "recursion limit exceeded"),
        ("{{ \"x\" * 9000 }}", "má víc než 64 MB"),
    ] {
        let copy = Copy::new();
        copy.write("t/x/md/dokument.md", "{{ sestav(\"x/cast.md\", s=[sestav] * 9000) }}");
        copy.write("t/x/cast.md", piece);
        let said = refused(&copy, &["generate-report", "2023", "--templates", "t", "--document", "x"]);
        assert!(said.contains(reason), "{piece}: {said}");
    }
    // As deep as an expression may be.
    for expression in
        [format!("{}1", "not ".repeat(480)), format!("1{}", "|e".repeat(980)), format!("1{}", "~1".repeat(980))]
    {
        let copy = Copy::new();
        copy.write("t/x/md/dokument.md", format!("{{% set a = {expression} %}}konec"));
        let output = copy.run(&["generate-report", "2023", "--templates", "t", "--document", "x"]);
        assert!(output.status.code().is_some(), "it crashed");
    }
}

#[test]
fn templates_and_narratives_that_grow_without_end_are_refused() {
    let straight = "{% set x = x ~ x %}".repeat(60);
    for growing in [
        "{% set ns = namespace(x=\"a\") %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{% set ns = namespace(x=\"a\") %}{% for i in range(99) %}{% set c %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = c %}{% endfor %}",
        "{% macro d(x) %}{{ d(x ~ x) }}{% endmacro %}{{ d(\"a\") }}",
        "{% set x = (\"a\" * 100000000)|replace(\"a\", \"a\" * 1000) %}",
        "{% set x = [1]|batch(1000000000, 1)|list %}",
        &format!("{{% set x = \"a\" %}}{straight}"),
    ] {
        let copy = Copy::new();
        copy.write("t/x/md/dokument.md", growing);
        let said = refused(&copy, &["generate-report", "2023", "--templates", "t", "--document", "x"]);
        assert!(said.contains("si vzaly víc než 1037 MB paměti"), "{growing}: {said}");
    }
    let copy = Copy::new();
    copy.write("data/obdobi/2023/uvod.md", format!("{{% set x = \"a\" %}}{straight}"));
    let said = refused(&copy, &["generate-report", "2023"]);
    assert!(said.contains("si vzaly víc než 1037 MB paměti"), "{said}");
}

#[test]
fn a_narrative_that_would_take_the_compiler_too_deep_is_a_finding() {
    let copy = Copy::new();
    copy.write("data/obdobi/2023/uvod.md", format!("{{{{ {}1 }}}}", "not ".repeat(100_000)));
    assert_eq!(copy.findings(), ["data/obdobi/2023/uvod.md:1:1 neplatna-sablona"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    #[test]
    fn what_is_no_ordinary_file_is_refused_before_it_is_opened() {
        for place in ["opatreni/14.yaml", "obdobi/2024", ".plneni-zapis.json"] {
            for target in ["/dev/zero", "/etc/passwd", "/etc", "..", "14.yaml", "nikam"] {
                let copy = Copy::new();
                symlink(target, copy.path().join("data").join(place)).expect("the link can be made");
                let said = refused(&copy, &["check"]);
                assert!(said.contains("není obyčejný soubor"), "{place} → {target}: {said}");
            }
            let copy = Copy::new();
            let pipe = copy.path().join("data").join(place);
            assert!(Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()));
            assert!(refused(&copy, &["check"]).contains("není obyčejný soubor"), "{place}");
        }
        let copy = Copy::new();
        let _socket = std::os::unix::net::UnixListener::bind(copy.path().join("data/s.yaml")).expect("it can be bound");
        assert!(refused(&copy, &["check"]).contains("není obyčejný soubor"));
        assert!(refused(&copy, &["import", "/dev/zero"]).contains("není obyčejný soubor"));
    }

    #[test]
    fn the_data_folder_itself_may_be_a_link() {
        let copy = Copy::new();
        symlink("data", copy.path().join("odkaz")).expect("the link can be made");
        assert!(copy.run(&["check", "--data", "odkaz"]).status.success());
    }

    /// Other systems refuse such names.
    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_no_unicode_are_told_and_nothing_is_written_under_another_one() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        use crate::support::walk;

        let copy = Copy::new();
        let folder = copy.path().join("data/obdobi/2023/podklady");
        let text = "podklady:\n  - {opatreni: VIII/9, stav: plneno}\n";
        for name in [b"o\xBEp.yaml", b"o\xAEp.yaml"] {
            fs::write(folder.join(OsStr::from_bytes(name)), text).expect("it can be written");
        }
        let before = walk(copy.path());
        for arguments in [&["check", "--fix"][..], &["check"], &["check", "data/obdobi/2023/podklady"]] {
            let output = copy.run(arguments);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.contains("soubor „obdobi/2023/podklady/o\u{FFFD}p.yaml“ nic nečte"), "{said}");
            assert!(said.contains("přejmenujte"), "{said}");
            assert_eq!((said.matches("chyba[").count(), walk(copy.path())), (1, before.clone()), "{said}");
        }
    }

    #[test]
    fn names_of_files_do_not_break_what_is_said_of_them() {
        for name in ["a\n::error::b.yaml", "\u{1B}[31m\u{7}.yaml", "\u{202E}lmay.yaml", "::error file=x::y.yaml"] {
            let copy = Copy::new();
            copy.write(&format!("data/opatreni/{name}"), "x: [\n");
            for format in ["full", "concise", "github"] {
                let output = copy.run(&["check", "--output", format]);
                assert_eq!(output.status.code(), Some(1), "{name:?}");
                let text = stdout(&output) + &stderr(&output);
                assert!(!text.contains(['\u{1B}', '\u{7}', '\u{202E}']), "{name:?} {format}: {text}");
                assert!(!text.lines().any(|line| line.starts_with("::error::b")), "{name:?} {format}: {text}");
            }
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_name_that_is_not_utf8_is_named_as_well_as_it_can_be() {
        use std::os::unix::ffi::OsStrExt;
        let copy = Copy::new();
        let name = std::ffi::OsStr::from_bytes(b"\xFFa.yaml");
        fs::write(copy.path().join("data/opatreni").join(name), "x: [\n").expect("it can be written");
        assert!(stderr(&copy.run(&["check"])).contains("data/opatreni/\u{FFFD}a.yaml:"));
    }
}
