//! The products of 64-bit ARM processors, all of which have NEON.

#![allow(unsafe_code, reason = "processor instructions that Rust offers as unsafe functions only")]

use std::arch::aarch64::{
    vaddq_f32, vaddq_s32, vcvtq_f32_s32, vdup_n_s8, vdup_n_s32, vdupq_n_s32, veor_s8, vget_high_s8,
    vget_low_s8, vld1q_f32, vld1q_s8, vld1q_s32, vmlal_s8, vmull_s8, vmulq_f32, vpadalq_s16, vpaddq_s32,
    vreinterpret_s8_s32, vst1q_f32,
};

use super::{Columns, Isa, LANES, QUAD};

/// Any 64-bit ARM processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Neon;

/// What is subtracted from each activation, so that it has a sign as the instructions need it.
const BIAS: i32 = 128;

impl Isa for Neon {
    #[inline(always)]
    fn block<const R: usize, const P: usize, const N: usize>(
        self,
        input: &[u8],
        columns: Columns<'_>,
        out: &mut [[f32; N]],
    ) {
        /// More sums do not fit into the registers.
        const FEW: usize = 2;
        for p in 0..P {
            for (input, out) in input.chunks(FEW * columns.rows).zip(out.chunks_mut(FEW)) {
                rows::<FEW, N>(input, columns.panel(p), out);
            }
        }
    }
}

/// The results of up to `R` rows with one panel.
#[inline(always)]
fn rows<const R: usize, const N: usize>(input: &[u8], columns: Columns<'_>, out: &mut [[f32; N]]) {
    let Columns { at: column, rows: stride, panels, missing, scales, bias, totals } = columns;
    assert!(
        0 < out.len()
            && out.len() <= R
            && input.len() == out.len() * stride
            && stride.is_multiple_of(2 * QUAD)
    );
    assert!(panels.len() >= stride * LANES && column + LANES <= N);
    let last = out.len() - 1;
    // SAFETY: every processor of this kind has these instructions. A panel holds `LANES` = 16 quads, four loads of 16
    // bytes, for each quad of the `stride` rows; `row * stride + at + 7` is less than the input's length; `missing`,
    // `totals`, `scales` and `bias` hold sixteen numbers for the panel, and a row of `out` as many from `column` on.
    unsafe {
        // Of each row eight registers, of two columns each: the sums of a quad's first two products and of its last two.
        let mut sums = [[vdupq_n_s32(0); 8]; R];
        for at in (0..stride / QUAD).step_by(2).map(|quad| QUAD * quad) {
            let load = |quad: usize, n: usize| {
                vld1q_s8(panels.as_ptr().add((at + quad * QUAD) * LANES + 16 * n).cast())
            };
            let weights: [_; 4] = std::array::from_fn(|n| [load(0, n), load(1, n)]);
            for (row, sums) in sums.iter_mut().enumerate() {
                let quads: [_; 2] = std::array::from_fn(|quad| {
                    let from = input.as_ptr().add(row.min(last) * stride + at + quad * QUAD);
                    let quad = vreinterpret_s8_s32(vdup_n_s32(from.cast::<i32>().read_unaligned()));
                    // Minus the bias: the highest bit turned over.
                    veor_s8(quad, vdup_n_s8(i8::MIN))
                });
                for (n, [a, b]) in weights.iter().enumerate() {
                    // Two products stay within 16 bits, since no weight is -128.
                    let low = vmlal_s8(vmull_s8(quads[0], vget_low_s8(*a)), quads[1], vget_low_s8(*b));
                    let high = vmlal_s8(vmull_s8(quads[0], vget_high_s8(*a)), quads[1], vget_high_s8(*b));
                    sums[2 * n] = vpadalq_s16(sums[2 * n], low);
                    sums[2 * n + 1] = vpadalq_s16(sums[2 * n + 1], high);
                }
            }
        }
        for (out, sums) in out.iter_mut().zip(sums) {
            for n in 0..4 {
                let at = 4 * n;
                let sums = vpaddq_s32(sums[2 * n], sums[2 * n + 1]);
                let lacking: [i32; 4] =
                    std::array::from_fn(|k| missing[0][at + k] + BIAS * totals[0][at + k]);
                let sums = vcvtq_f32_s32(vaddq_s32(sums, vld1q_s32(lacking.as_ptr())));
                let scaled = vmulq_f32(sums, vld1q_f32(scales[0].as_ptr().add(at)));
                let result = vaddq_f32(scaled, vld1q_f32(bias[0].as_ptr().add(at)));
                vst1q_f32(out.as_mut_ptr().add(column + at), result);
            }
        }
    }
}
