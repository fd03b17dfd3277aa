//! The components pages are made of. Each is a type whose fields say what it needs and a template beside it; a page puts one
//! together in its handler and writes `{{ list }}` in its template, so that no page writes raw markup of a form or a table.
//!
//! Every component takes finished sentences in the page's language; those that need words of their own take the [`Page`]. All of
//! them are on the page `/gallery` in every state. The conventions (a title that says when something is wrong, a summary of errors
//! that takes the focus, hints and errors tied to their fields, links that say what they change) are those of the GOV.UK Design
//! System; colours and shapes are those of KRDS.
//!
//! | to show | use |
//! |---|---|
//! | the head of a page | [`PageHead`], [`Crumbs`] |
//! | what is to be done | [`TaskList`] |
//! | what is known of one thing | [`SummaryList`] |
//! | what will be sent, before it is | [`CheckAnswers`] |
//! | many things of a kind | [`Table`] with [`Paging`], [`Filters`] above it |
//! | numbers | [`Stats`] |
//! | what happened | [`Timeline`] |
//! | a form | [`Form`] of [`Field`], [`Select`], [`Choices`], [`DateField`] |
//! | that something is wrong in it | [`ErrorSummary`] |
//! | that something was done | [`Panel`], [`Notice`] |
//! | that there is nothing | [`Empty`] |
//! | something for a telephone, codes to be written down | [`QrCode`], [`Codes`] |
//! | how far something is | [`Progress`] |
//! | more for who wants it | [`More`] |
//! | parts of a page or of an area | [`Tabs`], [`Contents`] |

mod check;
mod codes;
mod date;
mod empty;
mod errors;
mod field;
mod filters;
mod form;
mod head;
mod more;
mod notice;
mod paging;
mod panel;
mod progress;
mod qr;
mod stat;
mod summary;
mod table;
mod tabs;
mod tag;
mod tasks;
mod timeline;
mod value;

pub(crate) use self::check::CheckAnswers;
pub(crate) use self::codes::Codes;
pub(crate) use self::date::{DateField, read_day};
pub(crate) use self::empty::Empty;
pub(crate) use self::errors::ErrorSummary;
pub(crate) use self::field::{Choice, Choices, Field, Look, Select};
pub(crate) use self::filters::{Chips, Filters};
pub(crate) use self::form::{Button, Form, Part, Refused};
pub(crate) use self::head::{Crumbs, PageHead};
pub(crate) use self::more::More;
pub(crate) use self::notice::Notice;
pub(crate) use self::paging::Paging;
pub(crate) use self::panel::Panel;
pub(crate) use self::progress::Progress;
pub(crate) use self::qr::QrCode;
pub(crate) use self::stat::{Stat, Stats, Trend};
pub(crate) use self::summary::SummaryList;
pub(crate) use self::table::{Column, Order, Row, Table};
pub(crate) use self::tabs::{Contents, Tabs};
pub(crate) use self::tag::{Kind, Tag};
pub(crate) use self::tasks::{Task, TaskList};
pub(crate) use self::timeline::{Happening, Timeline};
pub(crate) use self::value::{Link, Value};

/// Says of components that what they render is markup, so that a page that holds one does not escape it.
macro_rules! markup {
    ($($component:ty),* $(,)?) => { $(impl askama::filters::HtmlSafe for $component {})* };
}

markup!(
    Button,
    CheckAnswers,
    Chips,
    Choices,
    Codes,
    Contents,
    Crumbs,
    DateField,
    Empty,
    ErrorSummary,
    Field,
    Filters,
    Form,
    Link,
    More,
    Notice,
    PageHead,
    Paging,
    Panel,
    Part,
    Progress,
    QrCode,
    Select,
    Stats,
    SummaryList,
    Table,
    Tabs,
    Tag,
    TaskList,
    Timeline,
    Value,
);

#[cfg(test)]
mod tests;
