//! How this is worked out: methods, numbers, limits.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use metier_app::words;
use metier_core::policy::Policy;
use metier_core::standing::{Grade, State as Rung};

use crate::Shared;
use crate::layout::Page;
use crate::mark::mark;
use crate::problem::Problem;

pub fn routes() -> Router<Shared> {
    Router::new().route("/how", get(how))
}

async fn how(State(shared): State<Shared>) -> Result<Response, Problem> {
    let page = Page::new("How this is worked out").marks();
    let metier = shared.metier().await?;
    let page = match &metier {
        Some(metier) => page.of(metier),
        None => page,
    };
    Ok(page.show(&html! {
        div.narrow {
            h1 { "How this is worked out" }
            p.lead {
                "Everything you see is worked out anew from what you recorded, by fixed rules, on this machine. \
                 Nothing is learned from you or from anybody else, and nothing is sent anywhere."
            }
            (states())
            (two_answers())
            (calls(metier.is_some()))
            (numbers(&Policy::version_1()))
            (limits())
        }
    }))
}

fn states() -> Markup {
    let rows: [(Rung, Option<Grade>, &str); 8] = [
        (
            Rung::Disputed,
            None,
            "Somebody disputes it, or misses have become more frequent, or something spoke against it after it was proven. It is held until that is answered.",
        ),
        (
            Rung::RefresherDue,
            None,
            "It was proven, and has not been used for long, or a credential has lapsed.",
        ),
        (
            Rung::Proven,
            Some(Grade::Confirmed),
            "What the step asks for is there, and somebody else confirmed it.",
        ),
        (
            Rung::Proven,
            None,
            "What the step asks for is there, on your own record, with something to show for it.",
        ),
        (
            Rung::Proven,
            Some(Grade::ReadAcross),
            "Recorded under other criteria, and you said that it counts as this. Of this itself there is not enough yet.",
        ),
        (
            Rung::Likely,
            None,
            "More probable than not, or what the step asks for is there in part.",
        ),
        (Rung::NotYet, None, "What is there speaks against it for now."),
        (Rung::NoRecord, None, "Nothing is known. That is not a zero."),
    ];
    html! {
        h2 { "The states of a step" }
        p { "The first of these that applies is shown." }
        table {
            thead { tr { th scope="col" { "state" } th scope="col" { "when" } } }
            tbody {
                @for (state, grade, when) in rows {
                    tr {
                        td.nowrap { (mark(state, grade)) " " (words::state(state, grade)) }
                        td { (when) }
                    }
                }
            }
        }
    }
}

fn two_answers() -> Markup {
    html! {
        h2 { "Proven and probably" }
        p {
            strong { "Proven" } " is decided by each step\u{2019}s own criterion and by nothing else: so many clean \
             attempts, so many examples with something to show for them, a credential, somebody\u{2019}s word. It is \
             an event with a date, and it stays until it is disputed, contradicted or too long unused."
        }
        p {
            strong { "Probably" } " is the shortest run of neighbouring steps that holds most of what is likely, given \
             what people say and what you recorded. People judge more or less generously, you yourself included; \
             their words are weighed with that in mind. It never decides what is proven."
        }
        p {
            "The sentence \u{201c}30 in a row without a miss are enough to claim 88%\u{201d} is the exact binomial bound: \
             had you been right less often than that, such a run would have happened in fewer than one case in twenty."
        }
    }
}

fn calls(any: bool) -> Markup {
    html! {
        h2 { "How good were our own calls?" }
        p {
            "\u{201c}Likely\u{201d} is a statement that can turn out well or badly, so it is held to account: what was called \
             likely at the end of each month, and how much of it was later proven, spoken against, or is still open."
        }
        @if any { p { a href="/how/calls" { "What was called likely, and what came of it" } } }
    }
}

fn numbers(policy: &Policy) -> Markup {
    let months = |n: f64| format!("{n} months");
    let share = |n: f64| words::percent(n);
    let rows: [(&str, String, &str); 11] = [
        (
            "A claim from attempts may be wrong",
            format!("at most {}", share(policy.alpha)),
            "convention",
        ),
        (
            "\u{201c}Consistently\u{201d} means on at least",
            format!("{} days", policy.days),
            "our choice",
        ),
        (
            "Likely, from a probability of",
            share(policy.likely),
            "our choice",
        ),
        ("Not yet, below", share(policy.not_yet), "our choice"),
        ("The band holds", share(policy.range), "our choice"),
        (
            "Half is lost without use after: getting it right",
            months(policy.half_life.accuracy),
            "Tatel and Ackerman 2025, on procedural skills; borrowed",
        ),
        (
            "\u{2026} getting it done fast",
            months(policy.half_life.speed),
            "the same",
        ),
        ("\u{2026} both", months(policy.half_life.mixed), "the same"),
        (
            "A refresher is due when less is left than",
            format!(
                "{} where accuracy is asked for, else {}",
                share(policy.refresher_accuracy),
                share(policy.refresher_other)
            ),
            "our choice",
        ),
        (
            "A credential is announced before it lapses",
            format!("{} days", policy.expiry_warning_days),
            "our choice",
        ),
        (
            "Two things from one source count as",
            format!("{} alike", share(policy.rho)),
            "our choice",
        ),
    ];
    let v = &policy.verifiability;
    html! {
        h2 #numbers { "The numbers, version " (policy.version) }
        p { "They are choices, published so that you can disagree with them. None of them was learned from people." }
        div.scroll tabindex="0" role="region" aria-labelledby="numbers" {
            table {
                thead { tr { th scope="col" { "what" } th scope="col" { "number" } th scope="col" { "from" } } }
                tbody { @for (what, number, from) in &rows { tr { td { (what) } td { (number) } td.soft { (from) } } } }
            }
            table {
                caption { "How far a word or a thing is relied on, and how generously each is taken to judge (in steps of the hidden scale: above 0 is generous)" }
                thead { tr { th scope="col" { "who or what" } th.n scope="col" { "relied on" } th.n scope="col" { "generous by" } th.n scope="col" { "give or take" } } }
                tbody {
                    @for (what, number) in [("your own words or log", v.own), ("with a file or a link", v.artefact), ("confirmed by a named person", v.confirmed), ("signed, or a verified credential", v.signed)] {
                        tr { td { (what) } td.n { (share(number)) } td {} td {} }
                    }
                    @for leniency in &policy.leniency {
                        tr { td { (words::role(leniency.role)) } td {} td.n { (leniency.mean) } td.n { (leniency.sd) } }
                    }
                }
            }
        }
    }
}

fn limits() -> Markup {
    html! {
        h2 { "What this cannot tell" }
        ul {
            li { "Whether you are good at something nobody wrote down. A framework is somebody\u{2019}s list; look at where each line is from, and change it." }
            li { "How strict one particular person is: one journal does not say. Everybody in a role is taken to judge alike, with the uncertainty above." }
            li { "Whether what you recorded is true. It says what is behind each thing: your word, a file, somebody\u{2019}s confirmation, and how that reached you." }
            li { "How fast you in particular forget. The half-lives come from studies of other skills." }
            li { "Hours are estimates, and that an activity shows what it is said to show is an assumption." }
            li { "Whether you should be promoted. People decide that; this shows them what there is." }
        }
        p { "The original list of steps that this follows asks for 99% where a step has to be done reliably. It is shown wherever another share was chosen." }
    }
}
