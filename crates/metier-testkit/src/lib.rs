//! What tests of the other crates share: a clock that stands still, ids and salts that repeat, journals
//! in two lines, and a PostgreSQL of their own. Development only.
//!
//! ```
//! use metier_testkit::Pen;
//!
//! let mut pen = Pen::new(1);
//! let chain = pen.pages(20);
//! assert!(metier_core::journal::verify(&chain).is_empty());
//! assert_eq!(chain, Pen::new(1).pages(20), "the same pen writes the same journal");
//! ```

mod clock;
mod ids;
mod pen;
pub mod postgres;

pub use clock::Clock;
pub use ids::Ids;
pub use pen::Pen;
