//! Which crate may depend on which.

use serde_json::Value;

/// Floors from the ground up. Crates on one floor do not know each other.
pub const FLOORS: &[(&str, u8)] = &[
    ("metier-measure", 0),
    ("metier-core", 1),
    ("metier-store", 2),
    ("metier-exchange", 2),
    ("metier-market", 2),
    ("metier-app", 3),
    ("metier-web", 4),
    ("metier", 5),
];

/// Beside the house: test support and development tasks.
const TESTKIT: &str = "metier-testkit";
const XTASK: &str = "xtask";

/// Crates that are pure functions over values.
pub const PURE: &[&str] = &["metier-measure", "metier-core"];

/// What a pure crate has no use for.
const IMPURE: &[&str] = &[
    "async-std",
    "async-trait",
    "axum",
    "fastrand",
    "futures",
    "futures-util",
    "getrandom",
    "hyper",
    "mio",
    "notify",
    "rand",
    "rand_core",
    "reqwest",
    "rusqlite",
    "smol",
    "socket2",
    "sqlx",
    "tempfile",
    "tokio",
    "tower",
    "tower-http",
    "ureq",
    "walkdir",
];

pub struct Package {
    pub name: String,
    pub dependencies: Vec<Dependency>,
}

pub struct Dependency {
    pub name: String,
    /// Only for tests, examples and benchmarks.
    pub dev: bool,
}

/// Reads what `cargo metadata --no-deps` prints.
pub fn packages(metadata: &[u8]) -> Vec<Package> {
    let metadata: Value = serde_json::from_slice(metadata).expect("cargo metadata prints JSON");
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let list = |value: &Value| value.as_array().expect("a list").clone();
    list(&metadata["packages"])
        .iter()
        .map(|package| Package {
            name: text(&package["name"]),
            dependencies: list(&package["dependencies"])
                .iter()
                .map(|dependency| Dependency {
                    name: text(&dependency["name"]),
                    dev: dependency["kind"] == "dev",
                })
                .collect(),
        })
        .collect()
}

/// One sentence per arrow that points the wrong way.
pub fn violations(packages: &[Package]) -> Vec<String> {
    let mut found = Vec::new();
    for package in packages {
        let name = package.name.as_str();
        if floor(name).is_none() && name != TESTKIT && name != XTASK {
            found.push(format!(
                "{name} is on no floor: give it one here and in ARCHITECTURE.md"
            ));
        }
        for dependency in &package.dependencies {
            let other = dependency.name.as_str();
            if let Some(reason) = arrow(name, other, dependency.dev, packages) {
                found.push(format!("{name} must not depend on {other}: {reason}"));
            }
        }
    }
    found
}

fn floor(name: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, floor)| *floor)
}

/// Why the arrow `from -> to` is not allowed, if it is not.
fn arrow(from: &str, to: &str, dev: bool, packages: &[Package]) -> Option<String> {
    if PURE.contains(&from) && !dev && IMPURE.contains(&to) {
        return Some("it is pure: time, ids and bytes are parameters".to_owned());
    }
    if packages.iter().all(|package| package.name != to) {
        return None; // not ours
    }
    if to == XTASK {
        return Some("development tasks are nobody's library".to_owned());
    }
    if to == TESTKIT {
        return (!dev).then(|| "test support is for dev-dependencies".to_owned());
    }
    if from == XTASK {
        return Some("development tasks stand beside the product".to_owned());
    }
    let to_floor = floor(to)?;
    if from == TESTKIT {
        return (to == "metier").then(|| "nobody stands above the binary".to_owned());
    }
    let from_floor = floor(from)?;
    match from_floor.cmp(&to_floor) {
        std::cmp::Ordering::Greater => None,
        std::cmp::Ordering::Equal => Some(format!("both are on floor {to_floor}")),
        std::cmp::Ordering::Less => Some(format!("it is above: floor {to_floor}, over {from_floor}")),
    }
}

mod tests {
    use super::*;

