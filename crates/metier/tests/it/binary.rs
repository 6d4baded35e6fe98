//! The binary under test, in a home of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A home, and the binary that works on it.
pub struct Home {
    _folder: TempDir,
    path: PathBuf,
}

/// What one run answered.
pub struct Said {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    /// A home nobody started in.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("home");
        Self {
            _folder: folder,
            path,
        }
    }

    /// A home of Ada, content marketer, aiming at senior.
    pub fn of_ada() -> Self {
        let home = Self::empty();
        home.ok(&[
            "start",
            "--profession",
            "content-marketing",
            "--level",
            "senior",
            "--name",
            "Ada",
        ]);
        home
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A path beside the home.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.path.with_file_name(name)
    }

    /// A file beside the home.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.beside(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_metier"));
        command
            .args(arguments)
            .env("METIER_HOME", &self.path)
            .env("TZ", "UTC")
            .env_remove("NO_COLOR")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::of(&self.command(arguments).output().unwrap())
    }

    /// What a command that succeeds prints.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.status, 0, "{arguments:?}: {}{}", said.out, said.err);
        assert_eq!(said.err, "", "{arguments:?}");
        said.out
    }

    /// What a command that succeeds answers in JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let with: Vec<&str> = arguments.iter().copied().chain(["--json"]).collect();
        let out = self.ok(&with);
        serde_json::from_str(&out).unwrap_or_else(|e| panic!("{arguments:?}: {e}: {out}"))
    }

    /// What a command that fails complains of.
    pub fn fails(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.status, 1, "{arguments:?}: {}{}", said.out, said.err);
        assert_eq!(said.out, "", "{arguments:?}");
        assert!(said.err.starts_with("error: "), "{arguments:?}: {}", said.err);
        said.err
    }

    /// The state of one step of one competency.
    pub fn state(&self, competency: &str, rung: &str) -> String {
        let standing = self.json(&["standing", competency]);
        let rungs = standing["standing"]["rungs"].as_array().unwrap();
        let found = rungs.iter().find(|r| r["rung"] == rung).unwrap();
        found["state"].as_str().unwrap().to_owned()
    }

    /// How many entries the journal has.
    pub fn entries(&self) -> u64 {
        self.json(&["verify"])["entries"].as_u64().unwrap()
    }
}

impl Said {
    pub fn of(output: &Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }
}
