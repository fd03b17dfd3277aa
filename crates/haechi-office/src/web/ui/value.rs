use askama::Template;

use super::{Form, Kind, Tag};

/// A link. What it leads to stands in its words; `hidden` adds what only eyes can tell (“… 바꾸기: 비밀번호”).
#[derive(Clone, Debug, Template)]
#[template(path = "ui/link.html")]
pub(crate) struct Link {
    text: String,
    href: String,
    hidden: String,
    is_file: bool,
    is_button: bool,
    is_away: bool,
}

impl Link {
    /// A link with these words to this address.
    pub(crate) fn to(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            href: href.into(),
            hidden: String::new(),
            is_file: false,
            is_button: false,
            is_away: false,
        }
    }

    pub(super) fn href(&self) -> &str {
        &self.href
    }

    pub(super) fn words(&self) -> &str {
        &self.text
    }

    /// With words for ears alone behind it.
    pub(crate) fn of(mut self, hidden: impl Into<String>) -> Self {
        self.hidden = hidden.into();
        self
    }

    /// In other words.
    pub(crate) fn called(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// Looks like a button: the way on from here.
    pub(crate) fn button(mut self) -> Self {
        self.is_button = true;
        self
    }

    /// Out of the office, perhaps by an address that leads there: no script fetches it.
    pub(crate) fn away(mut self) -> Self {
        self.is_away = true;
        self
    }

    /// To a file that is saved.
    pub(crate) fn file(mut self) -> Self {
        self.is_file = true;
        self
    }
}

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Strong(String),
    Late(String),
    Soft(String),
    Line(String),
    Code(String),
    Link(Link),
    Tag(Tag),
    Form(Box<Form>),
}

/// What stands in a cell or beside a key: words, links, tags, a small form, in their order.
///
/// `Value::from("회계과").soft("김담당")` is a line with a smaller one beneath.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "ui/value.html")]
pub(crate) struct Value {
    pieces: Vec<Piece>,
}

impl Value {
    fn with(mut self, piece: Piece) -> Self {
        self.pieces.push(piece);
        self
    }

    /// Whether nothing stands there.
    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece, Piece::Text(text) if text.is_empty()))
    }

    /// More words in the same line.
    pub(crate) fn text(self, text: impl Into<String>) -> Self {
        self.with(Piece::Text(text.into()))
    }

    /// Words that weigh.
    pub(crate) fn strong(self, text: impl Into<String>) -> Self {
        self.with(Piece::Strong(text.into()))
    }

    /// Words that say that something is late or wrong.
    pub(crate) fn late(self, text: impl Into<String>) -> Self {
        self.with(Piece::Late(text.into()))
    }

    /// A smaller line beneath; nothing where it is empty.
    pub(crate) fn soft(self, text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { self } else { self.with(Piece::Soft(text)) }
    }

    /// A line of its own.
    pub(crate) fn line(self, text: impl Into<String>) -> Self {
        self.with(Piece::Line(text.into()))
    }

    /// Something to be copied: an identifier, a command.
    pub(crate) fn code(self, text: impl Into<String>) -> Self {
        self.with(Piece::Code(text.into()))
    }

    /// A link.
    pub(crate) fn link(self, link: Link) -> Self {
        self.with(Piece::Link(link))
    }

    /// A tag.
    pub(crate) fn tag(self, tag: Tag) -> Self {
        self.with(Piece::Tag(tag))
    }

    /// A tag where `holds`.
    pub(crate) fn tag_if(self, holds: bool, kind: Kind, text: impl Into<String>) -> Self {
        if holds { self.tag(Tag::new(kind, text)) } else { self }
    }

    /// A small form: a button or two.
    pub(crate) fn form(self, form: Form) -> Self {
        self.with(Piece::Form(Box::new(form)))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::default().text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::default().text(text)
    }
}

impl From<Link> for Value {
    fn from(link: Link) -> Self {
        Self::default().link(link)
    }
}

impl From<Tag> for Value {
    fn from(tag: Tag) -> Self {
        Self::default().tag(tag)
    }
}
