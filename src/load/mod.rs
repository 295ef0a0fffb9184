//! From a folder to located, unparsed values. Only `disk` reads; [`parse`] and all below it work on bytes
//! they are given.

#[cfg(test)]
mod any_input;
pub mod comments;
pub mod csv;
mod disk;
pub mod encoding;
pub mod journal;
pub mod limits;
mod missing;
mod names;
pub mod raw;
pub mod shape;
pub mod submissions;
pub mod yaml;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use memchr::memmem;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::freezing;
pub use crate::load::disk::{
    RawFile, below, digest_of, is_litter, read_form, read_journal, read_tree, read_tree_within, shown, slashed,
};
use crate::load::encoding::Problem;
use crate::load::names::Names;
pub use crate::load::names::{meant, unread_folder};
use crate::load::raw::{Content, Document, Large};
use crate::rules::{jiny_zapis, kodovani, nevyreseny_konflikt, skryty_znak, soubor_navic};
use crate::source::{FileId, FileText, Files, Place, SourceFile};

/// Everything that was read, with what was wrong with it.
#[derive(Debug, Default)]
pub struct Tree {
    /// The texts.
    pub files: Files,
    /// What could be read from them.
    pub documents: Vec<Document>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The folders of the periods that were frozen with other definitions than those of today.
    pub apart: BTreeSet<String>,
}

/// How many files one thread takes at most before it looks whether others wait: those of measures are few, large,
/// and come together at the end.
pub(crate) const N_TAKEN: usize = 1;

/// More bytes than this are parsed file by file.
const MUCH: usize = 4_000_000;

/// Turns bytes into located values, each file on its own and in parallel.
pub fn parse(raw_files: Vec<RawFile>) -> Tree {
    parse_but(raw_files, |_| false)
}

/// The same where there is little to parse. Of more, what is [`Large`] waits until a model takes it.
pub fn parse_for_model(raw_files: Vec<RawFile>) -> Tree {
    let n_bytes: usize = raw_files.iter().map(|file| file.bytes.len()).sum();
    // Threads then wait for each other more than once.
    if n_bytes > MUCH { parse_without_large(raw_files) } else { parse(raw_files) }
}

/// The same, but that what is [`Large`] waits.
pub(crate) fn parse_without_large(raw_files: Vec<RawFile>) -> Tree {
    parse_but(raw_files, Kind::is_large)
}

/// Parses what waits of one file, and finds what is wrong with it.
pub fn parse_waiting(files: &Files, file: FileId) -> (Option<Content>, Vec<Diagnostic>) {
    let (document, diagnostics) = parse_one(files, file, &Kind::of(files.get(file).path()), false);
    (document.map(|document| document.content), diagnostics)
}

fn parse_but(raw_files: Vec<RawFile>, waits: fn(&Kind) -> bool) -> Tree {
    let mut tree = Tree { apart: frozen_apart(&raw_files), ..Tree::default() };
    let old = freezing::never_asked_anew(&raw_files);
    let names = Names::of(&raw_files, &old);
    let mut known = Vec::new();
    let decode = |raw| Decoded::of(raw, &old);
    let decoded: Vec<_> = raw_files.into_par_iter().with_max_len(N_TAKEN).map(decode).collect();
    for Decoded { kind, file, problem, conflicts, is_recoded, lost_letter, has_returns } in decoded {
        let file = tree.files.add_read(file);
        let source = tree.files.get(file);
        if matches!(&kind, Kind::Frozen { folder, .. } if !tree.apart.contains(folder)) {
            continue;
        }
        if source.path().contains(char::REPLACEMENT_CHARACTER) {
            // Whatever it says, it would be written under another name.
            tree.diagnostics.push(soubor_navic::lost_letter(file, source.path()));
            continue;
        }
        let found = names.finding(file, source.path(), &kind);
        let is_read = found.is_none() && !matches!(kind, Kind::Unread { .. });
        tree.diagnostics.extend(found);
        if !is_read && !names.is_read_all_the_same(source.path()) {
            continue;
        }
        match (kind, problem) {
            (kind, Some(problem)) => {
                tree.diagnostics.push(kodovani::finding(file, source.text(), problem, kind.is_csv()));
            }
            (_, None) if !conflicts.is_empty() => {
                tree.diagnostics.extend(conflicts.into_iter().map(|line| nevyreseny_konflikt::finding(file, line)));
            }
            (kind, None) => {
                if is_recoded {
                    tree.diagnostics.push(jiny_zapis::encoding(file));
                }
                tree.diagnostics.extend(lost_letter.map(|at| kodovani::lost_letter(file, at)));
                if has_returns {
                    tree.diagnostics.push(jiny_zapis::line_ends(file));
                }
                known.push((file, kind));
            }
        }
    }
    let files = &tree.files;
    let parsed: Vec<_> =
        known.par_iter().with_max_len(N_TAKEN).map(|(file, kind)| parse_one(files, *file, kind, waits(kind))).collect();
    for (document, diagnostics) in parsed {
        tree.documents.extend(document);
        tree.diagnostics.extend(diagnostics);
    }
    tree.diagnostics.extend(missing::find(&mut tree.files));
    tree
}

