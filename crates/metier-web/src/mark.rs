//! The marks of states: each a shape of its own, so that no meaning hangs on colour.

use maud::{Markup, html};
use metier_core::standing::{Grade, State};

/// The shape of a state, as the name of its symbol.
fn shape(state: State, grade: Option<Grade>) -> &'static str {
    match (state, grade) {
        (State::Proven, Some(Grade::Confirmed)) => "m-c",
        (State::Proven, Some(Grade::ReadAcross)) => "m-a",
        (State::Proven, _) => "m-p",
        (State::Likely, _) => "m-l",
        (State::NotYet, _) => "m-n",
        (State::NoRecord, _) => "m-o",
        (State::RefresherDue, _) => "m-r",
        (State::Disputed, _) => "m-d",
    }
}

/// A mark. Its meaning is said beside it or in the label of the link around it. The page needs
/// [`crate::layout::Page::marks`].
pub fn mark(state: State, grade: Option<Grade>) -> Markup {
    html! { svg.m aria-hidden="true" { use href={ "#" (shape(state, grade)) } {} } }
}

/// A mark inside something that is labelled, or hidden, as a whole: hundreds of them make a map, so each
/// byte counts.
pub fn bare(state: State, grade: Option<Grade>) -> Markup {
    html! { svg.m { use href={ "#" (shape(state, grade)) } {} } }
}

/// The shapes, once a page.
pub fn symbols() -> Markup {
    html! {
        svg.symbols aria-hidden="true" {
            symbol id="m-c" viewBox="0 0 24 24" {
                circle cx="12" cy="12" r="9" class="f" {}
                path d="M7.5 12.3l3 3 6-6.4" class="tick" {}
            }
            symbol id="m-p" viewBox="0 0 24 24" { circle cx="12" cy="12" r="9" class="f" {} }
            symbol id="m-a" viewBox="0 0 24 24" {
                circle cx="12" cy="12" r="8" class="o" {}
                circle cx="12" cy="12" r="4.6" class="f" {}
            }
            symbol id="m-l" viewBox="0 0 24 24" {
                circle cx="12" cy="12" r="8" class="o" {}
                path d="M12 4a8 8 0 0 0 0 16z" class="f" {}
            }
            symbol id="m-n" viewBox="0 0 24 24" { circle cx="12" cy="12" r="8" class="o" {} }
            symbol id="m-o" viewBox="0 0 24 24" { circle cx="12" cy="12" r="2" class="q" {} }
            symbol id="m-r" viewBox="0 0 24 24" {
                circle cx="12" cy="12" r="8" class="o dash" {}
                circle cx="12" cy="12" r="3.4" class="f" {}
            }
            symbol id="m-d" viewBox="0 0 24 24" {
                path d="M12 2.5L21.5 12 12 21.5 2.5 12z" class="w" {}
                path d="M12 7.5v5.2M12 16.2v.3" class="x" {}
            }
        }
    }
}
