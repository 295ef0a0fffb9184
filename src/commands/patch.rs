//! The difference of two texts as `git apply` and `patch` read it.

use std::convert::Infallible;

use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::udiff::UnifiedHunkHeader;
use similar::{ChangeTag, DiffOp, group_diff_ops};

/// How many lines stand around what differs.
const CONTEXT: usize = 3;

/// What to change in the text of one path to get that of another; empty where they are the same.
///
/// `similar` would write it in one call, but with all its algorithms for all its kinds of texts, which are a
/// thirtieth of the program.
pub(super) fn unified(old_path: &str, new_path: &str, before: &str, after: &str) -> String {
    let (old, new) = (lines(before), lines(after));
    let (old, new) = (old.as_slice(), new.as_slice());
    let mut patch = String::new();
    for group in group_diff_ops(changes(old, new), CONTEXT) {
        if patch.is_empty() {
            patch = format!("--- a/{old_path}\n+++ b/{new_path}\n");
        }
        patch += &format!("{}\n", UnifiedHunkHeader::new(&group));
        for change in group.iter().flat_map(|change| change.iter_changes(old, new)) {
            patch.push(match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            });
            patch += change.value();
            if !change.value().ends_with('\n') {
                patch += "\n\\ No newline at end of file\n";
            }
        }
    }
    patch
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn changes(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut changes = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok::<(), Infallible>(()) = myers::diff(&mut changes, old, 0..old.len(), new, 0..new.len());
    changes.into_inner().into_inner().into_ops()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ_stand_among_those_around_them() {
        let before: String = (1..=20).map(|number| format!("{number}\n")).collect();
        let after = before.replace("4\n5\n", "4\npět\n").replace("20\n", "20");
        let expected = "--- a/staré.yaml\n+++ b/nové.yaml\n\
            @@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+pět\n 6\n 7\n 8\n\
            @@ -17,4 +17,4 @@\n 17\n 18\n 19\n-20\n+20\n\\ No newline at end of file\n";
        assert_eq!(unified("staré.yaml", "nové.yaml", &before, &after), expected);
    }

    #[test]
    fn what_is_new_or_gone_begins_at_no_line() {
        let cases =
            [("", "a\r\n", "@@ -0,0 +1 @@\n+a\r\n"), ("a\nb\n", "", "@@ -1,2 +0,0 @@\n-a\n-b\n"), ("a\n", "a\n", "")];
        for (before, after, expected) in cases {
            let header = if expected.is_empty() { "" } else { "--- a/x\n+++ b/x\n" };
            assert_eq!(unified("x", "x", before, after), format!("{header}{expected}"), "{before:?} {after:?}");
        }
    }
}
