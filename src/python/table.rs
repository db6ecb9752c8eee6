//! Tables for Python: exported as Arrow, or as plain columns for who has no Arrow library.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, Int8Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, Int64Array, ListArray, RecordBatch, RecordBatchIterator, StringArray, StructArray,
};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use arrow_select::concat::concat_batches;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyCapsule, PyList, PyTuple};

use super::InternalError;
use super::batch::{self, in_order};
use super::texts::Texts;
use super::wall::guard;
use crate::record::Article;
use crate::table::{self, TableBuilder};

/// Quotes, stances or speakers as Arrow record batches, immutable.
#[pyclass(frozen, module = "onrecord._native")]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

/// What the caller's own identifiers are.
#[derive(FromPyObject)]
pub(super) enum Ids {
    Numbers(Vec<i64>),
    Words(Vec<String>),
}

impl Ids {
    fn len(&self) -> usize {
        match self {
            Self::Numbers(ids) => ids.len(),
            Self::Words(ids) => ids.len(),
        }
    }
}

/// How a table is to be made.
pub(super) struct Wish<'py> {
    pub(super) table: table::Table,
    pub(super) threads: usize,
    pub(super) least: f32,
    /// Whether a text that cannot be read becomes a row of its own.
    pub(super) marks: bool,
    /// What `article` is, in the place of the row.
    pub(super) ids: Option<Ids>,
    /// What errors call the rows, beside their numbers.
    pub(super) labels: Option<Bound<'py, PyAny>>,
}

/// The table of that name.
pub(super) fn named(name: &str) -> PyResult<table::Table> {
    match name {
        "quotes" => Ok(table::Table::Quotes),
        "stances" => Ok(table::Table::Stances),
        "speakers" => Ok(table::Table::Speakers),
        _ => Err(PyValueError::new_err(format!(
            "table must be one of quotes, stances, speakers, not '{name}'"
        ))),
    }
}

/// The table of what is found in these texts; `article` counts them from 0.
pub(super) fn of_texts(
    py: Python<'_>,
    extractor: &crate::Extractor,
    texts: &Texts,
    wish: Wish<'_>,
) -> PyResult<Table> {
    let Wish { table, threads, least, marks, ids, labels } = wish;
    if let Some(count) = ids.as_ref().map(Ids::len).filter(|count| *count != texts.len()) {
        let texts = texts.len();
        return Err(PyValueError::new_err(format!("there are {texts} texts, but {count} ids")));
    }
    let labels = labels.map(Bound::unbind);
    let mut builder = TableBuilder::new(table, marks);
    let wrong = |row: usize, error: PyErr| Python::attach(|py| located(py, row, labels.as_ref(), &error));
    let mut rows = 0;
    let read = py.detach(|| {
        in_order(
            texts,
            threads,
            |text, stopped| batch::article(extractor, text, least, stopped),
            |row, answer| {
                match answer {
                    None => Ok(()),
                    Some(Ok(article)) => walled(|| builder.append(row as i64, &article)),
                    Some(Err(error)) if marks => {
                        let reason = Python::attach(|py| error.value(py).to_string());
                        walled(|| builder.mark(row as i64, &reason))
                    }
                    Some(Err(error)) => Err(wrong(row, error)),
                }?;
                rows = row + 1;
                Ok(())
            },
        )
    });
    let mut found = Table::of(table, marks, builder)?;
    if let Some(ids) = ids {
        found = found.with_ids(&ids)?;
    }
    match read {
        Ok(()) => Ok(found),
        Err(error) => Err(batch::with_done(py, error, (found, rows))),
    }
}

/// The table of articles that were read before, each with its number, as JSON.
pub(super) fn of_articles(table: table::Table, articles: Vec<(i64, String)>) -> PyResult<Table> {
    let mut builder = TableBuilder::new(table, false);
    for (number, json) in articles {
        let article: Article =
            serde_json::from_str(&json).map_err(|error| PyValueError::new_err(error.to_string()))?;
        walled(|| builder.append(number, &article))?;
    }
    Table::of(table, false, builder)
}

