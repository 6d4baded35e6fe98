//! The frame every page stands in.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use metier_app::Metier;

use crate::{asset, mark};

/// The pages of the main navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nav {
    /// Where I stand.
    Stand,
    /// What I did.
    Did,
    /// What mastery is.
    Mastery,
    /// Plan.
    Plan,
    /// People.
    People,
    /// Framework.
    Framework,
    /// Market.
    Market,
    /// Show.
    Show,
    /// Settings.
    Settings,
}

impl Nav {
    const ALL: [Self; 9] = [
        Self::Stand,
        Self::Did,
        Self::Mastery,
        Self::Plan,
        Self::People,
        Self::Framework,
        Self::Market,
        Self::Show,
        Self::Settings,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::Stand => "Where I stand",
            Self::Did => "What I did",
            Self::Mastery => "What mastery is",
            Self::Plan => "Plan",
            Self::People => "People",
            Self::Framework => "Framework",
            Self::Market => "Market",
            Self::Show => "Show",
            Self::Settings => "Settings",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Stand => "/",
            Self::Did => "/did",
            Self::Mastery => "/mastery",
            Self::Plan => "/plan",
            Self::People => "/people",
            Self::Framework => "/framework",
            Self::Market => "/market",
            Self::Show => "/show",
            Self::Settings => "/settings",
        }
    }
}

/// A page on its way to the browser.
#[derive(Debug)]
pub struct Page {
    title: String,
    here: Option<Nav>,
    status: StatusCode,
    example: bool,
    marks: bool,
    frame: Frame,
    foot: &'static str,
}

/// What stands around a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// The navigation, and ways on.
    Whole,
    /// No navigation: before there is anywhere to go.
    Alone,
    /// No way into the site: for somebody who was sent a link.
    Guest,
}

impl Page {
    /// A page with a title, as the browser's tab shows it.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            here: None,
            status: StatusCode::OK,
            example: false,
            marks: false,
            frame: Frame::Whole,
            foot: "Everything here stays on this machine.",
        }
    }

    /// Under this entry of the navigation.
    #[must_use]
    pub fn under(mut self, here: Nav) -> Self {
        self.here = Some(here);
        self
    }

    /// Of this journal: an example says that it is one.
    #[must_use]
    pub fn of(mut self, metier: &Metier) -> Self {
        self.example = metier.is_example();
        self
    }

    /// With another status than 200.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// With the marks of states, for pages that draw them with [`mark::mark`].
    #[must_use]
    pub fn marks(mut self) -> Self {
        self.marks = true;
        self
    }

    /// Without navigation: before there is anywhere to go.
    #[must_use]
    pub fn alone(mut self) -> Self {
        self.frame = Frame::Alone;
        self
    }

    /// For somebody who was sent a link: no way into the site, and nothing of whose it is.
    #[must_use]
    pub fn guest(mut self) -> Self {
        self.frame = Frame::Guest;
        self
    }

    /// With other words at its foot.
    #[must_use]
    pub fn foot(mut self, words: &'static str) -> Self {
        self.foot = words;
        self
    }

    /// The page with its content. The content begins with its one `h1`.
    pub fn show(self, content: &Markup) -> Response {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · Metier" }
                    link rel="icon" href=(asset::address("icon.svg")) type="image/svg+xml";
                    link rel="stylesheet" href=(asset::address("style.css"));
                }
                body {
                    a.skip href="#content" { "Skip to the content" }
                    (self.header())
                    @if self.marks { (mark::symbols()) }
                    main #content { (content) }
                    (self.footer())
                }
            }
        };
        (
            self.status,
            [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
            page.into_string(),
        )
            .into_response()
    }

    fn header(&self) -> Markup {
        if self.frame == Frame::Guest {
            return html! { header.top { span.brand { "Metier" } } };
        }
        html! {
            header.top {
                // Where there is no navigation somebody else may look on, or there is nowhere to go yet.
                @if self.frame == Frame::Whole { a.brand href="/" { "Metier" } } @else { span.brand { "Metier" } }
                @if self.frame == Frame::Whole {
                    nav aria-label="Main" {
                        ul {
                            @for (place, nav) in Nav::ALL.into_iter().enumerate() {
                                li.late[place > 1] { (self.link(nav)) }
                            }
                            // On a phone the later ones are folded, so that none is cut off.
                            li.more {
                                details {
                                    summary { "More" }
                                    ul {
                                        @for nav in Nav::ALL.into_iter().skip(2) {
                                            li { (self.link(nav)) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @if self.example {
                aside.example aria-label="Example" { "This is an example career, made up. Nothing here is about you." }
            }
        }
    }

    fn link(&self, nav: Nav) -> Markup {
        let here = (self.here == Some(nav)).then_some("page");
        html! { a href=(nav.path()) aria-current=[here] { (nav.title()) } }
    }

    fn footer(&self) -> Markup {
        if self.frame == Frame::Guest {
            return html! {
                footer.bottom { p { "This page was sent by a person who runs Metier on a machine of their own. It loads nothing from anywhere else. They see how often it was opened." } }
            };
        }
        html! {
            footer.bottom {
                p {
                    (self.foot)
                    @if self.frame == Frame::Whole {
                        " " a href="/how" { "How this is worked out" }
                        " · " a href="/guide" { "Guide" }
                        " · " a href="/settings#data" { "Take it all with you" }
                    }
                }
            }
        }
    }
}

/// Something to be told at the top of a page: what was just done, or that this is a past day.
pub fn notice(content: &Markup) -> Markup {
    html! { div.notice role="status" { (content) } }
}

/// Leads on to another page after something was done.
pub fn see_other(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_owned())]).into_response()
}
