//! Pages: what a person sees in the browser, served on this machine only.
//!
//! [`Site::bind`] takes a home and a port of the loopback interface and gives the address to open, with
//! a token in it; [`Site::run`] serves until it is told to stop. [`router`] is the same site without a
//! socket, for tests.
//!
//! A request passes `security` (who may ask), reaches one of `pages`, which asks `metier-app` and draws
//! the answer inside the frame of `layout`. Pages work without scripts.

mod asset;
mod field;
mod form;
mod layout;
mod mark;
mod pages;
mod problem;
mod security;
mod seen;
mod serve;
mod shared;

pub use serve::{Options, ServeError, Site, router};
pub use shared::Shared;
