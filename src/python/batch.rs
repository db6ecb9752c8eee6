//! Many texts on threads of the call's own: none outlives it, so that a fork is safe afterwards.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyList, PyString};

use super::wall::{Panic, guard};

/// How long a Ctrl-C may wait before it is seen.
const POLL: Duration = Duration::from_millis(20);

/// Why one text gave no article.
pub(super) enum Failure {
    /// The core does not take it.
    Refused(crate::Error),
    /// A fault of ours.
    Panicked(Panic),
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => PyValueError::new_err(error.to_string()),
            Failure::Panicked(panic) => panic.into(),
        }
    }
}

/// The article of one text as JSON: offsets in code points, `text` left empty, quotes of at least some confidence.
///
/// JSON rather than Python objects, because the workers can write it without the interpreter, and because it
/// gives an `f32` its shortest decimal form, the same in Python as in Rust.
pub(super) fn read(extractor: &crate::Extractor, text: &str, least: f32) -> Result<String, Failure> {
    let work = || {
        let mut article = extractor.extract(text)?.confident(least).in_code_points();
        article.text = String::new();
        Ok(serde_json::to_string(&article))
    };
    match guard(work) {
        Ok(Ok(Ok(json))) => Ok(json),
        Ok(Ok(Err(error))) => Err(Failure::Panicked(Panic::because(&error))),
        Ok(Err(error)) => Err(Failure::Refused(error)),
        Err(panic) => Err(Failure::Panicked(panic)),
    }
}

/// One answer for each text, in their order: JSON, or an exception object.
pub(super) fn read_all<'py>(
    py: Python<'py>,
    extractor: &crate::Extractor,
    texts: &Bound<'py, PyList>,
    (threads, least): (usize, f32),
) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let texts: Vec<PyResult<PyBackedStr>> = texts.iter().map(|text| text.extract()).collect();
    let results = py.detach(|| run(extractor, &texts, (threads.clamp(1, texts.len().max(1)), least)))?;
    let answers = texts.into_iter().zip(results).map(|(text, result)| match (text, result) {
        (Ok(_), Some(Ok(json))) => Ok(PyString::new(py, &json).into_any()),
        (Ok(_), Some(Err(failure))) => Ok(PyErr::from(failure).into_value(py).into_bound(py).into_any()),
        (Err(error), _) => Ok(error.into_value(py).into_bound(py).into_any()),
        (Ok(_), None) => Err(super::InternalError::new_err("a text was left out of its batch")),
    });
    answers.collect()
}

type Answer = Result<String, Failure>;

/// The workers take one text after another; this thread collects and watches for signals.
fn run(
    extractor: &crate::Extractor,
    texts: &[PyResult<PyBackedStr>],
    (threads, least): (usize, f32),
) -> PyResult<Vec<Option<Answer>>> {
    let mut answers: Vec<Option<Answer>> = texts.iter().map(|_| None).collect();
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let (sender, receiver) = channel();
    let work = |sender: Sender<(usize, Answer)>| {
        while !stop.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(text) = texts.get(at) else { break };
            let Ok(text) = text else { continue };
            if sender.send((at, read(extractor, text, least))).is_err() {
                break;
            }
        }
    };
    thread::scope(|scope| {
        for started in 0..threads {
            let sender = sender.clone();
            let worker = thread::Builder::new().spawn_scoped(scope, move || work(sender));
            match worker {
                Ok(_) => {}
                Err(error) if started == 0 => return Err(error.into()),
                // The system gives no more threads: those that run do the work.
                Err(_) => break,
            }
        }
        drop(sender);
        let mut polled = Instant::now();
        loop {
            match receiver.recv_timeout(POLL) {
                Ok((at, answer)) => answers[at] = Some(answer),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(answers),
            }
            if polled.elapsed() >= POLL {
                polled = Instant::now();
                #[expect(
                    clippy::redundant_closure_for_method_calls,
                    reason = "the method alone fits one lifetime only"
                )]
                let signals = Python::attach(|py| py.check_signals());
                if let Err(signal) = signals {
                    stop.store(true, Ordering::Relaxed);
                    return Err(signal);
                }
            }
        }
    })
}
