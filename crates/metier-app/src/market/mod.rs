//! The market: what employers ask for, joined to one's own record.
//!
//! For one person: [`adverts`] they would answer, what these [`asked`] for, and what they [`follow`]. For
//! whoever has thousands: [`ingest`] into counts, and [`demand`] from them. [`concepts`] is what can be
//! looked for; [`train`] teaches what no list of names can know.

mod adverts;
mod asked;
mod called;
mod concepts;
mod demand;
mod evaluated;
mod files;
mod follow;
mod ingest;
mod known;
mod near;
mod pasted;
mod references;
mod scored;
mod sets;
mod train;
mod trained;

pub use adverts::{ADVERT_MAX, AdvertSaid, SavedAdvert, advert_wordings, find_advert, read_advert};
pub use asked::{AdvertSeen, AskedFor, AskedIn, MarketSeen, NameIn, NameSeen, SentenceSeen};
pub(crate) use concepts::index_of;
pub use concepts::{
    CONCEPTS_FILE, Found, concept_index, concepts_of, find_concepts, market_concepts, own_concepts,
};
pub use demand::{
    COUNTS_FILE, DemandSeen, Joined, JoinedRow, counts_of, demand_of, market_counts, merged_counts,
};
pub use evaluated::{MarketEvaluation, SpanEvaluation, evaluate_market};
pub use files::{Columns, FileSeen, Listed};
pub use follow::NoteSaid;
pub use ingest::{Counted, Ingest, Ingested, REPOSTS_FILE, Stage, Step, count_files, ingest};
pub use known::{Demanded, KnownDemand};
pub use near::{DemandThere, demand_there, rated_instead};
pub use pasted::{PAGE_MAX, advert_text, adverts_in};
pub use references::{coded_occupations, static_table};
pub use scored::{CodingEvaluation, LinkEvaluation, NeverSeen};
pub use sets::{FileTaken, Use};
pub use train::{LinkingReport, MarketTraining, NamesReport, TrainAsked, train_market};
pub use trained::{TRAINED_FILE, trained, write_trained};
