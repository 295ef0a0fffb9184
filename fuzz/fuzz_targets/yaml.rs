//! Any bytes as each kind of YAML file: read, parsed, their keys and shapes checked.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plneni::load::shape::FILE_KINDS;
use plneni::load::{self, RawFile};
use plneni_fuzz::{assert_placed, chosen};

fuzz_target!(|input: &[u8]| {
    let Some((kind, bytes)) = chosen(input, &FILE_KINDS) else { return };
    // The first `*` is a period, the last one a name.
    let path = kind.path.replace("obdobi/*", "obdobi/2023").replace('*', "01");
    let tree = load::parse(vec![RawFile { path: path.clone(), bytes: bytes.to_vec() }]);
    assert_placed(&tree.files, &tree.diagnostics);
    let is_read = tree.documents.len() == 1;
    let is_faulty = tree.diagnostics.iter().any(|found| tree.files.path(found.place) == path);
    // A frozen definition and a freeze stand for themselves; everything else is read or found fault with.
    assert!(is_read || is_faulty, "{path}: nothing was read and nothing was found");
});
