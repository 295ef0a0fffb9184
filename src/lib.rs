//! The strategy's data, checked, evaluated and turned into documents.
//!
//! ```text
//! read tree ─► parse ─► build ─► check rules ─► evaluate ─► stats ─► view ─► render | export
//!  (disk)     YAML/CSV  typed    all findings   a verdict   counts   what     text, bytes
//!             + places  model    at once        a measure            templates see
//! ```
//!
//! Only the two ends touch the disk: [`load::read_tree`] and [`commands`]. Everything between is a
//! pure function of its input. Wrong data is a [`diagnostic::Diagnostic`]; a broken tool (unreadable
//! folder, broken template) is an [`anyhow::Error`].

pub mod dataset;
pub mod diagnostic;
pub mod evaluate;
pub mod load;
pub mod model;
pub mod rules;
pub mod source;
pub mod stats;
