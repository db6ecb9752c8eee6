//! The products of x86-64 processors: those since 2013 have AVX2, many since 2019 AVX-512 with VNNI.

#![allow(unsafe_code, reason = "processor instructions that Rust offers as unsafe functions only")]

use std::arch::x86_64::{
    _mm_loadu_si128, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi8_epi16, _mm256_cvtepi32_ps,
    _mm256_hadd_epi32, _mm256_loadu_ps, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_mul_ps,
    _mm256_permute4x64_epi64, _mm256_set1_epi64x, _mm256_setzero_si256, _mm256_storeu_ps, _mm512_add_epi32,
    _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_loadu_ps, _mm512_loadu_si512,
    _mm512_mul_ps, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_storeu_ps,
};

use super::{Columns, Isa, LANES, MOST_ROWS, QUAD, Work};

/// A processor that has AVX2: there is no other way to get one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Avx2(());

/// A processor that has AVX-512 with VNNI: there is no other way to get one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Vnni(());

impl Avx2 {
    #[inline]
    pub(super) fn new() -> Option<Self> {
        is_x86_feature_detected!("avx2").then_some(Self(()))
    }

    #[inline]
    pub(super) fn run<W: Work>(self, work: W) -> W::Out {
        // SAFETY: the processor has been asked.
        unsafe { with_avx2(self, work) }
    }
}

impl Vnni {
    #[inline]
    pub(super) fn new() -> Option<Self> {
        let has = is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni");
        (has && is_x86_feature_detected!("avx2")).then_some(Self(()))
    }

    #[inline]
    pub(super) fn run<W: Work>(self, work: W) -> W::Out {
        // SAFETY: the processor has been asked.
        unsafe { with_avx2(self, work) }
    }
}

/// The floating point work of both. With AVX-512, a build with fat LTO (LLVM 22) gave wrong best paths of the roles;
/// `cargo test --release` showed it.
#[target_feature(enable = "avx2")]
fn with_avx2<I: Isa, W: Work>(isa: I, work: W) -> W::Out {
    work.run(isa)
}

impl Isa for Avx2 {
    #[inline(always)]
    fn block<const R: usize, const P: usize, const N: usize>(
        self,
        input: &[u8],
        columns: Columns<'_>,
        out: &mut [[f32; N]],
    ) {
        for p in 0..P {
            // SAFETY: the processor has been asked.
            unsafe { avx2(input, columns.panel(p), out) };
        }
    }
}

impl Isa for Vnni {
    #[inline(always)]
    fn block<const R: usize, const P: usize, const N: usize>(
        self,
        input: &[u8],
        columns: Columns<'_>,
        out: &mut [[f32; N]],
    ) {
        for (input, out) in input.chunks(R * columns.rows).zip(out.chunks_mut(R)) {
            // SAFETY: the processor has been asked.
            unsafe { vnni::<R, P, N>(input, columns, out) };
        }
    }
}

/// Checks what the loads and stores below rely on.
#[inline(always)]
fn check<const R: usize, const P: usize, const N: usize>(
    input: usize,
    columns: &Columns<'_>,
    out: &[[f32; N]],
) {
    let Columns { at, rows, panels, missing, scales, bias } = columns;
    assert!(!out.is_empty() && out.len() <= R && input == out.len() * rows && rows.is_multiple_of(QUAD));
    assert!(panels.len() >= P * rows * LANES && at + P * LANES <= N);
    assert!(missing.len() >= P && scales.len() >= P && bias.len() >= P);
}

/// Rows whose sums fit into the registers.
const FEW: usize = 2;

/// The results of rows with one panel, whose bytes are made 16 bits wide: the instruction for bytes would cut sums off.
#[inline]
#[target_feature(enable = "avx2")]
fn avx2<const N: usize>(input: &[u8], columns: Columns<'_>, out: &mut [[f32; N]]) {
    let mut wide = [0; FEW * MOST_ROWS];
    for (input, out) in input.chunks(FEW * columns.rows).zip(out.chunks_mut(FEW)) {
        let wide = &mut wide[..input.len()];
        for (wide, narrow) in wide.iter_mut().zip(input) {
            *wide = i16::from(*narrow);
        }
        if out.len() == 1 {
            avx2_rows::<1, N>(wide, &columns, out);
        } else {
            avx2_rows::<FEW, N>(wide, &columns, out);
        }
    }
}

