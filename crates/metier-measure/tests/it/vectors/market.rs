//! Sections on shares, trends, similarity and near duplicates.

use std::collections::{BTreeMap, BTreeSet};

use metier_measure::accuracy::Sides;
use metier_measure::minhash::{Bands, MinHash, estimate, estimate_sd};
use metier_measure::multiple::{benjamini_hochberg, findings};
use metier_measure::profile::{Need, cosine, euclid, gap, rescale};
use metier_measure::rate::{Observed, garwood, ratio};
use metier_measure::relatedness::Table;
use metier_measure::sets::{Frequencies, jaccard, overlap};
use metier_measure::share::{exact, wilson};
use metier_measure::shrink::Gamma;
use metier_measure::trend::{
    Series, Slope, Test, hamed_rao, mann_kendall, seasonal, seasonal_slope, theil_sen,
};
use serde_json::Value;

use super::{f, list, u};
use crate::assert_near;

/// What the reference calls a result: the test and the line that goes with it.
fn assert_result(test: &Test, line: &Slope, want: &Value) {
    assert_near(test.score as f64, f(&want["s"]), 1e-9, "score");
    assert_near(test.variance, f(&want["var_s"]), 1e-9, "variance");
    assert_near(test.tau, f(&want["Tau"]), 1e-9, "tau");
    assert_near(test.z, f(&want["z"]), 1e-9, "z");
    assert_near(test.p_value, f(&want["p"]), 1e-9, "p");
    assert_eq!(test.p_value < 0.05, want["h"].as_bool().unwrap());
    assert_eq!(
        want["trend"],
        if test.z > 0.0 { "increasing" } else { "decreasing" }
    );
    assert_line(line, want);
}

fn assert_line(line: &Slope, want: &Value) {
    assert_near(line.slope, f(&want["slope"]), 1e-9, "slope");
    assert_near(line.intercept, f(&want["intercept"]), 1e-9, "intercept");
}

pub(super) fn trend(v: &Value) {
    let (hits, totals) = (
        list(&v["monthly_postings_with_skill"]),
        list(&v["monthly_postings_total"]),
    );
    assert_eq!(v["unit"], "per 1000 postings");
    let share = |(k, n): (&Value, &Value)| Some(1000.0 * u(k) as f64 / u(n) as f64);
    let values: Vec<Option<f64>> = hits.iter().zip(totals).map(share).collect();
    let series = Series::new(&values).unwrap();
    let line = theil_sen(&series, 0.95, 1.0).unwrap();
    let yearly = seasonal_slope(&series, 12, 0.95, 1.0).unwrap();
    assert_result(&mann_kendall(&series).unwrap(), &line, &v["mk_original"]);
    assert_result(
        &seasonal(&series, 12).unwrap(),
        &yearly,
        &v["mk_seasonal_period12"],
    );
    assert_result(&hamed_rao(&series, 0.05).unwrap(), &line, &v["mk_hamed_rao"]);
    assert_line(&line, &v["sens_slope"]);
    assert_line(&yearly, &v["seasonal_sens_slope"]);
    let scipy = [
        line.slope,
        line.intercept,
        line.interval.lower,
        line.interval.upper,
    ];
    for (got, want) in scipy.into_iter().zip(list(&v["scipy_theilslopes_95"])) {
        assert_near(got, f(want), 1e-9, "theilslopes");
    }
    intervals(v);
    let year = |counts: &[Value]| counts.iter().map(u).sum::<u64>();
    let yoy = &v["yoy_rate_ratio_exact"];
    assert_eq!(
        (year(&hits[24..]), year(&totals[24..])),
        (u(&yoy["k_now"]), u(&yoy["N_now"]))
    );
    assert_eq!(
        (year(&hits[12..24]), year(&totals[12..24])),
        (u(&yoy["k_prev"]), u(&yoy["N_prev"]))
    );
    let side = |k: &str, n: &str| Observed {
        events: u(&yoy[k]),
        exposure: f(&yoy[n]),
    };
    let got = ratio(side("k_now", "N_now"), side("k_prev", "N_prev"), 0.95).unwrap();
    assert_near(got.ratio.unwrap(), f(&yoy["rate_ratio"]), 1e-9, "ratio");
    assert_near(got.p_value, f(&yoy["p"]), 1e-9, "p of the ratio");
    assert_near(got.lower, f(&yoy["ci95"][0]), 1e-9, "lower bound of the ratio");
    assert_near(
        got.upper.unwrap(),
        f(&yoy["ci95"][1]),
        1e-9,
        "upper bound of the ratio",
    );
    let bh = &v["benjamini_hochberg"];
    let p: Vec<f64> = list(&bh["p"]).iter().map(f).collect();
    for (got, want) in benjamini_hochberg(&p).unwrap().iter().zip(list(&bh["adjusted"])) {
        assert_near(*got, f(want), 1e-9, "adjusted");
    }
    let want: Vec<bool> = list(&bh["reject_.05"])
        .iter()
        .map(|b| b.as_bool().unwrap())
        .collect();
    assert_eq!(findings(&p, 0.05).unwrap(), want);
    let found = findings(&p, 0.25).unwrap().into_iter().filter(|f| *f).count();
    assert_eq!(found as u64, u(&bh["n_reject_.25"]));
}

