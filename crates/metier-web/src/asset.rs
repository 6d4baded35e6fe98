//! Style sheet and icon, built into the program.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

use crate::Shared;

#[derive(RustEmbed)]
#[folder = "src/assets"]
struct Assets;

/// Hexadecimal digits of the digest in an address.
const SHORT: usize = 12;

/// The address of an asset, with the digest of its content in it, so that it can be kept for ever.
pub fn address(name: &str) -> String {
    Assets::get(name).map_or_else(
        || format!("/assets/0/{name}"),
        |file| format!("/assets/{}/{name}", digest(&file.metadata.sha256_hash())),
    )
}

fn digest(hash: &[u8]) -> String {
    let mut hex: String = hash.iter().map(|b| format!("{b:02x}")).collect();
    hex.truncate(SHORT);
    hex
}

pub fn routes() -> Router<Shared> {
    Router::new().route("/assets/{digest}/{name}", get(asset))
}

async fn asset(Path((asked, name)): Path<(String, String)>) -> Response {
    let Some(file) = Assets::get(&name).filter(|f| digest(&f.metadata.sha256_hash()) == asked) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let media_type = match name.rsplit_once('.').map(|(_, end)| end) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    (
        [
            (header::CONTENT_TYPE, media_type),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ],
        file.data,
    )
        .into_response()
}
