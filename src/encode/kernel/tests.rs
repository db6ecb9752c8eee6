//! Every processor's sums, and all that stands on them, against the plain ones.

use std::cell::Cell;

use super::*;

thread_local! {
    static CHOSEN: Cell<Option<Processor>> = const { Cell::new(None) };
}

/// The processor that a test has chosen for its thread.
pub(super) fn chosen() -> Option<Processor> {
    CHOSEN.get()
}

/// What `each` gives on every processor that this machine can be, the plain one first.
pub(crate) fn on_each_processor<T>(each: impl Fn() -> T) -> Vec<T> {
    let on = |processor| {
        CHOSEN.set(Some(processor));
        let out = each();
        CHOSEN.set(None);
        out
    };
    processors().into_iter().map(on).collect()
}

/// Those that this machine can be, the plain one first.
fn processors() -> Vec<Processor> {
    #[allow(unused_mut, reason = "other machines have other processors")]
    let mut all = vec![Processor::Plain];
    #[cfg(target_arch = "x86_64")]
    {
        all.extend(x86::Avx2::new().map(Processor::Avx2));
        all.extend(x86::Vnni::new().map(Processor::Vnni));
    }
    #[cfg(target_arch = "aarch64")]
    all.push(Processor::Neon(neon::Neon));
    all
}

/// Bytes that look random.
fn bytes(seed: u64, count: usize) -> Vec<u8> {
    let mut state = seed;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..count).map(next).collect()
}

/// What a layer gives for some rows: all at once, and one by one.
struct Results<'a, const N: usize>(&'a Linear<'a>, &'a [u8]);

impl<const N: usize> Work for Results<'_, N> {
    type Out = [Vec<f32>; 2];

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) -> Self::Out {
        let Self(linear, input) = self;
        let rows = input.len() / linear.rows;
        let [mut many, mut one] = [vec![[0.0; N]; rows], vec![[1.0; N]; rows]];
        linear.of(isa, input, &mut many);
        for (row, out) in input.chunks_exact(linear.rows).zip(&mut one) {
            linear.of_one(isa, row, out);
        }
        [many, one].map(Vec::into_flattened)
    }
}

/// The same by the definition.
fn defined<const N: usize>(weights: &[u8], stride: usize, input: &[u8]) -> Vec<f32> {
    let result = |row: &[u8], n: usize| {
        let weight =
            |k: usize| weights[n / LANES * LANES * stride + (k / QUAD * LANES + n % LANES) * QUAD + k % QUAD];
        let product = |(k, x): (usize, &u8)| (i32::from(*x) - 128) * i32::from(weight(k) as i8);
        let sum: i32 = row.iter().enumerate().map(product).sum();
        sum as f32 * (n as f32 / 64.0 * 0.5) + n as f32
    };
    input.chunks_exact(stride).flat_map(|row| (0..N).map(move |n| result(row, n))).collect()
}

/// Checks layers of `N` columns.
fn check<const N: usize>(stride: usize) {
    // No weight is -128.
    let weights: Vec<u8> = bytes(9, N * stride).into_iter().map(|byte| byte.max(1) ^ 128).collect();
    let bias: Vec<f32> = (0..N).map(|n| n as f32).collect();
    let scales: Vec<f32> = bias.iter().map(|n| n / 64.0).collect();
    let linear = Linear::new(&weights, &scales, &bias, stride, Unit { zero: 128, per_unit: 2.0 });
    // The interpreter is slow: the edges alone.
    let counts = if cfg!(miri) { vec![1, 2, 3, ROWS + 1] } else { (1..=2 * ROWS + 1).collect() };
    for rows in counts {
        let input = bytes(7, rows * stride);
        let expected = defined::<N>(&weights, stride, &input);
        for processor in processors() {
            let [many, one] = processor.run(Results::<N>(&linear, &input));
            assert!(many == expected, "{processor:?}: {rows} rows of {stride}, {N} columns");
            assert!(one == expected, "{processor:?}: a row of {stride}, {N} columns");
        }
    }
}

/// `make miri` gives its processor all instructions: nothing may be left out because it has them not.
#[cfg(miri)]
#[test]
fn the_interpreter_has_every_kind_of_processor() {
    assert_eq!(processors().len(), if cfg!(target_arch = "x86_64") { 3 } else { 2 });
}

#[test]
fn every_processor_gives_what_the_definition_does() {
    // All paths: one row and pairs, eight and a rest, one panel, two, four and a rest.
    if cfg!(miri) {
        check::<16>(8);
        check::<80>(24);
        return;
    }
    for stride in [8, 64, 272, MOST_ROWS] {
        check::<16>(stride);
        check::<32>(stride);
        check::<48>(stride);
        check::<64>(stride);
        check::<144>(stride);
        check::<192>(stride);
    }
}

#[test]
fn the_largest_sums_fit() {
    for (activation, weight, zero) in
        [(255, 127, 0), (255, -127, 0), (0, -127, 0), (0, -127, 128), (0, 127, 128)]
    {
        let (input, weights) = ([activation; MOST_ROWS], [weight as u8; MOST_ROWS * LANES]);
        let unit = Unit { zero, per_unit: 1.0 };
        let linear = Linear::new(&weights, &[1.0; LANES], &[0.0; LANES], MOST_ROWS, unit);
        let sum = (i32::from(activation) - i32::from(zero)) * weight * MOST_ROWS as i32;
        for processor in processors() {
            let [many, one] = processor.run(Results::<LANES>(&linear, &input));
            assert_eq!((many, one), (vec![sum as f32; LANES], vec![sum as f32; LANES]), "{processor:?}");
        }
    }
}
