//! The comments on the draft and how they were settled, as documents and exports see them.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::markup::references;
use crate::model::{AreaNumber, Author, Comment, MeasureId, Period, Register, Resolution, Section, Subject};
use crate::view::BodyView;

/// All comments that a document shows.
#[derive(Debug, Serialize)]
pub struct CommentsView {
    /// In the order of the data.
    #[serde(rename = "seznam")]
    pub list: Vec<CommentView>,
    /// How many were settled how.
    #[serde(rename = "pocty")]
    pub counts: ResolutionCountsView,
    /// The measures that they are about or refer to, and that the document shows.
    #[serde(rename = "opatreni")]
    pub measures: BTreeSet<MeasureId>,
}

/// One comment.
#[derive(Debug, Serialize)]
pub struct CommentView {
    /// Its number among all comments of the period, from 1; the same in an excerpt.
    #[serde(rename = "cislo")]
    pub number: usize,
    /// Its anchor: `pripominka-1`.
    #[serde(rename = "kotva")]
    pub anchor: String,
    /// Who it is of. One that is no body of the register has its full name in place of a code.
    #[serde(rename = "subjekt")]
    pub author: BodyView,
    /// The measure it is about.
    #[serde(rename = "opatreni")]
    pub measure: Option<MeasureId>,
    /// The section of the report it is about, where it is about no measure.
    #[serde(rename = "cast")]
    pub section: Option<String>,
    /// What it is about, in Czech: „opatření IX/2“, „Shrnutí“.
    #[serde(rename = "k_cemu")]
    pub subject: String,
    /// The anchor of what it is about in the report; the report as a whole has none, and neither has
    /// what the report does not show, such as a measure that is no longer followed.
    #[serde(rename = "kotva_casti")]
    pub subject_anchor: Option<String>,
    /// What it says, in Markdown.
    #[serde(rename = "text")]
    pub text: String,
    /// How it was settled; absent only in a draft.
    #[serde(rename = "vyporadani")]
    pub resolution: Option<Resolution>,
    /// Why, in Markdown.
    #[serde(rename = "oduvodneni")]
    pub reason: Option<String>,
}

/// Comments counted by how they were settled.
#[derive(Debug, Default, Serialize)]
pub struct ResolutionCountsView {
    /// přijato
    #[serde(rename = "prijato")]
    pub accepted: usize,
    /// přijato částečně
    #[serde(rename = "castecne")]
    pub partly_accepted: usize,
    /// nepřijato
    #[serde(rename = "neprijato")]
    pub rejected: usize,
    /// vysvětleno
    #[serde(rename = "vysvetleno")]
    pub explained: usize,
    /// Not settled yet; only in a draft.
    #[serde(rename = "nevyporadano")]
    pub open: usize,
    /// All of them.
    #[serde(rename = "celkem")]
    pub total: usize,
}

/// What a document shows of the comments of a period: all of them or, in an excerpt, those on the
/// measures and areas it shows.
pub(super) fn view(
    period: &Period,
    register: &Register,
    shown: &BTreeSet<MeasureId>,
    is_excerpt: bool,
) -> CommentsView {
    let areas: BTreeSet<AreaNumber> = shown.iter().map(|measure| measure.area).collect();
    // What is about no measure or area belongs to the whole report.
    let is_there = |comment: &Comment| match comment.subject.value {
        Subject::Measure(measure) => shown.contains(&measure),
        Subject::Section(Section::Area(area)) => areas.contains(&area),
        Subject::Section(_) => !is_excerpt,
    };
    let numbered = period.comments.iter().enumerate().filter(|(_, comment)| !is_excerpt || is_there(comment));
    let list: Vec<CommentView> =
        numbered.map(|(index, comment)| one(comment, index + 1, register, is_there(comment))).collect();
    let mut measures: BTreeSet<MeasureId> = list.iter().flat_map(mentioned).collect();
    measures.retain(|measure| shown.contains(measure));
    CommentsView { counts: ResolutionCountsView::of(&list), list, measures }
}

fn one(comment: &Comment, number: usize, register: &Register, is_there: bool) -> CommentView {
    let author = match &comment.author.value {
        Author::Body(body) => {
            let body = register.get(*body);
            BodyView { code: body.code.value.to_string(), name: body.name.clone() }
        }
        Author::Group(name) => BodyView { code: name.clone(), name: name.clone() },
    };
    let (section, subject_anchor) = match comment.subject.value {
        Subject::Measure(measure) => (None, Some(measure.anchor())),
        Subject::Section(section) => (Some(section.to_string()), section.anchor()),
    };
    CommentView {
        number,
        anchor: format!("pripominka-{number}"),
        author,
        measure: comment.measure(),
        section,
        subject: comment.subject.value.to_string(),
        subject_anchor: subject_anchor.filter(|_| is_there),
        text: comment.text.value.trim().to_owned(),
        resolution: comment.resolution.as_ref().map(|resolution| resolution.value),
        reason: comment.reason.as_ref().map(|reason| reason.value.trim().to_owned()),
    }
}

fn mentioned(comment: &CommentView) -> BTreeSet<MeasureId> {
    let texts = std::iter::once(&comment.text).chain(&comment.reason);
    let references = texts.flat_map(|text| references(text)).map(|(_, measure)| measure);
    references.chain(comment.measure).collect()
}

impl ResolutionCountsView {
    fn of(list: &[CommentView]) -> Self {
        let mut counts = Self { total: list.len(), ..Self::default() };
        for comment in list {
            match comment.resolution {
                Some(Resolution::Accepted) => counts.accepted += 1,
                Some(Resolution::PartlyAccepted) => counts.partly_accepted += 1,
                Some(Resolution::Rejected) => counts.rejected += 1,
                Some(Resolution::Explained) => counts.explained += 1,
                None => counts.open += 1,
            }
        }
        counts
    }
}
