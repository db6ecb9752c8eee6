//! Products of whole numbers: 16-bit activations with 8-bit weights, summed in 32 bits.
//!
//! Whole-number sums do not depend on their order, so every processor gives the same bits.  The largest
//! sum, [`LEVELS`] x 127 x [`MOST_ROWS`], stays below 2^31.

#![allow(unsafe_code, reason = "processor instructions that Rust offers as unsafe functions only")]

/// Activations are whole numbers from `-LEVELS` to `LEVELS`.
pub(crate) const LEVELS: f32 = 16383.0;
/// The longest column that a matrix may have.
const MOST_ROWS: usize = 1024;
/// Columns that are summed side by side.
pub(crate) const LANES: usize = 16;

/// A matrix of signed bytes with one scale for each column.
///
/// Stored by panels of [`LANES`] columns; within a panel two rows at a time, since the processors' instruction
/// multiplies pairs: `[panel][row / 2][column][row % 2]`.
#[derive(Debug)]
pub(crate) struct Matrix {
    panels: Vec<i16>,
    scales: Vec<f32>,
    rows: usize,
    products: Products,
}

/// Sums of a tile: rows of activations (`stride` numbers each) with consecutive panels, `[row][panel]`.
type Product = fn(&[i16], usize, &[i16], &mut [[i32; LANES]]);

/// The tiles that matrices are covered with.
#[derive(Clone, Copy, Debug)]
struct Products {
    /// Up to [`ROWS`] rows with two panels.
    pair: Product,
    /// Up to [`ROWS`] rows with one panel.
    rows: Product,
    /// One row with [`PANELS`] panels.
    panels: Product,
}

const ROWS: usize = 8;
const PANELS: usize = 4;

impl Matrix {
    /// From signed bytes `[column][row]` and a scale for each column.
    pub(crate) fn new(numbers: &[u8], mut scales: Vec<f32>, rows: usize) -> Self {
        debug_assert!(rows <= MOST_ROWS && rows.is_multiple_of(2) && numbers.len() == scales.len() * rows);
        let columns = scales.len().next_multiple_of(LANES);
        let mut panels = vec![0; columns * rows];
        for (n, column) in numbers.chunks_exact(rows).enumerate() {
            let panel = &mut panels[n / LANES * LANES * rows..];
            for (row, number) in column.iter().enumerate() {
                panel[(row / 2 * LANES + n % LANES) * 2 + row % 2] = i16::from(*number as i8);
            }
        }
        scales.resize(columns, 0.0);
        Self { panels, scales, rows, products: best_products() }
    }

    /// Calls `each` with the number of each row of `input`, a first column and the [`LANES`] sums from there on,
    /// in the weights' unit times `unit`; columns past the matrix's own are zero.
    #[inline]
    pub(crate) fn times(&self, input: &[i16], unit: f32, mut each: impl FnMut(usize, usize, &[f32; LANES])) {
        let mut sums = [[0; LANES]; 2 * ROWS];
        let panels = self.panels.chunks(2 * self.rows * LANES).zip(self.scales.chunks(2 * LANES));
        for (number, (panels, scales)) in panels.enumerate() {
            let scales = scales.as_chunks().0;
            let product = if scales.len() == 2 { self.products.pair } else { self.products.rows };
            for (tile, rows) in input.chunks(self.rows * ROWS).enumerate() {
                let sums = &mut sums[..rows.len() / self.rows * scales.len()];
                product(rows, self.rows, panels, sums);
                for (row, sums) in sums.chunks_exact(scales.len()).enumerate() {
                    for (n, (sum, scales)) in sums.iter().zip(scales).enumerate() {
                        each(tile * ROWS + row, (2 * number + n) * LANES, &scaled(sum, scales, unit));
                    }
                }
            }
        }
    }

    /// The product with one row, in the weights' unit times `unit`; `out` has a whole number of [`LANES`].
    #[inline]
    pub(crate) fn times_one(&self, input: &[i16], unit: f32, out: &mut [f32]) {
        let mut sums = [[0; LANES]; PANELS];
        let groups = self.panels.chunks(self.rows * LANES * PANELS).zip(self.scales.chunks(LANES * PANELS));
        for ((panels, scales), out) in groups.zip(out.chunks_mut(LANES * PANELS)) {
            let count = scales.len() / LANES;
            if count == PANELS {
                (self.products.panels)(input, self.rows, panels, &mut sums);
            } else {
                for (panel, sum) in panels.chunks_exact(self.rows * LANES).zip(&mut sums) {
                    (self.products.rows)(input, self.rows, panel, std::slice::from_mut(sum));
                }
            }
            let sums = sums.iter().zip(scales.as_chunks().0).zip(out.as_chunks_mut().0);
            for ((sum, scales), out) in sums {
                *out = scaled(sum, scales, unit);
            }
        }
    }
}

#[inline]
fn scaled(sums: &[i32; LANES], scales: &[f32; LANES], unit: f32) -> [f32; LANES] {
    std::array::from_fn(|n| sums[n] as f32 * (scales[n] * unit))
}

