//! What a syntax error of YAML says: not what the parser expected, but what a person wrote and what to do
//! about it.

mod keys;

use granit_parser::ErrorKind;

use crate::diagnostic::Diagnostic;
use crate::load::yaml::syntax::keys::{
    is_among_items, is_key, is_key_without_blank, is_known_key, is_of_sentences, is_second_key,
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
    if let Some((at, mark)) = text_behind_mark(text, at).filter(|_| !matches!(kind, ErrorKind::UnclosedQuotedScalar)) {
        let place = Place::new(file, at..at + mark.len_utf8());
        if mark == '|' {
            let help = "za | přejděte na nový řádek a text odsaďte, nebo | smažte";
            return neplatny_yaml::finding(place, "za znakem „|“ text na témže řádku stát nemůže", help);
        }
        let message = format!("text, který začíná znakem „{mark}“, patří do uvozovek");
        return neplatny_yaml::finding(place, &message, "dejte celý text za dvojtečkou do uvozovek");
    }
    if let Some(place) = tab_indent(file, text, at) {
        return neplatny_yaml::finding(
            place,
            "řádek je odsazen tabulátorem",
            "odsaďte mezerami, dvěma na každou úroveň",
        );
    }
    let at = match kind {
        ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent => opening_quote(text, at),
        _ => text.floor_char_boundary(at),
    };
    let end = text[at..].chars().next().map_or(at, |c| at + if c == '\n' || c == '\r' { 0 } else { c.len_utf8() });
    let place = Place::new(file, at..end);
    if let ErrorKind::UnexpectedCharacter { character } = kind {
        let message = format!("text bez uvozovek nemůže začínat znakem „{character}“");
        return neplatny_yaml::finding(place, &message, "dejte celý text do uvozovek");
    }
    if is_about_brackets(kind)
        && let Some(at) = note_with_bracket(text, at)
    {
        return neplatny_yaml::finding(Place::new(file, at..at + 1), NOTE_WITH_BRACKET, NOTE_WITH_BRACKET_HELP);
    }
    let (message, help) = match kind {
        _ if has_colon_before(text, at) && is_lone_dash(&text[at..]) && !has_sentences_below(text, at) => {
            ("za dvojtečkou je jen pomlčka", "není-li co napsat, nechte prázdné")
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => {
            ("řádek je odsazen tabulátorem", "odsaďte mezerami, dvěma na každou úroveň")
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => (
            "uvozovky se tu otevírají a už se nezavřou",
            "doplňte uvozovky na konec textu; uvozovky uvnitř textu pište jako „ “",
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "za uzavřenými uvozovkami ještě něco stojí",
            "dejte do uvozovek celý text a vnitřní uvozovky napište jako „ “",
        ),
        ErrorKind::UnknownQuotedScalarEscape | ErrorKind::InvalidQuotedScalarHexEscape => (
            "zpětné lomítko má ve dvojitých uvozovkách zvláštní význam a tohle za ním stát nemůže",
            "napište „\\\\“, nebo celý text uzavřete do jednoduchých uvozovek",
        ),
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
            ("v textu bez uvozovek je dvojtečka s mezerou", "dejte celý text za první dvojtečkou do uvozovek")
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
            ("za dvojtečkou chybí mezera", "napište za ni mezeru, například „stav: PLNĚNO“")
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

/// Whether the parser misses the end of a list or a mapping between brackets, or what parts its items.
fn is_about_brackets(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::BlockEntryInFlowCollection
            | ErrorKind::ExpectedFlowSequenceSeparator
    )
}

const NOTE_WITH_BRACKET: &str = "znakem „#“ za mezerou začíná poznámka a závorka, která je v ní, nic nezavírá";
const NOTE_WITH_BRACKET_HELP: &str = "text se znakem „#“ dejte do uvozovek";

/// The number sign of a note that takes away the bracket which the parser misses at `at`: in the line with the last
/// bracket that nothing closes, or in one of those below it.
fn note_with_bracket(text: &str, at: usize) -> Option<usize> {
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let mut found = None;
    let mut start = end + 1;
    for line in text[..end].rsplit('\n') {
        start -= line.len() + 1;
        let note = note_of(line);
        if note.is_some_and(|note| line[note..].contains([']', '}'])) {
            found = note.map(|note| start + note);
        }
        let read = &line[..note.unwrap_or(line.len())];
        if read.matches(['[', '{']).count() > read.matches([']', '}']).count() {
            return found;
        }
    }
    None
}

/// Where the note of a line begins: at a number sign behind a blank, outside of quotation marks. Within a text and at
/// its end an apostrophe is a letter.
fn note_of(line: &str) -> Option<usize> {
    let mut open = None;
    let mut before = ' ';
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        match (c, open) {
            ('#', None) if before == ' ' => return Some(at),
            ('"' | '\'', None) if matches!(before, ' ' | '[' | '{' | ',') => open = Some(c),
            // What follows is a letter, as is an apostrophe that is doubled.
            ('\\', Some('"')) => _ = chars.next(),
            ('\'', Some('\'')) if chars.as_str().starts_with('\'') => _ = chars.next(),
            (_, Some(mark)) if mark == c => open = None,
            _ => {}
        }
        before = c;
    }
    None
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
    let first = text[..at].rfind('\n').map_or(0, |index| index + 1);
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
            '>' | '|' => value[1..].trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')),
            _ => return None,
        };
        let rest = rest.trim_start();
        let at = start + key.len() + 2 + behind.len() - value.len();
        (!rest.is_empty() && !rest.starts_with('#')).then_some((at, mark))
    })
}

