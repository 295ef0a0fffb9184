//! How shares of statuses changed.

use crate::model::Status;
use crate::stats::Counts;

/// How much the share of each status grew, in tenths of a percent. Shares are rounded so that they add up, so
/// what comes of an unchanged count may be another one; differences are those of the counts, and add up to 0
/// the way that shares add up to the whole. Where one period has no measures, they are the shares of the other.
pub(super) fn share_differences(earlier: Counts, later: Counts) -> [i64; 4] {
    let (total_earlier, total) = (signed(earlier.total()), signed(later.total()));
    let whole = total_earlier * total;
    if whole == 0 {
        let (earlier, later) = (earlier.shares_in_tenths(), later.shares_in_tenths());
        return [0, 1, 2, 3].map(|index| signed(later[index]) - signed(earlier[index]));
    }
    let exact = Status::ALL
        .map(|status| 1000 * (signed(later.get(status)) * total_earlier - signed(earlier.get(status)) * total));
    let mut differences = exact.map(|difference| difference.div_euclid(whole));
    let mut order = [0, 1, 2, 3];
    order.sort_by_key(|&index| std::cmp::Reverse(exact[index].rem_euclid(whole)));
    // Fewer are missing than there are remainders, so what did not change stays 0.
    let n_missing = -differences.iter().sum::<i64>();
    for (&index, _) in order.iter().zip(0..n_missing) {
        differences[index] += 1;
    }
    differences
}

/// Counts of measures are small.
pub(super) fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_change_where_counts_do() {
        for (earlier, later, expected) in [
            ([0, 1, 4, 1], [1, 1, 4, 0], [167, 0, 0, -167]),
            ([4, 1, 1, 0], [4, 0, 0, 2], [0, -166, -167, 333]),
            ([1, 1, 0, 0], [2, 2, 0, 0], [0, 0, 0, 0]),
            ([1, 1, 1, 0], [0, 0, 0, 0], [-334, -333, -333, 0]),
            ([0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]),
        ] {
            let [before, after] = [earlier, later].map(|counts: [usize; 4]| {
                Counts::of(Status::ALL.into_iter().zip(counts).flat_map(|(status, count)| vec![status; count]))
            });
            assert_eq!(share_differences(before, after), expected, "{earlier:?} {later:?}");
        }
    }
}
