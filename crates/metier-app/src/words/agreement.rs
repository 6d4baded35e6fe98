//! Agreements, disagreements and decisions in words.

use jiff::civil::Date;
use metier_core::agreement::{
    Agreement, AgreementEnding, AgreementState, Answer, AnswerArrival, Phase, Says, TermChange,
};
use metier_core::decision::{CareerDecision, DecidedAbout, DecisionOutcome};
use metier_core::disagreement::{DisagreementEnded, Ending};
use metier_core::journal::{Fact, Untraced};
use metier_core::policy::Policy;
use metier_core::rating::Role;

use super::{Words, day, plural, role};

/// Less than this part of a step is as good as none.
const NOTICEABLE: f64 = 0.15;

/// How many days there are until a day: "12 days left", "today", "5 days ago".
pub fn days_left(until: Date, today: Date) -> String {
    match today.until(until).map_or(0, |span| span.get_days()) {
        0 => "today".into(),
        1 => "1 day left".into(),
        n if n > 1 => format!("{n} days left"),
        -1 => "yesterday".into(),
        n => format!("{} days ago", -n),
    }
}

/// The one word for where an agreement is.
pub fn name_of_phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Proposed => "waits for an answer",
        Phase::Unanswered => "not answered in time",
        Phase::InForce => "in force",
        Phase::Declined => "declined",
        Phase::Replaced { .. } => "replaced",
        Phase::Ended => "ended",
    }
}

/// Where an agreement is, as a sentence.
pub fn phase(state: &AgreementState, today: Date) -> String {
    let terms = &state.terms;
    match (state.phase, &state.confirmed, &state.ended) {
        (Phase::Proposed, ..) => format!(
            "Proposed to {} on {}; it can be answered until {} ({}).",
            terms.with,
            day(terms.proposed_on),
            day(terms.answer_by),
            days_left(terms.answer_by, today)
        ),
        (Phase::Unanswered, ..) => format!(
            "{} did not answer until {}. Propose it again if it still holds.",
            terms.with,
            day(terms.answer_by)
        ),
        (Phase::InForce, Some(confirmed), _) => format!(
            "In force since {}: {} said yes ({}).",
            day(confirmed.what.answer.on),
            confirmed.what.answer.by,
            answer_arrival(&confirmed.what.answer, confirmed.what.arrival)
        ),
        (Phase::Declined, ..) => declined(state),
        (Phase::InForce, None, _) => "In force.".into(),
        (Phase::Replaced { .. }, ..) => "Replaced by a later one that both agreed to.".into(),
        (Phase::Ended, _, Some(ended)) => {
            let why = match ended.what.reason.as_str() {
                "" => "no reason was given".to_owned(),
                reason => reason.to_owned(),
            };
            format!(
                "{} on {}, by {}: {why}",
                super::capital(agreement_ending(ended.what.how)),
                day(ended.on),
                ended.what.by
            )
        }
        (Phase::Ended, _, None) => "Ended.".into(),
    }
}

/// An agreement in a line: "Senior by 30 June 2027, with Edith (manager)".
pub fn agreement_line(terms: &Agreement) -> String {
    format!(
        "{} by {}, with {} ({})",
        terms.level_name,
        day(terms.by),
        terms.with,
        role(terms.role)
    )
}

/// What a proposal says otherwise than the one before it, a line each.
pub fn term_changes(changes: &[TermChange]) -> Vec<String> {
    let said = |text: &str| {
        if text.is_empty() {
            "nothing".to_owned()
        } else {
            format!("\u{201c}{text}\u{201d}")
        }
    };
    let line = |change: &TermChange| match change {
        TermChange::Criteria { before, now } => format!("The criteria: {now}; before {before}"),
        TermChange::Level { before, now } => format!("The level: {now}; before {before}"),
        TermChange::By { before, now } => format!("The day: {}; before {}", day(*now), day(*before)),
        TermChange::Note { before, now } => {
            format!("What else is agreed: {}; before {}", said(now), said(before))
        }
    };
    changes.iter().map(line).collect()
}

