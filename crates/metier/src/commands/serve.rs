//! The page: `metier` alone, and `serve`.

use std::io::{IsTerminal, Write};
use std::net::{IpAddr, SocketAddr};
use std::process::{Command, Stdio};

use clap::Args;
use metier_app::{AppError, Kind};
use metier_web::{Options, PhoneOptions, ServeError, Site};
use serde_json::json;

use crate::answer::Answer;
use crate::session::Session;

/// The port that is taken when it is free, so that bookmarks and the browser's memory keep working.
const PREFERRED_PORT: u16 = 8737;

/// The port for phones, so that a paired one finds it again.
const PHONE_PORT: u16 = 8738;

/// How the page is opened.
#[derive(Debug, Clone, Args)]
pub struct PageArgs {
    /// Do not open the browser
    #[arg(long)]
    no_open: bool,
    /// The port of this machine to serve on; 0 takes any that is free
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
}

/// How the page is served.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The port of this machine to serve on; 0 takes any that is free
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Let paired phones of the local network add and see nothing, and links be answered there; at this machine's ADDRESS there
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1)]
    #[expect(clippy::option_option, reason = "absent, without an address, with one")]
    phone: Option<Option<IpAddr>>,
    /// The port for phones; 0 takes any that is free
    #[arg(long, value_name = "PORT", requires = "phone", default_value_t = PHONE_PORT)]
    phone_port: u16,
}

/// Serves the page and opens the browser on it.
///
/// # Errors
/// When no port can be taken.
pub fn open(args: &PageArgs, session: &Session) -> Result<Answer, AppError> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    let open = !args.no_open && !set("CI") && std::io::stdout().is_terminal();
    until_stopped(args.port, None, open, session)
}

/// Serves the page.
///
/// # Errors
/// When no port can be taken.
pub fn serve(args: &ServeArgs, session: &Session) -> Result<Answer, AppError> {
    let phone = args.phone.map(|address| PhoneOptions {
        address,
        port: args.phone_port,
    });
    until_stopped(args.port, phone, false, session)
}

fn until_stopped(
    port: Option<u16>,
    phone: Option<PhoneOptions>,
    open: bool,
    session: &Session,
) -> Result<Answer, AppError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| super::cannot_run(&e))?;
    runtime.block_on(async {
        let site = bind(port, phone, session).await?;
        announce(&site.url(), site.phone_address(), open, session.json());
        site.run(told_to_stop()).await.map_err(|e| cannot_serve(&e))
    })?;
    Ok(Answer {
        said: String::new(),
        yes: true,
    })
}

/// The port asked for, or the preferred one, or any when that is taken.
async fn bind(port: Option<u16>, phone: Option<PhoneOptions>, session: &Session) -> Result<Site, AppError> {
    let site = |port| {
        Site::bind(
            session.home.clone(),
            session.surroundings.clone(),
            Options { port, phone },
        )
    };
    let bound = match port {
        Some(port) => site(port).await,
        None => match site(PREFERRED_PORT).await {
            Err(ServeError::Port { .. }) => site(0).await,
            bound => bound,
        },
    };
    bound.map_err(|e| cannot_serve(&e))
}

fn cannot_serve(error: &ServeError) -> AppError {
    let base = AppError::new(Kind::Machine, error.to_string());
    match error {
        ServeError::Port { .. } => {
            base.hint("Choose another with --port PORT; --port 0 takes any that is free.")
        }
        ServeError::NoNetwork(_) => base.hint("Join a network, or name this machine's address in it: --phone ADDRESS."),
        ServeError::PhoneAddress { .. } => base.hint(
            "Name this machine's address in the network with --phone ADDRESS, or another port with --phone-port PORT.",
        ),
        ServeError::Stopped(_) => base,
    }
}

/// Says where the page is, on a line of its own, and opens it where that is wanted.
fn announce(url: &str, phone: Option<SocketAddr>, open: bool, json: bool) {
    let line = match phone {
        Some(phone) if json => json!({"address": url, "phone": phone}).to_string(),
        None if json => json!({"address": url}).to_string(),
        _ => url.to_owned(),
    };
    let mut out = std::io::stdout().lock();
    // Whoever closed the pipe does not want to know.
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
    if std::io::stderr().is_terminal() && !json {
        eprintln!("Open this address in your browser. It works on this machine only; Ctrl-C ends it.");
        if let Some(phone) = phone {
            eprintln!(
                "Phones that are paired may add at {phone}, and see nothing. Pair one under Settings, Phone."
            );
        }
    }
    if open {
        open_browser(url);
    }
}

/// Asks the system to open the address. That it cannot is no error: the address is on the screen.
fn open_browser(url: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let _ = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

/// Resolves at Ctrl-C, or when the system asks the program to end.
async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without the signal the program ends as the system ends it.
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let terminated = async {
            match signal(SignalKind::terminate()) {
                Ok(mut signal) => {
                    signal.recv().await;
                }
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            () = interrupted => {}
            () = terminated => {}
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
