use askama::Template;

use super::{Form, Value};

#[derive(Clone, Debug)]
enum Inside {
    Text(String),
    Value(Value),
    Form(Box<Form>),
}

/// More for who wants it: help, how a number is counted, a form that is rarely needed. Opens without a script.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/more.html")]
pub(crate) struct More {
    summary: String,
    inside: Vec<Inside>,
    is_open: bool,
    class: &'static str,
}

impl More {
    /// Something behind these words.
    pub(crate) fn new(summary: impl Into<String>) -> Self {
        Self { summary: summary.into(), inside: Vec::new(), is_open: false, class: "more" }
    }

    /// Something to be done behind these words; several beneath each other are one box.
    pub(crate) fn act(summary: impl Into<String>) -> Self {
        Self { class: "act", ..Self::new(summary) }
    }

    /// A paragraph; each line of a text of several lines is one.
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.inside.extend(text.lines().filter(|line| !line.is_empty()).map(|line| Inside::Text(line.to_owned())));
        self
    }

    /// Words and links.
    pub(crate) fn value(mut self, value: impl Into<Value>) -> Self {
        self.inside.push(Inside::Value(value.into()));
        self
    }

    /// A form.
    pub(crate) fn form(mut self, form: Form) -> Self {
        self.inside.push(Inside::Form(Box::new(form)));
        self
    }

    /// Open from the start where `open`.
    pub(crate) fn open(mut self, open: bool) -> Self {
        self.is_open = open;
        self
    }
}
