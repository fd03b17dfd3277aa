use askama::Template;

/// How far something is: so many of so many, in words beside the bar.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/progress.html")]
pub(crate) struct Progress {
    id: String,
    label: String,
    words: String,
    done: u64,
    all: Option<u64>,
}

impl Progress {
    /// `done` of `all`. Where it is not known how many there are, `all` is none and the bar only moves.
    pub(crate) fn new(
        id: impl Into<String>,
        label: impl Into<String>,
        words: impl Into<String>,
        done: u64,
        all: Option<u64>,
    ) -> Self {
        Self { id: id.into(), label: label.into(), words: words.into(), done, all }
    }
}
