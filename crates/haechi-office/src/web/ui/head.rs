use askama::Template;

use super::{Link, More, Tag};

/// The way to a page, for pages below an area: `설정 › 토큰`. The page itself stands last and is no link.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/crumbs.html")]
pub(crate) struct Crumbs {
    label: String,
    home: String,
    above: Vec<Link>,
    here: String,
}

impl Crumbs {
    /// The way to `here`, from the first page by way of `above`.
    pub(crate) fn new(page: &crate::web::Page, above: impl IntoIterator<Item = Link>, here: impl Into<String>) -> Self {
        let (label, home) = (page.say("ui-crumbs"), page.say("menu-home"));
        Self { label, home, above: above.into_iter().collect(), here: here.into() }
    }
}

/// The head of a page: what it is, and the one sentence that says what is expected of this person here.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/page_head.html")]
pub(crate) struct PageHead {
    caption: String,
    title: String,
    tags: Vec<Tag>,
    expected: String,
    lead: String,
    links: Vec<Link>,
    help: Option<More>,
    print: String,
}

impl PageHead {
    /// A head with this title.
    pub(crate) fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// What the page belongs to, above its title.
    pub(crate) fn caption(mut self, caption: impl Into<String>) -> Self {
        self.caption = caption.into();
        self
    }

    /// How the thing stands.
    pub(crate) fn tag(mut self, tag: Tag) -> Self {
        self.tags.push(tag);
        self
    }

    /// What is expected of this person, today.
    pub(crate) fn expected(mut self, sentence: impl Into<String>) -> Self {
        self.expected = sentence.into();
        self
    }

    /// What the page is for.
    pub(crate) fn lead(mut self, sentence: impl Into<String>) -> Self {
        self.lead = sentence.into();
        self
    }

    /// A page that belongs to this one.
    pub(crate) fn link(mut self, link: Link) -> Self {
        self.links.push(link);
        self
    }

    /// Can be printed: a button that scripts bring, since a page cannot print itself without one.
    pub(crate) fn printable(mut self, page: &crate::web::Page) -> Self {
        self.print = page.say("ui-print");
        self
    }

    /// Help in plain words, opened by who wants it.
    pub(crate) fn help(mut self, page: &crate::web::Page, words: &str) -> Self {
        self.help = Some(More::new(page.say("ui-help")).text(page.say(words)));
        self
    }
}
