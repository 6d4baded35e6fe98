//! What a step needs on the machine, and how it gets there.
//!
//! As root on a Debian-like system (a CI machine, a container) missing tools are installed and named. On
//! anybody's own machine nothing is installed behind their back: the commands to run are printed and the
//! step fails.

use std::path::Path;

use crate::place::Place;
use crate::process::{self, Failure};

/// A program that some step needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    Rustfmt,
    Clippy,
    Nextest,
    Deny,
    Fuzz,
    /// Builds the fuzzing engine, which is C++.
    CxxCompiler,
    /// The server's programs, for the store's tests; a running server is not needed.
    PostgreSql,
    Node,
    Npm,
    Chromium,
    /// Python with what makes an environment of its own.
    Python,
}

/// Where a tool comes from.
#[derive(Debug, PartialEq, Eq)]
enum Source {
    Rustup(&'static str),
    Cargo(&'static str),
    Debian(&'static str),
}

impl Tool {
    // Versions that build with the toolchain of today: a newer one may ask for a newer compiler.
    fn source(self) -> Source {
        match self {
            Self::Rustfmt => Source::Rustup("rustfmt"),
            Self::Clippy => Source::Rustup("clippy"),
            Self::Nextest => Source::Cargo("cargo-nextest@0.9.143"),
            Self::Deny => Source::Cargo("cargo-deny@0.20.2"),
            Self::Fuzz => Source::Cargo("cargo-fuzz@0.13.2"),
            Self::CxxCompiler => Source::Debian("g++"),
            Self::PostgreSql => Source::Debian("postgresql"),
            Self::Node => Source::Debian("nodejs"),
            Self::Npm => Source::Debian("npm"),
            Self::Chromium => Source::Debian("chromium"),
            Self::Python => Source::Debian("python3-venv"),
        }
    }

    fn is_present(self) -> bool {
        match self {
            Self::Rustfmt => process::answers("cargo", &["fmt", "--version"]),
            Self::Clippy => process::answers("cargo", &["clippy", "--version"]),
            Self::Nextest => process::answers("cargo", &["nextest", "--version"]),
            Self::Deny => process::answers("cargo", &["deny", "--version"]),
            Self::Fuzz => process::answers("cargo", &["fuzz", "--version"]),
            Self::CxxCompiler => process::answers("c++", &["--version"]),
            Self::PostgreSql => process::answers("initdb", &["--version"]) || debian_has_postgresql(),
            Self::Node => process::answers("node", &["--version"]),
            Self::Npm => process::answers("npm", &["--version"]),
            Self::Chromium => chromium().is_file(),
            Self::Python => process::answers("python3", &["-c", "import ensurepip, venv"]),
        }
    }
}

/// The browser the tests drive.
pub fn chromium() -> std::path::PathBuf {
    std::env::var_os("METIER_CHROMIUM").map_or_else(|| "/usr/bin/chromium".into(), Into::into)
}

/// Debian keeps the server's programs out of the search path, one folder a version.
fn debian_has_postgresql() -> bool {
    std::fs::read_dir("/usr/lib/postgresql").is_ok_and(|versions| {
        versions
            .flatten()
            .any(|version| version.path().join("bin/initdb").is_file())
    })
}

/// Makes sure that every tool is there; returns what had to be installed.
pub fn provide(place: &Place, tools: &[Tool]) -> Result<Vec<String>, Failure> {
    let missing = tools
        .iter()
        .filter(|tool| !tool.is_present())
        .map(|tool| tool.source())
        .collect::<Vec<_>>();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let commands = commands(&missing);
    if !may_install() {
        return Err(Failure::new(remedy(&commands)));
    }
    for words in &commands {
        install(place, words)?;
    }
    match tools.iter().find(|tool| !tool.is_present()) {
        Some(tool) => Err(Failure::new(format!(
            "{tool:?} is still missing after {}",
            commands
                .iter()
                .map(|words| words.join(" "))
                .collect::<Vec<_>>()
                .join("; ")
        ))),
        None => Ok(missing.iter().map(Source::name).collect()),
    }
}

impl Source {
    fn name(&self) -> String {
        match self {
            Self::Rustup(name) | Self::Cargo(name) | Self::Debian(name) => (*name).to_owned(),
        }
    }
}

/// One command per kind of source, in the order they must run.
fn commands(missing: &[Source]) -> Vec<Vec<&'static str>> {
    let mut components = Vec::new();
    let mut crates = Vec::new();
    let mut packages = Vec::new();
    for source in missing {
        match source {
            Source::Rustup(name) => components.push(*name),
            Source::Cargo(name) => crates.push(*name),
            Source::Debian(name) => packages.push(*name),
        }
    }
    let mut commands = Vec::new();
    if !packages.is_empty() {
        commands.push(vec!["apt-get", "update"]);
        let install = ["apt-get", "install", "-y", "--no-install-recommends"];
        commands.push([&install[..], &packages[..]].concat());
    }
    if !components.is_empty() {
        commands.push([&["rustup", "component", "add"][..], &components[..]].concat());
    }
    if !crates.is_empty() {
        commands.push([&["cargo", "install", "--locked"][..], &crates[..]].concat());
    }
    commands
}

fn install(place: &Place, words: &[&str]) -> Result<(), Failure> {
    let Some((program, arguments)) = words.split_first() else {
        return Ok(());
    };
    let mut command = process::command(place, program, arguments);
    // A tool is built in a folder of its own: the shared one is for the tree.
    command
        .env_remove("CARGO_TARGET_DIR")
        .env("DEBIAN_FRONTEND", "noninteractive");
    process::run(&mut command)
}

/// Root on a Debian-like system: a machine that exists to be set up.
fn may_install() -> bool {
    let root = std::process::Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    root && Path::new("/etc/debian_version").is_file()
}

fn remedy(commands: &[Vec<&str>]) -> String {
    let mut text = "tools are missing; to install them run:".to_owned();
    for words in commands {
        let privilege = if words.first() == Some(&"apt-get") {
            "sudo "
        } else {
            ""
        };
        text.push_str("\n    ");
        text.push_str(privilege);
        text.push_str(&words.join(" "));
    }
    if commands.iter().any(|words| words.first() == Some(&"apt-get")) {
        text.push_str("\n(on a system other than Debian, its own packages of the same names)");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_come_before_what_may_be_built_with_them() {
        let missing = [
            Tool::Deny.source(),
            Tool::Chromium.source(),
            Tool::Fuzz.source(),
            Tool::CxxCompiler.source(),
        ];
        assert_eq!(
            commands(&missing)
                .iter()
                .map(|words| words.join(" "))
                .collect::<Vec<_>>(),
            [
                "apt-get update",
                "apt-get install -y --no-install-recommends chromium g++",
                "cargo install --locked cargo-deny@0.20.2 cargo-fuzz@0.13.2",
            ]
        );
    }

    #[test]
    fn whoever_may_not_install_is_told_the_exact_commands() {
        let text = remedy(&commands(&[Tool::Clippy.source(), Tool::PostgreSql.source()]));
        assert_eq!(
            text,
            "tools are missing; to install them run:\n    \
             sudo apt-get update\n    \
             sudo apt-get install -y --no-install-recommends postgresql\n    \
             rustup component add clippy\n\
             (on a system other than Debian, its own packages of the same names)"
        );
    }
}
