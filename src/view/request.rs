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
            let word = if self.statuses.len() == 1 { "stav" } else { "stavy" };
            parts.push(format!("{word} {}", join(names)));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::dataset;

    #[test]
    fn what_is_chosen_is_named_in_its_number() {
        let dataset = dataset(&[]);
        let body = |code: &str| dataset.strategy.register.find(code).expect("it is in the register");
        let (areas, bodies) = ([1, 2].map(AreaNumber), ["OSV", "OZ"].map(body));
        let statuses = [Status::Done, Status::Unfulfilled];
        let described = |n: usize| {
            let selection = Selection {
                areas: areas[..n].to_vec(),
                responsible: bodies[..n].to_vec(),
                statuses: statuses[..n].to_vec(),
            };
            selection.describe(&dataset.strategy)
        };
        assert_eq!(described(0), None);
        assert_eq!(described(1).as_deref(), Some("okruh I; gestor OSV; stav SPLNĚNO"));
        assert_eq!(described(2).as_deref(), Some("okruhy I, II; gestoři OSV, OZ; stavy SPLNĚNO, NEPLNĚNO"));
    }
}
