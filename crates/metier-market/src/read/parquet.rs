//! Parquet: only the columns that are asked for, page by page, a row group at a time.

use std::collections::VecDeque;
use std::fs::File;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::schema::types::ColumnDescriptor;

use super::encoding;
use super::options::{Limits, Options, size};
use super::row::{Field, Mapping, Row};

/// Rows that are held at once.
const BATCH: usize = 64;

/// A file that has been opened: which columns hold what, and how many rows each group has.
#[derive(Debug)]
pub(super) struct Table {
    pub mapping: Mapping,
    pub groups: Vec<u64>,
}

/// Opens a file far enough to know its columns and row groups.
///
/// # Errors
/// If it is damaged, has no column of texts, or claims to expand out of proportion.
pub(super) fn open(path: &Path, options: &Options) -> Result<Table, String> {
    let file = File::open(path).map_err(|error| format!("it cannot be opened: {error}"))?;
    table(file, options)
}

/// As [`open`], from anything that can be read at any place.
pub(super) fn table(bytes: impl ChunkReader + 'static, options: &Options) -> Result<Table, String> {
    guarded(|| {
        let reader = SerializedFileReader::new(bytes).map_err(|error| damaged(&error))?;
        let about = reader.metadata();
        let schema = about.file_metadata().schema_descr();
        let limits = &options.limits;
        if schema.num_columns() > limits.columns {
            return Err(format!(
                "it has {} columns, and the limit is {}",
                schema.num_columns(),
                limits.columns
            ));
        }
        let names: Vec<String> = schema.columns().iter().map(|column| name(column)).collect();
        let mapping = Mapping::of(&names, options)?;
        for at in mapping.columns.into_iter().flatten() {
            if !is_read(&schema.column(at)) {
                return Err(format!(
                    "its column \u{201c}{}\u{201d} holds lists, or values of a sort that is not read; write it as text",
                    names[at]
                ));
            }
            for group in about.row_groups() {
                let column = group.column(at);
                let (packed, whole) = (column.compressed_size().max(1), column.uncompressed_size());
                let ratio = u64::try_from(whole / packed).unwrap_or(0);
                if whole > 64 << 20 && ratio > limits.ratio {
                    return Err(format!(
                        "its column \u{201c}{}\u{201d} expands to {} times its size, and the limit is {}",
                        names[at], ratio, limits.ratio
                    ));
                }
                let whole = u64::try_from(whole).unwrap_or(0);
                if whole > limits.expanded {
                    return Err(format!(
                        "its column \u{201c}{}\u{201d} expands to {}, and the limit is {}",
                        names[at],
                        size(whole),
                        size(limits.expanded)
                    ));
                }
            }
        }
        let groups = about.row_groups().iter();
        let groups = groups
            .map(|group| u64::try_from(group.num_rows()).unwrap_or(0))
            .collect();
        Ok(Table { mapping, groups })
    })
}

fn damaged(error: &parquet::errors::ParquetError) -> String {
    format!("it is damaged: {error}")
}

/// The library states that it can panic on damaged files; to the one who reads, that is a damaged file.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err("it is damaged: its parts contradict each other".to_owned()))
}

fn name(column: &ColumnDescriptor) -> String {
    column.path().string()
}

fn is_read(column: &ColumnDescriptor) -> bool {
    column.max_rep_level() == 0
        && matches!(
            column.physical_type(),
            Type::BYTE_ARRAY | Type::INT32 | Type::INT64
        )
}

/// The rows of one row group.
pub(super) struct Rows {
    columns: [Option<Column>; 7],
    mapping: Mapping,
    encoding: Option<&'static encoding_rs::Encoding>,
    ready: VecDeque<Result<Row<'static>, String>>,
    left: u64,
}

/// A column that is being read, and how its values become text.
struct Column {
    values: Values,
    optional: i16,
}

enum Values {
    Bytes(ColumnReaderImpl<ByteArrayType>),
    Int32(ColumnReaderImpl<Int32Type>, bool),
    Int64(ColumnReaderImpl<Int64Type>, Option<TimeUnit>),
}

