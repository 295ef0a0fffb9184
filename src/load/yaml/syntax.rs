//! What a syntax error of YAML says: not what the parser expected, but what a person wrote and what to do
//! about it.

mod brackets;
mod dashes;
mod keys;

use granit_parser::ErrorKind;

use crate::diagnostic::Diagnostic;
use crate::load::yaml::syntax::brackets::{
    NOTE_WITH_BRACKET, NOTE_WITH_BRACKET_HELP, closing_bracket, is_about_brackets, is_colon_in_item, is_comma_too_many,
    note_with_bracket,
};
use crate::load::yaml::syntax::keys::{
    is_among_items, is_key, is_key_without_blank, is_known_key, is_of_sentences, is_second_key,
    key_indented_too_little, key_of_sentences_above, key_without_blank_above,
};
use crate::rules::neplatny_yaml;
use crate::source::{FileId, Place};

/// Blanks that look like indentation and are none.
pub(super) const NO_BREAK_SPACES: [char; 2] = ['\u{A0}', '\u{202F}'];
pub(super) const PROPERTY_MESSAGE: &str = "značky „&“ a „!“ před hodnotou se v datech nepoužívají";
pub(super) const PROPERTY_HELP: &str = "značku smažte; text, který jí začíná, patří do uvozovek";
pub(super) const ALIAS_MESSAGE: &str = "odkaz „*“ na jiné místo souboru se v datech nepoužívá";
pub(super) const ALIAS_HELP: &str = "napište hodnotu znovu celou; text, který začíná hvězdičkou, patří do uvozovek";
pub(super) const NO_BREAK_SPACE_MESSAGE: &str = "řádek je odsazen nezlomitelnou mezerou";
pub(super) const NO_BREAK_SPACE_HELP: &str = "smažte ji a odsaďte obyčejnými mezerami (vzniká kopírováním z Wordu)";

pub(super) const QUOTE_BEHIND_COLON: &str = "dejte celý text za dvojtečkou do rovných uvozovek \" \"";
const IN_STRAIGHT_QUOTES: &str = "dejte celý text za první dvojtečkou do rovných uvozovek \" \"";
const TAB: &str = "řádek je odsazen tabulátorem";
const TAB_HELP: &str = "odsaďte mezerami, dvěma na každou úroveň";
const BLANK_BEHIND_COLON: &str = "za dvojtečkou chybí mezera";
const BLANK_BEHIND_COLON_HELP: &str = "napište za ni mezeru, například „stav: PLNĚNO“";