/// A file as a text, before it has a number.
struct Decoded {
    kind: Kind,
    file: SourceFile,
    /// Why it is not quite the text that was meant.
    problem: Option<Problem>,
    /// The lines that conflicts of git begin with.
    conflicts: Vec<Range<usize>>,
    /// Whether it was not written in UTF-8.
    is_recoded: bool,
    /// Where a letter was lost before it came here.
    lost_letter: Option<usize>,
    /// Whether lines end as in Windows.
    has_returns: bool,
}

impl Decoded {
    /// Of paths that begin like one of `old` nothing new is asked.
    fn of(raw: RawFile, old: &[String]) -> Self {
        let kind = Kind::of(&raw.path);
        let decoded = decode(&raw, &kind);
        let is_recoded = matches!(decoded, Ok(Cow::Owned(_)));
        let is_old = old.iter().any(|old| raw.path.starts_with(old));
        let (text, problem): (FileText, _) = match decoded {
            Ok(text) if is_old => (text.into(), None),
            Ok(text) => {
                let problem = encoding::garbled(&text);
                (text.into(), problem)
            }
            // Whoever looks at the finding has no use for bytes that are no text.
            Err(problem) if matches!(kind, Kind::Unread { .. }) => ("".into(), Some(problem)),
            Err(problem) => (encoding::decode_broken(&raw.bytes).into(), Some(problem)),
        };
        let lost_letter = memmem::find(text.as_bytes(), "\u{FFFD}".as_bytes());
        let has_returns = memmem::find(text.as_bytes(), b"\r\n").is_some();
        // YAML could never be read with one.
        let conflicts =
            if is_old && !raw.path.ends_with(".yaml") { Vec::new() } else { nevyreseny_konflikt::find(&text) };
        let file = SourceFile::read(raw.path, text, &raw.bytes);
        Self { kind, file, problem, conflicts, is_recoded, lost_letter, has_returns }
    }
}

fn decode<'r>(raw: &'r RawFile, kind: &Kind) -> Result<Cow<'r, str>, Problem> {
    match kind {
        table if table.is_csv() => encoding::decode_csv(&raw.bytes),
        // Evidence may be of any kind. Only that it is there, and its bytes in the digest, count.
        Kind::Evidence => Ok(Cow::Borrowed("")),
        _ => encoding::decode_utf8(&raw.bytes).map(Cow::Borrowed),
    }
}

/// The folders of the periods whose frozen definitions differ from those of today. The others need
/// not be read twice.
fn frozen_apart(raw_files: &[RawFile]) -> BTreeSet<String> {
    let mut today: BTreeMap<&str, &[u8]> = BTreeMap::new();
    let mut frozen: BTreeMap<&str, BTreeMap<&str, &[u8]>> = BTreeMap::new();
    for RawFile { path, bytes } in raw_files {
        if let Some((folder, definition)) = frozen_definition(path) {
            frozen.entry(folder).or_default().insert(definition, bytes);
        } else if is_definition(path) {
            today.insert(path, bytes);
        }
    }
    frozen.into_iter().filter(|(_, then)| *then != today).map(|(folder, _)| folder.to_owned()).collect()
}

