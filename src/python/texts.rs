//! What the caller gives: texts as Python objects, or as an Arrow column that is read in place.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayRef, BinaryArray, LargeBinaryArray, LargeStringArray, StringArray, StringViewArray,
};
use arrow_schema::DataType;
use pyo3::exceptions::{PyTypeError, PyUnicodeEncodeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyByteArray, PyBytes, PyFloat, PyList, PyString};
use pyo3_arrow::input::AnyArray;

/// A column of texts, some of which may be missing or unreadable.
pub(super) enum Texts {
    Python(Vec<PyResult<Option<PyBackedStr>>>),
    /// Chunks, the number of the row after each, and what is wrong with rows.
    Arrow(Vec<Strings>, Vec<usize>, BTreeMap<usize, PyErr>),
}

impl Texts {
    /// The texts of a list, or of any object with `__arrow_c_array__` or `__arrow_c_stream__`.
    pub(super) fn of(texts: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(list) = texts.cast::<PyList>() {
            // To encode hundreds of megabytes takes longer than a Ctrl-C may wait.
            let signals = || texts.py().check_signals();
            let cells = list.iter().map(|text| signals().map(|()| cell(&text)));
            return cells.collect::<PyResult<_>>().map(Self::Python);
        }
        let reader = texts.extract::<AnyArray>()?.into_reader()?;
        // A stream without a chunk has a type too.
        Strings::of(&arrow_array::new_empty_array(reader.field().data_type()))?;
        let (mut chunks, mut ends, mut end) = (Vec::new(), Vec::new(), 0);
        let mut wrong = BTreeMap::new();
        for chunk in reader {
            let chunk = chunk.map_err(|error| PyValueError::new_err(error.to_string()))?;
            wrong.extend(Strings::wrong(&chunk).into_iter().map(|(row, error)| (end + row, error)));
            end += chunk.len();
            chunks.push(Strings::of(&chunk)?);
            ends.push(end);
        }
        Ok(Self::Arrow(chunks, ends, wrong))
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Python(texts) => texts.len(),
            Self::Arrow(_, ends, _) => ends.last().copied().unwrap_or(0),
        }
    }

    /// The text of a row, or what is wrong with it; none if it is missing.
    pub(super) fn get(&self, row: usize) -> Option<Result<&str, &PyErr>> {
        match self {
            Self::Python(texts) => match texts.get(row)? {
                Ok(text) => text.as_deref().map(Ok),
                Err(error) => Some(Err(error)),
            },
            Self::Arrow(chunks, ends, wrong) => {
                if let Some(error) = wrong.get(&row) {
                    return Some(Err(error));
                }
                let chunk = ends.partition_point(|end| *end <= row);
                let first = chunk.checked_sub(1).map_or(0, |before| ends[before]);
                chunks.get(chunk)?.get(row - first).map(Ok)
            }
        }
    }
}

/// Strings in one of Arrow's layouts.
pub(super) enum Strings {
    Short(StringArray),
    Long(LargeStringArray),
    View(StringViewArray),
    /// The word of each row, and the words.
    Dictionary(Vec<Option<usize>>, Box<Strings>),
    /// A column of nulls has no other type.
    Null,
}

impl Strings {
    fn of(array: &ArrayRef) -> PyResult<Self> {
        Ok(match array.data_type() {
            DataType::Utf8 => Self::Short(array.as_string().clone()),
            DataType::LargeUtf8 => Self::Long(array.as_string().clone()),
            DataType::Utf8View => Self::View(array.as_string_view().clone()),
            DataType::Dictionary(..) => {
                let words = array.as_any_dictionary();
                // Without words it has no keys that could be read.
                let places = if words.values().is_empty() { Vec::new() } else { words.normalized_keys() };
                let known = |(row, place)| words.keys().is_valid(row).then_some(place);
                let places = places.into_iter().enumerate().map(known).collect();
                Self::Dictionary(places, Self::of(words.values())?.into())
            }
            DataType::Null => Self::Null,
            other => {
                return Err(PyTypeError::new_err(format!("the column must hold strings, not {other}")));
            }
        })
    }

