//! Parts of what the API answers that more than one slice has.

use haechi_core::words::Words;
use serde::Serialize;
use utoipa::ToSchema;

use crate::ids::PersonId;
use crate::policy::Actor;

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
