use askama::Template;

/// Something that happened, or is planned.
#[derive(Clone, Debug)]
pub(crate) struct Happening {
    what: String,
    who: String,
    when: String,
    said: String,
    facts: Vec<String>,
    is_planned: bool,
}

impl Happening {
    /// What happened, and when.
    pub(crate) fn new(what: impl Into<String>, when: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            who: String::new(),
            when: when.into(),
            said: String::new(),
            facts: Vec::new(),
            is_planned: false,
        }
    }

    /// Who did it.
    pub(crate) fn by(mut self, who: impl Into<String>) -> Self {
        self.who = who.into();
        self
    }

    /// What they wrote.
    pub(crate) fn said(mut self, text: impl Into<String>) -> Self {
        self.said = text.into();
        self
    }

    /// What it was about: amounts, days, names.
    pub(crate) fn facts(mut self, facts: impl IntoIterator<Item = String>) -> Self {
        self.facts.extend(facts);
        self
    }

    /// It has not happened yet, where `planned`.
    pub(crate) fn planned(mut self, planned: bool) -> Self {
        self.is_planned = planned;
        self
    }
}

/// What happened, in its order.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/timeline.html")]
pub(crate) struct Timeline {
    happenings: Vec<Happening>,
}

impl Timeline {
    /// These, in this order.
    pub(crate) fn new(happenings: impl IntoIterator<Item = Happening>) -> Self {
        Self { happenings: happenings.into_iter().collect() }
    }
}
