//! What becomes a link although nobody marked it as one: bare addresses, and references to measures after
//! „viz“.

use std::borrow::Cow;
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

/// The text with the signs of emphasis in bare addresses made plain: `/_a_/` is a folder there. Code, where a
/// backslash would show, is left alone, and so are addresses that Markdown takes for such by itself.
pub(super) fn with_whole_addresses(text: &str) -> Cow<'_, str> {
    let is_code = || text.contains('`') || text.lines().any(|line| line.starts_with("    ") || line.starts_with('\t'));
    let is_bare = |range: &Range<usize>| {
        !text[..range.start].ends_with(['<', '(', '[', '\\']) && text[range.clone()].contains(['_', '*'])
    };
    let bare: Vec<Range<usize>> = addresses(text).filter(is_bare).collect();
    if bare.is_empty() || is_code() {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len() + 8);
    let mut at = 0;
    for range in bare {
        whole.push_str(&text[at..range.start]);
        for c in text[range.clone()].chars() {
            if matches!(c, '_' | '*') {
                whole.push('\\');
            }
            whole.push(c);
        }
        at = range.end;
    }
    whole.push_str(&text[at..]);
    Cow::Owned(whole)
}

/// Bare http(s) addresses; punctuation that ends a sentence is not part of them, and one within another is
/// none of its own.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut behind = 0;
    memmem::find_iter(text.as_bytes(), "://").filter_map(move |colon| {
        let before = &text[..colon];
        let scheme = ["http", "https"].into_iter().find(|scheme| before.ends_with(scheme))?;
        let start = colon - scheme.len();
        if start < behind {
            return None;
        }
        let rest = &text[start..];
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '„' | '”'))
            .unwrap_or(rest.len());
        let address = without_punctuation(&rest[..end]);
        is_safe_url(address).then(|| {
            behind = start + address.len();
            start..behind
        })
    })
}

/// An address without the marks of the sentence behind it. A bracket is one of these unless it closes one of
/// the address: `…/Liberec_(kraj)`.
fn without_punctuation(address: &str) -> &str {
    let n = |bracket: char| address.matches(bracket).count();
    let (n_opening, mut n_closing) = (n('('), n(')'));
    let mut bare = address;
    loop {
        bare = match bare.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '\'') => &bare[..bare.len() - 1],
            Some(')') if n_closing > n_opening => {
                n_closing -= 1;
                &bare[..bare.len() - 1]
            }
            _ => return bare,
        };
    }
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
