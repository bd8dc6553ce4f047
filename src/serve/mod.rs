//! The local server: the site in memory, made again when a file changes, pages when they are asked for.

mod http;
mod office;
mod page;
mod watch;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use crate::base::source::Source;
use crate::config::resolve::Wishes;
use crate::diag::Diagnostic;
use crate::diag::code;
use crate::diag::failure::Failure;
use crate::serve::office::Office;

/// What the server is asked to do.
#[derive(Clone, Debug)]
pub struct Order {
    /// The site.
    pub wishes: Wishes,
    /// The address to listen on.
    pub host: IpAddr,
    /// The first port to try; 0 for any.
    pub port: u16,
    /// The words of messages: `en` or `ko`.
    pub lang: &'static str,
}

/// What the server tells whoever started it.
pub enum News<'a> {
    /// It can be reached here.
    Listening(String),
    /// The site was made, for the first time or again.
    Made {
        /// Documents that are shown.
        documents: usize,
        /// Findings.
        findings: &'a [Diagnostic],
        /// The texts that they stand in.
        sources: &'a [Source],
    },
    /// It could not be made; what was there before stands behind a page that says why.
    Failed(&'a Failure),
}

/// So many ports are tried.
const PORTS: u16 = 20;

/// Serves the site until the process ends.
///
/// # Errors
/// When no port is free, or files cannot be watched. Whatever is wrong with the site is shown, not returned.
pub fn serve(order: &Order, tell: &dyn Fn(News<'_>)) -> Result<(), Failure> {
    let listener = listen(order.host, order.port)?;
    let cannot = |error: std::io::Error| cannot_listen(order.host, order.port, &error);
    let address = listener.local_addr().map_err(cannot)?;
    let url = format!("http://{address}/");
    let office = Arc::new(Office::new(order.wishes.clone(), url.clone(), order.lang));
    // Watching begins before reading, so that nothing is missed in between.
    let mut watch = watch::Watch::new()?;
    office.begin();
    watch.follow(&office.places());
    office.make(&[], tell);
    http::start(listener, Arc::clone(&office)).map_err(cannot)?;
    tell(News::Listening(url));
    loop {
        // A folder that has just come is watched before it is read, one that new settings name, after.
        watch.follow(&office.places());
        let changed = watch.next()?;
        watch.follow(&office.places());
        office.make(&changed, tell);
    }
}

/// A socket on the first free port.
fn listen(host: IpAddr, port: u16) -> Result<TcpListener, Failure> {
    let mut refused = None;
    for port in port..=port.saturating_add(if port == 0 { 0 } else { PORTS }) {
        match TcpListener::bind(SocketAddr::new(host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    let error = refused.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into());
    Err(cannot_listen(host, port, &error))
}

fn cannot_listen(host: IpAddr, port: u16, error: &std::io::Error) -> Failure {
    let address = SocketAddr::new(host, port);
    Failure::new(&code::CANNOT_LISTEN).arg("address", address).arg("why", error)
}
