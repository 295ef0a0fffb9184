//! The filters that templates and narratives may use: dates, numbers, plurals, Markdown.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use minijinja::value::{Kwargs, StringInput, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State};
use rayon::prelude::*;

use crate::markup::{self, Block};
use crate::model::{MeasureId, czech_date, slug};
use crate::render::{docx, html, markdown, polish, wording, xlsx};
use crate::typography::{MONTHS_OF, MONTHS_TO};
use crate::view::{ReportView, joined, within_sentence};

/// Abbreviations after which the same sentence goes on, and titles. What may end one, such as „atd.“ and the
/// „z. s.“ of a name, is not here.
const GOES_ON: [&str; 25] = [
    "např.", "tzv.", "tj.", "tzn.", "mj.", "resp.", "vč.", "ul.", "nám.", "tř.", "sv.", "č.", "čl.", "p.", "doc.",
    "prof.", "Ing.", "Mgr.", "Bc.", "MUDr.", "JUDr.", "PhDr.", "PaedDr.", "RNDr.", "Dr.",
];

/// A space that does not break: in dates, before `%`, in thousands.
const NO_BREAK_SPACE: char = '\u{A0}';

/// The filters that texts of a period need; there is no list of all.
pub const FOR_TEXTS: [&str; 9] =
    ["datum", "datum_slovy", "datum_ke_dni", "cislo", "procenta", "rozdil", "sklon", "velke", "length"];

/// The engine's own, but for records and lists, which no document can say.
fn join(
    state: &mut State<'_, '_>,
    items: &Value,
    joiner: Option<StringInput<'_>>,
    attribute: Option<&str>,
    options: Kwargs,
) -> Result<Value, Error> {
    let is_of_items = attribute.is_none() && !options.has("attribute");
    if is_of_items
        && let Ok(mut items) = items.try_iter()
        && items.any(|item| whole(&item).is_err())
    {
        let message = "seznam záznamů se nedá spojit; řekněte, čím z nich: „| map(attribute=\"nazev\") | join(\", \")“";
        return Err(Error::new(ErrorKind::InvalidOperation, message));
    }
    minijinja::filters::join(state, items, joiner, attribute, options)
}

/// The engine's own, but for the same.
fn string(state: &mut State<'_, '_>, value: &Value) -> Result<Value, Error> {
    whole(value)?;
    minijinja::filters::string(state, value)
}

/// Whether a value is one text or number, and no record or list of them.
fn whole(value: &Value) -> Result<(), Error> {
    wording::of_parts(value).map_or(Ok(()), |message| Err(Error::new(ErrorKind::InvalidOperation, message)))
}

/// A text, and no other value.
fn text_of<'v>(state: &State<'_, '_>, value: &'v Value) -> Result<&'v str, Error> {
    StringInput::new(state, value)?;
    value.as_str().ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "value is not a string"))
}

/// A text changed in a way that leaves alone how it is escaped, such as what a macro has written.
fn changed(state: &State<'_, '_>, value: &Value, change: fn(&str) -> String) -> Result<Value, Error> {
    let text = change(text_of(state, value)?);
    Ok(if value.is_safe() { Value::from_safe_string(text) } else { Value::from(text) })
}

/// The characters that a person reads of a text, for filters that count or look at them. One that is escaped already
/// is so no longer, but for what a filter made of Markdown.
fn as_read<'v>(state: &State<'_, '_>, value: &'v Value) -> Result<Cow<'v, str>, Error> {
    unescaped(state, value, |part, read| read.push_str(&markdown::unescape(&with_lines(part))))
}

/// The same for filters that read Markdown. What the author of a template wrote is Markdown already.
fn as_markdown<'v>(state: &State<'_, '_>, value: &'v Value) -> Result<Cow<'v, str>, Error> {
    unescaped(state, value, |part, read| read.push_str(&with_lines(part).replace(polish::ESCAPE, "")))
}

fn unescaped<'v>(
    state: &State<'_, '_>,
    value: &'v Value,
    in_markdown: fn(&str, &mut String),
) -> Result<Cow<'v, str>, Error> {
    let text = text_of(state, value)?;
    Ok(match state.auto_escape() {
        AutoEscape::Html if value.is_safe() => {
            Cow::Owned(polish::unmarked(text, |part, read| read.push_str(&html::unescape(&with_lines(part)))))
        }
        AutoEscape::Custom(_) if value.is_safe() => Cow::Owned(polish::unmarked(text, in_markdown)),
        _ => Cow::Borrowed(text),
    })
}

