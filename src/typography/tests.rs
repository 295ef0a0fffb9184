use proptest::prelude::*;

use super::words::{QUOTES, parts};
use super::*;

/// Pairs of input and output; `~` stands for a hard space in both.
const EXAMPLES: &[(&str, &str)] = &[
    // One-letter words.
    ("a v obci", "a~v~obci"),
    ("(k tomu) „S ním“ [u nás] A pak", "(k~tomu) „S~ním“ [u~nás] A~pak"),
    ("ve škole, bod a) text, tím a, že v ", "ve škole, bod a) text, tím a, že v "),
    // Dates.
    ("Předpokládaný termín nabytí účinnosti 1.7. 2025.", "Předpokládaný termín nabytí účinnosti 1.~7.~2025."),
    ("31. 12. 2023, (31.12.2023), 22.11. 2023", "31.~12.~2023, (31.~12.~2023), 22.~11.~2023"),
    ("dne 17.03. 2022 či 17. 03.2022", "dne 17.~03.~2022 či 17.~03.~2022"),
    ("32. 12. 2023, 31.13.2023, 1.7.1899, 1.7., 1.7.2025/3", "32. 12. 2023, 31.13.2023, 1.7.1899, 1.7., 1.7.2025/3"),
    ("1.2.3.2020, 1.2.3. 2020", "1.2.3.2020, 1.2.3. 2020"),
    ("31. prosince 2023, v lednu 2024, k 1. září.", "31.~prosince~2023, v~lednu~2024, k~1.~září."),
    // Numbers.
    ("vyplývá, že bohužel více jak 16% opatření", "vyplývá, že bohužel více jak 16~% opatření"),
    ("(16 %), 3,5‰, 10–20%, 20%ní, %C5%99", "(16~%), 3,5~‰, 10–20~%, 20%ní, %C5%99"),
    ("alokoval v rozpočtu 500.000 Kč", "alokoval v~rozpočtu 500.000~Kč"),
    ("5 mil. Kč, 7 tis., 1.000,- Kč, 20 °C, Kč 5 Kčs", "5~mil.~Kč, 7~tis., 1.000,-~Kč, 20~°C, Kč 5 Kčs"),
    ("240 MŠ, ve kterých se vzdělávalo 15 195 dětí", "240 MŠ, ve kterých se vzdělávalo 15~195 dětí"),
    ("1 250 000,50 Kč, +420 485 226 111", "1~250~000,50~Kč, +420~485~226~111"),
    ("v roce 2022 109 opatření, v letech 2021 a 2022", "v~roce 2022 109 opatření, v~letech 2021 a~2022"),
    ("1 2500, 15 19, 1. 250", "1 2500, 15 19, 1. 250"),
    // Abbreviations.
    ("§ 21a zákona č.258/2000 Sb.", "§~21a zákona č.258/2000~Sb."),
    ("dotačního programu   č. 7.10 – Infrastruktura", "dotačního programu č.~7.10 – Infrastruktura"),
    ("čl. 3 odst. 2 písm. a) str. 5 (s. 7), s. r", "čl.~3 odst.~2 písm.~a) str.~5 (s.~7), s. r"),
    ("tzv. „azyl“, tj. pět, např. byt, mj. dům", "tzv.~„azyl“, tj.~pět, např. byt, mj. dům"),
    ("doc. Ing. Eva, Mgr. studium", "doc.~Ing.~Eva, Mgr. studium"),
    ("Tísně, o. p. s., Rodina z. s., Dům s.r. o. a p. o.", "Tísně,~o.~p.~s., Rodina~z.~s., Dům~s.r.~o. a~p.~o."),
    ("( Rodina v centrum z.ú.)", "(Rodina v~centrum~z.ú.)"),
    // Quotation marks.
    ("vzdělávací kurz \"Housing First“", "vzdělávací kurz „Housing First“"),
    ("\"Ano\", „ne\", “snad”, „možná” („\"a\" b“)", "„Ano“, „ne“, „snad“, „možná“ („„a“ b“)"),
    ("\"a\"-\"b\", \"Dům\"ový „ \"(c)\"", "„a“-„b“, „Dům“ový „ „(c)“"),
    ("projekt „Džas dureder / Jdeme dál“, který", "projekt „Džas dureder / Jdeme dál“, který"),
    ("slovo\", dál \"slovo", "slovo“, dál „slovo"),
    ("trubka 5\" a 5\"x6\", „délka 5\"", "trubka 5\" a~5\"x6\", „délka 5“"),
    ("\"Dům „ Naděje“ zde\", „text„ dál", "„Dům „Naděje“ zde“, „text“ dál"),
    ("it's ‚to‘ «ono» » » d’Art", "it's ‚to‘ «ono» » » d’Art"),
    // Gaps.
    (" \t a\n\nje  tu \r\n", " a~je tu "),
    ("a ~ b~~c \u{2009}d", "a~b~~c\u{2009}d"),
    ("text , další ; ( „ Dům “ ) ! Co ?", "text, další; („Dům“)! Co?"),
    (
        "jazyk .NET … a ... text – vše - nic ,co ( ) tel. . . ;-) KÚ LK / ??? Proč ?",
        "jazyk .NET … a~... text – vše - nic ,co ( ) tel. . . ;-) KÚ LK / ??? Proč?",
    ),
    // What must not be touched.
    (
        "https://krajlbc.sharepoint.com/sites/socialni_zaclenovani . Nový portál",
        "https://krajlbc.sharepoint.com/sites/socialni_zaclenovani. Nový portál",
    ),
    ("\"https://x.cz/\", (https://x.cz/?q=\"a\").", "„https://x.cz/“, (https://x.cz/?q=\"a\")."),
    ("kód `a  \"b\" 5%` a `c", "kód `a  \"b\" 5%` a~`c"),
    ("viz IX/2 a XIII/4, 513/21/ZK, a.b@c.cz", "viz IX/2 a~XIII/4, 513/21/ZK, a.b@c.cz"),
];

