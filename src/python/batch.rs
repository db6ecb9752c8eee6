//! Many texts on threads of the call's own: none outlives it, so that a fork is safe afterwards.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::IntoPyObjectExt;
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;

use super::texts::Texts;
use super::wall::{Panic, guard};
use crate::record::Article;

/// How long a Ctrl-C may wait before it is seen.
const POLL: Duration = Duration::from_millis(20);

/// Tells that no more is wanted.
pub(super) type Stopped<'a> = &'a dyn Fn() -> bool;

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

/// The article of one text: offsets in code points, quotes of at least some confidence.
pub(super) fn article(
    extractor: &crate::Extractor,
    text: &str,
    least: f32,
    stopped: Stopped<'_>,
) -> Result<Article, Failure> {
    let article = extractor.extract_until(text, stopped).map_err(Failure::Refused)?;
    Ok(article.confident(least).in_code_points())
}

/// A panic is the failure of its text alone.
fn walled<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    guard(work).unwrap_or_else(|panic| Err(Failure::Panicked(panic)))
}

/// What `work` gives, on this thread, which watches for signals meanwhile.
pub(super) fn alone<T: Send>(
    py: Python<'_>,
    work: impl FnOnce(Stopped<'_>) -> Result<T, Failure> + Send,
) -> PyResult<T> {
    py.detach(|| {
        let watch = Watch::default();
        let answer = walled(|| work(&|| watch.stopped()));
        watch.end()?;
        answer.map_err(PyErr::from)
    })
}

/// What a thread knows of signals that looks for them while it works.
struct Watch {
    polled: Cell<Instant>,
    /// The error that one has raised.
    signal: RefCell<Option<PyErr>>,
}

impl Default for Watch {
    fn default() -> Self {
        Self { polled: Cell::new(Instant::now()), signal: RefCell::default() }
    }
}

impl Watch {
    fn stopped(&self) -> bool {
        if self.polled.get().elapsed() >= POLL && self.signal.borrow().is_none() {
            self.polled.set(Instant::now());
            self.signal.replace(signals().err());
        }
        self.signal.borrow().is_some()
    }

    fn end(&self) -> PyResult<()> {
        self.signal.take().map_or(Ok(()), Err)
    }
}

/// Runs the handlers of the signals that have come: the error that one of them raises.
fn signals() -> PyResult<()> {
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone fits one lifetime only")]
    Python::attach(|py| py.check_signals())
}

/// Gives the error of a Ctrl-C what was done before it.
pub(super) fn with_done<'py>(py: Python<'py>, error: PyErr, done: impl IntoPyObject<'py>) -> PyErr {
    if error.is_instance_of::<PyKeyboardInterrupt>(py)
        && let Err(other) = error.value(py).setattr("done", done)
    {
        return other;
    }
    error
}

/// One answer for each text, in their order: what `work` gives as an object, an exception, or None for a missing text.
pub(super) fn read_all<'py, T: Send + IntoPyObject<'py>>(
    py: Python<'py>,
    texts: &Texts,
    threads: usize,
    work: impl Fn(&str, Stopped<'_>) -> Result<T, Failure> + Sync + Send,
) -> PyResult<Vec<Option<Bound<'py, PyAny>>>> {
    let mut answers = Vec::new();
    let read = py.detach(|| {
        in_order(texts, threads, work, |_, answer| {
            answers.push(answer);
            Ok(())
        })
    });
    let object = |answer: Answer<T>| match answer {
        Ok(found) => found.into_bound_py_any(py),
        Err(error) => Ok(error.into_value(py).into_bound(py).into_any()),
    };
    let answers = answers.into_iter().map(|answer| answer.map(object).transpose());
    let answers: Vec<_> = answers.collect::<PyResult<_>>()?;
    match read {
        Ok(()) => Ok(answers),
        Err(error) => Err(with_done(py, error, answers)),
    }
}

pub(super) type Answer<T> = Result<T, PyErr>;

