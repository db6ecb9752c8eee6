//! The results that every processor's must equal.

use super::{Columns, Isa, LANES, QUAD};

/// Any processor at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plain;

impl Isa for Plain {
    #[inline]
    fn block<const R: usize, const P: usize, const N: usize>(
        self,
        input: &[u8],
        columns: Columns<'_>,
        out: &mut [[f32; N]],
    ) {
        for (row, out) in input.chunks_exact(columns.rows).zip(out) {
            let panels = columns.panels.chunks_exact(columns.rows * LANES).take(P).enumerate();
            for ((p, panel), out) in panels.zip(out[columns.at..].as_chunks_mut::<LANES>().0) {
                let mut sums = columns.missing[p];
                let quads = panel.as_chunks::<{ QUAD * LANES }>().0;
                for (activations, quads) in row.as_chunks::<QUAD>().0.iter().zip(quads) {
                    for (sum, weights) in sums.iter_mut().zip(quads.as_chunks::<QUAD>().0) {
                        for (activation, weight) in activations.iter().zip(weights) {
                            *sum += i32::from(*activation) * i32::from(*weight as i8);
                        }
                    }
                }
                for (n, out) in out.iter_mut().enumerate() {
                    *out = sums[n] as f32 * columns.scales[p][n] + columns.bias[p][n];
                }
            }
        }
    }
}
