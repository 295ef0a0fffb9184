//! Tests of the built program, from outside: what it writes, prints and answers.

mod browser;
mod cli;
mod determinism;
mod faults;
mod real_data;
mod support;
