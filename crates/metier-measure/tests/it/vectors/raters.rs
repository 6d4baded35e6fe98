//! The model of many raters and subjects: modes, variances, estimates.

use metier_measure::raters::{
    Ask, Entry, Estimate, Fit, Links, Model, Ratings, Settings, Shape, Source, Through,
};
use serde_json::Value;

use super::{f, folder, vector};
use crate::assert_near;

const ROLES: [&str; 4] = ["manager", "mentor", "peer", "self"];

/// `v2_ratings.csv`: the names in the order of their numbers, and the ratings.
struct Table {
    subjects: Vec<String>,
    aspects: Vec<String>,
    raters: Vec<String>,
    ratings: Ratings,
}

fn table() -> Table {
    let text = std::fs::read_to_string(folder().join("v2_ratings.csv")).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|l| l.split(',').collect()).collect();
    let names = |column: usize| -> Vec<String> {
        let mut names: Vec<String> = rows.iter().map(|row| row[column].to_owned()).collect();
        names.sort();
        names.dedup();
        names
    };
    let (subjects, aspects, raters) = (names(0), names(1), names(2));
    let at =
        |names: &[String], name: &str| u32::try_from(names.iter().position(|n| n == name).unwrap()).unwrap();
    let entries: Vec<Entry> = rows
        .iter()
        .map(|row| Entry {
            subject: at(&subjects, row[0]),
            aspect: at(&aspects, row[1]),
            rater: at(&raters, row[2]),
            group: u8::try_from(ROLES.iter().position(|r| *r == row[3]).unwrap()).unwrap(),
            category: row[4].parse().unwrap(),
        })
        .collect();
    let count = |names: &[String]| u32::try_from(names.len()).unwrap();
    let shape = Shape {
        subjects: count(&subjects),
        aspects: count(&aspects),
        raters: count(&raters),
        groups: 4,
        categories: 5,
    };
    let ratings = Ratings::new(shape, &entries).unwrap();
    Table {
        subjects,
        aspects,
        raters,
        ratings,
    }
}

/// The model that `clmm` fitted.
fn fitted(v: &Value) -> Model {
    let role = |name: &str| f(&v["beta_role"][format!("role{name}")]);
    let taus = ["0|1", "1|2", "2|3", "3|4"].map(|name| f(&v["thresholds"][name]));
    Model {
        taus: taus.to_vec(),
        group_mean: vec![0.0, role("mentor"), role("peer"), role("self")],
        group_sd: vec![f(&v["sd"]["rater"]); 4],
        subject_sd: f(&v["sd"]["person"]),
        cell_sd: f(&v["sd"]["pc"]),
    }
}

fn exact() -> Settings {
    Settings {
        tolerance: 1e-10,
        ..Settings::default()
    }
}

pub(super) fn v2_clmm(v: &Value) {
    let table = table();
    let fit = Fit::new(&table.ratings, &fitted(v), exact()).unwrap();
    let spreads = fit.spreads(&table.ratings).unwrap();
    let links = Links::new(&table.ratings, Through::Cells);
    for (i, name) in table.subjects.iter().enumerate() {
        assert_near(fit.subjects()[i], f(&v["u_person"][name]), 1e-6, name);
        assert_near(spreads.subject[i], f(&v["condSD_person"][name]), 1e-6, name);
    }
    for (cell, mode) in fit.cells().iter().enumerate() {
        let (subject, aspect) = table.ratings.cell(cell).unwrap();
        let name = format!(
            "{}.{}",
            table.subjects[subject as usize], table.aspects[aspect as usize]
        );
        assert_near(*mode, f(&v["v_pc"][&name]), 1e-6, &name);
    }
    for (rater, name) in (0..).zip(&table.raters) {
        let mode = fit.raters()[rater as usize];
        assert_near(mode, f(&v["b_rater"][name]), 1e-6, name);
        let sd = f(&v["condSD_rater"][name]);
        assert_near(spreads.rater[rater as usize], sd, 1e-6, name);
        // The same by one solution for this rater, as it is done with too many to factor.
        let leniency = fit.leniency(&table.ratings, &links, rater).unwrap();
        assert!(leniency.linking.is_told());
        assert_near(leniency.sd, sd, 1e-6, name);
        let group = usize::from(table.ratings.group(rater).unwrap());
        assert_near(leniency.mean, fit.model().group_mean[group] + mode, 1e-12, name);
    }
    let log_likelihood = fit.log_likelihood(&table.ratings).unwrap();
    assert_near(log_likelihood, f(&v["logLik"]), 1e-6, "log-likelihood");
}

pub(super) fn v2_map_check(v: &Value) {
    let Some(model) = vector("v2_clmm.json") else {
        return;
    };
    let table = table();
    let fit = Fit::new(&table.ratings, &fitted(&model), exact()).unwrap();
    let value = fit.penalised(&table.ratings);
    assert_near(
        value,
        f(&v["penalised_neg_loglik_at_MAP"]),
        1e-9,
        "penalised log-likelihood",
    );
}

pub(super) fn v2_em_laplace(v: &Value) {
    let table = table();
    let links = Links::new(&table.ratings, Through::Cells);
    let start = Model {
        taus: vec![-2.2, -0.8, 0.6, 2.0],
        group_mean: vec![0.0; 4],
        group_sd: vec![1.0; 4],
        subject_sd: 1.0,
        cell_sd: 1.0,
    };
    let estimate = Estimate::new(&table.ratings, &links, &start, &Ask::default()).unwrap();
    let all = [estimate.taus, estimate.subject_sd, estimate.cell_sd];
    assert!(all.iter().all(|source| *source == Source::Estimated));
    assert!(estimate.group_mean[1..].iter().all(|s| *s == Source::Estimated));
    let model = estimate.fit.model();
    let sds = [
        (model.subject_sd, "person"),
        (model.cell_sd, "pc"),
        (model.group_sd[0], "rater"),
    ];
    for (sd, name) in sds {
        assert_near(sd, f(&v["em_sd"][name]), 1e-5, name);
    }
    for (k, tau) in model.taus.iter().enumerate() {
        assert_near(*tau, f(&v["em_tau"][k]), 1e-5, &format!("threshold {k}"));
    }
    for (group, mean) in model.group_mean.iter().enumerate().skip(1) {
        assert_near(*mean, f(&v["em_role"][ROLES[group]]), 1e-5, ROLES[group]);
    }
    // What the file compares itself with is the fit of the other file.
    let Some(other) = vector("v2_clmm.json") else {
        return;
    };
    for (_, name) in sds {
        assert_near(f(&other["sd"][name]), f(&v["clmm_sd"][name]), 1e-9, name);
    }
}