/// The folder that keeps the definitions as they stood when a period was frozen.
pub const FROZEN_DEFINITIONS: &str = "definice";

/// For a definition that a period keeps as it stood: the period's folder below `obdobi/`, and the
/// path that the definition has among those of today.
pub fn frozen_definition(path: &str) -> Option<(&str, &str)> {
    let (folder, rest) = path.strip_prefix("obdobi/")?.split_once('/')?;
    Some((folder, rest.strip_prefix(FROZEN_DEFINITIONS)?.strip_prefix('/')?))
}

/// Whether a file defines the strategy, and does not report on it.
pub fn is_definition(path: &str) -> bool {
    matches!(Kind::of(path), Kind::Strategy | Kind::Bodies | Kind::Accepted | Kind::Area)
}

/// Whether a file defines a period.
pub fn is_period(path: &str) -> bool {
    matches!(Kind::of(path), Kind::Period { .. })
}

/// What a file is, by where it lies.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Strategy,
    Bodies,
    Accepted,
    Area,
    Period {
        folder: String,
    },
    Freeze {
        folder: String,
    },
    /// `obdobi/*/definice/**`: a definition as it stood when the period was frozen.
    Frozen {
        folder: String,
        definition: Box<Kind>,
    },
    Decisions {
        folder: String,
    },
    CommentsYaml {
        folder: String,
    },
    CommentsCsv {
        folder: String,
    },
    Narrative {
        folder: String,
        name: String,
    },
    SubmissionsYaml {
        folder: String,
        stem: String,
    },
    SubmissionsCsv {
        folder: String,
        stem: String,
    },
    /// `obdobi/*/dukazy/**`: files of any kind that submissions point at.
    Evidence,
    Unread {
        meant: Option<String>,
    },
}

/// What a period keeps of the moment it was frozen, within its folder.
pub const FREEZE: &str = "zmrazeni.yaml";

/// The texts that a person writes for a period; the report puts each in its place.
pub const NARRATIVES: [&str; 2] = ["uvod", "shrnuti"];

impl Kind {
    fn of(path: &str) -> Self {
        if let Some((folder, definition)) = frozen_definition(path).filter(|(_, path)| is_definition(path)) {
            return Self::Frozen { folder: folder.to_owned(), definition: Box::new(Self::of(definition)) };
        }
        let parts: Vec<&str> = path.split('/').collect();
        let (name, extension) = parts.last().and_then(|name| name.rsplit_once('.')).unwrap_or((path, ""));
        match (parts.as_slice(), extension) {
            (["strategie.yaml"], _) => Self::Strategy,
            (["subjekty.yaml"], _) => Self::Bodies,
            (["prijato.yaml"], _) => Self::Accepted,
            (["opatreni", _], "yaml") => Self::Area,
            (["obdobi", folder, "obdobi.yaml"], _) => Self::Period { folder: (*folder).to_owned() },
            (["obdobi", folder, FREEZE], _) => Self::Freeze { folder: (*folder).to_owned() },
            (["obdobi", folder, "vyhodnoceni.yaml"], _) => Self::Decisions { folder: (*folder).to_owned() },
            (["obdobi", folder, "pripominky.yaml"], _) => Self::CommentsYaml { folder: (*folder).to_owned() },
            (["obdobi", folder, "pripominky.csv"], _) => Self::CommentsCsv { folder: (*folder).to_owned() },
            (["obdobi", folder, _], "md") if NARRATIVES.contains(&name) => {
                Self::Narrative { folder: (*folder).to_owned(), name: name.to_owned() }
            }
            (["obdobi", folder, "podklady", _], "yaml") => {
                Self::SubmissionsYaml { folder: (*folder).to_owned(), stem: name.to_owned() }
            }
            (["obdobi", folder, "podklady", _], "csv") => {
                Self::SubmissionsCsv { folder: (*folder).to_owned(), stem: name.to_owned() }
            }
            (["obdobi", _, "dukazy", _, ..], _) => Self::Evidence,
            _ => Self::Unread { meant: meant(&parts) },
        }
    }

