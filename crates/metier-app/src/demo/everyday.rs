//! The example's work of every week, as tables.

use metier_core::rating::Role;

/// Where she saw herself at the first review: competency and step.
pub(super) const OWN_VIEW: [(&str, &str); 19] = [
    ("map-questions-to-stages", "reliable"),
    ("collect-questions", "reliable"),
    ("explain-the-product", "reliable"),
    ("write-a-content-brief", "delivers"),
    ("run-the-editorial-calendar", "delivers"),
    ("write-headlines-and-openings", "reliable"),
    ("write-a-customer-story", "reliable"),
    ("proofread-to-the-style-guide", "teaches"),
    ("check-facts-and-sources", "delivers"),
    ("keep-the-style-guide", "follows"),
    ("research-what-people-search", "follows"),
    ("brief-a-designer", "reliable"),
    ("make-content-accessible", "follows"),
    ("repurpose-a-piece", "reliable"),
    ("tag-and-check-tracking", "reliable"),
    ("refresh-an-ageing-piece", "reliable"),
    ("clear-rights-and-consent", "follows"),
    ("steer-a-piece-through-review", "reliable"),
    ("brief-and-coach-freelancers", "delivers"),
];

/// Who saw her do what with the guide at hand.
pub(super) const SEEN_WITH_THE_GUIDE: [(&str, &str, Role); 5] = [
    ("proofread-to-the-style-guide", "Edith", Role::Manager),
    ("check-facts-and-sources", "Edith", Role::Manager),
    ("tag-and-check-tracking", "Jonas", Role::Peer),
    ("make-content-accessible", "Mira", Role::Peer),
    ("refresh-an-ageing-piece", "Jonas", Role::Peer),
];

/// A run of sessions of attempts.
pub(super) struct Run {
    pub competency: &'static str,
    pub title: &'static str,
    /// Days ago of the first session.
    pub since: i32,
    pub sessions: i32,
    /// Days from one to the next.
    pub every: i32,
    /// Attempts in each.
    pub each: u32,
    /// The session in which one missed.
    pub missed_in: Option<i32>,
}

/// Runs of attempts, oldest first.
pub(super) const RUNS: [Run; 7] = [
    run(
        "tag-and-check-tracking",
        "Links tagged and checked",
        420,
        13,
        3,
        3,
        None,
    ),
    run(
        "proofread-to-the-style-guide",
        "Proofread before publishing",
        419,
        16,
        5,
        5,
        None,
    ),
    run(
        "check-facts-and-sources",
        "Facts checked against their sources",
        418,
        14,
        5,
        3,
        Some(4),
    ),
    run(
        "write-headlines-and-openings",
        "Headline and opening accepted",
        417,
        9,
        6,
        3,
        Some(2),
    ),
    run(
        "collect-questions",
        "Questions collected from support",
        416,
        10,
        7,
        2,
        None,
    ),
    run(
        "repurpose-a-piece",
        "Article turned into three pieces",
        415,
        6,
        9,
        2,
        None,
    ),
    run(
        "refresh-an-ageing-piece",
        "Old article brought up to date",
        414,
        12,
        4,
        3,
        None,
    ),
];

const fn run(
    competency: &'static str,
    title: &'static str,
    since: i32,
    sessions: i32,
    every: i32,
    each: u32,
    missed_in: Option<i32>,
) -> Run {
    Run {
        competency,
        title,
        since,
        sessions,
        every,
        each,
        missed_in,
    }
}
