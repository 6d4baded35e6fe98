//! The one place where the program reads the clock, the time zone and the dice.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use metier_app::Surroundings;

/// The machine's clock, time zone and random numbers.
pub fn of_this_machine() -> Surroundings {
    Surroundings {
        now,
        random,
        zone: TimeZone::system(),
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the floors below take the instant as a parameter; here it is read"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

#[allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "the one source of randomness; without it no id, salt or key may be made, and a system that has \
              none cannot be helped"
)]
fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random numbers");
}