fn with_lines(text: &str) -> String {
    text.replace(polish::LINE_END, "\n")
}

/// Adds all filters.
pub fn add_all(environment: &mut Environment<'_>, comments: &Arc<Comments>) {
    environment.add_filter("datum", date);
    environment.add_filter("datum_slovy", |day: &str| date_in_words(day, &MONTHS_OF));
    environment.add_filter("datum_ke_dni", |day: &str| date_in_words(day, &MONTHS_TO));
    environment.add_filter("cislo", number);
    environment.add_filter("procenta", percent);
    environment.add_filter("rozdil", difference);
    environment.add_filter("procentni_body", percentage_points);
    environment.add_filter("sklon", plural);
    environment.add_filter("slug", |text: &str| slug(text));
    environment.add_filter("zkracene", |state: &State<'_, '_>, text: &Value, longest: usize| {
        Ok::<_, Error>(shortened(&crate::model::one_line(&as_read(state, text)?), longest))
    });
    environment.add_filter("radek", |state: &State<'_, '_>, text: &Value| changed(state, text, crate::model::one_line));
    environment.add_filter("velke", |state: &State<'_, '_>, text: &Value| changed(state, text, capitalized));
    environment.add_filter("join", join);
    environment.add_filter("string", string);
    environment.add_filter("male", |state: &State<'_, '_>, text: &Value| {
        Ok::<_, Error>(within_sentence(&as_read(state, text)?))
    });
    environment
        .add_filter("veta", |state: &State<'_, '_>, text: &Value| Ok::<_, Error>(sentence(&as_read(state, text)?)));
    environment.add_filter("dni_od", days_since);
    environment.add_filter("otisk_csp", |text: &str| Value::from_safe_string(html::csp_hash(text)));
    environment.add_filter("retezec_css", html::css_string);
    environment.add_filter("doslova", literally);
    environment.add_filter("zalozka", docx::bookmark);
    environment.add_filter("pruh", docx::bar);
    let own = Arc::clone(comments);
    environment.add_filter("html", move |state: &State<'_, '_>, text: &Value| {
        let html = own.with(&as_markdown(state, text)?, html::blocks);
        Ok::<_, Error>(Value::from_safe_string(polish::already_set(&html)))
    });
    let own = Arc::clone(comments);
    environment.add_filter("markdown", move |state: &State<'_, '_>, text: &Value| {
        let markdown = own.with(&as_markdown(state, text)?, markdown::blocks);
        Ok::<_, Error>(Value::from_safe_string(polish::already_set(&markdown)))
    });
    let own = Arc::clone(comments);
    environment.add_filter(
        "ooxml",
        move |state: &State<'_, '_>, text: &Value, style: Option<&str>, options: Kwargs| {
            let write = |blocks: &[Block]| docx::blocks(blocks, style.unwrap_or("BodyText"));
            let mut paragraphs = own.with(&as_markdown(state, text)?, write);
            if options.get::<Option<bool>>("drzet")?.unwrap_or_default() {
                keep_last_with_next(&mut paragraphs);
            }
            options.assert_all_used()?;
            Ok::<_, Error>(Value::from_safe_string(polish::already_set(&paragraphs)))
        },
    );
    let own = Arc::clone(comments);
    environment.add_filter("konci_seznamem", move |state: &State<'_, '_>, text: &Value| {
        let text = as_markdown(state, text)?;
        Ok::<_, Error>(own.with(&text, |blocks| matches!(blocks.last(), Some(Block::List(..)))))
    });
    let own = Arc::clone(comments);
    environment.add_filter("holy_text", move |state: &State<'_, '_>, text: &Value| {
        Ok::<_, Error>(own.on_one_line(&as_markdown(state, text)?))
    });
    let own = Arc::clone(comments);
    environment.add_filter("holy_radky", move |state: &State<'_, '_>, text: &Value| {
        Ok::<_, Error>(own.with(&as_markdown(state, text)?, xlsx::blocks))
    });
}

/// The comments of a document, parsed once for all formats.
#[derive(Debug)]
pub struct Comments {
    /// The measures that stand in the document, which „viz IX/2“ may lead to.
    known: BTreeSet<MeasureId>,
    parsed: HashMap<String, Parsed>,
}

/// A comment as blocks, and what several bodies said of which it was joined.
#[derive(Debug)]
struct Parsed {
    parts: Vec<String>,
    blocks: OnceLock<Vec<Block>>,
}