fn intervals(v: &Value) {
    for case in list(&v["share_intervals"]) {
        let (k, n) = (u(&case["k"]), u(&case["n"]));
        let cp = exact(n, k, 0.95, Sides::Two).unwrap();
        assert_near(cp.lower, f(&case["cp"][0]), 1e-9, "exact, lower");
        assert_near(cp.upper, f(&case["cp"][1]), 1e-9, "exact, upper");
        let score = wilson(n, k, 0.95).unwrap();
        assert_near(score.lower, f(&case["wilson"][0]), 1e-9, "Wilson, lower");
        assert_near(score.upper, f(&case["wilson"][1]), 1e-9, "Wilson, upper");
    }
    for (count, bounds) in v["poisson_garwood95"].as_object().unwrap() {
        let got = garwood(count.parse().unwrap(), 0.95).unwrap();
        assert_near(got.lower, f(&bounds[0]), 1e-9, "Garwood, lower");
        assert_near(got.upper, f(&bounds[1]), 1e-9, "Garwood, upper");
    }
    for case in list(&v["gamma_poisson"]) {
        let law = Gamma::new(f(&case["a"]), f(&case["b"])).unwrap();
        let observed = Observed {
            events: u(&case["y"]),
            exposure: f(&case["E"]),
        };
        let after = law.after(observed).unwrap();
        assert_near(after.mean(), f(&case["mean"]), 1e-9, "shrunken mean");
        let held = after.interval(0.95).unwrap();
        assert_near(held.lower, f(&case["ci"][0]), 1e-9, "shrunken, lower");
        assert_near(held.upper, f(&case["ci"][1]), 1e-9, "shrunken, upper");
    }
}

pub(super) fn similarity(v: &Value) {
    profiles(&v["onet_vectors"]);
    sets(&v["skill_sets"]);
    related(&v["rca"]);
}

fn profiles(v: &Value) {
    let profile = |name: &str| -> Vec<Need> {
        let (importance, level) = (list(&v[name]["importance"]), list(&v[name]["level"]));
        let need = |(im, lv): (&Value, &Value)| Need {
            importance: rescale(f(im), 1.0, 5.0).unwrap(),
            level: rescale(f(lv), 0.0, 7.0).unwrap(),
        };
        importance.iter().zip(level).map(need).collect()
    };
    let (a, b) = (profile("A"), profile("B"));
    let products = |p: &[Need]| -> Vec<f64> { p.iter().map(Need::product).collect() };
    let z = &v["z=((IM-1)/4)*(LV/7)"];
    for (got, want) in [(products(&a), &z["A"]), (products(&b), &z["B"])] {
        for (got, want) in got.iter().zip(list(want)) {
            assert_near(*got, f(want), 1e-9, "z");
        }
    }
    let (za, zb) = (products(&a), products(&b));
    assert_near(cosine(&za, &zb).unwrap(), f(&v["cosine_sim"]), 1e-9, "cosine");
    assert_near(euclid(&za, &zb).unwrap(), f(&v["euclid"]), 1e-9, "Euclid");
    let there = gap(&a, &b).unwrap();
    assert_near(there.missing, f(&v["gap_A_to_B"]), 1e-9, "gap there");
    assert_near(there.unused, f(&v["gap_B_to_A"]), 1e-9, "unused there");
    let back = gap(&b, &a).unwrap();
    assert_near(back.missing, f(&v["gap_B_to_A"]), 1e-9, "gap back");
    assert_near(back.unused, f(&v["gap_A_to_B"]), 1e-9, "unused back");
}

