//! Weights of the user's own.

use std::sync::{Mutex, PoisonError};

use crate::encode::Weights;
use crate::{Error, Extractor};

/// Files that have been read: an extractor views its weights in place, so each stays until the process ends, and is
/// kept once however many extractors are made of it.
static KEPT: Mutex<Vec<&'static [u8]>> = Mutex::new(Vec::new());

/// The extractor with the weights of a file.
pub(super) fn extractor(bytes: &[u8]) -> Result<Extractor, Error> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.iter().find(|known| **known == bytes) {
        return Extractor::of(&Weights::read(known)?);
    }
    // What is no weights file, or a damaged one, is refused before it is kept.
    Weights::checked(bytes)?;
    let weights: &'static [u8] = bytes.to_vec().leak();
    let extractor = Extractor::of(&Weights::read(weights)?)?;
    kept.push(weights);
    Ok(extractor)
}