    /// Whether files of this kind are most of the data.
    fn is_large(&self) -> bool {
        match self {
            Self::Frozen { definition, .. } => definition.is_large(),
            kind => matches!(kind, Self::Area | Self::SubmissionsYaml { .. } | Self::SubmissionsCsv { .. }),
        }
    }

    /// Whether it is a table, as Excel saves them.
    fn is_csv(&self) -> bool {
        matches!(self, Self::SubmissionsCsv { .. } | Self::CommentsCsv { .. })
    }
}

fn parse_one(files: &Files, file: FileId, kind: &Kind, waits: bool) -> (Option<Document>, Vec<Diagnostic>) {
    let text = files.get(file).text();
    let mut diagnostics = Vec::new();
    let (is_frozen, kind) = match kind {
        Kind::Frozen { definition, .. } => (true, definition.as_ref()),
        kind => (false, kind),
    };
    let mut checked = |shape: &shape::Shape| {
        let mut node = yaml::parse(file, text, &mut diagnostics)?;
        // What is blank in a definition of then was no fault and means what it meant.
        let kept = is_frozen.then(|| node.clone());
        shape::check(&mut node, shape, text, &mut diagnostics);
        Some(kept.unwrap_or(node))
    };
    let (period, content) = match kind {
        Kind::Strategy => (None, checked(&shape::STRATEGY).map(Content::Strategy)),
        Kind::Bodies => (None, checked(&shape::BODIES).map(Content::Bodies)),
        Kind::Accepted => (None, checked(&shape::ACCEPTED).map(Content::Accepted)),
        Kind::Area if waits => (None, Some(Content::Area(Large::Waiting))),
        Kind::Area => (None, checked(&shape::AREA).map(|node| Content::Area(Large::Parsed(node)))),
        Kind::Period { folder } => (Some(folder), checked(&shape::PERIOD).map(Content::Period)),
        Kind::Freeze { folder } => (Some(folder), checked(&shape::FREEZE).map(Content::Freeze)),
        Kind::Decisions { folder } => (Some(folder), checked(&shape::DECISIONS).map(Content::Decisions)),
        Kind::CommentsYaml { folder } => {
            let node = checked(&shape::COMMENTS);
            (Some(folder), node.map(|node| Content::Comments(comments::of_yaml(&node))))
        }
        Kind::CommentsCsv { folder } => {
            (Some(folder), Some(Content::Comments(comments::of_csv(file, text, &mut diagnostics))))
        }
        Kind::Narrative { folder, name } => {
            diagnostics.extend(skryty_znak::find_in_file(files, file));
            (Some(folder), Some(Content::Narrative(name.clone())))
        }
        Kind::SubmissionsYaml { folder, .. } | Kind::SubmissionsCsv { folder, .. } if waits => {
            (Some(folder), Some(Content::Submissions(Large::Waiting)))
        }
        Kind::SubmissionsYaml { folder, stem } => {
            let said = checked(&shape::SUBMISSIONS).map(|node| submissions::of_yaml(&node, file, text, stem));
            (Some(folder), said.map(|said| Content::Submissions(Large::Parsed(said))))
        }
        Kind::SubmissionsCsv { folder, stem } => {
            let said = submissions::of_csv(file, text, stem, &mut diagnostics);
            (Some(folder), Some(Content::Submissions(Large::Parsed(said))))
        }
        Kind::Evidence | Kind::Frozen { .. } | Kind::Unread { .. } => (None, None),
    };
    let frozen =
        if is_frozen { frozen_definition(files.get(file).path()).map(|(folder, _)| folder.to_owned()) } else { None };
    let document = content.map(|content| Document { file, period: period.cloned(), frozen, content });
    for found in &mut diagnostics {
        found.place = of_whole_characters(found.place, text);
    }
    (document, diagnostics)
}

/// Who points at the first character of a value knows where it begins, and not how many bytes it has.
fn of_whole_characters(place: Place, text: &str) -> Place {
    let range = place.range();
    Place::new(place.file, text.floor_char_boundary(range.start)..text.ceil_char_boundary(range.end))
}
