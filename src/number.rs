//! The one curve that probabilities need, made of sums and products alone so that it is the same everywhere.

/// `e^x`, to about six digits, for `x` from -60 to 60; beyond that the value at the end.
fn exp(x: f32) -> f32 {
    let x = x.clamp(-60.0, 60.0) * std::f32::consts::LOG2_E;
    let whole = x.floor();
    // 2^part by its Taylor series around one half, on 0..1.
    let y = (x - whole - 0.5) * std::f32::consts::LN_2;
    let series = 1.0 + y * (1.0 + y * (0.5 + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y * (1.0 / 120.0)))));
    f32::from_bits(((whole as i32 + 127) as u32) << 23) * std::f32::consts::SQRT_2 * series
}

/// The probability of log odds.
pub(crate) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// The probability of each of some scores.
pub(crate) fn softmax<const N: usize>(scores: [f32; N]) -> [f32; N] {
    let most = scores.into_iter().fold(f32::MIN, f32::max);
    let shares = scores.map(|s| exp(s - most));
    let all: f32 = shares.iter().sum();
    shares.map(|s| s / all)
}

/// The place of the largest of some numbers, the first of equals.
pub(crate) fn largest(x: &[f32]) -> usize {
    (1..x.len()).fold(0, |best, n| if x[n] > x[best] { n } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_the_exponential() {
        for n in -500..=500 {
            let x = n as f32 / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 2e-5, "{x}: {} {}", exp(x), x.exp());
        }
        assert!((logistic(0.0) - 0.5).abs() < 1e-6 && logistic(99.0) <= 1.0 && logistic(-99.0) >= 0.0);
        assert!((softmax([1.0, 1.0, -80.0])[0] - 0.5).abs() < 1e-6);
    }
}
