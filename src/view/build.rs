//! From the evaluated model to the view.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::collection;
use crate::dataset::{Dataset, Evaluated};
use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{self, Basis, Evaluation};
use crate::form::{self, Role};
use crate::model::{
    Body, BodyId, CodeId, CodeList, Criterion, Decision, Measure, MeasureId, Named, Period, Status, Strategy,
    Submission, SubmissionsOn, UNKNOWN_BODY, anchor_of_body, one_line, tidied,
};
use crate::source::Located;
use crate::stats::Counts;
use crate::view::{
    AddresseeView, AnnexView, AreaView, BodyView, CodedView, CommentsView, CriterionView, DeadlineView, DecisionView,
    DocumentView, DraftView, FindingsView, FrozenView, GenitiveView, MeasureView, PeriodView, PlanYears,
    PublishedStatusView, PublishedView, ReportView, ReportedView, Request, ResponsibleView, Selection, StatusView,
    StrategyView, SubmissionView, ToDiscussView, WrittenInformationView, abbreviations, changes, comments, comparison,
    joined, plan, status_words,
};

/// Builds the view of a period. `diagnostics` are those of the period and the definitions.
pub fn build(
    dataset: &Dataset,
    evaluated: &Evaluated<'_>,
    diagnostics: &[Diagnostic],
    request: &Request,
) -> ReportView {
    let selection = &request.selection;
    let builder = Builder { dataset, strategy: evaluated.strategy, evaluated, period: evaluated.period };
    let shown: Vec<_> =
        builder.evaluations().filter(|(measure, evaluation)| selection.contains(measure, evaluation.status)).collect();
    let measures: Vec<(MeasureId, MeasureView)> = shown
        .into_par_iter()
        .map(|(measure, evaluation)| (measure.id.value, builder.measure(measure, evaluation)))
        .collect();
    let measures: BTreeMap<MeasureId, MeasureView> = measures.into_iter().collect();
    let counts = count(&measures, measures.keys());
    let chosen: Vec<String> =
        selection.responsible.iter().map(|&body| builder.strategy.register.code(body).to_owned()).collect();
    let plan_years = request.plan_years.unwrap_or_else(|| PlanYears::after(builder.period));
    ReportView {
        document: DocumentView {
            draft: draft(diagnostics),
            excerpt: selection.describe(builder.strategy),
            tool_version: env!("CARGO_PKG_VERSION"),
            data_fingerprint: dataset.fingerprint(evaluated.period.year),
            formats: request.formats.clone(),
        },
        strategy: builder.strategy(),
        period: builder.period(),
        counts: counts.into(),
        statuses: builder.statuses(counts),
        has_adjusted_shares: counts.has_adjusted_shares(),
        areas: builder.areas(&measures),
        responsible: builder.responsible(&measures),
        addressees: builder.addressees(),
        deadlines: builder.deadlines(&measures),
        to_discuss: builder.to_discuss(&measures),
        comparison: comparison::build(dataset, evaluated, request),
        changes: changes::build(dataset, evaluated, request),
        plan: plan::build(&measures, plan_years, &chosen),
        comments: builder.comments(&measures, selection),
        annex: builder.annex(diagnostics, &measures),
        abbreviations: abbreviations::build(&measures),
        has_submissions: measures.values().any(|measure| !measure.submissions.is_empty()),
        measures,
    }
}

/// Why a measure has its status, in Czech.
pub fn reason(strategy: &Strategy, period: &Period, measure: &Measure, evaluation: &Evaluation) -> String {
    let basis = basis(strategy, evaluation);
    if !evaluation.is_decided {
        return basis;
    }
    let decided_by = period.decisions.get(&measure.id.value).and_then(|decision| decision.decided_by.as_ref());
    // Who that was may be of any gender and number, so the verb agrees with none of them.
    let decided = match decided_by {
        Some(capacity) => format!("O stavu se rozhodlo (kdo rozhodl: {})", one_line(&capacity.value)),
        None => "O stavu rozhodl koordinátor".to_owned(),
    };
    let computed = strategy.status_name(evaluation.computed);
    if evaluation.status == evaluation.computed {
        format!("{decided}; potvrzen je stav {computed}, který vyplývá z podkladů. {basis}")
    } else {
        format!("{decided}; z podkladů by vyplýval stav {computed}. {basis}")
    }
}

