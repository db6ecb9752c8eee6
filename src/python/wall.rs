//! The last wall: a panic becomes `onrecord.InternalError`, which `except Exception` sees.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::PyErr;

/// A panic that was caught, with its message.
pub(super) struct Panic(String);

/// What `work` gives, or the panic that ended it.
///
/// Nothing half-changed can be seen afterwards: the extractor is immutable and the results are dropped.
pub(super) fn guard<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        let message = payload.downcast_ref::<&str>().copied();
        let message = message.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        Panic(message.unwrap_or("no message").to_owned())
    })
}

impl Panic {
    /// A failure that the code holds to be impossible counts as a panic.
    pub(super) fn because(error: &dyn std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

impl From<Panic> for PyErr {
    fn from(panic: Panic) -> Self {
        let Panic(message) = panic;
        super::InternalError::new_err(format!(
            "onrecord panicked ({message}); please report it with the text"
        ))
    }
}
