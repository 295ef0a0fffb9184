//! Stacked bars of shaded cells: how many columns of a table each status takes.

use minijinja::value::{Serde, Value};
use serde::Serialize;

/// A stacked bar of shaded cells, as templates see it.
#[derive(Debug, Serialize)]
struct Bar {
    /// Columns of the grid that the longest bar fills.
    #[serde(rename = "dilku")]
    n_columns: usize,
    #[serde(rename = "casti")]
    segments: Vec<Segment>,
    /// Columns left over at the end.
    #[serde(rename = "zbytek")]
    n_left: usize,
}

#[derive(Debug, Serialize)]
struct Segment {
    #[serde(rename = "klic")]
    key: &'static str,
    #[serde(rename = "pocet")]
    count: usize,
    #[serde(rename = "dilku")]
    n_columns: usize,
}

/// Word takes 63 columns in a table; this leaves some for labels.
const MAX_COLUMNS: usize = 48;

/// The bar for counts by status (`pocty`), where the longest bar of the chart stands for `longest`
/// measures. One column is one measure as long as there are enough columns.
pub fn bar(counts: &Value, longest: usize) -> Result<Value, minijinja::Error> {
    let mut by_status = Vec::new();
    for status in crate::model::Status::ALL {
        let count = usize::try_from(counts.get_attr(status.column())?)?;
        by_status.push((status.column(), count));
    }
    Ok(Value::from(Serde(layout(&by_status, longest))))
}

fn layout(by_status: &[(&'static str, usize)], longest: usize) -> Bar {
    let n_columns = longest.clamp(1, MAX_COLUMNS);
    let present: Vec<_> = by_status.iter().filter(|(_, count)| *count > 0).collect();
    let (mut sum, mut edge) = (0, 0);
    let mut segments = Vec::new();
    for (index, &&(key, count)) in present.iter().enumerate() {
        sum += count;
        // However few they are, they are seen, and leave room for those that follow.
        let n_following = present.len() - index - 1;
        let end = (sum * n_columns * 2 + longest) / (longest.max(1) * 2);
        let end = end.max(edge + 1).min(n_columns.saturating_sub(n_following)).max(edge);
        segments.push(Segment { key, count, n_columns: end - edge });
        edge = end;
    }
    Bar { n_columns, segments, n_left: n_columns.saturating_sub(edge) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_show_the_few_and_fill_no_more_than_their_width() {
        let widths = |counts: &[usize], longest| {
            let keys = ["splneno", "plneno", "castecne", "neplneno"];
            let by_status: Vec<_> = keys.into_iter().zip(counts.iter().copied()).collect();
            let bar = layout(&by_status, longest);
            let widths: Vec<usize> = bar.segments.iter().map(|segment| segment.n_columns).collect();
            assert_eq!(widths.iter().sum::<usize>() + bar.n_left, bar.n_columns);
            widths
        };
        assert_eq!(widths(&[0, 2, 5, 1], 14), [2, 5, 1]);
        assert_eq!(widths(&[100, 1, 1, 1], 103), [45, 1, 1, 1]);
        assert_eq!(widths(&[1, 17, 30, 9], 57), [1, 14, 25, 8]);
        assert_eq!(widths(&[0, 0, 0, 0], 0), [0_usize; 0]);
    }
}
