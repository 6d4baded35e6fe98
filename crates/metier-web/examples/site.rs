//! Serves the example career without the rest of the program, to look at pages while they are being
//! written: `cargo run -p metier-web --example site -- HOME PORT [MORE]`. An empty HOME is filled with the
//! example and, for measuring, with MORE sessions of attempts; `-` in place of MORE leaves HOME empty.

use std::path::PathBuf;

use jiff::ToSpan;
use metier_app::{LogEvidence, Metier, Surroundings, ToClaim, evidence};
use metier_core::evidence::{Happening, Stance};
use metier_web::{Options, Site};

/// Sessions recorded in one go.
const TOGETHER: u32 = 500;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let home = PathBuf::from(arguments.next().ok_or("say the home's folder")?);
    let port = arguments.next().map_or(Ok(0), |p| p.parse())?;
    let more = arguments.next();
    if more.as_deref() != Some("-") {
        let metier = Metier::open_or_start(&home, surroundings(), &Metier::example_name()).await?;
        metier.fill_example().await?;
        fill(&metier, more.map_or(Ok(0), |m| m.parse())?).await?;
        metier.close().await;
    }
    let site = Site::bind(home, surroundings(), Options { port, phone: None }).await?;
    println!("{}", site.url());
    site.run(std::future::pending()).await?;
    Ok(())
}

/// Logs so many sessions, spread over two years and all competencies.
async fn fill(metier: &Metier, more: u32) -> Result<(), Box<dyn std::error::Error>> {
    let life = metier.life().await?;
    let framework = &life.needed()?.framework;
    let competencies: Vec<_> = framework.competencies.iter().map(|c| c.id.clone()).collect();
    let today = metier.surroundings().today();
    let session = |n: u32| -> Result<LogEvidence, Box<dyn std::error::Error>> {
        let what = Happening::Attempts {
            attempts: 3,
            clean: 3 - u32::from(n.is_multiple_of(29)),
            aided: 0,
            guide: String::new(),
            minutes: None,
        };
        Ok(LogEvidence {
            on: today.saturating_sub(i64::from(n % 700).days()),
            evidence: evidence(&format!("Session {n}"), what),
            claims: vec![ToClaim::Step {
                competency: competencies[n as usize % competencies.len()].clone(),
                rung: "reliable".parse()?,
                stance: Stance::Supports,
            }],
            files: Vec::new(),
        })
    };
    for start in (0..more).step_by(TOGETHER as usize) {
        let end = more.min(start + TOGETHER);
        metier
            .log_all((start..end).map(session).collect::<Result<_, _>>()?)
            .await?;
    }
    Ok(())
}

/// The machine's clock and dice.
#[allow(clippy::disallowed_methods)] // The one place of this program that may look at them.
fn surroundings() -> Surroundings {
    Surroundings {
        now: jiff::Timestamp::now,
        random: |bytes| {
            if let Err(error) = getrandom::fill(bytes) {
                eprintln!("this machine gives no random bytes: {error}");
                std::process::exit(1);
            }
        },
        zone: jiff::tz::TimeZone::system(),
    }
}
