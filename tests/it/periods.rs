//! Periods: how one is opened, and what a whole one gives.

use crate::support::{Copy, stderr, stdout};

const NEW: [&str; 9] = ["period", "new", "2025", "--from", "2024-01-01", "--to", "2025-12-31", "--due", "2026-01-31"];

#[test]
fn a_new_period_has_no_findings_and_can_be_reported() {
    let copy = Copy::new();
    let output = copy.run(&NEW);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(
        stdout(&output),
        "Zapsáno: data/obdobi/2025/obdobi.yaml\nZapsáno: data/obdobi/2025/uvod.md\n\
         Zapsáno: data/obdobi/2025/shrnuti.md\nPodklady patří do složky data/obdobi/2025/podklady.\n"
    );
    let definition = copy.read("data/obdobi/2025/obdobi.yaml");
    let keys: Vec<&str> = definition.lines().filter(|line| !line.starts_with('#')).collect();
    let expected =
        ["obdobi: 2025", "od: 2024-01-01", "do: 2025-12-31", "ke_dni: 2025-12-31", "termin_podkladu: 2026-01-31"];
    assert_eq!(keys, expected);
    let modeline = copy.read("data/obdobi/2023/obdobi.yaml").lines().next().map(str::to_owned);
    assert_eq!(definition.lines().next(), modeline.as_deref());
    let check = stderr(&copy.run(&["check", "--period", "2025", "--notes"]));
    assert!(!check.contains("chyba[") && !check.contains("cislo-v-textu"), "{check}");
    assert_eq!(copy.run(&["generate-report", "2025"]).status.code(), Some(0));
    let text = copy.read("vystup/2025/informace-2025.md").replace('\u{A0}', " ");
    for words in [
        "byla schválena dne 30. 11. 2021 usnesením č.",
        "Obsahuje 109 opatření",
        "ve sledovaném období 2024–2025, a to k 31. prosinci 2025",
        "Z celkového počtu 109 opatření jich 109 ve sledovaném období 2024–2025 plněno nebylo.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("{#") && !text.contains("{{"), "{text}");
}

#[test]
fn a_period_that_cannot_be_is_refused_and_nothing_is_written() {
    for (changes, words) in [
        (&[(2, "20x5")][..], "„20x5“ není rok"),
        (&[(4, "1. 1. 2024")], "„1. 1. 2024“ u volby --from není datum; pište ho jako 2025-12-31"),
        (&[(6, "2025-02-30")], "„2025-02-30“ u volby --to není datum"),
        (&[(4, "2026-01-01")], "období 2025 nejde založit: období končí dřív, než začíná"),
        (&[(2, "2026")], "období 2026 musí končit v roce 2026, ne 31. 12. 2025"),
        (&[(8, "2025-12-31")], "podklady by se odevzdávaly dřív (31. 12. 2025)"),
        (&[(4, "2023-07-01")], "překrývalo s obdobím 2023, které trvá od 1. 1. 2022 do 31. 12. 2023"),
        (&[(2, "2023"), (6, "2023-12-31"), (4, "2022-01-01")], "„data/obdobi/2023/obdobi.yaml“ už existuje"),
    ] {
        let copy = Copy::new();
        let mut arguments = NEW;
        for &(index, value) in changes {
            arguments[index] = value;
        }
        let before = copy.read("data/obdobi/2023/obdobi.yaml");
        let output = copy.run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stdout(&output), "");
        assert!(stderr(&output).contains(words), "{words}: {}", stderr(&output));
        assert!(!copy.path().join("data/obdobi/2025").exists());
        assert_eq!(copy.read("data/obdobi/2023/obdobi.yaml"), before);
    }
}

#[test]
fn a_period_is_opened_once_and_not_half() {
    let copy = Copy::new();
    copy.write("data/obdobi/2025/shrnuti.md", "Rozepsáno.\n");
    let output = copy.run(&NEW);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("„data/obdobi/2025/shrnuti.md“ už existuje"), "{}", stderr(&output));
    assert!(!copy.path().join("data/obdobi/2025/obdobi.yaml").exists());
    assert_eq!(copy.read("data/obdobi/2025/shrnuti.md"), "Rozepsáno.\n");
}

#[test]
fn days_of_another_period_that_cannot_be_read_are_a_fault_of_the_data() {
    let copy = Copy::new();
    copy.edit("data/obdobi/2023/obdobi.yaml", "od: 2022-01-01", "od: 1. 1. 2022");
    let output = copy.run(&NEW);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("chyba[neplatne-datum]"), "{}", stderr(&output));
    assert!(!copy.path().join("data/obdobi/2025").exists());
}