/// "Edith said no on 3 March 2026 (by link): the team is too small."
fn declined(state: &AgreementState) -> String {
    let Some(said) = &state.declined else {
        return "Declined.".into();
    };
    let (answer, arrival) = (&said.what.answer, said.what.arrival);
    let why = match answer.words.trim() {
        "" => "they did not say why".to_owned(),
        words => words.trim_end_matches('.').to_owned(),
    };
    format!(
        "{} said no on {} ({}): {why}.",
        answer.by,
        day(answer.on),
        answer_arrival(answer, arrival)
    )
}

/// How an answer arrived. A file counts as their word where it is signed with a key that is not one's own.
pub fn answer_arrival(answer: &Answer, arrival: AnswerArrival) -> &'static str {
    match arrival {
        AnswerArrival::ByFile if answer.signed() => "by file, signed with their key",
        AnswerArrival::ByFile => "a file you brought, unsigned",
        AnswerArrival::ByLink => "by link",
        AnswerArrival::Together => "both at one device",
        AnswerArrival::Relayed => "relayed by you",
    }
}

/// How an agreement ended.
pub fn agreement_ending(how: AgreementEnding) -> &'static str {
    match how {
        AgreementEnding::Kept => "reached and kept",
        AgreementEnding::Declined => "declined",
        AgreementEnding::CalledOff => "called off",
        AgreementEnding::NotReached => "not reached",
    }
}

/// How a disagreement ended.
pub fn ending(how: Ending) -> &'static str {
    match how {
        Ending::Convinced => "what was shown convinced",
        Ending::SeenAsTheyDo => "you came to see it as they do",
        Ending::CriterionChanged => "the criterion was changed",
        Ending::DecisionStands => "somebody decided, and the decision stands",
        Ending::StaysOpen => "looked at, and it stays open",
    }
}

/// What a decision is about.
pub fn decided_about(about: DecidedAbout) -> &'static str {
    match about {
        DecidedAbout::Promotion => "promotion",
        DecidedAbout::Raise => "raise",
        DecidedAbout::Level => "level",
    }
}

/// Which way a decision went.
pub fn outcome_word(outcome: DecisionOutcome) -> &'static str {
    match outcome {
        DecisionOutcome::Granted => "granted",
        DecisionOutcome::NotOfficialYet => "not official yet",
        DecisionOutcome::Denied => "denied",
    }
}

/// A decision in a line: "Promotion to Senior: denied by Edith. No reason was given."
pub fn decided(what: &CareerDecision, level: Option<&str>) -> String {
    let about = super::capital(decided_about(what.about));
    let to = level.map_or_else(String::new, |level| format!(" to {level}"));
    let why = match what.reason.as_str() {
        "" => "No reason was given.".to_owned(),
        reason => format!("\u{201c}{reason}\u{201d}"),
    };
    format!(
        "{about}{to}: {} by {}. {why}",
        outcome_word(what.outcome),
        what.by
    )
}

/// What a policy assumes of how generously a role judges, on a ladder of so many steps.
pub fn leniency(policy: &Policy, who: Role, rungs: usize) -> String {
    let steps = policy.leniency_in_steps(who, rungs);
    let whom = match who {
        Role::Oneself => "People see themselves",
        Role::Manager => "Managers see people",
        Role::Peer => "Peers see people",
        Role::Client => "Clients see people",
        Role::Mentor => "Mentors see people",
    };
    let size = match steps.abs() {
        s if s < NOTICEABLE => "much as they are taken to be".to_owned(),
        s if s < 0.4 => format!("a quarter of a step {}", way(steps)),
        s if s < 0.75 => format!("half a step {}", way(steps)),
        s if s < 1.25 => format!("a step {}", way(steps)),
        s => format!("{s:.1} steps {}", way(steps)),
    };
    let average = if steps.abs() < NOTICEABLE {
        ""
    } else {
        " on average"
    };
    format!("{whom} {size}{average}: assumed")
}

