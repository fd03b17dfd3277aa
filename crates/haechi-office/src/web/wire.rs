//! Parts of what the API is sent and answers that more than one slice has.

use std::borrow::Cow;
use std::ops::Deref;

use haechi_core::words::Words;
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{RefOr, schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::ids::PersonId;
use crate::policy::Actor;
use crate::problem::Problem;

/// The most characters of what somebody writes where nothing else is said.
const LONG: usize = 10_000;

/// Words that somebody writes, at most `MOST` characters. That they are not blank the verb says, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Written<const MOST: usize = LONG>(String);

impl<const MOST: usize> TryFrom<String> for Written<MOST> {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.chars().count() > MOST {
            return Err(format!("a text of more than {MOST} characters"));
        }
        let says_something = |one: char| !one.is_whitespace() && !one.is_control();
        if !text.trim().is_empty() && !text.contains(says_something) {
            return Err("a text that nobody can read".to_owned());
        }
        Ok(Self(text))
    }
}

impl<const MOST: usize> Deref for Written<MOST> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

fn written(most: usize) -> schema::ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).max_length(Some(most))
}

impl<const MOST: usize> PartialSchema for Written<MOST> {
    fn schema() -> RefOr<Schema> {
        let about = format!("Words, up to {MOST} characters, and not blank.");
        written(MOST).min_length(Some(1)).pattern(Some(r"\S")).description(Some(about)).into()
    }
}

impl<const MOST: usize> ToSchema for Written<MOST> {
    fn name() -> Cow<'static, str> {
        if MOST == LONG { Cow::Borrowed("Written") } else { Cow::Owned(format!("Written{MOST}")) }
    }
}

/// Words that may be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(crate) struct Remark(Written);

impl Deref for Remark {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialSchema for Remark {
    fn schema() -> RefOr<Schema> {
        written(LONG)
            .description(Some(format!("Words, up to {LONG} characters; none where there is nothing to say.")))
            .into()
    }
}

impl ToSchema for Remark {}

/// The bytes of a file, where the document speaks of one.
pub(crate) enum FileBytes {}

impl PartialSchema for FileBytes {
    fn schema() -> RefOr<Schema> {
        let binary = SchemaFormat::KnownFormat(KnownFormat::Binary);
        ObjectBuilder::new().schema_type(Type::String).format(Some(binary)).into()
    }
}

impl ToSchema for FileBytes {}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Made<T> {
    /// Its id.
    pub(crate) id: T,
}

/// Nothing is to be said.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// Which part of a list is wanted: so many behind one that was the last before.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part<T: ToSchema> {
    /// From behind this one on: `next` of the page before.
    pub(crate) after: Option<T>,
    /// How many at most; 50 where it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

impl<T: ToSchema> Part<T> {
    /// How many.
    ///
    /// # Errors
    ///
    /// Fewer than one, more than two hundred.
    pub(crate) fn most(&self) -> Result<u64, Problem> {
        most(self.limit)
    }
}

/// How many rows a page of a list has.
///
/// # Errors
///
/// Fewer than one, more than two hundred.
pub(crate) fn most(limit: Option<u64>) -> Result<u64, Problem> {
    let most = limit.unwrap_or(50);
    if (1..=200).contains(&most) {
        return Ok(most);
    }
    Err(Problem::invalid("request.limit", ("‘limit’은 1에서 200까지입니다.", "‘limit’ is 1 to 200.")))
}

/// A page of `most` of the rows, of which one more was read, and the cursor of its last where there is another page.
pub(crate) fn paged<T, C>(mut rows: Vec<T>, most: u64, cursor: impl FnOnce(&T) -> C) -> (Vec<T>, Option<C>) {
    let is_last = rows.len() as u64 <= most;
    rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let next = if is_last { None } else { rows.last().map(cursor) };
    (rows, next)
}

/// A text in both languages.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Text {
    /// Korean.
    ko: String,
    /// English.
    en: String,
}

impl Text {
    pub(crate) fn of(ko: &str, en: &str) -> Self {
        Self { ko: ko.to_owned(), en: en.to_owned() }
    }
}

impl From<&Words> for Text {
    fn from(words: &Words) -> Self {
        Self::of(&words.ko, &words.en)
    }
}

/// Somebody.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Who {
    /// Which person.
    id: PersonId,
    /// What they are called; empty where it is no longer known.
    name: String,
}

impl Who {
    /// The person, as `reader`'s directory knows them.
    pub(crate) fn of(reader: &Actor, id: PersonId) -> Self {
        let name = reader.directory().person(id).map(|person| person.name.clone()).unwrap_or_default();
        Self { id, name }
    }

    /// The person, as they were called then.
    pub(crate) fn named(id: PersonId, name: &str) -> Self {
        Self { id, name: name.to_owned() }
    }
}