impl Rows {
    /// Opens a row group, passing over its first rows.
    ///
    /// # Errors
    /// If the group is damaged.
    pub fn open(
        path: &Path,
        mapping: &Mapping,
        group: usize,
        pass: u64,
        limits: &Limits,
    ) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| format!("it cannot be opened: {error}"))?;
        Self::of(file, mapping, group, pass, limits)
    }

    /// As [`Rows::open`], from anything that can be read at any place.
    pub fn of(
        bytes: impl ChunkReader + 'static,
        mapping: &Mapping,
        group: usize,
        pass: u64,
        _: &Limits,
    ) -> Result<Self, String> {
        let mapping = mapping.clone();
        guarded(move || {
            let reader = SerializedFileReader::new(bytes).map_err(|error| damaged(&error))?;
            let schema = reader.metadata().file_metadata().schema_descr_ptr();
            let group = reader.get_row_group(group).map_err(|error| damaged(&error))?;
            let rows = u64::try_from(group.metadata().num_rows()).unwrap_or(0);
            let skipped = usize::try_from(pass.min(rows)).unwrap_or(usize::MAX);
            let mut columns: [Option<Column>; 7] = Default::default();
            for (into, at) in columns.iter_mut().zip(mapping.columns) {
                let Some(at) = at else { continue };
                let about = schema.column(at);
                let values = match group.get_column_reader(at).map_err(|error| damaged(&error))? {
                    ColumnReader::ByteArrayColumnReader(reader) => Values::Bytes(reader),
                    ColumnReader::Int32ColumnReader(reader) => Values::Int32(reader, is_date(&about)),
                    ColumnReader::Int64ColumnReader(reader) => Values::Int64(reader, unit(&about)),
                    _ => {
                        return Err(format!(
                            "its column \u{201c}{}\u{201d} holds no text",
                            name(&about)
                        ));
                    }
                };
                let optional = match about.self_type().get_basic_info().repetition() {
                    Repetition::REQUIRED if about.max_def_level() == 0 => 0,
                    _ => about.max_def_level(),
                };
                let mut column = Column { values, optional };
                column.pass(skipped).map_err(|error| damaged(&error))?;
                *into = Some(column);
            }
            Ok(Self {
                columns,
                mapping,
                encoding: None,
                ready: VecDeque::new(),
                left: rows - pass.min(rows),
            })
        })
    }

    fn batch(&mut self) -> Result<(), String> {
        let count = usize::try_from(self.left).unwrap_or(BATCH).min(BATCH);
        let mut rows: Vec<Result<Row<'static>, String>> = vec![Ok(Row::default()); count];
        for (field, column) in Field::ALL.into_iter().zip(&mut self.columns) {
            let Some(column) = column else { continue };
            let values = guarded(|| column.read(count, self.encoding))?;
            if values.len() < count {
                return Err("it is damaged: a column has fewer rows than the file says".to_owned());
            }
            for (row, value) in rows.iter_mut().zip(values) {
                let broken = match (row.as_mut(), value) {
                    (Ok(row), Ok(value)) => {
                        row.set(field, value);
                        continue;
                    }
                    (Err(_), _) => continue,
                    (Ok(_), Err(broken)) => broken,
                };
                *row = Err(broken);
            }
        }
        for row in rows.iter_mut().flatten() {
            row.date_column = self.mapping.date_column.clone().map(Into::into);
        }
        self.left -= count as u64;
        self.ready.extend(rows);
        Ok(())
    }
}

impl Iterator for Rows {
    /// A row; what is wrong with it; or, with `true`, why the rest of the group cannot be read.
    type Item = Result<Row<'static>, (String, bool)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.is_empty()
            && self.left > 0
            && let Err(reason) = self.batch()
        {
            self.left = 0;
            return Some(Err((reason, true)));
        }
        let row = self.ready.pop_front()?;
        Some(row.map_err(|reason| (reason, false)))
    }
}

