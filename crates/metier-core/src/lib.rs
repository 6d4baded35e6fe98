//! The domain of Metier: facts in, standing out.
//!
//! A career is a [`journal`]: everything that happens is one immutable entry. Everything a person
//! looks at is derived from entries by pure functions, first of all [`standing`]. This crate holds
//! the words of the field (see `docs/model.md`), and nothing that reads a clock, a file, a database
//! or a random number: instants and ids are parameters.
//!
//! ```
//! use metier_core::framework::{Criterion, Frequency, nine_steps};
//!
//! // "Reliable, unaided" asks for what fits how often the thing is done.
//! let reliable = &nine_steps().rungs[1];
//! assert_eq!(
//!     reliable.criterion.fitted(Frequency::Weekly),
//!     Criterion::Accuracy { target: Some(0.90), days: None }
//! );
//! ```

pub mod agreement;
pub mod authorisation;
pub mod calibration;
pub mod canonical;
pub mod catalogue;
pub mod crosswalk;
pub mod decision;
pub mod disagreement;
pub mod disclosure;
pub mod endurance;
pub mod evidence;
pub mod feedback;
pub mod framework;
pub mod gap;
pub mod gathering;
pub mod id;
pub mod invitation;
pub mod journal;
pub mod market;
pub mod mastery;
pub mod name;
pub mod network;
pub mod next_step;
pub mod own_view;
pub mod packet;
pub mod person;
pub mod plan;
pub mod policy;
pub mod presence;
pub mod rating;
pub mod recall;
pub mod route;
pub mod standing;
mod steps;
pub mod target;
pub mod track_record;
