//! From postings to demand, through the public interface.

mod counts;
mod duplicates;
mod trends;
mod world;
