//! What is wrong in a file, said so that the person who reads it can put it right.

use std::fmt;

use serde::Serialize;

/// Where something is wrong. What is not known is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file as the person named it: its base name, or `folder/file` for scenarios and mappings.
    pub file: String,
    /// The member of an archive.
    pub member: Option<String>,
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// The column's header in the file, or the key in a TOML file.
    pub column: Option<String>,
    /// The value as it stands there; only its shape ([`haechi_core::masking::shape`]) where the column is an identifier,
    /// scrubbed ([`haechi_core::masking::scrub`]) elsewhere.
    pub value: Option<String>,
}

/// Something wrong in a file people wrote or a system exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
pub struct Fault {
    /// Stable code in kebab case: `header-missing`, `date-unreadable`, `unknown-key`.
    pub code: &'static str,
    /// Where.
    pub place: Place,
    /// What happened, one sentence in the present tense.
    pub what: String,
    /// What to do, one sentence.
    pub help: String,
}

impl Fault {
    /// A fault in `file`.
    pub fn new(code: &'static str, file: impl Into<String>, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, place: Place { file: file.into(), ..Place::default() }, what: what.into(), help: help.into() }
    }

    /// The same, at a line.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.place.line = Some(line);
        self
    }

    /// The same, in a column or key.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.place.column = Some(column.into());
        self
    }

    /// The same, with the value found there, already fit to be shown.
    #[must_use]
    pub fn with_value(mut self, value: impl Into<String>) -> Self {
        self.place.value = Some(value.into());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(member) = &self.member {
            write!(f, "!{member}")?;
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column `{column}`")?;
        }
        if let Some(value) = &self.value {
            write!(f, ", value `{value}`")?;
        }
        Ok(())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {} [{}]", self.place, self.what, self.help, self.code)
    }
}
