//! The numbers a judgement depends on, as a table.

use maud::{Markup, html};
use metier_app::words;
use metier_core::policy::Policy;

/// Every number of the policy: what it decides, and how much it is.
pub fn section() -> Markup {
    let policy = Policy::version_1();
    html! {
        section.card #numbers aria-labelledby="numbers-h" {
            h2.label #numbers-h { "The numbers of the judgement" }
            p { "Chosen and published, never learned from you. Version " (policy.version) "." }
            details.link {
                summary { "All of them" }
                table.numbers {
                    thead { tr { th scope="col" { "What it decides" } th.n scope="col" { "Value" } } }
                    tbody { @for (what, value) in rows(&policy) { tr { th scope="row" { (what) } td.n { (value) } } } }
                }
            }
            p { a href="/how" { "How this is worked out" } }
        }
    }
}

fn rows(p: &Policy) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = [
        (
            "Chance of calling a share of clean work proven that is not there",
            words::percent(p.alpha),
        ),
        ("Distinct days that make “consistently”", p.days.to_string()),
        ("“Likely” from this chance on", words::percent(p.likely)),
        ("“Not yet” below this chance", words::percent(p.not_yet)),
        (
            "Share of the chances that “probably” holds",
            words::percent(p.range),
        ),
        (
            "Spread of people before anything is known",
            p.prior_sd.to_string(),
        ),
        (
            "Reach of the steps on the same scale, either way",
            p.threshold_span.to_string(),
        ),
        (
            "How far your own log can be relied on",
            words::percent(p.verifiability.own),
        ),
        (
            "… with a file or a link",
            words::percent(p.verifiability.artefact),
        ),
        (
            "… confirmed by somebody with a name",
            words::percent(p.verifiability.confirmed),
        ),
        (
            "… signed, or a verified credential",
            words::percent(p.verifiability.signed),
        ),
        (
            "How much examples of one source repeat each other",
            p.rho.to_string(),
        ),
        (
            "How sharply an example tells steps apart",
            p.item.slope.to_string(),
        ),
        ("Chance of an example by luck", words::percent(p.item.guess)),
        ("Chance of failing in spite of it", words::percent(p.item.slip)),
        (
            "Months until half is lost: getting it right",
            p.half_life.accuracy.to_string(),
        ),
        ("… getting it done fast", p.half_life.speed.to_string()),
        ("… both", p.half_life.mixed.to_string()),
        (
            "Refresher due below this share left, counted steps",
            words::percent(p.refresher_accuracy),
        ),
        ("… other steps", words::percent(p.refresher_other)),
        (
            "Fewest who must say a thing before it is told without names",
            p.anonymity.to_string(),
        ),
        (
            "Days before its end that a credential is warned about",
            p.expiry_warning_days.to_string(),
        ),
        (
            "Times more misses that count as slipping",
            p.drift_factor.to_string(),
        ),
        ("Height of the alarm for slipping", p.drift_alarm.to_string()),
    ]
    .into_iter()
    .map(|(what, value)| (what.to_owned(), value))
    .collect();
    for leniency in &p.leniency {
        let who = words::role(leniency.role);
        rows.push((
            format!("How generously judged by: {who}"),
            format!("{:+} ± {}", leniency.mean, leniency.sd),
        ));
    }
    rows
}
