//! Attachments, as downloads: never shown inside a page of this site.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use metier_app::deeds;
use metier_core::canonical::Digest;
use metier_core::evidence::Artefact;

use super::correct::find;
use super::named;
use crate::Shared;
use crate::path::Path;
use crate::problem::Problem;

pub async fn download(
    State(shared): State<Shared>,
    Path((entry, digest)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let none = || Problem::not_found("there is no such file with this entry");
    let metier = shared.started().await?;
    let (entries, _) = metier.read().await?;
    let deed = find(deeds(&entries), named(&entry)?)?;
    let wanted: Digest = digest.parse().map_err(|_| none())?;
    let name = std::iter::once(&deed.wording)
        .chain(&deed.earlier)
        .flat_map(|w| &w.evidence.artefacts)
        .find_map(|a| match a {
            Artefact::Attachment { digest, name, .. } if *digest == wanted => Some(name.clone()),
            _ => None,
        })
        .ok_or_else(none)?;
    let (_, bytes) = metier.attachment(wanted).await?;
    Ok((
        [
            // Always bytes to keep: what is in a file is not ours to run.
            (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
            (header::CONTENT_DISPOSITION, disposition(&name)),
        ],
        bytes,
    )
        .into_response())
}

/// The name in both forms of RFC 6266: plain for old readers, percent-encoded UTF-8 for the rest.
fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || ".-_ ".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-._".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_hostile_file_name_stays_a_name() {
        assert_eq!(
            super::disposition("a\"\r\nX: é.pdf"),
            "attachment; filename=\"a___X_ _.pdf\"; filename*=UTF-8''a%22%0D%0AX%3A%20%C3%A9.pdf"
        );
    }
}