/// The error, beginning with its row.
fn located(py: Python<'_>, row: usize, labels: Option<&Py<PyAny>>, error: &PyErr) -> PyErr {
    let label = labels.and_then(|labels| labels.bind(py).get_item(row).ok()?.repr().ok());
    let label = label.map(|label| format!(" (index {label})")).unwrap_or_default();
    let message = format!("row {row}{label}: {}", error.value(py));
    error.get_type(py).call1((message,)).map_or_else(|error| error, PyErr::from_value)
}

fn walled(work: impl FnOnce() -> Result<(), ArrowError>) -> PyResult<()> {
    guard(work).map_err(PyErr::from)?.map_err(|error| ours(&error))
}

/// A refusal of Arrow is a fault of ours.
fn ours(error: &ArrowError) -> PyErr {
    InternalError::new_err(format!("the columns do not fit together ({error}); please report it"))
}

impl Table {
    fn of(table: table::Table, marks: bool, builder: TableBuilder) -> PyResult<Self> {
        let batches = builder.finish().map_err(|error| ours(&error))?;
        Ok(Self { schema: table.schema(marks), batches })
    }

    /// The same table with the caller's identifiers in the place of the articles' numbers.
    fn with_ids(&self, ids: &Ids) -> PyResult<Self> {
        let kind = match ids {
            Ids::Numbers(_) => DataType::Int64,
            Ids::Words(_) => DataType::Utf8,
        };
        let fields = self.schema.fields().iter().skip(1).cloned();
        let fields: Fields =
            std::iter::once(Arc::new(Field::new("article", kind, false))).chain(fields).collect();
        let schema = Arc::new(Schema::new(fields));
        let renamed = |batch: &RecordBatch| {
            let rows = numbers(batch)?.values().iter().map(|row| *row as usize);
            let first: ArrayRef = match ids {
                Ids::Numbers(ids) => Arc::new(rows.map(|row| ids.get(row).copied()).collect::<Int64Array>()),
                Ids::Words(ids) => Arc::new(rows.map(|row| ids.get(row)).collect::<StringArray>()),
            };
            let columns = std::iter::once(first).chain(batch.columns().iter().skip(1).cloned()).collect();
            RecordBatch::try_new(schema.clone(), columns)
        };
        let batches: Result<_, _> = self.batches.iter().map(renamed).collect();
        Ok(Self { batches: batches.map_err(|error| ours(&error))?, schema })
    }

    /// All chunks of a column.
    fn column(&self, n: usize) -> impl Iterator<Item = &ArrayRef> {
        self.batches.iter().map(move |batch| batch.column(n))
    }
}

/// The numbers of a batch's articles.
fn numbers(batch: &RecordBatch) -> Result<&Int64Array, ArrowError> {
    let first = batch.columns().first().and_then(|column| column.as_primitive_opt::<Int64Type>());
    first.ok_or_else(|| ArrowError::SchemaError("the articles have no numbers".to_owned()))
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(|error| ours(&error))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The batches, in the schema that they have: another one is the consumer's to make.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = RecordBatchIterator::new(self.batches.clone().into_iter().map(Ok), self.schema.clone());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), c"arrow_array_stream")
    }

    /// The names of all columns.
    #[getter]
    fn names(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// For each column that is not nested its name, its pandas type, and its values: bytes of the numbers, for
    /// "Int64" and "boolean" bytes of the mask too; a list of `str` and None for "text"; bytes of the codes and the
    /// words for "category".
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        let fields = self.schema.fields().iter().enumerate();
        let plain = fields.filter(|(_, field)| !field.data_type().is_nested());
        plain.map(|(n, field)| self.plain(py, n, field)).collect()
    }

    /// The rows as one list for each of `rows` articles, without `article`.
    fn lists(&self, rows: usize) -> PyResult<Lists> {
        let batch = concat_batches(&self.schema, &self.batches).map_err(|error| ours(&error))?;
        let mut lengths = vec![0; rows];
        for row in numbers(&batch).map_err(|error| ours(&error))?.values() {
            if let Some(length) = lengths.get_mut(*row as usize) {
                *length += 1;
            }
        }
        let fields: Fields = self.schema.fields().iter().skip(1).cloned().collect();
        let item = Arc::new(Field::new_struct("item", fields.clone(), false));
        let structs = StructArray::try_new(fields, batch.columns().iter().skip(1).cloned().collect(), None);
        let lists = structs.and_then(|structs| {
            ListArray::try_new(item, OffsetBuffer::from_lengths(lengths), Arc::new(structs), None)
        });
        lists.map(Lists).map_err(|error| ours(&error))
    }
}