/// How the computed status came about, in Czech.
fn basis(strategy: &Strategy, evaluation: &Evaluation) -> String {
    match &evaluation.basis {
        Basis::NothingSubmitted => "Nikdo k opatření nepředložil podklad, proto se počítá jako neplněné.".to_owned(),
        Basis::Stated(body) => format!("Podklad předložil subjekt {}.", strategy.register.code(*body)),
        Basis::Criteria(body, tally) => {
            let code = strategy.register.code(*body);
            format!("Stav vyplývá z kritérií v podkladu subjektu {code}: {}.", status_words::of_tally(strategy, tally))
        }
        Basis::Bodies(tally) => {
            format!("Stav vyplývá z podkladů více subjektů: {}.", status_words::of_tally(strategy, tally))
        }
    }
}

struct Builder<'a> {
    dataset: &'a Dataset,
    strategy: &'a Strategy,
    evaluated: &'a Evaluated<'a>,
    period: &'a Period,
}

impl Builder<'_> {
    fn evaluations(&self) -> impl Iterator<Item = (&Measure, &Evaluation)> {
        let measures = &self.strategy.measures;
        self.evaluated.evaluations.iter().filter_map(|(id, evaluation)| Some((measures.get(id)?, evaluation)))
    }

    fn strategy(&self) -> StrategyView {
        StrategyView {
            name: self.strategy.name.clone(),
            short_name: self.strategy.short_name.clone(),
            genitive: GenitiveView {
                name: self.strategy.genitive.name.clone(),
                short_name: self.strategy.genitive.short_name.clone(),
            },
            region: self.strategy.region.clone(),
            resolution: self.strategy.resolution.clone(),
            approved: self.strategy.approved,
            coordinator: self.strategy.coordinator.map(|body| self.body(body)),
            // Who publishes is no matter of the period, be it frozen with other definitions.
            open_data: self.dataset.strategy.open_data.clone(),
        }
    }

    fn period(&self) -> PeriodView {
        let written = &self.period.written_information;
        PeriodView {
            year: self.period.year.0,
            name: self.period.name(),
            from: self.period.from.value,
            to: self.period.to,
            as_of: self.period.as_of,
            due: self.period.due,
            origin: self.period.origin.clone(),
            consulted: self.period.consulted.clone(),
            written_information: WrittenInformationView {
                session: written.session.clone(),
                date: written.date,
                resolution: written.resolution.clone(),
                prepared_by: written.prepared_by.clone(),
                discussed_by: written.discussed_by.clone(),
                submitted_by: written.submitted_by.clone(),
            },
            frozen: self
                .period
                .freeze
                .as_ref()
                .map(|freeze| FrozenView { resolution: freeze.resolution.clone(), origin: freeze.origin.clone() }),
        }
    }

    fn addressees(&self) -> Vec<AddresseeView> {
        let addressee = |(id, asked): (BodyId, Vec<(Role, &Measure)>)| {
            let body = self.strategy.register.get(id);
            let of = |wanted: Role| asked.iter().filter(move |(role, _)| *role == wanted).map(|&(_, measure)| measure);
            let has_delivered = |it: &&Measure| collection::has_delivered(self.strategy, self.period, it, id);
            let ids = |measures: &mut dyn Iterator<Item = &Measure>| measures.map(|it| it.id.value).collect();
            AddresseeView {
                code: body.code.value.to_string(),
                name: body.name.clone(),
                kind: body.kind.clone(),
                responsible: ids(&mut of(Role::Responsible)),
                cooperating: ids(&mut of(Role::Cooperating)),
                missing: ids(&mut of(Role::Responsible).filter(|it| !has_delivered(it))),
            }
        };
        form::asked_of_each(self.strategy, self.period.year).into_iter().map(addressee).collect()
    }

    fn statuses(&self, counts: Counts) -> Vec<StatusView> {
        Status::ALL
            .into_iter()
            .zip(counts.shares_in_tenths())
            .map(|(status, share)| StatusView {
                status,
                key: status.column(),
                name: self.strategy.status_name(status),
                short_name: self.strategy.status_short_name(status),
                definition: self
                    .strategy
                    .statuses
                    .get(&status)
                    .map(|wording| wording.definition.clone())
                    .unwrap_or_default(),
                count: counts.get(status),
                share: share as f64 / 10.0,
            })
            .collect()
    }

    fn areas(&self, measures: &BTreeMap<MeasureId, MeasureView>) -> Vec<AreaView> {
        self.strategy
            .areas
            .values()
            .map(|area| {
                let number = area.number.value;
                let ids: Vec<MeasureId> = measures.range(MeasureId::all_of(number)).map(|(&id, _)| id).collect();
                AreaView {
                    numeral: number,
                    number: number.0,
                    anchor: number.anchor(),
                    title: one_line(&area.title),
                    introduction: area.introduction.trim().to_owned(),
                    counts: count(measures, &ids).into(),
                    measures: ids,
                }
            })
            .filter(|area| !area.measures.is_empty())
            .collect()
    }

    fn measure(&self, measure: &Measure, evaluation: &Evaluation) -> MeasureView {
        let id = measure.id.value;
        let decision = self.period.decisions.get(&id);
        let submissions: Vec<SubmissionView> =
            self.submissions(id).iter().map(|submission| self.submission(submission, measure)).collect();
        MeasureView {
            id,
            anchor: id.anchor(),
            area: id.area,
            number: id.number,
            description: measure.description.value.to_string(),
            indicator: measure.indicator.as_ref().map(|indicator| indicator.value.to_string()),
            criteria: measure.criteria.iter().map(criterion).collect(),
            deadline: measure.deadline.as_ref().map(|deadline| deadline.value.to_string()),
            deadline_kind: measure.deadline.as_ref().map(|deadline| deadline.value.kind()),
            last_day: measure.deadline.as_ref().and_then(|deadline| deadline.value.last_day()),
            is_overdue: measure.is_due_by(self.period.to) && evaluation.status != Status::Done,
            responsible: measure.responsible.iter().map(|named| self.named(named.value)).collect(),
            lacks_responsible: measure.lacks_responsible(),
            cooperating: measure.cooperating.iter().map(|named| self.named(named.value)).collect(),
            documents: coded(&measure.documents, &self.strategy.documents),
            funding: coded(&measure.funding, &self.strategy.funding),
            status: evaluation.status,
            status_key: evaluation.status.column(),
            status_name: self.strategy.status_name(evaluation.status),
            computed_status: (evaluation.status != evaluation.computed).then_some(evaluation.computed),
            reason: reason(self.strategy, self.period, measure, evaluation),
            decision_reason: decision.and_then(|decision| Some(decision.reason.as_ref()?.value.to_string())),
            decision: decision.map(|decision| self.decision(decision, evaluation)),
            comment: joined::comments(&submissions, &joined::by_name),
            submissions,
        }
    }

    fn decision(&self, decision: &Decision, evaluation: &Evaluation) -> DecisionView {
        DecisionView {
            computed: evaluation.computed,
            computed_key: evaluation.computed.column(),
            computed_name: self.strategy.status_name(evaluation.computed),
            basis: basis(self.strategy, evaluation),
            decided_by: decision.decided_by.as_ref().map(|capacity| capacity.value.to_string()),
        }
    }

    fn submissions(&self, id: MeasureId) -> SubmissionsOn<'_> {
        self.period.submissions.on(id)
    }

    fn submission(&self, submission: &Submission, measure: &Measure) -> SubmissionView {
        let comments: Vec<_> = submission.comments.iter().map(|comment| tidied(&comment.value)).collect();
        let status = evaluate::claimed(submission, measure);
        let name = |status: Option<Status>| status.map(|status| self.strategy.status_short_name(status));
        SubmissionView {
            submitter: self.body(submission.body.value),
            status,
            status_name: name(status),
            comment: (!comments.is_empty()).then(|| comments.join("\n\n")),
            criteria: submission
                .criteria
                .iter()
                .map(|reported| ReportedView {
                    name: measure
                        .criteria
                        .get(reported.criterion.value)
                        .map(|criterion| criterion.name.to_string())
                        .unwrap_or_default(),
                    value: reported.value.as_ref().map(|value| value.value),
                    status: reported.status.as_ref().map(|status| status.value),
                    status_name: name(reported.status.as_ref().map(|status| status.value)),
                    evidence: reported.evidence.as_ref().map(|evidence| evidence.value.to_string()),
                })
                .collect(),
            file: self.dataset.files.path(submission.place).to_owned(),
            line: self.dataset.files.line(submission.place),
        }
    }

    fn responsible(&self, measures: &BTreeMap<MeasureId, MeasureView>) -> Vec<ResponsibleView> {
        let mut ids_by_body: BTreeMap<BodyId, Vec<MeasureId>> = BTreeMap::new();
        for id in measures.keys() {
            let Some(measure) = self.strategy.measures.get(id) else { continue };
            for body in measure.responsible_bodies() {
                let ids = ids_by_body.entry(body).or_default();
                if ids.last() != Some(id) {
                    ids.push(*id);
                }
            }
        }
        let mut views: Vec<ResponsibleView> = ids_by_body
            .into_iter()
            .map(|(body, ids)| {
                let BodyView { code, name } = self.body(body);
                let anchor = anchor_of_body(&code);
                ResponsibleView { code, name, anchor, counts: count(measures, &ids).into(), measures: ids }
            })
            .collect();
        views.sort_by(|a, b| crate::collation::compare(&a.code, &b.code));
        views
    }

    fn deadlines(&self, measures: &BTreeMap<MeasureId, MeasureView>) -> Vec<DeadlineView> {
        let mut ids_by_deadline: BTreeMap<(u8, Option<Date>, String), Vec<MeasureId>> = BTreeMap::new();
        for measure in measures.values() {
            let deadline = self.strategy.measures.get(&measure.id).and_then(|measure| measure.deadline.as_ref());
            let (Some(text), Some(deadline)) = (&measure.deadline, deadline) else { continue };
            ids_by_deadline
                .entry((deadline.value.rank(), measure.last_day, text.clone()))
                .or_default()
                .push(measure.id);
        }
        ids_by_deadline
            .into_iter()
            .map(|((_, last_day, text), ids)| DeadlineView {
                text,
                kind: ids.first().and_then(|id| measures.get(id)?.deadline_kind).unwrap_or_default(),
                last_day,
                days_away: last_day.and_then(|day| self.period.to.until(day).ok()).map(|span| span.get_days()),
                counts: count(measures, &ids).into(),
                measures: ids,
            })
            .collect()
    }

    fn to_discuss(&self, measures: &BTreeMap<MeasureId, MeasureView>) -> ToDiscussView {
        let ids = |wanted: &dyn Fn(&MeasureView) -> bool| {
            measures.values().filter(|measure| wanted(measure)).map(|measure| measure.id).collect()
        };
        let horizon = twelve_months_after(self.period.to);
        ToDiscussView {
            unfulfilled: ids(&|measure| measure.status == Status::Unfulfilled),
            overdue: ids(&|measure| measure.is_overdue),
            without_responsible: ids(&|measure| measure.lacks_responsible),
            without_indicator: ids(&|measure| measure.indicator.is_none()),
            decided: ids(&|measure| measure.decision.is_some()),
            due_soon: ids(&|measure| {
                measure.status != Status::Done
                    && measure.last_day.is_some_and(|day| day > self.period.to && day <= horizon)
            }),
        }
    }

    fn comments(&self, measures: &BTreeMap<MeasureId, MeasureView>, selection: &Selection) -> CommentsView {
        let shown = measures.keys().copied().collect();
        let is_excerpt = selection.describe(self.strategy).is_some();
        comments::view(self.period, &self.strategy.register, &shown, is_excerpt)
    }

    fn annex(&self, diagnostics: &[Diagnostic], measures: &BTreeMap<MeasureId, MeasureView>) -> AnnexView {
        let mut by_rule: BTreeMap<(Severity, &'static str, Option<&str>), FindingsView> = BTreeMap::new();
        let mut said = HashSet::new();
        let is_shown = |id: &MeasureId| measures.contains_key(id) || !self.strategy.measures.contains_key(id);
        for diagnostic in diagnostics.iter().filter(|found| found.measure.as_ref().is_none_or(is_shown)) {
            let rule = diagnostic.rule;
            let reason = diagnostic.accepted.as_deref();
            let findings = by_rule.entry((rule.severity, rule.code, reason)).or_insert_with(|| FindingsView {
                code: rule.code,
                title: rule.title,
                severity: rule.severity.word(),
                count: 0,
                measures: Vec::new(),
                messages: Vec::new(),
                reason: reason.map(str::to_owned),
            });
            findings.count += 1;
            match diagnostic.measure {
                Some(measure) if self.strategy.measures.contains_key(&measure) => findings.measures.push(measure),
                // The same may be said of several files.
                _ if !said.insert((rule.code, reason, &diagnostic.message)) => {}
                _ => findings.messages.push(diagnostic.message.clone()),
            }
        }
        let mut findings: Vec<FindingsView> = by_rule.into_values().collect();
        for findings in &mut findings {
            findings.measures.sort();
            findings.measures.dedup();
        }
        let (accepted, findings) = findings.into_iter().partition(|findings| findings.reason.is_some());
        AnnexView { published: self.published(), findings, accepted }
    }

    fn published(&self) -> Option<PublishedView> {
        let published = self.period.published.as_ref()?;
        let statuses: Vec<PublishedStatusView> = Status::ALL
            .into_iter()
            .filter_map(|status| {
                Some(PublishedStatusView {
                    status,
                    name: self.strategy.status_name(status),
                    published: published.by_status.get(&status)?.value,
                    computed: self.evaluated.counts.get(status),
                })
            })
            .collect();
        let sum = statuses.iter().map(|status| status.published).sum();
        let total = published.total.value;
        let differs = sum != total
            || total != self.evaluated.counts.total()
            || statuses.iter().any(|status| status.published != status.computed);
        let computed_total = self.evaluated.counts.total();
        Some(PublishedView {
            total,
            computed_total,
            sum,
            differs,
            unfulfilled_share: published.unfulfilled_share.as_ref().map(|share| share.value.to_string()),
            statuses,
        })
    }

    fn named(&self, body: Named) -> BodyView {
        named(body, |body| self.strategy.register.get(body))
    }

    fn body(&self, body: BodyId) -> BodyView {
        self.named(Named::Body(body))
    }
}

