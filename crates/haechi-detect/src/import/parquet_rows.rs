//! Parquet exports as rows of text, so that mappings read them like any other.

use std::fs::File;
use std::path::Path;

use arrow::array::{Array as _, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use haechi_formats::export::{Layout, RawRow, RowSource};
use haechi_formats::fault::Fault;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

/// The rows of a Parquet file; a row's line is its number, counted from 1.
pub(super) struct ParquetRows {
    file: String,
    layout: Layout,
    batches: ParquetRecordBatchReader,
    columns: Vec<StringArray>,
    at: usize,
    len: usize,
    line: u64,
}

/// Opens the Parquet file at `path`; faults call it `file`.
pub(super) fn open(path: &Path, file: &str) -> Result<ParquetRows, Fault> {
    let damaged = |what: String| {
        Fault::new("parquet-damaged", file, format!("It cannot be read as Parquet: {what}."), "Export it again.")
    };
    let opened = File::open(path).map_err(|error| damaged(error.to_string()))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(opened).map_err(|error| damaged(error.to_string()))?;
    let header = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
    let batches = builder.with_batch_size(4096).build().map_err(|error| damaged(error.to_string()))?;
    let layout = Layout { header, money_unit: 1, ..Layout::default() };
    Ok(ParquetRows { file: file.to_owned(), layout, batches, columns: Vec::new(), at: 0, len: 0, line: 0 })
}

impl ParquetRows {
    fn texts(&self, batch: &RecordBatch) -> Result<Vec<StringArray>, Fault> {
        let mut columns = Vec::with_capacity(batch.num_columns());
        for (column, name) in batch.columns().iter().zip(&self.layout.header) {
            let text = cast(column, &DataType::Utf8)
                .ok()
                .and_then(|text| text.as_any().downcast_ref::<StringArray>().cloned());
            columns.push(text.ok_or_else(|| {
                Fault::new(
                    "parquet-type",
                    &self.file,
                    format!("A column of type {} has no text form.", column.data_type()),
                    "Export it as text, number or date.",
                )
                .in_column(name)
            })?);
        }
        Ok(columns)
    }
}

impl RowSource for ParquetRows {
    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        while self.at >= self.len {
            let Some(batch) = self.batches.next() else { return Ok(false) };
            let batch = batch.map_err(|error| {
                Fault::new(
                    "parquet-damaged",
                    &self.file,
                    format!("It cannot be read as Parquet: {error}."),
                    "Export it again.",
                )
                .at_line(self.line)
            })?;
            self.columns = self.texts(&batch)?;
            (self.at, self.len) = (0, batch.num_rows());
        }
        row.fields.clear();
        for column in &self.columns {
            row.fields.push_field(if column.is_null(self.at) { "" } else { column.value(self.at) });
        }
        self.at += 1;
        self.line += 1;
        row.line = self.line;
        row.trouble = None;
        Ok(true)
    }
}
