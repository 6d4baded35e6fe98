//! Several raters, what would convince, and stated chances: hostile numbers, all ratings alike, one rater, none.

use metier_measure::evidence::Curve;
use metier_measure::forecast::{self, Forecast};
use metier_measure::further::{Further, Known};
use metier_measure::ordinal::{OrdinalModel, Rating, equal_thresholds};
use metier_measure::raters::{
    Ask, Entry, Estimate, Fit, Linking, Links, Model, Ratings, Settings, Shape, Source, Through,
};

use super::*;

const SHAPE: Shape = Shape {
    subjects: 30,
    aspects: 4,
    raters: 12,
    groups: 2,
    categories: 5,
};

/// Each cell rated by four of the raters, by turns; the category from the cell's and the rater's number.
fn ratings(category: impl Fn(u32, u32) -> u8) -> Ratings {
    let mut entries = Vec::new();
    for cell in 0..SHAPE.subjects * SHAPE.aspects {
        for turn in 0..4 {
            let rater = (cell * 5 + turn * 3) % SHAPE.raters;
            entries.push(Entry {
                subject: cell / SHAPE.aspects,
                aspect: cell % SHAPE.aspects,
                rater,
                group: u8::from(rater >= 6),
                category: category(cell, rater),
            });
        }
    }
    Ratings::new(SHAPE, &entries).unwrap()
}

fn mixed() -> Ratings {
    ratings(|cell, rater| u8::try_from((cell / 4 * 7 + cell * 3 + rater) % 5).unwrap())
}

fn model() -> Model {
    Model {
        taus: equal_thresholds(4),
        group_mean: vec![0.0, 0.5],
        group_sd: vec![0.5, 0.5],
        subject_sd: 1.0,
        cell_sd: 0.7,
    }
}

/// All numbers of a fit.
fn numbers(fit: &Fit) -> Vec<f64> {
    [
        fit.subjects(),
        fit.cells(),
        fit.raters(),
        &[fit.reached().gradient],
    ]
    .concat()
}

fn forecasts(stated: [f64; 3]) -> Vec<Forecast> {
    stated
        .into_iter()
        .zip([true, false, true])
        .map(|(stated, came)| Forecast { stated, came })
        .collect()
}

fn list(v: &[f64]) -> Vec<Forecast> {
    forecasts([v[0], v[1], 0.5])
}

fn known(model: &mut OrdinalModel, level: f64) -> Known<'_> {
    const SAID: [Rating; 2] = [Rating {
        category: 2,
        leniency_mean: 0.0,
        leniency_sd: 0.5,
    }; 2];
    Known {
        model,
        ratings: &SAID,
        items: &[],
        curve: Curve {
            a: 1.5,
            g: 0.05,
            s: 0.05,
        },
        level,
    }
}

fn further(v: &[f64]) -> [Further; 2] {
    [
        Further::Rating {
            leniency_mean: v[1],
            leniency_sd: v[2].abs(),
        },
        Further::Item {
            target: i(v[3]),
            weight: v[2],
        },
    ]
}

