//! Where the tree and its build products are.

use std::path::{Path, PathBuf};

use crate::process::Failure;

/// The folders every step works in.
pub struct Place {
    /// The root of the workspace.
    pub root: PathBuf,
    /// Cargo's target folder, the one this very program was built into.
    pub target: PathBuf,
}

impl Place {
    /// Reads both from how cargo started this program.
    pub fn find() -> Result<Self, Failure> {
        let own = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = own
            .parent()
            .map(Path::to_owned)
            .ok_or_else(|| Failure::new(format!("{} has no parent folder", own.display())))?;
        let program = std::env::current_exe()
            .map_err(|error| Failure::new(format!("cannot tell where this program is: {error}")))?;
        // target/debug/xtask
        let target = program
            .ancestors()
            .nth(2)
            .map(Path::to_owned)
            .ok_or_else(|| Failure::new(format!("{} is in no target folder", program.display())))?;
        Ok(Self { root, target })
    }

    /// The release binary of the product.
    pub fn binary(&self) -> PathBuf {
        self.target.join("release").join("metier")
    }

    /// The browser tests.
    pub fn e2e(&self) -> PathBuf {
        self.root.join("e2e")
    }
}
