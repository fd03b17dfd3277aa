use askama::Template;

/// A picture for a telephone to be shown, and the same as letters for who cannot show it.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/qr.html")]
pub(crate) struct QrCode {
    called: String,
    picture: String,
    typed: String,
    text: String,
}

impl QrCode {
    /// A picture (an SVG element of ours) that is `called` so to ears; `typed` stands before the letters of `text`.
    pub(crate) fn new(
        called: impl Into<String>,
        picture: impl Into<String>,
        typed: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        Self { called: called.into(), picture: picture.into(), typed: typed.into(), text: text.into() }
    }
}
