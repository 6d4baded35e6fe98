//! Against the reference vectors, where they are found.

use std::path::PathBuf;

use serde_json::Value;

mod ratings;
mod trials;

pub(crate) fn vector(name: &str) -> Option<Value> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    let root = std::env::var_os("METIER_VECTORS").map_or_else(beside, PathBuf::from);
    let path = root.join("measures").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("vectors not found at {}, skipped", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

pub(crate) fn f(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

pub(crate) fn u(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no count"))
}

pub(crate) fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

pub(crate) fn bits(value: &Value) -> Vec<bool> {
    list(value).iter().map(|v| u(v) == 1).collect()
}
