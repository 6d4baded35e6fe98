//! The two loops that training spends its time in, written so that they are vectorised on every machine
//! and give the same bits on each.

/// `into += by * from`.
pub(crate) fn add_scaled(into: &mut [f32], by: f32, from: &[f32]) {
    for (x, y) in into.iter_mut().zip(from) {
        *x += by * y;
    }
}

/// The scalar product, summed in eight strands.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut strands = [0.0_f32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a8
        .remainder()
        .iter()
        .zip(b8.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in a8.zip(b8) {
        for i in 0..8 {
            strands[i] += x[i] * y[i];
        }
    }
    strands.iter().sum::<f32>() + rest
}
