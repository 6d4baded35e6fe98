//! Serving the site on the loopback interface.

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use metier_app::Surroundings;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;

use crate::shared::Shared;
use crate::{asset, pages, security};

/// The most bytes a form without files may have. A field of text may hold 1 MiB, and each of its bytes
/// may take three on the way.
const FORM_LIMIT: usize = 4 << 20;

/// How to serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The port of the loopback interface; 0 takes any that is free.
    pub port: u16,
}

/// Why the site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken or not allowed.
    #[error("port {port} of 127.0.0.1 cannot be used: {source}")]
    Port {
        /// Which.
        port: u16,
        /// Why.
        source: std::io::Error,
    },
    /// The connection broke down while serving.
    #[error("serving stopped: {0}")]
    Stopped(#[from] std::io::Error),
}

/// A site that holds its port and is ready to run.
#[derive(Debug)]
pub struct Site {
    listener: TcpListener,
    address: SocketAddr,
    shared: Shared,
}

impl Site {
    /// Takes the port. Nothing of the home is opened or made yet: an empty home is somebody's first run.
    ///
    /// # Errors
    /// When the port cannot be used.
    pub async fn bind(
        home: PathBuf,
        surroundings: Surroundings,
        options: Options,
    ) -> Result<Self, ServeError> {
        let port = options.port;
        let failed = |source| ServeError::Port { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let shared = Shared::new(home, surroundings, address.port());
        Ok(Self {
            listener,
            address,
            shared,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address to open, with the token that lets its opener in.
    pub fn url(&self) -> String {
        format!("http://{}/?token={}", self.address, self.shared.token())
    }

    /// Serves until `shutdown` resolves; requests under way are answered, then the journal is closed.
    ///
    /// # Errors
    /// When the listener breaks down.
    pub async fn run(self, shutdown: impl Future<Output = ()> + Send + 'static) -> Result<(), ServeError> {
        let served = axum::serve(self.listener, router(self.shared.clone()))
            .with_graceful_shutdown(shutdown)
            .await;
        self.shared.close().await;
        Ok(served?)
    }
}

/// The whole site, without a socket.
pub fn router(shared: Shared) -> Router {
    pages::routes()
        .merge(asset::routes())
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .with_state(shared.clone())
        .layer(from_fn_with_state(shared, security::guard))
        .layer(from_fn(security::headers))
        .layer(CompressionLayer::new())
}
