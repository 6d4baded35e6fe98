//! The site as a browser sees it, without a socket: who may ask, and what the pages say.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod browser;
mod pages;
mod security;