impl Comments {
    /// No comments, but the measures that texts may lead to.
    pub fn of_none(view: &ReportView) -> Self {
        Self { known: view.measures.keys().copied().collect(), parsed: HashMap::new() }
    }

    /// The comments of a view. Those that every format shows are parsed at once, side by side; what
    /// several bodies said is joined for some formats only, and parsed by the first that asks. A plan has no
    /// other measures than its own.
    pub fn new(view: &ReportView, is_plan: bool) -> Self {
        let known: BTreeSet<MeasureId> = if is_plan {
            view.plan.measures.iter().copied().collect()
        } else {
            view.measures.keys().copied().collect()
        };
        let shown: Vec<_> = view.measures.values().filter_map(|one| Some((one, one.comment.as_ref()?))).collect();
        let parsed = shown.into_par_iter().map(|(measure, text)| {
            let parsed = match measure.submissions.as_slice() {
                several @ [_, _, ..] => {
                    Parsed { parts: joined::parts(several, &joined::by_name), blocks: OnceLock::new() }
                }
                _ => Parsed { parts: Vec::new(), blocks: OnceLock::from(parse(text, &known)) },
            };
            (text.clone(), parsed)
        });
        let parsed = parsed.collect();
        Self { known, parsed }
    }

    /// What `write` makes of a text in Markdown, be it one of the comments or any other.
    fn with<T>(&self, text: &str, write: impl FnOnce(&[Block]) -> T) -> T {
        match self.parsed.get(text) {
            Some(Parsed { parts, blocks }) => {
                write(blocks.get_or_init(|| parts.iter().flat_map(|part| parse(part, &self.known)).collect()))
            }
            None => write(&parse(text, &self.known)),
        }
    }

    /// A text in Markdown on one line, on which the code of a body, which may be in lower case, parts what it says
    /// from what the body before said.
    fn on_one_line(&self, text: &str) -> String {
        match self.parsed.get(text) {
            Some(Parsed { parts, .. }) if !parts.is_empty() => {
                markup::plain_texts(parts.iter().map(|part| parse(part, &self.known)))
            }
            _ => self.with(text, markup::plain_text),
        }
    }
}

fn parse(text: &str, known: &BTreeSet<MeasureId>) -> Vec<Block> {
    markup::parse(text, &|id| known.contains(&id))
}

/// What is no Markdown, such as evidence, for filters that read it: an address stays one, all else means what
/// it says.
fn literally(text: &str) -> String {
    let text = text.trim();
    if markup::is_safe_url(text) { text.to_owned() } else { markdown::escape(text).into_owned() }
}

/// Keeps the last of Word's paragraphs on the page of what follows it.
fn keep_last_with_next(paragraphs: &mut String) {
    const KEEP: &str = "<w:keepNext/>";
    let style = paragraphs.rfind("<w:pPr><w:pStyle ").and_then(|at| Some(at + paragraphs[at..].find("/>")? + 2));
    if let Some(at) = style.filter(|&at| !paragraphs[at..].starts_with(KEEP)) {
        paragraphs.insert_str(at, KEEP);
    }
}

fn parsed(day: &str) -> Result<Date, Error> {
    day.parse().map_err(|_| Error::new(ErrorKind::InvalidOperation, format!("„{day}“ není datum")))
}

/// `2023-12-31` → `31. 12. 2023`
fn date(day: &str) -> Result<String, Error> {
    Ok(czech_date(parsed(day)?, NO_BREAK_SPACE))
}

/// `"2024-12-31" | dni_od("2023-12-31")` → 366; negative for a day before the other one.
fn days_since(day: &str, start: &str) -> Result<i32, Error> {
    let (day, start) = (parsed(day)?, parsed(start)?);
    let span = start.until(day).map_err(|error| Error::new(ErrorKind::InvalidOperation, error.to_string()))?;
    Ok(span.get_days())
}

/// `2023-12-31` → `31. prosince 2023`
fn date_in_words(day: &str, months: &[&str; 12]) -> Result<String, Error> {
    let day = parsed(day)?;
    let month = usize::try_from(day.month()).ok().and_then(|month| months.get(month - 1)).copied().unwrap_or_default();
    Ok(format!("{}.{NO_BREAK_SPACE}{month}{NO_BREAK_SPACE}{}", day.day(), day.year()))
}

