//! Whatever people do to a file of the small data set: no panic, and every finding stands somewhere in
//! its file. What goes deeper and takes longer is in `fuzz/`.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::dataset::Dataset;
use crate::diagnostic::Diagnostic;
use crate::load::{self, RawFile};
use crate::rules::testing::FILES;

/// What gets into files by hand, or by another program; a bar between.
const PIECES: &str = "\n|\n\n|\n  |\n    - |  |\t|\u{A0}|\r\n|\r|\u{FEFF}|\0|\u{301}|ž|😀|: |- |#|\"|'|„|[|]|{|}|,|;|&a |*a|!x |%|---\n|...\n\
    ||>|~|null|\\|<b>|[x](javascript:a)|viz IX/2|OSV|PLNĚNO|stav: |opatreni: I/1|kriteria: |12/2024|1e9|-1|2023-02-30|999999999999";

/// What is done to a text: at some character, so many characters are replaced by a piece.
type Edit = (Index, usize, &'static str);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let pieces: Vec<&str> = PIECES.split('|').chain(["|", ""]).collect();
    prop::collection::vec((any::<Index>(), 0_usize..12, select(pieces)), 1..5)
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (index, n_replaced, piece) in edits {
        let start = index.index(chars.len() + 1);
        let end = (start + n_replaced).min(chars.len());
        chars.splice(start..end, piece.chars());
    }
    chars.into_iter().collect()
}

fn files(which: Index, path: Option<&str>, bytes: &[u8]) -> Vec<RawFile> {
    let mut files: Vec<RawFile> = FILES
        .iter()
        .map(|(path, text)| RawFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() })
        .collect();
    let replaced = path.map_or_else(|| which.get(&FILES).0.to_owned(), str::to_owned);
    files.retain(|file| file.path != replaced);
    files.push(RawFile { path: replaced, bytes: bytes.to_vec() });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn check(files: Vec<RawFile>) -> Result<(), TestCaseError> {
    let waiting = Dataset::of_tree(load::parse_without_large(files.clone())).check(None);
    let dataset = Dataset::of_tree(load::parse(files));
    let found = dataset.check(None);
    for found in &found {
        in_its_file(found, &dataset)?;
    }
    prop_assert_eq!(
        format!("{waiting:?}"),
        format!("{found:?}"),
        "whether what is large is parsed when a model takes it"
    );
    Ok(())
}

fn in_its_file(found: &Diagnostic, dataset: &Dataset) -> Result<(), TestCaseError> {
    let related = found.related.iter().map(|related| related.place);
    let suggested = found.suggestion.iter().map(|suggestion| suggestion.place);
    for place in std::iter::once(found.place).chain(related).chain(suggested) {
        let text = dataset.files.get(place.file).text();
        prop_assert!(text.get(place.range()).is_some(), "{found:?} in {text:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn findings_of_an_edited_file_stand_in_it(which: Index, edits in edits()) {
        check(files(which, None, edited(which.get(&FILES).1, &edits).as_bytes()))?;
    }

    #[test]
    fn findings_of_edited_tables_stand_in_them(which: Index, edits in edits()) {
        const TABLES: [(&str, &str); 2] = [
            (
                "obdobi/2023/podklady/oz.csv",
                "opatreni;stav;komentar;kriterium;hodnota\nI/2;PLNĚNO;\"Konaly se \"\"dvě\"\".\n\nVíc ne.\";;\nI/2;;;Počet konferencí;2\n",
            ),
            ("obdobi/2023/pripominky.csv", "subjekt,cast,text,vyporadani,oduvodneni\nOZ,Úvod,\"x, y\",nepřijato,z\n"),
        ];
        let (path, text) = which.get(&TABLES);
        check(files(which, Some(path), edited(text, &edits).as_bytes()))?;
    }

    #[test]
    fn findings_of_any_bytes_stand_in_them(which: Index, bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        check(files(which, None, &bytes))?;
    }
}