/// Whether the line that begins here is one of a text in a block: a line above it that is less indented, or one
/// above that, ends with the sign of a block.
fn is_in_block(text: &str, start: usize) -> bool {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let opens = |line: &str| {
        let header = line.rsplit(' ').next().unwrap_or_default();
        header.starts_with(['|', '>']) && header[1..].bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-'))
    };
    let mut least = indent(text[start..].lines().next().unwrap_or_default());
    text[..start].lines().rev().filter(|line| !line.trim().is_empty()).any(|line| {
        let is_above = indent(line) < least;
        least = least.min(indent(line));
        is_above && opens(line.trim_end())
    })
}

/// Where the bracket is closed that a text begins with.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(index, c)| {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(index)
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
        (is_item && is_among_items(text, start, line)).then_some((start + at, mark))
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

/// Whether a dash stands alone for a value that there is not.
fn is_lone_dash(text: &str) -> bool {
    let behind = text.strip_prefix('-').unwrap_or_default();
    let rest = behind.trim_start_matches([' ', '\t']);
    let is_note = rest.starts_with('#') && rest.len() < behind.len();
    text.starts_with('-') && (rest.is_empty() || is_note || rest.starts_with(['\n', '\r', ',', '}', ']']))
}

/// The line of a place and the one before it, each with its beginning.
fn line_and_before(text: &str, at: usize) -> [(usize, &str); 2] {
    let line = text[..text.floor_char_boundary(at)].rfind('\n').map_or(0, |index| index + 1);
    let before = text[..line.saturating_sub(1)].rfind('\n').map_or(0, |index| index + 1);
    [line, before].map(|start| (start, text[start..].lines().next().unwrap_or_default()))
}

/// Whether the line of `at` has a key before the colon at `at`.
fn has_colon_before(text: &str, at: usize) -> bool {
    let line_start = text[..at].rfind('\n').map_or(0, |index| index + 1);
    text[line_start..at].contains(": ")
}

