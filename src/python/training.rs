//! What the trainer reads: the words of a text and their table rows, exactly as the encoder sees them.

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::Error;
use super::objects::Found;
use crate::attribute::SIGNALS;
use crate::encode::features;
use crate::segment::Segments;
use crate::span::Span;

/// Little-endian numbers: spans (u32 start and end in code points) and rows (u16) of each word; then the first
/// word of each sentence and of each paragraph.
type Reading<'py> = (Bound<'py, PyBytes>, Bound<'py, PyBytes>, Vec<u32>, Vec<u32>);

/// For training/: it may change with every model.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(super) fn read<'py>(py: Python<'py>, text: &str) -> Reading<'py> {
    let segments = Segments::of(text);
    let mut chars = text.char_indices().enumerate().peekable();
    let length = text.chars().count();
    let mut point = |byte: usize| {
        while chars.next_if(|(_, (at, _))| *at < byte).is_some() {}
        chars.peek().map_or(length, |(n, _)| *n) as u32
    };
    let mut ends = |span: Span| [point(span.start()), point(span.end())];
    let spans: Vec<u8> =
        segments.words.iter().flat_map(|w| ends(w.span())).flat_map(u32::to_le_bytes).collect();
    let rows = features::rows(text, &segments, 0..segments.words.len());
    let rows: Vec<u8> = rows.as_flattened().iter().flat_map(|n| n.to_le_bytes()).collect();
    let sentences = segments.sentences.iter().map(|s| s.start as u32).collect();
    let paragraphs = segments.paragraphs.iter().map(|p| p.start as u32).collect();
    (PyBytes::new(py, &spans), PyBytes::new(py, &rows), sentences, paragraphs)
}

/// For training/: the terms whose meanings are looked up in a text, with their keys.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(super) fn terms(text: &str) -> Vec<(String, u32)> {
    crate::stance::terms(text)
        .into_iter()
        .map(|term| {
            let key = crate::stance::key(&term.form);
            (term.form, key)
        })
        .collect()
}

/// For training/: the extractor with the weights of a file that the trainer has just written.
#[pyclass(frozen, module = "onrecord._native")]
pub(super) struct Trained(crate::Extractor);

#[pymethods]
impl Trained {
    #[new]
    fn new(weights: &[u8]) -> PyResult<Self> {
        // A run of the trainer reads one file: it may keep it.
        match crate::Extractor::with_weights(weights.to_vec().leak()) {
            Ok(extractor) => Ok(Self(extractor)),
            Err(error) => Err(Error::new_err(error.to_string())),
        }
    }

    /// What `Extractor.extract` gives.
    #[pyo3(signature = (text, /))]
    fn extract(&self, text: &str) -> PyResult<Found> {
        super::batch::article(&self.0, text, 0.0, &|| false).map(Found::from).map_err(PyErr::from)
    }

    /// What `Extractor.stance_toward` gives.
    #[pyo3(signature = (text, start, end, /))]
    fn stance_toward(&self, text: &str, start: usize, end: usize) -> PyResult<(String, f32, f32)> {
        super::toward::read(&self.0, text, start, end).map_err(PyErr::from)
    }

    /// The signals that each of these quotes' confidence comes from.
    #[pyo3(signature = (text, /))]
    fn signals(&self, text: &str) -> PyResult<Vec<[f32; SIGNALS]>> {
        self.0.signals(text).map_err(|error| Error::new_err(error.to_string()))
    }
}
