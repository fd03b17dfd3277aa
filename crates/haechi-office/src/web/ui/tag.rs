use askama::Template;

/// What something means: its colour, which never says it alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Worth knowing.
    Info,
    /// As it should be.
    Good,
    /// Somebody should look.
    Warn,
    /// Something is wrong or late.
    Danger,
}

impl Kind {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Danger => "danger",
        }
    }
}

/// A word of how something stands: `승인 대기`. An adjective or a state, never an order.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/tag.html")]
pub(crate) struct Tag {
    text: String,
    kind: Kind,
}

impl Tag {
    /// A tag of this kind.
    pub(crate) fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self { text: text.into(), kind }
    }

    /// A tag that means nothing in particular.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(Kind::Plain, text)
    }
}
