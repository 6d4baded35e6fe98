//! Files that a command writes: new ones only, so that nothing of the person is overwritten.

use std::io::Write as _;
use std::path::Path;

use metier_app::{AppError, Kind};

/// Refuses a file that is there already; asked before anything is recorded.
///
/// # Errors
/// When it is there.
pub fn not_there(path: &Path) -> Result<(), AppError> {
    if path.exists() {
        return Err(AppError::input(format!("{} exists already", path.display()))
            .hint("Give another name; nothing is overwritten, and nothing was recorded."));
    }
    Ok(())
}

/// Writes a new file. `otherwise` says what to do when it cannot be written.
///
/// # Errors
/// When it is there, or cannot be written.
pub fn write_new(path: &Path, bytes: &[u8], otherwise: &str) -> Result<(), AppError> {
    let failed = |e: std::io::Error| {
        AppError::new(
            Kind::Machine,
            format!("{} cannot be written: {e}", path.display()),
        )
        .hint(otherwise)
    };
    let mut file = std::fs::File::create_new(path).map_err(failed)?;
    file.write_all(bytes).map_err(failed)
}
