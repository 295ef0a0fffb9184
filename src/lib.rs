//! The strategy's data, checked, evaluated and turned into documents.
//!
//! ```text
//! read tree ─► parse ─► build ─► check rules ─► evaluate ─► stats ─► view ─► render | export
//!  (disk)     YAML/CSV  typed    all findings   a verdict   counts   what     text, bytes
//!             + places  model    at once        a measure            templates see
//! ```
//!
//! Only the two ends touch the disk: [`load`], above its parsing, and [`commands`]. Everything between
//! is a pure function of its input. Wrong data is a [`diagnostic::Diagnostic`]; a broken tool
//! (unreadable folder, broken template) is an [`anyhow::Error`].

pub mod cli;
pub mod collation;
pub mod collection;
pub mod commands;
pub mod compare;
pub mod dataset;
pub mod diagnostic;
pub mod emit;
pub mod evaluate;
mod excel;
pub mod export;
pub mod fix;
pub mod form;
pub mod freezing;
pub mod import;
pub mod load;
pub mod markup;
pub mod model;
pub mod open_data;
pub mod opening;
pub mod render;
pub mod rules;
pub mod schema;
pub mod scope;
pub mod source;
pub mod stats;
pub mod table_format;
pub mod typography;
pub mod view;
pub mod yaml_text;