pub(super) const EDGES: &[Edge] = &[
    Edge {
        name: "fit::new",
        takes: &[F, F, F, F],
        gives: ANY,
        call: |v| {
            let model = Model {
                taus: vec![-1.0, v[0], 40.0, 41.0],
                group_mean: vec![0.0, v[1]],
                group_sd: vec![0.5, v[2]],
                subject_sd: v[3],
                cell_sd: 0.7,
            };
            Fit::new(&mixed(), &model, Settings::default()).map(|fit| numbers(&fit))
        },
        answers: &[&[0.3, 30.0, 0.01, 1.0], &[0.0, 0.0, 1.0, 0.01]],
    },
    Edge {
        name: "forecast::brier",
        takes: &[R, R],
        gives: UNIT,
        call: |v| one(forecast::brier(&list(v))),
        answers: &[&[0.0, 1.0], &[5e-324, 0.3]],
    },
    Edge {
        name: "forecast::log_score",
        takes: &[R, R],
        gives: UP,
        // Stated impossible and yet it came: infinitely wrong, and refused.
        call: |v| one(forecast::log_score(&list(v))),
        answers: &[&[5e-324, 0.3], &[1.0, 0.3]],
    },
    Edge {
        name: "check::overall",
        takes: &[R, R, R],
        gives: (0.0, 3.0),
        call: |v| {
            forecast::overall(&list(v), v[2])
                .map(|o| vec![o.expected, o.p_value, o.low as f64, o.high as f64])
        },
        answers: &[&[0.0, 1.0, 0.3], &[1e-300, 0.3, 1e-12]],
    },
    Edge {
        name: "check::check",
        takes: &[F, F, F, F],
        gives: UNIT,
        call: |v| {
            forecast::check(&list(v), 0.95, v[2], v[3])
                .map(|c| vec![c.overall.p_value, c.power_if_lower, c.power_if_higher])
        },
        answers: &[&[0.3, 0.3, 0.01, 0.3]],
    },
    Edge {
        name: "bins::reliability",
        takes: &[R, R, R],
        gives: UNIT,
        call: |v| {
            let bins = forecast::reliability(&list(v), forecast::Edges::Values, 1, v[2])?;
            Ok(bins
                .iter()
                .flat_map(|b| [b.share, b.interval.lower, b.interval.upper])
                .collect())
        },
        answers: &[&[0.0, 1.0, 0.3]],
    },
    Edge {
        name: "bins::decompose",
        takes: &[R, R],
        gives: (-1.0, 1.0),
        call: |v| {
            forecast::decompose(&list(v), forecast::Edges::Equal(2))
                .map(|d| vec![d.reliability, d.resolution, d.uncertainty])
        },
        answers: &[&[0.0, 1.0]],
    },
    Edge {
        name: "pooled::pooled",
        takes: &[R, R],
        gives: UNIT,
        call: |v| forecast::pooled(&list(v)).map(|p| p.pools.iter().map(forecast::Pool::share).collect()),
        answers: &[&[0.0, 1.0], &[1.0, 5e-324]],
    },
    Edge {
        name: "further::expected",
        takes: &[F, F, F, I],
        gives: (0.0, 10.0),
        call: |v| {
            let mut model = OrdinalModel::new(&equal_thresholds(4), 1.3)?;
            let mut told = Vec::new();
            for offered in further(v) {
                let open = known(&mut model, v[0]).expected(offered)?;
                told.extend([open.length, open.entropy]);
            }
            Ok(told)
        },
        answers: &[&[0.3, 0.3, 1.0, 4.0], &[1.0, 30.0, 0.3, 0.0]],
    },
    Edge {
        name: "further::most_telling",
        takes: &[F, F, F, I],
        gives: (0.0, 10.0),
        call: |v| {
            let mut model = OrdinalModel::new(&equal_thresholds(4), 1.3)?;
            let best = known(&mut model, v[0]).most_telling(&further(v))?;
            Ok(best.map_or(Vec::new(), |(place, open)| vec![place as f64, open.length]))
        },
        answers: &[&[0.3, 0.3, 1.0, 4.0]],
    },
];

/// What comes of estimating everything from `ratings`.
fn estimated(ratings: &Ratings, given: &Model, ask: &Ask) -> Estimate {
    let links = Links::new(ratings, Through::Cells);
    let estimate = Estimate::new(ratings, &links, given, ask).unwrap();
    let told = [
        numbers(&estimate.fit),
        vec![
            estimate.fit.model().subject_sd,
            estimate.fit.model().cell_sd,
            estimate.change,
        ],
    ]
    .concat();
    assert!(told.iter().all(|n| n.is_finite()), "{told:?}");
    estimate
}

#[test]
fn ratings_that_are_all_alike_show_no_variation_and_say_so() {
    for category in [0, 2, 4] {
        let alike = estimated(&ratings(|_, _| category), &model(), &Ask::default());
        // Four of the five categories were never given: nothing places the thresholds.
        assert!(matches!(alike.taus, Source::TooFew { found: 0, .. }));
        for source in [alike.subject_sd, alike.cell_sd].iter().chain(&alike.group_sd) {
            assert_eq!(*source, Source::AtBoundary);
        }
        assert_eq!(*alike.fit.model(), model());
    }
}

#[test]
fn raters_who_never_leave_the_ends_let_a_deviation_run_away_and_it_is_given_up() {
    // Two kinds of subject, each at its own end whoever looks, and thresholds given that lie very far apart:
    // only subjects farther apart than any should be explain that.
    let apart = ratings(|cell, _| if cell / 4 % 2 == 0 { 0 } else { 4 });
    let ask = Ask {
        taus: false,
        ..Ask::default()
    };
    let far = Model {
        taus: vec![-30.0, -10.0, 10.0, 30.0],
        ..model()
    };
    let estimate = estimated(&apart, &far, &ask);
    assert_eq!(estimate.subject_sd, Source::Unbounded);
    assert!((estimate.fit.model().subject_sd - far.subject_sd).abs() < 1e-12);
}

