//! What an action plan (*akční plán*) needs beside the measures: its years, and what is not fulfilled
//! by those who are responsible for it. It does not say what is to be done; people do.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::collation;
use crate::model::{MeasureId, Period, Status, UNKNOWN_BODY, Year, anchor_of_body, years};
use crate::stats::Counts;
use crate::view::{BodyView, CountsView, MeasureView};

/// The years that an action plan is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanYears {
    first: i16,
    last: i16,
}

impl PlanYears {
    /// Reads `2026-2027`, `2026–2027` or `2026`, blanks aside; years in the wrong order are none.
    pub fn parse(text: &str) -> Option<Self> {
        let year = |text: &str| Year::parse(text).and_then(|year| i16::try_from(year.0).ok());
        let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
        let years = Self { first: year(first)?, last: year(last)? };
        (years.first <= years.last).then_some(years)
    }

    /// The two years after a period.
    pub fn after(period: &Period) -> Self {
        let last = period.to.year();
        Self { first: last.saturating_add(1), last: last.saturating_add(2) }
    }

    /// Whether they begin after the period.
    pub fn follow(self, period: &Period) -> bool {
        self.first > period.to.year()
    }

    /// How people write them: `2026–2027`, or one year alone.
    pub fn name(self) -> String {
        years(self.first, self.last)
    }
}

/// The plan.
#[derive(Debug, Serialize)]
pub struct PlanView {
    /// `2026–2027`, or one year alone.
    #[serde(rename = "roky")]
    pub years: String,
    /// Its first year.
    #[serde(rename = "od")]
    pub first_year: i16,
    /// Its last year.
    #[serde(rename = "do")]
    pub last_year: i16,
    /// Ids of the measures that are neither SPLNĚNO nor PLNĚNO.
    #[serde(rename = "opatreni")]
    pub measures: Vec<MeasureId>,
    /// Those of them that are past the deadline.
    #[serde(rename = "po_terminu")]
    pub overdue: Vec<MeasureId>,
    /// Those of them of which nobody said why.
    #[serde(rename = "bez_duvodu")]
    pub without_reason: Vec<MeasureId>,
    /// Those of them for which no known body is responsible.
    #[serde(rename = "bez_gestora")]
    pub without_responsible: Vec<MeasureId>,
    /// Whether some of them names a related document.
    #[serde(rename = "ma_vazby")]
    pub has_documents: bool,
    /// Whether some of them says where the money comes from.
    #[serde(rename = "ma_financovani")]
    pub has_funding: bool,
    /// Whether only chosen bodies have groups, so that a measure may stand with one that is not its first.
    #[serde(rename = "jen_vybrani")]
    pub is_of_chosen: bool,
    /// All of them by responsible body, in Czech order; those without a known one come last.
    #[serde(rename = "skupiny")]
    pub groups: Vec<PlanGroupView>,
}

/// The measures of one responsible body.
#[derive(Debug, Serialize)]
pub struct PlanGroupView {
    /// The body; none where no body is named, or one not known yet.
    #[serde(rename = "gestor")]
    pub body: Option<BodyView>,
    /// Its anchor: `gestor-osv`.
    #[serde(rename = "kotva")]
    pub anchor: String,
    /// Measures that stand here in full: those that name the body before other ones.
    #[serde(rename = "opatreni")]
    pub measures: Vec<MeasureId>,
    /// Measures that it shares and that stand in full elsewhere.
    #[serde(rename = "jinde")]
    pub elsewhere: Vec<ElsewhereView>,
    /// Counts of the measures that stand here in full.
    #[serde(rename = "pocty")]
    pub counts: CountsView,
    /// How many of them are past the deadline.
    #[serde(rename = "po_terminu")]
    pub n_overdue: usize,
}

/// A measure that stands in another group.
#[derive(Debug, Serialize)]
pub struct ElsewhereView {
    /// Which.
    pub id: MeasureId,
    /// The code of the body whose group that is.
    #[serde(rename = "u")]
    pub code: String,
}

/// Builds the plan from the measures shown. Where bodies were `chosen`, only they have groups.
pub(super) fn build(measures: &BTreeMap<MeasureId, MeasureView>, years: PlanYears, chosen: &[String]) -> PlanView {
    let planned: Vec<&MeasureView> = measures.values().filter(|measure| is_planned(measure)).collect();
    let ids = |wanted: &dyn Fn(&MeasureView) -> bool| {
        planned.iter().filter(|measure| wanted(measure)).map(|measure| measure.id).collect()
    };
    PlanView {
        years: years.name(),
        first_year: years.first,
        last_year: years.last,
        measures: ids(&|_| true),
        overdue: ids(&|measure| measure.is_overdue),
        without_reason: ids(&|measure| measure.comment.is_none() && measure.decision_reason.is_none()),
        without_responsible: ids(&|measure| !measure.responsible.iter().any(is_known)),
        has_documents: planned.iter().any(|measure| !measure.documents.is_empty()),
        has_funding: planned.iter().any(|measure| !measure.funding.is_empty()),
        is_of_chosen: !chosen.is_empty(),
        groups: groups(&planned, chosen),
    }
}

fn is_planned(measure: &MeasureView) -> bool {
    !matches!(measure.status, Status::Done | Status::Fulfilled)
}

fn is_known(body: &BodyView) -> bool {
    body.code != UNKNOWN_BODY
}

