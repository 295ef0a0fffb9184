//! Any bytes as a CSV file of submissions and as one of comments.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plneni::load::{self, RawFile};
use plneni_fuzz::{assert_placed, chosen};

const PATHS: [&str; 2] = ["obdobi/2023/podklady/oz.csv", "obdobi/2023/pripominky.csv"];

fuzz_target!(|input: &[u8]| {
    let Some((path, bytes)) = chosen(input, &PATHS) else { return };
    let tree = load::parse(vec![RawFile { path: (*path).to_owned(), bytes: bytes.to_vec() }]);
    assert_placed(&tree.files, &tree.diagnostics);
    let is_faulty = tree.diagnostics.iter().any(|found| tree.files.path(found.place) == *path);
    assert!(tree.documents.len() == 1 || is_faulty, "{path}: nothing was read and nothing was found");
});
