//! Products of whole numbers: 8-bit activations with 8-bit weights, summed in 32 bits.
//!
//! Whole-number sums do not depend on their order, so every processor gives the same bits.  The floating point
//! work between the products is compiled for AVX2, too: single sums, products and quotients in a fixed order, which
//! no processor may merge, so that it gives the same bits.
//!
//! ```text
//! on_this_processor(work) -> work.run(isa) -> Linear::of(isa, ...) -> isa.block(...)
//! ```

#[cfg(target_arch = "aarch64")]
mod neon;
mod plain;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(test)]
pub(crate) use tests::on_each_processor;

/// Columns that are summed side by side: a panel.
pub(crate) const LANES: usize = 16;
/// Rows of a matrix that the processors' instructions multiply and sum at once.
pub(super) const QUAD: usize = 4;
/// Rows of activations whose sums fit into the registers of the largest processors.
const ROWS: usize = 8;
/// The longest column that a matrix may have: 255 x 127 x this stays below 2^31, and AVX2 copies rows of so many
/// numbers before it multiplies them.
const MOST_ROWS: usize = 384;
/// Panels that one row is multiplied with at a time.
const PANELS: usize = 4;

/// The instructions of one kind of processor.
pub(crate) trait Isa: Copy {
    /// The results of rows of input with `P` panels, `R` rows at a time, in the columns of `out` from `columns.at` on.
    fn block<const R: usize, const P: usize, const N: usize>(
        self,
        input: &[u8],
        columns: Columns<'_>,
        out: &mut [[f32; N]],
    );
}

/// The columns of a layer from one on: whole panels of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Columns<'a> {
    /// The first one's number.
    at: usize,
    /// Inputs of the layer.
    rows: usize,
    panels: &'a [u8],
    missing: &'a [[i32; LANES]],
    scales: &'a [[f32; LANES]],
    bias: &'a [[f32; LANES]],
    #[cfg(target_arch = "aarch64")]
    totals: &'a [[i32; LANES]],
}

impl<'a> Columns<'a> {
    /// The same from the panel `p` of them on.
    #[inline(always)]
    fn panel(self, p: usize) -> Columns<'a> {
        Columns {
            at: self.at + p * LANES,
            panels: &self.panels[p * self.rows * LANES..],
            missing: &self.missing[p..],
            scales: &self.scales[p..],
            bias: &self.bias[p..],
            #[cfg(target_arch = "aarch64")]
            totals: &self.totals[p..],
            ..self
        }
    }
}

/// Work that is compiled for each kind of processor: all that it calls must be inlined into it.
pub(crate) trait Work {
    type Out;

    /// Does it.
    fn run<I: Isa>(self, isa: I) -> Self::Out;
}

/// Does the work with the best instructions that this processor has.
pub(crate) fn on_this_processor<W: Work>(work: W) -> W::Out {
    #[cfg(test)]
    if let Some(processor) = tests::chosen() {
        return processor.run(work);
    }
    Processor::best().run(work)
}

/// A kind of processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Processor {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2(x86::Avx2),
    #[cfg(target_arch = "x86_64")]
    Vnni(x86::Vnni),
    #[cfg(target_arch = "aarch64")]
    Neon(neon::Neon),
}

impl Processor {
    #[inline]
    fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(isa) = x86::Vnni::new() {
                return Self::Vnni(isa);
            }
            if let Some(isa) = x86::Avx2::new() {
                return Self::Avx2(isa);
            }
        }
        #[cfg(target_arch = "aarch64")]
        return Self::Neon(neon::Neon);
        #[cfg(not(target_arch = "aarch64"))]
        Self::Plain
    }

    #[inline]
    fn run<W: Work>(self, work: W) -> W::Out {
        match self {
            Self::Plain => work.run(plain::Plain),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(isa) => isa.run(work),
            #[cfg(target_arch = "x86_64")]
            Self::Vnni(isa) => isa.run(work),
            #[cfg(target_arch = "aarch64")]
            Self::Neon(isa) => work.run(isa),
        }
    }
}