type Texts = Vec<Result<Option<String>, String>>;

impl Column {
    fn pass(&mut self, count: usize) -> parquet::errors::Result<usize> {
        match &mut self.values {
            Values::Bytes(reader) => reader.skip_records(count),
            Values::Int32(reader, _) => reader.skip_records(count),
            Values::Int64(reader, _) => reader.skip_records(count),
        }
    }

    fn read(
        &mut self,
        count: usize,
        encoding: Option<&'static encoding_rs::Encoding>,
    ) -> Result<Texts, String> {
        let optional = self.optional;
        match &mut self.values {
            Values::Bytes(reader) => values(reader, count, optional, |value| {
                encoding::decode(value.data(), encoding).map(|text| Some(text.into_owned()))
            }),
            Values::Int32(reader, is_date) => {
                let is_date = *is_date;
                values(reader, count, optional, |value| {
                    Ok(if is_date {
                        day(*value)
                    } else {
                        Some(value.to_string())
                    })
                })
            }
            Values::Int64(reader, unit) => {
                let unit = *unit;
                values(reader, count, optional, |value| {
                    Ok(match unit {
                        Some(unit) => moment(*value, unit),
                        None => Some(value.to_string()),
                    })
                })
            }
        }
    }
}

fn values<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    count: usize,
    optional: i16,
    text: impl Fn(&T::T) -> Result<Option<String>, String>,
) -> Result<Texts, String> {
    let (mut levels, mut values) = (Vec::new(), Vec::new());
    let mut read = 0;
    while read < count {
        let (records, _, _) = reader
            .read_records(count - read, Some(&mut levels), None, &mut values)
            .map_err(|error| damaged(&error))?;
        if records == 0 {
            break;
        }
        read += records;
    }
    if optional == 0 {
        return Ok(values.iter().map(text).collect());
    }
    let mut values = values.iter();
    let there = levels.iter().take(read).map(|level| *level == optional);
    Ok(there
        .map(|there| {
            if there {
                values.next().map_or(Ok(None), &text)
            } else {
                Ok(None)
            }
        })
        .collect())
}

fn is_date(column: &ColumnDescriptor) -> bool {
    column.logical_type_ref() == Some(&LogicalType::Date) || column.converted_type() == ConvertedType::DATE
}

fn unit(column: &ColumnDescriptor) -> Option<TimeUnit> {
    match column.converted_type() {
        ConvertedType::TIMESTAMP_MILLIS => return Some(TimeUnit::MILLIS),
        ConvertedType::TIMESTAMP_MICROS => return Some(TimeUnit::MICROS),
        _ => {}
    }
    let said = column.logical_type_ref()?;
    [TimeUnit::MILLIS, TimeUnit::MICROS, TimeUnit::NANOS]
        .into_iter()
        .find(|unit| {
            [true, false]
                .iter()
                .any(|utc| *said == LogicalType::timestamp(*utc, *unit))
        })
}

/// A day counted from 1970, as a date reads.
fn day(days: i32) -> Option<String> {
    let epoch: Date = date(1970, 1, 1);
    let span = jiff::Span::new().try_days(days).ok()?;
    Some(epoch.checked_add(span).ok()?.to_string())
}

fn moment(value: i64, unit: TimeUnit) -> Option<String> {
    let instant = match unit {
        TimeUnit::MILLIS => Timestamp::from_millisecond(value),
        TimeUnit::MICROS => Timestamp::from_microsecond(value),
        TimeUnit::NANOS => Timestamp::from_nanosecond(i128::from(value)),
    };
    Some(instant.ok()?.to_zoned(TimeZone::UTC).date().to_string())
}

/// The rows before each group.
pub(super) fn ranges(groups: &[u64]) -> Vec<Range<u64>> {
    let mut from: u64 = 0;
    groups
        .iter()
        .map(|rows| {
            let range = from..from.saturating_add(*rows);
            from = range.end;
            range
        })
        .collect()
}
