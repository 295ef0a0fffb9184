//! Corrections that cannot change what the data mean (`plneni check --fix`): bytes in, bytes out.
//! What is corrected is what [`jiny_zapis`] finds, and nothing beside it.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Suggestion};
use crate::load::RawFile;
use crate::rules::jiny_zapis;
use crate::source::{FileId, Files};

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// A file and what it would be.
#[derive(Debug)]
pub struct Correction {
    /// Path below the data folder.
    pub path: String,
    /// Its text as it is.
    pub before: String,
    /// Whether it is in another encoding than UTF-8, which no patch can change.
    pub is_recoded: bool,
    /// Its text as it would be, to be written in UTF-8.
    pub after: String,
    /// How many findings are mended.
    pub n_findings: usize,
}

/// The corrections of the given findings, in the order of files.
pub fn corrections(raw_files: &[RawFile], files: &Files, diagnostics: &[Diagnostic]) -> Vec<Correction> {
    let mut by_file: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    let is_ours = |found: &&Diagnostic| std::ptr::eq(found.rule, &jiny_zapis::RULE) && !found.is_accepted();
    for diagnostic in diagnostics.iter().filter(is_ours) {
        by_file.entry(diagnostic.place.file).or_default().push(diagnostic);
    }
    by_file.into_iter().filter_map(|(file, found)| correction(raw_files, files, file, &found)).collect()
}

fn correction(raw_files: &[RawFile], files: &Files, file: FileId, found: &[&Diagnostic]) -> Option<Correction> {
    let path = files.get(file).path();
    let raw = raw_files.iter().find(|raw| raw.path == path)?;
    let read = files.get(file).text();
    let corrected = corrected(read, found.iter().filter_map(|found| found.suggestion.as_ref()).collect());
    let before = std::str::from_utf8(&raw.bytes);
    let (is_recoded, before) = (before.is_err(), before.unwrap_or(read));
    // Excel tells UTF-8 from other encodings by the mark, so what came from Excel gets one.
    let mark = if is_recoded || before.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { "" };
    let (before, after) = (before.to_owned(), format!("{mark}{corrected}"));
    Some(Correction { path: path.to_owned(), before, is_recoded, after, n_findings: found.len() })
}

fn corrected(text: &str, mut suggestions: Vec<&Suggestion>) -> String {
    // From the end, so that the places before stay right.
    suggestions.sort_by_key(|suggestion| std::cmp::Reverse(suggestion.place));
    suggestions.dedup();
    let mut text = text.to_owned();
    for suggestion in suggestions {
        text.replace_range(suggestion.place.range(), &suggestion.replacement);
    }
    with_line_feeds(&text)
}

/// CRLF as LF. A carriage return before one is a line end of its own, which stays one: after a conversion that
/// was made twice, it stands between paragraphs.
fn with_line_feeds(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let Some(line) = line.strip_suffix('\n') else {
            written.push_str(line);
            continue;
        };
        let kept = line.trim_end_matches('\r');
        written.push_str(kept);
        written.extend(std::iter::repeat_n('\n', (line.len() - kept.len()).max(1)));
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Dataset;
    use crate::rules::testing::FILES;

    const PATH: &str = "obdobi/2023/podklady/osv.yaml";

    fn raw_files(path: &str, bytes: &[u8]) -> Vec<RawFile> {
        let own = RawFile { path: path.to_owned(), bytes: bytes.to_vec() };
        let others = FILES.iter().filter(|(known, _)| *known != path && *known != PATH);
        let others = others.map(|(path, text)| RawFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() });
        let mut files: Vec<RawFile> = std::iter::once(own).chain(others).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }

    fn fixed(path: &str, bytes: &[u8]) -> Vec<Vec<u8>> {
        let raw = raw_files(path, bytes);
        let dataset = Dataset::new(raw_files(path, bytes));
        corrections(&raw, &dataset.files, &dataset.check(None)).into_iter().map(|it| it.after.into_bytes()).collect()
    }

    #[test]
    fn comments_order_and_quotes_stay() {
        let before = "# pro OSV\npredkladatel: 'osv'   # my\npodklady:\n- {stav: \"částečně\", opatreni: i/1,\n   komentar: 'Je  to  tak.'}\n";
        let after = "# pro OSV\npredkladatel: 'OSV'   # my\npodklady:\n- {stav: \"ČÁSTEČNĚ\", opatreni: I/1,\n   komentar: 'Je  to  tak.'}\n";
        assert_eq!(fixed(PATH, before.as_bytes()), [after.as_bytes()]);
        assert_eq!(fixed(PATH, after.as_bytes()), Vec::<Vec<u8>>::new());
    }

    #[test]
    fn line_ends_are_mended_at_once_and_are_as_many_as_before() {
        let text = "predkladatel: OSV\r\npodklady:\r\r\n- {stav: ČÁSTEČNĚ, opatreni: I/1,\r\r\r\n   komentar: 'Je  to\n\r\n  tak.'}";
        let after =
            "predkladatel: OSV\npodklady:\n\n- {stav: ČÁSTEČNĚ, opatreni: I/1,\n\n\n   komentar: 'Je  to\n\n  tak.'}";
        assert_eq!(fixed(PATH, text.as_bytes()), [after.as_bytes()]);
        assert_eq!(fixed(PATH, after.as_bytes()), Vec::<Vec<u8>>::new());
        assert_eq!(with_line_feeds("a\rb\r"), "a\rb\r");
    }

    #[test]
    fn csv_of_older_excel_becomes_utf8_that_excel_opens() {
        let text = "opatření;stav;komentář\r\nI/1;\"Částečně \";\"Běží; dál\"\r\n";
        let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode(text);
        let after = "\u{FEFF}opatření;stav;komentář\nI/1;\"ČÁSTEČNĚ \";\"Běží; dál\"\n";
        assert_eq!(fixed("obdobi/2023/podklady/osv.csv", &bytes), [after.as_bytes()]);
    }

    #[test]
    fn what_is_shown_begins_as_the_file_does() {
        let text = "opatreni;stav;komentar\nI/1;částečně;Běží.\n";
        let path = "obdobi/2023/podklady/osv.csv";
        let found = |bytes: &[u8]| {
            let raw = raw_files(path, bytes);
            let dataset = Dataset::new(raw_files(path, bytes));
            corrections(&raw, &dataset.files, &dataset.check(None)).remove(0)
        };
        let marked = found(format!("\u{FEFF}{text}").as_bytes());
        assert!(marked.before.starts_with("\u{FEFF}opatreni") && marked.after.starts_with("\u{FEFF}opatreni"));
        let plain = found(text.as_bytes());
        assert!(plain.before == text && plain.after.starts_with("opatreni") && !plain.is_recoded && !marked.is_recoded);
        let recoded = found(&encoding_rs::WINDOWS_1250.encode(text).0);
        assert!(recoded.is_recoded && recoded.before == text && recoded.after.starts_with("\u{FEFF}opatreni"));
    }
}
