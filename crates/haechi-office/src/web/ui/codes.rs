use askama::Template;

/// Codes to be written down: one a line, in letters that are not taken for others.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/codes.html")]
pub(crate) struct Codes {
    codes: Vec<String>,
}

impl Codes {
    /// These.
    pub(crate) const fn new(codes: Vec<String>) -> Self {
        Self { codes }
    }
}
