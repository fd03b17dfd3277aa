//! Tables that people take away: as a workbook, or as text for other programs. No cell of them is ever a formula.

mod csv;
#[cfg(test)]
mod tests;
mod xlsx;

use haechi_core::time::Day;

use crate::problem::Problem;

/// A value in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Words; also numbers that are names (an employee's).
    Text(String),
    /// A number, or an amount in the smallest unit of its currency.
    Number(i64),
    /// A share in thousandths.
    Share(u64),
    /// A day.
    Day(Day),
}

impl Cell {
    /// Words, or nothing.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A count.
    pub(crate) fn count(count: u64) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A share, or nothing.
    pub(crate) fn share(share: Option<u64>) -> Self {
        share.map_or(Self::Empty, Self::Share)
    }
}

/// A table with a heading above each column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// What it is: the name of its sheet, of which the first 31 letters are shown.
    pub(crate) title: String,
    /// What stands above it: what it counts, of when, for whom.
    pub(crate) about: Vec<String>,
    /// The headings.
    pub(crate) columns: Vec<String>,
    /// The rows, each as long as the headings.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// In what form a table is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// An XLSX workbook.
    Workbook,
    /// Comma-separated text, UTF-8 with a mark at its beginning, by which spreadsheets know it.
    Text,
}

impl Form {
    /// The form whose ending is `text`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "xlsx" => Some(Self::Workbook),
            "csv" => Some(Self::Text),
            _ => None,
        }
    }

    const fn media(self) -> &'static str {
        match self {
            Self::Workbook => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Text => "text/csv; charset=utf-8",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Text => "csv",
        }
    }
}

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExportError {
    /// As a workbook.
    #[error("the workbook could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// As text.
    #[error("the text could not be written")]
    Text(#[from] ::csv::Error),
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        Self::internal("export", &error)
    }
}

/// The bytes of the tables. As text there is one alone: the first.
///
/// # Errors
///
/// When they could not be written.
pub(crate) fn bytes(tables: &[Table], form: Form) -> Result<Vec<u8>, ExportError> {
    match form {
        Form::Workbook => xlsx::workbook(tables),
        Form::Text => csv::text(tables.first().unwrap_or(&Table::default())),
    }
}

/// The tables as an answer that a browser saves as `name` with the form's ending.
///
/// # Errors
///
/// When they could not be written.
pub(crate) fn answer(tables: &[Table], form: Form, name: &str) -> Result<axum::response::Response, ExportError> {
    use axum::http::header;
    use axum::response::IntoResponse as _;
    let file = format!("{name}.{}", form.ending());
    let encoded: String = url::form_urlencoded::byte_serialize(file.as_bytes()).collect::<String>().replace('+', "%20");
    let headers = [
        (header::CONTENT_TYPE, form.media().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{encoded}")),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, bytes(tables, form)?).into_response())
}
