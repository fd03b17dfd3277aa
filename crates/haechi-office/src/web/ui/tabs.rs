use askama::Template;

use super::Link;

#[derive(Clone, Debug)]
struct Tab {
    name: String,
    href: String,
    is_here: bool,
}

/// The pages of one area beside each other. Each is a page of its own, so that it has an address and works without a script.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/tabs.html")]
pub(crate) struct Tabs {
    label: String,
    tabs: Vec<Tab>,
}

impl Tabs {
    /// Tabs of the area `label`.
    pub(crate) fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), tabs: Vec::new() }
    }

    /// A page of it.
    pub(crate) fn tab(mut self, href: impl Into<String>, name: impl Into<String>, is_here: bool) -> Self {
        self.tabs.push(Tab { name: name.into(), href: href.into(), is_here });
        self
    }
}

/// What a long page holds, with links to its parts.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/contents.html")]
pub(crate) struct Contents {
    label: String,
    links: Vec<Link>,
}

impl Contents {
    /// These parts.
    pub(crate) fn new(page: &crate::web::Page, links: impl IntoIterator<Item = Link>) -> Self {
        Self { label: page.say("ui-contents"), links: links.into_iter().collect() }
    }
}
