//! Counts of statuses and their shares. Pure.

use crate::model::Status;

/// How many measures, bodies or criteria have which status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    by_status: [usize; 4],
}

impl Counts {
    /// Counts statuses.
    pub fn of(statuses: impl IntoIterator<Item = Status>) -> Self {
        let mut counts = Self::default();
        for status in statuses {
            counts.by_status[status as usize] += 1;
        }
        counts
    }

    /// The number of those with this status.
    pub fn get(&self, status: Status) -> usize {
        self.by_status[status as usize]
    }

    /// The number of all.
    pub fn total(&self) -> usize {
        self.by_status.iter().sum()
    }

    /// The statuses that there are, from best to worst, with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (Status, usize)> {
        Status::ALL.into_iter().zip(self.by_status).filter(|(_, count)| *count > 0)
    }

    /// Shares in tenths of a percent, in the order of [`Status::ALL`], that add up to exactly 1000.
    ///
    /// Each share is rounded down and what is missing goes to the largest remainders (method of
    /// Hare and Niemeyer), ties to the better status. Of nothing, all shares are 0.
    pub fn shares_in_tenths(&self) -> [usize; 4] {
        let total = self.total();
        if total == 0 {
            return [0; 4];
        }
        let mut shares = self.by_status.map(|count| count * 1000 / total);
        let mut order = [0, 1, 2, 3];
        order.sort_by_key(|&index| std::cmp::Reverse(self.by_status[index] * 1000 % total));
        let n_missing = 1000 - shares.iter().sum::<usize>();
        for &index in order.iter().take(n_missing) {
            shares[index] += 1;
        }
        shares
    }

    /// Whether some of these shares is another one than its own rounding would give, so that the sum is right.
    pub fn has_adjusted_shares(&self) -> bool {
        let total = self.total();
        let rounded = |count: usize| (2000 * count + total) / (2 * total);
        total > 0 && self.by_status.map(rounded) != self.shares_in_tenths()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts(by_status: [usize; 4]) -> Counts {
        Counts { by_status }
    }

    #[test]
    fn shares_of_the_published_period() {
        assert_eq!(counts([1, 22, 68, 18]).shares_in_tenths(), [9, 202, 624, 165]);
        assert_eq!(counts([1, 1, 1, 0]).shares_in_tenths(), [334, 333, 333, 0]);
        assert_eq!(counts([5, 1, 1, 0]).shares_in_tenths(), [714, 143, 143, 0], "the largest remainder, not count");
        assert_eq!(counts([0, 0, 0, 0]).shares_in_tenths(), [0, 0, 0, 0]);
    }

    #[test]
    fn shares_are_adjusted_where_rounded_ones_would_not_add_up() {
        for (by_status, is_adjusted) in [
            ([1, 22, 68, 18], false),
            ([1, 1, 1, 0], true),
            ([1, 0, 0, 7], false),
            ([2, 2, 3, 0], true),
            ([0, 0, 0, 5], false),
            ([0, 0, 0, 0], false),
        ] {
            assert_eq!(counts(by_status).has_adjusted_shares(), is_adjusted, "{by_status:?}");
        }
    }

    #[test]
    fn statuses_are_counted() {
        let counts = Counts::of([Status::Done, Status::Partly, Status::Partly, Status::Unfulfilled, Status::Partly]);
        assert_eq!(Status::ALL.map(|status| counts.get(status)), [1, 0, 3, 1]);
        assert_eq!(counts.total(), 5);
    }

    proptest! {
        #[test]
        fn shares_add_up_and_are_near(by_status in prop::array::uniform4(0_usize..5000)) {
            let counts = counts(by_status);
            let shares = counts.shares_in_tenths();
            prop_assume!(counts.total() > 0);
            prop_assert_eq!(shares.iter().sum::<usize>(), 1000);
            for (share, count) in shares.iter().zip(by_status) {
                let exact = count as f64 * 1000.0 / counts.total() as f64;
                prop_assert!((*share as f64 - exact).abs() < 1.0);
                prop_assert!(count > 0 || *share == 0);
            }
        }
    }
}
