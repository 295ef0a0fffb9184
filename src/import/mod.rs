//! Filled forms back into data: what [`crate::form`] asked, read from a sheet, CSV or YAML. Pure: it
//! is given bytes and gives texts and findings.

pub mod content;
pub mod write_yaml;
