//! Reads a weights file: a header that names the tensors, then their numbers.
//!
//! Layout, little-endian: `ONRECORD`, format version (u32), length of the header (u32), the header (JSON: name,
//! numeric type, shape and offset of each tensor), then the tensors at their offsets from the header's end, then the
//! SHA-256 of all that comes before.

use std::collections::HashMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::kernel::{LANES, Linear, QUAD, Unit};
use crate::error::{Error, Reason};

const MAGIC: &[u8] = b"ONRECORD";
const VERSION: u32 = 3;
const DIGEST: usize = 32;

/// Where one tensor stands and what it holds.
#[derive(Debug, Deserialize)]
struct Entry {
    name: String,
    /// `i8`, `u32` or `f32`.
    dtype: String,
    shape: Vec<usize>,
    offset: usize,
}

/// A weights file that has been checked, by tensor name.
#[derive(Debug)]
pub(crate) struct Weights<'a> {
    entries: HashMap<String, Entry>,
    data: &'a [u8],
}

fn wrong(what: impl Into<String>) -> Error {
    Reason::Weights(what.into()).into()
}

impl<'a> Weights<'a> {
    /// Checks the header.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let number = |at: usize| {
            let four = bytes.get(at..at + 4).and_then(|b| b.try_into().ok());
            four.map(u32::from_le_bytes).ok_or_else(|| wrong("the file is cut short"))
        };
        if !bytes.starts_with(MAGIC) {
            return Err(wrong("it is no weights file"));
        }
        let version = number(MAGIC.len())?;
        if version != VERSION {
            return Err(wrong(format!("its format is {version}, this version reads {VERSION}")));
        }
        let start = MAGIC.len() + 8;
        let end = start + number(MAGIC.len() + 4)? as usize;
        let header = bytes.get(start..end).ok_or_else(|| wrong("the header is cut short"))?;
        let entries: Vec<Entry> =
            serde_json::from_slice(header).map_err(|e| wrong(format!("header: {e}")))?;
        let entries = entries.into_iter().map(|e| (e.name.clone(), e)).collect();
        Ok(Self { entries, data: bytes.get(end..).unwrap_or_default() })
    }

    /// Checks the digest too, for a file that is not the crate's own.
    pub(crate) fn checked(bytes: &'a [u8]) -> Result<Self, Error> {
        let weights = Self::read(bytes)?;
        match bytes.split_last_chunk::<DIGEST>() {
            Some((content, digest)) if Sha256::digest(content)[..] == digest[..] => Ok(weights),
            _ => Err(wrong("its digest does not fit: the file is damaged or cut short")),
        }
    }

    /// The bytes of a tensor of the given type and shape.
    fn bytes(&self, name: &str, dtype: &str, shape: &[usize]) -> Result<&'a [u8], Error> {
        let entry = self.entries.get(name).ok_or_else(|| wrong(format!("{name} is missing")))?;
        if entry.dtype != dtype || entry.shape != shape {
            let found = format!("{} {:?}", entry.dtype, entry.shape);
            return Err(wrong(format!("{name} is {found}, expected {dtype} {shape:?}")));
        }
        let size = shape.iter().product::<usize>() * if dtype == "i8" { 1 } else { 4 };
        let end = entry.offset.checked_add(size);
        let bytes = end.and_then(|end| self.data.get(entry.offset..end));
        bytes.ok_or_else(|| wrong(format!("{name} is cut short")))
    }

    /// Signed bytes, viewed in place: read each with `as i8`.
    pub(crate) fn signed(&self, name: &str, shape: &[usize]) -> Result<&'a [u8], Error> {
        self.bytes(name, "i8", shape)
    }

    /// 32-bit floating point numbers.
    pub(crate) fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let bytes = self.bytes(name, "f32", shape)?;
        let (numbers, _) = bytes.as_chunks::<4>();
        Ok(numbers.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }

    /// Whole numbers of 32 bits.
    pub(crate) fn numbers(&self, name: &str, shape: &[usize]) -> Result<Vec<u32>, Error> {
        let bytes = self.bytes(name, "u32", shape)?;
        let (numbers, _) = bytes.as_chunks::<4>();
        Ok(numbers.iter().map(|four| u32::from_le_bytes(*four)).collect())
    }

    /// The layer `name` with `rows` inputs, of which `unit` tells what they mean, and `columns` outputs.
    pub(crate) fn linear(
        &self,
        name: &str,
        (rows, columns): (usize, usize),
        unit: Unit,
    ) -> Result<Linear<'a>, Error> {
        let bias = self.floats(&format!("{name}.b"), &[columns])?;
        self.layer(&format!("{name}.w"), &bias, (rows, columns), unit)
    }

    /// The same for a matrix with this name that has no bias.
    pub(crate) fn matrix(
        &self,
        name: &str,
        (rows, columns): (usize, usize),
        unit: Unit,
    ) -> Result<Linear<'a>, Error> {
        self.layer(name, &vec![0.0; columns], (rows, columns), unit)
    }

    fn layer(
        &self,
        matrix: &str,
        bias: &[f32],
        (rows, columns): (usize, usize),
        unit: Unit,
    ) -> Result<Linear<'a>, Error> {
        let panels = self.signed(matrix, &[columns.div_ceil(LANES), rows / QUAD, LANES, QUAD])?;
        // NEON sums two products in 16 bits.
        if panels.contains(&(i8::MIN as u8)) {
            return Err(wrong(format!("{matrix} holds -128, the least is -127")));
        }
        let scales = self.floats(&format!("{matrix}.scale"), &[columns])?;
        Ok(Linear::new(panels, &scales, bias, rows, unit))
    }

    /// `N` floating point numbers.
    pub(crate) fn array<const N: usize>(&self, name: &str) -> Result<[f32; N], Error> {
        let numbers = self.floats(name, &[N])?;
        Ok(std::array::from_fn(|n| numbers[n]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with this header and these tensor bytes.
    fn file(version: u32, header: &str, data: &[u8]) -> Vec<u8> {
        let length = header.len() as u32;
        [MAGIC, &version.to_le_bytes(), &length.to_le_bytes(), header.as_bytes(), data].concat()
    }

    fn complaint<T>(result: Result<T, Error>) -> String {
        result.err().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_broken_file_is_refused_with_its_fault() {
        let of = |bytes: &[u8]| complaint(Weights::read(bytes));
        assert!(of(b"PK\x03\x04").ends_with("it is no weights file"));
        assert!(of(MAGIC).ends_with("the file is cut short"));
        assert!(of(&file(9, "[]", b"")).ends_with("its format is 9, this version reads 3"));
        let mut cut = file(VERSION, "[]", b"");
        cut.pop();
        assert!(of(&cut).ends_with("the header is cut short"));
        assert!(of(&file(VERSION, "{}", b"")).contains("header: "));
    }

    #[test]
    fn a_file_with_a_digest_is_refused_when_any_byte_of_it_is_another() -> Result<(), Error> {
        let header = r#"[{"name": "x", "dtype": "i8", "shape": [2], "offset": 0}]"#;
        let content = file(VERSION, header, &[3, 4]);
        let whole = [&content[..], &Sha256::digest(&content)].concat();
        assert_eq!(Weights::checked(&whole)?.signed("x", &[2])?, [3, 4]);
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 4;
            assert!(Weights::checked(&damaged).is_err(), "byte {at}");
            assert!(Weights::checked(&whole[..at]).is_err(), "cut to {at}");
        }
        assert!(complaint(Weights::checked(&whole[..whole.len() - 1])).ends_with("damaged or cut short"));
        Ok(())
    }

    #[test]
    fn a_tensor_has_the_type_and_shape_that_its_layer_asks_for() -> Result<(), Error> {
        let header = r#"[{"name": "x", "dtype": "f32", "shape": [2], "offset": 0}]"#;
        let whole = file(VERSION, header, &[0, 0, 128, 63, 0, 0, 0, 64]);
        let weights = Weights::read(&whole)?;
        assert_eq!(weights.floats("x", &[2])?, [1.0, 2.0]);
        assert!(complaint(weights.floats("y", &[2])).ends_with("y is missing"));
        assert!(complaint(weights.floats("x", &[3])).ends_with("x is f32 [2], expected f32 [3]"));
        let cut = file(VERSION, header, &[0, 0, 128]);
        assert!(complaint(Weights::read(&cut)?.floats("x", &[2])).ends_with("x is cut short"));
        Ok(())
    }
}
