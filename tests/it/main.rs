//! Tests of the built program, from outside: what it writes, prints and answers.

#![allow(
    clippy::disallowed_methods,
    clippy::double_ended_iterator_last,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "tests prepare folders and fail by panicking"
)]

mod action_plan;
mod browser;
mod catalogue;
mod check;
mod cli;
mod collecting;
mod comparing;
mod cycle;
mod determinism;
mod docx;
mod escaping;
mod faults;
mod findings;
mod form;
mod hostile;
mod import;
mod interrupted;
mod layout;
mod letters;
mod machine;
mod office;
mod open_data;
mod periods;
mod readme;
mod real_data;
mod same;
mod schema;
mod settling;
mod small_region;
mod status;
mod support;
mod untrusted;
mod wording;
