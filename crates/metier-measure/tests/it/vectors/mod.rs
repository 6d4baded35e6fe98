//! Against the reference vectors, where they are found.
//!
//! Each file is reproduced by one function of a file beside this one; how it is held to that, `harness` says.

mod agreement;
mod fairness;
#[path = "../../common/harness.rs"]
mod harness;
mod market;
mod raters;
mod raters_simulated;
mod ratings;
mod routes;
mod trials;

use harness::{EXACT, Vector, bits, f, folder, list, u, vector};

/// Files about methods that live in another crate, whose tests reproduce them.
const ELSEWHERE: &[&str] = &["v3_fsrs6.json"];

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
    v2_simulation: Vector {
        file: "v2_simulation.json",
        check: raters_simulated::v2_simulation,
        tolerance: 0.02,
        unused: &[("/*dawid_skene", "a method that is not used")],
        ..EXACT
    };
    v2_dk_artefact: Vector {
        file: "v2_dk_artefact.json",
        check: raters_simulated::v2_dk_artefact,
        tolerance: 1e-3,
        coarser: &[("/quartile*/1", 5e-3)],
        unused: &[("/seed", "another generator's")],
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
    v2_agreement: Vector {
        file: "v2_agreement.json",
        check: agreement::agreement,
        coarser: &[
            ("/irrCAC_ordinal_weights_on_canonical/*", 5e-6),
            ("/metier_360/gwet_AC2_*", 5e-6),
        ],
        given: &[
            "*/data_raters_x_*",
            "/metier_360/within/*/ratings/*",
        ],
        ..EXACT
    };
    v2_icc: Vector { file: "v2_icc.json", check: agreement::intraclass, ..EXACT };
    v2_kappa: Vector { file: "v2_kappa.json", check: agreement::weighted_kappa, ..EXACT };
    v2_loevinger: Vector { file: "v2_loevinger.json", check: agreement::order_of_steps, ..EXACT };
    v2_spearman_brown: Vector {
        file: "v2_spearman_brown.json",
        check: agreement::more_raters,
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
    rust_crosschecks: Vector {
        file: "rust_crosschecks.json",
        check: trials::other_crates,
        given: &["/statrs*/p"],
        unused: &[
            ("/glicko2*", "a method that is not used"),
            ("/fsrs6*", "reproduced beside the scheduler, in the tests of metier-core"),
            ("/ilp/*_hours", "the problem of v5_planning, reproduced with it"),
            ("/ilp/*_us", "a duration"),
        ],
        ..EXACT
    };
    v6_trend: Vector {
        file: "v6_trend.json",
        check: market::trend,
        given: &["/gamma_poisson/*/E", "/gamma_poisson/*/a", "/gamma_poisson/*/b"],
        // A month moves an order or a median only when it moves far; a p-value only past its neighbours.
        given_by: &[("/monthly*", 0.2), ("/benjamini_hochberg/p/*", 1.5)],
        ..EXACT
    };
    v6_similarity: Vector {
        file: "v6_similarity.json",
        check: market::similarity,
        given: &["/onet_vectors/*/importance/*", "/onet_vectors/*/level/*", "/rca/X/*"],
        unused: &[("/nesta/*", "overlap of embeddings, a method that is not used")],
        ..EXACT
    };
    v6_minhash: Vector {
        file: "v6_minhash.json",
        check: market::minhash,
        // An estimate with other hashes: held to the law of its error.
        given_by: &[("/minhash256_seed1", 1.3)],
        ..EXACT
    };
    v8_adverse_impact: Vector { file: "v8_adverse_impact.json", check: fairness::adverse_impact, ..EXACT };
    v5_planning: Vector { file: "v5_planning.json", check: routes::planning, ..EXACT };
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
            let elsewhere = ELSEWHERE.contains(&name.as_str());
            let ways = [reproduced, elsewhere, named]
                .into_iter()
                .filter(|way| *way)
                .count();
            assert_eq!(
                ways, 1,
                "{name}: either reproduced, or named as reproduced elsewhere, not used or not here yet"
            );
        }
    }
}
