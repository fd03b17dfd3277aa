use askama::Template;

use super::{Choices, DateField, ErrorSummary, Field, More, Notice, Select, Table};
use crate::problem::Problem;
use crate::web::{Fields, Page};

/// What was sent and refused: what was typed, and why.
pub(crate) type Refused<'a> = Option<(&'a Fields, &'a Problem)>;

/// A part of a form.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/part.html")]
pub(crate) enum Part {
    /// A field.
    Field(Field),
    /// A day.
    Date(DateField),
    /// A list to choose from.
    Select(Select),
    /// Choices that are seen.
    Choices(Choices),
    /// Parts that are rarely needed, behind these words.
    More {
        /// The words.
        summary: String,
        /// The parts.
        parts: Vec<Part>,
        /// Whether it is open from the start.
        is_open: bool,
    },
    /// Something to know before what follows.
    Notice(Notice),
    /// A paragraph.
    Text(String),
    /// Help.
    Help(More),
    /// Things to be picked.
    Table(Table),
    /// Buttons within, where they belong to what stands around them.
    Buttons(Vec<Button>),
}

impl From<Field> for Part {
    fn from(field: Field) -> Self {
        Self::Field(field)
    }
}

impl From<DateField> for Part {
    fn from(field: DateField) -> Self {
        Self::Date(field)
    }
}

impl From<Select> for Part {
    fn from(select: Select) -> Self {
        Self::Select(select)
    }
}

impl From<Choices> for Part {
    fn from(choices: Choices) -> Self {
        Self::Choices(choices)
    }
}

impl From<Notice> for Part {
    fn from(notice: Notice) -> Self {
        Self::Notice(notice)
    }
}

impl From<More> for Part {
    fn from(more: More) -> Self {
        Self::Help(more)
    }
}

impl From<Table> for Part {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Part {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Part {
    /// Parts that are rarely needed. What is wrong inside opens it.
    pub(crate) fn more(summary: impl Into<String>, parts: impl IntoIterator<Item = Self>) -> Self {
        Self::More { summary: summary.into(), parts: parts.into_iter().collect(), is_open: false }
    }

    /// Calls `each` with the name, id, error and the setter of what stands in each field.
    fn each(&mut self, each: &mut dyn FnMut(Slot<'_>)) {
        match self {
            Self::Field(field) | Self::Date(DateField { field }) => {
                let is_put_back = field.is_put_back();
                each(Slot {
                    name: &field.name,
                    id: &mut field.id,
                    error: &mut field.error,
                    value: is_put_back.then_some(&mut field.value),
                    choices: None,
                });
            }
            Self::Select(select) => each(Slot {
                name: &select.name,
                id: &mut select.id,
                error: &mut select.error,
                value: Some(&mut select.chosen),
                choices: None,
            }),
            Self::Choices(choices) => {
                for part in choices.choices.iter_mut().flat_map(|choice| &mut choice.reveals) {
                    part.each(each);
                }
                each(Slot {
                    name: &choices.name,
                    id: &mut choices.id,
                    error: &mut choices.error,
                    value: None,
                    choices: Some(&mut choices.choices),
                });
            }
            Self::More { parts, is_open, .. } => {
                for part in parts {
                    part.each(each);
                    // What was filled, or is wrong, is not to be looked for.
                    part.each(&mut |slot: Slot<'_>| {
                        let is_filled = slot.value.is_some_and(|value| !value.is_empty());
                        *is_open |= is_filled || !slot.error.is_empty();
                    });
                }
            }
            Self::Notice(_) | Self::Text(_) | Self::Help(_) | Self::Table(_) | Self::Buttons(_) => {}
        }
    }
}

/// A field of any kind, to be filled.
struct Slot<'a> {
    name: &'a str,
    id: &'a mut String,
    error: &'a mut String,
    value: Option<&'a mut String>,
    choices: Option<&'a mut Vec<super::Choice>>,
}

/// A button. Its words say what happens: `답변 보내기`, never `확인`.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/button.html")]
pub(crate) struct Button {
    text: String,
    named: Option<(String, String)>,
    class: String,
    hidden: String,
}

impl Button {
    /// The one thing to do here.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), named: None, class: String::new(), hidden: String::new() }
    }

    /// Something else one may do.
    pub(crate) fn second(text: impl Into<String>) -> Self {
        Self { class: "second".to_owned(), ..Self::new(text) }
    }

    /// Something that takes away.
    pub(crate) fn danger(text: impl Into<String>) -> Self {
        Self { class: "danger".to_owned(), ..Self::new(text) }
    }

    /// A button that looks like a link, for lists.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { class: "plain".to_owned(), ..Self::new(text) }
    }

    /// Sends `name` with `value`.
    pub(crate) fn sends(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.named = Some((name.into(), value.into()));
        self
    }

    /// With words for ears behind it: of which row of a list.
    pub(crate) fn of(mut self, hidden: impl Into<String>) -> Self {
        self.hidden = hidden.into();
        self
    }
}

