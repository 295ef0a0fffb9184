//! What a person is told of whole files that YAML cannot read.

use crate::rules::neplatny_yaml::RULE;
use crate::rules::testing;

#[test]
fn advice_is_of_what_was_meant() {
    const PATH: &str = "obdobi/2023/podklady/oz.yaml";
    let (colon, quote) = (
        "v textu bez uvozovek je dvojtečka s mezerou",
        "dejte celý text za první dvojtečkou do rovných uvozovek \" \"",
    );
    let (no_blank, put_behind) = ("za dvojtečkou chybí mezera", "napište za ni mezeru, například „stav: PLNĚNO“");
    let (comma, delete) = ("mezi položkami je čárka navíc", "smažte ji");
    let (open, close) = (
        "uvozovky se tu otevírají a už se nezavřou",
        "doplňte rovné uvozovky na konec textu; uvozovky uvnitř textu pište jako „ “",
    );
    let (bracket, put_bracket) = (
        "závorka na tomto nebo některém předchozím řádku se nezavřela, nebo mezi položkami chybí čárka",
        "doplňte závorku „]“ či „}“, případně čárku",
    );
    let (dash, empty) = ("za dvojtečkou je jen pomlčka", "není-li co napsat, nechte prázdné");
    let (blank, put_blank) = ("za pomlčkou chybí mezera", "napište mezi pomlčku a klíč mezeru");
    let put_dash = "pište obyčejnou pomlčku - a za ní mezeru";
    let start = (
        "text za dvojtečkou začíná pomlčkou",
        "za dvojtečku napište znak | a řádky odsaďte; má-li to být seznam, začněte ho na dalším řádku",
    );
    let below_keys = (
        "klíč s dvojtečkou tu být nemůže",
        "srovnejte odsazení s klíči nad ním; chybí-li dvojtečka s mezerou na předchozím řádku, doplňte ji",
    );
    let (keys, own_line) = ("na řádku je víc klíčů", "každý klíč pište na svůj řádek, pod první z nich");
    let (bar, below) =
        ("za znakem „|“ text na témže řádku stát nemůže", "za | přejděte na nový řádek a text odsaďte, nebo | smažte");
    let (twice, leave_one) = ("pomlčka je tu dvakrát", "nechte jen jednu a za ní mezeru");
    let (missing, add_dash) = (
        "položce seznamu chybí pomlčka",
        "napište před ni pomlčku a mezeru; další klíče položky patří přesně pod její první klíč",
    );
    let (askew, even) = (
        "řádek je odsazen jinak než řádky, ke kterým patří",
        "srovnejte ho s nimi; pomlčky jednoho seznamu i klíče jednoho zápisu stojí přesně pod sebou",
    );
    let (goes_on, indent) = (
        "text za „komentar“ tu pokračuje, ale řádek není odsazen víc než „komentar“",
        "odsaďte všechny jeho řádky o dvě mezery víc, než je klíč",
    );
    let (askew_key, below_key) =
        ("klíč „stav“ je odsazen jinak než klíče nad ním a pod ním", "odsaďte ho přesně pod klíč nad ním");
    let (no_key, look) = (
        "tady má začínat klíč s dvojtečkou (například „stav: PLNĚNO“)",
        "zkontrolujte odsazení a dvojtečku na tomto a předchozím řádku",
    );
    let other = |mark: &str| format!("položka seznamu nezačíná pomlčkou, ale znakem „{mark}“");
    for (items, at, message, help) in [
        ("  - opatreni: II/1\n    komentar: |\n    Děje se.\n    Dál.\n", "4:5", goes_on, indent),
        ("  - opatreni: II/1\n    komentar: Děje se.\nDál.\n", "4:1", goes_on, indent),
        ("  - opatreni: II/1\n    komentar: |\n    - první\n    - druhá\n", "4:7", goes_on, indent),
        ("  - opatreni: II/1\n    komentar: >\n      Děje se.\n\n  Dál.\n  - opatreni: I/2\n", "6:3", goes_on, indent),
        ("  - komentar: Děje se.\n    opatreni: II/1\n    Dál.\n", "4:5", no_key, look),
        ("  - opatreni: II/1\nstav: PLNĚNO\n    komentar: Děje se.\n", "3:1", askew_key, below_key),
        ("  - opatreni: II/1\n\nstav: PLNĚNO\n\n    komentar: Děje se.\n", "4:1", askew_key, below_key),
        ("  - opatreni: II/1\n  stav: PLNĚNO\n    komentar: Děje se.\n", "3:3", askew, even),
        ("  - opatreni: II/1\n    stav: PLNĚNO\n     komentar: Děje se.\n", "4:14", below_keys.0, below_keys.1),
        ("  - opatreni: II/1\n    stav: PLNĚNO\n    Děje se.\n", "4:5", no_key, look),
        ("  - opatreni: II/1\n    stav: -\n", "3:11", dash, empty),
        ("  - opatreni: II/1\n    stav: PLNĚNO\n    komentar: - # nic\n", "4:15", dash, empty),
        ("  - opatreni: II/1\n    kriteria: [{kriterium: x, hodnota: -, stav: PLNĚNO}]\n", "3:40", dash, empty),
        ("  - opatreni: II/1\n    komentar: - Děje se.\n", "3:15", start.0, start.1),
        ("  - opatreni: II/1\n    komentar: -\n\n      Děje se.\n", "3:15", start.0, start.1),
        ("  - opatreni: II/1\n    komentar: -\n      # nic\n    stav: PLNĚNO\n", "3:15", dash, empty),
        ("  - stav: -\n    opatreni: II/1\n", "2:11", dash, empty),
        ("  - opatreni: II/1\n    stav: -\n      PLNĚNO\n", "3:11", dash, empty),
        ("  - opatreni: II/1\n    kriteria: -\n      - {kriterium: x}\n", "3:15", dash, empty),
        ("podklady: -\n  - opatreni: II/1\n", "2:11", dash, empty),
        ("  - opatreni: II/1\n    komentar: -\n      - Děje se.\n", "3:15", start.0, start.1),
        ("  -opatreni: II/1\n    stav: PLNĚNO\n", "2:3", blank, put_blank),
        ("  - opatreni: I/2\n    stav: PLNĚNO\n  -opatreni: II/1\n    stav: PLNĚNO\n", "4:3", blank, put_blank),
        ("  – opatreni: II/1\n    stav: PLNĚNO\n", "2:3", &other("–"), put_dash),
        ("  - opatreni: I/2\n    stav: PLNĚNO\n  –opatreni: II/1\n    stav: PLNĚNO\n", "4:3", &other("–"), put_dash),
        ("  -opatreni: \"I/2\"\n    stav: PLNĚNO\n", "2:3", blank, put_blank),
        ("  – opatreni: \"I/2\"\n    stav: PLNĚNO\n", "2:3", &other("–"), put_dash),
        ("# x\n  – opatreni: \"I/2\"\n    stav: PLNĚNO\n", "3:3", &other("–"), put_dash),
        (
            "  - opatreni: I/2\n    kriteria: # x\n      – kriterium: x\n        stav: PLNĚNO\n",
            "4:7",
            &other("–"),
            put_dash,
        ),
        ("  - kriteria:\n      # x\n      -kriterium: x\n        stav: PLNĚNO\n", "4:7", blank, put_blank),
        ("- opatreni: I/2\n  stav: PLNĚNO\n– opatreni: II/1\n  stav: PLNĚNO\n", "4:1", &other("–"), put_dash),
        ("  * opatreni: II/1\n    stav: PLNĚNO\n", "2:3", &other("*"), put_dash),
        ("  • opatreni: II/1\n    stav: PLNĚNO\n", "2:3", &other("•"), put_dash),
        ("  - opatreni: II/1 stav: PLNĚNO\n", "2:24", keys, own_line),
        ("  - opatreni: I / 1 stav: PLNĚNO\n", "2:25", keys, own_line),
        ("  - opatreni: II/1\n    stav: ČÁSTEČNĚ PLNĚNO komentar: Běží.\n", "3:35", keys, own_line),
        ("  - cislo: 1 popis: Otevřít klub.\n", "2:19", keys, own_line),
        ("  - kod: OSV nazev: odbor\n", "2:19", keys, own_line),
        ("  - termin: 12/2025 odpovednost: [OSV]\n", "2:32", keys, own_line),
        ("usneseni: 17/ZK schvaleno: 2024-06-25\n", "2:26", keys, own_line),
        ("od: 2024-07-01 do: 2025-06-30\n", "2:18", keys, own_line),
        ("  - nazev: Rodiny, popis: dobrý\n", "2:25", colon, quote),
        ("predkladatel: OSV – odbor, kontakt: Novák\n", "2:35", colon, quote),
        ("  - kriterium: x\n    doklad: dukazy/zapis.pdf, text: příloha 3\n", "3:35", colon, quote),
        ("  - stav: PLNĚNO (viz popis: níže)\n", "2:28", colon, quote),
        ("  - opatreni: II/1\n    komentar: výsledek, stav: dobrý\n", "3:29", colon, quote),
        ("  - kriterium: Průměrná hodnota: vše\n", "2:32", colon, quote),
        ("  - termin: po přijetí zákona: brzy\n", "2:30", colon, quote),
        ("  - opatreni: II/1\n    komentar: Současný stav: vše běží\n", "3:28", colon, quote),
        ("  - opatreni: II/1\n    komentar: \"a\n      – stav: dobrý\"\n    stav: a: b\n", "5:12", colon, quote),
        (
            "  - opatreni: II/1\n    komentar: Takto\n      výsledky\n      – stav: dobrý\n    stav: PLNĚNO\n",
            "5:13",
            colon,
            quote,
        ),
        ("  - opatreni: II/1\n    komentar: Takto\n      dobré výsledky: ano\n", "4:21", colon, quote),
        ("  - opatreni: II/1\n    komentar: Takto\n      stav: PLNĚNO\n", "4:11", below_keys.0, below_keys.1),
        ("  - opatreni: II/1\n    komentar:\n      Takto\n      – stav: dobrý\n", "5:13", colon, quote),
        ("  - opatreni: II/1\n    komentar:\n      \"a\n      – stav: b\"\n    stav: c: d\n", "6:12", colon, quote),
        ("  - opatreni: II/1\n    komentar: Výsledek: dobrý\n", "3:23", colon, quote),
        ("  - opatreni: II/1\n    komentar: „Výsledek: dobrý“\n", "3:24", colon, quote),
        ("  - {kriterium: \"a\", doklad: \"b}\n", "2:30", open, close),
        ("  - {kriterium: \"a\", doklad: 'b, stav: PLNĚNO}\n  - {kriterium: x}\n", "2:30", open, close),
        ("  - vazby: [\"a\", \"b]\n    termin: 12/2025\n", "2:18", open, close),
        ("  - doklad: \"a\"\n    stav: \"b\n", "3:11", open, close),
        ("  - opatreni:II/1\n    stav: PLNĚNO\n", "2:5", no_blank, put_behind),
        ("  - opatreni:II/1\n\n    # x: y\n    stav: PLNĚNO\n", "2:5", no_blank, put_behind),
        ("  - opatreni:II/1\n    stav:PLNĚNO\n    komentar: x\n", "2:5", no_blank, put_behind),
        ("  - opatreni: I/2\n    stav: PLNĚNO\n  - opatreni:II/1\n    stav: PLNĚNO\n", "4:5", no_blank, put_behind),
        ("# x\npredkladatel:OZ\nstav: PLNĚNO\n", "3:1", no_blank, put_behind),
        (
            "  - opatreni: II/1\n    komentar: Takto\n      stav:dobrý\n      stav: x\n",
            "5:11",
            below_keys.0,
            below_keys.1,
        ),
        ("  -- opatreni: I/2\n    stav: PLNĚNO\n", "2:4", twice, leave_one),
        ("  - - opatreni: I/2\n    stav: PLNĚNO\n", "2:5", twice, leave_one),
        ("  - opatreni: I/2\n    stav: PLNĚNO\n  -- opatreni: I/1\n    stav: x\n", "4:4", twice, leave_one),
        ("  - opatreni: I/2\n    stav: PLNĚNO\n  - - opatreni: I/1\n    stav: x\n", "4:5", twice, leave_one),
        ("  opatreni: I/2\n    stav: PLNĚNO\n  - opatreni: I/1\n", "2:3", missing, add_dash),
        ("  opatreni: I/2\n    stav: PLNĚNO\n", "2:3", missing, add_dash),
        ("  opatreni: I/2\n  stav: PLNĚNO\n  - opatreni: I/1\n    stav: x\n", "2:3", missing, add_dash),
        ("    opatreni: I/2\n    stav: PLNĚNO\n  - opatreni: I/1\n    stav: x\n", "2:5", missing, add_dash),
        ("# x\n\n  opatreni: I/2\n    stav: x\n  - opatreni: I/1\n", "4:3", missing, add_dash),
        ("  - opatreni: I/2\n    stav: x\n  opatreni: I/1\n    stav: x\n", "4:3", missing, add_dash),
        ("- opatreni: I/2\n  stav: x\nopatreni: I/1\n  stav: x\n", "4:1", missing, add_dash),
        ("  - opatreni: I/2\n    kriteria:\n      kriterium: x\n        stav: x\n", "4:7", missing, add_dash),
        ("  opatreni: I/2\n    stav PLNĚNO\n    komentar: x\n", "2:3", missing, add_dash),
        ("  stav: x\n  - opatreni: I/1\n", "2:3", missing, add_dash),
        // Where another key stands, it is rather the indent that is wrong.
        ("  - opatreni: I/2\n  stav: PLNĚNO\n", "3:3", askew, even),
        ("  - opatreni: I/2\n    stav: x\n   - opatreni: I/1\n", "4:4", askew, even),
        ("  - spoluprace: [obce,, NNO]\n", "2:23", comma, delete),
        ("  - spoluprace: [, obce]\n", "2:18", comma, delete),
        ("  - spoluprace: [obce,\n      , NNO]\n", "3:7", comma, delete),
        ("  - {nazev: Analýzy: dílčí, druh: vystup}\n", "2:20", colon, quote),
        ("  - {nazev: Analýzy druh: vystup}\n", "2:25", bracket, put_bracket),
        ("  - opatreni: II/1\n    komentar: | Text hned tady.\n", "3:15", bar, below),
        ("  - opatreni: II/1\n    komentar: |- Text\n      a dál\n", "3:15", bar, below),
    ] {
        let text = format!("podklady:\n{items}");
        assert_eq!(testing::findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:{at}: {message}")], "{text}");
        assert_eq!(testing::helps(&RULE, &[(PATH, &text)]), [help], "{text}");
    }
}
