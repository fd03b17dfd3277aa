//! CSV and its dialects.
