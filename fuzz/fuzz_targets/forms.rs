//! Any bytes as a filled form. What begins with `<` is the XML of the sheet that people fill in and is
//! put into a workbook first, because no fuzzer guesses a checksum. What is taken in is read back.
#![no_main]

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use plneni::dataset::Dataset;
use plneni::form::{self, Asking};
use plneni::import::{self, Earlier, content};
use plneni::load::RawFile;
use plneni::model::Year;
use plneni_fuzz::{small, small_with};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The sheet that people fill in.
const SHEET: &str = "xl/worksheets/sheet1.xml";

static BEFORE: LazyLock<Dataset> = LazyLock::new(|| Dataset::new(small()));
static PARTS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(parts);

fuzz_target!(|input: &[u8]| {
    let bytes = if input.starts_with(b"<") { workbook(input) } else { input.to_vec() };
    let (filled, faults) = import::read(&RawFile { path: "osv.xlsx".to_owned(), bytes });
    assert!(filled.is_some() || !faults.is_empty(), "nothing was read and nothing was found");
    let forms: Vec<_> = filled.into_iter().collect();
    let judged = import::take_in(&small(), &BEFORE, &forms, &faults, Earlier::Replaced, "data");
    if judged.n_errors > 0 {
        return;
    }
    for taken in &judged.taken {
        let dataset = Dataset::new(small_with(&taken.path, taken.text.as_bytes()));
        let (file, _) = dataset.files.iter().find(|(_, file)| file.path() == taken.path).expect("it was added");
        let year = taken.path.split('/').nth(1).and_then(Year::parse).expect("it lies in a period");
        assert_eq!(content::of(&dataset, year, &[file]), taken.content, "{}", taken.text);
    }
});

/// The form of OSV as a workbook whose first sheet is this one.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in PARTS.iter() {
        archive.start_file(name.as_str(), stored).expect("memory takes it");
        archive.write_all(if name == SHEET { sheet } else { bytes }).expect("memory takes it");
    }
    archive.finish().expect("memory takes it").into_inner()
}

/// The parts of the form of OSV for 2025.
fn parts() -> Vec<(String, Vec<u8>)> {
    let period = BEFORE.period(Year(2025)).expect("it is there");
    let body = BEFORE.strategy.register.find("OSV").expect("it is there");
    let form = Asking::new(&BEFORE, period).form(body).expect("measures concern it");
    let bytes = (form::xlsx::FORMAT.write)(&form).expect("a form can be written");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("it is an archive");
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("it is there");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("it can be unpacked");
        parts.push((part.name().expect("it has a name").into_owned(), bytes));
    }
    parts
}
