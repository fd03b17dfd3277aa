use askama::Template;

use crate::web::Page;

/// The pages of a list: before, some numbers, after.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/paging.html")]
pub(crate) struct Paging {
    label: String,
    where_words: String,
    before: Option<(String, String)>,
    after: Option<(String, String)>,
    /// Number and address; no address is a gap.
    pages: Vec<(u64, Option<String>)>,
    number: u64,
    into: String,
}

/// Numbers that are shown on each side of the page one is on.
const AROUND: u64 = 2;

impl Paging {
    /// Page `number` of `pages`, each at `address`. Renders nothing where there is one page.
    pub(crate) fn new(page: &Page, number: u64, pages: u64, address: impl Fn(u64) -> String) -> Self {
        let mut shown: Vec<(u64, Option<String>)> = Vec::new();
        for at in 1..=pages {
            if at == 1 || at == pages || at.abs_diff(number) <= AROUND {
                shown.push((at, Some(address(at))));
            } else if shown.last().is_some_and(|last| last.1.is_some()) {
                shown.push((at, None));
            }
        }
        if pages < 2 {
            shown.clear();
        }
        Self {
            label: page.say("pages"),
            where_words: page.of("page-of", number, pages),
            before: (number > 1).then(|| (address(number - 1), page.say("page-before"))),
            after: (number < pages).then(|| (address(number + 1), page.say("page-after"))),
            pages: shown,
            number,
            into: String::new(),
        }
    }

    /// Of this list, where a page has several.
    pub(crate) fn called(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With scripts only the element with this id is replaced.
    pub(crate) fn into_element(mut self, id: &str) -> Self {
        id.clone_into(&mut self.into);
        self
    }
}
