use askama::Template;

use super::{Kind, Value};

/// Something to be known before reading on: what was done, what is off, what is kept back.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/notice.html")]
pub(crate) struct Notice {
    kind: Kind,
    title: String,
    lines: Vec<Value>,
    is_said: bool,
}

impl Notice {
    /// A notice of this kind.
    pub(crate) fn new(kind: Kind, title: impl Into<String>) -> Self {
        Self { kind, title: title.into(), lines: Vec::new(), is_said: false }
    }

    /// A paragraph.
    pub(crate) fn line(mut self, line: impl Into<Value>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// Said to ears as soon as it is there: the outcome of what somebody just did.
    pub(crate) fn said(mut self) -> Self {
        self.is_said = true;
        self
    }
}