/// The fastest products that this processor has.
fn best_products() -> Products {
    #[cfg(target_arch = "x86_64")]
    {
        if x86::has_vnni() {
            return x86::VNNI;
        }
        if x86::has_avx2() {
            return x86::AVX2;
        }
    }
    Products { pair: product_plain, rows: product_plain, panels: product_plain }
}

/// The sums that every other product must equal.
fn product_plain(input: &[i16], stride: usize, panels: &[i16], out: &mut [[i32; LANES]]) {
    let count = panels.len() / (stride * LANES);
    for (row, sums) in input.chunks_exact(stride).zip(out.chunks_exact_mut(count)) {
        for (panel, sums) in panels.chunks_exact(stride * LANES).zip(sums) {
            *sums = [0; LANES];
            for (pair, weights) in row.chunks_exact(2).zip(panel.chunks_exact(LANES * 2)) {
                for (sum, weight) in sums.iter_mut().zip(weights.chunks_exact(2)) {
                    *sum +=
                        i32::from(pair[0]) * i32::from(weight[0]) + i32::from(pair[1]) * i32::from(weight[1]);
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
        _mm256_storeu_si256, _mm512_dpwssd_epi32, _mm512_loadu_si512, _mm512_set1_epi32,
        _mm512_setzero_si512, _mm512_storeu_si512,
    };

    use super::{LANES, PANELS, Products, ROWS};

    pub(super) fn has_avx2() -> bool {
        is_x86_feature_detected!("avx2")
    }

    pub(super) fn has_vnni() -> bool {
        is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni")
    }

    /// Only for processors that [`has_avx2`] is true of.
    pub(super) const AVX2: Products = Products {
        // SAFETY: the caller has asked the processor.
        pair: |x, s, w, out| unsafe { avx2_tile::<2>(x, s, w, out) },
        // SAFETY: the caller has asked the processor.
        rows: |x, s, w, out| unsafe { avx2_tile::<1>(x, s, w, out) },
        // SAFETY: the caller has asked the processor.
        panels: |x, s, w, out| unsafe { avx2::<1, PANELS>(x, s, w, out) },
    };

    /// Only for processors that [`has_vnni`] is true of.
    pub(super) const VNNI: Products = Products {
        // SAFETY: the caller has asked the processor.
        pair: |x, s, w, out| unsafe { vnni::<ROWS, 2>(x, s, w, out) },
        // SAFETY: the caller has asked the processor.
        rows: |x, s, w, out| unsafe { vnni::<ROWS, 1>(x, s, w, out) },
        // SAFETY: the caller has asked the processor.
        panels: |x, s, w, out| unsafe { vnni::<1, PANELS>(x, s, w, out) },
    };

    /// Tiles of four rows and one panel: more sums than that do not fit into the registers.
    #[target_feature(enable = "avx2")]
    fn avx2_tile<const P: usize>(x: &[i16], stride: usize, w: &[i16], out: &mut [[i32; LANES]]) {
        let mut sums = [[0; LANES]; 4];
        for (rows, out) in x.chunks(4 * stride).zip(out.chunks_mut(4 * P)) {
            let sums = &mut sums[..out.len() / P];
            for (p, panel) in w.chunks_exact(stride * LANES).take(P).enumerate() {
                avx2::<4, 1>(rows, stride, panel, sums);
                for (out, sum) in out[p..].iter_mut().step_by(P).zip(sums.iter()) {
                    *out = *sum;
                }
            }
        }
    }

    /// Checks the sizes that the loads and stores below rely on; the number of rows.
    #[inline]
    fn rows_of<const R: usize, const P: usize>(
        input: &[i16],
        stride: usize,
        panels: &[i16],
        out: &[[i32; LANES]],
    ) -> usize {
        let rows = out.len() / P;
        assert!(0 < rows && rows <= R && out.len() == rows * P);
        assert!(
            stride.is_multiple_of(2) && input.len() >= rows * stride && panels.len() >= P * stride * LANES
        );
        rows
    }

    #[target_feature(enable = "avx2")]
    fn avx2<const R: usize, const P: usize>(x: &[i16], stride: usize, w: &[i16], out: &mut [[i32; LANES]]) {
        let rows = rows_of::<R, P>(x, stride, w, out);
        let mut sums = [[[_mm256_setzero_si256(); 2]; P]; R];
        for at in (0..stride / 2).map(|pair| 2 * pair) {
            // SAFETY: a panel holds `LANES` = 16 pairs, two loads, for each pair of the `stride` rows.
            let weights: [_; P] = std::array::from_fn(|p| unsafe {
                let from = w.as_ptr().add((p * stride + at) * LANES);
                [_mm256_loadu_si256(from.cast()), _mm256_loadu_si256(from.add(LANES).cast())]
            });
            for (row, sums) in sums.iter_mut().enumerate() {
                // SAFETY: `row * stride + at + 1` is less than `rows * stride`; the read need not be aligned.
                let pair =
                    unsafe { x.as_ptr().add(row.min(rows - 1) * stride + at).cast::<i32>().read_unaligned() };
                let pair = _mm256_set1_epi32(pair);
                for (sum, weights) in sums.iter_mut().zip(&weights) {
                    sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(pair, weights[0]));
                    sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(pair, weights[1]));
                }
            }
        }
        for (to, sum) in out.iter_mut().zip(sums.as_flattened()) {
            // SAFETY: a row of `out` holds 16 numbers, two stores of eight.
            unsafe {
                _mm256_storeu_si256(to.as_mut_ptr().cast(), sum[0]);
                _mm256_storeu_si256(to.as_mut_ptr().add(8).cast(), sum[1]);
            }
        }
    }

    /// As [`avx2`], with sixteen sums in one register, and product and sum in one instruction.
    #[target_feature(enable = "avx512f,avx512vnni")]
    fn vnni<const R: usize, const P: usize>(x: &[i16], stride: usize, w: &[i16], out: &mut [[i32; LANES]]) {
        let rows = rows_of::<R, P>(x, stride, w, out);
        let mut sums = [[_mm512_setzero_si512(); P]; R];
        for at in (0..stride / 2).map(|pair| 2 * pair) {
            // SAFETY: a panel holds `LANES` = 16 pairs, one load, for each pair of the `stride` rows.
            let weights: [_; P] = std::array::from_fn(|p| unsafe {
                _mm512_loadu_si512(w.as_ptr().add((p * stride + at) * LANES).cast())
            });
            for (row, sums) in sums.iter_mut().enumerate() {
                // SAFETY: `row * stride + at + 1` is less than `rows * stride`; the read need not be aligned.
                let pair =
                    unsafe { x.as_ptr().add(row.min(rows - 1) * stride + at).cast::<i32>().read_unaligned() };
                let pair = _mm512_set1_epi32(pair);
                for (sum, weights) in sums.iter_mut().zip(&weights) {
                    *sum = _mm512_dpwssd_epi32(*sum, pair, *weights);
                }
            }
        }
        for (to, sum) in out.iter_mut().zip(sums.as_flattened()) {
            // SAFETY: a row of `out` holds 16 numbers, one store.
            unsafe { _mm512_storeu_si512(to.as_mut_ptr().cast(), *sum) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, from -`most` to `most`.
    fn numbers(seed: u64, count: usize, most: i64) -> Vec<i16> {
        let mut state = seed;
        let next = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) as i64 % (2 * most + 1) - most) as i16
        };
        (0..count).map(next).collect()
    }

    fn products() -> Vec<(&'static str, Products)> {
        #[allow(unused_mut, reason = "other processors have the plain one only")]
        let mut all = vec![("best", best_products())];
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(x86::has_avx2().then_some(("avx2", x86::AVX2)));
            all.extend(x86::has_vnni().then_some(("vnni", x86::VNNI)));
        }
        all
    }

    #[test]
    fn every_product_equals_the_plain_one() {
        let check = |name, product: Product, rows: usize, panels: usize, stride: usize| {
            let input = numbers(7, rows * stride, LEVELS as i64);
            let weights = numbers(9, panels * stride * LANES, 127);
            let mut expected = vec![[0; LANES]; rows * panels];
            product_plain(&input, stride, &weights, &mut expected);
            let mut found = vec![[1; LANES]; rows * panels];
            product(&input, stride, &weights, &mut found);
            assert_eq!(found, expected, "{name}: {rows} rows of {stride}, {panels} panels");
        };
        for stride in [2, 64, 176, 384, MOST_ROWS] {
            for (name, products) in products() {
                (1..=ROWS).for_each(|rows| check(name, products.rows, rows, 1, stride));
                (1..=ROWS).for_each(|rows| check(name, products.pair, rows, 2, stride));
                check(name, products.panels, 1, PANELS, stride);
            }
        }
    }

    #[test]
    fn the_largest_sum_fits() {
        let input = vec![LEVELS as i16; MOST_ROWS];
        let panel = vec![-127; MOST_ROWS * LANES];
        let mut out = [[0; LANES]];
        (best_products().rows)(&input, MOST_ROWS, &panel, &mut out);
        assert_eq!(i64::from(out[0][0]), -127 * i64::from(LEVELS as i16) * MOST_ROWS as i64);
    }

    #[test]
    fn one_row_gives_the_same_as_many() {
        let (rows, columns) = (64, 192 + 3 * LANES);
        let bytes: Vec<u8> = numbers(3, rows * columns, 127).iter().map(|n| *n as u8).collect();
        let scales = (0..columns).map(|n| n as f32 / 64.0).collect();
        let matrix = Matrix::new(&bytes, scales, rows);
        let input = numbers(5, rows, LEVELS as i64);
        let (mut one, mut many) = (vec![0.0; columns], vec![1.0; columns]);
        matrix.times_one(&input, 0.5, &mut one);
        matrix.times(&input, 0.5, |_, at, sums| many[at..at + LANES].copy_from_slice(sums));
        assert_eq!(one, many);
    }
}
