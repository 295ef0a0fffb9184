//! Bodies that a document calls by a code that does not say their name.

use std::collections::BTreeMap;

use crate::collation;
use crate::model::{MeasureId, UNKNOWN_BODY};
use crate::view::{BodyView, MeasureView};

/// Those that the measures name, be it as responsible, cooperating or as who submitted, in Czech order.
pub(super) fn build(measures: &BTreeMap<MeasureId, MeasureView>) -> Vec<BodyView> {
    let mut by_code: BTreeMap<&str, &BodyView> = BTreeMap::new();
    for measure in measures.values() {
        let submitters = measure.submissions.iter().map(|submission| &submission.submitter);
        for body in measure.responsible.iter().chain(&measure.cooperating).chain(submitters) {
            by_code.insert(&body.code, body);
        }
    }
    by_code.retain(|code, body| *code != UNKNOWN_BODY && *code != body.name);
    let mut bodies: Vec<BodyView> = by_code.into_values().cloned().collect();
    bodies.sort_by(|a, b| collation::compare(&a.code, &b.code));
    bodies
}
