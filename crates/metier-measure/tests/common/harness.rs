//! A file of reference numbers, and that each number of it matters.
//!
//! A file is reproduced by one function, and then again with every number of the file moved, one at a time: a
//! result by ten tolerances, a count by one, what is given to a method by a fiftieth or by a factor of its own.
//! The function must refuse each of these copies. What a function does not look at is named with the reason,
//! so that no number of a file is silently unused.
#![allow(dead_code, reason = "each test target uses what it needs")]

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::PathBuf;

use serde_json::{Value, json};

/// How one file is reproduced.
pub(crate) struct Vector {
    pub(crate) file: &'static str,
    pub(crate) check: fn(&Value),
    /// The tolerance of the file's numbers, relative above 1 in size.
    pub(crate) tolerance: f64,
    /// Patterns of pointers with a coarser tolerance of their own.
    pub(crate) coarser: &'static [(&'static str, f64)],
    /// Patterns of pointers to what is given rather than compared: moved by a fiftieth, zero to a fiftieth.
    pub(crate) given: &'static [&'static str],
    /// The same with the factor to move by, where a fiftieth is too little to show or too much to make sense.
    pub(crate) given_by: &'static [(&'static str, f64)],
    /// Patterns of pointers to numbers that `check` does not use, and why.
    pub(crate) unused: &'static [(&'static str, &'static str)],
}

pub(crate) const EXACT: Vector = Vector {
    file: "",
    check: |_| (),
    tolerance: 1e-9,
    coarser: &[],
    given: &[],
    given_by: &[],
    unused: &[],
};

impl Vector {
    /// Reproduces the file, and refuses each copy of it with one number moved.
    pub(crate) fn reproduce(&self) {
        let Some(value) = vector(self.file) else { return };
        (self.check)(&value);
        let mut numbers = Vec::new();
        collect(&value, &mut String::new(), &mut numbers);
        let named = self.unused.iter().map(|(pattern, _)| pattern).chain(self.given);
        for pattern in named.chain(self.given_by.iter().map(|(pattern, _)| pattern)) {
            let found = numbers.iter().any(|pointer| matches(pattern, pointer));
            assert!(found, "{}: no number at {pattern}", self.file);
        }
        numbers.retain(|pointer| !self.unused.iter().any(|(pattern, _)| matches(pattern, pointer)));
        let hook = take_hook();
        set_hook(Box::new(|_| {}));
        let blunt: Vec<&String> = numbers
            .iter()
            .filter(|pointer| {
                let mut moved = value.clone();
                let number = moved.pointer_mut(pointer).unwrap();
                *number = self.moved(pointer, number);
                catch_unwind(AssertUnwindSafe(|| (self.check)(&moved))).is_ok()
            })
            .collect();
        set_hook(hook);
        assert!(blunt.is_empty(), "{}: nothing depends on {blunt:?}", self.file);
        println!("{}: {} numbers, each moved and missed", self.file, numbers.len());
    }

    fn moved(&self, pointer: &str, number: &Value) -> Value {
        let factor = self
            .given_by
            .iter()
            .find(|(pattern, _)| matches(pattern, pointer));
        if let Some(count) = number.as_i64() {
            #[allow(clippy::cast_possible_truncation)]
            let moved = factor.map_or(count + 1, |(_, factor)| (factor * count as f64).round() as i64);
            return json!(moved);
        }
        if let Some((_, factor)) = factor {
            return json!(factor * f(number));
        }
        if self.given.iter().any(|pattern| matches(pattern, pointer)) {
            let number = f(number);
            return json!(if number == 0.0 { 0.02 } else { 1.02 * number });
        }
        let coarser = self.coarser.iter().find(|(pattern, _)| matches(pattern, pointer));
        let tolerance = coarser.map_or(self.tolerance, |(_, tolerance)| *tolerance);
        let number = f(number);
        json!(number + 10.0 * tolerance * number.abs().max(1.0))
    }
}

/// Pointers to all numbers.
fn collect(value: &Value, pointer: &mut String, numbers: &mut Vec<String>) {
    let length = pointer.len();
    let mut visit = |key: &str, inner: &Value| {
        pointer.push('/');
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        collect(inner, pointer, numbers);
        pointer.truncate(length);
    };
    match value {
        Value::Array(items) => (0..)
            .zip(items)
            .for_each(|(i, v): (usize, _)| visit(&i.to_string(), v)),
        Value::Object(fields) => fields.iter().for_each(|(key, v)| visit(key, v)),
        Value::Number(_) => numbers.push(pointer.clone()),
        _ => {}
    }
}

/// Whether a pointer fits a pattern, in which `*` stands for any text.
fn matches(pattern: &str, pointer: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = pointer.strip_prefix(parts.next().unwrap_or("")) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

pub(crate) fn folder() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    std::env::var_os("METIER_VECTORS")
        .map_or_else(beside, PathBuf::from)
        .join("measures")
}

/// The file of that name, where the vectors are found.
pub(crate) fn vector(name: &str) -> Option<Value> {
    let path = folder().join(name);
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
    list(value)
        .iter()
        .map(|v| match u(v) {
            0 => false,
            1 => true,
            other => panic!("{other} is neither 0 nor 1"),
        })
        .collect()
}
