//! Use cases: one function for each thing a person does.
//!
//! [`Metier`] opens a home (one store, one person's journal) and joins the floors below: it reads
//! entries, asks the core's pure functions, and records facts. Pages and commands call it and never
//! the store. What a derived value means in words is in [`words`], so that a page and a command say
//! the same sentence.

mod care;
mod demo;
mod error;
mod evidence;
mod frameworks;
mod home;
mod life;
mod occupations;
mod people;
mod person;
mod record;
mod standing;
mod surroundings;
pub mod words;

pub use care::{Imported, Verified};
pub use error::{AppError, Kind};
pub use evidence::{LogEvidence, LoggedRow, ToClaim, evidence, happening_of, one_line};
pub use frameworks::{Starter, compare, find_framework, starters};
pub use home::{Metier, STORE_FILE};
pub use life::{Life, Told, Version};
pub use occupations::{CATALOGUE_FILE, catalogue, draft_occupation, import_catalogue, needed_catalogue};
pub use person::AimChoice;
pub use record::Writing;
pub use standing::{AsOf, Carried, Sight};
pub use surroundings::Surroundings;