    /// The rows of an array that hold no UTF-8: who writes a column is not held to it, so it is looked at as bytes.
    fn wrong(array: &ArrayRef) -> Vec<(usize, PyErr)> {
        match array.data_type() {
            DataType::Utf8 => not_utf8(&BinaryArray::from(array.as_string::<i32>().clone())),
            DataType::LargeUtf8 => not_utf8(&LargeBinaryArray::from(array.as_string::<i64>().clone())),
            DataType::Utf8View => not_utf8(&array.as_string_view().clone().to_binary_view()),
            DataType::Dictionary(..) => {
                let words = array.as_any_dictionary();
                let wrong: BTreeMap<usize, PyErr> = Self::wrong(words.values()).into_iter().collect();
                if wrong.is_empty() {
                    return Vec::new();
                }
                let rows = words.normalized_keys().into_iter().enumerate();
                let rows = rows.filter(|(row, _)| words.keys().is_valid(*row));
                Python::attach(|py| {
                    rows.filter_map(|(row, word)| Some((row, wrong.get(&word)?.clone_ref(py)))).collect()
                })
            }
            _ => Vec::new(),
        }
    }

    fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Short(texts) => texts.is_valid(row).then(|| texts.value(row)),
            Self::Long(texts) => texts.is_valid(row).then(|| texts.value(row)),
            Self::View(texts) => texts.is_valid(row).then(|| texts.value(row)),
            Self::Dictionary(places, words) => words.get(places.get(row).copied()??),
            Self::Null => None,
        }
    }
}

fn not_utf8<'a>(cells: impl IntoIterator<Item = Option<&'a [u8]>>) -> Vec<(usize, PyErr)> {
    let cells = cells.into_iter().enumerate();
    let wrong = cells.filter_map(|(row, cell)| {
        let bytes = cell?;
        let place = std::str::from_utf8(bytes).err()?.valid_up_to();
        let byte = bytes.get(place)?;
        Some((
            row,
            PyValueError::new_err(format!("the text is not UTF-8: byte 0x{byte:02X} at offset {place}")),
        ))
    });
    wrong.collect()
}

/// The text of an object; none if it is a missing value: None, `NaN`, and pandas' `NA` and `NaT`, told by
/// their names.
fn cell(value: &Bound<'_, PyAny>) -> PyResult<Option<PyBackedStr>> {
    if value.is_instance_of::<PyString>() {
        return text(value).map(Some);
    }
    let missing = match value.cast::<PyFloat>() {
        Ok(number) => number.value().is_nan(),
        Err(_) => {
            value.is_none() || ["NAType", "NaTType"].contains(&&*value.get_type().name()?.to_string_lossy())
        }
    };
    if missing { Ok(None) } else { text(value).map(Some) }
}

/// The text of a `str`, which is kept alive with it; any other object is a `TypeError`.
pub(super) fn text(value: &Bound<'_, PyAny>) -> PyResult<PyBackedStr> {
    let Ok(string) = value.cast::<PyString>() else {
        let bytes = value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>();
        let hint = match bytes {
            true => "; decode them first",
            false if value.hasattr("read_text")? || value.hasattr("read")? => "; read its text first",
            false => "",
        };
        let name = value.get_type().name()?;
        return Err(PyTypeError::new_err(format!("an article must be a str, not {name}{hint}")));
    };
    PyBackedStr::try_from(string.clone()).map_err(|error| surrogate(value, &error).unwrap_or(error))
}

/// Of the error of a `str` that is no text: what is wrong with it, and where.
fn surrogate(value: &Bound<'_, PyAny>, error: &PyErr) -> Option<PyErr> {
    let py = value.py();
    if !error.is_instance_of::<PyUnicodeEncodeError>(py) {
        return None;
    }
    let place: usize = error.value(py).getattr("start").ok()?.extract().ok()?;
    let code: u32 =
        value.get_item(place).ok()?.call_method1("encode", ("utf-16-le", "surrogatepass")).ok().and_then(
            |bytes| bytes.extract::<[u8; 2]>().ok().map(|bytes| u16::from_le_bytes(bytes).into()),
        )?;
    Some(PyValueError::new_err(format!(
        "the text holds a lone surrogate, U+{code:04X}, at position {place}: half of a character, which a faulty \
         decoder has left"
    )))
}
