//! Every parser of a short text: what is read, written and read again is the same.
#![no_main]

use std::fmt::{Debug, Display};

use libfuzzer_sys::fuzz_target;
use plneni::import::content;
use plneni::import::write_yaml;
use plneni::load::yaml;
use plneni::model::comment::{Resolution, Section};
use plneni::model::open_data::{Email, WebAddress};
use plneni::model::{self, AreaNumber, Deadline, MeasureId, Status, Year, tidied};
use plneni::source::Files;
use plneni::yaml_text;

fuzz_target!(|text: &str| {
    read_back(text, Deadline::parse);
    read_back(text, MeasureId::parse);
    read_back(text, AreaNumber::parse);
    read_back(text, Year::parse);
    read_back(text, Status::parse);
    read_back(text, Section::parse);
    read_back(text, Resolution::parse);
    if let Some(deadline) = Deadline::parse(text) {
        let _ = deadline.last_day();
    }
    if let Some(guess) = Deadline::guess(text) {
        assert!(Deadline::parse(&guess).is_some(), "{guess}");
    }
    if let Some(number) = model::parse_number(text) {
        assert_eq!(model::parse_number(&model::czech_number(number)), Some(number));
    }
    if let Some(address) = WebAddress::parse(text) {
        assert_eq!(WebAddress::parse(address.as_str()).as_ref(), Some(&address));
    }
    if let Some(address) = Email::parse(text) {
        assert_eq!(Email::parse(address.as_str()).as_ref(), Some(&address));
    }
    assert_eq!(model::squash(&model::squash(text)), model::squash(text));
    assert_eq!(tidied(&tidied(text)), tidied(text));
    kept_in_yaml(text);
});

fn read_back<T: Display + Debug + PartialEq>(text: &str, parse: fn(&str) -> Option<T>) {
    if let Some(value) = parse(text) {
        let written = value.to_string();
        assert_eq!(parse(&written).as_ref(), Some(&value), "{written}");
    }
}

/// A text written as YAML in each way is read back as it was, Unicode NFC aside. Hidden characters are
/// found fault with.
fn kept_in_yaml(text: &str) {
    if model::hidden_character(text).is_some() {
        return;
    }
    let expected = Some(model::composed(text).into_owned());
    let lines = [
        format!("k: {}\nl: x\n", yaml_text::on_one_line(text)),
        format!("k:{}\nl: x\n", yaml_text::value(text, 2)),
        yaml_text::block(text, 2).map_or_else(|| "k: ''\nl: x\n".to_owned(), |block| format!("k: {block}\nl: x\n")),
    ];
    for (index, written) in lines.iter().enumerate() {
        if index == 2 && yaml_text::block(text, 2).is_none() {
            continue;
        }
        assert_eq!(scalar(written, "k"), expected, "{written}");
        assert_eq!(scalar(written, "l").as_deref(), Some("x"), "{written}");
    }
    let file = write_yaml::write(text, &content::Content::new());
    assert_eq!(scalar(&file, "predkladatel"), expected, "{file}");
}

fn scalar(written: &str, key: &str) -> Option<String> {
    let mut files = Files::default();
    let file = files.add("a.yaml".to_owned(), written.to_owned());
    let mut diagnostics = Vec::new();
    let node = yaml::parse(file, files.get(file).text(), &mut diagnostics)?;
    assert!(diagnostics.is_empty(), "{written}\n{diagnostics:?}");
    Some(node.text(key)?.value.to_string())
}
