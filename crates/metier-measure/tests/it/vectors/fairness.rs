//! The section on two groups' rates.

use metier_measure::impact::{Group, impact};
use serde_json::Value;

use super::{f, list, u};
use crate::assert_near;

pub(super) fn adverse_impact(v: &Value) {
    for case in list(&v["cases"]) {
        let group = |value: &Value| Group {
            selected: u(&value[0]),
            of: u(&value[1]),
        };
        let got = impact(group(&case["focal"]), group(&case["reference"]), 0.95).unwrap();
        let (katz, flag) = (got.katz.unwrap(), got.below_four_fifths.unwrap());
        assert_near(got.ratio.unwrap(), f(&case["impact_ratio"]), 1e-9, "ratio");
        assert_eq!(flag, case["four_fifths_flag"] == true);
        assert_near(katz.lower, f(&case["katz95"][0]), 1e-9, "lower");
        assert_near(katz.upper, f(&case["katz95"][1]), 1e-9, "upper");
        assert_near(got.fisher_p / f(&case["fisher_two_sided_p"]), 1.0, 1e-9, "p");
        let more = got.ratio_if_one_more.unwrap();
        assert_near(
            more,
            f(&case["ratio_if_one_more_focal_selected"]),
            1e-9,
            "one more",
        );
    }
}
