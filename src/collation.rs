//! Czech alphabetical order: `ch` after `h`, `č` after `c`, and numbers by what they say: `B2` before `B10`.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

static CZECH: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| Collator::try_new(locale!("cs-u-kn").into(), CollatorOptions::default()).ok());

/// Compares two texts as a Czech index would.
pub fn compare(a: &str, b: &str) -> Ordering {
    // The Czech tables are compiled in; should they ever be missing, code points still give an order.
    CZECH.as_ref().map_or_else(|| a.cmp(b), |czech| czech.compare(a, b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ch_follows_h_and_letters_with_carons_follow_those_without() {
        let mut words = ["chata", "cihla", "hora", "čáp", "ihned", "OŽP", "OZ", "Ostrava"];
        words.sort_by(|a, b| compare(a, b));
        assert_eq!(words, ["cihla", "čáp", "hora", "chata", "ihned", "Ostrava", "OZ", "OŽP"]);
        let mut codes = ["B10", "B2", "B1", "Okruh 3b", "B", "Okruh 20", "B02"];
        codes.sort_by(|a, b| compare(a, b));
        assert_eq!(codes, ["B", "B1", "B02", "B2", "B10", "Okruh 3b", "Okruh 20"]);
    }
}
