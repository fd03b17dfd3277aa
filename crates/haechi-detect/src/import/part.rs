//! Typed rows gather here until a part is full; then they are sorted and become one Parquet file.

use std::io::Write;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, AsArray as _, BooleanBuilder, Date32Builder, FixedSizeBinaryBuilder, Int64Array, Int64Builder,
    RecordBatch, StringBuilder, TimestampMillisecondBuilder,
};
use arrow::compute::{SortColumn, SortOptions, lexsort_to_indices, take_record_batch};
use arrow::datatypes::{DataType, Field, Int64Type, Schema, SchemaRef, TimeUnit};
use arrow::error::ArrowError;
use haechi_core::ids::TableName;
use haechi_core::time::Day;
use haechi_formats::cell::{Cell, CellKind};
use haechi_formats::dictionary::Table;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

/// The hidden column that names a row: its source's number in the upper 31 bits, its line in the lower 32.
pub(crate) const ROW: &str = "_row";
/// The hidden column with the digest of the row's content, or of what the mapping says identifies it.
pub(crate) const CONTENT: &str = "_content";
/// The hidden column with the key that a row has in the live table it was read from, as JSON; only parts of such loads have it.
pub(crate) const KEY: &str = "_key";

/// The Arrow schema of a standard table's snapshots: the hidden columns, then the dictionary's.
pub(crate) fn schema(table: &Table) -> SchemaRef {
    let mut fields =
        vec![Field::new(ROW, DataType::Int64, false), Field::new(CONTENT, DataType::FixedSizeBinary(16), false)];
    fields.extend(table.columns().iter().map(|column| Field::new(column.name.as_str(), data_type(column.kind), true)));
    Arc::new(Schema::new(fields))
}

/// The same with [`KEY`] where the rows come from live tables.
pub(crate) fn schema_of(table: &Table, live: bool) -> SchemaRef {
    let schema = schema(table);
    if !live {
        return schema;
    }
    let mut fields = schema.fields().to_vec();
    fields.push(Arc::new(Field::new(KEY, DataType::Utf8, true)));
    Arc::new(Schema::new(fields))
}

/// The Arrow type a kind of cell is kept in.
pub(crate) const fn data_type(kind: CellKind) -> DataType {
    match kind {
        CellKind::Text => DataType::Utf8,
        CellKind::Int => DataType::Int64,
        CellKind::Day => DataType::Date32,
        CellKind::Moment => DataType::Timestamp(TimeUnit::Millisecond, None),
        CellKind::Flag => DataType::Boolean,
    }
}

/// The columns a part is sorted by, first what scenarios filter on; the row's number makes the order total. Nulls come last.
pub(crate) fn sort_columns(table: &Table) -> impl Iterator<Item = &str> {
    table.sort.iter().map(TableName::as_str).chain([ROW])
}

enum Column {
    Text(StringBuilder),
    Int(Int64Builder),
    Day(Date32Builder),
    Moment(TimestampMillisecondBuilder),
    Flag(BooleanBuilder),
}

/// Rows of one period, waiting to become a part.
pub(crate) struct PartBuilder {
    schema: SchemaRef,
    sort: Vec<usize>,
    row: Int64Builder,
    content: FixedSizeBinaryBuilder,
    columns: Vec<Column>,
    key: Option<StringBuilder>,
    rows: usize,
    bytes: usize,
}

impl PartBuilder {
    pub(crate) fn new(table: &Table) -> Self {
        Self::of(table, false)
    }

    /// For rows of live tables, each of which has its key.
    pub(crate) fn of(table: &Table, live: bool) -> Self {
        let schema = schema_of(table, live);
        let columns = table
            .columns()
            .iter()
            .map(|column| match column.kind {
                CellKind::Text => Column::Text(StringBuilder::new()),
                CellKind::Int => Column::Int(Int64Builder::new()),
                CellKind::Day => Column::Day(Date32Builder::new()),
                CellKind::Moment => Column::Moment(TimestampMillisecondBuilder::new()),
                CellKind::Flag => Column::Flag(BooleanBuilder::new()),
            })
            .collect();
        let sort = sort_columns(table).filter_map(|name| schema.index_of(name).ok()).collect();
        Self {
            schema,
            sort,
            row: Int64Builder::new(),
            content: FixedSizeBinaryBuilder::new(16),
            columns,
            key: live.then(StringBuilder::new),
            rows: 0,
            bytes: 0,
        }
    }

    pub(crate) const fn rows(&self) -> usize {
        self.rows
    }

    /// About how much memory the rows take.
    pub(crate) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds a row. A cell whose kind is not its column's counts as nothing there; the mapping never gives one.
    pub(crate) fn push(&mut self, row: i64, content: [u8; 16], cells: &[Cell<'_>]) -> Result<(), ArrowError> {
        self.row.append_value(row);
        self.content.append_value(content)?;
        let mut bytes = 24;
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            bytes += 9;
            match (column, cell) {
                (Column::Text(builder), Cell::Text(text)) => {
                    bytes += text.len();
                    builder.append_value(text);
                }
                (Column::Text(builder), _) => builder.append_null(),
                (Column::Int(builder), Cell::Int(value)) => builder.append_value(*value),
                (Column::Int(builder), _) => builder.append_null(),
                (Column::Day(builder), Cell::Day(day)) => builder.append_value(days_since_1970(*day)),
                (Column::Day(builder), _) => builder.append_null(),
                (Column::Moment(builder), Cell::Moment(at)) => builder.append_value(at.and_utc().timestamp_millis()),
                (Column::Moment(builder), _) => builder.append_null(),
                (Column::Flag(builder), Cell::Flag(value)) => builder.append_value(*value),
                (Column::Flag(builder), _) => builder.append_null(),
            }
        }
        self.rows += 1;
        self.bytes += bytes;
        Ok(())
    }

