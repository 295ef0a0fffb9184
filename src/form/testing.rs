//! Forms of the small data set, for the tests of formats.

use crate::form::{Asking, Form};
use crate::model::Year;
use crate::rules::testing::dataset;

const PERIOD: (&str, &str) =
    ("obdobi/2025/obdobi.yaml", "obdobi: 2025\nod: 2024-01-01\ndo: 2025-12-31\ntermin_podkladu: 2026-01-31\n");

/// The form of a body for 2025.
pub(super) fn form(code: &str) -> Form {
    form_of(code, &[])
}

/// The same with some files of the data replaced.
pub(super) fn form_of(code: &str, changes: &[(&str, &str)]) -> Form {
    let dataset = dataset(&[&[PERIOD], changes].concat());
    let body = dataset.strategy.register.find(code).expect("the body is known");
    let period = &dataset.strategy.periods[&Year(2025)];
    Asking::new(&dataset, period).form(body).expect("some measures concern it")
}
