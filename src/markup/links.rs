//! What becomes a link although nobody marked it as one: bare addresses, and references to measures after
//! „viz“.

use std::ops::Range;

use memchr::memmem;

use crate::markup::{Inline, Target, is_safe_url};
use crate::model::MeasureId;

/// Makes links of bare addresses and of „viz IX/2“.
pub(super) fn link_texts(inlines: Vec<Inline>, is_known: &dyn Fn(MeasureId) -> bool) -> Vec<Inline> {
    let mut linked = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Text(text) => link_text(text, is_known, &mut linked),
            Inline::Emphasis(inner) => linked.push(Inline::Emphasis(link_texts(inner, is_known))),
            Inline::Strong(inner) => linked.push(Inline::Strong(link_texts(inner, is_known))),
            other => linked.push(other),
        }
    }
    linked
}

fn link_text(text: String, is_known: &dyn Fn(MeasureId) -> bool, linked: &mut Vec<Inline>) {
    let mut links: Vec<(Range<usize>, Target)> =
        addresses(&text).map(|range| (range.clone(), Target::Url(text[range].to_owned()))).collect();
    links.extend(
        references(&text).into_iter().filter(|(_, id)| is_known(*id)).map(|(range, id)| (range, Target::Measure(id))),
    );
    if links.is_empty() {
        return linked.push(Inline::Text(text));
    }
    links.sort_by_key(|(range, _)| range.start);
    let mut at = 0;
    for (range, target) in links.into_iter() {
        if range.start < at {
            continue;
        }
        if range.start > at {
            linked.push(Inline::Text(text[at..range.start].to_owned()));
        }
        linked.push(Inline::Link(target, vec![Inline::Text(text[range.clone()].to_owned())]));
        at = range.end;
    }
    if at < text.len() {
        linked.push(Inline::Text(text[at..].to_owned()));
    }
}

/// Bare http(s) addresses; marks of the sentence behind one are not part of it, and one within another is
/// none of its own.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut behind = 0;
    memmem::find_iter(text.as_bytes(), "://").filter_map(move |colon| {
        let before = &text[..colon];
        let scheme = ["http", "https"].into_iter().find(|scheme| before.ends_with(scheme))?;
        let start = colon - scheme.len();
        if start < behind {
            return None;
        }
        let rest = &text[start..];
        let address = rest[..end_of_address(rest)].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
        is_safe_url(address).then(|| {
            behind = start + address.len();
            start..behind
        })
    })
}

/// Where an address ends at the latest: before a blank, a quotation mark, or a bracket that closes none of its
/// own, as that of `…/Liberec_(kraj)` does.
fn end_of_address(text: &str) -> usize {
    let (mut n_round, mut n_square) = (0_usize, 0_usize);
    for (at, c) in text.char_indices() {
        let n_open = match c {
            '<' | '>' | '"' | '“' | '„' | '”' | '`' => return at,
            '(' | ')' => &mut n_round,
            '[' | ']' => &mut n_square,
            c if c.is_whitespace() => return at,
            _ => continue,
        };
        match (c, n_open.checked_sub(1)) {
            ('(' | '[', _) => *n_open += 1,
            (_, Some(n_left)) => *n_open = n_left,
            (_, None) => return at,
        }
    }
    text.len()
}

/// References to measures: `viz IX/2`, `viz opatření IX/2 a IX/3`. The ranges are those of the ids.
pub fn references(text: &str) -> Vec<(Range<usize>, MeasureId)> {
    let mut found = Vec::new();
    if !has_viz(text.as_bytes()) {
        return found;
    }
    let mut follows_viz = false;
    let mut at = 0;
    for word in text.split_inclusive(|c: char| c.is_whitespace()) {
        let start = at;
        at += word.len();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !follows_viz {
            follows_viz = bare.eq_ignore_ascii_case("viz");
            continue;
        }
        let lead = word.find(bare).unwrap_or(0);
        match bare.to_lowercase().as_str() {
            "viz" | "opatření" | "též" | "také" | "a" | "i" => {}
            _ => match MeasureId::parse(bare) {
                Some(id) => found.push((start + lead..start + lead + bare.len(), id)),
                None => follows_viz = false,
            },
        }
    }
    found
}

/// Whether „viz“ stands anywhere, in any letter case. Whole blocks are looked at at once, which
/// processors do many times faster than one byte after another.
fn has_viz(bytes: &[u8]) -> bool {
    let lower = |byte: u8| byte | 0x20;
    let (Some(second), Some(third)) = (bytes.get(1..), bytes.get(2..)) else { return false };
    bytes.chunks(64).zip(second.chunks(64)).zip(third.chunks(64)).any(|((v, i), z)| {
        let letters = v.iter().zip(i).zip(z);
        letters.fold(false, |any, ((&v, &i), &z)| any | ((lower(v) == b'v') & (lower(i) == b'i') & (lower(z) == b'z')))
    })
}
