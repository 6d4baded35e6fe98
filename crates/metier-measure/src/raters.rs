//! Several raters, many subjects, ordered categories: who stands where, and who is lenient?
//!
//! The cumulative logit mixed model `P(Y <= k) = logistic(tau_{k+1} - eta)`,
//! `eta = mean_group + u_subject + v_cell + b_rater`, a *cell* being one aspect of a subject, all effects
//! normal around zero (`McCullagh`, Journal of the Royal Statistical Society B 42, 1980; Linacre, Many-Facet
//! Rasch Measurement, 1989, for raters' severity; Christensen's `ordinal::clmm` for the fit).

mod data;
mod dense;
mod effects;
mod estimate;
mod fit;
mod links;
mod model;
mod settle;
mod spread;
mod system;

pub use data::{Added, Entry, MAX_CATEGORIES, MAX_GROUPS, MAX_HELD, Ratings, Shape};
pub use estimate::{Ask, Estimate, Source};
pub use fit::{Fit, Reached, Settings};
pub use links::{Linking, Links, Through};
pub use model::Model;
pub use spread::{Leniency, MAX_EXACT, Spreads};
