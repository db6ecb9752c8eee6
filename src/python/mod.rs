//! The Python binding: `onrecord._native`. It converts and calls; what is found is decided elsewhere.

mod batch;
mod toward;
mod training;
mod wall;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::PyList;

pyo3::create_exception!(onrecord, Error, pyo3::exceptions::PyException, "Base of the errors of onrecord.");
pyo3::create_exception!(
    onrecord,
    InternalError,
    Error,
    "A fault of onrecord itself, whatever the text: please report it together with the text."
);

/// The extractor behind `onrecord.Extractor`: it holds the weights, is immutable and shared between threads.
#[pyclass(frozen, module = "onrecord._native")]
pub(crate) struct Extractor(crate::Extractor);

#[pymethods]
impl Extractor {
    /// `people` are names, aliases and identifiers.
    #[new]
    #[pyo3(signature = (people, topics=None, /))]
    fn new(people: Vec<(String, Vec<String>, Option<String>)>, topics: Option<&Topics>) -> PyResult<Self> {
        let people = people.into_iter().map(|(name, aliases, id)| crate::Person { name, aliases, id });
        let people: Vec<crate::Person> = people.collect();
        let extractor = match wall::guard(crate::Extractor::new) {
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

    /// The article as JSON with code point offsets and an empty `text` (the caller holds it already), with quotes of
    /// at least the confidence `least`.
    #[pyo3(signature = (text, least, /))]
    fn extract(&self, py: Python<'_>, text: &str, least: f32) -> PyResult<String> {
        py.detach(|| batch::read(&self.0, text, least)).map_err(PyErr::from)
    }

    /// Label, score and confidence toward the words from `start` to `end`, in code points; both lie within `text`.
    #[pyo3(signature = (text, start, end, /))]
    fn stance_toward(
        &self,
        py: Python<'_>,
        text: &str,
        start: usize,
        end: usize,
    ) -> PyResult<(String, f32, f32)> {
        py.detach(|| toward::read(&self.0, text, start, end)).map_err(PyErr::from)
    }

    /// For each text what `extract` gives, or the exception that it raises, on at most `threads` threads.
    #[pyo3(signature = (texts, threads, least, /))]
    fn extract_batch<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyList>,
        threads: usize,
        least: f32,
    ) -> PyResult<Vec<Bound<'py, PyAny>>> {
        batch::read_all(py, &self.0, texts, (threads, least))
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

/// How many threads can run at once, by the processors and the limits that this process has.
#[pyfunction]
fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}

/// Panics behind the wall, so that the tests can see what a panic becomes.
#[pyfunction]
fn _panic(py: Python<'_>) -> PyResult<()> {
    py.detach(|| wall::guard(|| panic!("on purpose"))).map_err(PyErr::from)
}

#[pymodule(name = "_native")]
mod native {
    #[pymodule_export]
    use super::training::{Trained, read, terms};
    #[pymodule_export]
    use super::{_panic, Error, Extractor, InternalError, Topics, processors};

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