#[derive(Default)]
struct Group<'v> {
    body: Option<&'v BodyView>,
    measures: Vec<&'v MeasureView>,
    elsewhere: Vec<ElsewhereView>,
}

fn groups(planned: &[&MeasureView], chosen: &[String]) -> Vec<PlanGroupView> {
    let mut by_code: BTreeMap<&str, Group<'_>> = BTreeMap::new();
    for measure in planned {
        let mut seen = BTreeSet::new();
        let bodies = measure.responsible.iter().filter(|body| chosen.is_empty() || chosen.contains(&body.code));
        let (known, unknown): (Vec<&BodyView>, Vec<&BodyView>) =
            bodies.filter(|body| seen.insert(body.code.as_str())).partition(|body| is_known(body));
        let first = known.first().map_or(UNKNOWN_BODY, |body| body.code.as_str());
        let group = by_code.entry(first).or_default();
        group.body = known.first().copied();
        group.measures.push(measure);
        for other in known.iter().skip(1).copied().chain(unknown.into_iter().filter(|_| first != UNKNOWN_BODY)) {
            let group = by_code.entry(&other.code).or_default();
            group.body = Some(other).filter(|body| is_known(body));
            group.elsewhere.push(ElsewhereView { id: measure.id, code: first.to_owned() });
        }
    }
    let mut groups: Vec<Group<'_>> = by_code.into_values().collect();
    groups.sort_by(|a, b| match (a.body, b.body) {
        (Some(a), Some(b)) => collation::compare(&a.code, &b.code),
        (a, b) => a.is_none().cmp(&b.is_none()),
    });
    groups.into_iter().map(Group::view).collect()
}

impl Group<'_> {
    fn view(self) -> PlanGroupView {
        PlanGroupView {
            body: self.body.cloned(),
            anchor: self.body.map_or("bez-gestora".to_owned(), |body| anchor_of_body(&body.code)),
            counts: Counts::of(self.measures.iter().map(|measure| measure.status)).into(),
            n_overdue: self.measures.iter().filter(|measure| measure.is_overdue).count(),
            measures: self.measures.iter().map(|measure| measure.id).collect(),
            elsewhere: self.elsewhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Year;
    use crate::rules::testing::{dataset, edited};
    use crate::view::{self, Request, Selection};

    #[test]
    fn years_are_read_as_people_type_them() {
        for (text, name) in [
            ("2026-2027", Some("2026–2027")),
            (" 2026 – 2027 ", Some("2026–2027")),
            ("2026", Some("2026")),
            ("2026-2026", Some("2026")),
            ("2027-2026", None),
            ("2026-27", None),
            ("2026-2027-2028", None),
            ("+026", None),
            ("příští rok", None),
            ("", None),
        ] {
            assert_eq!(PlanYears::parse(text).map(PlanYears::name).as_deref(), name, "{text}");
        }
    }

    /// The groups as `OSV: I/1 I/2 (II/1 u OZ)`.
    fn in_words(responsible: &str, chosen: &[&str]) -> Vec<String> {
        let measures = edited("opatreni/02.yaml", "[OZ]", responsible);
        let submitted = edited(
            "obdobi/2023/podklady/osv.yaml",
            "  - opatreni: I/2\n    stav: PLNĚNO",
            "  - opatreni: I/2\n    stav: NEPLNĚNO",
        );
        let dataset = dataset(&[("opatreni/02.yaml", &measures), ("obdobi/2023/podklady/osv.yaml", &submitted)]);
        let evaluated = dataset.evaluate(Year(2023)).expect("the period is there");
        let bodies = chosen.iter().map(|code| dataset.strategy.register.find(code).expect("it is known")).collect();
        let request =
            Request { selection: Selection { responsible: bodies, ..Selection::default() }, ..Request::default() };
        let plan = view::build(&dataset, &evaluated, &[], &request).plan;
        let group = |group: PlanGroupView| {
            let ids: Vec<String> = group.measures.iter().map(ToString::to_string).collect();
            let elsewhere: Vec<String> =
                group.elsewhere.iter().map(|measure| format!(" ({} u {})", measure.id, measure.code)).collect();
            let code = group.body.map_or("nikdo".to_owned(), |body| body.code);
            format!("{code}: {}{}", ids.join(" "), elsewhere.concat())
        };
        plan.groups.into_iter().map(group).collect()
    }

    #[test]
    fn a_measure_stands_in_full_with_the_first_of_its_bodies() {
        for (responsible, chosen, expected) in [
            ("[OZ]", &[][..], &["OSV: I/1 I/2", "OZ: II/1 (I/2 u OSV)"][..]),
            ("[OZ, OSV, OZ]", &[], &["OSV: I/1 I/2 (II/1 u OZ)", "OZ: II/1 (I/2 u OSV)"]),
            ("[\"???\"]", &[], &["OSV: I/1 I/2", "OZ:  (I/2 u OSV)", "nikdo: II/1"]),
            ("[OZ, \"???\"]", &[], &["OSV: I/1 I/2", "OZ: II/1 (I/2 u OSV)", "nikdo:  (II/1 u OZ)"]),
            ("[OZ, OSV]", &["OSV"], &["OSV: I/1 I/2 II/1"]),
            ("[KÚ, OZ]", &["OZ", "KÚ"], &["KÚ: II/1", "OZ: I/2 (II/1 u KÚ)"]),
        ] {
            assert_eq!(in_words(responsible, chosen), expected, "{responsible} {chosen:?}");
        }
    }
}