/// A layer: `out = in * matrix + bias`, its matrix of signed bytes viewed in the weights' own order.
#[derive(Debug)]
pub(crate) struct Linear<'a> {
    rows: usize,
    /// `[panel][row / QUAD][column of LANES][row % QUAD]`.
    panels: &'a [u8],
    /// What a column's sum lacks where the input's `zero` is not 0.
    missing: Vec<[i32; LANES]>,
    /// From sums to results, for each column.
    scales: Vec<[f32; LANES]>,
    bias: Vec<[f32; LANES]>,
    /// The sums of the columns.
    #[cfg(target_arch = "aarch64")]
    totals: Vec<[i32; LANES]>,
}

/// What the levels of an input mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// The byte that stands for 0.
    pub(crate) zero: u8,
    /// Levels for 1.0.
    pub(crate) per_unit: f32,
}

impl<'a> Linear<'a> {
    /// From panels of `rows` rows, with a scale and a bias for each column.
    pub(crate) fn new(panels: &'a [u8], scales: &[f32], bias: &[f32], rows: usize, unit: Unit) -> Self {
        let count = scales.len().div_ceil(LANES);
        debug_assert!(
            rows <= MOST_ROWS && rows.is_multiple_of(2 * QUAD) && panels.len() == count * LANES * rows
        );
        let total = |panel: &[u8]| {
            let mut total = [0; LANES];
            for quads in panel.as_chunks::<{ QUAD * LANES }>().0 {
                for (total, quad) in total.iter_mut().zip(quads.as_chunks::<QUAD>().0) {
                    *total += quad.iter().map(|weight| i32::from(*weight as i8)).sum::<i32>();
                }
            }
            total
        };
        let totals: Vec<[i32; LANES]> = panels.chunks_exact(rows * LANES).map(total).collect();
        let unit_scales: Vec<f32> = scales.iter().map(|scale| scale * (1.0 / unit.per_unit)).collect();
        Self {
            rows,
            panels,
            missing: totals.iter().map(|total| total.map(|total| -i32::from(unit.zero) * total)).collect(),
            scales: padded(&unit_scales),
            bias: padded(bias),
            #[cfg(target_arch = "aarch64")]
            totals,
        }
    }

    /// The results of rows of input: `N` whole panels, as many as the layer has; those behind its last column are zero.
    #[inline(always)]
    pub(crate) fn of<I: Isa, const N: usize>(&self, isa: I, input: &[u8], out: &mut [[f32; N]]) {
        assert!(N == self.scales.len() * LANES && input.len() == out.len() * self.rows);
        for panel in (0..N / LANES).step_by(2) {
            let columns = self.columns().panel(panel);
            if panel + 1 < N / LANES {
                isa.block::<ROWS, 2, N>(input, columns, out);
            } else {
                isa.block::<ROWS, 1, N>(input, columns, out);
            }
        }
    }

    /// The results of one row, as [`Linear::of`].
    #[inline(always)]
    pub(crate) fn of_one<I: Isa, const N: usize>(&self, isa: I, input: &[u8], out: &mut [f32; N]) {
        assert!(N == self.scales.len() * LANES && input.len() == self.rows);
        let mut panel = 0;
        while panel < N / LANES {
            let columns = self.columns().panel(panel);
            let out = std::slice::from_mut(out);
            if panel + PANELS <= N / LANES {
                isa.block::<1, PANELS, N>(input, columns, out);
                panel += PANELS;
            } else {
                isa.block::<1, 1, N>(input, columns, out);
                panel += 1;
            }
        }
    }

    /// Inputs of the layer.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// All columns.
    #[inline(always)]
    fn columns(&self) -> Columns<'_> {
        Columns {
            at: 0,
            rows: self.rows,
            panels: self.panels,
            missing: &self.missing,
            scales: &self.scales,
            bias: &self.bias,
            #[cfg(target_arch = "aarch64")]
            totals: &self.totals,
        }
    }
}

/// Some numbers with zeros behind them, by panels.
fn padded(x: &[f32]) -> Vec<[f32; LANES]> {
    let panel = |x: &[f32]| {
        let mut out = [0.0; LANES];
        out[..x.len()].copy_from_slice(x);
        out
    };
    x.chunks(LANES).map(panel).collect()
}
