//! Keeps the floors of ARCHITECTURE.md: crates depend downwards only, and the ground and the domain see no
//! clock, file, socket, random number or async function.

// All of this is test: what cannot be read must stop it.
#![allow(clippy::expect_used, clippy::panic)]

mod graph;
mod sources;

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask lies in the workspace")
        .to_owned()
}

#[test]
fn crates_depend_downwards_only() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let packages = graph::packages(&output.stdout);
    for (name, _) in graph::FLOORS {
        // A floor that is planned but not built yet is no violation; the two grounds are always there.
        assert!(
            *name == "metier-market" || packages.iter().any(|package| package.name == *name),
            "{name} has a floor but is not in the workspace"
        );
    }
    let violations = graph::violations(&packages);
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}

#[test]
fn ground_and_domain_are_pure() {
    let mut violations = Vec::new();
    for name in graph::PURE {
        let folder = root().join("crates").join(name).join("src");
        let scanned = sources::scan_folder(&folder, &mut violations);
        assert!(scanned > 0, "no source in {}", folder.display());
    }
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}
