//! What the path of an address names, read at the edge.

use axum::extract::FromRequestParts;
use axum::extract::rejection::PathRejection;
use axum::http::request::Parts;
use metier_app::AppError;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The parts of an address that name something. One that can name nothing, such as an entry called `x`, is
/// answered like one whose thing is gone: with the page that says that nothing is here.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        match read {
            Ok(axum::extract::Path(named)) => Ok(Self(named)),
            Err(PathRejection::FailedToDeserializePathParams(_)) => Err(Problem::App(
                AppError::not_found("this address names nothing")
                    .hint("Perhaps a part of it was lost on the way: follow the link again, or begin from the start."),
            )),
            // The route asks for what its address does not hold.
            Err(other) => Err(Problem::App(AppError::new(
                metier_app::Kind::Machine,
                format!("the address cannot be read: {}", other.body_text()),
            ))),
        }
    }
}
