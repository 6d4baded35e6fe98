//! Metier.
fn main() {}