/// The results of `R` rows.
#[inline]
#[target_feature(enable = "avx2")]
fn avx2_rows<const R: usize, const N: usize>(input: &[i16], columns: &Columns<'_>, out: &mut [[f32; N]]) {
    check::<R, 1, N>(input.len(), columns, out);
    let stride = columns.rows;
    assert!(out.len() == R);
    // Of each row four registers, of four columns each: the sums of the quad's first two products and of its last two.
    let mut sums = [[_mm256_setzero_si256(); 4]; R];
    for at in (0..stride / QUAD).map(|quad| QUAD * quad) {
        let quads: [_; R] = std::array::from_fn(|row| {
            // SAFETY: `row * stride + at + 3` is less than the input's length; the read need not be aligned.
            let quad = unsafe { input.as_ptr().add(row * stride + at).cast::<i64>().read_unaligned() };
            _mm256_set1_epi64x(quad)
        });
        for n in 0..4 {
            // SAFETY: a panel holds `LANES` = 16 quads, four loads of 16 bytes, for each quad of the `stride` rows.
            let weights = unsafe { _mm_loadu_si128(columns.panels.as_ptr().add(at * LANES + 16 * n).cast()) };
            let weights = _mm256_cvtepi8_epi16(weights);
            for (sums, quad) in sums.iter_mut().zip(quads) {
                sums[n] = _mm256_add_epi32(sums[n], _mm256_madd_epi16(quad, weights));
            }
        }
    }
    for (out, [a, b, c, d]) in out.iter_mut().zip(sums) {
        for (half, [x, y]) in [[a, b], [c, d]].into_iter().enumerate() {
            // The sums of neighbours come in the order 0 1 4 5 2 3 6 7.
            let sums = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(x, y));
            let at = 8 * half;
            // SAFETY: a panel has 16 of each, three loads and one store of eight.
            unsafe {
                let sums =
                    _mm256_add_epi32(sums, _mm256_loadu_si256(columns.missing[0].as_ptr().add(at).cast()));
                let scales = _mm256_loadu_ps(columns.scales[0].as_ptr().add(at));
                let bias = _mm256_loadu_ps(columns.bias[0].as_ptr().add(at));
                let result = _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(sums), scales), bias);
                _mm256_storeu_ps(out.as_mut_ptr().add(columns.at + at), result);
            }
        }
    }
}

/// The results of up to `R` rows with `P` panels, sixteen in a register.
#[inline]
#[target_feature(enable = "avx512f,avx512vnni")]
fn vnni<const R: usize, const P: usize, const N: usize>(
    input: &[u8],
    columns: Columns<'_>,
    out: &mut [[f32; N]],
) {
    check::<R, P, N>(input.len(), &columns, out);
    let (stride, last) = (columns.rows, out.len() - 1);
    let mut sums = [[_mm512_setzero_si512(); P]; R];
    for at in (0..stride / QUAD).map(|quad| QUAD * quad) {
        // SAFETY: a panel holds `LANES` = 16 quads, one load, for each quad of the `stride` rows.
        let weights: [_; P] = std::array::from_fn(|p| unsafe {
            _mm512_loadu_si512(columns.panels.as_ptr().add((p * stride + at) * LANES).cast())
        });
        for (row, sums) in sums.iter_mut().enumerate() {
            // SAFETY: `row * stride + at + 3` is less than the input's length; the read need not be aligned.
            let quad =
                unsafe { input.as_ptr().add(row.min(last) * stride + at).cast::<i32>().read_unaligned() };
            let quad = _mm512_set1_epi32(quad);
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = _mm512_dpbusd_epi32(*sum, quad, weights);
            }
        }
    }
    for (out, sums) in out.iter_mut().zip(sums) {
        for (p, sums) in sums.into_iter().enumerate() {
            // SAFETY: a panel has 16 of each, one load and one store.
            unsafe {
                let sums = _mm512_add_epi32(sums, _mm512_loadu_si512(columns.missing[p].as_ptr().cast()));
                let scales = _mm512_loadu_ps(columns.scales[p].as_ptr());
                let bias = _mm512_loadu_ps(columns.bias[p].as_ptr());
                let result = _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(sums), scales), bias);
                _mm512_storeu_ps(out.as_mut_ptr().add(columns.at + p * LANES), result);
            }
        }
    }
}
