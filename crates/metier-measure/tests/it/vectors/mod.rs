//! Against the reference vectors, where they are found.
//!
//! Each file is reproduced by one function, and then again with every number of the file moved, one at a
//! time: a result by ten tolerances, a count by one, what is given to a method by a fiftieth or by a factor
//! of its own. The function must refuse each of these copies. What a function does not look at is named with
//! the reason, so that no number of a file is silently unused.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::PathBuf;

use serde_json::{Value, json};

mod raters;
mod ratings;
mod trials;

/// How one file is reproduced.
struct Vector {
    file: &'static str,
    check: fn(&Value),
    /// The tolerance of the file's numbers, relative above 1 in size.
    tolerance: f64,
    /// Patterns of pointers with a coarser tolerance of their own.
    coarser: &'static [(&'static str, f64)],
    /// Patterns of pointers to what is given rather than compared: moved by a fiftieth, zero to a fiftieth.
    given: &'static [&'static str],
    /// The same with the factor to move by, where a fiftieth is too little to show or too much to make sense.
    given_by: &'static [(&'static str, f64)],
    /// Patterns of pointers to numbers that `check` does not use, and why.
    unused: &'static [(&'static str, &'static str)],
}

const EXACT: Vector = Vector {
    file: "",
    check: |_| (),
    tolerance: 1e-9,
    coarser: &[],
    given: &[],
    given_by: &[],
    unused: &[],
};

/// Files whose methods are not here yet.
const NOT_YET: &[&str] = &[
    "rust_crosschecks.json",
    "v2_agreement.json",
    "v2_dk_artefact.json",
    "v2_icc.json",
    "v2_kappa.json",
    "v2_loevinger.json",
    "v2_simulation.json",
    "v2_spearman_brown.json",
    "v3_fsrs6.json",
    "v5_planning.json",
    "v6_minhash.json",
    "v6_similarity.json",
    "v6_trend.json",
    "v8_adverse_impact.json",
];

/// Files about methods that are not used here.
const NOT_USED: &[&str] = &[
    "v2_gtheory_lmer.json",
    "v2_mfrm_raschpy.json",
    "v3_bkt.json",
    "v3_glicko2.json",
];

macro_rules! vectors {
    ($($name:ident: $vector:expr;)*) => {
        const VECTORS: &[Vector] = &[$($vector),*];
        $(
            #[test]
            fn $name() {
                let vector: Vector = $vector;
                vector.reproduce();
            }
        )*
    };
}