    /// `"from -> to"` for a normal dependency, `"from ~> to"` for a development one.
    fn violations_of(arrows: &[&str]) -> Vec<String> {
        let mut packages = Vec::<Package>::new();
        for (name, _) in FLOORS {
            packages.push(Package {
                name: (*name).to_owned(),
                dependencies: Vec::new(),
            });
        }
        for name in [TESTKIT, XTASK] {
            packages.push(Package {
                name: name.to_owned(),
                dependencies: Vec::new(),
            });
        }
        for arrow in arrows {
            let words = arrow.split_whitespace().collect::<Vec<_>>();
            let [from, kind, to] = words[..] else {
                panic!("{arrow}")
            };
            let package = packages
                .iter_mut()
                .find(|package| package.name == from)
                .expect("a known crate");
            package.dependencies.push(Dependency {
                name: to.to_owned(),
                dev: kind == "~>",
            });
        }
        violations(&packages)
    }

    #[test]
    fn arrows_down_are_allowed() {
        let allowed = [
            "metier -> metier-web",
            "metier-web -> metier-app",
            "metier-web -> metier-core",
            "metier-app -> metier-store",
            "metier-app -> metier-exchange",
            "metier-store -> metier-core",
            "metier-core -> metier-measure",
            "metier-core ~> proptest",
            "metier-core ~> metier-testkit",
            "metier-store -> sqlx",
            "metier-testkit -> metier-store",
        ];
        assert_eq!(violations_of(&allowed), Vec::<String>::new());
    }

    #[test]
    fn arrows_up_are_found() {
        for arrow in [
            "metier-measure -> metier-core",
            "metier-core -> metier-store",
            "metier-core ~> metier-app",
            "metier-store -> metier-app",
            "metier-app -> metier-web",
            "metier-web -> metier",
        ] {
            assert_eq!(violations_of(&[arrow]).len(), 1, "{arrow}");
        }
    }

    #[test]
    fn crates_of_one_floor_do_not_know_each_other_not_even_in_tests() {
        for arrow in [
            "metier-store -> metier-exchange",
            "metier-exchange -> metier-market",
            "metier-market ~> metier-store",
        ] {
            assert_eq!(violations_of(&[arrow]).len(), 1, "{arrow}");
        }
    }

    #[test]
    fn test_support_and_tasks_stay_beside_the_house() {
        for arrow in [
            "metier-app -> metier-testkit",
            "metier-app ~> xtask",
            "xtask -> metier-core",
            "metier-testkit -> metier",
        ] {
            assert_eq!(violations_of(&[arrow]).len(), 1, "{arrow}");
        }
    }

    #[test]
    fn a_pure_crate_with_a_socket_a_database_or_dice_is_found() {
        for arrow in [
            "metier-core -> tokio",
            "metier-core -> sqlx",
            "metier-measure -> rand",
            "metier-measure -> getrandom",
            "metier-core -> axum",
        ] {
            assert_eq!(
                violations_of(&[arrow]),
                [format!(
                    "{} must not depend on {}: it is pure: time, ids and bytes are parameters",
                    arrow.split_once(" -> ").expect("an arrow").0,
                    arrow.split_once(" -> ").expect("an arrow").1
                )]
            );
        }
    }

    #[test]
    fn a_crate_without_a_floor_is_found() {
        let packages = [Package {
            name: "metier-utils".to_owned(),
            dependencies: Vec::new(),
        }];
        assert_eq!(
            violations(&packages),
            ["metier-utils is on no floor: give it one here and in ARCHITECTURE.md"]
        );
    }

    #[test]
    fn cargo_metadata_is_read_with_the_kind_of_each_dependency() {
        let read = packages(
            br#"{"packages":[{"name":"metier-core","dependencies":[
                {"name":"metier-store","kind":null},{"name":"metier-testkit","kind":"dev"},
                {"name":"rand","kind":"build"}]},
                {"name":"metier-store","dependencies":[]},{"name":"metier-testkit","dependencies":[]}]}"#,
        );
        assert_eq!(
            violations(&read),
            [
                "metier-core must not depend on metier-store: it is above: floor 2, over 1",
                "metier-core must not depend on rand: it is pure: time, ids and bytes are parameters",
            ]
        );
    }
}
