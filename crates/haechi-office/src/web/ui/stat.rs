use askama::Template;

use super::More;

/// Where a number went since the last time, in words, and whether that is good; none where it is neither.
#[derive(Clone, Debug)]
pub(crate) struct Trend {
    words: String,
    is_good: Option<bool>,
}

impl Trend {
    /// A trend in these words (`지난달보다 3건 적음`).
    pub(crate) fn new(words: impl Into<String>, is_good: Option<bool>) -> Self {
        Self { words: words.into(), is_good }
    }

    const fn class(&self) -> &'static str {
        match self.is_good {
            Some(true) => " good",
            Some(false) => " bad",
            None => "",
        }
    }
}

/// A number.
#[derive(Clone, Debug)]
pub(crate) struct Stat {
    of: String,
    value: String,
    unit: String,
    trend: Option<Trend>,
    href: Option<String>,
    counted: Option<More>,
    is_warning: bool,
}

impl Stat {
    /// What is counted, and how much it is.
    pub(crate) fn new(of: impl Into<String>, value: impl ToString) -> Self {
        Self {
            of: of.into(),
            value: value.to_string(),
            unit: String::new(),
            trend: None,
            href: None,
            counted: None,
            is_warning: false,
        }
    }

    /// In this unit.
    pub(crate) fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    /// With where it went.
    pub(crate) fn trend(mut self, trend: Trend) -> Self {
        self.trend = Some(trend);
        self
    }

    /// Leads to what was counted.
    pub(crate) fn link(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// How it is counted, for who asks.
    pub(crate) fn counted(mut self, more: More) -> Self {
        self.counted = Some(more);
        self
    }

    /// Somebody should look, where `holds`.
    pub(crate) fn warn_if(mut self, holds: bool) -> Self {
        self.is_warning = holds;
        self
    }
}

/// Numbers beside each other.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/stats.html")]
pub(crate) struct Stats {
    stats: Vec<Stat>,
}

impl Stats {
    /// These numbers.
    pub(crate) fn new(stats: impl IntoIterator<Item = Stat>) -> Self {
        Self { stats: stats.into_iter().collect() }
    }
}
