//! Other people's formats: bytes in, domain out, and back.
//!
//! Every reader here is a pure function of the bytes it is given. Bad input is answered with what is
//! wrong, where, and what to do ([`DocumentProblem`]); nothing partial is ever returned, memory and
//! time are bounded by stated limits, and no input makes a reader panic (the folder `fuzz/` keeps
//! trying).
//!
//! ```
//! use metier_exchange::framework_yaml;
//!
//! let framework = framework_yaml::read(framework_yaml::template().as_bytes()).unwrap();
//! assert_eq!(framework_yaml::read(framework_yaml::write(&framework).as_bytes()), Ok(framework));
//! ```

pub mod agreement_file;
pub mod agreement_mail;
pub mod attempts_csv;
pub mod calendar;
pub mod capture;
pub mod catalogue_file;
pub mod contacts;
pub mod delimited;
pub mod esco;
pub mod feedback_form;
pub mod feedback_mail;
pub mod framework_yaml;
pub mod gathering_file;
pub mod journal_file;
pub mod levelling;
pub mod onet;
pub mod publication;

mod content_line;
mod packed;
mod problem;
mod sealed_text;
pub mod table;

pub use problem::DocumentProblem;