fn way(steps: f64) -> &'static str {
    if steps > 0.0 { "too high" } else { "too low" }
}

/// Why a journal does not go on from where it stood.
pub fn untraced(why: &Untraced, whose: &str) -> String {
    format!("The journal of {whose} does not go on from there: {why}.")
}

impl Words<'_> {
    /// What an entry about an agreement, a disagreement or a decision says, in a line.
    pub(super) fn settled(&self, fact: &Fact) -> String {
        match fact {
            Fact::AgreementProposed(terms) => format!("Agreement proposed: {}", agreement_line(terms)),
            Fact::AgreementConfirmed(c) => {
                format!(
                    "{} agreed ({})",
                    c.answer.by,
                    answer_arrival(&c.answer, c.arrival)
                )
            }
            Fact::AgreementDeclined(d) => {
                format!(
                    "{} did not agree ({})",
                    d.answer.by,
                    answer_arrival(&d.answer, d.arrival)
                )
            }
            Fact::AgreementTalked(t) if t.convincing.is_empty() => {
                format!("Your answer to a no: {}", t.reply)
            }
            Fact::AgreementTalked(t) => format!("After a no, what would convince: {}", t.convincing),
            Fact::AgreementEnded(e) => format!("Agreement {}, by {}", agreement_ending(e.how), e.by),
            Fact::ReceiptKept(kept) => {
                let terms = &kept.receipt.terms;
                let said = match kept.receipt.answer.says {
                    Says::Yes => "agreed with",
                    Says::No => "said no to",
                };
                format!(
                    "You {said} {}: {} by {}",
                    terms.person,
                    terms.level_name,
                    day(terms.by)
                )
            }
            Fact::Disagreement(d) => format!(
                "Seen differently: {} ({}); {} to be convinced",
                self.competency(&d.competency),
                self.rung(&d.rung),
                d.whom
            ),
            Fact::DisagreementEnded(e) => looked(e),
            Fact::Decision(d) => {
                let level = d.level.as_ref().map(|l| self.level(&l.level));
                decided(d, level)
            }
            _ => String::new(),
        }
    }

    /// Where somebody sees the person, as a step.
    pub fn sees<'s>(&'s self, rung: Option<&'s metier_core::id::RungId>) -> &'s str {
        rung.map_or("not even the first step", |rung| self.rung(rung))
    }

    /// How far apart two are: "two steps apart".
    pub fn apart(&self, steps: usize) -> String {
        match steps {
            0 => "at one".into(),
            n => format!("{} apart", plural(n as u64, "step", "steps")),
        }
    }
}

/// How a disagreement was looked at, in a line.
fn looked(e: &DisagreementEnded) -> String {
    format!("Disagreement: {} \u{2013} {}", ending(e.how), e.reason)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_counted_as_people_do() {
        let today = date(2026, 11, 22);
        assert_eq!(days_left(date(2026, 12, 13), today), "21 days left");
        assert_eq!(days_left(date(2026, 11, 23), today), "1 day left");
        assert_eq!(days_left(today, today), "today");
        assert_eq!(days_left(date(2026, 11, 20), today), "2 days ago");
        assert_eq!(days_left(date(2027, 11, 22), today), "365 days left");
    }

    #[test]
    fn what_is_assumed_of_a_role_is_said_in_steps() {
        let policy = Policy::version_1();
        assert_eq!(
            leniency(&policy, Role::Manager, 9),
            "Managers see people half a step too low on average: assumed"
        );
        assert_eq!(
            leniency(&policy, Role::Oneself, 9),
            "People see themselves a step too high on average: assumed"
        );
        assert!(leniency(&policy, Role::Peer, 9).contains("a quarter of a step too high"));
        assert!(leniency(&policy, Role::Mentor, 9).contains("much as"));
    }
}
