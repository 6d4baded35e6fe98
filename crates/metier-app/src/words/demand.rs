//! Demand in words: shares, intervals and trends, and never more than they say.

use metier_market::demand::{Demand, Direction, Row, Stated, Trend};

use super::plural;

/// A share to a tenth of a per cent, or finer where it is small.
pub fn per_cent(share: f64) -> String {
    let percent = share * 100.0;
    match percent {
        p if p <= 0.0 => "0%".into(),
        p if p < 0.005 => "under 0.01%".into(),
        p if p < 1.0 => format!("{p:.2}%"),
        p => format!("{p:.1}%"),
    }
}

/// Which postings it is about.
pub fn of(demand: &Demand) -> String {
    let mut said = super::capital(&plural(demand.postings, "posting", "postings"));
    if let Some(profession) = &demand.profession {
        said += &format!(" of profession {profession}");
    }
    if let Some(month) = demand.month {
        said += &format!(" of {month}");
    }
    if demand.reposts > 0 {
        let reposts = plural(demand.reposts, "repost", "reposts");
        said += &format!("; {reposts} left out of the whole collection");
    }
    if demand.damaged > 0 {
        said += &format!(
            "; {} could not be read",
            plural(demand.damaged, "document", "documents")
        );
    }
    said + "."
}

/// Whether trends are stated, and what that means.
pub fn stated(demand: &Demand) -> String {
    let undated = if demand.undated > 0 && demand.dated > 0 {
        let without = plural(demand.undated, "posting has", "postings have");
        format!(" {without} no date and stand in no month.")
    } else {
        String::new()
    };
    let said = match demand.stated {
        Stated::Undated => "No posting has a date: no trend can be stated.".to_owned(),
        Stated::TooFewMonths { months } => format!(
            "There are postings of {}, fewer than {}: no trend can be stated.",
            plural(months as u64, "month", "months"),
            demand.rule.months
        ),
        Stated::Yes => format!(
            "{} tested for a trend. Of what is called one, at most {} is expected to be by chance.",
            super::capital(&plural(demand.tested as u64, "thing was", "things were")),
            per_cent(demand.rule.false_discoveries),
        ),
    };
    said + &undated
}

/// "312 of 4,000, 7.8% (7.0% to 8.7%)".
pub fn share(row: &Row, demand: &Demand) -> String {
    format!(
        "{} of {}, {} ({} to {})",
        row.postings,
        demand.postings,
        per_cent(row.share),
        per_cent(row.low),
        per_cent(row.high)
    )
}

/// What few postings show, drawn towards what all professions show.
pub fn drawn(row: &Row) -> Option<String> {
    let drawn = row.drawn?;
    let interval = drawn
        .interval
        .map(|(low, high)| format!(" ({} to {})", per_cent(low), per_cent(high)))
        .unwrap_or_default();
    let professions = plural(drawn.professions as u64, "profession", "professions");
    Some(format!(
        "drawn towards {professions}: {}{interval}",
        per_cent(drawn.share)
    ))
}

/// The same as a sentence of its own.
pub fn sentence(words: &str) -> String {
    super::capital(words) + "."
}

/// The trend in a few words, for a table.
pub fn trend_short(row: &Row) -> String {
    match &row.trend {
        Trend::NotStated => "not stated".into(),
        Trend::NotTested => "too few postings".into(),
        Trend::Tested { direction, slope, .. } => match (direction, slope) {
            (Direction::Rising | Direction::Falling, Some((slope, ..))) => {
                format!("{}, {:+.1} points a year", direction.word(), slope * 100.0)
            }
            _ => direction.word().into(),
        },
    }
}

/// The trend, where one was tested.
pub fn trend(row: &Row) -> Option<String> {
    let Trend::Tested {
        direction,
        slope,
        year,
        ..
    } = &row.trend
    else {
        return (row.trend == Trend::NotTested).then(|| "too few postings to test a trend".to_owned());
    };
    let points = |s: f64| format!("{:+.2}", s * 100.0);
    let mut said = match direction {
        Direction::Rising => "asked for more and more".to_owned(),
        Direction::Falling => "asked for less and less".to_owned(),
        Direction::New => "new: not asked for before the last twelve months".to_owned(),
        Direction::Unclear => return Some("no trend beyond chance".to_owned()),
    };
    if let (Some((slope, low, high)), true) = (slope, *direction != Direction::New) {
        said += &format!(
            ", {} points of 100 a year ({} to {})",
            points(*slope),
            points(*low),
            points(*high)
        );
    }
    if let Some(year) = year {
        said += &format!(
            "; {} of {} in the last twelve months, {} of {} in the twelve before",
            year.now.0, year.now.1, year.before.0, year.before.1
        );
        if let (Some(ratio), Some(high)) = (year.ratio, year.high) {
            said += &format!(", {ratio:.2} times the share ({:.2} to {high:.2})", year.low);
        }
    }
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::per_cent;

    #[test]
    fn small_shares_keep_their_digits() {
        assert_eq!(per_cent(0.0784), "7.8%");
        assert_eq!(per_cent(0.0021), "0.21%");
        assert_eq!(per_cent(0.000_001), "under 0.01%");
        assert_eq!(per_cent(0.0), "0%");
    }
}