/// A body as documents name it, once it is looked up.
pub(super) fn named<'r>(named: Named, look_up: impl FnOnce(BodyId) -> &'r Body) -> BodyView {
    match named {
        Named::Body(body) => {
            let body = look_up(body);
            BodyView { code: body.code.value.to_string(), name: body.name.clone() }
        }
        Named::Unknown => BodyView { code: UNKNOWN_BODY.to_owned(), name: "dosud neurčeno".to_owned() },
    }
}

fn coded(ids: &[Located<CodeId>], list: &CodeList) -> Vec<CodedView> {
    let entries = ids.iter().map(|id| list.get(id.value));
    entries.map(|entry| CodedView { code: entry.code.value.to_string(), name: entry.name.clone() }).collect()
}

fn draft(diagnostics: &[Diagnostic]) -> Option<DraftView> {
    let n_errors = crate::dataset::n_of(diagnostics, Severity::Error);
    (n_errors > 0).then_some(DraftView { n_errors })
}

fn count<'i>(measures: &BTreeMap<MeasureId, MeasureView>, ids: impl IntoIterator<Item = &'i MeasureId>) -> Counts {
    Counts::of(ids.into_iter().filter_map(|id| Some(measures.get(id)?.status)))
}

fn criterion(criterion: &Criterion) -> CriterionView {
    CriterionView { name: criterion.name.to_string(), kind: criterion.kind.code() }
}

/// The same day a year later; the last one of a month stays the last one, also where it is 29 February.
fn twelve_months_after(day: Date) -> Date {
    let later = day.checked_add(jiff::Span::new().years(1)).unwrap_or(Date::MAX);
    if day == day.last_of_month() { later.last_of_month() } else { later }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn twelve_months_after_the_end_of_a_month_is_the_end_of_one() {
        for (day, expected) in [
            (date(2023, 12, 31), date(2024, 12, 31)),
            (date(2023, 2, 28), date(2024, 2, 29)),
            (date(2024, 2, 29), date(2025, 2, 28)),
            (date(2024, 2, 28), date(2025, 2, 28)),
            (date(2023, 6, 15), date(2024, 6, 15)),
        ] {
            assert_eq!(twelve_months_after(day), expected, "{day}");
        }
    }
}