fn marked(text: &str) -> String {
    text.replace('~', NBSP)
}

#[test]
fn examples() {
    for (input, output) in EXAMPLES {
        let (input, output) = (marked(input), marked(output));
        assert_eq!(typeset(&input), output);
        assert!(matches!(typeset(&output), Cow::Borrowed(_)), "{output}");
    }
}

#[test]
fn runs() {
    let mut runs = ["Kurz \"", "Housing ", " First", "\" v", " ", "obci 1.", "7.2025 "].map(str::to_owned);
    typeset_runs(&mut runs);
    assert_eq!(runs, ["Kurz „", "Housing ", "First", "“ v", "~", "obci 1.", "~7.~2025 "].map(marked));
}

#[test]
fn long_texts_end_at_once() {
    let sentence = "V obci „Dům“ 1.7. 2025 vzniklo ( jak víme ) 16% bytů, viz https://x.cz/ a \"tak\" . ";
    let hostile = "\"| \"|` |``a|( |„ | .|www.|\"https://x|1.7.|1 |16%|a@a|z. s. ";
    let short = hostile.split('|').map(|pattern| pattern.repeat(100_000 / pattern.len()));
    for text in short.chain([sentence.repeat(1_000_000 / sentence.len())]) {
        // Were a step quadratic, this would take hours and not be overlooked.
        let set = typeset(&text);
        assert!(typeset(&set) == set, "{:?}", text.get(..3));
    }
}

/// Pieces to assemble texts from, a bar between them.
const FRAGMENTS: &str = "a|v|A|obci|Eva|ní|e\u{301}|1|12|31.|1.7.|12.|2023|31.12.2023|7.2025|250|500.000|16%|%|‰|Kč|mil.|5\"|\
    č.|§|písm.|a)|s.|tzv.|Ing.|z.s.|z.|o.|p.|r.|prosince|\"|\"|„|“|”|‚|‘|'|«|(|)|[|]|,|.|;|!|?|:|…|...|\
    .NET|–|-|=|/|@|www|www.|https://x.cz/a?b=1|https://x.cz/?q=\"a\"|http://|`|``|\u{FFFC}|\u{2009}|\u{A0}| | | | | |  |\n";

fn tricky() -> impl Strategy<Value = String> {
    let fragments: Vec<&str> = FRAGMENTS.split('|').collect();
    prop::collection::vec(prop::sample::select(fragments), 0..16).prop_map(|parts| parts.concat())
}

fn printed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if QUOTES.contains(&c) { '"' } else { c }).collect()
}

fn fixed(text: &str) -> Vec<&str> {
    parts(&words(text))
        .into_iter()
        .filter(|(part, is_fixed)| *is_fixed && !part.is_empty())
        .map(|(part, _)| part)
        .collect()
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let once = typeset(text).into_owned();
    prop_assert_eq!(take_all_steps(text, &words(text)), once.as_str());
    prop_assert_eq!(typeset(&once), once.as_str());
    prop_assert_eq!(matches!(typeset(text), Cow::Borrowed(_)), once == text);
    prop_assert_eq!(printed(&once), printed(text));
    prop_assert_eq!(fixed(&once), fixed(text));
    let url = "https://x.cz/a?b=1";
    prop_assert_eq!(once.matches(url).count(), text.matches(url).count());
    Ok(())
}

proptest! {
    #[test]
    fn holds_for_any_text(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn holds_for_tricky_text(text in tricky()) {
        check(&text)?;
    }

    #[test]
    fn runs_join_to_the_whole(runs in prop::collection::vec(tricky(), 0..5)) {
        let mut done = runs.clone();
        typeset_runs(&mut done);
        let whole = runs.concat();
        prop_assert_eq!(done.concat(), typeset(&whole));
        for (run, done) in runs.iter().zip(&done) {
            prop_assert_eq!(printed(run), printed(done));
        }
    }
}
