use askama::Template;

use super::{Link, Value};

/// A key, its value, and what may be done about it.
#[derive(Clone, Debug)]
struct SummaryRow {
    key: String,
    value: Value,
    act: Option<Link>,
}

/// What is known of one thing, row by row.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/summary_list.html")]
pub(crate) struct SummaryList {
    rows: Vec<SummaryRow>,
    missing: String,
    is_tight: bool,
}

impl SummaryList {
    /// An empty list; `page` says what stands where nothing was given.
    pub(crate) fn new(page: &crate::web::Page) -> Self {
        Self { rows: Vec::new(), missing: page.say("ui-missing"), is_tight: false }
    }

    /// For a narrow column: the key above its value.
    pub(crate) fn tight(mut self) -> Self {
        self.is_tight = true;
        self
    }

    /// A row.
    pub(crate) fn row(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.rows.push(SummaryRow { key: key.into(), value: value.into(), act: None });
        self
    }

    /// A row where there is a value.
    pub(crate) fn row_if(self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        let value = value.into();
        if value.is_empty() { self } else { self.row(key, value) }
    }

    /// A row with a link that changes it; the link's hidden words say what.
    pub(crate) fn changeable(mut self, key: impl Into<String>, value: impl Into<Value>, change: Link) -> Self {
        self.rows.push(SummaryRow { key: key.into(), value: value.into(), act: Some(change) });
        self
    }

    /// Whether there are no rows.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