vectors! {
    v1_binomial_r: Vector {
        file: "v1_binomial_R.json",
        check: trials::binomial_r,
        given_by: &[("/clean_runs_needed/*/acc", 0.9), ("/clean_runs_needed/*/conf", 0.8)],
        ..EXACT
    };
    v1_binomial_statsmodels: Vector {
        file: "v1_binomial_statsmodels.json",
        check: trials::binomial_statsmodels,
        given: &["/cases/*/conf"],
        ..EXACT
    };
    v1_sequential: Vector {
        file: "v1_sequential.json",
        check: trials::sequential,
        given: &[
            "/first_n_table/*/eps",
            "/first_n_table/*/alpha",
            "/values/*/eps",
            "/values/*/a",
            "/values/*/b",
            "/values/*/w0",
            "/robbins_cs/*/alpha",
            "/sprt/*/p_*",
            "/sprt/*/alpha",
            "/sprt/*/beta",
            "/korn_graubard/*/deff",
        ],
        given_by: &[
            ("/peeking_simulation/true_error", 2.0),
            ("/peeking_simulation/horizon", 0.1),
            ("/peeking_simulation/*_false_certify", 2.0),
        ],
        unused: &[
            ("/peeking_simulation/seed", "of another generator"),
            ("/values/0/eps", "without a trial E is 1 whatever the bet"),
            ("/values/0/a", "without a trial E is 1 whatever the bet"),
            ("/values/0/b", "without a trial E is 1 whatever the bet"),
            ("/values/0/w0", "without a trial E is 1 whatever the bet"),
            ("/values/1/eps", "without a trial E is 1 whatever the bet"),
            ("/values/1/a", "without a trial E is 1 whatever the bet"),
            ("/values/1/b", "without a trial E is 1 whatever the bet"),
            ("/values/1/w0", "without a trial E is 1 whatever the bet"),
        ],
        ..EXACT
    };
    v1_eprocess_table: Vector {
        file: "v1_eprocess_table.json",
        check: trials::eprocess_table,
        given_by: &[("/simulation_horizon", 0.1), ("/true_error*/*/*/0", 2.0)],
        unused: &[("/seed", "of another generator")],
        ..EXACT
    };
    v1_consistency: Vector {
        file: "v1_consistency.json",
        check: trials::consistency,
        given: &[
            "/bernoulli_cusum/p*",
            "/bernoulli_cusum_arl_markov/*/h",
        ],
        given_by: &[
            ("/bernoulli_cusum_arl_markov/*/p*", 1.2),
            ("/changepoint/perm_p*", 20.0),
        ],
        ..EXACT
    };
    v1_learning_curve: Vector { file: "v1_learning_curve.json", check: trials::learning, ..EXACT };
    v2_clmm: Vector {
        file: "v2_clmm.json",
        check: raters::v2_clmm,
        tolerance: 1e-6,
        given: &["/thresholds/*", "/beta_role/*", "/sd/*"],
        ..EXACT
    };
    v2_map_check: Vector {
        file: "v2_map_check.json",
        check: raters::v2_map_check,
        unused: &[(
            "/max_abs_diff_vs_clmm/*",
            "how near another program came; here the modes themselves are compared, with v2_clmm",
        )],
        ..EXACT
    };
    v2_em_laplace: Vector {
        file: "v2_em_laplace.json",
        check: raters::v2_em_laplace,
        tolerance: 1e-5,
        unused: &[("/iterations", "the steps of a loop without extrapolation")],
        ..EXACT
    };
    v2_posterior: Vector {
        file: "v2_posterior.json",
        check: ratings::v2_posterior,
        tolerance: 1e-6,
        given: &["/cases/*/ratings*"],
        ..EXACT
    };
    v3_decay: Vector {
        file: "v3_decay.json",
        check: trials::decay,
        given: &["/discounted_beta/h"],
        ..EXACT
    };
    v4_evidence: Vector {
        file: "v4_evidence.json",
        check: ratings::v4_evidence,
        given: &["/items/*"],
        unused: &[
            ("/dempster_zadeh/*", "the paradox of a rule that is not used"),
        ],
        ..EXACT
    };
    worked_example: Vector {
        file: "worked_example.json",
        check: ratings::worked_example,
        tolerance: 1e-8,
        given: &["/ratings*"],
        ..EXACT
    };
}

#[test]
fn every_file_is_reproduced_or_named() {
    let Ok(folder) = std::fs::read_dir(folder()) else {
        println!("vectors not found at {}, skipped", folder().display());
        return;
    };
    for entry in folder {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if std::path::Path::new(&name)
            .extension()
            .is_some_and(|e| e == "json")
        {
            let reproduced = VECTORS.iter().any(|v| v.file == name);
            let named = NOT_USED.contains(&name.as_str());
            let awaited = NOT_YET.contains(&name.as_str());
            let ways = [reproduced, named, awaited]
                .into_iter()
                .filter(|way| *way)
                .count();
            assert_eq!(
                ways, 1,
                "{name}: either reproduced, or named as not used or as not here yet"
            );
        }
    }
}

impl Vector {
    /// Reproduces the file, and refuses each copy of it with one number moved.
    fn reproduce(&self) {
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

fn folder() -> PathBuf {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    std::env::var_os("METIER_VECTORS")
        .map_or_else(beside, PathBuf::from)
        .join("measures")
}

fn vector(name: &str) -> Option<Value> {
    let path = folder().join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("vectors not found at {}, skipped", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

fn f(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn u(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no count"))
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

fn bits(value: &Value) -> Vec<bool> {
    list(value)
        .iter()
        .map(|v| match u(v) {
            0 => false,
            1 => true,
            other => panic!("{other} is neither 0 nor 1"),
        })
        .collect()
}
