//! Requests and answers. Only whoever asks by a name of this machine is answered, so that no page of another
//! site can read along.

use std::io;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use crate::base::hash::Hash;
use crate::base::path::{OutPath, RelPath};
use crate::serve::office::{Answer, Office};
use crate::serve::page;

/// What a browser may do with a file whose address says what it holds.
const KEPT: &str = "max-age=31536000, immutable";

/// Answers requests in a thread of its own, until the process ends.
pub(super) fn start(listener: TcpListener, office: Arc<Office>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let routes = Router::new()
        .route("/-/live.js", get(|| file("text/javascript", page::SCRIPT, KEPT)))
        .route("/-/live.css", get(|| file("text/css", page::STYLE, "no-cache")))
        .route("/-/wait", get(wait))
        .fallback(get(site))
        .with_state(office);
    std::thread::spawn(move || {
        runtime.block_on(async move {
            if let Ok(listener) = tokio::net::TcpListener::from_std(listener) {
                let _ = axum::serve(listener, routes).await;
            }
        });
    });
    Ok(())
}

async fn file(kind: &'static str, text: &'static str, cache: &'static str) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, cache)], text).into_response()
}

#[derive(Deserialize)]
struct Since {
    since: u64,
}

/// What a page is told.
#[derive(Serialize)]
struct Told {
    number: u64,
    /// New styles are enough.
    only_styles: bool,
    /// Words to show over the page.
    failure: Option<Failed>,
}

#[derive(Serialize)]
struct Failed {
    title: String,
    text: String,
}

/// Answers when the site is newer than the page that asks.
async fn wait(
    State(office): State<Arc<Office>>,
    headers: HeaderMap,
    Query(Since { since }): Query<Since>,
) -> Response {
    if !is_ours(&headers, office.url()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut ticks = office.ticks();
    let Ok(tick) = ticks.wait_for(|tick| tick.number != since).await.map(|tick| tick.clone())
    else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let failure = tick.failure.map(|text| {
        let title = office.words().say("serve_failed", &[]);
        Failed { title, text }
    });
    // A number from the future is that of a server before this one.
    let only_styles = tick.pages <= since && since <= tick.number;
    let told = Told { number: tick.number, only_styles, failure };
    let text = serde_json::to_string(&told).unwrap_or_default();
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], text).into_response()
}

/// A file of the site.
async fn site(State(office): State<Arc<Office>>, headers: HeaderMap, uri: Uri) -> Response {
    if !is_ours(&headers, office.url()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Ok(asked) = percent_decode_str(uri.path()).decode_utf8() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let mut path = asked.trim_start_matches('/').to_owned();
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    let work = tokio::task::spawn_blocking(move || reply(&office, &path, uri.query()));
    work.await.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// The answer to a request for a path, which may be anything, as its query.
fn reply(office: &Office, path: &str, query: Option<&str>) -> Response {
    let now = office.now();
    let is_page = path.ends_with(".html") || !path.contains('.');
    if let Some(text) = now.failure.as_ref().filter(|_| is_page) {
        return failed(office, now.number, text);
    }
    // Anything that could leave the site is no path at all.
    let Some(place) = OutPath::new(path) else { return missing(now.number, &[]) };
    match office.answer(&place) {
        Answer::File(bytes) if is_page => {
            let version = |link: &str| version(office, &RelPath::known(path), link);
            html(StatusCode::OK, page::live(&bytes, now.number, version))
        }
        Answer::File(bytes) => {
            let is_named =
                query.is_some_and(|query| query.strip_prefix("v=") == Some(&name(&bytes)));
            with_kind(StatusCode::OK, kind(path), if is_named { KEPT } else { "no-store" }, bytes)
        }
        Answer::Failed(text) => failed(office, now.number, &text),
        Answer::Missing(page) => {
            let folder = OutPath::new(format!("{path}/index.html"));
            match folder.map(|folder| office.answer(&folder)) {
                Some(Answer::File(_)) => {
                    let there = format!(
                        "/{}/",
                        percent_encoding::utf8_percent_encode(
                            path,
                            percent_encoding::NON_ALPHANUMERIC,
                        )
                        .to_string()
                        .replace("%2F", "/")
                    );
                    (StatusCode::FOUND, [(LOCATION, there)]).into_response()
                }
                _ => missing(now.number, &page),
            }
        }
    }
}

/// The name of what a page loads: of the file where a link in the page at `from` leads.
fn version(office: &Office, from: &RelPath, link: &str) -> Option<String> {
    let place = OutPath::new(from.join(link)?.as_str())?;
    match office.answer(&place) {
        Answer::File(bytes) => Some(name(&bytes)),
        Answer::Failed(_) | Answer::Missing(_) => None,
    }
}

fn name(bytes: &[u8]) -> String {
    Hash::of(&String::from_utf8_lossy(bytes))
}

fn missing(number: u64, page: &[u8]) -> Response {
    html(StatusCode::NOT_FOUND, page::live(page, number, |_| None))
}

fn failed(office: &Office, number: u64, text: &str) -> Response {
    let title = office.words().say("serve_failed", &[]);
    let page = page::failure(&title, text);
    html(StatusCode::INTERNAL_SERVER_ERROR, page::live(page.as_bytes(), number, |_| None))
}

fn html(status: StatusCode, page: String) -> Response {
    with_kind(status, "text/html; charset=utf-8", "no-store", page.into_bytes())
}

fn with_kind(
    status: StatusCode,
    kind: &'static str,
    cache: &'static str,
    bytes: Vec<u8>,
) -> Response {
    let headers =
        [(CONTENT_TYPE, kind), (CACHE_CONTROL, cache), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    (status, headers, bytes).into_response()
}

/// Whether a request names this server as its host: a page of another site that has its own name lead here
/// (DNS rebinding) does not.
fn is_ours(headers: &HeaderMap, url: &str) -> bool {
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else { return false };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<IpAddr>().is_ok() || url.contains(&format!("//{name}:"))
}

/// The media type of a file by its ending.
fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase().as_str() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "jsonl" | "ndjson" => "application/x-ndjson; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "txt" | "log" | "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "bmp" => "image/bmp",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
