//! What peers say without their names: asking somebody both sides trust to gather it, gathering it, and taking in
//! what was released.

mod asking;
mod collecting;
mod paper;

use std::path::Path;

use metier_core::gathering::{GatheringLetter, Refusal};
use metier_exchange::gathering_file;

pub use asking::AskPeers;
pub use collecting::{AskedPeer, Closing, Gathers, round_stands_as};

use crate::error::AppError;
use crate::home::Metier;

/// Reads a gathering file that was sent, by the name it was sent under.
///
/// # Errors
/// With place and reason when it is damaged, changed or no such file.
pub fn read_gathering(name: &str, bytes: &[u8]) -> Result<GatheringLetter, AppError> {
    gathering_file::read(bytes).map_err(|problem| {
        AppError::document(name, std::slice::from_ref(&problem)).hint("Nothing was recorded.")
    })
}

/// A letter as the file that is sent and kept.
///
/// # Errors
/// When something in it has no canonical form.
pub fn gathering_text(letter: &GatheringLetter) -> Result<String, AppError> {
    Ok(gathering_file::write(letter)?)
}

/// True when a file that was sent is a gathering file.
pub fn is_gathering(bytes: &[u8]) -> bool {
    crate::sent::holds(bytes, "METIER GATHERING")
}

impl Metier {
    /// Reads a gathering file, or a form that came back, up to a byte more than is read.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn gathering_bytes(path: &Path) -> Result<Vec<u8>, AppError> {
        use std::io::Read;
        let failed = |e: std::io::Error| AppError::input(format!("{} cannot be read: {e}", path.display()));
        let mut bytes = Vec::new();
        std::fs::File::open(path)
            .map_err(failed)?
            .take(gathering_file::FILE_MAX as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        Ok(bytes)
    }
}

/// A refusal, as it is told.
fn refused(refusal: &Refusal) -> AppError {
    AppError::input(refusal.to_string()).hint("Nothing was recorded.")
}

#[cfg(test)]
mod tests;
