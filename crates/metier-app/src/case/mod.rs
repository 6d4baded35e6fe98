//! The case for a promotion before anyone decides: what was agreed, where people see it differently, and
//! what was decided.

mod agreeing;
mod answering;
mod deciding;
mod differing;
mod meeting;
mod pinned;
mod receipts;

pub use agreeing::{EndAgreement, Propose};
pub use answering::Reply;
pub use deciding::Decide;
pub use differing::{Differing, DifferingSide, WriteDown};
pub use meeting::Met;
pub use metier_exchange::agreement_mail::MailReply;
pub use pinned::Pinned;
pub use receipts::{Against, Held, Replied, letter_file, read_letter};

use metier_core::canonical::digest_of;
use serde::Serialize;

/// A short name for how something stands: a form carries it, and what is done with the form is refused when
/// the thing changed meanwhile in another window or on another device.
pub fn stands_as(state: &impl Serialize) -> String {
    digest_of(state).map_or_else(|_| String::new(), |digest| digest.short())
}