/// `1250.5` → `1 250,5`
fn number(value: f64) -> String {
    let text = format!("{}", value.abs());
    let (whole, fraction) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) && whole.len() > 3 {
            grouped.push(NO_BREAK_SPACE);
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "−" } else { "" };
    match fraction {
        Some(fraction) => format!("{sign}{grouped},{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

/// `16.5` → `16,5 %`, always with one decimal.
fn percent(value: f64) -> String {
    format!("{value:.1}{NO_BREAK_SPACE}%").replace('.', ",")
}

/// A count that went up or down: `3` → `+3`, `-2` → `−2`, `0` → `0`.
fn difference(value: f64) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    format!("{sign}{}", number(value))
}

/// A share that went up or down: `8.3` → `+8,3 p. b.`, always with one decimal.
fn percentage_points(value: f64) -> String {
    let sign = match value {
        value if value > 0.0 => "+",
        value if value < 0.0 => "−",
        _ => "",
    };
    format!("{sign}{:.1}", value.abs()).replace('.', ",") + &format!("{NO_BREAK_SPACE}p.{NO_BREAK_SPACE}b.")
}

/// The form of a word that goes with a number: `5 | sklon("bylo", "byla", "bylo")`, for one, for two
/// to four, for none and five or more.
fn plural(count: i64, one: String, few: String, many: String) -> String {
    match count.abs() {
        1 => one,
        2..=4 => few,
        _ => many,
    }
}

/// The beginning of a text, at most `longest` characters: whole sentences when that keeps at least a
/// half of them, otherwise whole words with an ellipsis.
fn shortened(text: &str, longest: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(longest) else { return text.to_owned() };
    let head = &text[..end];
    let is_long_enough = |at: usize| head[..at].chars().count() * 2 >= longest;
    let sentence = head
        .match_indices(['.', '!', '?'])
        .map(|(at, _)| at + 1)
        .rfind(|&at| starts_sentence(&text[at..]) && !goes_on(&head[..at]) && is_long_enough(at));
    match sentence {
        Some(at) => head[..at].to_owned(),
        None => {
            let words = head.rfind(' ').map_or(head, |at| &head[..at]);
            format!("{} …", words.trim_end_matches([',', ';', ':', '–', '-', ' ']))
        }
    }
}

/// Whether a new sentence follows, and not a date, a number or an abbreviation's next word.
fn starts_sentence(rest: &str) -> bool {
    rest.strip_prefix(' ').and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase)
}

/// Whether the last word of a text that ends with a full stop is one after which its sentence goes on.
fn goes_on(text: &str) -> bool {
    let word = text.rsplit([' ', NO_BREAK_SPACE]).next().unwrap_or_default();
    let word = word.trim_start_matches(['(', '„', '"', '[']);
    GOES_ON.iter().any(|known| *known == word || capitalized(known) == word)
}

/// The text with a full stop, unless it has an end of its own.
fn sentence(text: &str) -> String {
    let text = text.trim_end();
    let last = text.trim_end_matches(['“', '”', '"', '‘', ')', '*', '_']).chars().next_back();
    if last.is_none_or(|last| matches!(last, '.' | '!' | '?' | '…')) { text.to_owned() } else { format!("{text}.") }
}

