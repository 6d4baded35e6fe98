//! `policy`: the numbers a judgement depends on.

use metier_app::AppError;
use metier_app::words::{percent, role};
use metier_core::policy::Policy;

use crate::answer::Answer;
use crate::paper::pad;
use crate::session::Session;

/// Shows the policy in force.
pub fn run(session: &Session) -> Result<Answer, AppError> {
    let policy = Policy::version_1();
    session.answer(&policy, |_| shown(&policy))
}

fn shown(policy: &Policy) -> String {
    let mut text = format!("Policy, version {}\n\n", policy.version);
    let mut line = |name: &str, value: String| text += &format!("  {} {value}\n", pad(name, 58));
    line(
        "Error allowed when attempts are enough to claim a share",
        format!("{}", policy.alpha),
    );
    line("Days over which attempts must be spread", policy.days.to_string());
    line("Likely, from this probability", percent(policy.likely));
    line("Not yet, below this probability", percent(policy.not_yet));
    line(
        "Share of probability the range \"probably\" holds",
        percent(policy.range),
    );
    line(
        "Spread of people before anything is known (sd)",
        policy.prior_sd.to_string(),
    );
    line("Outermost steps at", format!("±{}", policy.threshold_span));
    for leniency in &policy.leniency {
        line(
            &format!("How generously judges: {}", role(leniency.role)),
            format!("{:+} (sd {})", leniency.mean, leniency.sd),
        );
    }
    let v = &policy.verifiability;
    line("Reliance on one's own words", v.own.to_string());
    line("Reliance on something that shows it", v.artefact.to_string());
    line("Reliance on a named person's word", v.confirmed.to_string());
    line("Reliance on a signature", v.signed.to_string());
    line("Likeness of items of one source", policy.rho.to_string());
    line(
        "An item's slope, guess and slip",
        format!(
            "{}, {}, {}",
            policy.item.slope, policy.item.guess, policy.item.slip
        ),
    );
    line(
        "Months until half is lost: getting it right",
        policy.half_life.accuracy.to_string(),
    );
    line(
        "Months until half is lost: speed",
        policy.half_life.speed.to_string(),
    );
    line(
        "Months until half is lost: both",
        policy.half_life.mixed.to_string(),
    );
    line(
        "Refresher due below this share: getting it right",
        percent(policy.refresher_accuracy),
    );
    line(
        "Refresher due below this share: everything else",
        percent(policy.refresher_other),
    );
    line(
        "Fewest who must say a thing before it is told unnamed",
        policy.anonymity.to_string(),
    );
    line(
        "Days before a credential lapses that it is warned about",
        policy.expiry_warning_days.to_string(),
    );
    line(
        "Errors so many times as frequent count as slipping",
        policy.drift_factor.to_string(),
    );
    line("Height of the alarm for slipping", policy.drift_alarm.to_string());
    text
}