/// Whether several words stand before the colon at `at`, which no key has.
fn has_words_before(text: &str, at: usize) -> bool {
    let line_start = text[..at].rfind('\n').map_or(0, |index| index + 1);
    text[line_start..at].trim_matches([' ', '-']).contains(' ')
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
mod tests {
    use super::*;
    use crate::load::yaml::tests::findings;
    use crate::rules::neplatny_yaml::RULE;
    use crate::rules::testing;

    #[test]
    fn a_bracket_in_a_note_is_told_where_the_note_begins() {
        const BRACKET: &str =
            "závorka na tomto nebo některém předchozím řádku se nezavřela, nebo mezi položkami chybí čárka";
        for (text, at, message) in [
            ("a:\n  - {b: 1, c: Č. #12}\n", (2, 18), NOTE_WITH_BRACKET),
            ("a:\n  - {b: 1, c: Č. #12}", (2, 18), NOTE_WITH_BRACKET),
            ("a:\n  - {b: 1, c: Č. #12}\n  - {b: 1}\n", (2, 18), NOTE_WITH_BRACKET),
            ("a:\n  - {b: 1, c: Č. #12}\n\n  - b: 1\n    c: 2\n", (2, 18), NOTE_WITH_BRACKET),
            ("a: [b, #c]\nd: 1\n", (1, 8), NOTE_WITH_BRACKET),
            ("a:\n  - {b: 1,\n     c: Č. #12}\n  - b: 1\n", (3, 12), NOTE_WITH_BRACKET),
            ("a: 1\nb: [c, \"d #e\", #f]\ng: [h]\n", (2, 16), NOTE_WITH_BRACKET),
            ("a: [b #c]\n  , d] # e]\nf: [g\nh: 1\n", (4, 2), BRACKET),
            ("a: [b, # c\nd: 1\n", (1, 4), BRACKET),
            ("a:\n  - {b: 1,\n# c}\n  - b: 1\n", (3, 1), NOTE_WITH_BRACKET),
            ("a: 1 # b]\nc: [d, e\nf: 1\n", (3, 2), BRACKET),
            ("- {a: [{b: 'Č. #1', c: 5}], d: 1\n", (1, 3), BRACKET),
            ("- {a: O'Hara #1}\n", (1, 14), NOTE_WITH_BRACKET),
            ("- {a: 1, b: \"c \\\" #1 ]\"\n", (1, 3), BRACKET),
            ("- {a: 1, b: 'c '' #1 ]'\n", (1, 3), BRACKET),
            ("- {a: 'c ''', b: #1}\n", (1, 18), NOTE_WITH_BRACKET),
            ("- {a: \"c \\\\\", b: #1}\n", (1, 18), NOTE_WITH_BRACKET),
        ] {
            assert_eq!(findings(text), [(at.0, at.1, message.to_owned())], "{text:?}");
        }
    }

    #[test]
    fn advice_is_of_what_was_meant() {
        const PATH: &str = "obdobi/2023/podklady/oz.yaml";
        let (colon, quote) =
            ("v textu bez uvozovek je dvojtečka s mezerou", "dejte celý text za první dvojtečkou do uvozovek");
        let (dash, empty) = ("za dvojtečkou je jen pomlčka", "není-li co napsat, nechte prázdné");
        let (blank, put_blank) = ("za pomlčkou chybí mezera", "napište mezi pomlčku a klíč mezeru");
        let put_dash = "pište obyčejnou pomlčku - a za ní mezeru";
        let start = (
            "text za dvojtečkou začíná pomlčkou",
            "za dvojtečku napište znak | a řádky odsaďte; má-li to být seznam, začněte ho na dalším řádku",
        );
        let below_keys = (
            "klíč s dvojtečkou tu být nemůže",
            "srovnejte odsazení s klíči nad ním; chybí-li dvojtečka s mezerou na předchozím řádku, doplňte ji",
        );
        let (keys, own_line) = ("na řádku je víc klíčů", "každý klíč pište na svůj řádek, pod první z nich");
        let (bar, below) = (
            "za znakem „|“ text na témže řádku stát nemůže",
            "za | přejděte na nový řádek a text odsaďte, nebo | smažte",
        );
        let other = |mark: &str| format!("položka seznamu nezačíná pomlčkou, ale znakem „{mark}“");
        for (items, at, message, help) in [
            ("  - opatreni: II/1\n    stav: -\n", "3:11", dash, empty),
            ("  - opatreni: II/1\n    stav: PLNĚNO\n    komentar: - # nic\n", "4:15", dash, empty),
            ("  - opatreni: II/1\n    kriteria: [{kriterium: x, hodnota: -, stav: PLNĚNO}]\n", "3:40", dash, empty),
            ("  - opatreni: II/1\n    komentar: - Děje se.\n", "3:15", start.0, start.1),
            ("  - opatreni: II/1\n    komentar: -\n\n      Děje se.\n", "3:15", start.0, start.1),
            ("  - opatreni: II/1\n    komentar: -\n      # nic\n    stav: PLNĚNO\n", "3:15", dash, empty),
            ("  - stav: -\n    opatreni: II/1\n", "2:11", dash, empty),
            ("  - opatreni: II/1\n    stav: -\n      PLNĚNO\n", "3:11", dash, empty),
            ("  - opatreni: II/1\n    kriteria: -\n      - {kriterium: x}\n", "3:15", dash, empty),
            ("podklady: -\n  - opatreni: II/1\n", "2:11", dash, empty),
            ("  - opatreni: II/1\n    komentar: -\n      - Děje se.\n", "3:15", start.0, start.1),
            ("  -opatreni: II/1\n    stav: PLNĚNO\n", "2:3", blank, put_blank),
            ("  - opatreni: I/2\n    stav: PLNĚNO\n  -opatreni: II/1\n    stav: PLNĚNO\n", "4:3", blank, put_blank),
            ("  – opatreni: II/1\n    stav: PLNĚNO\n", "2:3", &other("–"), put_dash),
            (
                "  - opatreni: I/2\n    stav: PLNĚNO\n  –opatreni: II/1\n    stav: PLNĚNO\n",
                "4:3",
                &other("–"),
                put_dash,
            ),
            ("  -opatreni: \"I/2\"\n    stav: PLNĚNO\n", "2:3", blank, put_blank),
            ("  – opatreni: \"I/2\"\n    stav: PLNĚNO\n", "2:3", &other("–"), put_dash),
            ("# x\n  – opatreni: \"I/2\"\n    stav: PLNĚNO\n", "3:3", &other("–"), put_dash),
            (
                "  - opatreni: I/2\n    kriteria: # x\n      – kriterium: x\n        stav: PLNĚNO\n",
                "4:7",
                &other("–"),
                put_dash,
            ),
            ("  - kriteria:\n      # x\n      -kriterium: x\n        stav: PLNĚNO\n", "4:7", blank, put_blank),
            ("- opatreni: I/2\n  stav: PLNĚNO\n– opatreni: II/1\n  stav: PLNĚNO\n", "4:1", &other("–"), put_dash),
            ("  * opatreni: II/1\n    stav: PLNĚNO\n", "2:3", &other("*"), put_dash),
            ("  • opatreni: II/1\n    stav: PLNĚNO\n", "2:3", &other("•"), put_dash),
            ("  - opatreni: II/1 stav: PLNĚNO\n", "2:24", keys, own_line),
            ("  - opatreni: I / 1 stav: PLNĚNO\n", "2:25", keys, own_line),
            ("  - opatreni: II/1\n    stav: ČÁSTEČNĚ PLNĚNO komentar: Běží.\n", "3:35", keys, own_line),
            ("  - cislo: 1 popis: Otevřít klub.\n", "2:19", keys, own_line),
            ("  - kod: OSV nazev: odbor\n", "2:19", keys, own_line),
            ("  - termin: 12/2025 odpovednost: [OSV]\n", "2:32", keys, own_line),
            ("usneseni: 17/ZK schvaleno: 2024-06-25\n", "2:26", keys, own_line),
            ("od: 2024-07-01 do: 2025-06-30\n", "2:18", keys, own_line),
            ("  - nazev: Rodiny, popis: dobrý\n", "2:25", colon, quote),
            ("predkladatel: OSV – odbor, kontakt: Novák\n", "2:35", colon, quote),
            ("  - kriterium: x\n    doklad: dukazy/zapis.pdf, text: příloha 3\n", "3:35", colon, quote),
            ("  - stav: PLNĚNO (viz popis: níže)\n", "2:28", colon, quote),
            ("  - opatreni: II/1\n    komentar: výsledek, stav: dobrý\n", "3:29", colon, quote),
            ("  - kriterium: Průměrná hodnota: vše\n", "2:32", colon, quote),
            ("  - termin: po přijetí zákona: brzy\n", "2:30", colon, quote),
            ("  - opatreni: II/1\n    komentar: Současný stav: vše běží\n", "3:28", colon, quote),
            ("  - opatreni: II/1\n    komentar: \"a\n      – stav: dobrý\"\n    stav: a: b\n", "5:12", colon, quote),
            (
                "  - opatreni: II/1\n    komentar: Takto\n      výsledky\n      – stav: dobrý\n    stav: PLNĚNO\n",
                "5:13",
                colon,
                quote,
            ),
            ("  - opatreni: II/1\n    komentar: Takto\n      dobré výsledky: ano\n", "4:21", colon, quote),
            ("  - opatreni: II/1\n    komentar: Takto\n      stav: PLNĚNO\n", "4:11", below_keys.0, below_keys.1),
            ("  - opatreni: II/1\n    komentar:\n      Takto\n      – stav: dobrý\n", "5:13", colon, quote),
            ("  - opatreni: II/1\n    komentar:\n      \"a\n      – stav: b\"\n    stav: c: d\n", "6:12", colon, quote),
            ("  - opatreni: II/1\n    komentar: Výsledek: dobrý\n", "3:23", colon, quote),
            ("  - opatreni: II/1\n    komentar: | Text hned tady.\n", "3:15", bar, below),
            ("  - opatreni: II/1\n    komentar: |- Text\n      a dál\n", "3:15", bar, below),
        ] {
            let text = format!("podklady:\n{items}");
            assert_eq!(testing::findings(&RULE, &[(PATH, &text)]), [format!("{PATH}:{at}: {message}")], "{text}");
            assert_eq!(testing::helps(&RULE, &[(PATH, &text)]), [help], "{text}");
        }
    }
}
