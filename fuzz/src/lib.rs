//! What the fuzz targets have in common: a small data set and what must hold for every finding.

use plneni::diagnostic::Diagnostic;
use plneni::load::RawFile;
use plneni::source::{Files, Place};

/// Two areas, three measures, four bodies, two periods, everything that a data folder may contain; the
/// narratives speak of counts. Nothing is wrong with it.
pub const SMALL: [(&str, &str); 14] = [
    ("obdobi/2023/obdobi.yaml", include_str!("../small/obdobi/2023/obdobi.yaml")),
    ("obdobi/2023/podklady/osv.yaml", include_str!("../small/obdobi/2023/podklady/osv.yaml")),
    ("obdobi/2023/podklady/oz.csv", include_str!("../small/obdobi/2023/podklady/oz.csv")),
    ("obdobi/2025/obdobi.yaml", include_str!("../small/obdobi/2025/obdobi.yaml")),
    ("obdobi/2025/podklady/osv.yaml", include_str!("../small/obdobi/2025/podklady/osv.yaml")),
    ("obdobi/2025/podklady/oz.csv", include_str!("../small/obdobi/2025/podklady/oz.csv")),
    ("obdobi/2025/pripominky.yaml", include_str!("../small/obdobi/2025/pripominky.yaml")),
    ("obdobi/2025/shrnuti.md", include_str!("../small/obdobi/2025/shrnuti.md")),
    ("obdobi/2025/uvod.md", include_str!("../small/obdobi/2025/uvod.md")),
    ("obdobi/2025/vyhodnoceni.yaml", include_str!("../small/obdobi/2025/vyhodnoceni.yaml")),
    ("opatreni/01.yaml", include_str!("../small/opatreni/01.yaml")),
    ("opatreni/02.yaml", include_str!("../small/opatreni/02.yaml")),
    ("strategie.yaml", include_str!("../small/strategie.yaml")),
    ("subjekty.yaml", include_str!("../small/subjekty.yaml")),
];

/// The small data set as files, in the order of their paths.
pub fn small() -> Vec<RawFile> {
    let files = SMALL.into_iter();
    files.map(|(path, text)| RawFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() }).collect()
}

/// The small data set with one file replaced or added.
pub fn small_with(path: &str, bytes: &[u8]) -> Vec<RawFile> {
    let mut files = small();
    files.retain(|file| file.path != path);
    files.push(RawFile { path: path.to_owned(), bytes: bytes.to_vec() });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The first byte chooses among things, the rest is the input. Seeds begin with a letter: `a` is the first.
pub fn chosen<'a, T>(input: &'a [u8], among: &'a [T]) -> Option<(&'a T, &'a [u8])> {
    let (first, rest) = input.split_first()?;
    Some((&among[usize::from(first.wrapping_sub(b'a')) % among.len()], rest))
}

/// Every place of every finding lies in its file, on borders of characters, and has a line and column;
/// every finding says something.
pub fn assert_placed(files: &Files, diagnostics: &[Diagnostic]) {
    for found in diagnostics {
        assert!(!found.message.trim().is_empty(), "{}", found.rule.code);
        let related = found.related.iter().map(|related| related.place);
        let suggested = found.suggestion.iter().map(|suggestion| suggestion.place);
        for place in std::iter::once(found.place).chain(related).chain(suggested) {
            assert_in_file(files, place, found);
        }
    }
}

fn assert_in_file(files: &Files, place: Place, found: &Diagnostic) {
    let text = files.get(place.file).text();
    let range = place.range();
    assert!(range.start <= range.end, "{found:?}");
    assert!(text.get(range.clone()).is_some(), "{found:?} in a text of {} bytes", text.len());
    let at = files.line_column(place);
    let line = text[files.get(place.file).line_start(at.line)..].split('\n').next().unwrap_or_default();
    let n_chars = line.chars().count();
    // A place may stand behind the last character of a line, where its end is.
    assert!(at.line >= 1 && at.column >= 1 && at.column <= n_chars + 2, "{found:?} at {at:?}");
}