/// The text with its first letter in upper case.
fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_czech() {
        assert_eq!(number(1250.5), "1\u{A0}250,5");
        assert_eq!(number(999.0), "999");
        assert_eq!(number(-1_234_567.0), "−1\u{A0}234\u{A0}567");
        assert_eq!(percent(16.5), "16,5\u{A0}%");
        assert_eq!(percent(0.0), "0,0\u{A0}%");
        assert_eq!(date("2023-12-31").ok().as_deref(), Some("31.\u{A0}12.\u{A0}2023"));
        assert_eq!(date_in_words("2023-12-31", &MONTHS_TO).ok().as_deref(), Some("31.\u{A0}prosinci\u{A0}2023"));
        assert_eq!([3.0, -2.0, 0.0].map(difference), ["+3", "−2", "0"]);
        let points = ["+8,3\u{A0}p.\u{A0}b.", "−11,0\u{A0}p.\u{A0}b.", "0,0\u{A0}p.\u{A0}b."];
        assert_eq!([8.3, -11.0, 0.0].map(percentage_points), points);
        assert!(date("31. 12.").is_err());
        assert_eq!(days_since("2024-12-31", "2023-12-31").ok(), Some(366));
        assert_eq!(days_since("2023-12-30", "2023-12-31").ok(), Some(-1));
    }

    #[test]
    fn lists_of_records_are_joined_by_one_of_their_values_alone() {
        let mut environment = Environment::new();
        environment.add_filter("join", join);
        environment.add_filter("string", string);
        environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        let areas = minijinja::context!(areas => [minijinja::context!(name => "I"), minijinja::context!(name => "II")]);
        for (template, expected) in [
            ("{{ areas | join(\", \") }}", None),
            ("{{ [[1, 2], [3]] | join }}", None),
            ("{{ areas | map(attribute=\"name\") | join(\", \") }}", Some("I, II")),
            ("{{ areas | join(\", \", attribute=\"name\") }}", Some("I, II")),
            ("{{ [1, \"b\"] | join(\"; \") }}", Some("1; b")),
            ("{{ 1 | string }}", Some("1")),
            ("{{ areas | string }}", None),
            ("{{ areas.missing | string }}", None),
        ] {
            assert_eq!(environment.render_str(template, &areas).ok().as_deref(), expected, "{template}");
        }
    }

    #[test]
    fn long_texts_end_with_a_sentence_or_a_word() {
        for (text, longest, expected) in [
            ("Krátký text.", 20, "Krátký text."),
            ("Konaly se kurzy. Další budou příští rok.", 20, "Konaly se kurzy."),
            ("Kurzy, které se konaly v létě, pokračují.", 15, "Kurzy, které …"),
            ("Stalo se to 1. 3. 2024 v Liberci. Pak ne.", 20, "Stalo se to 1. 3. …"),
            ("Ano. Pokračuje to dál i v příštím roce.", 20, "Ano. Pokračuje to …"),
            ("Žluťoučký kůň", 9, "Žluťoučký …"),
        ] {
            assert_eq!(shortened(text, longest), expected, "{text}");
        }
    }

    #[test]
    fn a_shortened_text_does_not_end_at_an_abbreviation() {
        for (text, longest, expected) in [
            (
                "Terénní práce se rozšířila do dalších obcí, např. Semil a okolí.",
                52,
                "Terénní práce se rozšířila do dalších obcí, např. …",
            ),
            ("Kurzy vedla ve všech obcích Mgr. Nováková z odboru.", 35, "Kurzy vedla ve všech obcích Mgr. …"),
            ("Kurzy se konaly (tzv. Škola rodičů) v obcích.", 25, "Kurzy se konaly (tzv. …"),
            ("Kurzy vedl Domov, z. s. Další budou příští rok.", 30, "Kurzy vedl Domov, z. s."),
            ("Kurzy, besedy, výlety atd. Další budou příští rok.", 30, "Kurzy, besedy, výlety atd."),
        ] {
            assert_eq!(shortened(text, longest), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_has_an_end() {
        for (text, expected) in [
            ("Chyběly peníze", "Chyběly peníze."),
            ("Chyběly peníze. ", "Chyběly peníze."),
            ("Proč?", "Proč?"),
            ("Prý „chyběly peníze.“", "Prý „chyběly peníze.“"),
            ("Chyběly „peníze“", "Chyběly „peníze“."),
            ("", ""),
        ] {
            assert_eq!(sentence(text), expected);
        }
    }

    #[test]
    fn what_is_no_markdown_means_what_it_says() {
        for (text, read) in [("dukazy/_zápis_ z *jednání*.pdf", "dukazy/_zápis_ z\u{A0}*jednání*.pdf"), ("- a", "- a")]
        {
            assert_eq!(markup::plain_text(&markup::parse(&literally(text), &|_| false)), read);
        }
        assert_eq!(literally(" https://a.cz/_x_/ "), "https://a.cz/_x_/");
    }

    #[test]
    fn the_last_paragraph_is_kept_with_what_follows() {
        let paragraph =
            |keep: &str, text: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"A\"/>{keep}</w:pPr>{text}</w:p>");
        for (before, after) in [
            (["", "x", "", "y"], ["", "x", "<w:keepNext/>", "y"]),
            (["", "x", "<w:keepNext/>", "y"], ["", "x", "<w:keepNext/>", "y"]),
            (["", "x", "<w:numPr/>", "y"], ["", "x", "<w:keepNext/><w:numPr/>", "y"]),
        ] {
            let [mut before, after] = [before, after].map(|it| paragraph(it[0], it[1]) + &paragraph(it[2], it[3]));
            keep_last_with_next(&mut before);
            assert_eq!(before, after);
        }
    }

    #[test]
    fn plurals_follow_the_number() {
        let form = |count| plural(count, "bylo".into(), "byla".into(), "bylo mnoho".into());
        assert_eq!(
            [0, 1, 2, 4, 5, 22, 68].map(form),
            ["bylo mnoho", "bylo", "byla", "byla", "bylo mnoho", "bylo mnoho", "bylo mnoho"]
        );
    }
}