    /// The key of the row just added.
    pub(crate) fn push_key(&mut self, key: &str) {
        if let Some(builder) = &mut self.key {
            builder.append_value(key);
            self.bytes += key.len();
        }
    }

    /// The rows as one batch in their order of arrival; the builder is empty afterwards.
    pub(crate) fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        let mut arrays: Vec<ArrayRef> = vec![Arc::new(self.row.finish()), Arc::new(self.content.finish())];
        arrays.extend(self.columns.iter_mut().map(|column| -> ArrayRef {
            match column {
                Column::Text(builder) => Arc::new(builder.finish()),
                Column::Int(builder) => Arc::new(builder.finish()),
                Column::Day(builder) => Arc::new(builder.finish()),
                Column::Moment(builder) => Arc::new(builder.finish()),
                Column::Flag(builder) => Arc::new(builder.finish()),
            }
        }));
        arrays.extend(self.key.iter_mut().map(|builder| -> ArrayRef { Arc::new(builder.finish()) }));
        self.rows = 0;
        self.bytes = 0;
        RecordBatch::try_new(Arc::clone(&self.schema), arrays)
    }

    /// Writes the rows as a sorted Parquet file and gives their number; the builder is empty afterwards.
    pub(crate) fn write_sorted<W: Write + Send>(
        &mut self,
        writer: impl FnOnce(SchemaRef) -> Result<PartWriter<W>, ParquetError>,
    ) -> Result<u64, ParquetError> {
        let sorted = in_order(self.finish()?, &self.sort)?;
        let mut writer = writer(Arc::clone(&self.schema))?;
        writer.write(&sorted)?;
        writer.end()?.flush()?;
        Ok(sorted.num_rows() as u64)
    }
}

/// The rows of a batch in the order of the columns at these places. Nulls come last.
fn in_order(batch: RecordBatch, sort: &[usize]) -> Result<RecordBatch, ArrowError> {
    let options = Some(SortOptions { descending: false, nulls_first: false });
    let columns: Vec<SortColumn> =
        sort.iter().map(|at| SortColumn { values: Arc::clone(batch.column(*at)), options }).collect();
    take_record_batch(&batch, &lexsort_to_indices(&columns, None)?)
}

/// The rows of a part of `table` under other numbers of their sources, in the order they then have.
pub(crate) fn renumbered(
    table: &Table,
    batch: &RecordBatch,
    number: impl Fn(u32) -> Option<u32>,
) -> Result<RecordBatch, ArrowError> {
    let schema = batch.schema();
    let place = schema.index_of(ROW)?;
    let renumber = |row: i64| {
        let of_source = u32::try_from(row >> 32).ok().and_then(&number);
        of_source.map(|number| i64::from(number) << 32 | (row & 0xffff_ffff))
    };
    let rows = batch.column(place).as_primitive::<Int64Type>().values();
    let rows: Option<Vec<i64>> = rows.iter().map(|row| renumber(*row)).collect();
    let rows = rows.ok_or_else(|| ArrowError::ComputeError("a row's source has no number".to_owned()))?;
    let mut columns = batch.columns().to_vec();
    columns[place] = Arc::new(Int64Array::from(rows));
    let sort: Vec<usize> = sort_columns(table).filter_map(|name| schema.index_of(name).ok()).collect();
    in_order(RecordBatch::try_new(schema, columns)?, &sort)
}

/// Writes a Parquet file as snapshots have them.
pub(crate) struct PartWriter<W: Write + Send> {
    writer: ArrowWriter<W>,
}

impl<W: Write + Send> PartWriter<W> {
    /// A part as it is kept: groups of 65,536 rows, whose statistics tell which of them a query needs.
    pub(crate) fn whole(schema: SchemaRef, to: W) -> Result<Self, ParquetError> {
        Self::new(schema, to, 65_536)
    }

    /// A run that is soon merged with others: small groups, because the merge holds one of each run.
    pub(crate) fn run(schema: SchemaRef, to: W) -> Result<Self, ParquetError> {
        Self::new(schema, to, 8_192)
    }

    fn new(schema: SchemaRef, to: W, group: usize) -> Result<Self, ParquetError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
            .set_max_row_group_row_count(Some(group))
            .set_column_dictionary_enabled(ROW.into(), false)
            .set_column_dictionary_enabled(CONTENT.into(), false)
            .set_created_by("haechi".to_owned())
            .build();
        Ok(Self { writer: ArrowWriter::try_new(to, schema, Some(properties))? })
    }

    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<(), ParquetError> {
        self.writer.write(batch)
    }

    pub(crate) fn end(self) -> Result<W, ParquetError> {
        self.writer.into_inner()
    }
}

/// Days since 1970-01-01, as Arrow and Parquet count.
pub(crate) fn days_since_1970(day: Day) -> i32 {
    use chrono::Datelike as _;
    // 719,163 is the day number of 1970-01-01 counted from 0001-01-01.
    day.num_days_from_ce() - 719_163
}
