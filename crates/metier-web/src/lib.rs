//! Pages: what a person sees in the browser, served on this machine only.
//!
//! [`Site::bind`] takes a home and a port of the loopback interface and gives the address to open, with
//! a token in it; [`Site::run`] serves until it is told to stop. [`router`] is the same site without a
//! socket, for tests.
//!
//! A phone of the same network reaches a site of its own, [`phone_router`], and only where
//! [`Options::phone`] asks for it: it adds and shows nothing of the journal.
//!
//! A request passes `security` (who may ask), reaches one of `pages`, which asks `metier-app` and draws
//! the answer inside the frame of `layout`. Pages work without scripts.

mod asset;
mod field;
mod form;
mod held;
mod layout;
mod mark;
mod pages;
mod path;
mod phone;
mod problem;
mod qr;
mod security;
mod seen;
mod serve;
mod shared;

pub use phone::router as phone_router;
pub use serve::{Options, PhoneOptions, ServeError, Site, router};
pub use shared::Shared;
