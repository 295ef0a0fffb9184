//! A small data set with one file replaced: built, checked, evaluated, shown and written as Markdown
//! or HTML, as a draft would be. What has no error must give a document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plneni::dataset::{Dataset, n_of};
use plneni::diagnostic::Severity;
use plneni::model::Year;
use plneni::render::templates::Templates;
use plneni::render::{Fault, Narratives, Renderer, find_format};
use plneni::view::{self, Request};
use plneni_fuzz::{SMALL, assert_placed, chosen, small_with};

/// Files that the small data set lacks.
const OTHERS: [&str; 4] =
    ["prijato.yaml", "obdobi/2023/zmrazeni.yaml", "obdobi/2025/pripominky.csv", "obdobi/2023/definice/subjekty.yaml"];

fuzz_target!(|input: &[u8]| {
    let paths: Vec<&str> = SMALL.iter().map(|(path, _)| *path).chain(OTHERS).collect();
    let Some((path, bytes)) = chosen(input, &paths) else { return };
    let dataset = Dataset::new(small_with(path, bytes));
    assert_placed(&dataset.files, dataset.loading());
    assert_placed(&dataset.files, &dataset.check(None));
    // Writing is what takes time: the last period alone, one format.
    if let Some(year) = dataset.periods().last().map(|period| period.year) {
        write(&dataset, year, if bytes.len().is_multiple_of(2) { "md" } else { "html" });
    }
});

fn write(dataset: &Dataset, year: Year, name: &str) {
    let diagnostics = dataset.check_with_earlier(year);
    assert_placed(&dataset.files, &diagnostics);
    let evaluated = dataset.evaluate(year).expect("it is one of the periods");
    let view = view::build(dataset, &evaluated, &diagnostics, &Request::default());
    let narratives = Narratives { texts: dataset.narratives(evaluated.period), view: &view };
    let templates = Templates::new(&[]);
    let is_clean = n_of(&diagnostics, Severity::Error) == 0;
    let renderer = match Renderer::new(&templates, "informace", &view, &narratives) {
        Ok(renderer) => renderer,
        // A narrative is a template that people write; a broken one is a finding. That a name in it means
        // nothing is known only to who renders it.
        Err(error) => return assert!(!is_clean || error.is::<Fault>(), "no finding, yet {error:#}"),
    };
    let format = find_format(name).expect("it is one of the formats");
    let document = (format.render)(&renderer).unwrap_or_else(|error| panic!("{name} of {year}: {error:#}"));
    let text = String::from_utf8(document).expect("documents are UTF-8");
    assert!(!text.contains("href=\"javascript:"), "{text}");
    assert!(!text.contains(['\u{E000}', '\u{E001}']), "a mark of typesetting was left in {name}");
}
