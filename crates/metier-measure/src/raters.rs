//! Several raters, many subjects, ordered categories: who stands where, and who is lenient?
//!
//! The cumulative logit mixed model `P(Y <= k) = logistic(tau_{k+1} - eta)`,
//! `eta = mean_group + u_subject + v_cell + b_rater`, a *cell* being one aspect of a subject, all effects
//! normal around zero (`McCullagh`, Journal of the Royal Statistical Society B 42, 1980; Linacre, Many-Facet
//! Rasch Measurement, 1989, for raters' severity; Christensen's `ordinal::clmm` for the fit).
//!
//! [`Ratings`] holds the data and takes additions, [`Links`] says who can be compared, [`Fit`] finds the mode of
//! all effects under a [`Model`] and each rater's [`Leniency`], [`Estimate`] the model itself where the ratings
//! are enough.
//!
//! ```
//! use metier_measure::raters::{Entry, Fit, Linking, Links, Model, Ratings, Settings, Shape, Through};
//!
//! # fn main() -> metier_measure::Result<()> {
//! // Two subjects, each rated by itself (group 0) and by raters 2 and 3 (group 1), in one aspect.
//! let shape = Shape { subjects: 2, aspects: 1, raters: 4, groups: 2, categories: 3 };
//! let said = [(0, 0, 2), (0, 2, 1), (0, 3, 0), (1, 1, 2), (1, 2, 2), (1, 3, 1)];
//! let entries = said.map(|(subject, rater, category)| Entry {
//!     subject,
//!     aspect: 0,
//!     rater,
//!     group: u8::from(rater > 1),
//!     category,
//! });
//! let ratings = Ratings::new(shape, &entries)?;
//! let links = Links::new(&ratings, Through::Cells);
//! assert_eq!(links.linking(0)?, Linking::Anchored);
//! assert_eq!(links.linking(2)?, Linking::Linked);
//!
//! let model = Model {
//!     taus: vec![-1.0, 1.0],
//!     group_mean: vec![0.6, 0.0],
//!     group_sd: vec![0.7, 0.5],
//!     subject_sd: 1.0,
//!     cell_sd: 0.8,
//! };
//! let fit = Fit::new(&ratings, &model, Settings::default())?;
//! // Rater 3 gave the lower category each time.
//! assert!(fit.leniency(&ratings, &links, 3)?.mean < fit.leniency(&ratings, &links, 2)?.mean);
//! # Ok(())
//! # }
//! ```

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
