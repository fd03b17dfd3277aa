use askama::Template;

use super::Part;
use crate::web::Page;

/// What is typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typed {
    Text,
    Search,
    Password,
    /// A code that is good once.
    Code,
    Url,
    Month,
    File,
    /// Digits, perhaps with commas: a text, since number inputs lose what they do not understand.
    Digits,
    /// So many lines.
    Area(u8),
}

/// A field: its label, what helps to fill it in, what is wrong with it, and what stands in it.
///
/// No asterisks: what may be left empty says so itself. Nothing is checked by the browser; the office answers with the same form,
/// what was typed, and what to change.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/field.html")]
pub(crate) struct Field {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) error: String,
    pub(super) value: String,
    typed: Typed,
    autocomplete: &'static str,
    optional: String,
    unit: String,
    most: Option<usize>,
    is_short: bool,
    is_personal: bool,
    is_exact: bool,
    is_fixed: bool,
}

impl Field {
    fn new(typed: Typed, name: impl Into<String>, label: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            id: name.clone(),
            name,
            label: label.into(),
            hint: String::new(),
            error: String::new(),
            value: String::new(),
            typed,
            autocomplete: "",
            optional: String::new(),
            unit: String::new(),
            most: None,
            is_short: false,
            is_personal: false,
            is_exact: false,
            is_fixed: false,
        }
    }

    /// A line of text.
    pub(crate) fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Typed::Text, name, label)
    }

    /// What is looked for.
    pub(crate) fn search(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Typed::Search, name, label)
    }

    /// A password: `current-password` or `new-password`.
    pub(crate) fn password(name: impl Into<String>, label: impl Into<String>, autocomplete: &'static str) -> Self {
        Self { autocomplete, ..Self::new(Typed::Password, name, label) }
    }

    /// A code that is good once.
    pub(crate) fn code(name: impl Into<String>, label: impl Into<String>) -> Self {
        let code = Self::new(Typed::Code, name, label);
        Self { autocomplete: "one-time-code", is_short: true, is_exact: true, is_personal: true, ..code }
    }

    /// The name under which somebody signs in.
    pub(crate) fn login(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { autocomplete: "username", is_exact: true, ..Self::new(Typed::Text, name, label) }
    }

    /// An address on the web.
    pub(crate) fn url(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Typed::Url, name, label)
    }

    /// A month, `2026-11`.
    pub(crate) fn month(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { is_short: true, ..Self::new(Typed::Month, name, label) }
    }

    /// A file.
    pub(crate) fn file(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Typed::File, name, label)
    }

    /// A whole number.
    pub(crate) fn number(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Typed::Digits, name, label)
    }

    /// Some lines of text.
    pub(crate) fn area(name: impl Into<String>, label: impl Into<String>, lines: u8) -> Self {
        Self::new(Typed::Area(lines), name, label)
    }

    /// What helps to fill it in.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What stands in it.
    pub(crate) fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// What is wrong with it; nothing where it is empty.
    pub(crate) fn error(mut self, error: impl Into<String>) -> Self {
        self.error = error.into();
        self
    }

    /// It may be left empty.
    pub(crate) fn optional(mut self, page: &Page) -> Self {
        self.optional = page.say("ui-optional");
        self
    }

    /// In this unit, which stands behind it.
    pub(crate) fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    /// At most so many characters.
    pub(crate) fn most(mut self, most: usize) -> Self {
        self.most = Some(most);
        self
    }

    /// For a few characters.
    pub(crate) fn short(mut self) -> Self {
        self.is_short = true;
        self
    }

    /// Called so on its page, where several fields have one name.
    pub(crate) fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// Shown, and not to be changed.
    pub(crate) fn fixed(mut self) -> Self {
        self.is_fixed = true;
        self
    }

    /// Holds personal data: no draft of it is kept in the browser.
    pub(crate) fn personal(mut self) -> Self {
        self.is_personal = true;
        self
    }

    /// Holds something exact (an identifier, JSON): the browser does not correct its spelling.
    pub(crate) fn exact(mut self) -> Self {
        self.is_exact = true;
        self
    }

    const fn kind(&self) -> &'static str {
        match self.typed {
            Typed::Text | Typed::Code | Typed::Digits | Typed::Area(_) => "text",
            Typed::Search => "search",
            Typed::Password => "password",
            Typed::Url => "url",
            Typed::Month => "month",
            Typed::File => "file",
        }
    }

    const fn lines(&self) -> Option<u8> {
        match self.typed {
            Typed::Area(lines) => Some(lines),
            _ => None,
        }
    }

    const fn is_digits(&self) -> bool {
        matches!(self.typed, Typed::Digits)
    }

    fn class(&self) -> &'static str {
        match (self.is_digits(), self.is_short) {
            (true, _) => "number short",
            (false, true) => "short",
            (false, false) => "",
        }
    }

    fn described(&self) -> String {
        described(&self.id, &self.hint, &self.error)
    }

    /// Whether it takes a file.
    pub(super) const fn is_file(&self) -> bool {
        matches!(self.typed, Typed::File)
    }

    /// What is typed into it is put back after it was refused: never a password, a code or a file.
    pub(super) const fn is_put_back(&self) -> bool {
        !matches!(self.typed, Typed::Password | Typed::Code | Typed::File)
    }
}

