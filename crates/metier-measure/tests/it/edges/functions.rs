//! The functions under the rest.

use metier_measure::special;

use super::*;

pub(super) const EDGES: &[Edge] = &[
    Edge {
        name: "gamma::ln_gamma",
        takes: &[R],
        gives: ANY,
        call: |v| one(special::ln_gamma(v[0])),
        answers: &[&[1e-300], &[1e12]],
    },
    Edge {
        name: "gamma::ln_inc_gamma_reg",
        takes: &[R, R],
        gives: LN_P,
        call: |v| one(special::ln_inc_gamma_reg(v[0], v[1])),
        answers: &[
            &[1e12, 1e-300],
            &[1e-10, 1e-300],
            &[1e9, 1e9],
            &[30.0, 1e300],
            &[0.3, 5e-324],
        ],
    },
    Edge {
        name: "gamma::ln_inc_gamma_upper_reg",
        takes: &[R, R],
        gives: LN_P,
        call: |v| one(special::ln_inc_gamma_upper_reg(v[0], v[1])),
        answers: &[
            &[1e12, 1e-300],
            &[1e-10, 1e-300],
            &[1e9, 1e9],
            &[30.0, 1e300],
            &[0.3, 5e-324],
        ],
    },
    Edge {
        name: "gamma::gamma_quantile",
        takes: &[R, R],
        gives: UP,
        call: |v| one(special::gamma_quantile(v[0], v[1])),
        answers: &[
            &[1e12, 1e-300],
            &[30.0, 1e-300],
            &[1e9, 0.3],
            &[30.0, 1.0 - 1e-16],
        ],
    },
    Edge {
        name: "gamma::gamma_upper_quantile",
        takes: &[R, R],
        gives: UP,
        call: |v| one(special::gamma_upper_quantile(v[0], v[1])),
        answers: &[&[1e12, 1e-300], &[30.0, 1e-300], &[1e9, 0.3], &[0.3, 1e-300]],
    },
    Edge {
        name: "chi_square::ln_chi_square_upper",
        takes: &[R, R],
        gives: LN_P,
        call: |v| one(special::ln_chi_square_upper(v[0], v[1])),
        answers: &[&[1e300, 1.0], &[0.0, 1e12], &[1e9, 1e9]],
    },
    Edge {
        name: "chi_square::chi_square_upper",
        takes: &[R, R],
        gives: UNIT,
        call: |v| one(special::chi_square_upper(v[0], v[1])),
        answers: &[&[1e300, 1.0], &[0.0, 1e12], &[1e9, 1e9]],
    },
    Edge {
        name: "chi_square::chi_square_quantile",
        takes: &[R, R],
        gives: UP,
        call: |v| one(special::chi_square_quantile(v[0], v[1])),
        answers: &[&[1e-300, 1.0], &[0.3, 1e12]],
    },
    Edge {
        name: "beta::ln_beta",
        takes: &[R, R],
        gives: ANY,
        call: |v| one(special::ln_beta(v[0], v[1])),
        answers: &[&[1e-3, 1e13], &[1e9, 1e9]],
    },
    Edge {
        name: "beta::ln_inc_beta",
        takes: &[R, R, R],
        gives: ANY,
        call: |v| one(special::ln_inc_beta(v[0], v[1], v[2])),
        answers: &[&[1e9, 1e9, 1e-12], &[0.3, 1e12, 1e-300], &[1e12, 0.3, 0.3]],
    },
    Edge {
        name: "beta::ln_inc_beta_reg",
        takes: &[R, R, R],
        gives: LN_P,
        call: |v| one(special::ln_inc_beta_reg(v[0], v[1], v[2])),
        answers: &[&[1e9, 1e9, 1e-12], &[0.3, 1e12, 1e-300], &[1e12, 0.3, 0.3]],
    },
    Edge {
        name: "beta::beta_quantile",
        takes: &[R, R, R],
        gives: UNIT,
        call: |v| one(special::beta_quantile(v[0], v[1], v[2])),
        answers: &[&[1e9, 1e9, 1e-300], &[1.5, 1e12, 1e-12], &[1e12, 0.3, 0.3]],
    },
    Edge {
        name: "normal::normal_upper",
        takes: &[R],
        gives: UNIT,
        call: |v| one(special::normal_upper(v[0])),
        answers: &[&[1e300], &[-1e300], &[0.0]],
    },
    Edge {
        name: "normal::normal_quantile",
        takes: &[R],
        gives: ANY,
        call: |v| one(special::normal_quantile(v[0])),
        answers: &[&[1e-300], &[0.3]],
    },
];
