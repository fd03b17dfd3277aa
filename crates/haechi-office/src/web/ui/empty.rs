use askama::Template;

use super::Link;

/// That there is nothing, why, and what to do about it.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/empty.html")]
pub(crate) struct Empty {
    title: String,
    text: String,
    link: Option<Link>,
}

impl Empty {
    /// Nothing, in this sentence.
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), text: String::new(), link: None }
    }

    /// Why, and when there will be something.
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Where to go from here.
    pub(crate) fn link(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }
}
