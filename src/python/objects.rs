//! From the records of the core to those of Python, which are made when they are first asked for.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple, PyType};

use crate::record::{
    Act, Article, Gender, Kind, Label, Modality, Passage, Quote, Speaker, SpeakerType, Stance, Voice,
};
use crate::table::decimal;

/// What was found in one text, with offsets in code points.
///
/// It is made without the interpreter, and smaller than Python's records.
#[pyclass(frozen, module = "onrecord._native")]
pub(crate) struct Found {
    article: Article,
    records: PyOnceLock<(Py<PyTuple>, Py<PyTuple>)>,
}

impl From<Article> for Found {
    fn from(article: Article) -> Self {
        Self { article, records: PyOnceLock::new() }
    }
}

#[pymethods]
impl Found {
    /// The quotes and the speakers, each a tuple; the same ones however often and from how many threads they are asked.
    fn records<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyTuple>)> {
        let all = || {
            let classes = Classes::of(py)?;
            let speakers = self.article.speakers.iter().map(|speaker| classes.speaker(py, speaker));
            let speakers = speakers.collect::<PyResult<Vec<_>>>()?;
            let quotes = self.article.quotes.iter().map(|quote| classes.quote(py, quote, &speakers));
            let quotes = quotes.collect::<PyResult<Vec<_>>>()?;
            Ok::<_, PyErr>((PyTuple::new(py, quotes)?.unbind(), PyTuple::new(py, speakers)?.unbind()))
        };
        let (quotes, speakers) = self.records.get_or_try_init(py, all)?;
        Ok((quotes.bind(py).clone(), speakers.bind(py).clone()))
    }
}

/// The classes of `onrecord.records`.
struct Classes {
    span: Py<PyType>,
    speaker: Py<PyType>,
    stance: Py<PyType>,
    quote: Py<PyType>,
}

type Object<'py> = Bound<'py, PyAny>;

impl Classes {
    fn of(py: Python<'_>) -> PyResult<&'static Self> {
        static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();
        CLASSES.get_or_try_init(py, || {
            let module = py.import("onrecord.records")?;
            let class = |name| Ok::<_, PyErr>(module.getattr(name)?.cast_into::<PyType>()?.unbind());
            Ok(Self {
                span: class("Span")?,
                speaker: class("Speaker")?,
                stance: class("Stance")?,
                quote: class("Quote")?,
            })
        })
    }

    fn span<'py>(&self, py: Python<'py>, passage: &Passage) -> PyResult<Object<'py>> {
        self.span_of(py, passage, PyString::new(py, &passage.text))
    }

    fn span_of<'py>(
        &self,
        py: Python<'py>,
        passage: &Passage,
        text: Bound<'py, PyString>,
    ) -> PyResult<Object<'py>> {
        self.span.bind(py).call1((passage.start, passage.end, text))
    }

    fn spans<'py>(&self, py: Python<'py>, passages: &[Passage]) -> PyResult<Bound<'py, PyTuple>> {
        let spans = passages.iter().map(|passage| self.span(py, passage)).collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(py, spans)
    }

    fn maybe<'py>(&self, py: Python<'py>, passage: Option<&Passage>) -> PyResult<Option<Object<'py>>> {
        passage.map(|passage| self.span(py, passage)).transpose()
    }

    fn speaker<'py>(&self, py: Python<'py>, speaker: &Speaker) -> PyResult<Object<'py>> {
        self.speaker.bind(py).call1((
            speaker.number,
            speaker.name.as_str(),
            word(py, SpeakerType::WORDS, speaker.kind as usize),
            speaker.role.as_deref(),
            self.spans(py, &speaker.mentions)?,
            speaker.role_start,
            speaker.role_end,
            speaker.gender.and_then(|gender| word(py, Gender::WORDS, gender as usize)),
            speaker.quote_count,
            &speaker.id,
        ))
    }

    fn stance<'py>(
        &self,
        py: Python<'py>,
        stance: &Stance,
        speakers: &[Object<'py>],
    ) -> PyResult<Object<'py>> {
        let target = PyString::new(py, &stance.target.text);
        // Most targets are called by their own words: one string will do.
        let named = stance.target_name != stance.target.text;
        let name = if named { PyString::new(py, &stance.target_name) } else { target.clone() };
        let fields = [
            stance.quote.into_pyobject(py)?.into_any(),
            numbered(py, speakers, stance.holder),
            self.span_of(py, &stance.target, target)?,
            name.into_any(),
            word(py, Label::WORDS, stance.label as usize).into_pyobject(py)?,
            decimal(stance.score).into_pyobject(py)?.into_any(),
            self.spans(py, &stance.evidence)?.into_any(),
            word(py, Voice::WORDS, stance.voice as usize).into_pyobject(py)?,
            word(py, Modality::WORDS, stance.modality as usize).into_pyobject(py)?,
            self.maybe(py, stance.condition.as_ref())?.into_pyobject(py)?,
            stance.negated.into_pyobject(py)?.to_owned().into_any(),
            stance.topic.as_deref().into_pyobject(py)?,
            decimal(stance.confidence).into_pyobject(py)?.into_any(),
        ];
        self.stance.bind(py).call1(PyTuple::new(py, fields)?)
    }

    fn quote<'py>(&self, py: Python<'py>, quote: &Quote, speakers: &[Object<'py>]) -> PyResult<Object<'py>> {
        let text = PyString::new(py, &quote.text);
        let spans = match quote.spans.as_slice() {
            [whole] if whole.text == quote.text => {
                PyTuple::new(py, [self.span_of(py, whole, text.clone())?])?
            }
            spans => self.spans(py, spans)?,
        };
        let stances = quote.stances.iter().map(|stance| self.stance(py, stance, speakers));
        let stances = stances.collect::<PyResult<Vec<_>>>()?;
        let fields = [
            quote.start.into_pyobject(py)?.into_any(),
            quote.end.into_pyobject(py)?.into_any(),
            text.into_any(),
            word(py, Kind::WORDS, quote.kind as usize).into_pyobject(py)?,
            spans.into_any(),
            self.spans(py, &quote.verbatim)?.into_any(),
            self.maybe(py, quote.cue.as_ref())?.into_pyobject(py)?,
            self.maybe(py, quote.source.as_ref())?.into_pyobject(py)?,
            numbered(py, speakers, quote.speaker),
            word(py, Act::WORDS, quote.act as usize).into_pyobject(py)?,
            quote.negated.into_pyobject(py)?.to_owned().into_any(),
            PyTuple::new(py, stances)?.into_any(),
            decimal(quote.confidence).into_pyobject(py)?.into_any(),
        ];
        self.quote.bind(py).call1(PyTuple::new(py, fields)?)
    }
}

/// One of an enum's words: one object for each, however many records there are.
fn word<'py>(py: Python<'py>, words: &[&str], place: usize) -> Option<Bound<'py, PyString>> {
    words.get(place).map(|word| PyString::intern(py, word))
}

/// The speaker of that number, or None.
fn numbered<'py>(py: Python<'py>, speakers: &[Object<'py>], number: Option<u32>) -> Object<'py> {
    let speaker = number.and_then(|n| speakers.get(n as usize));
    speaker.cloned().unwrap_or_else(|| py.None().into_bound(py))
}