/// What `aria-describedby` names: the hint, then the error.
pub(super) fn described(id: &str, hint: &str, error: &str) -> String {
    let parts = [(hint, "hint"), (error, "error")].into_iter().filter(|(text, _)| !text.is_empty());
    parts.map(|(_, what)| format!("{id}-{what}")).collect::<Vec<_>>().join(" ")
}

/// One of several, where there are many to choose from.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/select.html")]
pub(crate) struct Select {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) error: String,
    pub(super) chosen: String,
    options: Vec<(String, String)>,
}

impl Select {
    /// A choice of `options`, value and name each.
    pub(crate) fn new(
        name: impl Into<String>,
        label: impl Into<String>,
        options: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let name = name.into();
        Self {
            id: name.clone(),
            name,
            label: label.into(),
            hint: String::new(),
            error: String::new(),
            chosen: String::new(),
            options: options.into_iter().collect(),
        }
    }

    /// What helps to choose.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What is wrong with the choice.
    pub(crate) fn error(mut self, error: impl Into<String>) -> Self {
        self.error = error.into();
        self
    }

    /// What is chosen.
    pub(crate) fn chosen(mut self, value: impl Into<String>) -> Self {
        self.chosen = value.into();
        self
    }

    fn described(&self) -> String {
        described(&self.id, &self.hint, &self.error)
    }
}

/// A choice, and what is asked once it is made.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(super) value: String,
    text: String,
    hint: String,
    pub(super) is_chosen: bool,
    pub(super) reveals: Vec<Part>,
}

impl Choice {
    /// A choice in these words.
    pub(crate) fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), hint: String::new(), is_chosen: false, reveals: Vec::new() }
    }

    /// What it means.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Made already, where `chosen`.
    pub(crate) fn chosen(mut self, chosen: bool) -> Self {
        self.is_chosen = chosen;
        self
    }

    /// Asks this too once it is made.
    pub(crate) fn reveals(mut self, part: impl Into<Part>) -> Self {
        self.reveals.push(part.into());
        self
    }
}

/// How choices lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Look {
    /// Beneath each other.
    #[default]
    Plain,
    /// Beside each other.
    Row,
    /// A card each: the choice weighs something.
    Cards,
}

/// One or several of a few, all of which are seen.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/choices.html")]
pub(crate) struct Choices {
    pub(super) name: String,
    pub(super) id: String,
    legend: String,
    hint: String,
    pub(super) error: String,
    pub(super) choices: Vec<Choice>,
    look: Look,
    pub(super) is_many: bool,
}

impl Choices {
    /// One of these.
    pub(crate) fn one(
        name: impl Into<String>,
        legend: impl Into<String>,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        let name = name.into();
        Self {
            id: name.clone(),
            name,
            legend: legend.into(),
            hint: String::new(),
            error: String::new(),
            choices: choices.into_iter().collect(),
            look: Look::Plain,
            is_many: false,
        }
    }

    /// As many of these as one likes.
    pub(crate) fn many(
        name: impl Into<String>,
        legend: impl Into<String>,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        Self { is_many: true, ..Self::one(name, legend, choices) }
    }

    /// What helps to choose.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What is wrong with the choice.
    pub(crate) fn error(mut self, error: impl Into<String>) -> Self {
        self.error = error.into();
        self
    }

    /// How they lie.
    pub(crate) fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    fn class(&self) -> &'static str {
        match self.look {
            Look::Plain => "choices",
            Look::Row => "choices in-row",
            Look::Cards => "choices cards",
        }
    }

    fn is_cards(&self) -> bool {
        self.look == Look::Cards
    }

    fn described(&self) -> String {
        described(&self.id, &self.hint, &self.error)
    }
}