#[test]
fn one_rater_or_none_is_answered_with_what_was_given() {
    let lone = Ratings::new(
        Shape {
            raters: 1,
            groups: 1,
            ..SHAPE
        },
        &[Entry {
            subject: 3,
            aspect: 1,
            rater: 0,
            group: 0,
            category: 4,
        }],
    )
    .unwrap();
    let none = Ratings::new(
        Shape {
            raters: 0,
            subjects: 0,
            groups: 1,
            ..SHAPE
        },
        &[],
    )
    .unwrap();
    let given = Model {
        group_mean: vec![0.0],
        group_sd: vec![0.5],
        ..model()
    };
    for ratings in [&lone, &none] {
        let links = Links::new(ratings, Through::Subjects);
        let estimate = Estimate::new(ratings, &links, &given, &Ask::default()).unwrap();
        assert_eq!(*estimate.fit.model(), given);
        assert!(matches!(estimate.subject_sd, Source::TooFew { .. }));
    }
    let links = Links::new(&lone, Through::Cells);
    assert_eq!(links.linking(0), Ok(Linking::Alone));
    assert!(links.linking(1).is_err() && Links::new(&none, Through::Cells).linking(0).is_err());
    let fit = Fit::new(&lone, &given, Settings::default()).unwrap();
    let leniency = fit.leniency(&lone, &links, 0).unwrap();
    assert!(leniency.mean.abs() < 1e-12 && (leniency.sd - 0.5).abs() < 1e-12);
    assert!(fit.leniency(&lone, &links, 1).is_err());
}

#[test]
fn what_does_not_fit_its_shape_is_refused() {
    let entry = Entry {
        subject: 0,
        aspect: 0,
        rater: 0,
        group: 0,
        category: 0,
    };
    let beyond = [
        Entry {
            subject: u32::MAX,
            ..entry
        },
        Entry { aspect: 4, ..entry },
        Entry { rater: 12, ..entry },
        Entry { group: 2, ..entry },
        Entry { category: 5, ..entry },
    ];
    for wrong in beyond {
        assert!(Ratings::new(SHAPE, &[wrong]).is_err(), "{wrong:?}");
    }
    assert!(
        Ratings::new(SHAPE, &[entry, entry]).is_err(),
        "the same cell twice"
    );
    let in_two_groups = Entry {
        aspect: 1,
        group: 1,
        ..entry
    };
    assert!(Ratings::new(SHAPE, &[entry, in_two_groups]).is_err());
    for shape in [
        Shape { groups: 0, ..SHAPE },
        Shape { groups: 33, ..SHAPE },
        Shape {
            categories: 1,
            ..SHAPE
        },
        Shape {
            categories: 102,
            ..SHAPE
        },
        Shape {
            subjects: u32::MAX,
            ..SHAPE
        },
        Shape {
            raters: u32::MAX,
            ..SHAPE
        },
    ] {
        assert!(Ratings::new(shape, &[]).is_err(), "{shape:?}");
    }
    let ratings = mixed();
    for tolerance in [f64::NAN, f64::INFINITY, 0.0, 2.0] {
        let settings = Settings {
            tolerance,
            ..Settings::default()
        };
        assert!(Fit::new(&ratings, &model(), settings).is_err());
        let ask = Ask {
            tolerance,
            ..Ask::default()
        };
        let links = Links::new(&ratings, Through::Cells);
        assert!(Estimate::new(&ratings, &links, &model(), &ask).is_err());
    }
    let fewer = Model {
        taus: equal_thresholds(3),
        ..model()
    };
    assert!(Fit::new(&ratings, &fewer, Settings::default()).is_err());
}

#[test]
fn no_forecasts_and_very_many_are_answered_or_refused() {
    assert!(forecast::brier(&[]).is_err() && forecast::log_score(&[]).is_err());
    assert!(forecast::overall(&[], 0.95).is_err() && forecast::pooled(&[]).is_err());
    let many = vec![
        Forecast {
            stated: 1e-9,
            came: false
        };
        forecast::MAX_EXACT
    ];
    let overall = forecast::overall(&many, 0.95).unwrap();
    assert!((overall.expected - 1e-4).abs() < 1e-12 && overall.p_value > 0.999);
    assert!(forecast::overall(&[&many[..], &many[..1]].concat(), 0.95).is_err());
    assert!(
        forecast::reliability(&many, forecast::Edges::At(&[0.5, f64::NAN]), 1, 0.95).is_err()
            && forecast::reliability(&many, forecast::Edges::Equal(0), usize::MAX, 0.95).is_err()
    );
}
