//! The Python binding: `onrecord._native`. It converts and calls; what is found is decided elsewhere.

mod batch;
mod objects;
mod table;
mod texts;
mod toward;
mod training;
mod wall;
mod weights;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use batch::Stopped;
use objects::Found;

pyo3::create_exception!(
    onrecord,
    Error,
    pyo3::exceptions::PyException,
    "Base of onrecord's own errors. What is wrong with your texts or words raises TypeError or ValueError.

    >>> issubclass(onrecord.InternalError, onrecord.Error)
    True
    "
);
pyo3::create_exception!(
    onrecord,
    InternalError,
    Error,
    "A fault of onrecord itself, whatever the text: please report it together with the text.

    >>> try:
    ...     article = onrecord.extract('Rain fell on Monday.')
    ... except onrecord.InternalError as fault:
    ...     print('please report', fault)
    "
);

/// The extractor behind `onrecord.Extractor`: it holds the weights, is immutable and shared between threads.
#[pyclass(frozen, module = "onrecord._native")]
pub(crate) struct Extractor(crate::Extractor);

#[pymethods]
impl Extractor {
    /// `people` are names, aliases and identifiers; `weights` the bytes of a file of the user's own.
    #[new]
    #[pyo3(signature = (people, topics=None, weights=None, /))]
    fn new(
        people: Vec<(String, Vec<String>, Option<String>)>,
        topics: Option<&Topics>,
        weights: Option<&[u8]>,
    ) -> PyResult<Self> {
        let people = people.into_iter().map(|(name, aliases, id)| crate::Person { name, aliases, id });
        let people: Vec<crate::Person> = people.collect();
        let read = || weights.map_or_else(crate::Extractor::new, weights::extractor);
        let extractor = match wall::guard(read) {
            Ok(Ok(extractor)) => extractor,
            Ok(Err(error)) => return Err(Error::new_err(error.to_string())),
            Err(panic) => return Err(panic.into()),
        };
        match wall::guard(|| extractor.with_people(&people)) {
            Ok(Ok(extractor)) => Ok(Self(match topics {
                Some(Topics(topics)) => extractor.with_topics(topics.clone()),
                None => extractor,
            })),
            Ok(Err(error)) => Err(PyValueError::new_err(error.to_string())),
            Err(panic) => Err(panic.into()),
        }
    }

    /// What was found in the text, with quotes of at least the confidence `least`.
    #[pyo3(signature = (text, least, /))]
    fn extract(&self, py: Python<'_>, text: &Bound<'_, PyAny>, least: f32) -> PyResult<Found> {
        let text = texts::text(text)?;
        batch::alone(py, |stopped| batch::article(&self.0, &text, least, stopped)).map(Found::from)
    }

    /// Label, score and confidence toward the words from `start` to `end`, in code points; both lie within `text`.
    #[pyo3(signature = (text, start, end, /))]
    fn stance_toward(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyAny>,
        start: usize,
        end: usize,
    ) -> PyResult<(String, f32, f32)> {
        let text = &texts::text(text)?;
        py.detach(|| toward::read(&self.0, text, start, end)).map_err(PyErr::from)
    }

    /// For each text what `extract` gives, the exception that it raises, or None if the text is missing; on at most
    /// `threads` threads. A `KeyboardInterrupt` has as its `done` the answers that came before it.
    #[pyo3(signature = (texts, threads, least, /))]
    fn extract_batch<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        threads: usize,
        least: f32,
    ) -> PyResult<Vec<Option<Bound<'py, PyAny>>>> {
        let work =
            |text: &str, stopped: Stopped<'_>| batch::article(&self.0, text, least, stopped).map(Found::from);
        batch::read_all(py, &texts::Texts::of(texts)?, threads, work)
    }

    /// The quotes, stances or speakers of texts: a list, or any Arrow column of strings.
    ///
    /// `ids` are all str or all int, one a text. With `marks`, a text that cannot be read is a row with an `error`;
    /// without, its error names the row and, of `labels`, the label. A `KeyboardInterrupt` has as its `done` the table
    /// of the texts before it, and their number.
    #[pyo3(signature = (texts, table, threads, least, *, marks=false, ids=None, labels=None))]
    #[expect(clippy::too_many_arguments, reason = "Python gives them by name")]
    fn table<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        table: &str,
        threads: usize,
        least: f32,
        marks: bool,
        ids: Option<table::Ids>,
        labels: Option<Bound<'py, PyAny>>,
    ) -> PyResult<table::Table> {
        let wish = table::Wish { table: table::named(table)?, threads, least, marks, ids, labels };
        table::of_texts(py, &self.0, &texts::Texts::of(texts)?, wish)
    }
}

/// The user's topics, checked and looked up.
#[pyclass(frozen, module = "onrecord._native")]
pub(crate) struct Topics(crate::Topics);

#[pymethods]
impl Topics {
    /// From names and phrases; a `ValueError` tells what is wrong with them.
    #[new]
    #[pyo3(signature = (topics, /))]
    fn new(topics: Vec<(String, Vec<String>)>) -> PyResult<Self> {
        match wall::guard(|| crate::Topics::new(topics)) {
            Ok(Ok(topics)) => Ok(Self(topics)),
            Ok(Err(error)) => Err(PyValueError::new_err(error.to_string())),
            Err(panic) => Err(panic.into()),
        }
    }

    /// Of each target (its text, its name, its quote's text) the probability that it is about one of the topics.
    #[pyo3(signature = (targets, /))]
    fn matching(&self, targets: Vec<(PyBackedStr, PyBackedStr, PyBackedStr)>) -> PyResult<Vec<f32>> {
        let of = |(target, name, quote): (PyBackedStr, PyBackedStr, PyBackedStr)| {
            self.0.matching(&target, &name, &quote)
        };
        let all = || targets.into_iter().map(of).collect();
        wall::guard(all).map_err(PyErr::from)
    }
}

/// The quotes, stances or speakers of articles, each its number and its JSON.
#[pyfunction]
#[pyo3(signature = (articles, table, /))]
fn table_of(articles: Vec<(i64, String)>, table: &str) -> PyResult<table::Table> {
    table::of_articles(table::named(table)?, articles)
}

/// How many threads can run at once, by the processors and the limits that this process has.
#[pyfunction]
fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}

/// Reads texts in a batch whose workers panic where a text is "panic", so that the tests can see what a panic becomes.
#[pyfunction]
fn _panic<'py>(
    py: Python<'py>,
    texts: &Bound<'py, PyAny>,
    threads: usize,
) -> PyResult<Vec<Option<Bound<'py, PyAny>>>> {
    batch::read_all(py, &texts::Texts::of(texts)?, threads, |text, _| {
        assert_ne!(text, "panic", "on purpose");
        Ok(text.to_owned())
    })
}

// Without the lock of the interpreter too: all classes are frozen, and nothing is shared but through them.
#[pymodule(name = "_native", gil_used = false)]
mod native {
    #[pymodule_export]
    use super::objects::Found;
    #[pymodule_export]
    use super::table::{Lists, Table};
    #[pymodule_export]
    use super::training::{Trained, read, terms};
    #[pymodule_export]
    use super::{_panic, Error, Extractor, InternalError, Topics, processors, table_of};

    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    /// How the module was compiled: a debug build is some ten times slower.
    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __profile__: &str = if cfg!(debug_assertions) { "debug" } else { "release" };

    #[pymodule_export]
    const SCHEMA_VERSION: u32 = crate::SCHEMA_VERSION;
}