fn sets(v: &Value) {
    let named: BTreeMap<&str, Vec<&str>> = v["sets"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, set)| {
            (
                name.as_str(),
                list(set).iter().map(|e| e.as_str().unwrap()).collect(),
            )
        })
        .collect();
    let elements: BTreeSet<&str> = named.values().flatten().copied().collect();
    let elements: Vec<&str> = elements.into_iter().collect();
    let set = |name: &str| -> Vec<usize> {
        let mut set: Vec<usize> = named[name]
            .iter()
            .map(|e| elements.binary_search(e).unwrap())
            .collect();
        set.sort_unstable();
        set
    };
    let mut seen = Frequencies::new(elements.len());
    for name in named.keys() {
        seen.add(&set(name)).unwrap();
    }
    let idf = v["idf=ln(N/df)"].as_object().unwrap();
    assert_eq!(idf.len(), elements.len());
    for (name, want) in idf {
        let at = elements.binary_search(&name.as_str()).unwrap();
        assert_near(seen.weight(at).unwrap(), f(want), 1e-9, "idf");
    }
    let (o1, o2) = (set("o1"), set("o2"));
    assert_near(
        jaccard(&o1, &o2).unwrap(),
        f(&v["jaccard_o1_o2"]),
        1e-9,
        "Jaccard",
    );
    let there = overlap(&o1, &o2, |&e| seen.weight(e)).unwrap();
    let back = overlap(&o2, &o1, |&e| seen.weight(e)).unwrap();
    assert_near(
        there.jaccard().unwrap(),
        f(&v["weighted_jaccard_o1_o2"]),
        1e-9,
        "weighted",
    );
    assert_near(
        there.coverage().unwrap(),
        f(&v["coverage_of_o2_by_o1"]),
        1e-9,
        "coverage",
    );
    assert_near(
        back.coverage().unwrap(),
        f(&v["coverage_of_o1_by_o2"]),
        1e-9,
        "coverage back",
    );
}

fn related(v: &Value) {
    let x = list(&v["X"]);
    let columns = list(&x[0]).len();
    // Sparse: zeros are left out.
    let row = |row: &Value| -> Vec<(usize, f64)> {
        list(row)
            .iter()
            .map(f)
            .enumerate()
            .filter(|(_, cell)| *cell > 0.0)
            .collect()
    };
    let table = Table::new(columns, x.iter().map(row).collect()).unwrap();
    let (advantage, more) = (table.advantage(), table.more_than_usual());
    for r in 0..x.len() {
        for c in 0..columns {
            let got = advantage[r]
                .iter()
                .find(|cell| cell.0 == c)
                .map_or(0.0, |cell| cell.1);
            assert_near(got, f(&v["rca"][r][c]), 1e-9, "rca");
            assert_eq!(u64::from(more[r].contains(&c)), u(&v["e"][r][c]));
        }
    }
    let pairs = table.related().unwrap();
    for (a, wants) in list(&v["theta_skill_complementarity"]).iter().enumerate() {
        for (b, want) in list(wants).iter().enumerate() {
            let here = |p: &&metier_measure::relatedness::Pair| (p.first, p.second) == (a.min(b), a.max(b));
            let got = pairs
                .iter()
                .find(here)
                .map_or(f64::from(u8::from(a == b)), |p| p.theta);
            assert_near(got, f(want), 1e-9, "theta");
        }
    }
}

/// The hashes of a text's runs of so many words, as a set.
fn shingles(text: &str, words: usize) -> Vec<u64> {
    let list: Vec<&str> = text.split(' ').collect();
    let fnv = |run: &[&str]| {
        run.join(" ")
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            })
    };
    let mut set: Vec<u64> = list.windows(words).map(fnv).collect();
    set.sort_unstable();
    set.dedup();
    set
}

pub(super) fn minhash(v: &Value) {
    let words = usize::try_from(u(&v["shingles"])).unwrap();
    let text = |name: &str| shingles(v[name].as_str().unwrap(), words);
    let (first, second) = (text("t1"), text("t2"));
    let exact = jaccard(&first, &second).unwrap();
    assert_near(exact, f(&v["exact_jaccard"]), 1e-9, "exact");
    // Theirs and ours, with other hashes each, by the same law of the error.
    let hasher = MinHash::new(256, 1).unwrap();
    let ours = estimate(
        &hasher.signature(&first).unwrap(),
        &hasher.signature(&second).unwrap(),
    )
    .unwrap();
    for (whose, got) in [("theirs", f(&v["minhash256_seed1"])), ("ours", ours)] {
        let z = (got - exact) / estimate_sd(exact, 256).unwrap();
        assert!(z.abs() < 3.0, "{whose}: {got} against {exact}");
    }
    let bands = Bands::new(32, 8).unwrap();
    for (similarity, want) in v["lsh_s_curve_b=32_r=8"].as_object().unwrap() {
        let got = bands.probability(similarity.parse().unwrap()).unwrap();
        assert_near(got, f(want), 1e-9, "s-curve");
    }
}
