//! The site as a browser sees it, without a socket: who may ask, and what the pages say.
#![allow(clippy::unwrap_used)]

mod answers;
mod browser;
mod case;
mod company;
mod confidential;
mod demand;
mod did;
mod framework;
mod guest;
mod guide;
mod long_texts;
mod looking;
mod market;
mod mastery;
mod meeting;
mod network;
mod own_view;
mod page;
mod pages;
mod people;
mod phone;
mod plan;
mod presence;
mod security;
mod settings;
mod show;
mod start;
mod unnamed;
mod was_sent;
mod what_mastery_is;
mod with_others;