impl Table {
    fn plain<'py>(&self, py: Python<'py>, n: usize, field: &Field) -> PyResult<Bound<'py, PyTuple>> {
        let name = field.name();
        let chunks = self.column(n);
        let kind = match (field.data_type(), field.is_nullable()) {
            (DataType::Int64, true) => "Int64",
            (DataType::Int64, false) => "int64",
            (DataType::Boolean, true) => "boolean",
            (DataType::Boolean, false) => "bool",
            (DataType::Float64, _) => "float64",
            (DataType::Utf8, _) => "text",
            (DataType::Dictionary(..), _) => "category",
            (other, _) => return Err(PyTypeError::new_err(format!("no plain column for {other}"))),
        };
        let mut values: Vec<u8> = Vec::new();
        let mut mask: Vec<u8> = Vec::new();
        let mut words: Option<Bound<'py, PyList>> = None;
        match field.data_type() {
            DataType::Utf8 => {
                let texts = chunks.flat_map(|chunk| chunk.as_string::<i32>().iter());
                return (name, kind, PyList::new(py, texts.collect::<Vec<_>>())?, py.None())
                    .into_pyobject(py);
            }
            DataType::Int64 => {
                for number in chunks.flat_map(|chunk| chunk.as_primitive::<Int64Type>().iter()) {
                    values.extend(number.unwrap_or_default().to_ne_bytes());
                    mask.push(number.is_none().into());
                }
            }
            DataType::Float64 => {
                for number in chunks.flat_map(|chunk| chunk.as_primitive::<Float64Type>().iter()) {
                    values.extend(number.unwrap_or(f64::NAN).to_ne_bytes());
                }
            }
            DataType::Boolean => {
                for truth in chunks.flat_map(|chunk| chunk.as_boolean().iter()) {
                    values.push(truth.unwrap_or_default().into());
                    mask.push(truth.is_none().into());
                }
            }
            _ => {
                for chunk in chunks {
                    let chunk = chunk.as_dictionary::<Int8Type>();
                    for code in chunk.keys() {
                        values.extend(code.unwrap_or(-1).to_ne_bytes());
                    }
                    words = Some(PyList::new(py, chunk.values().as_string::<i32>())?);
                }
            }
        }
        let values = PyByteArray::new(py, &values);
        let more = match words {
            Some(words) => words.into_any(),
            None => PyByteArray::new(py, &mask).into_any(),
        };
        (name, kind, values, more).into_pyobject(py)
    }
}

/// One list of rows for each article, as an Arrow array.
#[pyclass(frozen, module = "onrecord._native")]
pub(crate) struct Lists(ListArray);

#[pymethods]
impl Lists {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema;
        let schema = FFI_ArrowSchema::try_from(self.0.data_type()).map_err(|error| ours(&error))?;
        let array = FFI_ArrowArray::new(&self.0.to_data());
        Ok((
            PyCapsule::new_with_value(py, schema, c"arrow_schema")?,
            PyCapsule::new_with_value(py, array, c"arrow_array")?,
        ))
    }
}
