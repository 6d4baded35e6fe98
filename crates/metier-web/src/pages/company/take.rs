//! The roles that were ticked are taken in: all of them, or nothing.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use metier_app::{AppError, Kind, TakenIn, level_frameworks};
use metier_core::framework::Framework;
use metier_core::person::ProfessionStatus;

use super::{Bringing, choices, look};
use crate::Shared;
use crate::form::{Reading, Sent};
use crate::layout::see_other;
use crate::problem::Problem;

pub async fn take(State(shared): State<Shared>, sent: Sent) -> Result<Response, Problem> {
    let here = Bringing::of(&shared).await?;
    let document = match choices::document(&sent) {
        Some(digest) => shared.held().get(&digest).await,
        None => None,
    };
    let Some(document) = document else {
        return Ok(see_other("/framework/import?gone=1"));
    };
    let names: Vec<String> = sent.all("role").map(str::to_owned).collect();
    let mut reading = Reading::of(&sent);
    let said = choices::read(&mut reading, &sent);
    let seen = sent.text("seen").parse().unwrap_or(0);
    let taken = match reading.done(said) {
        _ if names.is_empty() => {
            Err(AppError::input("nothing is ticked").hint("Tick at least one, then take it in."))
        }
        Err(_) => Err(AppError::input("what was said of the document cannot be read")
            .hint("Look at what the columns mean, below.")),
        Ok(said) => match document.levelling(&said).await {
            Ok(levelling) => {
                // Building many frameworks takes a moment: away from the other requests.
                let together = sent.has("together");
                let built = tokio::task::spawn_blocking(move || {
                    level_frameworks(&levelling, &names, together, &said)
                })
                .await
                .map_err(|e| AppError::new(Kind::Machine, e.to_string()))?;
                match built {
                    Ok(frameworks) => taken_in(&shared, &here, frameworks, seen, sent.text("name")).await,
                    Err(error) => Err(error),
                }
            }
            Err(error) => Err(error),
        },
    };
    match taken {
        Ok(taken) if here.first => Ok(see_other(match taken.as_slice() {
            [_] => "/start/aim",
            _ => "/start/company",
        })),
        Ok(taken) => {
            let question: Vec<String> = taken
                .iter()
                .take(20)
                .map(|t| format!("taken={}", t.family))
                .collect();
            Ok(see_other(&format!("/framework/others?{}", question.join("&"))))
        }
        Err(error) if error.kind == Kind::Input => look::look(&shared, &here, &sent, Some(&error)).await,
        Err(error) => Err(error.into()),
    }
}

/// Takes them in; where nothing is aimed at yet and there is only one, it is begun with.
async fn taken_in(
    shared: &Shared,
    here: &Bringing,
    frameworks: Vec<Framework>,
    seen: usize,
    name: &str,
) -> Result<Vec<TakenIn>, AppError> {
    let name = if name.is_empty() { "Me" } else { name };
    let metier = match &here.metier {
        Some(metier) => Arc::clone(metier),
        None => shared.start(name).await?,
    };
    let taken = metier.take_in_levels(frameworks, Some(seen)).await?;
    if let ([one], true) = (taken.as_slice(), here.first) {
        metier.begin_with(&one.family, ProfessionStatus::Held).await?;
    }
    Ok(taken)
}
