//! Serving the site on the loopback interface, and the one for phones on the local network where asked.

use std::future::{Future, IntoFuture};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::path::PathBuf;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use metier_app::Surroundings;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;

use crate::phone::{self, PhoneSite};
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
    /// Where phones of the local network may add; `None`, and nothing but this machine is listened to.
    pub phone: Option<PhoneOptions>,
}

/// Where phones of the local network may add.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PhoneOptions {
    /// This machine's address in that network; `None` finds it out.
    pub address: Option<IpAddr>,
    /// The port there; 0 takes any that is free.
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
    /// This machine's address in the local network is not known.
    #[error("this machine seems to be in no network that a phone could reach it by: {0}")]
    NoNetwork(std::io::Error),
    /// The address or port for phones is taken or not this machine's.
    #[error("{address} cannot be used for phones: {source}")]
    PhoneAddress {
        /// Which.
        address: SocketAddr,
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
    phone: Option<TcpListener>,
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
        let mut shared = Shared::new(home, surroundings, address.port());
        let mut phone = None;
        if let Some(options) = options.phone {
            let (listener, address) = listen_to_phones(options).await?;
            shared = shared.reached_by_phones(address);
            phone = Some(listener);
        }
        Ok(Self {
            listener,
            address,
            phone,
            shared,
        })
    }

    /// Where phones reach it; `None` unless that was asked for.
    pub fn phone_address(&self) -> Option<SocketAddr> {
        self.shared.phone().map(PhoneSite::address)
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
        let (stop, stopped) = watch::channel(false);
        let until_stopped = async move {
            shutdown.await;
            // Nobody listens when there is no site for phones.
            let _ = stop.send(true);
        };
        let pages =
            axum::serve(self.listener, router(self.shared.clone())).with_graceful_shutdown(until_stopped);
        let phones = serve_phones(self.phone, self.shared.clone(), stopped);
        let (pages, phones) = tokio::join!(pages.into_future(), phones);
        self.shared.close().await;
        Ok(pages.and(phones)?)
    }
}

async fn serve_phones(
    listener: Option<TcpListener>,
    shared: Shared,
    mut stopped: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let Some(listener) = listener else {
        return Ok(());
    };
    axum::serve(listener, phone::router(shared))
        .with_graceful_shutdown(async move {
            // That the sender is gone says the same.
            let _ = stopped.wait_for(|stop| *stop).await;
        })
        .await
}

async fn listen_to_phones(options: PhoneOptions) -> Result<(TcpListener, SocketAddr), ServeError> {
    let ip = match options.address {
        Some(ip) => ip,
        None => in_the_network().map_err(ServeError::NoNetwork)?,
    };
    let address = SocketAddr::new(ip, options.port);
    let failed = |source| ServeError::PhoneAddress { address, source };
    // Every address of the machine would be more than one network; a phone is in one.
    if ip.is_unspecified() {
        return Err(failed(std::io::ErrorKind::AddrNotAvailable.into()));
    }
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// The address by which this machine would reach out. Nothing is sent: the system only chooses the way.
fn in_the_network() -> std::io::Result<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    // An address for documentation, which nobody has.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
    let ip = socket.local_addr()?.ip();
    if ip.is_loopback() || ip.is_unspecified() {
        return Err(std::io::ErrorKind::NetworkUnreachable.into());
    }
    Ok(ip)
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
