//! What a document is asked to show.

use crate::model::{AreaNumber, BodyId, Measure, Status, Strategy, Year};
use crate::view::{FormatView, PlanYears};

/// What a document is asked to show of a period: everything, when nothing is said.
#[derive(Debug, Default)]
pub struct Request {
    /// Which measures.
    pub selection: Selection,
    /// The earlier period to compare with; the one before, when nothing is said.
    pub with: Option<Year>,
    /// The years of the action plan; otherwise the two years after the period.
    pub plan_years: Option<PlanYears>,
    /// The formats it is written in.
    pub formats: Vec<FormatView>,
}

/// Which measures a document shows; all of them when nothing is chosen.
#[derive(Debug, Default, Clone)]
pub struct Selection {
    /// Only these areas.
    pub areas: Vec<AreaNumber>,
    /// Only measures that one of these bodies is responsible for.
    pub responsible: Vec<BodyId>,
    /// Only these statuses.
    pub statuses: Vec<Status>,
}

impl Selection {
    pub(super) fn contains(&self, measure: &Measure, status: Status) -> bool {
        (self.areas.is_empty() || self.areas.contains(&measure.id.value.area))
            && (self.responsible.is_empty()
                || measure.responsible_bodies().any(|body| self.responsible.contains(&body)))
            && (self.statuses.is_empty() || self.statuses.contains(&status))
    }

    /// What is chosen, in Czech; `None` when nothing is.
    pub(super) fn describe(&self, strategy: &Strategy) -> Option<String> {
        let join = |words: Vec<String>| words.join(", ");
        let mut parts = Vec::new();
        if !self.areas.is_empty() {
            let word = if self.areas.len() == 1 { "okruh" } else { "okruhy" };
            parts.push(format!("{word} {}", join(self.areas.iter().map(ToString::to_string).collect())));
        }
        if !self.responsible.is_empty() {
            let word = if self.responsible.len() == 1 { "gestor" } else { "gestoři" };
            let codes = self.responsible.iter().map(|&body| strategy.register.code(body).to_owned()).collect();
            parts.push(format!("{word} {}", join(codes)));
        }
        if !self.statuses.is_empty() {
            let names = self.statuses.iter().map(|&status| strategy.status_name(status)).collect();
            parts.push(format!("stav {}", join(names)));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}
