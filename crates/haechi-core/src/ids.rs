//! Identifiers both sides use, each with `parse` as its only door.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// A text that is not the identifier it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a {what}: {rule}")]
pub struct NotAnId {
    what: &'static str,
    rule: &'static str,
    text: String,
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $rule:literal, $check:expr) => {
        $(#[$doc])*
        // Shared, because each finding and each of its rows carries several.
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
        #[serde(try_from = "String")]
        #[schemars(with = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks `text`.
            ///
            /// # Errors
            #[doc = concat!("Unless it is ", $rule, ".")]
            pub fn parse(text: impl Into<String>) -> Result<Self, NotAnId> {
                let text = text.into();
                let check: fn(&str) -> bool = $check;
                if check(&text) {
                    Ok(Self(text.into()))
                } else {
                    Err(NotAnId { what: $what, rule: $rule, text })
                }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.as_str().to_owned()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

fn words_between(text: &str, inner: &[u8]) -> bool {
    let ends = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
    let bytes = text.as_bytes();
    (1..=64).contains(&bytes.len())
        && bytes.first().copied().is_some_and(|c| c.is_ascii_lowercase())
        && bytes.last().copied().is_some_and(ends)
        && bytes.iter().all(|&c| ends(c) || inner.contains(&c))
}

text_id! {
    /// A scenario: `area.name`, as in `card.split-payment`. Its folder is `scenarios/area/name`.
    ScenarioId, "scenario id",
    "two names of lower-case letters, digits and hyphens with a dot between, 64 characters at most",
    |text| text.split_once('.').is_some_and(|(area, name)| words_between(area, b"-") && words_between(name, b"-"))
        && text.len() <= 64
}

text_id! {
    /// A government, by its institution code (Korea: 행정표준코드; elsewhere the statistical code).
    Government, "government code",
    "1 to 32 capital letters, digits and hyphens",
    |text| (1..=32).contains(&text.len())
        && text.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'-')
        && !text.starts_with('-')
}

text_id! {
    /// A standard table of the dictionary, or a column of one: `card_expense`, `spent_on`.
    TableName, "table or column name",
    "lower-case letters, digits and underscores, beginning with a letter, 64 characters at most",
    |text| words_between(text, b"_")
}

text_id! {
    /// A mapping, and so a source: `seoul-card-expense`.
    SourceName, "source name",
    "lower-case letters, digits and hyphens, beginning with a letter, 64 characters at most",
    |text| words_between(text, b"-")
}

text_id! {
    /// A snapshot: the digest of what it holds and how it was read, 64 hexadecimal digits.
    SnapshotId, "snapshot id", "64 lower-case hexadecimal digits",
    |text| text.parse::<crate::digest::Digest>().is_ok()
}

impl From<crate::digest::Digest> for SnapshotId {
    fn from(digest: crate::digest::Digest) -> Self {
        Self(digest.to_string().into())
    }
}
