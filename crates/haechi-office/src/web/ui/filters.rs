use askama::Template;

use super::Part;
use crate::web::Page;

/// What a list is narrowed by. A form that asks, so that the address holds it and can be kept and sent on.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/filters.html")]
pub(crate) struct Filters {
    action: String,
    label: String,
    parts: Vec<Part>,
    checks: Vec<Part>,
    button: String,
    /// The id of the element that the list stands in.
    into: String,
}

impl Filters {
    /// Filters of the list at `action`.
    pub(crate) fn new(page: &Page, action: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            label: page.say("ui-filters"),
            parts: Vec::new(),
            checks: Vec::new(),
            button: page.say("filter-do"),
            into: String::new(),
        }
    }

    /// A field.
    pub(crate) fn part(mut self, part: impl Into<Part>) -> Self {
        self.parts.push(part.into());
        self
    }

    /// Something that holds or not, beneath the fields.
    pub(crate) fn check(mut self, part: impl Into<Part>) -> Self {
        self.checks.push(part.into());
        self
    }

    /// With scripts only the element with this id is replaced. Its handler answers with it alone when asked for a fragment.
    pub(crate) fn into_element(mut self, id: &str) -> Self {
        id.clone_into(&mut self.into);
        self
    }
}

/// What is set, each with a link to the list without it.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/chips.html")]
pub(crate) struct Chips {
    label: String,
    remove: String,
    chips: Vec<(String, String)>,
    clear: Option<(String, String)>,
    into: String,
}

impl Chips {
    /// Words and the address without it, each. Renders nothing where nothing is set.
    pub(crate) fn new(page: &Page, chips: impl IntoIterator<Item = (String, String)>, clear: &str, into: &str) -> Self {
        let chips: Vec<_> = chips.into_iter().collect();
        Self {
            label: page.say("ui-filters-set"),
            remove: page.say("ui-filters-remove"),
            clear: (chips.len() > 1).then(|| (clear.to_owned(), page.say("ui-filters-clear"))),
            chips,
            into: into.to_owned(),
        }
    }
}