/// One finding for a syntax error, in words that say what to do about it.
pub(super) fn finding(file: FileId, text: &str, at: usize, kind: &ErrorKind) -> Diagnostic {
    // A quotation mark stays open whatever indents the lines below it.
    if !matches!(kind, ErrorKind::UnclosedQuotedScalar)
        && let Some(place) = no_break_space_indent(file, text, at)
    {
        return neplatny_yaml::finding(place, NO_BREAK_SPACE_MESSAGE, NO_BREAK_SPACE_HELP);
    }
    if let Some(place) = no_break_space_behind_mark(file, text, at) {
        return neplatny_yaml::finding(place, NO_BREAK_SPACE_BEHIND, NO_BREAK_SPACE_BEHIND_HELP);
    }
    let is_in_quotes = matches!(kind, ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent);
    if let Some((at, mark)) = not_a_dash_and_blank(text, at).filter(|_| !is_in_quotes) {
        let place = Place::new(file, at..at + mark.len_utf8());
        return if mark == '-' {
            neplatny_yaml::finding(place, "za pomlčkou chybí mezera", "napište mezi pomlčku a klíč mezeru")
        } else {
            let message = format!("položka seznamu nezačíná pomlčkou, ale znakem „{mark}“");
            neplatny_yaml::finding(place, &message, "pište obyčejnou pomlčku - a za ní mezeru")
        };
    }
    if !is_in_quotes && let Some(key) = key_without_blank_above(text, at) {
        return neplatny_yaml::finding(Place::new(file, key), BLANK_BEHIND_COLON, BLANK_BEHIND_COLON_HELP);
    }
    if let Some((at, mark)) = text_behind_mark(text, at).filter(|_| !matches!(kind, ErrorKind::UnclosedQuotedScalar)) {
        let place = Place::new(file, at..at + mark.len_utf8());
        if mark == '|' {
            let help = "za | přejděte na nový řádek a text odsaďte, nebo | smažte";
            return neplatny_yaml::finding(place, "za znakem „|“ text na témže řádku stát nemůže", help);
        }
        let message = format!("text, který začíná znakem „{mark}“, patří do uvozovek");
        return neplatny_yaml::finding(place, &message, QUOTE_BEHIND_COLON);
    }
    if let Some(place) = tab_indent(file, text, at) {
        return neplatny_yaml::finding(place, TAB, TAB_HELP);
    }
    let at = match kind {
        // Between brackets the place is that of the quotation mark itself.
        ErrorKind::UnclosedQuotedScalar if text[text.floor_char_boundary(at)..].starts_with(['"', '\'']) => at,
        ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent => opening_quote(text, at),
        _ => text.floor_char_boundary(at),
    };
    let end = text[at..].chars().next().map_or(at, |c| at + if c == '\n' || c == '\r' { 0 } else { c.len_utf8() });
    let place = Place::new(file, at..end);
    if let ErrorKind::UnexpectedCharacter { character } = kind {
        let message = format!("text bez uvozovek nemůže začínat znakem „{character}“");
        return neplatny_yaml::finding(place, &message, "dejte celý text do rovných uvozovek \" \"");
    }
    if is_about_brackets(kind)
        && let Some(at) = note_with_bracket(text, at)
    {
        return neplatny_yaml::finding(Place::new(file, at..at + 1), NOTE_WITH_BRACKET, NOTE_WITH_BRACKET_HELP);
    }
    let is_about_items = matches!(
        kind,
        ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::ExpectedBlockMappingKey | ErrorKind::MappingValueNotAllowed
    );
    if is_about_items && !has_colon_before(text, at) {
        if let Some(range) = dashes::second_dash(text, at) {
            return neplatny_yaml::finding(Place::new(file, range), dashes::TWICE, dashes::TWICE_HELP);
        }
        if let Some(range) = dashes::key_without_dash(text, at) {
            return neplatny_yaml::finding(Place::new(file, range), dashes::MISSING, dashes::MISSING_HELP);
        }
    }
    if matches!(kind, ErrorKind::MappingValueNotAllowed)
        && let Some(range) = key_indented_too_little(text, at)
    {
        let message = format!("klíč „{}“ je odsazen jinak než klíče nad ním a pod ním", &text[range.clone()]);
        return neplatny_yaml::finding(Place::new(file, range), &message, "odsaďte ho přesně pod klíč nad ním");
    }
    let is_no_key =
        matches!(kind, ErrorKind::ExpectedBlockMappingKey | ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey);
    if is_no_key
        && !is_key_without_blank(&text[at..])
        && let Some(key) = key_of_sentences_above(text, at)
    {
        let message = format!("text za „{key}“ tu pokračuje, ale řádek není odsazen víc než „{key}“");
        return neplatny_yaml::finding(place, &message, "odsaďte všechny jeho řádky o dvě mezery víc, než je klíč");
    }
    let (message, help) = match kind {
        _ if has_colon_before(text, at) && is_lone_dash(&text[at..]) && !has_sentences_below(text, at) => {
            ("za dvojtečkou je jen pomlčka", "není-li co napsat, nechte prázdné")
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => (TAB, TAB_HELP),
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => (
            "uvozovky se tu otevírají a už se nezavřou",
            "doplňte rovné uvozovky na konec textu; uvozovky uvnitř textu pište jako „ “",
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "za uzavřenými uvozovkami ještě něco stojí",
            "dejte do rovných uvozovek celý text a vnitřní uvozovky napište jako „ “",
        ),
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => (
            "zpětné lomítko má ve dvojitých uvozovkách zvláštní význam a tohle za ním stát nemůže",
            "napište „\\\\“, nebo celý text uzavřete do jednoduchých uvozovek",
        ),
        _ if is_about_brackets(kind) && is_comma_too_many(text, at) => ("mezi položkami je čárka navíc", "smažte ji"),
        _ if is_about_brackets(kind) && is_colon_in_item(text, at) => {
            ("v textu bez uvozovek je dvojtečka s mezerou", IN_STRAIGHT_QUOTES)
        }
        _ if is_about_brackets(kind) => (
            "závorka na tomto nebo některém předchozím řádku se nezavřela, nebo mezi položkami chybí čárka",
            "doplňte závorku „]“ či „}“, případně čárku",
        ),
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => {
            ("tahle závorka nezavírá žádnou otevřenou", "zkontrolujte závorky na řádku")
        }
        ErrorKind::MappingValueNotAllowed if has_colon_before(text, at) && is_second_key(&text[..at]) => {
            ("na řádku je víc klíčů", "každý klíč pište na svůj řádek, pod první z nich")
        }
        ErrorKind::MappingValueNotAllowed if has_colon_before(text, at) || has_words_before(text, at) => {
            ("v textu bez uvozovek je dvojtečka s mezerou", IN_STRAIGHT_QUOTES)
        }
        ErrorKind::MappingValueNotAllowed => (
            "klíč s dvojtečkou tu být nemůže",
            "srovnejte odsazení s klíči nad ním; chybí-li dvojtečka s mezerou na předchozím řádku, doplňte ji",
        ),
        ErrorKind::BlockSequenceEntryNotAllowed if has_colon_before(text, at) => (
            "text za dvojtečkou začíná pomlčkou",
            "za dvojtečku napište znak | a řádky odsaďte; má-li to být seznam, začněte ho na dalším řádku",
        ),
        ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::ExpectedBlockMappingKey => (
            "řádek je odsazen jinak než řádky, ke kterým patří",
            "srovnejte ho s nimi; pomlčky jednoho seznamu i klíče jednoho zápisu stojí přesně pod sebou",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey if is_key_without_blank(&text[at..]) => {
            (BLANK_BEHIND_COLON, BLANK_BEHIND_COLON_HELP)
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => (
            "tady má začínat klíč s dvojtečkou (například „stav: PLNĚNO“)",
            "zkontrolujte odsazení a dvojtečku na tomto a předchozím řádku",
        ),
        ErrorKind::RecursionLimitExceeded => {
            ("hodnoty jsou do sebe zanořeny příliš hluboko", "zkontrolujte závorky a odsazení")
        }
        ErrorKind::MissingAnchorOrAliasName if text[at..].starts_with('*') => (ALIAS_MESSAGE, ALIAS_HELP),
        ErrorKind::ExpectedTagBang
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::UndeclaredTagHandle
        | ErrorKind::MissingAnchorOrAliasName => (PROPERTY_MESSAGE, PROPERTY_HELP),
        ErrorKind::DirectiveDisallowed => {
            ("řádek začíná znakem „%“, který tu má zvláštní význam", "dejte text do uvozovek")
        }
        ErrorKind::BomInsideDocument => ("uprostřed souboru je neviditelný znak BOM (U+FEFF)", "smažte ho"),
        _ => (
            "tady se zápis rozchází s pravidly YAML",
            "zkontrolujte odsazení, dvojtečky a uvozovky na tomto a předchozím řádku",
        ),
    };
    neplatny_yaml::finding(place, message, help)
}

/// The quote that opened the text which the parser found unclosed at `at`: the last one before
/// it that stands where a value may begin.
fn opening_quote(text: &str, at: usize) -> usize {
    let before = &text[..text.floor_char_boundary(at)];
    let opens =
        |index: &usize| before[..*index].chars().next_back().is_none_or(|c| matches!(c, ' ' | '[' | '{' | ',' | '\n'));
    before.rmatch_indices(['"', '\'']).map(|(index, _)| index).find(opens).unwrap_or(before.len())
}

/// A tab that indents the line of an error or the next one; after a plain value the parser takes
/// it for a part of that value and reports the error a line early.
fn tab_indent(file: FileId, text: &str, at: usize) -> Option<Place> {
    let at = text.floor_char_boundary(at);
    let first = line_start(text, at);
    let second = text[at..].find('\n').map(|index| at + index + 1);
    [Some(first), second].into_iter().flatten().find_map(|start| {
        let line = &text[start..];
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        let inside = line[..blank].find('\t')?;
        Some(Place::new(file, start + inside..start + inside + 1))
    })
}

const NO_BREAK_SPACE_BEHIND: &str = "za dvojtečkou nebo pomlčkou je pevná mezera, kterou YAML za mezeru nebere";
const NO_BREAK_SPACE_BEHIND_HELP: &str = "smažte ji a napište obyčejnou mezeru";

/// A no-break space behind the dash or the key that begins the line of an error, or the line before it.
fn no_break_space_behind_mark(file: FileId, text: &str, at: usize) -> Option<Place> {
    line_and_before(text, at).into_iter().find_map(|(start, line)| {
        let mark = line.find([':', '-']).filter(|&mark| is_key(line[..mark].trim_start_matches([' ', '-'])))?;
        let space = line[mark + 1..].chars().next().filter(|c| NO_BREAK_SPACES.contains(c))?;
        let place = start + mark + 1;
        Some(Place::new(file, place..place + space.len_utf8()))
    })
}

/// The mark of YAML that a text behind a key begins with, on the line of an error or the one before it: a bracket
/// behind which the text goes on after it is closed, or the sign of a block with more than its header.
fn text_behind_mark(text: &str, at: usize) -> Option<(usize, char)> {
    // In a text below the sign of a block these marks are letters.
    line_and_before(text, at).into_iter().filter(|(start, _)| !is_in_block(text, *start)).find_map(|(start, line)| {
        let (key, behind) = line.split_once(": ").filter(|(key, _)| is_key(key.trim_start_matches([' ', '-'])))?;
        let value = behind.trim_start();
        let mark = value.chars().next()?;
        let rest = match mark {
            '[' | '{' => &value[closing_bracket(value)? + 1..],
            // Behind this sign a number is nearly always one that something is greater than.
            '>' => value[1..].trim_start_matches(['+', '-']),
            '|' => value[1..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')),
            _ => return None,
        };
        let rest = rest.trim_start();
        let at = start + key.len() + 2 + behind.len() - value.len();
        (!rest.is_empty() && !rest.starts_with('#')).then_some((at, mark))
    })
}

/// The sign of a block with a number behind it and no text below: what was meant is a text that begins so. On the
/// last line the parser finds the text that is not there at the sign.
pub(super) fn number_behind_sign(text: &str, from: usize, to: usize) -> Option<usize> {
    let to = text[to..].find('\n').map_or(text.len(), |length| to + length);
    let mut at = from;
    text.get(from..to)?.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        let read = &line[..brackets::note_of(line).unwrap_or(line.len())];
        let sign = read.find('>')?;
        let is_number = read[sign + 1..].starts_with(|c: char| c.is_ascii_digit());
        is_number.then_some(start + sign)
    })
}

/// Whether the line that begins here is one of a text in a block: a line above it that is less indented, or one
/// above that, ends with the sign of a block.
fn is_in_block(text: &str, start: usize) -> bool {
    let opens = |line: &str| {
        let header = line.rsplit(' ').next().unwrap_or_default();
        header.starts_with(['|', '>']) && header[1..].bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-'))
    };
    let mut least = blanks(text[start..].lines().next().unwrap_or_default());
    text[..start].lines().rev().filter(|line| !line.trim().is_empty()).any(|line| {
        let is_above = blanks(line) < least;
        least = least.min(blanks(line));
        is_above && opens(line.trim_end())
    })
}

/// What stands in the place of a dash with a blank behind it, before the key that begins the line of an error or the
/// line before it: the parser takes it for a part of the key, and may see only below that it cannot be.
fn not_a_dash_and_blank(text: &str, at: usize) -> Option<(usize, char)> {
    let lines = line_and_before(text, at).into_iter().filter(|(start, _)| !is_in_block(text, *start));
    lines.into_iter().find_map(|(start, line)| {
        let item = line.trim_start_matches([' ', '-']);
        let begun = line.len() - item.len();
        let mark = item.chars().next()?;
        let has_blank = line[..begun].ends_with(' ') || begun == 0;
        let (at, mark, key) = match mark {
            '–' | '—' | '−' | '‐' | '‑' | '•' | '*' => (begun, mark, item[mark.len_utf8()..].trim_start()),
            _ if !has_blank => (begun - 1, '-', item),
            _ => return None,
        };
        let (key, behind) = key.split_once(':')?;
        let is_item = is_known_key(key) && (behind.is_empty() || behind.starts_with(char::is_whitespace));
        (is_item && is_among_items(text, start)).then_some((start + at, mark))
    })
}

/// Whether a line of a place ends with a dash and its sentences go on below it: on a line that is more indented.
fn has_sentences_below(text: &str, at: usize) -> bool {
    let [(start, line), _] = line_and_before(text, at);
    let below = text[start..].lines().skip(1).find(|line| !line.trim().is_empty());
    let is_text = |below: &str| indent(line) < indent(below) && !below.trim_start().starts_with('#');
    is_of_sentences(line) && line.trim_end().ends_with('-') && below.is_some_and(is_text)
}

/// How far a line is indented, with the dash of its item.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '-']).len()
}

/// How many blanks a line begins with.
fn blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Whether a dash stands alone for a value that there is not.
fn is_lone_dash(text: &str) -> bool {
    let behind = text.strip_prefix('-').unwrap_or_default();
    let rest = behind.trim_start_matches([' ', '\t']);
    let is_note = rest.starts_with('#') && rest.len() < behind.len();
    text.starts_with('-') && (rest.is_empty() || is_note || rest.starts_with(['\n', '\r', ',', '}', ']']))
}

/// The line of a place and the one before it, each with its beginning.
fn line_and_before(text: &str, at: usize) -> [(usize, &str); 2] {
    let line = line_start(text, at);
    let before = line_start(text, line.saturating_sub(1));
    [line, before].map(|start| (start, text[start..].lines().next().unwrap_or_default()))
}

/// Where the line of a place begins.
fn line_start(text: &str, at: usize) -> usize {
    text[..text.floor_char_boundary(at)].rfind('\n').map_or(0, |index| index + 1)
}

/// Whether the line of `at` has a key before the colon at `at`.
fn has_colon_before(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].contains(": ")
}

/// Whether several words stand before the colon at `at`, which no key has.
fn has_words_before(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].trim_matches([' ', '-']).contains(' ')
}

/// A no-break space that indents the line of an error, or the line before it: the parser takes it for
/// text and may report the error a line late. Lines further up may begin with one rightly, in a text.
fn no_break_space_indent(file: FileId, text: &str, at: usize) -> Option<Place> {
    line_and_before(text, at).into_iter().find_map(|(start, line)| {
        let blank = line.len() - line.trim_start().len();
        let inside = line[..blank].find(NO_BREAK_SPACES)?;
        let length = line[inside..].chars().next().map_or(0, char::len_utf8);
        Some(Place::new(file, start + inside..start + inside + length))
    })
}

#[cfg(test)]
mod tests;
