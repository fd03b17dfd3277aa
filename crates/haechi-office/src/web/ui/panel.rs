use askama::Template;

/// That something was done and cannot be undone by going back: its number, and what happens next.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/panel.html")]
pub(crate) struct Panel {
    title: String,
    number: Option<(String, String)>,
    next_title: String,
    next: Vec<String>,
}

impl Panel {
    /// A panel that says what was done.
    pub(crate) fn new(page: &crate::web::Page, title: impl Into<String>) -> Self {
        Self { title: title.into(), number: None, next_title: page.say("ui-next"), next: Vec::new() }
    }

    /// The number under which it is found again, and what that number is called.
    pub(crate) fn number(mut self, called: impl Into<String>, number: impl Into<String>) -> Self {
        self.number = Some((called.into(), number.into()));
        self
    }

    /// What happens next, a sentence each.
    pub(crate) fn next(mut self, sentence: impl Into<String>) -> Self {
        self.next.push(sentence.into());
        self
    }
}