/// Tells `take` of each row, in order, what `work` makes of its text, on at most `threads` threads; one thread is this one.
///
/// The workers take one text after another, long ones first; this thread collects and watches for signals. Each text's
/// `work` is told whether it should stop.
pub(super) fn in_order<T: Send>(
    texts: &Texts,
    threads: usize,
    work: impl Fn(&str, Stopped<'_>) -> Result<T, Failure> + Sync,
    mut take: impl FnMut(usize, Option<Answer<T>>) -> PyResult<()>,
) -> PyResult<()> {
    let count = texts.len();
    let threads = threads.clamp(1, count.max(1));
    if threads == 1 {
        return alone_in_order(texts, work, take);
    }
    let turns = turns(texts, threads);
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let (sender, receiver) = channel();
    let run = |sender: Sender<(usize, Result<T, Failure>)>| {
        while !stop.load(Ordering::Relaxed) {
            let Some(&row) = turns.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
            let Some(Ok(text)) = texts.get(row) else { continue };
            let answer = walled(|| work(text, &|| stop.load(Ordering::Relaxed)));
            if sender.send((row, answer)).is_err() {
                break;
            }
        }
    };
    // Told already, and answers that came before their turn.
    let mut told = 0;
    let mut early: BTreeMap<usize, Result<T, Failure>> = BTreeMap::new();
    let mut tell = |found: Option<(usize, Result<T, Failure>)>| -> PyResult<()> {
        early.extend(found);
        while told < count {
            let answer = match texts.get(told) {
                None => None,
                Some(Err(error)) => Some(Err(Python::attach(|py| error.clone_ref(py)))),
                Some(Ok(_)) => match early.remove(&told) {
                    Some(answer) => Some(answer.map_err(PyErr::from)),
                    None => break,
                },
            };
            take(told, answer)?;
            told += 1;
        }
        Ok(())
    };
    let done = thread::scope(|scope| {
        for started in 0..threads {
            let (sender, run) = (sender.clone(), &run);
            let worker = thread::Builder::new().spawn_scoped(scope, move || run(sender));
            match worker {
                Ok(_) => {}
                Err(_) if started == 0 => return None,
                // The system gives no more threads: those that run do the work.
                Err(_) => break,
            }
        }
        drop(sender);
        let mut polled = Instant::now();
        let mut collect = || -> PyResult<()> {
            loop {
                match receiver.recv_timeout(POLL) {
                    Ok(found) => tell(Some(found))?,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return tell(None),
                }
                if polled.elapsed() >= POLL {
                    polled = Instant::now();
                    signals()?;
                }
            }
        };
        let done = collect();
        stop.store(true, Ordering::Relaxed);
        Some(done)
    });
    match done {
        Some(done) => done?,
        None => return alone_in_order(texts, work, take),
    }
    if told == count {
        Ok(())
    } else {
        Err(super::InternalError::new_err("a text was left out of its batch"))
    }
}

/// The same on this thread alone, whose memory then serves `take` too.
fn alone_in_order<T>(
    texts: &Texts,
    work: impl Fn(&str, Stopped<'_>) -> Result<T, Failure>,
    mut take: impl FnMut(usize, Option<Answer<T>>) -> PyResult<()>,
) -> PyResult<()> {
    let watch = Watch::default();
    for row in 0..texts.len() {
        watch.stopped();
        watch.end()?;
        let answer = match texts.get(row) {
            None => None,
            Some(Err(error)) => Some(Err(Python::attach(|py| error.clone_ref(py)))),
            Some(Ok(text)) => {
                let answer = walled(|| work(text, &|| watch.stopped()));
                watch.end()?;
                Some(answer.map_err(PyErr::from))
            }
        };
        take(row, answer)?;
    }
    Ok(())
}

/// The rows as they are taken up: in their order, but for the long ones, which come first, the longest before all, and
/// for the last few, the longest of which come first.
///
/// Else the last thread would sit over a long text while the others have nothing left to do. Long is what is more
/// than an eighth of a thread's share: so few rows that answers seldom wait for those before them.
fn turns(texts: &Texts, threads: usize) -> Vec<usize> {
    let length = |row| texts.get(row).and_then(Result::ok).map_or(0, str::len);
    let lengths: Vec<usize> = (0..texts.len()).map(length).collect();
    let long = lengths.iter().sum::<usize>() / (8 * threads);
    let (mut turns, rest): (Vec<_>, Vec<_>) = (0..texts.len()).partition(|&row| lengths[row] > long);
    turns.sort_by_key(|&row| Reverse(lengths[row]));
    turns.extend(rest);
    let few = turns.len().saturating_sub(8 * threads);
    turns[few..].sort_by_key(|&row| Reverse(lengths[row]));
    turns
}