/// A form: its parts beneath each other, then its buttons.
#[derive(Clone, Debug, Template)]
#[template(path = "ui/form.html")]
pub(crate) struct Form {
    action: String,
    token: Option<String>,
    hidden: Vec<(String, String)>,
    parts: Vec<Part>,
    buttons: Vec<Button>,
    class: String,
    is_file: bool,
    is_quick: bool,
}

impl Form {
    /// A form that changes something, sent to `action` with the token of the page's session.
    pub(crate) fn post(page: &Page, action: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            token: Some(page.form_token.clone()),
            hidden: Vec::new(),
            parts: Vec::new(),
            buttons: Vec::new(),
            class: "form".to_owned(),
            is_file: false,
            is_quick: false,
        }
    }

    /// A form that asks for something.
    pub(crate) fn get(page: &Page, action: impl Into<String>) -> Self {
        Self { token: None, ..Self::post(page, action) }
    }

    /// A button or two in a line of a list.
    pub(crate) fn inline(page: &Page, action: impl Into<String>) -> Self {
        Self { class: "inline".to_owned(), ..Self::post(page, action) }
    }

    /// For short answers.
    pub(crate) fn narrow(mut self) -> Self {
        self.class.push_str(" narrow");
        self
    }

    /// As wide as the page: it holds a table.
    pub(crate) fn wide(mut self) -> Self {
        "wide".clone_into(&mut self.class);
        self
    }

    /// Sends this too, unseen.
    pub(crate) fn hidden(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.hidden.push((name.into(), value.to_string()));
        self
    }

    /// With this part.
    pub(crate) fn part(mut self, part: impl Into<Part>) -> Self {
        let part = part.into();
        self.is_file |= matches!(&part, Part::Field(field) if field.is_file());
        self.parts.push(part);
        self
    }

    /// Whether it asks for nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// With this part, where `holds`.
    pub(crate) fn part_if(self, holds: bool, part: impl FnOnce() -> Part) -> Self {
        if holds { self.part(part()) } else { self }
    }

    /// With this button.
    pub(crate) fn button(mut self, button: Button) -> Self {
        self.buttons.push(button);
        self
    }

    /// Sent and answered without loading the whole page anew, where there are scripts. Not for forms that answer with a file.
    pub(crate) fn quick(mut self) -> Self {
        self.is_quick = true;
        self
    }

    /// Every field's id begins with `prefix`, for pages on which several forms ask for the same.
    pub(crate) fn prefix(mut self, prefix: &str) -> Self {
        self.each(&mut |slot| *slot.id = format!("{prefix}-{}", slot.id));
        self
    }

    fn each(&mut self, each: &mut dyn FnMut(Slot<'_>)) {
        for part in &mut self.parts {
            part.each(each);
        }
    }

    /// The form with what was typed put back.
    pub(crate) fn filled(mut self, typed: &Fields) -> Self {
        self.each(&mut |slot| match (slot.value, slot.choices) {
            (Some(value), _) if typed.has(slot.name) => typed.text(slot.name).clone_into(value),
            (_, Some(choices)) => {
                for choice in choices.iter_mut().filter(|_| typed.has(slot.name)) {
                    choice.is_chosen = typed.all(slot.name).any(|value| value == choice.value);
                }
            }
            _ => {}
        });
        self
    }

    /// The form as it was sent, where it was refused: then what is wrong goes into `errors`. A page with several forms says of each
    /// whether it was this one.
    pub(crate) fn after(self, page: &Page, refused: Refused<'_>, errors: &mut Option<ErrorSummary>) -> Self {
        let Some((typed, problem)) = refused else { return self };
        let (form, summary) = self.refused(page, typed, problem);
        *errors = Some(summary);
        form
    }

    /// The form after it was refused: what was typed, and what is wrong beside its field; with the summary that leads there.
    pub(crate) fn refused(self, page: &Page, typed: &Fields, problem: &Problem) -> (Self, ErrorSummary) {
        let mut form = self.filled(typed);
        // What was left empty is said beside its field in the words of what to do.
        let is_missing = problem.code.ends_with("missing");
        let words = if is_missing { &problem.advice } else { &problem.happened };
        let words = page.words(words).to_owned();
        let mut href = None;
        if let Some(field) = &problem.field {
            form.each(&mut |slot| {
                if slot.name == field {
                    slot.error.clone_from(&words);
                    let at = if slot.choices.is_some() { format!("#{}-1", slot.id) } else { format!("#{}", slot.id) };
                    href = Some(at);
                }
            });
        }
        (form, ErrorSummary::of(page, problem, href))
    }
}
