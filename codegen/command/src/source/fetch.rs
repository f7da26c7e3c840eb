//! What an https URL leads to, by the `curl` of the system.
//!
//! A client of our own with TLS would be compiled by everybody who runs `cargo xtask codegen`, for something that a
//! maintainer does a few times a year. `curl` is part of Windows, macOS and nearly every Linux, knows the proxies and
//! certificates of the machine, and is kept up to date with it. It is told to speak https alone, also where it is
//! redirected to; plain http is for servers on this machine, as tests have them.

use std::io::Read;
use std::net::IpAddr;
use std::process::{Command, Stdio};

use super::archive::PACKED;
use crate::files::{at_most, shown};

/// Seconds until there is a connection, and until everything is there.
const CONNECTING: &str = "20";
const EVERYTHING: &str = "300";

/// How often a server may send us elsewhere.
const REDIRECTS: &str = "5";

/// What `curl` calls an answer of 400 or above.
const REFUSED: i32 = 22;

/// Whether a place is a URL and no path.
pub fn is_url(place: &str) -> bool {
    let scheme = place.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// What the URL leads to; `None` if the server says that there is nothing (404).
///
/// # Errors
///
/// A sentence: the URL is none that is fetched, `curl` is missing, or what it said.
pub(super) fn fetch(url: &str) -> Result<Option<Vec<u8>>, String> {
    let protocols = protocols(url)?;
    let most = PACKED.to_string();
    let mut command = Command::new("curl");
    command.args(["--disable", "--globoff", "--silent", "--show-error", "--fail", "--location"]);
    command.args(["--max-redirs", REDIRECTS, "--proto", protocols, "--proto-redir", "=https"]);
    command.args(["--connect-timeout", CONNECTING, "--max-time", EVERYTHING, "--max-filesize", &most, "--url", url]);
    let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.map_err(|cause| {
        format!("cannot run curl, which gets what a URL leads to: {cause}; install it, or download the file yourself")
    })?;
    let too_large = || format!("it has more than {}", shown(PACKED));
    let bytes =
        child.stdout.take().map_or_else(|| Ok(Vec::new()), |stdout| at_most(stdout, PACKED)?.ok_or_else(too_large));
    if bytes.is_err() {
        // The rest is not wanted; a child that is gone already needs no killing.
        let _ = child.kill();
    }
    let mut complaint = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        // What cannot be read of a complaint is no loss: the status tells that it failed.
        let _ = stderr.read_to_string(&mut complaint);
    }
    let status = child.wait().map_err(|cause| format!("cannot wait for curl: {cause}"))?;
    let bytes = bytes.map_err(|reason| format!("cannot fetch {url}: {reason}"))?;
    match status.code() {
        Some(0) => Ok(Some(bytes)),
        Some(REFUSED) if complaint.trim_end().ends_with(" 404") => Ok(None),
        _ => Err(format!("cannot fetch {url}: {}", complaint.trim())),
    }
}

/// The protocols that may be spoken for a URL, as `curl` takes them.
fn protocols(url: &str) -> Result<&'static str, String> {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(
            "a URL with a name or password in it is not fetched: it would show in the list of processes".to_owned()
        );
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok("=https"),
        "http" if is_loopback(authority) => Ok("=http,https"),
        "http" => Err(format!("{url} is not fetched, as nothing protects what http brings; give it with https")),
        other => Err(format!("{url} is not fetched: {other} is not https")),
    }
}

/// Whether a host, with or without a port, is this machine.
fn is_loopback(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{is_url, protocols};

    #[test]
    fn paths_are_no_urls() {
        for url in ["https://a.example/b", "http://localhost:1/", "ftp://a"] {
            assert!(is_url(url), "{url}");
        }
        for path in ["a.json", "./a://b", r"C:\a.json", "C://a", "../a"] {
            assert!(!is_url(path), "{path}");
        }
    }

    #[test]
    fn only_https_leaves_this_machine() {
        for url in ["https://a.example", "HTTPS://a.example/b"] {
            assert_eq!(protocols(url), Ok("=https"));
        }
        for url in ["http://127.0.0.1:8080/a", "http://localhost/a", "http://[::1]:80/"] {
            assert_eq!(protocols(url), Ok("=http,https"));
        }
        for url in ["http://a.example", "http://127.0.0.1.example/", "http://10.0.0.1", "file:///etc/passwd"] {
            assert!(protocols(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_password_does_not_reach_the_list_of_processes_nor_the_message() {
        let refusal = protocols("https://ada:secret@a.example/").expect_err("it has a password");
        assert!(!refusal.contains("secret"), "{refusal}");
    }
}
