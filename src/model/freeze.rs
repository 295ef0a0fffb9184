//! A period that was closed (*zmrazené období*): what held when its report was approved. Whether the
//! data still say the same is for [`crate::rules`] to see.

use std::collections::BTreeMap;

use crate::model::{MeasureId, Status};
use crate::source::{Located, Place, Text};

/// What is kept of the moment a period was frozen.
#[derive(Debug)]
pub struct Freeze {
    /// The file that says so.
    pub place: Place,
    /// The resolution by which the report was approved.
    pub resolution: Option<String>,
    /// What the verdicts and counts were counted from, where it is not the bodies' submissions.
    pub origin: Option<String>,
    /// The fingerprint of the period's data, as the report prints it.
    pub fingerprint: Text,
    /// The number of measures.
    pub total: Located<usize>,
    /// The number of measures by status.
    pub counts: BTreeMap<Status, Located<usize>>,
    /// The verdict on each measure.
    pub verdicts: BTreeMap<MeasureId, Located<Status>>,
    /// SHA-256 of each file of the period's folder, by its path there.
    pub files: BTreeMap<String, Text>,
}
