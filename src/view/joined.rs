//! The comments of several bodies on one measure as one text in Markdown. Pure.

use crate::markup;
use crate::model::Status;
use crate::view::SubmissionView;

/// What each of several bodies claims, which may not be what came out, as documents call it.
pub fn by_name(submission: &SubmissionView) -> Option<&str> {
    submission.status_name.as_deref()
}

/// The same as data call it.
pub fn by_code(submission: &SubmissionView) -> Option<&str> {
    submission.status.map(Status::code)
}

/// The comments of all submissions; where there are several, each under its submitter's code and
/// what it claims.
pub fn comments(submissions: &[SubmissionView], claimed: &dyn Fn(&SubmissionView) -> Option<&str>) -> Option<String> {
    if let [submission] = submissions {
        return submission.comment.clone();
    }
    let has_comment = submissions.iter().any(|submission| submission.comment.is_some());
    has_comment.then(|| parts(submissions, claimed).join("\n\n"))
}

/// What several bodies say, part by part. Each is Markdown of its own: what one of them leaves open must not
/// swallow what the others say.
pub fn parts(submissions: &[SubmissionView], claimed: &dyn Fn(&SubmissionView) -> Option<&str>) -> Vec<String> {
    let parts = submissions.iter().map(|submission| {
        let status = claimed(submission).map(|status| format!(" ({status})")).unwrap_or_default();
        let comment = submission.comment.clone().unwrap_or_else(|| "komentář neuveden".to_owned());
        // A code such as „1. ZŠ“ begins no list.
        let speaker = format!("{}{status}:", submission.submitter.code);
        [markup::escape(&speaker).into_owned(), comment]
    });
    parts.flatten().collect()
}
