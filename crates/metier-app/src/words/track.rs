//! Our own track record in sentences.

use metier_core::track_record::{Call, Outcome, TrackRecord, Verdict, Worth};

use super::{list, number, percent, plural};

/// "Of 12 things called likely, 9 were later proven; 3 are still open.", and what belongs to it.
pub fn track_record(record: &TrackRecord) -> Vec<String> {
    let counts = record.counts;
    if counts.called == 0 {
        return vec![
            "Nothing has been called likely yet at the end of a month, so there is nothing to look back on."
                .into(),
        ];
    }
    let mut said = vec![first(record)];
    let mut further = Vec::new();
    if counts.own_view > 0 {
        further.push(format!(
            "{} with nothing behind {} but your own view",
            figure(counts.own_view, "call was made", "calls were made"),
            if counts.own_view == 1 { "it" } else { "them" }
        ));
    }
    if counts.no_longer_likely > 0 {
        further.push(format!(
            "{} no longer called likely",
            figure(
                counts.no_longer_likely,
                "of the open ones is",
                "of the open ones are"
            )
        ));
    }
    if counts.disputed_since > 0 {
        further.push(format!(
            "{} disputed since",
            figure(
                counts.disputed_since,
                "of the proven ones is",
                "of the proven ones are"
            )
        ));
    }
    if counts.uncalled > 0 {
        further.push(format!(
            "{} proven without having been called likely before",
            figure(counts.uncalled, "step was", "steps were")
        ));
    }
    if !further.is_empty() {
        said.push(format!("{}.", further.join(". ")));
    }
    if let Some(days) = record.median_days {
        said.push(format!(
            "Of those proven, half took {} or less. The open ones may take longer.",
            plural(whole(days.get()), "day", "days")
        ));
    }
    said.push(worth(record));
    said
}

fn first(record: &TrackRecord) -> String {
    let counts = record.counts;
    let mut rest = Vec::new();
    if counts.against > 0 {
        rest.push(figure(
            counts.against,
            "was spoken against",
            "were spoken against",
        ));
    }
    if counts.open > 0 {
        rest.push(figure(counts.open, "is still open", "are still open"));
    }
    let rest = if rest.is_empty() {
        String::new()
    } else {
        format!("; {}", list(&rest))
    };
    format!(
        "Of {}, {}{rest}.",
        figure(counts.called, "thing called likely", "things called likely"),
        figure(counts.proven, "was later proven", "were later proven")
    )
}

/// What the counts are worth.
fn worth(record: &TrackRecord) -> String {
    match &record.worth {
        Worth::TooFew {
            needed_calls,
            needed_competencies,
            ..
        } => format!(
            "Too few to say how far such calls can be trusted: that takes {needed_calls}, about at least {} \
             competencies.",
            number(u64::from(*needed_competencies))
        ),
        Worth::Enough {
            expected,
            share,
            verdict,
            ..
        } => format!(
            "By the chances stated beside them, about {:.0} were to be expected. Between {} and {} are there, \
             depending on what becomes of the open ones. {}",
            expected.get(),
            percent(share.low.get()),
            percent(share.high.get()),
            judged(*verdict)
        ),
    }
}

fn judged(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::TooHigh => "The chances were stated too high.",
        Verdict::TooLow => "The chances were stated too low.",
        Verdict::CannotTell => "Whether the chances were stated right cannot be told yet.",
        Verdict::NotContradicted => {
            "Nothing speaks against the chances as stated; had they been 20 points off, it would probably have \
             shown."
        }
    }
}

/// What came of one call: "proven after 75 days".
pub fn outcome(call: &Call) -> String {
    match &call.outcome {
        Outcome::Proven {
            days, disputed_since, ..
        } => {
            let since = if *disputed_since { ", disputed since" } else { "" };
            format!("proven after {}{since}", plural(u64::from(*days), "day", "days"))
        }
        Outcome::Against { .. } => "spoken against".into(),
        Outcome::Open {
            still_likely: true, ..
        } => "still open".into(),
        Outcome::Open { .. } => "open, no longer called likely".into(),
    }
}

fn figure(n: u32, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Whole days, a half counted up.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "days of one life"
)]
fn whole(days: f64) -> u64 {
    days.ceil().max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use metier_core::standing::Number;
    use metier_core::track_record::{Bounds, Counts};

    fn record(counts: Counts) -> TrackRecord {
        TrackRecord {
            from: None,
            until: jiff::Timestamp::MAX,
            looks: 14,
            counts,
            median_days: None,
            worth: Worth::TooFew {
                calls: counts.called,
                needed_calls: 20,
                competencies: 3,
                needed_competencies: 5,
            },
            calls: Vec::new(),
        }
    }

    #[test]
    fn counts_read_as_people_say_them() {
        let mut told = record(Counts {
            called: 12,
            proven: 9,
            open: 3,
            ..Counts::default()
        });
        told.median_days = Some(Number::new(74.5));
        assert_eq!(
            track_record(&told),
            [
                "Of 12 things called likely, 9 were later proven; 3 are still open.",
                "Of those proven, half took 75 days or less. The open ones may take longer.",
                "Too few to say how far such calls can be trusted: that takes 20, about at least five \
                 competencies.",
            ]
        );
        let told = record(Counts {
            called: 3,
            proven: 1,
            against: 1,
            open: 1,
            no_longer_likely: 1,
            disputed_since: 1,
            own_view: 2,
            uncalled: 1,
        });
        let said = track_record(&told);
        assert_eq!(
            said[0],
            "Of 3 things called likely, 1 was later proven; 1 was spoken against and 1 is still open."
        );
        assert_eq!(
            said[1],
            "2 calls were made with nothing behind them but your own view. 1 of the open ones is no longer called \
             likely. 1 of the proven ones is disputed since. 1 step was proven without having been called likely \
             before."
        );
        assert!(track_record(&record(Counts::default()))[0].starts_with("Nothing has been called likely"));
    }

    #[test]
    fn enough_calls_have_a_share_and_a_judgement() {
        let mut told = record(Counts {
            called: 40,
            proven: 31,
            open: 9,
            ..Counts::default()
        });
        let number = Number::new;
        told.worth = Worth::Enough {
            expected: number(29.7),
            share: Bounds {
                low: number(0.775),
                high: number(1.0),
                from: number(0.62),
                to: number(1.0),
            },
            bins: Vec::new(),
            verdict: Verdict::CannotTell,
        };
        assert_eq!(
            track_record(&told)[1],
            "By the chances stated beside them, about 30 were to be expected. Between 77% and 100% are there, \
             depending on what becomes of the open ones. Whether the chances were stated right cannot be told yet."
        );
    }
}
