use askama::Template;

use super::{Form, SummaryList};

/// What will be sent, before it is sent: changeable rows, then the button that sends them.
///
/// The form carries the answers in hidden fields; each row's link leads back to the form with `?change=…` or an anchor, and whoever
/// sends that form comes back here, not through the whole again.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/check_answers.html")]
pub(crate) struct CheckAnswers {
    answers: SummaryList,
    about: String,
    form: Form,
}

impl CheckAnswers {
    /// These answers; `about` says what sending them does.
    pub(crate) fn new(answers: SummaryList, about: impl Into<String>, form: Form) -> Self {
        Self { answers, about: about.into(), form }
    }
}
