//! Typesetting any text: done twice it is the same as once, and what is printed stays, blanks and
//! quotation marks aside.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plneni::render::polish;
use plneni::typography::{typeset, typeset_runs};

fuzz_target!(|text: &str| {
    let once = typeset(text).into_owned();
    assert_eq!(typeset(&once), once);
    assert_eq!(printed(&once), printed(text));
    // The same over pieces of the text, cut at what stands for emphasis.
    let mut runs: Vec<String> = text.split('*').map(str::to_owned).collect();
    let whole = runs.concat();
    typeset_runs(&mut runs);
    assert_eq!(runs.concat(), typeset(&whole));
    for document in [polish::markup(text), polish::markdown(text)] {
        assert_eq!(letters(&document), letters(text));
    }
});

fn printed(text: &str) -> String {
    const QUOTES: [char; 4] = ['"', '„', '“', '”'];
    text.chars().filter(|c| !c.is_whitespace()).map(|c| if QUOTES.contains(&c) { '"' } else { c }).collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
