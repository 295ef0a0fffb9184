//! What the README says of the titles that columns may have.

use std::collections::{BTreeMap, BTreeSet};

use super::Columns;

/// The titles of each column by its own name.
type Titles = BTreeMap<String, BTreeSet<String>>;

const README: &str = include_str!("../../../README.md");

/// The titles in the README's row of columns: first those of submissions, then those of comments.
pub fn in_readme() -> (Titles, Titles) {
    let row = README.lines().find_map(|line| line.strip_prefix("| CSV columns | ")).expect("the README has it");
    let (submissions, comments) = row.trim_end_matches(" |").split_once("; of comments ").expect("it has both");
    (titles(submissions), titles(comments))
}

fn titles(list: &str) -> Titles {
    let columns = list.split(" · ").map(|column| column.split_once(": ").unwrap_or((column, "")));
    let titles = |list: &str| list.split(", ").filter(|it| !it.is_empty()).map(str::to_lowercase).collect();
    columns.map(|(name, list)| (name.trim_matches('`').to_owned(), titles(list))).collect()
}

/// The titles that the loader knows.
pub fn known<C>(columns: &Columns<C>) -> Titles {
    let titles = columns.titles.iter().filter_map(|(_, titles)| titles.split_first());
    titles.map(|(&name, rest)| (name.to_owned(), rest.iter().copied().map(str::to_owned).collect())).collect()
}
